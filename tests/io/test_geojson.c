/* routes.geojson: what RFC 7946 asks, and that nothing of the plan is missing. */
#include "io/geojson.h"
#include "io/json.h"
#include "io/timetable.h"
#include "tests/support/fixture_night.h"
#include "tests/support/golden.h"
#include "tests/support/test.h"

#include <stdlib.h>
#include <string.h>

static void assert_position(const struct json *pair)
{
    double lon = 0, lat = 0;
    assert_int_equal(json_count(pair), 2);
    assert_true(json_number(json_first(pair), &lon));
    assert_true(json_number(json_next(json_first(pair)), &lat));
    assert_true(lon > -1.7 && lon < -1.4); /* longitude first */
    assert_true(lat > 47.1 && lat < 47.4);
}

static void assert_geometry(const struct json *geometry)
{
    const struct json *coordinates = json_get(geometry, "coordinates");
    if (strcmp(json_string(json_get(geometry, "type")), "Point") == 0) {
        assert_position(coordinates);
        return;
    }
    assert_string_equal(json_string(json_get(geometry, "type")), "LineString");
    assert_true(json_count(coordinates) >= 2);
    for (const struct json *it = json_first(coordinates); it != NULL; it = json_next(it)) assert_position(it);
}

static void test_features(void **state)
{
    (void)state;
    struct fixture_night fixture;
    assert_true(fixture_night_make(&fixture, 40, 3));
    struct driven driven = driven_plan(&fixture.night);
    FILE *file = tmpfile();
    assert_int_equal(geojson_write(file, &driven, NULL), ERROR_NONE);
    char *text = golden_take(file);
    struct json *root = NULL;
    assert_int_equal(json_parse("routes.geojson", text, strlen(text), &root, NULL), ERROR_NONE);
    assert_string_equal(json_string(json_get(root, "type")), "FeatureCollection");

    static const char *const KINDS[] = {"depot", "route", "stop", "disposal", "unserved"};
    int32_t counts[COUNT_OF(KINDS)] = {0}, known = 0;
    const struct json *features = json_get(root, "features");
    for (const struct json *it = json_first(features); it != NULL; it = json_next(it)) {
        assert_string_equal(json_string(json_get(it, "type")), "Feature");
        assert_geometry(json_get(it, "geometry"));
        const char *kind = json_string(json_get(json_get(it, "properties"), "kind"));
        for (size_t i = 0; i < COUNT_OF(KINDS); i++) {
            counts[i] += strcmp(kind, KINDS[i]) == 0;
            known += strcmp(kind, KINDS[i]) == 0;
        }
    }
    assert_int_equal(known, json_count(features));
    int32_t disposals = 0;
    for (int32_t i = 0; i < fixture.plan.step_count; i++)
        disposals += fixture.plan.steps[i].kind == STEP_DISPOSAL;
    assert_int_equal(counts[0], fixture.city.depot_count);
    assert_int_equal(counts[1], fixture.plan.route_count);
    assert_int_equal(counts[2], fixture.report.served);
    assert_int_equal(counts[3], disposals);
    assert_int_equal(counts[4], fixture.report.unserved_mandatory + fixture.report.unserved_optional);
    json_free(root);
    free(text);
    fixture_night_free(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_features)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
