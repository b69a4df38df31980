#include "solver/network/roads/road_travel.h"

#include "solver/network/travel_build.h"

/* The matrix of one profile, computed for these places alone. */
static error_code compute(const struct road_travel *roads, int32_t profile, const int32_t *places,
                          int32_t count, struct arena *arena, struct travel_matrix *matrix,
                          struct error *error)
{
    error_code rc = ERROR_NONE;
    struct road_place *chosen;
    TRY_NEW(arena, chosen, count + 1);
    for (int32_t p = 0; p < count; p++) chosen[p] = road_travel_places(roads, profile)[places[p]];
    TRY(road_places_matrix(&roads->networks[profile], chosen, count, arena, matrix, error));
done:
    return rc;
}

error_code road_travel_between(const struct road_travel *roads, const int32_t *places, int32_t count,
                               struct arena *arena, struct travel *travel, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct travel_matrix *matrices;
    TRY(travel_check_place_count(count, error));
    TRY_NEW(arena, matrices, roads->profile_count);
    for (int32_t p = 0; p < roads->profile_count; p++) {
        if (roads->wholes != NULL)
            TRY(travel_part(&roads->wholes[p], roads->place_count, places, count, arena, &matrices[p],
                            error));
        else
            TRY(compute(roads, p, places, count, arena, &matrices[p], error));
    }
    *travel =
        (struct travel){.place_count = count, .profile_count = roads->profile_count, .profiles = matrices};
done:
    return rc;
}
