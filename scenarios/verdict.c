#include "scenarios/verdict.h"

#include "solver/base/message.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CLOCK_SIZE = 24, NAME_SIZE = 64, SHOWN_PARTS = 1000 /* of a unit, in text */ };

/* ---- Names ---- */

/* Names of stops may be lists of bins: given one by one. */
static int32_t stop_name_count(const struct verdict *v, int32_t stop)
{
    return v->benchmark != NULL ? 1 : v->problem->stop_bin_first[stop + 1] - v->problem->stop_bin_first[stop];
}

static const char *stop_name(const struct verdict *v, int32_t stop, int32_t n)
{
    if (v->benchmark != NULL) return v->benchmark->stop_ids[stop];
    return v->city->bins[v->problem->stop_bins[v->problem->stop_bin_first[stop] + n]].id;
}

static const char *site_name(const struct verdict *v, int32_t site)
{
    return v->benchmark != NULL ? v->benchmark->site_ids[site] : v->city->sites[site].id;
}

/* Of an existing vehicle; most benchmark files number theirs from 1. */
static const char *vehicle_name(const struct verdict *v, int32_t vehicle, char text[NAME_SIZE])
{
    if (v->benchmark == NULL) return v->city->vehicles[v->problem->vehicle_of[vehicle]].id;
    if (v->benchmark->vehicle_ids != NULL) return v->benchmark->vehicle_ids[vehicle];
    snprintf(text, NAME_SIZE, "#%d", (int)vehicle + 1);
    return text;
}

static bool vehicle_exists(const struct verdict *v, int32_t vehicle)
{
    return vehicle >= 0 && vehicle < v->instance->vehicle_count;
}

/* Times and distances in the unit of the benchmark's file; as they are in a city. */
static double file_time(const struct verdict *v, int64_t time_s)
{
    return (double)time_s /
           (v->benchmark != NULL && v->benchmark->time_unit > 0 ? (double)v->benchmark->time_unit : 1);
}

static double file_distance(const struct verdict *v, int64_t distance_m)
{
    return (double)distance_m / (v->benchmark != NULL ? (double)v->benchmark->distance_unit : 1);
}

static double file_load(const struct verdict *v, int64_t load)
{
    const int64_t unit = v->benchmark != NULL && v->benchmark->load_unit > 0 ? v->benchmark->load_unit : 1;
    const int64_t parts = load * SHOWN_PARTS / unit; /* cut: below lie the markers of empty stops */
    return (double)parts / SHOWN_PARTS;
}

static bool has_clock(const struct verdict *v)
{
    return v->benchmark == NULL || (v->benchmark->time_unit <= 1 && !v->benchmark->has_time_stamps);
}

/* A moment as the file counts them. */
static double file_moment(const struct verdict *v, int64_t elapsed_s)
{
    return file_time(v, elapsed_s) + (v->benchmark != NULL ? (double)v->benchmark->time_origin : 0);
}

/* Wall clock in a city and where a file counts seconds; a number in a file with a unit of its own. */
static const char *clock_text(const struct verdict *v, int64_t elapsed_s, char text[CLOCK_SIZE])
{
    if (!has_clock(v)) {
        snprintf(text, CLOCK_SIZE, "%.12g", file_moment(v, elapsed_s));
        return text;
    }
    const int32_t bounded_s = elapsed_s > TIME_MAX ? TIME_MAX : elapsed_s < 0 ? 0 : (int32_t)elapsed_s;
    const int32_t clock_s =
        v->benchmark != NULL ? bounded_s : zone_wall_clock(v->city->zone, v->problem->day, bounded_s);
    snprintf(text, CLOCK_SIZE, "%02d:%02d:%02d", (int)(clock_s / 3600), (int)(clock_s / 60 % 60),
             (int)(clock_s % 60));
    return text;
}

/* What a violation's amount and limit count. */
typedef enum measure {
    MEASURE_NONE,
    MEASURE_CLOCK,
    MEASURE_SECONDS,
    MEASURE_KG,
    MEASURE_L,
    MEASURE_M,
    MEASURE_COUNT
} measure;

