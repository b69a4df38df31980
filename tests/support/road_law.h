/* What may be driven, judged from the roads and the drive so far alone: the road graph's judge, with which it
 * shares no code but the profile's. Slow: every question looks through all ways. */
#ifndef BENNE_TESTS_ROAD_LAW_H
#define BENNE_TESTS_ROAD_LAW_H

#include "solver/network/roads/road_graph.h"

/* A stretch of a way: from one position of its listing to another, either way. */
struct law_leg {
    int32_t way, first, last;
};

/* An arc as positions in its way's listing, where the points of the graph are the way's nodes: they are
 * compared. */
struct law_leg law_leg_of(const struct road_graph *graph, int32_t arc);

/* May who has driven these legs, one or more, go on with `next`? */
bool law_allows(const struct road_data *roads, const struct road_profile *profile,
                const struct law_leg *drive, int32_t count, struct law_leg next);

#endif
