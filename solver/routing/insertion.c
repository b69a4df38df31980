#include "solver/routing/insertion.h"

#include <math.h>

#include "solver/routing/locks.h"
#include "solver/routing/quality.h"

/* Places put to the exact timetable before a stop is left out for now: beyond a few, further ones rarely
 * work. */
enum { TRIES = 6 };

/* Neighbours that offer a place before the rest is not looked at. Mean gap on ten X instances, 10 s: all of
 * 40 0.88 %, all of 100 0.86 %, 30 of 200 0.69 %, 15 of 400 0.67 %, 10 of 400 0.65 %. Where overload has a
 * price every neighbour offers a place. */
enum { ENOUGH = 12, ENOUGH_SOFT = 20 };

/* Neighbours with room looked at all the same: with narrow windows most offer nothing. */
enum { LOOKS = 60 };

/* Places looked at for a stop that found none beside its neighbours. */
enum { EVERYWHERE = 3000 };

/* Full routes for which a larger vehicle is tried. */
enum { LARGER = 8 };

/* The best few, cheapest first; one is enough where prices are exact. */
struct places {
    struct place best[TRIES];
    int32_t count, wanted;
};

static void keep(struct places *places, struct place place)
{
    int32_t k = places->count < places->wanted ? places->count : places->wanted - 1;
    if (places->count == places->wanted && place.price >= places->best[k].price) return;
    for (int32_t seen = 0; places->wanted > 1 && seen < places->count; seen++)
        if (places->best[seen].after == place.after) return;
    for (; k > 0 && place.price < places->best[k - 1].price; k--) places->best[k] = places->best[k - 1];
    places->best[k] = place;
    if (places->count < places->wanted) places->count++;
}

static bool look_at(const struct solution *solution, int32_t stop, int32_t after, struct places *places)
{
    if (solution->problem->locks != NULL && !locks_gap_open(solution, after)) return false;
    struct place place = place_find(solution, stop, after);
    if (place.price == IMPOSSIBLE) return false;
    keep(places, place);
    return true;
}

/* Behind a visit; and, where that is the end of a trip, behind the call at the site too: a trip of its own.
 */
static bool look_behind(const struct solution *solution, int32_t stop, int32_t after, struct places *places)
{
    const struct problem *problem = solution->problem;
    bool found = look_at(solution, stop, after, places);
    if (problem->site_count == 0) return found;
    int32_t next = solution->visits[after].next;
    if (node_is_site(problem, solution->visits[next].node)) found |= look_at(solution, stop, next, places);
    return found;
}

/* A stop being inserted, and how many of its neighbours have offered a place. */
struct newcomer {
    int32_t stop;
    const struct stop *facts;
    const struct node *node;
    uint32_t blink; /* a draw below it overlooks the place */
    struct places *places;
    int32_t into; /* the vehicle that would take the route over, and what that costs beside the way */
    money extra;
};

/* Price of the newcomer between two neighbours, the legs to it and from it being known, in a simple problem.
 */
static bool price_between(const struct solution *solution, const struct newcomer *new,
                          const struct kind *kind, int32_t after, int32_t next, struct leg to,
                          struct leg from)
{
    const struct problem *problem = solution->problem;
    if (problem->locks != NULL && !locks_gap_open(solution, after)) return false;
    if (problem->timed) {
        int64_t begin = node_begin(problem, new->stop, solution->clocks[after].early_s + to.s);
        if (begin == INT64_MAX || begin + new->node->service_s + from.s > solution->clocks[next].late_s)
            return false;
    }
    int64_t metres = to.m + from.m + new->node->inner_m - solution->visits[next].leg_m;
    money price = metres * kind->rate_m + new->facts->load_kg * kind->price_kg + new->extra;
    struct places *places = new->places;
    if (places->count == 0 || price < places->best[0].price) {
        places->best[0] = (struct place){price, solution->visits[after].vehicle, after, -1, false, new->into};
        places->count = 1;
    }
    return true;
}

/* Both sides of a neighbour, where prices are exact and only the cheapest is wanted. */
static bool look_simple(const struct solution *solution, const struct newcomer *new, const struct kind *kind,
                        int32_t near, uint64_t draw)
{
    const struct problem *problem = solution->problem;
    const struct visit *visits = solution->visits, *v = &visits[near];
    struct leg to = leg_towards(problem, kind->profile, v->exit, new->node->entry);
    struct leg from = problem->symmetric && v->entry == v->exit
                          ? to
                          : leg_between(problem, kind->profile, new->node->exit, v->entry);
    bool found = false;
    if ((uint32_t)draw >= new->blink)
        found = price_between(solution, new, kind, near, v->next, to,
                              leg_between(problem, kind->profile, new->node->exit, visits[v->next].entry));
    if ((uint32_t)(draw >> 32) >= new->blink)
        found |=
            price_between(solution, new, kind, v->prev, near,
                          leg_towards(problem, kind->profile, visits[v->prev].exit, new->node->entry), from);
    return found;
}

