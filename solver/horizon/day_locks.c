#include "solver/horizon/day_locks.h"

#include "solver/base/message.h"
#include "solver/model/lock.h"

#include <assert.h>

struct binder {
    const struct city *city;
    struct day_problem *problem;
    int32_t *lock_of; /* by bin: the city's lock, -1 none */
    struct lock *of;  /* by stop */
    int32_t *source;  /* by stop: the city's lock that came first */
};

static void leave_out(const struct binder *binder, int32_t lock, const char *reason)
{
    binder->problem->locks_left[binder->problem->lock_left_count++] = (struct lock_left){lock, reason};
}

static int32_t vehicle_of_day(const struct day_problem *problem, int32_t vehicle)
{
    for (int32_t v = 0; v < problem->instance.vehicle_count; v++)
        if (problem->vehicle_of[v] == vehicle) return v;
    return -1;
}

/* The stop that must come right before a lock's bin: that of the nearest bin before it in its sequence that
 * is emptied. -1: none, or the bin's own. The reader has seen to it that sequences have an end. */
static int32_t stop_before(const struct binder *binder, const struct city_lock *lock)
{
    const int32_t *stop_of_bin = binder->problem->stop_of_bin;
    int32_t bin = lock->after;
    while (bin >= 0 && stop_of_bin[bin] < 0) {
        const int32_t above = binder->lock_of[bin];
        bin = above < 0 ? -1 : binder->city->locks[above].after;
    }
    return bin < 0 || stop_of_bin[bin] == stop_of_bin[lock->bin] ? -1 : stop_of_bin[bin];
}

/* Takes a value into the lock of a stop; false when there is another. */
static bool join(int32_t *value, int32_t none, int32_t more)
{
    if (more == none || *value == more) return true;
    if (*value != none) return false;
    *value = more;
    return true;
}

static void take_lock(const struct binder *binder, int32_t index)
{
    const struct city_lock *from = &binder->city->locks[index];
    const int32_t stop = binder->problem->stop_of_bin[from->bin];
    if (stop < 0) return;
    struct lock *lock = &binder->of[stop];
    const int32_t vehicle = from->vehicle < 0 ? -1 : vehicle_of_day(binder->problem, from->vehicle);
    if (binder->source[stop] < 0) binder->source[stop] = index;
    if (vehicle < 0 && from->vehicle >= 0)
        leave_out(binder, index, _("its vehicle does not work on that day"));
    const bool vehicle_joins = join(&lock->vehicle, -1, vehicle);
    const bool position_joins = join(&lock->position, 0, from->position);
    const bool behind_joins = join(&lock->behind, -1, stop_before(binder, from));
    if (!vehicle_joins || !position_joins || !behind_joins)
        leave_out(binder, index, _("another bin of its stop is locked otherwise"));
}

/* Lists the locks of stops that have one. */
static int32_t gather(const struct binder *binder, struct lock *locks)
{
    int32_t count = 0;
    for (int32_t s = 0; s < binder->problem->instance.stop_count; s++) {
        const struct lock *lock = &binder->of[s];
        if (lock->vehicle >= 0 || lock->position != 0 || lock->behind >= 0) locks[count++] = *lock;
    }
    return count;
}

error_code day_locks_set(const struct city *city, struct arena *arena, struct day_problem *problem,
                         struct error *error)
{
    error_code rc = ERROR_NONE;
    struct instance *instance = &problem->instance;
    struct binder binder = {.city = city, .problem = problem};
    struct lock *locks;
    if (city->lock_count == 0) return ERROR_NONE;
    TRY_NEW(arena, binder.lock_of, city->bin_count);
    TRY_NEW(arena, binder.of, instance->stop_count);
    TRY_NEW(arena, binder.source, instance->stop_count);
    TRY_NEW(arena, locks, instance->stop_count);
    TRY_NEW(arena, problem->locks_left, 3 * (size_t)city->lock_count);
    for (int32_t b = 0; b < city->bin_count; b++) binder.lock_of[b] = -1;
    for (int32_t l = 0; l < city->lock_count; l++) binder.lock_of[city->locks[l].bin] = l;
    for (int32_t s = 0; s < instance->stop_count; s++) {
        binder.of[s] = (struct lock){s, -1, 0, -1};
        binder.source[s] = -1;
    }
    for (int32_t l = 0; l < city->lock_count; l++) take_lock(&binder, l);
    instance->locks = locks;
    for (;;) {
        struct lock_fault fault;
        instance->lock_count = gather(&binder, locks);
        TRY(locks_find_fault(instance, &fault, error));
        if (fault.sentence == NULL) break;
        assert(binder.source[fault.stop] >= 0);
        leave_out(&binder, binder.source[fault.stop], fault.sentence);
        binder.of[fault.stop] = (struct lock){fault.stop, -1, 0, -1};
    }
done:
    return rc;
}
