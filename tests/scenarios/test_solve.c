/* benne solve and benne check on benchmark files, from outside. */
#include "io/json.h"
#include "tests/support/program.h"
#include "tests/support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VRP "tests/fuzz/corpus/vrplib/coordinates.vrp"
#define WASTE "tests/fuzz/corpus/wcvrptw/tiny.txt"
#define VRPTW "tests/fuzz/corpus/vrplib/vrptw.vrp"
#define TYPES "tests/fuzz/corpus/vrplib/"
#define SOLOMON "tests/fuzz/corpus/solomon/tiny.txt"
#define VROOM "tests/fuzz/corpus/vroom/matrices.json"
#define RUN(...) program_run((const char *const[]){__VA_ARGS__, NULL})

enum { PATH_ROOM = 512 };

static char scratch[256];

static int make_scratch(void **state)
{
    (void)state;
    scratch_make(scratch);
    return 0;
}

static int remove_scratch(void **state)
{
    (void)state;
    scratch_remove(scratch);
    return 0;
}

static const char *in_scratch(const char *name)
{
    static char path[PATH_ROOM];
    snprintf(path, sizeof path, "%s/%s", scratch, name);
    return path;
}

static void write_text(const char *name, const char *text)
{
    FILE *file = fopen(in_scratch(name), "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static struct json *parse(const char *text)
{
    struct json *root = NULL;
    struct error error;
    if (json_parse("output", text, strlen(text), &root, &error) != ERROR_NONE) fail_msg("%s", error.message);
    return root;
}

static double number(const struct json *root, const char *key)
{
    double value = -1;
    if (!json_number(json_get(root, key), &value)) fail_msg("%s is no number", key);
    return value;
}

static void the_answer_has_exactly_the_documented_keys(void **state)
{
    (void)state;
    static const char *const KEYS[] = {
        "instance", "format", "cost", "distance", "duration",   "vehicles", "served",  "unserved",
        "feasible", "bound",  "gap",  "seconds",  "iterations", "seed",     "threads", "version"};
    struct outcome outcome = RUN("solve", VRP, "--iterations", "50", "--seed", "7", "--threads", "1");
    assert_int_equal(outcome.status, 0);
    struct json *root = parse(outcome.output);
    size_t key = 0;
    for (const struct json *member = json_first(root); member != NULL; member = json_next(member), key++) {
        assert_true(key < COUNT_OF(KEYS));
        assert_string_equal(json_key(member), KEYS[key]);
    }
    assert_int_equal(key, COUNT_OF(KEYS));
    bool feasible = false;
    assert_true(json_flag(json_get(root, "feasible"), &feasible) && feasible);
    assert_string_equal(json_string(json_get(root, "instance")), "coordinates");
    assert_string_equal(json_string(json_get(root, "format")), "vrplib");
    assert_int_equal((int)number(root, "served"), 4);
    assert_int_equal((int)number(root, "unserved"), 0);
    assert_int_equal((int)number(root, "seed"), 7);
    /* By hand: 5 + 5 + 10 over (3, 4) and (6.5, 8), 5 + 9 + 5 over the two others, each with a full load. */
    assert_int_equal((int)number(root, "cost"), 39);
    assert_int_equal((int)number(root, "vehicles"), 2);
    json_free(root);
    outcome_free(&outcome);
}

static void what_is_solved_is_checked(void **state)
{
    (void)state;
    const char *const files[] = {VRP,
                                 WASTE,
                                 TYPES "vrptw.vrp",
                                 TYPES "mtvrptw.vrp",
                                 TYPES "hfvrp.vrp",
                                 TYPES "mdvrptw.vrp",
                                 TYPES "pcvrptw.vrp",
                                 SOLOMON};
    for (size_t f = 0; f < COUNT_OF(files); f++) {
        struct outcome outcome = RUN("solve", files[f], "--iterations", "50", "-o", in_scratch("routes.sol"));
        assert_int_equal(outcome.status, 0);
        struct json *root = parse(outcome.output);
        const double cost = number(root, "cost");
        json_free(root);
        outcome_free(&outcome);
        outcome = RUN("check", files[f], in_scratch("routes.sol"), "--json");
        assert_int_equal(outcome.status, 0);
        assert_string_equal(
            outcome.error[0] == '\0' || strstr(outcome.error, "states a cost") == NULL ? "" : outcome.error,
            "");
        root = parse(outcome.output);
        const double checked = number(json_get(root, "cost"), "total");
        assert_true(checked > cost - 0.001 && checked < cost + 0.001);
        assert_int_equal(json_count(json_get(root, "violations")), 0);
        json_free(root);
        outcome_free(&outcome);
    }
}

/* One round from the best routes: they are kept. From others, stops that fit nowhere in them are put in anew.
 */
static void a_search_begins_with_routes(void **state)
{
    (void)state;
    const char *const files[] = {VRP, WASTE, TYPES "mtvrptw.vrp", TYPES "hfvrp.vrp", VROOM};
    for (size_t f = 0; f < COUNT_OF(files); f++) {
        struct outcome best = RUN("solve", files[f], "--iterations", "200", "-o", in_scratch("best.sol"));
        struct outcome again =
            RUN("solve", files[f], "--iterations", "1", "--start", in_scratch("best.sol"), "--quiet");
        assert_int_equal(again.status, 0);
        assert_string_equal(again.error, "");
        struct json *one = parse(best.output), *two = parse(again.output);
        const bool is_vroom = json_get(one, "summary") != NULL;
        assert_true(number(is_vroom ? json_get(two, "summary") : two, "cost") ==
                    number(is_vroom ? json_get(one, "summary") : one, "cost"));
        json_free(one);
        json_free(two);
        outcome_free(&best);
        outcome_free(&again);
    }
    write_text("one.sol", "Route #1: 4 3 2 1\n");
    struct outcome outcome = RUN("solve", VRP, "--iterations", "100", "--start", in_scratch("one.sol"));
    assert_int_equal(outcome.status, 0);
    outcome_free(&outcome);
    outcome = RUN("solve", VRP, "--start", in_scratch("absent.sol"));
    assert_int_equal(outcome.status, 2);
    outcome_free(&outcome);
}

/* The steps of a problem's vehicles are begun with: here the only ones worth driving, the wrong way round. */
static void a_vroom_search_begins_with_steps(void **state)
{
    (void)state;
    write_text("begin.json",
               "{\"jobs\":[{\"id\":1,\"location_index\":1},{\"id\":2,\"location_index\":2}],"
               "\"vehicles\":[{\"id\":9,\"start_index\":0,\"end_index\":0,\"steps\":[{\"type\":\"start\"},"
               "{\"type\":\"job\",\"id\":2},{\"type\":\"job\",\"id\":1},{\"type\":\"end\"}]}],"
               "\"matrix\":[[0,1,9],[9,0,1],[1,9,0]]}");
    struct outcome outcome = RUN("solve", in_scratch("begin.json"), "--iterations", "100");
    assert_int_equal(outcome.status, 0);
    assert_null(strstr(outcome.error, "steps"));
    struct json *root = parse(outcome.output);
    assert_int_equal((int)number(json_get(root, "summary"), "cost"), 3);
    json_free(root);
    outcome_free(&outcome);
}

/* 39 is the optimum of the four customers, by hand: two routes of 20 and 19 as above. */
static void a_bound_is_proven_when_asked_for(void **state)
{
    (void)state;
    struct outcome outcome = RUN("solve", VRP, "--bound", "--iterations", "50");
    assert_int_equal(outcome.status, 0);
    assert_string_equal(outcome.error, "");
    struct json *root = parse(outcome.output);
    assert_true(number(root, "bound") == 39);
    assert_true(number(root, "gap") == 0);
    json_free(root);
    outcome_free(&outcome);
    outcome = RUN("solve", WASTE, "--bound", "--iterations", "50");
    assert_int_equal(outcome.status, 0);
    assert_non_null(strstr(outcome.error, "no bound is computed for wcvrptw: its published cost"));
    assert_non_null(strstr(outcome.output, "\"bound\":null,\"gap\":null"));
    outcome_free(&outcome);
}

static void large_days_have_no_bound(void **state)
{
    (void)state;
    FILE *file = fopen(in_scratch("large.vrp"), "w");
    assert_non_null(file);
    fputs("NAME: large\nTYPE: CVRP\nDIMENSION: 140\nEDGE_WEIGHT_TYPE: EUC_2D\nCAPACITY: 50\n"
          "NODE_COORD_SECTION\n",
          file);
    for (int node = 1; node <= 140; node++) fprintf(file, "%d %d %d\n", node, node % 12, node / 12);
    fputs("DEMAND_SECTION\n", file);
    for (int node = 1; node <= 140; node++) fprintf(file, "%d %d\n", node, node > 1);
    fputs("DEPOT_SECTION\n1\n-1\nEOF\n", file);
    assert_int_equal(fclose(file), 0);
    struct outcome outcome = RUN("solve", in_scratch("large.vrp"), "--bound", "--iterations", "20");
    assert_int_equal(outcome.status, 0);
    assert_non_null(
        strstr(outcome.error, "no bound is computed for days of more than 128 stops; this one has 139"));
    assert_non_null(strstr(outcome.output, "\"bound\":null,\"gap\":null"));
    outcome_free(&outcome);
}

/* Recognised by itself, answered as VROOM does, the same in the file; wrong ones are answered too. */
static void a_vroom_problem_gets_a_vroom_answer(void **state)
{
    (void)state;
    static const char *const KEYS[] = {"code", "summary", "unassigned", "routes"};
    size_t length;
    struct outcome outcome = RUN("solve", VROOM, "--iterations", "50", "-o", in_scratch("answer.json"));
    assert_int_equal(outcome.status, 0);
    struct json *root = parse(outcome.output);
    size_t key = 0;
    for (const struct json *member = json_first(root); member != NULL; member = json_next(member), key++)
        assert_string_equal(json_key(member), KEYS[key]);
    assert_int_equal(key, COUNT_OF(KEYS));
    json_free(root);
    char *written = file_text(scratch, "answer.json", &length);
    assert_string_equal(written, outcome.output);
    free(written);
    outcome_free(&outcome);

    outcome = RUN("check", VROOM, in_scratch("answer.json"));
    assert_int_equal(outcome.status, 0);
    assert_null(strstr(outcome.error, "states a cost"));
    outcome_free(&outcome);

    write_text("shipments.json", "{\"vehicles\": [{\"id\": 1}],\n \"shipments\": [{}]}");
    outcome = RUN("solve", in_scratch("shipments.json"));
    assert_int_equal(outcome.status, 2);
    root = parse(outcome.output);
    assert_int_equal((int)number(root, "code"), 2);
    assert_non_null(strstr(json_string(json_get(root, "error")), "shipments.json:2:15: shipments: "));
    json_free(root);
    outcome_free(&outcome);

    outcome = RUN("solve", in_scratch("absent.json"), "--format", "vroom");
    assert_int_equal(outcome.status, 2);
    root = parse(outcome.output);
    assert_int_equal((int)number(root, "code"), 2);
    json_free(root);
    outcome_free(&outcome);
}

/* Given routes are driven, not searched: times, waiting, loads and faults, as reckoned by hand. */
static void given_routes_are_told_step_by_step(void **state)
{
    (void)state;
    static const struct {
        const char *file, *routes;
        int status;
        const char *said[4];
    } CASES[] = {
        /* (3, 4) opens at 20; from there 3.6 to (1, 1), which closes at 30.6. */
        {VRPTW,
         "Route #1: 1 2\nCost 10\n",
         0,
         {"#1: from 0 to 39, stops 2, trips 1, distance 10\n",
          "  1: arrival 5, begins 20, ends 27, waiting 15, distance 5, load 6\n",
          "  2: arrival 30.6, begins 30.6, ends 37.6, waiting 0, distance 8.6, load 11\n", "cost: 10.0"}},
        {VRPTW,
         "Route #1: 2 1\nRoute #2: 2\n",
         5,
         {"not feasible: 1 fault\n", "  #2, step 1, 2: the stop is visited more than once\n",
          "  2: arrival 1.4, begins 1.4, ends 8.4, waiting 0, distance 1.4, load 5\n",
          "  1: arrival 12, begins 20, ends 27, waiting 8, distance 5, load 11\n"}},
        {VRP,
         "Route #1: 1 2 3\nRoute #2: 4\n",
         5,
         {"  #1, step 3, 3: a compartment carries too many kilograms (16 kg, 10 kg)\n",
          "#1: stops 3, trips 1, distance ", "  1: distance 5, load 5\n", "  3: distance "}},
        {WASTE,
         "Route #1: 14 7 13 12 7\n",
         0,
         {"  14: arrival 04:00:01, begins 04:00:01, ends 04:01:01, waiting 0, distance 0.006, load 12\n",
          "  7: arrival ", "load 4.5\n", "load 0\n"}},
        {WASTE,
         "Route #1: 14 13\n",
         5,
         {"the truck comes home with a load", "load 12\n", "12: a mandatory", ""}},
    };
    for (size_t c = 0; c < COUNT_OF(CASES); c++) {
        write_text("given.sol", CASES[c].routes);
        struct outcome outcome = RUN("solve", CASES[c].file, "--check", in_scratch("given.sol"));
        bool all = outcome.status == CASES[c].status;
        for (int k = 0; k < 4; k++) all = all && strstr(outcome.output, CASES[c].said[k]) != NULL;
        if (!all) fail_msg("case %zu: exit %d\n%s\n%s", c, outcome.status, outcome.output, outcome.error);
        struct outcome again = RUN("check", CASES[c].file, in_scratch("given.sol"), "--steps");
        assert_string_equal(again.output, outcome.output);
        assert_int_equal(again.status, outcome.status);
        outcome_free(&again);
        outcome_free(&outcome);
    }
    struct outcome outcome = RUN("solve", VRPTW, "--check", in_scratch("given.sol"), "-o", "x");
    assert_int_equal(outcome.status, 2);
    assert_non_null(strstr(outcome.error, "-o has no meaning"));
    outcome_free(&outcome);

    write_text("given.sol", "Route #1: 1 2\n");
    outcome = RUN("solve", VRPTW, "--check", in_scratch("given.sol"), "--json");
    assert_int_equal(outcome.status, 0);
    struct json *root = parse(outcome.output);
    const struct json *step = json_first(json_get(json_first(json_get(root, "routes")), "steps"));
    assert_string_equal(json_string(json_get(step, "arrival")), "5");
    assert_true(number(step, "waiting_s") == 15 && number(step, "load_kg") == 6 &&
                number(step, "distance_m") == 5);
    json_free(root);
    outcome_free(&outcome);
}

/* A problem's own steps are judged in VROOM's words, leaving as late as they can. */
static void the_steps_of_a_vroom_problem_are_judged(void **state)
{
    (void)state;
    static const char PROBLEM[] =
        "{\"jobs\":[{\"id\":1,\"location_index\":1,\"delivery\":[3],\"time_windows\":[[1500,1600]]},"
        "{\"id\":2,\"location_index\":0,\"delivery\":[2],\"skills\":[5],\"service\":40}],"
        "\"vehicles\":[{\"id\":9,\"start_index\":0,\"capacity\":[4],\"time_window\":[1000,%d],"
        "\"max_tasks\":1,\"max_travel_time\":250,\"breaks\":[{\"id\":1,\"service\":10}],"
        "\"steps\":[{\"type\":\"start\",\"service_at\":3},{\"type\":\"job\",\"id\":1},"
        "{\"type\":\"job\",\"id\":2},{\"type\":\"end\"}]}],\"matrix\":[[0,100],[200,0]]}";
    char text[sizeof PROBLEM + 16];
    snprintf(text, sizeof text, PROBLEM, 1730);
    write_text("steps.json", text);
    struct outcome outcome =
        RUN("solve", in_scratch("steps.json"), "--check", in_scratch("steps.json"), "--json");
    assert_int_equal(outcome.status, 5);
    assert_non_null(strstr(outcome.error, "vehicles[0].steps[0].service_at: this is not supported"));
    struct json *root = parse(outcome.output);
    const struct json *route = json_first(json_get(root, "routes"));
    static const char *const CAUSES[] = {"load",          "skills",    "delay",
                                         "missing_break", "max_tasks", "max_travel_time"};
    const struct json *it = json_first(json_get(route, "violations"));
    for (size_t c = 0; c < COUNT_OF(CAUSES); c++, it = json_next(it))
        assert_string_equal(json_string(json_get(it, "cause")), CAUSES[c]);
    assert_null(it);
    assert_int_equal((int)number(json_first(json_get(route, "steps")), "arrival"), 1400);
    json_free(root);
    outcome_free(&outcome);

    outcome = RUN("check", in_scratch("steps.json"), in_scratch("steps.json"), "--steps");
    assert_non_null(strstr(outcome.output, "9: from 1400 to 1740, stops 2, trips 1"));
    assert_non_null(
        strstr(outcome.output, "  1: arrival 1500, begins 1500, ends 1500, waiting 0, distance 100, load 2"));
    assert_non_null(strstr(outcome.output, "9, the vehicle is back after its shift (1740, 1730)"));
    outcome_free(&outcome);
}

static void the_same_seed_gives_the_same_routes_with_any_threads(void **state)
{
    (void)state;
    size_t length;
    char *texts[2];
    for (int run = 0; run < 2; run++) {
        struct outcome outcome = RUN("solve", WASTE, "--iterations", "200", "--seed", "3", "--threads",
                                     run == 0 ? "1" : "2", "-o", in_scratch("routes.sol"));
        assert_int_equal(outcome.status, 0);
        outcome_free(&outcome);
        texts[run] = file_text(scratch, "routes.sol", &length);
        assert_non_null(texts[run]);
    }
    assert_string_equal(texts[0], texts[1]);
    free(texts[0]);
    free(texts[1]);
}

static void faults_give_their_exit_status(void **state)
{
    (void)state;
    write_text("good.sol", "Route #1: 1 2\nRoute #2: 3 4\nCost 41\n");
    write_text("unserved.sol", "Route #1: 1 2\nRoute #2: 3\n");
    write_text("broken.sol", "Route #1: 1 2 3\nRoute #2: 4\n");
    write_text("long.sol", "Route #1:\nRoute #2:\nRoute #3: 2 3\n");
    write_text("unknown.sol", "Route #1: 1 2\nRoute #2: 3 5 x\nCost\n");
    write_text("broken.vrp", "DIMENSION : 3\nCAPACITY : ten\nNODE_COORD_SECTION\n1 0 zero\n");
    write_text("small.vrp",
               "DIMENSION : 3\nCAPACITY : 5\nVEHICLES : 1\nEDGE_WEIGHT_TYPE : EUC_2D\nNODE_COORD_SECTION\n"
               "1 0 0\n2 0 1\n3 1 0\nDEMAND_SECTION\n1 0\n2 3\n3 3\nDEPOT_SECTION\n1\n-1\nEOF\n");
    const struct {
        const char *words[5];
        int status;
        const char *output, *error;
    } cases[] = {
        {{"check", VRP, "good.sol"},
         0,
         "feasible: the plan keeps every rule",
         "states a cost of 41; it is 39"},
        {{"check", VRP, "unserved.sol"},
         4,
         "4: a mandatory stop is not served",
         "1 mandatory stop is left unserved"},
        {{"check", VRP, "broken.sol"},
         5,
         "#1, step 3, 3: a compartment carries too many kilograms (16 kg, 10 kg)",
         "the plan is not feasible"},
        {{"check", TYPES "mdvrptw.vrp", "long.sol"}, /* in the file's unit: 8.062 + 10 + 9.179 + 3 + 1.118 */
         5,
         "the route is longer than the work allowed (31.359, 20)",
         "the plan is not feasible"},
        {{"check", VRP, "unknown.sol"}, 2, "", "unknown.sol:3:5: error: a cost was expected"},
        {{"check", VRP, "absent.sol"}, 2, "", "absent.sol"},
        {{"solve", "absent.vrp"}, 2, "", "absent.vrp"},
        {{"solve", "broken.vrp"}, 2, "", "broken.vrp:4:5: error: a coordinate was expected"},
        {{"solve", "good.sol"}, 2, "", "the format is not recognised; --format auto|vrplib|solomon|wcvrptw"},
        {{"solve", VRP, "--format", "tsp"},
         2,
         "",
         "unknown format 'tsp': one of auto|vrplib|solomon|wcvrptw"},
        {{"solve", VRP, "--format", "wcvrptw"}, 2, "", "coordinates.vrp:1:1: error: the vehicles' capacity"},
        {{"solve", "small.vrp", "--iterations", "20"},
         4,
         "\"unserved\":1",
         "1 mandatory stop is left unserved"},
    };
    for (size_t c = 0; c < COUNT_OF(cases); c++) {
        char paths[2][PATH_ROOM];
        const char *words[6] = {NULL};
        for (int w = 0; w < 5 && cases[c].words[w] != NULL; w++) {
            words[w] = cases[c].words[w];
            if (w < 1 || w > 2 || words[w][0] == '-' || strncmp(words[w], "tests/", 6) == 0 ||
                strchr(words[w], '.') == NULL)
                continue;
            snprintf(paths[w - 1], PATH_ROOM, "%s/%s", scratch, words[w]);
            words[w] = paths[w - 1];
        }
        struct outcome outcome = program_run(words);
        if (outcome.status != cases[c].status || strstr(outcome.output, cases[c].output) == NULL ||
            strstr(outcome.error, cases[c].error) == NULL)
            fail_msg("case %zu: exit %d\n%s\n%s", c, outcome.status, outcome.output, outcome.error);
        outcome_free(&outcome);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_answer_has_exactly_the_documented_keys),
                                       cmocka_unit_test(what_is_solved_is_checked),
                                       cmocka_unit_test(a_search_begins_with_routes),
                                       cmocka_unit_test(a_vroom_search_begins_with_steps),
                                       cmocka_unit_test(a_bound_is_proven_when_asked_for),
                                       cmocka_unit_test(large_days_have_no_bound),
                                       cmocka_unit_test(a_vroom_problem_gets_a_vroom_answer),
                                       cmocka_unit_test(given_routes_are_told_step_by_step),
                                       cmocka_unit_test(the_steps_of_a_vroom_problem_are_judged),
                                       cmocka_unit_test(the_same_seed_gives_the_same_routes_with_any_threads),
                                       cmocka_unit_test(faults_give_their_exit_status)};
    return cmocka_run_group_tests(tests, make_scratch, remove_scratch);
}
