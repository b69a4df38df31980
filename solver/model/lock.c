#include "solver/model/lock.h"

#include "solver/base/message.h"

#include <stdlib.h>

/* What the locks of a sequence say together, seen from its first stop: position k of the member behind d
 * others is position k − d of the first. */
struct sequence {
    int32_t vehicle;     /* -1: any */
    int32_t front, rear; /* positions from the start and the end of the route; 0: any */
};

/* A stop that must be at one position of one vehicle. */
struct seat {
    int32_t vehicle, position, stop;
};

static error_code wrong(struct error *error, int32_t stop, const char *complaint)
{
    return error_set(error, ERROR_INPUT, _("lock of stop %d: %s"), (int)stop, complaint);
}

static error_code validate_each(const struct instance *in, struct error *error)
{
    for (int32_t l = 0; l < in->lock_count; l++) {
        const struct lock *lock = &in->locks[l];
        if (lock->stop < 0 || lock->stop >= in->stop_count)
            return wrong(error, lock->stop, _("there is no such stop"));
        if (l > 0 && lock->stop <= lock[-1].stop)
            return wrong(error, lock->stop, _("it has two locks, or they are not in order"));
        if (lock->vehicle < -1 || lock->vehicle >= in->vehicle_count)
            return wrong(error, lock->stop, _("its vehicle does not exist"));
        if (lock->position < -in->stop_count || lock->position > in->stop_count)
            return wrong(error, lock->stop, _("its position lies beyond the number of stops"));
        if (lock->behind < -1 || lock->behind >= in->stop_count || lock->behind == lock->stop)
            return wrong(error, lock->stop, _("the stop that it must follow does not exist, or is itself"));
    }
    return ERROR_NONE;
}

/* Fills follower by stop: the one locked behind it, -1 none. */
static error_code find_followers(const struct instance *in, int32_t *follower, struct error *error)
{
    for (int32_t s = 0; s < in->stop_count; s++) follower[s] = -1;
    for (int32_t l = 0; l < in->lock_count; l++) {
        const struct lock *lock = &in->locks[l];
        if (lock->behind < 0) continue;
        if (follower[lock->behind] >= 0)
            return wrong(error, lock->stop, _("another stop must follow the same one"));
        follower[lock->behind] = lock->stop;
    }
    return ERROR_NONE;
}

/* Takes the lock of the member behind d others into what is known of the sequence. */
static error_code join_lock(const struct lock *lock, int32_t d, struct sequence *sequence,
                            struct error *error)
{
    if (lock->vehicle >= 0) {
        if (sequence->vehicle >= 0 && sequence->vehicle != lock->vehicle)
            return wrong(error, lock->stop, _("stops of one sequence are locked to different vehicles"));
        sequence->vehicle = lock->vehicle;
    }
    if (lock->position == 0) return ERROR_NONE;
    int32_t *known = lock->position > 0 ? &sequence->front : &sequence->rear;
    const int32_t first = lock->position - d;
    if (*known != 0 && *known != first)
        return wrong(error, lock->stop, _("its position contradicts that of another stop of its sequence"));
    if (lock->position > 0 && first < 1)
        return wrong(error, lock->stop, _("its position leaves no room for the stops that come before it"));
    *known = first;
    return ERROR_NONE;
}

static int compare_seats(const void *left, const void *right)
{
    const struct seat *a = left, *b = right;
    if (a->vehicle != b->vehicle) return a->vehicle < b->vehicle ? -1 : 1;
    if (a->position != b->position) return a->position < b->position ? -1 : 1;
    return (a->stop > b->stop) - (a->stop < b->stop);
}

static error_code validate_seats(struct seat *seats, int32_t count, struct error *error)
{
    qsort(seats, (size_t)count, sizeof *seats, compare_seats);
    for (int32_t k = 1; k < count; k++)
        if (seats[k].vehicle == seats[k - 1].vehicle && seats[k].position == seats[k - 1].position)
            return wrong(error, seats[k].stop, _("another stop is locked to the same position and vehicle"));
    return ERROR_NONE;
}

/* Goes along the sequence that begins at `first`, twice: to join what its locks say, and to take its seats:
 * each member's, also those that follow from the positions of others. */
static error_code validate_sequence(const struct instance *in, const int32_t *follower, int32_t first,
                                    struct seat *seats, int32_t *seat_count, int32_t *passed,
                                    struct error *error)
{
    error_code rc = ERROR_NONE;
    struct sequence sequence = {-1, 0, 0};
    int32_t length = 0, last = first;
    for (int32_t s = first; s >= 0; s = follower[s], length++) {
        const struct lock *lock = instance_lock(in, s);
        if (lock != NULL) TRY(join_lock(lock, length, &sequence, error));
        last = s;
    }
    *passed += length;
    if (sequence.rear != 0 && sequence.rear + length > 0)
        return wrong(error, last, _("the position of its sequence leaves no room for it"));
    if (sequence.vehicle < 0) return ERROR_NONE;
    for (int32_t s = first, d = 0; s >= 0; s = follower[s], d++) {
        if (sequence.front > 0)
            seats[(*seat_count)++] = (struct seat){sequence.vehicle, sequence.front + d, s};
        if (sequence.rear < 0) seats[(*seat_count)++] = (struct seat){sequence.vehicle, sequence.rear + d, s};
    }
done:
    return rc;
}

error_code locks_validate(const struct instance *instance, struct error *error)
{
    error_code rc = ERROR_NONE;
    int32_t *follower = NULL, seat_count = 0, passed = 0;
    struct seat *seats = NULL;
    if (instance->lock_count == 0) return ERROR_NONE;
    TRY(validate_each(instance, error));
    follower = malloc((size_t)instance->stop_count * sizeof *follower);
    seats = malloc(2 * (size_t)instance->stop_count * sizeof *seats);
    if (follower == NULL || seats == NULL) {
        rc = error_memory(error);
        goto done;
    }
    TRY(find_followers(instance, follower, error));
    for (int32_t s = 0; s < instance->stop_count; s++) {
        const struct lock *lock = instance_lock(instance, s);
        if (lock != NULL && lock->behind >= 0) continue;
        TRY(validate_sequence(instance, follower, s, seats, &seat_count, &passed, error));
    }
    if (passed < instance->stop_count) { /* no first stop leads there */
        rc = error_set(error, ERROR_INPUT, _("locks: stops that must follow each other form a circle"));
        goto done;
    }
    TRY(validate_seats(seats, seat_count, error));
done:
    free(follower);
    free(seats);
    return rc;
}
