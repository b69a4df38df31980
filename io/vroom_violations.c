/* The checker's faults under VROOM's names. */
#include "io/vroom_answer.h"

#include <string.h>

void vroom_accuse(struct vroom_tally *tally, const char *cause, int64_t lead_s, int64_t delay_s)
{
    int32_t c = 0;
    tally->lead_s += lead_s;
    tally->delay_s += delay_s;
    while (c < tally->count && strcmp(tally->causes[c], cause) != 0) c++;
    if (c == tally->count && c < CAUSES_MAX) tally->causes[tally->count++] = cause;
}

void vroom_accuse_all(struct vroom_tally *tally, const struct vroom_tally *more)
{
    for (int32_t c = 0; c < more->count; c++) vroom_accuse(tally, more->causes[c], 0, 0);
    tally->lead_s += more->lead_s;
    tally->delay_s += more->delay_s;
}

/* One fault that the checker found; loads and limits are judged from the file's numbers instead. */
static void accuse_fault(const struct vroom_route *route, const struct violation *fault,
                         struct vroom_tally *tally)
{
    switch (fault->kind) {
    case VIOLATION_STOP_WINDOW:
    case VIOLATION_SHIFT_END:
    case VIOLATION_BREAK_WINDOW:
        vroom_accuse(tally, "delay", 0, fault->amount - fault->limit);
        return;
    case VIOLATION_SHIFT_START:
        vroom_accuse(tally, "lead_time", fault->limit - fault->amount, 0);
        return;
    case VIOLATION_MAX_STOPS:
        if (route->vehicle->max_tasks >= 0 && fault->amount > route->vehicle->max_tasks)
            vroom_accuse(tally, "max_tasks", 0, 0);
        return;
    case VIOLATION_ACCESS: {
        const struct vroom_job *job = &route->vroom->jobs[fault->id];
        vroom_accuse(tally, (job->tags & ~route->vehicle->tags) != 0 ? "skills" : "delay", 0, 0);
        return;
    }
    case VIOLATION_STREAM: /* a vehicle that may do nothing */
        if (route->vehicle->max_tasks == 0) vroom_accuse(tally, "max_tasks", 0, 0);
        return;
    case VIOLATION_BREAK_MISSING:
        vroom_accuse(tally, "missing_break", 0, 0);
        return;
    case VIOLATION_CAPACITY_KG:
    case VIOLATION_CAPACITY_L:
    case VIOLATION_MAX_DISTANCE:
        return;
    default:
        vroom_accuse(tally, violation_name(fault->kind), 0, 0);
    }
}

/* The faults of one step, -1: those of the route as a whole. */
void vroom_accuse_step(const struct vroom_route *route, int32_t step, struct vroom_tally *tally)
{
    for (int32_t k = 0; k < route->report->violation_count; k++) {
        const struct violation *fault = &route->report->violations[k];
        if (fault->route == route->number && fault->step == step) accuse_fault(route, fault, tally);
    }
}

/* The part of a tally that stands at the start, or at the end, of a route: its hours. */
void vroom_accuse_hours(const struct vroom_route *route, violation_kind kind, struct vroom_tally *tally)
{
    for (int32_t k = 0; k < route->report->violation_count; k++) {
        const struct violation *fault = &route->report->violations[k];
        if (fault->route == route->number && fault->kind == kind) accuse_fault(route, fault, tally);
    }
}

void vroom_accuse_limits(const struct vroom_vehicle *vehicle, struct vroom_sums *sums)
{
    if (vehicle->max_travel_time_s >= 0 && sums->travel_s > vehicle->max_travel_time_s)
        vroom_accuse(&sums->tally, "max_travel_time", 0, 0);
    if (vehicle->max_distance_m >= 0 && sums->distance_m > vehicle->max_distance_m)
        vroom_accuse(&sums->tally, "max_distance", 0, 0);
}

void vroom_put_violations(struct json *object, const struct vroom_tally *tally)
{
    struct json *array = json_new_array();
    for (int32_t c = 0; c < tally->count; c++) {
        struct json *violation = json_new_object();
        json_put_string(violation, "cause", tally->causes[c]);
        if (strcmp(tally->causes[c], "delay") == 0 && tally->delay_s > 0)
            json_put_integer(violation, "duration", tally->delay_s);
        if (strcmp(tally->causes[c], "lead_time") == 0)
            json_put_integer(violation, "duration", tally->lead_s);
        json_put(array, NULL, violation);
    }
    json_put(object, "violations", array);
}
