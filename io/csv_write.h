/* Writing CSV: comma, decimal point, UTF-8, quotes as RFC 4180 has them, lines ended by a line feed.
 *
 *     struct csv_writer csv = csv_begin(file, "bin_id,lat,lon");
 *     csv_text(&csv, bin->id); csv_number(&csv, lat, 6); csv_number(&csv, lon, 6); csv_end_row(&csv);
 *
 * A text that a spreadsheet would run as a formula (an address that begins with "=") has an apostrophe put
 * before it, which spreadsheets take for "this is text"; numbers are never touched.
 *
 * What is unknown is an empty cell: a NULL text, a NaN. Write errors stay with the FILE and are reported
 * when it is closed. LC_NUMERIC is "C" throughout the program.
 */
#ifndef BENNE_IO_CSV_WRITE_H
#define BENNE_IO_CSV_WRITE_H

#include "solver/model/units.h"

#include <stdbool.h>
#include <stdio.h>

struct csv_writer {
    FILE *file;
    bool in_row;
};

/* Writes the header line as given. */
struct csv_writer csv_begin(FILE *file, const char *header);

void csv_text(struct csv_writer *csv, const char *text);
void csv_integer(struct csv_writer *csv, int64_t number);
void csv_number(struct csv_writer *csv, double number, int decimals);
void csv_money(struct csv_writer *csv, money amount); /* in the currency's unit, two decimals */
void csv_end_row(struct csv_writer *csv);

#endif