static measure measure_of(const struct violation *it)
{
    switch (it->kind) {
    case VIOLATION_STOP_WINDOW:
    case VIOLATION_SITE_WINDOW:
    case VIOLATION_RELEASE:
    case VIOLATION_SHIFT_START:
    case VIOLATION_SHIFT_END:
    case VIOLATION_BREAK_WINDOW:
        return MEASURE_CLOCK;
    case VIOLATION_MAX_WORK:
    case VIOLATION_BREAK_LATE:
        return MEASURE_SECONDS;
    case VIOLATION_CAPACITY_KG:
    case VIOLATION_DAY_LOAD_KG:
    case VIOLATION_SITE_LIMIT:
        return MEASURE_KG;
    case VIOLATION_CAPACITY_L:
    case VIOLATION_DAY_LOAD_L:
        return MEASURE_L;
    case VIOLATION_MAX_DISTANCE:
        return MEASURE_M;
    case VIOLATION_MAX_STOPS:
    case VIOLATION_LOCK_POSITION:
        return MEASURE_COUNT;
    default:
        return MEASURE_NONE;
    }
}

static const char *const MEASURE_UNITS[] = {[MEASURE_SECONDS] = " s",
                                            [MEASURE_KG] = " kg",
                                            [MEASURE_L] = " l",
                                            [MEASURE_M] = " m",
                                            [MEASURE_COUNT] = ""};

/* A violation's amount or limit as it is shown. */
static double shown(const struct verdict *v, const struct violation *it, int64_t amount)
{
    switch (measure_of(it)) {
    case MEASURE_CLOCK:
        return file_moment(v, amount);
    case MEASURE_SECONDS:
        return file_time(v, amount);
    case MEASURE_M:
        return file_distance(v, amount);
    case MEASURE_KG:
    case MEASURE_L:
        return file_load(v, amount);
    default:
        return (double)amount;
    }
}

static const char *unit_text(const struct verdict *v, measure unit)
{
    const struct benchmark *b = v->benchmark;
    const bool is_load = unit == MEASURE_KG || unit == MEASURE_L;
    const bool is_own = b != NULL && ((unit == MEASURE_M && (b->distance_unit != 1 || b->has_time_stamps)) ||
                                      (unit == MEASURE_SECONDS && b->time_unit > 1) ||
                                      (is_load && (b->load_unit > 0 || b->has_time_stamps)));
    return is_own ? "" : MEASURE_UNITS[unit];
}

/* ---- Text ---- */

static void print_stop(const struct verdict *v, int32_t stop, FILE *stream)
{
    for (int32_t n = 0; n < stop_name_count(v, stop); n++)
        fprintf(stream, "%s%s", n > 0 ? "|" : "", stop_name(v, stop, n));
}

/* The stop or site that a step visits, or the break. */
static void print_step_place(const struct verdict *v, int32_t step, FILE *stream)
{
    const struct plan_step *it = &v->plan->steps[step];
    if (it->kind == STEP_STOP && it->id >= 0 && it->id < v->instance->stop_count)
        print_stop(v, it->id, stream);
    else if (it->kind == STEP_DISPOSAL && it->id >= 0 && it->id < v->instance->site_count)
        fputs(site_name(v, it->id), stream);
    else if (it->kind == STEP_BREAK)
        fputs(_("break"), stream);
    else
        fputs("?", stream);
}

static void print_violation(const struct verdict *v, const struct violation *it, FILE *stream)
{
    char name[NAME_SIZE], amount[CLOCK_SIZE], limit[CLOCK_SIZE];
    fputs("  ", stream);
    if (it->route >= 0 && vehicle_exists(v, v->plan->routes[it->route].vehicle))
        fprintf(stream, "%s, ", vehicle_name(v, v->plan->routes[it->route].vehicle, name));
    if (it->step >= 0) {
        fprintf(stream, _("step %d, "), (int)(it->step - v->plan->routes[it->route].first_step + 1));
        print_step_place(v, it->step, stream);
        fputs(": ", stream);
    } else if (it->kind == VIOLATION_UNSERVED) {
        print_stop(v, it->id, stream);
        fputs(": ", stream);
    } else if (it->kind == VIOLATION_SITE_LIMIT) {
        fprintf(stream, "%s: ", site_name(v, it->id));
    }
    fputs(violation_sentence(it->kind), stream);
    const measure unit = measure_of(it);
    if (it->kind == VIOLATION_LOCK_VEHICLE)
        fprintf(stream, " (%s)", vehicle_name(v, (int32_t)it->limit, name));
    if (it->kind == VIOLATION_LOCK_SEQUENCE) {
        fputs(" (", stream);
        print_stop(v, (int32_t)it->limit, stream);
        fputc(')', stream);
    }
    if (unit == MEASURE_CLOCK)
        fprintf(stream, " (%s, %s)", clock_text(v, it->amount, amount), clock_text(v, it->limit, limit));
    else if (unit != MEASURE_NONE)
        fprintf(stream, " (%.15g%s, %.15g%s)", shown(v, it, it->amount), unit_text(v, unit),
                shown(v, it, it->limit), unit_text(v, unit));
    fputc('\n', stream);
}

