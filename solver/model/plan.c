#include "solver/model/plan.h"

#include "solver/base/array.h"

#include <string.h>

void plan_init(struct plan *plan)
{
    memset(plan, 0, sizeof *plan);
}

void plan_free(struct plan *plan)
{
    free(plan->routes);
    free(plan->steps);
    plan_init(plan);
}

/* Room for one more item in an array whose counters are 32 bits wide, as ids are. */
static error_code room_for_one(void **items, int32_t count, int32_t *capacity, size_t size,
                               struct error *error)
{
    if (count == INT32_MAX) return error_memory(error);
    int64_t wide = *capacity;
    if (!array_grow(items, &wide, (int64_t)count + 1, size)) return error_memory(error);
    *capacity = wide > INT32_MAX ? INT32_MAX : (int32_t)wide;
    return ERROR_NONE;
}

error_code plan_add_route(struct plan *plan, int32_t vehicle, int32_t departure_s, struct error *error)
{
    error_code rc = ERROR_NONE;
    TRY(room_for_one((void **)&plan->routes, plan->route_count, &plan->route_capacity, sizeof *plan->routes,
                     error));
    plan->routes[plan->route_count++] = (struct plan_route){
        .vehicle = vehicle, .departure_s = departure_s, .first_step = plan->step_count, .step_count = 0};
done:
    return rc;
}

error_code plan_add_step(struct plan *plan, step_kind kind, int32_t id, struct error *error)
{
    error_code rc = ERROR_NONE;
    if (plan->route_count == 0) return error_set(error, ERROR_INTERNAL, "a step before the first route");
    TRY(room_for_one((void **)&plan->steps, plan->step_count, &plan->step_capacity, sizeof *plan->steps,
                     error));
    plan->steps[plan->step_count++] = (struct plan_step){.kind = (int32_t)kind, .id = id};
    plan->routes[plan->route_count - 1].step_count++;
done:
    return rc;
}
