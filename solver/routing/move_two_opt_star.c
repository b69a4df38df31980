#include "solver/routing/moves.h"

/* Joins a's route up to position p with b's from position q, and b's up to q − 1 with a's from p + 1 (Potvin
 * and Rousseau 1995). */
static void try_exchange(const struct solution *solution, int32_t a, int32_t p, int32_t b, int32_t q,
                         struct candidate *best)
{
    const struct problem *problem = solution->problem;
    const struct route *ra = &solution->routes[a], *rb = &solution->routes[b];
    int32_t next = ra->nodes[p + 1], before = rb->nodes[q - 1];
    bool last_a = p == ra->count, first_b = q == 1;
    /* The tails end at the depot of the vehicle that takes them. */
    int32_t next_for_b = last_a ? node_end(problem, b) : next;
    money gain = leg_price(problem, a, ra->nodes[p], next) + leg_price(problem, b, before, rb->nodes[q]) -
                 leg_price(problem, a, ra->nodes[p], rb->nodes[q]) -
                 leg_price(problem, b, before, next_for_b);
    bool empties = last_a && first_b;
    if (gain <= 0 && !empties && problem->kind_of[a] == problem->kind_of[b]) return;
    struct candidate candidate = {.count = 2};
    candidate.routes[0] = (struct splice){a, 2, {piece_of(a, 1, p), piece_of(b, q, rb->count)}};
    candidate.routes[1] = (struct splice){b, 2, {piece_of(b, 1, q - 1), piece_of(a, p + 1, ra->count)}};
    moves_keep(solution, &candidate, best);
}

bool two_opt_star_evaluate(const struct solution *solution, int32_t i, int32_t j, struct candidate *best)
{
    best->gain = 0;
    int32_t a = solution->route_of[i], b = solution->route_of[j];
    if (a == b) return false;
    try_exchange(solution, a, solution->position_of[i], b, solution->position_of[j], best);
    try_exchange(solution, b, solution->position_of[j], a, solution->position_of[i], best);
    return best->gain > 0;
}
