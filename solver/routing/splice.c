#include "solver/routing/splice.h"

/* The truck on its way along a spliced route. */
struct truck {
    const struct solution *solution;
    const struct problem *problem;
    const struct kind *kind;
    const struct vehicle *vehicle;
    int64_t metres, clock_s, kg, l;
    struct trip_clock trip; /* with releases: of the trip under way, `leave_s` being the earliest departure */
    struct span span;
    struct load aboard[COMPARTMENT_MAX];
    money over_price;
    int32_t stops, exit;
    bool possible;
};

/* With releases a trip's departure is known only when all its stops are: until then the clock runs in terms
 * of it (solution.h). */
static void begin_trip(struct truck *truck, int64_t ready_s)
{
    truck->trip = (struct trip_clock){.latest_s = INT64_C(4) * MEASURE_MAX, .leave_s = ready_s};
}

static void resume_trip(struct truck *truck, int32_t visit)
{
    const struct solution *solution = truck->solution;
    const struct trip_clock *trip = &solution->trips[visit];
    if (trip->head == visit) {
        begin_trip(truck, solution->clocks[visit].early_s);
        return;
    }
    truck->trip = *trip;
    truck->trip.leave_s = solution->clocks[trip->head].early_s;
}

/* Sets the clock to the end of the last visit, the trip having stops to come that are released at `behind_s`.
 */
static void settle_departure(struct truck *truck, int64_t behind_s)
{
    const struct trip_clock *trip = &truck->trip;
    int64_t leave_s = trip->leave_s;
    if (leave_s < trip->release_ahead_s) leave_s = trip->release_ahead_s;
    if (leave_s < behind_s) leave_s = behind_s;
    if (leave_s > trip->latest_s) truck->possible = false;
    truck->clock_s = leave_s + trip->driven_s > trip->floor_s ? leave_s + trip->driven_s : trip->floor_s;
}

static void extend_trip(struct truck *truck, const struct node *node, int32_t index, int64_t leg_s)
{
    struct trip_clock *trip = &truck->trip;
    const int64_t begin = node_begin(truck->problem, index, trip->floor_s + leg_s);
    const int64_t slack = (int64_t)node->close_s - trip->driven_s - leg_s;
    truck->possible &= begin != INT64_MAX;
    if (!truck->possible) return;
    trip->driven_s += leg_s + node->service_s;
    trip->floor_s = begin + node->service_s;
    if (node->window_count > 0 && slack < trip->latest_s) trip->latest_s = slack;
    if (node->release_s > trip->release_ahead_s) trip->release_ahead_s = node->release_s;
}

static void advance_clock(struct truck *truck, int32_t index, int64_t leg_s)
{
    const struct problem *problem = truck->problem;
    const struct node *node = &problem->nodes[index];
    if (problem->released && node_is_stop(problem, index)) {
        extend_trip(truck, node, index, leg_s);
        return;
    }
    if (problem->released) settle_departure(truck, 0);
    if (!truck->possible) return;
    const int64_t begin = node_begin(problem, index, truck->clock_s + leg_s);
    truck->possible = begin != INT64_MAX;
    if (!truck->possible) return;
    truck->clock_s = begin + node->service_s;
    if (problem->released) begin_trip(truck, truck->clock_s);
}

static void set_out(struct truck *truck, int32_t visit)
{
    const struct solution *solution = truck->solution;
    const struct problem *problem = truck->problem;
    const struct tally *tally = &solution->tallies[visit];
    truck->metres = tally->metres;
    truck->stops = tally->stops;
    truck->kg = tally->collected.kg;
    truck->l = tally->collected.l;
    truck->exit = solution->visits[visit].exit;
    if (problem->timed) truck->clock_s = solution->clocks[visit].early_s;
    if (problem->released) resume_trip(truck, visit);
    if (problem->work_counts) truck->span = solution->spans_to[visit];
    for (int32_t c = 0; c < truck->vehicle->compartment_count; c++)
        truck->aboard[c] = solution->aboard[visit * problem->width + c].ahead;
}

/* Pays for what a compartment holds too much, or, where there are sites, refuses it. */
static void weigh(struct truck *truck, int32_t compartment, struct load load)
{
    const struct load over = overload_of(&truck->vehicle->compartments[compartment], load);
    if (truck->problem->site_count > 0 && (over.kg > 0 || over.l > 0)) truck->possible = false;
    truck->over_price += overload_price(&truck->solution->soft, over);
}

