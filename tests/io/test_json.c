#include "io/json.h"
#include "solver/base/arena.h"
#include "tests/support/test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void a_tree_is_read_by_type(void **state)
{
    (void)state;
    static const char text[] = "\xEF\xBB\xBF{\"n\": -2.5e3, \"s\": \"\\u00e9\", \"t\": true, \"a\": [1, 2, "
                               "3], \"o\": {\"N\": 1}, \"z\": null}";
    struct json *root;
    double number = 0;
    bool flag = false;
    assert_int_equal(json_parse("x.json", text, sizeof text - 1, &root, NULL), ERROR_NONE);
    assert_true(json_is_object(root));
    assert_int_equal(json_count(root), 6);
    assert_true(json_number(json_get(root, "n"), &number) && fabs(number + 2500) < 1e-9);
    assert_string_equal(json_string(json_get(root, "s")), "\xC3\xA9");
    assert_true(json_flag(json_get(root, "t"), &flag) && flag);
    assert_true(json_is_array(json_get(root, "a")));
    double sum = 0;
    for (const struct json *m = json_first(json_get(root, "a")); m != NULL; m = json_next(m)) {
        assert_true(json_number(m, &number));
        sum += number;
    }
    assert_true(fabs(sum - 6) < 1e-12);
    assert_string_equal(json_key(json_first(root)), "n");

    /* Wrong types and nothing at all are answered, not crashed on. Keys differ by case. */
    assert_null(json_get(json_get(root, "o"), "n"));
    assert_null(json_get(root, "missing"));
    assert_null(json_get(NULL, "n"));
    assert_null(json_get(json_get(root, "a"), "n"));
    assert_null(json_first(json_get(root, "s")));
    assert_null(json_next(NULL));
    assert_null(json_key(NULL));
    assert_null(json_string(json_get(root, "n")));
    assert_false(json_number(json_get(root, "s"), &number));
    assert_false(json_flag(json_get(root, "n"), &flag));
    assert_int_equal(json_count(NULL), 0);
    json_free(root);
    json_free(NULL);
}

static void syntax_errors_name_their_place(void **state)
{
    (void)state;
    static const struct {
        const char *text, *fragment;
        int64_t line;
        int32_t column;
    } faults[] = {
        {"", "empty", 1, 1},
        {" \n ", "empty", 1, 1},
        {"{\"a\": 1,}", "found '}'", 1, 9},
        {"{\"a\": 1, }", "found '}'", 1, 10},
        {"[1, 2,]", "found ']'", 1, 7},
        {"{\n  \"a\": 1\n  \"b\": 2\n}", "a string that is", 3, 3},
        {"{\n  \"a\" 1\n}", "found '1'", 2, 7},
        {"{\n  a: 1\n}", "found 'a'", 2, 3},
        {"{\"a\": tru}", "found 't'", 1, 7},
        {"{\"a\": \"open", "a string that is not closed", 1, 7},
        {"{\"a\": [1, ", "the text ends here", 1, 11},
        {"{\"a\"", "the text ends here", 1, 5},
        {"{\"a\": {}", "the text ends here", 1, 9},
        {"{\"a\": }", "found '}'", 1, 7},
        {"{} x", "found 'x'", 1, 4},
        {"[\"\xC3\xA9\", x]", "found 'x'", 1, 8},
    };
    for (size_t i = 0; i < COUNT_OF(faults); i++) {
        struct json *root;
        struct error error = {0};
        assert_int_equal(json_parse("x.json", faults[i].text, strlen(faults[i].text), &root, &error),
                         ERROR_INPUT);
        assert_null(root);
        if (error.line != faults[i].line || error.column != faults[i].column ||
            strstr(error.message, faults[i].fragment) == NULL) {
            fail_msg("fault %zu: %lld:%d: %s", i, (long long)error.line, error.column, error.message);
        }
        assert_string_equal(error.file, "x.json");
    }
    struct error error;
    struct json *root;
    assert_int_equal(json_parse("x.json", "{\"a\": \0 1}", 10, &root, &error), ERROR_INPUT);
    assert_non_null(strstr(error.message, "NUL"));
}

