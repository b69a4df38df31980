#include "bench/routing/protocol.h"

#include "bench/routing/best_known.h"
#include "bench/routing/references.h"
#include "solver/base/array.h"

#include <fnmatch.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

/* Best known values of well-studied sets fall by tenths of a percent. Those of wcvrptw are older than the
 * methods of today and depend on how lunch and hours are read: nothing above half of them is implausible. */
#define STUDIED (-1)
#define LITTLE_STUDIED (-50)

const struct bench_family BENCH_FAMILIES[] = {
    {"cvrp", "cvrp", ".vrp", {10, 60}, 50, STUDIED},
    {"cvrp_large", "cvrp_large", ".vrp", {60}, 3, STUDIED},
    {"cvrp_vroom", "cvrp", ".vrp", {0}, 3, STUDIED},
    {"vrptw_100", "vrptw", ".txt", {10, 60}, 12, STUDIED},
    {"vrptw_1000", "vrptw", ".vrp", {10, 60}, 16, STUDIED},
    {"mtvrptw", "mtvrptw", ".vrp", {10, 60}, 30, STUDIED},
    {"hfvrp", "hfvrp", ".vrp", {10, 60}, 20, STUDIED},
    {"mdvrptw", "mdvrptw", ".vrp", {10, 60}, 12, STUDIED},
    {"pcvrptw", "pcvrptw", ".vrp", {10, 60}, 12, STUDIED},
    {"wcvrptw", "wcvrptw", ".txt", {10, 60}, 6, LITTLE_STUDIED},
    {0},
};

/* A tenth of VROOM's time. */
static const double VROOM_SHARE = 0.1;

int32_t protocol_family(const char *name)
{
    for (int32_t i = 0; BENCH_FAMILIES[i].name != NULL; i++)
        if (strcmp(BENCH_FAMILIES[i].name, name) == 0) return i;
    return -1;
}

/* ---- Which families ---- */

/* By its own name; or, where no family has that name, by its folder's. */
static bool is_named(const struct bench_family *family, const char *word, size_t length)
{
    char name[NAME_SIZE];
    snprintf(name, sizeof name, "%.*s", (int)length, word);
    return strcmp(family->name, name) == 0 ||
           (protocol_family(name) < 0 && strcmp(family->folder, name) == 0);
}

static bool is_asked(const struct bench_family *family, const char *names)
{
    for (const char *word = names; word != NULL; word = strchr(word, ',')) {
        word += *word == ',';
        if (is_named(family, word, strcspn(word, ","))) return true;
    }
    return names == NULL;
}

static error_code judge_names(const char *names, struct error *error)
{
    for (const char *word = names; word != NULL; word = strchr(word, ',')) {
        word += *word == ',';
        const int length = (int)strcspn(word, ",");
        bool known = false;
        for (const struct bench_family *family = BENCH_FAMILIES; family->name != NULL; family++)
            known = known || is_named(family, word, (size_t)length);
        if (!known) return error_set(error, ERROR_USAGE, "there is no family '%.*s'", length, word);
    }
    return ERROR_NONE;
}

/* ---- Which instances ---- */

struct found_instance {
    char name[NAME_SIZE], path[FILE_PATH_SIZE];
    struct known_value known;
};

struct found {
    struct found_instance *items;
    int64_t count, capacity;
};

static bool is_found(const struct found *found, const char *name)
{
    for (int64_t i = 0; i < found->count; i++)
        if (strcmp(found->items[i].name, name) == 0) return true;
    return false;
}

/* The instances of a family that have a value and a file. */
static error_code find_instances(const struct protocol *protocol, const struct bench_family *family,
                                 FILE *notes, struct found *found, struct error *error)
{
    error_code rc = ERROR_NONE;
    char path[FILE_PATH_SIZE];
    struct published_list list = {0};
    snprintf(path, sizeof path, "%s/data/%s/best_known.csv", protocol->data, family->folder);
    if (access(path, R_OK) != 0) {
        fprintf(notes, "skipped: %s is not there (BENNE_DATA)\n", path);
        return ERROR_NONE;
    }
    TRY(best_known_read(path, &list, error));
    for (int64_t i = 0; i < list.count; i++) {
        struct found_instance instance;
        const char *name = list.items[i].instance;
        if (is_found(found, name)) continue;
        if (protocol->instances != NULL && fnmatch(protocol->instances, name, 0) != 0) continue;
        if (family->budgets_s[0] == 0 && vroom_figure(name) == NULL) continue;
        snprintf(instance.name, sizeof instance.name, "%s", name);
        snprintf(instance.path, sizeof instance.path, "%s/data/%s/%s%s", protocol->data, family->folder, name,
                 family->ending);
        if (access(instance.path, R_OK) != 0) continue;
        instance.known = best_known_value(&list, name, strcmp(family->name, "wcvrptw") == 0);
        if (!array_push(found, instance)) {
            rc = error_memory(error);
            goto done;
        }
    }
done:
    array_free(&list);
    return rc;
}

/* ---- Which runs ---- */

/* Budget number `index` of an instance; 0 after the last. */
static double budget_of(const struct protocol *protocol, const struct bench_family *family,
                        const char *instance, int32_t index)
{
    if (family->budgets_s[0] == 0) return index == 0 ? VROOM_SHARE * vroom_figure(instance)->seconds : 0;
    if (index == BUDGETS_MAX) return 0;
    return protocol->budgets_s[0] > 0 ? protocol->budgets_s[index] : family->budgets_s[index];
}

static error_code add_runs(const struct protocol *protocol, const struct bench_family *family,
                           const struct found *found, struct tasks *tasks, struct error *error)
{
    for (int32_t b = 0; b < BUDGETS_MAX; b++)
        for (int32_t s = 0; s < protocol->seed_count; s++)
            for (int64_t i = 0; i < found->count; i++) {
                const struct found_instance *instance = &found->items[i];
                struct task task = {.family = family,
                                    .known = instance->known,
                                    .budget_s = budget_of(protocol, family, instance->name, b),
                                    .seed = protocol->seeds[s],
                                    .threads = protocol->threads};
                if (task.budget_s <= 0) continue;
                snprintf(task.instance, sizeof task.instance, "%s", instance->name);
                snprintf(task.path, sizeof task.path, "%s", instance->path);
                if (!array_push(tasks, task)) return error_memory(error);
            }
    return ERROR_NONE;
}

error_code protocol_tasks(const struct protocol *protocol, FILE *notes, struct tasks *tasks,
                          struct error *error)
{
    error_code rc = ERROR_NONE;
    struct found found = {0};
    *tasks = (struct tasks){0};
    TRY(judge_names(protocol->families, error));
    for (const struct bench_family *family = BENCH_FAMILIES; family->name != NULL; family++) {
        const bool is_bound_to_budgets = family->budgets_s[0] == 0 && protocol->families == NULL;
        if (!is_asked(family, protocol->families)) continue;
        if (is_bound_to_budgets && protocol->budgets_s[0] > 0) continue;
        found.count = 0;
        TRY(find_instances(protocol, family, notes, &found, error));
        TRY(add_runs(protocol, family, &found, tasks, error));
    }
done:
    array_free(&found);
    if (rc != ERROR_NONE) tasks_free(tasks);
    return rc;
}

void tasks_free(struct tasks *tasks)
{
    array_free(tasks);
}
