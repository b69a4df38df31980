/* A city on the roads of an extract: generated, planned, checked; its travel as a matrix, and that read
 * again. */
#include "tests/support/program.h"
#include "tests/support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIDE = 12 };

static char scratch[256];

/* Two-way streets on a grid, some of them one way, with a mapped turning place at every corner of the town.
 */
static void write_extract(const char *path)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<osm version=\"0.6\">\n", file);
    for (int row = 0; row < SIDE; row++)
        for (int column = 0; column < SIDE; column++) {
            const bool corner = (row == 0 || row == SIDE - 1) && (column == 0 || column == SIDE - 1);
            fprintf(file, "<node id=\"%d\" lat=\"%.6f\" lon=\"%.6f\">%s</node>\n", 1 + row * SIDE + column,
                    47 + row * 0.001, 2 + column * 0.0014,
                    corner ? "<tag k=\"highway\" v=\"turning_circle\"/>" : "");
        }
    for (int line = 0; line < 2 * SIDE; line++) {
        const bool row = line < SIDE;
        fprintf(file, "<way id=\"%d\">", 1000 + line);
        for (int k = 0; k < SIDE; k++)
            fprintf(file, "<nd ref=\"%d\"/>", 1 + (row ? line * SIDE + k : k * SIDE + line - SIDE));
        fprintf(file,
                "<tag k=\"highway\" v=\"residential\"/><tag k=\"name\" v=\"Rue &quot;%d&quot;; "
                "&amp;c\"/>%s</way>\n",
                line, line % 5 == 2 ? "<tag k=\"oneway\" v=\"yes\"/>" : "");
    }
    fputs("</osm>\n", file);
    assert_int_equal(fclose(file), 0);
}

static struct outcome run(int status, const char *const *arguments)
{
    struct outcome outcome = program_run(arguments);
    if (outcome.status != status) fail_msg("status %d: %s", outcome.status, outcome.error);
    return outcome;
}

static const char *in_scratch(const char *name)
{
    static char paths[8][512];
    static int slot;
    char *path = paths[slot++ % 8];
    snprintf(path, sizeof paths[0], "%s/%s", scratch, name);
    return path;
}

static int set_up(void **state)
{
    (void)state;
    scratch_make(scratch);
    setenv("XDG_CACHE_HOME", scratch, 1);
    write_extract(in_scratch("town.osm"));
    const char *const arguments[] = {"generate", "--osm", in_scratch("town.osm"), "--bins",  "60", "--days",
                                     "28",       "-o",    in_scratch("city"),     "--quiet", NULL};
    struct outcome outcome = run(0, arguments);
    outcome_free(&outcome);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    scratch_remove(scratch);
    return 0;
}

static void plan(const char *name)
{
    const char *const arguments[] = {
        "plan", in_scratch("city"), "-o", in_scratch(name), "--iterations", "300", NULL};
    struct outcome outcome = run(0, arguments);
    outcome_free(&outcome);
}

static void assert_text_in(const char *folder, const char *name, const char *expected)
{
    size_t length;
    char *text = file_text(folder, name, &length);
    assert_non_null(text);
    if (strstr(text, expected) == NULL) fail_msg("%s does not say “%s”", name, expected);
    free(text);
}

static void a_plan_on_roads_is_accepted_and_drawn(void **state)
{
    (void)state;
    plan("run");
    const char *const arguments[] = {"check", in_scratch("city"), in_scratch("run/plan.json"), NULL};
    struct outcome outcome = run(0, arguments);
    assert_non_null(strstr(outcome.output, "feasible"));
    outcome_free(&outcome);
    assert_text_in(in_scratch("run"), "plan.json", "\"direction\":\t\"forward\"");
    assert_text_in(in_scratch("run"), "routes.geojson", "\"geometry\":\"roads\"");
    assert_text_in(in_scratch("run"), "report.html", "\"roads\":[[");
    assert_text_in(in_scratch("run"), "report.html", "roads.osm");
    assert_true(path_exists(in_scratch("run"), "gpx"));
}

