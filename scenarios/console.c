#include "scenarios/console.h"

#include "scenarios/columns.h"
#include "solver/base/message.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { DEFAULT_COLUMNS = 80 };

static struct {
    bool notes, progress; /* what may be written */
    bool line_shown;      /* a progress line is on the terminal */
} console;

/* Of a place in a file, by severity: bold red, bold magenta, bold cyan (ECMA-48). */
static const char *const COLOURS[] = {"\033[1;31m", "\033[1;35m", "\033[1;36m"};

static bool coloured(FILE *stream)
{
    const char *refused = getenv("NO_COLOR");
    return (refused == NULL || refused[0] == '\0') && isatty(fileno(stream));
}

void console_open(bool quiet)
{
    console.notes = !quiet;
    console.progress = !quiet && isatty(STDERR_FILENO);
}

void console_progress_end(void)
{
    if (console.line_shown) fputs("\r\033[K", stderr);
    console.line_shown = false;
}

void console_note(const char *format, ...)
{
    if (!console.notes) return;
    va_list arguments;
    va_start(arguments, format);
    console_progress_end();
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
}

/* A line that wraps could not be wiped: one column less than the terminal has. */
static int progress_columns(void)
{
    struct winsize size;
    bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1;
    return known ? size.ws_col - 1 : DEFAULT_COLUMNS - 1;
}

void console_progress(const char *format, ...)
{
    if (!console.progress) return;
    char line[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    fprintf(stderr, "\r\033[K%.*s", (int)columns_cut(line, progress_columns()), line);
    fflush(stderr);
    console.line_shown = true;
}

/* "file:line:column: ", as compilers write it and editors read it. */
static void print_place(FILE *stream, const char *file, int64_t line, int32_t column)
{
    if (file == NULL || file[0] == '\0') return;
    fprintf(stream, "%s:", file);
    if (line > 0) fprintf(stream, "%lld:", (long long)line);
    if (line > 0 && column > 0) fprintf(stream, "%d:", (int)column);
    fputc(' ', stream);
}

void console_error(const char *command, const struct error *error)
{
    console_progress_end();
    if (error->message[0] == '\0') return;
    fputs(command != NULL ? "benne " : "benne", stderr);
    fprintf(stderr, "%s: ", command != NULL ? command : "");
    print_place(stderr, error->file, error->line, error->column);
    fprintf(stderr, "%s\n", error->message);
    if (error->code != ERROR_USAGE) return;
    fprintf(stderr, _("See: benne %s%s\n"), command != NULL ? command : "help",
            command != NULL ? " --help" : "");
}

static const char *severity_word(severity kind)
{
    if (kind == SEVERITY_ERROR) return _("error");
    return kind == SEVERITY_WARNING ? _("warning") : _("note");
}

/* The line in fault, and under it a caret below the column. */
static void print_excerpt(FILE *stream, const struct diagnostic *item, const char *colour, const char *plain)
{
    const char *text = item->place.text;
    if (text == NULL) return;
    fprintf(stream, "    %s\n", text);
    if (item->caret < 0) return;
    fprintf(stream, "    %*s%s^%s\n", columns_of(text, item->caret), "", colour, plain);
}

static void print_counts(FILE *stream, const struct diagnostics *list)
{
    long long errors = (long long)list->errors, warnings = (long long)list->warnings;
    if (errors == 0 && warnings == 0) return;
    fprintf(stream, ngettext("%lld error", "%lld errors", (unsigned long)errors), errors);
    fputs(", ", stream);
    fprintf(stream, ngettext("%lld warning", "%lld warnings", (unsigned long)warnings), warnings);
    if (errors > list->limit || warnings > list->limit) {
        fprintf(stream, _("; the first %lld of each are shown"), (long long)list->limit);
    }
    fputc('\n', stream);
}

void console_diagnostics(const struct diagnostics *list, bool notes, FILE *stream)
{
    bool colour = coloured(stream);
    const char *plain = colour ? "\033[0m" : "";
    console_progress_end();
    for (int64_t number = 0; number < list->count; number++) {
        const struct diagnostic *item = &list->items[number];
        if (item->severity == SEVERITY_NOTE && !notes) continue;
        const char *on = colour ? COLOURS[item->severity] : "";
        print_place(stream, item->place.file, item->place.line, item->place.column);
        fprintf(stream, "%s%s:%s %s\n", on, severity_word(item->severity), plain, item->message);
        print_excerpt(stream, item, on, plain);
    }
    print_counts(stream, list);
}
