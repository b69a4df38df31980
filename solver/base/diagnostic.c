#include "solver/base/diagnostic.h"

#include "solver/base/array.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void diagnostics_init(struct diagnostics *list, int64_t limit)
{
    *list = (struct diagnostics){.limit = limit};
    arena_init(&list->arena);
}

void diagnostics_free(struct diagnostics *list)
{
    array_free(list);
    arena_free(&list->arena);
    diagnostics_init(list, list->limit);
}

/* Bytes of the printable UTF-8 character at `text`, at most `left`; 0 for a control or a malformed byte. */
static int32_t printable_bytes(const unsigned char *text, int32_t left)
{
    if (text[0] < 0x80) return text[0] >= 0x20 && text[0] != 0x7F;
    const int32_t length = text[0] >= 0xF0 ? 4 : text[0] >= 0xE0 ? 3 : 2;
    if (text[0] < 0xC2 || text[0] > 0xF4 || length > left) return 0;
    for (int32_t i = 1; i < length; i++) {
        if ((text[i] & 0xC0) != 0x80) return 0;
    }
    /* Overlong forms, surrogates, beyond U+10FFFF, and the controls U+0080 to U+009F. */
    const bool wrong = (text[0] == 0xE0 && text[1] < 0xA0) || (text[0] == 0xED && text[1] > 0x9F) ||
                       (text[0] == 0xF0 && text[1] < 0x90) || (text[0] == 0xF4 && text[1] > 0x8F) ||
                       (text[0] == 0xC2 && text[1] < 0xA0);
    return wrong ? 0 : length;
}

/* The part of a long line to show: [from, to) bytes of it, around the byte `focus`. */
static void choose_part(const char *line, int32_t length, int32_t focus, int32_t *from, int32_t *to)
{
    *from = 0;
    *to = length;
    if (length <= DIAGNOSTIC_TEXT_MAX) return;
    *from = focus - DIAGNOSTIC_TEXT_MAX / 2;
    if (*from > length - DIAGNOSTIC_TEXT_MAX) *from = length - DIAGNOSTIC_TEXT_MAX;
    if (*from < 0) *from = 0;
    *to = *from + DIAGNOSTIC_TEXT_MAX;
    /* Not in the middle of a character: at most three bytes continue one. */
    for (int32_t i = 0; i < 3 && *from > 0 && ((unsigned char)line[*from] & 0xC0) == 0x80; i++) ++*from;
    for (int32_t i = 0; i < 3 && *to < length && ((unsigned char)line[*to] & 0xC0) == 0x80; i++) --*to;
}

/* The line as it can be shown on a terminal, and how many characters come before the fault in it. */
static const char *excerpt(struct arena *arena, const char *line, int32_t column, int32_t *caret)
{
    static const char ellipsis[] = "\xE2\x80\xA6"; /* … */
    enum { ESCAPE_BYTES = 4 };                     /* \xNN */
    char shown[(size_t)DIAGNOSTIC_TEXT_MAX * ESCAPE_BYTES + 2 * sizeof ellipsis];
    const int32_t length = (int32_t)strnlen(line, INT32_MAX / 2);
    const int32_t focus = column < 1 ? 0 : column - 1 < length ? column - 1 : length;
    int32_t from, to, characters = 0;
    size_t end = 0;
    choose_part(line, length, focus, &from, &to);
    if (from > 0) {
        memcpy(shown, ellipsis, sizeof ellipsis - 1);
        end += sizeof ellipsis - 1;
        characters++;
    }
    *caret = column < 1 ? -1 : characters;
    for (int32_t i = from; i < to;) {
        const unsigned char *at = (const unsigned char *)line + i;
        const int32_t bytes = printable_bytes(at, to - i);
        if (bytes > 0) {
            memcpy(shown + end, at, (size_t)bytes);
            end += (size_t)bytes;
            characters++;
        } else {
            const int32_t written = at[0] == '\t' ? snprintf(shown + end, ESCAPE_BYTES + 1, "\\t")
                                                  : snprintf(shown + end, ESCAPE_BYTES + 1, "\\x%02X", at[0]);
            end += (size_t)written;
            characters += written;
        }
        i += bytes > 0 ? bytes : 1;
        if (column >= 1 && i <= focus) *caret = characters;
    }
    if (to < length) {
        memcpy(shown + end, ellipsis, sizeof ellipsis - 1);
        end += sizeof ellipsis - 1;
    }
    return arena_text(arena, shown, end);
}

/* Counts one more; true when it is to be kept. */
static bool count(struct diagnostics *list, severity kind)
{
    switch (kind) {
    case SEVERITY_ERROR:
        return list->errors++ < list->limit;
    case SEVERITY_WARNING:
        return list->warnings++ < list->limit;
    case SEVERITY_NOTE:
        return true;
    }
    return true;
}

void diagnostics_add(struct diagnostics *list, severity kind, struct source_place place, const char *format,
                     ...)
{
    if (!count(list, kind)) return;
    char message[ERROR_MESSAGE_MAX];
    va_list arguments;
    va_start(arguments, format);
    const int length = vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    if (length < 0) snprintf(message, sizeof message, "%s", format);

    struct diagnostic item = {.severity = kind, .place = place, .caret = -1};
    item.message = arena_text(&list->arena, message, strlen(message));
    if (item.message == NULL) return; /* memory is exhausted: the count alone tells */
    if (place.file != NULL) item.place.file = arena_text(&list->arena, place.file, strlen(place.file));
    if (place.text != NULL) item.place.text = excerpt(&list->arena, place.text, place.column, &item.caret);
    (void)array_push(list, item);
}
