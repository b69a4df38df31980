/* From the matrices of a VROOM problem to the travel of the instance.
 *
 * A place is a location, or a location with the setup of the jobs that share it, which is then part of every
 * way that leads there from elsewhere; and one place is nowhere, for vehicles without a start or an end.
 *
 * A metre of the instance is what a leg costs the vehicle. Where that is driving time, length or a matrix of
 * costs, the metres are its seconds, metres or costs as they are; where it is a sum of two, the sum scaled;
 * and where a limit has another measure than the costs, the metres are the limit's and the costs are fitted
 * to them, by the mean over all legs. Two limits at once are kept by max(time / limit, length / limit) of
 * each leg, whose sum is never less than either. */
#include "io/vroom_file.h"

#include "solver/base/array.h"
#include "solver/base/ids.h"
#include "solver/base/message.h"

#include <math.h>

enum { KEY_SIZE = 64, BLEND_PARTS = 1000, LIMIT_PARTS = 10000000, HOUR_S = 3600, KM_M = 1000 };

#define LEG_MAX 900000000.0 /* under TRAVEL_UNREACHABLE */

typedef enum measure {
    MEASURE_TIME,
    MEASURE_DISTANCE,
    MEASURE_CUSTOM,
    MEASURE_BLEND,
    MEASURE_LIMITS
} measure;

/* Vehicles whose legs are alike share a profile of the instance. */
struct way_class {
    int32_t profile, pace;
    measure measure;
    int64_t a, b; /* per_hour and per_km of a blend; the two limits */
    double scale; /* metres in a unit of it */
};

struct finder {
    struct vroom_reader *reader;
    const struct vroom *vroom;
    struct vroom_ways *ways;
    struct ids places;
    struct {
        int32_t *items;
        int64_t count, capacity;
    } location; /* by place; -1: nowhere */
    struct {
        int64_t *items;
        int64_t count, capacity;
    } setup_s; /* by place */
    struct {
        struct way_class *items;
        int64_t count, capacity;
    } classes;
};

/* ---- Places ---- */

static error_code place_for(struct finder *finder, int32_t location, int64_t setup_s, int32_t *place,
                            struct error *error)
{
    error_code rc = ERROR_NONE;
    char key[KEY_SIZE];
    bool added;
    const int length = snprintf(key, sizeof key, "%d %lld", (int)location, (long long)setup_s);
    TRY(ids_add(&finder->places, key, (size_t)length, place, &added, error));
    if (added && (!array_push(&finder->location, location) || !array_push(&finder->setup_s, setup_s)))
        rc = error_memory(error);
done:
    return rc;
}

/* A setup counts on the way where another task or a start at the same location may come just before, and
 * every window of the job is as long as the setup, by which it is shortened. */
static error_code judge_setups(struct finder *finder, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct vroom *vroom = finder->vroom;
    int32_t *tasks;
    TRY_NEW(finder->reader->arena, tasks, vroom->location_count);
    for (int32_t j = 0; j < vroom->job_count; j++) tasks[vroom->jobs[j].spot.location]++;
    for (int32_t v = 0; v < vroom->vehicle_count; v++)
        if (vroom->vehicles[v].start.location >= 0) tasks[vroom->vehicles[v].start.location]++;
    for (int32_t j = 0; j < vroom->job_count; j++) {
        struct vroom_job *job = &vroom->jobs[j];
        job->setup_on_the_way = job->setup_s > 0 && tasks[job->spot.location] > 1;
        for (int32_t w = 0; w < job->window_count && job->setup_on_the_way; w++)
            job->setup_on_the_way = job->windows[w].close - job->windows[w].open >= job->setup_s;
        if (job->setup_s == 0 || tasks[job->spot.location] == 1 || job->window_count == 0) continue;
        snprintf(finder->reader->path, VROOM_NAME_SIZE, "jobs[%d]", (int)j);
        vroom_remark(finder->reader, SEVERITY_NOTE, json_get(job->value, "setup"), "job", "setup",
                     N_("the location is shared: the windows end earlier by the setup, so that it fits "
                        "whether or not it is needed"));
    }
    finder->reader->path[0] = '\0';
done:
    return rc;
}

