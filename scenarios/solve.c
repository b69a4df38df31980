/* benne solve: a benchmark file in, one JSON object out, and the routes as text. */
#include "io/benchmark.h"
#include "scenarios/bounding.h"
#include "scenarios/commands.h"
#include "scenarios/console.h"
#include "scenarios/interrupt.h"
#include "scenarios/judgement.h"
#include "scenarios/verdict.h"
#include "solver/base/message.h"
#include "solver/base/version.h"
#include "solver/routing/routing.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SEED_TEXT_SIZE = 32 };

struct solved {
    struct benchmark benchmark;
    struct routing_result result;
    struct check_report report;
    struct plan start; /* without routes: none */
    bool bound_asked;
    struct bound_result bound;
    uint64_t seed;
    int32_t threads;
};

static void show_progress(const struct routing_progress *progress, void *context)
{
    const struct benchmark *benchmark = context;
    console_progress(_("searching: %.0f s, %lld iterations, cost %.0f, %d stops unserved"), progress->seconds,
                     (long long)progress->iterations, (double)progress->cost / (double)benchmark->cost_unit,
                     (int)progress->unserved);
}

static error_code search(const struct command_call *call, struct solved *solved, struct error *error)
{
    const volatile sig_atomic_t *interrupted = interrupt_watch();
    struct routing_options options = routing_options_default();
    options.seed = solved->seed = call->options.seed;
    options.threads = solved->threads = call->options.threads;
    options.iterations = call->options.iterations;
    options.time_limit_s =
        solved->bound_asked ? bounding_search_s(call->options.time_limit_s) : call->options.time_limit_s;
    options.start = solved->start.route_count > 0 ? &solved->start : NULL;
    options.cancel = interrupted;
    options.progress = show_progress;
    options.progress_context = &solved->benchmark;
    const error_code rc = routing_solve(&solved->benchmark.instance, &options, &solved->result, error);
    console_progress_end();
    if (*interrupted) console_note("%s", _("interrupted: the best plan so far is kept"));
    return rc;
}

/* A bound is of the cost that is minimised: families that publish another have none. */
static error_code bound(const struct command_call *call, struct solved *solved, struct error *error)
{
    const struct benchmark *benchmark = &solved->benchmark;
    const struct bounding bounding = {.time_limit_s = call->options.time_limit_s,
                                      .unit = benchmark->cost_unit,
                                      .cancel = interrupt_watch()};
    if (!solved->bound_asked) return ERROR_NONE;
    if (benchmark->family->cost != benchmark_money_cost) {
        console_note(_("no bound is computed for %s: its published cost is not what is minimised"),
                     benchmark->family->name);
        return ERROR_NONE;
    }
    return bounding_run(&bounding, &benchmark->instance, &solved->result.plan, &solved->report,
                        &solved->bound, error);
}

static double rounded(double value, int32_t decimals)
{
    const double scale = pow(10, decimals);
    return round(value * scale) / scale;
}

/* Cut, not rounded, to the published decimals: what is shown is a bound too. */
static void put_bound(struct json *root, const struct solved *solved)
{
    const double scale = pow(10, solved->benchmark.family->cost_decimals);
    const double exact = (double)solved->bound.bound / (double)solved->benchmark.cost_unit;
    if (!solved->bound.known) {
        json_put_null(root, "bound");
        json_put_null(root, "gap");
        return;
    }
    json_put_number(root, "bound", floor(exact * scale * (1 + 1e-12)) / scale);
    json_put_number(root, "gap", rounded(bounding_gap(&solved->bound, cost_total(&solved->report.cost)), 6));
}

/* The object that formats without one of their own answer with; a bound or a gap that is not known is null.
 */
static error_code print_result(const struct solved *solved, struct error *error)
{
    const struct benchmark *benchmark = &solved->benchmark;
    const struct plan *plan = &solved->result.plan;
    const struct check_report *report = &solved->report;
    const int32_t decimals = benchmark->family->cost_decimals;
    if (benchmark->family->write != NULL)
        return benchmark->family->write(stdout, benchmark, plan, report, error);
    struct json *root = json_new_object();
    json_put_string(root, "instance", benchmark->name);
    json_put_string(root, "format", benchmark->family->name);
    json_put_number(root, "cost", benchmark_cost(benchmark, plan, report));
    json_put_number(root, "distance", rounded(benchmark_distance(benchmark, plan, report), decimals));
    json_put_number(root, "duration", rounded(benchmark_duration(benchmark, plan, report), 3));
    json_put_integer(root, "vehicles", plan->route_count);
    json_put_integer(root, "served", report->served);
    json_put_integer(root, "unserved", report->unserved_mandatory + report->unserved_optional);
    json_put_flag(root, "feasible", report->violation_count == 0);
    put_bound(root, solved);
    json_put_number(root, "seconds", rounded(solved->result.seconds, 3));
    json_put_integer(root, "iterations", solved->result.iterations);
    if (solved->seed <= UINT64_C(1) << 53) {
        json_put_integer(root, "seed", (int64_t)solved->seed);
    } else { /* no JSON number holds it */
        char seed[SEED_TEXT_SIZE];
        snprintf(seed, sizeof seed, "%llu", (unsigned long long)solved->seed);
        json_put_string(root, "seed", seed);
    }
    json_put_integer(root, "threads", solved->threads);
    json_put_string(root, "version", BENNE_VERSION);
    char *text = json_print(root, false);
    json_free(root);
    if (text == NULL) return error_memory(error);
    puts(text);
    free(text);
    return ERROR_NONE;
}

