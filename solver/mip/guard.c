#include "solver/mip/guard.h"

#include "solver/base/message.h"

#include <glpk.h>
#include <stdio.h>
#include <string.h>

static int on_text(void *context, const char *text)
{
    struct mip_guard *guard = context;
    const int length = (int)strcspn(text, "\n");
    if (strncmp(text, "Error detected in file", 22) != 0) /* the line before says what happened */
        snprintf(guard->words, sizeof guard->words, "%.*s", length, text);
    if (guard->text != NULL) guard->text(text, guard->text_context);
    return 1; /* nothing on the terminal */
}

static void on_abort(void *context)
{
    struct mip_guard *guard = context;
    longjmp(guard->escape, 1);
}

void mip_guard_fail(struct mip_guard *guard, const char *what)
{
    guard->failed = true;
    if (guard->fault[0] == '\0') snprintf(guard->fault, sizeof guard->fault, "%s", what);
}

bool mip_guard_starved(const struct mip_guard *guard)
{
    return strstr(guard->fault, "memory") != NULL; /* "glp_alloc: no memory available" and the like */
}

error_code mip_guard_error(const struct mip_guard *guard, struct error *error)
{
    return mip_guard_starved(guard)
               ? error_memory(error)
               : error_set(error, ERROR_INTERNAL, _("the linear solver failed: %s"), guard->fault);
}

bool mip_guard_open(struct mip_guard *guard, int32_t memory_limit_mb)
{
    const int opened = glp_init_env();
    if (opened != 0) { /* 2: no memory; 1: there already, a callback has come back in */
        mip_guard_fail(guard, opened == 2 ? "no memory" : "GLPK cannot start here");
        return false;
    }
    glp_error_hook(on_abort, guard);
    glp_term_hook(on_text, guard);
    if (memory_limit_mb > 0) glp_mem_limit(memory_limit_mb);
    guard->open = true;
    return true;
}

bool mip_guard_run(struct mip_guard *guard, void (*work)(void *context), void *context)
{
    if (guard->failed) return false;
    if (setjmp(guard->escape) == 0)
        work(context);
    else
        mip_guard_fail(guard, guard->words);
    return !guard->failed;
}

void mip_guard_close(struct mip_guard *guard)
{
    if (guard->open) glp_free_env();
    guard->open = false;
}
