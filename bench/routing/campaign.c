#include "bench/routing/campaign.h"

#include "bench/routing/origin.h"
#include "bench/routing/verify.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WORD_SIZE = 32, JOBS_MAX = 64, POLL_MS = 5 };

/* A run that has not ended by then hangs: twice its budget, and two minutes to read and to write. */
static double patience_s(const struct task *task)
{
    return 2 * task->budget_s + 120;
}

/* One of the runs side by side: solving, then checking. */
struct slot {
    struct process process;
    const struct task *task; /* NULL: free */
    bool is_checking;
    struct place place;
    struct record record;
};

struct work {
    const struct campaign *campaign;
    const struct tasks *tasks;
    const struct record_view *recorded;
    const struct origin *origin;
    struct campaign_outcome *outcome;
    FILE *records;
    int64_t next; /* task */
    struct slot slots[JOBS_MAX];
};

/* ---- Interrupts ---- */

static volatile sig_atomic_t interrupted;

static void note_interrupt(int signal)
{
    (void)signal;
    interrupted = 1;
}

static const int WATCHED[] = {SIGINT, SIGTERM, SIGHUP};
enum { WATCHED_COUNT = 3 };

static void watch_interrupts(struct sigaction before[WATCHED_COUNT])
{
    const struct sigaction action = {.sa_handler = note_interrupt};
    interrupted = 0;
    for (int32_t i = 0; i < WATCHED_COUNT; i++) sigaction(WATCHED[i], &action, &before[i]);
}

static void unwatch_interrupts(const struct sigaction before[WATCHED_COUNT])
{
    for (int32_t i = 0; i < WATCHED_COUNT; i++) sigaction(WATCHED[i], &before[i], NULL);
}

/* ---- One run ---- */

static struct record new_record(const struct task *task, const struct origin *origin)
{
    struct record record = {.seed = task->seed,
                            .budget_s = task->budget_s,
                            .threads = task->threads,
                            .known = task->known,
                            .cost = NAN,
                            .gap_percent = NAN,
                            .vehicles = -1};
    snprintf(record.family, sizeof record.family, "%s", task->family->name);
    snprintf(record.instance, sizeof record.instance, "%s", task->instance);
    snprintf(record.version, sizeof record.version, "%s", origin->version);
    snprintf(record.build, sizeof record.build, "%s", origin->build);
    snprintf(record.machine, sizeof record.machine, "%s", origin->machine);
    return record;
}

static error_code start_solve(struct work *work, struct slot *slot, const struct task *task,
                              struct error *error)
{
    char budget[WORD_SIZE], seed[WORD_SIZE], threads[WORD_SIZE];
    snprintf(budget, sizeof budget, "%.6g", task->budget_s);
    snprintf(seed, sizeof seed, "%" PRIu64, task->seed);
    snprintf(threads, sizeof threads, "%" PRId32, task->threads);
    const char *const words[] = {work->campaign->program,
                                 "solve",
                                 task->path,
                                 "--time-limit",
                                 budget,
                                 "--seed",
                                 seed,
                                 "--threads",
                                 threads,
                                 "--quiet",
                                 "-o",
                                 slot->place.routes,
                                 NULL};
    unlink(slot->place.routes); /* a run that writes none is not to be judged by another's */
    slot->task = task;
    slot->is_checking = false;
    slot->record = new_record(task, work->origin);
    return process_start(words, slot->place.solve, slot->place.errors, &slot->process, error);
}

static error_code start_check(struct work *work, struct slot *slot, struct error *error)
{
    const char *const words[] = {work->campaign->program, "check",  slot->task->path,
                                 slot->place.routes,      "--json", NULL};
    slot->is_checking = true;
    return process_start(words, slot->place.check, slot->place.errors, &slot->process, error);
}

static void show_record(const struct work *work, const struct record *record)
{
    FILE *out = work->campaign->progress;
    if (out == NULL) return;
    fprintf(out, "[%" PRId64 "/%" PRId64 "] %s %s %g s seed %" PRIu64 ": ",
            work->outcome->done + work->outcome->left_out, work->tasks->count, record->family,
            record->instance, record->budget_s, record->seed);
    if (record->verified)
        fprintf(out, "%.10g, %+.3f %%, %d vehicles\n", record->cost, record->gap_percent,
                (int)record->vehicles);
    else
        fprintf(out, "not verified: %s\n", record->fault);
    fflush(out);
}

static error_code finish(struct work *work, struct slot *slot, struct error *error)
{
    work->outcome->done++;
    work->outcome->failed += !slot->record.verified;
    slot->task = NULL;
    const error_code rc = record_write(work->records, &slot->record, error);
    show_record(work, &slot->record);
    return rc;
}

/* Looks at one slot: starts what comes next in it. */
static error_code attend(struct work *work, struct slot *slot, struct error *error)
{
    struct process_end end;
    if (!process_poll(&slot->process, &end)) {
        if (process_seconds(&slot->process) < patience_s(slot->task)) return ERROR_NONE;
        process_stop(&slot->process);
        snprintf(slot->record.fault, sizeof slot->record.fault, "it did not end and was stopped");
        return finish(work, slot, error);
    }
    if (slot->is_checking) {
        verify_check(&slot->place, slot->task, &end, &slot->record);
        return finish(work, slot, error);
    }
    verify_solve(&slot->place, slot->task, &end, &slot->record);
    return slot->record.fault[0] == '\0' ? start_check(work, slot, error) : finish(work, slot, error);
}

