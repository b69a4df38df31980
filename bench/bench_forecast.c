/* Ten million readings read, validated and forecast: at most 20 s and 1.5 GB, on one thread.
 *
 *     bench_forecast [--smoke]     --smoke: 2,000 readings
 *
 * Writes a city folder of its own under TMPDIR (by default /tmp), a year of 2-hourly readings of 2,300 bins
 * in the order of time, with noise, spikes and emptyings; then reads and forecasts it, and removes it. The
 * clock starts after the writing. Exits with 1 when the city is refused or the limits are passed.
 */
#include "io/city.h"
#include "solver/base/rng.h"
#include "solver/forecast/forecast.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { DAYS_AHEAD = 7, PATH_SIZE = 512, STEP_HOURS = 2, STEPS_A_DAY = 12, SPIKE_IN = 2000 };
static const double SECONDS_MAX = 20, BYTES_MAX = 1.5e9;

struct size {
    int32_t bins, days;
};

struct bin_state {
    double level, rate;
};

static const char *const FILES[] = {"city.json", "depots.csv",   "disposal_sites.csv",
                                    "bins.csv",  "vehicles.csv", "readings.csv"};

static FILE *create(const char *folder, const char *name)
{
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    if (file == NULL) perror(path);
    return file;
}

static bool write_text(const char *folder, const char *name, const char *text)
{
    FILE *file = create(folder, name);
    if (file == NULL) return false;
    fputs(text, file);
    return fclose(file) == 0;
}

static bool write_bins(const char *folder, int32_t bins)
{
    FILE *file = create(folder, "bins.csv");
    if (file == NULL) return false;
    fputs("bin_id,lat,lon,stream,capacity_l,kg_per_l,service_s,frequency\n", file);
    for (int32_t b = 0; b < bins; b++) {
        int32_t row = b / 100;
        fprintf(file, "B%05d,%.6f,%.6f,%s,4000,0.33,180,C%d\n", b, 47.15 + 0.001 * (b % 100),
                -1.65 + 0.001 * row, b % 2 != 0 ? "glass" : "paper", 1 + b % 2);
    }
    return fclose(file) == 0;
}

/* One reading: the level rises in lumps, is emptied in the mornings when it is high, and is read with
 * noise; now and then the sensor says full. */
static int32_t next_reading(struct bin_state *bin, int32_t hour, struct rng *rng)
{
    if (rng_unit(rng) < 0.25) bin->level += bin->rate / (STEPS_A_DAY * 0.25) * 2 * rng_unit(rng);
    if (hour == 6 && bin->level > 70 && rng_unit(rng) < 0.7) bin->level = 0;
    if (bin->level > 110) bin->level = 110;
    if (rng_below(rng, SPIKE_IN) == 0) return 100;
    double read = bin->level + 1.5 * rng_normal(rng);
    return read < 0 ? 0 : read > 100 ? 100 : (int32_t)(read + 0.5);
}

static bool write_readings(const char *folder, struct size size)
{
    struct rng rng;
    rng_seed(&rng, 1);
    struct bin_state *bins = calloc((size_t)size.bins, sizeof *bins);
    FILE *file = create(folder, "readings.csv");
    if (bins == NULL || file == NULL) {
        free(bins);
        return false;
    }
    for (int32_t b = 0; b < size.bins; b++)
        bins[b] = (struct bin_state){.level = 80 * rng_unit(&rng), .rate = 2 + 12 * rng_unit(&rng)};
    fputs("bin_id,timestamp,fill_percent\n", file);
    day_number first = day_from_civil((struct civil_date){2025, 11, 23});
    for (int32_t d = 0; d < size.days; d++) {
        char day[DAY_TEXT_SIZE];
        day_text(first + d, day);
        for (int32_t hour = 0; hour < 24; hour += STEP_HOURS)
            for (int32_t b = 0; b < size.bins; b++)
                fprintf(file, "B%05d,%sT%02d:%02d:00Z,%d\n", b, day, hour, b % 60,
                        next_reading(&bins[b], hour, &rng));
    }
    free(bins);
    return fclose(file) == 0;
}

