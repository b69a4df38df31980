#include "bench/routing/smoke.h"

#include "bench/routing/session.h"
#include "bench/routing/summary.h"
#include "bench/routing/table.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FOLDER_SIZE = 256, RUNS = 8, MISREAD_RUNS = 2 };

/* Two stops at each of four places and loads of half a truck: a route must go to each place and back, 10 + 20
 * + 26 + 34 by Pythagorean triples, which is also the bound of loads times distances over the capacity. */
static const char PAIRS[] =
    "NAME : pairs\nTYPE : CVRP\nDIMENSION : 9\nEDGE_WEIGHT_TYPE : EUC_2D\nCAPACITY : 2\n"
    "NODE_COORD_SECTION\n1 0 0\n2 3 4\n3 3 4\n4 -6 8\n5 -6 8\n6 -5 -12\n7 -5 -12\n8 15 -8\n"
    "9 15 -8\nDEMAND_SECTION\n1 0\n2 1\n3 1\n4 1\n5 1\n6 1\n7 1\n8 1\n9 1\n"
    "DEPOT_SECTION\n1\n-1\nEOF\n";
/* A quarter of a mile to each of two stops, on to the site one mile from the depot, and back. */
static const char LINE[] =
    "20.0\n40\n500\n3600\n40\nStop_ID\tX(feet)\tY(feet)\tEarly\tLate\tService\tLoad\tType\n"
    "0\t0\t0\t0400\t1500\t0\t0\t0\n1\t1320\t0\t0400\t1500\t60\t5\t1\n"
    "2\t2640\t0\t0400\t1500\t60\t5\t1\n3\t5280\t0\t0400\t1500\t20\t0\t2\n";

/* `misread` is the same instance with a value twice the optimum, as if half of it had not been read. */
static const struct made_file {
    const char *name, *text;
} FILES[] = {
    {"data/cvrp/pairs.vrp", PAIRS},
    {"data/cvrp/single.vrp", PAIRS},
    {"data/cvrp/misread.vrp", PAIRS},
    {"data/cvrp/best_known.csv",
     "instance,value,bound_or_optimal,source\npairs,90,optimal,by hand\npairs,95,ub,older\n"
     "single,90,optimal,by hand\nmisread,180,ub,none\nabsent,1,ub,\"no, file\"\n"},
    {"data/wcvrptw/line.txt", LINE},
    {"data/wcvrptw/best_known.csv",
     "instance,value,bound_or_optimal,source,vehicles\nline,2.5,ub,Kim,1\nline,2.2,ub,Benjamin,1\n"
     "line,2.0,ub,Buhrkal (first),\nline,2.1,ub,Buhrkal (second),\n"},
};
static const char *const FOLDERS[] = {"data", "data/cvrp", "data/wcvrptw"};
enum { FILE_COUNT = sizeof FILES / sizeof *FILES, FOLDER_COUNT = sizeof FOLDERS / sizeof *FOLDERS };

static error_code make_files(const char *folder, struct error *error)
{
    char path[FILE_PATH_SIZE];
    for (int32_t f = 0; f < FOLDER_COUNT; f++) {
        snprintf(path, sizeof path, "%s/%s", folder, FOLDERS[f]);
        if (mkdir(path, 0777) != 0) return error_at(error, ERROR_FILE, path, 0, 0, "%s", strerror(errno));
    }
    for (int32_t f = 0; f < FILE_COUNT; f++) {
        snprintf(path, sizeof path, "%s/%s", folder, FILES[f].name);
        FILE *file = fopen(path, "w");
        const bool written = file != NULL && fputs(FILES[f].text, file) >= 0;
        if (file == NULL || fclose(file) != 0 || !written)
            return error_at(error, ERROR_FILE, path, 0, 0, "%s", strerror(errno));
    }
    return ERROR_NONE;
}

static void remove_files(const char *folder)
{
    char path[FILE_PATH_SIZE];
    for (int32_t f = 0; f < FILE_COUNT; f++) {
        snprintf(path, sizeof path, "%s/%s", folder, FILES[f].name);
        unlink(path);
    }
    for (int32_t f = FOLDER_COUNT - 1; f >= 0; f--) {
        snprintf(path, sizeof path, "%s/%s", folder, FOLDERS[f]);
        rmdir(path);
    }
    snprintf(path, sizeof path, "%s/records.jsonl", folder);
    unlink(path);
    rmdir(folder);
}

