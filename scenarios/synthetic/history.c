/* What happened before the start: each bin fills and is emptied by the fixed rounds; sensors see it, with
 * noise and faults; residents complain; what each round did is summed up.
 *
 * One bin after another, its whole history at once, so that readings are streamed and never held. */
#include "scenarios/synthetic/sheet.h"
#include "scenarios/synthetic/synthetic.h"
#include "solver/base/array.h"

#include <math.h>
#include <stdlib.h>

enum {
    FILLING_FROM_S = 6 * 3600, /* bins fill evenly from 6:00 to 22:00 */
    FILLING_TO_S = 22 * 3600,
    STOP_S = 330, /* a stop with the way to it, in the drivers' times */
    MISSED_PER_THOUSAND = 12,
    OVERFULL_PERCENT = 130, /* bags beside the bin beyond that */
    SPIKES_PER_THOUSAND = 40,
    LOST_PER_THOUSAND = 8 /* readings that no sensor fault explains */
};

static const double READING_NOISE = 1.5;  /* points, standard deviation */
static const double DAILY_VARIATION = .3; /* of a day's filling, lognormal */

struct visit {
    instant_s at;
    int32_t bin;
    float fill_percent, weight_kg;
};

struct complaint {
    instant_s at;
    int32_t bin;
    const char *kind;
};

/* What a round did on a day. */
struct tally {
    int32_t emptied, overflows;
    double kg;
};

struct history {
    const struct synthetic *city;
    struct sheet readings;
    struct visits {
        struct visit *items;
        int64_t count, capacity;
    } visits;
    struct complaints {
        struct complaint *items;
        int64_t count, capacity;
    } complaints;
    struct tally *tallies; /* day × round */
};

/* A bin and its sensor, as they go through the days. */
struct bin_life {
    struct rng rng;
    int32_t bin;
    double level;
    int32_t fault_from, fault_to; /* days of the history */
    double stuck_at;
};

/* When the fault is there: the middle of the history for a gap; to the end when the sensor is dead. */
static void draw_fault(const struct synthetic *city, struct bin_life *life)
{
    int32_t days = city->options.days;
    synthetic_fault fault = city->bins[life->bin].fault;
    life->fault_from = days / 5 + rng_below(&life->rng, days / 2 + 1);
    life->fault_to = life->fault_from + 5 + rng_below(&life->rng, 10);
    if (fault == SYNTHETIC_SOUND) life->fault_from = INT32_MAX;
    if (fault == SYNTHETIC_SPIKES) life->fault_from = 0;
    if (fault == SYNTHETIC_SILENT || fault == SYNTHETIC_SPIKES) life->fault_to = INT32_MAX;
    life->stuck_at = -1;
}

/* What the sensor says of a level; NaN when it says nothing. Every draw is made whatever the fault. */
static double sensor_reading(const struct synthetic *city, struct bin_life *life, int32_t day, double level)
{
    double value = fmin(level, 100) + READING_NOISE * rng_normal(&life->rng);
    bool lost = rng_below(&life->rng, 1000) < LOST_PER_THOUSAND;
    bool spike = rng_below(&life->rng, 1000) < SPIKES_PER_THOUSAND;
    value = fmax(0, fmin(value, 100));
    if (lost) return NAN;
    if (day < life->fault_from || day >= life->fault_to) return value;
    switch (city->bins[life->bin].fault) {
    case SYNTHETIC_GAP:
    case SYNTHETIC_SILENT:
        return NAN;
    case SYNTHETIC_STUCK:
        if (life->stuck_at < 0) life->stuck_at = value;
        return life->stuck_at;
    case SYNTHETIC_SPIKES:
        return spike ? 97 + value / 50 : value; /* a bag before the lens: falsely full */
    default:
        return value;
    }
}

static bool complain(struct history *history, int32_t bin, day_number day, int32_t second, const char *kind)
{
    struct complaint complaint = {.bin = bin, .kind = kind};
    zone_instant(history->city->zone, day, second, &complaint.at);
    return array_push(&history->complaints, complaint);
}

/* The round comes, or misses the bin now and then; the driver notes what he lifts. */
static bool visit_bin(struct history *history, struct bin_life *life, int32_t day_index, int32_t second)
{
    const struct synthetic *city = history->city;
    const struct synthetic_bin *bin = &city->bins[life->bin];
    const struct synthetic_stream *stream = city->options.streams[bin->stream];
    day_number day = city->options.start - city->options.days + day_index;
    double noise = 1 + 0.04 * rng_normal(&life->rng), glance = 5 * rng_normal(&life->rng);
    bool missed = rng_below(&life->rng, 1000) < MISSED_PER_THOUSAND;
    bool noted = rng_below(&life->rng, 2) == 0;
    double rest = 3 * rng_unit(&life->rng);
    if (missed) return complain(history, life->bin, day, 17 * 3600, "missed");
    int32_t driven = bin->round[day_weekday(day)];
    struct tally *tally = &history->tallies[(size_t)day_index * (size_t)city->round_count + (size_t)driven];
    double kg = life->level / 100 * stream->capacity_l * stream->kg_per_l * noise;
    struct visit visit = {.bin = life->bin, .weight_kg = (float)kg, .fill_percent = NAN};
    zone_instant(city->zone, day, second, &visit.at);
    if (noted) visit.fill_percent = (float)(5 * round(fmin(fmax(life->level + glance, 0), 100) / 5));
    tally->emptied++;
    tally->overflows += life->level >= 100;
    tally->kg += kg;
    life->level = rest;
    return array_push(&history->visits, visit);
}

