#include "solver/routing/solution_parts.h"

#include "solver/base/array.h"

void solution_mark(struct solution *solution)
{
    solution->mark++;
    solution->saved.count = 0;
    solution->log.count = 0;
    solution->marked_totals = solution->totals;
}

void solution_save(struct solution *solution, int32_t vehicle)
{
    const struct problem *problem = solution->problem;
    if (solution->marked[vehicle] == solution->mark) return;
    struct saved saved = {vehicle, (int32_t)solution->log.count, 0, solution->routes[vehicle]};
    int32_t x = visit_start(problem, vehicle);
    do {
        x = solution->visits[x].next;
        const struct visit *v = &solution->visits[x];
        if (!array_push(&solution->log, ((struct logged){v->node, v->leg_m, v->leg_s}))) goto exhausted;
        saved.count++;
    } while (solution->visits[x].next >= 0);
    if (!array_push(&solution->saved, saved)) goto exhausted;
    solution->marked[vehicle] = solution->mark;
    if (!solution->is_stale[vehicle]) {
        solution->is_stale[vehicle] = true;
        if (!array_push(&solution->stale, vehicle)) goto exhausted;
    }
    if (!solution->is_dirty[vehicle]) {
        solution->is_dirty[vehicle] = true;
        if (!array_push(&solution->dirty, vehicle)) goto exhausted;
    }
    return;
exhausted:
    solution->memory = false;
}

/* Takes all visits of a route apart, sums aside. */
static void scatter(struct solution *solution, int32_t vehicle)
{
    const struct problem *problem = solution->problem;
    int32_t end = visit_end(problem, vehicle);
    for (int32_t x = solution->visits[visit_start(problem, vehicle)].next; x != end;
         x = solution->visits[x].next) {
        solution->visits[x].vehicle = -1;
        if (x >= problem->stop_count) solution->spare[solution->spare_count++] = x;
    }
}

/* Strings logged visits, the end included, into a route, sums aside. */
static void string(struct solution *solution, int32_t vehicle, const struct logged *log, int32_t count)
{
    const struct problem *problem = solution->problem;
    int32_t at = visit_start(problem, vehicle);
    for (int32_t k = 0; k < count; k++) {
        int32_t visit = log[k].node;
        if (k == count - 1) {
            visit = visit_end(problem, vehicle);
        } else if (!node_is_stop(problem, visit)) {
            visit = solution->spare[--solution->spare_count];
            visit_place(solution, visit, log[k].node);
        }
        visit_join(solution, at, visit);
        solution->visits[visit].leg_m = log[k].leg_m;
        solution->visits[visit].leg_s = log[k].leg_s;
        solution->visits[visit].vehicle = vehicle;
        at = visit;
    }
}

/* All saved routes are taken apart first: a stop may have gone from one to another. */
void solution_undo(struct solution *solution)
{
    const struct problem *problem = solution->problem;
    for (int64_t k = 0; k < solution->saved.count; k++) scatter(solution, solution->saved.items[k].vehicle);
    for (int64_t k = 0; k < solution->saved.count; k++) {
        const struct saved *saved = &solution->saved.items[k];
        int32_t vehicle = saved->vehicle;
        string(solution, vehicle, solution->log.items + saved->first, saved->count);
        solution->routes[vehicle] = saved->route;
        solution->routes[vehicle].numbered = false;
        if (problem_keeps_sums(problem))
            solution_renew_sums(solution, vehicle, visit_start(problem, vehicle),
                                visit_end(problem, vehicle));
        solution_note_use(solution, vehicle);
    }
    solution->totals = solution->marked_totals;
    solution_mark(solution);
}
