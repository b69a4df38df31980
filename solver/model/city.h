/* The city: what a folder says, validated once and then never changed.
 *
 * Everything is converted: WGS 84 degrees, litres, kilograms, seconds, money, day numbers and instants.
 * References are indices into the arrays here, never names. Times of day (shifts, openings, windows) are
 * wall-clock seconds since local midnight, since a city outlives one day; an instance turns them into
 * seconds elapsed in its service day (zone_elapsed).
 *
 * Ownership: all arrays and texts belong to the arena given to the reader; the zone is closed by
 * city_close. Readings, emptyings, absences and leave are CSR by their owner and sorted by time.
 */
#ifndef BENNE_MODEL_CITY_H
#define BENNE_MODEL_CITY_H

#include "solver/base/arena.h"
#include "solver/base/calendar.h"
#include "solver/model/travel.h"
#include "solver/model/units.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct position {
    double lat, lon; /* WGS 84 degrees */
};

/* A run of items of another array: first … first + count - 1. */
struct span {
    int32_t first, count;
};

struct depot {
    const char *id, *name;
    struct position position;
    struct span opening; /* into windows; empty: always open */
};

struct disposal_site {
    const char *id, *name;
    struct position position;
    stream_mask streams;
    struct span opening;
    int32_t unload_s;
    double unload_s_per_t;
    money fee_per_t;
    int64_t daily_limit_kg; /* 0: none */
};

struct compartment {
    stream_mask streams; /* disjoint among the compartments of one vehicle */
    int64_t capacity_kg, capacity_l;
};

struct city_vehicle {
    const char *id;
    int32_t depot, end_depot;
    int32_t compartment_count;
    struct compartment compartments[COMPARTMENT_MAX];
    int32_t shift_start_s, shift_end_s; /* wall clock; the end of a night shift is past 86400 */
    int32_t max_work_s;                 /* TIME_MAX: none */
    int32_t break_s;                    /* 0: no break */
    int32_t break_after_s;              /* longest work before the break; TIME_MAX: no such rule */
    struct time_window break_window;    /* of its beginning; 0..TIME_MAX: any time */
    int32_t drivers, loaders;
    money fixed_cost, cost_per_km, cost_per_hour, overtime_cost_per_hour;
    int32_t overtime_from_s; /* TIME_MAX: no overtime rate */
    double litres_per_km, litres_per_t;
    int32_t energy;  /* index into energies, -1 unknown */
    int32_t profile; /* index into travel profiles */
    tag_mask tags;
    uint8_t weekdays; /* bit d: works on weekday d (0 = Monday) */
};

typedef enum street_side { SIDE_BOTH, SIDE_LEFT, SIDE_RIGHT } street_side;

/* How often a bin is promised to be emptied: C2 is twice a week; or fixed weekdays. */
struct frequency {
    double per_week;  /* 0: no promise */
    uint8_t weekdays; /* bit d; 0: any day */
};

struct bin {
    const char *id, *address, *point; /* point: bins of one place emptied in one stop; NULL none */
    struct position position;
    int32_t stream;
    int32_t capacity_l;
    double kg_per_l;
    int32_t service_s;
    struct frequency frequency;
    struct span windows; /* into windows; empty: all day */
    street_side side;
    tag_mask access_tags;
    bool mandatory;
};

/* Columns of readings.csv, by bin: rows reading_first[b] … reading_first[b + 1] - 1, by time. */
struct reading_table {
    int64_t *first; /* bins + 1 */
    instant_s *at;
    float *fill_percent; /* 0 … 100 */
    int64_t count;
};

struct emptying_table {
    int64_t *first; /* bins + 1 */
    instant_s *at;
    float *fill_percent; /* NaN unknown */
    float *weight_kg;    /* NaN unknown */
    int64_t count;
};

typedef enum request_kind { REQUEST_OVERFLOW, REQUEST_DAMAGE, REQUEST_MISSED } request_kind;

struct request {
    instant_s at;
    int32_t bin;
    request_kind kind;
};

/* One visit of the current practice; sorted by weekday, round and sequence. */
struct fixed_visit {
    int32_t round; /* index into round_ids */
    int32_t weekday, vehicle, sequence, bin;
};

/* What a dispatcher has fixed about a bin, whenever it is to be emptied; sorted by bin. */
struct city_lock {
    int32_t bin;
    int32_t vehicle;  /* -1: any */
    int32_t position; /* from the start of its route 1, 2 …; from the end -1, -2 …; 0: any */
    int32_t after;    /* the bin right before it; -1: any */
    int64_t line;     /* in locks.csv */
};

