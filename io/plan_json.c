#include "io/plan_json.h"

#include "solver/base/message.h"
#include "solver/base/version.h"
#include "solver/network/city_travel.h"
#include "solver/network/roads/road_travel.h"

#include <stdio.h>
#include <string.h>

enum { CLOCK_TEXT_SIZE = 16 };

/* ---- Writing ---- */

/* "06:40:10", local wall clock; hours go on past 24 after midnight. */
static void put_clock(struct json *object, const char *key, const struct night *night, int64_t elapsed_s)
{
    char text[CLOCK_TEXT_SIZE];
    const int32_t clock_s = zone_wall_clock(night->city->zone, night->problem->day, (int32_t)elapsed_s);
    snprintf(text, sizeof text, "%02d:%02d:%02d", (int)(clock_s / 3600), (int)(clock_s / 60 % 60),
             (int)(clock_s % 60));
    json_put_string(object, key, text);
}

/* An instant with its offset: no doubt even in autumn's repeated hour. */
static void put_instant(struct json *object, const char *key, const struct night *night, int64_t elapsed_s)
{
    char text[INSTANT_TEXT_SIZE];
    const struct zone *zone = night->city->zone;
    instant_text(zone, zone_midnight(zone, night->problem->day) + elapsed_s, text);
    json_put_string(object, key, text);
}

static void put_money(struct json *object, const char *key, money amount)
{
    json_put_number(object, key, (double)amount / (double)MONEY_UNIT);
}

static struct json *cost_json(const struct cost *cost)
{
    struct json *object = json_new_object();
    for (int32_t part = 0; part < COST_PART_COUNT; part++)
        put_money(object, cost_part_name((cost_part)part), cost->parts[part]);
    put_money(object, "total", cost_total(cost));
    return object;
}

static struct json *bins_json(const struct night *night, int32_t stop)
{
    struct json *array = json_new_array();
    const struct day_problem *problem = night->problem;
    for (int32_t i = problem->stop_bin_first[stop]; i < problem->stop_bin_first[stop + 1]; i++)
        json_put_string(array, NULL, night->city->bins[problem->stop_bins[i]].id);
    return array;
}

/* The strongest reason among the bins of a stop. */
static const char *stop_reason(const struct night *night, int32_t stop)
{
    choice_reason strongest = REASON_NONE;
    const struct day_problem *problem = night->problem;
    for (int32_t i = problem->stop_bin_first[stop]; i < problem->stop_bin_first[stop + 1]; i++) {
        const choice_reason reason = night->choice->bins[problem->stop_bins[i]].reason;
        if (reason > strongest) strongest = reason;
    }
    return choice_reason_name(strongest);
}

/* Where on the roads, and in which direction, the vehicle serves a stop. */
static void put_road(struct json *object, const struct night *night, const struct city_vehicle *vehicle,
                     int32_t stop)
{
    const struct city *city = night->city;
    if (city->roads == NULL) return;
    const int32_t bin = night->problem->stop_bins[night->problem->stop_bin_first[stop]];
    const struct road_place *place =
        &road_travel_places(city->roads, vehicle->profile)[city_place_of_bin(city, bin)];
    if (place->arc < 0) return;
    const struct road_graph *graph = city->roads->networks[vehicle->profile].graph;
    const struct road_way *way = &graph->roads->ways[graph->segments[place->spot.segment].way];
    struct json *road = json_new_object();
    json_put_integer(road, "way", way->id);
    if (way->name >= 0) json_put_string(road, "name", graph->roads->names[way->name]);
    json_put_string(road, "direction", graph->arcs[place->arc].against ? "backward" : "forward");
    json_put(object, "road", road);
}

static struct json *step_json(const struct night *night, const struct city_vehicle *vehicle, int32_t step)
{
    struct json *object = json_new_object();
    const struct plan_step *it = &night->plan->steps[step];
    const struct checked_step *checked = &night->report->steps[step];
    if (it->kind == STEP_STOP)
        json_put(object, "stop", bins_json(night, it->id));
    else if (it->kind == STEP_DISPOSAL)
        json_put_string(object, "disposal", night->city->sites[it->id].id);
    else
        json_put_integer(object, "break", checked->end_s - checked->begin_s);
    put_clock(object, "arrival", night, checked->arrival_s);
    put_clock(object, "begin", night, checked->begin_s);
    put_clock(object, "end", night, checked->end_s);
    if (it->kind == STEP_BREAK) return object;
    json_put_integer(object, "distance_m", checked->distance_m);
    if (it->kind == STEP_DISPOSAL) json_put_integer(object, "unloaded_kg", checked->unloaded_kg);
    json_put_integer(object, "load_kg", checked->load_kg);
    json_put_integer(object, "load_l", checked->load_l);
    if (it->kind == STEP_STOP) json_put_string(object, "reason", stop_reason(night, it->id));
    if (it->kind == STEP_STOP && instance_lock(&night->problem->instance, it->id) != NULL)
        json_put_flag(object, "locked", true);
    if (it->kind == STEP_STOP) put_road(object, night, vehicle, it->id);
    return object;
}

static struct json *route_json(const struct night *night, int32_t route)
{
    struct json *object = json_new_object(), *steps = json_new_array();
    const struct plan_route *it = &night->plan->routes[route];
    const struct checked_route *checked = &night->report->routes[route];
    const struct city_vehicle *vehicle = &night->city->vehicles[night->problem->vehicle_of[it->vehicle]];
    json_put_string(object, "vehicle", vehicle->id);
    put_instant(object, "departure", night, it->departure_s);
    put_clock(object, "return", night, checked->return_s);
    json_put_integer(object, "distance_m", checked->distance_m);
    json_put_integer(object, "work_s", checked->work_s);
    json_put_integer(object, "collected_kg", checked->collected_kg);
    for (int32_t step = it->first_step; step < it->first_step + it->step_count; step++)
        json_put(steps, NULL, step_json(night, vehicle, step));
    json_put(object, "steps", steps);
    return object;
}

static struct json *unserved_json(const struct night *night)
{
    struct json *array = json_new_array();
    for (int32_t stop = 0; stop < night->problem->instance.stop_count; stop++) {
        if (night->report->stop_route[stop] >= 0) continue;
        struct json *object = json_new_object();
        json_put(object, "bins", bins_json(night, stop));
        json_put_flag(object, "mandatory", night->problem->instance.stops[stop].mandatory);
        json_put_string(object, "reason", stop_reason(night, stop));
        json_put(array, NULL, object);
    }
    return array;
}

error_code plan_json_text(const struct night *night, char **text, struct error *error)
{
    char day[DAY_TEXT_SIZE];
    struct json *root = json_new_object(), *routes = json_new_array();
    day_text(night->problem->day, day);
    json_put_string(root, "benne", BENNE_VERSION);
    json_put_string(root, "city", night->city->name);
    json_put_string(root, "day", day);
    for (int32_t route = 0; route < night->plan->route_count; route++)
        json_put(routes, NULL, route_json(night, route));
    json_put(root, "routes", routes);
    json_put(root, "unserved", unserved_json(night));
    json_put(root, "cost", cost_json(&night->report->cost));
    *text = json_print(root, true);
    json_free(root);
    return *text != NULL ? ERROR_NONE : error_memory(error);
}
