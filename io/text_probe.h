/* A look through the bytes of a file: is it text, and how is it written? Used by text.c alone.
 *
 *     const char *foreign = text_probe_foreign(first bytes);
 *     text_probe_add(&probe, block) for each block;
 *     if (!text_probe_end(&probe, &facts, &fault, sentence)) ...
 *
 * The state lives across blocks; a zeroed probe with line 1 is a beginning. O(bytes).
 */
#ifndef BENNE_IO_TEXT_PROBE_H
#define BENNE_IO_TEXT_PROBE_H

#include "io/text.h"

/* The first byte of its kind that makes a file no text. */
struct text_fault {
    bool seen;
    int64_t line, column;
    unsigned char byte;
};

/* One look through the bytes of a file; the state lives across blocks. */
struct text_probe {
    int64_t position, line, line_start;
    int64_t lf, cr, crlf;
    bool after_cr;
    int32_t continuation; /* bytes that the UTF-8 character under way still needs */
    unsigned char low, high;
    int64_t utf8_characters, c1_bytes;
    int64_t bad_utf8;
    struct text_fault nul, control, bad;
};

/* The sentence for a file that begins as no text does: UTF-16, a spreadsheet, an archive; or NULL. */
const char *text_probe_foreign(const unsigned char *bytes, size_t length);

void text_probe_add(struct text_probe *probe, const unsigned char *bytes, size_t length);

/* Fills the facts (but for hash, mark and last line); or names the byte that makes the file no text. */
bool text_probe_end(const struct text_probe *probe, struct text_facts *facts, struct text_fault *fault,
                    char sentence[ERROR_MESSAGE_MAX]);

#endif
