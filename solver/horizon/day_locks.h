/* The city's locks on a day's stops: a part of building a day's problem.
 *
 * A lock is of its bin's stop, whichever other bins are emptied there. Bins that are not emptied that day
 * have no lock to keep, and a sequence closes up around them: with B after A and C after B, C comes right
 * after A when B is not due. Bins of one stop follow each other by themselves. A lock is left out, and the
 * reason noted, where its vehicle does not work that day, or where it contradicts that of another bin of its
 * stop or others that the day brings together. */
#ifndef BENNE_HORIZON_DAY_LOCKS_H
#define BENNE_HORIZON_DAY_LOCKS_H

#include "solver/horizon/day.h"

/* Fills the locks of problem->instance, and problem->locks_left. O(bins + locks log locks), again for each
 * lock left out for a contradiction. */
error_code day_locks_set(const struct city *city, struct arena *arena, struct day_problem *problem,
                         struct error *error) ERROR_CHECKED;

#endif
