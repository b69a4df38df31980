/* Sensor faults put into clean series are found, clean series give none, and emptyings are seen where they
 * are: in series drawn from the model, and in small ones drawn by hand. */
#include "tests/support/test.h"

#include "solver/forecast/clean.h"
#include "tests/support/fill_series.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define assert_near(value, expected, margin) \
    assert_true(fabs((double)(value) - (double)(expected)) <= (margin))

enum { HOUR_S = 3600, SEEDS = 40 };

struct fixture {
    struct arena arena;
    struct clean_series clean;
    struct fill_series drawn;
    struct bin_record record;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    struct error error;
    if (f == NULL) return -1;
    arena_init(&f->arena);
    *state = f;
    return clean_reserve(&f->arena, COUNT_OF(f->drawn.read_at), COUNT_OF(f->drawn.emptied_at), &f->clean,
                         &error) == ERROR_NONE
               ? 0
               : -1;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    arena_free(&f->arena);
    free(f);
    return 0;
}

static void clean(struct fixture *f, bool recorded)
{
    struct fill_series *d = &f->drawn;
    instant_s now = d->readings > 0 ? d->read_at[d->readings - 1] + HOUR_S : 0;
    if (f->record.now != 0) now = f->record.now;
    f->record = (struct bin_record){.bin = 3,
                                    .now = now,
                                    .readings = d->readings,
                                    .read_at = d->read_at,
                                    .read_percent = d->percent,
                                    .emptyings = recorded ? d->emptyings : 0,
                                    .emptied_at = d->emptied_at,
                                    .emptied_percent = d->emptied_percent,
                                    .emptied_kg = d->emptied_kg,
                                    .full_kg = 1320,
                                    .change_share = 0.8};
    clean_bin(&f->record, &f->clean);
}

static void draw(struct fixture *f, uint64_t seed, double rate, int32_t step_hours)
{
    struct rng rng;
    struct fill_plan plan = {.rate = rate,
                             .lump = 3,
                             .noise_sd = 1.5,
                             .empty_at = 75,
                             .weekend = 1,
                             .days = 60,
                             .step_hours = step_hours,
                             .recorded = true};
    rng_seed(&rng, seed);
    fill_series_draw(&f->drawn, &plan, &rng);
}

static int32_t faults_of(const struct fixture *f, fault_kind kind)
{
    int32_t count = 0;
    for (int32_t i = 0; i < f->clean.fault_count; i++) count += f->clean.faults[i].kind == kind;
    return count;
}

/* Readings set by hand, an hour count apart, from the start of the drawn series. */
static void set_by_hand(struct fixture *f, const float *percent, int32_t count, int32_t step_hours)
{
    f->drawn.readings = count;
    f->drawn.emptyings = 0;
    for (int32_t i = 0; i < count; i++) {
        f->drawn.read_at[i] = fill_series_start() + (instant_s)i * step_hours * HOUR_S;
        f->drawn.percent[i] = percent[i];
    }
}

static void test_clean_series_have_no_faults(void **state)
{
    struct fixture *f = *state;
    static const int32_t steps[] = {1, 2, 4, 8};
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        draw(f, seed, 2 + (double)(seed % 9), steps[seed % COUNT_OF(steps)]);
        clean(f, false);
        assert_int_equal(f->clean.fault_count, 0);
        assert_int_equal(f->clean.discarded, 0);
    }
}

/* Every emptying that happened is seen within two steps of it, and no other. */
static void check_emptyings(const struct fixture *f, int32_t step_hours)
{
    assert_int_equal(f->clean.emptying_count, f->drawn.emptyings);
    for (int32_t e = 0; e < f->drawn.emptyings; e++) {
        int64_t off = f->clean.emptyings[e].at - f->drawn.emptied_at[e];
        assert_in_range(llabs(off), 0, (2 * step_hours + 6) * HOUR_S);
        int64_t next = f->clean.emptyings[e].next;
        if (next < f->clean.count) {
            assert_int_equal(f->clean.link[next], LINK_EMPTIED);
            assert_true(f->clean.at[next] > f->drawn.emptied_at[e]);
        }
    }
}

static void test_emptyings_are_seen_and_merged_with_their_records(void **state)
{
    struct fixture *f = *state;
    int64_t seen = 0;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        int32_t step_hours = seed % 2 == 0 ? 2 : 8;
        draw(f, seed, 5 + (double)(seed % 7), step_hours);
        if (f->drawn.read_at[f->drawn.readings - 1] - f->drawn.emptied_at[f->drawn.emptyings - 1] <
            DAY_SECONDS)
            continue; /* too late to be seen */
        clean(f, false);
        check_emptyings(f, step_hours);
        clean(f, true);
        check_emptyings(f, step_hours);
        for (int32_t e = 0; e < f->drawn.emptyings; e++)
            assert_near(f->clean.emptyings[e].amount_percent, f->drawn.emptied_percent[e], 1e-5);
        seen += f->clean.emptying_count;
    }
    assert_true(seen > SEEDS);
}

