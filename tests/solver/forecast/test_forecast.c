/* The forecast as a whole: nothing later than `now` is used, nothing that is not a number comes out of any
 * input, risks never fall from day to day, the same input gives the same bytes; and what the risks promise
 * happens, on drawn cities and on Nantes. */
#include "tests/support/test.h"

#include "io/city.h"
#include "solver/forecast/forecast.h"
#include "tests/support/fill_series.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define assert_near(value, expected, margin) \
    assert_true(fabs((double)(value) - (double)(expected)) <= (margin))

enum { BINS = 40, DAYS = 7 };

struct fixture {
    struct arena arena;
    struct rng rng;
    struct fill_plan plans[BINS];
    struct fill_series *series[BINS];
    struct city *city;
    struct fill_forecast forecast;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    if (f == NULL) return -1;
    rng_seed(&f->rng, 77);
    for (int32_t b = 0; b < BINS; b++) {
        f->series[b] = arena_alloc(&f->arena, 1, sizeof *f->series[b]);
        if (f->series[b] == NULL) return -1;
        f->plans[b] = (struct fill_plan){.rate = 2 + 10 * rng_unit(&f->rng),
                                         .lump = 3,
                                         .noise_sd = 2,
                                         .empty_at = 80,
                                         .weekend = 1,
                                         .days = 40,
                                         .step_hours = b % 4 == 3 ? 0 : 4,
                                         .recorded = true};
        fill_series_draw(f->series[b], &f->plans[b], &f->rng);
    }
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    if (f->city != NULL) zone_close(f->city->zone);
    arena_free(&f->arena);
    free(f);
    return 0;
}

static void make_city(struct fixture *f)
{
    const struct fill_series *series[BINS];
    for (int32_t b = 0; b < BINS; b++) series[b] = f->series[b];
    if (f->city != NULL) zone_close(f->city->zone);
    f->city = fill_city_make(&f->arena, series, f->plans, BINS);
    assert_non_null(f->city);
}

static void forecast_at(struct fixture *f, instant_s now, struct fill_forecast *forecast)
{
    struct error error;
    assert_int_equal(
        forecast_fill(f->city, now, (day_number)(now / DAY_SECONDS), DAYS, &f->arena, forecast, &error),
        ERROR_NONE);
}

static void check_sane(const struct fill_forecast *forecast)
{
    for (int32_t b = 0; b < forecast->bin_count; b++) {
        const struct bin_fill *fill = &forecast->bins[b];
        assert_true(isfinite(fill->level_percent) && fill->level_percent >= 0);
        assert_true(isfinite(fill->level_sd) && fill->level_sd >= 0);
        assert_true(isfinite(fill->rate_per_day) && fill->rate_per_day > 0);
        assert_true(isfinite(fill->rate_sd) && fill->rate_sd > 0);
        assert_true(isfinite(fill->increment_sd) && fill->increment_sd > 0);
        assert_in_range(fill->source, 0, FILL_SOURCE_COUNT - 1);
        for (int32_t w = 0; w < WEEK_DAYS; w++) assert_true(fill->weekday_factor[w] > 0);
        for (int32_t d = 0; d < forecast->days; d++) {
            float risk = forecast_overflow(forecast, b, d), level = forecast_level(forecast, b, d);
            assert_true(risk >= 0 && risk <= 1);
            assert_true(isfinite(level));
            if (d == 0) continue;
            assert_true(risk >= forecast_overflow(forecast, b, d - 1));
            assert_true(level >= forecast_level(forecast, b, d - 1));
        }
    }
}

static instant_s day_start(int32_t day)
{
    return fill_series_start() + (instant_s)day * DAY_SECONDS;
}

