/* A city of five bins and two trucks, with a forecast written by hand: for tests of what is decided from
 * them. The service day is a Monday; everything may be changed by the test before it is used. */
#ifndef BENNE_TESTS_SMALL_CITY_H
#define BENNE_TESTS_SMALL_CITY_H

#include "solver/forecast/forecast.h"

enum { SMALL_BINS = 5, SMALL_DAYS = 7 };

struct small_city {
    struct arena arena;
    struct city city;
    struct depot depots[1];
    struct disposal_site sites[1];
    struct city_vehicle vehicles[2];
    struct bin bins[SMALL_BINS];
    struct time_window windows[4];
    struct travel_profile profiles[1];
    struct energy energies[1];
    struct calendar_day calendar[2];
    struct request requests[2];
    struct fixed_visit fixed_visits[4];
    struct fill_forecast forecast;
    struct bin_fill fills[SMALL_BINS];
    float level[SMALL_BINS * SMALL_DAYS], overflow[SMALL_BINS * SMALL_DAYS];
};

/* Monday 23 November 2026, Europe/Paris; the trucks work Monday to Friday, no bin is due. */
void small_city_make(struct small_city *small);
void small_city_free(struct small_city *small);

#endif
