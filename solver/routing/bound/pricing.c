#include "solver/routing/bound/pricing.h"

#include "solver/routing/bound/label.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Pairs of labels that are looked at one by one. Where there are more, trips are missing by the thousand:
 * those found come first, and nothing is proven. */
enum { JOINS_MAX = 4000000 };
/* Legs out of and into a stop that sparse pricing drives. */
enum { SPARSE_LEGS = 8 };

/* The cheapest trip over a leg from stop to stop; over the first leg (front -1) and the last (back -1) too.
 */
struct candidate {
    double reduced_cost;
    int32_t front, back; /* labels */
    int32_t gate;        /* the start where there is no front, the end where there is no back */
};

error_code pricing_init(struct pricing *pricing, int32_t stop_count, int32_t gate_max, struct arena *arena,
                        struct error *error)
{
    error_code rc = ERROR_NONE;
    const size_t stops = (size_t)stop_count, gates = (size_t)gate_max;
    *pricing = (struct pricing){.stop_count = stop_count, .memory = true};
    TRY_NEW(arena, pricing->leg, stops * stops);
    TRY_NEW(arena, pricing->start_leg, gates * stops);
    TRY_NEW(arena, pricing->end_leg, stops * gates);
    TRY_NEW(arena, pricing->gate_kg, gates);
    TRY_NEW(arena, pricing->cuts_at, stops);
    TRY_NEW(arena, pricing->cuts_kept, stops);
    TRY_NEW(arena, pricing->queue, QUEUES);
    TRY_NEW(arena, pricing->candidates, (stops + 1) * (stops + 1));
    for (int32_t end = 0; end < 2; end++) {
        TRY_NEW(arena, pricing->ends[end].lists, stops * BUCKETS);
        TRY_NEW(arena, pricing->ends[end].least, stops * BUCKETS);
        TRY_NEW(arena, pricing->ends[end].extended, stops * BUCKETS);
    }
    pricing->ends[1].backward = true;
done:
    return rc;
}

void pricing_free(struct pricing *pricing)
{
    array_free(&pricing->ends[0].labels);
    array_free(&pricing->ends[1].labels);
    array_free(&pricing->trips);
    array_free(&pricing->stops);
}

/* ---- Reduced costs ------------------------------------------------------------------------------------ */

/* Of a leg alone, INFINITY where there is no way. */
static double leg_price(const struct pricing *pricing, int32_t from, int32_t to)
{
    const struct net *net = pricing->net;
    const struct measures *price = &pricing->tolls->price;
    const size_t cell = net_cell(net, from, to);
    if (net->leg_m[cell] == INFINITY) return INFINITY;
    return net->leg_m[cell] * price->of[TRIP_M] + net->leg_s[cell] * price->of[TRIP_S];
}

/* Of a leg to a stop, the visit and its prize included. */
static double visit_price(const struct pricing *pricing, int32_t from, int32_t stop)
{
    const struct tolls *tolls = pricing->tolls;
    if (!pricing->net->serves[stop]) return INFINITY;
    double price = leg_price(pricing, from, stop);
    price += measures_price(&pricing->net->stop[stop], &tolls->price) - tolls->prize[stop];
    if (tolls->entering != NULL) price += tolls->entering[from * pricing->stop_count + stop];
    return price;
}

static void price_legs(struct pricing *pricing)
{
    const struct net *net = pricing->net;
    const int32_t stops = pricing->stop_count;
    const struct tolls *tolls = pricing->tolls;
    pricing->by_kg = false;
    pricing->dearest_kg = 0;
    for (int32_t a = 0; a < stops; a++)
        for (int32_t b = 0; b < stops; b++)
            pricing->leg[a * stops + b] = a != b && net->serves[a] ? visit_price(pricing, a, b) : INFINITY;
    for (int32_t gate = 0; gate < net->gate_count; gate++) {
        const int32_t node = net_gate(net, gate);
        pricing->gate_kg[gate] = measures_price(&net->gate_kg[gate], &tolls->price);
        pricing->by_kg |= pricing->gate_kg[gate] > 0;
        pricing->dearest_kg = fmax(pricing->dearest_kg, pricing->gate_kg[gate]);
        const double end = tolls->end[gate] + net->gate_s[gate] * tolls->price.of[TRIP_S];
        for (int32_t stop = 0; stop < stops; stop++) {
            const bool ends = (net->takes[gate] || net->some_light) && net->serves[stop];
            pricing->start_leg[gate * stops + stop] = tolls->start[gate] + visit_price(pricing, node, stop);
            pricing->end_leg[stop * net->gate_count + gate] =
                ends ? end + leg_price(pricing, stop, node) : INFINITY;
        }
    }
}

