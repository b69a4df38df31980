#include "solver/network/roads/road_turns.h"

#include "solver/base/array.h"
#include "solver/network/roads/road_segments.h"

#include <math.h>

/* A piece shorter than this says little about where a road goes. */
static const double HEADING_M = 5;
static const double M_PER_UNIT = 0.0111194927; /* of latitude: radius of the Earth × 1e-7 degrees */
static const double RADIANS_PER_UNIT = 3.14159265358979323846 / 180e7;

/* State s is the free one of arc s, or copies[s - arcs]. */
struct copy {
    int32_t arc, entry, driven;
    int32_t next; /* of the same arc; -1: none */
};

struct heading {
    float east, north;
};

struct turning {
    struct road_draft *draft;
    const struct road_rules *rules;
    struct {
        struct copy *items;
        int64_t count, capacity;
    } copies;
    struct {
        int32_t *items;
        int64_t count, capacity;
    } first, next;                       /* turns by state as they were found */
    int32_t *first_copy;                 /* by arc; -1 */
    struct heading *departure, *arrival; /* by arc */
    int32_t *number;                     /* by state as found: in the graph */
};

static error_code prepare(struct turning *turning, struct error *error);
static error_code find_turns(struct turning *turning, struct error *error);
static error_code number_states(struct turning *turning, struct road_graph *graph, struct error *error);
static error_code write_turns(struct turning *turning, struct road_graph *graph, struct error *error);

error_code road_turns_build(struct road_draft *draft, const struct road_rules *rules,
                            struct road_graph *graph, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct turning turning = {.draft = draft, .rules = rules};
    TRY(prepare(&turning, error));
    TRY(find_turns(&turning, error));
    TRY(number_states(&turning, graph, error));
    TRY(write_turns(&turning, graph, error));
done:
    array_free(&turning.copies);
    array_free(&turning.first);
    array_free(&turning.next);
    return rc;
}

/* ---- Headings ---- */

/* From the arc's first point on, or into its last. */
static struct heading heading_of(const struct road_draft *draft, const struct road_arc *arc, bool arriving)
{
    const struct road_segment *segment = &draft->segments[arc->segment];
    const struct road_point *points = draft->points + segment->first_point;
    const int32_t last = segment->point_count - 1, step = arc->against == arriving ? 1 : -1;
    const int32_t end = step > 0 ? 0 : last;
    const double shrink = cos(points[end].lat_e7 * RADIANS_PER_UNIT);
    double east = 0, north = 0;
    for (int32_t k = 1; k <= last; k++) {
        const struct road_point at = points[end + step * k];
        east = ((double)at.lon_e7 - points[end].lon_e7) * M_PER_UNIT * shrink;
        north = ((double)at.lat_e7 - points[end].lat_e7) * M_PER_UNIT;
        if (east * east + north * north >= HEADING_M * HEADING_M) break;
    }
    return arriving ? (struct heading){(float)-east, (float)-north}
                    : (struct heading){(float)east, (float)north};
}

static error_code prepare(struct turning *turning, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct road_draft *draft = turning->draft;
    TRY_NEW(&draft->scratch, turning->first_copy, draft->arc_count);
    TRY_NEW(&draft->scratch, turning->departure, draft->arc_count);
    TRY_NEW(&draft->scratch, turning->arrival, draft->arc_count);
    for (int32_t a = 0; a < draft->arc_count; a++) {
        turning->first_copy[a] = -1;
        turning->departure[a] = heading_of(draft, &draft->arcs[a], false);
        turning->arrival[a] = heading_of(draft, &draft->arcs[a], true);
    }
done:
    return rc;
}

/* ---- What may follow ---- */

/* Where a driver is: on an arc, and how he came to be there if that still matters (entry -1: it does not). */
struct stand {
    int32_t arc, entry, driven;
};

