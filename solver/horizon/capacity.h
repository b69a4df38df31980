/* What a day can carry, before any route is known: kilograms that the disposal sites take, and hours of the
 * trucks, used up bin by bin. Rough on purpose: it only decides how many bins may be called mandatory.
 *
 * Hours by continuous approximation (Daganzo 1984): serving n stops spread over an area A takes their
 * service, unloading and the way to and from the sites once a truckload, and a tour between them of about
 * 0.7124 × sqrt(A × n) (Beardwood, Halton and Hammersley 1959), times detour over speed. CAPACITY_PART of the
 * hours and SITE_PART of the limits count, since trips and shifts do not fill up evenly.
 *
 * Trucks are grouped by the streams that they take, sites stand alone: a bin takes room at the site and hours
 * from the group with the most left, among those that take its stream. O(sites + groups) per bin.
 */
#ifndef BENNE_HORIZON_CAPACITY_H
#define BENNE_HORIZON_CAPACITY_H

#include "solver/base/arena.h"
#include "solver/model/city.h"

/* The trucks of a day that take the same streams. */
struct truck_group {
    stream_mask streams;
    int32_t trucks, stops;
    double kg;            /* of all its trucks together */
    double room_s;        /* hours left, travel between stops not counted */
    double stem_s_per_kg; /* to the site, unloading and back, by kilogram */
};

struct capacity {
    const struct city *city;
    double *site_room_kg; /* by site; infinite without a limit */
    struct truck_group *groups;
    int32_t group_count;
    double tour_s; /* travel between n stops: tour_s × sqrt(n) */
};

error_code capacity_init(struct capacity *capacity, const struct city *city, day_number day,
                         struct arena *arena, struct error *error) ERROR_CHECKED;

/* Takes the room for one more bin; false, and nothing is taken, when the day cannot carry it. */
bool capacity_take(struct capacity *capacity, int32_t bin, double kg);

#endif
