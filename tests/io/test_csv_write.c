/* CSV writing: what RFC 4180 asks, and what numbers must never look like. */
#include "io/csv_write.h"
#include "tests/support/golden.h"
#include "tests/support/test.h"

#include <math.h>
#include <stdlib.h>

static void test_texts_are_quoted_when_they_must(void **state)
{
    (void)state;
    FILE *file = tmpfile();
    struct csv_writer csv = csv_begin(file, "a,b,c");
    csv_text(&csv, "plain");
    csv_text(&csv, "a,b");
    csv_text(&csv, "he said \"no\"");
    csv_text(&csv, "two\nlines");
    csv_text(&csv, " blank");
    csv_text(&csv, "");
    csv_text(&csv, NULL);
    csv_text(&csv, "Église");
    csv_end_row(&csv);
    char *text = golden_take(file);
    assert_string_equal(text,
                        "a,b,c\nplain,\"a,b\",\"he said \"\"no\"\"\",\"two\nlines\",\" blank\",,,Église\n");
    free(text);
}

static void test_no_text_runs_as_a_formula(void **state)
{
    (void)state;
    FILE *file = tmpfile();
    struct csv_writer csv = csv_begin(file, "a");
    const char *const texts[] = {"=1+1",     "+cmd", "-2+3",  "@SUM(A1)", "\tx",
                                 "=\"a\",b", "-1",   "+33.5", "=5",       "a=1"};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        csv_text(&csv, texts[i]);
        csv_end_row(&csv);
    }
    char *text = golden_take(file);
    assert_string_equal(text,
                        "a\n'=1+1\n'+cmd\n'-2+3\n'@SUM(A1)\n'\tx\n\"'=\"\"a\"\",b\"\n-1\n+33.5\n'=5\na=1\n");
    free(text);
}

static void test_numbers(void **state)
{
    (void)state;
    FILE *file = tmpfile();
    struct csv_writer csv = csv_begin(file, "n");
    csv_number(&csv, 1.005, 2);
    csv_number(&csv, -0.0001, 2);
    csv_number(&csv, -1.5, 1);
    csv_number(&csv, NAN, 2);
    csv_number(&csv, INFINITY, 2);
    csv_number(&csv, 1e300, 2);
    csv_integer(&csv, INT64_MIN);
    csv_money(&csv, 1234 * MONEY_UNIT + MONEY_UNIT / 4);
    csv_end_row(&csv);
    csv_integer(&csv, 7); /* a new row begins without a comma */
    csv_end_row(&csv);
    char *text = golden_take(file);
    assert_string_equal(text,
                        "n\n1.00,0.00,-1.5,,,1.0000000000000001e+300,-9223372036854775808,1234.25\n7\n");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts_are_quoted_when_they_must),
        cmocka_unit_test(test_no_text_runs_as_a_formula),
        cmocka_unit_test(test_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
