/* Travel matrices without a road network: from straight lines, or from the matrix that a city brings.
 *
 * Straight lines. The great-circle distance on a sphere of the Earth's mean radius (within 0.6 % of the
 * WGS 84 ellipsoid, far below what the detour factor leaves open) times the profile's detour gives metres;
 * metres by the profile's speed give seconds. Both are rounded UP: since ceil(a) + ceil(b) >= ceil(a + b),
 * whole metres and whole seconds then keep the triangle inequality of the real ones exactly, so that no
 * route gets shorter by a visit in between (see round_up in the source for the floating-point part). They
 * are symmetric, and 0 only between places of the same coordinates.
 *
 * Profiles with the same detour share their distances, those with the same detour and speed their
 * durations too. Matrices live in the arena: 4 × places² bytes each, hence at most TRAVEL_PLACES_MAX.
 * Complexity: O(places² × different matrices). Errors: ERROR_NETWORK for too many places, unusable
 * profiles or positions, or a way of TRAVEL_UNREACHABLE or more.
 *
 * Source: W. Kahan, "How futile are mindless assessments of roundoff" (2006), for the angle between two
 * vectors that is accurate for near and for opposite points alike; mean radius R1 of IUGG, GRS 80.
 */
#ifndef BENNE_NETWORK_TRAVEL_BUILD_H
#define BENNE_NETWORK_TRAVEL_BUILD_H

#include "solver/base/arena.h"
#include "solver/model/city.h"
#include "solver/model/travel.h"

/* Two matrices of 20 000 places are 3.2 GB: beyond that a city must be cut in parts. */
enum { TRAVEL_PLACES_MAX = 20000 };

/* Great-circle distance in metres, before any detour and rounding. */
double travel_great_circle_m(struct position from, struct position to);

/* Place i is positions[i]; profile p of the travel is profiles[p]. */
error_code travel_from_positions(const struct travel_profile *profiles, int32_t profile_count,
                                 const struct position *positions, int32_t count, struct arena *arena,
                                 struct travel *travel, struct error *error) ERROR_CHECKED;

/* Place i is places[i] of the city (depots, then sites, then bins): the part of city.matrix between these
 * places, the same for every profile of the city, since a matrix file knows one kind of vehicle. */
error_code travel_from_city_matrix(const struct city *city, const int32_t *places, int32_t count,
                                   struct arena *arena, struct travel *travel,
                                   struct error *error) ERROR_CHECKED;

#endif