static error_code write_routes(const char *path, const struct solved *solved, struct error *error)
{
    FILE *file = fopen(path, "w");
    if (file == NULL) return error_at(error, ERROR_FILE, path, 0, 0, "%s", strerror(errno));
    error_code (*const write)(FILE *, const struct benchmark *, const struct plan *,
                              const struct check_report *, struct error *) =
        solved->benchmark.family->write != NULL ? solved->benchmark.family->write : benchmark_write_solution;
    error_code rc = write(file, &solved->benchmark, &solved->result.plan, &solved->report, error);
    if (fclose(file) != 0 && rc == ERROR_NONE)
        rc = error_at(error, ERROR_FILE, path, 0, 0, "%s", strerror(errno));
    return rc;
}

/* The first thing that is wrong, on one line. */
static void first_fault(const struct diagnostics *diagnostics, const struct error *error,
                        char text[ERROR_MESSAGE_MAX])
{
    snprintf(text, ERROR_MESSAGE_MAX, "%s", error->message);
    for (int64_t k = 0; k < diagnostics->count; k++) {
        const struct diagnostic *it = &diagnostics->items[k];
        if (it->severity != SEVERITY_ERROR) continue;
        if (it->place.line > 0)
            snprintf(text, ERROR_MESSAGE_MAX, "%s:%lld:%d: %s", it->place.file, (long long)it->place.line,
                     (int)it->place.column, it->message);
        else
            snprintf(text, ERROR_MESSAGE_MAX, "%s: %s", it->place.file, it->message);
        return;
    }
}

/* Who waits for an answer in a family's own words gets one also when there is none. */
static void answer_fault(const struct benchmark_family *family, const struct diagnostics *diagnostics,
                         const struct error *error, error_code code)
{
    char text[ERROR_MESSAGE_MAX];
    struct error ignored; /* there is an error already */
    if (family == NULL || family->write_fault == NULL) return;
    first_fault(diagnostics, error, text);
    if (family->write_fault(stdout, code, text, &ignored) != ERROR_NONE) return;
}

/* The plan to begin with: --start, or what the file itself holds. */
static error_code read_start(const struct command_call *call, struct solved *solved,
                             struct diagnostics *diagnostics, struct error *error)
{
    const char *path = command_value(call, "start");
    double stated;
    if (path == NULL && solved->benchmark.holds_start) path = call->operands[0];
    if (path == NULL) return ERROR_NONE;
    return benchmark_read_solution(path, &solved->benchmark, &solved->start, &stated, diagnostics, error);
}

static error_code solve_file(const struct command_call *call, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct arena arena;
    struct diagnostics diagnostics;
    struct solved solved = {.bound_asked = command_value(call, "bound") != NULL};
    const char *format = command_value(call, "format");
    arena_init(&arena);
    diagnostics_init(&diagnostics, DIAGNOSTIC_LIMIT_DEFAULT);
    plan_init(&solved.result.plan);
    plan_init(&solved.start);

    rc = benchmark_read(call->operands[0], format != NULL ? format : "auto", &arena, &solved.benchmark,
                        &diagnostics, error);
    if (rc == ERROR_NONE) rc = read_start(call, &solved, &diagnostics, error);
    if (diagnostics.errors > 0 || !call->options.quiet)
        console_diagnostics(&diagnostics, !call->options.quiet, stderr);
    if (rc != ERROR_NONE) answer_fault(solved.benchmark.family, &diagnostics, error, rc);
    if (diagnostics.errors > 0) error->message[0] = '\0'; /* the diagnostics say it */
    if (rc != ERROR_NONE) goto done;
    TRY(search(call, &solved, error));
    if (solved.benchmark.family->complete != NULL)
        TRY(solved.benchmark.family->complete(&solved.benchmark, &solved.result.plan, error));
    TRY(check_plan(&solved.benchmark.instance, &solved.result.plan, &arena, &solved.report, error));
    TRY(bound(call, &solved, error));
    if (call->options.output != NULL) TRY(write_routes(call->options.output, &solved, error));
    TRY(print_result(&solved, error));
    TRY(verdict_code(&solved.report, error));
done:
    console_progress_end();
    plan_free(&solved.result.plan);
    plan_free(&solved.start);
    diagnostics_free(&diagnostics);
    arena_free(&arena);
    return rc;
}

