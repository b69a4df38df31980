/* benne matrix: travel times and distances between all places of a city, as a table or as JSON. */
#include "io/csv_write.h"
#include "io/json.h"
#include "scenarios/commands.h"
#include "scenarios/console.h"
#include "scenarios/night_work.h"
#include "solver/base/message.h"
#include "solver/network/city_travel.h"
#include "solver/network/travel_build.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static error_code find_profile(const struct command_call *call, const struct city *city, int32_t *profile,
                               struct error *error)
{
    const char *name = command_value(call, "profile");
    *profile = city->vehicle_count > 0 ? city->vehicles[0].profile : 0;
    if (name == NULL) return ERROR_NONE;
    for (int32_t p = 0; p < city->profile_count; p++) {
        if (strcmp(city->profiles[p].name, name) != 0) continue;
        *profile = p;
        return ERROR_NONE;
    }
    return error_set(error, ERROR_USAGE, _("--profile: the city has no profile “%s”"), name);
}

static error_code find_travel(const struct city *city, struct arena *arena, struct travel *travel,
                              struct error *error)
{
    error_code rc = ERROR_NONE;
    const int32_t count = city_place_count(city);
    int32_t *places;
    TRY_NEW(arena, places, count);
    for (int32_t p = 0; p < count; p++) places[p] = p;
    TRY(city_travel_between(city, places, count, arena, travel, error));
    if (travel->profiles[0].distance_m == NULL) TRY(travel_tabulate(travel, arena, error));
done:
    return rc;
}

/* from_id, to_id, distance_m, duration_s: what network.matrix reads. Pairs without a way are left out. */
static void write_csv(FILE *file, const struct city *city, const struct travel_matrix *matrix, int32_t count)
{
    struct csv_writer csv = csv_begin(file, "from_id,to_id,distance_m,duration_s");
    for (int32_t from = 0; from < count; from++)
        for (int32_t to = 0; to < count; to++) {
            const size_t at = (size_t)from * (size_t)count + (size_t)to;
            if (from == to || matrix->duration_s[at] >= TRAVEL_UNREACHABLE) continue;
            csv_text(&csv, city_place_id(city, from));
            csv_text(&csv, city_place_id(city, to));
            csv_integer(&csv, matrix->distance_m[at]);
            csv_integer(&csv, matrix->duration_s[at]);
            csv_end_row(&csv);
        }
}

static void write_rows(FILE *file, const char *name, const int32_t *cells, int32_t count)
{
    fprintf(file, "\"%s\":[", name);
    for (int32_t from = 0; from < count; from++) {
        fputs(from > 0 ? ",\n[" : "[", file);
        for (int32_t to = 0; to < count; to++) {
            const int32_t cell = cells[(size_t)from * (size_t)count + (size_t)to];
            if (to > 0) fputc(',', file);
            if (cell >= TRAVEL_UNREACHABLE)
                fputs("null", file);
            else
                fprintf(file, "%d", (int)cell);
        }
        fputc(']', file);
    }
    fputc(']', file);
}

static error_code write_places(FILE *file, const char *name, const struct city *city, int32_t count,
                               struct error *error)
{
    struct json *places = json_new_array();
    for (int32_t p = 0; p < count; p++) {
        const struct position position = city_place_position(city, p);
        struct json *place = json_new_object(), *location = json_new_array();
        json_put_string(place, "name", city_place_id(city, p));
        json_put_number(location, NULL, position.lon);
        json_put_number(location, NULL, position.lat);
        json_put(place, "location", location);
        json_put(places, NULL, place);
    }
    char *text = json_print(places, false);
    json_free(places);
    if (text == NULL) return error_memory(error);
    fprintf(file, "\"%s\":%s", name, text);
    free(text);
    return ERROR_NONE;
}

/* The answer of a /table request to OSRM; null where there is no way. */
static error_code write_json(FILE *file, const struct city *city, const struct travel_matrix *matrix,
                             int32_t count, struct error *error)
{
    error_code rc = ERROR_NONE;
    fputs("{\"code\":\"Ok\",\n", file);
    TRY(write_places(file, "sources", city, count, error));
    fputs(",\n", file);
    TRY(write_places(file, "destinations", city, count, error));
    fputs(",\n", file);
    write_rows(file, "durations", matrix->duration_s, count);
    fputs(",\n", file);
    write_rows(file, "distances", matrix->distance_m, count);
    fputs("}\n", file);
done:
    return rc;
}

static error_code write_matrix(const struct command_call *call, const struct city *city,
                               const struct travel_matrix *matrix, struct error *error)
{
    error_code rc = ERROR_NONE;
    const char *path = call->options.output;
    FILE *file = path == NULL ? stdout : fopen(path, "w");
    if (file == NULL) return error_at(error, ERROR_FILE, path, 0, 0, "%s", strerror(errno));
    if (call->options.json)
        rc = write_json(file, city, matrix, city_place_count(city), error);
    else
        write_csv(file, city, matrix, city_place_count(city));
    const bool failed = fflush(file) != 0 || ferror(file) != 0;
    const bool closed = path == NULL || fclose(file) == 0;
    if (rc == ERROR_NONE && (failed || !closed))
        rc = error_at(error, ERROR_FILE, path == NULL ? "stdout" : path, 0, 0, "%s", strerror(errno));
    return rc;
}

static error_code matrix_command(const struct command_call *call, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct night_work work;
    struct travel travel;
    int32_t profile;
    night_work_init(&work, NULL);
    TRY(night_read(&work, call->operands[0], &call->options, error));
    TRY(find_profile(call, &work.city, &profile, error));
    TRY(find_travel(&work.city, &work.arena, &travel, error));
    TRY(write_matrix(call, &work.city, &travel.profiles[profile], error));
done:
    night_work_free(&work);
    return rc;
}

static const struct command_option OPTIONS[] = {
    {"profile", N_("NAME"), N_("of city.json (default: that of the first vehicle)")}, {0}};

static const char *const EXAMPLES[] = {"benne matrix scenarios/exemple -o matrix.csv",
                                       "benne matrix scenarios/exemple --json | head -c 300", NULL};

const struct command MATRIX_COMMAND = {
    .name = "matrix",
    .summary = N_("travel times and distances between all places of a city"),
    .operands = "CITY",
    .operand_min = 1,
    .operand_max = 1,
    .takes = TAKES_OUTPUT | TAKES_THREADS | TAKES_JSON,
    .own = OPTIONS,
    .output_help = N_("the file written (default: the standard output)"),
    .help =
        N_("Depots, disposal sites and bins, in seconds and metres: by the roads of the extract that\n"
           "city.json names, by its matrix, or by straight lines. As CSV it is what network.matrix reads;\n"
           "with --json it has the form of OSRM's table service, null where there is no way."),
    .examples = EXAMPLES,
    .run = matrix_command,
};
