/* The night's job from outside: a whole run or none, whatever happens to it. */
#include "tests/support/program.h"
#include "tests/support/test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Files that follow from the data, the seed and the iterations alone. */
static const char *const FILES[] = {
    "plan.json",       "routes.csv",     "stops.csv",    "routes.geojson",
    "indicators.json", "indicators.csv", "staffing.csv", "report.html",
};

enum { PATH_ROOM = 512, PATIENCE_TENTHS = 300 };

struct place {
    char scratch[256], city[PATH_ROOM];
};

static struct place place;

static char *in_scratch(const char *name)
{
    static char paths[4][PATH_ROOM];
    static int slot;
    char *path = paths[slot = (slot + 1) % 4];
    snprintf(path, PATH_ROOM, "%s/%s", place.scratch, name);
    return path;
}

static struct outcome plan(const char *output, const char *const *more)
{
    const char *arguments[16] = {"plan", place.city, "-o", output};
    int count = 4;
    while (*more != NULL) arguments[count++] = *more++;
    arguments[count] = NULL;
    return program_run(arguments);
}

#define MORE(...) ((const char *const[]){__VA_ARGS__, NULL})

static void expect_whole_run(const char *folder)
{
    for (size_t file = 0; file < COUNT_OF(FILES); file++) {
        if (!path_exists(folder, FILES[file])) fail_msg("%s is missing", FILES[file]);
    }
    assert_true(path_exists(folder, "manifest.json"));
    assert_true(path_exists(folder, "log.jsonl"));
}

static void expect_same_file(const char *one, const char *other, const char *name)
{
    size_t length = 0, other_length = 0;
    char *text = file_text(one, name, &length), *other_text = file_text(other, name, &other_length);
    assert_non_null(text);
    assert_non_null(other_text);
    if (length != other_length || memcmp(text, other_text, length) != 0) fail_msg("%s differs", name);
    free(text);
    free(other_text);
}

static void a_night_is_planned(void **state)
{
    (void)state;
    const char *run = in_scratch("first");
    struct outcome outcome = plan(run, MORE("--iterations", "300"));
    char report[PATH_ROOM + 32];
    snprintf(report, sizeof report, "\nReport: %s/report.html\n", run);
    assert_int_equal(outcome.status, 0);
    assert_non_null(strstr(outcome.output, report));
    assert_null(strchr(outcome.error, '\r')); /* no progress line where nobody watches */
    expect_whole_run(run);
    outcome_free(&outcome);
}

static void threads_change_no_byte(void **state)
{
    (void)state;
    const char *one = in_scratch("one"), *four = in_scratch("four"), *other = in_scratch("other");
    struct outcome first = plan(one, MORE("--iterations", "400", "--seed", "3", "--threads", "1"));
    struct outcome second = plan(four, MORE("--iterations", "400", "--seed", "3", "--threads", "4"));
    struct outcome third =
        plan(other, MORE("--iterations", "400", "--seed", "4", "--threads", "1", "--json"));
    assert_int_equal(first.status, 0);
    assert_int_equal(second.status, 0);
    assert_int_equal(third.status, 0);
    for (size_t file = 0; file < COUNT_OF(FILES); file++) expect_same_file(one, four, FILES[file]);
    assert_int_equal(third.output[0], '{');
    assert_non_null(strstr(third.output, "\"unserved_mandatory\""));
    outcome_free(&first);
    outcome_free(&second);
    outcome_free(&third);
}

