/* readings.csv, emptyings.csv and requests.csv: what happened at the bins, and when.
 *
 * Rows are kept in the file's order in 16 bytes each, then counted by bin and moved to their places (a
 * stable counting sort), and each bin's rows are sorted by time where the file did not. A row that repeats
 * bin and time of another is dropped, the first one kept. O(rows + rows out of order × log).
 */
#include "io/city_reader.h"

#include "solver/base/array.h"
#include "solver/base/message.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BIN_ID, TIMESTAMP, FILL_PERCENT, WEIGHT_KG, SERIES_COLUMNS };
static const struct column reading_columns[] = {
    {"bin_id", false}, {"timestamp", false}, {"fill_percent", false}};
static const struct column emptying_columns[] = {
    {"bin_id", false}, {"timestamp", false}, {"fill_percent", true}, {"weight_kg", true}};

static const struct table_spec readings_spec = {"readings.csv", reading_columns, 3, NEED_FILE, false};
static const struct table_spec emptyings_spec = {"emptyings.csv", emptying_columns, 4, NEED_NONE, false};

static const double WEIGHT_MAX_KG = 40000; /* the load of the largest press container and its truck */

struct series_row {
    instant_s at;
    int32_t bin;
    float fill_percent;
};

/* A file of the kind being read. */
struct series {
    struct {
        struct series_row *items;
        int64_t count, capacity;
    } rows;
    struct {
        float *items;
        int64_t count, capacity;
    } weights;         /* parallel to rows; empty for readings */
    instant_s *before; /* by bin: the row before; INT64_MIN none */
    instant_s *latest; /* by bin: the latest so far */
    instant_s future;  /* later rows cannot be known yet */
    int64_t ascending, descending;
    struct table_tally repeated_hour, skipped_hour, late, disordered, doubled;
};

/* ---- When a row happened ---- */

/* The instant of a row's time, for a bin's series. */
static instant_s resolve_time(struct table *table, struct series *series, int32_t bin,
                              struct written_time time)
{
    instant_s at;
    const wall_clock clock = text_instant(&table->instants, time, &at);
    if (clock == WALL_CLOCK_REPEATED) {
        at = text_series_instant(&table->instants, at, series->before[bin],
                                 series->descending > series->ascending);
        table_count(table, &series->repeated_hour, TIMESTAMP);
    } else if (clock == WALL_CLOCK_SKIPPED) {
        table_count(table, &series->skipped_hour, TIMESTAMP);
    }
    return at;
}

/* Notes a row's order among those of its bin. */
static void follow_order(struct table *table, struct series *series, int32_t bin, instant_s at)
{
    if (series->before[bin] != INT64_MIN) {
        if (at > series->before[bin]) series->ascending++;
        if (at < series->before[bin]) series->descending++;
    }
    if (series->latest[bin] != INT64_MIN && at < series->latest[bin]) {
        table_count(table, &series->disordered, TIMESTAMP);
    }
    if (at == series->latest[bin] || at == series->before[bin])
        table_count(table, &series->doubled, TIMESTAMP);
    if (at > series->future) table_count(table, &series->late, TIMESTAMP);
    series->before[bin] = at;
    if (at > series->latest[bin]) series->latest[bin] = at;
}

static void read_series_row(struct city_reader *reader, struct table *table, struct series *series,
                            bool with_weights)
{
    struct series_row row;
    struct written_time time;
    row.bin = registry_find(&reader->bins, table, BIN_ID);
    const bool timed = table_timestamp(table, TIMESTAMP, &time);
    row.fill_percent = (float)table_number(table, FILL_PERCENT, 0, 100, NAN);
    float weight_kg = NAN;
    if (with_weights) weight_kg = (float)table_number(table, WEIGHT_KG, 0, WEIGHT_MAX_KG, NAN);
    if (table->row_faulty || !timed || row.bin < 0) return;
    row.at = resolve_time(table, series, row.bin, time);
    follow_order(table, series, row.bin, row.at);
    if (!array_push(&series->rows, row)) table_exhausted(table);
    if (with_weights && !array_push(&series->weights, weight_kg)) table_exhausted(table);
}

/* ---- What to say about all rows ---- */

static void say(struct city_reader *reader, const struct table_tally *tally, severity level,
                const char *format) ERROR_PRINTF(4, 0);

static void say(struct city_reader *reader, const struct table_tally *tally, severity level,
                const char *format)
{
    char message[ERROR_MESSAGE_MAX];
    if (tally->count == 0) return;
    snprintf(message, sizeof message, format, (long long)tally->count);
    diagnostics_add(reader->list, level, tally->place, "%s", message);
}

