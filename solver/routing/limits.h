/* How long the search may go on. */
#ifndef BENNE_ROUTING_LIMITS_H
#define BENNE_ROUTING_LIMITS_H

#include "solver/routing/routing.h"

struct limits {
    const struct routing_options *options;
    double start_s;
};

struct limits limits_from_now(const struct routing_options *options);

double limits_elapsed_s(const struct limits *limits);

/* How much of the time is over, 0 to 1; 0 without a limit. Looks at the clock. */
double limits_by_time(const struct limits *limits);

/* The same of the rounds. */
static inline double limits_by_rounds(const struct limits *limits, int64_t rounds)
{
    return limits->options->iterations > 0 ? (double)rounds / (double)limits->options->iterations : 0;
}

static inline bool limits_cancelled(const struct limits *limits)
{
    return limits->options->cancel != NULL && *limits->options->cancel != 0;
}

#endif
