#include "tests/support/fixture_night.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { DAYS = 5, DAY = 20780 /* 2026-11-23, a Monday */, HOUR = 3600 };

static error_code text_of(struct fixture_night *f, const char **text, const char *format, int32_t number)
{
    char buffer[128];
    int length = snprintf(buffer, sizeof buffer, format, number);
    *text = arena_text(&f->arena, buffer, (size_t)length);
    return *text == NULL ? ERROR_MEMORY : ERROR_NONE;
}

/* ---- City ---- */

static error_code make_bins(struct fixture_night *f, int32_t bins)
{
    error_code rc = ERROR_NONE;
    struct error *error = NULL;
    struct city *city = &f->city;
    TRY_NEW(&f->arena, city->bins, bins);
    city->bin_count = bins;
    for (int32_t b = 0; b < bins; b++) {
        struct bin *bin = &city->bins[b];
        TRY(text_of(f, &bin->id, "B%03d", b + 1));
        TRY(text_of(f, &bin->address, "%d, rue de l'Église", b + 1));
        int32_t row = b / 8, column = row % 2 == 0 ? b % 8 : 7 - b % 8;
        bin->position = (struct position){47.19 + 0.008 * row, -1.60 + 0.011 * column};
        bin->capacity_l = 4000;
        bin->kg_per_l = 0.33;
        bin->service_s = 240;
    }
    city->bins[0].address = "Place \"du Marché\" </script><img src=x onerror=alert(1)>, Nantes";
done:
    return rc;
}

static error_code make_vehicles(struct fixture_night *f, int32_t vehicles)
{
    error_code rc = ERROR_NONE;
    struct error *error = NULL;
    struct city *city = &f->city;
    TRY_NEW(&f->arena, city->vehicles, vehicles);
    city->vehicle_count = vehicles;
    for (int32_t v = 0; v < vehicles; v++) {
        struct city_vehicle *vehicle = &city->vehicles[v];
        *vehicle = (struct city_vehicle){.compartment_count = 1,
                                         .compartments = {{1, 7000, 24000}},
                                         .shift_start_s = 6 * HOUR,
                                         .shift_end_s = 14 * HOUR + HOUR / 2,
                                         .max_work_s = 8 * HOUR,
                                         .break_s = 1200,
                                         .break_after_s = 6 * HOUR,
                                         .break_window = {0, TIME_MAX},
                                         .drivers = 1,
                                         .loaders = v % 2,
                                         .litres_per_km = 0.55,
                                         .litres_per_t = 1.1,
                                         .weekdays = 0x7f};
        TRY(text_of(f, &vehicle->id, "GRUE%d", v + 1));
    }
done:
    return rc;
}

static error_code make_city(struct fixture_night *f, int32_t bins, int32_t vehicles)
{
    static struct depot depot = {.id = "EST", .name = "Dépôt Est", .position = {47.2262, -1.5065}};
    static struct disposal_site site = {
        .id = "QUAI", .name = "Quai <Est>", .position = {47.2240, -1.6390}, .streams = 1, .unload_s = 600};
    static struct travel_profile profile = {"truck", 27, 1.32};
    static struct energy energy = {"diesel B7", "Base Carbone", 3.1};
    static const char *streams[] = {"glass"};
    error_code rc = ERROR_NONE;
    f->city = (struct city){.folder = "fixture",
                            .name = "Nantes & environs",
                            .zone_name = "Europe/Paris",
                            .start = DAY,
                            .days = DAYS,
                            .currency = "EUR",
                            .overflow_probability_max = 0.02,
                            .overflow_cost = 60 * MONEY_UNIT,
                            .fuel_per_litre = 1450000000,
                            .carbon_per_t = 100 * MONEY_UNIT,
                            .profiles = &profile,
                            .profile_count = 1,
                            .energies = &energy,
                            .energy_count = 1,
                            .streams = streams,
                            .stream_count = 1,
                            .depots = &depot,
                            .depot_count = 1,
                            .sites = &site,
                            .site_count = 1};
    TRY(zone_open("Europe/Paris", &f->city.zone, NULL));
    TRY(make_bins(f, bins));
    TRY(make_vehicles(f, vehicles));
done:
    return rc;
}

/* ---- Forecast and choice ---- */

