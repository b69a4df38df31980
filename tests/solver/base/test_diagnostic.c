/* The list of what is wrong: what is kept, what is counted, and what is shown of a line. */
#include "solver/base/diagnostic.h"

#include "solver/base/rng.h"
#include "tests/support/test.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static void texts_are_copied(void **state)
{
    (void)state;
    struct diagnostics list;
    char file[] = "bins.csv", line[] = "B1;47.2;-1.5;glass";
    diagnostics_init(&list, DIAGNOSTIC_LIMIT_DEFAULT);
    diagnostics_add(&list, SEVERITY_ERROR, (struct source_place){file, 12, 14, line}, "unknown stream '%s'",
                    "glass");
    memset(file, 'x', sizeof file - 1);
    memset(line, 'x', sizeof line - 1);
    assert_int_equal(list.count, 1);
    assert_int_equal(list.errors, 1);
    assert_int_equal(list.warnings, 0);
    const struct diagnostic *item = &list.items[0];
    assert_int_equal(item->severity, SEVERITY_ERROR);
    assert_string_equal(item->place.file, "bins.csv");
    assert_int_equal(item->place.line, 12);
    assert_int_equal(item->place.column, 14);
    assert_string_equal(item->place.text, "B1;47.2;-1.5;glass");
    assert_int_equal(item->caret, 13);
    assert_string_equal(item->message, "unknown stream 'glass'");
    diagnostics_free(&list);
    assert_int_equal(list.count, 0);
    assert_int_equal(list.errors, 0);
}

static void beyond_the_limit_is_counted(void **state)
{
    (void)state;
    struct diagnostics list;
    diagnostics_init(&list, 3);
    for (int32_t i = 0; i < 10; i++) {
        diagnostics_add(&list, SEVERITY_ERROR, (struct source_place){0}, "error %d", i);
        diagnostics_add(&list, SEVERITY_WARNING, (struct source_place){0}, "warning %d", i);
        diagnostics_add(&list, SEVERITY_NOTE, (struct source_place){0}, "note %d", i);
    }
    assert_int_equal(list.errors, 10);
    assert_int_equal(list.warnings, 10);
    assert_int_equal(list.count, 3 + 3 + 10);
    int32_t kept[3] = {0};
    for (int64_t i = 0; i < list.count; i++) {
        char expected[32];
        static const char *const NAMES[] = {"error", "warning", "note"};
        const severity kind = list.items[i].severity;
        snprintf(expected, sizeof expected, "%s %d", NAMES[kind], kept[kind]++);
        assert_string_equal(list.items[i].message, expected);
        assert_null(list.items[i].place.file);
        assert_null(list.items[i].place.text);
        assert_int_equal(list.items[i].caret, -1);
    }
    diagnostics_free(&list);
}

static void check_shown(const char *line, int32_t column, const char *text, int32_t caret)
{
    struct diagnostics list;
    diagnostics_init(&list, 1);
    diagnostics_add(&list, SEVERITY_ERROR, (struct source_place){"f", 1, column, line}, "wrong");
    assert_string_equal(list.items[0].place.text, text);
    assert_int_equal(list.items[0].caret, caret);
    diagnostics_free(&list);
}

static void the_caret_counts_characters(void **state)
{
    (void)state;
    check_shown("abc", 1, "abc", 0);
    check_shown("abc", 3, "abc", 2);
    check_shown("abc", 4, "abc", 3); /* something is missing at the end */
    check_shown("abc", 1000, "abc", 3);
    check_shown("abc", 0, "abc", -1);
    check_shown("abc", -5, "abc", -1);
    check_shown("", 1, "", 0);
    check_shown("\xC3\xA9t\xC3\xA9;x", 7, "\xC3\xA9t\xC3\xA9;x", 4); /* "été;x" */
    check_shown("a\tb", 3, "a\\tb", 3);
}

static void what_a_terminal_must_not_see_is_escaped(void **state)
{
    (void)state;
    check_shown("\x1B[31mred", 6, "\\x1B[31mred", 8);
    check_shown("\x7F", 1, "\\x7F", 0);
    check_shown("caf\xE9", 4, "caf\\xE9", 3); /* ISO-8859-1 */
    check_shown("\xC2\x9B"
                "x",
                3, "\\xC2\\x9Bx", 8);                     /* a control of U+0080 to U+009F */
    check_shown("\xC0\xAF", 1, "\\xC0\\xAF", 0);          /* overlong */
    check_shown("\xED\xA0\x80", 1, "\\xED\\xA0\\x80", 0); /* surrogate */
    check_shown("\xE2\x82", 1, "\\xE2\\x82", 0);          /* cut */
    check_shown("\xF0\x9F\x97\x91;", 5, "\xF0\x9F\x97\x91;", 1);
}

