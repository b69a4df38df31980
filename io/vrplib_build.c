/* From what a VRPLIB file has said to the frozen instance. */
#include "io/vrplib_file.h"
#include "solver/base/message.h"
#include "solver/network/travel_build.h"

#include <math.h>
#include <string.h>

/* Nodes beyond which straight legs are computed, not looked up: a matrix that the nearer caches do not hold
 * is slower than a square root (search rounds a second: 10 % at 400 nodes, 30 % at 1,000). */
enum { STRAIGHT_FROM = 250 };

enum { NUMBER_TEXT_SIZE = 16 };

/* What is being built, and in which units. */
struct builder {
    struct vrplib_file *file;
    const struct vrplib_problem *problem;
    struct benchmark *benchmark;
    struct time_window *windows;
    int64_t longest; /* leg */
    money rate;      /* of one unit of the instance's distance, where the unit cost is 1 */
};

/* ---- Travel ---- */

static double leg(const struct vrplib_file *file, const struct vrplib_problem *problem, size_t i, size_t j)
{
    const struct vrplib_metric *metric = file->metric;
    if (metric->exact == NULL)
        return problem->scale * metric->distance(file->x[i], file->y[i], file->x[j], file->y[j]);
    const double scaled = problem->scale * metric->exact(file->x[i], file->y[i], file->x[j], file->y[j]);
    return floor(problem->truncates ? scaled : scaled + 0.5);
}

/* Straight lines as the solver computes them; false for other metrics, and for written distances. */
static bool straight_rate(const struct vrplib_file *file, const struct vrplib_problem *problem,
                          struct travel_rate *rate)
{
    const char *name = file->metric == NULL ? "" : file->metric->name;
    const bool nearest_or_down = strcmp(name, "EUC_2D") == 0;
    const bool up = strcmp(name, "CEIL_2D") == 0 && problem->scale == 1;
    *rate = travel_rate(problem->scale, up ? TRAVEL_UP : problem->truncates ? TRAVEL_DOWN : TRAVEL_NEAREST);
    return nearest_or_down || up;
}

/* Without a matrix in the file; the longest leg is a bound. */
static error_code build_points(struct vrplib_file *file, struct travel_rate rate, struct travel *travel,
                               int64_t *longest, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct travel_point *points;
    struct travel_rates *rates;
    TRY_NEW(file->arena, points, file->dimension);
    TRY_NEW(file->arena, rates, 1);
    *rates = (struct travel_rates){rate, rate};
    for (int32_t n = 0; n < file->dimension; n++)
        points[n] = (struct travel_point){file->x[n], file->y[n], 0};
    rc = travel_from_points(points, file->dimension, 0, rates, 1, file->arena, travel, error);
    if (rc == ERROR_NETWORK)
        rc = error_at(error, ERROR_INPUT, file->in.file, 0, 0, _("the nodes are too far apart"));
    if (rc != ERROR_NONE) goto done;
    *longest = (int64_t)travel_longest(travel, rate);
    if (file->dimension <= TRAVEL_TABLE_MAX) TRY(travel_tabulate(travel, file->arena, error));
done:
    return rc;
}

/* The matrix of distances, and its largest cell. */
static error_code build_matrix(struct vrplib_file *file, const struct vrplib_problem *problem,
                               struct travel *travel, int64_t *longest, struct error *error)
{
    error_code rc = ERROR_NONE;
    const size_t n = (size_t)file->dimension;
    struct travel_matrix *matrix;
    int32_t *cells;
    TRY_NEW(file->arena, matrix, 1);
    TRY_NEW(file->arena, cells, n * n);
    if (file->metric == NULL) vrplib_layout_fill(file->layout, file->dimension, file->weights.items, cells);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            double distance = (double)cells[i * n + j] * problem->scale;
            if (file->metric != NULL && i != j) distance = leg(file, problem, i, j);
            if (!(distance < TRAVEL_UNREACHABLE))
                return error_at(error, ERROR_INPUT, file->in.file, 0, 0,
                                _("nodes %zu and %zu are too far apart"), i + 1, j + 1);
            cells[i * n + j] = (int32_t)distance;
            if (cells[i * n + j] > *longest) *longest = cells[i * n + j];
        }
    *matrix = (struct travel_matrix){cells, cells};
    *travel = (struct travel){.place_count = file->dimension, .profile_count = 1, .profiles = matrix};
done:
    return rc;
}

static error_code build_travel(struct vrplib_file *file, const struct vrplib_problem *problem,
                               struct travel *travel, int64_t *longest, struct error *error)
{
    struct travel_rate rate;
    *longest = 0;
    if (file->dimension > STRAIGHT_FROM && straight_rate(file, problem, &rate))
        return build_points(file, rate, travel, longest, error);
    if (file->dimension > TRAVEL_PLACES_MAX)
        return error_at(error, ERROR_INPUT, file->in.file, 0, 0,
                        _("%d nodes: with distances that are no straight lines %d at most are read"),
                        file->dimension, TRAVEL_PLACES_MAX);
    return build_matrix(file, problem, travel, longest, error);
}

