#include "bench/roads/watch.h"

#include <sys/resource.h>
#include <time.h>

static double seconds(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

struct watch watch_start(void)
{
    return (struct watch){seconds(CLOCK_PROCESS_CPUTIME_ID), seconds(CLOCK_MONOTONIC)};
}

struct watch watch_since(struct watch from)
{
    const struct watch now = watch_start();
    return (struct watch){now.cpu_s - from.cpu_s, now.wall_s - from.wall_s};
}

double watch_peak_mib(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024;
}
