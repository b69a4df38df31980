#include "scenarios/command.h"

#include "solver/base/message.h"

#include <assert.h>
#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What getopt_long returns for a long option: above any character. */
enum option_value {
    OPTION_SEED = 256,
    OPTION_THREADS,
    OPTION_TIME_LIMIT,
    OPTION_ITERATIONS,
    OPTION_JSON,
    OPTION_LANG,
    OPTION_QUIET,
    OPTION_HELP,
    OPTION_OWN /* the command's own, from here on */
};

enum { COMMON_MAX = 10, THREADS_MAX = 256 };

/* A century of seconds: beyond it a limit is a mistake. */
static const double TIME_LIMIT_MAX_S = 3.2e9;

static struct option long_option(const char *name, bool argument, int value)
{
    return (struct option){
        .name = name, .has_arg = argument ? required_argument : no_argument, .flag = NULL, .val = value};
}

/* The options that this command takes, in getopt_long's form. */
static void option_table(const struct command *command, struct option *table)
{
    int count = 0;
    if (command->takes & TAKES_SEED) table[count++] = long_option("seed", true, OPTION_SEED);
    if (command->takes & TAKES_THREADS) table[count++] = long_option("threads", true, OPTION_THREADS);
    if (command->takes & TAKES_LIMITS) {
        table[count++] = long_option("time-limit", true, OPTION_TIME_LIMIT);
        table[count++] = long_option("iterations", true, OPTION_ITERATIONS);
    }
    if (command->takes & TAKES_JSON) table[count++] = long_option("json", false, OPTION_JSON);
    table[count++] = long_option("lang", true, OPTION_LANG);
    table[count++] = long_option("quiet", false, OPTION_QUIET);
    table[count++] = long_option("help", false, OPTION_HELP);
    for (int own = 0; command->own != NULL && command->own[own].name != NULL; own++) {
        assert(own < COMMAND_OWN_MAX);
        table[count++] =
            long_option(command->own[own].name, command->own[own].argument != NULL, OPTION_OWN + own);
    }
    table[count] = long_option(NULL, false, 0);
}

/* A whole number, decimal digits only: strtoull alone would take blanks and signs. */
static error_code whole_number(const char *option, const char *text, uint64_t low, uint64_t high,
                               uint64_t *number, struct error *error)
{
    char *end = NULL;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end != '\0' || errno != 0 || value < low || value > high) {
        return error_set(error, ERROR_USAGE, _("--%s takes a whole number from %llu to %llu, not '%s'"),
                         option, (unsigned long long)low, (unsigned long long)high, text);
    }
    *number = value;
    return ERROR_NONE;
}

static error_code time_limit(const char *text, double *seconds, struct error *error)
{
    char *end = NULL;
    double value = strtod(text, &end);
    bool digits = (text[0] >= '0' && text[0] <= '9') || text[0] == '.';
    if (!digits || *end != '\0' || !isfinite(value) || value <= 0 || value > TIME_LIMIT_MAX_S) {
        return error_set(error, ERROR_USAGE, _("--time-limit takes a number of seconds above 0, not '%s'"),
                         text);
    }
    *seconds = value;
    return ERROR_NONE;
}

static error_code set_common(struct command_call *call, int value, const char *text, struct error *error)
{
    struct command_options *options = &call->options;
    uint64_t number = 0;
    error_code rc = ERROR_NONE;
    switch (value) {
    case 'o':
        if (text[0] == '\0') return error_set(error, ERROR_USAGE, _("-o takes a path, not an empty text"));
        options->output = text;
        break;
    case OPTION_SEED:
        rc = whole_number("seed", text, 0, UINT64_MAX, &options->seed, error);
        break;
    case OPTION_THREADS:
        rc = whole_number("threads", text, 1, THREADS_MAX, &number, error);
        options->threads = (int32_t)number;
        break;
    case OPTION_TIME_LIMIT:
        rc = time_limit(text, &options->time_limit_s, error);
        break;
    case OPTION_ITERATIONS:
        rc = whole_number("iterations", text, 1, INT64_MAX, &number, error);
        options->iterations = (int64_t)number;
        break;
    case OPTION_JSON:
        options->json = true;
        break;
    case OPTION_LANG: /* already in force: main.c reads it before any message */
        if (strcmp(text, "fr") != 0 && strcmp(text, "en") != 0) {
            return error_set(error, ERROR_USAGE, _("--lang takes fr or en, not '%s'"), text);
        }
        break;
    default:
        options->quiet = true;
        break;
    }
    return rc;
}

/* getopt_long has refused `word`: say what is wrong with it. */
static error_code refused(const struct option *table, int value, const char *word, struct error *error)
{
    if (value == ':') return error_set(error, ERROR_USAGE, _("the option %s needs a value"), word);
    if (strncmp(word, "--", 2) == 0) {
        size_t length = strcspn(word + 2, "=");
        int matches = 0;
        for (const struct option *option = table; option->name != NULL; option++) {
            if (strncmp(option->name, word + 2, length) == 0) matches++;
        }
        if (matches > 1) return error_set(error, ERROR_USAGE, _("the option %s is ambiguous"), word);
        if (matches == 1) {
            return error_set(error, ERROR_USAGE, _("the option %.*s takes no value"), (int)length + 2, word);
        }
    }
    return error_set(error, ERROR_USAGE, _("unknown option %s"), word);
}

