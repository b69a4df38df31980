/* The protocol's program from outside. Its small size runs beside, as bench_routing --smoke. */
#include "bench/routing/records.h"
#include "tests/support/benchmark_data.h"
#include "tests/support/program.h"
#include "tests/support/test.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define RUN(...) program_run_other(NULL, (const char *const[]){program, __VA_ARGS__, NULL})

static char scratch[256], program[512], records_path[320];

/* It stands beside the binary under test. */
static int find_program(void **state)
{
    (void)state;
    const char *benne = program_path(), *slash = strrchr(benne, '/');
    snprintf(program, sizeof program, "%.*sbench/bench_routing", slash != NULL ? (int)(slash + 1 - benne) : 0,
             benne);
    scratch_make(scratch);
    snprintf(records_path, sizeof records_path, "%s/records.jsonl", scratch);
    return 0;
}

static int remove_scratch(void **state)
{
    (void)state;
    scratch_remove(scratch);
    return 0;
}

static void expect(struct outcome outcome, int status, const char *output, const char *error)
{
    if (outcome.status != status || strstr(outcome.output, output) == NULL ||
        strstr(outcome.error, error) == NULL)
        fail_msg("exit %d\n%s\n%s", outcome.status, outcome.output, outcome.error);
    outcome_free(&outcome);
}

static void usage_is_told(void **state)
{
    (void)state;
    expect(RUN("--help"), 0, "usage: bench_routing", "");
    expect(RUN("--family", "none"), 2, "", "there is no family 'none'");
    expect(RUN("--budget", "0"), 2, "", "--budget: '0' is no good value");
    expect(RUN("--seeds", "1,,2"), 2, "", "--seeds");
    expect(RUN("--seeds", "1.5"), 2, "", "--seeds");
    expect(RUN("--jobs", "0"), 2, "", "--jobs");
    expect(RUN("--threads", "2x"), 2, "", "--threads");
    expect(RUN("more"), 2, "", "'more'");
    expect(RUN("--nothing"), 2, "", "nothing");
    expect(RUN("--table-only", "--records", records_path), 0, "no records in", "");
}

static int64_t count_records(void)
{
    struct records records;
    bool found;
    assert_int_equal(records_read(records_path, &records, &found, NULL), ERROR_NONE);
    assert_int_equal(records.unread, 0);
    const int64_t count = records.count;
    records_free(&records);
    return count;
}

/* Stops `bench_routing` after the first of its runs, which end one after the other. */
static int interrupt_after_a_record(const char *const *words)
{
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        if (freopen("/dev/null", "w", stdout) == NULL || freopen("/dev/null", "w", stderr) == NULL) _exit(1);
        execv(words[0], (char *const *)words);
        _exit(1);
    }
    for (int32_t wait = 0; wait < 1000 && count_records() == 0; wait++)
        nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    kill(child, SIGINT);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void published_instances_are_verified_and_resumed(void **state)
{
    (void)state;
    char path[DATA_PATH_SIZE];
    if (!data_path("cvrp", "best_known.csv", path) || !data_path("wcvrptw", "102_stop.txt", path)) skip();
    const char *const words[] = {program,    "--family",  "cvrp,wcvrptw", "--instance", "*10[12]*",
                                 "--budget", "0.2",       "--seeds",      "1,2",        "--jobs",
                                 "1",        "--records", records_path,   NULL};
    assert_int_equal(interrupt_after_a_record(words), 130);
    const int64_t before = count_records();
    assert_true(before >= 1 && before < 4);
    expect(RUN("--family", "cvrp,wcvrptw", "--instance", "*10[12]*", "--budget", "0.2", "--seeds", "1,2",
               "--resume", "--records", records_path, "--against", records_path),
           0, "+0.000", "[4/4]");
    assert_int_equal(count_records(), 4);
    expect(RUN("--table-only", "--records", records_path), 0, "wcvrptw     102_stop", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(usage_is_told),
        cmocka_unit_test(published_instances_are_verified_and_resumed),
    };
    return cmocka_run_group_tests(tests, find_program, remove_scratch);
}