static bool look_closely(const struct solution *solution, const struct newcomer *new, int32_t near,
                         uint64_t draw)
{
    bool found = false;
    if ((uint32_t)draw >= new->blink) found = look_behind(solution, new->stop, near, new->places);
    if ((uint32_t)(draw >> 32) >= new->blink)
        found |= look_at(solution, new->stop, solution->visits[near].prev, new->places);
    return found;
}

/* Is there room for the stop in a route that unloads at home? Most routes of a good plan are full. */
static bool has_room(const struct solution *solution, const struct kind *kind, int32_t vehicle,
                     const struct newcomer *new)
{
    const struct problem *problem = solution->problem;
    int32_t c = problem->shapes[kind->shape].compartment[new->stop];
    const struct vehicle_compartment *room = &problem->instance->vehicles[kind->vehicle].compartments[c];
    const struct load *carried = &solution->routes[vehicle].carried[c];
    return carried->kg + new->facts->load_kg <= room->capacity_kg &&
           carried->l + new->facts->load_l <= room->capacity_l;
}

/* Finds the cheapest idle vehicle, alike but larger, that could drive the full route and the stop for less
 * than new->extra; NULL: none. */
static const struct kind *find_larger(struct solution *solution, const struct kind *kind, int32_t vehicle,
                                      struct newcomer *new)
{
    const struct problem *problem = solution->problem;
    const struct route *route = &solution->routes[vehicle];
    const struct vehicle *mine = &problem->instance->vehicles[vehicle];
    const struct kind *best = NULL;
    for (int32_t k = 0; k < problem->kind_count; k++) {
        const struct kind *larger = &problem->kinds[k];
        if (larger->likeness != kind->likeness || larger == kind) continue;
        int32_t other = solution_idle(solution, k);
        if (other < 0 || !has_room(solution, larger, vehicle, new)) continue;
        money extra = problem->instance->vehicles[other].fixed_cost - mine->fixed_cost +
                      route->metres * (larger->rate_m - kind->rate_m) +
                      route->total.kg * (larger->price_kg - kind->price_kg);
        if (extra >= new->extra) continue;
        best = larger;
        new->extra = extra;
        new->into = other;
    }
    return best;
}

static void look_beside_neighbours(struct solution *solution, int32_t stop,
                                   const struct insertion_terms *terms, struct rng *rng,
                                   struct places *places)
{
    const struct problem *problem = solution->problem;
    const int32_t *neighbours = problem->neighbours + (size_t)stop * (size_t)problem->neighbour_count;
    struct newcomer new = {stop,
                           &problem->instance->stops[stop],
                           &problem->nodes[stop],
                           (uint32_t)(terms->blink * 4294967295.0),
                           places,
                           -1,
                           0};
    const int32_t enough = solution->soft.per_kg > 0 ? ENOUGH_SOFT : ENOUGH;
    int32_t larger = 0;
    for (int32_t k = 0, offers = 0, looks = 0;
         k < problem->neighbour_count && offers < enough && looks < LOOKS; k++) {
        const int32_t near = neighbours[k], vehicle = solution->visits[near].vehicle;
        if (vehicle < 0) continue;
        const struct kind *kind = kind_of(problem, vehicle);
        if (!kind->serves_all && !problem_may_serve(problem, vehicle, stop)) continue;
        new.into = -1;
        new.extra = 0;
        if (problem->site_count == 0) new.extra = solution_room_price(solution, vehicle, stop);
        if (new.extra > 0 && problem->sizes && terms->larger &&larger++ < LARGER) {
            const struct kind *with = find_larger(solution, kind, vehicle, &new);
            if (with != NULL) kind = with;
        }
        if (new.extra == IMPOSSIBLE) continue;
        if (problem->quality) new.extra += quality_stop_price(solution, vehicle, stop);
        uint64_t draw = rng_next(rng);
        looks++;
        offers += problem->simple ? look_simple(solution, &new, kind, near, draw)
                                  : look_closely(solution, &new, near, draw);
    }
}

/* One idle vehicle of each kind stands for all of its kind. With several kinds they too are overlooked now
 * and then: else each stop would always take its cheapest, and two stops never each other's. */
