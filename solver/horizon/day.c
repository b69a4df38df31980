#include "solver/horizon/day.h"

#include "solver/base/ids.h"
#include "solver/horizon/day_locks.h"
#include "solver/network/city_travel.h"

#include <math.h>
#include <string.h>

/* A problem in the making. */
struct builder {
    const struct city *city;
    const struct fill_forecast *forecast;
    const struct choice *choice; /* NULL: the current practice, nothing is mandatory */
    struct arena *arena;
    struct day_problem *problem;
    struct stop *stops;
    struct site *sites;
    struct vehicle *vehicles;
    struct time_window *windows;
    bool overnight; /* some shift of the day ends after midnight */
};

static money rounded(double amount)
{
    return (money)llround(amount);
}

/* Wall-clock second of the day to seconds elapsed; the night after midnight runs on. */
static int32_t elapsed(const struct builder *b, int32_t wall_clock_s)
{
    if (wall_clock_s >= TIME_MAX) return TIME_MAX;
    return zone_elapsed(b->city->zone, b->problem->day, wall_clock_s);
}

/* Copies a span of the city's windows, turned to elapsed seconds; *first and *count of the copy. Where trucks
 * work past midnight, the windows come round again the next morning: open from 22:00 to 24:00 and from 00:00
 * to 05:00 is open all night. */
static void copy_windows(struct builder *b, struct span span, int32_t *first, int32_t *count)
{
    struct instance *instance = &b->problem->instance;
    *first = instance->window_count;
    for (int32_t day_s = 0; day_s <= (b->overnight ? DAY_SECONDS : 0); day_s += DAY_SECONDS) {
        for (int32_t w = 0; w < span.count; w++) {
            const struct time_window *window = &b->city->windows[span.first + w];
            struct time_window *next = &b->windows[instance->window_count];
            int32_t open_s = elapsed(b, window->open_s + day_s),
                    close_s = elapsed(b, window->close_s + day_s);
            if (day_s > 0 && w == 0 && open_s <= next[-1].close_s) {
                next[-1].close_s = close_s;
            } else {
                *next = (struct time_window){open_s, close_s};
                instance->window_count++;
            }
        }
    }
    *count = instance->window_count - *first;
}

/* --- stops --- */

static bool same_windows(const struct city *city, struct span a, struct span b)
{
    return a.count == b.count && memcmp(city->windows + a.first, city->windows + b.first,
                                        (size_t)a.count * sizeof *city->windows) == 0;
}

static bool is_mandatory(const struct builder *b, int32_t bin)
{
    return b->choice != NULL && choice_mandatory(b->choice->bins[bin].reason);
}

/* Emptied in one halt: same point, stream, hours and access, and both due or both optional, so that what
 * can wait is never carried because of what cannot. */
static bool same_stop(const struct builder *b, int32_t one, int32_t other)
{
    const struct bin *p = &b->city->bins[one], *q = &b->city->bins[other];
    return p->point != NULL && q->point != NULL && p->stream == q->stream &&
           p->access_tags == q->access_tags && is_mandatory(b, one) == is_mandatory(b, other) &&
           strcmp(p->point, q->point) == 0 && same_windows(b->city, p->windows, q->windows);
}

/* What the bin will hold at the end of the day. */
static void add_load(const struct builder *b, int32_t bin, struct stop *stop)
{
    const struct bin *city_bin = &b->city->bins[bin];
    double litres = ceil(forecast_held(b->forecast, bin, b->problem->day) / 100 * city_bin->capacity_l);
    stop->load_l += (int64_t)litres;
    stop->load_kg += (int64_t)ceil(litres * city_bin->kg_per_l);
}

