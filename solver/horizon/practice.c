#include "solver/horizon/practice.h"

#include "solver/routing/routing.h"

/* The visits of the day's weekday; they are sorted by weekday, round and sequence. */
static struct span visits_of(const struct city *city, day_number day)
{
    struct span span = {0, 0};
    int32_t weekday = day_weekday(day);
    while (span.first < city->fixed_visit_count && city->fixed_visits[span.first].weekday != weekday)
        span.first++;
    while (span.first + span.count < city->fixed_visit_count &&
           city->fixed_visits[span.first + span.count].weekday == weekday)
        span.count++;
    return span;
}

/* Each bin once, in the order of the visits. */
static error_code list_bins(const struct city *city, struct span visits, struct arena *arena, int32_t **bins,
                            int32_t *count, struct error *error)
{
    error_code rc = ERROR_NONE;
    bool *seen;
    TRY_NEW(arena, seen, city->bin_count);
    TRY_NEW(arena, *bins, visits.count);
    *count = 0;
    for (int32_t v = visits.first; v < visits.first + visits.count; v++) {
        int32_t bin = city->fixed_visits[v].bin;
        if (!seen[bin]) (*bins)[(*count)++] = bin;
        seen[bin] = true;
    }
done:
    return rc;
}

/* The stops that fall to one vehicle, in order; a stop already driven by another is not driven again. */
static int32_t stops_of(const struct city *city, const struct practice *practice, struct span visits,
                        int32_t city_vehicle, bool *driven, int32_t *stops)
{
    int32_t count = 0;
    for (int32_t v = visits.first; v < visits.first + visits.count; v++) {
        int32_t stop = practice->problem.stop_of_bin[city->fixed_visits[v].bin];
        if (city->fixed_visits[v].vehicle != city_vehicle || driven[stop]) continue;
        driven[stop] = true;
        stops[count++] = stop;
    }
    return count;
}

error_code practice_drive(const struct city *city, const struct fill_forecast *forecast, day_number day,
                          struct arena *arena, struct practice *practice, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct span visits = visits_of(city, day);
    int32_t *bins, *stops, bin_count = 0;
    bool *driven;
    *practice = (struct practice){.known = visits.count > 0};
    plan_init(&practice->plan);
    if (!practice->known) return ERROR_NONE;
    TRY(list_bins(city, visits, arena, &bins, &bin_count, error));
    TRY(day_problem_from_bins(city, forecast, day, bins, bin_count, arena, &practice->problem, error));
    const struct instance *instance = &practice->problem.instance;
    TRY_NEW(arena, stops, instance->stop_count);
    TRY_NEW(arena, driven, instance->stop_count);
    for (int32_t v = 0; v < instance->vehicle_count; v++) {
        int32_t count = stops_of(city, practice, visits, practice->problem.vehicle_of[v], driven, stops);
        if (count > 0) TRY(routing_follow(instance, v, stops, count, &practice->plan, error));
    }
    TRY(check_plan(instance, &practice->plan, arena, &practice->report, error));
done:
    return rc;
}

void practice_free(struct practice *practice)
{
    plan_free(&practice->plan);
}