static error_code solve_command(const struct command_call *call, struct error *error)
{
    const char *solution = command_value(call, "check");
    if (solution == NULL) return solve_file(call, error);
    if (call->options.output != NULL)
        return error_set(error, ERROR_USAGE, _("with --check nothing is written: -o has no meaning"));
    if (command_value(call, "start") != NULL)
        return error_set(error, ERROR_USAGE, _("with --check nothing is searched: --start has no meaning"));
    return judge_solution(call, solution, true, error);
}

static const struct command_option OPTIONS[] = {
    {"format", N_("FORMAT"),
     N_("auto, vrplib, solomon, wcvrptw or vroom (default: auto, from the file's beginning)")},
    {"bound", NULL, N_("also prove a lower bound of the cost, in two thirds of the time")},
    {"start", N_("SOLUTION"), N_("begin the search with these routes, as -o writes them")},
    {"check", N_("SOLUTION"), N_("search nothing: judge these routes, step by step (text, or --json)")},
    {NULL, NULL, NULL},
};

static const char *const EXAMPLES[] = {
    "benne solve X-n101-k25.vrp --time-limit 10",
    "benne solve C101.txt -o C101.sol",
    "benne solve A-n60.vrp --bound --time-limit 60",
    "benne solve 102_stop.txt --format wcvrptw -o 102.sol --iterations 5000 --seed 3",
    "benne solve problem.json --format vroom --time-limit 5 -o solution.json",
    "benne solve X-n101-k25.vrp --start X-n101-k25.sol --time-limit 10",
    "benne solve problem.json --check solution.json --json",
    NULL,
};

const struct command SOLVE_COMMAND = {
    .name = "solve",
    .summary = N_("a benchmark file or a VROOM problem: one JSON object with the cost, or VROOM's answer"),
    .operands = N_("FILE"),
    .operand_min = 1,
    .operand_max = 1,
    .takes = TAKES_OUTPUT | TAKES_SEED | TAKES_THREADS | TAKES_LIMITS | TAKES_JSON,
    .own = OPTIONS,
    .output_help =
        N_("also write the routes as text, in the file's own numbering; for VROOM, the same answer"),
    .help = N_(
        "Reads a benchmark file, searches, checks the plan independently, and prints one JSON object.\n"
        "The cost is in the family's published unit and rounding. vrplib (CVRPLIB and the types added to\n"
        "it): CVRP whole distances; VRPTW distances truncated to a tenth; PCVRPTW, with the prizes of the\n"
        "stops left, and MTVRPTW (trips and release times) ten times that; MDVRPTW (several depots)\n"
        "thousandths; HFVRP (mixed fleets) the vehicles' cost over lengths that are not rounded, to two\n"
        "decimals. solomon: as VRPTW. wcvrptw (Kim, Kim and Sahoo: waste collection with time windows,\n"
        "disposal sites and lunch): miles; fewer vehicles count before fewer miles. What the reader\n"
        "decided or left out of a file is said on the standard error. The exit status is 4 when stops\n"
        "are left unserved, 5 when the checker finds another rule broken.\n"
        "\n"
        "A VROOM problem is answered with VROOM's object (code, summary, unassigned, routes), also in\n"
        "the file of -o, and with {\"code\", \"error\"} when it is wrong. Jobs may be left unassigned:\n"
        "the status is then 0 all the same. Keys that are not supported are named in warnings, with\n"
        "their paths; shipments are an error.\n"
        "\n"
        "With --bound two thirds of the time limit go to a lower bound by column generation, in the unit of\n"
        "the cost; the gap is (cost - bound) / bound. Without a time limit the bound has a minute.\n"
        "\n"
        "With --start SOLUTION the search begins with these routes ('Route #1: 12 7 3', or VROOM's answer);\n"
        "the steps of a VROOM problem's vehicles are begun with in the same way. Stops with which a route\n"
        "would break a rule are put in anew. The result costs no more than routes that break none.\n"
        "\n"
        "With --check SOLUTION nothing is searched: each step's times, waiting and load are printed, and\n"
        "every rule that is broken, as by benne check."),
    .examples = EXAMPLES,
    .run = solve_command,
};