/* Does a vehicle of the day hold these bins' load with the bin's own? */
static bool one_load(const struct builder *b, struct stop load, int32_t bin)
{
    const struct bin *it = &b->city->bins[bin];
    add_load(b, bin, &load);
    for (int32_t v = 0; v < b->city->vehicle_count; v++) {
        const struct city_vehicle *vehicle = &b->city->vehicles[v];
        if ((it->access_tags & ~vehicle->tags) != 0 || !city_vehicle_works(b->city, v, b->problem->day))
            continue;
        for (int32_t c = 0; c < vehicle->compartment_count; c++) {
            const struct compartment *room = &vehicle->compartments[c];
            if ((room->streams >> it->stream & 1) != 0 && load.load_kg <= room->capacity_kg &&
                load.load_l <= room->capacity_l)
                return true;
        }
    }
    return false;
}

/* The stops as groups of bins, each no more than a vehicle holds. Bins of a point are looked up by the
 * point's name; its groups made so far (streams, hours, loads) are chained, the latest first. */
static error_code group_bins(struct builder *b, const int32_t *bins, int32_t bin_count, bool together,
                             struct error *error)
{
    error_code rc = ERROR_NONE;
    struct day_problem *problem = b->problem;
    struct ids points;
    int32_t *group_of, *latest_at_point, *earlier_group, *leader, *fill;
    struct stop *load; /* by group: only its load */
    int32_t groups = 0;
    ids_init(&points, b->arena);
    TRY_NEW(b->arena, group_of, bin_count);
    TRY_NEW(b->arena, latest_at_point, bin_count);
    TRY_NEW(b->arena, earlier_group, bin_count);
    TRY_NEW(b->arena, leader, bin_count);
    TRY_NEW(b->arena, load, bin_count);
    for (int32_t k = 0; k < bin_count; k++) {
        const struct bin *bin = &b->city->bins[bins[k]];
        int32_t group = -1, point = -1;
        if (together && bin->point != NULL) {
            bool added;
            TRY(ids_add(&points, bin->point, strlen(bin->point), &point, &added, error));
            if (added) latest_at_point[point] = -1;
            group = latest_at_point[point];
            while (group >= 0 && !(same_stop(b, leader[group], bins[k]) && one_load(b, load[group], bins[k])))
                group = earlier_group[group];
        }
        if (group < 0) {
            group = groups++;
            leader[group] = bins[k];
            earlier_group[group] = point < 0 ? -1 : latest_at_point[point];
            if (point >= 0) latest_at_point[point] = group;
        }
        group_of[k] = group;
        add_load(b, bins[k], &load[group]);
    }
    problem->instance.stop_count = groups;
    TRY_NEW(b->arena, problem->stop_bin_first, groups + 1);
    TRY_NEW(b->arena, problem->stop_bins, bin_count);
    TRY_NEW(b->arena, fill, groups + 1);
    for (int32_t k = 0; k < bin_count; k++) problem->stop_bin_first[group_of[k] + 1]++;
    for (int32_t g = 0; g < groups; g++) problem->stop_bin_first[g + 1] += problem->stop_bin_first[g];
    for (int32_t k = 0; k < bin_count; k++) {
        int32_t group = group_of[k];
        problem->stop_bins[problem->stop_bin_first[group] + fill[group]++] = bins[k];
        problem->stop_of_bin[bins[k]] = group;
    }
done:
    ids_free(&points);
    return rc;
}

static void fill_stop(struct builder *b, int32_t s)
{
    struct day_problem *problem = b->problem;
    struct stop *stop = &b->stops[s];
    int32_t place = b->city->depot_count + b->city->site_count + s;
    const struct bin *leader = &b->city->bins[problem->stop_bins[problem->stop_bin_first[s]]];
    *stop = (struct stop){
        .entry_place = place, .exit_place = place, .stream = leader->stream, .tags = leader->access_tags};
    copy_windows(b, leader->windows, &stop->window_first, &stop->window_count);
    for (int32_t k = problem->stop_bin_first[s]; k < problem->stop_bin_first[s + 1]; k++) {
        int32_t bin = problem->stop_bins[k];
        stop->service_s += b->city->bins[bin].service_s;
        add_load(b, bin, stop);
        if (b->choice == NULL) continue;
        const struct bin_choice *chosen = &b->choice->bins[bin];
        stop->mandatory = is_mandatory(b, bin);
        stop->prize += choice_mandatory(chosen->reason)
                           ? rounded((double)b->city->overflow_cost * chosen->risk)
                           : chosen->prize;
    }
}

