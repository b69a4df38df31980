#include "solver/forecast/clean.h"
#include "solver/forecast/emptying.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { HOUR_S = 3600 };

/* Spikes, by protocol A: groups of up to 3 readings, 10 points above both neighbours that agree within 10
 * points and stand at most 12 h apart; one reading below within 6.5 h. */
enum { SPIKE_GROUP_MAX = 3 };
static const float SPIKE_HEIGHT = 10, SPIKE_AGREEMENT = 10;
static const double SPIKE_SPAN_S = 12.0 * HOUR_S, DIP_SPAN_S = 6.5 * HOUR_S;
/* Stretched to slow sensors, but no further: within two days a bin may truly fill and be emptied. */
static const double SPIKE_SPAN_MAX_S = 26.0 * HOUR_S;
/* A false "full": nothing can be lower after it unless the bin was emptied, so the reading after may stand
 * higher above the one before than for an ordinary spike. */
static const float FULL_PERCENT = 98;
/* Spikes of one sensor within a week are one fault to the people who repair it. */
static const instant_s SPIKE_MERGE_S = 7 * DAY_SECONDS;

/* Stuck: at least three days of one value, so improbable under the sensor's usual change from reading to
 * reading that 10 million readings would not show it once by chance. An empty bin reads 0 whatever its
 * noise: there the rule asks for two weeks; a full bin may wait at 100 for as long as it likes. */
static const instant_s STUCK_MIN_S = 3 * DAY_SECONDS, STUCK_EMPTY_MIN_S = 14 * DAY_SECONDS;
static const double STUCK_LOG_PROBABILITY = -18.4; /* ln 1e-8 */
static const float STUCK_EMPTY_PERCENT = 1;
/* Steps of the stream's behaviour that a sensor's own steps are weighed against. */
static const double CHANGE_PRIOR_STEPS = 20;
/* Stuck across a recorded emptying: a level that must have dropped, unchanged for a day after it. */
enum { STUCK_ACROSS_READINGS = 6 };
static const float STUCK_ACROSS_PERCENT = 15;
static const instant_s STUCK_ACROSS_S = DAY_SECONDS;

/* A gap worth a name: a day, or six ordinary steps where the sensor is slow (12 h at 2-hourly readings is
 * what protocol A calls a faulty day; a person is told of twice that). */
static const instant_s GAP_MIN_S = DAY_SECONDS;
enum { GAP_STEPS = 6 };
static const instant_s SILENCE_MIN_S = 2 * DAY_SECONDS;

/* Median step: a histogram of 10-minute classes up to a week. */
enum { STEP_CLASS_S = 600, STEP_CLASSES = 1008 };

static instant_s median_step_s(const struct bin_record *record)
{
    int64_t counts[STEP_CLASSES] = {0};
    int64_t steps = record->readings - 1, seen = 0;
    if (steps < 1) return 0;
    for (int64_t i = 1; i < record->readings; i++) {
        int64_t class_number = (record->read_at[i] - record->read_at[i - 1]) / STEP_CLASS_S;
        counts[class_number < STEP_CLASSES ? class_number : STEP_CLASSES - 1]++;
    }
    for (int32_t c = 0; c < STEP_CLASSES; c++) {
        seen += counts[c];
        if (2 * seen >= steps) return (instant_s)c * STEP_CLASS_S + STEP_CLASS_S / 2;
    }
    return 0;
}

static instant_s gap_limit_s(const struct clean_series *series)
{
    instant_s slow = GAP_STEPS * series->step_s;
    return slow > GAP_MIN_S ? slow : GAP_MIN_S;
}

instant_s clean_silence_s(const struct clean_series *series)
{
    instant_s slow = GAP_STEPS * series->step_s;
    return slow > SILENCE_MIN_S ? slow : SILENCE_MIN_S;
}

