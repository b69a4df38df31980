/* States and turns: the last stage of a road graph.
 *
 * Every arc has a free state. A copy is known by its arc, by the arc `entry` after which its way was entered,
 * and by how many arcs of that way are then behind, its own included: enough to tell which rules over a way
 * are still kept, since these all speak of one run along one way. Copies are made as they are first turned
 * into, so that there are none but those of a rule's way.
 *
 * A turn into the arc's own reverse needs a turning place, a state without any other turn, or a crossing,
 * as the profile has it; every other one needs a junction without barrier; and both, the rules.
 *
 * The states of an arc stand together: those of the largest strongly connected part first, then those outside
 * it, which nobody who drives on can be in; in either half the free one is first.
 */
#ifndef BENNE_NETWORK_ROAD_TURNS_H
#define BENNE_NETWORK_ROAD_TURNS_H

#include "solver/network/roads/road_rules.h"

/* Fills the states of draft->arcs, and of the graph states, turns and in_part. */
error_code road_turns_build(struct road_draft *draft, const struct road_rules *rules,
                            struct road_graph *graph, struct error *error) ERROR_CHECKED;

#endif
