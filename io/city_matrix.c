/* The matrix file. As CSV: from_id, to_id, distance_m, duration_s over the ids of depots, sites and bins.
 * Pairs that the file does not name are unreachable; a place is at no distance from itself. As JSON:
 * city_table_json.c. O(places² + rows). */
#include "io/city_reader.h"

#include "solver/base/message.h"
#include "solver/network/travel_build.h"

#include <math.h>
#include <string.h>

enum { FROM_ID, TO_ID, DISTANCE_M, DURATION_S, MATRIX_COLUMNS };
static const struct column columns[MATRIX_COLUMNS] = {
    {"from_id", false}, {"to_id", false}, {"distance_m", false}, {"duration_s", false}};

/* Ids of all three kinds of places, numbered as in city.matrix. */
static error_code name_places(struct city_reader *reader, struct ids *places, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct registry *kinds[] = {&reader->depots, &reader->sites, &reader->bins};
    for (int k = 0; k < 3; k++) {
        for (int32_t i = 0; i < kinds[k]->ids.count; i++) {
            const char *name = kinds[k]->ids.names[i];
            int32_t number;
            bool added;
            TRY(ids_add(places, name, strlen(name), &number, &added, error));
            if (added) continue;
            diagnostics_add(reader->list, SEVERITY_ERROR,
                            (struct source_place){.file = kinds[k]->file, .line = kinds[k]->lines.items[i]},
                            _("the id “%s” is used for two places: in a matrix each needs its own"), name);
        }
    }
done:
    return rc;
}

static int32_t find_place(const struct ids *places, struct table *table, int32_t column)
{
    const struct csv_field *field = table_field(table, column);
    if (field == NULL) return -1;
    const int32_t place = ids_find(places, field->text, field->length);
    if (place >= 0) return place;
    const char *near = table_nearest(table, places->names, places->count, field->text, field->length);
    char shown[64];
    text_shorten(field->text, field->length, shown, sizeof shown);
    table_complain(table, SEVERITY_ERROR, column,
                   near != NULL ? _("“%s” is no depot, site or bin; did you mean “%s”?")
                                : _("“%s” is no depot, site or bin"),
                   shown, near);
    return -1;
}

static error_code read_pairs(struct city_reader *reader, const struct ids *places, int32_t *distance_m,
                             int32_t *duration_s, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct table table;
    const struct table_spec spec = {reader->matrix_file, columns, MATRIX_COLUMNS, NEED_ROWS, false};
    const size_t size = (size_t)places->count;
    TRY(reader_open_table(reader, &spec, &table, error));
    while (table_next(&table)) {
        const int32_t from = find_place(places, &table, FROM_ID), to = find_place(places, &table, TO_ID);
        const double metres = table_number(&table, DISTANCE_M, 0, TRAVEL_UNREACHABLE - 1, 0);
        const double seconds = table_number(&table, DURATION_S, 0, TRAVEL_UNREACHABLE - 1, 0);
        if (table.row_faulty || from < 0 || to < 0) continue;
        const size_t cell = (size_t)from * size + (size_t)to;
        if (from != to && distance_m[cell] != TRAVEL_UNREACHABLE) {
            table_complain(&table, SEVERITY_ERROR, TO_ID, _("this pair has been given before"));
        }
        /* Rounded up, as straight lines are: never shorter than it was given. */
        distance_m[cell] = from == to ? 0 : (int32_t)ceil(metres);
        duration_s[cell] = from == to ? 0 : (int32_t)ceil(seconds);
    }
    rc = reader_close_table(reader, &spec, &table, error);
done:
    return rc;
}

static bool is_json(const char *name)
{
    const size_t length = strlen(name);
    return length >= 5 && strcmp(name + length - 5, ".json") == 0;
}

error_code city_read_matrix(struct city_reader *reader, struct error *error)
{
    error_code rc = ERROR_NONE;
    if (reader->matrix_file == NULL) return ERROR_NONE;
    if (!reader->depots.complete || !reader->sites.complete || !reader->bins.complete) return ERROR_NONE;
    struct ids places;
    int32_t *distance_m, *duration_s;
    ids_init(&places, reader->arena);
    TRY(name_places(reader, &places, error));
    if (places.count > TRAVEL_PLACES_MAX) {
        diagnostics_add(reader->list, SEVERITY_ERROR, (struct source_place){.file = reader->matrix_file},
                        _("%d places: a matrix can hold %d at most"), places.count, TRAVEL_PLACES_MAX);
        goto done;
    }
    const size_t cells = (size_t)places.count * (size_t)places.count;
    TRY_NEW(reader->arena, distance_m, cells);
    TRY_NEW(reader->arena, duration_s, cells);
    for (size_t i = 0; i < cells; i++) {
        distance_m[i] = duration_s[i] = i % ((size_t)places.count + 1) == 0 ? 0 : TRAVEL_UNREACHABLE;
    }
    if (is_json(reader->matrix_file))
        TRY(city_read_table_json(reader, places.count, distance_m, duration_s, error));
    else
        TRY(read_pairs(reader, &places, distance_m, duration_s, error));
    reader->city->matrix = (struct travel_matrix){distance_m, duration_s};
done:
    ids_free(&places);
    return rc;
}
