/* vehicles.csv: the fleet, what it may carry, when it works and what it costs. */
#include "io/city_reader.h"

#include "solver/base/array.h"
#include "solver/base/message.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    VEHICLE_ID,
    DEPOT_ID,
    END_DEPOT_ID,
    COMPARTMENTS,
    SHIFT_START,
    SHIFT_END,
    MAX_WORK_S,
    BREAK_S,
    BREAK_AFTER_S,
    BREAK_WINDOW,
    DRIVERS,
    LOADERS,
    FIXED_COST,
    COST_PER_KM,
    COST_PER_HOUR,
    OVERTIME_FROM_S,
    OVERTIME_COST_PER_HOUR,
    LITRES_PER_KM,
    LITRES_PER_T,
    ENERGY,
    PROFILE,
    TAGS,
    DAYS,
    VEHICLE_COLUMNS
};
static const struct column columns[VEHICLE_COLUMNS] = {{"vehicle_id", false},
                                                       {"depot_id", false},
                                                       {"end_depot_id", true},
                                                       {"compartments", false},
                                                       {"shift_start", false},
                                                       {"shift_end", false},
                                                       {"max_work_s", true},
                                                       {"break_s", true},
                                                       {"break_after_s", true},
                                                       {"break_window", true},
                                                       {"drivers", false},
                                                       {"loaders", false},
                                                       {"fixed_cost", true},
                                                       {"cost_per_km", false},
                                                       {"cost_per_hour", false},
                                                       {"overtime_from_s", true},
                                                       {"overtime_cost_per_hour", true},
                                                       {"litres_per_km", true},
                                                       {"litres_per_t", true},
                                                       {"energy", true},
                                                       {"profile", true},
                                                       {"tags", true},
                                                       {"days", true}};
static const struct table_spec spec = {"vehicles.csv", columns, VEHICLE_COLUMNS, NEED_ROWS, false};

/* A shift of two days has been mistyped; a crew has at most this many seats. */
enum { SECONDS_MAX = 2 * DAY_SECONDS, CREW_MAX = 10, WEEK_ALL = 0x7f };

/* ---- Compartments: glass:7000kg:20000l|paper+card:3t:12m3 ---- */

static const char expected_compartments[] =
    N_("expected streams, kilograms and litres such as glass:7000kg:20000l, several joined by “|”");

static const struct {
    const char *unit;
    double kg, l;
} units[] = {{"kg", 1, 0}, {"t", 1000, 0}, {"l", 0, 1}, {"m3", 0, 1000}};

/* One "7000kg" or "20000l" into the compartment. */
static const char *read_capacity(const char *text, size_t length, struct compartment *compartment)
{
    size_t digits = strspn(text, "0123456789.,");
    double value;
    char sign = 0, unit[8];
    if (digits > length) digits = length;
    if (digits == 0 || text_number(text, digits, &sign, &value) != NULL) return expected_compartments;
    while (digits < length && text[digits] == ' ') digits++;
    text_fold(text + digits, length - digits, unit, sizeof unit);
    for (size_t u = 0; u < sizeof units / sizeof units[0]; u++) {
        if (strcmp(units[u].unit, unit) != 0) continue;
        int64_t *capacity = units[u].kg > 0 ? &compartment->capacity_kg : &compartment->capacity_l;
        if (*capacity != 0) return N_("a compartment with the same measure twice");
        /* A hundred tonnes, a thousand cubic metres: no truck has more. */
        const double amount = value * (units[u].kg + units[u].l), most = units[u].kg > 0 ? 1e5 : 1e6;
        if (amount < 1 || amount > most) return N_("a capacity of 1 to 100000 kg and of 1 to 1000000 l");
        *capacity = llround(amount);
        return NULL;
    }
    return N_("an unknown unit: expected kg, t, l or m3");
}

