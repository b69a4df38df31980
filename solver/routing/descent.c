#include "solver/routing/descent.h"

#include "solver/routing/locks.h"

#include <assert.h>
#include <stdlib.h>

/* Overload is cured at so many times its price while the search is on its way, and given up after so many
 * moves: what would take more is seldom accepted afterwards. */
enum { REPAIR_FACTOR = 100, REPAIR_MOVES = 100 };

error_code descent_init(struct descent *descent, struct solution *solution, struct error *error)
{
    const size_t stops = (size_t)solution->problem->stop_count + 1;
    *descent = (struct descent){.queue = malloc(stops * sizeof *descent->queue),
                                .queued = calloc(stops, sizeof *descent->queued),
                                .were = calloc(stops, sizeof *descent->were),
                                .moves_most = INT64_MAX};
    if (!descent->queue || !descent->queued || !descent->were) return error_memory(error);
    return mover_init(&descent->mover, solution, error);
}

void descent_free(struct descent *descent)
{
    free(descent->queue);
    free(descent->queued);
    free(descent->were);
    mover_free(&descent->mover);
    *descent = (struct descent){0};
}

void descent_touch(struct descent *descent, int32_t visit)
{
    const struct solution *solution = descent->mover.solution;
    if (visit >= solution->problem->stop_count || descent->queued[visit] ||
        solution->visits[visit].vehicle < 0)
        return;
    descent->queued[visit] = true;
    descent->queue[descent->count++] = visit;
}

/* Notes the neighbours that the stops of a route had. */
static void note_neighbours(struct descent *descent, const struct saved *saved)
{
    const struct solution *solution = descent->mover.solution;
    const struct logged *log = solution->log.items + saved->first;
    int32_t prev = node_start(solution->problem, saved->vehicle);
    for (int32_t k = 0; k < saved->count - 1; k++) {
        if (node_is_stop(solution->problem, log[k].node))
            descent->were[log[k].node] = (struct neighbours){prev, log[k + 1].node, descent->calls};
        prev = log[k].node;
    }
}

/* Touches the stops of a route as it is that had others. */
static void touch_moved(struct descent *descent, int32_t vehicle)
{
    const struct solution *solution = descent->mover.solution;
    const struct visit *visits = solution->visits;
    for (int32_t x = visits[visit_start(solution->problem, vehicle)].next; visits[x].next >= 0;
         x = visits[x].next) {
        if (x >= solution->problem->stop_count) continue;
        const struct neighbours *were = &descent->were[x];
        if (were->call != descent->calls || were->prev != visits[visits[x].prev].node ||
            were->next != visits[visits[x].next].node)
            descent_touch(descent, x);
    }
}

void descent_touch_changed(struct descent *descent)
{
    const struct solution *solution = descent->mover.solution;
    descent->calls++;
    for (int64_t k = 0; k < solution->saved.count; k++) note_neighbours(descent, &solution->saved.items[k]);
    for (int64_t k = 0; k < solution->saved.count; k++)
        touch_moved(descent, solution->saved.items[k].vehicle);
}

/* What a move promises: cost and the price of overload, of the routes alone. */
static money priced_cost(const struct solution *solution)
{
    return solution->totals.cost + overload_price(&solution->soft, solution->totals.over);
}

/* A call at a site that has become needless goes with the move, and what it cost. */
static bool has_cost(const struct descent *descent, money promised)
{
    const money cost = priced_cost(descent->mover.solution);
    return descent->mover.problem->intricate || cost == promised ||
           (descent->mover.problem->site_count > 0 && cost < promised);
}

/* After a move of an intricate vehicle: false when the timetable forbids it, or finds that it does not pay.
 */
static bool confirm(struct descent *descent)
{
    struct mover *mover = &descent->mover;
    if (!mover->problem->intricate) {
        if (mover->problem->site_count > 0) move_tidy(mover);
        return true;
    }
    if (!move_confirm(mover)) return false;
    move_tidy(mover);
    for (int32_t k = 0; k < mover->changed; k++)
        descent->broken |= !solution_confirm(mover->solution, mover->before[k].vehicle);
    return true;
}

