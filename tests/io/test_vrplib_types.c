/* The problem types of published benchmarks: tiny files of each, solved by hand, and every published solution
 * at its published cost. The tiny files are the fuzzers' (tests/fuzz/corpus): the depot at (0, 0), stops 5
 * and the root of 2 away from it, the root of 13 apart. */
#include "io/solomon.h"
#include "io/vrplib.h"
#include "tests/support/benchmark_data.h"
#include "tests/support/test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TINY "tests/fuzz/corpus/vrplib/"

struct reading {
    struct arena arena;
    struct diagnostics diagnostics;
    struct benchmark benchmark;
    struct error error;
    error_code rc;
    struct plan plan;
    struct check_report report;
    double stated;
};

static bool ends_with(const char *text, const char *ending)
{
    const size_t length = strlen(text), tail = strlen(ending);
    return length >= tail && strcmp(text + length - tail, ending) == 0;
}

static void read_text(struct reading *r, const char *name, const char *text, size_t length)
{
    memset(r, 0, sizeof *r);
    arena_init(&r->arena);
    diagnostics_init(&r->diagnostics, 50);
    plan_init(&r->plan);
    r->rc = (ends_with(name, ".txt") ? solomon_read : vrplib_read)(name, text, length, &r->arena,
                                                                   &r->benchmark, &r->diagnostics, &r->error);
}

static void release(struct reading *r)
{
    plan_free(&r->plan);
    diagnostics_free(&r->diagnostics);
    arena_free(&r->arena);
}

/* A solution text, driven by the checker. */
static void judge(struct reading *r, const char *solution, size_t length)
{
    plan_free(&r->plan);
    assert_int_equal(benchmark_parse_solution("t.sol", solution, length, &r->benchmark, &r->plan, &r->stated,
                                              &r->diagnostics, &r->error),
                     ERROR_NONE);
    assert_int_equal(check_plan(&r->benchmark.instance, &r->plan, &r->arena, &r->report, &r->error),
                     ERROR_NONE);
}

static double published_cost(const struct reading *r)
{
    return benchmark_cost(&r->benchmark, &r->plan, &r->report);
}

/* A tiny file and a solution of it: no fault, and what it costs. */
static void read_tiny(struct reading *r, const char *path, const char *solution, double cost)
{
    size_t length;
    char *text = data_load(path, &length);
    assert_non_null(text);
    read_text(r, path, text, length);
    free(text);
    assert_int_equal(r->rc, ERROR_NONE);
    assert_int_equal(r->diagnostics.count, 0);
    judge(r, solution, strlen(solution));
    assert_int_equal(r->report.violation_count, 0);
    assert_true(published_cost(r) == cost);
}

static void assert_written(struct reading *r, const char *expected)
{
    char *written = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&written, &length);
    assert_int_equal(benchmark_write_solution(stream, &r->benchmark, &r->plan, &r->report, &r->error),
                     ERROR_NONE);
    fclose(stream);
    assert_string_equal(written, expected);
    free(written);
}

static bool is_broken(const struct reading *r, violation_kind kind)
{
    for (int32_t v = 0; v < r->report.violation_count; v++)
        if (r->report.violations[v].kind == kind) return true;
    return false;
}

/* Legs 5.0, 3.6 (of 3.606) and 1.4 (of 1.414). Service at the first from 20 to 27, at the second from 30.6.
 */
static void windows_and_truncated_distances(void **state)
{
    (void)state;
    const char *const files[] = {TINY "vrptw.vrp", "tests/fuzz/corpus/solomon/tiny.txt"};
    for (size_t f = 0; f < COUNT_OF(files); f++) {
        struct reading r;
        read_tiny(&r, files[f], "Route #1: 1 2\n", 10.0);
        assert_int_equal(r.benchmark.instance.vehicle_count, 2);
        assert_int_equal(r.report.steps[1].begin_s, 306);
        assert_int_equal(r.benchmark.instance.windows[1].close_s, 306);
        assert_int_equal(r.benchmark.instance.vehicles[0].shift_end_s, 600);
        assert_true(benchmark_duration(&r.benchmark, &r.plan, &r.report) == 39.0);
        assert_true(benchmark_distance(&r.benchmark, &r.plan, &r.report) == 10.0);
        assert_written(&r, "Route #1: 1 2\nCost 10.0\n");
        judge(&r, "Route #1: 2 1\n", strlen("Route #1: 2 1\n"));
        assert_int_equal(r.report.violation_count, 0);
        assert_int_equal(r.report.steps[1].begin_s, 200); /* there at 12, and waits */
        release(&r);
    }
}