static void complaints_show_the_place_of_a_value(void **state)
{
    (void)state;
    static const char text[] =
        "{\n  \"a\": [1, \"]},\\\"\", {}],\n  \"b\": {\"c\" : true,\n    \"d\":   7}\n}\n";
    struct json *root;
    struct diagnostics list;
    diagnostics_init(&list, 50);
    assert_int_equal(json_parse("x.json", text, strlen(text), &root, NULL), ERROR_NONE);
    const struct json_source source = {"x.json", text, strlen(text), root};
    const struct json *b = json_get(root, "b"), *d = json_get(b, "d");
    json_complain(&list, SEVERITY_ERROR, &source, d, "d is %d", 7);
    json_complain_key(&list, SEVERITY_WARNING, &source, d, "key");
    json_complain(&list, SEVERITY_ERROR, &source, json_next(json_next(json_first(json_get(root, "a")))),
                  "third");
    json_complain(&list, SEVERITY_ERROR, &source, root, "root");
    json_complain(&list, SEVERITY_ERROR, &source, NULL, "nowhere");
    static const int32_t places[][2] = {{4, 12}, {4, 5}, {2, 21}, {1, 1}, {0, 0}};
    assert_int_equal(list.count, COUNT_OF(places));
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        assert_int_equal(list.items[i].place.line, places[i][0]);
        assert_int_equal(list.items[i].place.column, places[i][1]);
        assert_string_equal(list.items[i].place.file, "x.json");
    }
    assert_string_equal(list.items[0].message, "d is 7");
    assert_string_equal(list.items[0].place.text, "    \"d\":   7}");
    diagnostics_free(&list);
    json_free(root);
}

static struct json *build(void)
{
    struct json *root = json_new_object();
    if (root == NULL) return NULL;
    struct json *array = json_new_array();
    json_put_integer(root, "big", INT64_C(9007199254740993)); /* 2^53 + 1 */
    json_put_integer(root, "least", INT64_MIN);
    json_put_number(root, "third", 1.0 / 3);
    json_put_number(root, "nan", (double)NAN);
    json_put_string(root, "text", "a\"\n\xC3\xA9");
    json_put_string(root, "none", NULL);
    json_put_flag(root, "yes", true);
    json_put(root, "list", array); /* filled after it was adopted */
    for (int i = 0; i < 3; i++) json_put_integer(array, NULL, i);
    json_put_null(array, NULL);
    return root;
}

static void what_is_built_is_printed(void **state)
{
    (void)state;
    struct json *root = build();
    char *text = json_print(root, false);
    assert_string_equal(
        text, "{\"big\":9007199254740993,\"least\":-9223372036854775808,\"third\":0.33333333333333331,"
              "\"nan\":null,\"text\":\"a\\\"\\n\xC3\xA9\",\"none\":null,\"yes\":true,\"list\":[0,1,2,null]}");
    free(text);
    json_free(root);
}

static void refused_memory_breaks_the_tree_or_nothing(void **state)
{
    (void)state;
    struct json *whole = build();
    char *expected = json_print(whole, true);
    json_free(whole);
    int64_t broken = 0;
    for (int64_t n = 1; n < 60; n++) {
        arena_fail_after(n);
        struct json *root = build();
        char *text = json_print(root, true);
        arena_fail_after(0);
        if (text == NULL) {
            broken++;
        } else {
            assert_string_equal(text, expected);
        }
        free(text);
        json_free(root);
    }
    assert_true(broken > 20 && broken < 60);

    static const char text[] = "{\"a\": [1, {\"b\": \"c\"}]}";
    for (int64_t n = 1; n < 10; n++) {
        struct json *root;
        struct error error;
        arena_fail_after(n);
        const error_code rc = json_parse("x.json", text, strlen(text), &root, &error);
        arena_fail_after(0);
        assert_int_equal(rc, root != NULL ? ERROR_NONE : ERROR_MEMORY);
        json_free(root);
    }
    free(expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tree_is_read_by_type),
        cmocka_unit_test(syntax_errors_name_their_place),
        cmocka_unit_test(complaints_show_the_place_of_a_value),
        cmocka_unit_test(what_is_built_is_printed),
        cmocka_unit_test(refused_memory_breaks_the_tree_or_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