/* --- sites and vehicles --- */

static void fill_site(struct builder *b, int32_t s)
{
    const struct disposal_site *from = &b->city->sites[s];
    struct site *site = &b->sites[s];
    *site = (struct site){.place = b->city->depot_count + s,
                          .streams = from->streams,
                          .unload_s = from->unload_s,
                          .unload_us_per_kg = llround(from->unload_s_per_t * 1000),
                          .fee_per_kg = from->fee_per_t / 1000,
                          .daily_limit_kg = from->daily_limit_kg};
    copy_windows(b, from->opening, &site->window_first, &site->window_count);
}

/* Hours within which a vehicle may leave its depot and come back to its end. */
static void fill_shift(const struct builder *b, const struct city_vehicle *from, struct vehicle *vehicle)
{
    const struct span out = b->city->depots[from->depot].opening,
                      home = b->city->depots[from->end_depot].opening;
    int32_t start_s = from->shift_start_s, end_s = from->shift_end_s;
    if (out.count > 0 && b->city->windows[out.first].open_s > start_s)
        start_s = b->city->windows[out.first].open_s;
    if (home.count > 0) {
        int32_t close_s = b->city->windows[home.first + home.count - 1].close_s;
        if (close_s < end_s && end_s <= DAY_SECONDS) end_s = close_s;
    }
    vehicle->shift_start_s = elapsed(b, start_s);
    vehicle->shift_end_s = elapsed(b, end_s);
}

static void fill_costs(const struct city *city, const struct city_vehicle *from, struct vehicle *vehicle)
{
    double factor = from->energy >= 0 ? city->energies[from->energy].kgco2e_per_litre : (double)NAN;
    double fuel = (double)city->fuel_per_litre;
    double carbon = isnan(factor) ? 0 : factor * (double)city->carbon_per_t / 1000;
    vehicle->fixed_cost = from->fixed_cost;
    vehicle->cost_per_m = rounded((double)from->cost_per_km / 1000);
    vehicle->cost_per_s = rounded((double)from->cost_per_hour / 3600);
    vehicle->overtime_cost_per_s = rounded((double)from->overtime_cost_per_hour / 3600);
    vehicle->fuel_per_m = rounded(from->litres_per_km / 1000 * fuel);
    vehicle->fuel_per_kg = rounded(from->litres_per_t / 1000 * fuel);
    vehicle->carbon_per_m = rounded(from->litres_per_km / 1000 * carbon);
    vehicle->carbon_per_kg = rounded(from->litres_per_t / 1000 * carbon);
}

static void fill_vehicle(struct builder *b, int32_t city_vehicle)
{
    const struct city_vehicle *from = &b->city->vehicles[city_vehicle];
    int32_t v = b->problem->instance.vehicle_count++;
    struct vehicle *vehicle = &b->vehicles[v];
    *vehicle = (struct vehicle){
        .start_place = from->depot,
        .end_place = from->end_depot,
        .profile = from->profile,
        .max_work_s = from->max_work_s,
        .break_s = from->break_s,
        .break_after_s = from->break_after_s,
        .break_window = {elapsed(b, from->break_window.open_s), elapsed(b, from->break_window.close_s)},
        .compartment_count = from->compartment_count,
        .tags = from->tags,
        .overtime_from_s = from->overtime_from_s};
    for (int32_t c = 0; c < from->compartment_count; c++)
        vehicle->compartments[c] =
            (struct vehicle_compartment){from->compartments[c].streams, from->compartments[c].capacity_kg,
                                         from->compartments[c].capacity_l};
    fill_shift(b, from, vehicle);
    fill_costs(b->city, from, vehicle);
    b->problem->vehicle_of[v] = city_vehicle;
}

/* --- travel --- */