static void prizes_are_counted_ten_times(void **state)
{
    (void)state;
    struct reading r;
    read_tiny(&r, TINY "pcvrptw.vrp", "Route #1: 1\n", 100 + 50);
    assert_written(&r, "Route #1: 1\nCost 150\n");
    judge(&r, "", 0);
    assert_int_equal(r.report.violation_count, 0);
    assert_true(published_cost(&r) == 850);
    release(&r);
}

/* Leaves at 3.0, its first stop's release; back at 20.0; the second stop's release is then, and it is reached
 * at 21.4 as its window closes. */
static void trips_set_out_when_their_stops_are_released(void **state)
{
    (void)state;
    struct reading r;
    read_tiny(&r, TINY "mtvrptw.vrp", "Route #1: 1 0 2\nCost: 128\nOptimal: True\n", 128);
    assert_int_equal(r.report.routes[0].departure_s, 30);
    assert_int_equal(r.report.steps[2].begin_s, 214);
    assert_true(r.stated == 128);
    assert_written(&r, "Route #1: 1 0 2\nCost 128\n");
    /* Calls at the depot before, after, and twice between the trips are no trips. */
    judge(&r, "Route #1: 0 1 0 0 2 0\n", strlen("Route #1: 0 1 0 0 2 0\n"));
    assert_int_equal(r.report.violation_count, 0);
    assert_written(&r, "Route #1: 1 0 2\nCost 128\n");
    judge(&r, "Route #1: 1 2\n", strlen("Route #1: 1 2\n")); /* together: too heavy, and too late */
    assert_true(is_broken(&r, VIOLATION_CAPACITY_KG) && is_broken(&r, VIOLATION_STOP_WINDOW));
    release(&r);
}

/* 500 + 100 × 10 for the first, 200 + 150 × 2.8284 for the second: 2124.26 hundredths. */
static void mixed_fleets_cost_what_their_vehicles_cost(void **state)
{
    (void)state;
    struct reading r;
    read_tiny(&r, TINY "hfvrp.vrp", "Route #1: 1\nRoute #2:\nRoute #3: 2\n", 21.24);
    const double searched = benchmark_money_cost(&r.benchmark, &r.plan, &r.report);
    assert_true(fabs(searched - 21.242) < 1e-9); /* 1.414 is searched, not its root */
    assert_written(&r, "Route #1: 1\nRoute #2:\nRoute #3: 2\nCost 21.24\n");
    judge(&r, "Route #2: 1\nRoute #3: 2\n", strlen("Route #2: 1\nRoute #3: 2\n"));
    assert_true(is_broken(&r, VIOLATION_CAPACITY_KG));
    judge(&r, "Route #1: 2\nRoute #2: 1\n", strlen("Route #1: 2\nRoute #2: 1\n"));
    assert_true(published_cost(&r) == 24.83); /* 500 + 282.84 + 200 + 1500 */
    release(&r);
}

/* 5 there, 10 of service, 5 back: the whole of 20, so it leaves at 95. From the other depot 1.118, rounded.
 */
static void each_vehicle_has_its_depot_and_its_limit(void **state)
{
    (void)state;
    struct reading r;
    read_tiny(&r, TINY "mdvrptw.vrp", "Route #1:\nRoute #2: 2\nRoute #3: 3\n", 10000 + 2236);
    assert_int_equal(r.report.routes[0].departure_s, 95000);
    assert_true(benchmark_duration(&r.benchmark, &r.plan, &r.report) == 25.236);
    assert_written(&r, "Route #1:\nRoute #2: 2\nRoute #3: 3\nCost 12236\n");
    judge(&r, "Route #3: 2 3\n", strlen("Route #3: 2 3\n"));
    assert_true(is_broken(&r, VIOLATION_MAX_WORK) && is_broken(&r, VIOLATION_CAPACITY_KG));
    release(&r);
}

