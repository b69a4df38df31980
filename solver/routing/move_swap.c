#include "solver/routing/moves.h"

/* A run of stops in a route. */
struct run {
    int32_t vehicle, first, last;
};

static bool run_of_stops(const struct solution *solution, struct run run)
{
    const struct route *route = &solution->routes[run.vehicle];
    if (run.first < 1 || run.last > route->count) return false;
    for (int32_t k = run.first; k <= run.last; k++)
        if (!node_is_stop(solution->problem, route->nodes[k])) return false;
    return true;
}

/* Cost of the legs into and out of `run` when `guest` stands in its place. */
static money legs_around(const struct solution *solution, struct run run, struct run guest)
{
    const int32_t *nodes = solution->routes[run.vehicle].nodes,
                  *other = solution->routes[guest.vehicle].nodes;
    return leg_price(solution->problem, run.vehicle, nodes[run.first - 1], other[guest.first]) +
           leg_price(solution->problem, run.vehicle, other[guest.last], nodes[run.last + 1]);
}

static void try_swap(const struct solution *solution, struct run x, struct run y, struct candidate *best)
{
    if (!run_of_stops(solution, x) || !run_of_stops(solution, y)) return;
    bool same = x.vehicle == y.vehicle;
    if (same && x.first > y.first) {
        struct run swap = x;
        x = y;
        y = swap;
    }
    if (same && x.last >= y.first - 1) return; /* they overlap or touch: or_opt does that */
    money gain = legs_around(solution, x, x) + legs_around(solution, y, y) - legs_around(solution, x, y) -
                 legs_around(solution, y, x);
    if (gain <= 0) return;
    struct piece px = piece_of(x.vehicle, x.first, x.last), py = piece_of(y.vehicle, y.first, y.last);
    int32_t end_x = solution->routes[x.vehicle].count, end_y = solution->routes[y.vehicle].count;
    struct piece head_x = piece_of(x.vehicle, 1, x.first - 1),
                 tail_y = piece_of(y.vehicle, y.last + 1, end_y);
    struct candidate candidate = {.count = same ? 1 : 2};
    if (same) {
        candidate.routes[0] = (struct splice){
            x.vehicle, 5, {head_x, py, piece_of(x.vehicle, x.last + 1, y.first - 1), px, tail_y}};
    } else {
        candidate.routes[0] =
            (struct splice){x.vehicle, 3, {head_x, py, piece_of(x.vehicle, x.last + 1, end_x)}};
        candidate.routes[1] =
            (struct splice){y.vehicle, 3, {piece_of(y.vehicle, 1, y.first - 1), px, tail_y}};
    }
    moves_keep(solution, &candidate, best);
}

bool swap_evaluate(const struct solution *solution, int32_t i, int32_t j, struct candidate *best)
{
    int32_t a = solution->route_of[i], b = solution->route_of[j];
    int32_t at = solution->position_of[i], beside = solution->position_of[j];
    best->gain = 0;
    for (int32_t extra_i = 0; extra_i < 2; extra_i++)
        for (int32_t extra_j = 0; extra_j < 2; extra_j++) {
            /* i comes behind j: what followed j goes where i (and its follower) was; and before j likewise.
             */
            try_swap(solution, (struct run){a, at, at + extra_i},
                     (struct run){b, beside + 1, beside + 1 + extra_j}, best);
            try_swap(solution, (struct run){a, at - extra_i, at},
                     (struct run){b, beside - 1 - extra_j, beside - 1}, best);
        }
    return best->gain > 0;
}
