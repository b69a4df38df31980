/* Travel between the locations of a VROOM problem: from its matrices, or in straight lines. */
#include "io/vroom_file.h"

#include "solver/base/message.h"
#include "solver/network/travel_build.h"

#include <math.h>
#include <string.h>

enum { KEY_SIZE = 128 };

/* A town's traffic, where the file says nothing: roads a third longer than the straight line. */
static const struct travel_profile ORDINARY = {"car", 30, 1.3};

/* Which locations are rows of the matrices, and the first row asked for that may not be there. */
struct rows {
    int32_t *location_of; /* by row; -1: not used */
    int32_t count;
};

static void complain_index(struct vroom_reader *reader, const struct json *value, const char *list,
                           int32_t number, const char *key, int32_t rows)
{
    snprintf(reader->path, sizeof reader->path, "%s[%d]", list, (int)number);
    vroom_complain(reader, SEVERITY_ERROR, json_get(value, key), key,
                   _("the matrices have %d rows, counted from 0"), (int)rows);
    reader->path[0] = '\0';
}

/* Rows by location; false, and complaints, when places lie outside the matrix. */
static error_code map_rows(struct vroom_reader *reader, int32_t count, struct rows *rows, bool *right,
                           struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct vroom *vroom = reader->vroom;
    *right = true;
    rows->count = count;
    TRY_NEW(reader->arena, rows->location_of, count + 1);
    for (int32_t r = 0; r < count; r++) rows->location_of[r] = -1;
    for (int32_t l = 0; l < vroom->location_count; l++)
        if (vroom->spots[l].index < count)
            rows->location_of[vroom->spots[l].index] = l;
        else
            *right = false;
    if (*right) goto done;
    for (int32_t j = 0; j < vroom->job_count; j++)
        if (vroom->jobs[j].spot.index >= count)
            complain_index(reader, vroom->jobs[j].value, "jobs", j, "location_index", count);
    for (int32_t v = 0; v < vroom->vehicle_count; v++) {
        const struct vroom_vehicle *vehicle = &vroom->vehicles[v];
        if (vehicle->start.indexed && vehicle->start.index >= count)
            complain_index(reader, vehicle->value, "vehicles", v, "start_index", count);
        if (vehicle->end.indexed && vehicle->end.index >= count)
            complain_index(reader, vehicle->value, "vehicles", v, "end_index", count);
    }
done:
    return rc;
}

/* A whole number from 0; huge ones, by which programs say "no way", are TRAVEL_UNREACHABLE. */
static bool is_cell(const struct json *value, int32_t *cell)
{
    double real;
    if (!json_number(value, &real) || !(real >= 0 && real <= VROOM_NUMBER_MAX) || real != floor(real))
        return false;
    *cell = real < TRAVEL_UNREACHABLE ? (int32_t)real : TRAVEL_UNREACHABLE;
    return true;
}

/* The row of one location; false when it is no row of `rows` numbers, which is said. */
static bool read_row(struct vroom_reader *reader, const struct json *row, const struct rows *rows,
                     const char *key, int32_t *cells)
{
    char name[KEY_SIZE];
    int32_t column = 0;
    for (const struct json *it = json_first(row); it != NULL; it = json_next(it), column++) {
        const int32_t location = column < rows->count ? rows->location_of[column] : -1;
        if (location < 0 || is_cell(it, &cells[location])) continue;
        snprintf(name, sizeof name, "%.80s[%d]", key, (int)column);
        vroom_complain(reader, SEVERITY_ERROR, it, name, _("a whole number from 0 to %lld was expected"),
                       (long long)VROOM_NUMBER_MAX);
        return false;
    }
    if (json_is_array(row) && column == rows->count) return true;
    vroom_complain(reader, SEVERITY_ERROR, row, key, _("an array of %d numbers was expected"),
                   (int)rows->count);
    return false;
}

static error_code read_matrix(struct vroom_reader *reader, const struct json *matrix, const char *key,
                              const int32_t **cells, struct error *error)
{
    error_code rc = ERROR_NONE;
    const size_t n = (size_t)reader->vroom->location_count;
    struct rows rows;
    bool right;
    char name[KEY_SIZE];
    int32_t *whole, row = 0;
    *cells = NULL;
    if (!json_is_array(matrix) || json_first(matrix) == NULL) {
        vroom_complain(reader, SEVERITY_ERROR, matrix, key, "%s",
                       _("a matrix was expected: an array of arrays"));
        goto done;
    }
    TRY(map_rows(reader, json_count(matrix), &rows, &right, error));
    if (!right) goto done;
    TRY_NEW(reader->arena, whole, n * n);
    for (const struct json *it = json_first(matrix); it != NULL; it = json_next(it), row++) {
        if (rows.location_of[row] < 0) continue;
        snprintf(name, sizeof name, "%.64s[%d]", key, (int)row);
        if (!read_row(reader, it, &rows, name, whole + (size_t)rows.location_of[row] * n)) goto done;
    }
    *cells = whole;
done:
    return rc;
}

