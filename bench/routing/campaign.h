/* The tasks of a protocol, run so many side by side, each verified and recorded as it ends.
 *
 * A task is `benne solve FILE --time-limit S --seed K --threads T --quiet -o ROUTES`, then, outside its time,
 * `benne check FILE ROUTES --json`: the run is verified when both accept the plan and agree on its cost, the
 * reader warns of nothing that it left out of the problem, and the cost is not implausibly low. SIGINT,
 * SIGTERM and SIGHUP stop the processes; what was under way is not recorded.
 */
#ifndef BENNE_BENCH_ROUTING_CAMPAIGN_H
#define BENNE_BENCH_ROUTING_CAMPAIGN_H

#include "bench/routing/protocol.h"

struct campaign {
    const char *program;    /* the binary of benne */
    const char *records;    /* the file that records are appended to */
    int32_t jobs;           /* side by side */
    bool resume;            /* leave out what this build has verified there */
    FILE *progress;         /* a line for each run; NULL: none */
    char build[BUILD_SIZE]; /* set by the run */
};

struct campaign_outcome {
    int64_t done, failed, left_out;
    bool interrupted;
};

error_code campaign_run(struct campaign *campaign, const struct tasks *tasks,
                        struct campaign_outcome *outcome, struct error *error) ERROR_CHECKED;

#endif
