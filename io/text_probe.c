#include "io/text_probe.h"

#include "solver/base/message.h"

#include <stdio.h>
#include <string.h>

static void fault_note(struct text_fault *fault, const struct text_probe *probe, unsigned char byte)
{
    if (fault->seen) return;
    *fault = (struct text_fault){true, probe->line, probe->position - probe->line_start + 1, byte};
}

/* The first byte of a character: how many follow, and the range of the second one (RFC 3629). */
static void utf8_begin(struct text_probe *probe, unsigned char byte)
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

static void utf8_continue(struct text_probe *probe, unsigned char byte)
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

static void probe_control(struct text_probe *probe, unsigned char byte)
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

void text_probe_add(struct text_probe *probe, const unsigned char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++, probe->position++) {
        const unsigned char byte = bytes[i];
        if (byte >= 0x80 && byte < 0xA0) probe->c1_bytes++;
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
const char *text_probe_foreign(const unsigned char *bytes, size_t length)
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

bool text_probe_end(const struct text_probe *probe, struct text_facts *facts, struct text_fault *fault,
                    char sentence[ERROR_MESSAGE_MAX])
{
    if (probe->nul.seen || probe->control.seen) {
        *fault = probe->nul.seen ? probe->nul : probe->control;
        snprintf(sentence, ERROR_MESSAGE_MAX,
                 probe->nul.seen
                     ? _("a NUL byte: this file is binary or damaged, a text file was expected")
                     : _("a control byte (0x%02X): this file is binary or damaged, a text file was expected"),
                 fault->byte);
        return false;
    }
    facts->bytes = probe->position;
    const int64_t bad = probe->bad_utf8 + (probe->continuation > 0);
    if (bad > 0 && bad <= probe->utf8_characters) { /* UTF-8 with a few damaged characters */
        *fault = probe->bad;
        if (!fault->seen) {
            *fault = (struct text_fault){true, probe->line, probe->position - probe->line_start + 1, 0};
        }
        snprintf(sentence, ERROR_MESSAGE_MAX, "%s",
                 _("a damaged character in a file that is otherwise UTF-8"));
        return false;
    }
    facts->encoding = bad == 0 ? TEXT_UTF8 : probe->c1_bytes > 0 ? TEXT_WINDOWS_1252 : TEXT_ISO_8859_1;
    facts->line_end = probe->lf == 0 && probe->cr > 0                  ? TEXT_CR
                      : probe->crlf > 0 && probe->crlf * 2 > probe->lf ? TEXT_CRLF
                                                                       : TEXT_LF;
    return true;
}