static error_code make_forecast(struct fixture_night *f)
{
    error_code rc = ERROR_NONE;
    struct error *error = NULL;
    struct fill_forecast *forecast = &f->forecast;
    int32_t bins = f->city.bin_count;
    *forecast = (struct fill_forecast){.now = zone_midnight(f->city.zone, DAY) - 4 * HOUR,
                                       .first_day = DAY,
                                       .bin_count = bins,
                                       .days = DAYS,
                                       .fault_count = 2,
                                       .readings_read = 1000,
                                       .readings_discarded = 12};
    TRY_NEW(&f->arena, forecast->bins, bins);
    TRY_NEW(&f->arena, forecast->level_percent, bins * DAYS);
    TRY_NEW(&f->arena, forecast->overflow_probability, bins * DAYS);
    TRY_NEW(&f->arena, forecast->faults, 2);
    forecast->faults[0] = (struct sensor_fault){.bin = 0,
                                                .kind = FAULT_STUCK,
                                                .from = forecast->now - 86400,
                                                .to = forecast->now - 3600,
                                                .readings = 9};
    forecast->faults[1] = (struct sensor_fault){.bin = 1,
                                                .kind = FAULT_SPIKE,
                                                .from = forecast->now - 7200,
                                                .to = forecast->now - 7200,
                                                .readings = 3};
    for (int32_t b = 0; b < bins; b++) {
        struct bin_fill *fill = &forecast->bins[b];
        fill->source = (fill_source)(b % FILL_SOURCE_COUNT);
        fill->level_percent = 15 + b * 37 % 80;
        fill->rate_per_day = 4 + b % 5;
        fill->rate_sd = 0.4;
        fill->increment_sd = 2;
        fill->last_emptied = forecast->now - 86400 * (5 + b % 9);
        for (int32_t d = 0; d < WEEK_DAYS; d++) fill->weekday_factor[d] = 1;
        for (int32_t d = 0; d < DAYS; d++) {
            double level = fill->level_percent + fill->rate_per_day * (d + 1);
            forecast->level_percent[b * DAYS + d] = (float)level;
            forecast->overflow_probability[b * DAYS + d] = (float)(1 / (1 + exp((97 - level) / 2)));
        }
    }
done:
    return rc;
}

static error_code make_choice(struct fixture_night *f)
{
    error_code rc = ERROR_NONE;
    struct error *error = NULL;
    int32_t bins = f->city.bin_count;
    f->choice = (struct choice){.day = DAY, .next_chance = DAY + 1, .bin_count = bins};
    TRY_NEW(&f->arena, f->choice.bins, bins);
    for (int32_t b = 0; b < bins; b++) {
        struct bin_choice *choice = &f->choice.bins[b];
        double level = (double)forecast_level(&f->forecast, b, 0);
        choice->risk = (double)forecast_overflow(&f->forecast, b, 1);
        choice->saved_risk = choice->risk / 2;
        choice->days_since = 5 + b % 9;
        choice->reason = b % 11 == 4            ? REASON_FLAG
                         : b % 13 == 5          ? REASON_REQUEST
                         : choice->risk > 0.02  ? REASON_RISK
                         : level > 55 || b == 0 ? REASON_PRIZE
                                                : REASON_NONE;
        if (choice->reason == REASON_PRIZE) choice->prize = MONEY_UNIT * (1 + b % 7);
        f->choice.mandatory_count += choice_mandatory(choice->reason);
        f->choice.optional_count += choice->reason == REASON_PRIZE;
    }
done:
    return rc;
}

/* ---- The day's problem: places are the depot, the site, then one a stop ---- */

static double metres_between(struct position a, struct position b)
{
    double north = (b.lat - a.lat) * 111195.0, east = (b.lon - a.lon) * 111195.0 * cos(a.lat * 0.01745329);
    return sqrt(north * north + east * east);
}

static error_code make_travel(struct fixture_night *f, struct day_problem *problem)
{
    error_code rc = ERROR_NONE;
    struct error *error = NULL;
    int32_t places = 2 + problem->instance.stop_count;
    int32_t *distance_m = NULL, *duration_s = NULL;
    struct travel_matrix *matrix = NULL;
    TRY_NEW(&f->arena, distance_m, places * places);
    TRY_NEW(&f->arena, duration_s, places * places);
    TRY_NEW(&f->arena, matrix, 1);
    for (int32_t i = 0; i < places; i++) {
        for (int32_t j = 0; j < places; j++) {
            struct position ends[2];
            for (int e = 0; e < 2; e++) {
                int32_t place = e == 0 ? i : j;
                ends[e] = place == 0   ? f->city.depots[0].position
                          : place == 1 ? f->city.sites[0].position
                                       : f->city.bins[problem->stop_bins[place - 2]].position;
            }
            distance_m[i * places + j] = (int32_t)lround(1.32 * metres_between(ends[0], ends[1]));
            duration_s[i * places + j] = (int32_t)lround(distance_m[i * places + j] / 7.5);
        }
    }
    *matrix = (struct travel_matrix){distance_m, duration_s};
    problem->instance.travel = (struct travel){.place_count = places, .profile_count = 1, .profiles = matrix};
done:
    return rc;
}