/* Makes the best move of a stop as long as there is one. */
static void improve(struct descent *descent, int32_t stop)
{
    int32_t ends[MOVE_ENDS_MAX];
    for (;;) {
        const struct move move = move_find(&descent->mover, stop);
        if (move.kind == MOVE_NONE) return;
        const money before = priced_cost(descent->mover.solution);
        const int32_t count = move_make(&descent->mover, &move, ends);
        if (!confirm(descent)) return;
        assert(has_cost(descent, before + move.delta));
        (void)before;
        for (int32_t k = 0; k < count; k++) descent_touch(descent, ends[k]);
        descent->moves++;
    }
}

void descent_forget(struct descent *descent)
{
    while (descent->count > 0) descent->queued[descent->queue[--descent->count]] = false;
}

bool descent_run(struct descent *descent, struct rng *rng)
{
    descent->broken = false;
    while (descent->count > 0) {
        if (descent->moves >= descent->moves_most) {
            descent_forget(descent);
            return false;
        }
        const int32_t at = rng_below(rng, descent->count), stop = descent->queue[at];
        descent->queue[at] = descent->queue[--descent->count];
        descent->queued[stop] = false;
        improve(descent, stop);
    }
    return !descent->broken;
}

/* What taking a stop out costs, for each unit of overload that goes with it. */
static double price_of_shedding(const struct solution *solution, int32_t stop)
{
    const struct problem *problem = solution->problem;
    const struct visit *v = &solution->visits[stop];
    const struct kind *kind = kind_of(problem, v->vehicle);
    const struct stop *s = &problem->instance->stops[stop];
    const money saved = arc_price(kind, leg_visits(solution, kind->profile, v->prev, stop)) +
                        arc_price(kind, leg_visits(solution, kind->profile, stop, v->next)) -
                        arc_price(kind, leg_visits(solution, kind->profile, v->prev, v->next));
    const money relief = overload_price(&solution->soft, (struct load){s->load_kg, s->load_l});
    const money over = solution_over_price(solution, v->vehicle);
    return (double)(solution_leaving_price(problem, stop) - saved) / (double)(relief < over ? relief : over);
}

/* Does a route keep its locks without the stop? */
static bool is_free(const struct solution *solution, int32_t stop)
{
    return solution->problem->locks == NULL ||
           (!locks_bind(solution->problem, stop) && locks_gap_open(solution, solution->visits[stop].prev));
}

/* Takes stops out of a route until it is not overloaded, those first that are least worth; false when the
 * locks leave none to take. */
static bool shed(struct solution *solution, int32_t vehicle)
{
    const struct problem *problem = solution->problem;
    while (solution_over_price(solution, vehicle) > 0) {
        int32_t least = -1;
        double price = 0;
        for (int32_t x = solution->visits[visit_start(problem, vehicle)].next; solution->visits[x].next >= 0;
             x = solution->visits[x].next) {
            const struct stop *stop = &problem->instance->stops[x];
            if ((stop->load_kg == 0 && stop->load_l == 0) || !is_free(solution, x)) continue;
            const double here = price_of_shedding(solution, x);
            if (least >= 0 && here >= price) continue;
            least = x;
            price = here;
        }
        if (least < 0) return false;
        solution_unlink(solution, least);
    }
    solution_refresh(solution, vehicle, visit_start(problem, vehicle), visit_end(problem, vehicle));
    return true;
}

bool descent_repair(struct descent *descent, struct rng *rng)
{
    struct solution *solution = descent->mover.solution;
    const struct problem *problem = solution->problem;
    const struct soft soft = solution->soft;
    solution->soft.per_kg *= REPAIR_FACTOR;
    solution->soft.per_l *= REPAIR_FACTOR;
    for (int64_t k = 0; k < solution->saved.count; k++) {
        const int32_t vehicle = solution->saved.items[k].vehicle;
        if (solution_over_price(solution, vehicle) == 0) continue;
        for (int32_t x = visit_start(problem, vehicle); x >= 0; x = solution->visits[x].next)
            descent_touch(descent, x);
    }
    descent->moves_most = descent->moves + REPAIR_MOVES;
    bool sound = descent_run(descent, rng);
    descent->moves_most = INT64_MAX;
    for (int64_t k = 0; k < solution->saved.count && sound && is_overloaded(solution); k++) {
        const int32_t vehicle = solution->saved.items[k].vehicle;
        if (solution_over_price(solution, vehicle) == 0) continue;
        sound = shed(solution, vehicle) && solution_confirm(solution, vehicle);
    }
    solution->soft = soft;
    return sound;
}
