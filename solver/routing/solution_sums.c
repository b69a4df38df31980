#include "solver/routing/solution_parts.h"

/* Sums of a visit from the one before it; true when any changed. */
static bool renew_clock_to(struct solution *solution, int32_t visit)
{
    const struct problem *problem = solution->problem;
    const struct visit *v = &solution->visits[visit];
    const struct node *node = &problem->nodes[v->node];
    const int64_t leg_s = v->leg_s;
    bool changed = false;
    if (problem->timed) {
        int64_t leave_s = solution->clocks[v->prev].early_s;
        if (problem->released) {
            const struct trip_clock *before = &solution->trips[v->prev];
            if (before->head == v->prev) leave_s = before->leave_s;
        }
        int64_t begin = node_begin(problem, v->node, leave_s + leg_s);
        int64_t early = (begin == INT64_MAX ? leave_s + leg_s : begin) + node->service_s;
        changed |= early != solution->clocks[visit].early_s;
        solution->clocks[visit].early_s = early;
    }
    if (problem->work_counts) {
        struct span span = span_join(solution->spans_to[v->prev], leg_s, span_of(node));
        const struct span *old = &solution->spans_to[visit];
        changed |=
            span.duration_s != old->duration_s || span.early_s != old->early_s || span.late_s != old->late_s;
        solution->spans_to[visit] = span;
    }
    return changed;
}

static bool renew_clock_on(struct solution *solution, int32_t visit)
{
    const struct problem *problem = solution->problem;
    const struct visit *v = &solution->visits[visit];
    const struct node *node = &problem->nodes[v->node];
    const int64_t leg_s = solution->visits[v->next].leg_s;
    bool changed = false;
    if (problem->timed) {
        int64_t late =
            node_begin_latest(problem, v->node, solution->clocks[v->next].late_s - leg_s - node->service_s);
        if (late == INT64_MIN) late = -MEASURE_MAX;
        changed |= late != solution->clocks[visit].late_s;
        solution->clocks[visit].late_s = late;
    }
    if (problem->work_counts) {
        struct span span = span_join(span_of(node), leg_s, solution->spans_on[v->next]);
        const struct span *old = &solution->spans_on[visit];
        changed |=
            span.duration_s != old->duration_s || span.early_s != old->early_s || span.late_s != old->late_s;
        solution->spans_on[visit] = span;
    }
    return changed;
}

static struct load stop_load(const struct problem *problem, const struct shape *shape, int32_t node,
                             int32_t c)
{
    if (!node_is_stop(problem, node) || shape->compartment[node] != c) return (struct load){0, 0};
    return (struct load){problem->instance->stops[node].load_kg, problem->instance->stops[node].load_l};
}

static bool renew_load_to(struct solution *solution, const struct shape *shape, int32_t visit)
{
    const struct problem *problem = solution->problem;
    const struct visit *v = &solution->visits[visit];
    const uint32_t emptied = shape_emptied_at(problem, shape, v->node);
    bool changed = false;
    for (int32_t c = 0; c < shape->compartment_count; c++) {
        struct aboard *aboard = &solution->aboard[visit * problem->width + c];
        struct load load = stop_load(problem, shape, v->node, c);
        if (!(emptied >> c & 1)) {
            const struct load *before = &solution->aboard[v->prev * problem->width + c].ahead;
            load.kg += before->kg;
            load.l += before->l;
        }
        changed |= load.kg != aboard->ahead.kg || load.l != aboard->ahead.l;
        aboard->ahead = load;
    }
    return changed;
}

static bool renew_load_on(struct solution *solution, const struct shape *shape, int32_t visit)
{
    const struct problem *problem = solution->problem;
    const struct visit *v = &solution->visits[visit];
    const uint32_t emptied = shape_emptied_at(problem, shape, v->node);
    bool changed = false;
    for (int32_t c = 0; c < shape->compartment_count; c++) {
        struct aboard *aboard = &solution->aboard[visit * problem->width + c];
        const struct aboard *behind = &solution->aboard[v->next * problem->width + c];
        struct load load = stop_load(problem, shape, v->node, c);
        bool is_emptied = emptied >> c & 1;
        if (!is_emptied) {
            load.kg += behind->behind.kg;
            load.l += behind->behind.l;
            is_emptied = behind->emptied;
        }
        changed |=
            load.kg != aboard->behind.kg || load.l != aboard->behind.l || is_emptied != aboard->emptied;
        aboard->behind = load;
        aboard->emptied = is_emptied;
    }
    return changed;
}

