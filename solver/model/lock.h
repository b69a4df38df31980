/* Validation of an instance's locks, a part of instance_validate: each is of a stop of its own, in their
 * order; what it names exists; sequences have neither forks nor circles; and no two locks contradict each
 * other whatever the plan: vehicles and positions within a sequence, and two stops that both must have one
 * position of one vehicle. A lock that merely cannot be kept (a vehicle that lacks the stream) is no error:
 * its stop stays unserved. O(stops + locks log locks). */
#ifndef BENNE_MODEL_LOCK_H
#define BENNE_MODEL_LOCK_H

#include "solver/model/instance.h"

/* A lock that contradicts another or names what does not exist. */
struct lock_fault {
    int32_t stop;         /* it has a lock */
    const char *sentence; /* in the reader's language; NULL: all is well */
};

/* The first fault, for callers who can name the stop. Of the instance it reads the locks, and how many stops
 * and vehicles there are. */
error_code locks_find_fault(const struct instance *instance, struct lock_fault *fault,
                            struct error *error) ERROR_CHECKED;

error_code locks_validate(const struct instance *instance, struct error *error) ERROR_CHECKED;

#endif