/* ---- Times and money ---- */

/* A time or a distance of the file in the instance's unit; beyond TIME_MAX it is TIME_MAX, no limit. */
static int32_t scaled(const struct builder *b, vrplib_quantity quantity, int32_t row)
{
    const double value = vrplib_value(b->file, quantity, row) * b->problem->scale;
    return value < TIME_MAX ? (int32_t)floor(value + 0.5) : TIME_MAX;
}

static double largest(const struct builder *b, vrplib_quantity quantity, int32_t count)
{
    double value = 0;
    for (int32_t row = 0; row < count; row++) value = fmax(value, vrplib_value(b->file, quantity, row));
    return value;
}

static int32_t described_vehicles(const struct vrplib_file *file)
{
    for (int32_t q = 0; q < VRPLIB_QUANTITY_COUNT; q++)
        if (vrplib_is_of_vehicles((vrplib_quantity)q) && file->columns[q].rows != NULL) return file->vehicles;
    return 0;
}

/* The largest power of ten under which neither distances, nor fixed costs, nor prizes overflow. */
static void choose_rate(struct builder *b)
{
    const struct vrplib_file *file = b->file;
    const int32_t described = described_vehicles(file), vehicles = b->benchmark->instance.vehicle_count;
    const double unit = largest(b, UNIT_COST, described > 0 ? described : 1);
    const double fixed = largest(b, FIXED_COST, described > 0 ? described : 1) * b->problem->scale;
    const double prize = largest(b, PRIZE, file->dimension) * b->problem->scale;
    const int64_t legs = 2 * ((int64_t)file->dimension + vehicles);
    b->rate = benchmark_money_rate((int64_t)unit * (b->longest > 0 ? b->longest : 1), legs);
    const money others[] = {benchmark_money_rate((int64_t)ceil(fixed), vehicles),
                            benchmark_money_rate((int64_t)ceil(prize), file->dimension)};
    for (size_t o = 0; o < sizeof others / sizeof *others; o++)
        if (others[o] < b->rate) b->rate = others[o];
}

/* ---- Places ---- */

static error_code name_stop(struct builder *b, int32_t stop, int32_t number, struct error *error)
{
    char text[NUMBER_TEXT_SIZE];
    const int length = snprintf(text, sizeof text, "%d", (int)number);
    b->benchmark->stop_ids[stop] = arena_text(b->file->arena, text, (size_t)length);
    return b->benchmark->stop_ids[stop] == NULL ? error_memory(error) : ERROR_NONE;
}

/* Adds the window of a node; one that never binds is none. */
static int32_t add_window(struct builder *b, int32_t node)
{
    const struct time_window window = {scaled(b, WINDOW_OPEN, node), scaled(b, WINDOW_CLOSE, node)};
    if (window.open_s == 0 && window.close_s == TIME_MAX) return 0;
    b->windows[b->benchmark->instance.window_count++] = window;
    return 1;
}

/* With one depot stops are counted; with several they have the number of their node, from 0. */
static error_code build_stops(struct builder *b, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct vrplib_file *file = b->file;
    struct instance *instance = &b->benchmark->instance;
    const bool is_optional = vrplib_has(file, PRIZE);
    struct stop *stops;
    TRY_NEW(file->arena, b->windows, file->dimension);
    TRY_NEW(file->arena, stops, file->dimension);
    TRY_NEW(file->arena, b->benchmark->stop_ids, file->dimension);
    for (int32_t n = 0; n < file->dimension; n++) {
        if (file->is_depot[n]) continue;
        const int32_t first = instance->window_count, s = instance->stop_count++;
        const double prize = vrplib_value(file, PRIZE, n) * b->problem->scale;
        stops[s] = (struct stop){.entry_place = n,
                                 .exit_place = n,
                                 .service_s = scaled(b, SERVICE_TIME, n),
                                 .release_s = scaled(b, RELEASE_TIME, n),
                                 .load_kg = (int64_t)vrplib_value(file, DEMAND, n),
                                 .window_first = first,
                                 .window_count = add_window(b, n),
                                 .mandatory = !is_optional,
                                 .prize = (money)floor(prize * (double)b->rate + 0.5)};
        TRY(name_stop(b, s, file->depot_count > 1 ? n : s + 1, error));
    }
    instance->stops = stops;
    instance->windows = b->windows;
done:
    return rc;
}