static void test_nothing_after_now_is_used(void **state)
{
    struct fixture *f = *state;
    struct fill_forecast whole, cut;
    make_city(f);
    forecast_at(f, day_start(25), &whole);
    for (int32_t b = 0; b < BINS; b++) {
        struct fill_series *s = f->series[b];
        while (s->readings > 0 && s->read_at[s->readings - 1] >= day_start(25)) s->readings--;
        while (s->emptyings > 0 && s->emptied_at[s->emptyings - 1] >= day_start(25)) s->emptyings--;
    }
    make_city(f);
    forecast_at(f, day_start(25), &cut);
    assert_memory_equal(whole.bins, cut.bins, BINS * sizeof *whole.bins);
    assert_memory_equal(whole.level_percent, cut.level_percent, BINS * DAYS * sizeof(float));
    assert_memory_equal(whole.overflow_probability, cut.overflow_probability, BINS * DAYS * sizeof(float));
    assert_int_equal(whole.fault_count, cut.fault_count);
    assert_int_equal(whole.readings_read, cut.readings_read);
    check_sane(&whole);
}

static void test_any_input_gives_numbers(void **state)
{
    struct fixture *f = *state;
    for (int32_t b = 0; b < BINS; b++) {
        struct fill_series *s = f->series[b];
        s->readings = rng_below(&f->rng, 300) * (b % 5 != 0);
        s->emptyings = rng_below(&f->rng, 30) * (b % 7 != 0);
        int32_t kind = b % 6;
        instant_s at = day_start(0);
        for (int32_t i = 0; i < s->readings; i++) {
            if (kind != 1) at += rng_below(&f->rng, kind == 2 ? 30 * DAY_SECONDS : 20000);
            s->read_at[i] = at;
            s->percent[i] = kind == 3   ? 0
                            : kind == 4 ? 100
                            : kind == 5 ? (float)(100 * (i % 2))
                                        : (float)rng_below(&f->rng, 101);
        }
        at = day_start(0);
        for (int32_t i = 0; i < s->emptyings; i++) {
            if (kind != 1) at += rng_below(&f->rng, kind == 2 ? 1000 : 5 * DAY_SECONDS);
            s->emptied_at[i] = at;
            s->emptied_percent[i] = kind == 0 ? NAN : (float)rng_below(&f->rng, 101);
            s->emptied_kg[i] = kind == 0 ? NAN : (float)rng_below(&f->rng, 3000);
        }
    }
    make_city(f);
    f->city->bins[2].kg_per_l = 0;
    f->city->bins[3].frequency.per_week = 0;
    static const int32_t days[] = {0, 1, 10, 100, 4000};
    for (size_t d = 0; d < COUNT_OF(days); d++) {
        struct fill_forecast forecast;
        forecast_at(f, day_start(days[d]), &forecast);
        check_sane(&forecast);
    }
}

static void test_a_full_bin_stays_full(void **state)
{
    struct fixture *f = *state;
    struct fill_series *s = f->series[0];
    int32_t last = s->readings - 1;
    s->emptyings = 0;
    for (int32_t i = 0; i <= last; i++) s->percent[i] = (float)fmin(100, 3 * i);
    make_city(f);
    forecast_at(f, day_start(40), &f->forecast);
    assert_true(f->forecast.bins[0].level_percent >= 100);
    for (int32_t d = 0; d < DAYS; d++) assert_true(forecast_overflow(&f->forecast, 0, d) > 0.95F);
}

static void test_demand_raises_the_day(void **state)
{
    struct fixture *f = *state;
    struct fill_forecast plain, busy;
    make_city(f);
    forecast_at(f, day_start(40), &plain);
    struct calendar_day feast = {.day = (day_number)(day_start(42) / DAY_SECONDS),
                                 .kind = CALENDAR_EVENT,
                                 .label = "feast",
                                 .demand_factor = 3};
    f->city->calendar = &feast;
    f->city->calendar_count = 1;
    forecast_at(f, day_start(40), &busy);
    for (int32_t b = 0; b < BINS; b++) {
        double rise = (double)forecast_level(&plain, b, 2) - (double)forecast_level(&plain, b, 1);
        assert_near((double)forecast_level(&busy, b, 1), (double)forecast_level(&plain, b, 1), 1e-3);
        assert_near((double)forecast_level(&busy, b, 2), (double)forecast_level(&plain, b, 2) + 2 * rise,
                    1e-2);
    }
}

