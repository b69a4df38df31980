#include "solver/staff/staffing.h"

#include "solver/staff/absence.h"
#include "solver/staff/assignment.h"
#include "solver/staff/availability.h"
#include "solver/staff/shortage.h"

#include <math.h>

static const double SECONDS_PER_HOUR = 3600;

/* What the supply side knows before posts are filled. */
struct supply {
    struct availability availability;
    double absence[ROLE_COUNT]; /* probability of an absence not recorded */
    int32_t on_duty[GROUP_COUNT];
};

static void sum_needs(const struct crew_need *needs, int32_t need_count, struct staffing *staffing)
{
    for (int32_t n = 0; n < need_count; n++)
        for (int32_t r = 0; r < ROLE_COUNT; r++) {
            staffing->roles[r].posts += needs[n].posts[r];
            staffing->roles[r].hours += needs[n].posts[r] * (double)needs[n].work_s / SECONDS_PER_HOUR;
        }
}

static double mean_route_hours(const struct crew_need *needs, int32_t need_count)
{
    double seconds = 0;
    for (int32_t n = 0; n < need_count; n++) seconds += (double)needs[n].work_s;
    return need_count > 0 ? seconds / need_count / SECONDS_PER_HOUR : 0;
}

static error_code assess_supply(const struct city *city, day_number day, double day_hours,
                                struct arena *arena, struct supply *supply, struct error *error)
{
    error_code rc = ERROR_NONE;
    *supply = (struct supply){0};
    TRY(availability_assess(city, day, day_hours, arena, &supply->availability, error));
    for (int32_t r = 0; r < ROLE_COUNT; r++) {
        const struct absence_estimate estimate =
            absence_estimate_role(city, (agent_role)r, day, &ABSENCE_PRIOR_NATIONAL);
        supply->absence[r] = absence_probability(&estimate);
    }
    for (int32_t g = 0; g < GROUP_COUNT; g++)
        supply->on_duty[g] = supply->availability.present[g] - supply->availability.resting[g];
done:
    return rc;
}

/* The figures of people: by agent, and by role. */
static error_code count_people(const struct city *city, const struct supply *supply, struct arena *arena,
                               struct staffing *staffing, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct availability *availability = &supply->availability;
    staffing->agents = availability->reasons;
    TRY_NEW(arena, staffing->presence, city->agent_count);
    for (int32_t a = 0; a < city->agent_count; a++) {
        const agent_role role = city->agents[a].role;
        if (availability->groups[a] != GROUP_COUNT)
            staffing->presence[a] = (1 - supply->absence[role]) * availability->duty[a];
        if (role >= (agent_role)ROLE_COUNT) continue;
        staffing->roles[role].agents++;
        staffing->roles[role].unavailable[availability->reasons[a]]++;
    }
    const agent_group own_group[ROLE_COUNT] = {[ROLE_DRIVER] = GROUP_DRIVERS, [ROLE_LOADER] = GROUP_LOADERS};
    for (int32_t r = 0; r < ROLE_COUNT; r++) {
        struct role_staffing *role = &staffing->roles[r];
        role->available = supply->on_duty[own_group[r]];
        role->unavailable[UNAVAILABLE_REST] = availability->resting[own_group[r]];
        role->unavailable[AVAILABLE] = role->available;
        role->absence_probability = supply->absence[r];
    }
done:
    return rc;
}

static error_code fill_posts(const struct supply *supply, struct arena *arena, struct staffing *staffing,
                             struct error *error)
{
    error_code rc = ERROR_NONE;
    struct assignment assignment;
    int32_t posts[ROLE_COUNT];
    for (int32_t r = 0; r < ROLE_COUNT; r++) posts[r] = staffing->roles[r].posts;
    TRY(assignment_make(supply->on_duty, posts, arena, &assignment, error));
    for (int32_t r = 0; r < ROLE_COUNT; r++) {
        struct role_staffing *role = &staffing->roles[r];
        for (int32_t g = 0; g < GROUP_COUNT; g++) role->assigned += assignment.filled[g][r];
        role->gap = role->posts - role->assigned;
    }
done:
    return rc;
}

/* The distribution of those present out of the people on duty in the groups from first to last. */
static error_code present_of_groups(const struct supply *supply, agent_group first, agent_group last,
                                    struct arena *arena, double **pmf, int32_t *count, struct error *error)
{
    error_code rc = ERROR_NONE;
    double *presence;
    int32_t people = 0;
    for (agent_group g = first; g <= last; g++) people += supply->on_duty[g];
    TRY_NEW(arena, presence, people);
    TRY_NEW(arena, *pmf, people + 1);
    people = 0;
    for (agent_group g = first; g <= last; g++)
        for (int32_t i = 0; i < supply->on_duty[g]; i++)
            presence[people++] = 1 - supply->absence[group_role(g)];
    presence_distribution(presence, people, *pmf);
    *count = people;
done:
    return rc;
}

static error_code weigh_risks(const struct supply *supply, struct arena *arena, struct staffing *staffing,
                              struct error *error)
{
    error_code rc = ERROR_NONE;
    double *driving, *loading;
    int32_t driver_count, loader_count;
    const int32_t driver_posts = staffing->roles[ROLE_DRIVER].posts;
    const int32_t loader_posts = staffing->roles[ROLE_LOADER].posts;
    TRY(present_of_groups(supply, GROUP_DRIVERS, GROUP_DRIVERS, arena, &driving, &driver_count, error));
    TRY(present_of_groups(supply, GROUP_UNLICENSED, GROUP_LOADERS, arena, &loading, &loader_count, error));
    staffing->roles[ROLE_DRIVER].shortage_probability = count_below(driving, driver_count, driver_posts);
    staffing->roles[ROLE_LOADER].shortage_probability =
        count_below_with_help(driving, driver_count, driver_posts, loading, loader_count, loader_posts);
done:
    return rc;
}

error_code staffing_assess(const struct city *city, day_number day, const struct crew_need *needs,
                           int32_t need_count, struct arena *arena, struct staffing *staffing,
                           struct error *error)
{
    error_code rc = ERROR_NONE;
    struct supply supply;
    *staffing = (struct staffing){.day = day, .known = city->agent_count > 0};
    sum_needs(needs, need_count, staffing);
    if (!staffing->known) goto done;
    TRY(assess_supply(city, day, mean_route_hours(needs, need_count), arena, &supply, error));
    TRY(count_people(city, &supply, arena, staffing, error));
    TRY(fill_posts(&supply, arena, staffing, error));
    TRY(weigh_risks(&supply, arena, staffing, error));
done:
    return rc;
}
