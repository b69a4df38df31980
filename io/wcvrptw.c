#include "io/wcvrptw.h"

#include "io/fields.h"
#include "solver/base/array.h"
#include "solver/base/ids.h"
#include "solver/base/message.h"

#include <math.h>
#include <stdlib.h>

enum {
    FEET_PER_MILE = 5280,
    HOUR_S = 3600,
    DAY_END_S = 24 * HOUR_S,
    LUNCH_OPEN_S = 11 * HOUR_S,
    LUNCH_CLOSE_S = 12 * HOUR_S,
    VEHICLE_MILES = 1000, /* what a vehicle weighs beside distance */
    LOAD_PARTS = 1000,    /* thousandths of a yard */
    LEG_MAX = 900000000,  /* in the unit of distance, under TRAVEL_UNREACHABLE */
    COORDINATE_MAX = 1000000000
};

typedef enum row_type { ROW_DEPOT, ROW_STOP, ROW_SITE, ROW_TYPE_COUNT } row_type;

struct row {
    const char *id;
    double x, y; /* feet */
    int32_t open_s, close_s, service_s;
    int64_t load; /* thousandths of a yard */
    row_type type;
};

/* The five header numbers, in the order of the file. */
enum { HEAD_CAPACITY, HEAD_DAY_YARDS, HEAD_DAY_STOPS, HEAD_LUNCH_S, HEAD_SPEED, HEAD_COUNT };

struct wcvrptw_file {
    struct fields in;
    struct arena *arena;
    struct ids ids;
    double head[HEAD_COUNT];
    struct {
        struct row *items;
        int64_t count, capacity;
    } rows;
    int32_t counts[ROW_TYPE_COUNT], unloaded_stops; /* by type; stops whose load is 0 */
    int64_t depot;                                  /* row of the first one */
    int64_t load;                                   /* all stops */
    int32_t scale;                                  /* units of distance in a foot */
};

static bool read_head(struct wcvrptw_file *file);
static error_code read_row(struct wcvrptw_file *file, struct error *error);
static void judge_whole(struct wcvrptw_file *file);
static error_code build(struct wcvrptw_file *file, struct benchmark *benchmark, struct error *error);

error_code wcvrptw_read(const char *name, const char *text, size_t length, struct arena *arena,
                        struct benchmark *benchmark, struct diagnostics *diagnostics, struct error *error)
{
    error_code rc = ERROR_NONE;
    const int64_t errors_before = diagnostics->errors;
    struct wcvrptw_file file = {.arena = arena};
    fields_begin(&file.in, name, text, length, diagnostics);
    ids_init(&file.ids, arena);
    if (read_head(&file)) {
        while (fields_line(&file.in)) TRY(read_row(&file, error));
        judge_whole(&file);
    }
    if (diagnostics->errors > errors_before) {
        rc = error_set(error, ERROR_INPUT, _("%s cannot be read"), name);
        goto done;
    }
    TRY(build(&file, benchmark, error));
done:
    ids_free(&file.ids);
    array_free(&file.rows);
    return rc;
}

static void complain(struct wcvrptw_file *file, const struct field *field, const char *sentence)
{
    fields_complain(&file->in, field, SEVERITY_ERROR, "%s", sentence);
}

/* ---- The header ---- */

static const struct {
    const char *expected;
    double least, most;
    bool whole;
} HEAD[HEAD_COUNT] = {
    [HEAD_CAPACITY] = {N_("the vehicles' capacity was expected: a number of yards"), 0.001, 1e6, false},
    [HEAD_DAY_YARDS] = {N_("the yards a vehicle may collect a day were expected"), 0.001, 1e6, false},
    [HEAD_DAY_STOPS] = {N_("the stops a vehicle may make a day were expected: 1 or more"), 1, 1e6, true},
    [HEAD_LUNCH_S] = {N_("the duration of lunch was expected: a whole number of seconds"), 0, DAY_END_S,
                      true},
    [HEAD_SPEED] = {N_("the speed was expected: miles per hour"), 0.1, 1000, false},
};

/* False when the file ends in it: nothing more is then read. */
static bool read_head(struct wcvrptw_file *file)
{
    struct field field;
    for (int32_t h = 0; h < HEAD_COUNT; h++) {
        double *value = &file->head[h];
        if (!fields_line(&file->in)) {
            fields_complain_whole(&file->in, SEVERITY_ERROR, "%s", _(HEAD[h].expected));
            return false;
        }
        const bool found = fields_next(&file->in, &field) && field_number(&field, value);
        if (!found || *value < HEAD[h].least || *value > HEAD[h].most ||
            (HEAD[h].whole && *value != floor(*value)))
            complain(file, &field, _(HEAD[h].expected));
    }
    double number;
    if (!fields_line(&file->in) || !fields_next(&file->in, &field) || field_number(&field, &number))
        fields_complain_whole(&file->in, SEVERITY_ERROR, "%s",
                              _("the line of column names was expected after the header"));
    return true;
}

