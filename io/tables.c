#include "io/tables.h"

#include "io/csv_write.h"
#include "io/json.h"
#include "io/timetable.h"
#include "solver/base/message.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double HOUR_S = 3600.0, KM_M = 1000.0;

static void csv_time(struct csv_writer *csv, const struct city *city, day_number day, int64_t elapsed_s)
{
    char text[INSTANT_TEXT_SIZE];
    instant_text(city->zone, zone_midnight(city->zone, day) + elapsed_s, text);
    csv_text(csv, text);
}

static void csv_hours(struct csv_writer *csv, int64_t seconds)
{
    csv_number(csv, (double)seconds / HOUR_S, 3);
}

/* ---- routes.csv ---- */

static void route_row(struct csv_writer *csv, const struct driven *driven, const struct timetable *timetable,
                      int32_t route)
{
    const struct city *city = driven->city;
    const struct checked_route *checked = &driven->report->routes[route];
    int32_t bins = 0;
    for (int32_t i = 0; i < timetable->count; i++) bins += timetable->visits[i].bin_count;

    csv_integer(csv, route + 1);
    csv_text(csv, timetable->vehicle->id);
    csv_text(csv, city->depots[timetable->vehicle->depot].id);
    csv_text(csv, city->depots[timetable->vehicle->end_depot].id);
    csv_time(csv, city, driven->problem->day, checked->departure_s);
    csv_time(csv, city, driven->problem->day, checked->return_s);
    csv_number(csv, (double)checked->distance_m / KM_M, 3);
    csv_hours(csv, checked->work_s);
    csv_hours(csv, checked->overtime_s);
    csv_hours(csv, checked->driving_s);
    csv_hours(csv, checked->service_s);
    csv_hours(csv, checked->unload_s);
    csv_hours(csv, checked->waiting_s);
    csv_hours(csv, checked->break_s);
    csv_integer(csv, checked->stops);
    csv_integer(csv, bins);
    csv_integer(csv, checked->trips);
    csv_integer(csv, checked->collected_kg);
    csv_integer(csv, checked->collected_l);
    csv_number(csv, route_litres(driven, route), 2);
    csv_number(csv, route_kgco2e(driven, route), 2);
    csv_money(csv, cost_total(&checked->cost));
    for (int part = 0; part < COST_PRIZES; part++) csv_money(csv, checked->cost.parts[part]);
    csv_end_row(csv);
}

error_code tables_routes(FILE *file, const struct driven *driven, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct arena arena;
    arena_init(&arena);
    struct csv_writer csv = csv_begin(
        file, "route,vehicle_id,depot_id,end_depot_id,departure,return,distance_km,work_h,overtime_h,"
              "driving_h,service_h,unloading_h,waiting_h,break_h,stops,bins,trips,collected_kg,"
              "collected_l,fuel_l,kgco2e,cost,cost_fixed,cost_work,cost_overtime,cost_distance,"
              "cost_fuel,cost_carbon,cost_fees");
    for (int32_t route = 0; route < driven->plan->route_count; route++) {
        struct timetable timetable;
        TRY(timetable_of_route(driven, route, &arena, &timetable, error));
        route_row(&csv, driven, &timetable, route);
    }
done:
    arena_free(&arena);
    return rc;
}

/* ---- stops.csv ---- */

static const char *place_id(const struct city *city, const struct visit *visit, struct arena *arena)
{
    switch (visit->kind) {
    case VISIT_START:
    case VISIT_END:
        return city->depots[visit->place].id;
    case VISIT_DISPOSAL:
        return city->sites[visit->place].id;
    case VISIT_STOP:
        return bins_text(city, visit->bins, visit->bin_count, arena);
    case VISIT_BREAK:
        break;
    }
    return NULL;
}

static error_code visit_row(struct csv_writer *csv, const struct driven *driven,
                            const struct timetable *timetable, int32_t route, int32_t index,
                            struct arena *arena, struct error *error)
{
    const struct city *city = driven->city;
    const struct visit *visit = &timetable->visits[index];
    const struct bin *bin = visit->kind == VISIT_STOP ? &city->bins[visit->bins[0]] : NULL;
    const char *place = place_id(city, visit, arena);
    if (place == NULL && visit->kind != VISIT_BREAK) return error_memory(error);

