/* Civil days against a count day by day; zones against libc, and at the changes of clock known by date. */
#include "solver/base/calendar.h"

#include "solver/base/arena.h"
#include "solver/base/rng.h"
#include "tests/support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *const ZONES[] = {
    "UTC",
    "Europe/Paris",
    "America/New_York",
    "America/Sao_Paulo",   /* changed at midnight, until 2019 */
    "America/Havana",      /* changes at midnight still */
    "Australia/Lord_Howe", /* half an hour of summer time */
    "Asia/Kathmandu",      /* 05:45 */
    "Africa/Casablanca",   /* two changes around each Ramadan */
    "Africa/Monrovia",     /* seconds in its offset, until 1972 */
    "Pacific/Apia",        /* leapt over 2011-12-30 */
    "Pacific/Kiritimati",  /* +14:00; leapt over 1994-12-31 */
    "Antarctica/Troll",    /* two hours of summer time */
    "Europe/Dublin",       /* negative winter time */
    "Indian/Reunion",
};

static const int64_t HOUR_S = 3600;

static struct zone *open_zone(const char *name)
{
    struct zone *zone;
    struct error error = {0};
    assert_int_equal(zone_open(name, &zone, &error), ERROR_NONE);
    assert_non_null(zone);
    return zone;
}

static day_number day_of(int32_t year, int32_t month, int32_t day)
{
    return day_from_civil((struct civil_date){year, month, day});
}

static void days_follow_each_other(void **state)
{
    (void)state;
    static const int32_t LENGTHS[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    day_number day = day_of(1, 1, 1);
    int32_t weekday = 0; /* 0001-01-01 was a Monday */
    assert_int_equal(day, -719162);
    for (int32_t year = 1; year <= 9999; year++) {
        const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        for (int32_t month = 1; month <= 12; month++) {
            const int32_t length = LENGTHS[month - 1] + (month == 2 && leap);
            assert_false(civil_valid((struct civil_date){year, month, length + 1}));
            for (int32_t date = 1; date <= length; date++, day++, weekday = (weekday + 1) % 7) {
                const struct civil_date civil = {year, month, date}, back = civil_from_day(day);
                const bool right = civil_valid(civil) && day_from_civil(civil) == day && back.year == year &&
                                   back.month == month && back.day == date && day_weekday(day) == weekday;
                if (!right) fail_msg("%d-%d-%d", year, month, date);
            }
        }
    }
}

static void known_days(void **state)
{
    (void)state;
    char text[DAY_TEXT_SIZE];
    assert_int_equal(day_of(1970, 1, 1), 0);
    assert_int_equal(day_of(2000, 2, 29), 11016);
    assert_int_equal(day_weekday(day_of(2026, 11, 23)), 0);
    assert_int_equal(day_weekday(day_of(1969, 7, 20)), 6);
    day_text(day_of(2026, 11, 3), text);
    assert_string_equal(text, "2026-11-03");
    day_text(day_of(987, 1, 1), text);
    assert_string_equal(text, "0987-01-01");
}

static void impossible_dates_are_not_valid(void **state)
{
    (void)state;
    static const struct civil_date WRONG[] = {
        {2026, 0, 1},         {2026, 13, 1},        {2026, 1, 0},
        {2026, 1, 32},        {2026, 4, 31},        {2026, 2, 29},
        {1900, 2, 29},        {2100, 2, 29},        {0, 1, 1},
        {10000, 1, 1},        {-4, 2, 29},          {2026, -1, 10},
        {2026, 1, -10},       {INT32_MIN, 1, 1},    {INT32_MAX, 1, 1},
        {2026, INT32_MIN, 1}, {2026, INT32_MAX, 1}, {2026, 1, INT32_MAX},
    };
    for (size_t i = 0; i < COUNT_OF(WRONG); i++) assert_false(civil_valid(WRONG[i]));
    assert_true(civil_valid((struct civil_date){2000, 2, 29}));
    assert_true(civil_valid((struct civil_date){2024, 2, 29}));
}

static void days_far_away_do_not_overflow(void **state)
{
    (void)state;
    char text[DAY_TEXT_SIZE];
    static const day_number FAR[] = {INT32_MIN, INT32_MIN + 1, -719163, INT32_MAX - 1, INT32_MAX};
    for (size_t i = 0; i < COUNT_OF(FAR); i++) {
        assert_in_range(day_weekday(FAR[i]), 0, 6);
        const struct civil_date date = civil_from_day(FAR[i]);
        assert_in_range(date.month, 1, 12);
        assert_in_range(date.day, 1, 31);
        day_text(FAR[i], text);
        assert_true(strlen(text) < sizeof text);
    }
}

/* ---- zones ---- */

static void offsets_agree_with_libc(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(ZONES); i++) {
        struct zone *zone = open_zone(ZONES[i]);
        struct rng rng;
        rng_seed(&rng, i);
        setenv("TZ", ZONES[i], 1);
        tzset();
        for (int32_t draw = 0; draw < 20000; draw++) {
            const time_t at = (time_t)rng_below(&rng, 47481) * DAY_SECONDS + rng_below(&rng, DAY_SECONDS);
            struct tm local;
            day_number day;
            int32_t second;
            assert_non_null(localtime_r(&at, &local));
            zone_local(zone, at, &day, &second);
            const struct civil_date date = civil_from_day(day);
            const bool same = zone_offset_s(zone, at) == local.tm_gmtoff &&
                              date.year == local.tm_year + 1900 && date.month == local.tm_mon + 1 &&
                              date.day == local.tm_mday && day_weekday(day) == (local.tm_wday + 6) % 7 &&
                              second == local.tm_hour * 3600 + local.tm_min * 60 + local.tm_sec;
            if (!same) fail_msg("%s at %lld", ZONES[i], (long long)at);
        }
        unsetenv("TZ");
        tzset();
        zone_close(zone);
    }
}

