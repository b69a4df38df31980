/* The checker's judgement of locks, once every route has been driven: a part of check_plan. */
#ifndef BENNE_MODEL_CHECK_LOCKS_H
#define BENNE_MODEL_CHECK_LOCKS_H

#include "solver/model/check.h"

/* The most violations that one lock can bring. */
enum { LOCK_VIOLATIONS_MAX = 3 };

/* What the plan breaks of the instance's locks, by stop: into `found`, room for LOCK_VIOLATIONS_MAX a lock;
 * *count of them. Reads stop_route of the report. O(steps + stops + locks). */
error_code check_locks(const struct instance *instance, const struct plan *plan,
                       const struct check_report *report, struct violation *found, int64_t *count,
                       struct arena *arena, struct error *error) ERROR_CHECKED;

#endif
