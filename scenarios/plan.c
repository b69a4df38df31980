/* benne plan: tonight's job, from a city folder to a run folder. */
#include "io/language.h"
#include "io/plan_json.h"
#include "io/run.h"
#include "scenarios/bounding.h"
#include "scenarios/commands.h"
#include "scenarios/console.h"
#include "scenarios/interrupt.h"
#include "scenarios/judgement.h"
#include "scenarios/night_work.h"
#include "scenarios/plan_file.h"
#include "scenarios/summary.h"
#include "solver/base/message.h"
#include "solver/base/version.h"
#include "solver/routing/routing.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { NUMBER_TEXT_SIZE = 32, UNSERVED_SHOWN = 50 };

/* The options in force as texts that outlive the run's facts. */
struct option_texts {
    char seed[NUMBER_TEXT_SIZE], threads[NUMBER_TEXT_SIZE], iterations[NUMBER_TEXT_SIZE];
    char time_limit[NUMBER_TEXT_SIZE], date[DAY_TEXT_SIZE];
};

static void state_options(const struct command_call *call, day_number day, struct option_texts *texts,
                          struct run_facts *facts)
{
    const struct command_options *options = &call->options;
    day_text(day, texts->date);
    snprintf(texts->seed, sizeof texts->seed, "%llu", (unsigned long long)options->seed);
    snprintf(texts->threads, sizeof texts->threads, "%d", (int)options->threads);
    snprintf(texts->iterations, sizeof texts->iterations, "%lld", (long long)options->iterations);
    snprintf(texts->time_limit, sizeof texts->time_limit, "%g", options->time_limit_s);
    run_option(facts, "city", call->operands[0]);
    run_option(facts, "date", texts->date);
    run_option(facts, "seed", texts->seed);
    run_option(facts, "threads", texts->threads);
    if (command_value(call, "reference") != NULL)
        run_option(facts, "reference", command_value(call, "reference"));
    if (options->iterations > 0) run_option(facts, "iterations", texts->iterations);
    if (options->time_limit_s > 0) run_option(facts, "time-limit", texts->time_limit);
    if (command_value(call, "start") != NULL) run_option(facts, "start", command_value(call, "start"));
}

/* Where the run goes: -o, or runs/CITY/DATE here, CITY being the name of the city's folder. */
static error_code output_path(const struct command_call *call, const char *date, char path[PATH_MAX],
                              struct error *error)
{
    int length;
    if (call->options.output != NULL) {
        length = snprintf(path, PATH_MAX, "%s", call->options.output);
    } else {
        char *real = realpath(call->operands[0], NULL);
        if (real == NULL) {
            return error_at(error, ERROR_FILE, call->operands[0], 0, 0, _("the folder cannot be found"));
        }
        length = snprintf(path, PATH_MAX, "runs/%s/%s", strrchr(real, '/') + 1, date);
        free(real);
    }
    if (length >= 0 && length < PATH_MAX) return ERROR_NONE;
    return error_set(error, ERROR_USAGE, _("the path of the output folder is too long"));
}

/* --date, "today" and "tomorrow" being those of the city's clocks; without it the start of city.json. */
static error_code service_day(const struct command_call *call, const struct city *city, day_number *day,
                              struct error *error)
{
    const char *asked = command_value(call, "date");
    bool today = asked != NULL && strcmp(asked, "today") == 0;
    bool tomorrow = asked != NULL && strcmp(asked, "tomorrow") == 0;
    *day = city->start;
    if (!today && !tomorrow) return command_day(call, "date", day, error);
    int32_t second;
    zone_local(city->zone, (instant_s)time(NULL), day, &second);
    *day += tomorrow;
    return ERROR_NONE;
}

static void show_progress(const struct routing_progress *progress, void *context)
{
    const struct city *city = context;
    console_progress(_("searching: %.0f s, %lld iterations, cost %.2f %s, %d mandatory stops unserved"),
                     progress->seconds, (long long)progress->iterations,
                     (double)progress->cost / (double)MONEY_UNIT, city->currency, (int)progress->unserved);
}

/* Of the time given, the part that goes to the comparison at equal service, which has fewer bins to route. */
static const double MATCH_PART = 0.15;

static bool bound_asked(const struct command_call *call)
{
    return command_value(call, "bound") != NULL;
}

static struct routing_options routing_options_of(const struct command_call *call,
                                                 const struct night_work *work,
                                                 const volatile sig_atomic_t *interrupted, double part)
{
    struct routing_options options = routing_options_default();
    options.seed = call->options.seed;
    options.threads = call->options.threads;
    options.iterations = call->options.iterations;
    const double limit_s = call->options.time_limit_s;
    options.time_limit_s = part * (bound_asked(call) ? bounding_search_s(limit_s) : limit_s);
    options.cancel = interrupted;
    options.progress = show_progress;
    options.progress_context = (void *)&work->city;
    return options;
}

