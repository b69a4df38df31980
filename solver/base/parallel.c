#include "solver/base/parallel.h"

#include <sched.h>
#include <stddef.h>

/* Looks at a counter before going to sleep; every so many the processor is offered to others. */
enum { LOOKS = 4000, LOOKS_AT_A_STRETCH = 100 };

static void work(struct crew *crew)
{
    for (int32_t k; (k = atomic_fetch_add(&crew->next, 1)) < crew->count;) crew->task(crew->context, k);
}

static void await_turn(struct crew *crew, unsigned seen)
{
    for (int look = 1; look <= LOOKS; look++) {
        if (atomic_load(&crew->turn) != seen) return;
        if (look % LOOKS_AT_A_STRETCH == 0) sched_yield();
    }
    pthread_mutex_lock(&crew->lock);
    while (atomic_load(&crew->turn) == seen) pthread_cond_wait(&crew->begun, &crew->lock);
    pthread_mutex_unlock(&crew->lock);
}

static void await_end(struct crew *crew)
{
    for (int look = 1; look <= LOOKS; look++) {
        if (atomic_load(&crew->working) == 0) return;
        if (look % LOOKS_AT_A_STRETCH == 0) sched_yield();
    }
    pthread_mutex_lock(&crew->lock);
    while (atomic_load(&crew->working) > 0) pthread_cond_wait(&crew->ended, &crew->lock);
    pthread_mutex_unlock(&crew->lock);
}

static void *help(void *argument)
{
    struct crew *crew = argument;
    for (unsigned seen = 0;; seen++) {
        await_turn(crew, seen);
        if (crew->over) return NULL;
        work(crew);
        if (atomic_fetch_sub(&crew->working, 1) > 1) continue;
        pthread_mutex_lock(&crew->lock);
        pthread_cond_signal(&crew->ended);
        pthread_mutex_unlock(&crew->lock);
    }
}

/* Sends the helpers off. */
static void begin_turn(struct crew *crew)
{
    atomic_store(&crew->working, crew->helper_count);
    pthread_mutex_lock(&crew->lock);
    atomic_fetch_add(&crew->turn, 1);
    pthread_cond_broadcast(&crew->begun);
    pthread_mutex_unlock(&crew->lock);
}

void crew_start(struct crew *crew, int32_t threads)
{
    *crew = (struct crew){.over = false};
    pthread_mutex_init(&crew->lock, NULL);
    pthread_cond_init(&crew->begun, NULL);
    pthread_cond_init(&crew->ended, NULL);
    while (crew->helper_count < threads - 1 && crew->helper_count < CREW_MAX &&
           pthread_create(&crew->helpers[crew->helper_count], NULL, help, crew) == 0)
        crew->helper_count++;
}

void crew_stop(struct crew *crew)
{
    crew->over = true;
    begin_turn(crew);
    for (int32_t k = 0; k < crew->helper_count; k++) pthread_join(crew->helpers[k], NULL);
    pthread_cond_destroy(&crew->ended);
    pthread_cond_destroy(&crew->begun);
    pthread_mutex_destroy(&crew->lock);
}

void crew_run(struct crew *crew, int32_t count, void (*task)(void *context, int32_t k), void *context)
{
    crew->count = count;
    crew->task = task;
    crew->context = context;
    atomic_store(&crew->next, 0);
    if (crew->helper_count > 0) begin_turn(crew);
    work(crew);
    if (crew->helper_count > 0) await_end(crew);
}
