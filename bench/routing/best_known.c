#include "bench/routing/best_known.h"

#include "io/csv.h"
#include "solver/base/array.h"

#include <errno.h>
#include <math.h>
#include <string.h>

struct columns {
    int32_t instance, value, source, vehicles; /* -1: not there */
};

static int32_t find_column(const struct csv_field *fields, int32_t count, const char *name)
{
    for (int32_t i = 0; i < count; i++)
        if (strcmp(fields[i].text, name) == 0) return i;
    return -1;
}

static const char *cell(const struct csv_field *fields, int32_t count, int32_t column)
{
    return column >= 0 && column < count ? fields[column].text : "";
}

static bool parse_row(const struct csv_field *fields, int32_t count, const struct columns *columns,
                      struct published *row)
{
    char *end;
    const char *value = cell(fields, count, columns->value),
               *vehicles = cell(fields, count, columns->vehicles);
    snprintf(row->instance, sizeof row->instance, "%s", cell(fields, count, columns->instance));
    snprintf(row->source, sizeof row->source, "%s", cell(fields, count, columns->source));
    row->vehicles = vehicles[0] != '\0' ? (int32_t)strtol(vehicles, NULL, 10) : -1;
    row->value = strtod(value, &end);
    return row->instance[0] != '\0' && end != value && *end == '\0';
}

static error_code read_rows(const char *path, FILE *file, struct csv_reader *reader,
                            struct published_list *list, struct error *error)
{
    char line[1024];
    struct columns columns = {-1, -1, -1, -1};
    int64_t number = 0;
    while (fgets(line, sizeof line - 1, file) != NULL) {
        size_t length = strlen(line), fault;
        int32_t count;
        struct published row;
        number++;
        if (line[length - 1] != '\n') line[length++] = '\n';
        const csv_state state = csv_reader_push(reader, line, length, &fault);
        if (state == CSV_BLANK || state == CSV_OPEN) continue;
        if (state != CSV_ROW)
            return error_at(error, ERROR_INPUT, path, number, 0, "this is no row of a table");
        const struct csv_field *fields = csv_reader_fields(reader, &count);
        if (columns.value < 0) {
            columns = (struct columns){
                find_column(fields, count, "instance"), find_column(fields, count, "value"),
                find_column(fields, count, "source"), find_column(fields, count, "vehicles")};
            if (columns.instance < 0 || columns.value < 0)
                return error_at(error, ERROR_INPUT, path, number, 0, "no columns named instance and value");
        } else if (!parse_row(fields, count, &columns, &row)) {
            return error_at(error, ERROR_INPUT, path, number, 0, "an instance and a value were expected");
        } else if (!array_push(list, row)) {
            return error_memory(error);
        }
    }
    return ERROR_NONE;
}

error_code best_known_read(const char *path, struct published_list *list, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct csv_reader *reader = NULL;
    *list = (struct published_list){0};
    FILE *file = fopen(path, "r");
    if (file == NULL) return error_at(error, ERROR_FILE, path, 0, 0, "%s", strerror(errno));
    TRY(csv_reader_open(',', &reader, error));
    TRY(read_rows(path, file, reader, list, error));
done:
    csv_reader_close(reader);
    fclose(file);
    if (rc != ERROR_NONE) array_free(list);
    return rc;
}

/* The lowest row of an instance whose source begins so, with at most so many vehicles (-1: any). */
static double lowest(const struct published_list *list, const char *instance, const char *source,
                     int32_t vehicles, int32_t *its_vehicles)
{
    double value = NAN;
    for (int64_t i = 0; i < list->count; i++) {
        const struct published *row = &list->items[i];
        if (strcmp(row->instance, instance) != 0 || strncmp(row->source, source, strlen(source)) != 0)
            continue;
        if (vehicles >= 0 && row->vehicles > vehicles) continue;
        if (row->value >= value) continue; /* a NaN is not above */
        value = row->value;
        *its_vehicles = row->vehicles;
    }
    return value;
}

struct known_value best_known_value(const struct published_list *list, const char *instance,
                                    bool vehicles_first)
{
    struct known_value known = {.value = NAN, .limit_cost = NAN, .limit_vehicles = -1};
    int32_t unused;
    if (vehicles_first) {
        lowest(list, instance, "Kim", -1, &known.limit_vehicles);
        known.limit_cost = lowest(list, instance, "Benjamin", known.limit_vehicles, &unused);
        known.value = lowest(list, instance, "Buhrkal", -1, &unused);
        if (isnan(known.value)) known.value = lowest(list, instance, "", -1, &unused);
        return known;
    }
    for (int64_t i = 0; i < list->count && isnan(known.value); i++)
        if (strcmp(list->items[i].instance, instance) == 0) known.value = list->items[i].value;
    return known;
}