/* The part of a day's filling that has happened by a second of it. */
static double filled_by(int32_t second)
{
    double part = (double)(second - FILLING_FROM_S) / (FILLING_TO_S - FILLING_FROM_S);
    return fmin(fmax(part, 0), 1);
}

static void fill(struct bin_life *life, double increment, int32_t *second, int32_t until)
{
    life->level += increment * (filled_by(until) - filled_by(*second));
    life->level = fmin(life->level, OVERFULL_PERCENT);
    *second = until;
}

static void read_sensor(struct history *history, struct bin_life *life, int32_t day_index, int32_t second)
{
    const struct synthetic *city = history->city;
    const struct synthetic_bin *bin = &city->bins[life->bin];
    double value = sensor_reading(city, life, day_index, life->level);
    if (isnan(value)) return;
    instant_s at;
    zone_instant(city->zone, city->options.start - city->options.days + day_index, second, &at);
    sheet_text(&history->readings, "%s%04d", city->options.streams[bin->stream]->code, (int)bin->serial);
    sheet_instant(&history->readings, city->zone, at);
    sheet_number(&history->readings, value, 0);
    sheet_end_row(&history->readings);
}

/* When the round comes to this bin; INT32_MAX when none comes that day. */
static int32_t visit_second(const struct synthetic *city, const struct synthetic_bin *bin, day_number day,
                            struct rng *rng)
{
    int32_t jitter = rng_below(rng, 600);
    int32_t round = bin->round[day_weekday(day)];
    if (round < 0 || !synthetic_served(city, day)) return INT32_MAX;
    int32_t start = city->vehicles[city->rounds[round].vehicle].shift_start_s;
    return start + 900 + bin->sequence[day_weekday(day)] * STOP_S + jitter;
}

/* One day: the readings and the visit in the order of their times, the bin filling in between. */
static bool live_day(struct history *history, struct bin_life *life, int32_t day_index)
{
    const struct synthetic *city = history->city;
    const struct synthetic_bin *bin = &city->bins[life->bin];
    const struct synthetic_stream *stream = city->options.streams[bin->stream];
    day_number day = city->options.start - city->options.days + day_index;
    double weekend = day_weekday(day) >= 5 ? stream->weekend : (7 - 2 * stream->weekend) / 5;
    double increment =
        bin->rate * weekend * synthetic_demand(day) * exp(DAILY_VARIATION * rng_normal(&life->rng));
    int32_t visit = visit_second(city, bin, day, &life->rng), second = 0;
    int32_t interval = DAY_SECONDS / city->options.readings_per_day;
    int32_t phase = (int32_t)((int64_t)life->bin * 7919 % interval); /* each sensor at its own minute */
    double before = life->level;
    bool came = visit == INT32_MAX;
    for (int32_t number = 0; number < city->options.readings_per_day; number++) {
        int32_t at = number * interval + phase;
        if (!came && visit <= at) {
            fill(life, increment, &second, visit);
            if (!visit_bin(history, life, day_index, visit)) return false;
            came = true;
        }
        fill(life, increment, &second, at);
        if (bin->sensor) read_sensor(history, life, day_index, at);
    }
    if (!came) {
        fill(life, increment, &second, visit);
        if (!visit_bin(history, life, day_index, visit)) return false;
    }
    fill(life, increment, &second, DAY_SECONDS);
    bool seen = rng_below(&life->rng, 4) == 0, broken = rng_below(&life->rng, 20000) == 0;
    if (before < 100 && life->level >= 100 && seen) {
        return complain(history, life->bin, day, 18 * 3600 + phase % 3600, "overflow");
    }
    return !broken || complain(history, life->bin, day, 9 * 3600 + phase % 3600, "damage");
}

static error_code live(struct history *history, struct error *error)
{
    const struct synthetic *city = history->city;
    for (int32_t number = 0; number < city->options.bins; number++) {
        struct bin_life life = {.bin = number};
        rng_seed_stream(&life.rng, city->options.seed,
                        DRAW_BINS + (uint64_t)city->options.bins + (uint64_t)number);
        life.level = 70 * rng_unit(&life.rng);
        draw_fault(city, &life);
        for (int32_t day = 0; day < city->options.days; day++) {
            if (!live_day(history, &life, day)) return error_memory(error);
        }
    }
    return ERROR_NONE;
}

static int compare_visits(const void *left, const void *right)
{
    const struct visit *one = left, *two = right;
    if (one->at != two->at) return one->at < two->at ? -1 : 1;
    return (one->bin > two->bin) - (one->bin < two->bin);
}

