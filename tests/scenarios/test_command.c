/* The command line, word by word: what is understood, and the sentence for what is not. */
#include "scenarios/command.h"
#include "scenarios/help.h"

#include "tests/support/test.h"

#include <stdio.h>
#include <string.h>

static error_code never_run(const struct command_call *call, struct error *error)
{
    (void)call;
    (void)error;
    return ERROR_INTERNAL;
}

static const struct command_option OWN[] = {
    {"date", "YYYY-MM-DD", "a day"}, {"dates", "LIST", "days"}, {"count", "N", "a number"},
    {"flag", NULL, "a flag"},        {NULL, NULL, NULL},
};

static const char *const EXAMPLES[] = {"benne try", NULL};

static const struct command TRIAL = {
    .name = "try",
    .summary = "a trial",
    .operands = "CITY PLAN",
    .operand_min = 2,
    .operand_max = 2,
    .takes = TAKES_OUTPUT | TAKES_SEED | TAKES_THREADS | TAKES_LIMITS,
    .own = OWN,
    .output_help = "a folder",
    .help = "Tries.",
    .examples = EXAMPLES,
    .run = never_run,
};

/* Splits a line at blanks and parses it; `_` stands for an empty word. */
static error_code parse(const char *line, struct command_call *call, bool *help, struct error *error)
{
    static char copy[512];
    static char *words[32];
    int count = 0;
    snprintf(copy, sizeof copy, "%s", line);
    for (char *word = strtok(copy, " "); word != NULL; word = strtok(NULL, " ")) {
        if (strcmp(word, "_") == 0) *word = '\0';
        words[count++] = word;
    }
    words[count] = NULL;
    *error = (struct error){0};
    return command_parse(&TRIAL, count, words, call, help, error);
}

static void wrong_lines_get_their_sentence(void **state)
{
    (void)state;
    static const struct {
        const char *line, *sentence;
    } CASES[] = {
        {"try", "CITY is missing"},
        {"try town", "PLAN is missing"},
        {"try town plan more", "unexpected operand 'more'"},
        {"try --nothing town plan", "unknown option --nothing"},
        {"try town plan --nothing=3", "unknown option --nothing=3"},
        {"try -x town plan", "unknown option -x"},
        {"try town plan -qz", "unknown option -q"},
        {"try town plan --json", "unknown option --json"}, /* this command does not take it */
        {"try --dat 2026-01-01 town plan", "the option --dat is ambiguous"},
        {"try --flag=3 town plan", "the option --flag takes no value"},
        {"try --quiet=3 town plan", "the option --quiet takes no value"},
        {"try town plan --seed", "the option --seed needs a value"},
        {"try town plan -o", "the option -o needs a value"},
        {"try town plan -o _", "-o takes a path, not an empty text"},
        {"try --seed x town plan", "--seed takes a whole number from 0 to 18446744073709551615, not 'x'"},
        {"try --seed -1 town plan", "--seed takes a whole number from 0 to 18446744073709551615, not '-1'"},
        {"try --seed 18446744073709551616 a b",
         "--seed takes a whole number from 0 to 18446744073709551615, not '18446744073709551616'"},
        {"try --seed _ a b", "--seed takes a whole number from 0 to 18446744073709551615, not ''"},
        {"try --threads 0 a b", "--threads takes a whole number from 1 to 256, not '0'"},
        {"try --threads 2.5 a b", "--threads takes a whole number from 1 to 256, not '2.5'"},
        {"try --iterations 0 a b",
         "--iterations takes a whole number from 1 to 9223372036854775807, not '0'"},
        {"try --time-limit 0 a b", "--time-limit takes a number of seconds above 0, not '0'"},
        {"try --time-limit nan a b", "--time-limit takes a number of seconds above 0, not 'nan'"},
        {"try --time-limit 1e999 a b", "--time-limit takes a number of seconds above 0, not '1e999'"},
        {"try --time-limit 5s a b", "--time-limit takes a number of seconds above 0, not '5s'"},
        {"try --lang de a b", "--lang takes fr or en, not 'de'"},
    };
    for (size_t number = 0; number < COUNT_OF(CASES); number++) {
        struct command_call call;
        struct error error;
        bool help;
        assert_int_equal(parse(CASES[number].line, &call, &help, &error), ERROR_USAGE);
        assert_string_equal(error.message, CASES[number].sentence);
    }
}

