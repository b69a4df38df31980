#include "io/timetable.h"

#include <assert.h>
#include <math.h>
#include <string.h>

struct driven driven_plan(const struct night *night)
{
    return (struct driven){.city = night->city,
                           .forecast = night->forecast,
                           .choice = night->choice,
                           .problem = night->problem,
                           .plan = night->plan,
                           .report = night->report};
}

struct driven driven_practice(const struct night *night)
{
    return (struct driven){.city = night->city,
                           .forecast = night->forecast,
                           .choice = night->choice,
                           .problem = &night->practice->problem,
                           .plan = &night->practice->plan,
                           .report = &night->practice->report};
}

double expected_fill_percent(const struct driven *driven, int32_t bin)
{
    int32_t day = driven->problem->day - driven->forecast->first_day;
    if (day < 0 || day >= driven->forecast->days) return NAN;
    return (double)forecast_level(driven->forecast, bin, day);
}

bool driven_serves(const struct driven *driven, int32_t bin)
{
    int32_t stop = driven->problem->stop_of_bin[bin];
    return stop >= 0 && driven->report->stop_route[stop] >= 0;
}

static const struct city_vehicle *vehicle_of_route(const struct driven *driven, int32_t route)
{
    int32_t vehicle = driven->plan->routes[route].vehicle;
    assert(vehicle >= 0 && vehicle < driven->problem->instance.vehicle_count);
    return &driven->city->vehicles[driven->problem->vehicle_of[vehicle]];
}

double route_litres(const struct driven *driven, int32_t route)
{
    const struct city_vehicle *vehicle = vehicle_of_route(driven, route);
    const struct checked_route *checked = &driven->report->routes[route];
    return vehicle->litres_per_km * (double)checked->distance_m / 1000.0 +
           vehicle->litres_per_t * (double)checked->collected_kg / 1000.0;
}

double route_kgco2e(const struct driven *driven, int32_t route)
{
    const struct city_vehicle *vehicle = vehicle_of_route(driven, route);
    if (vehicle->energy < 0) return NAN;
    return route_litres(driven, route) * driven->city->energies[vehicle->energy].kgco2e_per_litre;
}

const char *bins_text(const struct city *city, const int32_t *bins, int32_t count, struct arena *arena)
{
    size_t length = 1;
    for (int32_t i = 0; i < count; i++) length += strlen(city->bins[bins[i]].id) + 1;
    char *text = arena_alloc(arena, length, 1);
    if (text == NULL) return NULL;
    char *end = text;
    for (int32_t i = 0; i < count; i++) {
        if (i > 0) *end++ = '|';
        size_t size = strlen(city->bins[bins[i]].id);
        memcpy(end, city->bins[bins[i]].id, size);
        end += size;
    }
    return text;
}

/* A mandatory reason before an optional one, and the later in the list before the earlier. */
static void describe_choice(const struct driven *driven, struct visit *visit)
{
    double litres = 0, capacity = 0;
    visit->risk = NAN;
    for (int32_t i = 0; i < visit->bin_count; i++) {
        int32_t bin = visit->bins[i];
        const struct bin_choice *choice = &driven->choice->bins[bin];
        if (choice->reason > visit->reason) visit->reason = choice->reason;
        if (isnan(visit->risk) || choice->risk > visit->risk) visit->risk = choice->risk;
        capacity += driven->city->bins[bin].capacity_l;
        litres += driven->city->bins[bin].capacity_l * expected_fill_percent(driven, bin);
    }
    visit->fill_percent = litres / capacity;
}

static struct visit visit_stop(const struct driven *driven, int32_t stop)
{
    const struct day_problem *problem = driven->problem;
    int32_t first = problem->stop_bin_first[stop];
    struct visit visit = {.kind = VISIT_STOP,
                          .place = -1,
                          .bins = problem->stop_bins + first,
                          .bin_count = problem->stop_bin_first[stop + 1] - first,
                          .collected_kg = problem->instance.stops[stop].load_kg,
                          .collected_l = problem->instance.stops[stop].load_l};
    visit.position = driven->city->bins[visit.bins[0]].position;
    describe_choice(driven, &visit);
    return visit;
}

