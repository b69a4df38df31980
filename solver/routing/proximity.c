#include "solver/routing/proximity.h"

#include "solver/network/nearest.h"

#include <stdlib.h>

/* Longest list. An insertion goes along it until it has seen enough routes with room, which in a plan whose
 * trucks are full may be far from the stop; a list of 40 cost 0.3 % on instances with many short routes. */
enum { NEIGHBOUR_COUNT = 400 };

/* Stops up to which all pairs are compared: a tenth of a second. */
enum { ALL_PAIRS_MAX = 2500 };

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

static struct near near_of(const struct problem *problem, int32_t a, int32_t b)
{
    int64_t there = proximity(problem, a, b);
    int64_t back = problem->timed || !problem->symmetric ? proximity(problem, b, a) : there;
    return (struct near){there < back ? there : back, b};
}

/* Puts the nearest of `count` candidates in order into the list of stop a. */
static void write_list(struct problem *problem, int32_t a, struct near *row, int32_t count)
{
    const int32_t most = problem->neighbour_count;
    select_nearest(row, count, most);
    qsort(row, (size_t)most, sizeof *row, compare_near);
    for (int32_t k = 0; k < most; k++)
        problem->neighbours[(size_t)a * (size_t)most + (size_t)k] = row[k].stop;
}

static void compare_all(struct problem *problem, struct near *row)
{
    for (int32_t a = 0; a < problem->stop_count; a++) {
        int32_t count = 0;
        for (int32_t b = 0; b < problem->stop_count; b++)
            if (b != a) row[count++] = near_of(problem, a, b);
        write_list(problem, a, row, count);
    }
}

/* The nearest in a straight line, put in order by proximity. */
static error_code compare_nearest(struct problem *problem, struct arena *arena, struct near *row,
                                  struct error *error)
{
    error_code rc = ERROR_NONE;
    const int32_t n = problem->stop_count, most = problem->neighbour_count;
    const struct travel_point *points = problem->travel.points;
    double *x, *y, *z;
    TRY_NEW(arena, x, n);
    TRY_NEW(arena, y, n);
    TRY_NEW(arena, z, n);
    for (int32_t stop = 0; stop < n; stop++) {
        x[stop] = points[problem->nodes[stop].entry].x;
        y[stop] = points[problem->nodes[stop].entry].y;
        z[stop] = points[problem->nodes[stop].entry].z;
    }
    TRY(nearest_find(x, y, z, n, most, problem->neighbours, error));
    for (int32_t a = 0; a < n; a++) {
        for (int32_t k = 0; k < most; k++)
            row[k] = near_of(problem, a, problem->neighbours[(size_t)a * (size_t)most + (size_t)k]);
        write_list(problem, a, row, most);
    }
done:
    return rc;
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
    if (n > ALL_PAIRS_MAX && problem->travel.points != NULL)
        TRY(compare_nearest(problem, arena, row, error));
    else
        compare_all(problem, row);
done:
    return rc;
}
