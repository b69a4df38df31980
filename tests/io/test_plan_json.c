/* plan.json: what is written is read back as the same plan, and what people change by hand is understood or
 * refused with the reason. */
#include "io/plan_json.h"
#include "tests/support/fixture_night.h"
#include "tests/support/test.h"

#include <stdlib.h>
#include <string.h>

enum { BINS = 24, VEHICLES = 3, TEXT_SIZE = 4096 };

struct reading {
    struct fixture_night fixture;
    struct read_plan read;
    struct plan plan;
    struct diagnostics diagnostics;
    struct error error;
    error_code rc;
};

static void begin(struct reading *reading)
{
    memset(reading, 0, sizeof *reading);
    assert_true(fixture_night_make(&reading->fixture, BINS, VEHICLES));
    diagnostics_init(&reading->diagnostics, 50);
    plan_init(&reading->plan);
}

static void end(struct reading *reading)
{
    plan_free(&reading->plan);
    diagnostics_free(&reading->diagnostics);
    fixture_night_free(&reading->fixture);
}

static void read_text(struct reading *reading, const char *text)
{
    plan_free(&reading->plan);
    reading->rc =
        plan_json_parse("plan.json", text, strlen(text), &reading->fixture.city, &reading->fixture.arena,
                        &reading->read, &reading->diagnostics, &reading->error);
    if (reading->rc == ERROR_NONE)
        reading->rc = plan_json_bind(&reading->read, &reading->fixture.city, &reading->fixture.problem,
                                     &reading->plan, &reading->diagnostics, &reading->error);
}

static struct check_report check(struct reading *reading)
{
    struct check_report report;
    assert_int_equal(reading->rc, ERROR_NONE);
    assert_int_equal(check_plan(&reading->fixture.problem.instance, &reading->plan, &reading->fixture.arena,
                                &report, &reading->error),
                     ERROR_NONE);
    return report;
}

static char *written(struct reading *reading)
{
    char *text = NULL;
    assert_int_equal(plan_json_text(&reading->fixture.night, &text, &reading->error), ERROR_NONE);
    return text;
}

static void assert_says(const struct reading *reading, const char *sentence)
{
    for (int64_t d = 0; d < reading->diagnostics.count; d++)
        if (strstr(reading->diagnostics.items[d].message, sentence) != NULL) return;
    fail_msg("nothing says '%s'", sentence);
}

/* The id of the n-th bin that the plan visits. */
static const char *visited(const struct reading *reading, int32_t n)
{
    const struct plan *plan = &reading->fixture.plan;
    for (int32_t i = 0; i < plan->step_count; i++)
        if (plan->steps[i].kind == STEP_STOP && n-- == 0)
            return reading->fixture.city
                .bins[reading->fixture.problem
                          .stop_bins[reading->fixture.problem.stop_bin_first[plan->steps[i].id]]]
                .id;
    fail();
    return NULL;
}

static void a_plan_comes_back_as_it_was(void **state)
{
    (void)state;
    struct reading reading;
    begin(&reading);
    char *text = written(&reading);
    read_text(&reading, text);
    assert_int_equal(reading.rc, ERROR_NONE);
    assert_int_equal(reading.diagnostics.count, 0);
    const struct plan *before = &reading.fixture.plan, *after = &reading.plan;
    assert_int_equal(reading.read.day, reading.fixture.problem.day);
    assert_int_equal(after->route_count, before->route_count);
    assert_int_equal(after->step_count, before->step_count);
    assert_memory_equal(after->routes, before->routes, (size_t)before->route_count * sizeof *before->routes);
    for (int32_t i = 0; i < before->step_count; i++) {
        assert_int_equal(after->steps[i].kind, before->steps[i].kind);
        if (before->steps[i].kind != STEP_BREAK) assert_int_equal(after->steps[i].id, before->steps[i].id);
    }
    struct check_report report = check(&reading);
    assert_int_equal(cost_total(&report.cost), cost_total(&reading.fixture.report.cost));
    assert_non_null(strstr(text, "\"unserved\""));
    assert_non_null(strstr(text, "+01:00\""));
    free(text);
    end(&reading);
}

