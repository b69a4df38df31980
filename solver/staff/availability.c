#include "solver/staff/availability.h"

#include "solver/staff/absence.h"

#include <math.h>

static unavailable_reason reason_of(const struct city *city, const struct agent *agent, day_number day)
{
    if (agent->role >= (agent_role)ROLE_COUNT) return UNAVAILABLE_ROLE;
    if (period_covers(city->absences, agent->absences, day)) return UNAVAILABLE_ABSENCE;
    if (period_covers(city->leave, agent->leave, day)) return UNAVAILABLE_LEAVE;
    if (agent->role == ROLE_DRIVER && agent->licence_until < day) return UNAVAILABLE_LICENCE;
    return AVAILABLE;
}

static agent_group group_of(const struct agent *agent, unavailable_reason reason)
{
    if (reason == UNAVAILABLE_LICENCE) return GROUP_UNLICENSED;
    if (reason != AVAILABLE) return GROUP_COUNT;
    return agent->role == ROLE_DRIVER ? GROUP_DRIVERS : GROUP_LOADERS;
}

/* Served days of the civil week, Monday to Sunday, that holds the day. */
static int32_t served_days_of_week(const struct city *city, day_number day)
{
    const day_number monday = day - day_weekday(day);
    int32_t served = 0;
    for (int32_t d = 0; d < WEEK_DAYS; d++) served += city_day_served(city, monday + d);
    return served > 0 ? served : 1;
}

static double duty_of(const struct agent *agent, double day_hours, int32_t served_days)
{
    const double share = agent->work_share > 0 ? agent->work_share : 1; /* unknown: full time */
    if (!(agent->weekly_hours > 0) || !(day_hours > 0)) return 1;
    return fmin(1, agent->weekly_hours * share / day_hours / served_days);
}

error_code availability_assess(const struct city *city, day_number day, double day_hours, struct arena *arena,
                               struct availability *availability, struct error *error)
{
    error_code rc = ERROR_NONE;
    double rest[GROUP_COUNT + 1] = {0};
    const int32_t served_days = served_days_of_week(city, day);
    *availability = (struct availability){0};
    TRY_NEW(arena, availability->reasons, city->agent_count);
    TRY_NEW(arena, availability->groups, city->agent_count);
    TRY_NEW(arena, availability->duty, city->agent_count);
    for (int32_t a = 0; a < city->agent_count; a++) {
        const struct agent *agent = &city->agents[a];
        const unavailable_reason reason = reason_of(city, agent, day);
        const agent_group group = group_of(agent, reason);
        availability->reasons[a] = reason;
        availability->groups[a] = group;
        availability->duty[a] = duty_of(agent, day_hours, served_days);
        if (group == GROUP_COUNT) continue;
        availability->present[group]++;
        rest[group] += 1 - availability->duty[a];
    }
    for (int32_t g = 0; g < GROUP_COUNT; g++) availability->resting[g] = (int32_t)lround(rest[g]);
done:
    return rc;
}
