/* What is wrong in the data, all of it: a list that readers add to and the command line prints.
 *
 * One diagnostic names file, line and column (from 1; 0 unknown), shows the line, and says what was found
 * and what was expected. Errors forbid the run; warnings and notes do not. Beyond `limit` errors the rest
 * are counted, not kept; so is one for which memory fails. Ownership: texts are copied into the list's
 * arena.
 */
#ifndef BENNE_BASE_DIAGNOSTIC_H
#define BENNE_BASE_DIAGNOSTIC_H

#include "solver/base/arena.h"
#include "solver/base/error.h"

#include <stdint.h>

typedef enum severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTE } severity;

/* A place in an input file; `text` is the offending line without its end, NULL when there is none. */
struct source_place {
    const char *file;
    int64_t line;
    int32_t column; /* a byte of `text` */
    const char *text;
};

struct diagnostic {
    severity severity;
    struct source_place place;
    const char *message;
    int32_t caret; /* characters of place.text before the fault, to print a caret under it; -1 unknown */
};

struct diagnostics {
    struct arena arena;
    struct diagnostic *items;
    int64_t count, capacity;
    int64_t errors, warnings; /* seen, kept or not */
    int64_t limit;            /* errors kept, and warnings kept; notes are always kept */
};

enum { DIAGNOSTIC_LIMIT_DEFAULT = 50, DIAGNOSTIC_TEXT_MAX = 200 };

void diagnostics_init(struct diagnostics *list, int64_t limit);
void diagnostics_free(struct diagnostics *list);

/* Adds one. The line kept to be shown is cut to DIAGNOSTIC_TEXT_MAX bytes around the column; control bytes
 * and malformed UTF-8 are escaped, so that it is safe on a terminal. */
void diagnostics_add(struct diagnostics *list, severity kind, struct source_place place, const char *format,
                     ...) ERROR_PRINTF(4, 5);

#endif
