/* Staffing for the night: the crews that the routes need, who is there, the gap and the risk.
 *
 * Need: each route asks for its vehicle's drivers and loaders, for the route's work time.
 *
 * Supply: agents of the role whom no absence, leave or expired licence keeps away (availability.h). There
 * is no roster yet: of the rest that contracts imply, the expected number of people is taken away and
 * nobody is named. Each of those on duty may still turn out absent, with the probability of an absence not
 * yet recorded, estimated by role and never by person (absence.h).
 *
 * Gap: posts that a maximum assignment of those on duty leaves empty (assignment.h). A driver may load, also
 * one whose licence has run out; nobody drives without licence, and no crew is made up below its need.
 *
 * Risk of shortage, as if people were absent independently (exact, shortage.h):
 *   drivers  P(drivers present < drivers' posts)
 *   loaders  P(loaders present + drivers present beyond the drivers' posts < loaders' posts)
 *
 * Only role, licence validity, availability and contract are used; the output holds pseudonyms, and
 * reasons as coarse classes. A human decides. Ownership: the arena. O(agents² + rows of absence).
 */
#ifndef BENNE_STAFF_STAFFING_H
#define BENNE_STAFF_STAFFING_H

#include "solver/base/arena.h"
#include "solver/model/check.h"
#include "solver/model/city.h"

/* The crews that one route needs: filled by the caller from the plan, its check and the vehicle. */
struct crew_need {
    int32_t vehicle; /* of the city */
    int64_t departure_s, return_s, work_s;
    int32_t posts[ROLE_COUNT]; /* drivers, loaders */
};

typedef enum unavailable_reason {
    AVAILABLE,
    UNAVAILABLE_ABSENCE,
    UNAVAILABLE_LEAVE,
    UNAVAILABLE_LICENCE, /* there, cannot drive, may load */
    UNAVAILABLE_REST,    /* counted in role_staffing, never said of one agent */
    UNAVAILABLE_ROLE,    /* no role that routes need */
    UNAVAILABLE_REASON_COUNT
} unavailable_reason;

struct role_staffing {
    int32_t posts;
    double hours;               /* posts × work */
    int32_t agents;             /* of the role */
    int32_t available;          /* agents less the unavailable ones of every reason */
    int32_t assigned;           /* posts of the role that can be filled, by whoever may */
    int32_t gap;                /* posts − assigned, at least 0 */
    double absence_probability; /* of an available agent, that day, by role */
    double shortage_probability;
    int32_t unavailable[UNAVAILABLE_REASON_COUNT]; /* [AVAILABLE]: those available */
};

struct staffing {
    day_number day;
    bool known; /* false: the city has no agents.csv; only the need is filled */
    struct role_staffing roles[ROLE_COUNT];
    unavailable_reason *agents; /* agent_count: never UNAVAILABLE_REST */
    double *presence; /* agent_count: (1 − absence probability) × share of days on duty; 0 when away */
};

error_code staffing_assess(const struct city *city, day_number day, const struct crew_need *needs,
                           int32_t need_count, struct arena *arena, struct staffing *staffing,
                           struct error *error) ERROR_CHECKED;

/* P(fewer than `posts` of `count` independent agents present), exact: O(count × posts). NaN when memory is
 * exhausted. */
double staffing_shortage(const double *presence, int32_t count, int32_t posts);

#endif
