#include "solver/routing/refit.h"

#include <stdlib.h>
#include <string.h>

/* Rounds between two in which sites are exchanged: a timetable for each call and site is dear. */
enum { EXCHANGE_EVERY = 16 };

error_code refit_init(struct refit *refit, const struct problem *problem, struct error *error)
{
    const size_t stops = (size_t)problem->stop_count + 2;
    *refit = (struct refit){.stops = malloc(stops * sizeof *refit->stops),
                            .nodes = malloc(UNLOAD_ROOM(stops) * sizeof *refit->nodes),
                            .room_kg = calloc((size_t)problem->site_count + 1, sizeof *refit->room_kg),
                            .known = calloc((size_t)problem->vehicle_count + 1, sizeof *refit->known)};
    if (!refit->known || !refit->stops || !refit->nodes || !refit->room_kg ||
        !unloader_init(&refit->unloader, problem))
        return error_memory(error);
    return ERROR_NONE;
}

void refit_free(struct refit *refit)
{
    free(refit->stops);
    free(refit->nodes);
    free(refit->room_kg);
    free(refit->known);
    unloader_free(&refit->unloader);
    *refit = (struct refit){0};
}

/* Limits of the day, which no place to unload can mend; and without sites the one load. */
static bool limits_kept(const struct problem *problem, int32_t vehicle, const int32_t *stops, int32_t count)
{
    const struct vehicle *v = &problem->instance->vehicles[vehicle];
    const struct shape *shape = &problem->shapes[problem->shape_of[vehicle]];
    struct load load[COMPARTMENT_MAX] = {{0, 0}}, total = {0, 0};
    if (v->max_stops > 0 && count > v->max_stops) return false;
    for (int32_t k = 0; k < count; k++) {
        const struct stop *stop = &problem->instance->stops[stops[k]];
        if (!problem_may_serve(problem, vehicle, stops[k])) return false;
        struct load *part = &load[shape->compartment[stops[k]]];
        part->kg += stop->load_kg;
        part->l += stop->load_l;
        total.kg += stop->load_kg;
        total.l += stop->load_l;
    }
    for (int32_t c = 0; problem->site_count == 0 && c < v->compartment_count; c++)
        if (load[c].kg > v->compartments[c].capacity_kg || load[c].l > v->compartments[c].capacity_l)
            return false;
    return (v->max_load_kg == 0 || total.kg <= v->max_load_kg) &&
           (v->max_load_l == 0 || total.l <= v->max_load_l);
}

/* What the sites still take from this vehicle today. */
static void find_room(struct refit *refit, const struct solution *solution, int32_t vehicle)
{
    const struct problem *problem = solution->problem;
    for (int32_t s = 0; s < problem->site_count; s++) {
        int64_t limit_kg = problem->instance->sites[s].daily_limit_kg;
        refit->room_kg[s] = MEASURE_MAX;
        if (limit_kg == 0) continue;
        int64_t own_kg = solution->unloaded_kg[(size_t)vehicle * (size_t)problem->site_count + (size_t)s];
        refit->room_kg[s] = limit_kg - (solution->site_kg[s] - own_kg);
    }
}

/* Several trips to one site fit each, but do they together? */
static bool sites_have_room(const struct refit *refit, const struct problem *problem, int32_t vehicle,
                            int32_t count)
{
    const struct shape *shape = &problem->shapes[problem->shape_of[vehicle]];
    int64_t aboard_kg[COMPARTMENT_MAX] = {0};
    for (int32_t s = 0; problem->sites_limited && s < problem->site_count; s++) {
        int64_t left_kg = refit->room_kg[s];
        memset(aboard_kg, 0, sizeof aboard_kg);
        for (int32_t k = 0; k < count; k++) {
            int32_t node = refit->nodes[k];
            if (node_is_stop(problem, node))
                aboard_kg[shape->compartment[node]] += problem->instance->stops[node].load_kg;
            if (!node_is_site(problem, node)) continue;
            for (int32_t c = 0; c < shape->compartment_count; c++) {
                if (!(shape->emptied[node - problem->stop_count] >> c & 1)) continue;
                if (node - problem->stop_count == s) left_kg -= aboard_kg[c];
                aboard_kg[c] = 0;
            }
        }
        if (left_kg < 0) return false;
    }
    return true;
}