static void right_lines_are_understood(void **state)
{
    (void)state;
    struct command_call call;
    struct error error;
    bool help;
    assert_int_equal(parse("try town --seed 7 plan -o out --threads=3 --time-limit .5 --count 12 --flag",
                           &call, &help, &error),
                     ERROR_NONE);
    assert_false(help);
    assert_string_equal(call.operands[0], "town");
    assert_string_equal(call.operands[1], "plan");
    assert_string_equal(call.options.output, "out");
    assert_true(call.options.seed == 7 && call.options.threads == 3 && call.options.time_limit_s == .5);
    assert_int_equal(call.options.iterations, 0);
    assert_string_equal(command_value(&call, "flag"), "");
    assert_null(command_value(&call, "date"));
    int64_t count = 5;
    assert_int_equal(command_integer(&call, "count", 1, 20, &count, &error), ERROR_NONE);
    assert_int_equal(count, 12);
    assert_int_equal(command_integer(&call, "count", 1, 11, &count, &error), ERROR_USAGE);
    assert_string_equal(error.message, "--count takes a whole number from 1 to 11, not '12'");
}

static void limits_have_a_default(void **state)
{
    (void)state;
    struct command_call call;
    struct error error;
    bool help;
    assert_int_equal(parse("try a b", &call, &help, &error), ERROR_NONE);
    assert_true(call.options.time_limit_s == COMMAND_TIME_LIMIT_DEFAULT_S && call.options.iterations == 0);
    assert_true(call.options.seed == COMMAND_SEED_DEFAULT && call.options.threads >= 1);
    assert_int_equal(parse("try a b --iterations 9", &call, &help, &error), ERROR_NONE);
    assert_true(call.options.time_limit_s == 0 && call.options.iterations == 9);
    assert_int_equal(parse("try -- --a -b", &call, &help, &error), ERROR_NONE);
    assert_string_equal(call.operands[0], "--a");
}

static void days_are_checked(void **state)
{
    (void)state;
    static const char *const WRONG[] = {"2026-02-29", "2026-13-01", "26-01-01", "2026-1-1",
                                        "2026/01/01", "tomorrow",   "",         "2026-01-011"};
    struct command_call call;
    struct error error;
    bool help;
    day_number day = 3;
    assert_int_equal(parse("try a b", &call, &help, &error), ERROR_NONE);
    assert_int_equal(command_day(&call, "date", &day, &error), ERROR_NONE);
    assert_int_equal(day, 3);
    call.values[0] = "2028-02-29";
    assert_int_equal(command_day(&call, "date", &day, &error), ERROR_NONE);
    assert_int_equal(day, day_from_civil((struct civil_date){2028, 2, 29}));
    for (size_t number = 0; number < COUNT_OF(WRONG); number++) {
        char sentence[128];
        call.values[0] = WRONG[number];
        assert_int_equal(command_day(&call, "date", &day, &error), ERROR_USAGE);
        snprintf(sentence, sizeof sentence, "--date takes a date as 2026-11-23, not '%s'", WRONG[number]);
        assert_string_equal(error.message, sentence);
    }
}

static void help_stops_all_else(void **state)
{
    (void)state;
    static const char *const LINES[] = {"try --help", "try -h", "try town --help --nothing"};
    for (size_t number = 0; number < COUNT_OF(LINES); number++) {
        struct command_call call;
        struct error error;
        bool help = false;
        assert_int_equal(parse(LINES[number], &call, &help, &error), ERROR_NONE);
        assert_true(help);
    }
}

static void the_nearest_command_is_proposed(void **state)
{
    (void)state;
    static const struct command PLAN = {.name = "plan"}, VALIDATE = {.name = "validate"};
    static const struct command *const ALL[] = {&PLAN, &VALIDATE, NULL};
    const struct command *nearest;
    assert_ptr_equal(help_find(ALL, "plan", &nearest), &PLAN);
    assert_null(help_find(ALL, "plna", &nearest));
    assert_ptr_equal(nearest, &PLAN);
    assert_null(help_find(ALL, "valdate", &nearest));
    assert_ptr_equal(nearest, &VALIDATE);
    assert_null(help_find(ALL, "frobnicate", &nearest));
    assert_null(nearest);
    assert_null(help_find(ALL, "a-name-much-longer-than-any-command", &nearest));
    assert_null(nearest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_lines_get_their_sentence),
        cmocka_unit_test(right_lines_are_understood),
        cmocka_unit_test(limits_have_a_default),
        cmocka_unit_test(days_are_checked),
        cmocka_unit_test(help_stops_all_else),
        cmocka_unit_test(the_nearest_command_is_proposed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
