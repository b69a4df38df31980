#include "io/text_time.h"
#include "tests/support/test.h"

#include <stdio.h>
#include <string.h>

static void dates_in_every_form(void **state)
{
    (void)state;
    struct date_style style = {.line = 1};
    /* Each day from 1999 to 2030, in three forms. */
    const day_number first = day_from_civil((struct civil_date){1999, 1, 1});
    for (day_number day = first; day < first + 32 * 366; day++) {
        const struct civil_date date = civil_from_day(day);
        static const char *const forms[] = {"%04d-%02d-%02d", "%04d/%d/%d"};
        char text[40];
        for (int form = 0; form < 4; form++) {
            if (form < 2) {
                snprintf(text, sizeof text, form == 0 ? forms[0] : forms[1], date.year, date.month, date.day);
            } else {
                snprintf(text, sizeof text, form == 2 ? "%02d/%02d/%04d" : "%d.%d.%d", date.day, date.month,
                         date.year);
            }
            day_number read;
            assert_null(text_date(text, strlen(text), &style, &read));
            assert_int_equal(read, day);
        }
    }
    static const char *const refused[] = {"",
                                          "2026",
                                          "2026-11",
                                          "2026-13-01",
                                          "2026-02-29",
                                          "2026-00-10",
                                          "29/02/2027",
                                          "31/04/2026",
                                          "12/25/2026",
                                          "1/1/26",
                                          "2026-11-23T06:00",
                                          "23 11 2026",
                                          "2026-11-23x",
                                          "2026-11/23",
                                          "20261-11-23",
                                          "1900-02-29",
                                          "11-23-2026"};
    for (size_t i = 0; i < COUNT_OF(refused); i++) {
        day_number day;
        if (text_date(refused[i], strlen(refused[i]), &style, &day) == NULL)
            fail_msg("“%s” is taken", refused[i]);
    }
    day_number day;
    assert_null(text_date("2000-02-29", 10, &style, &day));
    assert_null(text_date("23/11/2026 00:00:00", 19, &style, &day)); /* a spreadsheet's midnight */
}

static void month_first_is_named(void **state)
{
    (void)state;
    struct date_style style = {.line = 2};
    day_number day;
    const char *fault = text_date("12/25/2026", 10, &style, &day);
    assert_non_null(strstr(fault, "month first (mm/dd/yyyy)"));
    style = (struct date_style){.line = 2};
    assert_null(text_date("25/12/2026", 10, &style, &day));
    assert_int_equal(style.proof_line, 2);
    style.line = 3;
    fault = text_date("12/25/2026", 10, &style, &day);
    assert_non_null(strstr(fault, "other dates of the file are day first"));
}

static void timestamps_become_instants(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        instant_s at; /* by date(1); -1: refused */
    } times[] = {
        {"2026-11-23T06:00:00+01:00", 1795410000},
        {"2026-11-23T05:00:00Z", 1795410000},
        {"2026-11-23 06:00", 1795410000},
        {"23/11/2026 6:00", 1795410000},
        {"2026-11-23T06:00:00.999", 1795410000},
        {"2026-11-23 06:00 +0100", 1795410000},
        {"2026-11-23t00:30:00-04:30", 1795410000},
        {"2026-07-01T12:00", 1782900000},
        {"2026-03-29T02:30", 1774746000},
        {"2026-11-22T24:00", 1795388400},
        {"2026-11-23", -1},
        {"2026-11-23T", -1},
        {"2026-11-23T06", -1},
        {"2026-11-23T24:30", -1},
        {"2026-11-23T06:00:60", -1},
        {"2026-11-23T06:00:00+15:00", -1},
        {"2026-11-23T06:00:00 Paris", -1},
        {"2026-11-23T06:00:00.", -1},
        {"06:00", -1},
        {"", -1},
    };
    struct zone *zone;
    assert_int_equal(zone_open("Europe/Paris", &zone, NULL), ERROR_NONE);
    struct instant_reader reader = {.zone = zone};
    for (size_t i = 0; i < COUNT_OF(times); i++) {
        struct date_style style = {.line = 1};
        struct written_time time;
        instant_s at = -1;
        if (text_timestamp(times[i].text, strlen(times[i].text), &style, &time) == NULL) {
            (void)text_instant(&reader, time, &at);
        }
        if (at != times[i].at) fail_msg("“%s” is %lld", times[i].text, (long long)at);
    }
    zone_close(zone);
}

/* Every half hour of a year, written with and without its offset, is the same instant again. */
static void wall_clocks_agree_with_offsets(void **state)
{
    (void)state;
    struct zone *zone;
    assert_int_equal(zone_open("Europe/Paris", &zone, NULL), ERROR_NONE);
    struct instant_reader reader = {.zone = zone};
    instant_s before = INT64_MIN;
    int repeated = 0;
    for (instant_s at = 1767222000; at < 1767222000 + INT64_C(365) * DAY_SECONDS; at += 1800) {
        char text[INSTANT_TEXT_SIZE];
        struct date_style style = {.line = 1};
        struct written_time time;
        instant_s read;
        instant_text(zone, at, text);
        assert_null(text_timestamp(text, strlen(text), &style, &time));
        assert_int_equal(text_instant(&reader, time, &read), WALL_CLOCK_UNIQUE);
        assert_true(read == at);
        assert_null(text_timestamp(text, strlen("2026-11-23T06:00:00"), &style, &time));
        if (text_instant(&reader, time, &read) == WALL_CLOCK_REPEATED) {
            read = text_series_instant(&reader, read, before, false);
            repeated++;
        }
        assert_true(read == at);
        before = read;
    }
    assert_int_equal(repeated, 4);
    zone_close(zone);
}

static void months_of_birth(void **state)
{
    (void)state;
    static const char *const texts[] = {"1988-08", "08/1988", "8/1988", "1988-08-31", "31/08/1988"};
    struct date_style style = {.line = 1};
    int32_t year, month;
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        assert_null(text_month(texts[i], strlen(texts[i]), &style, &year, &month));
        assert_int_equal(year * 100 + month, 198808);
    }
    static const char *const refused[] = {"1988", "1988-13", "00/1988", "88-08", "August 1988", ""};
    for (size_t i = 0; i < COUNT_OF(refused); i++) {
        assert_non_null(text_month(refused[i], strlen(refused[i]), &style, &year, &month));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_in_every_form),
        cmocka_unit_test(month_first_is_named),
        cmocka_unit_test(timestamps_become_instants),
        cmocka_unit_test(wall_clocks_agree_with_offsets),
        cmocka_unit_test(months_of_birth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