/* The depots where a truck may unload between two trips, in no time. */
static error_code build_sites(struct builder *b, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct vrplib_file *file = b->file;
    struct instance *instance = &b->benchmark->instance;
    struct site *sites;
    TRY_NEW(file->arena, sites, file->depot_count);
    TRY_NEW(file->arena, b->benchmark->site_ids, file->depot_count);
    for (int32_t n = 0; file->reloads != NULL && n < file->dimension; n++) {
        if (file->reloads[n] == 0) continue;
        char text[NUMBER_TEXT_SIZE];
        const int length = snprintf(text, sizeof text, "%d", file->depot_count > 1 ? (int)n : 0);
        const char *id = arena_text(file->arena, text, (size_t)length);
        if (id == NULL) return error_memory(error);
        b->benchmark->site_ids[instance->site_count] = id;
        sites[instance->site_count++] = (struct site){.place = n, .streams = 1};
    }
    instance->sites = sites;
done:
    return rc;
}

/* ---- Vehicles ---- */

/* As many as the file says, and no more than stops where they are all alike. A free fleet: see vrplib.h. */
static int32_t fleet_size(const struct vrplib_file *file)
{
    const int32_t stops = file->dimension - file->depot_count;
    if (described_vehicles(file) > 0) return file->vehicles;
    if (file->vehicles > 0 && file->vehicles < stops) return file->vehicles;
    const bool routes_join = file->metric != NULL && !vrplib_has(file, WINDOW_OPEN) &&
                             !vrplib_has(file, MAX_DURATION) && !vrplib_has(file, MAX_DISTANCE) &&
                             !vrplib_has(file, RELEASE_TIME);
    if (!routes_join || file->vehicles > 0) return stops;
    double demand = 0;
    for (int32_t n = 0; n < file->dimension; n++) demand += vrplib_value(file, DEMAND, n);
    const double pairs = 2 * floor(demand / vrplib_value(file, CAPACITY, 0)) + 1;
    return pairs < stops ? (int32_t)pairs : stops;
}

static struct vehicle vehicle_of(const struct builder *b, int32_t v)
{
    const struct vrplib_file *file = b->file;
    const int64_t capacity = (int64_t)vrplib_value(file, CAPACITY, v);
    const int32_t depot =
        vrplib_has(file, START_DEPOT) ? (int32_t)vrplib_value(file, START_DEPOT, v) - 1 : file->depot;
    const int64_t fixed = (int64_t)vrplib_value(file, FIXED_COST, v) * b->problem->scale;
    const int32_t max_distance = scaled(b, MAX_DISTANCE, v);
    return (struct vehicle){.start_place = depot,
                            .end_place = depot,
                            .shift_start_s = scaled(b, WINDOW_OPEN, depot),
                            .shift_end_s = scaled(b, WINDOW_CLOSE, depot),
                            .max_work_s = scaled(b, MAX_DURATION, v),
                            .break_after_s = TIME_MAX,
                            .break_window = {0, TIME_MAX},
                            .overtime_from_s = TIME_MAX,
                            .compartment_count = 1,
                            .compartments = {{1, capacity, capacity}},
                            .home_takes_load = true,
                            .max_distance_m = max_distance < TIME_MAX ? max_distance : 0,
                            .fixed_cost = fixed * b->rate,
                            .cost_per_m = (money)vrplib_value(file, UNIT_COST, v) * b->rate};
}

/* ---- The whole ---- */

static error_code keep_places(struct builder *b, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct vrplib_places *places;
    if (b->file->metric == NULL || b->file->metric->exact == NULL) return ERROR_NONE;
    TRY_NEW(b->file->arena, places, 1);
    *places = (struct vrplib_places){b->file->x, b->file->y, b->file->metric->exact};
    b->benchmark->detail = places;
done:
    return rc;
}

error_code vrplib_build(struct vrplib_file *file, const struct vrplib_problem *problem,
                        struct benchmark *benchmark, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct builder b = {.file = file, .problem = problem, .benchmark = benchmark};
    struct instance *instance = &benchmark->instance;
    struct vehicle *vehicles;
    *instance = (struct instance){.stream_count = 1};
    TRY(build_travel(file, problem, &instance->travel, &b.longest, error));
    instance->vehicle_count = fleet_size(file);
    choose_rate(&b);
    TRY(build_stops(&b, error));
    TRY(build_sites(&b, error));
    TRY_NEW(file->arena, vehicles, instance->vehicle_count);
    for (int32_t v = 0; v < instance->vehicle_count; v++) vehicles[v] = vehicle_of(&b, v);
    instance->vehicles = vehicles;
    TRY(keep_places(&b, error));
    benchmark->family = &problem->family;
    benchmark->distance_unit = problem->published;
    benchmark->time_unit = problem->scale;
    benchmark->cost_unit = b.rate * problem->published * problem->cost_parts;
    TRY(instance_validate(instance, error));
done:
    return rc;
}