static void drive(struct truck *truck, int32_t visit)
{
    const struct problem *problem = truck->problem;
    const struct visit *v = &truck->solution->visits[visit];
    const struct node *node = &problem->nodes[v->node];
    const struct leg leg = leg_between(problem, truck->kind->profile, truck->exit, v->entry);
    const struct shape *shape = &problem->shapes[truck->kind->shape];
    truck->metres += leg.m + node->inner_m;
    truck->exit = v->exit;
    if (problem->timed) advance_clock(truck, v->node, leg.s);
    if (!truck->possible) return;
    if (problem->work_counts) truck->span = span_join(truck->span, leg.s, span_of(node));
    if (node_is_stop(problem, v->node)) {
        const struct stop *stop = &problem->instance->stops[v->node];
        const int32_t c = shape->compartment[v->node];
        if (!truck->kind->serves_all && !kind_may_serve(problem, truck->kind, v->node)) {
            truck->possible = false;
            return;
        }
        truck->aboard[c].kg += stop->load_kg;
        truck->aboard[c].l += stop->load_l;
        truck->kg += stop->load_kg;
        truck->l += stop->load_l;
        truck->stops++;
        return;
    }
    const uint32_t emptied = shape->emptied[v->node - problem->stop_count];
    for (int32_t c = 0; c < shape->compartment_count; c++) {
        if (!(emptied >> c & 1)) continue;
        weigh(truck, c, truck->aboard[c]);
        truck->aboard[c] = (struct load){0, 0};
    }
}

/* Goes on as the route of `visit` does from there. */
static void go_on(struct truck *truck, int32_t visit)
{
    const struct solution *solution = truck->solution;
    const struct problem *problem = truck->problem;
    const struct visit *v = &solution->visits[visit];
    const struct tally *tally = &solution->tallies[visit];
    const struct route *route = &solution->routes[v->vehicle];
    const struct node *node = &problem->nodes[v->node];
    const struct leg leg = leg_between(problem, truck->kind->profile, truck->exit, v->entry);
    truck->metres += leg.m + node->inner_m + route->metres - tally->metres;
    truck->stops += route->stops - tally->stops;
    truck->kg += route->total.kg - tally->collected.kg;
    truck->l += route->total.l - tally->collected.l;
    if (node_is_stop(problem, v->node)) {
        truck->stops++;
        truck->kg += problem->instance->stops[v->node].load_kg;
        truck->l += problem->instance->stops[v->node].load_l;
    }
    if (problem->released) settle_departure(truck, solution->trips[visit].release_behind_s);
    if (problem->timed && truck->clock_s + leg.s > solution->clocks[visit].late_s) truck->possible = false;
    if (problem->work_counts) truck->span = span_join(truck->span, leg.s, solution->spans_on[visit]);
    for (int32_t c = 0; c < truck->vehicle->compartment_count; c++) {
        const struct aboard *behind = &solution->aboard[visit * problem->width + c];
        if (!behind->emptied && problem->site_count > 0 && truck->aboard[c].kg + truck->aboard[c].l > 0)
            truck->possible = false;
        weigh(truck, c, load_sum(truck->aboard[c], behind->behind));
    }
}

static bool within_limits(const struct truck *truck)
{
    const struct vehicle *v = truck->vehicle;
    return (v->max_stops == 0 || truck->stops <= v->max_stops) &&
           (v->max_distance_m == 0 || truck->metres <= v->max_distance_m) &&
           (v->max_load_kg == 0 || truck->kg <= v->max_load_kg) &&
           (v->max_load_l == 0 || truck->l <= v->max_load_l);
}

money splice_price(const struct solution *solution, const struct splice *splice)
{
    const struct problem *problem = solution->problem;
    struct truck truck = {.solution = solution,
                          .problem = problem,
                          .kind = kind_of(problem, splice->vehicle),
                          .vehicle = &problem->instance->vehicles[splice->vehicle],
                          .possible = true};
    set_out(&truck, splice->prefix);
    for (int32_t r = 0; r < splice->run_count && truck.possible; r++) {
        const struct run *run = &splice->runs[r];
        for (int32_t x = run->first;;
             x = run->backward ? solution->visits[x].prev : solution->visits[x].next) {
            drive(&truck, x);
            if (x == run->last || !truck.possible) break;
        }
    }
    if (truck.possible) go_on(&truck, splice->suffix);
    if (!truck.possible || truck.metres >= TRAVEL_UNREACHABLE) return INT64_MAX;
    if (truck.stops == 0) return 0;
    if (truck.kind->limited && !within_limits(&truck)) return INT64_MAX;
    money cost = truck.vehicle->fixed_cost + truck.metres * truck.kind->rate_m +
                 truck.kg * truck.kind->price_kg + truck.over_price;
    if (truck.kind->work_counts) {
        if (truck.span.duration_s > truck.vehicle->max_work_s) return INT64_MAX;
        cost += vehicle_work_cost(truck.vehicle, truck.span.duration_s);
    }
    return cost;
}

int32_t splice_list(const struct solution *solution, const struct splice *splice, int32_t *visits)
{
    const struct problem *problem = solution->problem;
    int32_t count = 0;
    const int32_t start = visit_start(problem, splice->vehicle);
    for (int32_t x = start; x != splice->prefix;) visits[count++] = x = solution->visits[x].next;
    for (int32_t r = 0; r < splice->run_count; r++) {
        const struct run *run = &splice->runs[r];
        for (int32_t x = run->first;;
             x = run->backward ? solution->visits[x].prev : solution->visits[x].next) {
            visits[count++] = x;
            if (x == run->last) break;
        }
    }
    for (int32_t x = splice->suffix; solution->visits[x].next >= 0; x = solution->visits[x].next)
        visits[count++] = x;
    return count;
}
