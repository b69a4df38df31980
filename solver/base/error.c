#include "solver/base/error.h"

#include "solver/base/message.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Drops a UTF-8 sequence that the end of the buffer cut in two. */
static void drop_cut_sequence(char *text, size_t length)
{
    size_t start = length;
    while (start > 0 && ((unsigned char)text[start - 1] & 0xC0) == 0x80) start--;
    if (start == 0) return;
    unsigned char lead = (unsigned char)text[start - 1];
    size_t wanted = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (length - (start - 1) < wanted) text[start - 1] = '\0';
}

/* The end of a long path says more than its beginning. */
static void copy_file(char target[ERROR_FILE_MAX], const char *file)
{
    size_t length = strlen(file);
    if (length < ERROR_FILE_MAX) {
        memmove(target, file, length + 1);
        return;
    }
    static const char cut[] = "...";
    const size_t kept = ERROR_FILE_MAX - sizeof cut;
    memmove(target + sizeof cut - 1, file + length - kept, kept + 1);
    memcpy(target, cut, sizeof cut - 1);
}

static void fill(struct error *error, error_code code, const char *file, int64_t line, int32_t column,
                 const char *format, va_list arguments)
{
    /* The arguments may point into the error itself: a wrapper quoting the message that it wraps. */
    char message[ERROR_MESSAGE_MAX];
    int length = vsnprintf(message, sizeof message, format, arguments);
    if (length < 0) snprintf(message, sizeof message, "%s", format);
    if (length >= (int)sizeof message) drop_cut_sequence(message, sizeof message - 1);

    copy_file(error->file, file == NULL ? "" : file);
    memcpy(error->message, message, sizeof message);
    error->code = code;
    error->line = line;
    error->column = column;
}

error_code error_set(struct error *error, error_code code, const char *format, ...)
{
    if (error == NULL) return code;
    va_list arguments;
    va_start(arguments, format);
    fill(error, code, NULL, 0, 0, format, arguments);
    va_end(arguments);
    return code;
}

error_code error_at(struct error *error, error_code code, const char *file, int64_t line, int32_t column,
                    const char *format, ...)
{
    if (error == NULL) return code;
    va_list arguments;
    va_start(arguments, format);
    fill(error, code, file, line, column, format, arguments);
    va_end(arguments);
    return code;
}

error_code error_memory(struct error *error)
{
    return error_set(error, ERROR_MEMORY, "%s", _("memory exhausted"));
}

int error_exit_status(error_code code)
{
    switch (code) {
    case ERROR_NONE:
        return 0;
    case ERROR_INTERNAL:
    case ERROR_MEMORY:
        return 1;
    case ERROR_USAGE:
    case ERROR_INPUT:
    case ERROR_FILE:
        return 2;
    case ERROR_NETWORK:
        return 3;
    case ERROR_UNSERVED:
        return 4;
    case ERROR_INFEASIBLE:
        return 5;
    case ERROR_LOCKED:
        return 75; /* EX_TEMPFAIL of sysexits.h: try again later */
    }
    return 1;
}
