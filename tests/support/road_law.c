#include "tests/support/road_law.h"

#include "tests/support/test.h"

struct law {
    const struct road_data *roads;
    const struct road_profile *profile;
    const struct law_leg *drive;
    int32_t count;
};

static int32_t node_at(const struct road_data *roads, int32_t way, int32_t position)
{
    return roads->way_nodes[roads->ways[way].first_node + position];
}

static int32_t last_of(const struct road_data *roads, int32_t way)
{
    return roads->ways[way].node_count - 1;
}

static int32_t step_of(struct law_leg leg)
{
    return leg.last > leg.first ? 1 : -1;
}

static bool may_drive(const struct law *law, int32_t way, int32_t step)
{
    return road_profile_speed_kmh(law->profile, &law->roads->ways[way], step < 0) > 0;
}

/* A step from a position of a way that may be driven. */
static bool may_step(const struct law *law, int32_t way, int32_t position, int32_t step)
{
    const int32_t to = position + step;
    return to >= 0 && to <= last_of(law->roads, way) && may_drive(law, way, step);
}

static bool leaves(const struct law *law, int32_t way, int32_t node)
{
    for (int32_t p = 0; p <= last_of(law->roads, way); p++)
        if (node_at(law->roads, way, p) == node && (may_step(law, way, p, 1) || may_step(law, way, p, -1)))
            return true;
    return false;
}

static bool is_round(struct law_leg leg, struct law_leg next)
{
    return next.way == leg.way && next.first == leg.last && step_of(next) != step_of(leg);
}

static bool goes_on(const struct law *law, struct law_leg leg, struct law_leg next)
{
    const int32_t last = last_of(law->roads, leg.way), step = step_of(leg);
    if (next.way != leg.way || step_of(next) != step) return false;
    return next.first == leg.last || (step > 0 && leg.last == last && next.first == 0) ||
           (step < 0 && leg.last == 0 && next.first == last);
}

/* Steps along a way, round and round if it is closed, to the first node that `to` leaves; -1: none. */
static int32_t steps_to(const struct law *law, int32_t way, int32_t position, int32_t step, int32_t to)
{
    const int32_t last = last_of(law->roads, way);
    const bool closed = node_at(law->roads, way, 0) == node_at(law->roads, way, last);
    for (int32_t steps = 1; steps <= last; steps++) {
        position += step;
        if ((position < 0 || position > last) && !closed) return -1;
        if (position < 0) position = last - 1;
        if (position > last) position = 1;
        if (leaves(law, to, node_at(law->roads, way, position))) return steps;
    }
    return -1;
}

struct finding {
    bool forbidden, must, obeys;
};

static void find_over_node(const struct law *law, const struct road_restriction *rule, struct law_leg next,
                           struct finding *finding)
{
    const struct law_leg leg = law->drive[law->count - 1];
    if (leg.way != rule->from || node_at(law->roads, leg.way, leg.last) != rule->via) return;
    if (!leaves(law, rule->to, rule->via)) return;
    const bool into = next.way == rule->to;
    if (rule->only) {
        finding->must = true;
        finding->obeys |= into;
    } else if (into && (rule->from != rule->to || is_round(leg, next))) {
        finding->forbidden = true;
    }
}

/* Who arrives by `from` where the via way can be driven as far as `to` must enter it, if that is the rule. */
static void find_before_way(const struct law *law, const struct road_restriction *rule, struct law_leg next,
                            struct finding *finding)
{
    const struct law_leg leg = law->drive[law->count - 1];
    const int32_t way = rule->via_way;
    if (leg.way != rule->from || !rule->only) return;
    for (int32_t p = 0; p <= last_of(law->roads, way); p++)
        for (int32_t step = -1; step <= 1; step += 2) {
            if (node_at(law->roads, way, p) != node_at(law->roads, leg.way, leg.last)) continue;
            if (!may_step(law, way, p, step) || steps_to(law, way, p, step, rule->to) < 0) continue;
            finding->must = true;
            finding->obeys |= next.way == way && next.first == p && step_of(next) == step;
        }
}

