#include "io/text.h"

#include "io/hash.h"
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

/* The first byte of its kind that makes a file no text. */
struct text_fault {
    bool seen;
    int64_t line, column;
    unsigned char byte;
};

/* One look through the bytes of a file; the state lives across blocks. */
struct probe {
    int64_t position, line, line_start;
    int64_t lf, cr, crlf;
    bool after_cr;
    int32_t continuation; /* bytes that the UTF-8 character under way still needs */
    unsigned char low, high;
    int64_t utf8_characters, c1_bytes, high_bytes;
    int64_t bad_utf8;
    struct text_fault nul, control, bad;
};

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

static void fault_note(struct text_fault *fault, const struct probe *probe, unsigned char byte)
{
    if (fault->seen) return;
    *fault = (struct text_fault){true, probe->line, probe->position - probe->line_start + 1, byte};
}

/* The first byte of a character: how many follow, and the range of the second one (RFC 3629). */
static void utf8_begin(struct probe *probe, unsigned char byte)
{
    probe->low = 0x80;
    probe->high = 0xBF;
    if (byte >= 0xC2 && byte <= 0xDF) {
        probe->continuation = 1;
    } else if (byte >= 0xE0 && byte <= 0xEF) {
        probe->continuation = 2;
        if (byte == 0xE0) probe->low = 0xA0;
        if (byte == 0xED) probe->high = 0x9F;
    } else if (byte >= 0xF0 && byte <= 0xF4) {
        probe->continuation = 3;
        if (byte == 0xF0) probe->low = 0x90;
        if (byte == 0xF4) probe->high = 0x8F;
    } else {
        probe->bad_utf8++;
        fault_note(&probe->bad, probe, byte);
    }
}

static void utf8_continue(struct probe *probe, unsigned char byte)
{
    if (byte >= probe->low && byte <= probe->high) {
        probe->low = 0x80;
        probe->high = 0xBF;
        if (--probe->continuation == 0) probe->utf8_characters++;
        return;
    }
    probe->continuation = 0;
    probe->bad_utf8++;
    fault_note(&probe->bad, probe, byte);
    if (byte >= 0xC0) utf8_begin(probe, byte);
}

static void probe_control(struct probe *probe, unsigned char byte)
{
    if (byte == '\n') {
        probe->lf++;
        if (probe->after_cr) probe->crlf++;
        probe->line++;
        probe->line_start = probe->position + 1;
    } else if (byte == '\r') {
        probe->cr++;
    } else if (byte == 0) {
        fault_note(&probe->nul, probe, byte);
    } else if (byte != '\t') {
        fault_note(&probe->control, probe, byte);
    }
}

static void probe_block(struct probe *probe, const unsigned char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++, probe->position++) {
        const unsigned char byte = bytes[i];
        if (byte >= 0x80) {
            probe->high_bytes++;
            if (byte < 0xA0) probe->c1_bytes++;
        }
        if (probe->continuation > 0) {
            utf8_continue(probe, byte);
        } else if (byte >= 0x80) {
            utf8_begin(probe, byte);
        }
        if (byte < 0x20) probe_control(probe, byte);
        probe->after_cr = byte == '\r';
    }
}

/* What a file that is no text begins with, and the sentence that says what to do. */
static const char *foreign_kind(const unsigned char *bytes, size_t length)
{
    static const struct {
        const char *magic;
        size_t length;
        const char *sentence;
    } kinds[] = {
        {"\xFF\xFE", 2, N_("this file is in UTF-16: save it as UTF-8 (in a spreadsheet: “CSV UTF-8”)")},
        {"\xFE\xFF", 2, N_("this file is in UTF-16: save it as UTF-8 (in a spreadsheet: “CSV UTF-8”)")},
        {"PK\x03\x04", 4, N_("this file is a spreadsheet or a zip archive, not text: save it as CSV")},
        {"\xD0\xCF\x11\xE0", 4, N_("this file is a spreadsheet, not text: save it as CSV")},
        {"\x1F\x8B", 2, N_("this file is compressed (gzip), not text: decompress it")},
        {"%PDF", 4, N_("this file is a PDF document, not text: save it as CSV")},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (length >= kinds[i].length && memcmp(bytes, kinds[i].magic, kinds[i].length) == 0) {
            return _(kinds[i].sentence);
        }
    }
    /* Without a mark: every second byte of the first characters is 0. */
    if (length >= 4 && ((bytes[0] == 0 && bytes[1] != 0 && bytes[2] == 0 && bytes[3] != 0) ||
                        (bytes[0] != 0 && bytes[1] == 0 && bytes[2] != 0 && bytes[3] == 0))) {
        return _(kinds[0].sentence);
    }
    return NULL;
}

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

/* Judges what the probe has seen. */
static error_code conclude(struct text *text, const struct probe *probe, struct diagnostics *list)
{
    char sentence[ERROR_MESSAGE_MAX];
    if (probe->nul.seen) {
        return refuse(text, list, &probe->nul,
                      _("a NUL byte: this file is binary or damaged, a text file was expected"));
    }
    if (probe->control.seen) {
        snprintf(sentence, sizeof sentence,
                 _("a control byte (0x%02X): this file is binary or damaged, a text file was expected"),
                 probe->control.byte);
        return refuse(text, list, &probe->control, sentence);
    }
    struct text_facts *facts = &text->facts;
    facts->bytes = probe->position;
    facts->ascii = probe->high_bytes == 0;
    const int64_t bad = probe->bad_utf8 + (probe->continuation > 0);
    if (bad == 0) {
        facts->encoding = TEXT_UTF8;
    } else if (bad <= probe->utf8_characters) { /* UTF-8 with a few damaged characters */
        struct text_fault fault = probe->bad;
        if (!fault.seen) {
            fault = (struct text_fault){true, probe->line, probe->position - probe->line_start + 1, 0};
        }
        return refuse(text, list, &fault, _("a damaged character in a file that is otherwise UTF-8"));
    } else {
        facts->encoding = probe->c1_bytes > 0 ? TEXT_WINDOWS_1252 : TEXT_ISO_8859_1;
    }
    facts->line_end = probe->lf == 0 && probe->cr > 0                  ? TEXT_CR
                      : probe->crlf > 0 && probe->crlf * 2 > probe->lf ? TEXT_CRLF
                                                                       : TEXT_LF;
    text->terminator = facts->line_end == TEXT_CR ? '\r' : '\n';
    return ERROR_NONE;
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
    struct probe probe = {.line = 1};
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
            const char *foreign = foreign_kind(bytes, count);
            if (foreign != NULL) return refuse(text, list, NULL, foreign);
            text->facts.byte_order_mark = count >= BOM_BYTES && memcmp(bytes, "\xEF\xBB\xBF", BOM_BYTES) == 0;
            if (text->facts.byte_order_mark) {
                skip = BOM_BYTES;
                probe.position = probe.line_start = BOM_BYTES; /* columns count what follows it */
            }
        }
        hash_add(&hash, bytes, count);
        probe_block(&probe, bytes + skip, count - skip);
        last = text->block[count - 1];
    }
    hash_end(&hash, text->facts.hash);
    text->facts.last_line_ended = last == '\n' || last == '\r';
    TRY(conclude(text, &probe, list));
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