    csv_integer(csv, route + 1);
    csv_text(csv, timetable->vehicle->id);
    csv_integer(csv, index);
    csv_text(csv, visit_kind_name(visit->kind));
    csv_integer(csv, visit->trip);
    csv_text(csv, place);
    csv_text(csv, bin == NULL ? NULL : bin->point);
    csv_text(csv, bin == NULL ? NULL : bin->address);
    csv_number(csv, visit->kind == VISIT_BREAK ? NAN : visit->position.lat, 6);
    csv_number(csv, visit->kind == VISIT_BREAK ? NAN : visit->position.lon, 6);
    csv_text(csv, bin == NULL ? NULL : city->streams[bin->stream]);
    csv_time(csv, city, driven->problem->day, visit->arrival_s);
    csv_time(csv, city, driven->problem->day, visit->begin_s);
    csv_time(csv, city, driven->problem->day, visit->end_s);
    csv_number(csv, (double)visit->distance_m / KM_M, 3);
    csv_integer(csv, visit->driving_s);
    csv_integer(csv, visit->begin_s - visit->arrival_s);
    csv_text(csv, bin == NULL ? NULL : choice_reason_name(visit->reason));
    csv_text(csv, bin == NULL ? NULL : choice_mandatory(visit->reason) ? "1" : "0");
    csv_number(csv, visit->risk, 4);
    csv_number(csv, visit->fill_percent, 1);
    csv_number(csv, bin == NULL ? NAN : (double)visit->collected_kg, 0);
    csv_number(csv, visit->kind != VISIT_DISPOSAL ? NAN : (double)visit->unloaded_kg, 0);
    csv_integer(csv, visit->load_kg);
    csv_integer(csv, visit->load_l);
    csv_end_row(csv);
    return ERROR_NONE;
}

error_code tables_stops(FILE *file, const struct driven *driven, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct arena arena;
    arena_init(&arena);
    struct csv_writer csv = csv_begin(
        file, "route,vehicle_id,sequence,kind,trip,place_id,point_id,address,lat,lon,stream,arrival,"
              "begin,end,distance_km,driving_s,waiting_s,reason,mandatory,risk,expected_fill_percent,"
              "collected_kg,unloaded_kg,load_kg,load_l");
    for (int32_t route = 0; route < driven->plan->route_count; route++) {
        struct timetable timetable;
        TRY(timetable_of_route(driven, route, &arena, &timetable, error));
        for (int32_t i = 0; i < timetable.count; i++) {
            TRY(visit_row(&csv, driven, &timetable, route, i, &arena, error));
        }
    }
done:
    arena_free(&arena);
    return rc;
}

/* ---- unserved.csv ---- */

static void unserved_row(struct csv_writer *csv, const struct driven *driven, int32_t bin)
{
    const struct bin *it = &driven->city->bins[bin];
    const struct bin_choice *choice = &driven->choice->bins[bin];
    csv_text(csv, it->id);
    csv_text(csv, it->address);
    csv_number(csv, it->position.lat, 6);
    csv_number(csv, it->position.lon, 6);
    csv_text(csv, driven->city->streams[it->stream]);
    csv_text(csv, choice_mandatory(choice->reason) ? "1" : "0");
    csv_text(csv, choice_reason_name(choice->reason));
    csv_number(csv, choice->risk, 4);
    csv_number(csv, expected_fill_percent(driven, bin), 1);
    csv_number(csv, choice->days_since, 1);
    if (choice_mandatory(choice->reason)) {
        csv_text(csv, NULL);
    } else {
        csv_money(csv, choice->prize);
    }
    csv_end_row(csv);
}

void tables_unserved(FILE *file, const struct driven *driven)
{
    struct csv_writer csv = csv_begin(file, "bin_id,address,lat,lon,stream,mandatory,reason,risk,"
                                            "expected_fill_percent,days_since,prize");
    for (int mandatory = 1; mandatory >= 0; mandatory--) {
        for (int32_t bin = 0; bin < driven->city->bin_count; bin++) {
            choice_reason reason = driven->choice->bins[bin].reason;
            if (reason == REASON_NONE || choice_mandatory(reason) != mandatory) continue;
            if (!driven_serves(driven, bin)) unserved_row(&csv, driven, bin);
        }
    }
}

/* ---- staffing.csv ---- */

const char *role_name(agent_role role)
{
    static const char *const NAMES[] = {"driver", "loader", "other"};
    return NAMES[role];
}

