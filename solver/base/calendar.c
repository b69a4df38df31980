#include "solver/base/calendar.h"

#include "solver/base/array.h"
#include "solver/base/message.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- civil days: Hinnant's algorithms; years begin on 1 March, so that the leap day comes last ---- */

enum { ERA_YEARS = 400, ERA_DAYS = 146097, DAYS_0000_03_01_TO_1970 = 719468 };

static int64_t floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static int32_t month_days(int32_t year, int32_t month)
{
    static const int8_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap);
}

bool civil_valid(struct civil_date date)
{
    return date.year >= 1 && date.year <= 9999 && date.month >= 1 && date.month <= 12 && date.day >= 1 &&
           date.day <= month_days(date.year, date.month);
}

day_number day_from_civil(struct civil_date date)
{
    assert(civil_valid(date));
    const int32_t year = date.year - (date.month <= 2);
    const int32_t era = year / ERA_YEARS; /* never negative: the first year is 1 */
    const int32_t year_of_era = year - era * ERA_YEARS;
    const int32_t march_month = (date.month + 9) % 12;
    const int32_t day_of_year = (153 * march_month + 2) / 5 + date.day - 1;
    const int32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * ERA_DAYS + day_of_era - DAYS_0000_03_01_TO_1970;
}

struct civil_date civil_from_day(day_number day)
{
    const int64_t shifted = (int64_t)day + DAYS_0000_03_01_TO_1970;
    const int64_t era = floor_divide(shifted, ERA_DAYS);
    const int64_t day_of_era = shifted - era * ERA_DAYS;
    const int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int64_t march_month = (5 * day_of_year + 2) / 153;
    const int64_t month = march_month < 10 ? march_month + 3 : march_month - 9;
    return (struct civil_date){.year = (int32_t)(year_of_era + era * ERA_YEARS + (month <= 2)),
                               .month = (int32_t)month,
                               .day = (int32_t)(day_of_year - (153 * march_month + 2) / 5 + 1)};
}

int32_t day_weekday(day_number day)
{
    const int64_t since_monday = (int64_t)day + 3; /* 1970-01-01 was a Thursday */
    return (int32_t)(since_monday - floor_divide(since_monday, WEEK_DAYS) * WEEK_DAYS);
}

void day_text(day_number day, char text[DAY_TEXT_SIZE])
{
    const struct civil_date date = civil_from_day(day);
    snprintf(text, DAY_TEXT_SIZE, "%04d-%02d-%02d", date.year, date.month, date.day);
}

/* ---- zones ---- */

/* From `at` on, the offset is `offset_s`. */
struct change {
    instant_s at;
    int32_t offset_s;
};

struct zone {
    struct change *items; /* ascending; items[0] holds since ever */
    int64_t count, capacity;
};

static int32_t libc_offset_s(instant_s at)
{
    const time_t time = (time_t)at;
    struct tm local;
    return localtime_r(&time, &local) == NULL ? 0 : (int32_t)local.tm_gmtoff;
}

/* The changes of libc's current zone, from one look a day and a bisection where two looks differ. */
static bool read_changes(struct zone *zone)
{
    const instant_s first = 0;
    const instant_s last = (instant_s)day_from_civil((struct civil_date){2100, 1, 1}) * DAY_SECONDS;
    struct change current = {first, libc_offset_s(first)};
    if (!array_push(zone, current)) return false;
    for (instant_s day = first; day < last; day += DAY_SECONDS) {
        const int32_t offset_s = libc_offset_s(day + DAY_SECONDS);
        if (offset_s == current.offset_s) continue;
        instant_s before = day, after = day + DAY_SECONDS;
        while (after - before > 1) {
            const instant_s middle = before + (after - before) / 2;
            if (libc_offset_s(middle) == current.offset_s)
                before = middle;
            else
                after = middle;
        }
        current = (struct change){after, offset_s};
        if (!array_push(zone, current)) return false;
    }
    return true;
}

static const char *zone_folder(void)
{
    const char *folder = getenv("TZDIR");
    return folder == NULL || folder[0] == '\0' ? "/usr/share/zoneinfo" : folder;
}

/* libc takes an unknown name for UTC, and any path for a file: only a name of the database is let in. */
static bool zone_exists(const char *name)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";
    if (name[0] == '\0' || name[0] == '/' || name[strspn(name, allowed)] != '\0') return false;

    char path[4096];
    const int length = snprintf(path, sizeof path, "%s/%s", zone_folder(), name);
    if (length < 0 || length >= (int)sizeof path) return false;
    FILE *file = fopen(path, "rb");
    if (file == NULL) return false;
    char magic[4];
    const bool found = fread(magic, 1, sizeof magic, file) == sizeof magic && memcmp(magic, "TZif", 4) == 0;
    fclose(file);
    return found;
}

