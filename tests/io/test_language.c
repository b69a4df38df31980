/* The language follows --lang, then the environment as gettext reads it; numbers never follow. */
#include "io/language.h"

#include "solver/base/message.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static const char ENGLISH[] = "memory exhausted", FRENCH[] = "mémoire épuisée";

static void set_environment(const char *variable, const char *value)
{
    if (value == NULL)
        unsetenv(variable);
    else
        setenv(variable, value, 1);
}

static void expect(const char *code, const char *expected)
{
    language_set(code);
    assert_string_equal(language_current(), expected);
    assert_string_equal(_("memory exhausted"), expected[0] == 'f' ? FRENCH : ENGLISH);
}

static void environment_is_followed(void **state)
{
    (void)state;
    static const struct {
        const char *lang, *lc_messages, *lc_all, *language, *expected;
    } CASES[] = {
        {NULL, NULL, NULL, NULL, "en"},
        {"C", NULL, NULL, NULL, "en"},
        {"fr_FR.UTF-8", NULL, NULL, NULL, "fr"},
        {"fr", NULL, NULL, NULL, "fr"},
        {"fr_CH.ISO-8859-1", NULL, NULL, NULL, "fr"},
        {"frr_DE.UTF-8", NULL, NULL, NULL, "en"}, /* North Frisian */
        {"en_GB.UTF-8", NULL, NULL, NULL, "en"},
        {"de_DE.UTF-8", NULL, NULL, NULL, "en"},
        {"en_GB.UTF-8", "fr_FR.UTF-8", NULL, NULL, "fr"},
        {"fr_FR.UTF-8", "fr_FR.UTF-8", "C", NULL, "en"},
        {"en_GB.UTF-8", "en_GB.UTF-8", "fr_BE.UTF-8", NULL, "fr"},
        {"fr_FR.UTF-8", NULL, NULL, "en:fr", "en"},
        {"de_DE.UTF-8", NULL, NULL, "fr:en", "fr"},
        {"C", NULL, NULL, "fr", "en"}, /* gettext ignores LANGUAGE in the locale C */
        {"fr_FR.UTF-8", "", "", "", "fr"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        set_environment("LANG", CASES[i].lang);
        set_environment("LC_MESSAGES", CASES[i].lc_messages);
        set_environment("LC_ALL", CASES[i].lc_all);
        set_environment("LANGUAGE", CASES[i].language);
        expect(NULL, CASES[i].expected);
    }
}

static void option_beats_environment(void **state)
{
    (void)state;
    static const char *const LOCALES[] = {"fr_FR.UTF-8", "en_GB.UTF-8", "C", NULL};
    for (size_t i = 0; i < sizeof LOCALES / sizeof LOCALES[0]; i++) {
        set_environment("LC_ALL", LOCALES[i]);
        set_environment("LANGUAGE", i == 0 ? "fr" : NULL);
        expect("en", "en");
        expect("fr", "fr");
        expect("en", "en");
    }
}

static void numbers_keep_the_point(void **state)
{
    (void)state;
    char text[16];
    set_environment("LC_ALL", "fr_FR.UTF-8");
    language_set("fr");
    snprintf(text, sizeof text, "%.1f", 0.5);
    assert_string_equal(text, "0.5");
    assert_string_equal(setlocale(LC_NUMERIC, NULL), "C");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(environment_is_followed),
        cmocka_unit_test(option_beats_environment),
        cmocka_unit_test(numbers_keep_the_point),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
