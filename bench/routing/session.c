#include "bench/routing/session.h"

#include "bench/routing/table.h"
#include "solver/base/array.h"

#include <inttypes.h>
#include <string.h>

/* Two sets of records, and how many threads of each are set beside each other. */
struct pairing {
    const struct records *now, *then;
    const char *now_build, *then_build;
    int32_t now_threads, then_threads;
};

static error_code print_pairing(FILE *out, const char *title, const struct pairing *pairing, int64_t *pairs,
                                struct error *error)
{
    error_code rc = ERROR_NONE;
    struct record_view now = {0}, then = {0};
    TRY(record_view_make(pairing->now, pairing->now_build, pairing->now_threads, &now, error));
    TRY(record_view_make(pairing->then, pairing->then_build, pairing->then_threads, &then, error));
    TRY(table_print_comparison(out, title, &now, &then, pairs, error));
done:
    record_view_free(&now);
    record_view_free(&then);
    return rc;
}

/* The next number of threads in the records above this one; 0 when there is none. */
static int32_t next_threads(const struct records *records, const char *build, int32_t above)
{
    int32_t next = 0;
    for (int64_t i = 0; i < records->count; i++) {
        const struct record *record = &records->items[i];
        if (strcmp(record->build, build) == 0 && record->threads > above &&
            (next == 0 || record->threads < next))
            next = record->threads;
    }
    return next;
}

static error_code print_threads(FILE *out, const struct records *records, const char *build,
                                struct error *error)
{
    error_code rc = ERROR_NONE;
    char title[NAME_SIZE];
    int64_t pairs;
    struct pairing pairing = {
        .now = records, .then = records, .now_build = build, .then_build = build, .then_threads = 1};
    for (int32_t threads = 1; (threads = next_threads(records, build, threads)) != 0;) {
        snprintf(title, sizeof title, "%d threads against one", (int)threads);
        pairing.now_threads = threads;
        TRY(print_pairing(out, title, &pairing, &pairs, error));
    }
done:
    return rc;
}

/* The version and the machine of a build, from its last record. */
static const struct record *last_of(const struct records *records, const char *build)
{
    const struct record *last = NULL;
    for (int64_t i = 0; i < records->count; i++)
        if (strcmp(records->items[i].build, build) == 0) last = &records->items[i];
    return last;
}

static error_code print_against(FILE *out, const struct records *now, const char *build, const char *path,
                                struct error *error)
{
    error_code rc = ERROR_NONE;
    struct records then;
    bool found;
    int64_t pairs = 0, all = 0;
    char title[3 * TEXT_SIZE];
    TRY(records_read(path, &then, &found, error));
    struct pairing pairing = {
        .now = now, .then = &then, .now_build = build, .then_build = records_last_build(&then)};
    const struct record *last = last_of(&then, pairing.then_build);
    if (last != NULL)
        snprintf(title, sizeof title, "against %s (%s, %s)", path, last->version, last->machine);
    for (int32_t threads = 0; last != NULL && (threads = next_threads(now, build, threads)) != 0;) {
        pairing.now_threads = pairing.then_threads = threads;
        TRY(print_pairing(out, title, &pairing, &pairs, error));
        all += pairs;
    }
    if (all == 0) fprintf(out, "\nagainst %s: it has none of these runs\n", path);
done:
    if (rc == ERROR_NONE) records_free(&then);
    return rc;
}

static error_code report(const struct session *session, const char *build, FILE *out, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct records records;
    struct record_view view = {0};
    bool found;
    TRY(records_read(session->campaign.records, &records, &found, error));
    if (build == NULL) build = records_last_build(&records);
    const struct record *last = last_of(&records, build);
    if (last == NULL) {
        fprintf(out, "no records in %s\n", session->campaign.records);
        goto done;
    }
    fprintf(out, "%s, build %s, on %s; records in %s\n\n", last->version, build, last->machine,
            session->campaign.records);
    TRY(record_view_make(&records, build, 0, &view, error));
    table_print(out, &view);
    if (records.unread > 0)
        fprintf(out, "\n%" PRId64 " lines of the records cannot be read\n", records.unread);
    TRY(print_threads(out, &records, build, error));
    if (session->against != NULL) TRY(print_against(out, &records, build, session->against, error));
done:
    record_view_free(&view);
    records_free(&records);
    return rc;
}

/* How long it takes at the least, since every run uses its whole budget. */
static void announce(const struct session *session, const struct tasks *tasks)
{
    double seconds = 0;
    for (int64_t i = 0; i < tasks->count; i++) seconds += tasks->items[i].budget_s;
    seconds /= session->campaign.jobs;
    if (session->campaign.progress != NULL)
        fprintf(session->campaign.progress,
                "%" PRId64 " runs, %d at a time: %.0f min if none is recorded yet\n", tasks->count,
                (int)session->campaign.jobs, seconds / 60);
}

error_code session_run(struct session *session, FILE *out, struct campaign_outcome *outcome,
                       struct error *error)
{
    error_code rc = ERROR_NONE;
    struct tasks tasks = {0};
    *outcome = (struct campaign_outcome){0};
    if (session->table_only) return report(session, NULL, out, error);
    TRY(protocol_tasks(&session->protocol, stderr, &tasks, error));
    if (tasks.count > 0) {
        announce(session, &tasks);
        TRY(campaign_run(&session->campaign, &tasks, outcome, error));
        TRY(report(session, session->campaign.build, out, error));
    }
done:
    tasks_free(&tasks);
    return rc;
}
