#include "solver/routing/refit.h"
#include "solver/routing/routing.h"
#include "solver/routing/snapshot.h"

/* The last gap in which a due break can still begin in time, windows and waiting aside; -1: none is due. */
static int32_t late_break_gap(const struct problem *problem, int32_t vehicle, const int32_t *nodes,
                              int32_t count, struct timetable *timetable)
{
    const struct vehicle *v = &problem->instance->vehicles[vehicle];
    if (v->break_s == 0 || !timetable_reserve(timetable, count)) return -1;
    schedule_durations(problem, vehicle, nodes, count, timetable);
    int64_t free_s = v->shift_start_s, latest_s = free_s + v->break_after_s;
    if (latest_s > v->break_window.close_s) latest_s = v->break_window.close_s;
    int32_t gap = -1;
    for (int32_t k = 1; k < count; k++) {
        if (free_s <= latest_s) gap = k;
        free_s += leg_s(problem, v->profile, nodes[k - 1], nodes[k]) + timetable->duration_s[k];
    }
    return free_s > latest_s ? gap : -1;
}

/* The order is given; what is left to choose is where to unload, when to leave, when to pause. The aims are
 * tried from the strictest: within the rules and cheap, within the rules and early, and at last without a
 * clock, so that a practice that breaks a rule is still driven and the checker can say which. */
static int32_t form_anyhow(struct refit *refit, struct solution *solution, int32_t vehicle,
                           const int32_t *stops, int32_t stop_count, struct schedule *schedule)
{
    const struct problem *problem = solution->problem;
    int32_t *nodes = refit->nodes;
    int32_t count = refit_form(refit, solution, vehicle, stops, stop_count, INT64_MAX, schedule);
    if (count > 0) return count;
    *schedule =
        (struct schedule){.departure_s = problem->instance->vehicles[vehicle].shift_start_s, .break_gap = -1};
    if (problem->site_count > 0 && unloader_reserve(&refit->unloader, problem, stop_count)) {
        for (int32_t s = 0; s < problem->site_count; s++) refit->room_kg[s] = MEASURE_MAX;
        count = unload_route(problem, vehicle, stops, stop_count, refit->room_kg, UNLOAD_ANYHOW, INT64_MAX,
                             &refit->unloader, nodes);
    }
    if (count == 0) {
        nodes[count++] = node_start(problem, vehicle);
        for (int32_t k = 0; k < stop_count; k++) nodes[count++] = stops[k];
        nodes[count++] = node_end(problem, vehicle);
    }
    schedule->break_gap = late_break_gap(problem, vehicle, nodes, count, &solution->timetable);
    return count;
}

error_code routing_follow(const struct instance *instance, int32_t vehicle, const int32_t *stops,
                          int32_t stop_count, struct plan *plan, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct arena arena;
    struct problem problem;
    struct solution solution = {0};
    struct refit refit = {0};
    struct schedule schedule;
    arena_init(&arena);
    TRY(problem_build(instance, &arena, &problem, error));
    TRY(solution_init(&solution, &problem, error));
    TRY(refit_init(&refit, &problem, error));
    int32_t count = form_anyhow(&refit, &solution, vehicle, stops, stop_count, &schedule);
    TRY(snapshot_append_route(&problem, vehicle, refit.nodes, count, &schedule, &solution.timetable, plan,
                              error));
done:
    refit_free(&refit);
    solution_free(&solution);
    arena_free(&arena);
    return rc;
}
