/* Widths on a terminal: what stands under a caret must stand under its letter. */
#include "scenarios/columns.h"

#include "tests/support/test.h"

#include <locale.h>

static void widths_are_those_of_a_terminal(void **state)
{
    (void)state;
    setlocale(LC_CTYPE, "C.UTF-8");
    assert_int_equal(columns_all(""), 0);
    assert_int_equal(columns_all("abc"), 3);
    assert_int_equal(columns_all("été"), 3);
    assert_int_equal(columns_all("漢字"), 4);
    assert_int_equal(columns_all("e\xCC\x81"), 1); /* e and a combining accent */
    assert_int_equal(columns_all("a\xFFz"), 3);    /* a malformed byte is one */
    assert_int_equal(columns_all("a\xC3"), 2);     /* cut in the middle of a letter */
}

static void a_beginning_is_measured(void **state)
{
    (void)state;
    setlocale(LC_CTYPE, "C.UTF-8");
    assert_int_equal(columns_of("été;1", 0), 0);
    assert_int_equal(columns_of("été;1", 4), 4);
    assert_int_equal(columns_of("漢a", 1), 2);
    assert_int_equal(columns_of("ab", 9), 2);
}

static void a_text_is_cut_between_letters(void **state)
{
    (void)state;
    setlocale(LC_CTYPE, "C.UTF-8");
    assert_int_equal(columns_cut("été", 9), 5);
    assert_int_equal(columns_cut("été", 2), 3);
    assert_int_equal(columns_cut("漢字", 3), 3); /* half an ideogram is none */
    assert_int_equal(columns_cut("abc", 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(widths_are_those_of_a_terminal),
        cmocka_unit_test(a_beginning_is_measured),
        cmocka_unit_test(a_text_is_cut_between_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