static void print_cost(const struct verdict *v, FILE *stream)
{
    if (v->benchmark != NULL) {
        fprintf(stream, _("cost: %.*f\n"), (int)v->benchmark->family->cost_decimals,
                benchmark_cost(v->benchmark, v->plan, v->report));
        return;
    }
    fputs(_("cost:"), stream);
    for (int32_t part = 0; part < COST_PART_COUNT; part++) {
        const money amount = v->report->cost.parts[part];
        if (part > COST_PRIZES && amount == 0) continue; /* few cities price quality */
        fprintf(stream, " %s %.2f,", cost_part_name((cost_part)part), (double)amount / (double)MONEY_UNIT);
    }
    fprintf(stream, _(" total %.2f %s\n"), (double)cost_total(&v->report->cost) / (double)MONEY_UNIT,
            v->city->currency);
}

static double thousandths(double value)
{
    return round(value * SHOWN_PARTS) / SHOWN_PARTS;
}

/* In kilograms and litres, or in the file's unit. */
static void print_load(const struct verdict *v, int32_t route, int32_t i, FILE *stream)
{
    const struct checked_step *checked = &v->report->steps[i];
    if (v->benchmark != NULL && v->benchmark->family->print_load != NULL) {
        fputs(_("load"), stream);
        v->benchmark->family->print_load(stream, v->benchmark, v->plan, route, i);
    } else if (v->benchmark == NULL)
        fprintf(stream, _("load %lld kg, %lld l"), (long long)checked->load_kg, (long long)checked->load_l);
    else if (checked->load_l > 0 && checked->load_kg > 0)
        fprintf(stream, _("load %.12g, %.12g"), file_load(v, checked->load_kg),
                file_load(v, checked->load_l));
    else
        fprintf(stream, _("load %.12g"), file_load(v, checked->load_kg + checked->load_l));
}

/* A step a line: when, after how long a wait, how far from the start, with what aboard. */
static void print_steps(const struct verdict *v, int32_t r, bool timed, FILE *stream)
{
    char arrival[CLOCK_SIZE], begin[CLOCK_SIZE], end[CLOCK_SIZE];
    const struct plan_route *route = &v->plan->routes[r];
    int64_t distance_m = 0;
    for (int32_t i = route->first_step; i < route->first_step + route->step_count; i++) {
        const struct checked_step *checked = &v->report->steps[i];
        distance_m += checked->distance_m;
        fputs("  ", stream);
        print_step_place(v, i, stream);
        fputs(": ", stream);
        if (timed)
            fprintf(stream, _("arrival %s, begins %s, ends %s, waiting %.12g, "),
                    clock_text(v, checked->arrival_s, arrival), clock_text(v, checked->begin_s, begin),
                    clock_text(v, checked->end_s, end), file_time(v, checked->begin_s - checked->arrival_s));
        fprintf(stream, _("distance %.12g, "), thousandths(file_distance(v, distance_m)));
        print_load(v, r, i, stream);
        fputc('\n', stream);
    }
}