/* The first operand missing is named as in the usage line, whose words stand in the operands' order. */
static error_code check_operands(const struct command_call *call, struct error *error)
{
    const struct command *command = call->command;
    if (call->operand_count > command->operand_max) {
        return error_set(error, ERROR_USAGE, _("unexpected operand '%s'"),
                         call->operands[command->operand_max]);
    }
    if (call->operand_count >= command->operand_min) return ERROR_NONE;
    const char *name = _(command->operands);
    for (int32_t given = 0; given < call->operand_count; given++) {
        name += strcspn(name, " ");
        name += strspn(name, " ");
    }
    return error_set(error, ERROR_USAGE, _("%.*s is missing"), (int)strcspn(name, " "), name);
}

static struct command_options options_default(void)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    if (processors < 1) processors = 1;
    if (processors > THREADS_MAX) processors = THREADS_MAX;
    return (struct command_options){.seed = COMMAND_SEED_DEFAULT, .threads = (int32_t)processors};
}

error_code command_parse(const struct command *command, int argument_count, char **arguments,
                         struct command_call *call, bool *help, struct error *error)
{
    struct option table[COMMON_MAX + COMMAND_OWN_MAX];
    option_table(command, table);
    *call = (struct command_call){.command = command, .options = options_default()};
    *help = false;
    const char *letters = command->takes & TAKES_OUTPUT ? ":ho:" : ":h";
    optind = 0; /* glibc's way to begin anew, also in the middle of a word */
    opterr = 0;
    for (;;) {
        int word = optind > 0 ? optind : 1;
        int value = getopt_long(argument_count, arguments, letters, table, NULL);
        if (value == -1) break;
        if (value == 'h' || value == OPTION_HELP) {
            *help = true;
            return ERROR_NONE;
        }
        error_code rc = ERROR_NONE;
        const char *text = optarg != NULL ? optarg : ""; /* of a flag */
        if (value == '?' || value == ':') {
            /* Operands before it may have been passed over: the word is the last one read. */
            if (optind > word) word = optind - 1;
            char letter[3] = {'-', (char)optopt, '\0'};
            bool one_letter = optopt > 0 && optopt < OPTION_SEED;
            rc = refused(table, value, one_letter ? letter : arguments[word], error);
        } else if (value >= OPTION_OWN) {
            call->values[value - OPTION_OWN] = text;
        } else {
            rc = set_common(call, value, text, error);
        }
        if (rc != ERROR_NONE) return rc;
    }
    if (call->options.time_limit_s <= 0 && call->options.iterations == 0) {
        call->options.time_limit_s = COMMAND_TIME_LIMIT_DEFAULT_S;
    }
    call->operands = (const char *const *)&arguments[optind];
    call->operand_count = (int32_t)(argument_count - optind);
    return check_operands(call, error);
}

const char *command_value(const struct command_call *call, const char *name)
{
    const struct command_option *own = call->command->own;
    for (int32_t option = 0; own != NULL && own[option].name != NULL; option++) {
        if (strcmp(own[option].name, name) == 0) return call->values[option];
    }
    assert(false && "an option that the command does not declare");
    return NULL;
}

error_code command_integer(const struct command_call *call, const char *name, int64_t low, int64_t high,
                           int64_t *number, struct error *error)
{
    assert(low >= 0);
    const char *text = command_value(call, name);
    if (text == NULL) return ERROR_NONE;
    uint64_t value = 0;
    error_code rc = whole_number(name, text, (uint64_t)low, (uint64_t)high, &value, error);
    if (rc == ERROR_NONE) *number = (int64_t)value;
    return rc;
}

error_code command_day(const struct command_call *call, const char *name, day_number *day,
                       struct error *error)
{
    static const char SHAPE[] = "dddd-dd-dd";
    const char *text = command_value(call, name);
    if (text == NULL) return ERROR_NONE;
    struct civil_date date = {0};
    int32_t *const parts[] = {&date.year, &date.month, &date.day};
    bool right = strlen(text) == sizeof SHAPE - 1;
    for (int32_t at = 0, part = 0; right && text[at] != '\0'; at++) {
        bool digit = text[at] >= '0' && text[at] <= '9';
        right = SHAPE[at] == 'd' ? digit : text[at] == '-';
        if (digit) *parts[part] = *parts[part] * 10 + (text[at] - '0');
        if (SHAPE[at] == '-') part++;
    }
    if (!right || !civil_valid(date)) {
        return error_set(error, ERROR_USAGE, _("--%s takes a date as 2026-11-23, not '%s'"), name, text);
    }
    *day = day_from_civil(date);
    return ERROR_NONE;
}
