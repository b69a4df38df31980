/* Nanoseconds, for what lasts from some hundred of them on, and medians. */
#ifndef BENNE_BENCH_STOPWATCH_H
#define BENNE_BENCH_STOPWATCH_H

#include <stdint.h>

/* Processor time of the thread, which is not disturbed by what else the machine does, but takes half a
 * microsecond to read; or the wall clock, for what is too short for that. */
typedef enum stopwatch_kind { STOPWATCH_WORK, STOPWATCH_WALL } stopwatch_kind;

struct stopwatch {
    stopwatch_kind kind;
    double cost_ns; /* of reading it: taken off */
};

struct stopwatch stopwatch_make(stopwatch_kind kind);

double stopwatch_now_ns(const struct stopwatch *watch);
double stopwatch_since_ns(const struct stopwatch *watch, double from_ns);

enum { SAMPLES_MAX = 1001 };

struct samples {
    double ns[SAMPLES_MAX];
    int32_t count;
};

/* The mean of so many calls; nothing when there were none, or when the samples are full. */
void samples_add(struct samples *samples, double ns, int64_t calls);

/* Sorts them; NaN without any. */
double samples_median(struct samples *samples);

#endif
