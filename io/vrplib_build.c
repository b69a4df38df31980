/* From what a VRPLIB file has said to the frozen instance. */
#include "io/vrplib_file.h"
#include "solver/base/message.h"

enum { NUMBER_TEXT_SIZE = 16 };

/* The matrix of distances, and its largest cell. */
static error_code build_travel(struct vrplib_file *file, struct travel *travel, int64_t *longest,
                               struct error *error)
{
    error_code rc = ERROR_NONE;
    const size_t n = (size_t)file->dimension;
    struct travel_matrix *matrix;
    int32_t *cells;
    *longest = 0;
    TRY_NEW(file->arena, matrix, 1);
    TRY_NEW(file->arena, cells, n * n);
    if (file->metric == NULL) vrplib_layout_fill(file->layout, file->dimension, file->weights.items, cells);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            if (file->metric != NULL && i != j) {
                const double distance =
                    file->metric->distance(file->x[i], file->y[i], file->x[j], file->y[j]);
                if (!(distance < TRAVEL_UNREACHABLE))
                    return error_at(error, ERROR_INPUT, file->in.file, 0, 0,
                                    _("nodes %zu and %zu are too far apart"), i + 1, j + 1);
                cells[i * n + j] = (int32_t)distance;
            }
            if (cells[i * n + j] > *longest) *longest = cells[i * n + j];
        }
    *matrix = (struct travel_matrix){cells, cells};
    *travel = (struct travel){file->dimension, 1, matrix};
done:
    return rc;
}

static int32_t fleet_size(const struct vrplib_file *file)
{
    const int32_t stops = file->dimension - 1;
    if (file->vehicles > 0 && file->vehicles < stops) return file->vehicles;
    if (file->metric == NULL || file->vehicles > 0) return stops;
    int64_t demand = 0;
    for (int32_t n = 0; n < file->dimension; n++) demand += file->demand[n];
    const int64_t pairs = 2 * demand / file->capacity + 1;
    return pairs < stops ? (int32_t)pairs : stops;
}

static error_code build_stops(struct vrplib_file *file, struct benchmark *benchmark, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct stop *stops;
    char text[NUMBER_TEXT_SIZE];
    TRY_NEW(file->arena, stops, file->dimension - 1);
    TRY_NEW(file->arena, benchmark->stop_ids, file->dimension - 1);
    TRY_NEW(file->arena, benchmark->site_ids, 0);
    int32_t s = 0;
    for (int32_t n = 0; n < file->dimension; n++) {
        if (n == file->depot) continue;
        stops[s] =
            (struct stop){.entry_place = n, .exit_place = n, .load_kg = file->demand[n], .mandatory = true};
        const int length = snprintf(text, sizeof text, "%d", (int)++s);
        benchmark->stop_ids[s - 1] = arena_text(file->arena, text, (size_t)length);
        if (benchmark->stop_ids[s - 1] == NULL) return error_memory(error);
    }
    benchmark->instance.stop_count = s;
    benchmark->instance.stops = stops;
done:
    return rc;
}

error_code vrplib_build(struct vrplib_file *file, struct benchmark *benchmark, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct instance *instance = &benchmark->instance;
    struct vehicle *vehicles;
    int64_t longest;
    *instance = (struct instance){.stream_count = 1};
    TRY(build_travel(file, &instance->travel, &longest, error));
    TRY(build_stops(file, benchmark, error));
    instance->vehicle_count = fleet_size(file);
    TRY_NEW(file->arena, vehicles, instance->vehicle_count);
    const money rate =
        benchmark_money_rate(longest, 2 * ((int64_t)instance->stop_count + instance->vehicle_count));
    for (int32_t v = 0; v < instance->vehicle_count; v++)
        vehicles[v] = (struct vehicle){.start_place = file->depot,
                                       .end_place = file->depot,
                                       .shift_end_s = TIME_MAX,
                                       .max_work_s = TIME_MAX,
                                       .break_after_s = TIME_MAX,
                                       .break_window = {0, TIME_MAX},
                                       .overtime_from_s = TIME_MAX,
                                       .compartment_count = 1,
                                       .compartments = {{1, file->capacity, file->capacity}},
                                       .home_takes_load = true,
                                       .cost_per_m = rate};
    instance->vehicles = vehicles;
    benchmark->distance_unit = 1;
    benchmark->cost_unit = rate;
    TRY(instance_validate(instance, error));
done:
    return rc;
}