/* How often a wall-clock time occurs, by looking at every offset that the zone ever has. */
static int32_t occurrences(const struct zone *zone, int64_t local_s, instant_s *earliest)
{
    int32_t count = 0;
    for (int32_t offset_s = 15 * 3600; offset_s >= -13 * 3600; offset_s -= 1800) {
        if (zone_offset_s(zone, local_s - offset_s) != offset_s) continue;
        if (count++ == 0) *earliest = local_s - offset_s;
    }
    return count;
}

static void wall_clock_times_are_found_around_every_change(void **state)
{
    (void)state;
    int32_t repeated = 0, skipped = 0;
    for (size_t i = 0; i < COUNT_OF(ZONES); i++) {
        if (strcmp(ZONES[i], "Asia/Kathmandu") == 0 || strcmp(ZONES[i], "Africa/Monrovia") == 0) continue;
        struct zone *zone = open_zone(ZONES[i]);
        for (day_number day = day_of(1990, 1, 1); day < day_of(2040, 1, 1); day++) {
            const bool quiet = zone_offset_s(zone, ((instant_s)day - 2) * DAY_SECONDS) ==
                               zone_offset_s(zone, ((instant_s)day + 2) * DAY_SECONDS);
            for (int32_t second = 0; second < DAY_SECONDS; second += quiet ? 43200 : 900) {
                instant_s at, earliest = 0;
                const wall_clock kind = zone_instant(zone, day, second, &at);
                const int32_t count = occurrences(zone, (int64_t)day * DAY_SECONDS + second, &earliest);
                assert_int_equal(kind, count == 0   ? WALL_CLOCK_SKIPPED
                                       : count == 1 ? WALL_CLOCK_UNIQUE
                                                    : WALL_CLOCK_REPEATED);
                if (count > 0)
                    assert_true(at == earliest);
                else
                    assert_int_not_equal(zone_offset_s(zone, at - 1), zone_offset_s(zone, at));
                repeated += kind == WALL_CLOCK_REPEATED;
                skipped += kind == WALL_CLOCK_SKIPPED;
            }
        }
        zone_close(zone);
    }
    assert_true(repeated > 1000 && skipped > 1000);
}

static void paris_in_spring_skips_an_hour(void **state)
{
    (void)state;
    struct zone *paris = open_zone("Europe/Paris");
    const day_number day = day_of(2026, 3, 29);
    const instant_s change = (instant_s)day * DAY_SECONDS + 3600; /* 01:00 UTC */
    instant_s at;
    assert_int_equal(zone_offset_s(paris, change - 1), 3600);
    assert_int_equal(zone_offset_s(paris, change), 7200);
    assert_true(zone_midnight(paris, day + 1) - zone_midnight(paris, day) == 23 * HOUR_S);

    assert_int_equal(zone_instant(paris, day, 2 * 3600 - 1, &at), WALL_CLOCK_UNIQUE);
    assert_true(at == change - 1);
    assert_int_equal(zone_instant(paris, day, 2 * 3600, &at), WALL_CLOCK_SKIPPED);
    assert_true(at == change);
    assert_int_equal(zone_instant(paris, day, 3 * 3600 - 1, &at), WALL_CLOCK_SKIPPED);
    assert_true(at == change);
    assert_int_equal(zone_instant(paris, day, 3 * 3600, &at), WALL_CLOCK_UNIQUE);
    assert_true(at == change);

    assert_int_equal(zone_elapsed(paris, day, 6 * 3600), 5 * 3600);
    assert_int_equal(zone_wall_clock(paris, day, 5 * 3600), 6 * 3600);
    assert_int_equal(zone_wall_clock(paris, day, 23 * 3600), DAY_SECONDS);
    zone_close(paris);
}