/* The plan of --start as far as it is part of the night; without routes when there is none. */
static error_code read_start(const struct command_call *call, struct night_work *work, struct plan *start,
                             struct error *error)
{
    error_code rc = ERROR_NONE;
    struct diagnostics diagnostics;
    struct read_plan read;
    char path[PATH_MAX];
    const char *operand = command_value(call, "start");
    if (operand == NULL) return ERROR_NONE;
    diagnostics_init(&diagnostics, DIAGNOSTIC_LIMIT_DEFAULT);
    TRY(plan_file_path(operand, path, error));
    TRY(plan_json_read_start(path, &work->city, &work->arena, &read, &diagnostics, error));
    TRY(plan_json_start(&read, &work->city, &work->problem, start, &diagnostics, error));
done:
    judgement_explain(call, &diagnostics, error);
    diagnostics_free(&diagnostics);
    return rc;
}

static error_code search(const struct command_call *call, struct night_work *work,
                         const volatile sig_atomic_t *interrupted, const struct plan *start,
                         struct routing_result *result, struct error *error)
{
    run_phase(work->facts, "search");
    double part = work->city.fixed_visit_count > 0 ? 1 - MATCH_PART : 1;
    struct routing_options options = routing_options_of(call, work, interrupted, part);
    if (start->route_count > 0) options.start = start;
    error_code rc = routing_solve(&work->problem.instance, &options, result, error);
    console_progress_end();
    work->facts->search = (struct run_search){.seed = options.seed,
                                              .threads = options.threads,
                                              .iterations = result->iterations,
                                              .seconds = result->seconds,
                                              .interrupted = *interrupted != 0};
    if (*interrupted) console_note("%s", _("interrupted: the best plan so far is kept"));
    return rc;
}

/* The practice, and unless the night was interrupted what equal service takes. */
static error_code compare(const struct command_call *call, struct night_work *work,
                          const volatile sig_atomic_t *interrupted, struct error *error)
{
    struct routing_options options = routing_options_of(call, work, interrupted, MATCH_PART);
    error_code rc = night_compare(work, *interrupted ? NULL : &options, error);
    console_progress_end();
    return rc;
}

static error_code bound(const struct command_call *call, struct night_work *work,
                        const volatile sig_atomic_t *interrupted, struct error *error)
{
    const struct bounding bounding = {
        .time_limit_s = call->options.time_limit_s, .unit = MONEY_UNIT, .cancel = interrupted};
    if (!bound_asked(call)) return ERROR_NONE;
    run_phase(work->facts, "bound");
    return bounding_run(&bounding, &work->problem.instance, work->night.plan, &work->report, &work->bound,
                        error);
}

/* A plan that breaks a rule is not published: mandatory stops left unserved are the one thing that may be
 * wrong with it. */
static error_code refuse_infeasible(const struct night_work *work, const struct plan *plan,
                                    struct error *error)
{
    const struct check_report *report = &work->report;
    for (int32_t number = 0; number < report->violation_count; number++) {
        const struct violation *violation = &report->violations[number];
        if (violation->kind == VIOLATION_UNSERVED) continue;
        const char *vehicle = "";
        if (violation->route >= 0) {
            vehicle =
                work->city.vehicles[work->problem.vehicle_of[plan->routes[violation->route].vehicle]].id;
        }
        return error_set(error, ERROR_INFEASIBLE, _("no feasible plan was found in the time given: %s (%s)"),
                         violation_sentence(violation->kind), vehicle);
    }
    return ERROR_NONE;
}

/* The bins of mandatory stops that no route serves, on the standard error. */
static error_code name_unserved(const struct night_work *work, struct error *error)
{
    const struct day_problem *problem = &work->problem;
    int32_t bins = 0;
    for (int32_t stop = 0; stop < problem->instance.stop_count; stop++) {
        if (!problem->instance.stops[stop].mandatory || work->report.stop_route[stop] >= 0) continue;
        for (int32_t at = problem->stop_bin_first[stop]; at < problem->stop_bin_first[stop + 1]; at++) {
            const struct bin_choice *choice = &work->choice.bins[problem->stop_bins[at]];
            if (!choice_mandatory(choice->reason) || bins++ >= UNSERVED_SHOWN) continue;
            fprintf(stderr, _("unserved: %s (%s)\n"), work->city.bins[problem->stop_bins[at]].id,
                    choice_reason_sentence(choice->reason));
        }
    }
    if (bins == 0) return ERROR_NONE;
    if (bins > UNSERVED_SHOWN) {
        fprintf(stderr, _("unserved: %d more, all in unserved.csv\n"), (int)(bins - UNSERVED_SHOWN));
    }
    return error_set(error, ERROR_UNSERVED,
                     ngettext("%d mandatory bin is left unserved", "%d mandatory bins are left unserved",
                              (unsigned long)bins),
                     (int)bins);
}

