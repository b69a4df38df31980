#include "io/text.h"

#include "io/hash.h"
#include "io/text_probe.h"
#include "solver/base/allocation.h"
#include "solver/base/array.h"
#include "solver/base/message.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK_BYTES = 256 * 1024, BOM_BYTES = 3 };

struct text {
    char *name;
    int file;
    struct text_facts facts;
    char terminator;
    char *block;     /* BLOCK_BYTES + 1 */
    char *wide;      /* a line converted to UTF-8; NULL for a file that needs none */
    size_t from, to; /* the part of block not yet given */
    bool at_end;
    int64_t line;
};

static error_code refuse(struct text *text, struct diagnostics *list, const struct text_fault *fault,
                         const char *sentence)
{
    struct source_place place = {.file = text->name};
    if (fault != NULL) {
        place.line = fault->line;
        place.column = fault->column <= INT32_MAX ? (int32_t)fault->column : 0;
    }
    diagnostics_add(list, SEVERITY_ERROR, place, "%s", sentence);
    return ERROR_INPUT;
}

static error_code read_failed(const struct text *text, struct error *error)
{
    return error_at(error, ERROR_FILE, text->name, 0, 0, _("cannot read: %s"), strerror(errno));
}

static error_code read_block(struct text *text, char *bytes, size_t room, size_t *count, struct error *error)
{
    ssize_t got;
    do got = read(text->file, bytes, room);
    while (got < 0 && errno == EINTR);
    if (got < 0) return read_failed(text, error);
    *count = (size_t)got;
    return ERROR_NONE;
}

/* Looks through the whole file and goes back to its beginning. */
static error_code probe_file(struct text *text, struct diagnostics *list, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct text_probe probe = {.line = 1};
    struct text_fault fault;
    char sentence[ERROR_MESSAGE_MAX];
    struct hash hash;
    size_t count = 0;
    char last = '\n';
    hash_begin(&hash);
    for (;;) {
        TRY(read_block(text, text->block, BLOCK_BYTES, &count, error));
        if (count == 0) break;
        const unsigned char *bytes = (const unsigned char *)text->block;
        size_t skip = 0;
        if (probe.position == 0) {
            const char *foreign = text_probe_foreign(bytes, count);
            if (foreign != NULL) return refuse(text, list, NULL, foreign);
            text->facts.byte_order_mark = count >= BOM_BYTES && memcmp(bytes, "\xEF\xBB\xBF", BOM_BYTES) == 0;
            if (text->facts.byte_order_mark) {
                skip = BOM_BYTES;
                probe.position = probe.line_start = BOM_BYTES; /* columns count what follows it */
            }
        }
        hash_add(&hash, bytes, count);
        text_probe_add(&probe, bytes + skip, count - skip);
        last = text->block[count - 1];
    }
    hash_end(&hash, text->facts.hash);
    text->facts.last_line_ended = last == '\n' || last == '\r';
    if (!text_probe_end(&probe, &text->facts, &fault, sentence)) return refuse(text, list, &fault, sentence);
    text->terminator = text->facts.line_end == TEXT_CR ? '\r' : '\n';
    if (lseek(text->file, text->facts.byte_order_mark ? BOM_BYTES : 0, SEEK_SET) < 0) {
        rc = read_failed(text, error);
    }
done:
    return rc;
}

static error_code open_file(struct text *text, const char *path, struct diagnostics *list)
{
    struct stat status;
    char sentence[ERROR_MESSAGE_MAX];
    text->file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (text->file < 0) {
        snprintf(sentence, sizeof sentence, _("cannot open: %s"), strerror(errno));
        return refuse(text, list, NULL, sentence);
    }
    if (fstat(text->file, &status) != 0 || !S_ISREG(status.st_mode)) {
        return refuse(text, list, NULL, _("not an ordinary file: a text file was expected"));
    }
    return ERROR_NONE;
}

/* Memory that the tests can refuse. */
static void *take(size_t bytes)
{
    return allocation_refused() ? NULL : malloc(bytes);
}

error_code text_open(const char *path, const char *name, struct diagnostics *list, struct text **opened,
                     struct error *error)
{
    error_code rc = ERROR_NONE;
    struct text *text = allocation_refused() ? NULL : calloc(1, sizeof *text);
    *opened = text;
    if (text == NULL) return error_memory(error);
    text->file = -1;
    text->name = take(strlen(name) + 1);
    text->block = take(BLOCK_BYTES + 1);
    if (text->name == NULL || text->block == NULL) {
        rc = error_memory(error);
        goto done;
    }
    memcpy(text->name, name, strlen(name) + 1);
    TRY(open_file(text, path, list));
    TRY(probe_file(text, list, error));
    if (text->facts.encoding != TEXT_UTF8) {
        text->wide = take(3 * (size_t)TEXT_LINE_MAX + 1); /* no character of Windows-1252 takes more */
        if (text->wide == NULL) rc = error_memory(error);
    }
done:
    if (rc != ERROR_NONE) {
        text_close(text);
        *opened = NULL;
    }
    return rc;
}

void text_close(struct text *text)
{
    if (text == NULL) return;
    if (text->file >= 0) close(text->file);
    free(text->name);
    free(text->block);
    free(text->wide);
    free(text);
}

const struct text_facts *text_facts(const struct text *text)
{
    return &text->facts;
}

