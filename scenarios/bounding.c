#include "scenarios/bounding.h"

#include "scenarios/console.h"
#include "solver/base/message.h"

double bounding_search_s(double time_limit_s)
{
    return (1 - BOUND_PART) * time_limit_s;
}

static void show_progress(const struct bound_progress *progress, void *context)
{
    const struct bounding *bounding = context;
    console_progress(_("bounding: %.0f s, no plan costs less than %.2f"), progress->seconds,
                     (double)progress->bound / (double)bounding->unit);
}

error_code bounding_run(const struct bounding *bounding, const struct instance *instance,
                        const struct plan *plan, const struct check_report *report,
                        struct bound_result *result, struct error *error)
{
    const double limit_s = bounding->time_limit_s;
    const struct bound_options options = {.time_limit_s =
                                              limit_s > 0 ? BOUND_PART * limit_s : BOUND_TIME_DEFAULT_S,
                                          .plan = plan,
                                          .plan_cost = cost_bounded(&report->cost),
                                          .cancel = bounding->cancel,
                                          .progress = show_progress,
                                          .progress_context = (void *)bounding};
    *result = (struct bound_result){0};
    if (instance->stop_count > BOUND_STOPS_MAX) {
        console_note(_("no bound is computed for days of more than %d stops; this one has %d"),
                     (int)BOUND_STOPS_MAX, (int)instance->stop_count);
        return ERROR_NONE;
    }
    if (report->violation_count > 0) {
        console_note("%s", _("no bound is computed: the plan leaves mandatory stops or breaks a rule"));
        return ERROR_NONE;
    }
    const error_code rc = bound_compute(instance, &options, result, error);
    console_progress_end();
    if (rc == ERROR_NONE && !result->known && cost_total(&report->cost) > 0)
        console_note("%s", _("no bound was proven in the time given: trips of many stops take longer"));
    return rc;
}

double bounding_gap(const struct bound_result *result, money cost)
{
    return (double)(cost - result->bound) / (double)result->bound;
}
