/* What the parts of a solution share with each other, and with nobody else:
 *   solution.c         its life, and the prices of leaving stops
 *   solution_links.c   which visit follows which: routes changed, and what a stop counts in its route
 *   solution_sums.c    running sums and tallies, from the links
 *   solution_cost.c    cost and rules of a route, from the sums
 *   solution_undo.c    routes as they were
 *   solution_assert.c  all of it counted afresh, in debug builds
 * Each works on the links of the visits, which alone say what a route is. */
#ifndef BENNE_ROUTING_SOLUTION_PARTS_H
#define BENNE_ROUTING_SOLUTION_PARTS_H

#include "solver/routing/solution.h"

/* Makes two visits of a vehicle neighbours, with the leg between them; its metres. */
int32_t solution_drive(struct solution *solution, int32_t profile, int32_t before, int32_t after);

/* Brings the lists of used and idle vehicles up to date with a route that has begun or ended. */
void solution_note_use(struct solution *solution, int32_t vehicle);

/* Renews running sums from `first` on, at least up to `last`, then as long as something changes; and the
 * other way round. For problems that keep any. */
void solution_renew_sums(struct solution *solution, int32_t vehicle, int32_t first, int32_t last);

static inline bool problem_keeps_sums(const struct problem *problem)
{
    return problem->timed || problem->work_counts || problem->site_count > 0;
}

/* The compartments, by bit, that are emptied at a node. */
static inline uint32_t shape_emptied_at(const struct problem *problem, const struct shape *shape,
                                        int32_t node)
{
    return node_is_site(problem, node) ? shape->emptied[node - problem->stop_count] : 0;
}

/* The visit is one to this node. */
static inline void visit_place(struct solution *solution, int32_t visit, int32_t node)
{
    const struct node *n = &solution->problem->nodes[node];
    struct visit *v = &solution->visits[visit];
    v->node = node;
    v->entry = n->entry;
    v->exit = n->exit;
}

/* Links two visits; the leg between them is the caller's. */
static inline void visit_join(struct solution *solution, int32_t before, int32_t after)
{
    solution->visits[before].next = after;
    solution->visits[after].prev = before;
}

#endif
