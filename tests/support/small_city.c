#include "tests/support/small_city.h"

#include <stdlib.h>

static void make_vehicles(struct small_city *s)
{
    for (int v = 0; v < 2; v++) {
        s->vehicles[v] = (struct city_vehicle){.id = v == 0 ? "T1" : "T2",
                                               .compartment_count = 1,
                                               .compartments = {{1, 5000, 20000}},
                                               .shift_start_s = 6 * 3600,
                                               .shift_end_s = 14 * 3600,
                                               .max_work_s = 8 * 3600,
                                               .break_after_s = TIME_MAX,
                                               .break_window = {0, TIME_MAX},
                                               .drivers = 1,
                                               .cost_per_km = MONEY_UNIT / 2,
                                               .cost_per_hour = 36 * MONEY_UNIT,
                                               .overtime_from_s = TIME_MAX,
                                               .litres_per_km = 0.5,
                                               .litres_per_t = 1,
                                               .weekdays = 0x1f};
    }
}

static void make_bins(struct small_city *s)
{
    static const char *const ids[SMALL_BINS] = {"B0", "B1", "B2", "B3", "B4"};
    for (int b = 0; b < SMALL_BINS; b++) {
        s->bins[b] = (struct bin){.id = ids[b],
                                  .position = {47.2 + 0.01 * b, -1.5},
                                  .capacity_l = 2000,
                                  .kg_per_l = 0.25,
                                  .service_s = 120};
        s->fills[b] =
            (struct bin_fill){.source = FILL_SENSOR,
                              .last_emptied = zone_midnight(s->city.zone, s->city.start - 2) + 36000,
                              .level_percent = 20,
                              .rate_per_day = 5};
        for (int d = 0; d < SMALL_DAYS; d++) s->level[b * SMALL_DAYS + d] = (float)(25 + 5 * d);
    }
}

void small_city_make(struct small_city *s)
{
    struct error error = {0};
    *s = (struct small_city){0};
    arena_init(&s->arena);
    s->city = (struct city){.name = "small",
                            .start = day_from_civil((struct civil_date){2026, 11, 23}),
                            .days = SMALL_DAYS,
                            .fuel_per_litre = 2 * MONEY_UNIT,
                            .carbon_per_t = 100 * MONEY_UNIT,
                            .overflow_probability_max = 0.02,
                            .overflow_cost = 60 * MONEY_UNIT,
                            .windows = s->windows,
                            .profiles = s->profiles,
                            .energies = s->energies,
                            .depots = s->depots,
                            .sites = s->sites,
                            .vehicles = s->vehicles,
                            .bins = s->bins,
                            .requests = s->requests,
                            .fixed_visits = s->fixed_visits,
                            .calendar = s->calendar,
                            .stream_count = 1,
                            .profile_count = 1,
                            .energy_count = 1,
                            .depot_count = 1,
                            .site_count = 1,
                            .vehicle_count = 2,
                            .bin_count = SMALL_BINS};
    if (zone_open("Europe/Paris", &s->city.zone, &error) != ERROR_NONE) abort();
    s->depots[0] = (struct depot){.id = "D", .position = {47.19, -1.5}};
    s->sites[0] = (struct disposal_site){
        .id = "S", .position = {47.27, -1.5}, .streams = 1, .unload_s = 600, .unload_s_per_t = 30};
    s->profiles[0] = (struct travel_profile){"truck", 30, 1.3};
    s->energies[0] = (struct energy){"diesel", "test", 3.0};
    make_vehicles(s);
    make_bins(s);
    s->forecast = (struct fill_forecast){.now = zone_midnight(s->city.zone, s->city.start),
                                         .first_day = s->city.start,
                                         .bin_count = SMALL_BINS,
                                         .days = SMALL_DAYS,
                                         .bins = s->fills,
                                         .level_percent = s->level,
                                         .overflow_probability = s->overflow};
    for (int b = 0; b < SMALL_BINS; b++)
        for (int w = 0; w < WEEK_DAYS; w++) s->fills[b].weekday_factor[w] = 1;
}

void small_city_free(struct small_city *s)
{
    zone_close(s->city.zone);
    arena_free(&s->arena);
}
