#include "solver/routing/limits.h"

#include <time.h>

static double clock_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

struct limits limits_from_now(const struct routing_options *options)
{
    return (struct limits){options, clock_s()};
}

double limits_elapsed_s(const struct limits *limits)
{
    return clock_s() - limits->start_s;
}

double limits_by_time(const struct limits *limits)
{
    const double limit_s = limits->options->time_limit_s;
    return limit_s > 0 ? limits_elapsed_s(limits) / limit_s : 0;
}
