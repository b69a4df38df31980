#include "scenarios/summary.h"

#include "io/json.h"
#include "io/language.h"
#include "scenarios/bounding.h"
#include "scenarios/columns.h"
#include "solver/base/message.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { LABEL_COLUMNS = 40, VALUE_COLUMNS = 12, NAME_COLUMNS = 12 };

/* The indicators shown, by name; indicators.csv has them all. */
static const char *const KEY_FIGURES[] = {
    "distance_km",
    "work_h",
    "vehicles",
    "stops",
    "collected_t",
    "kg_per_km",
    "fill_at_emptying_percent",
    "expected_overflows",
    "unserved_mandatory",
    "cost_total",
    "fuel_l",
    "emissions_kgco2e",
};

static const char *weekday_name(day_number day)
{
    static const char *const NAMES[WEEK_DAYS] = {
        N_("Monday"), N_("Tuesday"),  N_("Wednesday"), N_("Thursday"),
        N_("Friday"), N_("Saturday"), N_("Sunday"),
    };
    return _(NAMES[day_weekday(day)]);
}

static void print_padded(FILE *stream, const char *text, int columns)
{
    int padding = columns - columns_all(text);
    fprintf(stream, "%s%*s", text, padding > 0 ? padding : 0, "");
}

/* Prints with the decimal sign of the reader's language: figures for people, not data. */
static void ERROR_PRINTF(2, 3) print_figure(FILE *stream, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    bool comma = strcmp(language_current(), "fr") == 0;
    for (char *point = strchr(text, '.'); comma && point != NULL; point = strchr(point + 1, '.')) {
        if (point[1] >= '0' && point[1] <= '9') *point = ',';
    }
    fputs(text, stream);
}

static void print_value(FILE *stream, const struct indicator *indicator, double value)
{
    if (isfinite(value)) {
        print_figure(stream, "%*.*f", VALUE_COLUMNS, (int)indicator->decimals, value);
    } else {
        fprintf(stream, "%*s", VALUE_COLUMNS, "-");
    }
}

/* "Distance driven (km)"; money is in the city's currency. */
static void print_label(FILE *stream, const struct indicator *indicator, const char *currency)
{
    char label[128];
    const char *unit = strcmp(indicator->unit, "EUR") == 0 ? currency : indicator->unit;
    snprintf(label, sizeof label, unit[0] != '\0' ? "  %s (%s)" : "  %s", _(indicator->label), unit);
    print_padded(stream, label, LABEL_COLUMNS);
}

static void print_figures(const struct night *night, const struct indicator_values *values, FILE *stream)
{
    print_padded(stream, "", LABEL_COLUMNS);
    fprintf(stream, "%*s", VALUE_COLUMNS, _("plan"));
    if (values->practice != NULL) fprintf(stream, "%*s", VALUE_COLUMNS, _("practice"));
    if (values->matched != NULL) fprintf(stream, "%*s", VALUE_COLUMNS, _("matched"));
    fputc('\n', stream);
    for (size_t key = 0; key < sizeof KEY_FIGURES / sizeof KEY_FIGURES[0]; key++) {
        for (int32_t number = 0; number < INDICATOR_COUNT; number++) {
            const struct indicator *indicator = &INDICATORS[number];
            if (strcmp(indicator->name, KEY_FIGURES[key]) != 0) continue;
            print_label(stream, indicator, night->city->currency);
            print_value(stream, indicator, values->plan[number]);
            if (values->practice != NULL) print_value(stream, indicator, values->practice[number]);
            if (values->matched != NULL) print_value(stream, indicator, values->matched[number]);
            fputc('\n', stream);
        }
    }
    if (values->matched != NULL) {
        fputs(_("  matched: the least that leaves no more expected overflows than the practice and collects "
                "as much\n"),
              stream);
    }
}

/* A wall-clock time of the service day: "06:30"; past midnight "25:10". */
static void clock_text(const struct night *night, int64_t elapsed_s, char text[16])
{
    int32_t second = zone_wall_clock(night->city->zone, night->problem->day, (int32_t)elapsed_s);
    snprintf(text, 16, "%02d:%02d", (int)(second / 3600), (int)(second / 60 % 60));
}

/* What is proven of the plan. The cost that is bounded counts the prizes of the stops left. */
static void print_bound(const struct night *night, FILE *stream)
{
    if (night->bound == NULL || !night->bound->known) return;
    const money cost = cost_bounded(&night->report->cost);
    print_figure(stream,
                 _("  proven: no plan costs less than %.2f %s; this one, with the prizes of the stops left, "
                   "%.2f: a gap of %.2f %%\n"),
                 (double)night->bound->bound / (double)MONEY_UNIT, night->city->currency,
                 (double)cost / (double)MONEY_UNIT, 100 * bounding_gap(night->bound, cost));
}

