#include "solver/routing/insertion.h"

/* Exact routes tried before a stop is left out for now: beyond a few, further ones rarely work. */
enum { TRIES = 6 };

struct place {
    money cost;
    int32_t vehicle, after; /* behind this position */
};

struct places {
    struct place best[TRIES];
    int32_t count;
};

static void keep(struct places *places, struct place place)
{
    int32_t k = places->count < TRIES ? places->count : TRIES - 1;
    if (places->count == TRIES && place.cost >= places->best[k].cost) return;
    for (int32_t seen = 0; seen < places->count; seen++)
        if (places->best[seen].vehicle == place.vehicle && places->best[seen].after == place.after) return;
    for (; k > 0 && place.cost < places->best[k - 1].cost; k--) places->best[k] = places->best[k - 1];
    places->best[k] = place;
    if (places->count < TRIES) places->count++;
}

/* Metres and seconds that a way through `nodes` adds to the direct leg from a to b. */
struct detour {
    int64_t metres, seconds;
};

static struct detour detour_by(const struct problem *problem, int32_t profile, int32_t a,
                               const int32_t *nodes, int32_t count, int32_t b)
{
    struct detour detour = {-leg_m(problem, profile, a, b), -leg_s(problem, profile, a, b)};
    for (int32_t k = 0; k <= count; k++) {
        int32_t to = k == count ? b : nodes[k];
        detour.metres += leg_m(problem, profile, a, to) + (k == count ? 0 : problem->nodes[to].inner_m);
        detour.seconds += leg_s(problem, profile, a, to) + (k == count ? 0 : problem->nodes[to].service_s);
        a = to;
    }
    return detour;
}

static money price(const struct vehicle *vehicle, const struct route *route, const struct stop *stop,
                   struct detour detour)
{
    int64_t work_s = route->stops > 0 ? route->schedule.work_s : 0;
    return detour.metres * vehicle_rate_m(vehicle) + vehicle_work_cost(vehicle, work_s + detour.seconds) -
           vehicle_work_cost(vehicle, work_s) +
           stop->load_kg * (vehicle->fuel_per_kg + vehicle->carbon_per_kg) +
           (route->stops > 0 ? 0 : vehicle->fixed_cost);
}

static bool load_fits(const struct vehicle_compartment *room, struct load load)
{
    return load.kg <= room->capacity_kg && load.l <= room->capacity_l;
}

/* The cheapest way of putting the stop and an unloading between positions after and after + 1. */
static money price_with_unloading(const struct workshop *workshop, int32_t vehicle, int32_t stop,
                                  int32_t after, struct load before, struct load behind)
{
    const struct problem *problem = workshop->problem;
    const struct route *route = &workshop->solution->routes[vehicle];
    const struct vehicle *v = &problem->instance->vehicles[vehicle];
    const struct shape *shape = &problem->shapes[problem->shape_of[vehicle]];
    const struct stop *s = &problem->instance->stops[stop];
    const struct vehicle_compartment *room = &v->compartments[shape->compartment[stop]];
    const int32_t *ways =
        workshop->unloader.near_ways +
        ((size_t)problem->shape_of[vehicle] * (size_t)problem->stop_count + (size_t)stop) * UNLOAD_NEAR;
    money best = IMPOSSIBLE;
    for (int order = 0; order < 2; order++) {
        struct load head = before, tail = behind;
        struct load *with = order == 0 ? &head : &tail;
        with->kg += s->load_kg;
        with->l += s->load_l;
        if (!load_fits(room, head) || !load_fits(room, tail)) continue;
        for (int32_t k = 0; k < UNLOAD_NEAR && ways[k] >= 0; k++) {
            const struct unloading *way = &shape->unloadings[ways[k]];
            if (!(way->compartments >> shape->compartment[stop] & 1)) continue;
            int32_t nodes[UNLOADING_SITES_MAX + 1], count = 0;
            if (order == 0) nodes[count++] = stop;
            for (int32_t w = 0; w < way->count; w++) nodes[count++] = way->sites[w];
            if (order == 1) nodes[count++] = stop;
            money cost = price(v, route, s,
                               detour_by(problem, shape->profile, route->nodes[after], nodes, count,
                                         route->nodes[after + 1]));
            if (cost < best) best = cost;
        }
    }
    return best;
}

static bool in_time(const struct problem *problem, int32_t profile, const struct route *route, int32_t stop,
                    int32_t after)
{
    if (!problem->timed) return true;
    int64_t begin =
        node_begin(problem, stop, route->early_s[after] + leg_s(problem, profile, route->nodes[after], stop));
    return begin != INT64_MAX &&
           begin + problem->nodes[stop].service_s + leg_s(problem, profile, stop, route->nodes[after + 1]) <=
               route->late_s[after + 1];
}

