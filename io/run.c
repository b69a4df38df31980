#include "io/run.h"

#include "io/geojson.h"
#include "io/gpx.h"
#include "io/journal.h"
#include "io/manifest.h"
#include "io/plan_json.h"
#include "io/report/report.h"
#include "io/tables.h"
#include "io/timetable.h"

#include <stdlib.h>

struct run {
    struct driven driven;
    const struct night *night;
    const struct indicator_values *values;
    const struct run_facts *facts;
};

static error_code write_plan(FILE *file, const struct run *run, struct error *error)
{
    char *text = NULL;
    error_code rc = plan_json_text(run->night, &text, error);
    if (rc == ERROR_NONE) fputs(text, file);
    free(text);
    return rc;
}

static error_code write_routes(FILE *file, const struct run *run, struct error *error)
{
    return tables_routes(file, &run->driven, error);
}

static error_code write_stops(FILE *file, const struct run *run, struct error *error)
{
    return tables_stops(file, &run->driven, error);
}

static error_code write_unserved(FILE *file, const struct run *run, struct error *error)
{
    (void)error;
    tables_unserved(file, &run->driven);
    return ERROR_NONE;
}

static error_code write_geojson(FILE *file, const struct run *run, struct error *error)
{
    return geojson_write(file, &run->driven, error);
}

static error_code write_staffing(FILE *file, const struct run *run, struct error *error)
{
    (void)error;
    tables_staffing(file, run->night->staffing);
    return ERROR_NONE;
}

static error_code write_indicators(FILE *file, const struct run *run, struct error *error)
{
    (void)error;
    tables_indicators(file, run->night->city, run->values);
    return ERROR_NONE;
}

static error_code write_indicators_json(FILE *file, const struct run *run, struct error *error)
{
    return tables_indicators_json(file, run->night, run->values, error);
}

static error_code write_report(FILE *file, const struct run *run, struct error *error)
{
    return report_write(file, run->night, run->values, run->facts, error);
}

static error_code write_journal(FILE *file, const struct run *run, struct error *error)
{
    return journal_write(file, run->night, run->facts, error);
}

static error_code write_manifest(FILE *file, const struct run *run, struct error *error)
{
    return manifest_write(file, run->night, run->facts, error);
}

struct run_file {
    const char *name;
    error_code (*write)(FILE *file, const struct run *run, struct error *error);
};

static const struct run_file RUN_FILES[] = {
    {"plan.json", write_plan},
    {"routes.csv", write_routes},
    {"stops.csv", write_stops},
    {"unserved.csv", write_unserved},
    {"routes.geojson", write_geojson},
    {"staffing.csv", write_staffing},
    {"indicators.csv", write_indicators},
    {"indicators.json", write_indicators_json},
    {"report.html", write_report},
};

/* What holds durations comes when all else is done. */
static const struct run_file CLOSING_FILES[] = {
    {"log.jsonl", write_journal},
    {"manifest.json", write_manifest},
};

static error_code write_file(struct run_folder *folder, const struct run_file *file, const struct run *run,
                             struct error *error)
{
    FILE *stream = NULL;
    error_code rc = run_folder_file(folder, file->name, &stream, error);
    if (rc != ERROR_NONE) return rc;
    rc = file->write(stream, run, error);
    error_code closed = run_folder_close_file(folder, file->name, stream, rc == ERROR_NONE ? error : NULL);
    return rc == ERROR_NONE ? closed : rc;
}

/* gpx/1-GRUE1.gpx: the number keeps files apart, the vehicle tells people whose it is. */
static void gpx_name(const struct run *run, int32_t route, char *text, size_t size)
{
    const int32_t vehicle = run->driven.problem->vehicle_of[run->driven.plan->routes[route].vehicle];
    size_t end = (size_t)snprintf(text, size, "gpx/%d-", (int)route + 1);
    for (const char *c = run->night->city->vehicles[vehicle].id; *c != '\0' && end + 5 < size; c++) {
        const bool plain = (*c >= '0' && *c <= '9') || (*c >= 'A' && *c <= 'Z') || (*c >= 'a' && *c <= 'z') ||
                           *c == '-' || *c == '_';
        text[end++] = plain ? *c : '_';
    }
    snprintf(text + end, size - end, ".gpx");
}

static error_code write_tracks(struct run_folder *folder, const struct run *run, struct error *error)
{
    error_code rc = ERROR_NONE;
    for (int32_t route = 0; route < run->driven.plan->route_count && rc == ERROR_NONE; route++) {
        char name[80];
        FILE *stream;
        gpx_name(run, route, name, sizeof name);
        TRY(run_folder_file(folder, name, &stream, error));
        rc = gpx_write(stream, &run->driven, route, error);
        error_code closed = run_folder_close_file(folder, name, stream, rc == ERROR_NONE ? error : NULL);
        if (rc == ERROR_NONE) rc = closed;
    }
done:
    return rc;
}

error_code run_write(struct run_folder *folder, const struct night *night,
                     const struct indicator_values *values, struct run_facts *facts, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct run run = {.driven = driven_plan(night), .night = night, .values = values, .facts = facts};
    for (size_t i = 0; i < sizeof RUN_FILES / sizeof RUN_FILES[0]; i++) {
        TRY(write_file(folder, &RUN_FILES[i], &run, error));
    }
    TRY(write_tracks(folder, &run, error));
    run_phase(facts, NULL);
    for (size_t i = 0; i < sizeof CLOSING_FILES / sizeof CLOSING_FILES[0]; i++) {
        TRY(write_file(folder, &CLOSING_FILES[i], &run, error));
    }
done:
    return rc;
}