static struct stand stand_of(const struct turning *turning, int32_t state)
{
    if (state < turning->draft->arc_count) return (struct stand){state, -1, 0};
    const struct copy *copy = &turning->copies.items[state - turning->draft->arc_count];
    return (struct stand){copy->arc, copy->entry, copy->driven};
}

static bool is_kept(const struct turning *turning, const struct road_rule *rule, struct stand stand)
{
    return rule->via_count >= stand.driven &&
           turning->rules->vias.items[rule->first_via + stand.driven - 1] == stand.arc;
}

struct verdict {
    bool forbidden, must, obeys;
};

static void judge(const struct turning *turning, const struct road_rule *rule, int32_t driven, int32_t next,
                  struct verdict *verdict)
{
    const bool leads = road_rule_leads(turning->draft, turning->rules, rule, driven, next);
    if (rule->only) {
        verdict->must = true;
        verdict->obeys |= leads;
    } else if (leads && driven == rule->via_count) {
        verdict->forbidden = true;
    }
}

static bool rules_allow(const struct turning *turning, struct stand stand, int32_t next)
{
    const struct road_rule *rules = turning->rules->rules.items;
    struct verdict verdict = {0};
    for (int32_t r = turning->rules->first[stand.arc]; r >= 0; r = rules[r].next)
        judge(turning, &rules[r], 0, next, &verdict);
    if (stand.entry >= 0)
        for (int32_t r = turning->rules->first[stand.entry]; r >= 0; r = rules[r].next)
            if (is_kept(turning, &rules[r], stand)) judge(turning, &rules[r], stand.driven, next, &verdict);
    return !verdict.forbidden && (!verdict.must || verdict.obeys);
}

/* Does a rule over a way begin or go on when `next` is driven? Then `then` is the copy's stand. */
static bool keeps_a_rule(const struct turning *turning, struct stand stand, int32_t next, struct stand *then)
{
    const struct road_rule *rules = turning->rules->rules.items;
    if (stand.entry >= 0)
        for (int32_t r = turning->rules->first[stand.entry]; r >= 0; r = rules[r].next)
            if (is_kept(turning, &rules[r], stand) && rules[r].via_count > stand.driven &&
                road_rule_leads(turning->draft, turning->rules, &rules[r], stand.driven, next)) {
                *then = (struct stand){next, stand.entry, stand.driven + 1};
                return true;
            }
    for (int32_t r = turning->rules->first[stand.arc]; r >= 0; r = rules[r].next)
        if (rules[r].via_count > 0 && road_rule_leads(turning->draft, turning->rules, &rules[r], 0, next)) {
            *then = (struct stand){next, stand.arc, 1};
            return true;
        }
    return false;
}

static error_code find_state(struct turning *turning, struct stand stand, int32_t next, int32_t *state,
                             struct error *error)
{
    struct stand then;
    const struct copy *copies = turning->copies.items;
    *state = next;
    if (!keeps_a_rule(turning, stand, next, &then)) return ERROR_NONE;
    for (int32_t c = turning->first_copy[next]; c >= 0; c = copies[c].next)
        if (copies[c].entry == then.entry && copies[c].driven == then.driven) {
            *state = turning->draft->arc_count + c;
            return ERROR_NONE;
        }
    *state = turning->draft->arc_count + (int32_t)turning->copies.count;
    const struct copy copy = {then.arc, then.entry, then.driven, turning->first_copy[next]};
    turning->first_copy[next] = (int32_t)turning->copies.count;
    return array_push(&turning->copies, copy) ? ERROR_NONE : error_memory(error);
}

static bool is_crossing(const struct road_draft *draft, int32_t junction)
{
    return draft->ends_at[junction] >= 3;
}

static bool may_turn_round(const struct turning *turning, int32_t arc, bool dead_end)
{
    const struct road_draft *draft = turning->draft;
    const int32_t junction = draft->arcs[arc].head;
    if (road_junction(draft, junction)->flags & ROAD_TURNING_PLACE) return true;
    switch (draft->profile->u_turns) {
    case U_TURNS_AT_TURNING_PLACES:
        return false;
    case U_TURNS_AT_DEAD_ENDS:
        return dead_end;
    case U_TURNS_ANYWHERE:
        return dead_end || is_crossing(draft, junction);
    }
    return false;
}