/* All that can be verified is at its optimum; the misread instance is not verified. */
static error_code judge_records(const struct record_view *view, struct error *error)
{
    if (view->count != RUNS) return error_set(error, ERROR_INTERNAL, "%d records", (int)view->count);
    for (int64_t i = 0; i < view->count; i++) {
        const struct record *record = view->items[i];
        const bool misread = strcmp(record->instance, "misread") == 0;
        if (misread != (strstr(record->fault, "below the best known value") != NULL) ||
            misread == record->verified || (!misread && !(record->gap_percent == 0)) ||
            !(record->cpu_seconds >= 0) || !(record->peak_mb > 0))
            return error_set(error, ERROR_INTERNAL, "%s: cost %g, gap %g %%, fault '%s'", record->instance,
                             record->cost, record->gap_percent, record->fault);
    }
    return ERROR_NONE;
}

static error_code judge_table(const char *text, struct error *error)
{
    static const char *const WANTED[] = {"0.000", "1 vehicles, 2.0; limits 1, 2.2: met (2 of 2)",
                                         "not verified, and in no gap"};
    for (size_t w = 0; w < sizeof WANTED / sizeof *WANTED; w++)
        if (strstr(text, WANTED[w]) == NULL)
            return error_set(error, ERROR_INTERNAL, "the table has no '%s':\n%s", WANTED[w], text);
    return ERROR_NONE;
}

/* Runs the session, and keeps what it printed in *text: free it. */
static error_code run_session(struct session *session, char **text, struct campaign_outcome *outcome,
                              struct error *error)
{
    size_t length;
    FILE *out = open_memstream(text, &length);
    if (out == NULL) return error_memory(error);
    const error_code rc = session_run(session, out, outcome, error);
    if (fclose(out) != 0 && rc == ERROR_NONE) return error_memory(error);
    return rc;
}

static error_code play(const char *program, const char *folder, struct error *error)
{
    error_code rc = ERROR_NONE;
    char path[FILE_PATH_SIZE], *first = NULL, *second = NULL;
    struct campaign_outcome outcome = {0};
    struct records records = {0};
    struct record_view view = {0};
    bool found;
    snprintf(path, sizeof path, "%s/records.jsonl", folder);
    struct session session = {
        .protocol = {.data = folder,
                     .families = "cvrp,wcvrptw",
                     .budgets_s = {0.1},
                     .seeds = {1, 2},
                     .seed_count = 2,
                     .threads = 1},
        .campaign = {.program = program, .records = path, .jobs = 2},
    };
    TRY(make_files(folder, error));
    TRY(run_session(&session, &first, &outcome, error));
    fputs(first, stdout);
    if (outcome.done != RUNS || outcome.failed != MISREAD_RUNS) {
        rc = error_set(error, ERROR_INTERNAL, "%d runs, %d not verified", (int)outcome.done,
                       (int)outcome.failed);
        goto done;
    }
    TRY(records_read(path, &records, &found, error));
    TRY(record_view_make(&records, session.campaign.build, 0, &view, error));
    TRY(judge_records(&view, error));
    TRY(judge_table(first, error));
    /* Again: what is verified is left out, and a run compared with itself has not changed. */
    session.campaign.resume = true;
    session.against = path;
    TRY(run_session(&session, &second, &outcome, error));
    if (outcome.done != MISREAD_RUNS || outcome.left_out != RUNS - MISREAD_RUNS ||
        strstr(second, "+0.000   +0.000   +0.000") == NULL)
        rc = error_set(error, ERROR_INTERNAL, "resumed: %d runs, %d left out\n%s", (int)outcome.done,
                       (int)outcome.left_out, second);
done:
    record_view_free(&view);
    records_free(&records);
    free(first);
    free(second);
    return rc;
}

error_code smoke_run(const char *program, struct error *error)
{
    char folder[FOLDER_SIZE];
    const char *parent = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/benne-smoke-XXXXXX", parent != NULL ? parent : "/tmp");
    if (mkdtemp(folder) == NULL) return error_at(error, ERROR_FILE, folder, 0, 0, "%s", strerror(errno));
    const error_code rc = play(program, folder, error);
    remove_files(folder);
    return rc;
}
