#include "solver/forecast/forecast.h"

#include "solver/base/array.h"
#include "solver/base/message.h"
#include "solver/forecast/demand.h"
#include "solver/forecast/level.h"
#include "solver/forecast/risk.h"

#include <assert.h>
#include <math.h>
#include <string.h>

static const double OVERFLOW_PERCENT = 100;
/* Under half, a bin's own data weigh less than those of its group. */
static const double OWN_SHARE_MIN = 0.5;

struct fault_list {
    struct sensor_fault *items;
    int64_t count, capacity;
};

/* One forecast under way; what dies with it is in `scratch` and the fault list. */
struct job {
    const struct city *city;
    struct fill_forecast *forecast;
    struct demand_table table;
    struct fill_history *histories;
    struct fill_rate *rates;
    bool *silent;         /* by bin: its sensor no longer speaks, or it has none */
    double *change_share; /* by stream */
    struct arena scratch;
    struct fault_list faults;
};

/* The first of `first … end - 1` at `now` or after. */
static int64_t first_from(const instant_s *at, int64_t first, int64_t end, instant_s now)
{
    while (first < end) {
        int64_t middle = first + (end - first) / 2;
        if (at[middle] < now)
            first = middle + 1;
        else
            end = middle;
    }
    return first;
}

/* The rows of a bin known at `now`. A table without rows may have no index. */
static struct bin_record record_of(const struct job *job, int32_t bin)
{
    const struct reading_table *readings = &job->city->readings;
    const struct emptying_table *emptyings = &job->city->emptyings;
    const struct bin *properties = &job->city->bins[bin];
    instant_s now = job->forecast->now;
    struct bin_record record = {.bin = bin,
                                .now = now,
                                .full_kg = properties->capacity_l * properties->kg_per_l,
                                .change_share = job->change_share[properties->stream]};
    if (readings->count > 0) {
        int64_t first = readings->first[bin];
        record.readings = first_from(readings->at, first, readings->first[bin + 1], now) - first;
        record.read_at = readings->at + first;
        record.read_percent = readings->fill_percent + first;
    }
    if (emptyings->count > 0) {
        int64_t first = emptyings->first[bin];
        record.emptyings = first_from(emptyings->at, first, emptyings->first[bin + 1], now) - first;
        record.emptied_at = emptyings->at + first;
        record.emptied_percent = emptyings->fill_percent + first;
        record.emptied_kg = emptyings->weight_kg + first;
    }
    return record;
}

/* How the sensors of each stream behave: the share of successive readings that differ. */
static error_code survey_streams(struct job *job, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct city *city = job->city;
    double *steps;
    TRY_NEW(&job->scratch, job->change_share, city->stream_count + 1);
    TRY_NEW(&job->scratch, steps, city->stream_count + 1);
    for (int32_t b = 0; b < city->bin_count; b++) {
        struct bin_record record = record_of(job, b);
        int64_t changes = 0;
        for (int64_t i = 1; i < record.readings; i++)
            changes += record.read_percent[i] != record.read_percent[i - 1];
        job->forecast->readings_read += record.readings;
        if (record.readings > 1) steps[city->bins[b].stream] += (double)(record.readings - 1);
        job->change_share[city->bins[b].stream] += (double)changes;
    }
    for (int32_t s = 0; s < city->stream_count; s++)
        job->change_share[s] = steps[s] > 0 ? job->change_share[s] / steps[s] : 0;
done:
    return rc;
}

/* The span of time that any of the city's data or of the days asked for touches. */
static void time_span(const struct job *job, instant_s *from, instant_s *to)
{
    const struct fill_forecast *forecast = job->forecast;
    instant_s end = zone_midnight(job->city->zone, forecast->first_day + forecast->days);
    *from = forecast->now;
    *to = end > forecast->now ? end : forecast->now;
    for (int32_t b = 0; b < job->city->bin_count; b++) {
        struct bin_record record = record_of(job, b);
        if (record.readings > 0 && record.read_at[0] < *from) *from = record.read_at[0];
        if (record.emptyings > 0 && record.emptied_at[0] < *from) *from = record.emptied_at[0];
    }
}

