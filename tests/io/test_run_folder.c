/* The run folder keeps the previous run whole, whatever happens to the process that writes the next one. */
#include "io/run_folder.h"
#include "tests/support/test.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static char base[256], out[300], fresh[300], previous[300], lock[300];

static void path_of(char path[600], const char *folder, const char *name)
{
    snprintf(path, 600, "%s/%s", folder, name);
}

static int setup(void **state)
{
    (void)state;
    snprintf(base, sizeof base, "/tmp/benne-run-XXXXXX");
    if (mkdtemp(base) == NULL) return 1;
    snprintf(out, sizeof out, "%s/runs/night", base);
    snprintf(fresh, sizeof fresh, "%s/runs/.night.benne-new", base);
    snprintf(previous, sizeof previous, "%s/runs/.night.benne-old", base);
    snprintf(lock, sizeof lock, "%s/runs/night.lock", base);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    char command[400];
    snprintf(command, sizeof command, "rm -rf '%s'", base);
    return system(command) == 0 ? 0 : 1;
}

static void put(const char *folder, const char *name, const char *content)
{
    char path[600];
    path_of(path, folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(content, file);
    assert_int_equal(fclose(file), 0);
}

/* The content of a file of a folder, or "" when there is none. */
static const char *content(const char *folder, const char *name)
{
    static char text[4][128];
    static int turn;
    char *into = text[turn++ % 4], path[600];
    path_of(path, folder, name);
    FILE *file = fopen(path, "r");
    size_t length = file == NULL ? 0 : fread(into, 1, sizeof text[0] - 1, file);
    into[length] = '\0';
    if (file != NULL) fclose(file);
    return into;
}

static error_code add(struct run_folder *folder, const char *name, const char *text)
{
    FILE *file = NULL;
    error_code rc = run_folder_file(folder, name, &file, NULL);
    if (rc != ERROR_NONE) return rc;
    fputs(text, file);
    return run_folder_close_file(folder, name, file, NULL);
}

static error_code write_run(const char *text)
{
    struct run_folder *folder = NULL;
    error_code rc = run_folder_open(out, &folder, NULL);
    if (rc == ERROR_NONE) rc = add(folder, "plan.json", text);
    if (rc == ERROR_NONE) rc = add(folder, "gpx/GRUE1.gpx", text);
    if (rc == ERROR_NONE) rc = add(folder, "manifest.json", text);
    if (rc != ERROR_NONE) {
        run_folder_abandon(folder);
        return rc;
    }
    return run_folder_commit(folder, NULL);
}

static void assert_run_is(const char *text)
{
    assert_string_equal(content(out, "plan.json"), text);
    assert_string_equal(content(out, "gpx/GRUE1.gpx"), text);
    assert_string_equal(content(out, "manifest.json"), text);
}

static void assert_clean(void)
{
    assert_int_equal(access(fresh, F_OK), -1);
    assert_int_equal(access(previous, F_OK), -1);
    assert_int_equal(access(lock, F_OK), -1);
}

static void test_a_run_replaces_the_previous_one(void **state)
{
    (void)state;
    assert_int_equal(write_run("first"), ERROR_NONE);
    assert_run_is("first");
    put(out, "note.txt", "of the first run");
    assert_int_equal(write_run("second"), ERROR_NONE);
    assert_run_is("second");
    assert_string_equal(content(out, "note.txt"), "");
    assert_clean();
}

static void test_nothing_shows_before_commit(void **state)
{
    (void)state;
    assert_int_equal(write_run("first"), ERROR_NONE);
    struct run_folder *folder = NULL;
    assert_int_equal(run_folder_open(out, &folder, NULL), ERROR_NONE);
    assert_int_equal(add(folder, "plan.json", "second"), ERROR_NONE);
    assert_run_is("first");
    run_folder_abandon(folder);
    assert_run_is("first");
    assert_clean();
}

static void test_a_second_run_is_refused(void **state)
{
    (void)state;
    struct run_folder *one = NULL, *other = NULL;
    struct error error = {0};
    assert_int_equal(run_folder_open(out, &one, NULL), ERROR_NONE);
    assert_int_equal(run_folder_open(out, &other, &error), ERROR_LOCKED);
    assert_int_equal(error.code, ERROR_LOCKED);
    assert_null(other);

    /* By another name too: through a link, with a final slash. */
    char link[300], slash[400];
    snprintf(link, sizeof link, "%s/link", base);
    char runs[300];
    snprintf(runs, sizeof runs, "%s/runs", base);
    assert_int_equal(symlink(runs, link), 0);
    snprintf(slash, sizeof slash, "%s/night//", link);
    assert_int_equal(run_folder_open(slash, &other, NULL), ERROR_LOCKED);

    run_folder_abandon(one);
    assert_int_equal(run_folder_open(out, &other, NULL), ERROR_NONE);
    run_folder_abandon(other);
}

static void test_what_is_no_run_is_left_alone(void **state)
{
    (void)state;
    struct run_folder *folder = NULL;
    struct error error = {0};
    char city[300];
    snprintf(city, sizeof city, "%s/city", base);
    assert_int_equal(mkdir(city, 0777), 0);
    assert_int_equal(run_folder_open(city, &folder, NULL), ERROR_NONE); /* empty: ours to fill */
    run_folder_abandon(folder);

    put(city, "bins.csv", "precious");
    assert_int_equal(run_folder_open(city, &folder, &error), ERROR_USAGE);
    assert_non_null(strstr(error.message, "manifest.json"));
    assert_string_equal(content(city, "bins.csv"), "precious");

    char file[400];
    snprintf(file, sizeof file, "%s/bins.csv", city);
    assert_int_equal(run_folder_open(file, &folder, NULL), ERROR_USAGE);
    assert_int_equal(run_folder_open("/", &folder, NULL), ERROR_USAGE);
    assert_int_equal(run_folder_open("", &folder, NULL), ERROR_USAGE);
}

static void test_a_file_is_made_once(void **state)
{
    (void)state;
    struct run_folder *folder = NULL;
    assert_int_equal(run_folder_open(out, &folder, NULL), ERROR_NONE);
    assert_int_equal(add(folder, "plan.json", "a"), ERROR_NONE);
    assert_int_equal(add(folder, "plan.json", "b"), ERROR_FILE);
    run_folder_abandon(folder);
}

static void test_a_full_disk_is_an_error(void **state)
{
    (void)state;
    struct run_folder *folder = NULL;
    struct error error = {0};
    assert_int_equal(run_folder_open(out, &folder, NULL), ERROR_NONE);
    FILE *full = fopen("/dev/full", "w");
    assert_non_null(full);
    fputs("lost", full);
    assert_int_equal(run_folder_close_file(folder, "plan.json", full, &error), ERROR_FILE);
    assert_string_equal(error.file, "plan.json");
    run_folder_abandon(folder);
}

/* Stages at which a child is killed by its own hand, as surely as by another's. */
enum stage { KILLED_OPEN, KILLED_WRITING, KILLED_WRITTEN, STAGE_COUNT };

static void die(void)
{
    kill(getpid(), SIGKILL);
}

static void child_killed_at(enum stage stage)
{
    struct run_folder *folder = NULL;
    FILE *file = NULL;
    if (run_folder_open(out, &folder, NULL) != ERROR_NONE) _exit(1);
    if (stage == KILLED_OPEN) die();
    if (run_folder_file(folder, "plan.json", &file, NULL) != ERROR_NONE) _exit(1);
    fputs("half", file);
    fflush(file);
    if (stage == KILLED_WRITING) die();
    if (run_folder_close_file(folder, "plan.json", file, NULL) != ERROR_NONE) _exit(1);
    if (add(folder, "manifest.json", "half") != ERROR_NONE) _exit(1);
    die();
}

static void test_killed_at_each_stage(void **state)
{
    (void)state;
    for (enum stage stage = KILLED_OPEN; stage < STAGE_COUNT; stage++) {
        assert_int_equal(write_run("before"), ERROR_NONE);
        pid_t child = fork();
        if (child == 0) child_killed_at(stage);
        int status = 0;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status));
        assert_int_equal(access(fresh, F_OK), 0); /* the remains are there */
        assert_run_is("before");
        assert_int_equal(write_run("after"), ERROR_NONE); /* the lock died with its holder */
        assert_run_is("after");
        assert_clean();
    }
}