static void test_an_emptied_bin(void **state)
{
    struct fixture *f = *state;
    make_city(f);
    forecast_at(f, day_start(40), &f->forecast);
    day_number from = f->forecast.first_day;
    for (int32_t b = 0; b < BINS; b++) {
        double before = 0;
        for (day_number to = from; to < from + DAYS; to++) {
            double risk = forecast_overflow_if_emptied(&f->forecast, f->city, b, from, to);
            assert_true(risk >= before && risk <= 1);
            if (f->forecast.bins[b].level_percent > 5)
                assert_true(risk <= (double)forecast_overflow(&f->forecast, b, to - from) + 1e-6);
            before = risk;
        }
        assert_true(forecast_overflow_if_emptied(&f->forecast, f->city, b, from, from + 100) > 0.9);
        assert_near(forecast_overflow_if_emptied(&f->forecast, f->city, b, from, from - 1), 0, 1e-12);
    }
}

static void test_a_city_without_data_or_bins(void **state)
{
    struct fixture *f = *state;
    make_city(f);
    f->city->readings = (struct reading_table){0};
    f->city->emptyings = (struct emptying_table){0};
    forecast_at(f, day_start(3), &f->forecast);
    check_sane(&f->forecast);
    for (int32_t b = 0; b < BINS; b++) assert_int_equal(f->forecast.bins[b].source, FILL_PRIOR);
    f->city->bin_count = 0;
    forecast_at(f, day_start(3), &f->forecast);
    assert_int_equal(f->forecast.fault_count, 0);
}

static void test_memory_failures_are_reported(void **state)
{
    struct fixture *f = *state;
    struct error error;
    error_code rc = ERROR_MEMORY;
    make_city(f);
    for (int64_t n = 1; n < 100 && rc != ERROR_NONE; n++) {
        struct arena arena;
        arena_init(&arena);
        arena_fail_after(n);
        rc = forecast_fill(f->city, day_start(40), 0, 1, &arena, &f->forecast, &error);
        arena_fail_after(0);
        arena_free(&arena);
        assert_true(rc == ERROR_NONE || rc == ERROR_MEMORY);
        assert_true(n > 1 || rc == ERROR_MEMORY);
    }
    assert_int_equal(rc, ERROR_NONE);
}

/* Cities drawn from the model, forecast, and lived a week on: the risks promised and the overflows seen. */
static void test_risks_are_calibrated(void **state)
{
    struct fixture *f = *state;
    enum { CITIES = 12, CLASSES = 3 };
    double promised[CLASSES] = {0}, seen[CLASSES] = {0}, count[CLASSES] = {0};
    for (int32_t c = 0; c < CITIES; c++) {
        double now_level[BINS];
        for (int32_t b = 0; b < BINS; b++) {
            f->plans[b].empty_at = 90;
            fill_series_draw(f->series[b], &f->plans[b], &f->rng);
            now_level[b] = f->series[b]->level;
        }
        make_city(f);
        forecast_at(f, day_start(40) + 1, &f->forecast);
        for (int32_t b = 0; b < BINS; b++) {
            double level = now_level[b];
            for (int32_t d = 0; d < DAYS; d++) {
                level += fill_gamma(f->plans[b].rate, f->plans[b].lump, &f->rng);
                double risk = (double)forecast_overflow(&f->forecast, b, d);
                int32_t k = risk < 0.1 ? 0 : risk < 0.6 ? 1 : 2;
                promised[k] += risk;
                seen[k] += level >= 100;
                count[k] += 1;
            }
        }
    }
    for (int32_t k = 0; k < CLASSES; k++) {
        assert_true(count[k] > 100);
        assert_near(seen[k] / count[k], promised[k] / count[k], k == 0 ? 0.015 : 0.1);
    }
}

