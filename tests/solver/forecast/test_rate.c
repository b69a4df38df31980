/* Rates of bins drawn from the model are recovered within their stated uncertainty, from readings and from
 * emptyings alone; noise gives no weekday pattern; who knows little leans on his group. */
#include "tests/support/test.h"

#include "solver/forecast/forecast.h"
#include "solver/forecast/rate.h"
#include "tests/support/fill_series.h"

#include <math.h>
#include <stdlib.h>

#define assert_near(value, expected, margin) \
    assert_true(fabs((double)(value) - (double)(expected)) <= (margin))

enum { BINS = 60 };

struct fixture {
    struct arena arena;
    struct fill_plan plans[BINS];
    const struct fill_series *series[BINS];
    struct city *city;
    struct fill_forecast forecast;
};

static int set_up(void **state)
{
    *state = calloc(1, sizeof(struct fixture));
    return *state == NULL ? -1 : 0;
}

static void free_city(struct fixture *f)
{
    if (f->city != NULL) zone_close(f->city->zone);
    arena_free(&f->arena);
    f->city = NULL;
}

static int tear_down(void **state)
{
    free_city(*state);
    free(*state);
    return 0;
}

static struct fill_plan usual_plan(struct rng *rng)
{
    return (struct fill_plan){.rate = 2 + 10 * rng_unit(rng),
                              .lump = 3,
                              .noise_sd = 2,
                              .empty_at = 75,
                              .weekend = 1,
                              .days = 56,
                              .step_hours = 4,
                              .recorded = true};
}

/* Draws every bin by its plan and forecasts a week from the day after the last. */
static void forecast(struct fixture *f, uint64_t seed)
{
    struct rng rng;
    struct error error;
    int32_t days = 0;
    rng_seed(&rng, seed);
    for (int32_t b = 0; b < BINS; b++) {
        struct fill_series *series = arena_alloc(&f->arena, 1, sizeof *series);
        assert_non_null(series);
        fill_series_draw(series, &f->plans[b], &rng);
        f->series[b] = series;
        if (f->plans[b].days > days) days = f->plans[b].days;
    }
    f->city = fill_city_make(&f->arena, f->series, f->plans, BINS);
    assert_non_null(f->city);
    instant_s now = fill_series_start() + (instant_s)days * DAY_SECONDS + 1;
    assert_int_equal(
        forecast_fill(f->city, now, (day_number)(now / DAY_SECONDS), 7, &f->arena, &f->forecast, &error),
        ERROR_NONE);
}

/* The mean of (estimate - truth) / stated sd, its spread, and the mean relative error. */
struct accuracy {
    double bias, within_80, relative;
    int32_t bins;
};

static void add_accuracy(const struct fixture *f, struct accuracy *accuracy)
{
    for (int32_t b = 0; b < BINS; b++) {
        const struct bin_fill *fill = &f->forecast.bins[b];
        double off = fill->rate_per_day - f->plans[b].rate;
        accuracy->bias += off / f->plans[b].rate;
        accuracy->relative += fabs(off) / f->plans[b].rate;
        accuracy->within_80 += fabs(off) <= 1.2816 * fill->rate_sd;
        accuracy->bins++;
        assert_true(fill->rate_sd < 0.5 * fill->rate_per_day);
    }
}

static void check_accuracy(struct accuracy a, double relative_max)
{
    assert_near(a.bias / a.bins, 0, relative_max / 2);
    assert_true(a.relative / a.bins < relative_max);
    assert_true(a.within_80 / a.bins > 0.8);
}

static void test_rates_from_readings(void **state)
{
    struct fixture *f = *state;
    struct accuracy accuracy = {0};
    for (uint64_t seed = 0; seed < 5; seed++) {
        struct rng rng;
        rng_seed(&rng, 100 + seed);
        for (int32_t b = 0; b < BINS; b++) f->plans[b] = usual_plan(&rng);
        forecast(f, seed);
        add_accuracy(f, &accuracy);
        for (int32_t b = 0; b < BINS; b++) assert_int_equal(f->forecast.bins[b].source, FILL_SENSOR);
        free_city(f);
    }
    check_accuracy(accuracy, 0.12);
}

static void test_rates_from_emptyings_alone(void **state)
{
    struct fixture *f = *state;
    struct accuracy accuracy = {0};
    for (uint64_t seed = 0; seed < 5; seed++) {
        struct rng rng;
        rng_seed(&rng, 200 + seed);
        for (int32_t b = 0; b < BINS; b++) {
            f->plans[b] = usual_plan(&rng);
            f->plans[b].step_hours = 0;
            f->plans[b].empty_at = 40;
        }
        forecast(f, seed);
        add_accuracy(f, &accuracy);
        free_city(f);
    }
    check_accuracy(accuracy, 0.15);
}

