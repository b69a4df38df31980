#include "solver/horizon/matched.h"

#include <stdlib.h>

/* A bin with what decides its turn. */
struct turn {
    double risk, kg;
    int32_t bin;
};

static int compare_turns(const void *left, const void *right)
{
    const struct turn *a = left, *b = right;
    if (a->risk != b->risk) return a->risk > b->risk ? -1 : 1;
    if (a->kg != b->kg) return a->kg > b->kg ? -1 : 1;
    return a->bin < b->bin ? -1 : a->bin > b->bin;
}

/* What a service achieves. */
struct service {
    double overflows, kg[STREAM_MAX];
};

/* The practice's, by what its check says was served. */
static struct service service_of(const struct city *city, const struct fill_forecast *forecast,
                                 const struct choice *choice, const struct practice *practice)
{
    struct service service = {0};
    for (int32_t b = 0; b < city->bin_count; b++) {
        int32_t stop = practice->problem.stop_of_bin[b];
        bool served = stop >= 0 && practice->report.stop_route[stop] >= 0;
        service.overflows +=
            served ? choice_risk_if_emptied(city, forecast, choice, b) : choice->bins[b].risk;
        if (served) service.kg[city->bins[b].stream] += choice_expected_kg(city, forecast, b, choice->day);
    }
    return service;
}

/* The choice that takes just enough bins to do as well as `aim`; all of them mandatory. */
static error_code choose_as_well(const struct city *city, const struct fill_forecast *forecast,
                                 const struct choice *choice, struct service aim, struct arena *arena,
                                 struct choice *least, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct turn *turns;
    struct service now = {0};
    *least = *choice;
    TRY_NEW(arena, turns, city->bin_count);
    TRY_NEW(arena, least->bins, city->bin_count);
    for (int32_t b = 0; b < city->bin_count; b++) {
        turns[b] = (struct turn){choice->bins[b].risk, choice_expected_kg(city, forecast, b, choice->day), b};
        now.overflows += turns[b].risk;
    }
    qsort(turns, (size_t)city->bin_count, sizeof *turns, compare_turns);
    for (int32_t k = 0; k < city->bin_count; k++) {
        int32_t b = turns[k].bin, stream = city->bins[b].stream;
        if (now.overflows <= aim.overflows && now.kg[stream] >= aim.kg[stream]) continue;
        least->bins[b] = choice->bins[b];
        least->bins[b].reason = REASON_RISK;
        now.overflows += choice_risk_if_emptied(city, forecast, choice, b) - turns[k].risk;
        now.kg[stream] += turns[k].kg;
    }
done:
    return rc;
}

error_code matched_drive(const struct city *city, const struct fill_forecast *forecast,
                         const struct choice *choice, const struct practice *practice,
                         const struct routing_options *options, struct arena *arena, struct matched *matched,
                         struct error *error)
{
    error_code rc = ERROR_NONE;
    struct choice least;
    struct routing_result result = {0};
    *matched = (struct matched){.known = false};
    plan_init(&matched->plan);
    if (!practice->known) return ERROR_NONE;
    struct service aim = service_of(city, forecast, choice, practice);
    TRY(choose_as_well(city, forecast, choice, aim, arena, &least, error));
    TRY(day_problem_from_choice(city, forecast, &least, NULL, 0, arena, &matched->problem, error));
    TRY(routing_solve(&matched->problem.instance, options, &result, error));
    matched->plan = result.plan;
    TRY(check_plan(&matched->problem.instance, &matched->plan, arena, &matched->report, error));
    matched->known = matched->report.violation_count == 0;
done:
    return rc;
}

void matched_free(struct matched *matched)
{
    plan_free(&matched->plan);
}
