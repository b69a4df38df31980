/* rate_history: one pass over a clean series. */
#include "solver/forecast/rate.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* At this level the sensor no longer tells how much is added (protocol A: level < 98). */
static const float FULL_PERCENT = 98;
/* Changes over days are taken from levels this low, so that few of them are cut at 100. */
static const float START_MAX = 75;
/* A cycle counts by its readings when they cover half of it, else by its recorded amount. */
static const double COVERED_SHARE = 0.5;
/* Two emptyings within a quarter of a day are one service: no cycle lies between. */
static const double CYCLE_MIN_DAYS = 0.25;
/* Expectation steps for amounts that say only "full"; each halves the error at least when half are full. */
enum { CENSOR_STEPS = 12 };
/* After an emptying the readings are those it was seen by (emptying.h looks ahead as long). */
static const instant_s SETTLING_S = 6 * 3600;

/* Rise and time watched within one cycle. */
struct watched {
    double days, rise, ends;
    double weekday_rise[WEEK_DAYS], weekday_days[WEEK_DAYS];
};

/* The first level of each of the last days of the current piece. */
struct day_levels {
    int32_t last, known; /* day index in the demand table; how many consecutive entries are filled */
    float percent[LAG_DAYS_MAX + 1];
    bool seen[LAG_DAYS_MAX + 1];
};

static void note_day(const struct demand_table *table, int32_t day, float percent, struct day_levels *levels,
                     struct change_sums *changes)
{
    enum { SIZE = LAG_DAYS_MAX + 1 };
    if (day == levels->last) return;
    if (levels->last < 0 || day - levels->last >= SIZE)
        memset(levels->seen, 0, sizeof levels->seen);
    else
        for (int32_t d = levels->last + 1; d < day; d++) levels->seen[d % SIZE] = false;
    levels->last = day;
    levels->seen[day % SIZE] = true;
    levels->percent[day % SIZE] = percent;
    for (int32_t k = 0; k < LAG_COUNT; k++) {
        int32_t before = day - rate_lag_days(k);
        if (before < 0 || !levels->seen[before % SIZE] || levels->percent[before % SIZE] > START_MAX)
            continue;
        double change = (double)percent - (double)levels->percent[before % SIZE];
        changes[k].count += 1;
        changes[k].days += table->elapsed[day] - table->elapsed[before];
        changes[k].sum += change;
        changes[k].square += change * change;
    }
}

/* Adds the rise between two successive readings, spread evenly over the weekdays between them. */
static void add_step(const struct demand_table *table, instant_s from, instant_s to, double rise,
                     struct watched *watched)
{
    double days = demand_between(table, from, to);
    watched->days += days;
    watched->rise += rise;
    if (to <= from) return;
    int32_t last = demand_day(table, to);
    for (int32_t d = demand_day(table, from); d <= last; d++) {
        instant_s begin = from < table->midnight[d] ? table->midnight[d] : from;
        instant_s end = d < last ? table->midnight[d + 1] : to;
        if (end <= begin) continue;
        int32_t weekday = day_weekday(table->first + d);
        watched->weekday_rise[weekday] += rise * (double)(end - begin) / (double)(to - from);
        watched->weekday_days[weekday] += demand_between(table, begin, end);
    }
}

/* What the readings first … end - 1 of one cycle show. */
static struct watched watch_cycle(const struct clean_series *series, const struct demand_table *table,
                                  int64_t first, int64_t end, struct fill_history *history)
{
    struct watched watched = {0};
    struct day_levels levels = {.last = -1};
    bool counting = false, piece_counted = false;
    if (first > 0) {
        instant_s settled = series->at[first - 1] + SETTLING_S;
        while (first < end && series->at[first] < settled) first++;
    }
    for (int64_t i = first; i < end; i++) {
        int32_t day = demand_day(table, series->at[i]);
        bool goes_on = i > first && series->link[i] == LINK_FILLING;
        if (!goes_on) {
            levels = (struct day_levels){.last = -1};
            counting = true;
            piece_counted = false;
        } else if (counting) {
            add_step(table, series->at[i - 1], series->at[i],
                     (double)series->percent[i] - (double)series->percent[i - 1], &watched);
            if (!piece_counted) watched.ends += 2;
            piece_counted = true;
        }
        /* From the first full reading on, the rise of this piece is hidden. */
        if (series->percent[i] >= FULL_PERCENT) counting = false;
        if (goes_on && day != demand_day(table, series->at[i - 1]))
            note_day(table, day, series->percent[i], &levels, history->changes);
    }
    return watched;
}