/* Estimated cost of the stop behind a position, or IMPOSSIBLE. */
static money price_place(const struct workshop *workshop, int32_t vehicle, int32_t stop, int32_t after)
{
    const struct problem *problem = workshop->problem;
    const struct route *route = &workshop->solution->routes[vehicle];
    const struct vehicle *v = &problem->instance->vehicles[vehicle];
    const struct shape *shape = &problem->shapes[problem->shape_of[vehicle]];
    const struct stop *s = &problem->instance->stops[stop];
    int32_t c = shape->compartment[stop], width = shape->compartment_count;
    if (!in_time(problem, shape->profile, route, stop, after)) return IMPOSSIBLE;
    int32_t begin = route->prev_empty[after * width + c], end = route->next_empty[(after + 1) * width + c];
    const struct load *from = &route->load_to[begin * width + c], *here = &route->load_to[after * width + c],
                      *to = &route->load_to[end * width + c];
    struct load before = {here->kg - from->kg, here->l - from->l},
                behind = {to->kg - here->kg, to->l - here->l};
    struct load all = {before.kg + behind.kg + s->load_kg, before.l + behind.l + s->load_l};
    if (!load_fits(&v->compartments[c], all))
        return problem->site_count == 0
                   ? IMPOSSIBLE
                   : price_with_unloading(workshop, vehicle, stop, after, before, behind);
    if (route->stops == 0 && problem->site_count > 0)
        return price_with_unloading(workshop, vehicle, stop, after, before, behind);
    struct detour detour =
        detour_by(problem, shape->profile, route->nodes[after], &stop, 1, route->nodes[after + 1]);
    if (route->ahead_s[route->count + 1] + detour.seconds > v->max_work_s) return IMPOSSIBLE;
    return price(v, route, s, detour);
}

static void look_at(const struct workshop *workshop, int32_t vehicle, int32_t stop, int32_t after,
                    struct places *places)
{
    money cost = price_place(workshop, vehicle, stop, after);
    if (cost != IMPOSSIBLE) keep(places, (struct place){cost, vehicle, after});
}

static void look_beside_neighbours(const struct workshop *workshop, int32_t stop, double blink,
                                   struct rng *rng, struct places *places)
{
    const struct problem *problem = workshop->problem;
    const struct solution *solution = workshop->solution;
    const int32_t *neighbours = problem->neighbours + (size_t)stop * (size_t)problem->neighbour_count;
    for (int32_t k = 0; k < problem->neighbour_count; k++) {
        int32_t vehicle = solution->route_of[neighbours[k]];
        if (vehicle < 0 || !problem_may_serve(problem, vehicle, stop)) continue;
        int32_t position = solution->position_of[neighbours[k]];
        if (blink == 0 || rng_unit(rng) >= blink) look_at(workshop, vehicle, stop, position, places);
        if (blink == 0 || rng_unit(rng) >= blink) look_at(workshop, vehicle, stop, position - 1, places);
    }
}

/* One idle vehicle of each kind stands for all of its kind. */
static void look_at_idle(const struct workshop *workshop, int32_t stop, struct places *places)
{
    const struct problem *problem = workshop->problem;
    for (int32_t kind = 0; kind < problem->kind_count; kind++) {
        int32_t vehicle = solution_idle(workshop->solution, kind);
        if (vehicle >= 0 && problem_may_serve(problem, vehicle, stop))
            look_at(workshop, vehicle, stop, 0, places);
    }
}

static void look_everywhere(const struct workshop *workshop, int32_t stop, struct places *places)
{
    const struct problem *problem = workshop->problem;
    for (int32_t vehicle = 0; vehicle < problem->vehicle_count; vehicle++) {
        const struct route *route = &workshop->solution->routes[vehicle];
        if (route->stops == 0 || !problem_may_serve(problem, vehicle, stop)) continue;
        for (int32_t after = 0; after <= route->count; after++)
            look_at(workshop, vehicle, stop, after, places);
    }
}

/* Tries the places found, cheapest first. */
static bool settle(struct workshop *workshop, int32_t stop, const struct places *places, bool *memory)
{
    const struct problem *problem = workshop->problem;
    struct solution *solution = workshop->solution;
    const struct stop *s = &problem->instance->stops[stop];
    for (int32_t k = 0; k < places->count; k++) {
        const struct place *place = &places->best[k];
        const struct route *route = &solution->routes[place->vehicle];
        if (!s->mandatory && place->cost >= s->prize) return false;
        int32_t count = 0;
        for (int32_t p = 0; p <= route->count; p++) {
            if (p > 0 && node_is_stop(problem, route->nodes[p])) workshop->stops[count++] = route->nodes[p];
            if (p == place->after) workshop->stops[count++] = stop;
        }
        struct schedule schedule;
        count =
            workshop_form(workshop, place->vehicle, workshop->stops, count, workshop->nodes[0], &schedule);
        if (count == 0) continue;
        if (!s->mandatory && schedule.cost - route->schedule.cost >= s->prize) continue;
        *memory &= solution_set(solution, place->vehicle, workshop->nodes[0], count, &schedule);
        return true;
    }
    return false;
}

/* Is the cheapest place found a vehicle that would have to be paid for, or is there none at all? */
static bool only_new_vehicles(const struct workshop *workshop, const struct places *places)
{
    if (places->count == 0) return true;
    int32_t vehicle = places->best[0].vehicle;
    return workshop->solution->routes[vehicle].stops == 0 &&
           workshop->problem->instance->vehicles[vehicle].fixed_cost > 0;
}

bool insertion_make(struct workshop *workshop, int32_t stop, double blink, struct rng *rng, bool *memory)
{
    struct places places = {.count = 0};
    bool mandatory = workshop->problem->instance->stops[stop].mandatory;
    look_beside_neighbours(workshop, stop, blink, rng, &places);
    look_at_idle(workshop, stop, &places);
    if (mandatory && only_new_vehicles(workshop, &places)) look_everywhere(workshop, stop, &places);
    if (settle(workshop, stop, &places, memory)) return true;
    if (!mandatory) return false;
    /* The cheap places failed and hid the others: a vehicle of its own, then any place at all. */
    places.count = 0;
    look_at_idle(workshop, stop, &places);
    if (settle(workshop, stop, &places, memory)) return true;
    places.count = 0;
    look_everywhere(workshop, stop, &places);
    return settle(workshop, stop, &places, memory);
}
