/* The timetable of a route, as people read it: from the depot, through stops, unloadings and the break, and
 * home, each with its place, clock, load, and why its bins were chosen.
 *
 * Times and loads are the checker's; fill levels are those expected at the end of the day. A stop of several
 * bins shows the strongest reason and the highest risk among them, and their common fill weighted by
 * capacity. Works for a plan and for the current practice alike. Ownership: the arena. O(steps + bins).
 */
#ifndef BENNE_IO_TIMETABLE_H
#define BENNE_IO_TIMETABLE_H

#include "solver/indicators/indicators.h"

typedef enum visit_kind { VISIT_START, VISIT_STOP, VISIT_DISPOSAL, VISIT_BREAK, VISIT_END } visit_kind;

struct visit {
    visit_kind kind;
    int32_t place;       /* of the city: a depot for start and end, a site for disposal; else -1 */
    const int32_t *bins; /* of the city; none unless a stop */
    int32_t bin_count;
    int32_t trip;             /* from 1 */
    struct position position; /* of a break: of the visit before it */
    int64_t arrival_s, begin_s, end_s, distance_m, driving_s;
    int64_t collected_kg, collected_l; /* at this stop */
    int64_t load_kg, load_l;           /* aboard afterwards */
    int64_t unloaded_kg;
    choice_reason reason;
    double risk, fill_percent; /* NaN where there is none */
};

struct timetable {
    const struct city_vehicle *vehicle;
    struct visit *visits;
    int32_t count;
};

error_code timetable_of_route(const struct driven *driven, int32_t route, struct arena *arena,
                              struct timetable *timetable, struct error *error) ERROR_CHECKED;

/* "start", "stop", "disposal", "break", "end". */
const char *visit_kind_name(visit_kind kind);

/* Tonight's plan and the current practice, as what the indicators and timetables are made from. */
struct driven driven_plan(const struct night *night);
struct driven driven_practice(const struct night *night);

/* The level expected at the end of the plan's day; NaN when the forecast does not reach it. */
double expected_fill_percent(const struct driven *driven, int32_t bin);

/* Is this bin emptied by the driven plan? */
bool driven_serves(const struct driven *driven, int32_t bin);

/* What a route burns, from its kilometres and its tonnes; emissions NaN when the factor is unknown. */
double route_litres(const struct driven *driven, int32_t route);
double route_kgco2e(const struct driven *driven, int32_t route);

/* Names of bins joined by a bar ("VE0663|DS0061"), in the arena; NULL when memory is exhausted. */
const char *bins_text(const struct city *city, const int32_t *bins, int32_t count, struct arena *arena);

#endif