static error_code find_travel(struct builder *b, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct city *city = b->city;
    const struct day_problem *problem = b->problem;
    const int32_t fixed = city->depot_count + city->site_count, count = fixed + problem->instance.stop_count;
    int32_t *places;
    TRY_NEW(b->arena, places, count);
    for (int32_t p = 0; p < count; p++)
        places[p] =
            p < fixed ? p : city_place_of_bin(city, problem->stop_bins[problem->stop_bin_first[p - fixed]]);
    TRY(city_travel_between(city, places, count, b->arena, &b->problem->instance.travel, error));
done:
    return rc;
}

/* --- the whole --- */

static error_code build(struct builder *b, day_number day, const int32_t *bins, int32_t bin_count,
                        struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct city *city = b->city;
    struct day_problem *problem = b->problem;
    *problem = (struct day_problem){.day = day};
    struct instance *instance = &problem->instance;
    TRY_NEW(b->arena, problem->stop_of_bin, city->bin_count);
    for (int32_t k = 0; k < city->bin_count; k++) problem->stop_of_bin[k] = -1;
    TRY(group_bins(b, bins, bin_count, b->choice != NULL, error));
    int32_t window_most = 0;
    for (int32_t k = 0; k < bin_count; k++) window_most += city->bins[bins[k]].windows.count;
    for (int32_t s = 0; s < city->site_count; s++) window_most += city->sites[s].opening.count;
    for (int32_t v = 0; v < city->vehicle_count; v++)
        b->overnight |= city_vehicle_works(city, v, day) && city->vehicles[v].shift_end_s > DAY_SECONDS;
    if (b->overnight) window_most *= 2;
    TRY_NEW(b->arena, b->windows, window_most);
    TRY_NEW(b->arena, b->stops, instance->stop_count);
    TRY_NEW(b->arena, b->sites, city->site_count);
    TRY_NEW(b->arena, b->vehicles, city->vehicle_count);
    TRY_NEW(b->arena, problem->vehicle_of, city->vehicle_count);
    for (int32_t s = 0; s < instance->stop_count; s++) fill_stop(b, s);
    for (int32_t s = 0; s < city->site_count; s++) fill_site(b, s);
    for (int32_t v = 0; v < city->vehicle_count; v++)
        if (city_vehicle_works(city, v, day)) fill_vehicle(b, v);
    instance->stops = b->stops;
    instance->sites = b->sites;
    instance->site_count = city->site_count;
    instance->vehicles = b->vehicles;
    instance->windows = b->windows;
    instance->stream_count = city->stream_count;
    TRY(find_travel(b, error));
    if (b->choice != NULL) TRY(day_locks_set(city, b->arena, problem, error));
    TRY(instance_validate(instance, error));
done:
    return rc;
}

error_code day_problem_from_choice(const struct city *city, const struct fill_forecast *forecast,
                                   const struct choice *choice, const int32_t *extra, int32_t extra_count,
                                   struct arena *arena, struct day_problem *problem, struct error *error)
{
    error_code rc = ERROR_NONE;
    int32_t *bins;
    bool *wanted;
    int32_t count = 0;
    TRY_NEW(arena, bins, city->bin_count);
    TRY_NEW(arena, wanted, city->bin_count);
    for (int32_t b = 0; b < city->bin_count; b++) wanted[b] = choice->bins[b].reason != REASON_NONE;
    for (int32_t k = 0; k < extra_count; k++) wanted[extra[k]] = true;
    for (int32_t b = 0; b < city->bin_count; b++)
        if (wanted[b]) bins[count++] = b;
    struct builder builder = {
        .city = city, .forecast = forecast, .choice = choice, .arena = arena, .problem = problem};
    TRY(build(&builder, choice->day, bins, count, error));
done:
    return rc;
}

error_code day_problem_from_bins(const struct city *city, const struct fill_forecast *forecast,
                                 day_number day, const int32_t *bins, int32_t bin_count, struct arena *arena,
                                 struct day_problem *problem, struct error *error)
{
    struct builder builder = {.city = city, .forecast = forecast, .arena = arena, .problem = problem};
    return build(&builder, day, bins, bin_count, error);
}
