/* The least that serves as well as the practice: as few overflows, as many kilograms, and the checker's yes.
 */
#include "solver/horizon/matched.h"
#include "tests/support/small_city.h"
#include "tests/support/test.h"

#include <string.h>

/* All five bins hold 125 kg; the practice fetches the three that are least at risk. */
static void practise(struct small_city *small, struct choice *choice, struct practice *practice)
{
    struct error error = {0};
    const struct fixed_visit visits[] = {{0, 0, 0, 1, 0}, {0, 0, 0, 2, 1}, {0, 0, 0, 3, 2}};
    memcpy(small->fixed_visits, visits, sizeof visits);
    small->city.fixed_visit_count = 3;
    for (int32_t b = 0; b < SMALL_BINS; b++)
        for (int32_t d = 0; d < SMALL_DAYS; d++) small->overflow[b * SMALL_DAYS + d] = 0.1f * (float)b;
    assert_int_equal(
        choice_make(&small->city, &small->forecast, small->city.start, &small->arena, choice, &error),
        ERROR_NONE);
    assert_int_equal(
        practice_drive(&small->city, &small->forecast, small->city.start, &small->arena, practice, &error),
        ERROR_NONE);
}

static struct matched match(struct small_city *small, const struct choice *choice,
                            const struct practice *practice)
{
    struct matched matched;
    struct error error = {0};
    struct routing_options options = routing_options_default();
    options.iterations = 50;
    options.time_limit_s = 0;
    assert_int_equal(matched_drive(&small->city, &small->forecast, choice, practice, &options, &small->arena,
                                   &matched, &error),
                     ERROR_NONE);
    return matched;
}

static bool serves(const struct matched *matched, int32_t bin)
{
    int32_t stop = matched->problem.stop_of_bin[bin];
    return stop >= 0 && matched->report.stop_route[stop] >= 0;
}

static void the_riskiest_bins_do_as_well(void **state)
{
    struct small_city small;
    struct choice choice;
    struct practice practice;
    (void)state;
    small_city_make(&small);
    practise(&small, &choice, &practice);
    struct matched matched = match(&small, &choice, &practice);
    assert_true(matched.known);
    /* As many kilograms are three bins: the three most at risk. */
    const bool expected[SMALL_BINS] = {false, false, true, true, true};
    for (int32_t b = 0; b < SMALL_BINS; b++) assert_int_equal(serves(&matched, b), expected[b]);
    assert_int_equal(matched.report.violation_count, 0);
    matched_free(&matched);
    practice_free(&practice);
    small_city_free(&small);
}

static void light_bins_at_risk_do_not_replace_heavy_ones(void **state)
{
    struct small_city small;
    struct choice choice;
    struct practice practice;
    (void)state;
    small_city_make(&small);
    practise(&small, &choice, &practice);
    /* The two bins most at risk hold next to nothing: they alone would not collect as much. */
    for (int32_t b = 3; b < SMALL_BINS; b++)
        for (int32_t d = 0; d < SMALL_DAYS; d++) small.level[b * SMALL_DAYS + d] = 2;
    struct matched matched = match(&small, &choice, &practice);
    assert_true(matched.known);
    for (int32_t b = 1; b < SMALL_BINS; b++)
        assert_true(serves(&matched, b)); /* until the kilograms are there */
    matched_free(&matched);
    practice_free(&practice);
    small_city_free(&small);
}

static void without_practice_there_is_nothing_to_match(void **state)
{
    struct small_city small;
    struct choice choice;
    struct practice practice = {.known = false};
    struct error error = {0};
    (void)state;
    small_city_make(&small);
    assert_int_equal(
        choice_make(&small.city, &small.forecast, small.city.start, &small.arena, &choice, &error),
        ERROR_NONE);
    struct matched matched = match(&small, &choice, &practice);
    assert_false(matched.known);
    matched_free(&matched);
    small_city_free(&small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_riskiest_bins_do_as_well),
        cmocka_unit_test(light_bins_at_risk_do_not_replace_heavy_ones),
        cmocka_unit_test(without_practice_there_is_nothing_to_match),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
