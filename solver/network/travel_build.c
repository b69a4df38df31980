#include "solver/network/travel_build.h"

#include "solver/base/message.h"

#include <math.h>

/* IUGG mean radius R1 of GRS 80, in metres. */
static const double EARTH_RADIUS_M = 6371008.8;
static const double RADIANS_PER_DEGREE = 3.14159265358979323846 / 180;
static const double M_PER_S_PER_KMH = 1 / 3.6;

/* More than the floating-point error of a distance or a duration (some 1e-8 of a metre or a second), and
 * too little to matter. */
static const double ROUNDING_GUARD = 1e-4;

/* A place as a unit vector from the Earth's centre. */
struct direction {
    double x, y, z;
};

static struct direction direction_of(struct position position)
{
    const double lat = position.lat * RADIANS_PER_DEGREE, lon = position.lon * RADIANS_PER_DEGREE;
    return (struct direction){cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)};
}

static double norm(double x, double y, double z)
{
    return sqrt(x * x + y * y + z * z);
}

static double arc_m(struct direction a, struct direction b)
{
    const double apart = norm(a.x - b.x, a.y - b.y, a.z - b.z);
    const double along = norm(a.x + b.x, a.y + b.y, a.z + b.z);
    return EARTH_RADIUS_M * 2 * atan2(apart, along);
}

double travel_great_circle_m(struct position from, struct position to)
{
    return arc_m(direction_of(from), direction_of(to));
}

/* Up to a whole number so that the triangle inequality survives. Let a + b >= c hold for the true lengths:
 * for the computed ones it holds up to the guard g, so c + g <= (a + g) + (b + g) <= up(a) + up(b), which
 * is a whole number, hence up(c) <= up(a) + up(b). A length 0 comes from equal places only, for which b and
 * c are computed from the same numbers. */
static double round_up(double length)
{
    return length == 0 ? 0 : ceil(length + ROUNDING_GUARD);
}

/* rounded[i][j] = up(arc × factor), both ways. */
static error_code fill_matrix(const struct direction *directions, int32_t count, double factor,
                              struct arena *arena, const int32_t **matrix, struct error *error)
{
    error_code rc = ERROR_NONE;
    const size_t n = (size_t)count;
    int32_t *cells;
    TRY_NEW(arena, cells, n * n);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i + 1; j < n; j++) {
            const double length = round_up(arc_m(directions[i], directions[j]) * factor);
            if (!(length < TRAVEL_UNREACHABLE)) {
                rc =
                    error_set(error, ERROR_NETWORK,
                              _("places %zu and %zu are too far apart for the detour and speed given"), i, j);
                goto done;
            }
            cells[i * n + j] = cells[j * n + i] = (int32_t)length;
        }
    }
    *matrix = cells;
done:
    return rc;
}

static error_code check_place_count(int32_t count, struct error *error)
{
    if (count > TRAVEL_PLACES_MAX)
        return error_set(error, ERROR_NETWORK,
                         _("%d places in one day's problem: the travel matrix can hold %d at most"), count,
                         TRAVEL_PLACES_MAX);
    if (count < 0) return error_set(error, ERROR_INTERNAL, _("a negative number of places"));
    return ERROR_NONE;
}

static error_code check_profile(const struct travel_profile *profile, struct error *error)
{
    const bool usable = isfinite(profile->speed_kmh) && profile->speed_kmh > 0 && isfinite(profile->detour) &&
                        profile->detour > 0;
    if (usable) return ERROR_NONE;
    return error_set(error, ERROR_NETWORK, _("travel profile \"%s\": speed and detour must be above zero"),
                     profile->name ? profile->name : "");
}

static error_code directions_of(const struct position *positions, int32_t count, struct arena *arena,
                                struct direction **directions, struct error *error)
{
    error_code rc = ERROR_NONE;
    TRY_NEW(arena, *directions, count);
    for (int32_t i = 0; i < count; i++) {
        if (!isfinite(positions[i].lat) || !isfinite(positions[i].lon)) {
            rc = error_set(error, ERROR_NETWORK, _("place %d has no position"), i);
            goto done;
        }
        (*directions)[i] = direction_of(positions[i]);
    }
done:
    return rc;
}

error_code travel_from_positions(const struct travel_profile *profiles, int32_t profile_count,
                                 const struct position *positions, int32_t count, struct arena *arena,
                                 struct travel *travel, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct travel_matrix *matrices;
    struct direction *directions;
    TRY(check_place_count(count, error));
    TRY(directions_of(positions, count, arena, &directions, error));
    TRY_NEW(arena, matrices, profile_count);
    for (int32_t p = 0; p < profile_count; p++) {
        const struct travel_profile *profile = &profiles[p];
        TRY(check_profile(profile, error));
        for (int32_t q = 0; q < p; q++) {
            if (profiles[q].detour != profile->detour) continue;
            matrices[p].distance_m = matrices[q].distance_m;
            if (profiles[q].speed_kmh == profile->speed_kmh) matrices[p].duration_s = matrices[q].duration_s;
        }
        if (matrices[p].distance_m == NULL)
            TRY(fill_matrix(directions, count, profile->detour, arena, &matrices[p].distance_m, error));
        if (matrices[p].duration_s == NULL)
            TRY(fill_matrix(directions, count, profile->detour / (profile->speed_kmh * M_PER_S_PER_KMH),
                            arena, &matrices[p].duration_s, error));
    }
    *travel = (struct travel){count, profile_count, matrices};
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

error_code travel_from_city_matrix(const struct city *city, const int32_t *places, int32_t count,
                                   struct arena *arena, struct travel *travel, struct error *error)
{
    error_code rc = ERROR_NONE;
    const int32_t size = city->depot_count + city->site_count + city->bin_count;
    const int32_t profile_count = city->profile_count > 0 ? city->profile_count : 1;
    struct travel_matrix shared, *matrices;
    TRY(check_place_count(count, error));
    if (city->matrix.distance_m == NULL || city->matrix.duration_s == NULL) {
        rc = error_set(error, ERROR_NETWORK, _("the city has no travel matrix"));
        goto done;
    }
    for (int32_t i = 0; i < count; i++) {
        if (places[i] >= 0 && places[i] < size) continue;
        rc = error_set(error, ERROR_NETWORK, _("place %d is not in the city's travel matrix"), places[i]);
        goto done;
    }
    TRY(submatrix(city->matrix.distance_m, size, places, count, arena, &shared.distance_m, error));
    TRY(submatrix(city->matrix.duration_s, size, places, count, arena, &shared.duration_s, error));
    TRY_NEW(arena, matrices, profile_count);
    for (int32_t p = 0; p < profile_count; p++) matrices[p] = shared;
    *travel = (struct travel){count, profile_count, matrices};
done:
    return rc;
}
