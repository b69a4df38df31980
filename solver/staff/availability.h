/* Who can be counted on for a service day, and for what: from absences, leave, licences and contracts.
 *
 * Rest. There is no roster yet, so nobody is named as resting. A contract gives the share of the served
 * days of the week that an agent works, for working days as long as the mean route of the night:
 *     duty = min(1, weekly_hours × work_share / mean route hours / served days of the week)
 * and of those otherwise available Σ (1 − duty), to the nearest, are taken to rest on the day, as a planner
 * spreads rests evenly over the week. Daily and weekly minimum rest need a roster and are not looked at. */
#ifndef BENNE_STAFF_AVAILABILITY_H
#define BENNE_STAFF_AVAILABILITY_H

#include "solver/staff/staffing.h"

/* Agents who can be put in each other's place: the same role and the same abilities. */
typedef enum agent_group {
    GROUP_DRIVERS,    /* may drive, may load */
    GROUP_UNLICENSED, /* drivers by role whose licence has run out: may load */
    GROUP_LOADERS,    /* may load */
    GROUP_COUNT       /* also: of no group */
} agent_group;

struct availability {
    unavailable_reason *reasons;  /* by agent; UNAVAILABLE_LICENCE: there, but cannot drive */
    agent_group *groups;          /* by agent; GROUP_COUNT: cannot be counted on at all */
    double *duty;                 /* by agent: share of the served days that the contract covers */
    int32_t present[GROUP_COUNT]; /* agents of the group */
    int32_t resting[GROUP_COUNT]; /* of these, at rest on the day */
};

/* `day_hours`: the mean work of the night's routes; 0 when there is none, and then nobody rests. */
error_code availability_assess(const struct city *city, day_number day, double day_hours, struct arena *arena,
                               struct availability *availability, struct error *error) ERROR_CHECKED;

#endif
