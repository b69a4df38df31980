/* Rows of a CSV text, and the only door to libcsv (RFC 4180, strict).
 *
 * The caller pushes one physical line at a time, so that he always knows its number and holds its bytes; a
 * quoted field may run over several lines. The fields of a finished row stay valid until the next push.
 * Ownership: the reader owns the fields. O(bytes); memory: the longest row.
 */
#ifndef BENNE_IO_CSV_H
#define BENNE_IO_CSV_H

#include "solver/base/error.h"

#include <stddef.h>
#include <stdint.h>

/* A file with more columns than this, or a row longer than this, is no table of ours. */
enum { CSV_FIELDS_MAX = 512, CSV_ROW_BYTES_MAX = 1 << 20 };

struct csv_field {
    const char *text; /* unquoted, outer blanks removed, NUL-terminated */
    size_t length;
};

typedef enum csv_state {
    CSV_ROW,        /* a row is complete */
    CSV_BLANK,      /* an empty line */
    CSV_OPEN,       /* inside a quoted field: push the next line */
    CSV_BAD_QUOTE,  /* a quote where none may stand */
    CSV_BAD_RETURN, /* a carriage return in the middle of a line */
    CSV_TOO_LONG,   /* more than CSV_ROW_BYTES_MAX bytes or CSV_FIELDS_MAX fields in a row */
    CSV_OUT_OF_MEMORY
} csv_state;

struct csv_reader; /* opaque: holds libcsv's parser */

error_code csv_reader_open(char delimiter, struct csv_reader **reader, struct error *error) ERROR_CHECKED;
void csv_reader_close(struct csv_reader *reader);

/* Pushes a line that ends with '\n'. After a fault the reader is ready for the next line, and *fault is the
 * byte of this line where it was seen. */
csv_state csv_reader_push(struct csv_reader *reader, const char *line, size_t length, size_t *fault);

/* The fields of the row just completed. */
const struct csv_field *csv_reader_fields(const struct csv_reader *reader, int32_t *count);

/* Where field number `index` begins in the raw bytes of its row: for messages. */
size_t csv_field_offset(char delimiter, const char *row, size_t length, int32_t index);

#endif