/* Where TYPE is not said, or not known, or says CVRP, the sections do. */
static void sections_decide_where_the_type_does_not(void **state)
{
    (void)state;
    const char *const names[] = {"vrptw", "pcvrptw", "mtvrptw", "hfvrp", "mdvrptw"};
    const char *const types[] = {"COMMENT: none", "TYPE: UNHEARD", "TYPE: CVRP"};
    for (size_t n = 0; n < COUNT_OF(names); n++) {
        char path[DATA_PATH_SIZE];
        size_t length;
        snprintf(path, sizeof path, TINY "%s.vrp", names[n]);
        char *text = data_load(path, &length);
        assert_non_null(text);
        struct reading typed, r;
        read_text(&typed, path, text, length);
        assert_int_equal(typed.rc, ERROR_NONE);
        char *type = strstr(text, "TYPE");
        char *rest = strchr(type, '\n');
        *type = '\0';
        for (size_t t = 0; t < COUNT_OF(types); t++) {
            char changed[2048];
            snprintf(changed, sizeof changed, "%s%s%s", text, types[t], rest);
            read_text(&r, path, changed, strlen(changed));
            assert_int_equal(r.rc, ERROR_NONE);
            assert_ptr_equal(r.benchmark.family, typed.benchmark.family);
            assert_int_equal(r.diagnostics.warnings, t == 1);
            release(&r);
        }
        release(&typed);
        free(text);
    }
}

#define NODES "DIMENSION : 3\nEDGE_WEIGHT_TYPE : EUC_2D\nNODE_COORD_SECTION\n1 0 0\n2 3 4\n3 1 1\n"
#define HEAD NODES "DEMAND_SECTION\n1 0\n2 6\n3 5\nDEPOT_SECTION\n1\n-1\nCAPACITY : 10\nVEHICLES : 2\n"
#define SOLOMON "C\n\nVEHICLE\nNUMBER CAPACITY\n5 20\nCUSTOMER\nCUST NO.\n"

