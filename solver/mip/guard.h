/* GLPK's environment around a computation. GLPK prints, keeps one environment a thread and aborts the process
 * on internal errors and when memory is exhausted; inside a guard its words go to a callback or nowhere, and
 * an abort ends the computation with `failed` and the words as the fault.
 *
 *     if (mip_guard_open(&guard, memory_limit_mb)) mip_guard_run(&guard, work, context);
 *     mip_guard_close(&guard);
 *
 * A guard may run many computations before it is closed: GLPK's objects live as long. After a failure they
 * are all dead: they are freed with the environment, none is deleted, and nothing more is run. One guard a
 * thread at a time: opening a second one fails. The guard must not lie on the stack of a frame that the
 * computation changes: what changes between setjmp and longjmp must keep its value.
 */
#ifndef BENNE_MIP_GUARD_H
#define BENNE_MIP_GUARD_H

#include "solver/base/error.h"

#include <setjmp.h>
#include <stdbool.h>

enum { MIP_WORDS_MAX = 256 };

struct mip_guard {
    bool open, failed;
    void (*text)(const char *line, void *context); /* GLPK's own text; NULL: silent */
    void *text_context;
    char words[MIP_WORDS_MAX]; /* the last line that GLPK said */
    char fault[MIP_WORDS_MAX];
    jmp_buf escape;
};

/* memory_limit_mb 0: none. False: `failed` is set. */
bool mip_guard_open(struct mip_guard *guard, int32_t memory_limit_mb);

/* False when the computation was aborted, or the guard had failed before. */
bool mip_guard_run(struct mip_guard *guard, void (*work)(void *context), void *context);

void mip_guard_close(struct mip_guard *guard);

/* Says that the computation failed; what was said first is kept. */
void mip_guard_fail(struct mip_guard *guard, const char *what);

/* Did it fail for want of memory? */
bool mip_guard_starved(const struct mip_guard *guard);

/* The fault as an error: ERROR_MEMORY or ERROR_INTERNAL. */
error_code mip_guard_error(const struct mip_guard *guard, struct error *error) ERROR_CHECKED;

#endif
