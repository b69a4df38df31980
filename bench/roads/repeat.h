/* Roads many times over: copies of an extract side by side, each joined to the next by one road, so that what
 * grows is the size alone. */
#ifndef BENNE_BENCH_REPEAT_H
#define BENNE_BENCH_REPEAT_H

#include "solver/base/arena.h"
#include "solver/network/roads/road_data.h"

/* `times` copies, 1 or more, from west to east; `joint`: a node of the roads from which copies are joined. On
 * the arena, names shared. O(roads × times). */
error_code repeat_roads(const struct road_data *roads, int32_t times, int32_t joint, struct arena *arena,
                        struct road_data *repeated, struct error *error) ERROR_CHECKED;

#endif
