#include "solver/routing/proximity.h"

#include <stdlib.h>

/* Longest list. An insertion goes along it until it has seen enough routes with room, which in a plan whose
 * trucks are full may be far from the stop; a list of 40 cost 0.3 % on instances with many short routes. */
enum { NEIGHBOUR_COUNT = 400 };

struct near {
    int64_t proximity;
    int32_t stop;
};

/* Metres count ten, seconds of waiting two, of lateness ten. */
static int64_t proximity(const struct problem *problem, int32_t a, int32_t b)
{
    const struct node *from = &problem->nodes[a], *to = &problem->nodes[b];
    struct leg leg = leg_between(problem, 0, from->exit, to->entry);
    int64_t waiting_s = 0, late_s = 0;
    if (to->window_count > 0) {
        int64_t latest_end = (from->window_count > 0 ? from->close_s : TIME_MAX) + (int64_t)from->service_s;
        int64_t earliest_end = (from->window_count > 0 ? from->open_s : 0) + (int64_t)from->service_s;
        waiting_s = to->open_s - leg.s - latest_end;
        late_s = earliest_end + leg.s - to->close_s;
        if (waiting_s < 0) waiting_s = 0;
        if (late_s < 0) late_s = 0;
    }
    return 10 * leg.m + 2 * waiting_s + 10 * late_s;
}

static int compare_near(const void *left, const void *right)
{
    const struct near *a = left, *b = right;
    if (a->proximity != b->proximity) return a->proximity < b->proximity ? -1 : 1;
    return (a->stop > b->stop) - (a->stop < b->stop);
}

/* Moves the `most` nearest to the front, in any order (Hoare's selection). */
static void select_nearest(struct near *row, int32_t count, int32_t most)
{
    int32_t low = 0, high = count - 1;
    while (low < high) {
        struct near pivot = row[low + (high - low) / 2];
        int32_t i = low, j = high;
        while (i <= j) {
            while (compare_near(&row[i], &pivot) < 0) i++;
            while (compare_near(&row[j], &pivot) > 0) j--;
            if (i > j) break;
            struct near swap = row[i];
            row[i++] = row[j];
            row[j--] = swap;
        }
        if (most <= j)
            high = j;
        else if (most > i)
            low = i;
        else
            return;
    }
}

error_code proximity_find(struct problem *problem, struct arena *arena, struct error *error)
{
    error_code rc = ERROR_NONE;
    const int32_t n = problem->stop_count, most = n - 1 < NEIGHBOUR_COUNT ? n - 1 : NEIGHBOUR_COUNT;
    struct near *row;
    if (most <= 0) return ERROR_NONE;
    problem->neighbour_count = most;
    TRY_NEW(arena, problem->neighbours, (size_t)n * (size_t)most);
    TRY_NEW(arena, row, n);
    for (int32_t a = 0; a < n; a++) {
        int32_t count = 0;
        for (int32_t b = 0; b < n; b++) {
            if (b == a) continue;
            int64_t there = proximity(problem, a, b);
            int64_t back = problem->timed || !problem->symmetric ? proximity(problem, b, a) : there;
            row[count++] = (struct near){there < back ? there : back, b};
        }
        select_nearest(row, count, most);
        qsort(row, (size_t)most, sizeof *row, compare_near);
        for (int32_t k = 0; k < most; k++)
            problem->neighbours[(size_t)a * (size_t)most + (size_t)k] = row[k].stop;
    }
done:
    return rc;
}