static void test_falls_drawn_by_hand(void **state)
{
    struct fixture *f = *state;
    static const struct {
        float percent[8];
        int32_t count, step_hours, emptyings;
        instant_s first_hour; /* of the reading that shows the first emptying */
    } cases[] = {
        {{50, 60, 3, 4, 8}, 5, 2, 1, 4},           /* plain */
        {{60, 80, 40, 2, 3, 5}, 6, 2, 1, 6},       /* seen half way: the lowest within 6 h */
        {{30, 40, 18, 20, 22}, 5, 2, 1, 4},        /* partial, but half and 15 points */
        {{30, 40, 26, 30, 33}, 5, 2, 0, 0},        /* 14 points, above half */
        {{3, 7, 11, 0, 1, 1, 2}, 7, 2, 1, 6},      /* 11 to 0 is real: down to the floor */
        {{9, 8, 9, 4, 5, 9, 8, 9}, 8, 2, 0, 0},    /* noise above the floor */
        {{80, 85, 90, 92, 93}, 5, 8, 0, 0},        /* no fall at all */
        {{70, 75, 1, 30, 78, 2, 3}, 7, 24, 2, 48}, /* a day between readings */
        {{95, 100, 0, 0, 1}, 5, 8, 1, 16},
    };
    for (size_t c = 0; c < COUNT_OF(cases); c++) {
        set_by_hand(f, cases[c].percent, cases[c].count, cases[c].step_hours);
        clean(f, false);
        if (f->clean.emptying_count != cases[c].emptyings) print_message("case %zu\n", c);
        assert_int_equal(f->clean.emptying_count, cases[c].emptyings);
        if (cases[c].emptyings > 0)
            assert_int_equal(f->clean.emptyings[0].at, fill_series_start() + cases[c].first_hour * HOUR_S);
    }
}

static void add_record(struct fixture *f, int32_t hour, float percent, float kg)
{
    int32_t e = f->drawn.emptyings++;
    f->drawn.emptied_at[e] = fill_series_start() + (instant_s)hour * HOUR_S;
    f->drawn.emptied_percent[e] = percent;
    f->drawn.emptied_kg[e] = kg;
}

static void test_records_are_judged_by_the_readings_around_them(void **state)
{
    struct fixture *f = *state;
    static const float flat[] = {60, 61, 60, 62, 61, 62}, partial[] = {88, 90, 81, 82, 83, 84};
    static const float nearly_empty[] = {5, 6, 5, 6, 5, 7};

    set_by_hand(f, flat, COUNT_OF(flat), 4);
    add_record(f, 10, 60, NAN); /* the level stayed at 60: no emptying */
    clean(f, true);
    assert_int_equal(f->clean.emptying_count, 0);

    set_by_hand(f, partial, COUNT_OF(partial), 4);
    add_record(f, 6, 90, NAN); /* 90 to 81: too little to be seen alone, enough to confirm */
    clean(f, true);
    assert_int_equal(f->clean.emptying_count, 1);
    assert_int_equal(f->clean.emptyings[0].next, 2);

    set_by_hand(f, nearly_empty, COUNT_OF(nearly_empty), 4);
    add_record(f, 10, 5, NAN); /* nothing to contradict it */
    add_record(f, 11, 5, NAN); /* the same service, written twice */
    clean(f, true);
    assert_int_equal(f->clean.emptying_count, 1);

    set_by_hand(f, flat, 2, 4);
    add_record(f, 90, 100, NAN);
    add_record(f, 190, 100, 1452);
    add_record(f, 290, NAN, 660);
    add_record(f, 390, 40, 990);
    clean(f, true); /* long after the last reading: the records are all there is */
    assert_int_equal(f->clean.emptying_count, 4);
    assert_true(f->clean.emptyings[0].censored);
    assert_near(f->clean.emptyings[1].amount_percent, 110, 1e-3); /* the weight knows more */
    assert_false(f->clean.emptyings[1].censored);
    assert_near(f->clean.emptyings[2].amount_percent, 50, 1e-3);
    assert_near(f->clean.emptyings[3].amount_percent, 40, 1e-3);
}

static void test_spikes_are_found_and_nothing_else(void **state)
{
    struct fixture *f = *state;
    int64_t injected = 0, found = 0, lost = 0;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        struct rng rng;
        rng_seed(&rng, seed);
        draw(f, seed, 4, seed % 2 == 0 ? 2 : 8);
        int64_t here = 0;
        for (int32_t i = 12; i + 12 < f->drawn.readings; i += 9 + rng_below(&rng, 9)) {
            if (f->drawn.percent[i] > 80 || f->drawn.percent[i] < 5) continue;
            f->drawn.percent[i] = 100;
            here++;
            if (rng_below(&rng, 3) == 0) f->drawn.percent[++i] = 100, here++;
        }
        clean(f, true);
        injected += here;
        found += f->clean.discarded < here ? f->clean.discarded : here;
        if (f->clean.discarded > here) lost += f->clean.discarded - here;
        assert_int_equal(faults_of(f, FAULT_SPIKE), f->clean.fault_count);
    }
    assert_true(injected > 500);
    assert_true(found >= injected * 97 / 100);
    assert_true(lost <= injected / 100);
}

