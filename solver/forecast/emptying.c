#include "solver/forecast/emptying.h"

#include <math.h>

enum { HOUR_S = 3600 };
static const instant_s LOOK_AHEAD_S = 6 * HOUR_S;
static const float FALL_OPENS = 5, FALL_LARGE = 15, FALL_TO_FLOOR = 8, FLOOR_MARGIN = 4, FLOOR_MAX = 10;
/* Look no further than this many readings: bounds the pass when a sensor chatters. */
enum { LOOK_AHEAD_READINGS = 128 };
/* A lone record is judged by readings at most this far on each side. */
static const instant_s WITNESS_S = 36 * HOUR_S;
/* Below this the fall of an emptying drowns in the noise: the readings cannot contradict a record. */
static const float WITNESS_PERCENT = 15;
/* A record that says this much says "full", and how much over it is unknown. */
static const double RECORD_FULL = 99.5;

/* The state of the pass: readings i … are still to come, 0 … kept - 1 are done. */
struct search {
    const struct bin_record *record;
    struct clean_series *series;
    int64_t kept;
    int64_t next_record;
    int64_t witness; /* first kept reading after the last record judged */
    float floor;
    instant_s slack_s;
};

/* min(10, 5th percentile): what the sensor shows of an empty bin. */
static float floor_percent(const struct clean_series *series)
{
    int64_t counts[101] = {0}, seen = 0;
    for (int64_t i = 0; i < series->count; i++) counts[(int32_t)fminf(fmaxf(series->percent[i], 0), 100)]++;
    for (int32_t p = 0; p < (int32_t)FLOOR_MAX; p++) {
        seen += counts[p];
        if (20 * seen >= series->count) return (float)p;
    }
    return FLOOR_MAX;
}

/* The lowest reading within the look-ahead when an emptying follows reading i; -1 when none does. */
static int64_t emptying_after(const struct search *search, int64_t i)
{
    const struct clean_series *series = search->series;
    float before = series->percent[i];
    if (series->percent[i + 1] > before - FALL_OPENS) return -1;
    int64_t lowest = i + 1;
    for (int64_t j = i + 2; j < series->count && j <= i + LOOK_AHEAD_READINGS; j++) {
        if (series->at[j] > series->at[i] + LOOK_AHEAD_S) break;
        if (series->percent[j] < series->percent[lowest]) lowest = j;
    }
    float drop = before - series->percent[lowest];
    bool large = drop >= FALL_LARGE && series->percent[lowest] <= before / 2;
    bool to_floor = drop >= FALL_TO_FLOOR && series->percent[lowest] <= search->floor + FLOOR_MARGIN;
    return large || to_floor ? lowest : -1;
}

/* What record number r says was in the bin: the weight where it says more than "full". */
static struct clean_emptying recorded(const struct bin_record *record, int64_t r)
{
    double fill = (double)record->emptied_percent[r], amount = fill;
    double weighed = record->full_kg > 0 ? 100 * (double)record->emptied_kg[r] / record->full_kg : NAN;
    if (isnan(fill) || (fill >= RECORD_FULL && weighed >= RECORD_FULL)) amount = weighed;
    return (struct clean_emptying){.at = record->emptied_at[r],
                                   .amount_percent = (float)amount,
                                   .censored = fill >= RECORD_FULL && !(weighed >= RECORD_FULL)};
}

/* Judges a record that matches no fall, against the kept readings on both sides. */
static void judge_record(struct search *search, int64_t r)
{
    struct clean_series *series = search->series;
    struct clean_emptying emptying = recorded(search->record, r);
    bool repeated = series->emptying_count > 0 &&
                    emptying.at - series->emptyings[series->emptying_count - 1].at < LOOK_AHEAD_S;
    if (repeated) return;
    while (search->witness < search->kept && series->at[search->witness] <= emptying.at) search->witness++;
    int64_t after = search->witness;
    bool has_before = after > 0 && emptying.at - series->at[after - 1] <= WITNESS_S;
    bool has_after = after < search->kept && series->at[after] - emptying.at <= WITNESS_S;
    if (has_before && has_after && series->percent[after - 1] >= WITNESS_PERCENT &&
        series->percent[after] > series->percent[after - 1] - FALL_TO_FLOOR)
        return;
    emptying.next = after;
    if (after < search->kept) series->link[after] = LINK_EMPTIED;
    series->emptyings[series->emptying_count++] = emptying;
}

static void judge_records_before(struct search *search, instant_s at)
{
    while (search->next_record < search->record->emptyings &&
           search->record->emptied_at[search->next_record] < at)
        judge_record(search, search->next_record++);
}

/* An emptying seen between reading i and reading `lowest`, with its record when there is one. */
static void add_seen(struct search *search, int64_t i, int64_t lowest)
{
    struct clean_series *series = search->series;
    const struct bin_record *record = search->record;
    instant_s from = series->at[i], to = series->at[lowest];
    judge_records_before(search, from - search->slack_s);

    struct clean_emptying emptying = {.at = to, .amount_percent = NAN};
    bool matched = false;
    while (search->next_record < record->emptyings &&
           record->emptied_at[search->next_record] <= to + search->slack_s) {
        if (!matched) emptying = recorded(record, search->next_record);
        matched = true;
        search->next_record++;
    }
    /* The record's clock may be off: the emptying lies between the readings that show it. */
    if (emptying.at < from) emptying.at = from;
    if (emptying.at > to) emptying.at = to;
    emptying.next = search->kept;
    series->emptyings[series->emptying_count++] = emptying;
}

static void keep(struct search *search, int64_t i, reading_link link)
{
    struct clean_series *series = search->series;
    series->at[search->kept] = series->at[i];
    series->percent[search->kept] = series->percent[i];
    series->link[search->kept++] = (uint8_t)link;
}

void emptying_find(const struct bin_record *record, instant_s gap_s, struct clean_series *series)
{
    struct search search = {.record = record, .series = series, .floor = floor_percent(series)};
    search.slack_s = series->step_s > LOOK_AHEAD_S ? series->step_s : LOOK_AHEAD_S;

    int64_t i = 0;
    if (series->count > 0) keep(&search, 0, LINK_UNKNOWN);
    while (i + 1 < series->count) {
        int64_t lowest = emptying_after(&search, i);
        if (lowest >= 0) {
            add_seen(&search, i, lowest);
            keep(&search, lowest, LINK_EMPTIED);
            i = lowest;
            continue;
        }
        bool known = series->at[i + 1] - series->at[i] <= gap_s;
        keep(&search, i + 1, known ? LINK_FILLING : LINK_UNKNOWN);
        i++;
    }
    series->count = search.kept;
    judge_records_before(&search, INT64_MAX);
}
