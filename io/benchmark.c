#include "io/benchmark.h"

#include "io/solomon.h"
#include "io/text.h"
#include "io/vroom.h"
#include "io/vrplib.h"
#include "io/wcvrptw.h"
#include "solver/base/message.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FORMATS_TEXT_SIZE = 128 };

/* In the order in which they are tried. */
static const struct benchmark_family *const FAMILIES[] = {&VRPLIB_FAMILY, &SOLOMON_FAMILY, &WCVRPTW_FAMILY,
                                                          &VROOM_FAMILY, NULL};

void benchmark_formats(char *text, size_t size)
{
    size_t used = (size_t)snprintf(text, size, "auto");
    for (const struct benchmark_family *const *family = FAMILIES; *family != NULL && used < size; family++)
        used += (size_t)snprintf(text + used, size - used, "|%s", (*family)->name);
}

/* The family that a format names, or that recognises the text; NULL when there is none. */
static const struct benchmark_family *find_family(const char *format, const char *text, size_t length)
{
    const bool is_auto = strcmp(format, "auto") == 0;
    for (const struct benchmark_family *const *family = FAMILIES; *family != NULL; family++)
        if (is_auto ? (*family)->recognises(text, length) : strcmp(format, (*family)->name) == 0)
            return *family;
    return NULL;
}

static error_code judge_format(const char *format, struct error *error)
{
    char formats[FORMATS_TEXT_SIZE];
    if (strcmp(format, "auto") == 0 || find_family(format, "", 0) != NULL) return ERROR_NONE;
    benchmark_formats(formats, sizeof formats);
    return error_set(error, ERROR_USAGE, _("unknown format '%s': one of %s was expected"), format, formats);
}

/* "data/X-n101-k25.vrp" is the instance X-n101-k25. */
static const char *instance_name(const char *path, struct arena *arena)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    return arena_text(arena, name, dot != NULL && dot > name ? (size_t)(dot - name) : strlen(name));
}

error_code benchmark_read(const char *path, const char *format, struct arena *arena,
                          struct benchmark *benchmark, struct diagnostics *diagnostics, struct error *error)
{
    error_code rc = ERROR_NONE;
    char *text = NULL, formats[FORMATS_TEXT_SIZE];
    size_t length;
    struct text_facts facts;
    *benchmark = (struct benchmark){0};
    TRY(judge_format(format, error));
    benchmark->family = find_family(format, "", 0); /* when it is named: known also of a file not read */
    TRY(text_load(path, path, diagnostics, &text, &length, &facts, error));
    benchmark->family = find_family(format, text, length);
    if (benchmark->family == NULL) {
        benchmark_formats(formats, sizeof formats);
        rc = error_at(error, ERROR_INPUT, path, 0, 0,
                      _("the format is not recognised; --format %s can say which it is"), formats);
        goto done;
    }
    TRY(benchmark->family->read(path, text, length, arena, benchmark, diagnostics, error));
    benchmark->name = instance_name(path, arena);
    if (benchmark->name == NULL) rc = error_memory(error);
done:
    free(text);
    return rc;
}

money benchmark_money_rate(int64_t longest_leg, int64_t legs)
{
    const int64_t bound = INT64_MAX / 64; /* under what instance_validate accepts for a part of the cost */
    money rate = MONEY_UNIT;
    while (rate > 1 && longest_leg > 0 && legs > bound / rate / longest_leg) rate /= 10;
    return rate;
}

double benchmark_money_cost(const struct benchmark *benchmark, const struct plan *plan,
                            const struct check_report *report)
{
    (void)plan;
    return (double)cost_total(&report->cost) / (double)benchmark->cost_unit;
}

double benchmark_cost(const struct benchmark *benchmark, const struct plan *plan,
                      const struct check_report *report)
{
    const double scale = pow(10, benchmark->family->cost_decimals);
    return round(benchmark->family->cost(benchmark, plan, report) * scale) / scale;
}

double benchmark_distance(const struct benchmark *benchmark, const struct plan *plan,
                          const struct check_report *report)
{
    int64_t distance = 0;
    for (int32_t r = 0; r < plan->route_count; r++) distance += report->routes[r].distance_m;
    return (double)distance / (double)benchmark->distance_unit;
}

double benchmark_duration(const struct benchmark *benchmark, const struct plan *plan,
                          const struct check_report *report)
{
    int64_t duration = 0;
    for (int32_t r = 0; r < plan->route_count; r++)
        duration += report->routes[r].return_s - report->routes[r].departure_s;
    return (double)duration / (double)(benchmark->time_unit > 0 ? benchmark->time_unit : 1);
}
