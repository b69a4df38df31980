/* Writing the files of a synthetic city in the conventions of real exports. */
#ifndef BENNE_SCENARIOS_SYNTHETIC_SHEET_H
#define BENNE_SCENARIOS_SYNTHETIC_SHEET_H

#include "io/run_folder.h"
#include "solver/base/calendar.h"

#include <stdbool.h>
#include <stdio.h>

struct sheet {
    FILE *file;
    struct run_folder *folder;
    const char *name;
    bool french; /* semicolons, decimal commas, dd/mm/yyyy */
    bool latin1; /* ISO-8859-1 in place of UTF-8 */
    bool begun;  /* a cell of this row has been written */
};

/* Opens `name` and writes its header line, given with commas. */
error_code sheet_open(struct sheet *sheet, struct run_folder *folder, const char *name, const char *header,
                      struct error *error) ERROR_CHECKED;
error_code sheet_close(struct sheet *sheet, struct error *error) ERROR_CHECKED;

/* One cell each; sheet_end_row ends the line. */
void sheet_text(struct sheet *sheet, const char *format, ...) ERROR_PRINTF(2, 3);
void sheet_number(struct sheet *sheet, double value, int decimals);
void sheet_integer(struct sheet *sheet, int64_t value);
void sheet_empty(struct sheet *sheet);
void sheet_date(struct sheet *sheet, day_number day);
/* A local wall-clock time: dd/mm/yyyy HH:MM, or ISO with its offset. */
void sheet_instant(struct sheet *sheet, const struct zone *zone, instant_s at);
void sheet_end_row(struct sheet *sheet);

/* The pattern of a text in ISO-8859-1: UTF-8 in, letters beyond it as '?'. */
void put_latin1(FILE *file, const char *text);

#endif