static void a_long_line_is_cut_around_the_fault(void **state)
{
    (void)state;
    enum { LENGTH = 100000 };
    static char line[LENGTH + 1];
    for (int32_t i = 0; i < LENGTH; i++) line[i] = (char)('a' + i % 26);
    static const int32_t COLUMNS[] = {0,           1,      50,        100, 101, 150, 5000, LENGTH - 150,
                                      LENGTH - 99, LENGTH, LENGTH + 1};
    for (size_t i = 0; i < COUNT_OF(COLUMNS); i++) {
        struct diagnostics list;
        diagnostics_init(&list, 1);
        diagnostics_add(&list, SEVERITY_ERROR, (struct source_place){"f", 1, COLUMNS[i], line}, "wrong");
        const char *text = list.items[0].place.text;
        const int32_t caret = list.items[0].caret;
        assert_true(strlen(text) <= DIAGNOSTIC_TEXT_MAX + 2 * 3);
        if (COLUMNS[i] == 0) {
            assert_int_equal(caret, -1);
            assert_memory_equal(text, line, DIAGNOSTIC_TEXT_MAX);
        } else {
            const bool cut = memcmp(text, "\xE2\x80\xA6", 3) == 0; /* one character of three bytes */
            const char *fault = text + caret + (cut ? 2 : 0);
            assert_int_equal(*fault, line[COLUMNS[i] - 1]);
            assert_true(cut == (COLUMNS[i] > DIAGNOSTIC_TEXT_MAX / 2 + 1));
        }
        diagnostics_free(&list);
    }
}

/* Printable ASCII or a whole UTF-8 character beyond U+009F: its bytes, 0 for anything else. */
static size_t printable(const unsigned char *at)
{
    static const uint32_t SMALLEST[5] = {0, 0x20, 0xA0, 0x800, 0x10000};
    const size_t bytes = at[0] < 0x80 ? 1 : at[0] < 0xE0 ? 2 : at[0] < 0xF0 ? 3 : 4;
    uint32_t code = bytes == 1 ? at[0] : at[0] & (0x7FU >> bytes);
    if (at[0] == 0x7F || (at[0] & 0xC0) == 0x80 || at[0] > 0xF7) return 0;
    for (size_t i = 1; i < bytes; i++) {
        if ((at[i] & 0xC0) != 0x80) return 0;
        code = code << 6 | (at[i] & 0x3F);
    }
    const bool wrong = code < SMALLEST[bytes] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF);
    return wrong ? 0 : bytes;
}

static void any_bytes_are_shown_safely(void **state)
{
    (void)state;
    static const char *const PIECES[] = {
        "a", ";", "\t", "\x01", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x97\x91", "\xC3", "\xFF", "\x80"};
    struct rng rng;
    rng_seed(&rng, 5);
    for (int32_t round = 0; round < 5000; round++) {
        char line[1200] = "";
        size_t length = 0;
        const int32_t pieces = rng_below(&rng, 280);
        for (int32_t i = 0; i < pieces; i++) {
            const char *piece = PIECES[rng_below(&rng, (int32_t)COUNT_OF(PIECES))];
            length += (size_t)snprintf(line + length, sizeof line - length, "%s", piece);
        }
        const int32_t column = rng_below(&rng, (int32_t)length + 10);
        struct diagnostics list;
        diagnostics_init(&list, 1);
        diagnostics_add(&list, SEVERITY_WARNING, (struct source_place){"f", 1, column, line}, "wrong");
        const unsigned char *text = (const unsigned char *)list.items[0].place.text;
        int32_t characters = 0;
        for (size_t at = 0; text[at] != '\0'; characters++) {
            const size_t bytes = printable(text + at);
            if (bytes == 0) fail_msg("byte %zu of the text of round %d", at, round);
            at += bytes;
        }
        assert_true(list.items[0].caret >= (column > 0 ? 0 : -1) && list.items[0].caret <= characters);
        diagnostics_free(&list);
    }
}

static void refused_memory_still_counts(void **state)
{
    (void)state;
    for (int64_t refused = 1; refused <= 4; refused++) {
        struct diagnostics list;
        diagnostics_init(&list, 10);
        arena_fail_after(refused);
        diagnostics_add(&list, SEVERITY_ERROR, (struct source_place){"f", 1, 1, "line"}, "first");
        arena_fail_after(0);
        diagnostics_add(&list, SEVERITY_ERROR, (struct source_place){"f", 1, 1, "line"}, "second");
        assert_int_equal(list.errors, 2);
        assert_in_range(list.count, 1, 2);
        assert_string_equal(list.items[list.count - 1].message, "second");
        diagnostics_free(&list);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_copied),
        cmocka_unit_test(beyond_the_limit_is_counted),
        cmocka_unit_test(the_caret_counts_characters),
        cmocka_unit_test(what_a_terminal_must_not_see_is_escaped),
        cmocka_unit_test(a_long_line_is_cut_around_the_fault),
        cmocka_unit_test(any_bytes_are_shown_safely),
        cmocka_unit_test(refused_memory_still_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
