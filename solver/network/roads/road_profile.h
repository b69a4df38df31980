/* What a vehicle may use, and how fast: data, one row a profile.
 *
 * A road is driven at the profile's speed for its class, or the signed limit times `limit_share`, whichever
 * is less. Turns cost what they take at a crossing: where three pieces of road or more meet. `across` is the
 * turn over the oncoming lane (left where traffic keeps right), `aside` the other; within 45 degrees it is
 * `ahead`. Into a roundabout one gives way, as aside; on it and out of it nothing is added.
 *
 * Sources of the figures: beside the table in road_profile.c.
 */
#ifndef BENNE_NETWORK_ROAD_PROFILE_H
#define BENNE_NETWORK_ROAD_PROFILE_H

#include "solver/network/roads/road_data.h"

/* Where a vehicle may turn round on the road. Collection trucks may not reverse (recommendation R 437): they
 * need a turning place. */
typedef enum road_u_turns {
    U_TURNS_AT_TURNING_PLACES,
    U_TURNS_AT_DEAD_ENDS, /* there too */
    U_TURNS_ANYWHERE      /* at any crossing too */
} road_u_turns;

enum { ROAD_PROFILE_NAME_MAX = 32 };

struct road_profile {
    char name[ROAD_PROFILE_NAME_MAX];
    road_vehicle vehicle;
    uint8_t speed_kmh[ROAD_CLASSES]; /* 0: not used */
    double limit_share;
    int32_t weight_kg, axle_kg, height_cm, width_cm;
    bool enters_private; /* roads for destination alone are open to all: a stop is one */
    road_u_turns u_turns;
    int32_t across_ms, aside_ms, ahead_ms; /* at a crossing */
    int32_t u_turn_ms;                     /* wherever it is made */
    int32_t signals_ms, crossing_ms;       /* by node passed */
};

/* car, truck (26 t), small_truck (12 t), electric (26 t, by battery). */
enum { ROAD_PROFILES = 4 };
extern const struct road_profile road_profiles[ROAD_PROFILES];

/* By name; NULL: none. */
const struct road_profile *road_profile_named(const char *name);

/* Is it let in, to a way or through a barrier? */
bool road_profile_enters(const struct road_profile *profile, road_access access);

/* May the vehicle use the way in a direction (0 as listed, 1 against)? The speed there; 0: it may not. */
int32_t road_profile_speed_kmh(const struct road_profile *profile, const struct road_way *way,
                               int32_t direction);

#endif