struct actual {
    day_number day;
    int32_t round; /* index into round_ids, -1: not a fixed round */
    const char *round_id;
    double km, hours, litres, tonnes;      /* NaN unknown */
    int32_t emptied, overflows, incidents; /* -1 unknown */
};

typedef enum agent_role { ROLE_DRIVER, ROLE_LOADER, ROLE_OTHER } agent_role;
enum { ROLE_COUNT = 2 }; /* the roles that routes need: drivers, loaders */

struct agent {
    const char *id; /* a pseudonym */
    agent_role role;
    int32_t birth_year, birth_month;
    const char *status, *category;
    day_number service_start;
    double weekly_hours, work_share;
    const char *skills;          /* words separated by blanks */
    day_number licence_until;    /* INT32_MAX: none needed or unknown */
    struct span absences, leave; /* into absences, leave; by start */
};

struct period {
    int32_t agent;
    day_number start, end; /* both days included */
    const char *class_name;
};

typedef enum calendar_kind { CALENDAR_HOLIDAY, CALENDAR_EVENT, CALENDAR_STRIKE } calendar_kind;

struct calendar_day {
    day_number day;
    calendar_kind kind;
    const char *label;
    double demand_factor; /* 1: as usual */
};

struct survey_row {
    const char *wave, *group, *question;
    double score;
    int32_t respondents;
};

/* What a vehicle burns: "diesel B7", with its emission factor and where the factor comes from. */
struct energy {
    const char *name, *source;
    double kgco2e_per_litre; /* NaN: no factor given */
};

struct travel_profile {
    const char *name;
    double speed_kmh, detour;
};

typedef enum network_kind { NETWORK_STRAIGHT_LINE, NETWORK_MATRIX, NETWORK_OSM } network_kind;

/* Of solver/network/roads. */
struct road_profile;
struct road_travel;

struct city {
    const char *folder, *name;
    const char *zone_name;
    struct zone *zone;
    day_number start; /* the first day to plan */
    int32_t days;     /* the horizon */
    network_kind network;
    const char *network_file; /* matrix or extract; NULL for straight lines */
    /* From a matrix file: all places of the city (depots, then sites, then bins) squared, row-major,
     * TRAVEL_UNREACHABLE where the file is silent; NULL unless network is NETWORK_MATRIX. */
    struct travel_matrix matrix;
    struct road_profile *road_profiles; /* by profile; NULL unless network is NETWORK_OSM */
    const struct road_travel *roads;    /* set by io/roads.h before a day is planned */
    const char *currency;
    money fuel_per_litre, carbon_per_t;
    double overflow_probability_max; /* the service target */
    money overflow_cost;
    bool frequency_always; /* the promised frequency binds watched bins too, not those without a live sensor
                              alone */
    money change_cost,
        overlap_cost;            /* quality, each off at 0: a stop that changes its vehicle, a torn pair */
    money imbalance_cost_per_h2; /* a squared hour of work beyond target_work_s */
    int32_t target_work_s;
    int32_t retention_days;   /* 0: not stated */
    const char *rules_folder; /* NULL: none given */

    struct time_window *windows;
    const char **streams, **tags;
    struct travel_profile *profiles;
    struct energy *energies;
    struct depot *depots;
    struct disposal_site *sites;
    struct city_vehicle *vehicles;
    struct bin *bins;
    struct reading_table readings;
    struct emptying_table emptyings;
    struct request *requests;
    const char **round_ids;
    struct fixed_visit *fixed_visits;
    struct city_lock *locks;
    struct actual *actuals;
    struct agent *agents;
    struct period *absences, *leave;
    struct calendar_day *calendar; /* by day */
    struct survey_row *survey;
    int32_t window_count, stream_count, tag_count, profile_count, energy_count;
    int32_t depot_count, site_count, vehicle_count, bin_count;
    int32_t request_count, round_count, fixed_visit_count, actual_count, lock_count;
    int32_t agent_count, absence_count, leave_count, calendar_count, survey_count;
};

/* Releases what the arena does not hold. */
void city_close(struct city *city);

/* Does this vehicle work on that day? (weekday, and no strike) */
bool city_vehicle_works(const struct city *city, int32_t vehicle, day_number day);

/* Is that day served at all: some vehicle works and it is no public holiday? */
bool city_day_served(const struct city *city, day_number day);

/* The demand factor of a day, 1 as usual. */
double city_demand_factor(const struct city *city, day_number day);

#endif