/* ---- Rows ---- */

static bool take_number(struct wcvrptw_file *file, double least, double most, const char *expected,
                        double *value)
{
    struct field field;
    const bool found = fields_next(&file->in, &field);
    if (found && field_number(&field, value) && *value >= least && *value <= most) return true;
    complain(file, found ? &field : NULL, expected);
    return false;
}

/* HHMM, up to 2400. */
static bool take_time(struct wcvrptw_file *file, bool closing, int32_t *second)
{
    struct field field;
    int64_t hhmm;
    const bool found = fields_next(&file->in, &field);
    if (!found || !field_whole(&field, &hhmm) || hhmm < 0 || hhmm > 2400) {
        complain(file, found ? &field : NULL, _("a time was expected: HHMM from 0000 to 2400"));
        return false;
    }
    const int32_t hours = (int32_t)(hhmm / 100), minutes = (int32_t)(hhmm % 100);
    const bool hundredths = minutes >= 60 && closing;
    *second = hours * HOUR_S + minutes * (hundredths ? HOUR_S / 100 : 60);
    if (*second > DAY_END_S) *second = DAY_END_S;
    if (minutes >= 60)
        fields_complain(
            &file->in, &field, SEVERITY_NOTE,
            _("%d minutes: taken as %02d:%02d, so that plans hold both as hundredths of an hour and "
              "as an overflow of minutes"),
            (int)minutes, (int)(*second / HOUR_S), (int)(*second % HOUR_S / 60));
    return true;
}

static error_code take_id(struct wcvrptw_file *file, struct row *row, bool *right, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct field field;
    int32_t number;
    bool added;
    fields_next(&file->in, &field); /* the line holds a field */
    TRY(ids_add(&file->ids, field.text, field.length, &number, &added, error));
    if (!added) complain(file, &field, _("this id is in the file already"));
    *right = added;
    row->id = file->ids.names[number];
done:
    return rc;
}

/* The rest of a row, in the order of the columns. */
static bool take_values(struct wcvrptw_file *file, struct row *row)
{
    double service_s, load, type;
    struct field extra;
    const char *coordinate = _("a coordinate in feet was expected");
    if (!take_number(file, -COORDINATE_MAX, COORDINATE_MAX, coordinate, &row->x) ||
        !take_number(file, -COORDINATE_MAX, COORDINATE_MAX, coordinate, &row->y) ||
        !take_time(file, false, &row->open_s) || !take_time(file, true, &row->close_s) ||
        !take_number(file, 0, DAY_END_S, _("a service time was expected: seconds"), &service_s) ||
        !take_number(file, 0, 1e6, _("a load was expected: a number of yards"), &load) ||
        !take_number(file, 0, ROW_TYPE_COUNT - 1, _("a type was expected: 0 depot, 1 stop, 2 disposal site"),
                     &type))
        return false;
    if (fields_next(&file->in, &extra)) {
        complain(file, &extra, _("the line is too long: nothing more was expected"));
        return false;
    }
    if (row->close_s < row->open_s) {
        complain(file, NULL, _("it closes before it opens"));
        return false;
    }
    if (type != floor(type)) {
        complain(file, NULL, _("a type was expected: 0 depot, 1 stop, 2 disposal site"));
        return false;
    }
    row->service_s = (int32_t)ceil(service_s);
    row->load = (int64_t)ceil(load * LOAD_PARTS - 1e-6); /* exact to three decimals, else rounded up */
    row->type = (row_type)type;
    return true;
}

static error_code read_row(struct wcvrptw_file *file, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct row row = {0};
    bool right;
    if (file->rows.count >= WCVRPTW_ROWS_MAX)
        return error_at(error, ERROR_INPUT, file->in.file, file->in.number, 0, _("more than %d rows"),
                        WCVRPTW_ROWS_MAX);
    TRY(take_id(file, &row, &right, error));
    if (!take_values(file, &row) || !right) goto done;
    if (row.type == ROW_DEPOT && file->counts[ROW_DEPOT] == 0) file->depot = file->rows.count;
    if (row.type == ROW_DEPOT && file->counts[ROW_DEPOT] > 0)
        complain(file, NULL, _("a second depot: one was expected"));
    if (row.type == ROW_STOP) {
        file->load += row.load;
        file->unloaded_stops += row.load == 0;
        if (row.load > (int64_t)floor(file->head[HEAD_CAPACITY] * LOAD_PARTS))
            fields_complain(&file->in, NULL, SEVERITY_WARNING, "%s",
                            _("this stop has more than a vehicle holds: it cannot be served"));
    }
    file->counts[row.type]++;
    if (!array_push(&file->rows, row)) rc = error_memory(error);
done:
    return rc;
}

