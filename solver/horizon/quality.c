#include "solver/horizon/quality.h"

#include "solver/network/nearest.h"

#include <math.h>
#include <stdlib.h>

static const double S_PER_H = 3600;

/* ---- Stability ---- */

error_code day_practice_vehicles(const struct city *city, day_number day, struct arena *arena,
                                 int32_t **vehicle_of_bin, struct error *error)
{
    error_code rc = ERROR_NONE;
    const int32_t weekday = day_weekday(day);
    TRY_NEW(arena, *vehicle_of_bin, city->bin_count);
    for (int32_t b = 0; b < city->bin_count; b++) (*vehicle_of_bin)[b] = -1;
    for (int32_t v = 0; v < city->fixed_visit_count; v++) {
        const struct fixed_visit *visit = &city->fixed_visits[v];
        if (visit->weekday == weekday && (*vehicle_of_bin)[visit->bin] < 0)
            (*vehicle_of_bin)[visit->bin] = visit->vehicle;
    }
done:
    return rc;
}

/* A vehicle of the city as one of the day; -1: it does not work. */
static int32_t vehicle_of_day(const struct day_problem *problem, int32_t city_vehicle)
{
    for (int32_t v = 0; v < problem->instance.vehicle_count; v++)
        if (problem->vehicle_of[v] == city_vehicle) return v;
    return -1;
}

static int32_t reference_of(const struct day_problem *problem, const int32_t *vehicle_of_bin, int32_t stop)
{
    for (int32_t k = problem->stop_bin_first[stop]; k < problem->stop_bin_first[stop + 1]; k++) {
        const int32_t known = vehicle_of_bin[problem->stop_bins[k]];
        if (known >= 0) return vehicle_of_day(problem, known);
    }
    return -1;
}

static error_code price_changes(const struct city *city, const int32_t *vehicle_of_bin, struct arena *arena,
                                struct day_problem *problem, struct error *error)
{
    error_code rc = ERROR_NONE;
    int32_t *reference, *practice;
    if (vehicle_of_bin == NULL) {
        TRY(day_practice_vehicles(city, problem->day, arena, &practice, error));
        vehicle_of_bin = practice;
    }
    TRY_NEW(arena, reference, problem->instance.stop_count);
    for (int32_t s = 0; s < problem->instance.stop_count; s++)
        reference[s] = reference_of(problem, vehicle_of_bin, s);
    problem->instance.reference = reference;
    problem->instance.change_cost = city->change_cost;
done:
    return rc;
}

/* ---- Overlap ---- */

/* Stops of one stream, as points on a sphere. */
struct neighbourhood {
    int32_t *stops, *nearest;
    double *x, *y, *z;
};

static error_code neighbourhood_new(struct arena *arena, int32_t stops, struct neighbourhood *near,
                                    struct error *error)
{
    error_code rc = ERROR_NONE;
    TRY_NEW(arena, near->stops, stops);
    TRY_NEW(arena, near->nearest, (size_t)stops * NEAR_STOPS);
    TRY_NEW(arena, near->x, stops);
    TRY_NEW(arena, near->y, stops);
    TRY_NEW(arena, near->z, stops);
done:
    return rc;
}

static int32_t list_stream(const struct city *city, const struct day_problem *problem, int32_t stream,
                           struct neighbourhood *near)
{
    int32_t count = 0;
    for (int32_t s = 0; s < problem->instance.stop_count; s++) {
        if (problem->instance.stops[s].stream != stream) continue;
        const struct position at = city->bins[problem->stop_bins[problem->stop_bin_first[s]]].position;
        const double lat = at.lat * M_PI / 180, lon = at.lon * M_PI / 180;
        near->stops[count] = s;
        near->x[count] = cos(lat) * cos(lon);
        near->y[count] = cos(lat) * sin(lon);
        near->z[count++] = sin(lat);
    }
    return count;
}

static bool one_vehicle_may(const struct instance *instance, int32_t one, int32_t other)
{
    for (int32_t v = 0; v < instance->vehicle_count; v++)
        if (vehicle_may_serve(instance, v, one) && vehicle_may_serve(instance, v, other)) return true;
    return false;
}

static int compare_pairs(const void *left, const void *right)
{
    const struct stop_pair *a = left, *b = right;
    if (a->one != b->one) return a->one < b->one ? -1 : 1;
    return (a->other > b->other) - (a->other < b->other);
}

/* Sorts the pairs and leaves each once; their number. */
static int32_t settle_pairs(struct stop_pair *pairs, int32_t count)
{
    int32_t kept = 0;
    qsort(pairs, (size_t)count, sizeof *pairs, compare_pairs);
    for (int32_t p = 0; p < count; p++)
        if (kept == 0 || compare_pairs(&pairs[kept - 1], &pairs[p]) != 0) pairs[kept++] = pairs[p];
    return kept;
}

static error_code price_overlaps(const struct city *city, struct arena *arena, struct day_problem *problem,
                                 struct error *error)
{
    error_code rc = ERROR_NONE;
    struct instance *instance = &problem->instance;
    struct neighbourhood near;
    struct stop_pair *pairs;
    int32_t pair_count = 0;
    TRY(neighbourhood_new(arena, instance->stop_count, &near, error));
    TRY_NEW(arena, pairs, (size_t)instance->stop_count * NEAR_STOPS);
    for (int32_t stream = 0; stream < instance->stream_count; stream++) {
        const int32_t count = list_stream(city, problem, stream, &near);
        const int32_t most = count - 1 < NEAR_STOPS ? count - 1 : NEAR_STOPS;
        if (most <= 0) continue;
        TRY(nearest_find(near.x, near.y, near.z, count, most, near.nearest, error));
        for (int32_t k = 0; k < count * most; k++) {
            const int32_t a = near.stops[k / most], b = near.stops[near.nearest[k]];
            if (one_vehicle_may(instance, a, b))
                pairs[pair_count++] = (struct stop_pair){a < b ? a : b, a < b ? b : a, city->overlap_cost};
        }
    }
    instance->pairs = pairs;
    instance->pair_count = settle_pairs(pairs, pair_count);
done:
    return rc;
}

/* ---- Balance ---- */

static error_code price_imbalance(const struct city *city, struct arena *arena, struct instance *instance,
                                  struct error *error)
{
    error_code rc = ERROR_NONE;
    struct vehicle *vehicles;
    TRY_NEW(arena, vehicles, instance->vehicle_count);
    for (int32_t v = 0; v < instance->vehicle_count; v++) {
        vehicles[v] = instance->vehicles[v];
        vehicles[v].balance_from_s = city->target_work_s;
        vehicles[v].imbalance_per_s2 = llround((double)city->imbalance_cost_per_h2 / (S_PER_H * S_PER_H));
    }
    instance->vehicles = vehicles;
done:
    return rc;
}

error_code day_price_quality(const struct city *city, const int32_t *vehicle_of_bin, struct arena *arena,
                             struct day_problem *problem, struct error *error)
{
    error_code rc = ERROR_NONE;
    if (city->change_cost > 0) TRY(price_changes(city, vehicle_of_bin, arena, problem, error));
    if (city->overlap_cost > 0) TRY(price_overlaps(city, arena, problem, error));
    if (city->imbalance_cost_per_h2 > 0) TRY(price_imbalance(city, arena, &problem->instance, error));
    TRY(instance_validate(&problem->instance, error));
done:
    return rc;
}