static void a_hand_edited_plan_is_judged(void **state)
{
    (void)state;
    struct reading reading;
    begin(&reading);
    const char *v0 = reading.fixture.city.vehicles[0].id, *v1 = reading.fixture.city.vehicles[1].id;
    const char *a = visited(&reading, 0), *b = visited(&reading, 1), *site = reading.fixture.city.sites[0].id;
    char text[TEXT_SIZE];
    /* A bin moved to another truck, the others removed; a wall clock for the departure; a bin given twice. */
    snprintf(
        text, sizeof text,
        "{\"day\": \"2026-11-24\", \"routes\": [{\"vehicle\": \"%s\", \"departure\": \"06:30\", \"steps\": "
        "[{\"stop\": [\"%s\"]}, {\"disposal\": \"%s\"}]}, {\"vehicle\": \"%s\", \"departure\": \"6:00\", "
        "\"steps\": "
        "[{\"stop\": [\"%s\"]}, {\"break\": 1800}, {\"stop\": [\"%s\"]}, {\"disposal\": \"%s\"}]}]}",
        v0, b, site, v1, a, b, site);
    read_text(&reading, text);
    struct check_report report = check(&reading);
    assert_int_equal(reading.plan.routes[0].departure_s, 6 * 3600 + 1800);
    assert_int_equal(reading.plan.steps[3].kind, STEP_BREAK);
    assert_int_equal(report.served, 2);
    bool twice = false;
    int32_t unserved = 0;
    for (int32_t v = 0; v < report.violation_count; v++) {
        twice =
            twice || (report.violations[v].kind == VIOLATION_STOP_TWICE && report.violations[v].route == 1);
        unserved += report.violations[v].kind == VIOLATION_UNSERVED;
    }
    assert_true(twice);
    assert_int_equal(unserved, report.unserved_mandatory);
    assert_true(unserved > 0);
    end(&reading);
}

static void faults_are_all_named(void **state)
{
    (void)state;
    struct reading reading;
    begin(&reading);
    char text[TEXT_SIZE];
    snprintf(
        text, sizeof text,
        "{\"day\": \"2026-11-24\", \"routes\": [{\"vehicle\": \"NO\", \"departure\": \"06:00\", \"steps\":\n"
        "[{\"stop\": [\"%sx\", 7]}, {\"disposal\": \"nowhere at all\"}, {\"stop\": []}, {\"rest\": 1}]},\n"
        "{\"departure\": \"at dawn\", \"steps\": {}}, 3]}",
        visited(&reading, 0));
    read_text(&reading, text);
    assert_int_equal(reading.rc, ERROR_INPUT);
    assert_says(&reading, "'NO' is not known: a vehicle's id was expected");
    assert_says(&reading, "a bin's id was expected; is it '");
    assert_says(&reading, "a bin's id was expected");
    assert_says(&reading, "'nowhere at all' is not known: a disposal site's id was expected");
    assert_says(&reading, "a list of bin ids was expected");
    assert_says(&reading, "a step is one of");
    assert_says(&reading, "missing key vehicle");
    assert_says(&reading, "a time of departure");
    assert_says(&reading, "a list of steps was expected");
    assert_says(&reading, "a route was expected");
    assert_int_equal(reading.diagnostics.errors, 10);
    assert_int_equal(reading.diagnostics.items[0].place.line, 1);
    assert_int_equal(reading.diagnostics.items[1].place.line, 2);
    end(&reading);
}

static void wrong_shapes_are_refused(void **state)
{
    (void)state;
    const struct {
        const char *text, *sentence;
    } shapes[] = {{"[]", "a plan was expected: an object"},
                  {"{}", "missing key day"},
                  {"{\"day\": \"2026-11-24\"}", "missing key routes"},
                  {"{\"day\": \"2026-11-24\", \"routes\": 1}", "a list of routes was expected"},
                  {"{\"day\": \"2026-13-24\", \"routes\": []}", "a day was expected"},
                  {"{\"day\": 20261124, \"routes\": []}", "a day was expected"}};
    for (size_t s = 0; s < COUNT_OF(shapes); s++) {
        struct reading reading;
        begin(&reading);
        read_text(&reading, shapes[s].text);
        assert_int_equal(reading.rc, ERROR_INPUT);
        assert_says(&reading, shapes[s].sentence);
        end(&reading);
    }
    struct reading reading;
    begin(&reading);
    read_text(&reading, "{\"day\": \"2026-11-24\",\n \"routes\": [}");
    assert_int_equal(reading.rc, ERROR_INPUT);
    assert_int_equal(reading.error.line, 2);
    end(&reading);
}

