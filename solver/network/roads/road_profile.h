/* What a vehicle may use, and how fast: data, one row a profile.
 *
 * A road is driven at the profile's speed for its class, or the signed limit times `limit_share`, whichever
 * is less. Turns cost what they take at a junction: where two ways or more go on. `traffic` follows the side
 * of the road: left and right are as driven, `across` is the turn that crosses the oncoming lane.
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
    U_TURNS_ANYWHERE      /* at any junction too */
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
    int32_t across_ms, aside_ms, ahead_ms, u_turn_ms; /* at a junction */
    int32_t signals_ms, crossing_ms;                  /* on the way */
};

/* car, truck (26 t), small_truck (12 t), electric (26 t, by battery). */
enum { ROAD_PROFILES = 4 };
extern const struct road_profile road_profiles[ROAD_PROFILES];

/* By name; NULL: none. */
const struct road_profile *road_profile_named(const char *name);

/* May the vehicle use the way in a direction (0 as listed, 1 against)? The speed there; 0: it may not. */
int32_t road_profile_speed_kmh(const struct road_profile *profile, const struct road_way *way,
                               int32_t direction);

#endif