void tables_staffing(FILE *file, const struct staffing *staffing)
{
    struct csv_writer csv =
        csv_begin(file, "date,role,posts,hours,agents,available,assigned,gap,absence_probability,"
                        "shortage_probability,unavailable_absence,unavailable_leave,unavailable_licence,"
                        "unavailable_rest");
    char day[DAY_TEXT_SIZE];
    day_text(staffing->day, day);
    for (int role = 0; role < ROLE_COUNT; role++) {
        const struct role_staffing *it = &staffing->roles[role];
        csv_text(&csv, day);
        csv_text(&csv, role_name((agent_role)role));
        csv_integer(&csv, it->posts);
        csv_number(&csv, it->hours, 2);
        const int32_t counts[] = {it->agents, it->available, it->assigned, it->gap};
        for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
            csv_number(&csv, staffing->known ? (double)counts[i] : NAN, 0);
        }
        csv_number(&csv, staffing->known ? it->absence_probability : NAN, 4);
        csv_number(&csv, staffing->known ? it->shortage_probability : NAN, 6);
        for (int reason = UNAVAILABLE_ABSENCE; reason <= UNAVAILABLE_REST; reason++) {
            csv_number(&csv, staffing->known ? (double)it->unavailable[reason] : NAN, 0);
        }
        csv_end_row(&csv);
    }
}

/* ---- indicators.csv, indicators.json ---- */

const char *indicator_unit(const struct indicator *indicator, const struct city *city)
{
    return strcmp(indicator->unit, "EUR") == 0 ? city->currency : indicator->unit;
}

const char *better_name(better direction)
{
    static const char *const NAMES[] = {"less", "more", "neither"};
    return NAMES[direction];
}

void tables_indicators(FILE *file, const struct city *city, const struct indicator_values *values)
{
    struct csv_writer csv =
        csv_begin(file, "name,label,unit,better,plan,practice,difference,difference_percent,matched,formula");
    for (int32_t i = 0; i < INDICATOR_COUNT; i++) {
        const struct indicator *it = &INDICATORS[i];
        double practice = values->practice == NULL ? NAN : values->practice[i];
        double difference = values->plan[i] - practice;
        csv_text(&csv, it->name);
        csv_text(&csv, _(it->label));
        csv_text(&csv, indicator_unit(it, city));
        csv_text(&csv, better_name(it->better));
        csv_number(&csv, values->plan[i], it->decimals);
        csv_number(&csv, practice, it->decimals);
        csv_number(&csv, difference, it->decimals);
        csv_number(&csv, practice > 0 || practice < 0 ? 100 * difference / fabs(practice) : NAN, 1);
        csv_number(&csv, values->matched == NULL ? NAN : values->matched[i], it->decimals);
        csv_text(&csv, _(it->formula));
        csv_end_row(&csv);
    }
}

/* As many digits as the indicator has, so that noise of the last binary digit does not show. */
static double rounded(double value, int32_t decimals)
{
    double scale = pow(10, decimals);
    return round(value * scale) / scale;
}

error_code tables_indicators_json(FILE *file, const struct night *night,
                                  const struct indicator_values *values, struct error *error)
{
    char day[DAY_TEXT_SIZE];
    day_text(night->problem->day, day);
    struct json *root = json_new_object(), *list = json_new_array();
    json_put_string(root, "city", night->city->name);
    json_put_string(root, "day", day);
    for (int32_t i = 0; i < INDICATOR_COUNT; i++) {
        const struct indicator *it = &INDICATORS[i];
        struct json *one = json_new_object();
        json_put_string(one, "name", it->name);
        json_put_string(one, "label", _(it->label));
        json_put_string(one, "unit", indicator_unit(it, night->city));
        json_put_string(one, "better", better_name(it->better));
        json_put_number(one, "plan", rounded(values->plan[i], it->decimals));
        json_put_number(one, "practice",
                        values->practice == NULL ? NAN : rounded(values->practice[i], it->decimals));
        json_put_number(one, "matched",
                        values->matched == NULL ? NAN : rounded(values->matched[i], it->decimals));
        json_put_string(one, "formula", _(it->formula));
        json_put(list, NULL, one);
    }
    json_put(root, "indicators", list);
    char *text = json_print(root, true);
    json_free(root);
    if (text == NULL) return error_memory(error);
    fprintf(file, "%s\n", text);
    free(text);
    return ERROR_NONE;
}
