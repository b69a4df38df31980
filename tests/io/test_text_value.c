#include "io/text_value.h"
#include "solver/base/rng.h"
#include "tests/support/test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The fast path must give exactly what strtod gives. */
static void numbers_agree_with_strtod(void **state)
{
    (void)state;
    struct rng rng;
    rng_seed(&rng, 11);
    for (int i = 0; i < 200000; i++) {
        char text[64];
        const int32_t whole = rng_below(&rng, 1 << rng_below(&rng, 31)), decimals = rng_below(&rng, 12);
        const char *minus = rng_below(&rng, 2) != 0 ? "-" : "";
        if (rng_below(&rng, 8) == 0) {
            snprintf(text, sizeof text, "%s%.17g", minus, rng_unit(&rng) * pow(10, rng_below(&rng, 40) - 20));
        } else {
            snprintf(text, sizeof text, "%s%d.%0*d", minus, whole, decimals + 1,
                     rng_below(&rng, 1 << 30) % 1000);
        }
        char sign = 0;
        double value = 0;
        assert_null(text_number(text, strlen(text), &sign, &value));
        const double expected = strtod(text, NULL);
        assert_memory_equal(&value, &expected, sizeof value);
    }
}

static void numbers_are_read_or_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double value; /* NaN: refused */
    } numbers[] = {
        {"0", 0},
        {"-0.5", -0.5},
        {"+3", 3},
        {"1,5", 1.5},
        {".5", 0.5},
        {"5.", 5},
        {"1e3", 1000},
        {"1,5E-1", 0.15},
        {"00012", 12},
        {"9223372036854775808", 9223372036854775808.0},
        {"", NAN},
        {"-", NAN},
        {".", NAN},
        {"1.2.3", NAN},
        {"1.234,5", NAN},
        {"1 234", NAN},
        {"1\xC2\xA0"
         "234",
         NAN},
        {"12kg", NAN},
        {"0x10", NAN},
        {"nan", NAN},
        {"Inf", NAN},
        {"1e", NAN},
        {"1e999", NAN},
        {"--1", NAN},
        {"1-", NAN},
        {"e5", NAN},
        {"\xE2\x88\x92"
         "1",
         NAN},
    };
    for (size_t i = 0; i < COUNT_OF(numbers); i++) {
        char sign = 0;
        double value = 0;
        const char *fault = text_number(numbers[i].text, strlen(numbers[i].text), &sign, &value);
        if (isnan(numbers[i].value) != (fault != NULL)) fail_msg("“%s”: %s", numbers[i].text, fault);
        if (fault == NULL) assert_true(fabs(value - numbers[i].value) <= 1e-15 * fabs(value));
    }
    char sign = ',';
    double value;
    assert_non_null(text_number("1.5", 3, &sign, &value));
    assert_null(text_number("1,5", 3, &sign, &value));
    assert_null(text_number("15", 2, &sign, &value));
}

static void clocks_and_windows(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int32_t second; /* -1: refused */
    } clocks[] = {{"6:00", 21600},  {"06:00:30", 21630}, {"6h30", 23400}, {"6h", 21600},
                  {"24:00", 86400}, {"24:01", -1},       {"06:60", -1},   {"6", -1},
                  {"", -1},         {"06:00x", -1},      {"06:", -1},     {"-6:00", -1}};
    for (size_t i = 0; i < COUNT_OF(clocks); i++) {
        int32_t second = -1;
        const char *fault = text_clock(clocks[i].text, strlen(clocks[i].text), &second);
        assert_int_equal(fault == NULL ? second : -1, clocks[i].second);
    }
    struct time_window windows[TEXT_WINDOWS_MAX];
    int32_t count;
    static const char two[] = "13h \xE2\x80\x93 18h, 6:00-12:00";
    assert_null(text_windows(two, strlen(two), windows, &count));
    assert_int_equal(count, 2);
    assert_int_equal(windows[0].open_s, 6 * 3600);
    assert_int_equal(windows[1].close_s, 18 * 3600);
    static const char *const refused[] = {"",
                                          "closed",
                                          "Fermé",
                                          "06:00",
                                          "06:00-",
                                          "12:00-06:00",
                                          "06:00-06:00",
                                          "06:00-12:00 11:00-13:00",
                                          "11:00-13:00 06:00-12:00",
                                          "06:00-12:00x"};
    for (size_t i = 0; i < COUNT_OF(refused); i++) {
        assert_non_null(text_windows(refused[i], strlen(refused[i]), windows, &count));
    }
    char many[512] = "";
    for (int i = 0; i < TEXT_WINDOWS_MAX + 1; i++) {
        snprintf(many + strlen(many), sizeof many - strlen(many), "%02d:00-%02d:30 ", i, i);
    }
    assert_non_null(text_windows(many, strlen(many), windows, &count));
}

static void words_in_two_languages(void **state)
{
    (void)state;
    static const char *const mondays[] = {"Mon", "MONDAY", "lun", "Lundi", "1"};
    for (size_t i = 0; i < COUNT_OF(mondays); i++) {
        int32_t day = -1;
        assert_null(text_weekday(mondays[i], strlen(mondays[i]), &day));
        assert_int_equal(day, 0);
    }
    uint8_t days;
    assert_null(text_weekdays("mer, sam dimanche", 17, &days));
    assert_int_equal(days, 1 << 2 | 1 << 5 | 1 << 6);
    assert_non_null(text_weekdays("Mon 8", 5, &days));
    assert_non_null(text_weekdays(" ", 1, &days));
    bool flag = false;
    assert_null(text_flag("Oui", 3, &flag));
    assert_true(flag);
    assert_null(text_flag("FAUX", 4, &flag));
    assert_false(flag);
    assert_non_null(text_flag("2", 1, &flag));
}

static void folding_and_the_nearest_name(void **state)
{
    (void)state;
    static const char *const folds[][2] = {{"Début", "debut"},
                                           {"N\xC2\xB0 de bac", "n_de_bac"},
                                           {" Taux  (%) ", "_taux"},
                                           {"ÉTÉ-ÇŒ", "ete_c\xC5\x92"},
                                           {"bin_id", "bin_id"}};
    char folded[32];
    for (size_t i = 0; i < COUNT_OF(folds); i++) {
        const size_t length = text_fold(folds[i][0], strlen(folds[i][0]), folded, sizeof folded);
        assert_int_equal(length, strlen(folded));
        assert_string_equal(folded, folds[i][1]);
    }
    assert_int_equal(text_fold("abcdefgh", 8, folded, 4), 3);

    static const char *const names[] = {"VE0928", "VE0929", "glass", "paper", "A"};
    assert_string_equal(text_nearest(names, 5, "ve0928", 6), "VE0928");
    assert_string_equal(text_nearest(names, 5, "glsas", 5), "glass");
    assert_string_equal(text_nearest(names, 5, "verre", 5) == NULL ? "none" : "some", "none");
    assert_null(text_nearest(names, 0, "glass", 5));
    assert_null(text_nearest(names, 5, "xylophone", 9));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_agree_with_strtod),    cmocka_unit_test(numbers_are_read_or_refused),
        cmocka_unit_test(clocks_and_windows),           cmocka_unit_test(words_in_two_languages),
        cmocka_unit_test(folding_and_the_nearest_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