static error_code find_places(struct finder *finder, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct vroom *vroom = finder->vroom;
    struct vroom_ways *ways = finder->ways;
    int32_t place;
    TRY_NEW(finder->reader->arena, ways->job_place, vroom->job_count);
    TRY_NEW(finder->reader->arena, ways->start_place, vroom->vehicle_count);
    TRY_NEW(finder->reader->arena, ways->end_place, vroom->vehicle_count);
    for (int32_t l = 0; l < vroom->location_count; l++) TRY(place_for(finder, l, 0, &place, error));
    for (int32_t j = 0; j < vroom->job_count; j++) {
        const struct vroom_job *job = &vroom->jobs[j];
        TRY(place_for(finder, job->spot.location, job->setup_on_the_way ? job->setup_s : 0,
                      &ways->job_place[j], error));
    }
    for (int32_t v = 0; v < vroom->vehicle_count; v++) {
        TRY(place_for(finder, vroom->vehicles[v].start.location, 0, &ways->start_place[v], error));
        TRY(place_for(finder, vroom->vehicles[v].end.location, 0, &ways->end_place[v], error));
    }
    ways->travel.place_count = finder->places.count;
done:
    return rc;
}

/* ---- Classes ---- */

double vroom_travel_cost(const struct vroom *vroom, const struct vroom_vehicle *vehicle, int64_t duration_s,
                         int64_t distance_m, int64_t custom)
{
    if (vroom->profiles[vehicle->profile].cost != NULL) return (double)custom;
    return (double)vehicle->per_hour * (double)duration_s / HOUR_S +
           (double)vehicle->per_km * (double)distance_m / KM_M;
}

/* One leg between locations; false when there is no way. */
struct leg {
    int64_t duration_s, distance_m, custom;
};

static bool leg_of(const struct vroom *vroom, int32_t profile, int32_t pace, size_t cell, struct leg *leg)
{
    const struct vroom_profile *p = &vroom->profiles[profile];
    leg->duration_s = vroom_paced_s(p->duration_s[cell], pace);
    leg->distance_m = p->distance_m != NULL ? p->distance_m[cell] : 0;
    leg->custom = p->cost != NULL ? p->cost[cell] : 0;
    return leg->duration_s < TRAVEL_UNREACHABLE && leg->distance_m < TRAVEL_UNREACHABLE &&
           leg->custom < TRAVEL_UNREACHABLE;
}

static double metres_of(const struct way_class *class, const struct leg *leg)
{
    switch (class->measure) {
    case MEASURE_TIME:
        return (double)leg->duration_s;
    case MEASURE_DISTANCE:
        return (double)leg->distance_m;
    case MEASURE_CUSTOM:
        return (double)leg->custom;
    case MEASURE_BLEND:
        return round(class->scale * ((double)class->a * (double)leg->duration_s / HOUR_S +
                                     (double)class->b * (double)leg->distance_m / KM_M));
    case MEASURE_LIMITS:
    default:
        return ceil(LIMIT_PARTS * fmin(2, fmax((double)leg->duration_s / (double)class->a,
                                               (double)leg->distance_m / (double)class->b)));
    }
}

/* What a vehicle's legs are measured by; *exact: that is what they cost. */
static struct way_class class_of(const struct vroom *vroom, const struct vroom_vehicle *vehicle, bool *exact)
{
    const bool timed = vehicle->max_travel_time_s > 0, limited = vehicle->max_distance_m > 0;
    struct way_class class = {.profile = vehicle->profile, .pace = vehicle->pace, .scale = 1};
    measure costs = MEASURE_BLEND;
    if (vehicle->per_km == 0) costs = MEASURE_TIME;
    if (vehicle->per_km > 0 && vehicle->per_hour == 0) costs = MEASURE_DISTANCE;
    if (vroom->profiles[vehicle->profile].cost != NULL) costs = MEASURE_CUSTOM;
    class.measure = costs;
    if (timed) class.measure = MEASURE_TIME;
    if (limited) class.measure = MEASURE_DISTANCE;
    if (timed && limited) class.measure = MEASURE_LIMITS;
    const bool free_of_charge = costs == MEASURE_TIME && vehicle->per_hour == 0;
    *exact = class.measure == costs || free_of_charge;
    if (class.measure == MEASURE_BLEND) {
        class.a = vehicle->per_hour;
        class.b = vehicle->per_km;
    }
    if (class.measure == MEASURE_LIMITS) {
        class.a = vehicle->max_travel_time_s;
        class.b = vehicle->max_distance_m;
    }
    return class;
}

