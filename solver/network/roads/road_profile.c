#include "solver/network/roads/road_profile.h"

#include <stddef.h>
#include <string.h>

/* Where the figures come from.
 *
 * Speeds by class are means over the length of a street, with what crossings ahead and bends take, so that
 * going ahead costs nothing. Car: the order of magnitude that open routing engines use for these classes
 * (OSRM's car profile, the tables of openrouteservice). Truck: the same, capped by the French limits for 3.5
 * t and more (Code de la route, R413-8: 90 km/h on motorways, 80 on other roads and, up to 12 t, 90 where a
 * strip parts the carriageways; 50 in towns) and lowered by 15 to 20 % where a heavy vehicle accelerates late
 * and squeezes past parked cars. Where trucks are tracked
 * the figures should be theirs.
 *
 * limit_share: a signed limit is not a mean; 0.9 is an assumption.
 *
 * Dimensions: three axles carry 26 t, widths end at 2.55 m, a driving axle bears 11.5 t (directive 96/53/EC,
 * annex I; Code de la route, R312-4 and R312-10). Heights, and all measures of the 12 t truck, are
 * assumptions: a user's vehicles have theirs in their papers. The electric truck is a 26 t one in all that
 * the road asks.
 *
 * Turns: a car's u-turn of 20 s and its seconds at crossings are OSRM's in magnitude; signals take what
 * levels of service A and B of the Highway Capacity Manual take, up to 20 s. Heavy vehicles: half as much
 * again, an assumption, as are the 30 s of a truck in a turning circle.
 */
#define CAR_TURNS                                                                         \
    .u_turns = U_TURNS_ANYWHERE, .across_ms = 6000, .aside_ms = 3000, .u_turn_ms = 20000, \
    .signals_ms = 8000, .crossing_ms = 1000

#define TRUCK_TURNS                                                                                \
    .u_turns = U_TURNS_AT_TURNING_PLACES, .across_ms = 9000, .aside_ms = 5000, .u_turn_ms = 30000, \
    .signals_ms = 12000, .crossing_ms = 1500

#define HEAVY_TRUCK                                                                                    \
    .vehicle = ROAD_TRUCK, .limit_share = 0.9, .weight_kg = 26000, .axle_kg = 11500, .height_cm = 380, \
    .width_cm = 255,                                                                                   \
    .speed_kmh = {[ROAD_MOTORWAY] = 80,      [ROAD_MOTORWAY_LINK] = 40,  [ROAD_TRUNK] = 70,            \
                  [ROAD_TRUNK_LINK] = 35,    [ROAD_PRIMARY] = 55,        [ROAD_PRIMARY_LINK] = 25,     \
                  [ROAD_SECONDARY] = 45,     [ROAD_SECONDARY_LINK] = 22, [ROAD_TERTIARY] = 34,         \
                  [ROAD_TERTIARY_LINK] = 18, [ROAD_UNCLASSIFIED] = 25,   [ROAD_RESIDENTIAL] = 20,      \
                  [ROAD_LIVING_STREET] = 8,  [ROAD_SERVICE] = 12,        [ROAD_ALLEY] = 8,             \
                  [ROAD_DRIVEWAY] = 6,       [ROAD_PARKING_AISLE] = 6,   [ROAD_PEDESTRIAN] = 5,        \
                  [ROAD_TRACK] = 8},                                                                   \
    TRUCK_TURNS