static void paris_in_autumn_repeats_an_hour(void **state)
{
    (void)state;
    struct zone *paris = open_zone("Europe/Paris");
    const day_number day = day_of(2026, 10, 25);
    const instant_s change = (instant_s)day * DAY_SECONDS + 3600;
    instant_s at;
    assert_true(zone_midnight(paris, day + 1) - zone_midnight(paris, day) == 25 * HOUR_S);

    assert_int_equal(zone_instant(paris, day, 2 * 3600 - 1, &at), WALL_CLOCK_UNIQUE);
    assert_int_equal(zone_instant(paris, day, 2 * 3600, &at), WALL_CLOCK_REPEATED);
    assert_true(at == change - 3600);
    assert_int_equal(zone_instant(paris, day, 3 * 3600 - 1, &at), WALL_CLOCK_REPEATED);
    assert_true(at == change - 1);
    assert_int_equal(zone_instant(paris, day, 3 * 3600, &at), WALL_CLOCK_UNIQUE);
    assert_true(at == change + 3600);

    assert_int_equal(zone_elapsed(paris, day, 6 * 3600), 7 * 3600);
    assert_int_equal(zone_wall_clock(paris, day, 2 * 3600 + 1800), 2 * 3600 + 1800);
    assert_int_equal(zone_wall_clock(paris, day, 3 * 3600 + 1800), 2 * 3600 + 1800);
    zone_close(paris);
}

/* Elapsed time of a wall clock, and the wall clock of an elapsed time, undo each other on any day, but for
 * the second pass of a repeated hour. */
static void elapsed_and_wall_clock_agree(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(ZONES); i++) {
        struct zone *zone = open_zone(ZONES[i]);
        for (day_number day = day_of(2010, 1, 1); day < day_of(2030, 1, 1); day++) {
            const instant_s midnight = zone_midnight(zone, day);
            const int32_t length_s = (int32_t)(zone_midnight(zone, day + 1) - midnight);
            assert_int_equal(zone_elapsed(zone, day, DAY_SECONDS), length_s);
            for (int32_t elapsed_s = 0; elapsed_s < length_s; elapsed_s += 3600) {
                instant_s at;
                const int32_t second = zone_wall_clock(zone, day, elapsed_s);
                const wall_clock kind = zone_instant(zone, day, second, &at);
                assert_int_not_equal(kind, WALL_CLOCK_SKIPPED);
                if (kind == WALL_CLOCK_UNIQUE)
                    assert_int_equal(zone_elapsed(zone, day, second), elapsed_s);
                else
                    assert_true(zone_elapsed(zone, day, second) <= elapsed_s);
            }
        }
        zone_close(zone);
    }
}

static void a_shift_may_end_on_the_next_day(void **state)
{
    (void)state;
    struct zone *paris = open_zone("Europe/Paris");
    instant_s night, morning;
    assert_int_equal(zone_instant(paris, day_of(2026, 3, 28), 30 * 3600, &night), WALL_CLOCK_UNIQUE);
    assert_int_equal(zone_instant(paris, day_of(2026, 3, 29), 6 * 3600, &morning), WALL_CLOCK_UNIQUE);
    assert_true(night == morning);
    assert_int_equal(zone_elapsed(paris, day_of(2026, 3, 28), 30 * 3600), 29 * 3600);
    zone_close(paris);
}

static void a_day_may_be_missing(void **state)
{
    (void)state;
    struct zone *apia = open_zone("Pacific/Apia");
    const day_number missing = day_of(2011, 12, 30);
    instant_s at;
    assert_int_equal(zone_instant(apia, missing, 12 * 3600, &at), WALL_CLOCK_SKIPPED);
    assert_true(at == zone_midnight(apia, missing + 1));
    assert_true(zone_midnight(apia, missing) == zone_midnight(apia, missing + 1));
    assert_true(zone_midnight(apia, missing) - zone_midnight(apia, missing - 1) == DAY_SECONDS);
    zone_close(apia);
}

