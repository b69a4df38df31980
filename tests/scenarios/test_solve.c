/* benne solve and benne check on benchmark files, from outside. */
#include "io/json.h"
#include "tests/support/program.h"
#include "tests/support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VRP "tests/fuzz/corpus/vrplib/coordinates.vrp"
#define WASTE "tests/fuzz/corpus/wcvrptw/tiny.txt"
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

/* Recognised by itself, answered as VROOM does, the same in the file; wrong ones are answered too. */
static void a_vroom_problem_gets_a_vroom_answer(void **state)
{
    (void)state;
    static const char *const KEYS[] = {"code", "summary", "unassigned", "routes"};
    size_t length;
    struct outcome outcome = RUN("solve", VROOM, "--iterations", "50", "-o", in_scratch("answer.json"));
    assert_int_equal(outcome.status, 0);
    assert_non_null(strstr(outcome.error, "vehicles[0].steps: this is not supported"));
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
                                       cmocka_unit_test(a_vroom_problem_gets_a_vroom_answer),
                                       cmocka_unit_test(the_same_seed_gives_the_same_routes_with_any_threads),
                                       cmocka_unit_test(faults_give_their_exit_status)};
    return cmocka_run_group_tests(tests, make_scratch, remove_scratch);
}
