#include "solver/staff/assignment.h"

#include "solver/mip/solve.h"

#include <math.h>

bool group_may_fill(agent_group group, agent_role post)
{
    return post == ROLE_DRIVER ? group == GROUP_DRIVERS : group != GROUP_COUNT;
}

agent_role group_role(agent_group group)
{
    return group == GROUP_LOADERS ? ROLE_LOADER : ROLE_DRIVER;
}

/* A post of each role is worth this much: any numbers with drivers above loaders above 0. */
static const double POST_WORTH[ROLE_COUNT] = {[ROLE_DRIVER] = 2, [ROLE_LOADER] = 1};

/* Somebody loads in place of a loader only when loaders lack: less than any difference between the worths. */
static const double HELP_COST = 0.1;

static double value_of(agent_group group, agent_role role)
{
    return POST_WORTH[role] - (group_role(group) == role ? 0 : HELP_COST);
}

/* The column of x[group][role], which exists where the group may fill the role; group by group. */
static int32_t column_of(agent_group group, agent_role role)
{
    int32_t column = 0;
    for (agent_group g = 0; g < GROUP_COUNT; g++)
        for (agent_role r = 0; r < (agent_role)ROLE_COUNT; r++) {
            if (!group_may_fill(g, r)) continue;
            if (g == group && r == role) return column;
            column++;
        }
    return -1;
}

/* x[g][r]: people of group g in posts of role r, where g may fill r.
 *
 *     maximise    Σ_g Σ_r value[g][r] x[g][r]
 *     subject to  Σ_r x[g][r] <= on_duty_g      for each group g
 *                 Σ_g x[g][r] <= posts_r        for each role r
 *                 x >= 0
 *
 * A transportation problem: its matrix is totally unimodular, so that the optimal vertex found by the
 * simplex method is whole. */
static error_code build(const int32_t on_duty[GROUP_COUNT], const int32_t posts[ROLE_COUNT],
                        struct mip_model *model, struct error *error)
{
    error_code rc = ERROR_NONE;
    for (agent_group g = 0; g < GROUP_COUNT; g++)
        for (agent_role r = 0; r < (agent_role)ROLE_COUNT; r++)
            if (group_may_fill(g, r)) {
                const struct mip_column people = {.upper = INFINITY, .cost = -value_of(g, r)};
                TRY(mip_model_add_column(model, people, error));
            }
    for (agent_group g = 0; g < GROUP_COUNT; g++) {
        TRY(mip_model_add_row(model, -INFINITY, on_duty[g], error));
        for (agent_role r = 0; r < (agent_role)ROLE_COUNT; r++)
            if (group_may_fill(g, r)) TRY(mip_model_add_entry(model, column_of(g, r), 1, error));
    }
    for (agent_role r = 0; r < (agent_role)ROLE_COUNT; r++) {
        TRY(mip_model_add_row(model, -INFINITY, posts[r], error));
        for (agent_group g = 0; g < GROUP_COUNT; g++)
            if (group_may_fill(g, r)) TRY(mip_model_add_entry(model, column_of(g, r), 1, error));
    }
done:
    return rc;
}

error_code assignment_make(const int32_t on_duty[GROUP_COUNT], const int32_t posts[ROLE_COUNT],
                           struct arena *arena, struct assignment *assignment, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct mip_model model;
    struct mip_solution solution;
    const struct mip_options options = mip_options_default();
    mip_model_init(&model);
    *assignment = (struct assignment){0};
    TRY(build(on_duty, posts, &model, error));
    TRY(mip_solve(&model, &options, arena, &solution, error));
    if (solution.answer != MIP_OPTIMAL) {
        rc = error_set(error, ERROR_INTERNAL, "the assignment of agents to posts was not solved");
        goto done;
    }
    for (agent_group g = 0; g < GROUP_COUNT; g++)
        for (agent_role r = 0; r < (agent_role)ROLE_COUNT; r++)
            if (group_may_fill(g, r))
                assignment->filled[g][r] = (int32_t)lround(solution.values[column_of(g, r)]);
done:
    mip_model_free(&model);
    return rc;
}