/* Against itself a plan need change nothing, however dear a change: the same bins are due. */
static void changes_are_priced_against_a_plan(void **state)
{
    (void)state;
    char city[PATH_ROOM], known[PATH_ROOM], again[PATH_ROOM];
    size_t length;
    snprintf(city, sizeof city, "%s", in_scratch("priced"));
    snprintf(known, sizeof known, "%s", in_scratch("known"));
    snprintf(again, sizeof again, "%s", in_scratch("again"));
    struct outcome outcome = program_run_other(NULL, MORE("cp", "-r", place.city, city));
    outcome_free(&outcome);
    char *text = file_text(city, "city.json", &length);
    assert_non_null(text);
    char path[PATH_ROOM + 16];
    snprintf(path, sizeof path, "%s/city.json", city);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "{\"quality\": {\"change_cost_per_stop\": 100, \"overlap_cost_per_pair\": 2},%s",
            strchr(text, '{') + 1);
    assert_int_equal(fclose(file), 0);
    free(text);
    outcome = program_run(MORE("plan", city, "-o", known, "--iterations", "300", "--quiet"));
    assert_int_equal(outcome.status, 0);
    outcome_free(&outcome);
    outcome =
        program_run(MORE("plan", city, "-o", again, "--iterations", "300", "--quiet", "--reference", known));
    assert_int_equal(outcome.status, 0);
    outcome_free(&outcome);
    outcome = program_run(MORE("check", city, again, "--reference", known, "--json"));
    assert_int_equal(outcome.status, 0);
    assert_non_null(strstr(outcome.output, "\"stability\":\t0"));
    outcome_free(&outcome);
    outcome = program_run(MORE("plan", city, "-o", again, "--iterations", "3", "--reference", city));
    assert_int_equal(outcome.status, 2); /* a city is no plan */
    outcome_free(&outcome);
}

static void a_second_run_is_refused(void **state)
{
    (void)state;
    const char *run = in_scratch("locked");
    struct outcome outcome = plan(run, MORE("--iterations", "50"));
    assert_int_equal(outcome.status, 0);
    outcome_free(&outcome);
    char *before = file_text(run, "manifest.json", NULL), lock[PATH_ROOM + 8];
    snprintf(lock, sizeof lock, "%s.lock", run);
    FILE *held = fopen(lock, "w");
    assert_non_null(held);
    assert_int_equal(flock(fileno(held), LOCK_EX | LOCK_NB), 0);
    outcome = plan(run, MORE("--iterations", "50"));
    assert_int_equal(outcome.status, 75);
    assert_string_equal(outcome.output, "");
    assert_non_null(strstr(outcome.error, "another run"));
    char *after = file_text(run, "manifest.json", NULL);
    assert_string_equal(after, before);
    outcome_free(&outcome);
    free(before);
    free(after);
    fclose(held);
    remove(lock);
}

static void wait_tenth(void)
{
    nanosleep(&(struct timespec){.tv_nsec = 100000000}, NULL);
}

/* Starts a run of a minute and waits until it has its folder: the data are read by then. */
static pid_t start_long_run(const char *name)
{
    char fresh[PATH_ROOM];
    snprintf(fresh, sizeof fresh, ".%s.benne-new", name);
    pid_t child = program_start(
        MORE("plan", place.city, "-o", in_scratch(name), "--time-limit", "60", "--threads", "2"));
    for (int tenth = 0; tenth < PATIENCE_TENTHS && !path_exists(place.scratch, fresh); tenth++) wait_tenth();
    assert_true(path_exists(place.scratch, fresh));
    return child;
}

static int wait_for(pid_t child)
{
    int status = 0;
    for (int tenth = 0; tenth < PATIENCE_TENTHS; tenth++) {
        if (waitpid(child, &status, WNOHANG) == child) return status;
        wait_tenth();
    }
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    fail_msg("%s", "the run did not end when asked to");
    return status;
}

static void sigterm_writes_the_best_plan_so_far(void **state)
{
    (void)state;
    pid_t child = start_long_run("stopped");
    wait_tenth();
    kill(child, SIGTERM);
    int status = wait_for(child);
    assert_true(WIFEXITED(status));
    assert_true(WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 4);
    expect_whole_run(in_scratch("stopped"));
    char *manifest = file_text(in_scratch("stopped"), "manifest.json", NULL);
    assert_non_null(strstr(manifest, "\"interrupted\":"));
    assert_non_null(strstr(strstr(manifest, "\"interrupted\":"), "true"));
    free(manifest);
}

