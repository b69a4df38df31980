#include "bench/routing/best_known.h"
#include "bench/routing/protocol.h"
#include "bench/routing/references.h"
#include "tests/support/program.h"
#include "tests/support/test.h"

#include <math.h>
#include <string.h>
#include <sys/stat.h>

static char scratch[256];

static void write_text(const char *name, const char *text)
{
    char path[FILE_PATH_SIZE];
    snprintf(path, sizeof path, "%s/data/%s", scratch, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void make_folder(const char *name)
{
    char path[FILE_PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s", scratch, name);
    assert_int_equal(mkdir(path, 0777), 0);
}

static int make_data(void **state)
{
    (void)state;
    scratch_make(scratch);
    make_folder("data");
    make_folder("data/cvrp");
    make_folder("data/vrptw");
    make_folder("data/wcvrptw");
    write_text("cvrp/best_known.csv",
               "instance,value,bound_or_optimal,source\nX-n101-k25,27591,ub,a\nX-n2,5,ub,a\nabsent,1,ub,a\n");
    write_text("cvrp/X-n101-k25.vrp", "");
    write_text("cvrp/X-n2.vrp", "");
    write_text("vrptw/best_known.csv",
               "source,instance,routes,value\nb,C1_10_1,100,42444.8\r\nb,C101,10,827.3\n");
    write_text("vrptw/C101.txt", "");
    write_text("vrptw/C1_10_1.vrp", "");
    write_text("wcvrptw/best_known.csv",
               "instance,value,bound_or_optimal,source,vehicles\n"
               "804,769.5,ub,\"Kim, Kim\",5\n804,700,ub,Benjamin,6\n804,725.6,ub,Benjamin,5\n"
               "804,604.1,ub,\"Buhrkal (one)\",\n804,586.2,ub,\"Buhrkal (two)\",\n"
               "99,7,ub,somebody,\n99,6,ub,somebody else,\n");
    write_text("wcvrptw/804.txt", "");
    write_text("wcvrptw/99.txt", "");
    return 0;
}

static int remove_data(void **state)
{
    (void)state;
    scratch_remove(scratch);
    return 0;
}

static struct protocol all(void)
{
    return (struct protocol){.data = scratch, .seeds = {1}, .seed_count = 1, .threads = 1};
}

static struct tasks list(const struct protocol *protocol)
{
    struct tasks tasks;
    FILE *notes = tmpfile();
    assert_non_null(notes);
    assert_int_equal(protocol_tasks(protocol, notes, &tasks, NULL), ERROR_NONE);
    fclose(notes);
    return tasks;
}

static void assert_task(const struct task *task, const char *family, const char *instance, double budget_s,
                        uint64_t seed)
{
    assert_string_equal(task->family->name, family);
    assert_string_equal(task->instance, instance);
    assert_true(fabs(task->budget_s - budget_s) < 1e-9);
    assert_int_equal(task->seed, seed);
}

/* What is in best_known.csv and has a file: by family, budget, seed, instance. */
static void the_whole_protocol(void **state)
{
    (void)state;
    struct protocol protocol = all();
    struct tasks tasks = list(&protocol);
    assert_int_equal(tasks.count, 2 * 2 + 1 + 2 + 2 + 2 * 2);
    assert_task(&tasks.items[0], "cvrp", "X-n101-k25", 10, 1);
    assert_task(&tasks.items[1], "cvrp", "X-n2", 10, 1);
    assert_task(&tasks.items[2], "cvrp", "X-n101-k25", 60, 1);
    assert_task(&tasks.items[4], "cvrp_vroom", "X-n101-k25", 0.54, 1);
    assert_task(&tasks.items[5], "vrptw_100", "C101", 10, 1);
    assert_task(&tasks.items[8], "vrptw_1000", "C1_10_1", 60, 1);
    assert_task(&tasks.items[9], "wcvrptw", "804", 10, 1);
    assert_true(tasks.items[5].known.value == 827.3);
    assert_true(strstr(tasks.items[5].path, "/data/vrptw/C101.txt") != NULL);
    tasks_free(&tasks);
}

static void a_part_of_it(void **state)
{
    (void)state;
    struct protocol protocol = all();
    protocol.families = "wcvrptw,vrptw";
    protocol.budgets_s[0] = 2.5;
    protocol.seeds[1] = 7;
    protocol.seed_count = 2;
    struct tasks tasks = list(&protocol);
    assert_int_equal(tasks.count, 8);
    assert_task(&tasks.items[0], "vrptw_100", "C101", 2.5, 1);
    assert_task(&tasks.items[1], "vrptw_100", "C101", 2.5, 7);
    tasks_free(&tasks);
    protocol.families = "cvrp"; /* not cvrp_vroom, which has the same folder */
    protocol.instances = "*n2";
    tasks = list(&protocol);
    assert_int_equal(tasks.count, 2);
    assert_task(&tasks.items[1], "cvrp", "X-n2", 2.5, 7);
    tasks_free(&tasks);
    protocol.families = NULL; /* budgets of its own: left out when others are asked for */
    protocol.instances = "*k25";
    tasks = list(&protocol);
    assert_int_equal(tasks.count, 2);
    tasks_free(&tasks);
}

static void an_unknown_family_is_wrong_usage(void **state)
{
    (void)state;
    static const char *const NAMES[] = {"cvrpp", "cvr", "cvrp,", "", "cvrp,none"};
    for (size_t n = 0; n < COUNT_OF(NAMES); n++) {
        struct protocol protocol = all();
        struct tasks tasks;
        protocol.families = NAMES[n];
        assert_int_equal(protocol_tasks(&protocol, stdout, &tasks, NULL), ERROR_USAGE);
    }
}

static void absent_data_is_said(void **state)
{
    (void)state;
    struct protocol protocol = all();
    struct tasks tasks;
    char line[FILE_PATH_SIZE];
    FILE *notes = tmpfile();
    assert_non_null(notes);
    protocol.families = "hfvrp";
    assert_int_equal(protocol_tasks(&protocol, notes, &tasks, NULL), ERROR_NONE);
    assert_int_equal(tasks.count, 0);
    rewind(notes);
    assert_non_null(fgets(line, sizeof line, notes));
    assert_true(strstr(line, "skipped: ") == line && strstr(line, "hfvrp") != NULL);
    fclose(notes);
}

/* Miles count only with no more vehicles than Kim's; Buhrkal's best is the value; else the lowest. */
static void vehicles_first_has_limits(void **state)
{
    (void)state;
    struct protocol protocol = all();
    protocol.families = "wcvrptw";
    struct tasks tasks = list(&protocol);
    const struct known_value *known = &tasks.items[0].known;
    assert_true(known->value == 586.2 && known->limit_cost == 725.6);
    assert_int_equal(known->limit_vehicles, 5);
    known = &tasks.items[1].known;
    assert_true(known->value == 6 && isnan(known->limit_cost));
    assert_int_equal(known->limit_vehicles, -1);
    tasks_free(&tasks);
}

static void a_table_with_faults_is_refused(void **state)
{
    (void)state;
    static const char *const TEXTS[] = {"name,value\nA,1\n", "instance,value\nA,one\n",
                                        "instance,value\n,1\n", "instance,value\nA,1,a\"b\n",
                                        "instance,value\nA,1x\n"};
    char path[FILE_PATH_SIZE];
    snprintf(path, sizeof path, "%s/data/faults.csv", scratch);
    for (size_t t = 0; t < COUNT_OF(TEXTS); t++) {
        struct published_list published;
        struct error error = {0};
        write_text("faults.csv", TEXTS[t]);
        if (best_known_read(path, &published, &error) != ERROR_INPUT) fail_msg("accepted: %s", TEXTS[t]);
        assert_true(error.line > 0);
    }
}

/* Each reference speaks of a family of the protocol, each budget has figures where the issue gives them. */
static void references_are_of_known_families(void **state)
{
    (void)state;
    char text[512];
    for (const struct target *target = TARGETS; target->family != NULL; target++)
        assert_true(protocol_family(target->family) >= 0);
    for (const struct peer *peer = PEERS; peer->family != NULL; peer++)
        assert_true(protocol_family(peer->family) >= 0);
    assert_true(target_gap("cvrp", NULL, 60) == 0.22);
    assert_true(isnan(target_gap("cvrp", NULL, 30)) && isnan(target_gap("cvrp", "X-n2", 60)));
    assert_true(target_gap("cvrp_large", "Ghent1", 60) == 1.5 &&
                isnan(target_gap("cvrp_large", "Ghent1", 10)));
    assert_true(peers_text("mdvrptw", NULL, 60, text, sizeof text));
    assert_string_equal(text, "PyVRP 3.82 (5 others) 1.85 (published)");
    assert_false(peers_text("cvrp", "X-n2", 60, text, sizeof text));
    assert_string_equal(text, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_whole_protocol),
        cmocka_unit_test(a_part_of_it),
        cmocka_unit_test(an_unknown_family_is_wrong_usage),
        cmocka_unit_test(absent_data_is_said),
        cmocka_unit_test(vehicles_first_has_limits),
        cmocka_unit_test(a_table_with_faults_is_refused),
        cmocka_unit_test(references_are_of_known_families),
    };
    return cmocka_run_group_tests(tests, make_data, remove_data);
}