/* Scales a blend to whole metres: in thousandths of a unit of cost, or as fine as 32 bits allow. */
static void scale_blend(const struct vroom *vroom, struct way_class *class)
{
    double longest = 0;
    struct leg leg;
    const size_t cells = (size_t)vroom->location_count * (size_t)vroom->location_count;
    if (class->measure != MEASURE_BLEND) return;
    for (size_t cell = 0; cell < cells; cell++)
        if (leg_of(vroom, class->profile, class->pace, cell, &leg))
            longest = fmax(longest, metres_of(class, &leg));
    class->scale = longest * BLEND_PARTS > LEG_MAX ? LEG_MAX / longest : BLEND_PARTS;
}

static bool same_class(const struct way_class *a, const struct way_class *b)
{
    return a->profile == b->profile && a->pace == b->pace && a->measure == b->measure && a->a == b->a &&
           a->b == b->b;
}

/* The cost of a metre, and what the longest leg comes to. */
static void weigh(struct finder *finder, int32_t v, const struct way_class *class, bool exact)
{
    const struct vroom *vroom = finder->vroom;
    const struct vroom_vehicle *vehicle = &vroom->vehicles[v];
    struct vroom_ways *ways = finder->ways;
    const size_t cells = (size_t)vroom->location_count * (size_t)vroom->location_count;
    double cost = 0, metres = 0, longest = 0;
    struct leg leg;
    for (size_t cell = 0; cell < cells; cell++) {
        if (!leg_of(vroom, class->profile, class->pace, cell, &leg)) continue;
        cost += vroom_travel_cost(vroom, vehicle, leg.duration_s, leg.distance_m, leg.custom);
        metres += metres_of(class, &leg);
        longest = fmax(longest, metres_of(class, &leg));
    }
    if (!exact || class->measure == MEASURE_LIMITS)
        ways->rate[v] = metres > 0 ? cost / metres : 0;
    else if (class->measure == MEASURE_TIME)
        ways->rate[v] = (double)vehicle->per_hour / HOUR_S;
    else if (class->measure == MEASURE_DISTANCE)
        ways->rate[v] = (double)vehicle->per_km / KM_M;
    else
        ways->rate[v] = 1 / class->scale;
    ways->longest = fmax(ways->longest, longest * ways->rate[v]);
    ways->longest_m = fmax(ways->longest_m, longest);
    ways->most_rate = fmax(ways->most_rate, ways->rate[v]);
    ways->limit_m[v] = class->measure == MEASURE_LIMITS ? LIMIT_PARTS
                       : vehicle->max_travel_time_s > 0 ? vehicle->max_travel_time_s
                       : vehicle->max_distance_m > 0    ? vehicle->max_distance_m
                                                        : 0;
}