static void say_all(struct city_reader *reader, const struct series *series)
{
    say(reader, &series->repeated_hour, SEVERITY_NOTE,
        _("%lld rows in the hour that the clocks repeat in autumn, without an offset: taken in the order of "
          "each bin's rows, first the summer hour, then the winter hour (the first such row is shown)"));
    say(reader, &series->skipped_hour, SEVERITY_WARNING,
        _("%lld rows in the hour that the clocks skip in spring: taken as the moment of the change (the "
          "first is shown)"));
    say(reader, &series->late, SEVERITY_WARNING,
        _("%lld rows later than the start of city.json: from the future, not used before then (the first is "
          "shown)"));
    say(reader, &series->disordered, SEVERITY_WARNING,
        _("%lld rows earlier than a row before of the same bin: sorted by time (the first is shown)"));
    say(reader, &series->doubled, SEVERITY_WARNING,
        _("%lld rows repeat bin and time of another: the first one is kept (the first repetition is shown)"));
}

/* ---- By bin, by time ---- */

/* The columns of a table being built, by bin. */
struct series_columns {
    int64_t *first;
    instant_s *at;
    float *fill_percent, *weight_kg; /* weight NULL for readings */
};

struct sort_key {
    instant_s at;
    int64_t from;
};

static int compare_keys(const void *a, const void *b)
{
    const struct sort_key *x = a, *y = b;
    if (x->at != y->at) return x->at < y->at ? -1 : 1;
    return (x->from > y->from) - (x->from < y->from);
}

/* Sorts one bin's rows, first … end - 1, stably. `keys` and `values` have room for them. */
static void sort_bin(struct series_columns *columns, int64_t first, int64_t end, struct sort_key *keys,
                     float *values)
{
    const int64_t count = end - first;
    for (int64_t i = 0; i < count; i++) keys[i] = (struct sort_key){columns->at[first + i], first + i};
    qsort(keys, (size_t)count, sizeof *keys, compare_keys);
    for (int64_t i = 0; i < count; i++) columns->at[first + i] = keys[i].at;
    float *both[2] = {columns->fill_percent, columns->weight_kg};
    for (int c = 0; c < 2; c++) {
        if (both[c] == NULL) continue;
        for (int64_t i = 0; i < count; i++) values[i] = both[c][keys[i].from];
        memcpy(both[c] + first, values, (size_t)count * sizeof *values);
    }
}

/* Sorts the bins that need it; the size of the scratch is the longest of them. */
static error_code sort_bins(struct series_columns *columns, int32_t bins, struct error *error)
{
    struct {
        struct sort_key *items;
        int64_t count, capacity;
    } keys = {0};
    struct {
        float *items;
        int64_t count, capacity;
    } values = {0};
    error_code rc = ERROR_NONE;
    for (int32_t b = 0; b < bins; b++) {
        const int64_t first = columns->first[b], end = columns->first[b + 1];
        bool sorted = true;
        for (int64_t i = first + 1; i < end; i++) sorted &= columns->at[i - 1] <= columns->at[i];
        if (sorted) continue;
        if (!array_reserve(&keys, end - first) || !array_reserve(&values, end - first)) {
            rc = error_memory(error);
            break;
        }
        sort_bin(columns, first, end, keys.items, values.items);
    }
    array_free(&keys);
    array_free(&values);
    return rc;
}

/* Drops rows that repeat the time of the one before; how many are left. */
static int64_t drop_doubles(struct series_columns *columns, int32_t bins)
{
    int64_t kept = 0;
    for (int32_t b = 0; b < bins; b++) {
        const int64_t from = columns->first[b], end = columns->first[b + 1];
        columns->first[b] = kept;
        for (int64_t i = from; i < end; i++) {
            if (kept > columns->first[b] && columns->at[kept - 1] == columns->at[i]) continue;
            columns->at[kept] = columns->at[i];
            columns->fill_percent[kept] = columns->fill_percent[i];
            if (columns->weight_kg != NULL) columns->weight_kg[kept] = columns->weight_kg[i];
            kept++;
        }
    }
    columns->first[bins] = kept;
    return kept;
}

/* Moves the rows to their bins. Stable: rows of a bin keep their order. */
static void place_rows(const struct series *series, int32_t bins, struct series_columns *columns)
{
    for (int64_t i = 0; i < series->rows.count; i++) columns->first[series->rows.items[i].bin + 1]++;
    for (int32_t b = 0; b < bins; b++) columns->first[b + 1] += columns->first[b];
    for (int64_t i = 0; i < series->rows.count; i++) {
        const struct series_row row = series->rows.items[i];
        const int64_t to = columns->first[row.bin]++;
        columns->at[to] = row.at;
        columns->fill_percent[to] = row.fill_percent;
        if (columns->weight_kg != NULL) columns->weight_kg[to] = series->weights.items[i];
    }
    for (int32_t b = bins; b > 0; b--) columns->first[b] = columns->first[b - 1]; /* where each began */
    columns->first[0] = 0;
}

