#include "solver/routing/moves.h"

const struct move MOVES[] = {
    {"relocate", relocate_evaluate}, {"swap", swap_evaluate},       {"two_opt_star", two_opt_star_evaluate},
    {"or_opt", or_opt_evaluate},     {"two_opt", two_opt_evaluate},
};
const int32_t MOVE_COUNT = (int32_t)(sizeof MOVES / sizeof MOVES[0]);

/* Legs saved by taking the segment out, less those of putting it in. */
static money segment_gain(const struct solution *solution, int32_t a, int32_t first, int32_t last, int32_t b,
                          int32_t after, bool reversed)
{
    const struct problem *problem = solution->problem;
    const int32_t *from = solution->routes[a].nodes, *to = solution->routes[b].nodes;
    int32_t head = from[reversed ? last : first], tail = from[reversed ? first : last];
    return leg_price(problem, a, from[first - 1], from[first]) +
           leg_price(problem, a, from[last], from[last + 1]) -
           leg_price(problem, a, from[first - 1], from[last + 1]) +
           leg_price(problem, b, to[after], to[after + 1]) - leg_price(problem, b, to[after], head) -
           leg_price(problem, b, tail, to[after + 1]);
}

void moves_try_segment(const struct solution *solution, int32_t a, int32_t first, int32_t last, int32_t b,
                       int32_t after, bool reversed, struct candidate *best)
{
    if (a == b && after >= first - 1 && after <= last) return;
    bool empties = a != b && solution->routes[a].stops == last - first + 1;
    if (!empties && segment_gain(solution, a, first, last, b, after, reversed) <= 0) return;
    struct piece segment = {a, first, last, reversed};
    int32_t end_a = solution->routes[a].count, end_b = solution->routes[b].count;
    struct candidate candidate = {.count = 1};
    if (a != b) {
        candidate.count = 2;
        candidate.routes[0] =
            (struct splice){a, 2, {piece_of(a, 1, first - 1), piece_of(a, last + 1, end_a)}};
        candidate.routes[1] =
            (struct splice){b, 3, {piece_of(b, 1, after), segment, piece_of(b, after + 1, end_b)}};
    } else if (after < first) {
        candidate.routes[0] =
            (struct splice){a,
                            4,
                            {piece_of(a, 1, after), segment, piece_of(a, after + 1, first - 1),
                             piece_of(a, last + 1, end_a)}};
    } else {
        candidate.routes[0] = (struct splice){a,
                                              4,
                                              {piece_of(a, 1, first - 1), piece_of(a, last + 1, after),
                                               segment, piece_of(a, after + 1, end_a)}};
    }
    moves_keep(solution, &candidate, best);
}
