#include "solver/network/roads/road_rules.h"

#include "solver/base/array.h"

static error_code add_over_node(struct road_draft *draft, const struct road_restriction *restriction,
                                struct road_rules *rules, struct error *error);
static error_code add_over_way(struct road_draft *draft, const struct road_restriction *restriction,
                               struct road_rules *rules, struct error *error);

error_code road_rules_build(struct road_draft *draft, struct road_rules *rules, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct road_data *roads = draft->roads;
    *rules = (struct road_rules){0};
    TRY_NEW(&draft->scratch, rules->first, draft->arc_count);
    for (int32_t a = 0; a < draft->arc_count; a++) rules->first[a] = -1;
    for (int32_t r = 0; r < roads->restriction_count; r++) {
        const struct road_restriction *restriction = &roads->restrictions[r];
        if (!restriction->binds[draft->profile->vehicle]) continue;
        if (restriction->via_way >= 0)
            TRY(add_over_way(draft, restriction, rules, error));
        else
            TRY(add_over_node(draft, restriction, rules, error));
    }
done:
    return rc;
}

void road_rules_free(struct road_rules *rules)
{
    array_free(&rules->rules);
    array_free(&rules->vias);
}

bool road_rule_leads(const struct road_draft *draft, const struct road_rules *rules,
                     const struct road_rule *rule, int32_t driven, int32_t next)
{
    if (driven < rule->via_count) return rules->vias.items[rule->first_via + driven] == next;
    return road_way_of(draft, next) == rule->to_way &&
           (!rule->turning_round || next == road_reverse(draft, rule->from));
}

static bool way_leaves(const struct road_draft *draft, int32_t way, int32_t junction)
{
    for (int32_t k = draft->first_out[junction]; k < draft->first_out[junction + 1]; k++)
        if (road_way_of(draft, draft->out[k]) == way) return true;
    return false;
}

/* With the last `via_count` of the vias. */
static error_code add_rule(struct road_rules *rules, const struct road_restriction *restriction, int32_t from,
                           int32_t via_count, struct error *error)
{
    const struct road_rule rule = {.from = from,
                                   .to_way = restriction->to,
                                   .first_via = (int32_t)rules->vias.count - via_count,
                                   .via_count = via_count,
                                   .only = restriction->only,
                                   .turning_round = !restriction->only && via_count == 0 &&
                                                    restriction->from == restriction->to,
                                   .next = rules->first[from]};
    if (!array_push(&rules->rules, rule)) return error_memory(error);
    rules->first[from] = (int32_t)rules->rules.count - 1;
    return ERROR_NONE;
}

static error_code add_over_node(struct road_draft *draft, const struct road_restriction *restriction,
                                struct road_rules *rules, struct error *error)
{
    error_code rc = ERROR_NONE;
    const int32_t junction = draft->junction_of[restriction->via], from = restriction->from;
    if (junction < 0 || !way_leaves(draft, restriction->to, junction)) return ERROR_NONE;
    for (int32_t s = draft->first_segment[from]; s < draft->first_segment[from + 1]; s++)
        for (int32_t d = 0; d < 2; d++) {
            const int32_t arc = draft->segments[s].arc[d];
            if (arc >= 0 && draft->arcs[arc].head == junction)
                TRY(add_rule(rules, restriction, arc, 0, error));
        }
done:
    return rc;
}

/* Along the via way from its segment `segment` in direction `d`, round and round if it is closed, to the
 * first junction that the to way leaves: the arcs are added to the vias, none if there is no such junction.
 */
static error_code follow(const struct road_draft *draft, const struct road_restriction *restriction,
                         int32_t segment, int32_t d, struct road_rules *rules, int32_t *via_count,
                         struct error *error)
{
    const int32_t first = draft->first_segment[restriction->via_way];
    const int32_t count = draft->first_segment[restriction->via_way + 1] - first;
    int32_t at = draft->arcs[draft->segments[segment].arc[d]].tail;
    for (*via_count = 0; *via_count < count;) {
        const int32_t arc = draft->segments[segment].arc[d];
        if (arc < 0 || draft->arcs[arc].tail != at) break;
        if (!array_push(&rules->vias, arc)) return error_memory(error);
        (*via_count)++;
        at = draft->arcs[arc].head;
        if (way_leaves(draft, restriction->to, at)) return ERROR_NONE;
        segment = first + (segment - first + (d == 0 ? 1 : count - 1)) % count;
    }
    rules->vias.count -= *via_count;
    *via_count = 0;
    return ERROR_NONE;
}

/* The rules of who arrives by `from`. */
static error_code add_from(struct road_draft *draft, const struct road_restriction *restriction, int32_t from,
                           struct road_rules *rules, struct error *error)
{
    error_code rc = ERROR_NONE;
    const int32_t via = restriction->via_way, junction = draft->arcs[from].head;
    for (int32_t s = draft->first_segment[via]; s < draft->first_segment[via + 1]; s++)
        for (int32_t d = 0; d < 2; d++) {
            const int32_t arc = draft->segments[s].arc[d];
            int32_t via_count;
            if (arc < 0 || draft->arcs[arc].tail != junction) continue;
            TRY(follow(draft, restriction, s, d, rules, &via_count, error));
            if (via_count > 0) TRY(add_rule(rules, restriction, from, via_count, error));
        }
done:
    return rc;
}

static error_code add_over_way(struct road_draft *draft, const struct road_restriction *restriction,
                               struct road_rules *rules, struct error *error)
{
    error_code rc = ERROR_NONE;
    const int32_t from = restriction->from, via = restriction->via_way;
    if (via == from || via == restriction->to) return ERROR_NONE; /* says nothing */
    for (int32_t s = draft->first_segment[from]; s < draft->first_segment[from + 1]; s++)
        for (int32_t d = 0; d < 2; d++) {
            const int32_t arc = draft->segments[s].arc[d];
            if (arc >= 0) TRY(add_from(draft, restriction, arc, rules, error));
        }
done:
    return rc;
}
