/* The streets of an extract, on which a synthetic city may stand instead of on a grid.
 *
 * Its middle is where the streets are: the median of the town streets' middles, that a truck may reach and
 * leave. Around it the city takes as many streets as its points need, one in STREET_PER_POINT_M, thinning out
 * from the middle. Metres are of a plane that touches the Earth at the middle. */
#ifndef BENNE_SCENARIOS_SYNTHETIC_STREETS_H
#define BENNE_SCENARIOS_SYNTHETIC_STREETS_H

#include "scenarios/synthetic/synthetic.h"
#include "solver/model/city.h"
#include "solver/network/roads/road_graph.h"

struct synthetic_street {
    int32_t arc;
    struct metres middle;
    double far_m;  /* of the middle from that of the city */
    double weight; /* of all up to this one: for the draw */
};

struct synthetic_streets {
    struct road_data roads;
    struct road_graph graph;
    struct road_point middle;
    struct synthetic_street *items; /* the nearest to the middle first */
    int32_t count, all_count;       /* those of the city; all: depots may stand farther out */
    double radius_m;
};

/* Reads the extract for a city of so many points. ERROR_NETWORK when it has no town street. */
error_code synthetic_streets_open(const char *path, int32_t points, struct arena *arena,
                                  struct synthetic_streets *streets, struct error *error) ERROR_CHECKED;

/* A place at the kerb of a street: its metres, side, street (a name of `roads`, or -1) and house. */
void synthetic_streets_draw(const struct synthetic_streets *streets, struct rng *rng,
                            struct synthetic_bin *bin);

/* How busy a place is: more in the middle. */
double synthetic_streets_activity(const struct synthetic_streets *streets, struct metres at);

/* A place by the street nearest to one. */
struct metres synthetic_streets_near(const struct synthetic_streets *streets, struct metres at);

struct position synthetic_streets_position(const struct synthetic_streets *streets, struct metres at);

/* The extract's file name in the city's folder, and a copy of it there. */
const char *synthetic_extract_name(const struct synthetic *city);
error_code synthetic_copy_extract(const struct synthetic *city, struct run_folder *folder,
                                  struct error *error) ERROR_CHECKED;

#endif
