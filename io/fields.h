/* Blank-separated fields of a text in memory, line by line, each with its place: what the benchmark formats
 * are made of. Lines end with LF, CRLF or CR; fields are parted by any run of blanks and tabs.
 *
 *     while (fields_line(&in))
 *         while (fields_next(&in, &field)) ...
 *
 * Complaints go to the diagnostics with file, line, column and the line itself. Numbers are read in the C
 * locale. Nothing is copied: fields point into the text, which need not end with a NUL. O(bytes).
 */
#ifndef BENNE_IO_FIELDS_H
#define BENNE_IO_FIELDS_H

#include "solver/base/diagnostic.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct field {
    const char *text; /* `length` bytes */
    size_t length;
};

struct fields {
    const char *file; /* as named in messages */
    struct diagnostics *list;
    const char *at, *end;               /* what follows the current line */
    const char *line, *next, *line_end; /* the current line, and its part not yet given */
    int64_t number;                     /* of the current line, from 1 */
};

void fields_begin(struct fields *in, const char *file, const char *text, size_t length,
                  struct diagnostics *list);

/* Goes to the next line that holds a field; false at the end. */
bool fields_line(struct fields *in);

/* The next field of the line; false at its end. */
bool fields_next(struct fields *in, struct field *field);

bool field_is(const struct field *field, const char *word);

/* A decimal number such as -12, 3.5 or 1.2e+03, finite; false when it is none. */
bool field_number(const struct field *field, double *value);

/* A number without fraction, however written (12, 12.0, 1.2e1), of at most 2^53 in size. */
bool field_whole(const struct field *field, int64_t *value);

/* Adds a diagnostic at a field of the current line, or at the line's end when `field` is NULL. */
void fields_complain(const struct fields *in, const struct field *field, severity level, const char *format,
                     ...) ERROR_PRINTF(4, 5);

/* The same about the text as a whole: no line is shown. */
void fields_complain_whole(const struct fields *in, severity level, const char *format, ...)
    ERROR_PRINTF(3, 4);

#endif
