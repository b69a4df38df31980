/* The program from outside: what it answers to people who mistype, and its help. */
#include "scenarios/columns.h"

#include "tests/support/program.h"
#include "tests/support/test.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

enum { COMMANDS_MAX = 32, NAME_ROOM = 32, WIDEST = 110 };

static void usage_errors_exit_with_2(void **state)
{
    (void)state;
    static const struct {
        const char *arguments[6];
        const char *error;
    } CASES[] = {
        {{"frobnicate"}, "benne: unknown command 'frobnicate'\nSee: benne help\n"},
        {{"generat"}, "benne: unknown command 'generat'; is it 'generate'?\nSee: benne help\n"},
        {{"--nothing"}, "benne: unknown option --nothing\nSee: benne help\n"},
        {{"help", "frobnicate"}, "benne: unknown command 'frobnicate'\nSee: benne help\n"},
        {{"generate"}, "benne generate: -o DIR is missing\nSee: benne generate --help\n"},
        {{"generate", "more"}, "benne generate: unexpected operand 'more'\nSee: benne generate --help\n"},
        {{"generate", "--bins", "many", "-o", "x"},
         "benne generate: --bins takes a whole number from 5 to 1000000, not 'many'\n"
         "See: benne generate --help\n"},
        {{"generate", "--streams", "gold", "-o", "x"},
         "benne generate: --streams takes some of residual, glass, paper, packaging, biowaste, each once, "
         "with "
         "commas, not 'gold'\nSee: benne generate --help\n"},
    };
    for (size_t number = 0; number < COUNT_OF(CASES); number++) {
        struct outcome outcome = program_run(CASES[number].arguments);
        assert_string_equal(outcome.error, CASES[number].error);
        assert_string_equal(outcome.output, "");
        assert_int_equal(outcome.status, 2);
        outcome_free(&outcome);
    }
}

static void without_a_command_the_help_is_an_error(void **state)
{
    (void)state;
    struct outcome outcome = program_run((const char *const[]){NULL});
    assert_int_equal(outcome.status, 2);
    assert_string_equal(outcome.output, "");
    assert_non_null(strstr(outcome.error, "Usage: benne COMMAND"));
    assert_non_null(strstr(outcome.error, "benne: a command is missing\n"));
    outcome_free(&outcome);
}

/* The names in the list of `benne help`. */
static int listed_commands(char names[COMMANDS_MAX][NAME_ROOM])
{
    struct outcome outcome = program_run((const char *const[]){"help", NULL});
    assert_int_equal(outcome.status, 0);
    assert_string_equal(outcome.error, "");
    const char *line = strstr(outcome.output, "Commands:\n");
    assert_non_null(line);
    int count = 0;
    for (line = strchr(line, '\n') + 1; strncmp(line, "  ", 2) == 0; line = strchr(line, '\n') + 1) {
        assert_true(count < COMMANDS_MAX);
        assert_int_equal(sscanf(line, "%31s", names[count]), 1);
        if (strcmp(names[count], "help") != 0) count++;
    }
    outcome_free(&outcome);
    return count;
}

static void every_command_has_help_with_examples(void **state)
{
    (void)state;
    char names[COMMANDS_MAX][NAME_ROOM];
    int count = listed_commands(names);
    assert_true(count >= 1);
    for (int number = 0; number < count; number++) {
        struct outcome asked = program_run((const char *const[]){names[number], "--help", NULL});
        struct outcome named = program_run((const char *const[]){"help", names[number], NULL});
        char example[64], beginning[64];
        assert_int_equal(asked.status, 0);
        assert_int_equal(named.status, 0);
        assert_string_equal(asked.output, named.output);
        snprintf(beginning, sizeof beginning, "benne %s: ", names[number]);
        snprintf(example, sizeof example, "\n  benne %s ", names[number]);
        assert_int_equal(strncmp(asked.output, beginning, strlen(beginning)), 0);
        const char *examples = strstr(asked.output, "\nExamples:");
        assert_non_null(examples);
        assert_non_null(strstr(examples, example));
        outcome_free(&asked);
        outcome_free(&named);
    }
}

static void help_fits_a_terminal(void **state)
{
    (void)state;
    static const char *const LANGUAGES[] = {"en", "fr"};
    char names[COMMANDS_MAX][NAME_ROOM];
    int count = listed_commands(names);
    setlocale(LC_CTYPE, "C.UTF-8");
    for (int number = 0; number < 2 * count; number++) {
        const char *const arguments[] = {names[number / 2], "--help", "--lang", LANGUAGES[number % 2], NULL};
        struct outcome outcome = program_run(arguments);
        assert_int_equal(outcome.status, 0);
        for (char *line = strtok(outcome.output, "\n"); line != NULL; line = strtok(NULL, "\n")) {
            if (columns_all(line) > WIDEST) fail_msg("too long: %s", line);
        }
        outcome_free(&outcome);
    }
}

static void the_version_is_one_line(void **state)
{
    (void)state;
    struct outcome outcome = program_run((const char *const[]){"--version", NULL});
    int major, minor, patch, end = 0;
    assert_int_equal(outcome.status, 0);
    assert_int_equal(sscanf(outcome.output, "benne %d.%d.%d\n%n", &major, &minor, &patch, &end), 3);
    assert_int_equal(strlen(outcome.output), end);
    outcome_free(&outcome);
}

static void french_is_spoken_when_asked_for(void **state)
{
    (void)state;
    struct outcome outcome =
        program_run((const char *const[]){"generate", "--lang", "fr", "--nothing", NULL});
    assert_int_equal(outcome.status, 2);
    assert_string_equal(outcome.error,
                        "benne generate: option inconnue --nothing\nVoir\xC2\xA0: benne generate --help\n");
    outcome_free(&outcome);
}

static void a_full_disk_is_an_error(void **state)
{
    (void)state;
    char line[512];
    snprintf(line, sizeof line, "%s help > /dev/full", program_path());
    struct outcome outcome = program_run_other(NULL, (const char *const[]){"sh", "-c", line, NULL});
    assert_int_equal(outcome.status, 2);
    assert_string_equal(outcome.error, "benne: the standard output cannot be written\n");
    outcome_free(&outcome);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(usage_errors_exit_with_2),
        cmocka_unit_test(without_a_command_the_help_is_an_error),
        cmocka_unit_test(every_command_has_help_with_examples),
        cmocka_unit_test(help_fits_a_terminal),
        cmocka_unit_test(the_version_is_one_line),
        cmocka_unit_test(french_is_spoken_when_asked_for),
        cmocka_unit_test(a_full_disk_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