static void find_over_way(const struct law *law, const struct road_restriction *rule, struct law_leg next,
                          struct finding *finding)
{
    const struct law_leg *drive = law->drive, last = drive[law->count - 1];
    const int32_t way = rule->via_way;
    int32_t before = law->count - 1, driven = 0;
    if (way == rule->from || way == rule->to) return;
    if (last.way != way) {
        find_before_way(law, rule, next, finding);
        return;
    }
    for (; before >= 0 && drive[before].way == way; before--) {
        if (before < law->count - 1 && !goes_on(law, drive[before], drive[before + 1])) break;
        driven += (drive[before].last - drive[before].first) * step_of(last);
    }
    if (before < 0 || drive[before].way != rule->from) return;
    const int32_t steps = steps_to(law, way, drive[before + 1].first, step_of(last), rule->to);
    if (driven > steps) return;
    const bool along = driven < steps ? goes_on(law, last, next) : next.way == rule->to;
    if (rule->only) {
        finding->must = true;
        finding->obeys |= along;
    } else if (driven == steps && along) {
        finding->forbidden = true;
    }
}

static bool rules_allow(const struct law *law, struct law_leg next)
{
    struct finding finding = {0};
    for (int32_t r = 0; r < law->roads->restriction_count; r++) {
        const struct road_restriction *rule = &law->roads->restrictions[r];
        if (!rule->binds[law->profile->vehicle]) continue;
        if (rule->via_way < 0)
            find_over_node(law, rule, next, &finding);
        else
            find_over_way(law, rule, next, &finding);
    }
    return !finding.forbidden && (!finding.must || finding.obeys);
}

static bool is_barred(const struct law *law, int32_t node)
{
    return !road_profile_enters(law->profile, law->roads->nodes[node].access[law->profile->vehicle]);
}

/* Ends of pieces of road that meet at a node. */
static int32_t ends_at(const struct law *law, int32_t node)
{
    int32_t ends = 0;
    for (int32_t w = 0; w < law->roads->way_count; w++)
        for (int32_t p = 0; p <= last_of(law->roads, w); p++)
            if (node_at(law->roads, w, p) == node && (may_drive(law, w, 1) || may_drive(law, w, -1)))
                ends += (p > 0) + (p < last_of(law->roads, w));
    return ends;
}

static bool has_other_turn(const struct law *law, int32_t node)
{
    if (is_barred(law, node)) return false;
    for (int32_t w = 0; w < law->roads->way_count; w++)
        for (int32_t p = 0; p <= last_of(law->roads, w); p++)
            for (int32_t step = -1; step <= 1; step += 2) {
                const struct law_leg next = {w, p, p + step};
                if (node_at(law->roads, w, p) == node && may_step(law, w, p, step) &&
                    !is_round(law->drive[law->count - 1], next) && rules_allow(law, next))
                    return true;
            }
    return false;
}

static bool may_turn_round(const struct law *law, int32_t node)
{
    const road_u_turns u_turns = law->profile->u_turns;
    if (law->roads->nodes[node].flags & ROAD_TURNING_PLACE) return true;
    if (u_turns == U_TURNS_ANYWHERE && ends_at(law, node) >= 3) return true;
    return u_turns != U_TURNS_AT_TURNING_PLACES && !has_other_turn(law, node);
}

bool law_allows(const struct road_data *roads, const struct road_profile *profile,
                const struct law_leg *drive, int32_t count, struct law_leg next)
{
    const struct law law = {roads, profile, drive, count};
    const struct law_leg last = drive[count - 1];
    const int32_t node = node_at(roads, last.way, last.last);
    if (node_at(roads, next.way, next.first) != node || !may_drive(&law, next.way, step_of(next)))
        return false;
    if (!rules_allow(&law, next)) return false;
    return is_round(last, next) ? may_turn_round(&law, node) : !is_barred(&law, node);
}

struct law_leg law_leg_of(const struct road_graph *graph, int32_t arc)
{
    const struct road_data *roads = graph->roads;
    const struct road_arc *driven = &graph->arcs[arc];
    const struct road_segment *segment = &graph->segments[driven->segment];
    const int32_t pieces = segment->point_count - 1;
    int32_t before = 0;
    for (int32_t s = driven->segment - 1; s >= 0 && graph->segments[s].way == segment->way; s--)
        before += graph->segments[s].point_count - 1;
    const int32_t *nodes = roads->way_nodes + roads->ways[segment->way].first_node + before;
    for (int32_t k = 0; k <= pieces; k++) {
        const struct road_point at = road_arc_point(graph, arc, driven->against ? pieces - k : k);
        assert_int_equal(at.lat_e7, roads->nodes[nodes[k]].lat_e7);
        assert_int_equal(at.lon_e7, roads->nodes[nodes[k]].lon_e7);
    }
    assert_int_equal(graph->junction_node[driven->tail], nodes[driven->against ? pieces : 0]);
    assert_int_equal(graph->junction_node[driven->head], nodes[driven->against ? 0 : pieces]);
    return driven->against ? (struct law_leg){segment->way, before + pieces, before}
                           : (struct law_leg){segment->way, before, before + pieces};
}
