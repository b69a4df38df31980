#include "solver/horizon/choice.h"
#include "tests/support/small_city.h"
#include "tests/support/test.h"

#include <math.h>

static struct choice choose(struct small_city *small, day_number day)
{
    struct choice choice;
    struct error error = {0};
    if (choice_make(&small->city, &small->forecast, day, &small->arena, &choice, &error) != ERROR_NONE)
        fail_msg("%s", error.message);
    return choice;
}

static void set_overflow(struct small_city *small, int32_t bin, const float by_day[SMALL_DAYS])
{
    for (int32_t d = 0; d < SMALL_DAYS; d++) small->overflow[bin * SMALL_DAYS + d] = by_day[d];
}

static void quiet_bins_wait(void **state)
{
    struct small_city small;
    (void)state;
    small_city_make(&small);
    struct choice choice = choose(&small, small.city.start);
    assert_int_equal(choice.mandatory_count, 0);
    assert_int_equal(choice.optional_count, 0);
    assert_int_equal(choice.next_chance, small.city.start + 1);
    for (int32_t b = 0; b < SMALL_BINS; b++) {
        assert_int_equal(choice.bins[b].reason, REASON_NONE);
        assert_true(choice.bins[b].days_since == 2);
        assert_int_equal(choice.bins[b].prize, 0);
    }
    small_city_free(&small);
}

static void each_reason_in_its_order(void **state)
{
    struct small_city small;
    (void)state;
    small_city_make(&small);
    small.bins[0].mandatory = true;
    small.requests[0] = (struct request){small.forecast.now - 3600, 1, REQUEST_OVERFLOW};
    small.requests[1] = (struct request){small.forecast.now - 3600, 4, REQUEST_DAMAGE};
    small.city.request_count = 2;
    small.bins[2].frequency.weekdays = 1; /* Monday */
    /* 1 % by tonight, 9 % by tomorrow night: 5 % before tomorrow's truck. */
    set_overflow(&small, 3, (const float[]){0.01f, 0.09f, 0.2f, 0.4f, 0.6f, 0.8f, 0.9f});
    struct choice choice = choose(&small, small.city.start);
    assert_int_equal(choice.bins[0].reason, REASON_FLAG);
    assert_int_equal(choice.bins[1].reason, REASON_REQUEST);
    assert_int_equal(choice.bins[2].reason, REASON_WEEKDAY);
    assert_int_equal(choice.bins[3].reason, REASON_RISK);
    assert_int_equal(choice.bins[4].reason, REASON_NONE);
    assert_true(fabs(choice.bins[3].risk - 0.05) < 1e-6);
    assert_int_equal(choice.mandatory_count, 4);
    /* The flag comes before everything else. */
    small.bins[3].mandatory = true;
    assert_int_equal(choose(&small, small.city.start).bins[3].reason, REASON_FLAG);
    small_city_free(&small);
}

static void an_old_or_answered_request_binds_no_more(void **state)
{
    struct small_city small;
    (void)state;
    small_city_make(&small);
    small.city.request_count = 2;
    small.requests[0] = (struct request){small.forecast.now - 8 * DAY_SECONDS, 0, REQUEST_MISSED};
    small.requests[1] =
        (struct request){small.forecast.now - 3 * DAY_SECONDS, 1, REQUEST_MISSED}; /* emptied since */
    struct choice choice = choose(&small, small.city.start);
    assert_int_equal(choice.bins[0].reason, REASON_NONE);
    assert_int_equal(choice.bins[1].reason, REASON_NONE);
    small_city_free(&small);
}

static void a_promise_binds_when_waiting_would_break_it(void **state)
{
    struct small_city small;
    (void)state;
    small_city_make(&small);
    small.bins[0].frequency.per_week = 1;
    small.bins[1].frequency.per_week = 2;
    small.fills[0].source = small.fills[1].source = FILL_EMPTYINGS;
    small.fills[0].last_emptied = zone_midnight(small.city.zone, small.city.start - 7) + 30000;
    small.fills[1].last_emptied = zone_midnight(small.city.zone, small.city.start - 3) + 30000;
    struct choice choice = choose(&small, small.city.start);
    assert_int_equal(choice.bins[0].reason, REASON_OVERDUE); /* tomorrow would be the eighth day */
    assert_int_equal(choice.bins[1].reason, REASON_NONE); /* tomorrow is the fourth: twice a week, 3 or 4 */
    small.fills[0].last_emptied += DAY_SECONDS;
    small.fills[1].last_emptied -= DAY_SECONDS;
    choice = choose(&small, small.city.start);
    assert_int_equal(choice.bins[0].reason, REASON_NONE);
    assert_int_equal(choice.bins[1].reason, REASON_OVERDUE);
    small_city_free(&small);
}

static void a_watched_bin_is_never_overdue(void **state)
{
    struct small_city small;
    (void)state;
    small_city_make(&small);
    for (int32_t b = 0; b < 2; b++) {
        small.bins[b].frequency.per_week = 1;
        small.fills[b].last_emptied = zone_midnight(small.city.zone, small.city.start - 20);
    }
    small.fills[1].source = FILL_EMPTYINGS;
    struct choice choice = choose(&small, small.city.start);
    assert_int_equal(choice.bins[0].reason, REASON_NONE);
    assert_int_equal(choice.bins[1].reason, REASON_OVERDUE);
    small.city.frequency_always = true;
    assert_int_equal(choose(&small, small.city.start).bins[0].reason, REASON_OVERDUE);
    small_city_free(&small);
}