static void read_compartment(struct city_reader *reader, struct table *table, const char *text, size_t length,
                             struct city_vehicle *vehicle)
{
    struct compartment compartment = {0};
    const char *fault = NULL;
    size_t part = 0;
    for (size_t start = 0; start <= length && fault == NULL; part++) {
        const char *colon = memchr(text + start, ':', length - start);
        const size_t end = colon != NULL ? (size_t)(colon - text) : length;
        if (part == 0) {
            compartment.streams = reader_streams(reader, table, COMPARTMENTS, text, end);
            if (compartment.streams == 0) return;
        } else {
            fault = read_capacity(text + start, end - start, &compartment);
        }
        start = end + 1;
    }
    if (fault == NULL && (compartment.capacity_kg == 0 || compartment.capacity_l == 0)) {
        fault = expected_compartments;
    }
    for (int32_t c = 0; c < vehicle->compartment_count && fault == NULL; c++) {
        if ((vehicle->compartments[c].streams & compartment.streams) != 0) {
            fault = N_("a stream in two compartments of one vehicle");
        }
    }
    if (fault == NULL && vehicle->compartment_count == COMPARTMENT_MAX)
        fault = N_("more than 4 compartments");
    if (fault != NULL) {
        table_refuse(table, COMPARTMENTS, fault);
        return;
    }
    vehicle->compartments[vehicle->compartment_count++] = compartment;
    reader->vehicle_streams |= compartment.streams;
}

static void read_compartments(struct city_reader *reader, struct table *table, struct city_vehicle *vehicle)
{
    const struct csv_field *field = table_field(table, COMPARTMENTS);
    if (field == NULL) return;
    for (size_t start = 0; start <= field->length;) {
        const char *bar = memchr(field->text + start, '|', field->length - start);
        const size_t end = bar != NULL ? (size_t)(bar - field->text) : field->length;
        read_compartment(reader, table, field->text + start, end - start, vehicle);
        start = end + 1;
    }
    for (int32_t s = 0; s < reader->streams.count && reader->sites.complete; s++) {
        const stream_mask bit = (stream_mask)1 << s;
        if ((reader->vehicle_streams & bit) == 0 || (reader->site_streams & bit) != 0) continue;
        if ((reader->refused_streams & bit) != 0) continue;
        reader->refused_streams |= bit;
        const char *near = text_nearest(reader->streams.names, s, reader->streams.names[s],
                                        strlen(reader->streams.names[s]));
        table_complain(table, SEVERITY_WARNING, COMPARTMENTS,
                       near != NULL ? _("no disposal site takes the stream “%s” (did you mean “%s”?)")
                                    : _("no disposal site takes the stream “%s”"),
                       reader->streams.names[s], near);
    }
}

/* ---- Times ---- */

/* Is the shift within the depot's opening hours, and does it meet them at all? */
static void check_opening(struct city_reader *reader, struct table *table, const struct city_vehicle *vehicle)
{
    if (vehicle->depot < 0) return;
    const struct span opening = reader->city->depots[vehicle->depot].opening;
    bool within = opening.count == 0, meets = within;
    for (int32_t w = opening.first; w < opening.first + opening.count; w++) {
        const struct time_window window = reader->windows.items[w];
        for (int32_t day_s = 0; day_s <= DAY_SECONDS; day_s += DAY_SECONDS) {
            const int32_t open_s = window.open_s + day_s, close_s = window.close_s + day_s;
            within |= open_s <= vehicle->shift_start_s && vehicle->shift_start_s <= close_s;
            meets |= open_s <= vehicle->shift_end_s && vehicle->shift_start_s <= close_s;
        }
    }
    if (!meets) {
        table_complain(table, SEVERITY_ERROR, SHIFT_START,
                       _("the shift lies wholly outside the opening of the depot “%s”"),
                       reader->city->depots[vehicle->depot].id);
    } else if (!within) {
        table_complain(table, SEVERITY_WARNING, SHIFT_START,
                       _("the shift begins while the depot “%s” is closed"),
                       reader->city->depots[vehicle->depot].id);
    }
}