static void instants_are_written_with_their_offset(void **state)
{
    (void)state;
    static const struct {
        const char *zone;
        instant_s at;
        const char *text;
    } CASES[] = {
        {"UTC", 0, "1970-01-01T00:00:00+00:00"},
        {"UTC", -1, "1969-12-31T23:59:59+00:00"},
        {"Europe/Paris", 1795410000, "2026-11-23T06:00:00+01:00"},
        {"Europe/Paris", 1782777599, "2026-06-30T01:59:59+02:00"},
        {"America/New_York", 1795410000, "2026-11-23T00:00:00-05:00"},
        {"Asia/Kathmandu", 1795410000, "2026-11-23T10:45:00+05:45"},
        {"Europe/Paris", 4102444800, "2100-01-01T01:00:00+01:00"},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        char text[INSTANT_TEXT_SIZE];
        struct zone *zone = open_zone(CASES[i].zone);
        instant_text(zone, CASES[i].at, text);
        assert_string_equal(text, CASES[i].text);
        zone_close(zone);
    }
}

static void a_system_without_zones_is_told_apart(void **state)
{
    (void)state;
    struct error error = {0};
    struct zone *zone;
    assert_int_equal(setenv("TZDIR", "/nowhere", 1), 0);
    assert_int_equal(zone_open("Europe/Paris", &zone, &error), ERROR_FILE);
    assert_int_equal(unsetenv("TZDIR"), 0);
    assert_null(zone);
    assert_non_null(strstr(error.message, "/nowhere"));
}

static void unknown_names_are_input_errors(void **state)
{
    (void)state;
    static const char *const NAMES[] = {"",
                                        "Europe/Atlantis",
                                        "europe/paris ",
                                        "/usr/share/zoneinfo/Europe/Paris",
                                        "../zoneinfo/Europe/Paris",
                                        "Europe/../Europe/Paris",
                                        ":Europe/Paris",
                                        "CET-1CEST,M3.5.0,M10.5.0/3",
                                        "Europe",
                                        "zone.tab",
                                        "tzdata.zi"};
    for (size_t i = 0; i < COUNT_OF(NAMES); i++) {
        struct zone *zone = (struct zone *)&zone;
        struct error error = {0};
        assert_int_equal(zone_open(NAMES[i], &zone, &error), ERROR_INPUT);
        assert_null(zone);
        assert_non_null(strstr(error.message, NAMES[i]));
    }
    char endless[10000];
    struct zone *zone;
    memset(endless, 'A', sizeof endless - 1);
    endless[sizeof endless - 1] = '\0';
    assert_int_equal(zone_open(endless, &zone, NULL), ERROR_INPUT);
}

static void the_process_keeps_its_own_zone(void **state)
{
    (void)state;
    const time_t at = 1795410000;
    struct tm before, after;
    setenv("TZ", "America/New_York", 1);
    tzset();
    localtime_r(&at, &before);
    zone_close(open_zone("Europe/Paris"));
    localtime_r(&at, &after);
    assert_string_equal(getenv("TZ"), "America/New_York");
    assert_int_equal(before.tm_hour, after.tm_hour);
    assert_int_equal(after.tm_gmtoff, -5 * 3600);
    unsetenv("TZ");
    tzset();
    zone_close(open_zone("Europe/Paris"));
    assert_null(getenv("TZ"));
}

static void refused_memory_is_reported(void **state)
{
    (void)state;
    for (int64_t refused = 1; refused <= 2; refused++) {
        struct zone *zone;
        arena_fail_after(refused);
        const error_code rc = zone_open("Europe/Paris", &zone, NULL);
        arena_fail_after(0);
        assert_int_equal(rc, ERROR_MEMORY);
        assert_null(zone);
        assert_null(getenv("TZ"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_follow_each_other),
        cmocka_unit_test(known_days),
        cmocka_unit_test(impossible_dates_are_not_valid),
        cmocka_unit_test(days_far_away_do_not_overflow),
        cmocka_unit_test(offsets_agree_with_libc),
        cmocka_unit_test(wall_clock_times_are_found_around_every_change),
        cmocka_unit_test(paris_in_spring_skips_an_hour),
        cmocka_unit_test(paris_in_autumn_repeats_an_hour),
        cmocka_unit_test(elapsed_and_wall_clock_agree),
        cmocka_unit_test(a_shift_may_end_on_the_next_day),
        cmocka_unit_test(a_day_may_be_missing),
        cmocka_unit_test(instants_are_written_with_their_offset),
        cmocka_unit_test(unknown_names_are_input_errors),
        cmocka_unit_test(a_system_without_zones_is_told_apart),
        cmocka_unit_test(the_process_keeps_its_own_zone),
        cmocka_unit_test(refused_memory_is_reported),
    };
    unsetenv("TZ");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
