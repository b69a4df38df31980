/* The matrix as the answer of OSRM's table service: "durations" and "distances", a row a source, in seconds
 * and metres, null where there is no way. Sources and destinations are all places of the city in the order of
 * its files: depots, then disposal sites, then bins. */
#include "io/city_reader.h"

#include "solver/base/message.h"

#include <math.h>

struct rows {
    struct city_reader *reader;
    const struct json_source *source;
    int32_t count; /* places */
};

static void read_cell(const struct rows *rows, const struct json *value, const char *key, int32_t *cell)
{
    double number;
    if (value != NULL && json_is_null(value)) return;
    if (json_number(value, &number) && number >= 0 && number < TRAVEL_UNREACHABLE) {
        *cell = (int32_t)ceil(number); /* never shorter than it was given */
        return;
    }
    json_complain(rows->reader->list, SEVERITY_ERROR, rows->source, value,
                  _("%s: a number from 0 on, or null, was expected"), key);
}

static void read_rows(const struct rows *rows, const struct json *root, const char *key, int32_t *cells)
{
    const struct json *table = json_get(root, key);
    if (!json_is_array(table) || json_count(table) != rows->count) {
        json_complain(rows->reader->list, SEVERITY_ERROR, rows->source, table != NULL ? table : root,
                      _("%s: %d rows were expected, one for each depot, disposal site and bin (OSRM: "
                        "annotations=duration,distance)"),
                      key, (int)rows->count);
        return;
    }
    for (const struct json *row = json_first(table); row != NULL; row = json_next(row)) {
        if (!json_is_array(row) || json_count(row) != rows->count) {
            json_complain(rows->reader->list, SEVERITY_ERROR, rows->source, row,
                          _("%s: a row of %d was expected"), key, (int)rows->count);
            return;
        }
        for (const struct json *value = json_first(row); value != NULL; value = json_next(value))
            read_cell(rows, value, key, cells++);
    }
}

error_code city_read_table_json(struct city_reader *reader, int32_t count, int32_t *distance_m,
                                int32_t *duration_s, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct reader_json json = {.text = NULL};
    TRY(reader_load_json(reader, reader->matrix_file, &json, error));
    if (json.root == NULL) goto done;
    const struct rows rows = {reader, &json.source, count};
    read_rows(&rows, json.root, "durations", duration_s);
    read_rows(&rows, json.root, "distances", distance_m);
    /* One is known where the other is. */
    for (size_t cell = 0; cell < (size_t)count * (size_t)count; cell++)
        if (distance_m[cell] == TRAVEL_UNREACHABLE || duration_s[cell] == TRAVEL_UNREACHABLE)
            distance_m[cell] = duration_s[cell] = TRAVEL_UNREACHABLE;
done:
    reader_free_json(&json);
    return rc;
}
