/* From what the solver and the checker printed to a record: is the run what it says? */
#ifndef BENNE_BENCH_ROUTING_VERIFY_H
#define BENNE_BENCH_ROUTING_VERIFY_H

#include "bench/routing/protocol.h"
#include "bench/routing/runner.h"

/* The files of one place where a task runs. */
struct place {
    char solve[FILE_PATH_SIZE], errors[FILE_PATH_SIZE], routes[FILE_PATH_SIZE], check[FILE_PATH_SIZE];
};

/* After the solver has ended: cost, vehicles and iterations; a fault when there is no good plan to check. */
void verify_solve(const struct place *place, const struct task *task, const struct process_end *end,
                  struct record *record);

/* After the checker has ended: verified, with its gap, or a fault. */
void verify_check(const struct place *place, const struct task *task, const struct process_end *end,
                  struct record *record);

#endif
