/* Any bytes as a table, through the whole of text, libcsv and values: rows or complaints with a place. */
#include "io/city_table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct column columns[] = {{"id", false},     {"number", true}, {"day", true},
                                        {"time", true},    {"clock", true},  {"flag", true},
                                        {"windows", true}, {"month", true},  {"weekdays", true}};
enum { ID, NUMBER, DAY, TIME, CLOCK, FLAG, WINDOWS, MONTH, WEEKDAYS, COLUMNS };

static void read_row(struct table *table)
{
    day_number day;
    struct written_time time;
    instant_s at;
    int32_t count, year, month;
    uint8_t weekdays;
    struct time_window windows[TEXT_WINDOWS_MAX];
    (void)table_text(table, ID);
    const double number = table_number(table, NUMBER, -1e6, 1e6, 0);
    if (!(fabs(number) <= 1e6)) abort();
    (void)table_day(table, DAY, &day);
    if (table_timestamp(table, TIME, &time)) (void)text_instant(&table->instants, time, &at);
    const int32_t second = table_clock(table, CLOCK, 0);
    if (second < 0 || second > DAY_SECONDS) abort();
    (void)table_flag(table, FLAG, false);
    const struct csv_field *field = table_field(table, WINDOWS);
    if (field != NULL && text_windows(field->text, field->length, windows, &count) == NULL) {
        for (int32_t w = 0; w < count; w++) {
            if (windows[w].open_s >= windows[w].close_s) abort();
            if (w > 0 && windows[w - 1].close_s > windows[w].open_s) abort();
        }
    }
    field = table_field(table, MONTH);
    if (field != NULL && text_month(field->text, field->length, &table->dates, &year, &month) == NULL) {
        if (month < 1 || month > 12) abort();
    }
    field = table_field(table, WEEKDAYS);
    if (field != NULL && text_weekdays(field->text, field->length, &weekdays) == NULL && weekdays == 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct zone *zone; /* kept for all inputs */
    static char path[64];
    if (zone == NULL && zone_open("Europe/Paris", &zone, NULL) != ERROR_NONE) abort();
    if (path[0] == '\0') snprintf(path, sizeof path, "/tmp/benne-fuzz-csv-%ld", (long)getpid());
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(data, 1, size, file) != size || fclose(file) != 0) abort();

    struct arena arena;
    struct diagnostics list;
    struct table table;
    arena_init(&arena);
    diagnostics_init(&list, 20);
    const struct table_source source = {
        .path = path, .file = "fuzz.csv", .zone = zone, .list = &list, .arena = &arena};
    if (table_open(&table, &source, columns, COLUMNS, NULL) == ERROR_NONE) {
        while (table_next(&table)) read_row(&table);
        if (table_close(&table, NULL) != ERROR_NONE) abort();
        if (!table.usable && list.errors == 0) abort(); /* unusable without a reason */
    }
    unlink(path);
    diagnostics_free(&list);
    arena_free(&arena);
    return 0;
}
