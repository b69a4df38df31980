/* Commands: what `benne NAME ...` can do, one const table, and the options they share.
 *
 * A command is described by a `struct command`, listed in main.c's table, and run with a `command_call`: its
 * operands and options as parsed and checked. Results go to stdout, messages to stderr. A command returns an
 * error_code: its exit status is error_exit_status of it. When it has already told the user what is wrong
 * (diagnostics printed, say), it leaves error->message empty and main adds nothing.
 *
 *     static const struct command_option OPTIONS[] = {
 *         {"date", N_("YYYY-MM-DD"), N_("the service day (default: the city's start)")}, {0}};
 *     const struct command PLAN_COMMAND = {.name = "plan", .run = plan_command, ...};
 *
 * Options common to many commands are taken by a mask; an option that a command does not take is refused,
 * so that nobody believes it has had an effect. Ownership: everything points into argv or constants.
 */
#ifndef BENNE_SCENARIOS_COMMAND_H
#define BENNE_SCENARIOS_COMMAND_H

#include "solver/base/calendar.h"
#include "solver/base/error.h"

#include <stdbool.h>
#include <stdint.h>

/* The common options that a command takes; --lang, --quiet and --help are taken by all. */
typedef enum common_option {
    TAKES_OUTPUT = 1,  /* -o PATH */
    TAKES_SEED = 2,    /* --seed N */
    TAKES_THREADS = 4, /* --threads N */
    TAKES_LIMITS = 8,  /* --time-limit S, --iterations N */
    TAKES_JSON = 16    /* --json */
} common_option;

struct command_options {
    const char *output; /* -o; NULL: not given */
    uint64_t seed;
    int32_t threads;     /* default: the processors of the machine */
    double time_limit_s; /* 0: none, because --iterations is given */
    int64_t iterations;  /* 0: none */
    bool json, quiet;
};

enum { COMMAND_TIME_LIMIT_DEFAULT_S = 60, COMMAND_SEED_DEFAULT = 1, COMMAND_OWN_MAX = 24 };

/* An option of one command only. */
struct command_option {
    const char *name;     /* without the dashes; NULL ends a list */
    const char *argument; /* N_() what follows, as in help; NULL: a flag */
    const char *help;     /* N_() */
};

struct command_call;

struct command {
    const char *name;
    const char *summary;  /* N_() one line */
    const char *operands; /* N_() as in the usage line: "CITY PLAN" */
    int32_t operand_min, operand_max;
    unsigned takes;                   /* of common_option */
    const struct command_option *own; /* ended by a NULL name; NULL: none */
    const char *output_help;          /* N_() what -o means here; NULL unless TAKES_OUTPUT */
    const char *help;                 /* N_() paragraphs */
    const char *const *examples;      /* command lines, ended by NULL */
    error_code (*run)(const struct command_call *call, struct error *error);
};

struct command_call {
    const struct command *command;
    struct command_options options;
    const char *const *operands;
    int32_t operand_count;
    const char *values[COMMAND_OWN_MAX]; /* of the command's own options, parallel to `own` */
};

/* Parses what follows `benne NAME`: arguments[0] is the name. *help is set by --help or -h, and then nothing
 * else is checked. ERROR_USAGE with a sentence otherwise. getopt_long permutes `arguments`. */
error_code command_parse(const struct command *command, int argument_count, char **arguments,
                         struct command_call *call, bool *help, struct error *error) ERROR_CHECKED;

/* The value of an own option, NULL when not given ("" for a flag that is). */
const char *command_value(const struct command_call *call, const char *name);

/* The value of an own option as a whole number within limits; *number is left as it is when not given. */
error_code command_integer(const struct command_call *call, const char *name, int64_t low, int64_t high,
                           int64_t *number, struct error *error) ERROR_CHECKED;

/* The value of an own option as a day (YYYY-MM-DD); *day is left as it is when not given. */
error_code command_day(const struct command_call *call, const char *name, day_number *day,
                       struct error *error) ERROR_CHECKED;

#endif