/* matrices.PROFILE, or the older matrix for cars. */
static error_code read_profile(struct vroom_reader *reader, struct vroom_profile *profile,
                               struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct json *root = reader->source.root,
                      *object = json_get(json_get(root, "matrices"), profile->name);
    const struct {
        const char *name;
        const int32_t **cells;
    } parts[] = {
        {"durations", &profile->duration_s}, {"distances", &profile->distance_m}, {"costs", &profile->cost}};
    char key[KEY_SIZE];
    if (json_get(root, "matrices") == NULL) {
        if (strcmp(profile->name, "car") == 0 && json_get(root, "matrix") != NULL)
            TRY(read_matrix(reader, json_get(root, "matrix"), "matrix", &profile->duration_s, error));
        goto done;
    }
    for (size_t m = 0; m < sizeof parts / sizeof *parts; m++) {
        const struct json *matrix = json_get(object, parts[m].name);
        snprintf(key, sizeof key, "matrices.%.40s.%s", profile->name, parts[m].name);
        if (matrix != NULL) TRY(read_matrix(reader, matrix, key, parts[m].cells, error));
    }
done:
    return rc;
}

/* ---- Straight lines ---- */

static double factor_of(struct vroom_reader *reader, const struct json *object, const char *path,
                        const char *key, double high, double absent)
{
    const struct json *value = json_get(object, key);
    double number = absent;
    if (value != NULL && (!json_number(value, &number) || !(number >= 1 && number <= high))) {
        vroom_complain(reader, SEVERITY_ERROR, value, path, _("%s: a number from 1 to %g was expected"), key,
                       high);
        return absent;
    }
    return number;
}

/* network.straight_line for all profiles, network.profiles.NAME for one. */
static struct travel_profile straight_line(struct vroom_reader *reader, const char *name)
{
    enum { DETOUR_MAX = 5, SPEED_MAX_KMH = 130 }; /* as in a city.json */
    const struct json *network = json_get(reader->source.root, "network");
    const struct json *own = json_get(json_get(network, "profiles"), name);
    const struct json *line = json_get(network, "straight_line");
    const struct travel_profile common = {
        name,
        factor_of(reader, line, "network.straight_line", "speed_kmh", SPEED_MAX_KMH, ORDINARY.speed_kmh),
        factor_of(reader, line, "network.straight_line", "detour", DETOUR_MAX, ORDINARY.detour)};
    return (struct travel_profile){
        name, factor_of(reader, own, "network.profiles", "speed_kmh", SPEED_MAX_KMH, common.speed_kmh),
        factor_of(reader, own, "network.profiles", "detour", DETOUR_MAX, common.detour)};
}

static bool every_location_is_placed(const struct vroom *vroom)
{
    for (int32_t l = 0; l < vroom->location_count; l++)
        if (!vroom->spots[l].placed) return false;
    return true;
}

/* Fills what the file does not give: durations and distances, or distances alone. */
static error_code draw_lines(struct vroom_reader *reader, struct vroom_profile *profile, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct vroom *vroom = reader->vroom;
    const struct travel_profile line = straight_line(reader, profile->name);
    struct position *positions;
    struct travel travel;
    TRY_NEW(reader->arena, positions, vroom->location_count);
    for (int32_t l = 0; l < vroom->location_count; l++)
        positions[l] = (struct position){vroom->spots[l].lat, vroom->spots[l].lon};
    TRY(travel_from_positions(&line, 1, positions, vroom->location_count, reader->arena, &travel, error));
    if (travel.profiles[0].distance_m == NULL) TRY(travel_tabulate(&travel, reader->arena, error));
    if (profile->duration_s == NULL) {
        profile->duration_s = travel.profiles[0].duration_s;
        vroom_complain(
            reader, SEVERITY_NOTE, NULL, "",
            _("profile %s: no matrix; ways are straight lines × %g, driven at %g km/h (the key network "
              "changes both)"),
            profile->name, line.detour, line.speed_kmh);
    } else {
        vroom_complain(reader, SEVERITY_NOTE, NULL, "",
                       _("profile %s: no distances; they are straight lines × %g"), profile->name,
                       line.detour);
    }
    if (profile->distance_m == NULL) profile->distance_m = travel.profiles[0].distance_m;
done:
    return rc;
}

/* Which vehicle needs what this profile does not have: the first, for the complaint. */
static const struct vroom_vehicle *in_need(const struct vroom *vroom, int32_t profile, bool of_distances)
{
    for (int32_t v = 0; v < vroom->vehicle_count; v++) {
        const struct vroom_vehicle *vehicle = &vroom->vehicles[v];
        if (vehicle->profile != profile) continue;
        const bool costly = vehicle->per_km > 0 && vroom->profiles[profile].cost == NULL;
        if (!of_distances || costly || vehicle->max_distance_m >= 0) return vehicle;
    }
    return NULL;
}

error_code vroom_read_matrices(struct vroom_reader *reader, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct vroom *vroom = reader->vroom;
    const int64_t errors_before = reader->list->errors;
    const bool placed = every_location_is_placed(vroom);
    for (int32_t p = 0; p < vroom->profile_count; p++) {
        struct vroom_profile *profile = &vroom->profiles[p];
        TRY(read_profile(reader, profile, error));
        if (reader->list->errors > errors_before) continue;
        const struct vroom_vehicle *vehicle = in_need(vroom, p, profile->duration_s != NULL);
        if (vehicle == NULL || (profile->duration_s != NULL && profile->distance_m != NULL)) continue;
        if (placed) {
            TRY(draw_lines(reader, profile, error));
            continue;
        }
        snprintf(reader->path, sizeof reader->path, "vehicles[%d]", (int)(vehicle - vroom->vehicles));
        vroom_complain(reader, SEVERITY_ERROR, vehicle->value, "profile",
                       profile->duration_s == NULL
                           ? _("no durations are given for %s, and not every place has coordinates")
                           : _("no distances are given for %s, and not every place has coordinates"),
                       profile->name);
        reader->path[0] = '\0';
    }
done:
    return rc;
}