/* The first run fills the cache, the second reads it. */
static void a_plan_from_the_cache_is_the_same(void **state)
{
    (void)state;
    plan("one");
    plan("two");
    for (int k = 0; k < 2; k++) {
        static const char *const NAMES[] = {"plan.json", "routes.geojson"};
        size_t length, other_length;
        char *text = file_text(in_scratch("one"), NAMES[k], &length);
        char *other = file_text(in_scratch("two"), NAMES[k], &other_length);
        assert_non_null(text);
        assert_non_null(other);
        assert_int_equal(length, other_length);
        assert_memory_equal(text, other, length);
        free(text);
        free(other);
    }
}

static void write_city_json(const char *network)
{
    char *text = file_text(in_scratch("city"), "city.json", NULL);
    assert_non_null(text);
    char *begin = strstr(text, "\"network\": "),
         *end = begin == NULL ? NULL : strstr(begin, "},\n  \"prices\"");
    assert_non_null(end);
    FILE *file = fopen(in_scratch("city/city.json"), "w");
    assert_non_null(file);
    fprintf(file, "%.*s\"network\": %s%s", (int)(begin - text), text, network, end + 1);
    assert_int_equal(fclose(file), 0);
    free(text);
}

/* What matrix writes is what a city reads: as CSV and as JSON, the same numbers. */
static void a_matrix_is_read_again(void **state)
{
    (void)state;
    char *whole = file_text(in_scratch("city"), "city.json", NULL);
    assert_non_null(whole);
    const char *const csv[] = {"matrix", in_scratch("city"), "-o", in_scratch("city/m.csv"), "--quiet", NULL};
    const char *const json[] = {
        "matrix", in_scratch("city"), "--json", "-o", in_scratch("city/m.json"), "--quiet", NULL};
    struct outcome outcome = run(0, csv);
    outcome_free(&outcome);
    outcome = run(0, json);
    outcome_free(&outcome);
    static const char *const FILES[] = {"m.csv", "m.json"};
    for (int k = 0; k < 2; k++) {
        char network[256];
        snprintf(network, sizeof network,
                 "{\"matrix\": \"%s\", \"profiles\": {\"default\": {\"detour\": 1, \"speed_kmh\": 30}, "
                 "\"narrow\": {\"detour\": 1, \"speed_kmh\": 30}}}",
                 FILES[k]);
        write_city_json(network);
        const char *const again[] = {"matrix", in_scratch("city"), "-o", in_scratch("again.csv"), "--quiet",
                                     NULL};
        outcome = program_run(again);
        if (outcome.status != 0) fail_msg("%s: %s", FILES[k], outcome.error);
        outcome_free(&outcome);
        size_t length, other_length;
        char *text = file_text(in_scratch("city"), "m.csv", &length);
        char *other = file_text(scratch, "again.csv", &other_length);
        assert_non_null(text);
        assert_non_null(other);
        assert_int_equal(length, other_length);
        assert_memory_equal(text, other, length);
        free(text);
        free(other);
        FILE *file = fopen(in_scratch("city/city.json"), "w");
        assert_non_null(file);
        fputs(whole, file);
        assert_int_equal(fclose(file), 0);
    }
    free(whole);
}

/* Exit status 3, the reason, and nothing left behind. */
static void a_damaged_extract_is_said(void **state)
{
    (void)state;
    char *whole = file_text(in_scratch("city"), "roads.osm", NULL);
    assert_non_null(whole);
    const size_t lengths[] = {0, 30, strlen(whole) / 2};
    for (size_t k = 0; k < 3; k++) {
        FILE *file = fopen(in_scratch("city/roads.osm"), "w");
        assert_non_null(file);
        assert_int_equal(fwrite(whole, 1, lengths[k], file), lengths[k]);
        assert_int_equal(fclose(file), 0);
        const char *const arguments[] = {"plan", in_scratch("city"), "-o", in_scratch("none"), NULL};
        struct outcome outcome = run(3, arguments);
        assert_true(strlen(outcome.error) > 0);
        assert_false(path_exists(scratch, "none"));
        outcome_free(&outcome);
    }
    FILE *file = fopen(in_scratch("city/roads.osm"), "w");
    assert_non_null(file);
    fputs(whole, file);
    assert_int_equal(fclose(file), 0);
    free(whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plan_on_roads_is_accepted_and_drawn),
        cmocka_unit_test(a_plan_from_the_cache_is_the_same),
        cmocka_unit_test(a_matrix_is_read_again),
        cmocka_unit_test(a_damaged_extract_is_said),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
