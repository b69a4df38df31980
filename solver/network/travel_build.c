#include "solver/network/travel_build.h"

#include "solver/base/message.h"

#include <math.h>

/* IUGG mean radius R1 of GRS 80, in metres. */
static const double EARTH_RADIUS_M = 6371008.8;
static const double EARTH_CURVATURE = 1 / (6371008.8 * 6371008.8);
static const double RADIANS_PER_DEGREE = 3.14159265358979323846 / 180;
static const double M_PER_S_PER_KMH = 1 / 3.6;

/* A place as a vector from the Earth's centre, in metres. */
static struct travel_point point_of(struct position position)
{
    const double lat = position.lat * RADIANS_PER_DEGREE, lon = position.lon * RADIANS_PER_DEGREE;
    return (struct travel_point){EARTH_RADIUS_M * cos(lat) * cos(lon), EARTH_RADIUS_M * cos(lat) * sin(lon),
                                 EARTH_RADIUS_M * sin(lat)};
}

double travel_great_circle_m(struct position from, struct position to)
{
    const struct travel_point points[] = {point_of(from), point_of(to)};
    const struct travel travel = {.place_count = 2, .points = points, .curvature = EARTH_CURVATURE};
    return travel_length(&travel, 0, 1);
}

error_code travel_from_points(const struct travel_point *points, int32_t count, double curvature,
                              const struct travel_rates *rates, int32_t profile_count, struct arena *arena,
                              struct travel *travel, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct travel_matrix *none;
    TRY_NEW(arena, none, profile_count);
    *travel = (struct travel){.place_count = count,
                              .profile_count = profile_count,
                              .profiles = none,
                              .rates = rates,
                              .points = points,
                              .curvature = curvature};
    for (int32_t p = 0; p < profile_count; p++) {
        if (travel_longest(travel, rates[p].distance_m) < TRAVEL_UNREACHABLE &&
            travel_longest(travel, rates[p].duration_s) < TRAVEL_UNREACHABLE)
            continue;
        rc =
            error_set(error, ERROR_NETWORK, _("the places are too far apart for the detour and speed given"));
        goto done;
    }
done:
    return rc;
}

error_code travel_check_place_count(int32_t count, struct error *error)
{
    if (count > TRAVEL_PLACES_MAX)
        return error_set(error, ERROR_NETWORK,
                         _("%d places in one day's problem: the travel matrix can hold %d at most"), count,
                         TRAVEL_PLACES_MAX);
    return ERROR_NONE;
}

static error_code tabulate(const struct travel *travel, struct travel_rate rate, struct arena *arena,
                           const int32_t **matrix, struct error *error)
{
    error_code rc = ERROR_NONE;
    const size_t n = (size_t)travel->place_count;
    int32_t *cells;
    TRY_NEW(arena, cells, n * n);
    for (int32_t i = 0; i < travel->place_count; i++)
        for (int32_t j = i + 1; j < travel->place_count; j++)
            cells[travel_cell(travel, i, j)] = cells[travel_cell(travel, j, i)] =
                travel_round(travel_length(travel, i, j), rate);
    *matrix = cells;
done:
    return rc;
}

error_code travel_tabulate(struct travel *travel, struct arena *arena, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct travel_rates *rates = travel->rates;
    struct travel_matrix *matrices;
    TRY(travel_check_place_count(travel->place_count, error));
    TRY_NEW(arena, matrices, travel->profile_count);
    for (int32_t p = 0; p < travel->profile_count; p++) {
        struct travel_matrix *matrix = &matrices[p];
        for (int32_t q = 0; q < p; q++) {
            if (travel_same_rate(rates[q].distance_m, rates[p].distance_m))
                matrix->distance_m = matrices[q].distance_m;
            if (travel_same_rate(rates[q].duration_s, rates[p].duration_s))
                matrix->duration_s = matrices[q].duration_s;
        }
        if (matrix->distance_m == NULL)
            TRY(tabulate(travel, rates[p].distance_m, arena, &matrix->distance_m, error));
        if (matrix->duration_s == NULL && travel_same_rate(rates[p].distance_m, rates[p].duration_s))
            matrix->duration_s = matrix->distance_m;
        if (matrix->duration_s == NULL)
            TRY(tabulate(travel, rates[p].duration_s, arena, &matrix->duration_s, error));
    }
    travel->profiles = matrices;
done:
    return rc;
}