const struct road_profile road_profiles[ROAD_PROFILES] = {
    {.name = "car",
     .vehicle = ROAD_CAR,
     .speed_kmh = {[ROAD_MOTORWAY] = 90,
                   [ROAD_MOTORWAY_LINK] = 45,
                   [ROAD_TRUNK] = 85,
                   [ROAD_TRUNK_LINK] = 40,
                   [ROAD_PRIMARY] = 65,
                   [ROAD_PRIMARY_LINK] = 30,
                   [ROAD_SECONDARY] = 55,
                   [ROAD_SECONDARY_LINK] = 25,
                   [ROAD_TERTIARY] = 40,
                   [ROAD_TERTIARY_LINK] = 20,
                   [ROAD_UNCLASSIFIED] = 30,
                   [ROAD_RESIDENTIAL] = 25,
                   [ROAD_LIVING_STREET] = 10,
                   [ROAD_SERVICE] = 15,
                   [ROAD_ALLEY] = 10,
                   [ROAD_DRIVEWAY] = 8,
                   [ROAD_PARKING_AISLE] = 8,
                   [ROAD_PEDESTRIAN] = 6,
                   [ROAD_TRACK] = 10},
     .limit_share = 0.9,
     .weight_kg = 2000,
     .axle_kg = 1200,
     .height_cm = 170,
     .width_cm = 190,
     CAR_TURNS},
    {.name = "truck", HEAVY_TRUCK},
    {.name = "small_truck",
     .vehicle = ROAD_TRUCK,
     .speed_kmh = {[ROAD_MOTORWAY] = 85,
                   [ROAD_MOTORWAY_LINK] = 42,
                   [ROAD_TRUNK] = 75,
                   [ROAD_TRUNK_LINK] = 38,
                   [ROAD_PRIMARY] = 60,
                   [ROAD_PRIMARY_LINK] = 28,
                   [ROAD_SECONDARY] = 50,
                   [ROAD_SECONDARY_LINK] = 24,
                   [ROAD_TERTIARY] = 37,
                   [ROAD_TERTIARY_LINK] = 19,
                   [ROAD_UNCLASSIFIED] = 28,
                   [ROAD_RESIDENTIAL] = 22,
                   [ROAD_LIVING_STREET] = 9,
                   [ROAD_SERVICE] = 14,
                   [ROAD_ALLEY] = 9,
                   [ROAD_DRIVEWAY] = 7,
                   [ROAD_PARKING_AISLE] = 7,
                   [ROAD_PEDESTRIAN] = 5,
                   [ROAD_TRACK] = 9},
     .limit_share = 0.9,
     .weight_kg = 12000,
     .axle_kg = 8000,
     .height_cm = 340,
     .width_cm = 230,
     TRUCK_TURNS},
    {.name = "electric", HEAVY_TRUCK},
};

const struct road_profile *road_profile_named(const char *name)
{
    for (int32_t p = 0; p < ROAD_PROFILES; p++)
        if (strcmp(road_profiles[p].name, name) == 0) return &road_profiles[p];
    return NULL;
}

bool road_profile_enters(const struct road_profile *profile, road_access access)
{
    return access == ROAD_OPEN || access == ROAD_TO_DESTINATION ||
           (access == ROAD_PRIVATE && profile->enters_private);
}

static bool exceeds(int32_t size, int32_t most)
{
    return most != 0 && size > most;
}

static bool fits(const struct road_profile *profile, const struct road_way *way)
{
    return !exceeds(profile->weight_kg, way->weight_kg) && !exceeds(profile->axle_kg, way->axle_kg) &&
           !exceeds(profile->height_cm, way->height_cm) && !exceeds(profile->width_cm, way->width_cm);
}

/* 0: none signed. */
static int32_t limit_kmh(const struct road_profile *profile, const struct road_way *way, int32_t direction)
{
    enum { TRUCK_LIMIT_FROM_KG = 3500 };
    const int32_t all = way->limit_kmh[direction];
    const int32_t heavy = profile->weight_kg >= TRUCK_LIMIT_FROM_KG ? way->truck_limit_kmh : 0;
    return heavy != 0 && (all == 0 || heavy < all) ? heavy : all;
}

int32_t road_profile_speed_kmh(const struct road_profile *profile, const struct road_way *way,
                               int32_t direction)
{
    const int32_t usual = profile->speed_kmh[way->class];
    const int32_t limit = limit_kmh(profile, way, direction);
    if (!road_profile_enters(profile, way->access[profile->vehicle][direction]) || !fits(profile, way))
        return 0;
    if (limit == 0 || usual == 0) return usual;
    const int32_t held = (int32_t)(limit * profile->limit_share + 0.5);
    return held < 1 ? 1 : held < usual ? held : usual;
}
