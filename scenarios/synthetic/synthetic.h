/* A synthetic city: streets on a grid, bins in districts of different densities, a fleet with inherited
 * rounds, and a history that follows from them. Everything is drawn from one seed.
 *
 * The parts are made in this order, each from those before it:
 *   layout    districts, points, bins, depots, disposal sites     layout.c
 *   fleet     vehicles by kind, the fixed rounds of a week         fleet.c
 *   history   readings, emptyings, requests, actuals, by day       history.c
 *   people    agents, absences, leave                              people.c
 *   documents city.json, calendar, survey, rules, README           documents.c
 *
 * On a grid, lengths are metres of the projection EPSG:2154 (Lambert-93), so that a grid is a grid and no
 * projection is needed here; on the streets of an extract, metres around its middle (streets.h). All figures
 * of waste, costs and staff are illustrative inputs, chosen to be plausible; the README written into the city
 * says so.
 *
 * Ownership: all arrays live in the arena. Memory is O(bins + visits a week + emptyings); readings are
 * streamed and never held.
 */
#ifndef BENNE_SCENARIOS_SYNTHETIC_H
#define BENNE_SCENARIOS_SYNTHETIC_H

#include "io/run_folder.h"
#include "solver/base/arena.h"
#include "solver/base/calendar.h"
#include "solver/base/rng.h"

#include <stdbool.h>
#include <stdint.h>

enum { SYNTHETIC_STREAMS_MAX = 5, SYNTHETIC_KIND_STREAMS = 2, SYNTHETIC_DEPOTS = 2, SYNTHETIC_SITES = 3 };

/* A stream as this city collects it. */
struct synthetic_stream {
    const char *name, *code; /* "glass", "GL": the bins' ids begin with the code */
    int32_t capacity_l;
    double kg_per_l;
    double days_to_fill; /* median over the bins */
    int32_t service_s;
    int32_t truck_kg, truck_l; /* of a compartment; litres as they lie in the bins, before pressing */
    bool paired;               /* collected two streams at a time, in a truck with two compartments */
    double weekend;            /* filling of a Saturday or Sunday against a working day */
};

/* The streams known, ended by a NULL name. */
extern const struct synthetic_stream SYNTHETIC_STREAMS[];

struct synthetic_options {
    const char *name;
    int32_t bins, days; /* days of history before start */
    int32_t readings_per_day;
    int32_t vehicles; /* 0: as many as the rounds need */
    int32_t sensor_percent, fault_percent;
    const char *extract; /* of OpenStreetMap; NULL: a grid of streets */
    uint64_t seed;
    day_number start;
    const struct synthetic_stream *streams[SYNTHETIC_STREAMS_MAX];
    int32_t stream_count;
};

struct metres {
    int32_t x, y;
};

typedef enum synthetic_fault {
    SYNTHETIC_SOUND,
    SYNTHETIC_GAP,
    SYNTHETIC_STUCK,
    SYNTHETIC_SPIKES,
    SYNTHETIC_SILENT,
    SYNTHETIC_FAULTS
} synthetic_fault;

struct synthetic_bin {
    struct metres at;
    int32_t stream, serial;      /* serial: within its stream, from 1 */
    int32_t point;               /* from 1 */
    int32_t street, house;       /* of its address; -1: a street without a name */
    bool shared_point;           /* other bins stand at the same point */
    bool narrow;                 /* only a narrow truck comes there */
    bool early;                  /* a market square: emptied before 9:00 */
    bool mandatory;              /* a hospital: every service day */
    bool fixed_days;             /* promised weekdays in place of a frequency */
    const char *side;            /* of the street, as driven: "right", "left", "both" */
    double rate;                 /* percent a day */
    double per_week;             /* of the current practice */
    uint8_t weekdays;            /* of the current practice: bit 0 is Monday */
    int32_t round[WEEK_DAYS];    /* the round that comes on that weekday, -1 none */
    int32_t sequence[WEEK_DAYS]; /* its place in the round, from 1 */
    bool sensor;
    synthetic_fault fault;
};

/* Vehicles of one kind collect one stream, or two in two compartments. */
struct synthetic_kind {
    int32_t streams[SYNTHETIC_KIND_STREAMS], stream_count;
    int32_t first_vehicle, vehicle_count;
    int32_t loaders;
};

struct synthetic_vehicle {
    char id[16];
    int32_t kind, depot;
    int32_t shift_start_s, shift_end_s;
    bool narrow;
};

struct synthetic_round {
    char id[16];
    int32_t weekday, vehicle;
    int32_t *bins; /* in sequence */
    int32_t count;
    int32_t early; /* the first ones, of market squares */
    double km;
};

struct synthetic_streets;

struct synthetic {
    struct synthetic_options options;
    struct arena *arena;
    struct zone *zone;
    struct synthetic_streets *streets; /* of the extract; NULL: a grid */
    struct synthetic_bin *bins;
    struct synthetic_kind kinds[SYNTHETIC_STREAMS_MAX];
    struct synthetic_vehicle *vehicles;
    struct synthetic_round *rounds;
    struct metres depots[SYNTHETIC_DEPOTS], sites[SYNTHETIC_SITES];
    int32_t kind_count, vehicle_count, round_count, point_count, radius_m;
};

/* Draws of their own, so that a change in one part moves nothing in the others. */
enum synthetic_draw { DRAW_LAYOUT = 1, DRAW_FLEET, DRAW_PEOPLE, DRAW_SURVEY, DRAW_ACTUALS, DRAW_BINS = 1000 };

error_code synthetic_layout(struct synthetic *city, struct error *error) ERROR_CHECKED;
error_code synthetic_fleet(struct synthetic *city, struct error *error) ERROR_CHECKED;

/* Each writes its files into an open folder. */
error_code synthetic_write_places(const struct synthetic *city, struct run_folder *folder,
                                  struct error *error) ERROR_CHECKED;
error_code synthetic_write_fleet(const struct synthetic *city, struct run_folder *folder,
                                 struct error *error) ERROR_CHECKED;
error_code synthetic_write_history(const struct synthetic *city, struct run_folder *folder,
                                   struct error *error) ERROR_CHECKED;
error_code synthetic_write_people(const struct synthetic *city, struct run_folder *folder,
                                  struct error *error) ERROR_CHECKED;
error_code synthetic_write_documents(const struct synthetic *city, const char *command,
                                     struct run_folder *folder, struct error *error) ERROR_CHECKED;

/* Is the city served that day: Monday to Friday, no public holiday, no strike? */
bool synthetic_served(const struct synthetic *city, day_number day);

/* The strike in the history: one day, 20 days before the start. */
day_number synthetic_strike(const struct synthetic *city);

/* How much more the bins fill on that day: 1 as usual. */
double synthetic_demand(day_number day);

/* The public holiday of that day in France, in French; NULL: none. */
const char *synthetic_holiday(day_number day);

/* The name of a bin's street. */
void synthetic_street(const struct synthetic *city, int32_t street, char *text, size_t size);

/* Manhattan distance: the streets are a grid. */
int32_t synthetic_distance_m(struct metres from, struct metres to);

#endif