/* ---- All of them ---- */

static bool is_recorded(const struct work *work, const struct task *task)
{
    const struct record wanted = new_record(task, work->origin);
    for (int64_t i = 0; i < work->recorded->count; i++)
        if (work->recorded->items[i]->verified && record_same_run(work->recorded->items[i], &wanted))
            return true;
    return false;
}

static const struct task *next_task(struct work *work)
{
    while (work->next < work->tasks->count) {
        const struct task *task = &work->tasks->items[work->next++];
        if (!work->campaign->resume || !is_recorded(work, task)) return task;
        work->outcome->left_out++;
    }
    return NULL;
}

static error_code run_all(struct work *work, struct error *error)
{
    error_code rc = ERROR_NONE;
    bool busy = true;
    while (busy && !interrupted) {
        busy = false;
        for (int32_t s = 0; s < work->campaign->jobs; s++) {
            struct slot *slot = &work->slots[s];
            const struct task *task;
            if (slot->task == NULL && (task = next_task(work)) != NULL)
                TRY(start_solve(work, slot, task, error));
            if (slot->task != NULL) TRY(attend(work, slot, error));
            busy = busy || slot->task != NULL || work->next < work->tasks->count;
        }
        nanosleep(&(struct timespec){.tv_nsec = POLL_MS * 1000000L}, NULL);
    }
done:
    for (int32_t s = 0; s < work->campaign->jobs; s++)
        if (work->slots[s].process.pid != 0) process_stop(&work->slots[s].process);
    work->outcome->interrupted = interrupted;
    return rc;
}

static void name_places(struct work *work, const char *folder)
{
    for (int32_t s = 0; s < JOBS_MAX; s++) {
        struct place *place = &work->slots[s].place;
        snprintf(place->solve, sizeof place->solve, "%s/%d.solve", folder, (int)s);
        snprintf(place->errors, sizeof place->errors, "%s/%d.errors", folder, (int)s);
        snprintf(place->routes, sizeof place->routes, "%s/%d.sol", folder, (int)s);
        snprintf(place->check, sizeof place->check, "%s/%d.check", folder, (int)s);
    }
}

static void remove_places(const struct work *work, const char *folder)
{
    for (int32_t s = 0; s < JOBS_MAX; s++) {
        const struct place *place = &work->slots[s].place;
        unlink(place->solve);
        unlink(place->errors);
        unlink(place->routes);
        unlink(place->check);
    }
    rmdir(folder);
}

static error_code run_recorded(const struct campaign *campaign, const struct tasks *tasks,
                               const struct origin *origin, const struct record_view *recorded,
                               struct campaign_outcome *outcome, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct sigaction before[WATCHED_COUNT];
    const char *parent = getenv("TMPDIR");
    char folder[FILE_PATH_SIZE - WORD_SIZE];
    struct work *work = calloc(1, sizeof *work);
    if (work == NULL) return error_memory(error);
    *work = (struct work){
        .campaign = campaign, .tasks = tasks, .origin = origin, .recorded = recorded, .outcome = outcome};
    snprintf(folder, sizeof folder, "%s/benne-bench-XXXXXX", parent != NULL ? parent : "/tmp");
    watch_interrupts(before);
    if (mkdtemp(folder) == NULL) {
        rc = error_at(error, ERROR_FILE, folder, 0, 0, "%s", strerror(errno));
        goto done;
    }
    name_places(work, folder);
    rc = records_open(campaign->records, &work->records, error);
    if (rc == ERROR_NONE) rc = run_all(work, error);
    remove_places(work, folder);
done:
    unwatch_interrupts(before);
    if (work->records != NULL && fclose(work->records) != 0 && rc == ERROR_NONE)
        rc = error_at(error, ERROR_FILE, campaign->records, 0, 0, "%s", strerror(errno));
    free(work);
    return rc;
}

error_code campaign_run(struct campaign *campaign, const struct tasks *tasks,
                        struct campaign_outcome *outcome, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct origin origin;
    struct records records = {0};
    struct record_view recorded = {0};
    bool found;
    *outcome = (struct campaign_outcome){0};
    if (campaign->jobs < 1 || campaign->jobs > JOBS_MAX)
        return error_set(error, ERROR_USAGE, "from 1 to %d runs can go side by side", JOBS_MAX);
    TRY(origin_find(campaign->program, &origin, error));
    TRY(records_read(campaign->records, &records, &found, error));
    TRY(record_view_make(&records, origin.build, 0, &recorded, error));
    memcpy(campaign->build, origin.build, sizeof campaign->build);
    TRY(run_recorded(campaign, tasks, &origin, &recorded, outcome, error));
done:
    record_view_free(&recorded);
    records_free(&records);
    return rc;
}