static void what_the_day_cannot_carry_is_deferred(void **state)
{
    struct small_city small;
    (void)state;
    small_city_make(&small);
    /* All at risk, the last most; each will hold 500 l, 125 kg. The site takes 300 kg. */
    for (int32_t b = 0; b < SMALL_BINS; b++)
        for (int32_t d = 0; d < SMALL_DAYS; d++) small.overflow[b * SMALL_DAYS + d] = 0.1f * (float)(b + 1);
    small.sites[0].daily_limit_kg = 300;
    struct choice choice = choose(&small, small.city.start);
    for (int32_t b = 0; b < 3; b++) assert_int_equal(choice.bins[b].reason, REASON_DEFERRED);
    assert_int_equal(choice.bins[3].reason, REASON_RISK);
    assert_int_equal(choice.bins[4].reason, REASON_RISK);
    assert_int_equal(choice.mandatory_count, 2);
    assert_int_equal(choice.deferred_count, 3);
    assert_true(choice.bins[2].prize > choice.bins[0].prize && choice.bins[0].prize > 0);
    /* Hours are a limit too: a truck of one minute carries nothing. */
    small.sites[0].daily_limit_kg = 0;
    assert_int_equal(choose(&small, small.city.start).mandatory_count, SMALL_BINS);
    for (int32_t v = 0; v < 2; v++) small.vehicles[v].max_work_s = 60;
    assert_int_equal(choose(&small, small.city.start).mandatory_count, 0);
    /* What is due for another reason than risk is never deferred. */
    small.bins[0].mandatory = true;
    assert_int_equal(choose(&small, small.city.start).bins[0].reason, REASON_FLAG);
    small_city_free(&small);
}

static void friday_looks_to_monday(void **state)
{
    struct small_city small;
    (void)state;
    small_city_make(&small);
    day_number friday = small.city.start + 4;
    struct choice choice = choose(&small, friday);
    /* No truck on Saturday or Sunday; the forecast ends on Sunday, so its end stands for Monday. */
    assert_int_equal(choice.next_chance, small.city.start + 7);
    small.calendar[0] = (struct calendar_day){small.city.start + 1, CALENDAR_HOLIDAY, "holiday", 1};
    small.city.calendar_count = 1;
    assert_int_equal(choose(&small, small.city.start).next_chance, small.city.start + 2);
    small_city_free(&small);
}

static void the_prize_is_the_risk_taken_away(void **state)
{
    struct small_city small;
    (void)state;
    small_city_make(&small);
    set_overflow(&small, 0, (const float[]){0, 0.01f, 0.05f, 0.2f, 0.4f, 0.6f, 0.8f});
    struct choice choice = choose(&small, small.city.start);
    double until_wednesday = (0.01 + 0.05) / 2;
    double saved = until_wednesday - forecast_overflow_if_emptied(&small.forecast, &small.city, 0,
                                                                  small.city.start, small.city.start + 2);
    assert_int_equal(choice.bins[0].reason, REASON_PRIZE);
    assert_true(fabs(choice.bins[0].saved_risk - saved) < 1e-6);
    assert_true(fabs((double)choice.bins[0].prize - 60e9 * saved) < 1e4);
    assert_int_equal(choice.optional_count, 1);
    small_city_free(&small);
}

static void unknown_history_falls_back_on_the_fixed_rounds(void **state)
{
    struct small_city small;
    (void)state;
    small_city_make(&small);
    small.fills[0].source = small.fills[1].source = FILL_EMPTYINGS;
    small.fills[0].last_emptied = INT64_MIN;
    small.fills[1].last_emptied = INT64_MIN;
    small.fixed_visits[0] = (struct fixed_visit){.weekday = 2, .bin = 0};
    small.city.fixed_visit_count = 1;
    small.bins[0].frequency.per_week = small.bins[1].frequency.per_week = 2;
    struct choice choice = choose(&small, small.city.start);
    assert_true(choice.bins[0].days_since == 5); /* last Wednesday */
    assert_int_equal(choice.bins[0].reason, REASON_OVERDUE);
    assert_true(isnan(choice.bins[1].days_since));
    assert_int_equal(choice.bins[1].reason, REASON_NONE);
    small_city_free(&small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quiet_bins_wait),
        cmocka_unit_test(each_reason_in_its_order),
        cmocka_unit_test(an_old_or_answered_request_binds_no_more),
        cmocka_unit_test(a_promise_binds_when_waiting_would_break_it),
        cmocka_unit_test(a_watched_bin_is_never_overdue),
        cmocka_unit_test(what_the_day_cannot_carry_is_deferred),
        cmocka_unit_test(friday_looks_to_monday),
        cmocka_unit_test(the_prize_is_the_risk_taken_away),
        cmocka_unit_test(unknown_history_falls_back_on_the_fixed_rounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
