/* Memory by lifetime: an arena hands out zeroed blocks that all die together.
 *
 * One arena holds the city, one a solve, one is scratch; nothing is freed alone. Blocks come from chunks
 * that grow with use, so that a million small strings cost little. Under AddressSanitizer each block is
 * its own malloc, so that overruns between neighbours are seen.
 *
 * arena_alloc returns NULL when memory is exhausted (or when the test hook says so): callers use TRY_NEW.
 * Complexity: O(size) for the zeroing. Not thread safe: one arena belongs to one thread.
 */
#ifndef BENNE_BASE_ARENA_H
#define BENNE_BASE_ARENA_H

#include "solver/base/error.h"

#include <stddef.h>
#include <stdint.h>

struct arena {
    struct arena_chunk *chunks; /* newest first */
    char *next;                 /* free part of the newest chunk */
    char *end;
    size_t used; /* bytes handed out */
};

void arena_init(struct arena *arena);

/* Frees every block; the arena may be used again. */
void arena_free(struct arena *arena);

/* `count` zeroed items of `size` bytes, aligned for any type; NULL when exhausted or on overflow. */
void *arena_alloc(struct arena *arena, size_t count, size_t size);

/* A copy of `length` bytes of `text`, with a final NUL added. */
char *arena_text(struct arena *arena, const char *text, size_t length);

/* For tests: fail the n-th allocation from now (1 = the next); 0 switches it off. Counts the allocations
 * of all arenas, and the growth of arrays and id tables. */
void arena_fail_after(int64_t allocations);

/* ptr = count zeroed items, or leave with ERROR_MEMORY. Needs `error_code rc`, `error` and `done`. */
#define TRY_NEW(arena, ptr, count)                                      \
    do {                                                                \
        (ptr) = arena_alloc((arena), (size_t)(count), sizeof *(ptr));   \
        if ((ptr) == NULL) {                                            \
            rc = ERROR_MEMORY; /* said here, for readers of one file */ \
            error_memory(error);                                        \
            goto done;                                                  \
        }                                                               \
    } while (0)

#endif
