/* log.jsonl and manifest.json: every fact is there, each line is a JSON object, hashes are whole. */
#include "io/journal.h"
#include "io/json.h"
#include "io/manifest.h"
#include "tests/support/fixture_night.h"
#include "tests/support/golden.h"
#include "tests/support/test.h"

#include <stdlib.h>
#include <string.h>

static struct fixture_night fixture;

static int setup(void **state)
{
    (void)state;
    return fixture_night_make(&fixture, 16, 2) ? 0 : 1;
}

static int teardown(void **state)
{
    (void)state;
    fixture_night_free(&fixture);
    return 0;
}

/* How many lines of the journal tell this event; every line must be an object with level and event. */
static int32_t count_events(char *journal, const char *event)
{
    int32_t count = 0;
    for (char *line = journal; *line != '\0';) {
        size_t length = strcspn(line, "\n");
        struct json *entry = NULL;
        assert_int_equal(json_parse("log.jsonl", line, length, &entry, NULL), ERROR_NONE);
        assert_non_null(json_string(json_get(entry, "level")));
        count += strcmp(json_string(json_get(entry, "event")), event) == 0;
        json_free(entry);
        line += length;
        assert_int_equal(*line, '\n');
        line++;
    }
    return count;
}

static void test_every_event_has_its_line(void **state)
{
    (void)state;
    run_phase(&fixture.facts, "read");
    run_phase(&fixture.facts, "search");
    run_phase(&fixture.facts, NULL);
    FILE *file = tmpfile();
    assert_int_equal(journal_write(file, &fixture.night, &fixture.facts, NULL), ERROR_NONE);
    char *text = golden_take(file);
    assert_int_equal(count_events(text, "diagnostic"), 2);
    assert_int_equal(count_events(text, "fault"), 2);
    assert_int_equal(count_events(text, "violation"), fixture.report.violation_count);
    assert_int_equal(count_events(text, "unserved"), fixture.report.unserved_mandatory);
    assert_int_equal(count_events(text, "phase"), 2);
    assert_true(fixture.report.violation_count > 0 && fixture.report.unserved_mandatory > 0);
    assert_non_null(strstr(text, "unknown column <colour>"));
    free(text);
}

static void test_manifest(void **state)
{
    (void)state;
    fixture.facts.search.seed = UINT64_MAX; /* past what a JSON number holds */
    FILE *file = tmpfile();
    assert_int_equal(manifest_write(file, &fixture.night, &fixture.facts, NULL), ERROR_NONE);
    char *text = golden_take(file);
    struct json *root = NULL;
    assert_int_equal(json_parse("manifest.json", text, strlen(text), &root, NULL), ERROR_NONE);
    assert_string_equal(json_string(json_get(root, "benne")), "0.1.0");
    assert_string_equal(json_string(json_get(root, "day")), "2026-11-23");
    assert_string_equal(json_string(json_get(json_get(root, "search"), "seed")), "18446744073709551615");
    assert_string_equal(json_string(json_get(json_get(root, "options"), "seed")), "7");
    const struct json *input = json_first(json_get(root, "inputs"));
    assert_string_equal(json_string(json_get(input, "sha256")),
                        "000000000000000100000000000000020000000000000003fedcba9876543210");
    bool accepted = true;
    assert_true(json_flag(json_get(json_get(root, "check"), "accepted"), &accepted));
    assert_false(accepted);
    json_free(root);
    free(text);
}

static void test_phases_keep_their_order_and_their_limit(void **state)
{
    (void)state;
    struct run_facts facts;
    run_begin(&facts, "plan", "0.1.0", "en");
    run_phase(&facts, NULL); /* none is under way: nothing happens */
    assert_int_equal(facts.phase_count, 0);
    for (int i = 0; i < RUN_PHASE_MAX + 5; i++) run_phase(&facts, "again");
    run_phase(&facts, NULL);
    assert_int_equal(facts.phase_count, RUN_PHASE_MAX);
    for (int i = 0; i < RUN_OPTION_MAX + 5; i++) run_option(&facts, "name", "value");
    assert_int_equal(facts.option_count, RUN_OPTION_MAX);
    double sum = 0;
    for (int32_t i = 0; i < facts.phase_count; i++) {
        assert_true(facts.phases[i].seconds >= 0);
        sum += facts.phases[i].seconds;
    }
    assert_true(sum <= run_seconds(&facts));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_event_has_its_line, setup, teardown),
        cmocka_unit_test_setup_teardown(test_manifest, setup, teardown),
        cmocka_unit_test(test_phases_keep_their_order_and_their_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
