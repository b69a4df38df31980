#include "io/fields.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBER_MAX = 64, SHOWN_MAX = 1024 };

void fields_begin(struct fields *in, const char *file, const char *text, size_t length,
                  struct diagnostics *list)
{
    *in = (struct fields){.file = file, .list = list, .at = text, .end = text + length};
    in->line = in->next = in->line_end = text;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\v' || c == '\f';
}

static void skip_blanks(struct fields *in)
{
    while (in->next < in->line_end && is_blank(*in->next)) in->next++;
}

bool fields_line(struct fields *in)
{
    while (in->at < in->end) {
        in->line = in->next = in->line_end = in->at;
        while (in->line_end < in->end && *in->line_end != '\n' && *in->line_end != '\r') in->line_end++;
        in->at = in->line_end;
        if (in->at < in->end)
            in->at += in->at + 1 < in->end && in->at[0] == '\r' && in->at[1] == '\n' ? 2 : 1;
        in->number++;
        skip_blanks(in);
        if (in->next < in->line_end) return true;
    }
    in->line = in->next = in->line_end = in->end;
    return false;
}

bool fields_next(struct fields *in, struct field *field)
{
    skip_blanks(in);
    field->text = in->next;
    while (in->next < in->line_end && !is_blank(*in->next)) in->next++;
    field->length = (size_t)(in->next - field->text);
    return field->length > 0;
}

bool field_is(const struct field *field, const char *word)
{
    return strlen(word) == field->length && memcmp(field->text, word, field->length) == 0;
}

static size_t digits(const char *text, size_t length, size_t from)
{
    size_t at = from;
    while (at < length && text[at] >= '0' && text[at] <= '9') at++;
    return at - from;
}

/* [sign] digits [. digits] [e [sign] digits], with a digit before or after the point. */
static bool is_decimal(const char *text, size_t length)
{
    size_t at = length > 0 && (text[0] == '-' || text[0] == '+');
    size_t whole = digits(text, length, at), fraction = 0;
    at += whole;
    if (at < length && text[at] == '.') {
        fraction = digits(text, length, at + 1);
        at += 1 + fraction;
    }
    if (whole + fraction == 0) return false;
    if (at < length && (text[at] == 'e' || text[at] == 'E')) {
        at++;
        if (at < length && (text[at] == '-' || text[at] == '+')) at++;
        const size_t exponent = digits(text, length, at);
        if (exponent == 0) return false;
        at += exponent;
    }
    return at == length;
}

bool field_number(const struct field *field, double *value)
{
    char copy[NUMBER_MAX];
    if (field->length >= sizeof copy || !is_decimal(field->text, field->length)) return false;
    memcpy(copy, field->text, field->length);
    copy[field->length] = '\0';
    *value = strtod(copy, NULL);
    return isfinite(*value);
}

bool field_whole(const struct field *field, int64_t *value)
{
    const double exact_max = 9007199254740992.0; /* 2^53 */
    double number;
    if (!field_number(field, &number) || fabs(number) > exact_max || number != floor(number)) return false;
    *value = (int64_t)number;
    return true;
}

void fields_complain(const struct fields *in, const struct field *field, severity level, const char *format,
                     ...)
{
    char message[ERROR_MESSAGE_MAX], shown[SHOWN_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    const size_t column = (size_t)((field != NULL ? field->text : in->line_end) - in->line);
    const size_t length = (size_t)(in->line_end - in->line);
    const bool fits = length < sizeof shown;
    if (fits) {
        memcpy(shown, in->line, length);
        shown[length] = '\0';
    }
    diagnostics_add(in->list, level,
                    (struct source_place){.file = in->file,
                                          .line = in->number,
                                          .column = column < INT32_MAX ? (int32_t)column + 1 : 0,
                                          .text = fits ? shown : NULL},
                    "%s", message);
}

void fields_complain_whole(const struct fields *in, severity level, const char *format, ...)
{
    char message[ERROR_MESSAGE_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    diagnostics_add(in->list, level, (struct source_place){.file = in->file}, "%s", message);
}