/* The finest unit of distance under which the longest leg fits in 32 bits. */
static void choose_scale(struct wcvrptw_file *file)
{
    const struct row *rows = file->rows.items;
    double low_x = rows[0].x, high_x = low_x, low_y = rows[0].y, high_y = low_y;
    for (int64_t r = 1; r < file->rows.count; r++) {
        low_x = fmin(low_x, rows[r].x);
        high_x = fmax(high_x, rows[r].x);
        low_y = fmin(low_y, rows[r].y);
        high_y = fmax(high_y, rows[r].y);
    }
    const double feet = high_x - low_x + high_y - low_y;
    for (file->scale = 100; file->scale > 1 && feet * file->scale > LEG_MAX;) file->scale /= 10;
    if (feet > LEG_MAX || feet * HOUR_S / (FEET_PER_MILE * file->head[HEAD_SPEED]) > DAY_END_S)
        fields_complain_whole(&file->in, SEVERITY_ERROR, "%s", _("the places are more than a day apart"));
}

static void judge_whole(struct wcvrptw_file *file)
{
    if (file->counts[ROW_DEPOT] == 0)
        fields_complain_whole(&file->in, SEVERITY_ERROR, "%s", _("no row is a depot (type 0)"));
    if (file->counts[ROW_STOP] == 0)
        fields_complain_whole(&file->in, SEVERITY_ERROR, "%s", _("no row is a stop (type 1)"));
    if (file->counts[ROW_SITE] == 0)
        fields_complain_whole(&file->in, SEVERITY_ERROR, "%s", _("no row is a disposal site (type 2)"));
    if (file->rows.count > 0) choose_scale(file);
}

/* ---- The instance ---- */

static error_code build_travel(struct wcvrptw_file *file, struct travel *travel, struct error *error)
{
    error_code rc = ERROR_NONE;
    const size_t n = (size_t)file->rows.count;
    const double seconds_a_unit = HOUR_S / (FEET_PER_MILE * file->head[HEAD_SPEED] * file->scale);
    const double nothing = 1e-9; /* a whole number of seconds stays one */
    struct travel_matrix *matrix;
    int32_t *distance, *duration;
    int64_t *x, *y;
    TRY_NEW(file->arena, matrix, 1);
    TRY_NEW(file->arena, distance, n * n);
    TRY_NEW(file->arena, duration, n * n);
    TRY_NEW(file->arena, x, n);
    TRY_NEW(file->arena, y, n);
    for (size_t i = 0; i < n; i++) {
        x[i] = llround(file->rows.items[i].x * file->scale);
        y[i] = llround(file->rows.items[i].y * file->scale);
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            const int64_t units = llabs(x[i] - x[j]) + llabs(y[i] - y[j]);
            distance[i * n + j] = (int32_t)units;
            duration[i * n + j] = (int32_t)fmax(0, ceil((double)units * seconds_a_unit - nothing));
        }
    *matrix = (struct travel_matrix){distance, duration};
    *travel = (struct travel){.place_count = (int32_t)n, .profile_count = 1, .profiles = matrix};
done:
    return rc;
}

/* Adds the window of a row; a whole day is none. */
static int32_t add_window(const struct row *row, struct time_window *windows, int32_t *count)
{
    if (row->open_s == 0 && row->close_s == DAY_END_S) return 0;
    windows[(*count)++] = (struct time_window){row->open_s, row->close_s};
    return 1;
}

