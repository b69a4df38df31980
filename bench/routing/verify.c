#include "bench/routing/verify.h"

#include "io/json.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* Solver and checker print the same number with different decimals: two at the least (hfvrp), of costs that
 * may be small. */
static const double SAME_COST = 0.0051;

static void set_fault(struct record *record, const char *format, ...) ERROR_PRINTF(2, 3);

static void set_fault(struct record *record, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    vsnprintf(record->fault, sizeof record->fault, format, list);
    va_end(list);
}

/* A whole file as JSON; NULL when it is none. */
static struct json *load_json(const char *path)
{
    struct json *root = NULL;
    char *text = NULL;
    size_t room = 0;
    FILE *file = fopen(path, "r");
    if (file == NULL) return NULL;
    const ssize_t length = getdelim(&text, &room, '\0', file);
    if (length <= 0 || json_parse(path, text, (size_t)length, &root, NULL) != ERROR_NONE) root = NULL;
    free(text);
    fclose(file);
    return root;
}

/* What a program says of the first diagnostic marked so (": error: "); without one, its last line unless
 * `marked_only`, since that gives the reason. "" when there is nothing to say. */
static void find_message(const char *path, const char *mark, bool marked_only, char *message, int size)
{
    char line[FILE_PATH_SIZE + TEXT_SIZE];
    FILE *file = fopen(path, "r");
    message[0] = '\0';
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        const char *marked = strstr(line, mark);
        line[strcspn(line, "\n")] = '\0';
        if (marked == NULL && (marked_only || line[0] == '\0')) continue;
        snprintf(message, (size_t)size, "%s", marked != NULL ? marked + strlen(mark) : line);
        if (marked != NULL) break;
    }
    if (file != NULL) fclose(file);
}

static double number(const struct json *root, const char *key)
{
    double value;
    return json_number(json_get(root, key), &value) ? value : NAN;
}

void verify_solve(const struct place *place, const struct task *task, const struct process_end *end,
                  struct record *record)
{
    char line[TEXT_SIZE - 16];
    bool feasible = false;
    struct json *root = load_json(place->solve);
    const double vehicles = number(root, "vehicles"), iterations = number(root, "iterations");
    record->seconds = end->seconds;
    record->cpu_seconds = end->cpu_seconds;
    record->peak_mb = end->peak_mb;
    record->cost = number(root, "cost");
    record->vehicles = isfinite(vehicles) ? (int32_t)vehicles : -1;
    record->iterations = isfinite(iterations) ? (int64_t)iterations : 0;
    find_message(place->errors, ": error: ", false, line, sizeof line);
    if (end->status != 0)
        set_fault(record, "exit %d: %s", end->status, line);
    else if (root == NULL || isnan(record->cost))
        set_fault(record, "the solver printed no result");
    else if (!json_flag(json_get(root, "feasible"), &feasible) || !feasible)
        set_fault(record, "the solver calls its plan infeasible");
    else if (number(root, "seed") != (double)task->seed || number(root, "threads") != task->threads)
        set_fault(record, "the solver ran with another seed or number of threads");
    json_free(root);
}

void verify_check(const struct place *place, const struct task *task, const struct process_end *end,
                  struct record *record)
{
    char line[TEXT_SIZE - 32], warning[TEXT_SIZE - 32];
    bool feasible = false;
    struct json *root = load_json(place->check);
    const double checked = number(json_get(root, "cost"), "total");
    const double gap = 100 * (record->cost / task->known.value - 1);
    find_message(place->errors, ": error: ", false, line, sizeof line);
    find_message(place->errors, ": warning: ", true, warning, sizeof warning);
    if (end->status != 0 || !json_flag(json_get(root, "feasible"), &feasible) || !feasible)
        set_fault(record, "the checker, exit %d: %s", end->status, line);
    else if (!(fabs(checked - record->cost) <= SAME_COST))
        set_fault(record, "the solver says %.10g, the checker %.10g", record->cost, checked);
    else if (warning[0] != '\0')
        set_fault(record, "read with a warning: %s", warning);
    else if (!isfinite(gap))
        set_fault(record, "no best known value");
    else if (gap < task->family->lowest_gap_percent)
        set_fault(record, "%.2f %% below the best known value: is the instance read whole?", -gap);
    else
        record->verified = true;
    if (record->verified) record->gap_percent = gap;
    json_free(root);
}
