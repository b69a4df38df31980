/* Dates and instants as files write them.
 *
 * Dates: ISO (2026-11-23), or day first (23/11/2026, also with points or hyphens); never month first: a file
 * where that is the only reading is refused. Instants: a date, T or a blank, HH:MM[:SS[.fff]], then Z or an
 * offset (+02:00), else the city's wall clock. Reasons as in text_value.h. O(1).
 *
 * Wall-clock times in autumn's repeated hour are resolved by order: see text_series_instant.
 */
#ifndef BENNE_IO_TEXT_TIME_H
#define BENNE_IO_TEXT_TIME_H

#include "solver/base/calendar.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the dates of one file have shown so far; zero at its beginning. */
struct date_style {
    int64_t line;           /* set by the caller: the line being read */
    int64_t iso_line;       /* the first ISO date; 0 none */
    int64_t day_first_line; /* the first dd/mm/yyyy */
    int64_t proof_line;     /* the first that can be nothing but day first (day > 12) */
};

const char *text_date(const char *text, size_t length, struct date_style *style, day_number *day);

/* "1988-08", "08/1988", or a full date. */
const char *text_month(const char *text, size_t length, struct date_style *style, int32_t *year,
                       int32_t *month);

/* A date and a time of day, and the instant when the text says its offset. */
struct written_time {
    day_number day;
    int32_t second;
    bool has_offset;
    int32_t offset_s;
};

const char *text_timestamp(const char *text, size_t length, struct date_style *style,
                           struct written_time *time);

/* Turns written times into instants; remembers the last day's offset, since rows of a day stand together. */
struct instant_reader {
    const struct zone *zone;
    day_number day;     /* the day remembered */
    instant_s midnight; /* of it */
    int32_t repeated_s; /* how far the clock goes back on it; below 0: forward */
    bool known;
};

/* The instant of a written time; for the repeated hour of autumn, the earlier of the two. */
wall_clock text_instant(struct instant_reader *reader, struct written_time time, instant_s *at);

/* In a series, a repeated time is the later of its two instants once the series has passed the earlier:
 * `before` is the row before of the same series (INT64_MIN: none), `descending` its direction. Called when
 * text_instant has just answered WALL_CLOCK_REPEATED with `earlier`. */
instant_s text_series_instant(const struct instant_reader *reader, instant_s earlier, instant_s before,
                              bool descending);

#endif