static void read_shift(struct city_reader *reader, struct table *table, struct city_vehicle *vehicle)
{
    vehicle->shift_start_s = table_clock(table, SHIFT_START, -1);
    vehicle->shift_end_s = table_clock(table, SHIFT_END, -1);
    if (vehicle->shift_start_s < 0 || vehicle->shift_end_s < 0) return;
    if (vehicle->shift_end_s == vehicle->shift_start_s) {
        table_refuse(table, SHIFT_END, N_("the shift ends when it begins"));
        return;
    }
    if (vehicle->shift_end_s < vehicle->shift_start_s) vehicle->shift_end_s += DAY_SECONDS; /* at night */
    check_opening(reader, table, vehicle);
}

static void read_break(struct table *table, struct city_vehicle *vehicle)
{
    vehicle->max_work_s = (int32_t)table_whole(table, MAX_WORK_S, 1, SECONDS_MAX, TIME_MAX);
    vehicle->break_s = (int32_t)table_whole(table, BREAK_S, 0, DAY_SECONDS, 0);
    vehicle->break_after_s = (int32_t)table_whole(table, BREAK_AFTER_S, 1, SECONDS_MAX, TIME_MAX);
    vehicle->break_window = (struct time_window){0, TIME_MAX};
    const struct csv_field *field = table_field(table, BREAK_WINDOW);
    if (field != NULL) {
        struct time_window windows[TEXT_WINDOWS_MAX];
        int32_t count;
        const char *fault = text_windows(field->text, field->length, windows, &count);
        if (fault == NULL && count > 1) fault = N_("one window for the beginning of the break was expected");
        if (fault != NULL) {
            table_refuse(table, BREAK_WINDOW, fault);
        } else {
            /* A night shift takes its break after midnight. */
            const int32_t shift_s = windows[0].close_s < vehicle->shift_start_s ? DAY_SECONDS : 0;
            vehicle->break_window =
                (struct time_window){windows[0].open_s + shift_s, windows[0].close_s + shift_s};
            if (vehicle->break_window.open_s > vehicle->shift_end_s && vehicle->shift_end_s > 0) {
                table_refuse(table, BREAK_WINDOW, N_("the break lies outside the shift"));
            }
        }
    }
    if (vehicle->break_s == 0 && (vehicle->break_after_s < TIME_MAX || field != NULL)) {
        table_complain(table, SEVERITY_WARNING, field != NULL ? BREAK_WINDOW : BREAK_AFTER_S,
                       _("a rule for a break of no length: break_s is missing or 0"));
    }
}

/* ---- Costs and energy ---- */

static void read_costs(struct table *table, struct city_vehicle *vehicle)
{
    vehicle->fixed_cost = table_money(table, FIXED_COST, 0);
    vehicle->cost_per_km = table_money(table, COST_PER_KM, 0);
    vehicle->cost_per_hour = table_money(table, COST_PER_HOUR, 0);
    vehicle->overtime_from_s = (int32_t)table_whole(table, OVERTIME_FROM_S, 1, SECONDS_MAX, TIME_MAX);
    vehicle->overtime_cost_per_hour = table_money(table, OVERTIME_COST_PER_HOUR, -1);
    const bool from = vehicle->overtime_from_s < TIME_MAX, cost = vehicle->overtime_cost_per_hour >= 0;
    if (from != cost && !table->row_faulty) {
        table_complain(table, SEVERITY_ERROR, from ? OVERTIME_FROM_S : OVERTIME_COST_PER_HOUR,
                       _("overtime needs both overtime_from_s and overtime_cost_per_hour"));
    }
    if (!cost) vehicle->overtime_cost_per_hour = vehicle->cost_per_hour;
}

