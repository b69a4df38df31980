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
    int32_t vehicle, position;
    int32_t stop; /* it, or where it has no lock of its own the one behind it */
};

/* Notes a fault: false. */
static bool wrong(struct lock_fault *fault, int32_t stop, const char *sentence)
{
    *fault = (struct lock_fault){stop, sentence};
    return false;
}

static bool validate_each(const struct instance *in, struct lock_fault *fault)
{
    for (int32_t l = 0; l < in->lock_count; l++) {
        const struct lock *lock = &in->locks[l];
        if (lock->stop < 0 || lock->stop >= in->stop_count)
            return wrong(fault, lock->stop, _("there is no such stop"));
        if (l > 0 && lock->stop <= lock[-1].stop)
            return wrong(fault, lock->stop, _("it has two locks, or they are not in order"));
        if (lock->vehicle < -1 || lock->vehicle >= in->vehicle_count)
            return wrong(fault, lock->stop, _("its vehicle does not exist"));
        if (lock->position < -in->stop_count || lock->position > in->stop_count)
            return wrong(fault, lock->stop, _("its position lies beyond the number of stops"));
        if (lock->behind < -1 || lock->behind >= in->stop_count || lock->behind == lock->stop)
            return wrong(fault, lock->stop, _("the stop that it must follow does not exist, or is itself"));
    }
    return true;
}

/* Fills follower by stop: the one locked behind it, -1 none. */
static bool find_followers(const struct instance *in, int32_t *follower, struct lock_fault *fault)
{
    for (int32_t s = 0; s < in->stop_count; s++) follower[s] = -1;
    for (int32_t l = 0; l < in->lock_count; l++) {
        const struct lock *lock = &in->locks[l];
        if (lock->behind < 0) continue;
        if (follower[lock->behind] >= 0)
            return wrong(fault, lock->stop, _("another stop must follow the same one"));
        follower[lock->behind] = lock->stop;
    }
    return true;
}

/* Takes the lock of the member behind d others into what is known of the sequence. */
static bool join_lock(const struct lock *lock, int32_t d, struct sequence *sequence, struct lock_fault *fault)
{
    if (lock->vehicle >= 0) {
        if (sequence->vehicle >= 0 && sequence->vehicle != lock->vehicle)
            return wrong(fault, lock->stop, _("stops of one sequence are locked to different vehicles"));
        sequence->vehicle = lock->vehicle;
    }
    if (lock->position == 0) return true;
    int32_t *known = lock->position > 0 ? &sequence->front : &sequence->rear;
    const int32_t first = lock->position - d;
    if (*known != 0 && *known != first)
        return wrong(fault, lock->stop, _("its position contradicts that of another stop of its sequence"));
    if (lock->position > 0 && first < 1)
        return wrong(fault, lock->stop, _("its position leaves no room for the stops that come before it"));
    *known = first;
    return true;
}

static int compare_seats(const void *left, const void *right)
{
    const struct seat *a = left, *b = right;
    if (a->vehicle != b->vehicle) return a->vehicle < b->vehicle ? -1 : 1;
    if (a->position != b->position) return a->position < b->position ? -1 : 1;
    return (a->stop > b->stop) - (a->stop < b->stop);
}

static bool validate_seats(struct seat *seats, int32_t count, struct lock_fault *fault)
{
    qsort(seats, (size_t)count, sizeof *seats, compare_seats);
    for (int32_t k = 1; k < count; k++)
        if (seats[k].vehicle == seats[k - 1].vehicle && seats[k].position == seats[k - 1].position)
            return wrong(fault, seats[k].stop, _("another stop is locked to the same position and vehicle"));
    return true;
}

/* A validation at work; arrays by stop. */
struct validation {
    const struct instance *instance;
    int32_t *follower;
    bool *passed; /* on the way along a sequence from its first stop */
    struct seat *seats;
    int32_t seat_count;
};

/* Goes along the sequence that begins at `first`, twice: to join what its locks say, and to take its seats:
 * each member's, also those that follow from the positions of others. */
static bool validate_sequence(struct validation *v, int32_t first, struct lock_fault *fault)
{
    struct sequence sequence = {-1, 0, 0};
    int32_t length = 0, last = first;
    for (int32_t s = first; s >= 0; s = v->follower[s], length++) {
        const struct lock *lock = instance_lock(v->instance, s);
        v->passed[s] = true;
        if (lock != NULL && !join_lock(lock, length, &sequence, fault)) return false;
        last = s;
    }
    if (sequence.rear != 0 && sequence.rear + length > 0)
        return wrong(fault, last, _("the position of its sequence leaves no room for it"));
    if (sequence.vehicle < 0) return true;
    for (int32_t s = first, d = 0; s >= 0; s = v->follower[s], d++) {
        const int32_t named = instance_lock(v->instance, s) != NULL ? s : v->follower[s];
        if (sequence.front > 0)
            v->seats[v->seat_count++] = (struct seat){sequence.vehicle, sequence.front + d, named};
        if (sequence.rear < 0)
            v->seats[v->seat_count++] = (struct seat){sequence.vehicle, sequence.rear + d, named};
    }
    return true;
}

static bool validate_all(struct validation *v, struct lock_fault *fault)
{
    const struct instance *in = v->instance;
    if (!find_followers(in, v->follower, fault)) return false;
    for (int32_t s = 0; s < in->stop_count; s++) {
        const struct lock *lock = instance_lock(in, s);
        if (lock != NULL && lock->behind >= 0) continue;
        if (!validate_sequence(v, s, fault)) return false;
    }
    for (int32_t s = 0; s < in->stop_count; s++)
        if (!v->passed[s]) return wrong(fault, s, _("stops that must follow each other form a circle"));
    return validate_seats(v->seats, v->seat_count, fault);
}

error_code locks_find_fault(const struct instance *instance, struct lock_fault *fault, struct error *error)
{
    const size_t stops = (size_t)instance->stop_count + 1;
    *fault = (struct lock_fault){-1, NULL};
    if (!validate_each(instance, fault)) return ERROR_NONE;
    struct validation v = {.instance = instance,
                           .follower = malloc(stops * sizeof *v.follower),
                           .passed = calloc(stops, sizeof *v.passed),
                           .seats = malloc(2 * stops * sizeof *v.seats)};
    const bool full = v.follower != NULL && v.passed != NULL && v.seats != NULL;
    if (full) validate_all(&v, fault);
    free(v.follower);
    free(v.passed);
    free(v.seats);
    return full ? ERROR_NONE : error_memory(error);
}

error_code locks_validate(const struct instance *instance, struct error *error)
{
    struct lock_fault fault;
    if (instance->lock_count == 0) return ERROR_NONE;
    const error_code rc = locks_find_fault(instance, &fault, error);
    if (rc != ERROR_NONE || fault.sentence == NULL) return rc;
    return error_set(error, ERROR_INPUT, _("lock of stop %d: %s"), (int)fault.stop, fault.sentence);
}
