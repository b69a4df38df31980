/* What is driven, done and paid between the locations of a VROOM problem, from the matrices as given. */
#include "io/vroom_answer.h"

#include <math.h>

enum { HOUR_S = 3600 };

void vroom_add_leg(const struct vroom *vroom, const struct vroom_vehicle *vehicle, int32_t from, int32_t to,
                   struct vroom_sums *sums)
{
    if (from < 0 || to < 0) return;
    const struct vroom_profile *profile = &vroom->profiles[vehicle->profile];
    const size_t cell = vroom_cell(vroom, from, to);
    const int64_t seconds = vroom_paced_s(profile->duration_s[cell], vehicle->pace);
    if (seconds < TRAVEL_UNREACHABLE) sums->travel_s += seconds;
    if (profile->distance_m != NULL && profile->distance_m[cell] < TRAVEL_UNREACHABLE)
        sums->distance_m += profile->distance_m[cell];
    if (profile->cost != NULL && profile->cost[cell] < TRAVEL_UNREACHABLE)
        sums->custom += profile->cost[cell];
}

/* Setup at a job reached from a location. */
int64_t vroom_setup_of(const struct vroom_job *job, int32_t from)
{
    return job->setup_on_the_way && from == job->spot.location ? 0 : job->setup_s;
}

double vroom_cost_of(const struct vroom *vroom, const struct vroom_vehicle *vehicle,
                     const struct vroom_sums *sums)
{
    return round((double)vehicle->fixed +
                 vroom_travel_cost(vroom, vehicle, sums->travel_s, sums->distance_m, sums->custom) +
                 (double)vehicle->per_task_hour * (double)(sums->setup_s + sums->service_s) / HOUR_S);
}

const struct vroom_job *vroom_job_at(const struct vroom *vroom, const struct plan_step *step)
{
    const bool exists = step->kind == STEP_STOP && step->id >= 0 && step->id < vroom->job_count;
    return exists ? &vroom->jobs[step->id] : NULL;
}

double vroom_cost(const struct vroom *vroom, const struct plan *plan, const struct check_report *report)
{
    double cost = 0;
    (void)report;
    for (int32_t r = 0; r < plan->route_count; r++) {
        const struct plan_route *route = &plan->routes[r];
        if (route->vehicle < 0 || route->vehicle >= vroom->vehicle_count) continue;
        const struct vroom_vehicle *vehicle = &vroom->vehicles[route->vehicle];
        struct vroom_sums sums = {0};
        int32_t location = vehicle->start.location;
        for (int32_t i = route->first_step; i < route->first_step + route->step_count; i++) {
            const struct vroom_job *job = vroom_job_at(vroom, &plan->steps[i]);
            if (job == NULL) continue;
            vroom_add_leg(vroom, vehicle, location, job->spot.location, &sums);
            sums.setup_s += vroom_setup_of(job, location);
            sums.service_s += job->service_s;
            location = job->spot.location;
        }
        vroom_add_leg(vroom, vehicle, location, vehicle->end.location, &sums);
        cost += vroom_cost_of(vroom, vehicle, &sums);
    }
    return cost;
}

void vroom_print_load(FILE *file, const struct benchmark *benchmark, const struct plan *plan, int32_t route,
                      int32_t step)
{
    const struct vroom *vroom = benchmark->detail;
    const struct plan_route *it = &plan->routes[route];
    for (int32_t d = 0; d < vroom->dimension_count; d++) {
        int64_t load = 0;
        for (int32_t i = it->first_step; i < it->first_step + it->step_count; i++) {
            const struct vroom_job *job = vroom_job_at(vroom, &plan->steps[i]);
            if (job != NULL) load += i <= step ? job->pickup[d] : job->delivery[d];
        }
        fprintf(file, " %lld", (long long)load);
    }
}