static error_code build_places(struct wcvrptw_file *file, struct benchmark *benchmark, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct instance *instance = &benchmark->instance;
    struct stop *stops;
    struct site *sites;
    struct time_window *windows;
    TRY_NEW(file->arena, stops, file->counts[ROW_STOP]);
    TRY_NEW(file->arena, sites, file->counts[ROW_SITE]);
    TRY_NEW(file->arena, windows, file->rows.count);
    TRY_NEW(file->arena, benchmark->stop_ids, file->counts[ROW_STOP]);
    TRY_NEW(file->arena, benchmark->site_ids, file->counts[ROW_SITE]);
    for (int32_t place = 0; place < file->rows.count; place++) {
        const struct row *row = &file->rows.items[place];
        const int32_t first = instance->window_count;
        if (row->type == ROW_STOP) {
            benchmark->stop_ids[instance->stop_count] = row->id;
            stops[instance->stop_count++] =
                (struct stop){.entry_place = place,
                              .exit_place = place,
                              .service_s = row->service_s,
                              .load_l = row->load == 0 ? 1 : row->load * (file->unloaded_stops + 1),
                              .window_first = first,
                              .window_count = add_window(row, windows, &instance->window_count),
                              .mandatory = true};
        } else if (row->type == ROW_SITE) {
            benchmark->site_ids[instance->site_count] = row->id;
            sites[instance->site_count++] =
                (struct site){.place = place,
                              .streams = 1,
                              .unload_s = row->service_s,
                              .window_first = first,
                              .window_count = add_window(row, windows, &instance->window_count)};
        }
    }
    instance->stops = stops;
    instance->sites = sites;
    instance->windows = windows;
done:
    return rc;
}

/* A limit in yards, in the unit of the loads. */
static int64_t limit_l(const struct wcvrptw_file *file, double yards)
{
    return (int64_t)floor(yards * LOAD_PARTS + 1e-6) * (file->unloaded_stops + 1) + file->unloaded_stops;
}

static int32_t fleet_size(const struct wcvrptw_file *file)
{
    const int32_t stops = file->counts[ROW_STOP];
    const double days = (double)file->load / (file->head[HEAD_DAY_YARDS] * LOAD_PARTS);
    const int32_t size = 20 + stops / 10; /* of at most 10000 rows */
    return days < stops ? (int32_t)fmin(stops, size + 2 * ceil(days)) : stops;
}

static error_code build(struct wcvrptw_file *file, struct benchmark *benchmark, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct instance *instance = &benchmark->instance;
    struct vehicle *vehicles;
    *instance = (struct instance){.stream_count = 1};
    TRY(build_travel(file, &instance->travel, error));
    TRY(build_places(file, benchmark, error));
    instance->vehicle_count = fleet_size(file);
    TRY_NEW(file->arena, vehicles, instance->vehicle_count);
    const struct row *depot = &file->rows.items[file->depot];
    const int64_t capacity_l = limit_l(file, file->head[HEAD_CAPACITY]);
    benchmark->load_unit = (int64_t)LOAD_PARTS * (file->unloaded_stops + 1);
    benchmark->distance_unit = (int64_t)FEET_PER_MILE * file->scale;
    const money rate = MONEY_UNIT / benchmark->distance_unit; /* a mile is nearly one unit of money */
    benchmark->cost_unit = rate * benchmark->distance_unit;
    for (int32_t v = 0; v < instance->vehicle_count; v++)
        vehicles[v] = (struct vehicle){.start_place = (int32_t)file->depot,
                                       .end_place = (int32_t)file->depot,
                                       .shift_start_s = depot->open_s,
                                       .shift_end_s = depot->close_s,
                                       .max_work_s = TIME_MAX,
                                       .break_s = (int32_t)file->head[HEAD_LUNCH_S],
                                       .break_after_s = TIME_MAX,
                                       .break_window = {LUNCH_OPEN_S, LUNCH_CLOSE_S},
                                       .overtime_from_s = TIME_MAX,
                                       .compartment_count = 1,
                                       .compartments = {{1, capacity_l, capacity_l}},
                                       .max_stops = (int32_t)file->head[HEAD_DAY_STOPS],
                                       .max_load_l = limit_l(file, file->head[HEAD_DAY_YARDS]),
                                       .fixed_cost = VEHICLE_MILES * benchmark->cost_unit,
                                       .cost_per_m = rate};
    instance->vehicles = vehicles;
    TRY(instance_validate(instance, error));
done:
    return rc;
}

/* ---- The family ---- */

/* Its files begin with five numbers, one a line, and a line of names the first of which is Stop_ID. */
static bool recognises(const char *text, size_t length)
{
    struct fields in;
    struct field field;
    double number;
    fields_begin(&in, "", text, length, NULL); /* nothing will be complained of */
    bool known = true;
    for (int32_t h = 0; h < HEAD_COUNT && known; h++)
        known = fields_line(&in) && fields_next(&in, &field) && field_number(&field, &number);
    known = known && fields_line(&in) && fields_next(&in, &field) && field_is(&field, "Stop_ID");
    return known;
}

const struct benchmark_family WCVRPTW_FAMILY = {.name = "wcvrptw",
                                                .recognises = recognises,
                                                .read = wcvrptw_read,
                                                .cost = benchmark_distance,
                                                .cost_decimals = 3};
