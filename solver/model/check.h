/* The independent checker: is this plan what the instance allows, and what does it cost?
 *
 * It drives every route from its departure, from the raw instance and the rules written in instance.h, and
 * shares no code with the search. Each activity begins as early as its predecessor, the travel and its
 * windows allow; a break begins as early as it may. It judges any plan, also one edited by hand: unknown
 * indices, doubled stops, wrong vehicles are violations, not crashes. Every run ends with it, and the
 * timetable and loads that people read are the ones found here.
 *
 * Ownership: everything in the report lives in the arena given. O(steps × log windows + stops).
 */
#ifndef BENNE_MODEL_CHECK_H
#define BENNE_MODEL_CHECK_H

#include "solver/base/arena.h"
#include "solver/model/cost.h"
#include "solver/model/instance.h"
#include "solver/model/plan.h"

typedef enum violation_kind {
    VIOLATION_INDEX,         /* a vehicle, stop or site that does not exist; amount: the id */
    VIOLATION_VEHICLE_TWICE, /* a vehicle with two routes */
    VIOLATION_STOP_TWICE,    /* a stop visited twice */
    VIOLATION_UNSERVED,      /* a mandatory stop unserved */
    VIOLATION_STREAM,        /* no compartment takes this stop's stream */
    VIOLATION_ACCESS,        /* an access tag that the vehicle lacks */
    VIOLATION_SITE_STREAM,   /* a site that takes nothing of what the truck carries */
    VIOLATION_CAPACITY_KG,   /* a compartment over its kg; amount, limit */
    VIOLATION_CAPACITY_L,
    VIOLATION_DAY_LOAD_KG, /* the vehicle's limit over the day */
    VIOLATION_DAY_LOAD_L,
    VIOLATION_NOT_EMPTY,   /* comes home with a load; amount: kg, or litres when kg is 0 */
    VIOLATION_UNREACHABLE, /* no way between two places */
    VIOLATION_STOP_WINDOW, /* amount: the beginning; limit: the last close */
    VIOLATION_SITE_WINDOW,
    VIOLATION_RELEASE, /* leaves before the first trip's largest release; id: the stop that has it */
    VIOLATION_SHIFT_START,
    VIOLATION_SHIFT_END,
    VIOLATION_MAX_WORK,
    VIOLATION_BREAK_MISSING,
    VIOLATION_BREAK_TWICE,  /* a second break in a route, or one the vehicle does not have */
    VIOLATION_BREAK_WINDOW, /* begins after the window's close */
    VIOLATION_BREAK_LATE,   /* begins more than break_after_s after leaving */
    VIOLATION_MAX_STOPS,
    VIOLATION_MAX_DISTANCE,
    VIOLATION_SITE_LIMIT,    /* a site over its daily limit; id: the site */
    VIOLATION_LOCK_VEHICLE,  /* not by its vehicle; amount: the vehicle that serves it; limit: its own */
    VIOLATION_LOCK_POSITION, /* amount: its position, from the end negative; limit: the one it is locked to */
    VIOLATION_LOCK_SEQUENCE, /* not right behind the stop `limit`; amount: the stop before it; -1 none */
    VIOLATION_KIND_COUNT
} violation_kind;

struct violation {
    violation_kind kind;
    int32_t route, step; /* -1: none (a plan-wide violation) */
    int32_t id;          /* the stop, site or vehicle concerned; -1 none */
    int64_t amount, limit;
};

/* When each step happens and what the truck then carries; parallel to plan.steps. */
struct checked_step {
    int64_t arrival_s, begin_s, end_s; /* arrival − begin: waiting */
    int64_t distance_m;                /* from the step before (a break has the part driven before it: 0) */
    int64_t duration_s;                /* driving from the step before */
    int64_t load_kg, load_l;           /* aboard after the step, all compartments */
    int64_t unloaded_kg;               /* at a disposal site */
};

struct checked_route {
    int64_t departure_s, return_s, work_s, driving_s, service_s, unload_s, waiting_s, break_s, overtime_s;
    int64_t distance_m, collected_kg, collected_l;
    int32_t changed;      /* stops that the reference gives to another vehicle */
    int32_t stops, trips; /* a trip: a part of the route with at least one stop, between unloadings */
    struct cost cost;     /* prizes and overlap 0 */
};

struct check_report {
    struct violation *violations;
    int32_t violation_count;
    struct checked_step *steps;   /* plan.step_count */
    struct checked_route *routes; /* plan.route_count */
    int32_t *stop_route;          /* instance.stop_count: the route that serves it, -1 unserved */
    int64_t *site_kg;             /* instance.site_count */
    struct cost cost;
    int32_t served, unserved_mandatory, unserved_optional;
    int32_t changed, pairs_split; /* stops; pairs both served, by two vehicles */
};

error_code check_plan(const struct instance *instance, const struct plan *plan, struct arena *arena,
                      struct check_report *report, struct error *error) ERROR_CHECKED;

/* A stable name ("capacity_kg") and a sentence in the reader's language for a kind. */
const char *violation_name(violation_kind kind);
const char *violation_sentence(violation_kind kind);

#endif