static error_code add_turn(struct turning *turning, struct stand stand, int32_t next, struct error *error)
{
    int32_t state;
    const error_code rc = find_state(turning, stand, next, &state, error);
    if (rc != ERROR_NONE) return rc;
    return array_push(&turning->next, state) ? ERROR_NONE : error_memory(error);
}

/* The turns out of one state: those ahead, then turning round. */
static error_code turn_out(struct turning *turning, struct stand stand, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct road_draft *draft = turning->draft;
    const int32_t junction = draft->arcs[stand.arc].head, reverse = road_reverse(draft, stand.arc);
    const int64_t before = turning->next.count;
    if (!road_is_barred(draft, road_junction(draft, junction)))
        for (int32_t k = draft->first_out[junction]; k < draft->first_out[junction + 1]; k++) {
            const int32_t next = draft->out[k];
            if (next != reverse && rules_allow(turning, stand, next))
                TRY(add_turn(turning, stand, next, error));
        }
    if (reverse >= 0 && may_turn_round(turning, stand.arc, turning->next.count == before) &&
        rules_allow(turning, stand, reverse))
        TRY(add_turn(turning, stand, reverse, error));
done:
    return rc;
}

/* State by state; copies join the end of the line. */
static error_code find_turns(struct turning *turning, struct error *error)
{
    error_code rc = ERROR_NONE;
    for (int32_t s = 0; s < turning->draft->arc_count + turning->copies.count; s++) {
        if (!array_push(&turning->first, (int32_t)turning->next.count)) return error_memory(error);
        TRY(turn_out(turning, stand_of(turning, s), error));
    }
    if (!array_push(&turning->first, (int32_t)turning->next.count)) return error_memory(error);
done:
    return rc;
}

/* ---- Numbers of the states ---- */

static int32_t turn_count(const struct turning *turning, int32_t state)
{
    return turning->first.items[state + 1] - turning->first.items[state];
}

/* Numbers the states of one arc that are in the part, or those that are not, from `number` on; the fewest
 * turns among them are kept in `leave`. */
static int32_t number_half(struct turning *turning, int32_t arc, const bool *part, bool inside,
                           int32_t number, int32_t *leave)
{
    *leave = -1;
    const int32_t arcs = turning->draft->arc_count;
    int32_t fewest = INT32_MAX;
    for (int32_t s = arc; s >= 0;) {
        if (part[s] == inside) {
            if (turn_count(turning, s) < fewest) {
                fewest = turn_count(turning, s);
                *leave = number;
            }
            turning->number[s] = number++;
        }
        const int32_t copy = s < arcs ? turning->first_copy[arc] : turning->copies.items[s - arcs].next;
        s = copy < 0 ? -1 : arcs + copy;
    }
    return number;
}

static error_code find_part(const struct turning *turning, int32_t states, bool **part, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct arena *scratch = &turning->draft->scratch;
    const struct digraph found = {
        .count = states, .first = turning->first.items, .head = turning->next.items};
    int32_t *part_of, largest;
    TRY(digraph_parts(&found, scratch, &part_of, &largest, error));
    TRY_NEW(scratch, *part, states);
    for (int32_t s = 0; s < states; s++) (*part)[s] = part_of[s] == largest;
done:
    return rc;
}

/* The states of one arc from `number` on; the first number after them. */
static int32_t number_arc(struct turning *turning, int32_t number_of_arc, const bool *part, int32_t number,
                          bool *in_part)
{
    struct road_arc *arc = &turning->draft->arcs[number_of_arc];
    int32_t leave_inside, leave_outside;
    const int32_t inside = number_half(turning, number_of_arc, part, true, number, &leave_inside);
    const int32_t end = number_half(turning, number_of_arc, part, false, inside, &leave_outside);
    *in_part = inside > number;
    arc->state = number;
    arc->state_count = (*in_part ? inside : end) - number;
    arc->leave_state = *in_part ? leave_inside : leave_outside;
    return end;
}

