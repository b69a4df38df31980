#include "io/csv.h"
#include "tests/support/test.h"

#include <stdlib.h>
#include <string.h>

static csv_state push(struct csv_reader *reader, const char *line, size_t *fault)
{
    return csv_reader_push(reader, line, strlen(line), fault);
}

static void expect_fields(const struct csv_reader *reader, const char *const *expected)
{
    int32_t count;
    const struct csv_field *fields = csv_reader_fields(reader, &count);
    for (int32_t i = 0; i < count; i++) {
        if (expected[i] == NULL) {
            fail_msg("more fields than %d", i);
            return;
        }
        assert_string_equal(fields[i].text, expected[i]);
        assert_int_equal(fields[i].length, strlen(expected[i]));
    }
    assert_null(expected[count]);
}

static void rows_are_unquoted(void **state)
{
    (void)state;
    struct csv_reader *reader;
    size_t fault;
    assert_int_equal(csv_reader_open(';', &reader, NULL), ERROR_NONE);
    assert_int_equal(push(reader, "a; b ;\"c;d\";\"e\"\"f\";\n", &fault), CSV_ROW);
    expect_fields(reader, (const char *[]){"a", "b", "c;d", "e\"f", "", NULL});
    assert_int_equal(push(reader, "\n", &fault), CSV_BLANK);
    assert_int_equal(push(reader, "  \t\n", &fault), CSV_BLANK);
    assert_int_equal(push(reader, "x;\"1\n", &fault), CSV_OPEN);
    assert_int_equal(push(reader, "\n", &fault), CSV_OPEN);
    assert_int_equal(push(reader, "2\";y,z\n", &fault), CSV_ROW);
    expect_fields(reader, (const char *[]){"x", "1\n\n2", "y,z", NULL});
    assert_int_equal(push(reader, ";\n", &fault), CSV_ROW);
    expect_fields(reader, (const char *[]){"", "", NULL});
    csv_reader_close(reader);
}

static void faults_are_placed_and_left_behind(void **state)
{
    (void)state;
    struct csv_reader *reader;
    size_t fault;
    assert_int_equal(csv_reader_open(',', &reader, NULL), ERROR_NONE);
    assert_int_equal(push(reader, "a,b\"c,d\n", &fault), CSV_BAD_QUOTE);
    assert_int_equal(fault, 3);
    assert_int_equal(push(reader, "a,\"b\"c,d\n", &fault), CSV_BAD_QUOTE);
    assert_int_equal(fault, 5);
    assert_int_equal(push(reader, "a,b\rc,d\n", &fault), CSV_BAD_RETURN);
    assert_int_equal(fault, 3);
    assert_int_equal(push(reader, "a,b\n", &fault), CSV_ROW);
    expect_fields(reader, (const char *[]){"a", "b", NULL});
    csv_reader_close(reader);
    csv_reader_close(NULL);
}

static void rows_without_end_are_stopped(void **state)
{
    (void)state;
    struct csv_reader *reader;
    size_t fault;
    enum { LINE = 1000 };
    char line[LINE + 1];
    memset(line, ',', LINE - 1);
    line[LINE - 1] = '\n';
    line[LINE] = '\0';
    assert_int_equal(csv_reader_open(',', &reader, NULL), ERROR_NONE);
    assert_int_equal(push(reader, line, &fault), CSV_TOO_LONG);
    memset(line, 'x', LINE - 1);
    line[0] = '"';
    csv_state last = push(reader, line, &fault);
    line[0] = 'x';
    int pushed = 1;
    for (; last == CSV_OPEN && pushed < 10000; pushed++) last = push(reader, line, &fault);
    assert_int_equal(last, CSV_TOO_LONG);
    assert_true(pushed > CSV_ROW_BYTES_MAX / LINE - 2 && pushed < CSV_ROW_BYTES_MAX / LINE + 5);
    assert_int_equal(push(reader, "a,b\n", &fault), CSV_ROW);
    expect_fields(reader, (const char *[]){"a", "b", NULL});
    csv_reader_close(reader);
}

static void a_field_is_found_again_in_its_row(void **state)
{
    (void)state;
    static const char row[] = "a,\"b,\"\"c\", d,";
    static const size_t offsets[] = {0, 2, 11, 13};
    for (int32_t i = 0; i < 4; i++) {
        assert_int_equal(csv_field_offset(',', row, strlen(row), i), offsets[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_unquoted),
        cmocka_unit_test(faults_are_placed_and_left_behind),
        cmocka_unit_test(rows_without_end_are_stopped),
        cmocka_unit_test(a_field_is_found_again_in_its_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