static void faults_are_named_with_their_place(void **state)
{
    (void)state;
    const struct {
        const char *name, *text;
        int64_t line;
        int32_t column;
        const char *message;
    } faults[] = {
        {"t.vrp", HEAD "TIME_WINDOW_SECTION\n1 0 9\n2 0 x\n", 18, 5, "the closing of a window was expected"},
        {"t.vrp", HEAD "TIME_WINDOW_SECTION\n1 0 9\n2 5 4\n", 18, 6, "it closes before it opens"},
        {"t.vrp", HEAD "TIME_WINDOW_SECTION\n1 0 9\n1 5 6\n", 18, 1, "this node is in the section already"},
        {"t.vrp", HEAD "TIME_WINDOW_SECTION\n1 0 9\n", 0, 0, "TIME_WINDOW_SECTION says nothing of node 3"},
        {"t.vrp", HEAD "RELEASE_TIME_SECTION\n1 -1\n", 17, 3, "a release time was expected"},
        {"t.vrp", HEAD "PRIZE_SECTION\n2\n", 17, 2, "a prize was expected"},
        {"t.vrp", HEAD "PRIZE_SECTION\n2 1 1\n", 17, 5, "the line is too long"},
        {"t.vrp", HEAD "SERVICE_TIME_SECTION\n4 1\n", 17, 1, "a node from 1 to 3 was expected"},
        {"t.vrp", HEAD "SERVICE_TIME : 5\nSERVICE_TIME_SECTION\n", 17, 1, "SERVICE_TIME is said twice"},
        {"t.vrp", HEAD "SERVICE_TIME : late\n", 16, 16, "a service time was expected"},
        {"t.vrp", HEAD "CAPACITY : 9\n", 16, 12, "CAPACITY is said twice"},
        {"t.vrp", HEAD "VEHICLES : 9\n", 16, 12, "VEHICLES is said twice"},
        {"t.vrp", HEAD "VEHICLES_FIXED_COST_SECTION\n3 7\n", 17, 1, "a vehicle from 1 to 2 was expected"},
        {"t.vrp", HEAD "VEHICLES_FIXED_COST_SECTION\n1 7.5\n", 17, 3, "a cost was expected: a whole number"},
        {"t.vrp", HEAD "VEHICLES_UNIT_DISTANCE_COST_SECTION\n1 1\n1 1\n", 18, 1,
         "this vehicle is in the section already"},
        {"t.vrp", HEAD "VEHICLES_MAX_DURATION_SECTION\n1 -1\n", 17, 3, "a limit was expected"},
        {"t.vrp", HEAD "VEHICLES_DEPOT_SECTION\n1 1\n2 2\n", 0, 0, "vehicle 2: node 2 is no depot"},
        {"t.vrp", HEAD "VEHICLES_DEPOT_SECTION\n1 0\n", 17, 3, "a depot was expected"},
        {"t.vrp", HEAD "VEHICLES_RELOAD_DEPOT_SECTION\n1 4\n", 17, 3, "a node from 1 to 3 was expected"},
        {"t.vrp", HEAD "VEHICLES_RELOAD_DEPOT_SECTION\n1 2\n2 2\n", 0, 0, "node 2 is no depot"},
        {"t.vrp", NODES "CAPACITY_SECTION\n", 7, 1, "VEHICLES must come before this section"},
        {"t.vrp", NODES "VEHICLES : 2000000\nCAPACITY_SECTION\n", 8, 1, "there are too many vehicles"},
        {"t.vrp", NODES "DEPOT_SECTION\n1\n2\n", 0, 0, "VEHICLES_DEPOT_SECTION is missing"},
        {"t.vrp", NODES "DEPOT_SECTION\n1\n1\n", 9, 1, "this node is in the section already"},
        {"t.txt", "", 0, 1, "VEHICLE was expected"},
        {"t.txt", "C\nTRUCK\n", 2, 6, "VEHICLE was expected"},
        {"t.txt", "C\nVEHICLE\nNUMBER CAPACITY\n0 20\n", 4, 1, "the number of vehicles was expected"},
        {"t.txt", "C\nVEHICLE\nNUMBER CAPACITY\n5\n", 4, 2, "the vehicles' capacity was expected"},
        {"t.txt", "C\nVEHICLE\nNUMBER CAPACITY\n5 20\n0 1 2\n", 5, 6, "CUSTOMER was expected"},
        {"t.txt", SOLOMON "0 0 0 0 0 9 0\n", 0, 0, "a depot and at least one customer"},
        {"t.txt", SOLOMON "0 0 0 0 0 9 0\n2 0 0 0 0 9 0\n", 9, 1, "customer 1 was expected"},
        {"t.txt", SOLOMON "0 0 0 3 0 9 0\n", 8, 7, "the depot has a demand"},
        {"t.txt", SOLOMON "0 zero 0 0 0 9 0\n", 8, 3, "a coordinate was expected"},
        {"t.txt", SOLOMON "0 0 0 0.5 0 9 0\n", 8, 7, "a demand was expected"},
        {"t.txt", SOLOMON "0 0 0 0 -1 9 0\n", 8, 9, "a ready time was expected"},
        {"t.txt", SOLOMON "0 0 0 0 10 9 0\n", 8, 12, "it closes before it opens"},
        {"t.txt", SOLOMON "0 0 0 0 0 9\n", 8, 12, "a service time was expected"},
        {"t.txt", SOLOMON "0 0 0 0 0 9 0 1\n", 8, 15, "the line is too long"},
    };
    for (size_t f = 0; f < COUNT_OF(faults); f++) {
        struct reading r;
        read_text(&r, faults[f].name, faults[f].text, strlen(faults[f].text));
        assert_int_equal(r.rc, ERROR_INPUT);
        bool named = false;
        for (int64_t d = 0; d < r.diagnostics.count; d++) {
            const struct diagnostic *it = &r.diagnostics.items[d];
            named =
                named || (it->place.line == faults[f].line && it->place.column == faults[f].column &&
                          it->severity == SEVERITY_ERROR && strstr(it->message, faults[f].message) != NULL);
        }
        if (!named)
            fail_msg("nothing says '%s' at %d:%d", faults[f].message, (int)faults[f].line, faults[f].column);
        release(&r);
    }
}

static void what_is_left_out_is_said(void **state)
{
    (void)state;
    struct reading r;
    const char *text = HEAD "SERVICE_TIME_SECTION\n1 5\n2 5\n3 5\nVEHICLES_RELOAD_DEPOT_SECTION\n2 1\n"
                            "BACKHAUL_SECTION\n1 3\n";
    read_text(&r, "t.vrp", text, strlen(text));
    assert_int_equal(r.rc, ERROR_NONE);
    assert_int_equal(r.diagnostics.warnings, 3);
    assert_non_null(strstr(r.diagnostics.items[0].message, "BACKHAUL_SECTION is not known"));
    assert_non_null(
        strstr(r.diagnostics.items[1].message, "node 1 is the depot: its SERVICE_TIME is left out"));
    assert_non_null(strstr(r.diagnostics.items[2].message, "every vehicle may unload there"));
    release(&r);
}

