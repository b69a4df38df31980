/* Travel between places: metres and seconds for each ordered pair, by profile.
 *
 * Places are numbered from 0; matrices are row-major, from × to, int32, TRAVEL_UNREACHABLE where there is
 * no way. Two profiles may share one matrix. Filled by solver/network or by a benchmark's reader, then
 * never changed. Lookups are O(1); memory 8 × places² bytes a profile.
 */
#ifndef BENNE_MODEL_TRAVEL_H
#define BENNE_MODEL_TRAVEL_H

#include "solver/model/units.h"

#include <stddef.h>

#define TRAVEL_UNREACHABLE INT32_C(1000000000)

struct travel_matrix {
    const int32_t *distance_m, *duration_s;
};

struct travel {
    int32_t place_count, profile_count;
    const struct travel_matrix *profiles;
};

static inline int64_t travel_distance_m(const struct travel *travel, int32_t profile, int32_t from,
                                        int32_t to)
{
    return travel->profiles[profile].distance_m[(size_t)from * (size_t)travel->place_count + (size_t)to];
}

static inline int64_t travel_duration_s(const struct travel *travel, int32_t profile, int32_t from,
                                        int32_t to)
{
    return travel->profiles[profile].duration_s[(size_t)from * (size_t)travel->place_count + (size_t)to];
}

#endif
