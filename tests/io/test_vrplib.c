/* Capacitated problems: every fault has its place, and the published solutions their published cost. */
#include "io/vrplib.h"
#include "tests/support/benchmark_data.h"
#include "tests/support/test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define HEAD "NAME : t\nTYPE : CVRP\nDIMENSION : 4\nEDGE_WEIGHT_TYPE : EUC_2D\nCAPACITY : 10\n"
#define COORDINATES "NODE_COORD_SECTION\n1 0 0\n2 3 4\n3 0 2.5\n4 -6 -8\n"
#define DEMANDS "DEMAND_SECTION\n1 0\n2 4\n3 5\n4 6\n"
#define DEPOT "DEPOT_SECTION\n 1\n -1\nEOF\n"

struct reading {
    struct arena arena;
    struct diagnostics diagnostics;
    struct benchmark benchmark;
    struct error error;
    error_code rc;
};

static void read_text(struct reading *reading, const char *text, size_t length)
{
    memset(reading, 0, sizeof *reading);
    arena_init(&reading->arena);
    diagnostics_init(&reading->diagnostics, 50);
    reading->rc = vrplib_read("t.vrp", text, length, &reading->arena, &reading->benchmark,
                              &reading->diagnostics, &reading->error);
}

static void release(struct reading *reading)
{
    diagnostics_free(&reading->diagnostics);
    arena_free(&reading->arena);
}

static void a_file_becomes_an_instance(void **state)
{
    (void)state;
    struct reading reading;
    const char *text = HEAD COORDINATES DEMANDS DEPOT;
    read_text(&reading, text, strlen(text));
    assert_int_equal(reading.rc, ERROR_NONE);
    assert_int_equal(reading.diagnostics.count, 0);
    const struct instance *in = &reading.benchmark.instance;
    assert_int_equal(in->stop_count, 3);
    assert_int_equal(in->site_count, 0);
    assert_int_equal(in->vehicle_count, 3); /* 2 × 15 / 10 + 1, and one a stop at most */
    assert_int_equal(travel_distance_m(&in->travel, 0, 0, 1), 5);
    assert_int_equal(travel_distance_m(&in->travel, 0, 0, 2), 3); /* 2.5 rounds up */
    assert_int_equal(travel_distance_m(&in->travel, 0, 1, 3), 15);
    assert_int_equal(in->stops[2].load_kg, 6);
    assert_true(in->stops[2].mandatory);
    assert_int_equal(in->vehicles[0].compartments[0].capacity_kg, 10);
    assert_true(in->vehicles[0].home_takes_load);
    assert_string_equal(reading.benchmark.stop_ids[0], "1");
    assert_string_equal(reading.benchmark.stop_ids[2], "3");
    release(&reading);
}

/* The depot may be any node; blanks before the colon, CRLF and a missing last line end change nothing. */
static void forms_differ_and_the_problem_does_not(void **state)
{
    (void)state;
    const char *text =
        "NAME: t\r\nDIMENSION: 4\r\nCAPACITY : 10\r\nTYPE:CVRP\r\nEDGE_WEIGHT_TYPE :\tEUC_2D\r\n"
        "DEMAND_SECTION\r\n4 6\r\n1 4\t\r\n2 0\r\n3 5\r\n"
        "NODE_COORD_SECTION \r\n1 3 4\r\n2 0 0\r\n3 0 25e-1\r\n4 -6.0 -8\r\nDEPOT_SECTION\r\n2 -1";
    struct reading reading;
    read_text(&reading, text, strlen(text));
    assert_int_equal(reading.rc, ERROR_NONE);
    const struct instance *in = &reading.benchmark.instance;
    assert_int_equal(in->vehicles[0].start_place, 1);
    assert_int_equal(in->stops[0].entry_place, 0);
    assert_int_equal(in->stops[1].entry_place, 2);
    assert_string_equal(reading.benchmark.stop_ids[1], "2"); /* stops are numbered without the depot */
    release(&reading);
}