static bool write_city(const char *folder, struct size size)
{
    return write_text(folder, "city.json",
                      "{\"name\": \"Ten million readings\", \"timezone\": \"Europe/Paris\", \"start\": "
                      "\"2026-11-23\", \"days\": 7, \"network\": {\"straight_line\": {\"detour\": 1.3, "
                      "\"speed_kmh\": 27}}, \"prices\": {\"currency\": \"EUR\", \"fuel_per_litre\": 1.45, "
                      "\"carbon_per_t\": 100}, \"service\": {\"overflow_probability_max\": 0.02, "
                      "\"overflow_cost\": 60}}\n") &&
           write_text(folder, "depots.csv", "depot_id,lat,lon\nD,47.2,-1.6\n") &&
           write_text(
               folder, "disposal_sites.csv",
               "site_id,lat,lon,streams,opening,unload_s\nS,47.2,-1.61,glass paper,06:00-18:00,600\n") &&
           write_text(
               folder, "vehicles.csv",
               "vehicle_id,depot_id,compartments,shift_start,shift_end,drivers,loaders,cost_per_km,"
               "cost_per_hour\nV,D,glass:7000kg:24000l|paper:3000kg:20000l,06:00,14:30,1,0,0.35,38\n") &&
           write_bins(folder, size.bins) && write_readings(folder, size);
}

static double seconds_since(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + 1e-9 * (double)(now.tv_nsec - start->tv_nsec);
}

static void print_diagnostics(const struct diagnostics *list)
{
    for (int64_t i = 0; i < list->count; i++)
        if (list->items[i].severity == SEVERITY_ERROR)
            fprintf(stderr, "%s:%lld: %s\n", list->items[i].place.file, (long long)list->items[i].place.line,
                    list->items[i].message);
}

/* Reads and forecasts the folder; the figures go to stdout. */
static error_code measure(const char *folder, bool *within, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct arena arena;
    struct city city = {0};
    struct city_files files;
    struct diagnostics diagnostics;
    struct fill_forecast forecast;
    struct timespec start;
    struct rusage usage;
    arena_init(&arena);
    diagnostics_init(&diagnostics, DIAGNOSTIC_LIMIT_DEFAULT);
    clock_gettime(CLOCK_MONOTONIC, &start);
    TRY(city_read(folder, &arena, &city, &files, &diagnostics, error));
    double read_s = seconds_since(&start);
    TRY(forecast_fill(&city, zone_midnight(city.zone, city.start), city.start, DAYS_AHEAD, &arena, &forecast,
                      error));
    double total_s = seconds_since(&start);
    getrusage(RUSAGE_SELF, &usage);
    double bytes = 1024.0 * (double)usage.ru_maxrss;
    printf("%d bins, %lld readings (%lld discarded, %d faults): read %.2f s, forecast %.2f s, total %.2f s, "
           "peak %.0f MB\n",
           city.bin_count, (long long)forecast.readings_read, (long long)forecast.readings_discarded,
           forecast.fault_count, read_s, total_s - read_s, total_s, bytes / 1e6);
    *within = total_s <= SECONDS_MAX && bytes <= BYTES_MAX;
    if (!*within) printf("over the limits: %.0f s, %.0f MB\n", SECONDS_MAX, BYTES_MAX / 1e6);
done:
    if (rc != ERROR_NONE) print_diagnostics(&diagnostics);
    city_close(&city);
    diagnostics_free(&diagnostics);
    arena_free(&arena);
    return rc;
}

int main(int argc, char **argv)
{
    bool smoke = argc > 1 && strcmp(argv[1], "--smoke") == 0, within = false;
    struct size size =
        smoke ? (struct size){.bins = 10, .days = 17} : (struct size){.bins = 2300, .days = 365};
    const char *temporary = getenv("TMPDIR");
    char folder[PATH_SIZE / 2], path[PATH_SIZE];
    struct error error = {0};
    error_code rc = ERROR_FILE;
    snprintf(folder, sizeof folder, "%s/benne-forecast-XXXXXX", temporary != NULL ? temporary : "/tmp");
    if (mkdtemp(folder) == NULL) {
        perror(folder);
        return 1;
    }
    if (write_city(folder, size)) rc = measure(folder, &within, &error);
    if (rc != ERROR_NONE) fprintf(stderr, "bench_forecast: %s\n", error.message);
    for (size_t f = 0; f < sizeof FILES / sizeof *FILES; f++) {
        snprintf(path, sizeof path, "%s/%s", folder, FILES[f]);
        unlink(path);
    }
    rmdir(folder);
    return rc != ERROR_NONE ? error_exit_status(rc) : within ? 0 : 1;
}