static struct visit visit_of_step(const struct driven *driven, int32_t step, struct position before)
{
    struct plan_step taken = driven->plan->steps[step];
    const struct checked_step *checked = &driven->report->steps[step];
    struct visit visit = {
        .kind = VISIT_BREAK, .place = -1, .position = before, .risk = NAN, .fill_percent = NAN};
    if (taken.kind == STEP_STOP) {
        visit = visit_stop(driven, taken.id);
    } else if (taken.kind == STEP_DISPOSAL) {
        visit.kind = VISIT_DISPOSAL;
        visit.place = taken.id;
        visit.position = driven->city->sites[taken.id].position;
    }
    visit.arrival_s = checked->arrival_s;
    visit.begin_s = checked->begin_s;
    visit.end_s = checked->end_s;
    visit.distance_m = checked->distance_m;
    visit.driving_s = checked->duration_s;
    visit.load_kg = checked->load_kg;
    visit.load_l = checked->load_l;
    visit.unloaded_kg = checked->unloaded_kg;
    return visit;
}

static struct visit visit_depot(const struct city *city, visit_kind kind, int32_t depot, int64_t at_s)
{
    return (struct visit){.kind = kind,
                          .place = depot,
                          .position = city->depots[depot].position,
                          .arrival_s = at_s,
                          .begin_s = at_s,
                          .end_s = at_s,
                          .risk = NAN,
                          .fill_percent = NAN};
}

/* The way home is what the steps leave of the route's metres and driving. */
static void complete_end(const struct checked_route *checked, struct timetable *timetable)
{
    struct visit *end = &timetable->visits[timetable->count - 1];
    end->distance_m = checked->distance_m;
    end->driving_s = checked->driving_s;
    for (int32_t i = 0; i < timetable->count - 1; i++) {
        end->distance_m -= timetable->visits[i].distance_m;
        end->driving_s -= timetable->visits[i].driving_s;
    }
    const struct visit *last = end - 1;
    end->load_kg = last->load_kg;
    end->load_l = last->load_l;
}

/* A trip ends with its unloading; a break and the way home belong to the trip before. */
static void number_trips(struct timetable *timetable)
{
    int32_t trip = 1;
    bool unloaded = false;
    for (int32_t i = 0; i < timetable->count; i++) {
        struct visit *visit = &timetable->visits[i];
        if (visit->kind == VISIT_STOP && unloaded) {
            trip++;
            unloaded = false;
        }
        if (visit->kind == VISIT_DISPOSAL) unloaded = true;
        visit->trip = trip;
    }
}

error_code timetable_of_route(const struct driven *driven, int32_t route, struct arena *arena,
                              struct timetable *timetable, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct plan_route *planned = &driven->plan->routes[route];
    const struct checked_route *checked = &driven->report->routes[route];
    const struct city_vehicle *vehicle = vehicle_of_route(driven, route);
    timetable->vehicle = vehicle;
    timetable->count = planned->step_count + 2;
    TRY_NEW(arena, timetable->visits, timetable->count);

    struct visit *visit = timetable->visits;
    *visit++ = visit_depot(driven->city, VISIT_START, vehicle->depot, checked->departure_s);
    for (int32_t i = 0; i < planned->step_count; i++, visit++) {
        *visit = visit_of_step(driven, planned->first_step + i, visit[-1].position);
    }
    *visit = visit_depot(driven->city, VISIT_END, vehicle->end_depot, checked->return_s);
    complete_end(checked, timetable);
    number_trips(timetable);
done:
    return rc;
}

const char *visit_kind_name(visit_kind kind)
{
    static const char *const NAMES[] = {"start", "stop", "disposal", "break", "end"};
    return NAMES[kind];
}