static bool set_libc_zone(const char *name)
{
    const int failed = name == NULL ? unsetenv("TZ") : setenv("TZ", name, 1);
    tzset();
    return failed == 0;
}

error_code zone_open(const char *name, struct zone **opened, struct error *error)
{
    *opened = NULL;
    if (!zone_exists(name)) {
        if (!zone_exists("UTC")) {
            return error_set(error, ERROR_FILE, _("no time zones in %s: install the package tzdata"),
                             zone_folder());
        }
        return error_set(error, ERROR_INPUT,
                         _("unknown time zone \"%s\"; expected a name such as Europe/Paris"), name);
    }
    const char *current = getenv("TZ");
    char *saved = current == NULL ? NULL : strdup(current);
    struct zone *zone = calloc(1, sizeof *zone);
    bool done = zone != NULL && (current == NULL || saved != NULL);
    if (done) {
        done = set_libc_zone(name) && read_changes(zone);
        done = set_libc_zone(saved) && done;
    }
    free(saved);
    if (!done) {
        zone_close(zone);
        return error_memory(error);
    }
    *opened = zone;
    return ERROR_NONE;
}

void zone_close(struct zone *zone)
{
    if (zone == NULL) return;
    array_free(zone);
    free(zone);
}

/* The last change at or before `at`; the first for all that came earlier. */
static int64_t change_at(const struct zone *zone, instant_s at)
{
    int64_t low = 0, high = zone->count;
    while (high - low > 1) {
        const int64_t middle = low + (high - low) / 2;
        if (zone->items[middle].at <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

int32_t zone_offset_s(const struct zone *zone, instant_s at)
{
    return zone->items[change_at(zone, at)].offset_s;
}

void zone_local(const struct zone *zone, instant_s at, day_number *day, int32_t *second)
{
    const int64_t local_s = at + zone_offset_s(zone, at);
    const int64_t whole_days = floor_divide(local_s, DAY_SECONDS);
    *day = (day_number)whole_days;
    *second = (int32_t)(local_s - whole_days * DAY_SECONDS);
}

wall_clock zone_instant(const struct zone *zone, day_number day, int32_t second, instant_s *at)
{
    /* No offset, nor the leap of a zone over the date line, reaches two days. */
    enum { REACH_S = 2 * DAY_SECONDS };
    const int64_t local_s = (int64_t)day * DAY_SECONDS + second;
    const int64_t last = change_at(zone, local_s + REACH_S);
    int32_t found = 0;
    instant_s skipped_at = 0;
    for (int64_t i = change_at(zone, local_s - REACH_S); i <= last; i++) {
        const struct change change = zone->items[i];
        const instant_s candidate = local_s - change.offset_s;
        const bool begun = i == 0 || candidate >= change.at;
        const bool ended = i + 1 < zone->count && candidate >= zone->items[i + 1].at;
        if (begun && !ended && found++ == 0) *at = candidate;
        if (!begun && local_s >= change.at + zone->items[i - 1].offset_s) skipped_at = change.at;
    }
    if (found == 0) *at = skipped_at;
    return found == 0 ? WALL_CLOCK_SKIPPED : found == 1 ? WALL_CLOCK_UNIQUE : WALL_CLOCK_REPEATED;
}

instant_s zone_midnight(const struct zone *zone, day_number day)
{
    instant_s at;
    zone_instant(zone, day, 0, &at);
    return at;
}

int32_t zone_elapsed(const struct zone *zone, day_number day, int32_t second)
{
    instant_s at;
    zone_instant(zone, day, second, &at);
    return (int32_t)(at - zone_midnight(zone, day));
}

int32_t zone_wall_clock(const struct zone *zone, day_number day, int32_t elapsed_s)
{
    day_number local_day;
    int32_t second;
    zone_local(zone, zone_midnight(zone, day) + elapsed_s, &local_day, &second);
    return (local_day - day) * DAY_SECONDS + second;
}

void instant_text(const struct zone *zone, instant_s at, char text[INSTANT_TEXT_SIZE])
{
    day_number day;
    int32_t second;
    zone_local(zone, at, &day, &second);
    const int32_t offset_s = zone_offset_s(zone, at);
    const int32_t minutes = abs(offset_s) / 60;
    char date[DAY_TEXT_SIZE];
    day_text(day, date);
    snprintf(text, INSTANT_TEXT_SIZE, "%sT%02d:%02d:%02d%c%02d:%02d", date, second / 3600 % 24,
             second / 60 % 60, second % 60, offset_s < 0 ? '-' : '+', minutes / 60 % 24, minutes % 60);
}
