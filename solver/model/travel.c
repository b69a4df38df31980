#include "solver/model/travel.h"

struct travel_rate travel_rate(double factor, enum travel_rounding rounding)
{
    switch (rounding) {
    case TRAVEL_NEAREST:
        return (struct travel_rate){factor, 0.5, false};
    case TRAVEL_DOWN:
        return (struct travel_rate){factor, 0, false};
    case TRAVEL_UP:
        return (struct travel_rate){factor, 0, true};
    case TRAVEL_UP_GUARDED:
        break;
    }
    return (struct travel_rate){factor, TRAVEL_GUARD, true};
}

bool travel_same_rate(struct travel_rate a, struct travel_rate b)
{
    return a.factor == b.factor && a.shift == b.shift && a.up == b.up;
}

bool travel_one_measure(const struct travel *travel, int32_t profile)
{
    const struct travel_matrix *matrix = &travel->profiles[profile];
    if (matrix->distance_m != NULL) return matrix->distance_m == matrix->duration_s;
    return travel_same_rate(travel->rates[profile].distance_m, travel->rates[profile].duration_s);
}

static double norm(double x, double y, double z)
{
    return sqrt(x * x + y * y + z * z);
}

/* The angle between two vectors, accurate for near and for opposite ones alike (W. Kahan, "How futile are
 * mindless assessments of roundoff", 2006). */
double travel_long_arc(const struct travel *travel, int32_t from, int32_t to)
{
    const struct travel_point a = travel->points[from], b = travel->points[to];
    const double apart = norm(a.x - b.x, a.y - b.y, a.z - b.z);
    const double along = norm(a.x + b.x, a.y + b.y, a.z + b.z);
    return 2 * atan2(apart, along) / sqrt(travel->curvature);
}

double travel_longest_length(const struct travel *travel)
{
    if (travel->place_count == 0) return 0;
    struct travel_point low = travel->points[0], high = low;
    for (int32_t p = 0; p < travel->place_count; p++) {
        const struct travel_point *point = &travel->points[p];
        if (!isfinite(point->x) || !isfinite(point->y) || !isfinite(point->z)) return NAN;
        low = (struct travel_point){fmin(low.x, point->x), fmin(low.y, point->y), fmin(low.z, point->z)};
        high = (struct travel_point){fmax(high.x, point->x), fmax(high.y, point->y), fmax(high.z, point->z)};
    }
    const double chord = norm(high.x - low.x, high.y - low.y, high.z - low.z);
    if (travel->curvature == 0) return chord;
    const double sine = chord * sqrt(travel->curvature) / 2;
    /* The arcsine of a chord that the box makes too long is no shorter than the series of the true one;
     * the last digits are made up for. */
    return 2 * asin(fmin(sine, 1)) / sqrt(travel->curvature) * (1 + 1e-9);
}

double travel_longest(const struct travel *travel, struct travel_rate rate)
{
    if (!(rate.factor >= 0) || !(rate.shift >= 0) || !(travel->curvature >= 0)) return NAN;
    return travel_longest_length(travel) * rate.factor + rate.shift + rate.up;
}