static error_code make_fleet(struct fixture_night *f, struct day_problem *problem)
{
    error_code rc = ERROR_NONE;
    struct error *error = NULL;
    struct vehicle *vehicles = NULL;
    int32_t count = f->city.vehicle_count;
    TRY_NEW(&f->arena, vehicles, count);
    TRY_NEW(&f->arena, problem->vehicle_of, count);
    for (int32_t v = 0; v < count; v++) {
        const struct city_vehicle *city_vehicle = &f->city.vehicles[v];
        problem->vehicle_of[v] = v;
        vehicles[v] = (struct vehicle){.shift_start_s = city_vehicle->shift_start_s,
                                       .shift_end_s = city_vehicle->shift_end_s,
                                       .max_work_s = city_vehicle->max_work_s,
                                       .break_s = city_vehicle->break_s,
                                       .break_after_s = city_vehicle->break_after_s,
                                       .break_window = city_vehicle->break_window,
                                       .compartment_count = 1,
                                       .compartments = {{1, 7000, 24000}},
                                       .fixed_cost = 95 * MONEY_UNIT,
                                       .cost_per_m = 350000,
                                       .cost_per_s = 10555556,
                                       .overtime_from_s = 7 * HOUR,
                                       .overtime_cost_per_s = 15833333,
                                       .fuel_per_m = 797500,
                                       .fuel_per_kg = 1595000,
                                       .carbon_per_m = 170500,
                                       .carbon_per_kg = 341000};
    }
    problem->instance.vehicles = vehicles;
    problem->instance.vehicle_count = count;
done:
    return rc;
}

/* A stop a bin; `chosen` says which bins, and their choice whether they must be served. */
static error_code make_problem(struct fixture_night *f, const bool *chosen, bool optional,
                               struct day_problem *problem)
{
    error_code rc = ERROR_NONE;
    struct error *error = NULL;
    int32_t bins = f->city.bin_count, count = 0;
    struct stop *stops = NULL;
    struct site *site = NULL;
    problem->day = DAY;
    TRY_NEW(&f->arena, stops, bins);
    TRY_NEW(&f->arena, site, 1);
    TRY_NEW(&f->arena, problem->stop_bin_first, bins + 1);
    TRY_NEW(&f->arena, problem->stop_bins, bins);
    TRY_NEW(&f->arena, problem->stop_of_bin, bins);
    for (int32_t b = 0; b < bins; b++) {
        problem->stop_of_bin[b] = -1;
        if (!chosen[b]) continue;
        double litres = fmin(1, (double)forecast_level(&f->forecast, b, 0) / 100) * 4000;
        stops[count] = (struct stop){.entry_place = 2 + count,
                                     .exit_place = 2 + count,
                                     .service_s = 240,
                                     .load_l = (int64_t)ceil(litres),
                                     .load_kg = (int64_t)ceil(litres * 0.33),
                                     .mandatory = !optional && choice_mandatory(f->choice.bins[b].reason),
                                     .prize = optional ? 0 : f->choice.bins[b].prize};
        problem->stop_bins[count] = b;
        problem->stop_of_bin[b] = count++;
        problem->stop_bin_first[count] = count;
    }
    *site = (struct site){
        .place = 1, .streams = 1, .unload_s = 600, .unload_us_per_kg = 30000, .fee_per_kg = 8000000};
    problem->instance.stops = stops;
    problem->instance.stop_count = count;
    problem->instance.sites = site;
    problem->instance.site_count = 1;
    problem->instance.stream_count = 1;
    TRY(make_fleet(f, problem));
    TRY(make_travel(f, problem));
done:
    return rc;
}

