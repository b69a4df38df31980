#include "scenarios/help.h"

#include "scenarios/columns.h"
#include "solver/base/message.h"
#include "solver/base/version.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { OPTION_COLUMN = 22, NAME_MAX_LENGTH = 16 };

static void print_option(FILE *stream, const char *name, const char *argument, const char *help)
{
    char left[128];
    snprintf(left, sizeof left, "  %s%s%s", name, argument != NULL ? " " : "",
             argument != NULL ? argument : "");
    int padding = OPTION_COLUMN - columns_all(left);
    fprintf(stream, "%s%*s  %s\n", left, padding > 0 ? padding : 0, "", help);
}

static void print_common_options(const struct command *command, FILE *stream)
{
    unsigned takes = command->takes;
    if (takes & TAKES_OUTPUT) print_option(stream, "-o", _("PATH"), _(command->output_help));
    if (takes & TAKES_SEED) {
        print_option(stream, "--seed", "N", _("seed of the random numbers (default 1)"));
    }
    if (takes & TAKES_THREADS) { print_option(stream, "--threads", "N", _("threads that search at once")); }
    if (takes & TAKES_LIMITS) {
        print_option(stream, "--time-limit", "S", _("stop the search after S seconds (default 60)"));
        print_option(stream, "--iterations", "N",
                     _("stop it after N iterations: same seed, same plan, whatever the threads"));
    }
    if (takes & TAKES_JSON) print_option(stream, "--json", NULL, _("print the result as JSON"));
    print_option(stream, "--lang", "fr|en", _("language (default: the locale's)"));
    print_option(stream, "--quiet", NULL, _("no progress and no notes"));
    print_option(stream, "-h, --help", NULL, _("this help"));
}

void help_command(const struct command *command, FILE *stream)
{
    const struct command_option *own = command->own;
    fprintf(stream, _("benne %s: %s\n"), command->name, _(command->summary));
    fprintf(stream, _("\nUsage: benne %s %s%s[OPTIONS]\n"), command->name,
            command->operands[0] != '\0' ? _(command->operands) : "",
            command->operands[0] != '\0' ? " " : "");
    fprintf(stream, "\n%s\n", _(command->help));
    fprintf(stream, "\n%s\n", _("Options:"));
    for (int32_t option = 0; own != NULL && own[option].name != NULL; option++) {
        char name[64];
        snprintf(name, sizeof name, "--%s", own[option].name);
        print_option(stream, name, own[option].argument != NULL ? _(own[option].argument) : NULL,
                     _(own[option].help));
    }
    print_common_options(command, stream);
    fprintf(stream, "\n%s\n", _("Examples:"));
    for (const char *const *example = command->examples; *example != NULL; example++) {
        fprintf(stream, "  %s\n", *example);
    }
}

void help_program(const struct command *const *commands, FILE *stream)
{
    fprintf(
        stream, "%s\n\n%s\n\n%s\n",
        _("Benne plans municipal waste collection: which bins to empty tonight, by which trucks, with whom."),
        _("Usage: benne COMMAND [OPERANDS] [OPTIONS]"), _("Commands:"));
    for (; *commands != NULL; commands++) {
        fprintf(stream, "  %-10s %s\n", (*commands)->name, _((*commands)->summary));
    }
    fprintf(stream, "  %-10s %s\n", "help", _("this list; benne help COMMAND: a command with its options"));
    fprintf(stream, "\n%s\n%s",
            _("Results go to files and to the standard output, messages to the standard error."),
            _("Exit status:\n"
              "  0   done\n"
              "  1   internal error\n"
              "  2   wrong usage or wrong input\n"
              "  3   the road network cannot serve the places\n"
              "  4   done, but mandatory stops are left unserved\n"
              "  5   no feasible plan in the time given\n"
              "  75  another run holds the lock of the output folder\n"));
}

void help_version(FILE *stream)
{
    fprintf(stream, "benne %s\n", BENNE_VERSION);
}

/* Edits (insert, delete, replace) between two short words: the classical table, one row at a time. */
static size_t edit_distance(const char *left, const char *right)
{
    size_t row[NAME_MAX_LENGTH + 1];
    size_t width = strlen(right);
    if (width > NAME_MAX_LENGTH || strlen(left) > NAME_MAX_LENGTH) return SIZE_MAX;
    for (size_t column = 0; column <= width; column++) row[column] = column;
    for (size_t line = 1; left[line - 1] != '\0'; line++) {
        size_t diagonal = row[0];
        row[0] = line;
        for (size_t column = 1; column <= width; column++) {
            size_t above = row[column];
            size_t best = diagonal + (left[line - 1] != right[column - 1]);
            if (above + 1 < best) best = above + 1;
            if (row[column - 1] + 1 < best) best = row[column - 1] + 1;
            row[column] = best;
            diagonal = above;
        }
    }
    return row[width];
}

const struct command *help_find(const struct command *const *commands, const char *name,
                                const struct command **nearest)
{
    size_t smallest = 3; /* more than two edits is another word */
    *nearest = NULL;
    for (; *commands != NULL; commands++) {
        size_t edits = edit_distance(name, (*commands)->name);
        if (edits == 0) return *commands;
        if (edits < smallest) {
            smallest = edits;
            *nearest = *commands;
        }
    }
    return NULL;
}