/* With releases: where each trip sets out and when; always the whole route, since a release moves the
 * departure of what lies before it. */
static void renew_trips(struct solution *solution, int32_t vehicle)
{
    const struct problem *problem = solution->problem;
    const struct visit *visits = solution->visits;
    int32_t start = visit_start(problem, vehicle), end = visit_end(problem, vehicle), release_s = 0;
    for (int32_t x = end; x != start; x = visits[x].prev) {
        bool is_site = node_is_site(problem, visits[x].node);
        if (is_site) release_s = 0;
        if (problem->nodes[visits[x].node].release_s > release_s)
            release_s = problem->nodes[visits[x].node].release_s;
        solution->trips[x].release_behind_s = release_s;
    }
    solution->trips[start].release_behind_s = 0;
    int32_t head = start;
    for (int32_t x = start; x >= 0; x = visits[x].next) {
        struct trip_clock *trip = &solution->trips[x];
        if (x != start) renew_clock_to(solution, x);
        if (x == start || node_is_site(problem, visits[x].node)) {
            int64_t early = solution->clocks[x].early_s, release = 0;
            if (visits[x].next >= 0) release = solution->trips[visits[x].next].release_behind_s;
            head = x;
            trip->driven_s = 0;
            trip->floor_s = 0;
            trip->latest_s = INT64_C(4) * MEASURE_MAX;
            trip->leave_s = early > release ? early : release;
            trip->release_ahead_s = 0;
        } else {
            const struct trip_clock *before = &solution->trips[visits[x].prev];
            const struct node *node = &problem->nodes[visits[x].node];
            int64_t leg_s = visits[x].leg_s;
            int64_t begin = node_begin(problem, visits[x].node, before->floor_s + leg_s);
            int64_t slack = (int64_t)node->close_s - before->driven_s - leg_s;
            trip->driven_s = before->driven_s + leg_s + node->service_s;
            trip->floor_s = (begin == INT64_MAX ? before->floor_s + leg_s : begin) + node->service_s;
            trip->latest_s = node->window_count > 0 && slack < before->latest_s ? slack : before->latest_s;
            trip->release_ahead_s =
                node->release_s > before->release_ahead_s ? node->release_s : before->release_ahead_s;
        }
        trip->head = head;
    }
}

static void renew_load_ends(struct solution *solution, int32_t vehicle)
{
    const struct problem *problem = solution->problem;
    const int32_t start = visit_start(problem, vehicle), end = visit_end(problem, vehicle);
    for (int32_t c = 0; c < problem->width; c++) {
        solution->aboard[start * problem->width + c].ahead = (struct load){0, 0};
        solution->aboard[end * problem->width + c].behind = (struct load){0, 0};
        solution->aboard[end * problem->width + c].emptied =
            problem->instance->vehicles[vehicle].home_takes_load;
    }
}

static void renew_ends(struct solution *solution, int32_t vehicle)
{
    const struct problem *problem = solution->problem;
    const struct vehicle *v = &problem->instance->vehicles[vehicle];
    int32_t start = visit_start(problem, vehicle), end = visit_end(problem, vehicle);
    if (problem->timed) {
        solution->clocks[start].early_s = v->shift_start_s;
        solution->clocks[end].late_s = v->shift_end_s;
    }
    if (problem->work_counts) {
        solution->spans_to[start] = (struct span){0, v->shift_start_s, v->shift_end_s};
        solution->spans_on[end] = (struct span){0, v->shift_start_s, v->shift_end_s};
    }
    if (problem->site_count > 0) renew_load_ends(solution, vehicle);
}

