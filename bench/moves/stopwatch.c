#include "bench/moves/stopwatch.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

double stopwatch_now_ns(const struct stopwatch *watch)
{
    struct timespec now;
    clock_gettime(watch->kind == STOPWATCH_WORK ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &now);
    return 1e9 * (double)now.tv_sec + (double)now.tv_nsec;
}

double stopwatch_since_ns(const struct stopwatch *watch, double from_ns)
{
    const double ns = stopwatch_now_ns(watch) - from_ns - watch->cost_ns;
    return ns > 0 ? ns : 0;
}

struct stopwatch stopwatch_make(stopwatch_kind kind)
{
    struct stopwatch watch = {kind, 0};
    struct samples samples = {.count = 0};
    while (samples.count < SAMPLES_MAX) {
        const double from_ns = stopwatch_now_ns(&watch);
        samples_add(&samples, stopwatch_now_ns(&watch) - from_ns, 1);
    }
    watch.cost_ns = samples_median(&samples);
    return watch;
}

void samples_add(struct samples *samples, double ns, int64_t calls)
{
    if (calls > 0 && samples->count < SAMPLES_MAX) samples->ns[samples->count++] = ns / (double)calls;
}

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double samples_median(struct samples *samples)
{
    if (samples->count == 0) return NAN;
    qsort(samples->ns, (size_t)samples->count, sizeof *samples->ns, by_value);
    return samples->ns[samples->count / 2];
}
