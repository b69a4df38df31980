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
    /* A dead end, to the east of the sixth row. */
    fprintf(
        file,
        "<node id=\"900\" lat=\"47.005\" lon=\"2.017\"/><way id=\"2000\"><nd ref=\"%d\"/><nd ref=\"900\"/>"
        "<tag k=\"highway\" v=\"residential\"/><tag k=\"name\" v=\"Impasse\"/></way>\n</osm>\n",
        6 * SIDE);
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

static void assert_same_file(const char *one, const char *other)
{
    size_t length, other_length;
    char *text = file_text(scratch, one, &length), *other_text = file_text(scratch, other, &other_length);
    assert_non_null(text);
    assert_non_null(other_text);
    assert_int_equal(length, other_length);
    assert_memory_equal(text, other_text, length);
    free(text);
    free(other_text);
}

/* A file of the city anew: so many bytes of a text. */
static void put(const char *name, const char *text, size_t length)
{
    char path[600];
    snprintf(path, sizeof path, "%s/city/%s", scratch, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
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
    assert_same_file("one/plan.json", "two/plan.json");
    assert_same_file("one/routes.geojson", "two/routes.geojson");
}

static void write_city_json(const char *network)
{
    char *text = file_text(in_scratch("city"), "city.json", NULL);
    assert_non_null(text);
    char *begin = strstr(text, "\"network\": "),
         *end = begin == NULL ? NULL : strstr(begin, "},\n  \"prices\"");
    assert_non_null(end);
    char made[4096];
    const int length =
        snprintf(made, sizeof made, "%.*s\"network\": %s%s", (int)(begin - text), text, network, end + 1);
    assert_in_range(length, 1, (int)sizeof made - 1);
    put("city.json", made, (size_t)length);
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
        assert_same_file("city/m.csv", "again.csv");
        put("city.json", whole, strlen(whole));
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
        put("roads.osm", whole, lengths[k]);
        const char *const arguments[] = {"plan", in_scratch("city"), "-o", in_scratch("none"), NULL};
        struct outcome outcome = run(3, arguments);
        assert_true(strlen(outcome.error) > 0);
        assert_false(path_exists(scratch, "none"));
        outcome_free(&outcome);
    }
    put("roads.osm", whole, strlen(whole));
    free(whole);
}

/* Odd answers of a table service are refused, with the reason. */
static void faults_of_a_table_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *table, *said;
    } TABLES[] = {{"{\"durations\": 3}", "durations: "},
                  {"{\"durations\": [[0]], \"distances\": [[0]]}", "rows were expected"},
                  {"[", "m.json"}};
    char *whole = file_text(in_scratch("city"), "city.json", NULL);
    assert_non_null(whole);
    write_city_json(
        "{\"matrix\": \"m.json\", \"profiles\": {\"default\": {\"detour\": 1, \"speed_kmh\": 30}, "
        "\"narrow\": {\"detour\": 1, \"speed_kmh\": 30}}}");
    for (size_t k = 0; k < COUNT_OF(TABLES); k++) {
        put("m.json", TABLES[k].table, strlen(TABLES[k].table));
        const char *const arguments[] = {"plan", in_scratch("city"), "-o", in_scratch("none"), NULL};
        struct outcome outcome = run(2, arguments);
        if (strstr(outcome.error, TABLES[k].said) == NULL) fail_msg("%s", outcome.error);
        outcome_free(&outcome);
    }
    put("city.json", whole, strlen(whole));
    free(whole);
}

/* A bin at the end of a street without a turning place, and one far from any road. */
static void bins_off_the_roads_are_named(void **state)
{
    (void)state;
    static const char BINS[] = "OFF1;47,005000;2,017000;residual;3000;0,10;180;C1;;both;;;0;\n"
                               "OFF2;47,500000;2,500000;residual;3000;0,10;180;C1;;both;;;0;\n";
    char *whole = file_text(in_scratch("city"), "bins.csv", NULL);
    assert_non_null(whole);
    char *longer = malloc(strlen(whole) + sizeof BINS);
    assert_non_null(longer);
    sprintf(longer, "%s%s", whole, BINS);
    put("bins.csv", longer, strlen(longer));
    const char *const arguments[] = {"validate", in_scratch("city"), NULL};
    struct outcome outcome = run(0, arguments);
    const char *far = strstr(outcome.output, "“OFF2” is served by no road"),
               *near = strstr(outcome.output, "“OFF1” is served from");
    assert_non_null(far);
    assert_non_null(near);
    assert_non_null(strstr(near, "Impasse cannot be reached and left without turning round"));
    outcome_free(&outcome);
    const char *const matrix[] = {"matrix", in_scratch("city"), "--json", "--quiet", NULL};
    outcome = run(0, matrix);
    assert_non_null(strstr(outcome.output, "null")); /* no way to OFF2 */
    outcome_free(&outcome);
    plan("off");
    assert_text_in(in_scratch("off"), "report.html", "could not leave without turning round: 1.");
    assert_text_in(in_scratch("off"), "report.html", "cannot come to by any road: 1.");
    put("bins.csv", whole, strlen(whole));
    free(longer);
    free(whole);
}

static void an_unknown_profile_is_refused(void **state)
{
    (void)state;
    const char *const unknown[] = {"matrix", in_scratch("city"), "--profile", "barge", NULL};
    const char *const known[] = {"matrix", in_scratch("city"), "--profile", "car", "--quiet", NULL};
    struct outcome outcome = run(2, unknown);
    assert_non_null(strstr(outcome.error, "barge"));
    outcome_free(&outcome);
    outcome = run(0, known);
    assert_non_null(strstr(outcome.output, "from_id,to_id,distance_m,duration_s"));
    outcome_free(&outcome);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plan_on_roads_is_accepted_and_drawn),
        cmocka_unit_test(a_plan_from_the_cache_is_the_same),
        cmocka_unit_test(a_matrix_is_read_again),
        cmocka_unit_test(faults_of_a_table_are_named),
        cmocka_unit_test(bins_off_the_roads_are_named),
        cmocka_unit_test(an_unknown_profile_is_refused),
        cmocka_unit_test(a_damaged_extract_is_said),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