static void look_at_idle(struct solution *solution, int32_t stop, double blink, struct rng *rng,
                         struct places *places)
{
    const struct problem *problem = solution->problem;
    for (int32_t kind = 0; kind < problem->kind_count; kind++) {
        int32_t vehicle = solution_idle(solution, kind);
        if (vehicle < 0 || !problem_may_serve(problem, vehicle, stop)) continue;
        if (blink > 0 && problem->kind_count > 1 && rng_unit(rng) < blink) continue;
        look_at(solution, stop, visit_start(problem, vehicle), places);
    }
}

/* All places in the routes, or as many of them as may be looked at, from a route drawn at random on. */
static void look_everywhere(const struct solution *solution, int32_t stop, struct rng *rng,
                            struct places *places)
{
    const struct problem *problem = solution->problem;
    if (solution->used_count == 0) return;
    const int32_t first = rng_below(rng, solution->used_count);
    for (int32_t k = 0, looks = 0; k < solution->used_count && looks < EVERYWHERE; k++) {
        const int32_t vehicle = solution->used[(first + k) % solution->used_count];
        if (!problem_may_serve(problem, vehicle, stop)) continue;
        for (int32_t x = visit_start(problem, vehicle); solution->visits[x].next >= 0;
             x = solution->visits[x].next, looks++)
            look_at(solution, stop, x, places);
    }
}

/* Puts the stop there; an intricate route is put back as it was when the timetable says no, or when the
 * stop would cost more than it is worth. *renewed: its calls at sites are then other visits. */
static bool take(struct solution *solution, int32_t stop, const struct place *place, money worth,
                 bool *renewed)
{
    const struct problem *problem = solution->problem;
    solution_save(solution, place->vehicle);
    if (place->into >= 0) solution_save(solution, place->into);
    if (!kind_of(problem, place->vehicle)->intricate) {
        place_take(solution, stop, place);
        return true;
    }
    money before = solution->routes[place->vehicle].cost, apart = solution->totals.apart;
    int32_t count = solution_nodes(solution, place->vehicle, solution->before);
    *renewed = place_take(solution, stop, place);
    if (solution_confirm(solution, place->vehicle) &&
        solution->routes[place->vehicle].cost - before + solution->totals.apart - apart < worth)
        return true;
    if (*renewed)
        solution_assign(solution, place->vehicle, solution->before + 1, count - 2);
    else
        place_leave(solution, stop, place);
    solution_set_cost(solution, place->vehicle, before);
    return false;
}

/* Tries the places found, cheapest first. */
static bool settle(struct solution *solution, int32_t stop, money worth, struct places *places)
{
    const struct problem *problem = solution->problem;
    for (int32_t k = 0; k < places->count; k++) {
        const struct place *place = &places->best[k];
        bool renewed = false;
        if (place->price == IMPOSSIBLE) continue;
        if (place->price >= worth) return false;
        if (take(solution, stop, place, worth, &renewed)) return true;
        for (int32_t other = k + 1; renewed && other < places->count; other++)
            if (places->best[other].vehicle == place->vehicle &&
                !node_is_stop(problem, places->best[other].after))
                places->best[other].price = IMPOSSIBLE;
    }
    return false;
}

/* Is the cheapest place found a vehicle that would have to be paid for, or is there none at all? */
static bool only_new_vehicles(const struct solution *solution, const struct places *places)
{
    if (places->count == 0) return true;
    int32_t vehicle = places->best[0].vehicle;
    return solution->routes[vehicle].stops == 0 &&
           solution->problem->instance->vehicles[vehicle].fixed_cost > 0;
}

bool insertion_make(struct solution *solution, int32_t stop, const struct insertion_terms *terms,
                    struct rng *rng)
{
    const struct problem *problem = solution->problem;
    struct places places = {.count = 0, .wanted = problem->intricate ? TRIES : 1};
    money worth = IMPOSSIBLE;
    if (!terms->at_any_price && !problem->instance->stops[stop].mandatory)
        worth = problem->instance->stops[stop].prize -
                (money)(terms->generosity > 0 ? terms->generosity * log(1 - rng_unit(rng)) : 0);
    look_beside_neighbours(solution, stop, terms, rng, &places);
    look_at_idle(solution, stop, terms->blink, rng, &places);
    if (worth == IMPOSSIBLE && only_new_vehicles(solution, &places))
        look_everywhere(solution, stop, rng, &places);
    if (settle(solution, stop, worth, &places)) return true;
    if (worth != IMPOSSIBLE || !problem->intricate) return false;
    /* The cheap places failed and hid the others: a vehicle of its own, then any place at all. */
    places.count = 0;
    look_at_idle(solution, stop, 0, rng, &places);
    if (settle(solution, stop, worth, &places)) return true;
    places.count = 0;
    look_everywhere(solution, stop, rng, &places);
    return settle(solution, stop, worth, &places);
}