static void print_routes(const struct verdict *v, FILE *stream)
{
    char name[NAME_SIZE], leave[CLOCK_SIZE], back[CLOCK_SIZE];
    for (int32_t r = 0; r < v->plan->route_count; r++) {
        const struct checked_route *it = &v->report->routes[r];
        const int32_t vehicle = v->plan->routes[r].vehicle;
        if (!vehicle_exists(v, vehicle)) continue;
        fprintf(stream, "%s: ", vehicle_name(v, vehicle, name));
        const bool timed =
            v->instance->window_count > 0 || v->instance->vehicles[vehicle].shift_end_s < TIME_MAX;
        if (timed) /* else the problem has no times */
            fprintf(stream, _("from %s to %s, "), clock_text(v, it->departure_s, leave),
                    clock_text(v, it->return_s, back));
        fprintf(stream, _("stops %d, trips %d"), (int)it->stops, (int)it->trips);
        if (v->benchmark == NULL)
            fprintf(stream, ", %.1f km, %lld kg", (double)it->distance_m / 1000, (long long)it->collected_kg);
        else if (v->has_steps)
            fprintf(stream, _(", distance %.12g"), thousandths(file_distance(v, it->distance_m)));
        fputc('\n', stream);
        if (v->has_steps) print_steps(v, r, timed, stream);
    }
}

void verdict_print(const struct verdict *v, FILE *stream)
{
    const struct check_report *report = v->report;
    if (report->violation_count == 0) {
        fputs(_("feasible: the plan keeps every rule\n"), stream);
    } else {
        fprintf(stream,
                ngettext("not feasible: %d fault\n", "not feasible: %d faults\n",
                         (unsigned long)report->violation_count),
                (int)report->violation_count);
        for (int32_t k = 0; k < report->violation_count; k++)
            print_violation(v, &report->violations[k], stream);
    }
    fprintf(stream, _("stops served: %d; left: %d mandatory, %d optional\n"), (int)report->served,
            (int)report->unserved_mandatory, (int)report->unserved_optional);
    print_cost(v, stream);
    print_routes(v, stream);
}

/* ---- JSON ---- */

static struct json *stop_json(const struct verdict *v, int32_t stop)
{
    struct json *array = json_new_array();
    for (int32_t n = 0; n < stop_name_count(v, stop); n++)
        json_put_string(array, NULL, stop_name(v, stop, n));
    return array;
}

static void put_place(const struct verdict *v, struct json *object, const struct plan_step *it)
{
    if (it->kind == STEP_STOP && it->id >= 0 && it->id < v->instance->stop_count)
        json_put(object, "stop", stop_json(v, it->id));
    else if (it->kind == STEP_DISPOSAL && it->id >= 0 && it->id < v->instance->site_count)
        json_put_string(object, "disposal", site_name(v, it->id));
    else if (it->kind == STEP_BREAK)
        json_put_flag(object, "break", true);
}

static void put_clock(const struct verdict *v, struct json *object, const char *key, int64_t elapsed_s)
{
    char text[CLOCK_SIZE];
    json_put_string(object, key, clock_text(v, elapsed_s, text));
}

static struct json *violation_json(const struct verdict *v, const struct violation *it)
{
    char name[NAME_SIZE];
    struct json *object = json_new_object();
    json_put_string(object, "kind", violation_name(it->kind));
    json_put_string(object, "sentence", violation_sentence(it->kind));
    if (it->route >= 0 && vehicle_exists(v, v->plan->routes[it->route].vehicle))
        json_put_string(object, "vehicle", vehicle_name(v, v->plan->routes[it->route].vehicle, name));
    if (it->step >= 0) {
        json_put_integer(object, "step", it->step - v->plan->routes[it->route].first_step + 1);
        put_place(v, object, &v->plan->steps[it->step]);
    }
    if (it->kind == VIOLATION_UNSERVED) json_put(object, "stop", stop_json(v, it->id));
    if (it->kind == VIOLATION_SITE_LIMIT) json_put_string(object, "disposal", site_name(v, it->id));
    if (it->kind == VIOLATION_LOCK_VEHICLE)
        json_put_string(object, "locked_to", vehicle_name(v, (int32_t)it->limit, name));
    if (it->kind == VIOLATION_LOCK_SEQUENCE)
        json_put(object, "locked_behind", stop_json(v, (int32_t)it->limit));
    json_put_number(object, "amount", shown(v, it, it->amount));
    json_put_number(object, "limit", shown(v, it, it->limit));
    return object;
}

