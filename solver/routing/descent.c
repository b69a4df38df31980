#include "solver/routing/descent.h"

#include <stdlib.h>

/* Near stops tried for each stop; insertion looks further. Half the list loses little and costs half. */
enum { REACH = 15 };

error_code descent_init(struct descent *descent, const struct problem *problem, struct error *error)
{
    size_t stops = (size_t)problem->stop_count + 1;
    *descent = (struct descent){.queue = malloc(stops * sizeof *descent->queue),
                                .queued = calloc(stops, sizeof *descent->queued),
                                .reach = problem->neighbour_count < REACH ? problem->neighbour_count : REACH};
    return descent->queue && descent->queued ? ERROR_NONE : error_memory(error);
}

void descent_free(struct descent *descent)
{
    free(descent->queue);
    free(descent->queued);
    *descent = (struct descent){0};
}

void descent_queue(struct descent *descent, const struct problem *problem, int32_t stop)
{
    if (!node_is_stop(problem, stop) || descent->queued[stop]) return;
    descent->queued[stop] = true;
    descent->queue[(descent->head + descent->count++) % problem->stop_count] = stop;
}

enum { AROUND = 6 };

/* A pair of stops and those beside them in their routes. */
static void list_around(const struct solution *solution, int32_t i, int32_t j, int32_t around[AROUND])
{
    const int32_t *near_i = solution->routes[solution->route_of[i]].nodes + solution->position_of[i];
    const int32_t *near_j = solution->routes[solution->route_of[j]].nodes + solution->position_of[j];
    for (int32_t k = 0; k < 3; k++) {
        around[k] = near_i[k - 1];
        around[3 + k] = near_j[k - 1];
    }
}

/* Tries the stop with its near stops until a move improves; then the stop waits for another turn. */
static bool improve(struct descent *descent, struct workshop *workshop, int32_t i, bool *memory)
{
    const struct problem *problem = workshop->problem;
    const struct solution *solution = workshop->solution;
    const int32_t *near = problem->neighbours + (size_t)i * (size_t)problem->neighbour_count;
    for (int32_t k = 0; k < descent->reach; k++) {
        int32_t j = near[k];
        if (solution->route_of[j] < 0) continue;
        for (int32_t m = 0; m < MOVE_COUNT; m++) {
            struct candidate candidate;
            int32_t before[AROUND], after[AROUND];
            if (!MOVES[m].evaluate(solution, i, j, &candidate)) continue;
            list_around(solution, i, j, before);
            if (!candidate_commit(workshop, &candidate, memory)) continue;
            list_around(solution, i, j, after);
            for (int32_t n = 0; n < AROUND; n++) {
                descent_queue(descent, problem, before[n]);
                descent_queue(descent, problem, after[n]);
            }
            return true;
        }
    }
    return false;
}

void descent_run(struct descent *descent, struct workshop *workshop, bool (*over)(void *), void *context,
                 bool *memory)
{
    const struct problem *problem = workshop->problem;
    while (descent->count > 0 && *memory) {
        int32_t stop = descent->queue[descent->head];
        descent->head = (descent->head + 1) % problem->stop_count;
        descent->count--;
        descent->queued[stop] = false;
        if (over(context)) continue; /* empties the queue */
        if (workshop->solution->route_of[stop] < 0) continue;
        if (improve(descent, workshop, stop, memory)) descent_queue(descent, problem, stop);
    }
}
