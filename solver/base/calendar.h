/* Civil days and time zones.
 *
 * A day is a number of days since 1970-01-01 in the proleptic Gregorian calendar; an instant is a number
 * of seconds since 1970-01-01 00:00 UTC. A zone is an immutable table of its UTC offsets from 1970 to
 * 2100, filled once from the system's time-zone data; it can be shared by threads.
 *
 * A service day begins at local midnight and lasts 23, 24 or 25 hours: times inside the engine are seconds
 * elapsed since that midnight (zone_elapsed), so that a shift over a change of clock keeps its true length.
 *
 * Complexity: day conversions O(1); zone lookups O(log changes). Source of the day algorithms: Hinnant,
 * "chrono-compatible low-level date algorithms" (2013).
 */
#ifndef BENNE_BASE_CALENDAR_H
#define BENNE_BASE_CALENDAR_H

#include "solver/base/error.h"

#include <stdbool.h>
#include <stdint.h>

typedef int32_t day_number; /* days since 1970-01-01 */
typedef int64_t instant_s;  /* seconds since 1970-01-01T00:00Z */

enum { DAY_SECONDS = 86400, WEEK_DAYS = 7 };

struct civil_date {
    int32_t year, month, day; /* month and day from 1 */
};

/* A day of the calendar, in the years 1 to 9999. */
bool civil_valid(struct civil_date date);
day_number day_from_civil(struct civil_date date);
struct civil_date civil_from_day(day_number day);

/* 0 = Monday … 6 = Sunday. */
int32_t day_weekday(day_number day);

/* "2026-11-23" into a buffer of at least 11 bytes. */
enum { DAY_TEXT_SIZE = 16, INSTANT_TEXT_SIZE = 40 };
void day_text(day_number day, char text[DAY_TEXT_SIZE]);

struct zone; /* opaque: holds nothing of libc's */

/* What a local wall-clock time denotes. */
typedef enum wall_clock {
    WALL_CLOCK_UNIQUE,
    WALL_CLOCK_REPEATED, /* the hour of autumn: two instants, the earlier is given */
    WALL_CLOCK_SKIPPED   /* the hour of spring: none; the instant of the change is given */
} wall_clock;

/* Opens "Europe/Paris"; ERROR_INPUT for an unknown name, ERROR_FILE where the system has no zones. Call
 * before threads start (reads libc's zone). */
error_code zone_open(const char *name, struct zone **opened, struct error *error) ERROR_CHECKED;
void zone_close(struct zone *zone);

/* UTC offset in seconds, east positive, in force at an instant. */
int32_t zone_offset_s(const struct zone *zone, instant_s at);

/* The local day and the wall-clock second of day at an instant. */
void zone_local(const struct zone *zone, instant_s at, day_number *day, int32_t *second);

/* The instant of a local wall-clock time; `second` may reach 86400 or more (the next day's). */
wall_clock zone_instant(const struct zone *zone, day_number day, int32_t second, instant_s *at);

/* Local midnight: the beginning of the service day. */
instant_s zone_midnight(const struct zone *zone, day_number day);

/* Seconds elapsed since local midnight of `day` at the wall-clock time `second` of that day, and back. */
int32_t zone_elapsed(const struct zone *zone, day_number day, int32_t second);
int32_t zone_wall_clock(const struct zone *zone, day_number day, int32_t elapsed_s);

/* "2026-11-23T06:00:00+01:00". */
void instant_text(const struct zone *zone, instant_s at, char text[INSTANT_TEXT_SIZE]);

#endif
