/* The tables of a small night, against golden files; indicators, against their own table. */
#include "io/json.h"
#include "io/tables.h"
#include "io/timetable.h"
#include "tests/support/fixture_night.h"
#include "tests/support/golden.h"
#include "tests/support/test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct fixture_night fixture;
static struct driven driven;

static int setup(void **state)
{
    (void)state;
    if (!fixture_night_make(&fixture, 16, 2)) return 1;
    driven = driven_plan(&fixture.night);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_night_free(&fixture);
    return 0;
}

static void assert_golden(const char *name, FILE *file)
{
    char *text = golden_take(file);
    assert_non_null(text);
    assert_true(golden_equals(name, text));
    free(text);
}

static void test_routes(void **state)
{
    (void)state;
    FILE *file = tmpfile();
    assert_int_equal(tables_routes(file, &driven, NULL), ERROR_NONE);
    assert_golden("routes.csv", file);
}

static void test_stops(void **state)
{
    (void)state;
    FILE *file = tmpfile();
    assert_int_equal(tables_stops(file, &driven, NULL), ERROR_NONE);
    assert_golden("stops.csv", file);
}

static void test_unserved(void **state)
{
    (void)state;
    FILE *file = tmpfile();
    tables_unserved(file, &driven);
    assert_golden("unserved.csv", file);
}

static void test_staffing(void **state)
{
    (void)state;
    FILE *file = tmpfile();
    tables_staffing(file, &fixture.staffing);
    assert_golden("staffing.csv", file);
    fixture.staffing.known = false;
    file = tmpfile();
    tables_staffing(file, &fixture.staffing);
    assert_golden("staffing_unknown.csv", file);
}

/* Every candidate bin is in a route or among the unserved, and no bin in both. */
static void test_no_candidate_is_lost(void **state)
{
    (void)state;
    FILE *file = tmpfile();
    tables_unserved(file, &driven);
    char *unserved = golden_take(file);
    file = tmpfile();
    assert_int_equal(tables_stops(file, &driven, NULL), ERROR_NONE);
    char *stops = golden_take(file);
    for (int32_t bin = 0; bin < fixture.city.bin_count; bin++) {
        char row[32], cell[32];
        snprintf(row, sizeof row, "\n%s,", fixture.city.bins[bin].id);
        snprintf(cell, sizeof cell, ",%s,", fixture.city.bins[bin].id);
        bool left = strstr(unserved, row) != NULL, visited = strstr(stops, cell) != NULL;
        bool candidate = fixture.choice.bins[bin].reason != REASON_NONE;
        assert_int_equal(left + visited, candidate);
    }
    free(unserved);
    free(stops);
}

static void test_indicators_agree_in_csv_and_json(void **state)
{
    (void)state;
    struct indicator_values values;
    assert_int_equal(indicators_compute(&fixture.night, &fixture.arena, &values, NULL), ERROR_NONE);
    FILE *file = tmpfile();
    tables_indicators(file, &fixture.city, &values);
    char *csv = golden_take(file);
    file = tmpfile();
    assert_int_equal(tables_indicators_json(file, &fixture.night, &values, NULL), ERROR_NONE);
    char *text = golden_take(file);
    struct json *root = NULL;
    assert_int_equal(json_parse("indicators.json", text, strlen(text), &root, NULL), ERROR_NONE);
    const struct json *list = json_get(root, "indicators");
    assert_int_equal(json_count(list), INDICATOR_COUNT);
    int32_t i = 0;
    for (const struct json *it = json_first(list); it != NULL; it = json_next(it), i++) {
        double plan = 0;
        assert_string_equal(json_string(json_get(it, "name")), INDICATORS[i].name);
        if (json_number(json_get(it, "plan"), &plan)) {
            assert_true(fabs(plan - values.plan[i]) <= 0.5001 * pow(10, -INDICATORS[i].decimals));
        } else {
            assert_true(isnan(values.plan[i]));
        }
        char row[64];
        snprintf(row, sizeof row, "\n%s,", INDICATORS[i].name);
        assert_non_null(strstr(csv, row));
    }
    json_free(root);
    free(csv);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_routes, setup, teardown),
        cmocka_unit_test_setup_teardown(test_stops, setup, teardown),
        cmocka_unit_test_setup_teardown(test_unserved, setup, teardown),
        cmocka_unit_test_setup_teardown(test_staffing, setup, teardown),
        cmocka_unit_test_setup_teardown(test_no_candidate_is_lost, setup, teardown),
        cmocka_unit_test_setup_teardown(test_indicators_agree_in_csv_and_json, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
