/* A run, whole: what happened around the plan, and the writing of every file of the run folder.
 *
 * The command fills a `run_facts` as it goes: run_begin first, run_phase at the head of each phase (which
 * ends the one before), the rest where it becomes known. run_write then writes plan.json, routes.csv,
 * stops.csv, unserved.csv, routes.geojson, a track of each
 * route in gpx, indicators.csv and .json, staffing.csv, report.html,
 * log.jsonl and, last, manifest.json into an open run folder; the caller commits it.
 *
 *     struct run_facts facts;
 *     run_begin(&facts, "plan", BENNE_VERSION, language);
 *     run_option(&facts, "time-limit", "60");
 *     run_phase(&facts, "read");       TRY(city_read(...));
 *     run_phase(&facts, "forecast");   TRY(forecast_fill(...));
 *     ...
 *     run_phase(&facts, "write");      TRY(run_write(folder, &night, &values, &facts, error));
 *     TRY(run_folder_commit(folder, error));
 *
 * Times and durations go to manifest.json and log.jsonl alone: every other file follows from the input,
 * the seed and the plan, byte for byte. Ownership: facts own nothing; names and texts given must outlive
 * them. O(steps + bins × days + faults + diagnostics).
 */
#ifndef BENNE_IO_RUN_H
#define BENNE_IO_RUN_H

#include "io/city.h"
#include "io/run_folder.h"
#include "solver/indicators/indicators.h"
#include "solver/indicators/night.h"

enum { RUN_PHASE_MAX = 32, RUN_OPTION_MAX = 32 };

/* A part of the work: wall-clock time, and processor time of all threads. */
struct run_phase {
    const char *name; /* "read", "forecast" … */
    double seconds, cpu_s;
};

/* An option of the command line in force, given or by default, as text. */
struct run_option {
    const char *name, *value;
};

/* What the search did. */
struct run_search {
    uint64_t seed;
    int32_t threads;
    int64_t iterations;
    double seconds;
    bool interrupted; /* a signal ended it: the best plan so far */
};

struct run_facts {
    const char *command, *version, *language; /* "plan", "0.1.0", "fr" */
    instant_s started;
    struct run_search search;
    const struct city_files *files;        /* NULL: not stated */
    const struct diagnostics *diagnostics; /* NULL: none */
    struct run_option options[RUN_OPTION_MAX];
    struct run_phase phases[RUN_PHASE_MAX];
    int32_t option_count, phase_count;
    bool phase_open;               /* the last phase is under way */
    double begin_s, phase_begin_s; /* monotonic clock */
    double phase_begin_cpu_s;
};

/* Zeroes the facts and starts their clock. */
void run_begin(struct run_facts *facts, const char *command, const char *version, const char *language);

/* States an option; beyond RUN_OPTION_MAX they are dropped. */
void run_option(struct run_facts *facts, const char *name, const char *value);

/* Ends the phase under way and begins another; NULL only ends. */
void run_phase(struct run_facts *facts, const char *name);

/* Since run_begin: wall clock; since the process began: processor. */
double run_seconds(const struct run_facts *facts);
double run_cpu_seconds(void);

/* Writes every file of the run. Ends the phase under way before the manifest is written. */
error_code run_write(struct run_folder *folder, const struct night *night,
                     const struct indicator_values *values, struct run_facts *facts,
                     struct error *error) ERROR_CHECKED;

#endif
