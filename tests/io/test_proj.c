#include "io/proj.h"
#include "tests/support/test.h"

#include <math.h>

static void known_points(void **state)
{
    (void)state;
    /* Points given by the systems' own definitions: their natural origins. */
    static const struct {
        const char *crs;
        double x, y, lat, lon;
    } points[] = {
        {"EPSG:2154", 700000, 6600000, 46.5, 3}, /* Lambert 93 */
        {"EPSG:3947", 1700000, 6200000, 47, 3},  /* CC47, zone of Nantes */
        {"EPSG:32630", 500000, 0, 0, -3},        /* UTM 30 north */
        {"EPSG:3857", 0, 0, 0, 0},               /* web Mercator */
        {"EPSG:4326", -1.55, 47.2, 47.2, -1.55}, /* x east, y north, whatever the register's order */
    };
    for (size_t i = 0; i < COUNT_OF(points); i++) {
        struct projection *projection;
        struct position position;
        assert_int_equal(projection_open(points[i].crs, &projection, NULL), ERROR_NONE);
        assert_true(projection_to_wgs84(projection, points[i].x, points[i].y, &position));
        assert_true(fabs(position.lat - points[i].lat) < 1e-7);
        assert_true(fabs(position.lon - points[i].lon) < 1e-7);
        projection_close(projection);
    }
}

static void what_is_no_code_is_refused(void **state)
{
    (void)state;
    static const char *const refused[] = {"",           "2154",          "EPSG:",      "EPSG:999999",
                                          "EPSG:2154x", "EPSG:1234567",  "+proj=merc", "/etc/passwd",
                                          "epsg:2154",  "EPSG:2154+5720"};
    for (size_t i = 0; i < COUNT_OF(refused); i++) {
        struct projection *projection;
        struct error error = {0};
        assert_int_equal(projection_open(refused[i], &projection, &error), ERROR_INPUT);
        assert_null(projection);
        assert_true(error.message[0] != '\0');
    }
    projection_close(NULL);
}

static void points_outside_are_refused(void **state)
{
    (void)state;
    struct projection *projection;
    struct position position;
    assert_int_equal(projection_open("EPSG:32630", &projection, NULL), ERROR_NONE);
    assert_false(projection_to_wgs84(projection, 1e30, 1e30, &position));
    assert_true(projection_to_wgs84(projection, 610000, 5230000, &position)); /* and it goes on */
    projection_close(projection);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_points),
        cmocka_unit_test(what_is_no_code_is_refused),
        cmocka_unit_test(points_outside_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