/* Nantes: the sensors that its README says fail (14 % of them: gaps, stuck at 47 %, false full readings)
 * are found, and most are sound; the last week held out, levels a day ahead come out right on average. */
static void test_nantes(void **state)
{
    struct fixture *f = *state;
    const char *data = getenv("BENNE_DATA");
    char folder[512], probe[600];
    struct city city = {0};
    struct city_files files;
    struct diagnostics diagnostics;
    struct error error;
    snprintf(folder, sizeof folder, "%s/cities/nantes", data != NULL ? data : "../shared");
    snprintf(probe, sizeof probe, "%s/readings.csv", folder);
    if (access(probe, R_OK) != 0) {
        print_message("skipped: no %s\n", probe);
        skip();
    }
    diagnostics_init(&diagnostics, DIAGNOSTIC_LIMIT_DEFAULT);
    assert_int_equal(city_read(folder, &f->arena, &city, &files, &diagnostics, &error), ERROR_NONE);
    assert_int_equal(forecast_fill(&city, zone_midnight(city.zone, city.start), city.start, DAYS, &f->arena,
                                   &f->forecast, &error),
                     ERROR_NONE);
    check_sane(&f->forecast);
    int32_t sensors = 0, faulty = 0, stuck = 0, gaps = 0;
    bool *bad = arena_alloc(&f->arena, (size_t)city.bin_count, sizeof *bad);
    assert_non_null(bad);
    for (int32_t i = 0; i < f->forecast.fault_count; i++) {
        const struct sensor_fault *fault = &f->forecast.faults[i];
        if (fault->kind != FAULT_SPIKE || fault->readings > 1) bad[fault->bin] = true;
        stuck += fault->kind == FAULT_STUCK;
        gaps += fault->kind == FAULT_GAP;
    }
    for (int32_t b = 0; b < city.bin_count; b++) {
        sensors += city.readings.first[b + 1] > city.readings.first[b];
        faulty += bad[b];
    }
    print_message("%d of %d sensors faulty: %d stuck, %d gaps\n", faulty, sensors, stuck, gaps);
    assert_true(faulty * 100 >= 12 * sensors && faulty * 100 <= 18 * sensors);
    assert_int_equal(gaps, 19);
    assert_in_range(stuck, 25, 29);

    /* Held out: the level at the end of the day before the last week, for bins not emptied meanwhile. */
    day_number day = city.start - DAYS;
    instant_s now = zone_midnight(city.zone, day), end = zone_midnight(city.zone, day + 1);
    double error_sum = 0, count = 0;
    assert_int_equal(forecast_fill(&city, now, day, DAYS, &f->arena, &f->forecast, &error), ERROR_NONE);
    for (int32_t b = 0; b < city.bin_count; b++) {
        int64_t last = -1;
        for (int64_t i = city.readings.first[b]; i < city.readings.first[b + 1]; i++)
            if (city.readings.at[i] >= now && city.readings.at[i] < end) last = i;
        bool emptied = false;
        for (int64_t e = city.emptyings.first[b]; e < city.emptyings.first[b + 1]; e++)
            emptied = emptied || (city.emptyings.at[e] >= now && city.emptyings.at[e] < end);
        if (last < 0 || emptied || bad[b]) continue;
        error_sum += (double)city.readings.fill_percent[last] - fmin(forecast_level(&f->forecast, b, 0), 100);
        count++;
    }
    assert_true(count > 200);
    assert_near(error_sum / count, 0, 1.5);
    city_close(&city);
    diagnostics_free(&diagnostics);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_nothing_after_now_is_used, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_any_input_gives_numbers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_full_bin_stays_full, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_demand_raises_the_day, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_an_emptied_bin, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_city_without_data_or_bins, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_memory_failures_are_reported, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_risks_are_calibrated, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nantes, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