static void exhausted_memory_is_an_error(void **state)
{
    (void)state;
    const char *const files[] = {TINY "mtvrptw.vrp", TINY "mdvrptw.vrp",
                                 "tests/fuzz/corpus/solomon/tiny.txt"};
    for (size_t f = 0; f < COUNT_OF(files); f++) {
        size_t length;
        char *text = data_load(files[f], &length);
        assert_non_null(text);
        int64_t refused = 0;
        for (error_code rc = ERROR_MEMORY; rc != ERROR_NONE;) {
            struct reading r;
            arena_fail_after(++refused);
            read_text(&r, files[f], text, length);
            arena_fail_after(0);
            rc = r.rc;
            assert_true(rc == ERROR_NONE || rc == ERROR_MEMORY);
            release(&r);
        }
        assert_true(refused > 15);
        free(text);
    }
}

/* The value of an instance in a best_known.csv; NaN when it has none. */
static double best_known(const char *table, const char *instance)
{
    const size_t length = strlen(instance);
    for (const char *line = table; line != NULL && *line != '\0';
         line = strchr(line, '\n') != NULL ? strchr(line, '\n') + 1 : NULL)
        if (strncmp(line, instance, length) == 0 && line[length] == ',')
            return strtod(line + length + 1, NULL);
    return NAN;
}

static int judge_published(const char *family, const char *ending)
{
    char **names, path[DATA_PATH_SIZE], name[DATA_PATH_SIZE];
    const int count = data_list(family, ending, &names);
    char *table = NULL;
    size_t length;
    if (count > 0 && data_path(family, "best_known.csv", path)) table = data_load(path, &length);
    for (int i = 0; i < count; i++) {
        snprintf(name, sizeof name, "%.*s", (int)(strlen(names[i]) - strlen(ending)), names[i]);
        assert_true(data_path(family, names[i], path));
        char *text = data_load(path, &length);
        struct reading r;
        read_text(&r, path, text, length);
        free(text);
        memcpy(path + strlen(path) - strlen(ending), ".sol", 4);
        text = data_load(path, &length);
        assert_int_equal(r.rc, ERROR_NONE);
        assert_non_null(text);
        judge(&r, text, length);
        free(text);
        const double expected = best_known(table, name);
        const double tolerance = 1e-6; /* of a number with at most two decimals */
        if (r.report.violation_count > 0 || !(fabs(published_cost(&r) - expected) < tolerance))
            fail_msg("%s %s: %.2f in place of %.2f, %d violations", family, name, published_cost(&r),
                     expected, (int)r.report.violation_count);
        assert_int_equal(r.diagnostics.errors + r.diagnostics.warnings, 0);
        release(&r);
        free(names[i]);
    }
    free(names);
    free(table);
    return count;
}

static void published_solutions_have_their_published_cost(void **state)
{
    (void)state;
    const int count = judge_published("vrptw", ".vrp") + judge_published("vrptw", ".txt") +
                      judge_published("mtvrptw", ".vrp") + judge_published("hfvrp", ".vrp") +
                      judge_published("mdvrptw", ".vrp") + judge_published("pcvrptw", ".vrp");
    if (count == 0) skip();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(windows_and_truncated_distances),
                                       cmocka_unit_test(prizes_are_counted_ten_times),
                                       cmocka_unit_test(trips_set_out_when_their_stops_are_released),
                                       cmocka_unit_test(mixed_fleets_cost_what_their_vehicles_cost),
                                       cmocka_unit_test(each_vehicle_has_its_depot_and_its_limit),
                                       cmocka_unit_test(sections_decide_where_the_type_does_not),
                                       cmocka_unit_test(faults_are_named_with_their_place),
                                       cmocka_unit_test(what_is_left_out_is_said),
                                       cmocka_unit_test(exhausted_memory_is_an_error),
                                       cmocka_unit_test(published_solutions_have_their_published_cost)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
