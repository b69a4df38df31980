#include "bench/routing/records.h"

#include "bench/routing/protocol.h"
#include "io/json.h"
#include "solver/base/array.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- Writing ---- */

/* One level is enough: runs/ in a fresh clone. */
static void make_parent(const char *path)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    if (slash == NULL || slash == path || (size_t)(slash - path) >= sizeof folder) return;
    memcpy(folder, path, (size_t)(slash - path));
    folder[slash - path] = '\0';
    mkdir(folder, 0777); /* opening the file tells of any failure */
}

error_code records_open(const char *path, FILE **file, struct error *error)
{
    make_parent(path);
    *file = fopen(path, "a+");
    if (*file == NULL) return error_at(error, ERROR_FILE, path, 0, 0, "%s", strerror(errno));
    if (fseek(*file, -1, SEEK_END) == 0) {
        const int last = fgetc(*file);
        fseek(*file, 0, SEEK_END);
        if (last != '\n') fputc('\n', *file);
    }
    return ERROR_NONE;
}

static void put_text(struct json *root, const char *key, const char *text)
{
    json_put_string(root, key, text[0] != '\0' ? text : NULL);
}

static double rounded(double value, double scale)
{
    return round(value * scale) / scale;
}

error_code record_write(FILE *file, const struct record *record, struct error *error)
{
    struct json *root = json_new_object();
    json_put_string(root, "family", record->family);
    json_put_string(root, "instance", record->instance);
    json_put_integer(root, "seed", (int64_t)record->seed);
    json_put_number(root, "budget_s", record->budget_s);
    json_put_integer(root, "threads", record->threads);
    json_put_flag(root, "verified", record->verified);
    put_text(root, "fault", record->fault);
    json_put_number(root, "cost", record->cost);
    json_put_number(root, "best_known", record->known.value);
    json_put_number(root, "gap_percent", rounded(record->gap_percent, 1e4));
    json_put_integer(root, "vehicles", record->vehicles);
    json_put_integer(root, "iterations", record->iterations);
    json_put_number(root, "seconds", rounded(record->seconds, 1e3));
    json_put_number(root, "cpu_seconds", rounded(record->cpu_seconds, 1e3));
    json_put_number(root, "peak_mb", rounded(record->peak_mb, 10));
    if (record->known.limit_vehicles >= 0) {
        json_put_number(root, "limit_cost", record->known.limit_cost);
        json_put_integer(root, "limit_vehicles", record->known.limit_vehicles);
    }
    json_put_string(root, "version", record->version);
    json_put_string(root, "build", record->build);
    json_put_string(root, "machine", record->machine);
    char *text = json_print(root, false);
    json_free(root);
    if (text == NULL) return error_memory(error);
    const bool written = fprintf(file, "%s\n", text) > 0 && fflush(file) == 0;
    free(text);
    return written ? ERROR_NONE
                   : error_set(error, ERROR_FILE, "a record cannot be written: %s", strerror(errno));
}

/* ---- Reading ---- */

static bool take_text(const struct json *root, const char *key, char *text, size_t size)
{
    const char *value = json_string(json_get(root, key));
    snprintf(text, size, "%s", value != NULL ? value : "");
    return value != NULL;
}

static double take_number(const struct json *root, const char *key, double missing)
{
    double value;
    return json_number(json_get(root, key), &value) ? value : missing;
}

static bool parse_record(const struct json *root, struct record *record)
{
    *record = (struct record){0};
    const bool named = take_text(root, "family", record->family, sizeof record->family);
    const bool placed = take_text(root, "instance", record->instance, sizeof record->instance);
    const bool built = take_text(root, "build", record->build, sizeof record->build);
    const bool judged = json_flag(json_get(root, "verified"), &record->verified);
    take_text(root, "fault", record->fault, sizeof record->fault);
    take_text(root, "version", record->version, sizeof record->version);
    take_text(root, "machine", record->machine, sizeof record->machine);
    record->seed = (uint64_t)take_number(root, "seed", 0);
    record->budget_s = take_number(root, "budget_s", 0);
    record->threads = (int32_t)take_number(root, "threads", 0);
    record->cost = take_number(root, "cost", NAN);
    record->known.value = take_number(root, "best_known", NAN);
    record->known.limit_cost = take_number(root, "limit_cost", NAN);
    record->known.limit_vehicles = (int32_t)take_number(root, "limit_vehicles", -1);
    record->gap_percent = take_number(root, "gap_percent", NAN);
    record->vehicles = (int32_t)take_number(root, "vehicles", -1);
    record->iterations = (int64_t)take_number(root, "iterations", 0);
    record->seconds = take_number(root, "seconds", NAN);
    record->cpu_seconds = take_number(root, "cpu_seconds", NAN);
    record->peak_mb = take_number(root, "peak_mb", NAN);
    return named && placed && built && judged && record->budget_s > 0 && record->threads > 0 &&
           (!record->verified || isfinite(record->gap_percent)) && protocol_family(record->family) >= 0;
}

