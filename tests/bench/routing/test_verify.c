/* Which runs count: each way in which solver, checker and value may disagree. */
#include "bench/routing/verify.h"
#include "tests/support/program.h"
#include "tests/support/runs.h"
#include "tests/support/test.h"

#include <math.h>
#include <string.h>

static char scratch[256];
static struct place place;

static int make_scratch(void **state)
{
    (void)state;
    scratch_make(scratch);
    snprintf(place.solve, sizeof place.solve, "%s/solve", scratch);
    snprintf(place.check, sizeof place.check, "%s/check", scratch);
    snprintf(place.errors, sizeof place.errors, "%s/errors", scratch);
    return 0;
}

static int remove_scratch(void **state)
{
    (void)state;
    scratch_remove(scratch);
    return 0;
}

static void write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

struct reply {
    const char *output, *errors;
    int status;
};

static const char SOLVED[] =
    "{\"cost\":102.5,\"vehicles\":3,\"feasible\":true,\"iterations\":7,\"seed\":1,\"threads\":1}";
static const char CHECKED[] = "{\"feasible\":true,\"cost\":{\"total\":102.5}}";

/* The record of a run with these replies, of an instance whose best known value is 100. */
static struct record judge(struct reply solve, struct reply check)
{
    const struct task task = {.family = &BENCH_FAMILIES[protocol_family("cvrp")],
                              .known = {.value = 100, .limit_cost = NAN, .limit_vehicles = -1},
                              .budget_s = 10,
                              .seed = 1,
                              .threads = 1};
    struct record record = {.gap_percent = NAN, .cost = NAN};
    struct process_end end = {.status = solve.status, .seconds = 10, .cpu_seconds = 9, .peak_mb = 5};
    write_text(place.solve, solve.output);
    write_text(place.errors, solve.errors);
    verify_solve(&place, &task, &end, &record);
    assert_false(record.verified);
    if (record.fault[0] != '\0') return record;
    end = (struct process_end){.status = check.status, .seconds = 1, .cpu_seconds = 1, .peak_mb = 99};
    write_text(place.check, check.output);
    write_text(place.errors, check.errors);
    verify_check(&place, &task, &end, &record);
    return record;
}

static void agreement_is_verified(void **state)
{
    (void)state;
    const struct record record =
        judge((struct reply){SOLVED, "", 0}, (struct reply){CHECKED, "f:1:2: note: one may ask\n", 0});
    assert_true(record.verified);
    assert_string_equal(record.fault, "");
    assert_true(fabs(record.gap_percent - 2.5) < 1e-9);
    assert_true(record.cost == 102.5 && record.seconds == 10 && record.cpu_seconds == 9 &&
                record.peak_mb == 5);
    assert_int_equal(record.vehicles, 3);
    assert_int_equal(record.iterations, 7);
}

static void assert_fault(struct record record, const char *part)
{
    assert_false(record.verified);
    assert_true(isnan(record.gap_percent));
    if (strstr(record.fault, part) == NULL) fail_msg("'%s' for '%s'", record.fault, part);
}

static void a_solver_that_fails_is_not(void **state)
{
    (void)state;
    const struct reply none = {"", "", 0};
    assert_fault(judge((struct reply){"", "f.vrp: error: CAPACITY is missing\n1 error\n", 2}, none),
                 "exit 2: CAPACITY is missing");
    assert_fault(judge((struct reply){SOLVED, "first\nbenne solve: 34 stops are left\n\n", 4}, none),
                 "exit 4: benne solve: 34 stops are left");
    assert_fault(judge((struct reply){"", "", -1}, none), "exit -1");
    assert_fault(judge((struct reply){"", "", 0}, none), "no result");
    assert_fault(judge((struct reply){"{\"cost\":null}", "", 0}, none), "no result");
    assert_fault(judge((struct reply){"{\"cost\":1,\"feasible\":false}", "", 0}, none), "infeasible");
    assert_fault(
        judge((struct reply){"{\"cost\":1,\"feasible\":true,\"seed\":2,\"threads\":1}", "", 0}, none),
        "seed");
    assert_fault(
        judge((struct reply){"{\"cost\":1,\"feasible\":true,\"seed\":1,\"threads\":2}", "", 0}, none),
        "threads");
}

static void a_plan_that_the_checker_refuses_is_not(void **state)
{
    (void)state;
    const struct reply solved = {SOLVED, "", 0};
    assert_fault(judge(solved, (struct reply){CHECKED, "benne check: not feasible\n", 5}),
                 "exit 5: benne check");
    assert_fault(judge(solved, (struct reply){"{\"feasible\":false,\"cost\":{\"total\":102.5}}", "", 0}),
                 "checker");
    assert_fault(judge(solved, (struct reply){"", "", 0}), "checker");
    assert_fault(judge(solved, (struct reply){"{\"feasible\":true}", "", 0}), "the solver says 102.5");
    assert_fault(judge(solved, (struct reply){"{\"feasible\":true,\"cost\":{\"total\":102.6}}", "", 0}),
                 "the checker 102.6");
}

/* What is read in part, or too good to be true, is another problem than the published one. */
static void another_problem_is_not(void **state)
{
    (void)state;
    const struct reply solved = {SOLVED, "", 0};
    assert_fault(judge(solved, (struct reply){CHECKED, "f.vrp:6:1: warning: WINDOWS is left out\nlast\n", 0}),
                 "WINDOWS is left out");
    assert_fault(judge((struct reply){"{\"cost\":98,\"feasible\":true,\"seed\":1,\"threads\":1}", "", 0},
                       (struct reply){"{\"feasible\":true,\"cost\":{\"total\":98}}", "", 0}),
                 "2.00 % below the best known value");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agreement_is_verified),
        cmocka_unit_test(a_solver_that_fails_is_not),
        cmocka_unit_test(a_plan_that_the_checker_refuses_is_not),
        cmocka_unit_test(another_problem_is_not),
    };
    return cmocka_run_group_tests(tests, make_scratch, remove_scratch);
}
