/* A whole run: every file is there, and two equal nights differ in nothing but their durations. */
#include "io/run.h"
#include "tests/support/fixture_night.h"
#include "tests/support/golden.h"
#include "tests/support/test.h"

#include <stdlib.h>
#include <string.h>

static char base[64];

static int setup(void **state)
{
    (void)state;
    snprintf(base, sizeof base, "/tmp/benne-run-XXXXXX");
    return mkdtemp(base) == NULL;
}

static int teardown(void **state)
{
    (void)state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", base);
    return system(command) == 0 ? 0 : 1;
}

static error_code write_night(const char *name)
{
    error_code rc = ERROR_NONE;
    struct fixture_night fixture;
    struct indicator_values values;
    struct run_folder *folder = NULL;
    char path[128];
    snprintf(path, sizeof path, "%s/%s", base, name);
    assert_true(fixture_night_make(&fixture, 40, 3));
    run_phase(&fixture.facts, "write");
    TRY(indicators_compute(&fixture.night, &fixture.arena, &values, NULL));
    TRY(run_folder_open(path, &folder, NULL));
    rc = run_write(folder, &fixture.night, &values, &fixture.facts, NULL);
    if (rc == ERROR_NONE) {
        rc = run_folder_commit(folder, NULL);
    } else {
        run_folder_abandon(folder);
    }
done:
    fixture_night_free(&fixture);
    return rc;
}

static char *content(const char *run, const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s/%s", base, run, name);
    FILE *file = fopen(path, "r");
    return file == NULL ? NULL : golden_take(file);
}

static void test_equal_nights_give_equal_files(void **state)
{
    (void)state;
    static const char *const FILES[] = {"plan.json",      "routes.csv",      "stops.csv",
                                        "unserved.csv",   "routes.geojson",  "staffing.csv",
                                        "indicators.csv", "indicators.json", "report.html"};
    assert_int_equal(write_night("one"), ERROR_NONE);
    assert_int_equal(write_night("other"), ERROR_NONE);
    for (size_t i = 0; i < COUNT_OF(FILES); i++) {
        char *one = content("one", FILES[i]), *other = content("other", FILES[i]);
        assert_non_null(one);
        assert_non_null(other);
        assert_true(strlen(one) > 100);
        assert_string_equal(one, other);
        free(one);
        free(other);
    }
    char *manifest = content("one", "manifest.json"), *journal = content("one", "log.jsonl");
    assert_non_null(
        strstr(manifest, "\"phase\":\t\"write\"")); /* its time is known when the manifest is written */
    assert_non_null(strstr(journal, "\"name\":\"write\""));
    free(manifest);
    free(journal);
}

static void test_a_failed_run_leaves_the_previous(void **state)
{
    (void)state;
    assert_int_equal(write_night("one"), ERROR_NONE);
    char *before = content("one", "report.html");
    /* Memory that fails somewhere in the writing: the fixture and the indicators need fewer blocks. */
    struct fixture_night fixture;
    assert_true(fixture_night_make(&fixture, 40, 3));
    struct indicator_values values;
    assert_int_equal(indicators_compute(&fixture.night, &fixture.arena, &values, NULL), ERROR_NONE);
    struct run_folder *folder = NULL;
    char path[128];
    snprintf(path, sizeof path, "%s/one", base);
    assert_int_equal(run_folder_open(path, &folder, NULL), ERROR_NONE);
    arena_fail_after(40);
    assert_int_equal(run_write(folder, &fixture.night, &values, &fixture.facts, NULL), ERROR_MEMORY);
    arena_fail_after(0);
    run_folder_abandon(folder);
    fixture_night_free(&fixture);
    char *after = content("one", "report.html");
    assert_string_equal(after, before);
    free(before);
    free(after);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_equal_nights_give_equal_files, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_failed_run_leaves_the_previous, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
