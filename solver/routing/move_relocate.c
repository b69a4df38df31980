#include "solver/routing/moves.h"

bool relocate_evaluate(const struct solution *solution, int32_t i, int32_t j, struct candidate *best)
{
    int32_t a = solution->route_of[i], b = solution->route_of[j];
    int32_t at = solution->position_of[i], beside = solution->position_of[j];
    best->gain = 0;
    moves_try_segment(solution, a, at, at, b, beside, false, best);
    moves_try_segment(solution, a, at, at, b, beside - 1, false, best);
    return best->gain > 0;
}