static void read_energy(struct city_reader *reader, struct table *table, struct city_vehicle *vehicle)
{
    bool added = false;
    vehicle->energy = -1;
    vehicle->litres_per_km = table_number(table, LITRES_PER_KM, 0, 10, 0);
    vehicle->litres_per_t = table_number(table, LITRES_PER_T, 0, 100, 0);
    const struct csv_field *field = table_field(table, ENERGY);
    if (field == NULL) return;
    if (ids_add(&reader->energies, field->text, field->length, &vehicle->energy, &added, NULL) !=
        ERROR_NONE) {
        table_exhausted(table);
    } else if (added) { /* not among the emission factors of city.json */
        const char *near = text_nearest(reader->energies.names, vehicle->energy, field->text, field->length);
        table_complain(table, SEVERITY_WARNING, ENERGY,
                       near != NULL
                           ? _("no emission factor for “%s” in city.json (did you mean “%s”?): its emissions "
                               "stay unknown")
                           : _("no emission factor for “%s” in city.json: its emissions stay unknown"),
                       reader->energies.names[vehicle->energy], near);
    }
}

static void read_profile(struct city_reader *reader, struct table *table, struct city_vehicle *vehicle)
{
    const struct csv_field *field = table_field(table, PROFILE);
    const struct city *city = reader->city;
    vehicle->profile = 0;
    if (field == NULL || city->profile_count == 0) return;
    const char *names[64];
    int32_t count = 0;
    for (int32_t p = 0; p < city->profile_count && p < 64; p++) {
        names[count++] = city->profiles[p].name;
        if (strcmp(city->profiles[p].name, field->text) != 0) continue;
        vehicle->profile = p;
        return;
    }
    const char *near = text_nearest(names, count, field->text, field->length);
    table_complain(table, SEVERITY_ERROR, PROFILE,
                   near != NULL
                       ? _("the profile “%s” is not in city.json (network.profiles); did you mean “%s”?")
                       : _("the profile “%s” is not in city.json (network.profiles)"),
                   field->text, near);
}

static void read_days(struct table *table, struct city_vehicle *vehicle)
{
    const struct csv_field *field = table_field(table, DAYS);
    vehicle->weekdays = WEEK_ALL;
    if (field == NULL) return;
    const char *fault = text_weekdays(field->text, field->length, &vehicle->weekdays);
    if (fault != NULL) table_refuse(table, DAYS, fault);
}

static void read_vehicle(struct city_reader *reader, struct table *table, struct city_vehicle *vehicle)
{
    vehicle->depot = registry_find(&reader->depots, table, DEPOT_ID);
    const int32_t end = registry_find(&reader->depots, table, END_DEPOT_ID);
    vehicle->end_depot = end >= 0 ? end : vehicle->depot;
    read_compartments(reader, table, vehicle);
    read_shift(reader, table, vehicle);
    read_break(table, vehicle);
    vehicle->drivers = (int32_t)table_whole(table, DRIVERS, 1, CREW_MAX, 1);
    vehicle->loaders = (int32_t)table_whole(table, LOADERS, 0, CREW_MAX, 0);
    read_costs(table, vehicle);
    read_energy(reader, table, vehicle);
    read_profile(reader, table, vehicle);
    vehicle->tags = reader_tags(reader, table, TAGS, true);
    read_days(table, vehicle);
}

error_code city_read_vehicles(struct city_reader *reader, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct table table;
    struct {
        struct city_vehicle *items;
        int64_t count, capacity;
    } vehicles = {0};
    TRY(reader_open_table(reader, &spec, &table, error));
    reader->vehicles.complete = table.usable;
    while (table_next(&table)) {
        struct city_vehicle vehicle = {0};
        const int32_t number = registry_add(&reader->vehicles, &table, VEHICLE_ID, &vehicle.id);
        read_vehicle(reader, &table, &vehicle);
        if (number >= 0 && !array_push(&vehicles, vehicle)) table_exhausted(&table);
    }
    reader->vehicles.complete &= table.lost == 0;
    TRY(reader_close_table(reader, &spec, &table, error));
    TRY(reader_seal(reader, vehicles.items, vehicles.count, sizeof *vehicles.items, &reader->city->vehicles,
                    error));
    reader->city->vehicle_count = (int32_t)vehicles.count;
done:
    array_free(&vehicles);
    return rc;
}