static void add_fault(struct clean_series *series, int32_t bin, fault_kind kind, instant_s from, instant_s to,
                      int64_t readings)
{
    series->discarded += readings;
    series->faults[series->fault_count++] = (struct sensor_fault){
        .bin = bin, .kind = kind, .from = from, .to = to, .readings = (int32_t)readings};
}

static void add_spike(struct clean_series *series, int32_t bin, int32_t *last_spike, instant_s from,
                      instant_s to, int64_t readings)
{
    if (*last_spike >= 0 && from - series->faults[*last_spike].to <= SPIKE_MERGE_S) {
        series->faults[*last_spike].to = to;
        series->faults[*last_spike].readings += (int32_t)readings;
        series->discarded += readings;
        return;
    }
    *last_spike = series->fault_count;
    add_fault(series, bin, FAULT_SPIKE, from, to, readings);
}

static bool emptied_between(const struct bin_record *record, int64_t *cursor, instant_s from, instant_s to)
{
    while (*cursor < record->emptyings && record->emptied_at[*cursor] <= from) (*cursor)++;
    return *cursor < record->emptyings && record->emptied_at[*cursor] <= to;
}

/* How many readings from i on are a spike above the kept reading before; 0 when none. */
static int64_t spike_length(const struct bin_record *record, int64_t i, instant_s before_at, float before,
                            double step_s, int64_t *cursor)
{
    const float *percent = record->read_percent;
    float lowest = percent[i], highest = percent[i];
    for (int64_t n = 1; n <= SPIKE_GROUP_MAX && i + n < record->readings; n++) {
        lowest = fminf(lowest, percent[i + n - 1]);
        highest = fmaxf(highest, percent[i + n - 1]);
        float after = percent[i + n];
        double span_s = (double)(record->read_at[i + n] - before_at);
        double slow_s = ((double)n + 1.5) * step_s;
        bool near_above = span_s <= fmax(SPIKE_SPAN_S, fmin(slow_s, SPIKE_SPAN_MAX_S));
        bool near_below = n == 1 && span_s <= fmax(DIP_SPAN_S, fmin(2.5 * step_s, SPIKE_SPAN_MAX_S));
        bool agree = fabsf(after - before) <= SPIKE_AGREEMENT;
        bool false_full = lowest >= FULL_PERCENT && after >= before - SPIKE_AGREEMENT && span_s <= slow_s;
        bool above = (false_full || (near_above && agree)) && lowest >= fmaxf(before, after) + SPIKE_HEIGHT;
        bool below = near_below && agree && highest <= fminf(before, after) - SPIKE_HEIGHT;
        if ((above || below) && !emptied_between(record, cursor, before_at, record->read_at[i + n])) return n;
    }
    return 0;
}

/* Copies the record's readings, spikes left out. */
static void drop_spikes(const struct bin_record *record, struct clean_series *series)
{
    int64_t cursor = 0, kept = 0;
    int32_t last_spike = -1;
    for (int64_t i = 0; i < record->readings;) {
        if (!isfinite(record->read_percent[i])) {
            series->discarded++, i++;
            continue;
        }
        int64_t length = kept == 0 ? 0
                                   : spike_length(record, i, series->at[kept - 1], series->percent[kept - 1],
                                                  (double)series->step_s, &cursor);
        if (length > 0) {
            add_spike(series, record->bin, &last_spike, record->read_at[i], record->read_at[i + length - 1],
                      length);
            i += length;
            continue;
        }
        series->at[kept] = record->read_at[i];
        series->percent[kept] = record->read_percent[i];
        kept++, i++;
    }
    series->count = kept;
}

/* Does a recorded emptying fall inside the run first … last, with a day of unchanged readings after it? */
static bool stuck_across_emptying(const struct bin_record *record, const struct clean_series *series,
                                  int64_t first, int64_t last, int64_t *cursor)
{
    if (last - first + 1 < STUCK_ACROSS_READINGS || series->percent[first] < STUCK_ACROSS_PERCENT)
        return false;
    return emptied_between(record, cursor, series->at[first], series->at[last] - STUCK_ACROSS_S);
}