static void written_matrices_are_read_in_every_layout(void **state)
{
    (void)state;
    const struct {
        const char *format, *numbers;
    } layouts[] = {{"FULL_MATRIX", "0 1 2 4 1 0 3 5 2 3 0 6 4 5 6 9"},
                   {"LOWER_ROW", "1\n2 3\n4 5 6"},
                   {"LOWER_DIAG_ROW", "0 1 0 2 3 0 4 5 6 0"},
                   {"UPPER_ROW", "1 2 4 3\n5 6"},
                   {"UPPER_DIAG_ROW", "0 1 2 4 0 3 5 0 6 0"},
                   {"LOWER_COL", "1 2 4 3 5 6"},
                   {"UPPER_COL", "1 2 3 4 5 6"},
                   {"UPPER_DIAG_COL", "0 1 0 2 3 0 4 5 6 0"},
                   {"LOWER_DIAG_COL", "0 1 2 4 0 3 5 0 6 0"}};
    const int32_t expected[16] = {0, 1, 2, 4, 1, 0, 3, 5, 2, 3, 0, 6, 4, 5, 6, 0};
    for (size_t l = 0; l < COUNT_OF(layouts); l++) {
        char text[1024];
        const int length =
            snprintf(text, sizeof text,
                     "DIMENSION: 4\nCAPACITY: 10\nEDGE_WEIGHT_TYPE: EXPLICIT\nEDGE_WEIGHT_FORMAT: "
                     "%s\nEDGE_WEIGHT_SECTION\n%s\n" DEMANDS DEPOT,
                     layouts[l].format, layouts[l].numbers);
        struct reading reading;
        read_text(&reading, text, (size_t)length);
        assert_int_equal(reading.rc, ERROR_NONE);
        assert_memory_equal(reading.benchmark.instance.travel.profiles[0].distance_m, expected,
                            sizeof expected);
        assert_int_equal(reading.benchmark.instance.vehicle_count, 3);
        release(&reading);
    }
}

/* Distances of TSPLIB 95 between places, by hand. */
static void metrics_round_as_published(void **state)
{
    (void)state;
    const struct {
        const char *type;
        int32_t expected; /* from (0, 0) to (2.5, 4.2): 4.887; as degrees and minutes, 5.18 degrees */
    } metrics[] = {{"EUC_2D", 5}, {"CEIL_2D", 5}, {"MAN_2D", 7}, {"MAX_2D", 4}, {"ATT", 2}, {"GEO", 577}};
    for (size_t m = 0; m < COUNT_OF(metrics); m++) {
        char text[1024];
        const int length =
            snprintf(text, sizeof text,
                     "DIMENSION: 2\nCAPACITY: 10\nEDGE_WEIGHT_TYPE: %s\nNODE_COORD_SECTION\n1 0 0\n"
                     "2 2.5 4.2\nDEMAND_SECTION\n1 0\n2 1\n" DEPOT,
                     metrics[m].type);
        struct reading reading;
        read_text(&reading, text, (size_t)length);
        assert_int_equal(reading.rc, ERROR_NONE);
        assert_int_equal(reading.benchmark.instance.travel.profiles[0].distance_m[1], metrics[m].expected);
        release(&reading);
    }
}