const char *text_encoding_name(text_encoding encoding)
{
    switch (encoding) {
    case TEXT_UTF8:
        return "UTF-8";
    case TEXT_ISO_8859_1:
        return "ISO-8859-1";
    case TEXT_WINDOWS_1252:
        return "Windows-1252";
    }
    return "";
}

/* Unicode of the bytes 0x80 to 0x9F of Windows-1252 (the five unused ones: U+FFFD). Source: Unicode
 * Consortium, mapping table CP1252.TXT. */
static const uint16_t windows_1252[32] = {0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                          0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
                                          0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                          0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

static size_t put_utf8(char *to, uint32_t character)
{
    if (character < 0x80) {
        to[0] = (char)character;
        return 1;
    }
    if (character < 0x800) {
        to[0] = (char)(0xC0 | character >> 6);
        to[1] = (char)(0x80 | (character & 0x3F));
        return 2;
    }
    to[0] = (char)(0xE0 | character >> 12);
    to[1] = (char)(0x80 | (character >> 6 & 0x3F));
    to[2] = (char)(0x80 | (character & 0x3F));
    return 3;
}

/* `to` has three bytes for each of `from`. */
static size_t widen(const char *from, size_t length, char *to)
{
    size_t end = 0;
    for (size_t i = 0; i < length; i++) {
        const unsigned char byte = (unsigned char)from[i];
        end += put_utf8(to + end, byte >= 0x80 && byte < 0xA0 ? windows_1252[byte - 0x80] : byte);
    }
    return end;
}

/* Gives `length` bytes of the block from text->from as the line, without its return, in UTF-8. */
static void give_line(struct text *text, size_t length, struct text_line *line)
{
    char *bytes = text->block + text->from;
    line->number = ++text->line;
    if (length > 0 && !line->overlong && bytes[length - 1] == '\r') length--;
    if (line->overlong || length > TEXT_LINE_MAX) {
        line->overlong = true;
        length = DIAGNOSTIC_TEXT_MAX;
    }
    if (text->wide != NULL) {
        length = widen(bytes, length, text->wide);
        bytes = text->wide;
    }
    bytes[length] = '\n';
    line->bytes = bytes;
    line->length = length;
}

error_code text_next(struct text *text, struct text_line *line, bool *found, struct error *error)
{
    error_code rc = ERROR_NONE;
    size_t searched = 0;
    *line = (struct text_line){.ended = true};
    *found = true;
    for (;;) {
        char *start = text->block + text->from;
        size_t left = text->to - text->from;
        char *end = memchr(start + searched, text->terminator, left - searched);
        if (end != NULL) {
            give_line(text, (size_t)(end - start), line);
            text->from += (size_t)(end - start) + 1;
            return rc;
        }
        if (text->at_end) {
            *found = left > 0;
            line->ended = false;
            if (left > 0) give_line(text, left, line);
            text->from = text->to;
            return rc;
        }
        if (left > TEXT_LINE_MAX) { /* keep its beginning alone, to be shown */
            line->overlong = true;
            left = DIAGNOSTIC_TEXT_MAX;
        }
        memmove(text->block, start, left);
        text->from = 0;
        text->to = searched = left;
        size_t count = 0;
        TRY(read_block(text, text->block + left, BLOCK_BYTES - left, &count, error));
        text->to += count;
        text->at_end = count == 0;
    }
done:
    return rc;
}

error_code text_load(const char *path, const char *name, struct diagnostics *list, char **bytes,
                     size_t *length, struct text_facts *facts, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct text *text = NULL;
    struct {
        char *items;
        int64_t count, capacity;
    } whole = {0};
    *bytes = NULL;
    *length = 0;
    TRY(text_open(path, name, list, &text, error));
    assert(text != NULL);
    *facts = text->facts;
    if (facts->bytes > TEXT_LOAD_MAX) {
        rc = refuse(text, list, NULL, _("the file is far too large for what it should hold"));
        goto done;
    }
    for (;;) {
        size_t count = 0;
        TRY(read_block(text, text->block, BLOCK_BYTES, &count, error));
        const size_t widest = text->wide != NULL ? 3 * count : count;
        if (!array_reserve(&whole, whole.count + (int64_t)widest + 1)) {
            rc = error_memory(error);
            goto done;
        }
        char *to = whole.items + whole.count;
        if (text->wide == NULL) memcpy(to, text->block, count);
        whole.count += (int64_t)(text->wide != NULL ? widen(text->block, count, to) : count);
        whole.items[whole.count] = '\0';
        if (count == 0) break;
    }
    *bytes = whole.items;
    *length = (size_t)whole.count;
    whole.items = NULL;
done:
    array_free(&whole);
    text_close(text);
    return rc;
}

const char *text_shorten(const char *text, size_t length, char *copy, size_t room)
{
    static const char ellipsis[] = "\xE2\x80\xA6";
    size_t end = length;
    if (length >= room) {
        end = room - sizeof ellipsis;
        while (end > 0 && ((unsigned char)text[end] & 0xC0) == 0x80) end--;
    }
    for (size_t i = 0; i < end; i++) copy[i] = (unsigned char)text[i] < ' ' ? '?' : text[i];
    memcpy(copy + end, ellipsis, length >= room ? sizeof ellipsis : 0);
    if (length < room) copy[end] = '\0';
    return copy;
}
