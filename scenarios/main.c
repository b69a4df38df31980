/* benne: the command line. The table of commands, the language, and the exit status. */
#include "io/language.h"
#include "scenarios/command.h"
#include "scenarios/commands.h"
#include "scenarios/console.h"
#include "scenarios/help.h"
#include "solver/base/message.h"

#include <stdio.h>
#include <string.h>

/* Adding a command is adding its line here. */
static const struct command *const COMMANDS[] = {
    &PLAN_COMMAND,   &CHECK_COMMAND, &VALIDATE_COMMAND, &GENERATE_COMMAND, &SOLVE_COMMAND,
    &MATRIX_COMMAND, NULL,
};

/* The value of --lang wherever it stands: needed before the first message. NULL: the locale's. */
static const char *asked_language(int argument_count, char **arguments)
{
    for (int word = 1; word < argument_count; word++) {
        if (strcmp(arguments[word], "--") == 0) break;
        if (strncmp(arguments[word], "--lang=", 7) == 0) return arguments[word] + 7;
        if (strcmp(arguments[word], "--lang") == 0 && word + 1 < argument_count) return arguments[word + 1];
    }
    return NULL;
}

static error_code unknown_command(const char *name, const struct command *nearest, struct error *error)
{
    if (name[0] == '-') return error_set(error, ERROR_USAGE, _("unknown option %s"), name);
    if (nearest == NULL) return error_set(error, ERROR_USAGE, _("unknown command '%s'"), name);
    return error_set(error, ERROR_USAGE, _("unknown command '%s'; is it '%s'?"), name, nearest->name);
}

/* `benne help [COMMAND]`, `benne --help`. */
static error_code show_help(const char *name, struct error *error)
{
    const struct command *nearest = NULL;
    if (name == NULL || strcmp(name, "help") == 0) {
        help_program(COMMANDS, stdout);
        return ERROR_NONE;
    }
    const struct command *command = help_find(COMMANDS, name, &nearest);
    if (command == NULL) return unknown_command(name, nearest, error);
    help_command(command, stdout);
    return ERROR_NONE;
}

static error_code run_command(const struct command *command, int argument_count, char **arguments,
                              struct error *error)
{
    struct command_call call;
    bool help = false;
    error_code rc = command_parse(command, argument_count, arguments, &call, &help, error);
    if (rc != ERROR_NONE) return rc;
    if (help) {
        help_command(command, stdout);
        return ERROR_NONE;
    }
    console_open(call.options.quiet);
    return command->run(&call, error);
}

/* Without --lang, options before the command are --help and --version alone. */
static error_code dispatch(int argument_count, char **arguments, const struct command **command,
                           struct error *error)
{
    const char *name = argument_count > 1 ? arguments[1] : NULL;
    if (name == NULL) {
        help_program(COMMANDS, stderr);
        return error_set(error, ERROR_USAGE, _("a command is missing"));
    }
    if (strcmp(name, "--version") == 0) {
        help_version(stdout);
        return ERROR_NONE;
    }
    if (strcmp(name, "help") == 0 || strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
        const char *about = argument_count > 2 && arguments[2][0] != '-' ? arguments[2] : NULL;
        return show_help(about, error);
    }
    const struct command *nearest = NULL;
    *command = help_find(COMMANDS, name, &nearest);
    if (*command == NULL) return unknown_command(name, nearest, error);
    return run_command(*command, argument_count - 1, arguments + 1, error);
}

int main(int argument_count, char **arguments)
{
    struct error error = {0};
    const struct command *command = NULL;
    language_set(asked_language(argument_count, arguments));
    error_code rc = dispatch(argument_count, arguments, &command, &error);
    /* A full disk behind the standard output shows only now. */
    if ((fflush(stdout) != 0 || ferror(stdout)) && rc == ERROR_NONE) {
        rc = error_set(&error, ERROR_FILE, _("the standard output cannot be written"));
    }
    if (rc != ERROR_NONE) console_error(command != NULL ? command->name : NULL, &error);
    return error_exit_status(rc);
}