static error_code find_classes(struct finder *finder, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct vroom *vroom = finder->vroom;
    struct vroom_ways *ways = finder->ways;
    TRY_NEW(finder->reader->arena, ways->profile, vroom->vehicle_count);
    TRY_NEW(finder->reader->arena, ways->rate, vroom->vehicle_count);
    TRY_NEW(finder->reader->arena, ways->limit_m, vroom->vehicle_count);
    for (int32_t v = 0; v < vroom->vehicle_count; v++) {
        const struct vroom_vehicle *vehicle = &vroom->vehicles[v];
        bool exact;
        struct way_class class = class_of(vroom, vehicle, &exact);
        int32_t c = 0;
        while (c < finder->classes.count && !same_class(&finder->classes.items[c], &class)) c++;
        if (c == finder->classes.count) {
            scale_blend(vroom, &class);
            if (!array_push(&finder->classes, class)) {
                rc = error_memory(error);
                goto done;
            }
        }
        ways->profile[v] = c;
        /* Vehicles alike come one after the other: the legs need not be weighed again. */
        const struct vroom_vehicle *before = vehicle - 1;
        if (v > 0 && ways->profile[v - 1] == c && before->per_hour == vehicle->per_hour &&
            before->per_km == vehicle->per_km && before->max_travel_time_s == vehicle->max_travel_time_s &&
            before->max_distance_m == vehicle->max_distance_m) {
            ways->rate[v] = ways->rate[v - 1];
            ways->limit_m[v] = ways->limit_m[v - 1];
        } else {
            weigh(finder, v, &finder->classes.items[c], exact);
        }
        if (exact) continue;
        snprintf(finder->reader->path, VROOM_NAME_SIZE, "vehicles[%d]", (int)v);
        const char *key = vehicle->max_distance_m > 0 ? "max_distance" : "max_travel_time";
        vroom_remark(finder->reader, SEVERITY_WARNING, json_get(vehicle->value, key), "vehicle", key,
                     N_("the limit has another measure than the costs: it is kept, and the search weighs "
                        "the vehicle's ways by it"));
    }
    finder->reader->path[0] = '\0';
done:
    return rc;
}

/* ---- Matrices ---- */

/* Are the places the locations, driven as the file's matrix says? */
static bool is_plain(const struct finder *finder, const struct way_class *class)
{
    return class->pace == 100 && finder->places.count == finder->vroom->location_count;
}

static error_code fill(struct finder *finder, const struct way_class *class, struct travel_matrix *matrix,
                       struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct vroom *vroom = finder->vroom;
    const struct vroom_profile *profile = &vroom->profiles[class->profile];
    const size_t n = (size_t)finder->places.count;
    int32_t *metres, *seconds;
    struct leg leg;
    if (is_plain(finder, class) && class->measure == MEASURE_TIME) {
        *matrix = (struct travel_matrix){profile->duration_s, profile->duration_s};
        goto done;
    }
    TRY_NEW(finder->reader->arena, metres, n * n);
    TRY_NEW(finder->reader->arena, seconds, n * n);
    for (size_t p = 0; p < n; p++)
        for (size_t q = 0; q < n; q++) {
            const int32_t from = finder->location.items[p], to = finder->location.items[q];
            const size_t cell = p * n + q;
            if (from < 0) seconds[cell] = (int32_t)finder->setup_s.items[q]; /* one works all the same */
            if (from < 0 || to < 0) continue;
            if (!leg_of(vroom, class->profile, class->pace, vroom_cell(vroom, from, to), &leg)) {
                metres[cell] = seconds[cell] = TRAVEL_UNREACHABLE;
                continue;
            }
            const int64_t setup_s = from != to ? finder->setup_s.items[q] : 0;
            const double m = metres_of(class, &leg);
            metres[cell] = m < TRAVEL_UNREACHABLE ? (int32_t)m : TRAVEL_UNREACHABLE;
            seconds[cell] = leg.duration_s + setup_s < TRAVEL_UNREACHABLE
                                ? (int32_t)(leg.duration_s + setup_s)
                                : TRAVEL_UNREACHABLE;
        }
    *matrix = (struct travel_matrix){metres, seconds};
done:
    return rc;
}

error_code vroom_find_ways(struct vroom_reader *reader, struct vroom_ways *ways, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct finder finder = {.reader = reader, .vroom = reader->vroom, .ways = ways};
    struct travel_matrix *matrices;
    *ways = (struct vroom_ways){0};
    ids_init(&finder.places, reader->arena);
    TRY(judge_setups(&finder, error));
    TRY(find_places(&finder, error));
    TRY(find_classes(&finder, error));
    TRY_NEW(reader->arena, matrices, finder.classes.count);
    for (int64_t c = 0; c < finder.classes.count; c++)
        TRY(fill(&finder, &finder.classes.items[c], &matrices[c], error));
    ways->travel.profile_count = (int32_t)finder.classes.count;
    ways->travel.profiles = matrices;
done:
    ids_free(&finder.places);
    array_free(&finder.location);
    array_free(&finder.setup_s);
    array_free(&finder.classes);
    return rc;
}