static struct json *route_json(const struct verdict *v, int32_t route)
{
    char name[NAME_SIZE];
    struct json *object = json_new_object(), *steps = json_new_array();
    const struct plan_route *it = &v->plan->routes[route];
    const struct checked_route *sums = &v->report->routes[route];
    json_put_string(object, "vehicle",
                    vehicle_exists(v, it->vehicle) ? vehicle_name(v, it->vehicle, name) : NULL);
    put_clock(v, object, "departure", sums->departure_s);
    put_clock(v, object, "return", sums->return_s);
    json_put_number(object, "distance_m", file_distance(v, sums->distance_m));
    json_put_number(object, "work_s", file_time(v, sums->work_s));
    json_put_number(object, "overtime_s", file_time(v, sums->overtime_s));
    json_put_number(object, "collected_kg", file_load(v, sums->collected_kg));
    json_put_number(object, "collected_l", file_load(v, sums->collected_l));
    for (int32_t i = 0; vehicle_exists(v, it->vehicle) && i < it->step_count; i++) {
        const struct checked_step *checked = &v->report->steps[it->first_step + i];
        struct json *step = json_new_object();
        put_place(v, step, &v->plan->steps[it->first_step + i]);
        put_clock(v, step, "arrival", checked->arrival_s);
        put_clock(v, step, "begin", checked->begin_s);
        put_clock(v, step, "end", checked->end_s);
        json_put_number(step, "waiting_s", file_time(v, checked->begin_s - checked->arrival_s));
        json_put_number(step, "distance_m", file_distance(v, checked->distance_m));
        json_put_number(step, "load_kg", file_load(v, checked->load_kg));
        json_put_number(step, "load_l", file_load(v, checked->load_l));
        json_put(steps, NULL, step);
    }
    json_put(object, "steps", steps);
    return object;
}

static struct json *cost_json(const struct verdict *v)
{
    struct json *object = json_new_object();
    if (v->benchmark != NULL) {
        json_put_number(object, "total", benchmark_cost(v->benchmark, v->plan, v->report));
        return object;
    }
    for (int32_t part = 0; part < COST_PART_COUNT; part++)
        json_put_number(object, cost_part_name((cost_part)part),
                        (double)v->report->cost.parts[part] / (double)MONEY_UNIT);
    json_put_number(object, "total", (double)cost_total(&v->report->cost) / (double)MONEY_UNIT);
    return object;
}

error_code verdict_json(const struct verdict *v, struct error *error)
{
    if (v->benchmark != NULL && v->benchmark->family->write != NULL)
        return v->benchmark->family->write(stdout, v->benchmark, v->plan, v->report, error);
    struct json *root = json_new_object(), *violations = json_new_array(), *routes = json_new_array();
    for (int32_t k = 0; k < v->report->violation_count; k++)
        json_put(violations, NULL, violation_json(v, &v->report->violations[k]));
    for (int32_t r = 0; r < v->plan->route_count; r++) json_put(routes, NULL, route_json(v, r));
    json_put_flag(root, "feasible", v->report->violation_count == 0);
    json_put_integer(root, "served", v->report->served);
    json_put_integer(root, "unserved_mandatory", v->report->unserved_mandatory);
    json_put_integer(root, "unserved_optional", v->report->unserved_optional);
    json_put(root, "violations", violations);
    json_put(root, "cost", cost_json(v));
    json_put(root, "routes", routes);
    char *text = json_print(root, true);
    json_free(root);
    if (text == NULL) return error_memory(error);
    puts(text);
    free(text);
    return ERROR_NONE;
}

/* ---- The exit status ---- */

error_code verdict_code(const struct check_report *report, struct error *error)
{
    for (int32_t k = 0; k < report->violation_count; k++)
        if (report->violations[k].kind != VIOLATION_UNSERVED)
            return error_set(error, ERROR_INFEASIBLE, _("the plan is not feasible: %s"),
                             violation_sentence(report->violations[k].kind));
    if (report->unserved_mandatory > 0)
        return error_set(error, ERROR_UNSERVED,
                         ngettext("%d mandatory stop is left unserved",
                                  "%d mandatory stops are left unserved",
                                  (unsigned long)report->unserved_mandatory),
                         (int)report->unserved_mandatory);
    return ERROR_NONE;
}
