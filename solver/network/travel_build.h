/* Travel without a road network: from points, from straight lines, or from the matrix that a city brings.
 *
 * Straight lines. The great-circle distance on a sphere of the Earth's mean radius (within 0.6 % of the
 * WGS 84 ellipsoid, far below what the detour factor leaves open) times the profile's detour gives metres;
 * metres by the profile's speed give seconds. Both are rounded UP: since ceil(a) + ceil(b) >= ceil(a + b),
 * whole metres and whole seconds then keep the triangle inequality of the real ones exactly, so that no
 * route gets shorter by a visit in between. They are symmetric, and 0 only between places of the same
 * coordinates.
 *
 * The floating-point part: let a + b >= c hold for the true lengths. For the computed ones it holds up to
 * the guard g (TRAVEL_GUARD), so c + g <= (a + g) + (b + g) <= up(a) + up(b), which is a whole number, hence
 * up(c) <= up(a) + up(b). A length 0 comes from equal points only, for which b and c are computed from the
 * same numbers.
 *
 * Up to TRAVEL_TABLE_MAX places the legs are written out as matrices, 4 × places² bytes each, profiles
 * with the same detour sharing their distances, those with the same detour and speed their durations too;
 * beyond, they are computed at each call, to the same numbers. Complexity: O(places² × different matrices),
 * or O(places). Errors: ERROR_NETWORK for unusable profiles or positions, or when a leg might be
 * TRAVEL_UNREACHABLE or more.
 *
 * Source: mean radius R1 of IUGG, GRS 80.
 */
#ifndef BENNE_NETWORK_TRAVEL_BUILD_H
#define BENNE_NETWORK_TRAVEL_BUILD_H

#include "solver/base/arena.h"
#include "solver/model/city.h"
#include "solver/model/travel.h"

/* With the search on a city-like problem and one core, looking up 3,001 places is a tenth faster than
 * computing, 6,001 no longer, 11,001 a tenth slower: the matrix has then outgrown the caches. */
enum { TRAVEL_TABLE_MAX = 5000 };

/* Places of a matrix: two of 20 000 places are 3.2 GB. */
enum { TRAVEL_PLACES_MAX = 20000 };

/* Great-circle distance in metres, before any detour and rounding. */
double travel_great_circle_m(struct position from, struct position to);

/* Legs computed from points: profile p rounds lengths by rates[p]. Points and rates stay the caller's, for as
 * long as the travel is used. No matrices, however few the points. */
error_code travel_from_points(const struct travel_point *points, int32_t count, double curvature,
                              const struct travel_rates *rates, int32_t profile_count, struct arena *arena,
                              struct travel *travel, struct error *error) ERROR_CHECKED;

/* Writes the legs out as matrices, of TRAVEL_PLACES_MAX places at most. */
error_code travel_tabulate(struct travel *travel, struct arena *arena, struct error *error) ERROR_CHECKED;

/* Place i is positions[i]; profile p of the travel is profiles[p]. */
error_code travel_from_positions(const struct travel_profile *profiles, int32_t profile_count,
                                 const struct position *positions, int32_t count, struct arena *arena,
                                 struct travel *travel, struct error *error) ERROR_CHECKED;

/* The part of a matrix of `size` places between some of them, on the arena. */
error_code travel_part(const struct travel_matrix *whole, int32_t size, const int32_t *places, int32_t count,
                       struct arena *arena, struct travel_matrix *part, struct error *error) ERROR_CHECKED;

/* ERROR_NETWORK for more than TRAVEL_PLACES_MAX places. */
error_code travel_check_place_count(int32_t count, struct error *error) ERROR_CHECKED;

/* Place i is places[i] of the city (depots, then sites, then bins): the part of city.matrix between these
 * places, the same for every profile of the city, since a matrix file knows one kind of vehicle. */
error_code travel_from_city_matrix(const struct city *city, const int32_t *places, int32_t count,
                                   struct arena *arena, struct travel *travel,
                                   struct error *error) ERROR_CHECKED;

#endif