static bool run_is_stuck(const struct clean_series *series, int64_t first, int64_t last, double change_share)
{
    float value = series->percent[first];
    instant_s span_s = series->at[last] - series->at[first];
    if (value >= FULL_PERCENT || span_s < STUCK_MIN_S) return false;
    if (value <= STUCK_EMPTY_PERCENT && span_s < STUCK_EMPTY_MIN_S) return false;
    return (double)(last - first) * log1p(-fmin(change_share, 0.999)) < STUCK_LOG_PROBABILITY;
}

static void drop_stuck(const struct bin_record *record, struct clean_series *series)
{
    int64_t changes = 0, kept = 0, cursor = 0;
    for (int64_t i = 1; i < series->count; i++) changes += series->percent[i] != series->percent[i - 1];

    for (int64_t first = 0, last; first < series->count; first = last + 1) {
        last = first;
        while (last + 1 < series->count && series->percent[last + 1] == series->percent[first]) last++;
        double steps_outside = (double)(series->count - 1 - (last - first));
        double share = ((double)changes + CHANGE_PRIOR_STEPS * record->change_share) /
                       (steps_outside + CHANGE_PRIOR_STEPS);
        if (stuck_across_emptying(record, series, first, last, &cursor) ||
            run_is_stuck(series, first, last, share)) {
            add_fault(series, record->bin, FAULT_STUCK, series->at[first], series->at[last],
                      last - first + 1);
            continue;
        }
        memmove(series->at + kept, series->at + first, (size_t)(last - first + 1) * sizeof *series->at);
        memmove(series->percent + kept, series->percent + first,
                (size_t)(last - first + 1) * sizeof *series->percent);
        kept += last - first + 1;
    }
    series->count = kept;
}

static void name_gaps(const struct bin_record *record, struct clean_series *series)
{
    instant_s limit_s = gap_limit_s(series);
    for (int64_t i = 1; i < record->readings; i++)
        if (record->read_at[i] - record->read_at[i - 1] > limit_s)
            add_fault(series, record->bin, FAULT_GAP, record->read_at[i - 1], record->read_at[i], 0);
    if (record->readings > 0 && record->now - record->read_at[record->readings - 1] > clean_silence_s(series))
        add_fault(series, record->bin, FAULT_SILENT, record->read_at[record->readings - 1], record->now, 0);
}

static int fault_order(const void *left, const void *right)
{
    const struct sensor_fault *a = left, *b = right;
    if (a->from != b->from) return a->from < b->from ? -1 : 1;
    return (int)a->kind - (int)b->kind;
}

void clean_bin(const struct bin_record *record, struct clean_series *series)
{
    series->count = series->emptying_count = series->discarded = 0;
    series->fault_count = 0;
    series->step_s = median_step_s(record);
    drop_spikes(record, series);
    drop_stuck(record, series);
    name_gaps(record, series);
    if (series->fault_count > 1)
        qsort(series->faults, (size_t)series->fault_count, sizeof *series->faults, fault_order);
    emptying_find(record, gap_limit_s(series), series);
}

error_code clean_reserve(struct arena *arena, int64_t max_readings, int64_t max_emptyings,
                         struct clean_series *series, struct error *error)
{
    error_code rc = ERROR_NONE;
    *series = (struct clean_series){0};
    TRY_NEW(arena, series->at, max_readings + 1);
    TRY_NEW(arena, series->percent, max_readings + 1);
    TRY_NEW(arena, series->link, max_readings + 1);
    TRY_NEW(arena, series->emptyings, max_readings + max_emptyings + 1);
    /* A spike or a stuck run has a reading of its own, a gap an interval, silence is one. */
    TRY_NEW(arena, series->faults, 2 * max_readings + 2);
done:
    return rc;
}