/* What the route unloads at each site. */
static void renew_unloaded(struct solution *solution, int32_t vehicle)
{
    const struct problem *problem = solution->problem;
    const struct shape *shape = &problem->shapes[problem->shape_of[vehicle]];
    int64_t *row = solution->unloaded_kg + (size_t)vehicle * (size_t)problem->site_count;
    for (int32_t s = 0; s < problem->site_count; s++) {
        solution->site_kg[s] -= row[s];
        row[s] = 0;
    }
    for (int32_t x = solution->visits[visit_start(problem, vehicle)].next; x >= 0;
         x = solution->visits[x].next) {
        uint32_t emptied = shape_emptied_at(problem, shape, solution->visits[x].node);
        for (int32_t c = 0; c < shape->compartment_count; c++)
            if (emptied >> c & 1)
                row[solution->visits[x].node - problem->stop_count] +=
                    solution->aboard[solution->visits[x].prev * problem->width + c].ahead.kg;
    }
    for (int32_t s = 0; s < problem->site_count; s++) solution->site_kg[s] += row[s];
}

void solution_renew_sums(struct solution *solution, int32_t vehicle, int32_t first, int32_t last)
{
    const struct problem *problem = solution->problem;
    const struct shape *shape = &problem->shapes[problem->shape_of[vehicle]];
    const struct visit *visits = solution->visits;
    bool clocked = problem->timed || problem->work_counts, loaded = problem->site_count > 0;
    if (first == visit_start(problem, vehicle)) renew_ends(solution, vehicle);
    bool inside = true;
    for (int32_t x = visits[first].next; x >= 0; x = visits[x].next) {
        bool changed = clocked && !problem->released && renew_clock_to(solution, x);
        if (loaded && renew_load_to(solution, shape, x)) changed = true;
        if (x == last) inside = false;
        if (!inside && !changed) break;
    }
    inside = true;
    for (int32_t x = visits[last].prev; x >= 0; x = visits[x].prev) {
        bool changed = clocked && renew_clock_on(solution, x);
        if (loaded && renew_load_on(solution, shape, x)) changed = true;
        if (x == first) inside = false;
        if (!inside && !changed) break;
    }
    if (problem->released) renew_trips(solution, vehicle);
    if (problem->sites_limited) renew_unloaded(solution, vehicle);
}

/* Without sites: what is aboard, which nothing but moves asks for. */
static void number_loads(struct solution *solution, int32_t vehicle)
{
    const struct problem *problem = solution->problem;
    const struct shape *shape = &problem->shapes[problem->shape_of[vehicle]];
    const int32_t start = visit_start(problem, vehicle), end = visit_end(problem, vehicle);
    renew_load_ends(solution, vehicle);
    for (int32_t x = start; x != end;) {
        x = solution->visits[x].next;
        renew_load_to(solution, shape, x);
    }
    for (int32_t x = end; x != start;) {
        x = solution->visits[x].prev;
        renew_load_on(solution, shape, x);
    }
}

void solution_number(struct solution *solution, int32_t vehicle)
{
    const struct problem *problem = solution->problem;
    const struct kind *kind = kind_of(problem, vehicle);
    struct tally tally = {0};
    if (solution->routes[vehicle].numbered) return;
    solution->routes[vehicle].numbered = true;
    for (int32_t x = visit_start(problem, vehicle); x >= 0; x = solution->visits[x].next) {
        const struct visit *v = &solution->visits[x];
        const bool first = v->prev < 0;
        if (!first) tally.metres += v->leg_m + problem->nodes[v->node].inner_m;
        tally.arc = first ? 0 : arc_price(kind, (struct leg){v->leg_m, v->leg_s});
        if (node_is_stop(problem, v->node)) {
            const struct stop *stop = &problem->instance->stops[v->node];
            tally.collected.kg += stop->load_kg;
            tally.collected.l += stop->load_l;
            tally.stops++;
        }
        solution->tallies[x] = tally;
        tally.order++;
    }
    if (problem->site_count == 0) number_loads(solution, vehicle);
}
