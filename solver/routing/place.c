#include "solver/routing/place.h"

#include "solver/routing/quality.h"

#include <assert.h>

/* One place being looked at: stop u between `after` and `next`. */
struct look {
    const struct solution *solution;
    const struct problem *problem;
    const struct kind *kind;
    const struct vehicle *vehicle;
    const struct route *route;
    int32_t stop, after, next, compartment;
    struct load load;
};

static bool fits(const struct look *look, struct load load)
{
    const struct vehicle_compartment *room = &look->vehicle->compartments[look->compartment];
    return load.kg <= room->capacity_kg && load.l <= room->capacity_l;
}

static bool within_limits(const struct look *look, int64_t metres)
{
    const struct vehicle *v = look->vehicle;
    const struct route *route = look->route;
    return (v->max_stops == 0 || route->stops < v->max_stops) &&
           (v->max_distance_m == 0 || route->metres + metres <= v->max_distance_m) &&
           (v->max_load_kg == 0 || route->total.kg + look->load.kg <= v->max_load_kg) &&
           (v->max_load_l == 0 || route->total.l + look->load.l <= v->max_load_l);
}

/* When the truck is done at `after`, if its trip sets out no earlier than release_s; `tail`: what follows
 * still belongs to the trip. INT64_MAX: out of hours. */
static int64_t done_after(const struct look *look, int32_t release_s, bool tail)
{
    const struct solution *solution = look->solution;
    if (!look->problem->released) return solution->clocks[look->after].early_s;
    const struct trip_clock *trip = &solution->trips[look->after];
    int64_t leave_s = tail ? solution->trips[trip->head].leave_s : solution->clocks[trip->head].early_s;
    if (leave_s < trip->release_ahead_s) leave_s = trip->release_ahead_s;
    if (leave_s < release_s) leave_s = release_s;
    if (trip->head == look->after) return leave_s;
    if (leave_s > trip->latest_s) return INT64_MAX;
    return leave_s + trip->driven_s > trip->floor_s ? leave_s + trip->driven_s : trip->floor_s;
}

/* The way from `after` to `next` through one or two nodes. */
struct way {
    int64_t metres, clock_s;
    struct span span;
    int32_t exit; /* place */
    bool in_time;
};

static void drive(const struct look *look, struct way *way, int32_t node)
{
    const struct problem *problem = look->problem;
    const struct node *n = &problem->nodes[node];
    struct leg leg = leg_towards(problem, look->kind->profile, way->exit, n->entry);
    way->metres += leg.m + n->inner_m;
    way->exit = n->exit;
    if (problem->timed) {
        int64_t begin = node_begin(problem, node, way->clock_s + leg.s);
        way->in_time = begin != INT64_MAX;
        if (!way->in_time) return;
        way->clock_s = begin + n->service_s;
    }
    if (problem->work_counts) way->span = span_join(way->span, leg.s, span_of(n));
}

static money price_way(const struct look *look, struct way *way)
{
    const struct problem *problem = look->problem;
    const struct solution *solution = look->solution;
    const struct visit *after = &solution->visits[look->after], *next = &solution->visits[look->next];
    struct leg on = leg_between(problem, look->kind->profile, way->exit, next->entry);
    way->metres += on.m - next->leg_m;
    if (problem->timed && way->clock_s + on.s > solution->clocks[look->next].late_s) return IMPOSSIBLE;
    if (look->kind->limited && !within_limits(look, way->metres)) return IMPOSSIBLE;
    money price = way->metres * look->kind->rate_m + look->load.kg * look->kind->price_kg;
    if (look->route->stops == 0)
        price += look->vehicle->fixed_cost + look->route->metres * look->kind->rate_m;
    if (look->kind->work_counts) {
        int64_t work_s = span_join(way->span, on.s, solution->spans_on[look->next]).duration_s;
        if (work_s > look->vehicle->max_work_s) return IMPOSSIBLE;
        price += vehicle_work_cost(look->vehicle, work_s);
        if (look->route->stops > 0) {
            int32_t end = visit_end(problem, after->vehicle);
            price -= vehicle_work_cost(look->vehicle, solution->spans_to[end].duration_s);
        }
    }
    return price;
}

static struct way set_out(const struct look *look, int32_t release_s, bool tail)
{
    const struct solution *solution = look->solution;
    struct way way = {.exit = solution->visits[look->after].exit, .in_time = true};
    if (look->problem->timed) {
        way.clock_s = done_after(look, release_s, tail);
        way.in_time = way.clock_s != INT64_MAX;
    }
    if (look->problem->work_counts) way.span = solution->spans_to[look->after];
    return way;
}

static money price_alone(const struct look *look)
{
    struct way way = set_out(look, look->problem->nodes[look->stop].release_s, true);
    if (!way.in_time) return IMPOSSIBLE;
    drive(look, &way, look->stop);
    return way.in_time ? price_way(look, &way) : IMPOSSIBLE;
}

static money price_with_site(const struct look *look, int32_t site, bool site_first)
{
    const struct solution *solution = look->solution;
    int32_t release_s = look->problem->nodes[look->stop].release_s;
    struct way way = set_out(look, site_first ? 0 : release_s, false);
    if (!way.in_time) return IMPOSSIBLE;
    drive(look, &way, site_first ? site : look->stop);
    if (!way.in_time) return IMPOSSIBLE;
    if (site_first && look->problem->released && way.clock_s < release_s) way.clock_s = release_s;
    if (site_first && look->problem->released && way.clock_s < solution->trips[look->next].release_behind_s)
        way.clock_s = solution->trips[look->next].release_behind_s;
    drive(look, &way, site_first ? look->stop : site);
    if (!way.in_time) return IMPOSSIBLE;
    if (!site_first && look->problem->released && way.clock_s < solution->trips[look->next].release_behind_s)
        way.clock_s = solution->trips[look->next].release_behind_s;
    return price_way(look, &way);
}