static error_code number_states(struct turning *turning, struct road_graph *graph, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct road_draft *draft = turning->draft;
    const int32_t states = draft->arc_count + (int32_t)turning->copies.count;
    int32_t *arc_of;
    bool *part, *in_part;
    TRY(find_part(turning, states, &part, error));
    TRY_NEW(&draft->scratch, turning->number, states);
    TRY_NEW(draft->arena, arc_of, states);
    TRY_NEW(draft->arena, in_part, draft->arc_count);
    for (int32_t a = 0, number = 0; a < draft->arc_count; a++) {
        const int32_t end = number_arc(turning, a, part, number, &in_part[a]);
        while (number < end) arc_of[number++] = a;
    }
    graph->state_count = states;
    graph->arc_of = arc_of;
    graph->in_part = in_part;
done:
    return rc;
}

/* ---- Turns by those numbers ---- */

/* Left and right as driven: within 45 degrees it goes ahead. */
static int32_t angle_ms(const struct turning *turning, int32_t arc, int32_t next)
{
    const struct road_profile *profile = turning->draft->profile;
    const struct heading in = turning->arrival[arc], out = turning->departure[next];
    const float along = in.east * out.east + in.north * out.north;
    const float leftward = in.east * out.north - in.north * out.east;
    if (fabsf(leftward) <= along) return profile->ahead_ms;
    const bool across = leftward == 0 || (leftward > 0) != turning->draft->roads->left_hand;
    return across ? profile->across_ms : profile->aside_ms;
}

static int32_t turn_ms(const struct turning *turning, int32_t arc, int32_t next)
{
    const struct road_draft *draft = turning->draft;
    const struct road_way *ways = draft->roads->ways;
    const int32_t junction = draft->arcs[arc].head;
    const int32_t wait = road_wait_ms(draft->profile, road_junction(draft, junction));
    if (next == road_reverse(draft, arc)) return wait + draft->profile->u_turn_ms;
    if (!is_crossing(draft, junction) || ways[road_way_of(draft, arc)].roundabout) return wait;
    if (ways[road_way_of(draft, next)].roundabout) return wait + draft->profile->aside_ms;
    return wait + angle_ms(turning, arc, next);
}

static way_weight turn_weight(const struct turning *turning, int32_t arc, int32_t next)
{
    const struct road_arc *driven = &turning->draft->arcs[arc];
    return way_of(driven->time_ms + (uint32_t)turn_ms(turning, arc, next),
                  turning->draft->segments[driven->segment].length_dm);
}

static error_code write_turns(struct turning *turning, struct road_graph *graph, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct arena *arena = turning->draft->arena;
    const int32_t states = graph->state_count;
    int32_t *first, *head, *found_as;
    way_weight *weight;
    TRY_NEW(arena, first, states + 1);
    TRY_NEW(arena, head, turning->next.count);
    TRY_NEW(arena, weight, turning->next.count);
    TRY_NEW(&turning->draft->scratch, found_as, states);
    for (int32_t s = 0; s < states; s++) found_as[turning->number[s]] = s;
    for (int32_t s = 0, turn = 0; s < states; s++) {
        const int32_t found = found_as[s];
        for (int32_t k = turning->first.items[found]; k < turning->first.items[found + 1]; k++, turn++) {
            const int32_t next = turning->number[turning->next.items[k]];
            head[turn] = next;
            weight[turn] = turn_weight(turning, graph->arc_of[s], graph->arc_of[next]);
        }
        first[s + 1] = turn;
    }
    graph->turns = (struct digraph){.count = states, .first = first, .head = head, .weight = weight};
done:
    return rc;
}
