/* Turn restrictions by the arcs that they speak of: the second stage of a road graph.
 *
 * A RULE: who has driven the arc `from` and then the arcs of `via`, none for a turn over a node, may not turn
 * into way `to`; or must, if it is an `only`: he must then drive on along `via` and into `to`. A restriction
 * gives a rule for each arc of its from way that arrives at the via node or at the via way, and over a way in
 * each direction in which that can be driven as far as the first junction that the to way leaves.
 *
 * Of several `only` rules that bind at once any may be obeyed. Where from and to are the same way and `only`
 * is not said, turning in one's own track is meant: the way may well go straight on over the via node. A
 * restriction that speaks of ways that the vehicle may not drive does not bind it.
 */
#ifndef BENNE_NETWORK_ROAD_RULES_H
#define BENNE_NETWORK_ROAD_RULES_H

#include "solver/network/roads/road_draft.h"

struct road_rule {
    int32_t from, to_way;
    int32_t first_via, via_count; /* into road_rules.vias */
    bool only, turning_round;     /* `turning_round`: of turns into to_way that one alone */
    int32_t next;                 /* with the same from; -1: none */
};

struct road_rules {
    struct {
        struct road_rule *items;
        int64_t count, capacity;
    } rules;
    struct {
        int32_t *items;
        int64_t count, capacity;
    } vias;
    int32_t *first; /* by arc; -1: none */
};

/* road_rules_free is due, whatever comes back. */
error_code road_rules_build(struct road_draft *draft, struct road_rules *rules,
                            struct error *error) ERROR_CHECKED;
void road_rules_free(struct road_rules *rules);

/* Does the rule, `driven` of its via arcs behind, speak of `next`: is that the way along it? */
bool road_rule_leads(const struct road_draft *draft, const struct road_rules *rules,
                     const struct road_rule *rule, int32_t driven, int32_t next);

#endif