static void a_killed_run_leaves_the_one_before(void **state)
{
    (void)state;
    const char *run = in_scratch("killed"), *copy = in_scratch("copy");
    struct outcome outcome = plan(run, MORE("--iterations", "50"));
    assert_int_equal(outcome.status, 0);
    outcome_free(&outcome);
    outcome = program_run_other(NULL, MORE("cp", "-r", run, copy));
    assert_int_equal(outcome.status, 0);
    outcome_free(&outcome);
    pid_t child = start_long_run("killed");
    kill(child, SIGKILL);
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    outcome = program_run_other(NULL, MORE("diff", "-r", run, copy));
    assert_int_equal(outcome.status, 0);
    outcome_free(&outcome);
    outcome = plan(run, MORE("--iterations", "50")); /* its remains hinder nobody */
    assert_int_equal(outcome.status, 0);
    assert_false(path_exists(place.scratch, ".killed.benne-new"));
    outcome_free(&outcome);
}

/* With trucks that work for half an hour, what must be served cannot be: the run is written, and says so. */
static void what_is_left_is_named(void **state)
{
    (void)state;
    const char *city = in_scratch("short"), *run = in_scratch("left");
    char script[PATH_ROOM * 3];
    struct outcome outcome = program_run_other(NULL, MORE("cp", "-r", place.city, city));
    outcome_free(&outcome);
    snprintf(script, sizeof script,
             "sed -i 's/;14:[03]0;/;06:30;/' %s/vehicles.csv && sed -i 's/;0;\\([0-9]* [A-Z]\\)/;1;\\1/' "
             "%s/bins.csv",
             city, city);
    outcome = program_run_other(NULL, MORE("sh", "-c", script));
    assert_int_equal(outcome.status, 0);
    outcome_free(&outcome);
    outcome = program_run(MORE("plan", city, "-o", run, "--iterations", "50", "--json"));
    assert_int_equal(outcome.status, 4);
    assert_non_null(strstr(outcome.error, "unserved: "));
    assert_non_null(strstr(outcome.error, "(always to be served)\n"));
    assert_non_null(strstr(outcome.error, " mandatory bins are left unserved\n"));
    expect_whole_run(run);
    const char *list = strstr(outcome.output, "\"unserved_mandatory\":");
    assert_non_null(list);
    list = strchr(list, '[');
    assert_non_null(list);
    assert_true(strcspn(list, "\"") < strcspn(list, "]")); /* not an empty list */
    outcome_free(&outcome);
}

static void wrong_data_write_nothing(void **state)
{
    (void)state;
    const char *city = in_scratch("wrong");
    char output[PATH_ROOM + 16];
    struct outcome outcome = program_run_other(NULL, MORE("cp", "-r", place.city, city));
    assert_int_equal(outcome.status, 0);
    outcome_free(&outcome);
    char path[PATH_ROOM + 32];
    snprintf(path, sizeof path, "%s/requests.csv", city);
    FILE *file = fopen(path, "a");
    assert_non_null(file);
    fputs("20/11/2026 10:00;NOBODY;overflow\n20/11/2026 25:00;RE0001;overflow\n", file);
    fclose(file);
    snprintf(output, sizeof output, "%s/runs/tonight", place.scratch);
    outcome = program_run(MORE("plan", city, "-o", output));
    assert_int_equal(outcome.status, 2);
    assert_string_equal(outcome.output, "");
    assert_non_null(strstr(outcome.error, "NOBODY"));
    assert_non_null(strstr(outcome.error, "25:00"));
    assert_non_null(strstr(outcome.error, "\n2 errors, "));
    assert_false(path_exists(place.scratch, "runs")); /* neither run nor lock nor parent */
    outcome_free(&outcome);
    outcome = program_run(MORE("validate", city));
    assert_int_equal(outcome.status, 2);
    assert_non_null(strstr(outcome.output, "\n2 errors, "));
    outcome_free(&outcome);
}

