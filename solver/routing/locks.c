#include "solver/routing/locks.h"

static void link_sequences(const struct instance *instance, struct locks *locks)
{
    for (int32_t s = 0; s < instance->stop_count; s++) locks->before[s] = locks->behind[s] = -1;
    for (int32_t l = 0; l < instance->lock_count; l++) {
        const struct lock *lock = &instance->locks[l];
        if (lock->behind < 0) continue;
        locks->before[lock->stop] = lock->behind;
        locks->behind[lock->behind] = lock->stop;
    }
}

/* Gives all stops of a sequence the positions that follow from the one of a member. */
static void spread_position(struct locks *locks, int32_t stop, int32_t position)
{
    int32_t *places = position > 0 ? locks->front : locks->rear;
    const int32_t step = position > 0 ? 1 : -1;
    places[stop] = position > 0 ? position : -position;
    for (int32_t s = stop; locks->before[s] >= 0; s = locks->before[s])
        places[locks->before[s]] = places[s] - step;
    for (int32_t s = stop; locks->behind[s] >= 0; s = locks->behind[s])
        places[locks->behind[s]] = places[s] + step;
}

error_code locks_build(const struct instance *instance, struct arena *arena, const struct locks **locks,
                       struct error *error)
{
    error_code rc = ERROR_NONE;
    struct locks *made;
    bool binding = false;
    *locks = NULL;
    for (int32_t l = 0; l < instance->lock_count; l++)
        binding |= instance->locks[l].behind >= 0 || instance->locks[l].position != 0;
    if (!binding) return ERROR_NONE;
    TRY_NEW(arena, made, 1);
    TRY_NEW(arena, made->before, instance->stop_count);
    TRY_NEW(arena, made->behind, instance->stop_count);
    TRY_NEW(arena, made->front, instance->stop_count);
    TRY_NEW(arena, made->rear, instance->stop_count);
    link_sequences(instance, made);
    for (int32_t l = 0; l < instance->lock_count; l++)
        if (instance->locks[l].position != 0)
            spread_position(made, instance->locks[l].stop, instance->locks[l].position);
    for (int32_t s = 0; s < instance->stop_count; s++) {
        if (made->front[s] > made->front_most) made->front_most = made->front[s];
        if (made->rear[s] > made->rear_most) made->rear_most = made->rear[s];
    }
    *locks = made;
done:
    return rc;
}

bool locks_to_vehicle(const struct instance *instance, int32_t vehicle)
{
    for (int32_t l = 0; l < instance->lock_count; l++)
        if (instance->locks[l].vehicle == vehicle) return true;
    return false;
}

/* --- gaps --- */

/* Would one more stop in the gap, or one less behind it, move a stop from its position from the start? */
static bool moves_front(const struct solution *solution, int32_t after)
{
    const struct problem *problem = solution->problem;
    const struct locks *locks = problem->locks;
    int32_t place = 0;
    for (int32_t x = after; x >= 0 && place < locks->front_most; x = solution->visits[x].prev)
        place += x < problem->stop_count;
    for (int32_t x = solution->visits[after].next; x >= 0 && place < locks->front_most;
         x = solution->visits[x].next) {
        if (x >= problem->stop_count) continue;
        if (locks->front[x] > 0) return true;
        place++;
    }
    return false;
}

static bool moves_rear(const struct solution *solution, int32_t after)
{
    const struct problem *problem = solution->problem;
    const struct locks *locks = problem->locks;
    int32_t place = 0;
    for (int32_t x = solution->visits[after].next; x >= 0 && place < locks->rear_most;
         x = solution->visits[x].next)
        place += x < problem->stop_count;
    for (int32_t x = after; x >= 0 && place < locks->rear_most; x = solution->visits[x].prev) {
        if (x >= problem->stop_count) continue;
        if (locks->rear[x] > 0) return true;
        place++;
    }
    return false;
}

bool locks_gap_open(const struct solution *solution, int32_t after)
{
    const struct problem *problem = solution->problem;
    int32_t stop = after;
    while (stop >= problem->stop_count && solution->visits[stop].prev >= 0)
        stop = solution->visits[stop].prev;
    if (stop < problem->stop_count && problem->locks->behind[stop] >= 0) return false;
    return !moves_front(solution, after) && !moves_rear(solution, after);
}

int32_t locks_displaced(const struct solution *solution, int32_t vehicle)
{
    const struct problem *problem = solution->problem;
    const struct locks *locks = problem->locks;
    const int32_t stops = solution->routes[vehicle].stops;
    int32_t place = 0;
    for (int32_t x = visit_start(problem, vehicle); x >= 0; x = solution->visits[x].next) {
        if (x >= problem->stop_count) continue;
        place++;
        if (locks->front[x] > 0 && locks->front[x] != place) return x;
        if (locks->rear[x] > 0 && locks->rear[x] != stops - place + 1) return x;
    }
    return -1;
}

/* --- whole routes --- */

/* A route told stop by stop. */
struct walk {
    const struct locks *locks;
    int32_t place, last; /* stops so far; the latest, -1 none */
    int32_t total;       /* stops of the whole route, as a position from the end says; 0: not known */
    bool kept;
};

static void walk_on(struct walk *walk, int32_t stop)
{
    const struct locks *locks = walk->locks;
    const int32_t due = walk->last >= 0 ? locks->behind[walk->last] : -1;
    const int32_t total = walk->place + locks->rear[stop];
    walk->place++;
    walk->kept &= due < 0 ? locks->before[stop] < 0 : due == stop;
    walk->kept &= locks->front[stop] == 0 || locks->front[stop] == walk->place;
    if (locks->rear[stop] > 0) {
        walk->kept &= walk->total == 0 || walk->total == total;
        walk->total = total;
    }
    walk->last = stop;
}

static bool walk_end(const struct walk *walk)
{
    return walk->kept && (walk->last < 0 || walk->locks->behind[walk->last] < 0) &&
           (walk->total == 0 || walk->total == walk->place);
}

bool locks_kept(const struct problem *problem, const int32_t *nodes, int32_t count)
{
    struct walk walk = {.locks = problem->locks, .last = -1, .kept = true};
    for (int32_t k = 0; k < count; k++)
        if (node_is_stop(problem, nodes[k])) walk_on(&walk, nodes[k]);
    return walk_end(&walk);
}

static bool splice_keeps(const struct solution *solution, const struct splice *splice)
{
    const struct problem *problem = solution->problem;
    const struct visit *visits = solution->visits;
    struct walk walk = {.locks = problem->locks, .last = -1, .kept = true};
    for (int32_t x = visit_start(problem, splice->vehicle); x != splice->prefix;) {
        x = visits[x].next;
        if (x < problem->stop_count) walk_on(&walk, x);
    }
    for (int32_t r = 0; r < splice->run_count && walk.kept; r++) {
        const struct run *run = &splice->runs[r];
        for (int32_t x = run->first;; x = run->backward ? visits[x].prev : visits[x].next) {
            if (x < problem->stop_count) walk_on(&walk, x);
            if (x == run->last) break;
        }
    }
    for (int32_t x = splice->suffix; x >= 0 && walk.kept; x = visits[x].next)
        if (x < problem->stop_count) walk_on(&walk, x);
    return walk_end(&walk);
}

bool locks_allow(const struct solution *solution, const struct splice *splices, int32_t count)
{
    bool kept = true;
    for (int32_t s = 0; s < count && kept; s++) kept = splice_keeps(solution, &splices[s]);
    return kept;
}