/* Writes the run and puts it in its place; *folder is NULL once it is, or could not be, there. */
static error_code publish(struct night_work *work, struct run_folder **folder, struct error *error)
{
    run_phase(work->facts, "write");
    error_code rc = run_write(*folder, &work->night, &work->values, work->facts, error);
    if (rc != ERROR_NONE) return rc;
    rc = run_folder_commit(*folder, error);
    *folder = NULL;
    return rc;
}

static error_code plan_night(const struct command_call *call, struct error *error)
{
    error_code rc = ERROR_NONE;
    const volatile sig_atomic_t *interrupted = interrupt_watch();
    struct run_facts facts;
    struct option_texts texts;
    struct night_work work;
    struct run_folder *folder = NULL;
    struct routing_result result = {0};
    struct plan start;
    char output[PATH_MAX];
    plan_init(&result.plan);
    plan_init(&start);
    run_begin(&facts, "plan", BENNE_VERSION, language_current());
    night_work_init(&work, &facts);

    TRY(night_read(&work, call->operands[0], &call->options, error));
    day_number day;
    TRY(service_day(call, &work.city, &day, error));
    state_options(call, day, &texts, &facts);
    facts.files = &work.files;
    facts.diagnostics = &work.diagnostics;
    if (!city_day_served(&work.city, day)) {
        console_note(_("%s: no vehicle works on that day, nothing is planned"), texts.date);
        goto done;
    }
    TRY(output_path(call, texts.date, output, error));
    TRY(run_folder_open(output, &folder, error));
    TRY(night_believe(&work, day, error));
    if (command_value(call, "reference") != NULL)
        TRY(night_refer(&work, command_value(call, "reference"), error));
    TRY(night_pose(&work, NULL, 0, error));
    TRY(read_start(call, &work, &start, error));
    TRY(search(call, &work, interrupted, &start, &result, error));
    TRY(compare(call, &work, interrupted, error));
    TRY(night_judge(&work, &result.plan, error));
    assert(result.cost == cost_total(&work.report.cost)); /* two programs, one bill */
    TRY(refuse_infeasible(&work, &result.plan, error));
    TRY(bound(call, &work, interrupted, error));
    TRY(publish(&work, &folder, error));
    if (call->options.json) {
        TRY(summary_json(&work.night, &work.values, output, error));
    } else {
        summary_print(&work.night, &work.values, output, stdout);
    }
    TRY(name_unserved(&work, error));
done:
    console_progress_end();
    run_folder_abandon(folder);
    plan_free(&result.plan);
    plan_free(&start);
    night_work_free(&work);
    return rc;
}

static const struct command_option OPTIONS[] = {
    {"date", N_("DAY"),
     N_("the service day: YYYY-MM-DD, today or tomorrow (default: the start of city.json)")},
    {"start", N_("PLAN"), N_("begin the search with a plan.json, or that of a run folder, of any day")},
    {"reference", N_("PLAN"),
     N_("the plan or run that changes are counted against (default: the fixed rounds)")},
    {"bound", NULL, N_("also prove a lower bound of the cost, in two thirds of the time")},
    {NULL, NULL, NULL},
};

static const char *const EXAMPLES[] = {
    "benne plan scenarios/exemple --time-limit 10",
    "benne plan nantes --date tomorrow -o /srv/benne/nantes/tonight",
    "benne plan nantes --start runs/nantes/2026-11-23 --date 2026-11-24",
    "benne plan nantes --iterations 20000 --seed 7 --json > indicators.json",
    NULL,
};

const struct command PLAN_COMMAND = {
    .name = "plan",
    .summary = N_("tonight's job: forecast, choose, route, staff, indicators, report"),
    .operands = N_("CITY"),
    .operand_min = 1,
    .operand_max = 1,
    .takes = TAKES_OUTPUT | TAKES_SEED | TAKES_THREADS | TAKES_LIMITS | TAKES_JSON,
    .own = OPTIONS,
    .output_help = N_("the run folder (default: runs/CITY/DATE under the current folder)"),
    .help = N_("Reads the folder CITY, forecasts the fill of every bin from the data before midnight of the\n"
               "service day, chooses the bins to empty, routes the trucks, checks the plan independently,\n"
               "drives the current practice the same way, and says who is there to do the work.\n"
               "The run folder is written aside and renamed: it holds the run before or this one, whole.\n"
               "Errors in the data are all printed, and nothing is written. On SIGTERM or SIGINT the best\n"
               "plan so far is written. On a day without service nothing is planned.\n"
               "With --start, the search begins with the routes of another plan, as far as their bins are\n"
               "among the day's and their vehicles work: with tonight's own plan it goes on from there.\n"
               "With --bound, two thirds of the time limit go to a lower bound on what any plan costs that\n"
               "serves the mandatory stops, prizes of the stops left included; the summary and the report\n"
               "then say how far from the best the plan can be: (cost - bound) / bound."),
    .examples = EXAMPLES,
    .run = plan_night,
};
