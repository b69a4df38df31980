#include "solver/horizon/capacity.h"

#include "solver/network/travel_build.h"

#include <math.h>

/* Part of the trucks' hours that is counted on. Illustrative: a tenth for the hours that no whole trip fits
 * in any more, and a tenth for the roughness of the approximation. */
static const double CAPACITY_PART = 0.8;

/* Part of a site's daily limit that is counted on: trips come in lumps, and the last lump seldom fits. */
static const double SITE_PART = 0.95;

/* The constant of a tour through many uniform points (Beardwood, Halton and Hammersley 1959; 0.7124 by later
 * experiments). */
static const double TOUR_CONSTANT = 0.7124;

/* Rectangle around the bins, square metres. */
static double area_m2(const struct city *city)
{
    struct position low = {90, 180}, high = {-90, -180};
    for (int32_t b = 0; b < city->bin_count; b++) {
        struct position p = city->bins[b].position;
        if (p.lat < low.lat) low.lat = p.lat;
        if (p.lat > high.lat) high.lat = p.lat;
        if (p.lon < low.lon) low.lon = p.lon;
        if (p.lon > high.lon) high.lon = p.lon;
    }
    if (city->bin_count == 0) return 0;
    struct position corner = {low.lat, high.lon};
    return travel_great_circle_m(low, corner) * travel_great_circle_m(corner, high);
}

static struct position site_or_bin(const struct city *city, int32_t place)
{
    int32_t bin = place - city->site_count;
    return bin < 0 ? city->sites[place].position : city->bins[bin].position;
}

/* The same in a matrix, which has times but no speed: over all ways between a site and any other place. */
static double matrix_seconds_per_m(const struct city *city)
{
    double metres = 0, seconds = 0;
    int32_t others = city->site_count + city->bin_count, places = city->depot_count + others;
    for (int32_t s = 0; s < city->site_count; s++) {
        for (int32_t other = 0; other < others; other++) {
            size_t way =
                (size_t)(city->depot_count + s) * (size_t)places + (size_t)(city->depot_count + other);
            int32_t duration_s = city->matrix.duration_s[way];
            if (duration_s >= TRAVEL_UNREACHABLE) continue;
            metres += travel_great_circle_m(city->sites[s].position, site_or_bin(city, other));
            seconds += duration_s;
        }
    }
    return metres > 0 ? seconds / metres : 0;
}

/* Seconds of a straight metre for the first profile: detour over speed. */
static double seconds_per_m(const struct city *city)
{
    if (city->network == NETWORK_MATRIX) return matrix_seconds_per_m(city);
    if (city->profile_count == 0 || !(city->profiles[0].speed_kmh > 0)) return 0;
    return city->profiles[0].detour * 3.6 / city->profiles[0].speed_kmh;
}

/* Mean over the bins of the way to the nearest site that takes their stream. */
static double mean_way_to_site_m(const struct city *city)
{
    double sum = 0;
    int32_t count = 0;
    for (int32_t b = 0; b < city->bin_count; b++) {
        double nearest = INFINITY;
        for (int32_t s = 0; s < city->site_count; s++) {
            if (!(city->sites[s].streams >> city->bins[b].stream & 1)) continue;
            double way = travel_great_circle_m(city->bins[b].position, city->sites[s].position);
            if (way < nearest) nearest = way;
        }
        if (nearest < INFINITY) sum += nearest, count++;
    }
    return count > 0 ? sum / count : 0;
}

static double mean_unload_s(const struct city *city)
{
    double sum = 0;
    for (int32_t s = 0; s < city->site_count; s++) sum += city->sites[s].unload_s;
    return city->site_count > 0 ? sum / city->site_count : 0;
}

static stream_mask streams_of(const struct city_vehicle *vehicle)
{
    stream_mask streams = 0;
    for (int32_t c = 0; c < vehicle->compartment_count; c++) streams |= vehicle->compartments[c].streams;
    return streams;
}

/* Adds a truck to the group of its streams. */
static void add_truck(struct capacity *capacity, const struct city_vehicle *vehicle)
{
    int32_t g = 0;
    stream_mask streams = streams_of(vehicle);
    while (g < capacity->group_count && capacity->groups[g].streams != streams) g++;
    if (g == capacity->group_count) capacity->group_count++;
    struct truck_group *group = &capacity->groups[g];
    int32_t shift_s = vehicle->shift_end_s - vehicle->shift_start_s - vehicle->break_s;
    group->streams = streams;
    group->trucks++;
    group->room_s += CAPACITY_PART * (shift_s < vehicle->max_work_s ? shift_s : vehicle->max_work_s);
    for (int32_t c = 0; c < vehicle->compartment_count; c++)
        group->kg += (double)vehicle->compartments[c].capacity_kg;
}

error_code capacity_init(struct capacity *capacity, const struct city *city, day_number day,
                         struct arena *arena, struct error *error)
{
    error_code rc = ERROR_NONE;
    *capacity = (struct capacity){.city = city};
    TRY_NEW(arena, capacity->site_room_kg, city->site_count);
    TRY_NEW(arena, capacity->groups, city->vehicle_count);
    for (int32_t s = 0; s < city->site_count; s++) {
        int64_t limit_kg = city->sites[s].daily_limit_kg;
        capacity->site_room_kg[s] = limit_kg > 0 ? SITE_PART * (double)limit_kg : (double)INFINITY;
    }
    for (int32_t v = 0; v < city->vehicle_count; v++)
        if (city_vehicle_works(city, v, day)) add_truck(capacity, &city->vehicles[v]);
    double slow = seconds_per_m(city);
    double trip_s = 2 * mean_way_to_site_m(city) * slow + mean_unload_s(city);
    for (int32_t g = 0; g < capacity->group_count; g++) {
        struct truck_group *group = &capacity->groups[g];
        group->stem_s_per_kg = group->kg > 0 ? trip_s * group->trucks / group->kg : 0;
    }
    capacity->tour_s = TOUR_CONSTANT * sqrt(area_m2(city)) * slow;
done:
    return rc;
}

bool capacity_take(struct capacity *capacity, int32_t bin, double kg)
{
    const struct city *city = capacity->city;
    const struct bin *b = &city->bins[bin];
    double *site = NULL;
    struct truck_group *group = NULL;
    for (int32_t s = 0; s < city->site_count; s++) {
        if (!(city->sites[s].streams >> b->stream & 1)) continue;
        if (site == NULL || capacity->site_room_kg[s] > *site) site = &capacity->site_room_kg[s];
    }
    for (int32_t g = 0; g < capacity->group_count; g++) {
        if (!(capacity->groups[g].streams >> b->stream & 1)) continue;
        if (group == NULL || capacity->groups[g].room_s > group->room_s) group = &capacity->groups[g];
    }
    if (site == NULL || group == NULL) return false;
    double n = group->stops;
    double cost_s = b->service_s + kg * group->stem_s_per_kg + capacity->tour_s * (sqrt(n + 1) - sqrt(n));
    if (kg > *site || cost_s > group->room_s) return false;
    *site -= kg;
    group->room_s -= cost_s;
    group->stops++;
    return true;
}