/* Stops shared out in order, unloading when the next would not fit, a break half-way. */
static error_code make_plan(const struct day_problem *problem, int32_t stops, struct plan *plan)
{
    error_code rc = ERROR_NONE;
    int32_t vehicles = problem->instance.vehicle_count;
    plan_init(plan);
    for (int32_t v = 0; v < vehicles; v++) {
        int32_t first = stops * v / vehicles, last = stops * (v + 1) / vehicles;
        int64_t litres = 0;
        TRY(plan_add_route(plan, v, 6 * HOUR + 600 * (v % 4), NULL));
        for (int32_t s = first; s < last; s++) {
            int64_t load = problem->instance.stops[s].load_l;
            if (litres + load > 20000) {
                TRY(plan_add_step(plan, STEP_DISPOSAL, 0, NULL));
                litres = 0;
            }
            if (s == (first + last) / 2) TRY(plan_add_step(plan, STEP_BREAK, -1, NULL));
            TRY(plan_add_step(plan, STEP_STOP, s, NULL));
            litres += load;
        }
        TRY(plan_add_step(plan, STEP_DISPOSAL, 0, NULL));
    }
done:
    return rc;
}

static error_code make_plans(struct fixture_night *f)
{
    error_code rc = ERROR_NONE;
    struct error *error = NULL;
    bool *chosen = NULL;
    int32_t bins = f->city.bin_count;
    TRY_NEW(&f->arena, chosen, bins);
    for (int32_t b = 0; b < bins; b++) chosen[b] = f->choice.bins[b].reason != REASON_NONE;
    TRY(make_problem(f, chosen, false, &f->problem));
    TRY(make_plan(&f->problem, f->problem.instance.stop_count - 1, &f->plan));
    TRY(check_plan(&f->problem.instance, &f->plan, &f->arena, &f->report, NULL));

    for (int32_t b = 0; b < bins; b++) chosen[b] = b % 2 == 0;
    TRY(make_problem(f, chosen, true, &f->practice.problem));
    TRY(make_plan(&f->practice.problem, f->practice.problem.instance.stop_count, &f->practice.plan));
    TRY(check_plan(&f->practice.problem.instance, &f->practice.plan, &f->arena, &f->practice.report, NULL));
    f->practice.known = true;
done:
    return rc;
}

/* ---- What surrounds the plan ---- */

static void make_facts(struct fixture_night *f)
{
    static struct city_file files[] = {{"bins.csv", 1234, 40, {1, 2, 3, 0xfedcba9876543210}}};
    f->files = (struct city_files){files, 1};
    f->staffing = (struct staffing){.day = DAY, .known = true};
    f->staffing.roles[ROLE_DRIVER] = (struct role_staffing){.posts = 3,
                                                            .hours = 22.5,
                                                            .agents = 5,
                                                            .available = 4,
                                                            .assigned = 3,
                                                            .absence_probability = 0.08,
                                                            .shortage_probability = 0.0342,
                                                            .unavailable = {0, 1, 0, 0, 0, 0}};
    f->staffing.roles[ROLE_LOADER] = (struct role_staffing){.posts = 2,
                                                            .hours = 14,
                                                            .agents = 1,
                                                            .available = 1,
                                                            .assigned = 1,
                                                            .gap = 1,
                                                            .shortage_probability = 1};
    diagnostics_init(&f->diagnostics, DIAGNOSTIC_LIMIT_DEFAULT);
    diagnostics_add(&f->diagnostics, SEVERITY_NOTE, (struct source_place){.file = "bins.csv"},
                    "delimiter ',', UTF-8");
    diagnostics_add(&f->diagnostics, SEVERITY_WARNING,
                    (struct source_place){.file = "bins.csv", .line = 3, .column = 5, .text = "a,<b>,c"},
                    "unknown column <colour>");
    run_begin(&f->facts, "plan", "0.1.0", "en");
    f->facts.search = (struct run_search){.seed = 7, .threads = 1, .iterations = 1000, .seconds = 1.5};
    f->facts.files = &f->files;
    f->facts.diagnostics = &f->diagnostics;
    run_option(&f->facts, "seed", "7");
    f->night = (struct night){.city = &f->city,
                              .forecast = &f->forecast,
                              .choice = &f->choice,
                              .problem = &f->problem,
                              .plan = &f->plan,
                              .report = &f->report,
                              .practice = &f->practice,
                              .staffing = &f->staffing};
}

bool fixture_night_make(struct fixture_night *f, int32_t bins, int32_t vehicles)
{
    memset(f, 0, sizeof *f);
    arena_init(&f->arena);
    error_code rc = ERROR_NONE;
    TRY(make_city(f, bins, vehicles));
    TRY(make_forecast(f));
    TRY(make_choice(f));
    TRY(make_plans(f));
    make_facts(f);
done:
    return rc == ERROR_NONE;
}

void fixture_night_free(struct fixture_night *f)
{
    plan_free(&f->plan);
    plan_free(&f->practice.plan);
    diagnostics_free(&f->diagnostics);
    zone_close(f->city.zone);
    arena_free(&f->arena);
}