static void test_stuck_sensors_are_found(void **state)
{
    struct fixture *f = *state;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        int32_t step_hours = seed % 2 == 0 ? 2 : 8, day = 24 / step_hours;
        draw(f, seed, 4, step_hours);
        for (int32_t i = 20 * day; i < 26 * day; i++) f->drawn.percent[i] = 47;
        clean(f, false);
        assert_int_equal(faults_of(f, FAULT_STUCK), 1);
        const struct sensor_fault *stuck = NULL;
        for (int32_t i = 0; i < f->clean.fault_count; i++)
            if (f->clean.faults[i].kind == FAULT_STUCK) stuck = &f->clean.faults[i];
        assert_true(stuck->from <= f->drawn.read_at[20 * day]);
        assert_true(stuck->to >= f->drawn.read_at[26 * day - 1]);
        assert_in_range(stuck->readings, 6 * day, 6 * day + 3);
        assert_int_equal(stuck->bin, 3);
    }
}

static void test_a_stuck_sensor_is_betrayed_by_a_record(void **state)
{
    struct fixture *f = *state;
    float percent[40];
    for (int32_t i = 0; i < 40; i++) percent[i] = i < 20 ? (float)(20 + i) : 40;
    set_by_hand(f, percent, 30, 6); /* 2.5 days of 40: too short to be stuck by itself */
    clean(f, true);
    assert_int_equal(f->clean.fault_count, 0);
    add_record(f, 23 * 6, 45, NAN);
    clean(f, true);
    assert_int_equal(faults_of(f, FAULT_STUCK), 1);
    assert_int_equal(f->clean.emptying_count, 1);
    assert_int_equal(f->clean.count, 20);
}

static void test_an_empty_and_a_full_bin_may_wait(void **state)
{
    struct fixture *f = *state;
    float percent[100];
    for (int32_t full = 0; full <= 1; full++) {
        for (int32_t i = 0; i < 100; i++) percent[i] = i < 70 ? (float)(i % 60) : full != 0 ? 100 : 0;
        set_by_hand(f, percent, 100, 4);
        clean(f, false);
        assert_int_equal(faults_of(f, FAULT_STUCK), 0);
    }
}

static void test_gaps_and_silence_are_named(void **state)
{
    struct fixture *f = *state;
    draw(f, 1, 3, 2);
    int32_t first = 120, cut = 60; /* five days without a reading */
    struct fill_series *d = &f->drawn;
    memmove(d->read_at + first, d->read_at + first + cut,
            (size_t)(d->readings - first - cut) * sizeof *d->read_at);
    memmove(d->percent + first, d->percent + first + cut,
            (size_t)(d->readings - first - cut) * sizeof *d->percent);
    d->readings -= cut;
    f->record.now = d->read_at[d->readings - 1] + 3 * DAY_SECONDS;
    clean(f, false);
    assert_int_equal(f->clean.fault_count, 2);
    assert_int_equal(f->clean.faults[0].kind, FAULT_GAP);
    assert_int_equal(f->clean.faults[0].from, d->read_at[first - 1]);
    assert_int_equal(f->clean.faults[0].to, d->read_at[first]);
    assert_int_equal(f->clean.faults[1].kind, FAULT_SILENT);
    assert_int_equal(f->clean.faults[1].to, f->record.now);
    assert_int_equal(f->clean.discarded, 0);
}

static void test_readings_that_are_no_numbers_are_dropped(void **state)
{
    struct fixture *f = *state;
    static const float percent[] = {NAN, 20, INFINITY, 21, 22, NAN};
    set_by_hand(f, percent, COUNT_OF(percent), 2);
    clean(f, false);
    assert_int_equal(f->clean.count, 3);
    assert_int_equal(f->clean.discarded, 3);
    set_by_hand(f, percent, 1, 2);
    clean(f, false);
    assert_int_equal(f->clean.count, 0);
    set_by_hand(f, percent, 0, 2);
    clean(f, false);
    assert_int_equal(f->clean.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_clean_series_have_no_faults, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_emptyings_are_seen_and_merged_with_their_records, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_falls_drawn_by_hand, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_records_are_judged_by_the_readings_around_them, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_spikes_are_found_and_nothing_else, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_stuck_sensors_are_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_stuck_sensor_is_betrayed_by_a_record, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_an_empty_and_a_full_bin_may_wait, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_gaps_and_silence_are_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_readings_that_are_no_numbers_are_dropped, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
