/* A crew of threads for tasks that are done at once, again and again: the only door to pthreads.
 *
 * Tasks must not share what they change; what they make then depends on their numbers alone, not on how many
 * threads there are or which of them is first. Between two runs the threads wait awake for a moment before
 * they go to sleep, so that runs of a fraction of a millisecond pay.
 */
#ifndef BENNE_BASE_PARALLEL_H
#define BENNE_BASE_PARALLEL_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum { CREW_MAX = 64 };

struct crew {
    pthread_t helpers[CREW_MAX];
    int32_t helper_count;
    pthread_mutex_t lock; /* of going to sleep */
    pthread_cond_t begun, ended;
    atomic_uint turn;         /* runs begun */
    atomic_int next, working; /* task to take; helpers that have not ended their turn */
    bool over;
    int32_t count;
    void (*task)(void *context, int32_t k);
    void *context;
};

/* At most `threads` at work, the caller's among them; one that the system refuses is done without. A crew of
 * one costs nothing. Not to be moved in memory; crew_stop is due. */
void crew_start(struct crew *crew, int32_t threads);
void crew_stop(struct crew *crew);

/* Calls task(context, k) for each k in [0, count); returns when all are done. */
void crew_run(struct crew *crew, int32_t count, void (*task)(void *context, int32_t k), void *context);

#endif