/* The reduced cost below which a leg of a row (or column) is one of its SPARSE_LEGS cheapest. */
static double sparse_limit(const double *legs, int32_t count, int32_t stride)
{
    double least[SPARSE_LEGS];
    int32_t kept = 0;
    for (int32_t k = 0; k < count; k++) {
        const double leg = legs[k * stride];
        int32_t at = kept < SPARSE_LEGS ? kept++ : SPARSE_LEGS;
        if (at == SPARSE_LEGS && leg >= least[--at]) continue;
        for (; at > 0 && leg < least[at - 1]; at--) least[at] = least[at - 1];
        least[at] = leg;
    }
    return kept > 0 ? least[kept - 1] : INFINITY;
}

/* Keeps of each stop the cheapest legs out and in. */
static void thin_legs(struct pricing *pricing)
{
    const int32_t stops = pricing->stop_count;
    double out[BOUND_STOPS_MAX], in[BOUND_STOPS_MAX];
    for (int32_t stop = 0; stop < stops; stop++) {
        out[stop] = sparse_limit(pricing->leg + stop * stops, stops, 1);
        in[stop] = sparse_limit(pricing->leg + stop, stops, stops);
    }
    for (int32_t a = 0; a < stops; a++)
        for (int32_t b = 0; b < stops; b++) {
            double *leg = &pricing->leg[a * stops + b];
            if (*leg > out[a] && *leg > in[b]) *leg = INFINITY;
        }
}

static void index_cuts(struct pricing *pricing)
{
    const size_t size = (size_t)pricing->stop_count * sizeof *pricing->cuts_at;
    memset(pricing->cuts_at, 0, size);
    memset(pricing->cuts_kept, 0, size);
    for (int32_t c = 0; c < pricing->tolls->cut_count; c++)
        for (int32_t stop = 0; stop < pricing->stop_count; stop++) {
            if (set_has(pricing->tolls->cuts[c].members, stop)) set_add(&pricing->cuts_at[stop], c);
            if (set_has(pricing->tolls->cuts[c].memory, stop)) set_add(&pricing->cuts_kept[stop], c);
        }
}

/* ---- Joining both ends -------------------------------------------------------------------------------- */

static void note(struct pricing *pricing, int32_t from, int32_t to, struct candidate found, int64_t key)
{
    struct candidate *best = &pricing->candidates[from * (pricing->stop_count + 1) + to];
    if (found.reduced_cost < best->reduced_cost) *best = found;
    if (found.reduced_cost < pricing->least) pricing->least = found.reduced_cost;
    pricing->least_per_key = fmax(pricing->least_per_key, -found.reduced_cost / (double)key);
}

/* What a candidate over the leg must cost less than to be looked at. */
static double wanted_below(const struct pricing *pricing, int32_t from, int32_t to)
{
    if (pricing->effort == PRICING_FULL) return -PRICING_EPSILON;
    return pricing->candidates[from * (pricing->stop_count + 1) + to].reduced_cost;
}

