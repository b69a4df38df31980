/* report.html: well-formed, self-contained, nothing of the data becomes markup, the language's numbers. */
#include "io/json.h"
#include "io/report/page.h"
#include "io/report/report.h"
#include "tests/support/fixture_night.h"
#include "tests/support/golden.h"
#include "tests/support/test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct fixture_night fixture;

static int setup(void **state)
{
    (void)state;
    return fixture_night_make(&fixture, 120, 10) ? 0 : 1;
}

static int teardown(void **state)
{
    (void)state;
    fixture_night_free(&fixture);
    return 0;
}

static char *report_text(void)
{
    struct indicator_values values;
    assert_int_equal(indicators_compute(&fixture.night, &fixture.arena, &values, NULL), ERROR_NONE);
    FILE *file = tmpfile();
    assert_int_equal(report_write(file, &fixture.night, &values, &fixture.facts, NULL), ERROR_NONE);
    return golden_take(file);
}

static bool is_void(const char *name)
{
    static const char *const VOID[] = {"meta", "input", "br", "img", "!DOCTYPE"};
    for (size_t i = 0; i < COUNT_OF(VOID); i++) {
        if (strcmp(name, VOID[i]) == 0) return true;
    }
    return false;
}

enum { DEPTH_MAX = 64, NAME_MAX_SIZE = 32 };

struct open_tags {
    char names[DEPTH_MAX][NAME_MAX_SIZE];
    int depth;
};

/* Takes one tag beginning at `<`; gives what follows it. */
static const char *take_tag(struct open_tags *open, const char *tag)
{
    bool closing = tag[1] == '/';
    const char *name = tag + 1 + closing;
    size_t length = strspn(name, "!abcdefghijklmnopqrstuvwxyzDOCTYPE0123456789");
    char text[NAME_MAX_SIZE];
    assert_true(length > 0 && length < sizeof text);
    memcpy(text, name, length);
    text[length] = '\0';
    const char *end = name + length;
    while (*end != '>') {
        assert_true(*end != '\0' && *end != '<');
        if (*end == '"') end = strchr(end + 1, '"');
        assert_non_null(end);
        end++;
    }
    if (closing) {
        assert_true(open->depth > 0);
        assert_string_equal(open->names[--open->depth], text);
    } else if (!is_void(text) && end[-1] != '/') {
        assert_true(open->depth < DEPTH_MAX);
        memcpy(open->names[open->depth++], text, length + 1);
    }
    if (!closing && (strcmp(text, "style") == 0 || strcmp(text, "script") == 0)) {
        return strstr(end, strcmp(text, "style") == 0 ? "</style>" : "</script>");
    }
    return end + 1;
}

static void test_every_tag_is_closed(void **state)
{
    (void)state;
    char *text = report_text();
    struct open_tags open = {.depth = 0};
    for (const char *c = strchr(text, '<'); c != NULL; c = strchr(c, '<')) c = take_tag(&open, c);
    assert_int_equal(open.depth, 0);
    free(text);
}

static void test_data_never_becomes_markup(void **state)
{
    (void)state;
    char *text = report_text();
    assert_null(strstr(text, "<img"));       /* of the first bin's address */
    assert_null(strstr(text, "<b>c"));       /* of a line shown in a warning */
    assert_null(strstr(text, "<colour>"));   /* of a message */
    assert_null(strstr(text, "Quai <Est>")); /* of a name */
    assert_non_null(strstr(text, "Quai &lt;Est&gt;"));
    assert_non_null(strstr(text, "&quot;du Marché&quot; &lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;"));
    assert_non_null(strstr(text, "Nantes &amp; environs"));
    free(text);
}

static void test_the_map_has_its_data(void **state)
{
    (void)state;
    char *text = report_text();
    const char *begin = strstr(text, "id=\"map-data\">") + strlen("id=\"map-data\">");
    const char *end = strstr(begin, "</script>");
    struct json *root = NULL;
    assert_int_equal(json_parse("map-data", begin, (size_t)(end - begin), &root, NULL), ERROR_NONE);
    assert_null(memchr(begin, '<', (size_t)(end - begin)));
    assert_int_equal(json_count(json_get(root, "routes")), fixture.plan.route_count);
    int32_t bins = json_count(json_get(root, "unserved")) + json_count(json_get(root, "others"));
    for (const struct json *it = json_first(json_get(root, "routes")); it != NULL; it = json_next(it)) {
        bins += json_count(json_get(it, "stops"));
    }
    assert_int_equal(bins, fixture.city.bin_count); /* each bin of the city once, one a stop here */
    const struct json *stop = json_first(json_get(json_first(json_get(root, "routes")), "stops"));
    const struct json *address = json_first(json_get(stop, "lines"));
    assert_string_equal(json_string(json_next(json_first(address))), fixture.city.bins[0].address);
    json_free(root);
    free(text);
}

