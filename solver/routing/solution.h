/* The search's state: the route of each vehicle with running sums, so that any piece of a route is measured
 * in O(1), and an undo log by route.
 *
 * Position 0 of a route is its start node, position count + 1 its end; between them stops and disposal sites.
 * Running sums at position k cover 0 … k: metres and seconds forward, and the same driven backwards (matrices
 * may be asymmetric); stops; load by compartment. prev_empty[k × C + c] is the last position ≤ k that empties
 * compartment c (0: the start), next_empty the first ≥ k (count + 1: the end). early_s and late_s are the
 * earliest end and the latest arrival by windows and shift alone (breaks and work limits are left to the
 * exact timetable): a filter that never rejects what is possible but for the unloading times.
 *
 * Every change goes through solution_set, which keeps what was before until the next solution_mark:
 * solution_undo restores it. Complexity: O(length of the routes touched).
 */
#ifndef BENNE_ROUTING_SOLUTION_H
#define BENNE_ROUTING_SOLUTION_H

#include "solver/model/plan.h"
#include "solver/routing/schedule.h"

struct load {
    int64_t kg, l;
};

struct route {
    int32_t count; /* activities, depots not counted */
    int32_t stops;
    int32_t capacity;
    int32_t *nodes;
    int64_t *ahead_m, *ahead_s; /* metres, and seconds with service, up to the exit of the node */
    int64_t *back_m, *back_s;   /* the same sums along the reversed route: leg from k to k − 1 added at k */
    int64_t *early_s, *late_s;
    int32_t *stops_to;    /* stops at positions ≤ k */
    struct load *load_to; /* × C: collected at positions ≤ k */
    int32_t *prev_empty, *next_empty;
    struct schedule schedule;
};

/* A route as it was, to be put back. */
struct undo {
    int32_t vehicle, count, first; /* nodes in the log, depots included */
    struct schedule schedule;
};

struct solution {
    const struct problem *problem;
    struct route *routes; /* by vehicle */
    int32_t *route_of;    /* by stop; -1 unserved */
    int32_t *position_of; /* by stop */
    int64_t *site_kg;     /* by site: unloaded today */
    money cost;           /* routes, prizes left, mandatory stops left */
    int32_t unserved_mandatory;
    int32_t *idle_from; /* by kind: no idle vehicle of the kind has a lower number */

    struct {
        struct undo *items;
        int64_t count, capacity;
    } undo;
    struct {
        int32_t *items;
        int64_t count, capacity;
    } log;
    uint32_t *marked, mark; /* by vehicle: saved since the mark */

    struct timetable timetable; /* scratch of schedule_route */
};

error_code solution_init(struct solution *solution, const struct problem *problem,
                         struct error *error) ERROR_CHECKED;
void solution_free(struct solution *solution);

/* Replaces a vehicle's route by `nodes` (start and end included); its stops must be unserved or in a route
 * replaced in the same step. `schedule` is the one of these nodes. False when memory is exhausted. */
bool solution_set(struct solution *solution, int32_t vehicle, const int32_t *nodes, int32_t count,
                  const struct schedule *schedule);

/* What leaving a stop costs in the search's eyes: its prize, or the price of a mandatory one. */
money solution_leaving_price(const struct problem *problem, int32_t stop);

/* An idle vehicle of a kind, the one of the lowest number; -1: all are out. */
int32_t solution_idle(struct solution *solution, int32_t kind);

/* Debug builds: everything that is kept in sums is counted afresh and asserted. O(stops). */
void solution_assert(const struct solution *solution);

/* From here on, changes can be undone together. */
void solution_mark(struct solution *solution);
bool solution_undo(struct solution *solution);

/* Adds (+1) or takes away (-1) what a route unloads at each site. */
void solution_count_sites(const struct problem *problem, int32_t vehicle, const int32_t *nodes, int32_t count,
                          int64_t *site_kg, int64_t sign);

static inline int32_t route_compartments(const struct problem *problem, int32_t vehicle)
{
    return problem->shapes[problem->shape_of[vehicle]].compartment_count;
}

/* The best plan found, as flat nodes. */
struct snapshot {
    int32_t *first; /* by vehicle, + 1 */
    int32_t *nodes;
    int64_t capacity;
    struct schedule *schedules;
    money cost;
    int32_t unserved_mandatory;
};

bool snapshot_take(struct snapshot *snapshot, const struct solution *solution);
bool snapshot_restore(const struct snapshot *snapshot, struct solution *solution);
/* What the plan costs by the instance's own account: without the search's price for mandatory stops left. */
error_code snapshot_cost(const struct snapshot *snapshot, const struct problem *problem, struct arena *arena,
                         money *cost, struct error *error) ERROR_CHECKED;
void snapshot_free(struct snapshot *snapshot);
/* One route as a route of the plan, its break moved to the middle; `nodes` start and end included. */
error_code solution_append_route(const struct problem *problem, int32_t vehicle, const int32_t *nodes,
                                 int32_t count, const struct schedule *schedule, struct timetable *timetable,
                                 struct plan *plan, struct error *error) ERROR_CHECKED;

error_code snapshot_plan(const struct snapshot *snapshot, const struct problem *problem,
                         struct timetable *timetable, struct plan *plan, struct error *error) ERROR_CHECKED;

#endif
