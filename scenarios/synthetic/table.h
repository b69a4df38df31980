/* Writing the files of a synthetic city in the conventions of real exports. */
#ifndef BENNE_SCENARIOS_SYNTHETIC_TABLE_H
#define BENNE_SCENARIOS_SYNTHETIC_TABLE_H

#include "io/run_folder.h"
#include "solver/base/calendar.h"

#include <stdbool.h>
#include <stdio.h>

struct table {
    FILE *file;
    struct run_folder *folder;
    const char *name;
    bool french; /* semicolons, decimal commas, dd/mm/yyyy */
    bool latin1; /* ISO-8859-1 in place of UTF-8 */
    bool begun;  /* a cell of this row has been written */
};

/* Opens `name` and writes its header line, given with commas. */
error_code table_open(struct table *table, struct run_folder *folder, const char *name, const char *header,
                      struct error *error) ERROR_CHECKED;
error_code table_close(struct table *table, struct error *error) ERROR_CHECKED;

/* One cell each; table_end_row ends the line. */
void table_text(struct table *table, const char *format, ...) ERROR_PRINTF(2, 3);
void table_number(struct table *table, double value, int decimals);
void table_integer(struct table *table, int64_t value);
void table_empty(struct table *table);
void table_date(struct table *table, day_number day);
/* A local wall-clock time: dd/mm/yyyy HH:MM, or ISO with its offset. */
void table_instant(struct table *table, const struct zone *zone, instant_s at);
void table_end_row(struct table *table);

/* The pattern of a text in ISO-8859-1: UTF-8 in, letters beyond it as '?'. */
void put_latin1(FILE *file, const char *text);

#endif
