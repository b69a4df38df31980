#include "solver/routing/near_places.h"

/* Fills order[k]: the k-th place of the walk. `numbers` < 0: not yet visited. */
static void walk(const struct travel *travel, int32_t *order, int32_t *numbers)
{
    const int32_t n = travel->place_count;
    for (int32_t p = 0; p < n; p++) numbers[p] = -1;
    for (int32_t k = 0, at = 0; k < n; k++) {
        order[k] = at;
        numbers[at] = k;
        int32_t nearest = -1;
        int64_t least = 0;
        for (int32_t p = 0; p < n; p++) {
            if (numbers[p] >= 0) continue;
            const int64_t metres = travel_distance_m(travel, 0, at, p);
            if (nearest >= 0 && metres >= least) continue;
            nearest = p;
            least = metres;
        }
        at = nearest;
    }
}

static error_code copy_cells(const int32_t *cells, const int32_t *order, int32_t count, struct arena *arena,
                             const int32_t **copy, struct error *error)
{
    error_code rc = ERROR_NONE;
    const size_t n = (size_t)count;
    int32_t *to;
    TRY_NEW(arena, to, n * n);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) to[i * n + j] = cells[(size_t)order[i] * n + (size_t)order[j]];
    *copy = to;
done:
    return rc;
}

/* Matrices that are one stay one. */
static error_code copy_matrices(const struct travel *travel, const int32_t *order, struct arena *arena,
                                struct travel_matrix *copies, struct error *error)
{
    error_code rc = ERROR_NONE;
    for (int32_t p = 0; p < travel->profile_count; p++) {
        const struct travel_matrix *from = &travel->profiles[p];
        struct travel_matrix *to = &copies[p];
        for (int32_t q = 0; q < p; q++) {
            if (travel->profiles[q].distance_m == from->distance_m) to->distance_m = copies[q].distance_m;
            if (travel->profiles[q].duration_s == from->duration_s) to->duration_s = copies[q].duration_s;
        }
        if (to->distance_m == NULL)
            TRY(copy_cells(from->distance_m, order, travel->place_count, arena, &to->distance_m, error));
        if (to->duration_s == NULL && from->duration_s == from->distance_m) to->duration_s = to->distance_m;
        if (to->duration_s == NULL)
            TRY(copy_cells(from->duration_s, order, travel->place_count, arena, &to->duration_s, error));
    }
done:
    return rc;
}

static bool all_tabulated(const struct travel *travel)
{
    for (int32_t p = 0; p < travel->profile_count; p++)
        if (travel->profiles[p].distance_m == NULL || travel->profiles[p].duration_s == NULL) return false;
    return true;
}

error_code near_places_number(const struct travel *travel, struct arena *arena, struct travel *renumbered,
                              int32_t **numbers, struct error *error)
{
    error_code rc = ERROR_NONE;
    const int32_t n = travel->place_count;
    int32_t *order;
    struct travel_matrix *matrices;
    struct travel_point *points = NULL;
    *renumbered = *travel;
    TRY_NEW(arena, *numbers, n);
    if (!all_tabulated(travel)) {
        for (int32_t p = 0; p < n; p++) (*numbers)[p] = p;
        goto done;
    }
    TRY_NEW(arena, order, n);
    TRY_NEW(arena, matrices, travel->profile_count);
    walk(travel, order, *numbers);
    TRY(copy_matrices(travel, order, arena, matrices, error));
    renumbered->profiles = matrices;
    if (travel->points != NULL) {
        TRY_NEW(arena, points, n);
        for (int32_t p = 0; p < n; p++) points[p] = travel->points[order[p]];
        renumbered->points = points;
    }
done:
    return rc;
}
