/* How good are the fill forecasts on real series? The rolling-origin protocol of data/fill/origins.csv.
 *
 *     bench_fill [--smoke]     data in $BENNE_DATA, by default ../shared; --smoke: one target in forty
 *
 * At each scored origin the engine sees the series up to that instant and nothing else: a city of one bin,
 * forecast at 1, 3 or 7 days. The predictive quantiles .1 .25 .5 .75 .9 of the reading to come (level and
 * reading noise) are scored by pinball loss against the target level; the macro mean is over the series
 * with 30 scored origins or more. Beside it the mean rate's figures of the same protocol, and how many
 * targets fall in the 80 % interval.
 */
#include "solver/forecast/forecast.h"
#include "solver/forecast/risk.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    QUANTILES = 5,
    HORIZONS = 3,
    LINE = 256,
    SCORED_MIN = 30,
    SMOKE_STEP = 40,
    TARGETS_MAX = 20000,
    READINGS_MAX = 20000
};
static const double QUANTILE[QUANTILES] = {0.1, 0.25, 0.5, 0.75, 0.9};
static const int32_t HORIZON_DAYS[HORIZONS] = {1, 3, 7};
/* Mean rate since the start, macro pinball, measured under the same protocol. */
static const double MEAN_RATE_PINBALL[HORIZONS] = {2.234, 1.688, 2.184};

struct target {
    char series[64];
    instant_s origin;
    int32_t horizon;
    double level;
};

struct score {
    double pinball, error;
    int32_t count, covered;
};

struct series {
    instant_s at[READINGS_MAX];
    float percent[READINGS_MAX];
    int64_t count;
};

static bool parse_instant(const char *text, instant_s *at)
{
    int year, month, day, hour, minute, second;
    if (sscanf(text, "%d-%d-%dT%d:%d:%dZ", &year, &month, &day, &hour, &minute, &second) != 6) return false;
    *at = (instant_s)day_from_civil((struct civil_date){year, month, day}) * DAY_SECONDS + hour * 3600 +
          minute * 60 + second;
    return true;
}

static int32_t read_targets(const char *folder, int32_t step, struct target *targets)
{
    char path[LINE * 2], line[LINE], at[64];
    int32_t count = 0, seen = 0, scored;
    snprintf(path, sizeof path, "%s/data/fill/origins.csv", folder);
    FILE *file = fopen(path, "r");
    if (file == NULL) return -1;
    while (fgets(line, sizeof line, file) != NULL && count < TARGETS_MAX) {
        struct target *t = &targets[count];
        double level_at_origin;
        if (sscanf(line, "%63[^,],%63[^,],%d,%lf,%lf,%d", t->series, at, &t->horizon, &level_at_origin,
                   &t->level, &scored) == 6 &&
            scored != 0 && parse_instant(at, &t->origin) && seen++ % step == 0)
            count++;
    }
    fclose(file);
    return count;
}

static bool read_series(const char *folder, const char *name, struct series *series)
{
    char path[LINE * 2], line[LINE], at[64];
    double percent;
    snprintf(path, sizeof path, "%s/data/fill/%s.csv", folder, name);
    FILE *file = fopen(path, "r");
    if (file == NULL) return false;
    series->count = 0;
    while (fgets(line, sizeof line, file) != NULL && series->count < READINGS_MAX)
        if (sscanf(line, "%63[^,],%lf", at, &percent) == 2 && parse_instant(at, &series->at[series->count]))
            series->percent[series->count++] = (float)percent;
    fclose(file);
    return true;
}

