/* Errors as values.
 *
 * A function that can fail returns an error_code and takes, as its last argument, a `struct error *`
 * that it fills where the fault is known: the file, line and column when an input is at fault, and a
 * sentence for the reader in his language. Bad input is an error; a programmer's mistake is an assert.
 *
 *     error_code rc = ERROR_NONE;
 *     TRY(city_read(path, &arena, &city, diagnostics, error));
 *     ...
 * done:
 *     release();
 *     return rc;
 *
 * Complexity: all calls are O(length of the message). Ownership: an error holds its own text; nothing
 * to free. `error` may be NULL: the code alone is then returned.
 */
#ifndef BENNE_BASE_ERROR_H
#define BENNE_BASE_ERROR_H

#include <stdint.h>

typedef enum error_code {
    ERROR_NONE = 0,
    ERROR_INTERNAL,   /* a defect of Benne, or the system refused something ordinary */
    ERROR_MEMORY,     /* an allocation failed */
    ERROR_USAGE,      /* the command line is wrong */
    ERROR_INPUT,      /* a file's content is wrong; the diagnostics or the message say where */
    ERROR_FILE,       /* a file cannot be opened, read, written or renamed */
    ERROR_NETWORK,    /* the road network or the matrix cannot serve the places */
    ERROR_UNSERVED,   /* done, but mandatory stops are unserved */
    ERROR_INFEASIBLE, /* no feasible plan in the time given */
    ERROR_LOCKED      /* another run holds the lock of this output folder */
} error_code;

enum { ERROR_MESSAGE_MAX = 768, ERROR_FILE_MAX = 256 };

struct error {
    error_code code;
    int32_t column;            /* from 1; 0 unknown */
    int64_t line;              /* from 1; 0 unknown */
    char file[ERROR_FILE_MAX]; /* "" when no file is at fault */
    char message[ERROR_MESSAGE_MAX];
};

#define ERROR_CHECKED __attribute__((warn_unused_result))
#define ERROR_PRINTF(text, first) __attribute__((format(printf, text, first)))

/* Forward a failure to the `done` label of a function that has a local `error_code rc`. */
#define TRY(call)                        \
    do {                                 \
        rc = (call);                     \
        if (rc != ERROR_NONE) goto done; \
    } while (0)

/* Fill `error` and return `code`, so that a function can `return error_set(...)`. */
error_code error_set(struct error *error, error_code code, const char *format, ...) ERROR_PRINTF(3, 4);

/* The same for a fault at a known place of a file; line and column count from 1, 0 where unknown. */
error_code error_at(struct error *error, error_code code, const char *file, int64_t line, int32_t column,
                    const char *format, ...) ERROR_PRINTF(6, 7);

/* "memory exhausted": the one message of every failed allocation. */
error_code error_memory(struct error *error);

/* The process's exit status for a code: the small documented set (0, 1, 2, 3, 4, 5, 75). */
int error_exit_status(error_code code);

#endif