static error_code build_columns(struct city_reader *reader, struct series *series, bool with_weights,
                                struct series_columns *columns, int64_t *count, struct error *error)
{
    error_code rc = ERROR_NONE;
    const int32_t bins = reader->city->bin_count;
    TRY_NEW(reader->arena, columns->first, bins + 1);
    TRY_NEW(reader->arena, columns->at, series->rows.count);
    TRY_NEW(reader->arena, columns->fill_percent, series->rows.count);
    if (with_weights) TRY_NEW(reader->arena, columns->weight_kg, series->rows.count);
    place_rows(series, bins, columns);
    TRY(sort_bins(columns, bins, error));
    *count = drop_doubles(columns, bins);
    series->doubled.count = series->rows.count - *count;
    if (series->doubled.place.file == NULL) series->doubled.place = series->disordered.place;
done:
    return rc;
}

static error_code read_series(struct city_reader *reader, const struct table_spec *spec, bool with_weights,
                              struct series_columns *columns, int64_t *count, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct table table;
    struct series series = {.future = INT64_MAX};
    const struct city *city = reader->city;
    const int32_t bins = reader->bins.ids.count;
    if (city->zone != NULL && city->start != 0) series.future = zone_midnight(city->zone, city->start);
    TRY_NEW(reader->arena, series.before, bins);
    TRY_NEW(reader->arena, series.latest, bins);
    for (int32_t b = 0; b < bins; b++) series.before[b] = series.latest[b] = INT64_MIN;
    TRY(reader_open_table(reader, spec, &table, error));
    while (table_next(&table)) read_series_row(reader, &table, &series, with_weights);
    TRY(reader_close_table(reader, spec, &table, error));
    TRY(build_columns(reader, &series, with_weights, columns, count, error));
    say_all(reader, &series);
done:
    array_free(&series.rows);
    array_free(&series.weights);
    return rc;
}

error_code city_read_readings(struct city_reader *reader, struct error *error)
{
    struct series_columns columns = {0};
    int64_t count = 0;
    error_code rc = read_series(reader, &readings_spec, false, &columns, &count, error);
    reader->city->readings = (struct reading_table){columns.first, columns.at, columns.fill_percent, count};
    return rc;
}

error_code city_read_emptyings(struct city_reader *reader, struct error *error)
{
    struct series_columns columns = {0};
    int64_t count = 0;
    error_code rc = read_series(reader, &emptyings_spec, true, &columns, &count, error);
    reader->city->emptyings =
        (struct emptying_table){columns.first, columns.at, columns.fill_percent, columns.weight_kg, count};
    return rc;
}

/* ---- Requests ---- */

enum { REQUEST_AT, REQUEST_BIN, REQUEST_KIND, REQUEST_COLUMNS };
static const struct column request_columns[REQUEST_COLUMNS] = {
    {"timestamp", false}, {"bin_id", false}, {"kind", false}};
static const struct table_spec requests_spec = {"requests.csv", request_columns, REQUEST_COLUMNS, NEED_NONE,
                                                false};

static int compare_requests(const void *a, const void *b)
{
    const struct request *x = a, *y = b;
    if (x->at != y->at) return x->at < y->at ? -1 : 1;
    if (x->bin != y->bin) return x->bin < y->bin ? -1 : 1;
    return (x->kind > y->kind) - (x->kind < y->kind);
}

error_code city_read_requests(struct city_reader *reader, struct error *error)
{
    static const struct text_choice kinds[] = {
        {"overflow", REQUEST_OVERFLOW},  {"debordement", REQUEST_OVERFLOW}, {"plein", REQUEST_OVERFLOW},
        {"damage", REQUEST_DAMAGE},      {"degradation", REQUEST_DAMAGE},   {"casse", REQUEST_DAMAGE},
        {"missed", REQUEST_MISSED},      {"oubli", REQUEST_MISSED},         {"oublie", REQUEST_MISSED},
        {"non_collecte", REQUEST_MISSED}};
    error_code rc = ERROR_NONE;
    struct table table;
    struct {
        struct request *items;
        int64_t count, capacity;
    } requests = {0};
    TRY(reader_open_table(reader, &requests_spec, &table, error));
    while (table_next(&table)) {
        struct request request;
        struct written_time time;
        const bool timed = table_timestamp(&table, REQUEST_AT, &time);
        request.bin = registry_find(&reader->bins, &table, REQUEST_BIN);
        request.kind = (request_kind)table_choice(
            &table, REQUEST_KIND, kinds, sizeof kinds / sizeof kinds[0],
            N_("expected overflow, damage or missed (débordement, dégradation, oubli)"), REQUEST_OVERFLOW);
        if (table.row_faulty || !timed || request.bin < 0) continue;
        text_instant(&table.instants, time, &request.at);
        if (!array_push(&requests, request)) table_exhausted(&table);
    }
    TRY(reader_close_table(reader, &requests_spec, &table, error));
    if (requests.count > 0) {
        qsort(requests.items, (size_t)requests.count, sizeof *requests.items, compare_requests);
    }
    TRY(reader_seal(reader, requests.items, requests.count, sizeof *requests.items, &reader->city->requests,
                    error));
    reader->city->request_count = (int32_t)requests.count;
done:
    array_free(&requests);
    return rc;
}
