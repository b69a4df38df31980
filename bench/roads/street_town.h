/* A made town of streets, driven with turns: the graph that a hierarchy is timed on.
 *
 * Junctions on a grid of some 90 m, each moved a little; streets between neighbours, a third left out, so
 * that a junction has as many streets as in a real town and some ends are dead; a river in the middle that
 * only greater roads cross. Every eighth line of the grid is a main road (50 km/h), every fourth of these a
 * fast one (80); the others are streets (30), a fifth of them driven in one direction alone. A state is a
 * street driven in one direction, an arc drives it and turns into the next: straight on is free, a turn to
 * the right takes 2.5 s and one to the left 5; turning round (20 s) is for dead ends. Some states may lead
 * nowhere, as in real extracts.
 *
 * Grids are unkind: a real town has fewer ways that are nearly as good as the best. With an eighth of the
 * streets left out instead of a third the hierarchy of as many states takes four times as long.
 */
#ifndef BENNE_BENCH_STREET_TOWN_H
#define BENNE_BENCH_STREET_TOWN_H

#include "solver/network/hierarchy/digraph.h"

/* Columns and rows of junctions, 2 or more; the same ones and seed give the same town. On the arena. */
error_code street_town_make(int32_t columns, int32_t rows, uint64_t seed, struct arena *arena,
                            struct digraph *turns, struct error *error) ERROR_CHECKED;

#endif
