#include "solver/routing/bound/relax.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* One capacity of a trip: of a compartment, in kg or in litres. */
struct capacity {
    int32_t compartment;
    bool litres;
    int64_t most, total;
};

static money greatest_divisor(money a, money b)
{
    while (b != 0) {
        const money rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Costs are sums of whole multiples of these rates. */
static money grain_of(const struct instance *in)
{
    money grain = 0;
    for (int32_t v = 0; v < in->vehicle_count; v++) {
        const struct vehicle *vehicle = &in->vehicles[v];
        const money rates[] = {vehicle->fixed_cost,          vehicle->cost_per_m,   vehicle->cost_per_s,
                               vehicle->overtime_cost_per_s, vehicle->fuel_per_m,   vehicle->fuel_per_kg,
                               vehicle->carbon_per_m,        vehicle->carbon_per_kg};
        for (size_t r = 0; r < sizeof rates / sizeof *rates; r++) grain = greatest_divisor(grain, rates[r]);
    }
    for (int32_t s = 0; s < in->site_count; s++) grain = greatest_divisor(grain, in->sites[s].fee_per_kg);
    for (int32_t s = 0; s < in->stop_count; s++)
        if (!in->stops[s].mandatory) grain = greatest_divisor(grain, in->stops[s].prize);
    return grain > 0 ? grain : 1;
}

/* ---- Legs, stops and gates ---------------------------------------------------------------------------- */

/* The problem's node where one leaves (or enters) a node of the net. */
static int32_t node_of(const struct problem *problem, const struct net *net, int32_t node, bool leaving)
{
    const int32_t vehicle = problem->kinds[net->kind].vehicle;
    if (node != net_gate(net, 0)) return node < problem->stop_count ? node : node - 1;
    return leaving ? node_start(problem, vehicle) : node_end(problem, vehicle);
}

static void measure_legs(const struct problem *problem, struct net *net)
{
    const int32_t profile = problem->kinds[net->kind].profile;
    for (int32_t a = 0; a < net->node_count; a++)
        for (int32_t b = 0; b < net->node_count; b++) {
            const int32_t from = node_of(problem, net, a, true), to = node_of(problem, net, b, false);
            const int64_t metres = leg_m(problem, profile, from, to);
            const int64_t seconds = leg_s(problem, profile, from, to);
            const bool way = metres < TRAVEL_UNREACHABLE && seconds < TRAVEL_UNREACHABLE;
            net->leg_m[net_cell(net, a, b)] = way ? (double)metres : INFINITY;
            net->leg_s[net_cell(net, a, b)] = way ? (double)seconds : INFINITY;
        }
}

/* The least fee and time of a kilogram of a compartment, over all places where it may be left. */
static struct measures cheapest_kg(const struct relaxation *relax, const struct net *net, int32_t compartment)
{
    const struct problem *problem = relax->problem;
    const struct kind *kind = &problem->kinds[net->kind];
    struct measures least = {{0}};
    bool first = !problem->instance->vehicles[kind->vehicle].home_takes_load;
    for (int32_t s = 0; s < problem->site_count; s++) {
        const struct site *site = &problem->instance->sites[s];
        if (!(problem->shapes[kind->shape].emptied[s] >> compartment & 1)) continue;
        const double fee = (double)site->fee_per_kg * relax->scale;
        const double seconds = (double)site->unload_us_per_kg * 1e-6;
        least.of[TRIP_MONEY] = first ? fee : fmin(fee, least.of[TRIP_MONEY]);
        least.of[TRIP_S] = first ? seconds : fmin(seconds, least.of[TRIP_S]);
        first = false;
    }
    return least;
}

static void measure_stops(const struct relaxation *relax, struct net *net)
{
    const struct problem *problem = relax->problem;
    const struct shape *shape = &problem->shapes[problem->kinds[net->kind].shape];
    for (int32_t i = 0; i < problem->stop_count; i++) {
        const struct stop *stop = &problem->instance->stops[i];
        net->serves[i] = problem->may_serve[(size_t)net->kind * (size_t)problem->stop_count + (size_t)i];
        if (!net->serves[i]) continue;
        const struct measures kg = cheapest_kg(relax, net, shape->compartment[i]);
        struct measures *visit = &net->stop[i];
        visit->of[TRIP_M] = (double)stop->inner_m;
        visit->of[TRIP_S] = (double)stop->service_s + (double)stop->load_kg * kg.of[TRIP_S];
        visit->of[TRIP_STOPS] = 1;
        visit->of[TRIP_KG] = (double)stop->load_kg;
        visit->of[TRIP_L] = (double)stop->load_l;
        visit->of[TRIP_MONEY] = (double)stop->load_kg * kg.of[TRIP_MONEY];
    }
}

static void measure_gates(const struct relaxation *relax, struct net *net)
{
    const struct problem *problem = relax->problem;
    const struct kind *kind = &problem->kinds[net->kind];
    const struct vehicle *vehicle = &problem->instance->vehicles[kind->vehicle];
    const struct measures least = cheapest_kg(relax, net, 0);
    double day_kg = 0; /* labels count kilograms in 32 bits */
    for (int32_t i = 0; i < relax->stop_count; i++) day_kg += net->stop[i].of[TRIP_KG];
    net->takes[0] = vehicle->home_takes_load;
    for (int32_t s = 0; s < problem->site_count; s++) {
        const struct site *site = &problem->instance->sites[s];
        net->takes[1 + s] = problem->shapes[kind->shape].emptied[s] != 0;
        net->gate_s[1 + s] = site->unload_s;
        if (vehicle->compartment_count != 1 || !net->takes[1 + s] || day_kg > INT32_MAX / BOUND_STOPS_MAX)
            continue;
        struct measures *beyond = &net->gate_kg[1 + s];
        beyond->of[TRIP_MONEY] = (double)site->fee_per_kg * relax->scale - least.of[TRIP_MONEY];
        beyond->of[TRIP_S] = (double)site->unload_us_per_kg * 1e-6 - least.of[TRIP_S];
    }
}

/* ---- Prices and limits of the day ---------------------------------------------------------------------- */

static double limit_or_none(int64_t limit)
{
    return limit > 0 ? (double)limit : INFINITY;
}

/* Work that fits a shift: a break that is due takes its part. */
static double work_limit_s(const struct vehicle *vehicle)
{
    double most = (double)vehicle->shift_end_s - vehicle->shift_start_s;
    if (vehicle->break_s > 0 && vehicle->break_after_s < most)
        most = fmax(vehicle->break_after_s, most - vehicle->break_s);
    return fmax(0, fmin(most, vehicle->max_work_s));
}

/* More than the vehicles of the day could work without waiting: a limit beyond binds nothing. */
static double work_at_most_s(const struct net *net, int32_t stop_count)
{
    double leg = 0, sum = 0;
    for (size_t c = 0; c < (size_t)net->node_count * (size_t)net->node_count; c++)
        if (net->leg_s[c] < INFINITY) leg = fmax(leg, net->leg_s[c]);
    for (int32_t i = 0; i < stop_count; i++) sum += net->stop[i].of[TRIP_S] + 3 * leg;
    for (int32_t g = 0; g < net->gate_count; g++) sum += (stop_count + 1) * net->gate_s[g];
    return sum + 3 * leg;
}

static void price_net(const struct relaxation *relax, struct net *net)
{
    const struct kind *kind = &relax->problem->kinds[net->kind];
    const struct vehicle *vehicle = &relax->problem->instance->vehicles[kind->vehicle];
    const double scale = relax->scale;
    const money least = vehicle->cost_per_s < vehicle->overtime_cost_per_s ? vehicle->cost_per_s
                                                                           : vehicle->overtime_cost_per_s;
    const bool overtime = vehicle->overtime_from_s < TIME_MAX;
    net->price.of[TRIP_M] = (double)kind->rate_m * scale;
    net->price.of[TRIP_S] = (double)(overtime ? least : vehicle->cost_per_s) * scale;
    net->price.of[TRIP_KG] = (double)kind->price_kg * scale;
    net->price.of[TRIP_MONEY] = 1;
    net->fixed_cost = (double)vehicle->fixed_cost * scale;
    net->overtime_from_s = vehicle->overtime_from_s;
    if (overtime && vehicle->overtime_cost_per_s > vehicle->cost_per_s)
        net->overtime_price = (double)(vehicle->overtime_cost_per_s - vehicle->cost_per_s) * scale;
    net->limit = (struct measures){{limit_or_none(vehicle->max_distance_m), work_limit_s(vehicle),
                                    limit_or_none(vehicle->max_stops), limit_or_none(vehicle->max_load_kg),
                                    limit_or_none(vehicle->max_load_l), INFINITY}};
    if (net->limit.of[TRIP_S] >= work_at_most_s(net, relax->stop_count)) net->limit.of[TRIP_S] = INFINITY;
    if (net->overtime_from_s >= work_at_most_s(net, relax->stop_count)) net->overtime_price = 0;
}

/* ---- Room in a trip ----------------------------------------------------------------------------------- */

static int64_t load_of(const struct relaxation *relax, const struct net *net, int32_t stop,
                       const struct capacity *capacity)
{
    const struct problem *problem = relax->problem;
    const struct shape *shape = &problem->shapes[problem->kinds[net->kind].shape];
    const struct stop *it = &problem->instance->stops[stop];
    if (!net->serves[stop] || shape->compartment[stop] != capacity->compartment) return 0;
    return capacity->litres ? it->load_l : it->load_kg;
}

static bool tighter(const struct capacity *a, const struct capacity *b)
{
    return (double)a->total * (double)b->most > (double)b->total * (double)a->most;
}

/* Every capacity, the tightest first. */
static int32_t rank_capacities(const struct relaxation *relax, const struct net *net,
                               struct capacity ranked[2 * COMPARTMENT_MAX])
{
    const struct problem *problem = relax->problem;
    const struct vehicle *vehicle = &problem->instance->vehicles[problem->kinds[net->kind].vehicle];
    int32_t count = 0;
    for (int32_t c = 0; c < vehicle->compartment_count; c++)
        for (int32_t litres = 0; litres < 2; litres++) {
            const struct vehicle_compartment *room = &vehicle->compartments[c];
            struct capacity it = {c, litres != 0, litres ? room->capacity_l : room->capacity_kg, 0};
            for (int32_t i = 0; i < problem->stop_count; i++) it.total += load_of(relax, net, i, &it);
            int32_t at = count++;
            for (; at > 0 && tighter(&it, &ranked[at - 1]); at--) ranked[at] = ranked[at - 1];
            ranked[at] = it;
        }
    return count;
}

static void measure_room(const struct relaxation *relax, struct net *net)
{
    struct capacity ranked[2 * COMPARTMENT_MAX];
    const int32_t count = rank_capacities(relax, net, ranked);
    const int64_t step = relax->stop_count + 1;
    const bool binds = count > 0 && ranked[0].total > ranked[0].most;
    net->key_most = (binds ? ranked[0].most : 0) * step + relax->stop_count;
    for (int32_t i = 0; i < relax->stop_count; i++)
        net->key[i] = (binds ? load_of(relax, net, i, &ranked[0]) : 0) * step + 1;
    for (int32_t r = 1; r < count && net->extra_count < EXTRA_MAX; r++) {
        if (ranked[r].total <= ranked[r].most || ranked[r].total > INT32_MAX) continue;
        const int32_t extra = net->extra_count++;
        net->extra_most[extra] = (int32_t)ranked[r].most;
        for (int32_t i = 0; i < relax->stop_count; i++)
            net->extra[extra][i] = (int32_t)load_of(relax, net, i, &ranked[r]);
    }
}

/* Is a capacity looser than another for every stop? Then it need not be looked at. */
static void drop_implied_room(struct net *net, int32_t stop_count)
{
    const int64_t step = stop_count + 1, most = net->key_most / step;
    int32_t kept = 0;
    for (int32_t e = 0; e < net->extra_count; e++) {
        bool implied = true;
        for (int32_t i = 0; i < stop_count && implied; i++) {
            const int64_t load = net->key[i] / step;
            implied = (double)net->extra[e][i] * (double)most <= (double)load * (double)net->extra_most[e];
        }
        if (implied) continue;
        net->extra_most[kept] = net->extra_most[e];
        int32_t *loads = net->extra[e];
        net->extra[e] = net->extra[kept];
        net->extra[kept++] = loads;
    }
    net->extra_count = kept;
}

/* ---- The clock ---------------------------------------------------------------------------------------- */

static void find_light(const struct relaxation *relax, struct net *net)
{
    for (int32_t i = 0; i < relax->stop_count; i++) {
        const struct stop *stop = &relax->problem->instance->stops[i];
        net->light[i] = stop->load_kg == 0 && stop->load_l == 0;
        net->some_light |= net->serves[i] && net->light[i];
    }
}

static bool needs_clock(const struct relaxation *relax, const struct net *net)
{
    const struct problem *problem = relax->problem;
    for (int32_t i = 0; i < problem->stop_count; i++)
        if (net->serves[i] && problem->nodes[i].window_count > 0) return true;
    return problem->site_count == 0 && net->limit.of[TRIP_S] < INFINITY;
}

static int32_t clipped_s(int64_t second, int32_t most)
{
    return (int32_t)(second < 0 ? 0 : second > most ? most : second);
}

static void set_clock(const struct relaxation *relax, struct net *net)
{
    const struct problem *problem = relax->problem;
    const struct vehicle *vehicle = &problem->instance->vehicles[problem->kinds[net->kind].vehicle];
    const int32_t shift_s = vehicle->shift_end_s - vehicle->shift_start_s;
    bool windows = false;
    if (shift_s < 0 || !needs_clock(relax, net)) return;
    net->timed = true;
    for (int32_t i = 0; i < problem->stop_count; i++) windows |= problem->nodes[i].window_count > 0;
    net->horizon_s = shift_s;
    if (!windows) net->horizon_s = (int32_t)fmin(shift_s, net->limit.of[TRIP_S]); /* nobody waits */
    for (int32_t i = 0; i < problem->stop_count; i++) {
        const struct node *node = &problem->nodes[i];
        const int64_t close_s = (int64_t)node->close_s - vehicle->shift_start_s;
        net->open_s[i] = clipped_s((int64_t)node->open_s - vehicle->shift_start_s, net->horizon_s);
        net->close_s[i] =
            node->window_count > 0 && close_s < net->horizon_s ? (int32_t)close_s : net->horizon_s;
        net->service_s[i] = node->service_s;
        if (close_s < 0 || node->open_s > vehicle->shift_end_s) net->serves[i] = false;
    }
    net->gate_close_s[0] = net->horizon_s;
    for (int32_t s = 0; s < problem->site_count; s++) {
        const struct node *node = &problem->nodes[problem->stop_count + s];
        const int32_t site = net_gate(net, 1 + s);
        const double home_s = net->leg_s[net_cell(net, site, net_gate(net, 0))];
        int64_t latest_s = net->horizon_s - node->service_s;
        if (problem->site_count == 1 && !net->takes[0] && home_s < INFINITY) latest_s -= (int64_t)home_s;
        const int64_t close_s = (int64_t)node->close_s - vehicle->shift_start_s;
        if (node->window_count > 0 && close_s < latest_s) latest_s = close_s;
        net->gate_close_s[1 + s] = (int32_t)(latest_s < INT32_MIN ? INT32_MIN : latest_s);
        net->gate_open_s[1 + s] = clipped_s((int64_t)node->open_s - vehicle->shift_start_s, net->horizon_s);
    }
}

/* ---- Building ----------------------------------------------------------------------------------------- */

static error_code new_net(struct net *net, int32_t stops, int32_t gates, struct arena *arena,
                          struct error *error)
{
    error_code rc = ERROR_NONE;
    net->gate_count = gates;
    net->node_count = stops + gates;
    const size_t cells = (size_t)net->node_count * (size_t)net->node_count;
    TRY_NEW(arena, net->serves, stops);
    TRY_NEW(arena, net->takes, gates);
    TRY_NEW(arena, net->light, stops);
    TRY_NEW(arena, net->leg_m, cells);
    TRY_NEW(arena, net->leg_s, cells);
    TRY_NEW(arena, net->stop, stops);
    TRY_NEW(arena, net->gate_s, gates);
    TRY_NEW(arena, net->gate_kg, gates);
    TRY_NEW(arena, net->key, stops);
    for (int32_t e = 0; e < EXTRA_MAX; e++) TRY_NEW(arena, net->extra[e], stops);
    TRY_NEW(arena, net->open_s, stops);
    TRY_NEW(arena, net->close_s, stops);
    TRY_NEW(arena, net->service_s, stops);
    TRY_NEW(arena, net->gate_open_s, gates);
    TRY_NEW(arena, net->gate_close_s, gates);
done:
    return rc;
}

error_code relax_build(const struct problem *problem, money reference, struct arena *arena,
                       struct relaxation *relax, struct error *error)
{
    error_code rc = ERROR_NONE;
    assert(problem->stop_count <= BOUND_STOPS_MAX && reference > 0);
    *relax = (struct relaxation){.problem = problem,
                                 .scale = BOUND_UNITS / (double)reference,
                                 .stop_count = problem->stop_count,
                                 .net_count = problem->kind_count,
                                 .grain = grain_of(problem->instance)};
    TRY_NEW(arena, relax->nets, relax->net_count);
    TRY_NEW(arena, relax->leaving_price, relax->stop_count);
    for (int32_t i = 0; i < relax->stop_count; i++) {
        const struct stop *stop = &problem->instance->stops[i];
        relax->leaving_price[i] = stop->mandatory ? BOUND_UNITS : (double)stop->prize * relax->scale;
    }
    for (int32_t k = 0; k < relax->net_count; k++) {
        struct net *net = &relax->nets[k];
        net->kind = k;
        TRY(new_net(net, relax->stop_count, 1 + problem->site_count, arena, error));
        for (int32_t v = 0; v < problem->vehicle_count; v++) net->count += problem->kind_of[v] == k;
        measure_legs(problem, net);
        measure_stops(relax, net);
        measure_gates(relax, net);
        price_net(relax, net);
        set_clock(relax, net);
        measure_room(relax, net);
        drop_implied_room(net, relax->stop_count);
        find_light(relax, net);
    }
done:
    return rc;
}

struct measures trip_measures(const struct net *net, int32_t from_gate, const int32_t *stops, int32_t count,
                              int32_t to_gate)
{
    struct measures sum = {{0}};
    int32_t at = net_gate(net, from_gate);
    for (int32_t k = 0; k < count; k++) {
        const size_t cell = net_cell(net, at, stops[k]);
        for (int32_t q = 0; q < TRIP_MEASURES; q++) sum.of[q] += net->stop[stops[k]].of[q];
        sum.of[TRIP_M] += net->leg_m[cell];
        sum.of[TRIP_S] += net->leg_s[cell];
        at = stops[k];
    }
    const size_t last = net_cell(net, at, net_gate(net, to_gate));
    sum.of[TRIP_M] += net->leg_m[last];
    sum.of[TRIP_S] += net->leg_s[last] + net->gate_s[to_gate];
    const double kg = sum.of[TRIP_KG];
    for (int32_t q = 0; q < TRIP_MEASURES; q++) sum.of[q] += kg * net->gate_kg[to_gate].of[q];
    return sum;
}