static void faults_are_named_with_their_place(void **state)
{
    (void)state;
    const struct {
        const char *text;
        int64_t line;
        int32_t column;
        const char *message;
    } faults[] = {
        {"", 0, 0, "DIMENSION is missing"},
        {"1 2 3\n", 1, 1, "a key such as DIMENSION or a section was expected"},
        {"DIMENSION : one\n", 1, 13, "a whole number from 2 to 200000 was expected"},
        {"DIMENSION : 9223372036854775808\n", 1, 13, "a whole number from 2 to 200000 was expected"},
        {"DIMENSION : 4\nDIMENSION : 5\n", 2, 13, "DIMENSION is said twice"},
        {"DIMENSION :\n", 1, 12, "DIMENSION has no value"},
        {"CAPACITY : 0\n", 1, 12, "a whole number of 1 or more was expected"},
        {"CAPACITY : 1e300\n", 1, 12, "a whole number of 1 or more was expected"},
        {"EDGE_WEIGHT_TYPE : XRAY\n", 1, 20, "EUC_2D, CEIL_2D"},
        {"EDGE_WEIGHT_FORMAT : ROUND\n", 1, 22, "FULL_MATRIX"},
        {"VEHICLES : -1\n", 1, 12, "a whole number of 1 or more was expected"},
        {"DEMAND_SECTION\n1 0\n", 1, 1, "DIMENSION must come before the sections"},
        {HEAD "NODE_COORD_SECTION\n5 0 0\n", 7, 1, "a node from 1 to 4 was expected"},
        {HEAD "NODE_COORD_SECTION\n1 0 0\n1 0 0\n", 8, 1, "this node is in the section already"},
        {HEAD "NODE_COORD_SECTION\n1 0\n", 7, 4, "a coordinate was expected"},
        {HEAD "NODE_COORD_SECTION\n1 0 nan\n", 7, 5, "a coordinate was expected"},
        {HEAD "NODE_COORD_SECTION\n1 0 0x10\n", 7, 5, "a coordinate was expected"},
        {HEAD "NODE_COORD_SECTION\n1 0 0 0\n", 7, 7, "the line is too long"},
        {HEAD "NODE_COORD_SECTION\nabc 0 0\n", 7, 1, "a number was expected"},
        {HEAD "DEMAND_SECTION\n1\n", 7, 2, "a demand was expected"},
        {HEAD "DEMAND_SECTION\n1 -3\n", 7, 3, "a demand was expected"},
        {HEAD "DEMAND_SECTION\n1 2.5\n", 7, 3, "a demand was expected"},
        {HEAD "DEMAND_SECTION\n1 2 3\n", 7, 5, "the line is too long"},
        {HEAD "DEPOT_SECTION\n1\n1\n-1\n", 8, 1, "this node is in the section already"},
        {HEAD "DEPOT_SECTION\n0\n", 7, 1, "a node from 1 to 4, or -1, was expected"},
        {HEAD "DEPOT_SECTION\n1\n-1\n2\n", 9, 1, "the depots have ended already"},
        {HEAD COORDINATES DEPOT, 0, 0, "node 1 has no demand"},
        {HEAD DEMANDS DEPOT, 0, 0, "node 1 has no coordinates"},
        {HEAD COORDINATES DEMANDS, 0, 0, "DEPOT_SECTION is missing"},
        {HEAD COORDINATES "DEMAND_SECTION\n1 1\n2 4\n3 5\n4 6\n" DEPOT, 0, 0,
         "node 1 is the depot: it has a demand"},
        {"DIMENSION : 4\nEDGE_WEIGHT_TYPE : EUC_2D\n" COORDINATES DEMANDS DEPOT, 0, 0, "CAPACITY is missing"},
        {"DIMENSION : 4\nCAPACITY : 9\n" COORDINATES DEMANDS DEPOT, 0, 0, "EDGE_WEIGHT_TYPE is missing"},
        {"DIMENSION : 4\nCAPACITY : 9\nEDGE_WEIGHT_TYPE : EXPLICIT\n" DEMANDS DEPOT, 0, 0,
         "EDGE_WEIGHT_FORMAT is missing"},
        {"DIMENSION : 4\nCAPACITY : 9\nEDGE_WEIGHT_TYPE : EXPLICIT\nEDGE_WEIGHT_FORMAT : LOWER_ROW\n"
         "EDGE_WEIGHT_SECTION\n1 2 3 4 5\n" DEMANDS DEPOT,
         0, 0, "EDGE_WEIGHT_SECTION has 5 distances; 6 were expected"},
        {"DIMENSION : 4\nEDGE_WEIGHT_SECTION\n1 -2\n", 3, 3, "a distance was expected"},
        {"DIMENSION : 4\nEDGE_WEIGHT_SECTION\n1 2.5\n", 3, 3, "a distance was expected"},
    };
    for (size_t f = 0; f < COUNT_OF(faults); f++) {
        struct reading reading;
        read_text(&reading, faults[f].text, strlen(faults[f].text));
        assert_int_equal(reading.rc, ERROR_INPUT);
        bool named = false;
        for (int64_t d = 0; d < reading.diagnostics.count; d++) {
            const struct diagnostic *it = &reading.diagnostics.items[d];
            named =
                named || (it->place.line == faults[f].line && it->place.column == faults[f].column &&
                          it->severity == SEVERITY_ERROR && strstr(it->message, faults[f].message) != NULL);
        }
        if (!named)
            fail_msg("nothing says '%s' at %d:%d", faults[f].message, (int)faults[f].line, faults[f].column);
        release(&reading);
    }
}

static void all_faults_of_a_file_are_reported(void **state)
{
    (void)state;
    struct reading reading;
    const char *text =
        HEAD "NODE_COORD_SECTION\n1 0 x\n2 3 4\n9 9 9\n4 -6 -8\nDEMAND_SECTION\n1 0\n2 -4\n3 5\n4 6\n" DEPOT;
    read_text(&reading, text, strlen(text));
    assert_int_equal(reading.rc, ERROR_INPUT);
    assert_int_equal(reading.diagnostics.errors, 4); /* x, node 9, -4, and node 3 without coordinates */
    release(&reading);
}

static void what_is_not_known_is_named(void **state)
{
    (void)state;
    struct reading reading;
    const char *text =
        "TYPE : XVRP\nSPEED : 3\n" HEAD COORDINATES "BACKHAUL_SECTION\n1 0\n2 9\n" DEMANDS DEPOT;
    read_text(&reading, text, strlen(text));
    assert_int_equal(reading.rc, ERROR_NONE);
    assert_int_equal(reading.diagnostics.warnings, 3);
    assert_non_null(strstr(reading.diagnostics.items[0].message, "this type is not known"));
    assert_non_null(strstr(reading.diagnostics.items[1].message, "SPEED"));
    assert_non_null(strstr(reading.diagnostics.items[2].message, "BACKHAUL_SECTION"));
    release(&reading);
}

