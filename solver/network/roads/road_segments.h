/* Ways cut into segments: the first stage of a road graph.
 *
 * A node is a junction where ways that the vehicle may use meet, end or come by twice, where a barrier stops
 * it and where there is a turning place. A way that it may not use stays whole, as one segment without arcs:
 * a place may stand at it.
 *
 * Lengths: great circles from point to point, the sum rounded up to decimetres. Times: that sum at the
 * profile's speed, rounded up to milliseconds and never 0, and what signals and crossings on the way take.
 * What would be driven for longer than a day is an error of the map and is not driven.
 */
#ifndef BENNE_NETWORK_ROAD_SEGMENTS_H
#define BENNE_NETWORK_ROAD_SEGMENTS_H

#include "solver/network/roads/road_draft.h"

error_code road_segments_build(struct road_draft *draft, struct error *error) ERROR_CHECKED;

/* What signals and crossings at a node take. */
int32_t road_wait_ms(const struct road_profile *profile, const struct road_node *node);

#endif
