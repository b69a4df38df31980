/* Staffing for the night: the crews that the routes need, who is there, the gap and the risk.
 *
 * Need: each route asks for its vehicle's drivers and loaders, for the route's work time. Supply: agents of
 * the role whom no absence, leave, expired licence or due rest keeps away; each is still absent tomorrow
 * with a probability estimated by group, never by person. Shortage: the probability that those present are
 * fewer than the posts: Poisson-binomial, exact by dynamic programming. Who can fill which posts is a
 * maximum assignment (a driver may load; without licence nobody drives), solved through mip/.
 *
 * Only role, licence validity, availability, contract and rest are used; the output holds pseudonyms, and
 * reasons as coarse classes. A human decides.
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
    UNAVAILABLE_LICENCE,
    UNAVAILABLE_REST,
    UNAVAILABLE_ROLE, /* no role that routes need */
    UNAVAILABLE_REASON_COUNT
} unavailable_reason;

struct role_staffing {
    int32_t posts;
    double hours;               /* posts × work */
    int32_t agents;             /* of the role */
    int32_t available;          /* after the reasons above */
    int32_t assigned;           /* posts that can be filled */
    int32_t gap;                /* posts − assigned, at least 0 */
    double absence_probability; /* of an available agent, tomorrow, by group */
    double shortage_probability;
    int32_t unavailable[UNAVAILABLE_REASON_COUNT];
};

struct staffing {
    day_number day;
    bool known; /* false: the city has no agents.csv; only the need is filled */
    struct role_staffing roles[ROLE_COUNT];
    unavailable_reason *agents; /* agent_count */
    double *presence;           /* agent_count: probability of being there; 0 when unavailable */
};

error_code staffing_assess(const struct city *city, day_number day, const struct crew_need *needs,
                           int32_t need_count, struct arena *arena, struct staffing *staffing,
                           struct error *error) ERROR_CHECKED;

/* P(fewer than `posts` of `count` independent agents present), exact: O(count × posts). */
double staffing_shortage(const double *presence, int32_t count, int32_t posts);

#endif