static void add_watched(struct fill_history *history, const struct watched *watched)
{
    history->days += watched->days;
    history->rise += watched->rise;
    history->noise_ends += watched->ends;
    for (int32_t w = 0; w < WEEK_DAYS; w++) {
        history->weekday_rise[w] += watched->weekday_rise[w];
        history->weekday_days[w] += watched->weekday_days[w];
    }
}

/* E[X | X > limit] for a normal X. */
static double normal_mean_above(double mean, double sd, double limit)
{
    double z = (limit - mean) / sd;
    if (z > 8) return limit + sd / z; /* the tail's asymptote, where erfc underflows */
    double density = exp(-z * z / 2) / sqrt(2 * acos(-1.0));
    return mean + sd * density / (0.5 * erfc(z / sqrt(2.0)));
}

/* Adds the cycles known by their amounts; a censored one counts by what it is expected to have held. */
static void add_recorded(struct fill_history *history, const struct cycle_scratch *cycles, int32_t count)
{
    if (count == 0) return;
    double days = history->days, seen = history->rise, rise;
    for (int32_t c = 0; c < count; c++) {
        days += cycles->days[c];
        seen += cycles->amount[c];
        if (cycles->censored[c]) history->full_days += cycles->days[c];
    }
    rise = seen;
    for (int32_t step = 0; step < CENSOR_STEPS; step++) {
        double rate = fmax(rise / days, 0.01);
        rise = seen;
        for (int32_t c = 0; c < count; c++) {
            double mean = rate * cycles->days[c], sd = sqrt(RATE_LUMP_PERCENT * mean);
            if (cycles->censored[c])
                rise += normal_mean_above(mean, sd, cycles->amount[c]) - cycles->amount[c];
        }
    }
    history->days = days;
    history->rise = rise;
    history->noise_ends += count;
}

static void keep_recent(const struct clean_series *series, struct fill_history *history)
{
    int64_t end = series->count, first = end;
    int64_t cycle = series->emptying_count > 0 ? series->emptyings[series->emptying_count - 1].next : 0;
    while (first > cycle && end - first < RECENT_MAX && (first == end || series->link[first] == LINK_FILLING))
        first--;
    history->recent_count = (int32_t)(end - first);
    for (int64_t i = first; i < end; i++) {
        history->recent_at[i - first] = series->at[i];
        history->recent_percent[i - first] = series->percent[i];
    }
}

void rate_history(const struct clean_series *series, const struct demand_table *table,
                  struct cycle_scratch *scratch, struct fill_history *history)
{
    int32_t recorded = 0;
    *history = (struct fill_history){.readings = (int32_t)series->count,
                                     .emptyings = (int32_t)series->emptying_count,
                                     .last_emptied = INT64_MIN};
    for (int64_t c = -1; c < series->emptying_count; c++) {
        bool has_start = c >= 0, has_end = c + 1 < series->emptying_count;
        int64_t first = has_start ? series->emptyings[c].next : 0;
        int64_t end = has_end ? series->emptyings[c + 1].next : series->count;
        /* The readings that made the emptying seen were chosen for being high and low: their noise would
         * pass for filling. */
        struct watched watched = watch_cycle(series, table, first + has_start, end - has_end, history);
        if (has_start) history->last_emptied = series->emptyings[c].at;
        if (has_start && has_end && isfinite(series->emptyings[c + 1].amount_percent)) {
            double days = demand_between(table, series->emptyings[c].at, series->emptyings[c + 1].at);
            if (days >= CYCLE_MIN_DAYS && watched.days < COVERED_SHARE * days) {
                scratch->days[recorded] = days;
                scratch->amount[recorded] = (double)series->emptyings[c + 1].amount_percent;
                scratch->censored[recorded++] = series->emptyings[c + 1].censored;
                continue;
            }
        }
        add_watched(history, &watched);
    }
    add_recorded(history, scratch, recorded);
    keep_recent(series, history);
}