/* Nothing is fetched: a policy that forbids it, and no tag that asks. */
static void test_nothing_is_fetched(void **state)
{
    (void)state;
    static const char *const ASKING[] = {"<img",  "<iframe",     "<object", "<script src",
                                         "<link", "href=\"http", "@import"};
    char *text = report_text();
    assert_true(strlen(text) < 1500000);
    *strstr(text, "<script") = '\0'; /* the markup; scripts only bring strings after it */
    assert_non_null(strstr(text, "default-src 'none'"));
    for (size_t i = 0; i < COUNT_OF(ASKING); i++) assert_null(strstr(text, ASKING[i]));
    free(text);
}

static void test_the_same_night_gives_the_same_report(void **state)
{
    (void)state;
    char *one = report_text();
    fixture.facts.started += 3600;
    run_phase(&fixture.facts, "search");
    char *other = report_text();
    assert_string_equal(one, other);
    free(one);
    free(other);
}

static void test_without_practice_staff_or_routes(void **state)
{
    (void)state;
    fixture.practice.known = false;
    fixture.staffing.known = false;
    fixture.facts.diagnostics = NULL;
    fixture.facts.files = NULL;
    fixture.plan.route_count = 0;
    fixture.plan.step_count = 0;
    assert_int_equal(
        check_plan(&fixture.problem.instance, &fixture.plan, &fixture.arena, &fixture.report, NULL),
        ERROR_NONE);
    char *text = report_text();
    assert_non_null(strstr(text, "No vehicle leaves that day."));
    assert_null(strstr(text, "nan"));
    free(text);
}

static void test_exhausted_memory_is_an_error(void **state)
{
    (void)state;
    struct indicator_values values;
    assert_int_equal(indicators_compute(&fixture.night, &fixture.arena, &values, NULL), ERROR_NONE);
    error_code rc = ERROR_MEMORY;
    int64_t failing = 1;
    for (; rc == ERROR_MEMORY; failing = failing * 3 / 2 + 1) {
        FILE *file = tmpfile();
        arena_fail_after(failing);
        rc = report_write(file, &fixture.night, &values, &fixture.facts, NULL);
        arena_fail_after(0);
        fclose(file);
    }
    assert_int_equal(rc, ERROR_NONE); /* beyond the last allocation */
    assert_true(failing > 1000);
}

static void test_numbers_of_each_language(void **state)
{
    (void)state;
    struct page page = {
        .arena = &fixture.arena, .city = &fixture.city, .plan = {.problem = &fixture.problem}};
    assert_string_equal(page_number(&page, 1234567.891, 1), "1,234,567.9");
    assert_string_equal(page_number(&page, -0.04, 1), "0.0");
    assert_string_equal(page_number(&page, -12, 0), "−12");
    assert_string_equal(page_number(&page, NAN, 1), "–");
    assert_string_equal(page_signed(&page, 3, 0), "+3");
    assert_string_equal(page_signed(&page, 0.01, 1), "0.0");
    assert_string_equal(page_money(&page, -95 * MONEY_UNIT), "−€95");
    assert_string_equal(page_percent(&page, 12.34, 1), "12.3%");
    assert_string_equal(page_date(&page, fixture.problem.day), "Monday 23 November 2026");
    assert_string_equal(page_clock(&page, 6 * 3600 + 59), "06:00");
    page.french = true;
    assert_string_equal(page_number(&page, 1234567.891, 1), "1\u202f234\u202f567,9");
    assert_string_equal(page_money(&page, 1234 * MONEY_UNIT), "1\u202f234\u00a0€");
    assert_string_equal(page_percent(&page, 12.34, 1), "12,3\u00a0%");
    assert_string_equal(page_fill(&page, 155), ">\u202f100\u00a0%");
    assert_string_equal(page_probability(&page, 0.0001), "<\u202f0,1\u00a0%");
    assert_string_equal(page_unit(&page, "12", "kgCO2e"), "12\u00a0kg\u00a0CO₂e");
    assert_string_equal(page_unit(&page, "9,1", "kgCO2e/t"), "9,1\u00a0kg\u00a0CO₂e/t");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_tag_is_closed, setup, teardown),
        cmocka_unit_test_setup_teardown(test_data_never_becomes_markup, setup, teardown),
        cmocka_unit_test_setup_teardown(test_the_map_has_its_data, setup, teardown),
        cmocka_unit_test_setup_teardown(test_nothing_is_fetched, setup, teardown),
        cmocka_unit_test_setup_teardown(test_the_same_night_gives_the_same_report, setup, teardown),
        cmocka_unit_test_setup_teardown(test_without_practice_staff_or_routes, setup, teardown),
        cmocka_unit_test_setup_teardown(test_exhausted_memory_is_an_error, setup, teardown),
        cmocka_unit_test_setup_teardown(test_numbers_of_each_language, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