/* Bins of one point are emptied together: what a step says of them must be true of all. */
static void a_group_is_not_split(void **state)
{
    (void)state;
    struct reading reading;
    begin(&reading);
    struct day_problem *problem = &reading.fixture.problem;
    const int32_t a = problem->stop_bins[0], b = problem->stop_bins[1], c = problem->stop_bins[2];
    int32_t first[4] = {0, 2, 3, 3}, outside = -1;
    for (int32_t bin = 0; bin < BINS && outside < 0; bin++)
        if (problem->stop_of_bin[bin] < 0) outside = bin;
    problem->stop_bin_first = first; /* stop 0 is a and b, stop 1 is c */
    problem->stop_of_bin[b] = 0;
    problem->stop_of_bin[c] = 1;
    problem->instance.stop_count = 2;
    assert_true(outside >= 0);
    const struct bin *bins = reading.fixture.city.bins;
    const char *head =
        "{\"day\": \"2026-11-24\", \"routes\": [{\"vehicle\": \"%s\", \"departure\": \"06:00\", \"steps\": [";
    const struct {
        const char *steps;
        int32_t named[3];
        int errors;
        const char *sentence;
    } cases[] = {
        {"{\"stop\": [\"%s\", \"%s\"]}", {b, a}, 0, ""},
        {"{\"stop\": [\"%s\"]}", {a}, 1, "the step leaves it out"},
        {"{\"stop\": [\"%s\"]}, {\"stop\": [\"%s\"]}", {a, b}, 2, "the step leaves it out"},
        {"{\"stop\": [\"%s\", \"%s\", \"%s\"]}", {a, b, c}, 1, "it needs a step of its own"},
        {"{\"stop\": [\"%s\", \"%s\", \"%s\"]}", {a, b, a}, 1, "it is named twice in a step"},
        {"{\"stop\": [\"%s\"]}", {outside}, 1, "it is not among the day's bins"},
    };
    for (size_t k = 0; k < COUNT_OF(cases); k++) {
        char text[TEXT_SIZE];
        const int32_t *named = cases[k].named;
        int used = snprintf(text, sizeof text, head, reading.fixture.city.vehicles[0].id);
        const char *ids[3] = {bins[named[0]].id, bins[named[1]].id, bins[named[2]].id};
        int32_t next = 0;
        for (const char *at = cases[k].steps; *at != '\0'; at++) {
            if (at[0] == '%' && at[1] == 's')
                used += snprintf(text + used, sizeof text - (size_t)used, "%s", ids[next++]), at++;
            else
                text[used++] = *at;
        }
        snprintf(text + used, sizeof text - (size_t)used, "]}]}");
        const int64_t errors_before = reading.diagnostics.errors;
        read_text(&reading, text);
        assert_int_equal(reading.diagnostics.errors - errors_before, cases[k].errors);
        assert_int_equal(reading.rc, cases[k].errors > 0 ? ERROR_INPUT : ERROR_NONE);
        if (cases[k].errors > 0)
            assert_says(&reading, cases[k].sentence);
        else
            assert_int_equal(reading.plan.steps[0].id, 0);
    }
    problem->instance.vehicle_count = 1; /* the others do not work that day */
    char text[TEXT_SIZE];
    snprintf(text, sizeof text,
             "{\"day\": \"2026-11-24\", \"routes\": [{\"vehicle\": \"%s\", \"departure\": \"06:00\", "
             "\"steps\": []}]}",
             reading.fixture.city.vehicles[1].id);
    read_text(&reading, text);
    assert_int_equal(reading.rc, ERROR_INPUT);
    assert_says(&reading, "does not work on that day");
    end(&reading);
}

static void exhausted_memory_is_an_error(void **state)
{
    (void)state;
    struct reading reading;
    begin(&reading);
    char *text = written(&reading);
    int64_t refused = 0;
    do {
        arena_fail_after(++refused);
        read_text(&reading, text);
        arena_fail_after(0);
        assert_true(reading.rc == ERROR_NONE || reading.rc == ERROR_MEMORY);
    } while (reading.rc != ERROR_NONE);
    assert_true(refused > 10);
    free(text);
    end(&reading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plan_comes_back_as_it_was), cmocka_unit_test(a_hand_edited_plan_is_judged),
        cmocka_unit_test(faults_are_all_named),        cmocka_unit_test(wrong_shapes_are_refused),
        cmocka_unit_test(a_group_is_not_split),        cmocka_unit_test(exhausted_memory_is_an_error)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
