/* The timetable of a route is the best there is: every departure and every gap for the break are tried, and
 * the checker judges each. */
#include "bench/tiny/random_instance.h"
#include "solver/model/check.h"
#include "solver/routing/schedule.h"
#include "tests/support/test.h"

#include <string.h>

enum { ROUNDS = 4000, NODES_MAX = 16 };

/* Faults of hours, breaks and work; loads are not the timetable's affair. */
static bool in_time(const struct check_report *report)
{
    for (int32_t v = 0; v < report->violation_count; v++) {
        const violation_kind kind = report->violations[v].kind;
        if (kind == VIOLATION_STOP_WINDOW || kind == VIOLATION_SITE_WINDOW) return false;
        if (kind >= VIOLATION_RELEASE && kind <= VIOLATION_BREAK_LATE) return false;
    }
    return true;
}

static bool drivable(const struct check_report *report)
{
    for (int32_t v = 0; v < report->violation_count; v++) {
        const violation_kind kind = report->violations[v].kind;
        if (kind == VIOLATION_UNREACHABLE || kind == VIOLATION_MAX_DISTANCE) return false;
    }
    return true;
}

static void add_node(const struct problem *problem, struct plan *plan, int32_t node)
{
    struct error error;
    const bool is_stop = node_is_stop(problem, node);
    assert_int_equal(plan_add_step(plan, is_stop ? STEP_STOP : STEP_DISPOSAL,
                                   is_stop ? node : node - problem->stop_count, &error),
                     ERROR_NONE);
}

/* The cost when leaving then, the break before nodes[gap] (0: none); INT64_MAX: against the rules. */
static money drive(const struct problem *problem, const int32_t *nodes, int32_t count, int32_t departure_s,
                   int32_t gap)
{
    struct plan plan;
    struct check_report report;
    struct error error;
    struct arena arena;
    plan_init(&plan);
    arena_init(&arena);
    assert_int_equal(plan_add_route(&plan, 0, departure_s, &error), ERROR_NONE);
    for (int32_t k = 1; k < count; k++) {
        if (k == gap) assert_int_equal(plan_add_step(&plan, STEP_BREAK, -1, &error), ERROR_NONE);
        if (k < count - 1) add_node(problem, &plan, nodes[k]);
    }
    assert_int_equal(check_plan(problem->instance, &plan, &arena, &report, &error), ERROR_NONE);
    money cost = in_time(&report) && drivable(&report) ? cost_total(&report.routes[0].cost) : INT64_MAX;
    arena_free(&arena);
    plan_free(&plan);
    return cost;
}

static money least_cost(const struct problem *problem, const int32_t *nodes, int32_t count)
{
    const struct vehicle *v = &problem->instance->vehicles[0];
    money least = INT64_MAX;
    for (int32_t departure_s = v->shift_start_s; departure_s <= v->shift_end_s; departure_s++)
        for (int32_t gap = 0; gap < (v->break_s > 0 ? count : 1); gap++) {
            const money cost = drive(problem, nodes, count, departure_s, gap);
            if (cost < least) least = cost;
        }
    return least;
}

/* A route of the first vehicle: each stop that it may serve or not, a site after some. */
static int32_t random_route(const struct problem *problem, struct rng *rng, int32_t nodes[NODES_MAX])
{
    int32_t count = 0;
    nodes[count++] = node_start(problem, 0);
    for (int32_t s = 0; s < problem->stop_count; s++) {
        if (!problem_may_serve(problem, 0, s) || rng_below(rng, 4) == 0) continue;
        nodes[count++] = s;
        if (rng_below(rng, 3) == 0)
            nodes[count++] = problem->stop_count + rng_below(rng, problem->site_count);
    }
    nodes[count++] = node_end(problem, 0);
    return count;
}

static void no_departure_and_no_break_cost_less(void **state)
{
    (void)state;
    int32_t feasible = 0, infeasible = 0, paused = 0;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        struct arena arena;
        struct rng rng;
        struct error error;
        struct problem problem;
        struct schedule schedule;
        struct timetable timetable = {0};
        int32_t nodes[NODES_MAX];
        const struct draw draw = {.stops = 4, .sites_least = 1, .sites = 2, .places = 7, .compartments = 2};
        arena_init(&arena);
        rng_seed(&rng, seed);
        struct instance in = random_instance_of(&rng, &arena, &draw);
        random_releases(&rng, &arena, &in);
        assert_int_equal(problem_build(&in, &arena, &problem, &error), ERROR_NONE);
        const int32_t count = random_route(&problem, &rng, nodes);
        assert_true(timetable_reserve(&timetable, count));
        schedule_route(&problem, 0, nodes, count, &timetable, &schedule);
        timetable_free(&timetable);
        if (count > 2 && problem.timed) {
            const money least = least_cost(&problem, nodes, count);
            if (schedule.feasible != (least != INT64_MAX) || (schedule.feasible && schedule.cost != least))
                fail_msg("seed %d: %lld, not %lld", (int)seed, (long long)schedule.cost, (long long)least);
            if (schedule.feasible)
                assert_int_equal(drive(&problem, nodes, count, (int32_t)schedule.departure_s,
                                       schedule.break_gap < 0 ? 0 : schedule.break_gap),
                                 least);
            feasible += schedule.feasible;
            infeasible += !schedule.feasible;
            paused += schedule.break_gap >= 0;
        }
        arena_free(&arena);
    }
    print_message("%d timetables, %d with the break; %d routes without\n", feasible, paused, infeasible);
    assert_true(feasible > ROUNDS / 4 && infeasible > ROUNDS / 4 && paused > ROUNDS / 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_departure_and_no_break_cost_less),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