/* Takes a schedule of the nodes as they stand; false when it breaks a rule. */
static bool timed_well(struct refit *refit, struct solution *solution, int32_t vehicle, int32_t count,
                       struct schedule *schedule)
{
    if (!timetable_reserve(&solution->timetable, count)) {
        solution->memory = false;
        return false;
    }
    schedule_route(solution->problem, vehicle, refit->nodes, count, &solution->timetable, schedule);
    return schedule->feasible;
}

int32_t refit_form(struct refit *refit, struct solution *solution, int32_t vehicle, const int32_t *stops,
                   int32_t stop_count, money limit, struct schedule *schedule)
{
    const struct problem *problem = solution->problem;
    if (!limits_kept(problem, vehicle, stops, stop_count)) return 0;
    if (problem->site_count == 0 || stop_count == 0) {
        refit->nodes[0] = node_start(problem, vehicle);
        memcpy(refit->nodes + 1, stops, (size_t)stop_count * sizeof *stops);
        refit->nodes[stop_count + 1] = node_end(problem, vehicle);
        return timed_well(refit, solution, vehicle, stop_count + 2, schedule) ? stop_count + 2 : 0;
    }
    find_room(refit, solution, vehicle);
    if (!unloader_reserve(&refit->unloader, problem, stop_count)) {
        solution->memory = false;
        return 0;
    }
    const int last_aim = limit == INT64_MAX ? UNLOAD_EARLIEST : UNLOAD_CHEAPEST;
    for (int aim = UNLOAD_CHEAPEST; aim <= last_aim; aim++) {
        int32_t count = unload_route(problem, vehicle, stops, stop_count, refit->room_kg, (unload_aim)aim,
                                     limit, &refit->unloader, refit->nodes);
        if (count == 0 || !sites_have_room(refit, problem, vehicle, count)) continue;
        if (timed_well(refit, solution, vehicle, count, schedule)) return count;
    }
    return 0;
}

/* Do the compartments hold what is collected between the calls of refit->nodes, does each call empty some of
 * it, and does the truck come home empty where it must? */
static bool loads_kept(const struct refit *refit, const struct problem *problem, int32_t vehicle,
                       int32_t count)
{
    const struct vehicle *v = &problem->instance->vehicles[vehicle];
    const struct shape *shape = &problem->shapes[problem->shape_of[vehicle]];
    struct load aboard[COMPARTMENT_MAX] = {{0, 0}};
    uint32_t loaded = 0;
    for (int32_t k = 1; k < count - 1; k++) {
        const int32_t node = refit->nodes[k];
        if (!node_is_stop(problem, node)) {
            const uint32_t emptied = shape->emptied[node - problem->stop_count];
            if (loaded != 0 && (loaded & emptied) == 0) return false;
            loaded &= ~emptied;
            for (int32_t c = 0; c < shape->compartment_count; c++)
                if (emptied >> c & 1) aboard[c] = (struct load){0, 0};
            continue;
        }
        const struct stop *stop = &problem->instance->stops[node];
        const int32_t c = shape->compartment[node];
        aboard[c] = load_sum(aboard[c], (struct load){stop->load_kg, stop->load_l});
        if (aboard[c].kg > v->compartments[c].capacity_kg || aboard[c].l > v->compartments[c].capacity_l)
            return false;
        if (stop->load_kg > 0 || stop->load_l > 0) loaded |= UINT32_C(1) << c;
    }
    return loaded == 0 || v->home_takes_load;
}

