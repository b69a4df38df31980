/* How many posts can be filled: a maximum assignment of groups of agents to posts.
 *
 * Agents of one group are alike, and so are posts of one role: whole numbers of people on duty flow from
 * groups to roles. A driver's post is filled before a loader's, since without a driver no truck leaves;
 * that never leaves more posts empty in all, as who drives could as well have loaded. Crews below the
 * need (a truck with one loader in place of two) are never made up silently: a post is filled or missing. */
#ifndef BENNE_STAFF_ASSIGNMENT_H
#define BENNE_STAFF_ASSIGNMENT_H

#include "solver/base/arena.h"
#include "solver/staff/availability.h"

bool group_may_fill(agent_group group, agent_role post);

/* The role whose people the group is made of. */
agent_role group_role(agent_group group);

struct assignment {
    int32_t filled[GROUP_COUNT][ROLE_COUNT]; /* people of a group in posts of a role */
};

/* `on_duty` by group, `posts` by role. */
error_code assignment_make(const int32_t on_duty[GROUP_COUNT], const int32_t posts[ROLE_COUNT],
                           struct arena *arena, struct assignment *assignment,
                           struct error *error) ERROR_CHECKED;

#endif
