/* Processor time of the whole process and time by the wall, of what a benchmark does in seconds. */
#ifndef BENNE_BENCH_WATCH_H
#define BENNE_BENCH_WATCH_H

struct watch {
    double cpu_s, wall_s;
};

struct watch watch_start(void);

/* Since then. */
struct watch watch_since(struct watch from);

/* The memory of the process at its most. */
double watch_peak_mib(void);

#endif