static void join_pair(struct pricing *pricing, int32_t front, int32_t back, double leg)
{
    const struct net *net = pricing->net;
    const struct label *a = &pricing->ends[0].labels.items[front], *b = &pricing->ends[1].labels.items[back];
    if (!label_may_end(net, a, b->gate)) return;
    if (a->key + b->key > net->key_most || !set_empty(set_both(a->memory, b->memory))) return;
    for (int32_t e = 0; e < net->extra_count; e++)
        if (a->extra[e] + b->extra[e] > net->extra_most[e]) return;
    if (net->timed &&
        a->clock_s + net->service_s[a->stop] + (int64_t)net->leg_s[net_cell(net, a->stop, b->stop)] >
            net->horizon_s - b->clock_s)
        return;
    double reduced = a->cost + leg + b->cost;
    if (pricing->tolls->cut_count > 0) reduced += halves_joined(pricing->tolls, a->halves, b->halves);
    if (pricing->by_kg) reduced += pricing->gate_kg[b->gate] * a->kg;
    if (reduced >= -PRICING_EPSILON) return;
    note(pricing, a->stop, b->stop, (struct candidate){reduced, front, back, -1}, a->key + b->key);
}

static void join_front(struct pricing *pricing, int32_t front)
{
    const struct half_labels *backward = &pricing->ends[1];
    const struct label *a = &pricing->ends[0].labels.items[front];
    const int32_t stops = pricing->stop_count;
    /* what fits beside the front's progress */
    const int64_t rest = pricing->most - (pricing->net->timed ? a->clock_s : a->key);
    const int32_t last = (int32_t)(rest * BUCKETS / (pricing->most + 1));
    for (int32_t stop = 0; stop < stops && !pricing_over(pricing); stop++) {
        const double leg = pricing->leg[a->stop * stops + stop];
        if (leg == INFINITY || set_has(a->memory, stop)) continue;
        for (int32_t bucket = 0; bucket <= last; bucket++) {
            if (a->cost + leg + backward->least[stop * BUCKETS + bucket] >=
                wanted_below(pricing, a->stop, stop))
                continue;
            for (int32_t at = label_list(backward, stop, bucket); at >= 0;
                 at = backward->labels.items[at].next) {
                const double sum = a->cost + leg + backward->labels.items[at].cost;
                if (sum >= wanted_below(pricing, a->stop, stop)) break;
                if (pricing->joins++ > JOINS_MAX) return;
                join_pair(pricing, front, at, leg);
            }
        }
    }
}

/* Trips that are all on one side of the middle. */
static void join_gates(struct pricing *pricing)
{
    const struct net *net = pricing->net;
    const int32_t stops = pricing->stop_count;
    const struct labels *forward = &pricing->ends[0].labels, *backward = &pricing->ends[1].labels;
    for (int32_t front = 0; front < forward->count; front++) {
        const struct label *a = &forward->items[front];
        for (int32_t gate = 0; gate < net->gate_count; gate++) {
            const double reduced = a->cost + pricing->end_leg[a->stop * net->gate_count + gate] +
                                   (pricing->by_kg ? a->kg * pricing->gate_kg[gate] : 0);
            if (reduced >= -PRICING_EPSILON || !label_may_end(net, a, gate)) continue;
            if (net->timed && a->clock_s + net->service_s[a->stop] +
                                      (int64_t)net->leg_s[net_cell(net, a->stop, net_gate(net, gate))] >
                                  net->gate_close_s[gate])
                continue;
            note(pricing, a->stop, stops, (struct candidate){reduced, front, -1, gate}, a->key);
        }
    }
    for (int32_t back = 0; back < backward->count; back++) {
        const struct label *b = &backward->items[back];
        for (int32_t gate = 0; gate < net->gate_count; gate++) {
            const double reduced = pricing->start_leg[gate * stops + b->stop] + b->cost;
            if (reduced >= -PRICING_EPSILON) continue;
            if (net->timed &&
                net->gate_open_s[gate] + (int64_t)net->leg_s[net_cell(net, net_gate(net, gate), b->stop)] >
                    net->horizon_s - b->clock_s)
                continue;
            note(pricing, stops, b->stop, (struct candidate){reduced, -1, back, gate}, b->key);
        }
    }
}

/* ---- The answer --------------------------------------------------------------------------------------- */

