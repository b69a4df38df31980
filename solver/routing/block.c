#include "solver/routing/block.h"

#include "solver/routing/locks.h"
#include "solver/routing/quality.h"

#include <string.h>

/* Gaps tried as whole routes. Not tuned: twice what a stop alone gets where prices are estimates
 * (insertion.c), less than that seldom makes a difference. */
enum { GAPS_TRIED = 12 };

/* Positions told apart in the order of insertion. */
enum { POSITIONS_TOLD = 1000 };

/* Probability of overlooking a gap when stops are put back: there are few for a block, and the cheapest may
 * be what keeps another from its position. Optimal of 2,000 instances of bench_tiny --locks, 1,500 rounds:
 * never 97.8 %, 0.1 98.7 %, 0.25 98.6 %; and never, with all sequences before the free stops, 97.1 % of the
 * first thousand. */
static const double BLINK = 0.1;

struct block {
    int32_t first, last; /* stops */
    int32_t front, rear; /* stops that must lie before it and behind it; -1: any number */
    money worth;
};

/* A gap behind `at` stops of a vehicle's route. */
struct gap {
    int32_t vehicle, at;
    money estimate;
};

struct gaps {
    struct gap best[GAPS_TRIED];
    int32_t count;
};

static struct block block_of(const struct problem *problem, int32_t stop, bool at_any_price)
{
    const struct locks *locks = problem->locks;
    struct block block = {.first = locks_head(locks, stop)};
    bool mandatory = at_any_price;
    for (int32_t s = block.first; s >= 0; s = locks->behind[s]) {
        mandatory |= problem->instance->stops[s].mandatory;
        block.worth += solution_leaving_price(problem, s);
        block.last = s;
    }
    if (mandatory) block.worth = INT64_MAX;
    block.front = locks->front[block.first] - 1;
    block.rear = locks->rear[block.last] - 1;
    return block;
}

static bool may_serve(const struct problem *problem, int32_t vehicle, const struct block *block)
{
    for (int32_t s = block->first; s >= 0; s = problem->locks->behind[s])
        if (!problem_may_serve(problem, vehicle, s)) return false;
    return true;
}

static void keep(struct gaps *gaps, struct gap gap)
{
    int32_t k = gaps->count < GAPS_TRIED ? gaps->count : GAPS_TRIED - 1;
    if (gaps->count == GAPS_TRIED && gap.estimate >= gaps->best[k].estimate) return;
    gaps->count = gaps->count < GAPS_TRIED ? gaps->count + 1 : GAPS_TRIED;
    for (; k > 0 && gap.estimate < gaps->best[k - 1].estimate; k--) gaps->best[k] = gaps->best[k - 1];
    gaps->best[k] = gap;
}

/* The stop behind a visit, or the end of its route. */
static int32_t next_stop(const struct solution *solution, int32_t visit)
{
    do visit = solution->visits[visit].next;
    while (node_is_site(solution->problem, solution->visits[visit].node));
    return visit;
}

/* What pairs torn apart cost if the vehicle serves the block, whose own stops stay together. */
static money apart_price(const struct solution *solution, int32_t vehicle, const struct block *block)
{
    const struct problem *problem = solution->problem;
    money price = 0;
    for (int32_t s = block->first; problem->partners != NULL && s >= 0; s = problem->locks->behind[s])
        price += quality_apart_price(solution, vehicle, s);
    return price;
}

/* The same, and changes. */
static money quality_price(const struct solution *solution, int32_t vehicle, const struct block *block)
{
    const struct problem *problem = solution->problem;
    money price = apart_price(solution, vehicle, block);
    for (int32_t s = block->first; s >= 0; s = problem->locks->behind[s])
        price += problem_change_price(problem, vehicle, s);
    return price;
}

