/* Errors as values: what is filled, what is cut, and what the process exits with. */
#include "solver/base/error.h"

#include "tests/support/test.h"

#include <string.h>

static void set_fills_code_and_message(void **state)
{
    (void)state;
    struct error error;
    memset(&error, 0xAA, sizeof error);
    assert_int_equal(error_set(&error, ERROR_USAGE, "option %s wants %d", "-o", 1), ERROR_USAGE);
    assert_int_equal(error.code, ERROR_USAGE);
    assert_string_equal(error.message, "option -o wants 1");
    assert_string_equal(error.file, "");
    assert_int_equal(error.line, 0);
    assert_int_equal(error.column, 0);
}

static void at_names_the_place(void **state)
{
    (void)state;
    struct error error;
    assert_int_equal(error_at(&error, ERROR_INPUT, "bins.csv", INT64_C(5000000000), 7, "bad"), ERROR_INPUT);
    assert_string_equal(error.file, "bins.csv");
    assert_true(error.line == INT64_C(5000000000));
    assert_int_equal(error.column, 7);
    assert_int_equal(error_at(&error, ERROR_INPUT, NULL, 0, 0, "bad"), ERROR_INPUT);
    assert_string_equal(error.file, "");
}

static void null_error_gives_the_code_alone(void **state)
{
    (void)state;
    assert_int_equal(error_set(NULL, ERROR_FILE, "%s", "unseen"), ERROR_FILE);
    assert_int_equal(error_at(NULL, ERROR_NETWORK, "f", 1, 1, "unseen"), ERROR_NETWORK);
    assert_int_equal(error_memory(NULL), ERROR_MEMORY);
}

static void error_may_quote_itself(void **state)
{
    (void)state;
    struct error error;
    error_at(&error, ERROR_FILE, "plan.json", 3, 2, "no space left");
    error_at(&error, error.code, error.file, error.line, 0, "%s: %s", error.file, error.message);
    assert_string_equal(error.file, "plan.json");
    assert_string_equal(error.message, "plan.json: no space left");
}

static void long_message_ends_on_a_whole_character(void **state)
{
    (void)state;
    static const char *const CHARACTERS[] = {"a", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x97\x91"};
    for (size_t kind = 0; kind < COUNT_OF(CHARACTERS); kind++) {
        const size_t width = strlen(CHARACTERS[kind]);
        for (size_t shift = 0; shift < width; shift++) {
            char text[2 * ERROR_MESSAGE_MAX] = "";
            memset(text, 'x', shift);
            size_t length = shift;
            while (length + width < sizeof text - 1) {
                memcpy(text + length, CHARACTERS[kind], width);
                length += width;
            }
            text[length] = '\0';
            struct error error;
            error_set(&error, ERROR_INPUT, "%s", text);
            const size_t kept = strlen(error.message);
            assert_true(kept < ERROR_MESSAGE_MAX && kept + width >= ERROR_MESSAGE_MAX);
            assert_memory_equal(error.message, text, kept);
            assert_int_equal((kept - shift) % width, 0);
        }
    }
}

static void long_path_keeps_its_end(void **state)
{
    (void)state;
    char path[2 * ERROR_FILE_MAX];
    memset(path, 'd', sizeof path);
    memcpy(path + sizeof path - sizeof "/bins.csv", "/bins.csv", sizeof "/bins.csv");
    struct error error;
    error_at(&error, ERROR_INPUT, path, 1, 1, "bad");
    assert_int_equal(strlen(error.file), ERROR_FILE_MAX - 1);
    assert_memory_equal(error.file, "...ddd", 6);
    assert_string_equal(error.file + ERROR_FILE_MAX - sizeof "/bins.csv", "/bins.csv");
}

static void exit_statuses_are_the_documented_ones(void **state)
{
    (void)state;
    static const struct {
        error_code code;
        int status;
    } TABLE[] = {{ERROR_NONE, 0},       {ERROR_INTERNAL, 1}, {ERROR_MEMORY, 1},  {ERROR_USAGE, 2},
                 {ERROR_INPUT, 2},      {ERROR_FILE, 2},     {ERROR_NETWORK, 3}, {ERROR_UNSERVED, 4},
                 {ERROR_INFEASIBLE, 5}, {ERROR_LOCKED, 75}};
    for (size_t i = 0; i < COUNT_OF(TABLE); i++) {
        assert_int_equal(error_exit_status(TABLE[i].code), TABLE[i].status);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(set_fills_code_and_message),
        cmocka_unit_test(at_names_the_place),
        cmocka_unit_test(null_error_gives_the_code_alone),
        cmocka_unit_test(error_may_quote_itself),
        cmocka_unit_test(long_message_ends_on_a_whole_character),
        cmocka_unit_test(long_path_keeps_its_end),
        cmocka_unit_test(exit_statuses_are_the_documented_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