/* Cleans each bin's series in turn and keeps what it says. */
static error_code read_histories(struct job *job, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct clean_series series;
    struct cycle_scratch cycles;
    int64_t max_readings = 0, max_emptyings = 0;
    for (int32_t b = 0; b < job->city->bin_count; b++) {
        struct bin_record record = record_of(job, b);
        if (record.readings > max_readings) max_readings = record.readings;
        if (record.emptyings > max_emptyings) max_emptyings = record.emptyings;
    }
    TRY(clean_reserve(&job->scratch, max_readings, max_emptyings, &series, error));
    TRY_NEW(&job->scratch, cycles.days, max_readings + max_emptyings + 1);
    TRY_NEW(&job->scratch, cycles.amount, max_readings + max_emptyings + 1);
    TRY_NEW(&job->scratch, cycles.censored, max_readings + max_emptyings + 1);

    for (int32_t b = 0; b < job->city->bin_count; b++) {
        struct bin_record record = record_of(job, b);
        clean_bin(&record, &series);
        rate_history(&series, &job->table, &cycles, &job->histories[b]);
        bool recent =
            series.count > 0 && job->forecast->now - series.at[series.count - 1] <= clean_silence_s(&series);
        job->silent[b] = !recent;
        job->forecast->bins[b].faults = series.fault_count;
        job->forecast->readings_discarded += series.discarded;
        for (int32_t f = 0; f < series.fault_count; f++)
            if (!array_push(&job->faults, series.faults[f])) return error_memory(error);
    }
done:
    return rc;
}

static fill_source source_of(const struct fill_history *history, const struct fill_rate *rate, bool silent)
{
    bool any = history->days > 0 || history->recent_count > 0 || history->emptyings > 0;
    if (!any) return FILL_PRIOR;
    if (rate->own_share < OWN_SHARE_MIN) return FILL_POOLED;
    return silent ? FILL_EMPTYINGS : FILL_SENSOR;
}

/* Where the bin stands now. */
static void fill_bin(const struct job *job, int32_t b)
{
    const struct fill_history *history = &job->histories[b];
    const struct fill_rate *rate = &job->rates[b];
    struct bin_fill *fill = &job->forecast->bins[b];
    struct known_level known =
        level_last_known(&job->city->bins[b], history, rate, &job->table, job->forecast->now);
    fill->source = source_of(history, rate, job->silent[b]);
    fill->last_emptied = history->last_emptied;
    fill->rate_per_day = rate->per_day;
    fill->rate_sd = rate->estimate_sd;
    fill->increment_sd = sqrt(rate->lump_percent * rate->per_day);
    fill->noise_sd = rate->noise_sd;
    fill->readings_used = history->readings;
    fill->emptyings_used = history->emptyings;
    memcpy(fill->weekday_factor, rate->weekday_factor, sizeof fill->weekday_factor);
    fill->known_percent = known.percent;
    fill->known_sd = known.sd;
    fill->known_days =
        demand_between_weekdays(&job->table, rate->weekday_factor, known.at, job->forecast->now);
    double growth = rate->per_day * fill->known_days, off = rate->estimate_sd * fill->known_days;
    fill->level_percent = known.percent + growth;
    fill->level_sd = sqrt(known.sd * known.sd + rate->lump_percent * growth + off * off);
}

static struct fill_state state_of(const struct bin_fill *fill)
{
    bool known = fill->rate_per_day > 0 && fill->increment_sd > 0;
    return (struct fill_state){.level = fill->known_percent,
                               .level_sd = fill->known_sd,
                               .rate = fill->rate_per_day,
                               .rate_sd = fill->rate_sd,
                               .lump = known ? fill->increment_sd * fill->increment_sd / fill->rate_per_day
                                             : RATE_LUMP_PERCENT};
}

