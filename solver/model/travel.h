/* Travel between places: metres and seconds for each ordered pair, by profile.
 *
 * Places are numbered from 0. A profile either has its matrices (row-major, from × to, int32,
 * TRAVEL_UNREACHABLE where there is no way; two profiles may share one, and metres and seconds too), 8 ×
 * places² bytes; or NULL in their stead, and its legs are computed from the points at each call: the length
 * between two points times a factor, rounded to a whole number. Both are O(1); the second needs 24 bytes a
 * place, for instances of tens of thousands. Where points are given beside matrices they agree with them.
 *
 * Lengths are of straight lines in a plane (curvature 0, z 0), or of arcs on a sphere around the origin
 * (curvature 1 / radius²): an arc is its chord times 1 + q/24 + 3q²/640 + 5q³/7168 + …, q = chord² ×
 * curvature, the series of the arcsine. Cut there and for q up to ARC_SERIES_MAX it is short of the arc by
 * less than 1e-15 of it; longer arcs go through atan2. In a plane the factor is exactly 1. The matrices of
 * travel_tabulate hold what is computed here, bit for bit; no fused or extended operation may change that.
 *
 * Filled by solver/network or by a benchmark's reader, then never changed.
 */
#ifndef BENNE_MODEL_TRAVEL_H
#define BENNE_MODEL_TRAVEL_H

#include "solver/model/units.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#if defined __FAST_MATH__ || FLT_EVAL_METHOD != 0
#error "legs must be the same numbers in every build"
#endif

#define TRAVEL_UNREACHABLE INT32_C(1000000000)

struct travel_matrix {
    const int32_t *distance_m, *duration_s;
};

/* A length as a whole number: length × factor + shift, cut or rounded up; a length of 0 stays 0. */
struct travel_rate {
    double factor, shift;
    bool up;
};

struct travel_rates {
    struct travel_rate distance_m, duration_s;
};

struct travel_point {
    double x, y, z;
};

struct travel {
    int32_t place_count, profile_count;
    const struct travel_matrix *profiles; /* by profile; both NULL: computed */
    const struct travel_rates *rates;     /* by profile; NULL: none is computed */
    const struct travel_point *points; /* by place; NULL: none is computed, places have no known position */
    double curvature;
};

struct travel_leg {
    int64_t distance_m, duration_s;
};

enum travel_rounding {
    TRAVEL_NEAREST, /* halves up */
    TRAVEL_DOWN,
    TRAVEL_UP,
    TRAVEL_UP_GUARDED /* after adding TRAVEL_GUARD: keeps the triangle inequality, see travel_build.h */
};

/* More than the floating-point error of a distance or a duration (some 1e-8 of a metre or a second), and
 * too little to matter. */
#define TRAVEL_GUARD 1e-4

#define ARC_SERIES_MAX 1.6e-3 /* arcs up to 254 km on the Earth */

struct travel_rate travel_rate(double factor, enum travel_rounding rounding);

/* Arcs too long for the series, half the sphere included. */
double travel_long_arc(const struct travel *travel, int32_t from, int32_t to);

/* Same factor, shift and rounding. */
bool travel_same_rate(struct travel_rate a, struct travel_rate b);

/* Are seconds the metres, leg by leg, for all that can be told without looking at them? */
bool travel_one_measure(const struct travel *travel, int32_t profile);

/* No length between two points is more: from their bounding box, O(places). */
double travel_longest_length(const struct travel *travel);

/* The same for metres and seconds of a profile whose legs are computed: TRAVEL_UNREACHABLE or more, or no
 * number, means that they do not fit. */
double travel_longest(const struct travel *travel, struct travel_rate rate);

static inline double travel_length(const struct travel *travel, int32_t from, int32_t to)
{
    const struct travel_point a = travel->points[from], b = travel->points[to];
    const double x = a.x - b.x, y = a.y - b.y, z = a.z - b.z;
    const double square = x * x + y * y + z * z, q = square * travel->curvature;
    if (__builtin_expect(q > ARC_SERIES_MAX, 0)) return travel_long_arc(travel, from, to);
    return sqrt(square) * (1 + q * (1.0 / 24 + q * (3.0 / 640 + q * (5.0 / 7168))));
}

static inline int32_t travel_round(double length, struct travel_rate rate)
{
    const double exact = length * rate.factor + rate.shift;
    const int32_t whole = (int32_t)exact;
    return whole + (rate.up & (length > 0) & (whole < exact));
}

static inline size_t travel_cell(const struct travel *travel, int32_t from, int32_t to)
{
    return (size_t)from * (size_t)travel->place_count + (size_t)to;
}

static inline int64_t travel_distance_m(const struct travel *travel, int32_t profile, int32_t from,
                                        int32_t to)
{
    const int32_t *cells = travel->profiles[profile].distance_m;
    if (cells != NULL) return cells[travel_cell(travel, from, to)];
    return travel_round(travel_length(travel, from, to), travel->rates[profile].distance_m);
}

static inline int64_t travel_duration_s(const struct travel *travel, int32_t profile, int32_t from,
                                        int32_t to)
{
    const int32_t *cells = travel->profiles[profile].duration_s;
    if (cells != NULL) return cells[travel_cell(travel, from, to)];
    return travel_round(travel_length(travel, from, to), travel->rates[profile].duration_s);
}

/* Both at the price of one where they are computed. */
static inline struct travel_leg travel_leg(const struct travel *travel, int32_t profile, int32_t from,
                                           int32_t to)
{
    const struct travel_matrix *matrix = &travel->profiles[profile];
    if (matrix->distance_m != NULL) {
        const size_t cell = travel_cell(travel, from, to);
        return (struct travel_leg){matrix->distance_m[cell], matrix->duration_s[cell]};
    }
    const double length = travel_length(travel, from, to);
    const struct travel_rates *rates = &travel->rates[profile];
    return (struct travel_leg){travel_round(length, rates->distance_m),
                               travel_round(length, rates->duration_s)};
}

#endif