bool refit_allows(struct refit *refit, struct solution *solution, int32_t vehicle, const int32_t *stops,
                  int32_t stop_count, int32_t count, struct schedule *schedule)
{
    const struct problem *problem = solution->problem;
    find_room(refit, solution, vehicle);
    return limits_kept(problem, vehicle, stops, stop_count) && loads_kept(refit, problem, vehicle, count) &&
           sites_have_room(refit, problem, vehicle, count) &&
           timed_well(refit, solution, vehicle, count, schedule);
}

static int32_t list_stops(struct refit *refit, const struct solution *solution, int32_t vehicle)
{
    int32_t count = 0;
    for (int32_t x = visit_start(solution->problem, vehicle); x >= 0; x = solution->visits[x].next)
        if (x < solution->problem->stop_count) refit->stops[count++] = x;
    return count;
}

/* Hands the route to a vehicle in the form that stands in refit->nodes. */
static void adopt(const struct refit *refit, struct solution *solution, int32_t from, int32_t to,
                  int32_t count, money cost)
{
    solution_save(solution, from);
    if (to != from) {
        solution_save(solution, to);
        solution_assign(solution, from, NULL, 0);
    }
    solution_assign(solution, to, refit->nodes + 1, count - 2);
    solution_set_cost(solution, to, cost);
}

/* What the stops listed cost as changes in a vehicle. */
static money change_price(const struct refit *refit, const struct problem *problem, int32_t vehicle,
                          int32_t count)
{
    money price = 0;
    for (int32_t k = 0; problem->reference != NULL && k < count; k++)
        price += problem_change_price(problem, vehicle, refit->stops[k]);
    return price;
}

/* Does a route of these metres promise to cost less with another kind? Metres to other depots aside. */
static bool promises(const struct refit *refit, const struct solution *solution, int32_t vehicle,
                     int32_t other, int32_t count)
{
    const struct problem *problem = solution->problem;
    const struct kind *mine = kind_of(problem, vehicle), *theirs = kind_of(problem, other);
    const struct vehicle *v = &problem->instance->vehicles[vehicle], *w = &problem->instance->vehicles[other];
    const struct visit *visits = solution->visits;
    int32_t first = visits[visit_start(problem, vehicle)].next,
            last = visits[visit_end(problem, vehicle)].prev;
    int64_t old_m = leg_visits(solution, mine->profile, visit_start(problem, vehicle), first).m +
                    leg_visits(solution, mine->profile, last, visit_end(problem, vehicle)).m;
    int64_t new_m = leg_visits(solution, theirs->profile, visit_start(problem, other), first).m +
                    leg_visits(solution, theirs->profile, last, visit_end(problem, other)).m;
    money old_cost = solution->routes[vehicle].metres * mine->rate_m + v->fixed_cost +
                     change_price(refit, problem, vehicle, count);
    money new_cost = (solution->routes[vehicle].metres - old_m + new_m) * theirs->rate_m + w->fixed_cost +
                     change_price(refit, problem, other, count);
    return new_cost < old_cost ||
           (problem->work_counts && (v->cost_per_s != w->cost_per_s || v->profile != w->profile));
}

/* Lets the idle vehicle drive it that does so for least. */
static void change_vehicle(struct refit *refit, struct solution *solution, int32_t vehicle)
{
    const struct problem *problem = solution->problem;
    int32_t count = list_stops(refit, solution, vehicle), best = -1;
    money least = solution->routes[vehicle].cost;
    struct schedule schedule;
    for (int32_t kind = 0; kind < problem->kind_count; kind++) {
        int32_t other = kind == problem->kind_of[vehicle] ? -1 : solution_idle(solution, kind);
        if (other < 0 || !promises(refit, solution, vehicle, other, count)) continue;
        if (refit_form(refit, solution, other, refit->stops, count, INT64_MAX, &schedule) == 0) continue;
        if (schedule.cost >= least) continue;
        least = schedule.cost;
        best = other;
    }
    if (best < 0) return;
    count = refit_form(refit, solution, best, refit->stops, count, INT64_MAX, &schedule);
    adopt(refit, solution, vehicle, best, count, schedule.cost);
}

