/* A search that begins with a plan: never worse than a plan that keeps the rules, and sound after any other.
 */
#include "bench/tiny/random_instance.h"
#include "tests/support/search.h"
#include "tests/support/test.h"

static struct routing_result solve(const struct instance *in, const struct plan *start, uint64_t seed,
                                   int64_t iterations)
{
    struct routing_options options = search_options(seed, iterations);
    options.start = start;
    return search_with(in, &options);
}

static void judge(const struct instance *in, const struct plan *plan, struct arena *arena,
                  struct check_report *report)
{
    struct error error = {0};
    assert_int_equal(check_plan(in, plan, arena, report, &error), ERROR_NONE);
}

static bool only_unserved(const struct check_report *report)
{
    for (int32_t v = 0; v < report->violation_count; v++)
        if (report->violations[v].kind != VIOLATION_UNSERVED) return false;
    return true;
}

/* As in the search: first the mandatory stops left, then cost. */
static bool is_worse(const struct check_report *a, const struct check_report *b)
{
    if (a->unserved_mandatory != b->unserved_mandatory) return a->unserved_mandatory > b->unserved_mandatory;
    return cost_total(&a->cost) > cost_total(&b->cost);
}

/* Cancelled before its first round, the search returns what it began with, or better. */
static const volatile sig_atomic_t CANCELLED = 1;

static struct routing_result begin_only(const struct instance *in, const struct plan *start)
{
    struct routing_options options = routing_options_default();
    options.cancel = &CANCELLED;
    options.start = start;
    return search_with(in, &options);
}

static void a_start_that_keeps_the_rules_is_not_lost(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 1200; seed++) {
        struct arena arena;
        struct rng rng;
        struct check_report reports[3];
        arena_init(&arena);
        rng_seed(&rng, seed);
        struct instance in = random_tiny_instance(&rng, &arena);
        if (seed % 2 == 0) random_locks(&rng, &arena, &in);
        struct routing_result cold = solve(&in, NULL, seed, 30), begun = begin_only(&in, &cold.plan),
                              warm = solve(&in, &cold.plan, seed + 1, 30);
        const struct plan *plans[] = {&cold.plan, &begun.plan, &warm.plan};
        for (int32_t p = 0; p < 3; p++) {
            judge(&in, plans[p], &arena, &reports[p]);
            assert_true(only_unserved(&reports[p]));
            if (p > 0 && is_worse(&reports[p], &reports[0]))
                fail_msg("seed %llu: %lld after %lld", (unsigned long long)seed,
                         (long long)cost_total(&reports[p].cost), (long long)cost_total(&reports[0].cost));
        }
        assert_true(warm.cost == cost_total(&reports[2].cost));
        plan_free(&cold.plan);
        plan_free(&begun.plan);
        plan_free(&warm.plan);
        arena_free(&arena);
    }
}

/* Steps in any order, doubled stops, needless calls, missed hours, broken locks. */
static void any_plan_can_be_begun_with(void **state)
{
    (void)state;
    int32_t kept = 0;
    for (uint64_t seed = 1; seed <= 2000; seed++) {
        struct arena arena;
        struct rng rng;
        struct check_report given, found;
        arena_init(&arena);
        rng_seed(&rng, seed);
        struct instance in = random_instance(&rng, &arena, seed % 3 == 0);
        if (seed % 2 == 0) random_locks(&rng, &arena, &in);
        struct plan start = random_plan(&rng, &in);
        struct routing_result result = solve(&in, &start, seed, 3);
        judge(&in, &start, &arena, &given);
        judge(&in, &result.plan, &arena, &found);
        if (!only_unserved(&found) || result.cost != cost_total(&found.cost))
            fail_msg("seed %llu", (unsigned long long)seed);
        if (only_unserved(&given)) {
            kept++;
            assert_false(is_worse(&found, &given));
        }
        plan_free(&start);
        plan_free(&result.plan);
        arena_free(&arena);
    }
    assert_true(kept > 20);
}

static void what_does_not_exist_is_passed_over(void **state)
{
    (void)state;
    struct arena arena;
    struct rng rng;
    struct plan start;
    struct check_report report;
    arena_init(&arena);
    rng_seed(&rng, 7);
    struct instance in = random_instance(&rng, &arena, true);
    plan_init(&start);
    const int32_t vehicles[] = {-1, 99, 0, 0};
    for (size_t v = 0; v < 4; v++) {
        assert_int_equal(plan_add_route(&start, vehicles[v], 0, NULL), ERROR_NONE);
        assert_int_equal(plan_add_step(&start, STEP_STOP, -1, NULL), ERROR_NONE);
        assert_int_equal(plan_add_step(&start, STEP_DISPOSAL, 99, NULL), ERROR_NONE);
        assert_int_equal(plan_add_step(&start, STEP_STOP, 0, NULL), ERROR_NONE);
        assert_int_equal(plan_add_step(&start, STEP_STOP, 99, NULL), ERROR_NONE);
        assert_int_equal(plan_add_step(&start, STEP_BREAK, -1, NULL), ERROR_NONE);
    }
    struct routing_result result = solve(&in, &start, 1, 10);
    judge(&in, &result.plan, &arena, &report);
    assert_true(only_unserved(&report));
    plan_free(&start);
    plan_free(&result.plan);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_start_that_keeps_the_rules_is_not_lost),
                                       cmocka_unit_test(any_plan_can_be_begun_with),
                                       cmocka_unit_test(what_does_not_exist_is_passed_over)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