/* Ranks the gaps of a route by the legs that the block would change, and its price of quality there. */
static void look_along(const struct solution *solution, int32_t vehicle, const struct block *block,
                       struct gaps *gaps)
{
    const struct problem *problem = solution->problem;
    const struct kind *kind = kind_of(problem, vehicle);
    const int32_t stops = solution->routes[vehicle].stops, end = visit_end(problem, vehicle);
    const money base = (stops == 0 ? problem->instance->vehicles[vehicle].fixed_cost : 0) +
                       quality_price(solution, vehicle, block);
    for (int32_t x = visit_start(problem, vehicle), at = 0; x != end; at++) {
        const int32_t next = next_stop(solution, x), here = x;
        x = next;
        if ((block->front >= 0 && at != block->front) || (block->rear >= 0 && stops - at != block->rear))
            continue;
        if (!locks_gap_open(solution, here)) continue;
        const money legs =
            arc_price(kind, leg_visits(solution, kind->profile, here, block->first)) +
            arc_price(kind, leg_visits(solution, kind->profile, block->last, next)) -
            (stops == 0 ? 0 : arc_price(kind, leg_visits(solution, kind->profile, here, next)));
        keep(gaps, (struct gap){vehicle, at, base + legs});
    }
}

static void find_gaps(struct solution *solution, const struct block *block, struct gaps *gaps)
{
    const struct problem *problem = solution->problem;
    gaps->count = 0;
    for (int32_t k = 0; k < solution->used_count; k++)
        if (may_serve(problem, solution->used[k], block))
            look_along(solution, solution->used[k], block, gaps);
    for (int32_t kind = 0; kind < problem->kind_count; kind++) {
        const int32_t vehicle = solution_idle(solution, kind);
        if (vehicle >= 0 && may_serve(problem, vehicle, block)) look_along(solution, vehicle, block, gaps);
    }
}

/* Forms the route with the block in the gap, in refit->nodes; the number of nodes, 0: it breaks a rule. */
static int32_t form(struct refit *refit, struct solution *solution, const struct block *block,
                    const struct gap *gap, struct schedule *schedule)
{
    const struct problem *problem = solution->problem;
    int32_t count = 0, at = 0;
    for (int32_t x = visit_start(problem, gap->vehicle);; x = next_stop(solution, x), at++) {
        if (at > 0 && x == visit_end(problem, gap->vehicle)) break;
        if (x < problem->stop_count) refit->stops[count++] = x;
        if (at != gap->at) continue;
        for (int32_t s = block->first; s >= 0; s = problem->locks->behind[s]) refit->stops[count++] = s;
    }
    return refit_form(refit, solution, gap->vehicle, refit->stops, count, INT64_MAX, schedule);
}

bool block_insert(struct refit *refit, struct solution *solution, int32_t stop,
                  const struct insertion_terms *terms, struct rng *rng)
{
    const struct problem *problem = solution->problem;
    const struct block block = block_of(problem, stop, terms->at_any_price);
    struct gaps gaps;
    struct schedule schedule;
    money least = block.worth;
    int32_t best = -1;
    if (solution->visits[stop].vehicle >= 0) return true;
    find_gaps(solution, &block, &gaps);
    for (int32_t k = 0; k < gaps.count; k++) {
        if (terms->blink > 0 && rng_unit(rng) < BLINK) continue;
        if (form(refit, solution, &block, &gaps.best[k], &schedule) == 0) continue;
        const int32_t vehicle = gaps.best[k].vehicle;
        const money price =
            schedule.cost - solution->routes[vehicle].cost + apart_price(solution, vehicle, &block);
        if (price >= least) continue;
        least = price;
        best = k;
    }
    if (best < 0) return false;
    const int32_t vehicle = gaps.best[best].vehicle;
    const int32_t count = form(refit, solution, &block, &gaps.best[best], &schedule);
    solution_save(solution, vehicle);
    solution_assign(solution, vehicle, refit->nodes + 1, count - 2);
    solution_set_cost(solution, vehicle, schedule.cost);
    return true;
}

int64_t block_rank(const struct problem *problem, int32_t stop, bool late)
{
    if (!locks_bind(problem, stop)) return 0;
    const struct block block = block_of(problem, stop, false);
    const int32_t beyond = block.front > block.rear ? block.front : block.rear;
    const int64_t apart = 8 * MEASURE_MAX; /* no other keys differ by so much */
    if (beyond > 0) return apart * (beyond < POSITIONS_TOLD ? beyond : POSITIONS_TOLD);
    return late && block.front < 0 && block.rear < 0 ? apart * (POSITIONS_TOLD + 1) : -apart;
}