error_code records_read(const char *path, struct records *records, bool *found, struct error *error)
{
    error_code rc = ERROR_NONE;
    char *line = NULL;
    size_t room = 0;
    ssize_t length;
    *records = (struct records){0};
    FILE *file = fopen(path, "r");
    *found = file != NULL;
    if (file == NULL && errno == ENOENT) return ERROR_NONE;
    if (file == NULL) return error_at(error, ERROR_FILE, path, 0, 0, "%s", strerror(errno));
    while ((length = getline(&line, &room, file)) > 0) {
        struct json *root = NULL;
        struct record record;
        if (line[0] == '\n') continue;
        const bool parsed = json_parse(path, line, (size_t)length, &root, NULL) == ERROR_NONE;
        const bool known = parsed && parse_record(root, &record);
        json_free(root);
        records->unread += !known;
        if (known && !array_push(records, record)) {
            rc = error_memory(error);
            goto done;
        }
    }
    if (ferror(file)) rc = error_at(error, ERROR_FILE, path, 0, 0, "%s", strerror(errno));
done:
    free(line);
    fclose(file);
    if (rc != ERROR_NONE) records_free(records);
    return rc;
}

void records_free(struct records *records)
{
    array_free(records);
}

const char *records_last_build(const struct records *records)
{
    return records->count > 0 ? records->items[records->count - 1].build : "";
}

/* ---- Views ---- */

static int order(double a, double b)
{
    return (a > b) - (a < b);
}

int record_compare_instance(const struct record *a, const struct record *b)
{
    int by = order(protocol_family(a->family), protocol_family(b->family));
    if (by == 0) by = order(a->budget_s, b->budget_s);
    return by != 0 ? by : strcmp(a->instance, b->instance);
}

static int compare_run(const struct record *a, const struct record *b)
{
    int by = order(protocol_family(a->family), protocol_family(b->family));
    if (by == 0) by = order(a->budget_s, b->budget_s);
    if (by == 0) by = order(a->threads, b->threads);
    if (by == 0) by = strcmp(a->instance, b->instance);
    return by != 0 ? by : (a->seed > b->seed) - (a->seed < b->seed);
}

bool record_same_run(const struct record *a, const struct record *b)
{
    return compare_run(a, b) == 0;
}

/* Of the same run, the earlier line first: both stand in one array. */
static int compare_entries(const void *left, const void *right)
{
    const struct record *a = *(const struct record *const *)left, *b = *(const struct record *const *)right;
    const int by = compare_run(a, b);
    return by != 0 ? by : (a > b) - (a < b);
}

error_code record_view_make(const struct records *records, const char *build, int32_t threads,
                            struct record_view *view, struct error *error)
{
    int64_t count = 0;
    view->count = 0;
    view->items = calloc((size_t)records->count + 1, sizeof(const struct record *));
    if (view->items == NULL) return error_memory(error);
    for (int64_t i = 0; i < records->count; i++) {
        const struct record *record = &records->items[i];
        if (strcmp(record->build, build) == 0 && (threads == 0 || record->threads == threads))
            view->items[count++] = record;
    }
    qsort(view->items, (size_t)count, sizeof(const struct record *), compare_entries);
    for (int64_t i = 0; i < count; i++)
        if (i + 1 == count || !record_same_run(view->items[i], view->items[i + 1]))
            view->items[view->count++] = view->items[i];
    return ERROR_NONE;
}

void record_view_free(struct record_view *view)
{
    free(view->items);
    *view = (struct record_view){0};
}
