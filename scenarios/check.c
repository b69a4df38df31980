/* benne check: is this plan feasible, and what does it cost? For a city's plan, also one edited by hand, and
 * for the solution of a benchmark file. */
#include "io/plan_json.h"
#include "scenarios/commands.h"
#include "scenarios/console.h"
#include "scenarios/judgement.h"
#include "scenarios/night_work.h"
#include "scenarios/plan_file.h"
#include "scenarios/verdict.h"
#include "solver/base/message.h"

/* ---- A city's plan ---- */

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
    TRY(plan_file_path(call->operands[1], path, error));
    TRY(night_read(&work, call->operands[0], &call->options, error));
    TRY(plan_json_read(path, &work.city, &work.arena, &read, &diagnostics, error));
    TRY(night_believe(&work, read.day, error));
    TRY(find_extra(&work, &read, &extra, &extra_count, error));
    if (command_value(call, "reference") != NULL)
        TRY(night_refer(&work, command_value(call, "reference"), error));
    TRY(night_pose(&work, extra, extra_count, error));
    console_progress_end();
    TRY(plan_json_bind(&read, &work.city, &work.problem, &plan, &diagnostics, error));
    TRY(check_plan(&work.problem.instance, &plan, &work.arena, &work.report, error));
    const struct verdict verdict = {.city = &work.city,
                                    .problem = &work.problem,
                                    .instance = &work.problem.instance,
                                    .plan = &plan,
                                    .report = &work.report,
                                    .has_steps = command_value(call, "steps") != NULL};
    TRY(judgement_give(call, &verdict, error));
done:
    console_progress_end();
    judgement_explain(call, &diagnostics, error);
    plan_free(&plan);
    diagnostics_free(&diagnostics);
    night_work_free(&work);
    return rc;
}

static error_code check_command(const struct command_call *call, struct error *error)
{
    if (path_is_folder(call->operands[0])) return check_city(call, error);
    return judge_solution(call, call->operands[1], command_value(call, "steps") != NULL, error);
}

static const struct command_option OPTIONS[] = {
    {"format", N_("FORMAT"),
     N_("of a benchmark file: auto, vrplib, solomon, wcvrptw or vroom (default: auto)")},
    {"reference", N_("PLAN"),
     N_("the plan or run that changes are counted against (default: the fixed rounds)")},
    {"steps", NULL, N_("also print each step: arrival, waiting, distance, load")},
    {NULL, NULL, NULL},
};

static const char *const EXAMPLES[] = {
    "benne check scenarios/exemple runs/exemple/2026-11-24",
    "benne check nantes plan-edited.json --json",
    "benne check X-n101-k25.vrp X-n101-k25.sol --steps",
    "benne check problem.json solution.json --json",
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
           "FILE SOLUTION: a benchmark file and routes as text ('Route #1: 12 7 3'), or a VROOM problem\n"
           "and an answer to it or steps of its own vehicles; --json then gives VROOM's object.\n"
           "The checker drives every route from the rules alone and shares no code with the search. With\n"
           "--steps or --json the times and loads of every step are printed too. The exit status is 0 when\n"
           "the plan is feasible, 4 when mandatory stops are all that is missing, 5 when another rule is\n"
           "broken, 2 when the plan cannot be read or does not fit its day."),
    .examples = EXAMPLES,
    .run = check_command,
};
