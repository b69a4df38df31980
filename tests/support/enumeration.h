/* All plans of a tiny instance: each vehicle's route grown step by step, a stop, a site or the break, its
 * departures tried second by second, and judged by the checker; then the best of all combinations. */
#ifndef BENNE_TESTS_ENUMERATION_H
#define BENNE_TESTS_ENUMERATION_H

#include "solver/model/instance.h"

enum { ENUMERATED_STOPS_MAX = 3, ENUMERATED_STEPS_MAX = 8 };

struct optimum {
    int32_t unserved; /* mandatory stops, fewest first */
    money cost;
};

/* At most ENUMERATED_STOPS_MAX stops. Limits of sites over several vehicles are not looked at. */
struct optimum enumerate_plans(const struct instance *instance);

#endif
