/* One program run as a process of its own, and what it took: wall clock, CPU, peak memory.
 *
 * The process gets a group of its own, so that an interrupt from the keyboard reaches the caller alone, who
 * then decides what a stopped run is worth. Its locale is C. The peak is the kernel's ru_maxrss, which never
 * falls below what the caller held when it forked, some megabytes.
 */
#ifndef BENNE_BENCH_ROUTING_RUNNER_H
#define BENNE_BENCH_ROUTING_RUNNER_H

#include "solver/base/error.h"

#include <stdbool.h>
#include <sys/types.h>
#include <time.h>

struct process {
    pid_t pid; /* 0: none */
    struct timespec begun;
};

struct process_end {
    int status; /* of exit; -1 when a signal ended it */
    double seconds, cpu_seconds, peak_mb;
};

/* Starts words[0], looked for in PATH, with its output in these files (NULL: nowhere). */
error_code process_start(const char *const *words, const char *output, const char *error_output,
                         struct process *process, struct error *error) ERROR_CHECKED;

/* True once it has ended; the process is then forgotten. */
bool process_poll(struct process *process, struct process_end *end);

double process_seconds(const struct process *process); /* since it began */

/* Ends it, politely, after two seconds by force, and waits. */
void process_stop(struct process *process);

/* The output of a short program, its first line; "" when it fails. */
void process_line(const char *const *words, char *line, int size);

#endif