/* Is a site so full today that it cannot take the stop's load on top? */
static bool is_full(const struct look *look, int32_t site)
{
    const int32_t s = site - look->problem->stop_count;
    if (!look->problem->sites_limited) return false;
    const int64_t limit_kg = look->problem->instance->sites[s].daily_limit_kg;
    return limit_kg > 0 && look->solution->site_kg[s] + look->load.kg > limit_kg;
}

/* With a call at a site: the stop ends the trip before it, or begins the one behind it. */
static void try_sites(const struct look *look, struct place *place)
{
    const struct problem *problem = look->problem;
    const struct aboard *ahead = &look->solution->aboard[look->after * problem->width + look->compartment];
    const struct aboard *behind = &look->solution->aboard[look->next * problem->width + look->compartment];
    const int32_t *sites =
        problem->near_sites +
        ((size_t)look->kind->shape * (size_t)problem->stop_count + (size_t)look->stop) * SITES_NEAR;
    bool rest_emptied = behind->emptied || (behind->behind.kg == 0 && behind->behind.l == 0);
    bool ends = fits(look, load_sum(ahead->ahead, look->load)) && rest_emptied;
    bool begins = (ahead->ahead.kg > 0 || ahead->ahead.l > 0) && behind->emptied &&
                  fits(look, load_sum(behind->behind, look->load));
    for (int32_t k = 0; k < SITES_NEAR && sites[k] >= 0; k++) {
        for (int first = 0; first < 2; first++) {
            if (first ? !begins : !ends || is_full(look, sites[k])) continue;
            money price = price_with_site(look, sites[k], first);
            if (price >= place->price) continue;
            place->price = price;
            place->site = sites[k];
            place->site_first = first;
        }
    }
}

static struct place find(const struct solution *solution, int32_t stop, int32_t after)
{
    const struct problem *problem = solution->problem;
    const struct visit *visit = &solution->visits[after];
    const struct stop *s = &problem->instance->stops[stop];
    const struct kind *kind = kind_of(problem, visit->vehicle);
    struct place place = {IMPOSSIBLE, visit->vehicle, after, -1, false, -1};
    struct look look = {.solution = solution,
                        .problem = problem,
                        .kind = kind,
                        .vehicle = &problem->instance->vehicles[visit->vehicle],
                        .route = &solution->routes[visit->vehicle],
                        .stop = stop,
                        .after = after,
                        .next = visit->next,
                        .compartment = problem->shapes[kind->shape].compartment[stop],
                        .load = {s->load_kg, s->load_l}};
    if (problem->site_count == 0) {
        const money over = solution_room_price(solution, visit->vehicle, stop);
        if (over < IMPOSSIBLE) place.price = price_alone(&look);
        if (place.price < IMPOSSIBLE) place.price += over;
        return place;
    }
    const struct aboard *ahead = &solution->aboard[after * problem->width + look.compartment];
    const struct aboard *behind = &solution->aboard[look.next * problem->width + look.compartment];
    bool needs_site = (s->load_kg > 0 || s->load_l > 0) && !behind->emptied;
    if (!needs_site && fits(&look, load_sum(load_sum(ahead->ahead, behind->behind), look.load)))
        place.price = price_alone(&look);
    if (place.price == IMPOSSIBLE && (s->load_kg > 0 || s->load_l > 0)) try_sites(&look, &place);
    return place;
}

struct place place_find(const struct solution *solution, int32_t stop, int32_t after)
{
    struct place place = find(solution, stop, after);
    if (solution->problem->quality && place.price < IMPOSSIBLE)
        place.price += quality_stop_price(solution, place.vehicle, stop);
    return place;
}

bool place_take(struct solution *solution, int32_t stop, const struct place *place)
{
    int32_t next = solution->visits[place->after].next, at = place->after;
    if (place->into >= 0) {
        bool first = at == visit_start(solution->problem, place->vehicle);
        solution_hand_over(solution, place->vehicle, place->into);
        if (first) at = visit_start(solution->problem, place->into);
        solution_link(solution, stop, at);
        solution_refresh(solution, place->into, visit_start(solution->problem, place->into),
                         visit_end(solution->problem, place->into));
        return false;
    }
    if (place->site >= 0 && place->site_first) at = solution_link(solution, place->site, at);
    at = solution_link(solution, stop, at);
    if (place->site >= 0 && !place->site_first) solution_link(solution, place->site, at);
    bool tidied =
        place->site >= 0 && solution->problem->width > 1 && solution_tidy(solution, place->vehicle) > 0;
    if (tidied)
        solution_refresh(solution, place->vehicle, visit_start(solution->problem, place->vehicle),
                         visit_end(solution->problem, place->vehicle));
    else
        solution_refresh(solution, place->vehicle, place->after, next);
    return tidied;
}

void place_leave(struct solution *solution, int32_t stop, const struct place *place)
{
    int32_t first = place->after, last = solution->visits[stop].next;
    if (place->site >= 0 && !place->site_first) last = solution->visits[last].next;
    while (solution->visits[first].next != last) solution_unlink(solution, solution->visits[first].next);
    solution_refresh(solution, place->vehicle, first, last);
}
