/* What a day can carry, before any route is known: kilograms that the disposal sites take, and hours of the
 * trucks, used up bin by bin. Rough on purpose: it only decides how many bins may be called mandatory.
 *
 * Hours by continuous approximation (Daganzo 1984): serving n stops spread over an area A takes their
 * service, unloading and the way to and from the sites once a truckload, and a tour between them of about
 * 0.7124 × sqrt(A × n) (Beardwood, Halton and Hammersley 1959), times detour over speed. CAPACITY_PART of the
 * hours and SITE_PART of the limits count, since trips and shifts do not fill up evenly.
 *
 * Streams share sites and trucks: a bin takes room at the site with the most room left that takes its
 * stream, and hours from the common pool of the vehicles that work that day. O(sites) per bin.
 */
#ifndef BENNE_HORIZON_CAPACITY_H
#define BENNE_HORIZON_CAPACITY_H

#include "solver/base/arena.h"
#include "solver/model/city.h"

struct capacity {
    const struct city *city;
    double *site_room_kg; /* by site; infinite without a limit */
    double room_s;        /* truck seconds left, travel between stops not counted */
    double stem_s_per_kg; /* to the site, unloading and back, by kilogram */
    double tour_s;        /* travel between n stops: tour_s × sqrt(n) */
    int32_t stops;
};

error_code capacity_init(struct capacity *capacity, const struct city *city, day_number day,
                         struct arena *arena, struct error *error) ERROR_CHECKED;

/* Takes the room for one more bin; false, and nothing is taken, when the day cannot carry it. */
bool capacity_take(struct capacity *capacity, int32_t bin, double kg);

#endif
