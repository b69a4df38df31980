#include "scenarios/judgement.h"

#include "scenarios/console.h"
#include "solver/base/message.h"

#include <math.h>

void judgement_explain(const struct command_call *call, const struct diagnostics *list, struct error *error)
{
    if (list->errors > 0 || !call->options.quiet) console_diagnostics(list, false, stderr);
    if (list->errors > 0) error->message[0] = '\0';
}

error_code judgement_give(const struct command_call *call, const struct verdict *verdict, struct error *error)
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

/* Says when the text's own cost is another: texts round, and some keep another scale. */
static void compare_cost(const struct verdict *verdict, double stated)
{
    const double cost = benchmark_cost(verdict->benchmark, verdict->plan, verdict->report);
    const int32_t decimals = verdict->benchmark->family->cost_decimals;
    if (!isnan(stated) && fabs(stated - cost) > 0.6 * pow(10, -decimals))
        console_note(_("the text states a cost of %.*f; it is %.*f"), (int)decimals, stated, (int)decimals,
                     cost);
}

error_code judge_solution(const struct command_call *call, const char *solution, bool has_steps,
                          struct error *error)
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
    TRY(benchmark_read_solution(solution, &benchmark, &plan, &stated, &diagnostics, error));
    TRY(check_plan(&benchmark.instance, &plan, &arena, &report, error));
    const struct verdict verdict = {.benchmark = &benchmark,
                                    .instance = &benchmark.instance,
                                    .plan = &plan,
                                    .report = &report,
                                    .has_steps = has_steps};
    compare_cost(&verdict, stated);
    TRY(judgement_give(call, &verdict, error));
done:
    judgement_explain(call, &diagnostics, error);
    plan_free(&plan);
    diagnostics_free(&diagnostics);
    arena_free(&arena);
    return rc;
}
