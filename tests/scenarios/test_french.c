/* The French catalogue is whole: every sentence of the sources has its translation, none is a guess. */
#include "tests/support/program.h"
#include "tests/support/test.h"

#include <stdio.h>

/* msgcmp fails for a sentence that is untranslated, fuzzy or missing, and names it. */
static void every_sentence_is_translated(void **state)
{
    (void)state;
    char folder[256], script[1024];
    scratch_make(folder);
    snprintf(script, sizeof script,
             "xgettext --from-code=UTF-8 --keyword=_ --keyword=N_ -o %s/benne.pot "
             "$(find solver io scenarios -name '*.[ch]') && msgcmp io/messages/fr.po %s/benne.pot",
             folder, folder);
    struct outcome outcome = program_run_other(NULL, (const char *const[]){"sh", "-c", script, NULL});
    assert_string_equal(outcome.error, "");
    assert_int_equal(outcome.status, 0);
    outcome_free(&outcome);
    scratch_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_sentence_is_translated)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