static int compare_complaints(const void *left, const void *right)
{
    const struct complaint *one = left, *two = right;
    if (one->at != two->at) return one->at < two->at ? -1 : 1;
    return (one->bin > two->bin) - (one->bin < two->bin);
}

static void write_bin_id(const struct synthetic *city, int32_t number, struct sheet *sheet)
{
    const struct synthetic_bin *bin = &city->bins[number];
    sheet_text(sheet, "%s%04d", city->options.streams[bin->stream]->code, (int)bin->serial);
}

static error_code write_emptyings(struct history *history, struct run_folder *folder, struct error *error)
{
    struct sheet sheet = {.french = true};
    error_code rc =
        sheet_open(&sheet, folder, "emptyings.csv", "bin_id,timestamp,fill_percent,weight_kg", error);
    if (rc != ERROR_NONE) return rc;
    struct visits *visits = &history->visits;
    if (visits->count > 0) qsort(visits->items, (size_t)visits->count, sizeof *visits->items, compare_visits);
    for (int64_t number = 0; number < visits->count; number++) {
        const struct visit *visit = &visits->items[number];
        write_bin_id(history->city, visit->bin, &sheet);
        sheet_instant(&sheet, history->city->zone, visit->at);
        if (isnan(visit->fill_percent)) {
            sheet_empty(&sheet);
        } else {
            sheet_number(&sheet, visit->fill_percent, 0);
        }
        sheet_number(&sheet, visit->weight_kg, 1);
        sheet_end_row(&sheet);
    }
    return sheet_close(&sheet, error);
}

static error_code write_requests(struct history *history, struct run_folder *folder, struct error *error)
{
    struct sheet sheet = {.french = true};
    error_code rc = sheet_open(&sheet, folder, "requests.csv", "timestamp,bin_id,kind", error);
    if (rc != ERROR_NONE) return rc;
    struct complaints *all = &history->complaints;
    if (all->count > 0) qsort(all->items, (size_t)all->count, sizeof *all->items, compare_complaints);
    for (int64_t number = 0; number < all->count; number++) {
        sheet_instant(&sheet, history->city->zone, all->items[number].at);
        write_bin_id(history->city, all->items[number].bin, &sheet);
        sheet_text(&sheet, "%s", all->items[number].kind);
        sheet_end_row(&sheet);
    }
    return sheet_close(&sheet, error);
}

static void write_actual(day_number day, const struct synthetic_round *round, const struct tally *tally,
                         struct rng *rng, struct sheet *sheet)
{
    double km = round->km * (1 + 0.05 * rng_unit(rng)), tonnes = tally->kg / 1000;
    double hours = km / 24 + tally->emptied * 0.065 + 0.6 + 0.3 * rng_unit(rng);
    int32_t incidents = rng_below(rng, 25) == 0;
    sheet_date(sheet, day);
    sheet_text(sheet, "%s", round->id);
    sheet_number(sheet, km, 1);
    sheet_number(sheet, hours, 2);
    sheet_number(sheet, km * 0.55 + tonnes * 1.1 + rng_unit(rng), 1);
    sheet_number(sheet, tonnes, 2);
    sheet_integer(sheet, tally->emptied);
    sheet_integer(sheet, tally->overflows);
    sheet_integer(sheet, incidents);
    sheet_end_row(sheet);
}

static error_code write_actuals(const struct history *history, struct run_folder *folder, struct error *error)
{
    const struct synthetic *city = history->city;
    struct sheet sheet = {.french = true};
    struct rng rng;
    rng_seed_stream(&rng, city->options.seed, DRAW_ACTUALS);
    error_code rc = sheet_open(&sheet, folder, "actuals.csv",
                               "date,round_id,km,hours,litres,tonnes,emptied,overflows,incidents", error);
    if (rc != ERROR_NONE) return rc;
    for (int32_t index = 0; index < city->options.days; index++) {
        day_number day = city->options.start - city->options.days + index;
        for (int32_t round = 0; round < city->round_count && synthetic_served(city, day); round++) {
            if (city->rounds[round].weekday != day_weekday(day)) continue;
            const struct tally *tally =
                &history->tallies[(size_t)index * (size_t)city->round_count + (size_t)round];
            write_actual(day, &city->rounds[round], tally, &rng, &sheet);
        }
    }
    return sheet_close(&sheet, error);
}

error_code synthetic_write_history(const struct synthetic *city, struct run_folder *folder,
                                   struct error *error)
{
    error_code rc = ERROR_NONE;
    struct history history = {.city = city};
    TRY_NEW(city->arena, history.tallies, (int64_t)city->options.days * city->round_count + 1);
    TRY(sheet_open(&history.readings, folder, "readings.csv", "bin_id,timestamp,fill_percent", error));
    TRY(live(&history, error));
    TRY(sheet_close(&history.readings, error));
    TRY(write_emptyings(&history, folder, error));
    TRY(write_requests(&history, folder, error));
    TRY(write_actuals(&history, folder, error));
done:
    if (history.readings.file != NULL) fclose(history.readings.file);
    array_free(&history.visits);
    array_free(&history.complaints);
    return rc;
}