/* Where the system cannot exchange names, a kill may leave the previous run under its second name. */
static void test_killed_between_two_renames(void **state)
{
    (void)state;
    assert_int_equal(write_run("before"), ERROR_NONE);
    assert_int_equal(rename(out, previous), 0);
    assert_int_equal(mkdir(fresh, 0777), 0);
    put(fresh, "manifest.json", "new");
    struct run_folder *folder = NULL;
    assert_int_equal(run_folder_open(out, &folder, NULL), ERROR_NONE);
    assert_run_is("before");
    run_folder_abandon(folder);
    assert_run_is("before");
    assert_clean();
}

static void child_writes_for_ever(void)
{
    for (int generation = 0;; generation++) {
        char text[32];
        snprintf(text, sizeof text, "generation %d", generation);
        if (write_run(text) != ERROR_NONE) _exit(1);
    }
}

/* At any other moment: a child that writes run after run, killed after a few random milliseconds. */
static void test_killed_at_any_moment(void **state)
{
    (void)state;
    assert_int_equal(write_run("before"), ERROR_NONE);
    uint32_t draw = 12345;
    for (int i = 0; i < 40; i++) {
        pid_t child = fork();
        if (child == 0) child_writes_for_ever();
        draw = draw * 1664525u + 1013904223u;
        struct timespec pause = {0, (long)(draw >> 8) % 12000000};
        nanosleep(&pause, NULL);
        kill(child, SIGKILL);
        int status = 0;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status));
        char text[128];
        snprintf(text, sizeof text, "%s", content(out, "plan.json"));
        assert_true(strcmp(text, "before") == 0 || strncmp(text, "generation ", 11) == 0);
        assert_run_is(text);
    }
    assert_int_equal(write_run("after"), ERROR_NONE);
    assert_run_is("after");
    assert_clean();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_run_replaces_the_previous_one, setup, teardown),
        cmocka_unit_test_setup_teardown(test_nothing_shows_before_commit, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_second_run_is_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_is_no_run_is_left_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_file_is_made_once, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_full_disk_is_an_error, setup, teardown),
        cmocka_unit_test_setup_teardown(test_killed_at_each_stage, setup, teardown),
        cmocka_unit_test_setup_teardown(test_killed_between_two_renames, setup, teardown),
        cmocka_unit_test_setup_teardown(test_killed_at_any_moment, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
