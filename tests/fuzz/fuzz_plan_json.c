/* Any bytes given as a plan of a small city: a plan that the checker can judge, or complaints. */
#include "io/plan_json.h"

#include <stdlib.h>

static struct depot DEPOT = {.id = "D"};
static struct disposal_site SITE = {.id = "S1", .streams = 1};
static struct city_vehicle VEHICLES[] = {{.id = "V1"}, {.id = "V2"}};
static struct bin BINS[] = {{.id = "B1"}, {.id = "B2"}, {.id = "B3"}};
static struct city CITY = {.depots = &DEPOT,
                           .sites = &SITE,
                           .vehicles = VEHICLES,
                           .bins = BINS,
                           .depot_count = 1,
                           .site_count = 1,
                           .vehicle_count = 2,
                           .bin_count = 3};

/* B1 and B2 are one stop, V2 does not work; every place is the same. */
static const int32_t CELLS[1] = {0};
static const struct travel_matrix MATRIX = {CELLS, CELLS};
static const struct stop STOPS[] = {{.load_kg = 1}, {.load_kg = 1}};
static const struct site SITES[] = {{.streams = 1}};
static const struct vehicle TRUCK = {
    .shift_end_s = DAY_SECONDS, .compartment_count = 1, .compartments = {{1, 9, 9}}};
static int32_t VEHICLE_OF[] = {0}, STOP_BIN_FIRST[] = {0, 2, 3}, STOP_BINS[] = {0, 1, 2},
               STOP_OF_BIN[] = {0, 0, 1};

static void judge(const struct read_plan *read, struct arena *arena, struct diagnostics *diagnostics)
{
    const struct day_problem problem = {
        .instance = {.stop_count = 2,
                     .site_count = 1,
                     .vehicle_count = 1,
                     .stream_count = 1,
                     .stops = STOPS,
                     .sites = SITES,
                     .vehicles = &TRUCK,
                     .travel = {.place_count = 1, .profile_count = 1, .profiles = &MATRIX}},
        .vehicle_of = VEHICLE_OF,
        .stop_bin_first = STOP_BIN_FIRST,
        .stop_bins = STOP_BINS,
        .stop_of_bin = STOP_OF_BIN};
    struct plan plan;
    struct check_report report;
    struct error error;
    plan_init(&plan);
    if (plan_json_bind(read, &CITY, &problem, &plan, diagnostics, &error) == ERROR_NONE &&
        check_plan(&problem.instance, &plan, arena, &report, &error) != ERROR_NONE)
        abort();
    plan_free(&plan);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct diagnostics diagnostics;
    struct read_plan read;
    struct error error;
    if (CITY.zone == NULL && zone_open("Europe/Paris", &CITY.zone, &error) != ERROR_NONE) abort();
    arena_init(&arena);
    diagnostics_init(&diagnostics, 5);
    const error_code rc =
        plan_json_parse("plan.json", (const char *)data, size, &CITY, &arena, &read, &diagnostics, &error);
    if (rc == ERROR_NONE) judge(&read, &arena, &diagnostics);
    if (rc == ERROR_INPUT && error.message[0] == '\0') abort();
    diagnostics_free(&diagnostics);
    arena_free(&arena);
    return 0;
}