static void exhausted_memory_is_an_error(void **state)
{
    (void)state;
    const char *text = HEAD COORDINATES "EDGE_WEIGHT_SECTION\n1 2 3\n" DEMANDS DEPOT;
    int64_t refused = 0;
    for (error_code rc = ERROR_MEMORY; rc != ERROR_NONE;) {
        struct reading reading;
        arena_fail_after(++refused);
        read_text(&reading, text, strlen(text));
        arena_fail_after(0);
        rc = reading.rc;
        assert_true(rc == ERROR_NONE || rc == ERROR_MEMORY);
        release(&reading);
    }
    assert_true(refused > 10);
}

/* The checker finds, in each published solution, the published cost and nothing wrong. */
static void published_solutions_have_their_published_cost(void **state)
{
    (void)state;
    char **names, path[DATA_PATH_SIZE];
    const int count = data_list("cvrp", ".vrp", &names);
    for (int i = 0; i < count; i++) {
        size_t length, solution_length;
        assert_true(data_path("cvrp", names[i], path));
        char *text = data_load(path, &length);
        memcpy(path + strlen(path) - 4, ".sol", 4);
        char *solution = data_load(path, &solution_length);
        assert_true(text != NULL && solution != NULL);
        struct reading reading;
        struct plan plan;
        struct check_report report;
        double stated;
        read_text(&reading, text, length);
        assert_int_equal(reading.rc, ERROR_NONE);
        assert_int_equal(benchmark_parse_solution("t.sol", solution, solution_length, &reading.benchmark,
                                                  &plan, &stated, &reading.diagnostics, &reading.error),
                         ERROR_NONE);
        assert_int_equal(
            check_plan(&reading.benchmark.instance, &plan, &reading.arena, &report, &reading.error),
            ERROR_NONE);
        assert_int_equal(report.violation_count, 0);
        assert_true(benchmark_cost(&reading.benchmark, &plan, &report) == stated);
        assert_int_equal(reading.diagnostics.count, 0);
        plan_free(&plan);
        release(&reading);
        free(text);
        free(solution);
        free(names[i]);
    }
    free(names);
    if (count == 0) skip();
}

/* What is written is read back as the same routes. */
static void solutions_are_written_and_read(void **state)
{
    (void)state;
    struct reading reading;
    const char *text = HEAD COORDINATES DEMANDS DEPOT;
    read_text(&reading, text, strlen(text));
    struct plan plan, again;
    struct check_report report;
    plan_init(&plan);
    assert_int_equal(plan_add_route(&plan, 0, 0, NULL) | plan_add_step(&plan, STEP_STOP, 2, NULL) |
                         plan_add_route(&plan, 1, 0, NULL) | plan_add_step(&plan, STEP_STOP, 1, NULL) |
                         plan_add_step(&plan, STEP_STOP, 0, NULL),
                     ERROR_NONE);
    assert_int_equal(check_plan(&reading.benchmark.instance, &plan, &reading.arena, &report, &reading.error),
                     ERROR_NONE);
    char *written = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&written, &length);
    assert_int_equal(benchmark_write_solution(stream, &reading.benchmark, &plan, &report, &reading.error),
                     ERROR_NONE);
    fclose(stream);
    assert_string_equal(written, "Route #1: 3\nRoute #2: 2 1\nCost 31\n");
    double stated;
    assert_int_equal(benchmark_parse_solution("t.sol", written, length, &reading.benchmark, &again, &stated,
                                              &reading.diagnostics, &reading.error),
                     ERROR_NONE);
    assert_true(stated == 31);
    assert_int_equal(again.step_count, 3);
    assert_memory_equal(again.steps, plan.steps, 3 * sizeof *plan.steps);
    plan_free(&again);
    free(written);

    const char *wrong = "Route #9: 1\nRoute 2: 2\nRoute #1: 1 4 x\nCost ?\nOptimal: True\n";
    assert_int_equal(benchmark_parse_solution("t.sol", wrong, strlen(wrong), &reading.benchmark, &again,
                                              &stated, &reading.diagnostics, &reading.error),
                     ERROR_INPUT);
    assert_int_equal(reading.diagnostics.errors, 5);
    plan_free(&plan);
    release(&reading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_file_becomes_an_instance),
                                       cmocka_unit_test(forms_differ_and_the_problem_does_not),
                                       cmocka_unit_test(written_matrices_are_read_in_every_layout),
                                       cmocka_unit_test(metrics_round_as_published),
                                       cmocka_unit_test(faults_are_named_with_their_place),
                                       cmocka_unit_test(all_faults_of_a_file_are_reported),
                                       cmocka_unit_test(what_is_not_known_is_named),
                                       cmocka_unit_test(exhausted_memory_is_an_error),
                                       cmocka_unit_test(published_solutions_have_their_published_cost),
                                       cmocka_unit_test(solutions_are_written_and_read)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
