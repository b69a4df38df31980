#include "tests/support/fill_series.h"

#include <math.h>
#include <string.h>

enum { HOUR_S = 3600, EMPTYING_HOUR = 7 };

instant_s fill_series_start(void)
{
    return (instant_s)day_from_civil((struct civil_date){2026, 6, 1}) * DAY_SECONDS;
}

double fill_gamma(double mean, double lump, struct rng *rng)
{
    double shape = mean / lump, boost = 1;
    if (!(shape > 0)) return 0;
    if (shape < 1) {
        boost = pow(rng_unit(rng) + 1e-300, 1 / shape);
        shape += 1;
    }
    double d = shape - 1.0 / 3, c = 1 / sqrt(9 * d);
    for (;;) {
        double x = rng_normal(rng), v = 1 + c * x;
        if (v <= 0) continue;
        v = v * v * v;
        if (log(rng_unit(rng) + 1e-300) < 0.5 * x * x + d - d * v + d * log(v)) return d * v * lump * boost;
    }
}

static void empty(struct fill_series *series, const struct fill_plan *plan, instant_s at)
{
    int32_t e = series->emptyings++;
    series->emptied_at[e] = at;
    series->emptied_percent[e] = plan->recorded ? (float)fmin(series->level, 100) : NAN;
    series->emptied_kg[e] = NAN;
    series->level = 0;
}

void fill_series_draw(struct fill_series *series, const struct fill_plan *plan, struct rng *rng)
{
    series->readings = series->emptyings = 0;
    series->level = fmin(60, plan->empty_at) * rng_unit(rng);
    for (int32_t h = 0; h < 24 * plan->days; h++) {
        instant_s at = fill_series_start() + (instant_s)h * HOUR_S;
        double factor = day_weekday((day_number)(at / DAY_SECONDS)) >= 5 ? plan->weekend : 1;
        series->level += fill_gamma(plan->rate * factor / 24, plan->lump, rng);
        bool due = plan->interval_days > 0 ? h / 24 % plan->interval_days == plan->interval_days - 1
                                           : series->level >= plan->empty_at;
        if (h % 24 == EMPTYING_HOUR && due) empty(series, plan, at + HOUR_S / 2);
        if (plan->step_hours == 0 || h % plan->step_hours != 0) continue;
        double read = round(series->level + plan->noise_sd * rng_normal(rng));
        series->read_at[series->readings] = at + HOUR_S;
        series->percent[series->readings++] = (float)fmin(fmax(read, 0), 100);
    }
}

struct city *fill_city_make(struct arena *arena, const struct fill_series *const *series,
                            const struct fill_plan *plans, int32_t bins)
{
    int64_t readings = 0, emptyings = 0;
    struct city *city = arena_alloc(arena, 1, sizeof *city);
    const char **streams = arena_alloc(arena, 1, sizeof *streams);
    struct error error;
    for (int32_t b = 0; b < bins; b++) readings += series[b]->readings, emptyings += series[b]->emptyings;
    if (city == NULL || streams == NULL || zone_open("UTC", &city->zone, &error) != ERROR_NONE) return NULL;
    streams[0] = "glass";
    city->streams = streams;
    city->stream_count = 1;
    city->bin_count = bins;
    city->bins = arena_alloc(arena, (size_t)bins, sizeof *city->bins);
    struct reading_table *r = &city->readings;
    struct emptying_table *e = &city->emptyings;
    r->first = arena_alloc(arena, (size_t)bins + 1, sizeof *r->first);
    r->at = arena_alloc(arena, (size_t)readings + 1, sizeof *r->at);
    r->fill_percent = arena_alloc(arena, (size_t)readings + 1, sizeof *r->fill_percent);
    e->first = arena_alloc(arena, (size_t)bins + 1, sizeof *e->first);
    e->at = arena_alloc(arena, (size_t)emptyings + 1, sizeof *e->at);
    e->fill_percent = arena_alloc(arena, (size_t)emptyings + 1, sizeof *e->fill_percent);
    e->weight_kg = arena_alloc(arena, (size_t)emptyings + 1, sizeof *e->weight_kg);
    if (city->bins == NULL || r->first == NULL || r->at == NULL || r->fill_percent == NULL ||
        e->first == NULL || e->at == NULL || e->fill_percent == NULL || e->weight_kg == NULL)
        return NULL;
    for (int32_t b = 0; b < bins; b++) {
        city->bins[b] =
            (struct bin){.id = "bin", .capacity_l = 4000, .kg_per_l = 0.33, .frequency = {.per_week = 1}};
        int32_t n = series[b]->readings, m = plans[b].recorded ? series[b]->emptyings : 0;
        memcpy(r->at + r->count, series[b]->read_at, (size_t)n * sizeof *r->at);
        memcpy(r->fill_percent + r->count, series[b]->percent, (size_t)n * sizeof *r->fill_percent);
        memcpy(e->at + e->count, series[b]->emptied_at, (size_t)m * sizeof *e->at);
        memcpy(e->fill_percent + e->count, series[b]->emptied_percent, (size_t)m * sizeof *e->fill_percent);
        memcpy(e->weight_kg + e->count, series[b]->emptied_kg, (size_t)m * sizeof *e->weight_kg);
        r->first[b + 1] = r->count += n;
        e->first[b + 1] = e->count += m;
    }
    return city;
}