static int by_reduced_cost(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->reduced_cost != y->reduced_cost) return x->reduced_cost < y->reduced_cost ? -1 : 1;
    return x->front != y->front ? (x->front > y->front) - (x->front < y->front)
                                : (x->back > y->back) - (x->back < y->back);
}

static bool write_trip(struct pricing *pricing, const struct candidate *candidate)
{
    const struct label *forward = pricing->ends[0].labels.items, *backward = pricing->ends[1].labels.items;
    struct found_trip trip = {.reduced_cost = candidate->reduced_cost,
                              .start = candidate->gate,
                              .end = candidate->gate,
                              .first = (int32_t)pricing->stops.count};
    int32_t fronts = 0;
    for (int32_t at = candidate->front; at >= 0; at = forward[at].parent) fronts++;
    if (!array_reserve(&pricing->stops, pricing->stops.count + fronts)) return false;
    int32_t *write = pricing->stops.items + pricing->stops.count + fronts;
    for (int32_t at = candidate->front; at >= 0; at = forward[at].parent) {
        *--write = forward[at].stop;
        trip.start = forward[at].gate;
    }
    pricing->stops.count += fronts;
    for (int32_t at = candidate->back; at >= 0; at = backward[at].parent) {
        if (!array_push(&pricing->stops, backward[at].stop)) return false;
        trip.end = backward[at].gate;
    }
    trip.count = (int32_t)pricing->stops.count - trip.first;
    return array_push(&pricing->trips, trip);
}

static void write_trips(struct pricing *pricing)
{
    const int32_t all = (pricing->stop_count + 1) * (pricing->stop_count + 1);
    int32_t count = 0;
    for (int32_t c = 0; c < all; c++)
        if (pricing->candidates[c].reduced_cost < -PRICING_EPSILON)
            pricing->candidates[count++] = pricing->candidates[c];
    qsort(pricing->candidates, (size_t)count, sizeof *pricing->candidates, by_reduced_cost);
    double last = 0;
    for (int32_t c = 0; c < count && pricing->trips.count < TRIPS_PER_CALL; c++) {
        /* one trip is the cheapest over several of its legs: the same sum tells, but for rounding */
        const bool same = pricing->trips.count > 0 && pricing->candidates[c].reduced_cost - last < 1e-9;
        last = pricing->candidates[c].reduced_cost;
        if (!same) pricing->memory &= write_trip(pricing, &pricing->candidates[c]);
    }
}

error_code pricing_run(struct pricing *pricing, const struct net *net, const struct tolls *tolls,
                       const struct stop_set *neighbourhoods, pricing_effort effort,
                       const struct pricing_limits *limits, struct error *error)
{
    const int32_t stops = pricing->stop_count;
    assert(tolls->cut_count <= SUBSET_CUTS_MAX);
    pricing->net = net;
    pricing->tolls = tolls;
    pricing->neighbourhoods = neighbourhoods;
    pricing->limits = limits;
    pricing->effort = effort;
    pricing->complete = pricing->memory = true;
    pricing->stopped = false;
    pricing->ticks = pricing->joins = 0;
    pricing->least = pricing->least_per_key = 0;
    pricing->trips.count = pricing->stops.count = 0;
    pricing->most = net->timed ? net->horizon_s : net->key_most;
    pricing->half = pricing->most / 2;
    for (int32_t c = 0; c < (stops + 1) * (stops + 1); c++)
        pricing->candidates[c] = (struct candidate){.reduced_cost = -PRICING_EPSILON};
    price_legs(pricing);
    if (effort == PRICING_SPARSE) thin_legs(pricing);
    index_cuts(pricing);
    label_all(pricing, &pricing->ends[0]);
    label_all(pricing, &pricing->ends[1]);
    for (int32_t front = 0; front < pricing->ends[0].labels.count; front++)
        if (!pricing->ends[0].labels.items[front].dead) join_front(pricing, front);
    join_gates(pricing);
    if (pricing->joins > JOINS_MAX) pricing->complete = false;
    write_trips(pricing);
    return pricing->memory ? ERROR_NONE : error_memory(error);
}