static error_code check_profile(const struct travel_profile *profile, struct error *error)
{
    const bool usable = isfinite(profile->speed_kmh) && profile->speed_kmh > 0 && isfinite(profile->detour) &&
                        profile->detour > 0;
    if (usable) return ERROR_NONE;
    return error_set(error, ERROR_NETWORK, _("travel profile \"%s\": speed and detour must be above zero"),
                     profile->name ? profile->name : "");
}

static error_code points_of(const struct position *positions, int32_t count, struct arena *arena,
                            struct travel_point **points, struct error *error)
{
    error_code rc = ERROR_NONE;
    TRY_NEW(arena, *points, count);
    for (int32_t i = 0; i < count; i++) {
        if (!isfinite(positions[i].lat) || !isfinite(positions[i].lon)) {
            rc = error_set(error, ERROR_NETWORK, _("place %d has no position"), i);
            goto done;
        }
        (*points)[i] = point_of(positions[i]);
    }
done:
    return rc;
}

error_code travel_from_positions(const struct travel_profile *profiles, int32_t profile_count,
                                 const struct position *positions, int32_t count, struct arena *arena,
                                 struct travel *travel, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct travel_rates *rates;
    struct travel_point *points;
    TRY(points_of(positions, count, arena, &points, error));
    TRY_NEW(arena, rates, profile_count);
    for (int32_t p = 0; p < profile_count; p++) {
        const struct travel_profile *profile = &profiles[p];
        TRY(check_profile(profile, error));
        const double s_per_m = profile->detour / (profile->speed_kmh * M_PER_S_PER_KMH);
        rates[p] = (struct travel_rates){travel_rate(profile->detour, TRAVEL_UP_GUARDED),
                                         travel_rate(s_per_m, TRAVEL_UP_GUARDED)};
    }
    TRY(travel_from_points(points, count, EARTH_CURVATURE, rates, profile_count, arena, travel, error));
    if (count <= TRAVEL_TABLE_MAX) TRY(travel_tabulate(travel, arena, error));
done:
    return rc;
}

/* The cells between `places` of a square matrix of `size` places. */
static error_code submatrix(const int32_t *whole, int32_t size, const int32_t *places, int32_t count,
                            struct arena *arena, const int32_t **part, struct error *error)
{
    error_code rc = ERROR_NONE;
    const size_t n = (size_t)count;
    int32_t *cells;
    TRY_NEW(arena, cells, n * n);
    for (size_t i = 0; i < n; i++) {
        const int32_t *row = whole + (size_t)places[i] * (size_t)size;
        for (size_t j = 0; j < n; j++) cells[i * n + j] = row[places[j]];
    }
    *part = cells;
done:
    return rc;
}

error_code travel_part(const struct travel_matrix *whole, int32_t size, const int32_t *places, int32_t count,
                       struct arena *arena, struct travel_matrix *part, struct error *error)
{
    error_code rc = ERROR_NONE;
    TRY(submatrix(whole->distance_m, size, places, count, arena, &part->distance_m, error));
    TRY(submatrix(whole->duration_s, size, places, count, arena, &part->duration_s, error));
done:
    return rc;
}

error_code travel_from_city_matrix(const struct city *city, const int32_t *places, int32_t count,
                                   struct arena *arena, struct travel *travel, struct error *error)
{
    error_code rc = ERROR_NONE;
    const int32_t size = city->depot_count + city->site_count + city->bin_count;
    const int32_t profile_count = city->profile_count > 0 ? city->profile_count : 1;
    struct travel_matrix shared, *matrices;
    TRY(travel_check_place_count(count, error));
    if (city->matrix.distance_m == NULL || city->matrix.duration_s == NULL) {
        rc = error_set(error, ERROR_NETWORK, _("the city has no travel matrix"));
        goto done;
    }
    for (int32_t i = 0; i < count; i++) {
        if (places[i] >= 0 && places[i] < size) continue;
        rc = error_set(error, ERROR_NETWORK, _("place %d is not in the city's travel matrix"), places[i]);
        goto done;
    }
    TRY(travel_part(&city->matrix, size, places, count, arena, &shared, error));
    TRY_NEW(arena, matrices, profile_count);
    for (int32_t p = 0; p < profile_count; p++) matrices[p] = shared;
    *travel = (struct travel){.place_count = count, .profile_count = profile_count, .profiles = matrices};
done:
    return rc;
}