static bool carries(const struct problem *problem, const struct kind *kind, const struct route *route)
{
    const struct vehicle *v = &problem->instance->vehicles[kind->vehicle];
    for (int32_t c = 0; c < v->compartment_count; c++)
        if (route->carried[c].kg > v->compartments[c].capacity_kg ||
            route->carried[c].l > v->compartments[c].capacity_l)
            return false;
    return true;
}

/* Where vehicles differ in room and price alone: exchanges this one with the other that saves most. */
static void exchange_vehicles(struct refit *refit, struct solution *solution, int32_t vehicle)
{
    const struct problem *problem = solution->problem;
    const struct kind *mine = kind_of(problem, vehicle);
    const struct route *route = &solution->routes[vehicle];
    money most = 0;
    int32_t best = -1;
    for (int32_t k = 0; k < solution->used_count; k++) {
        const int32_t other = solution->used[k];
        const struct kind *theirs = kind_of(problem, other);
        const struct route *their = &solution->routes[other];
        if (theirs == mine || theirs->likeness != mine->likeness) continue;
        money gain = (route->metres - their->metres) * (mine->rate_m - theirs->rate_m) +
                     (route->total.kg - their->total.kg) * (mine->price_kg - theirs->price_kg);
        if (gain <= most || !carries(problem, theirs, route) || !carries(problem, mine, their)) continue;
        most = gain;
        best = other;
    }
    if (best < 0) return;
    solution_save(solution, vehicle);
    solution_save(solution, best);
    int32_t count = list_stops(refit, solution, vehicle);
    int32_t theirs = solution_nodes(solution, best, refit->nodes);
    solution_assign(solution, vehicle, NULL, 0);
    solution_assign(solution, best, refit->stops, count);
    solution_assign(solution, vehicle, refit->nodes + 1, theirs - 2);
}

/* The vehicle that the reference gives most of the stops listed to; -1: none. */
static int32_t vehicle_known(struct refit *refit, const struct problem *problem, int32_t count)
{
    int32_t best = -1;
    for (int32_t k = 0; k < count; k++) {
        const int32_t vehicle = problem->reference[refit->stops[k]];
        if (vehicle < 0) continue;
        refit->known[vehicle]++;
        if (best < 0 || refit->known[vehicle] > refit->known[best]) best = vehicle;
    }
    for (int32_t k = 0; k < count; k++)
        if (problem->reference[refit->stops[k]] >= 0) refit->known[problem->reference[refit->stops[k]]] = 0;
    return best;
}

/* Exchanges the whole route with that of the vehicle most of its stops are known to have, a twin, where this
 * leaves fewer changes: nothing else comes of it. */
static void exchange_twins(struct refit *refit, struct solution *solution, int32_t vehicle)
{
    const struct problem *problem = solution->problem;
    int32_t count = list_stops(refit, solution, vehicle);
    const int32_t known = vehicle_known(refit, problem, count);
    if (known < 0 || known == vehicle || solution->routes[known].stops == 0 ||
        kind_of(problem, known)->twin != kind_of(problem, vehicle)->twin)
        return;
    money gain = change_price(refit, problem, vehicle, count) - change_price(refit, problem, known, count);
    const int32_t theirs = list_stops(refit, solution, known);
    gain += change_price(refit, problem, known, theirs) - change_price(refit, problem, vehicle, theirs);
    if (gain <= 0) return;
    solution_save(solution, vehicle);
    solution_save(solution, known);
    const money mine_cost = solution->routes[vehicle].cost - solution_change_cost(solution, vehicle);
    const money their_cost = solution->routes[known].cost - solution_change_cost(solution, known);
    count = solution_nodes(solution, vehicle, refit->nodes);
    const int32_t their_count = solution_nodes(solution, known, solution->before);
    solution_assign(solution, vehicle, NULL, 0);
    solution_assign(solution, known, refit->nodes + 1, count - 2);
    solution_assign(solution, vehicle, solution->before + 1, their_count - 2);
    solution_set_cost(solution, known, mine_cost + solution_change_cost(solution, known));
    solution_set_cost(solution, vehicle, their_cost + solution_change_cost(solution, vehicle));
}

