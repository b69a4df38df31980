/* A small night made by hand, whole enough for every writer: a city on a grid, a forecast and a choice from
 * a formula, routes in the order of the bins, judged by the real checker. Texts hold what breaks careless
 * writers: quotes, commas, markup, accents. One bin is left unserved. */
#ifndef BENNE_TESTS_FIXTURE_NIGHT_H
#define BENNE_TESTS_FIXTURE_NIGHT_H

#include "io/run.h"

struct fixture_night {
    struct arena arena;
    struct city city;
    struct fill_forecast forecast;
    struct choice choice;
    struct day_problem problem;
    struct plan plan;
    struct check_report report;
    struct practice practice;
    struct staffing staffing;
    struct diagnostics diagnostics;
    struct city_files files;
    struct run_facts facts;
    struct night night;
};

/* False when memory is exhausted or the system knows no time zone Europe/Paris. */
bool fixture_night_make(struct fixture_night *fixture, int32_t bins, int32_t vehicles);
void fixture_night_free(struct fixture_night *fixture);

#endif
