#include "bench/routing/records.h"
#include "tests/support/program.h"
#include "tests/support/runs.h"
#include "tests/support/test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static char scratch[256], path[320];

static int make_scratch(void **state)
{
    (void)state;
    scratch_make(scratch);
    snprintf(path, sizeof path, "%s/runs/records.jsonl", scratch);
    return 0;
}

static int remove_scratch(void **state)
{
    (void)state;
    scratch_remove(scratch);
    return 0;
}

static void append(const struct record *run)
{
    FILE *file;
    assert_int_equal(records_open(path, &file, NULL), ERROR_NONE);
    assert_int_equal(record_write(file, run, NULL), ERROR_NONE);
    assert_int_equal(fclose(file), 0);
}

static struct records load(void)
{
    struct records records;
    bool found;
    assert_int_equal(records_read(path, &records, &found, NULL), ERROR_NONE);
    return records;
}

static bool same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static void assert_same(const struct record *a, const struct record *b)
{
    assert_true(record_same_run(a, b));
    assert_int_equal(a->verified, b->verified);
    assert_string_equal(a->fault, b->fault);
    assert_true(same_number(a->cost, b->cost) && same_number(a->gap_percent, b->gap_percent));
    assert_true(same_number(a->known.value, b->known.value));
    assert_true(same_number(a->known.limit_cost, b->known.limit_cost));
    assert_int_equal(a->known.limit_vehicles, b->known.limit_vehicles);
    assert_int_equal(a->vehicles, b->vehicles);
    assert_int_equal(a->iterations, b->iterations);
    assert_true(a->seconds == b->seconds && a->cpu_seconds == b->cpu_seconds && a->peak_mb == b->peak_mb);
    assert_string_equal(a->version, b->version);
    assert_string_equal(a->build, b->build);
    assert_string_equal(a->machine, b->machine);
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    struct record good = made_run("wcvrptw", "102 \"stop\"", 9007199254740992, 1.2346);
    good.known.limit_vehicles = 3;
    good.known.limit_cost = 183.5;
    good.budget_s = 0.54;
    struct record bad = made_run("cvrp", "X", 0, NAN);
    bad.verified = false;
    bad.cost = NAN;
    snprintf(bad.fault, sizeof bad.fault, "exit 2: “%%s”\t\\");
    append(&good);
    append(&bad);
    struct records records = load();
    assert_int_equal(records.count, 2);
    assert_int_equal(records.unread, 0);
    assert_same(&records.items[0], &good);
    assert_same(&records.items[1], &bad);
    records_free(&records);
}

/* A run that is killed while it writes spoils its own line alone. */
static void a_line_cut_off_is_left_aside(void **state)
{
    (void)state;
    const struct record run = made_run("cvrp", "A", 1, 1);
    append(&run);
    size_t length;
    char *text = file_text(scratch, "runs/records.jsonl", &length);
    for (size_t kept = 1; kept < length; kept += 37) {
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fwrite(text, 1, kept, file);
        assert_int_equal(fclose(file), 0);
        append(&run);
        struct records records = load();
        assert_int_equal(records.count + records.unread, 2);
        assert_same(&records.items[records.count - 1], &run);
        records_free(&records);
    }
    free(text);
}

static void an_absent_file_is_empty(void **state)
{
    (void)state;
    struct records records;
    bool found = true;
    assert_int_equal(records_read("/nowhere/at/all", &records, &found, NULL), ERROR_NONE);
    assert_false(found);
    assert_int_equal(records.count, 0);
    assert_string_equal(records_last_build(&records), "");
}

static void other_objects_are_no_records(void **state)
{
    (void)state;
    static const char *const LINES[] = {
        "{}",
        "[]",
        "null",
        "{\"family\":\"cvrp\"}",
        "{\"family\":\"none\",\"instance\":\"A\",\"build\":\"b\",\"verified\":false,"
        "\"budget_s\":1,\"threads\":1}",
        "{\"family\":\"cvrp\",\"instance\":\"A\",\"build\":\"b\",\"verified\":true,"
        "\"budget_s\":1,\"threads\":1,\"gap_percent\":null}"};
    const struct record run = made_run("cvrp", "A", 1, 1);
    append(&run); /* makes the folder */
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    for (size_t l = 0; l < COUNT_OF(LINES); l++) fprintf(file, "%s\n\n", LINES[l]);
    assert_int_equal(fclose(file), 0);
    struct records records = load();
    assert_int_equal(records.count, 0);
    assert_int_equal(records.unread, COUNT_OF(LINES));
    records_free(&records);
}

static void a_view_is_sorted_and_takes_the_later_of_two(void **state)
{
    (void)state;
    struct record runs[] = {
        made_run("wcvrptw", "A", 1, 1), made_run("cvrp", "B", 2, 2), made_run("cvrp", "B", 1, 3),
        made_run("cvrp", "A", 1, 4),    made_run("cvrp", "B", 2, 5), made_run("cvrp", "A", 1, 6),
        made_run("cvrp", "A", 1, 7),    made_run("cvrp", "A", 1, 8),
    };
    runs[5].budget_s = 60;
    runs[6].threads = 2;
    snprintf(runs[7].build, sizeof runs[7].build, "two");
    static const double WANTED[] = {4, 3, 5, 7, 6, 1}; /* by budget before threads before instance */
    struct records records = made_runs(runs, COUNT_OF(runs));
    struct record_view view = made_view(&records);
    assert_int_equal(view.count, COUNT_OF(WANTED));
    for (size_t i = 0; i < COUNT_OF(WANTED); i++) assert_true(view.items[i]->gap_percent == WANTED[i]);
    record_view_free(&view);
    assert_int_equal(record_view_make(&records, "one", 2, &view, NULL), ERROR_NONE);
    assert_int_equal(view.count, 1);
    record_view_free(&view);
    assert_string_equal(records_last_build(&records), "two");
    records_free(&records);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_scratch, remove_scratch)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_written_is_read),
        TEST(a_line_cut_off_is_left_aside),
        TEST(an_absent_file_is_empty),
        TEST(other_objects_are_no_records),
        TEST(a_view_is_sorted_and_takes_the_later_of_two),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
