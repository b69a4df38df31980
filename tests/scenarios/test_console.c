/* Diagnostics as people read them: place, sentence, the line, a caret under the fault, the counts. */
#include "scenarios/console.h"

#include "tests/support/test.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

static void expect_printed(const struct diagnostics *list, bool notes, const char *expected)
{
    char *text = NULL;
    size_t length = 0;
    FILE *stream = tmpfile(); /* no memory stream: the printer asks whether it is a terminal */
    assert_non_null(stream);
    console_diagnostics(list, notes, stream);
    length = (size_t)ftell(stream);
    rewind(stream);
    text = calloc(length + 1, 1);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, length, stream), length);
    fclose(stream);
    assert_string_equal(text, expected);
    free(text);
}

static void a_caret_stands_under_the_column(void **state)
{
    (void)state;
    setlocale(LC_CTYPE, "C.UTF-8");
    struct diagnostics list;
    diagnostics_init(&list, 50);
    struct source_place place = {"bins.csv", 7, 8, "Dépôt;-120"}; /* column 8: a byte, two letters have two */
    diagnostics_add(&list, SEVERITY_ERROR, place, "%s", "a capacity is above 0");
    expect_printed(&list, false,
                   "bins.csv:7:8: error: a capacity is above 0\n"
                   "    Dépôt;-120\n"
                   "         ^\n"
                   "1 error, 0 warnings\n");
    diagnostics_free(&list);
}

static void wide_letters_and_tabs_move_the_caret(void **state)
{
    (void)state;
    setlocale(LC_CTYPE, "C.UTF-8");
    struct diagnostics list;
    diagnostics_init(&list, 50);
    struct source_place place = {"bins.csv", 2, 8, "漢字\tx"};
    diagnostics_add(&list, SEVERITY_WARNING, place, "%s", "what is this?");
    expect_printed(&list, false,
                   "bins.csv:2:8: warning: what is this?\n"
                   "    漢字\\tx\n"
                   "          ^\n"
                   "0 errors, 1 warning\n");
    diagnostics_free(&list);
}

static void notes_are_shown_when_asked_for(void **state)
{
    (void)state;
    struct diagnostics list;
    diagnostics_init(&list, 50);
    struct source_place file = {"city.json", 0, 0, NULL}, nowhere = {NULL, 0, 0, NULL};
    diagnostics_add(&list, SEVERITY_NOTE, file, "%s", "UTF-8");
    diagnostics_add(&list, SEVERITY_NOTE, nowhere, "%s", "no fixed rounds");
    expect_printed(&list, false, "");
    expect_printed(&list, true, "city.json: note: UTF-8\nnote: no fixed rounds\n");
    diagnostics_free(&list);
}

static void what_is_beyond_the_limit_is_counted(void **state)
{
    (void)state;
    struct diagnostics list;
    diagnostics_init(&list, 1);
    struct source_place place = {"bins.csv", 3, 0, NULL};
    for (int number = 0; number < 3; number++) diagnostics_add(&list, SEVERITY_ERROR, place, "%s", "no");
    expect_printed(&list, false,
                   "bins.csv:3: error: no\n3 errors, 0 warnings; the first 1 of each are shown\n");
    diagnostics_free(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_caret_stands_under_the_column),
        cmocka_unit_test(wide_letters_and_tabs_move_the_caret),
        cmocka_unit_test(notes_are_shown_when_asked_for),
        cmocka_unit_test(what_is_beyond_the_limit_is_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