static void right_data_are_valid(void **state)
{
    (void)state;
    struct outcome outcome = program_run(MORE("validate", place.city));
    assert_int_equal(outcome.status, 0);
    assert_string_equal(outcome.error, "");
    assert_non_null(strstr(outcome.output, ": valid. 60 bins, "));
    outcome_free(&outcome);
    outcome = program_run(MORE("validate", place.city, "--json"));
    assert_int_equal(outcome.status, 0);
    assert_int_equal(outcome.output[0], '{');
    assert_non_null(strstr(outcome.output, "\"errors\":\t0"));
    outcome_free(&outcome);
}

static void a_day_without_service_plans_nothing(void **state)
{
    (void)state;
    struct outcome outcome = plan(in_scratch("sunday"), MORE("--date", "2026-11-11"));
    assert_int_equal(outcome.status, 0);
    assert_string_equal(outcome.output, "");
    assert_non_null(strstr(outcome.error, "2026-11-11: no vehicle works on that day, nothing is planned\n"));
    assert_false(path_exists(place.scratch, "sunday"));
    outcome_free(&outcome);
}

/* The folder is named after the day: today's or tomorrow's of Paris, as `date` sees it. */
static void tomorrow_is_a_day(void **state)
{
    (void)state;
    static const char *const WORDS[] = {"today", "tomorrow"};
    for (size_t word = 0; word < COUNT_OF(WORDS); word++) {
        struct outcome date =
            program_run_other(NULL, MORE("env", "TZ=Europe/Paris", "date", "-d", WORDS[word], "+%F"));
        struct outcome outcome =
            plan(in_scratch(WORDS[word]), MORE("--date", WORDS[word], "--iterations", "5"));
        date.output[strcspn(date.output, "\n")] = '\0';
        assert_true(outcome.status == 0 || outcome.status == 4);
        bool said = strstr(outcome.output, date.output) != NULL || strstr(outcome.error, date.output) != NULL;
        assert_true(said);
        outcome_free(&outcome);
        outcome_free(&date);
    }
}

static void a_wrong_date_writes_nothing(void **state)
{
    (void)state;
    struct outcome outcome = plan(in_scratch("never"), MORE("--date", "yesterday"));
    assert_int_equal(outcome.status, 2);
    assert_string_equal(outcome.error, "benne plan: --date takes a date as 2026-11-23, not 'yesterday'\n"
                                       "See: benne plan --help\n");
    assert_false(path_exists(place.scratch, "never"));
    assert_false(path_exists(place.scratch, "never.lock"));
    outcome_free(&outcome);
}

static void a_missing_city_is_said(void **state)
{
    (void)state;
    struct outcome outcome = program_run(MORE("plan", "/nonexistent/city"));
    assert_int_equal(outcome.status, 2);
    assert_string_equal(outcome.output, "");
    assert_non_null(strstr(outcome.error, "/nonexistent/city"));
    outcome_free(&outcome);
}

static int make_place(void **state)
{
    (void)state;
    scratch_make(place.scratch);
    snprintf(place.city, sizeof place.city, "%s/town", place.scratch);
    struct outcome outcome =
        program_run(MORE("generate", "-o", place.city, "--bins", "60", "--days", "21", "--quiet"));
    int status = outcome.status;
    outcome_free(&outcome);
    return status;
}

static int remove_place(void **state)
{
    (void)state;
    scratch_remove(place.scratch);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(right_data_are_valid),
        cmocka_unit_test(a_night_is_planned),
        cmocka_unit_test(threads_change_no_byte),
        cmocka_unit_test(changes_are_priced_against_a_plan),
        cmocka_unit_test(a_second_run_is_refused),
        cmocka_unit_test(sigterm_writes_the_best_plan_so_far),
        cmocka_unit_test(a_killed_run_leaves_the_one_before),
        cmocka_unit_test(what_is_left_is_named),
        cmocka_unit_test(wrong_data_write_nothing),
        cmocka_unit_test(a_day_without_service_plans_nothing),
        cmocka_unit_test(tomorrow_is_a_day),
        cmocka_unit_test(a_wrong_date_writes_nothing),
        cmocka_unit_test(a_missing_city_is_said),
    };
    return cmocka_run_group_tests(tests, make_place, remove_place);
}