static void place_unloadings(struct refit *refit, struct solution *solution, int32_t vehicle)
{
    struct schedule schedule;
    int32_t stops = list_stops(refit, solution, vehicle);
    int32_t nodes = solution_nodes(solution, vehicle, NULL);
    money limit = unload_cost(solution->problem, vehicle, solution->scratch, nodes);
    int32_t count = refit_form(refit, solution, vehicle, refit->stops, stops, limit, &schedule);
    if (count > 0 && schedule.cost < solution->routes[vehicle].cost)
        adopt(refit, solution, vehicle, vehicle, count, schedule.cost);
}

/* Does the form in refit->nodes cost less than `least`, and have the sites room? */
static bool improves(struct refit *refit, struct solution *solution, int32_t vehicle, int32_t count,
                     money least, struct schedule *schedule)
{
    return sites_have_room(refit, solution->problem, vehicle, count) &&
           timed_well(refit, solution, vehicle, count, schedule) && schedule->cost < least;
}

/* Calls at another site where the exact timetable finds that cheaper: the placing of unloadings knows no
 * break, and one line of hours alone. */
static void exchange_sites(struct refit *refit, struct solution *solution, int32_t vehicle)
{
    const struct problem *problem = solution->problem;
    const uint32_t *emptied = problem->shapes[problem->shape_of[vehicle]].emptied;
    const int32_t count = solution_nodes(solution, vehicle, refit->nodes);
    money least = solution->routes[vehicle].cost;
    struct schedule schedule;
    find_room(refit, solution, vehicle);
    for (int32_t k = 1; k < count - 1; k++) {
        int32_t best = refit->nodes[k];
        if (!node_is_site(problem, best)) continue;
        const uint32_t taken = emptied[best - problem->stop_count];
        for (int32_t s = 0; s < problem->site_count; s++) {
            refit->nodes[k] = problem->stop_count + s;
            if (emptied[s] != taken || !improves(refit, solution, vehicle, count, least, &schedule)) continue;
            least = schedule.cost;
            best = refit->nodes[k];
        }
        refit->nodes[k] = best;
    }
    if (least < solution->routes[vehicle].cost) adopt(refit, solution, vehicle, vehicle, count, least);
}

void refit_changed(struct refit *refit, struct solution *solution)
{
    const struct problem *problem = solution->problem;
    if (problem->site_count == 0 && problem->kind_count == 1) return;
    const bool exchange = problem->site_count > 1 && refit->rounds++ % EXCHANGE_EVERY == 0;
    for (int64_t k = 0; k < solution->saved.count; k++) { /* may grow: a vehicle taken on is looked at too */
        int32_t vehicle = solution->saved.items[k].vehicle;
        if (solution->routes[vehicle].stops == 0) continue;
        if (problem->site_count > 0) place_unloadings(refit, solution, vehicle);
        if (exchange && kind_of(problem, vehicle)->intricate) exchange_sites(refit, solution, vehicle);
        if (problem->kind_count > 1) change_vehicle(refit, solution, vehicle);
        if (problem->reference != NULL && solution->routes[vehicle].stops > 0)
            exchange_twins(refit, solution, vehicle);
        if (problem->sizes && solution->routes[vehicle].stops > 0)
            exchange_vehicles(refit, solution, vehicle);
    }
}