/* The coming days of one bin. */
static void fill_days(const struct job *job, int32_t b)
{
    struct fill_forecast *forecast = job->forecast;
    const struct bin_fill *fill = &forecast->bins[b];
    struct fill_state state = state_of(fill);
    instant_s at = forecast->now;
    double days = fill->known_days;
    float least = 0;
    for (int32_t d = 0; d < forecast->days; d++) {
        size_t cell = (size_t)b * (size_t)forecast->days + (size_t)d;
        instant_s end = zone_midnight(job->city->zone, forecast->first_day + d + 1);
        if (end > at) {
            days += demand_between_weekdays(&job->table, fill->weekday_factor, at, end);
            at = end;
        }
        forecast->level_percent[cell] = (float)(fill->known_percent + fill->rate_per_day * days);
        float risk = (float)risk_at_least(&state, days, OVERFLOW_PERCENT);
        /* The sum grows by construction; its rounding must not show. */
        least = risk > least ? risk : least;
        forecast->overflow_probability[cell] = least;
    }
}

static error_code keep_faults(struct job *job, struct arena *arena, struct error *error)
{
    error_code rc = ERROR_NONE;
    TRY_NEW(arena, job->forecast->faults, job->faults.count + 1);
    job->forecast->fault_count = (int32_t)job->faults.count;
    for (int64_t f = 0; f < job->faults.count; f++) job->forecast->faults[f] = job->faults.items[f];
done:
    return rc;
}

error_code forecast_fill(const struct city *city, instant_s now, day_number first_day, int32_t days,
                         struct arena *arena, struct fill_forecast *forecast, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct job job = {.city = city, .forecast = forecast};
    size_t cells = (size_t)city->bin_count * (size_t)days;
    instant_s from, to;
    assert(days > 0);
    *forecast = (struct fill_forecast){
        .now = now, .first_day = first_day, .bin_count = city->bin_count, .days = days};
    arena_init(&job.scratch);
    TRY_NEW(arena, forecast->bins, city->bin_count + 1);
    TRY_NEW(arena, forecast->level_percent, cells + 1);
    TRY_NEW(arena, forecast->overflow_probability, cells + 1);
    TRY_NEW(&job.scratch, job.histories, city->bin_count + 1);
    TRY_NEW(&job.scratch, job.rates, city->bin_count + 1);
    TRY_NEW(&job.scratch, job.silent, city->bin_count + 1);

    TRY(survey_streams(&job, error));
    time_span(&job, &from, &to);
    TRY(demand_build(city, from, to, &job.scratch, &job.table, error));
    TRY(read_histories(&job, error));
    TRY(rate_pool(city, job.histories, &job.scratch, job.rates, error));
    for (int32_t b = 0; b < city->bin_count; b++) {
        fill_bin(&job, b);
        fill_days(&job, b);
    }
    TRY(keep_faults(&job, arena, error));
done:
    array_free(&job.faults);
    arena_free(&job.scratch);
    return rc;
}

double forecast_overflow_if_emptied(const struct fill_forecast *forecast, const struct city *city,
                                    int32_t bin, day_number from, day_number to)
{
    const struct bin_fill *fill = &forecast->bins[bin];
    struct fill_state state = state_of(fill);
    double days = 0;
    for (day_number d = from; d <= to; d++)
        days += (double)fill->weekday_factor[day_weekday(d)] * city_demand_factor(city, d);
    state.level = state.level_sd = 0;
    return risk_at_least(&state, days, OVERFLOW_PERCENT);
}

const char *fill_source_name(fill_source source)
{
    static const char *const names[FILL_SOURCE_COUNT] = {N_("sensor"), N_("emptyings"), N_("pooled"),
                                                         N_("prior")};
    return names[source];
}

const char *fault_kind_name(fault_kind kind)
{
    static const char *const names[FAULT_KIND_COUNT] = {N_("gap"), N_("stuck"), N_("spike"), N_("silent")};
    return names[kind];
}
