/* One use of the protocol: run what is asked for, then say what the records tell. */
#ifndef BENNE_BENCH_ROUTING_SESSION_H
#define BENNE_BENCH_ROUTING_SESSION_H

#include "bench/routing/campaign.h"

struct session {
    struct protocol protocol;
    struct campaign campaign;
    const char *against; /* a file of records to compare with; NULL: none */
    bool table_only;     /* run nothing: the last build in the records */
};

/* Runs, then prints the tables on `out`. */
error_code session_run(struct session *session, FILE *out, struct campaign_outcome *outcome,
                       struct error *error) ERROR_CHECKED;

#endif
