/* A text file as lines of UTF-8, whatever it was written with.
 *
 * text_open looks through the whole file once: what it is (a regular file, no spreadsheet or archive, no
 * UTF-16, no NUL or control bytes), its encoding (UTF-8, else Windows-1252, whose printable part is that of
 * ISO-8859-1), its line ends, its size and its SHA-256. text_next then gives one line after the other,
 * converted, in blocks: memory does not grow with the file. A file that cannot be read as text is reported
 * in the diagnostics and answered with ERROR_INPUT. O(bytes).
 */
#ifndef BENNE_IO_TEXT_H
#define BENNE_IO_TEXT_H

#include "solver/base/diagnostic.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A longer line is no table of ours; a larger JSON no configuration. */
enum { TEXT_LINE_MAX = 64 * 1024, TEXT_LOAD_MAX = 64 * 1024 * 1024 };

typedef enum text_encoding { TEXT_UTF8, TEXT_ISO_8859_1, TEXT_WINDOWS_1252 } text_encoding;
typedef enum text_line_end { TEXT_LF, TEXT_CRLF, TEXT_CR } text_line_end;

struct text_facts {
    text_encoding encoding;
    text_line_end line_end;
    bool byte_order_mark;
    bool last_line_ended;
    int64_t bytes;
    uint64_t hash[4]; /* SHA-256 */
};

struct text_line {
    const char *bytes; /* valid until the next call; bytes[length] is '\n' */
    size_t length;
    int64_t number;
    bool overlong; /* longer than TEXT_LINE_MAX: its beginning alone */
    bool ended;    /* false: the file stops without a line end */
};

struct text; /* opaque */

/* `name` is the file's name in messages. */
error_code text_open(const char *path, const char *name, struct diagnostics *list, struct text **opened,
                     struct error *error) ERROR_CHECKED;
void text_close(struct text *text);

const struct text_facts *text_facts(const struct text *text);
const char *text_encoding_name(text_encoding encoding);

/* The next line; *found is false at the end. */
error_code text_next(struct text *text, struct text_line *line, bool *found,
                     struct error *error) ERROR_CHECKED;

/* A whole small file as UTF-8 without byte order mark, NUL-terminated; free(*bytes). */
error_code text_load(const char *path, const char *name, struct diagnostics *list, char **bytes,
                     size_t *length, struct text_facts *facts, struct error *error) ERROR_CHECKED;

/* Copies at most `room - 1` bytes of a text for a message, cut between characters, "…" at the cut;
 * control bytes become "?". */
const char *text_shorten(const char *text, size_t length, char *copy, size_t room);

#endif
