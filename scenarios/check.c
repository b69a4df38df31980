/* benne check: is this plan feasible, and what does it cost? For a city's plan, also one edited by hand, and
 * for the solution of a benchmark file. */
#include "io/plan_json.h"
#include "scenarios/commands.h"
#include "scenarios/console.h"
#include "scenarios/night_work.h"
#include "scenarios/verdict.h"
#include "solver/base/message.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <sys/stat.h>

static bool is_folder(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
}

/* Prints what is wrong or noteworthy in the data; the error then has nothing to add. */
static void print_diagnostics(const struct command_call *call, const struct diagnostics *list,
                              struct error *error)
{
    if (list->errors > 0 || !call->options.quiet) console_diagnostics(list, false, stderr);
    if (list->errors > 0) error->message[0] = '\0';
}

static error_code give(const struct command_call *call, const struct verdict *verdict, struct error *error)
{
    error_code rc = ERROR_NONE;
    if (call->options.json)
        TRY(verdict_json(verdict, error));
    else
        verdict_print(verdict, stdout);
    TRY(verdict_code(verdict->report, error));
done:
    return rc;
}

/* ---- A city's plan ---- */

/* The file itself, or plan.json of a run folder. */
static error_code plan_path(const char *operand, char path[PATH_MAX], struct error *error)
{
    const int length = snprintf(path, PATH_MAX, is_folder(operand) ? "%s/plan.json" : "%s", operand);
    if (length >= 0 && length < PATH_MAX) return ERROR_NONE;
    return error_set(error, ERROR_USAGE, _("the path of the plan is too long"));
}

/* Bins of the plan that the choice left out: its editor has added them. */
static error_code find_extra(struct night_work *work, const struct read_plan *read, int32_t **extra,
                             int32_t *extra_count, struct error *error)
{
    error_code rc = ERROR_NONE;
    bool *taken;
    *extra_count = 0;
    TRY_NEW(&work->arena, *extra, read->bin_count);
    TRY_NEW(&work->arena, taken, work->city.bin_count);
    for (int32_t i = 0; i < read->bin_count; i++) {
        const int32_t bin = read->bins[i];
        if (work->choice.bins[bin].reason != REASON_NONE || taken[bin]) continue;
        taken[bin] = true;
        (*extra)[(*extra_count)++] = bin;
    }
done:
    return rc;
}

static error_code check_city(const struct command_call *call, struct error *error)
{
    error_code rc = ERROR_NONE;
    char path[PATH_MAX];
    struct night_work work;
    struct read_plan read;
    struct diagnostics diagnostics;
    struct plan plan;
    int32_t *extra, extra_count;
    night_work_init(&work, NULL);
    diagnostics_init(&diagnostics, DIAGNOSTIC_LIMIT_DEFAULT);
    plan_init(&plan);
    TRY(plan_path(call->operands[1], path, error));
    TRY(night_read(&work, call->operands[0], call->options.quiet, error));
    TRY(plan_json_read(path, &work.city, &work.arena, &read, &diagnostics, error));
    TRY(night_believe(&work, read.day, error));
    TRY(find_extra(&work, &read, &extra, &extra_count, error));
    TRY(night_pose(&work, extra, extra_count, error));
    console_progress_end();
    TRY(plan_json_bind(&read, &work.city, &work.problem, &plan, &diagnostics, error));
    TRY(check_plan(&work.problem.instance, &plan, &work.arena, &work.report, error));
    const struct verdict verdict = {.city = &work.city,
                                    .problem = &work.problem,
                                    .instance = &work.problem.instance,
                                    .plan = &plan,
                                    .report = &work.report};
    TRY(give(call, &verdict, error));
done:
    console_progress_end();
    print_diagnostics(call, &diagnostics, error);
    plan_free(&plan);
    diagnostics_free(&diagnostics);
    night_work_free(&work);
    return rc;
}

/* ---- A benchmark's solution ---- */

/* Says when the text's own cost is another: texts round, and some keep another scale. */
static void compare_cost(const struct verdict *verdict, double stated)
{
    const double cost = benchmark_cost(verdict->benchmark, verdict->plan, verdict->report);
    const int32_t decimals = verdict->benchmark->family->cost_decimals;
    if (!isnan(stated) && fabs(stated - cost) > 0.6 * pow(10, -decimals))
        console_note(_("the text states a cost of %.*f; it is %.*f"), (int)decimals, stated, (int)decimals,
                     cost);
}

static error_code check_benchmark(const struct command_call *call, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct arena arena;
    struct diagnostics diagnostics;
    struct benchmark benchmark;
    struct check_report report;
    struct plan plan;
    double stated;
    const char *format = command_value(call, "format");
    arena_init(&arena);
    diagnostics_init(&diagnostics, DIAGNOSTIC_LIMIT_DEFAULT);
    plan_init(&plan);
    TRY(benchmark_read(call->operands[0], format != NULL ? format : "auto", &arena, &benchmark, &diagnostics,
                       error));
    TRY(benchmark_read_solution(call->operands[1], &benchmark, &plan, &stated, &diagnostics, error));
    TRY(check_plan(&benchmark.instance, &plan, &arena, &report, error));
    const struct verdict verdict = {
        .benchmark = &benchmark, .instance = &benchmark.instance, .plan = &plan, .report = &report};
    compare_cost(&verdict, stated);
    TRY(give(call, &verdict, error));
done:
    print_diagnostics(call, &diagnostics, error);
    plan_free(&plan);
    diagnostics_free(&diagnostics);
    arena_free(&arena);
    return rc;
}

static error_code check_command(const struct command_call *call, struct error *error)
{
    return is_folder(call->operands[0]) ? check_city(call, error) : check_benchmark(call, error);
}

static const struct command_option OPTIONS[] = {
    {"format", N_("FORMAT"),
     N_("of a benchmark file: auto, vrplib, solomon, wcvrptw or vroom (default: auto)")},
    {NULL, NULL, NULL},
};

static const char *const EXAMPLES[] = {
    "benne check scenarios/exemple runs/exemple/2026-11-24",
    "benne check nantes plan-edited.json --json",
    "benne check X-n101-k25.vrp X-n101-k25.sol",
    NULL,
};

const struct command CHECK_COMMAND = {
    .name = "check",
    .summary = N_("verify any plan, also a hand-edited one: every broken rule, and the cost by part"),
    .operands = N_("CITY PLAN | FILE SOLUTION"),
    .operand_min = 2,
    .operand_max = 2,
    .takes = TAKES_JSON,
    .own = OPTIONS,
    .help =
        N_("CITY PLAN: a city folder and a plan.json, or the run folder that holds one. Bins may have been\n"
           "moved, removed or added by hand; the bins of one point and stream stay in one step.\n"
           "FILE SOLUTION: a benchmark file and routes as text ('Route #1: 12 7 3').\n"
           "The checker drives every route from the rules alone and shares no code with the search. With\n"
           "--json the times and loads of every step are printed too. The exit status is 0 when the plan\n"
           "is feasible, 4 when mandatory stops are all that is missing, 5 when another rule is broken,\n"
           "2 when the plan cannot be read or does not fit its day."),
    .examples = EXAMPLES,
    .run = check_command,
};