/* The level below which the reading to come falls with probability p, in [0, 100]. */
static double predicted_quantile(const struct fill_state *state, double days, double p)
{
    double low = 0, high = 100;
    while (high - low > 0.01) {
        double middle = (low + high) / 2;
        if (1 - risk_at_least(state, days, middle) < p)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}

static void score_target(const struct bin_fill *fill, const struct target *target, struct score *score)
{
    struct fill_state state = {.level = fill->known_percent,
                               .level_sd =
                                   sqrt(fill->known_sd * fill->known_sd + fill->noise_sd * fill->noise_sd),
                               .rate = fill->rate_per_day,
                               .rate_sd = fill->rate_sd,
                               .lump = fill->increment_sd * fill->increment_sd / fill->rate_per_day};
    double days = fill->known_days, quantile[QUANTILES];
    for (int32_t h = 0; h < 24 * target->horizon; h++)
        days +=
            (double)
                fill->weekday_factor[day_weekday((day_number)((target->origin + h * 3600) / DAY_SECONDS))] /
            24;
    for (int32_t q = 0; q < QUANTILES; q++) {
        quantile[q] = predicted_quantile(&state, days, QUANTILE[q]);
        double over = target->level - quantile[q];
        score->pinball += (over >= 0 ? QUANTILE[q] * over : (QUANTILE[q] - 1) * over) / QUANTILES;
    }
    score->error += fabs(target->level - quantile[QUANTILES / 2]);
    score->covered += target->level >= quantile[0] && target->level <= quantile[QUANTILES - 1];
    score->count++;
}

static error_code forecast_at(struct city *city, instant_s origin, struct bin_fill *fill, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct arena arena;
    struct fill_forecast forecast;
    arena_init(&arena);
    TRY(forecast_fill(city, origin, (day_number)(origin / DAY_SECONDS), 1, &arena, &forecast, error));
    *fill = forecast.bins[0];
done:
    arena_free(&arena);
    return rc;
}

static error_code score_series(struct series *series, const struct target *targets, int32_t count,
                               struct score scores[HORIZONS], struct error *error)
{
    error_code rc = ERROR_NONE;
    int64_t first[2] = {0, series->count};
    const char *streams[] = {"any"};
    struct bin bin = {.id = "bin", .capacity_l = 1000, .kg_per_l = 0.1};
    struct city city = {.bins = &bin, .bin_count = 1, .streams = streams, .stream_count = 1};
    struct bin_fill fill = {0};
    city.readings = (struct reading_table){
        .first = first, .at = series->at, .fill_percent = series->percent, .count = series->count};
    TRY(zone_open("UTC", &city.zone, error));
    for (int32_t t = 0; t < count; t++) {
        if (t == 0 || targets[t].origin != targets[t - 1].origin)
            TRY(forecast_at(&city, targets[t].origin, &fill, error));
        for (int32_t h = 0; h < HORIZONS; h++)
            if (HORIZON_DAYS[h] == targets[t].horizon) score_target(&fill, &targets[t], &scores[h]);
    }
done:
    zone_close(city.zone);
    return rc;
}

static error_code run(const char *folder, struct target *targets, int32_t count, struct series *series,
                      struct error *error)
{
    error_code rc = ERROR_NONE;
    double macro[HORIZONS] = {0}, macro_error[HORIZONS] = {0}, macro_covered[HORIZONS] = {0};
    int32_t members[HORIZONS] = {0};
    printf("%-14s %28s %28s %28s\n", "series", "1 day", "3 days", "7 days");
    for (int32_t first = 0, end; first < count; first = end) {
        struct score scores[HORIZONS] = {{0}};
        end = first;
        while (end < count && strcmp(targets[end].series, targets[first].series) == 0) end++;
        if (!read_series(folder, targets[first].series, series))
            return error_at(error, ERROR_FILE, targets[first].series, 0, 0, "%s", strerror(errno));
        TRY(score_series(series, targets + first, end - first, scores, error));
        printf("%-14s", targets[first].series);
        for (int32_t h = 0; h < HORIZONS; h++) {
            const struct score *s = &scores[h];
            if (s->count > 0)
                printf(" n %4d pin %6.3f cover %.2f", s->count, s->pinball / s->count,
                       (double)s->covered / s->count);
            else
                printf(" %28s", "");
            if (s->count < SCORED_MIN) continue;
            members[h]++;
            macro[h] += s->pinball / s->count;
            macro_error[h] += s->error / s->count;
            macro_covered[h] += (double)s->covered / s->count;
        }
        printf("\n");
    }
    printf("\n%-8s %8s %10s %8s %8s %10s\n", "horizon", "series", "pinball", "MAE", "cover80", "mean rate");
    for (int32_t h = 0; h < HORIZONS; h++)
        if (members[h] > 0)
            printf("%-8d %8d %10.3f %8.2f %8.2f %10.3f\n", HORIZON_DAYS[h], members[h], macro[h] / members[h],
                   macro_error[h] / members[h], macro_covered[h] / members[h], MEAN_RATE_PINBALL[h]);
done:
    return rc;
}

int main(int argc, char **argv)
{
    const char *folder = getenv("BENNE_DATA");
    int32_t step = argc > 1 && strcmp(argv[1], "--smoke") == 0 ? SMOKE_STEP : 1;
    struct error error = {0};
    error_code rc = ERROR_MEMORY;
    if (folder == NULL) folder = "../shared";
    struct target *targets = calloc(TARGETS_MAX, sizeof *targets);
    struct series *series = malloc(sizeof *series);
    if (targets != NULL && series != NULL) {
        int32_t count = read_targets(folder, step, targets);
        clock_t start = clock();
        if (count < 0) {
            printf("bench_fill: skipped, no data/fill/origins.csv in %s\n", folder);
            rc = ERROR_NONE;
        } else {
            rc = run(folder, targets, count, series, &error);
            printf("%.1f s\n", (double)(clock() - start) / CLOCKS_PER_SEC);
        }
    }
    if (rc != ERROR_NONE) fprintf(stderr, "bench_fill: %s\n", error.message);
    free(targets);
    free(series);
    return error_exit_status(rc);
}