/* Half of the amounts only say "full": taken as 100 they would hide a part of the rate. */
static void test_full_amounts_are_taken_as_at_least_full(void **state)
{
    struct fixture *f = *state;
    double truth = 0, estimate = 0, naive = 0;
    struct rng rng;
    rng_seed(&rng, 300);
    for (int32_t b = 0; b < BINS; b++) {
        f->plans[b] = usual_plan(&rng);
        f->plans[b].rate = 9;
        f->plans[b].step_hours = 0;
        f->plans[b].days = 140;
        f->plans[b].interval_days = 8 + rng_below(&rng, 7); /* from 72 to 126 percent */
    }
    forecast(f, 1);
    for (int32_t b = 0; b < BINS; b++) {
        const struct fill_series *s = f->series[b];
        double held = 0;
        for (int32_t e = 1; e < s->emptyings; e++) held += (double)s->emptied_percent[e];
        naive += held * DAY_SECONDS / (double)(s->emptied_at[s->emptyings - 1] - s->emptied_at[0]);
        truth += f->plans[b].rate;
        estimate += f->forecast.bins[b].rate_per_day;
    }
    assert_true(naive < 0.96 * truth);
    assert_near(estimate / truth, 1, 0.03);
}

static void test_noise_gives_no_weekday_pattern(void **state)
{
    struct fixture *f = *state;
    struct rng rng;
    rng_seed(&rng, 400);
    for (int32_t b = 0; b < BINS; b++) f->plans[b] = usual_plan(&rng);
    forecast(f, 2);
    for (int32_t b = 0; b < BINS; b++) {
        double sum = 0;
        for (int32_t w = 0; w < WEEK_DAYS; w++) {
            assert_near(f->forecast.bins[b].weekday_factor[w], 1, 0.15);
            sum += (double)f->forecast.bins[b].weekday_factor[w];
        }
        assert_near(sum, WEEK_DAYS, 1e-5);
    }
}

static void test_a_weekday_pattern_is_found(void **state)
{
    struct fixture *f = *state;
    struct rng rng;
    rng_seed(&rng, 500);
    for (int32_t b = 0; b < BINS; b++) {
        f->plans[b] = usual_plan(&rng);
        f->plans[b].weekend = 3; /* true factors: 7/11 and 21/11 */
    }
    forecast(f, 3);
    for (int32_t b = 0; b < BINS; b++)
        for (int32_t w = 0; w < WEEK_DAYS; w++)
            assert_near(f->forecast.bins[b].weekday_factor[w], w >= 5 ? 21.0 / 11 : 7.0 / 11, 0.5);
}

static void test_bins_that_know_little_lean_on_their_group(void **state)
{
    struct fixture *f = *state;
    struct rng rng;
    rng_seed(&rng, 600);
    for (int32_t b = 0; b < BINS; b++) {
        f->plans[b] = usual_plan(&rng);
        f->plans[b].rate = 6 + rng_unit(&rng);
        if (b == 0) f->plans[b] = (struct fill_plan){.rate = 6, .lump = 3, .empty_at = 75, .weekend = 1};
    }
    /* Bin 1: its sensor says nothing new but a day of readings. */
    f->plans[1].days = 1;
    f->plans[1].rate = 40;
    forecast(f, 4);
    const struct bin_fill *none = &f->forecast.bins[0], *little = &f->forecast.bins[1];
    assert_int_equal(none->source, FILL_PRIOR);
    assert_int_equal(little->source, FILL_POOLED);
    assert_near(none->rate_per_day, 6.5, 1.5);
    assert_true(little->rate_per_day < 20);
    assert_true(none->rate_sd > 2 * f->forecast.bins[2].rate_sd / 2);
    assert_true(none->level_sd > 10);
}

static void test_a_stream_without_data_is_half_full_by_its_promise(void **state)
{
    struct fixture *f = *state;
    for (int32_t b = 0; b < BINS; b++)
        f->plans[b] = (struct fill_plan){.rate = 6, .lump = 3, .empty_at = 75, .weekend = 1, .days = 0};
    struct error error;
    forecast(f, 5);
    assert_near(f->forecast.bins[0].rate_per_day * 7, 50, 0.5);
    assert_int_equal(f->forecast.bins[0].source, FILL_PRIOR);
    f->city->bins[0].frequency = (struct frequency){.weekdays = 1 << 0 | 1 << 3};
    assert_int_equal(
        forecast_fill(f->city, f->forecast.now, f->forecast.first_day, 7, &f->arena, &f->forecast, &error),
        ERROR_NONE);
    assert_near(f->forecast.bins[0].rate_per_day * 3.5, 50, 0.5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_rates_from_readings, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_rates_from_emptyings_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_full_amounts_are_taken_as_at_least_full, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_noise_gives_no_weekday_pattern, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_weekday_pattern_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_bins_that_know_little_lean_on_their_group, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_stream_without_data_is_half_full_by_its_promise, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
