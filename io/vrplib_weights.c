#include "io/vrplib_weights.h"

#include <math.h>
#include <stddef.h>

static double euclidean(double x1, double y1, double x2, double y2)
{
    return sqrt((x1 - x2) * (x1 - x2) + (y1 - y2) * (y1 - y2));
}

static double euc_2d(double x1, double y1, double x2, double y2)
{
    return floor(euclidean(x1, y1, x2, y2) + 0.5);
}

static double ceil_2d(double x1, double y1, double x2, double y2)
{
    return ceil(euclidean(x1, y1, x2, y2));
}

static double man_2d(double x1, double y1, double x2, double y2)
{
    return floor(fabs(x1 - x2) + fabs(y1 - y2) + 0.5);
}

static double max_2d(double x1, double y1, double x2, double y2)
{
    return fmax(floor(fabs(x1 - x2) + 0.5), floor(fabs(y1 - y2) + 0.5));
}

/* The pseudo-Euclidean distance of att48 and att532: rounded up. */
static double att(double x1, double y1, double x2, double y2)
{
    return ceil(euclidean(x1, y1, x2, y2) / sqrt(10.0));
}

/* DDD.MM: degrees and minutes, with the constants of TSPLIB (its pi and its earth). */
static double geo_radians(double value)
{
    const double degrees = trunc(value);
    return 3.141592 * (degrees + 5.0 * (value - degrees) / 3.0) / 180.0;
}

static double geo(double x1, double y1, double x2, double y2)
{
    const double q1 = cos(geo_radians(y1) - geo_radians(y2));
    const double q2 = cos(geo_radians(x1) - geo_radians(x2));
    const double q3 = cos(geo_radians(x1) + geo_radians(x2));
    const double cosine = 0.5 * ((1.0 + q1) * q2 - (1.0 - q1) * q3);
    return floor(6378.388 * acos(fmin(1.0, fmax(-1.0, cosine))) + 1.0);
}

static const struct vrplib_metric METRICS[] = {
    {"EUC_2D", euc_2d, euclidean}, {"CEIL_2D", ceil_2d, NULL}, {"MAN_2D", man_2d, NULL},
    {"MAX_2D", max_2d, NULL},      {"ATT", att, NULL},         {"GEO", geo, NULL}};

const struct vrplib_metric *vrplib_metric(const struct field *name)
{
    for (size_t m = 0; m < sizeof METRICS / sizeof *METRICS; m++)
        if (field_is(name, METRICS[m].name)) return &METRICS[m];
    return NULL;
}

/* The columns of one half are the rows of the other. */
static const struct vrplib_layout LAYOUTS[] = {
    {"FULL_MATRIX", LAYOUT_FULL, true},     {"LOWER_ROW", LAYOUT_LOWER, false},
    {"LOWER_DIAG_ROW", LAYOUT_LOWER, true}, {"UPPER_ROW", LAYOUT_UPPER, false},
    {"UPPER_DIAG_ROW", LAYOUT_UPPER, true}, {"LOWER_COL", LAYOUT_UPPER, false},
    {"LOWER_DIAG_COL", LAYOUT_UPPER, true}, {"UPPER_COL", LAYOUT_LOWER, false},
    {"UPPER_DIAG_COL", LAYOUT_LOWER, true}};

const struct vrplib_layout *vrplib_layout(const struct field *name)
{
    for (size_t l = 0; l < sizeof LAYOUTS / sizeof *LAYOUTS; l++)
        if (field_is(name, LAYOUTS[l].name)) return &LAYOUTS[l];
    return NULL;
}

int64_t vrplib_layout_count(const struct vrplib_layout *layout, int32_t n)
{
    const int64_t wide = n;
    if (layout->half == LAYOUT_FULL) return wide * wide;
    return wide * (wide - 1) / 2 + (layout->diagonal ? wide : 0);
}

void vrplib_layout_fill(const struct vrplib_layout *layout, int32_t n, const int32_t *numbers, int32_t *cells)
{
    const size_t width = (size_t)n;
    const size_t skip = layout->diagonal ? 0 : 1;
    for (size_t i = 0; i < width; i++) {
        const size_t first = layout->half == LAYOUT_UPPER ? i + skip : 0;
        const size_t end = layout->half == LAYOUT_LOWER ? i + 1 - skip : width;
        for (size_t j = first; j < end; j++, numbers++) {
            const int32_t distance = i == j ? 0 : *numbers;
            cells[i * width + j] = distance;
            if (layout->half != LAYOUT_FULL) cells[j * width + i] = distance;
        }
    }
}
