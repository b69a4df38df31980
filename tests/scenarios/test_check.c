/* benne check on a city's plan, as written and as people edit it by hand. */
#include "tests/support/program.h"
#include "tests/support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CITY "scenarios/exemple"
#define RUN(...) program_run((const char *const[]){__VA_ARGS__, NULL})

enum { PATH_ROOM = 512 };

static char scratch[256];
static char *plan_text; /* as planned */

static const char *in_scratch(const char *name)
{
    static char path[PATH_ROOM];
    snprintf(path, sizeof path, "%s/%s", scratch, name);
    return path;
}

static int plan_once(void **state)
{
    (void)state;
    scratch_make(scratch);
    struct outcome outcome = RUN("plan", CITY, "-o", in_scratch("run"), "--iterations", "100");
    const int status = outcome.status;
    outcome_free(&outcome);
    plan_text = file_text(in_scratch("run"), "plan.json", NULL);
    return status != 0 || plan_text == NULL;
}

static int remove_scratch(void **state)
{
    (void)state;
    free(plan_text);
    scratch_remove(scratch);
    return 0;
}

/* Writes a plan cut together from up to three pieces of text, and checks it. */
static struct outcome check_pieces(const char *first, size_t first_length, const char *second,
                                   size_t second_length, const char *rest)
{
    FILE *file = fopen(in_scratch("edited.json"), "w");
    assert_non_null(file);
    fwrite(first, 1, first_length, file);
    fwrite(second, 1, second_length, file);
    fputs(rest, file);
    assert_int_equal(fclose(file), 0);
    return RUN("check", CITY, in_scratch("edited.json"));
}

/* A step that visits a stop, with the comma after it, from `from` on: where it begins, and its length. Only
 * stops of one bin, with this reason. */
static const char *find_step(const char *from, const char *reason, size_t *length)
{
    char wanted[64];
    snprintf(wanted, sizeof wanted, "\"%s\"", reason);
    for (const char *at = strstr(from, "\"stop\":"); at != NULL; at = strstr(at + 1, "\"stop\":")) {
        const char *begin = at, *end = strchr(at, '}');
        while (*begin != '{') begin--;
        if (end == NULL || end[1] != ',') continue;
        const char *found = strstr(begin, wanted);
        const char *bracket = strchr(begin, ']'), *comma = strchr(at, ',');
        *length = (size_t)(end + 2 - begin);
        if (found != NULL && found < end && comma > bracket) return begin;
    }
    return NULL;
}

static void expect(struct outcome outcome, int status, const char *output, const char *error)
{
    if (outcome.status != status || strstr(outcome.output, output) == NULL ||
        strstr(outcome.error, error) == NULL)
        fail_msg("exit %d\n%s\n%s", outcome.status, outcome.output, outcome.error);
    outcome_free(&outcome);
}

static void a_run_is_accepted(void **state)
{
    (void)state;
    expect(RUN("check", CITY, in_scratch("run")), 0, "feasible: the plan keeps every rule", "");
    expect(RUN("check", CITY, in_scratch("run"), "--json"), 0, "\"feasible\":\ttrue", "");
}

static void an_optional_bin_may_be_removed(void **state)
{
    (void)state;
    size_t length;
    const char *step = find_step(plan_text, "prize", &length);
    if (step == NULL) fail_msg("no optional stop in the plan");
    struct outcome outcome = check_pieces(plan_text, (size_t)(step - plan_text), "", 0, step + length);
    assert_true(outcome.status == 0);
    outcome_free(&outcome);
}

static void a_mandatory_bin_may_not(void **state)
{
    (void)state;
    size_t length;
    const char *step = find_step(plan_text, "risk", &length);
    if (step == NULL) fail_msg("no mandatory stop in the plan");
    expect(check_pieces(plan_text, (size_t)(step - plan_text), "", 0, step + length), 4,
           "a mandatory stop is not served", "mandatory stop is left unserved");
}

static void a_bin_emptied_twice_is_named(void **state)
{
    (void)state;
    size_t length;
    const char *step = find_step(plan_text, "risk", &length);
    assert_non_null(step);
    expect(check_pieces(plan_text, (size_t)(step - plan_text), step, length, step), 5,
           "the stop is visited more than once", "the plan is not feasible");
}

static void an_unknown_bin_is_shown_with_its_place(void **state)
{
    (void)state;
    size_t length;
    const char *step = find_step(plan_text, "risk", &length);
    assert_non_null(step);
    const char *id = strchr(step, '[') + 2;
    expect(check_pieces(plan_text, (size_t)(id - plan_text), "no-such-", 8, id), 2, "",
           "is not known: a bin's id was expected");
}

static void a_plan_that_is_none_is_refused(void **state)
{
    (void)state;
    expect(check_pieces("{]", 2, "", 0, ""), 2, "", "edited.json");
    expect(check_pieces("", 0, "", 0, ""), 2, "", "edited.json");
    expect(RUN("check", CITY, in_scratch("absent")), 2, "", "absent");
    expect(RUN("check", CITY), 2, "", "");
}

static void write_locks(const char *rows)
{
    FILE *file = fopen(in_scratch("town/locks.csv"), "w");
    assert_non_null(file);
    fprintf(file, "bac;véhicule;position;après bac\n%s", rows);
    assert_int_equal(fclose(file), 0);
}

/* The plan of before breaks the locks that a dispatcher then sets; a plan made with them does not. */
static void locks_are_kept_and_named(void **state)
{
    (void)state;
    char command[3 * PATH_ROOM], town[PATH_ROOM], run[PATH_ROOM];
    snprintf(town, sizeof town, "%s", in_scratch("town"));
    snprintf(run, sizeof run, "%s", in_scratch("run"));
    snprintf(command, sizeof command, "cp -r %s %s", CITY, town);
    assert_int_equal(system(command), 0);
    write_locks("RE0111;GRUE1;-2;\nPA0005;;;PA0024\n"); /* no plan keeps the first */
    struct outcome outcome = RUN("check", town, in_scratch("run"));
    assert_int_equal(outcome.status, 5);
    assert_non_null(strstr(outcome.output, "RE0111: the stop is locked to another vehicle (GRUE1)"));
    assert_non_null(strstr(outcome.output, "RE0111: the stop is locked to another position of its route ("));
    assert_non_null(strstr(
        outcome.output, "PA0005: the stop is locked right behind another, which is not before it (PA0024)"));
    outcome_free(&outcome);
    write_locks("RE0095;BOM-RE2;premier;\nRE0111;BOM-RE1;-2;\nPA0005;;;PA0024\n");
    outcome = RUN("plan", town, "-o", in_scratch("locked"), "--start", run, "--iterations", "100");
    assert_int_equal(outcome.status, 0);
    outcome_free(&outcome);
    outcome = RUN("check", town, in_scratch("locked"));
    assert_int_equal(outcome.status, 0);
    outcome_free(&outcome);
    char *text = file_text(in_scratch("locked"), "plan.json", NULL);
    assert_non_null(strstr(text, "\"locked\":"));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_run_is_accepted),
                                       cmocka_unit_test(an_optional_bin_may_be_removed),
                                       cmocka_unit_test(a_mandatory_bin_may_not),
                                       cmocka_unit_test(a_bin_emptied_twice_is_named),
                                       cmocka_unit_test(an_unknown_bin_is_shown_with_its_place),
                                       cmocka_unit_test(locks_are_kept_and_named),
                                       cmocka_unit_test(a_plan_that_is_none_is_refused)};
    return cmocka_run_group_tests(tests, plan_once, remove_scratch);
}
