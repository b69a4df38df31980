/* A CSV file of a city, row by row, each value checked where it stands.
 *
 *     TRY(table_open(&table, &source, columns, count, error));
 *     while (table_next(&table)) {
 *         double fill = table_number(&table, FILL, 0, 100, NAN);
 *         if (table.row_faulty) continue;
 *         ...
 *     }
 *     rc = table_close(&table, error);
 *
 * The header's names are matched once (city_columns.h); a row is then asked by column number. Whatever is
 * wrong goes to the diagnostics with line and column, and sets row_faulty; the getters then give their
 * fallback. An empty field of an optional column, or the column's absence, is the fallback and no fault.
 * When memory or the disk fails, table_next ends the rows and table_close tells. A file whose header cannot
 * be used has no rows (`usable` false).
 *
 * Texts given by table_field die with the row; table_text copies into the arena. O(bytes), and no memory
 * that grows with the file. Columns of faults are found by scanning the row again: faults are rare.
 */
#ifndef BENNE_IO_CITY_TABLE_H
#define BENNE_IO_CITY_TABLE_H

#include "io/city_columns.h"
#include "io/csv.h"
#include "io/text.h"
#include "io/text_time.h"
#include "io/text_value.h"

enum { TABLE_COLUMNS_MAX = 32 };

/* Where a table comes from, and what its rows may need. */
struct table_source {
    const char *path, *file; /* `file` as named in messages */
    const struct zone *zone; /* for wall-clock times; NULL: the table has none */
    struct diagnostics *list;
    struct arena *arena;
    bool about_agents; /* refuse columns of personal data */
    bool again;        /* a second pass, to complain later: the file itself is not judged again */
};

struct table {
    struct table_source source;
    const struct column *columns;
    int32_t column_count;
    bool usable;

    /* The row. */
    int64_t line; /* its first physical line */
    bool row_faulty;
    int64_t rows; /* complete rows so far */
    int64_t lost; /* rows that could not be read as such: their ids stay unknown */

    /* How the file is written. */
    struct text *text;
    struct text_facts facts;
    struct csv_reader *csv;
    char delimiter;
    int32_t header_count;
    int32_t field_of[TABLE_COLUMNS_MAX]; /* -1: the file has no such column */
    char signs[TABLE_COLUMNS_MAX];       /* the column's decimal sign; 0 none seen */
    struct date_style dates;
    struct instant_reader instants;

    const struct csv_field *fields;
    struct text_line raw;
    struct {
        char *items;
        int64_t count, capacity;
    } record; /* the raw bytes of a row of several lines; else empty */
    error_code failure;
    struct error error;
};

/* ERROR_NONE also for a file with faults: they are in the diagnostics, and `usable` tells. */
error_code table_open(struct table *table, const struct table_source *source, const struct column *columns,
                      int32_t count, struct error *error) ERROR_CHECKED;
bool table_next(struct table *table);

/* Adds the note on how the file is written. */
error_code table_close(struct table *table, struct error *error) ERROR_CHECKED;

/* For the caller's own failures: ends the rows, and table_close returns it. */
void table_exhausted(struct table *table);

bool table_has(const struct table *table, int32_t column);

/* NULL for an empty or absent field; a fault when the column is not optional. */
const struct csv_field *table_field(struct table *table, int32_t column);

const char *table_text(struct table *table, int32_t column); /* a copy; NULL as above */
double table_number(struct table *table, int32_t column, double least, double most, double fallback);
int64_t table_whole(struct table *table, int32_t column, int64_t least, int64_t most, int64_t fallback);
money table_money(struct table *table, int32_t column, money fallback); /* of currency units, from 0 */
bool table_flag(struct table *table, int32_t column, bool fallback);
int32_t table_clock(struct table *table, int32_t column, int32_t fallback);
int32_t table_choice(struct table *table, int32_t column, const struct text_choice *choices, size_t count,
                     const char *expected, int32_t fallback);
bool table_day(struct table *table, int32_t column, day_number *day); /* false: empty or faulty */
bool table_timestamp(struct table *table, int32_t column, struct written_time *time);

/* Adds a diagnostic at a column of this row (-1: at no column). */
void table_complain(struct table *table, severity level, int32_t column, const char *format, ...)
    ERROR_PRINTF(4, 5);

/* The same for a field of the file that may be no column of ours; the message is complete. */
void table_complain_field(struct table *table, severity level, int32_t field, const char *message);

/* "column: found 'text': reason", an error. */
void table_refuse(struct table *table, int32_t column, const char *reason);

/* text_nearest for a complaint: NULL where errors are only counted any more, since the search is long. */
const char *table_nearest(const struct table *table, const char *const *names, int32_t count,
                          const char *text, size_t length);

/* Many rows with the same small fault: the first one's place is kept, and the number. */
struct table_tally {
    int64_t count;
    struct source_place place;
};
void table_count(struct table *table, struct table_tally *tally, int32_t column);

#endif
