#include "solver/model/check_locks.h"

/* Where a stop is first visited. */
struct seat {
    int32_t step, before; /* the stop before it in its route; -1: it is the first */
    int32_t position;     /* among the stops of its route, from 1 */
};

/* Fills the seats of the stops served; a stop visited again has none of its own there, but is counted. The
 * number of stops by route. */
static void find_seats(const struct instance *instance, const struct plan *plan,
                       const struct check_report *report, struct seat *seats, int32_t *route_stops)
{
    for (int32_t s = 0; s < instance->stop_count; s++) seats[s].step = -1;
    for (int32_t r = 0; r < plan->route_count; r++) {
        const struct plan_route *route = &plan->routes[r];
        int32_t before = -1;
        if (report->routes[r].stops == 0) continue; /* also a route that cannot be driven */
        for (int32_t k = route->first_step; k < route->first_step + route->step_count; k++) {
            const struct plan_step *step = &plan->steps[k];
            if (step->kind != STEP_STOP || step->id < 0 || step->id >= instance->stop_count) continue;
            route_stops[r]++;
            if (report->stop_route[step->id] == r && seats[step->id].step < 0)
                seats[step->id] = (struct seat){k, before, route_stops[r]};
            before = step->id;
        }
    }
}

/* Accuses the stop that must follow another, or, where it is left, the other. */
static void judge_sequence(const struct check_report *report, const struct seat *seats,
                           const struct lock *lock, struct violation *found, int64_t *count)
{
    const int32_t route = report->stop_route[lock->stop], other = report->stop_route[lock->behind];
    struct violation fault = {.kind = VIOLATION_LOCK_SEQUENCE,
                              .route = route,
                              .step = seats[lock->stop].step,
                              .id = lock->stop,
                              .amount = seats[lock->stop].before,
                              .limit = lock->behind};
    if (route < 0 && other < 0) return;
    if (route < 0) {
        fault.route = other;
        fault.step = seats[lock->behind].step;
        fault.amount = -1;
    } else if (route == other && fault.amount == lock->behind) {
        return;
    }
    found[(*count)++] = fault;
}

error_code check_locks(const struct instance *instance, const struct plan *plan,
                       const struct check_report *report, struct violation *found, int64_t *count,
                       struct arena *arena, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct seat *seats;
    int32_t *route_stops;
    *count = 0;
    TRY_NEW(arena, seats, instance->stop_count);
    TRY_NEW(arena, route_stops, plan->route_count);
    find_seats(instance, plan, report, seats, route_stops);
    for (int32_t l = 0; l < instance->lock_count; l++) {
        const struct lock *lock = &instance->locks[l];
        const int32_t route = report->stop_route[lock->stop];
        const struct seat *seat = &seats[lock->stop];
        struct violation fault = {.route = route, .step = seat->step, .id = lock->stop};
        if (lock->behind >= 0) judge_sequence(report, seats, lock, found, count);
        if (route < 0) continue;
        const int32_t vehicle = plan->routes[route].vehicle;
        const int32_t position =
            lock->position < 0 ? seat->position - route_stops[route] - 1 : seat->position;
        if (lock->vehicle >= 0 && vehicle != lock->vehicle) {
            fault.kind = VIOLATION_LOCK_VEHICLE;
            fault.amount = vehicle;
            fault.limit = lock->vehicle;
            found[(*count)++] = fault;
        }
        if (lock->position != 0 && position != lock->position) {
            fault.kind = VIOLATION_LOCK_POSITION;
            fault.amount = position;
            fault.limit = lock->position;
            found[(*count)++] = fault;
        }
    }
done:
    return rc;
}