static struct json *bound_json(const struct night *night)
{
    const money cost = cost_bounded(&night->report->cost);
    struct json *bound = json_new_object();
    json_put_number(bound, "cost", (double)cost / (double)MONEY_UNIT);
    json_put_number(bound, "bound", (double)night->bound->bound / (double)MONEY_UNIT);
    json_put_number(bound, "gap", bounding_gap(night->bound, cost));
    return bound;
}

static void print_routes(const struct night *night, FILE *stream)
{
    fprintf(stream, "\n%s\n", _("Routes"));
    for (int32_t number = 0; number < night->plan->route_count; number++) {
        const struct checked_route *route = &night->report->routes[number];
        const struct city_vehicle *vehicle =
            &night->city->vehicles[night->problem->vehicle_of[night->plan->routes[number].vehicle]];
        char from[16], to[16];
        clock_text(night, route->departure_s, from);
        clock_text(night, route->return_s, to);
        fputs("  ", stream);
        print_padded(stream, vehicle->id, NAME_COLUMNS);
        print_figure(stream, _(" %s to %s, %3d stops, trips: %d, %6.2f t, %6.1f km\n"), from, to,
                     (int)route->stops, (int)route->trips, (double)route->collected_kg / 1000,
                     (double)route->distance_m / 1000);
    }
}

static void print_role(const struct role_staffing *role, const char *name, bool known, FILE *stream)
{
    fputs("  ", stream);
    print_padded(stream, name, NAME_COLUMNS);
    if (!known) {
        print_figure(stream, _(" posts: %d, hours: %.1f\n"), (int)role->posts, role->hours);
        return;
    }
    print_figure(stream, _(" posts: %d, available: %d of %d, missing: %d, risk of a shortage: %.1f %%\n"),
                 (int)role->posts, (int)role->available, (int)role->agents, (int)role->gap,
                 100 * role->shortage_probability);
}

void summary_print(const struct night *night, const struct indicator_values *values, const char *run_folder,
                   FILE *stream)
{
    char day[DAY_TEXT_SIZE];
    day_text(night->problem->day, day);
    fprintf(stream, _("%s, %s %s\n"), night->city->name, weekday_name(night->problem->day), day);
    fprintf(stream, _("Bins: %d mandatory, %d optional; stops served: %d; mandatory stops unserved: %d\n"),
            (int)night->choice->mandatory_count, (int)night->choice->optional_count,
            (int)night->report->served, (int)night->report->unserved_mandatory);
    if (night->choice->deferred_count > 0) {
        fprintf(stream, _("Deferred: %d more bins are due than the day can carry\n"),
                (int)night->choice->deferred_count);
    }
    fputc('\n', stream);
    print_figures(night, values, stream);
    print_bound(night, stream);
    print_routes(night, stream);
    fprintf(stream, "\n%s\n", _("Staff"));
    print_role(&night->staffing->roles[ROLE_DRIVER], _("drivers"), night->staffing->known, stream);
    print_role(&night->staffing->roles[ROLE_LOADER], _("loaders"), night->staffing->known, stream);
    fprintf(stream, _("\nReport: %s/report.html\n"), run_folder);
}

static struct json *unserved_json(const struct night *night)
{
    struct json *bins = json_new_array();
    const struct day_problem *problem = night->problem;
    for (int32_t stop = 0; stop < problem->instance.stop_count; stop++) {
        if (!problem->instance.stops[stop].mandatory || night->report->stop_route[stop] >= 0) continue;
        for (int32_t at = problem->stop_bin_first[stop]; at < problem->stop_bin_first[stop + 1]; at++) {
            int32_t bin = problem->stop_bins[at];
            if (!choice_mandatory(night->choice->bins[bin].reason)) continue; /* beside a mandatory one */
            json_put_string(bins, NULL, night->city->bins[bin].id);
        }
    }
    return bins;
}

static struct json *figures_json(const double *values)
{
    struct json *figures = json_new_object();
    for (int32_t number = 0; number < INDICATOR_COUNT; number++) {
        json_put_number(figures, INDICATORS[number].name, values[number]);
    }
    return figures;
}

error_code summary_json(const struct night *night, const struct indicator_values *values,
                        const char *run_folder, struct error *error)
{
    char day[DAY_TEXT_SIZE];
    day_text(night->problem->day, day);
    struct json *root = json_new_object();
    json_put_string(root, "city", night->city->name);
    json_put_string(root, "day", day);
    json_put_string(root, "run", run_folder);
    json_put(root, "unserved_mandatory", unserved_json(night));
    json_put(root, "plan", figures_json(values->plan));
    if (values->practice != NULL) {
        json_put(root, "practice", figures_json(values->practice));
    } else {
        json_put_null(root, "practice");
    }
    if (night->bound != NULL && night->bound->known) json_put(root, "bound", bound_json(night));
    if (values->matched != NULL) {
        json_put(root, "matched", figures_json(values->matched));
    } else {
        json_put_null(root, "matched");
    }
    char *text = json_print(root, true);
    json_free(root);
    if (text == NULL) return error_memory(error);
    puts(text);
    free(text);
    return ERROR_NONE;
}
