/* Pricing: the cheapest trips of a net under given tolls, by labelling from both ends.
 *
 * A label is a part of a trip: forward from a gate up to a stop, backward from a stop to the gate that takes
 * the load. It carries its reduced cost, the room it takes, the clock where the net has one, the stops that
 * it remembers (may not visit again) and, a bit each, the subset cuts of which it has one half. Label a
 * dominates b at the same stop when it costs no more, takes no more of anything, and remembers no more; the
 * halves that a has and b has not are weighed by their penalties (Jepsen et al. 2008).
 *
 *   - ng-routes (Baldacci, Mingozzi and Roberti 2011): after a visit to v only the stops of v's
 *     neighbourhood are remembered. Small neighbourhoods are quick, large ones near to elementary.
 *   - Both ends meet half way on the clock, or on the tightest load (Righini and Salani 2006): forward
 *     labels up to one half, backward ones extended up to one half, joined over each leg when together they
 *     fit and remember no stop twice.
 *   - Labels are made in the order of that resource, in buckets; in a bucket's list they stand by cost, so
 *     that looking for a dominating one ends early, and so does joining, once no pair can be cheap enough.
 *   - Limited-memory subset cuts (Pecin et al. 2017): a half is forgotten outside of the cut's memory.
 *
 * Three efforts, each some four times as long as the one before. Quick pricing ignores memory and halves in
 * dominance, sparse pricing drives but the legs of the least reduced cost, and neither extends all labels:
 * they find good trips and prove nothing. Full pricing proves that no trip's reduced cost is below `least`
 * (within PRICING_EPSILON), and that none is below −key × `least_per_key`; `complete` is false when labels or
 * time ran out, and then nothing is proven.
 *
 * Ownership: labels are kept from call to call and freed by pricing_free.
 */
#ifndef BENNE_ROUTING_BOUND_PRICING_H
#define BENNE_ROUTING_BOUND_PRICING_H

#include "solver/base/array.h"
#include "solver/routing/bound/relax.h"
#include "solver/routing/bound/stop_set.h"

#include <signal.h>

/* Scaled: a plan costs BOUND_UNITS. More than the tolerance of the simplex method for a reduced cost, so that
 * no trip is found twice; a hundred trips lose a millionth of the bound by it. */
#define PRICING_EPSILON 1e-4

enum { SUBSET_CUTS_MAX = 128, TRIPS_PER_CALL = 120 };

typedef enum pricing_effort { PRICING_QUICK, PRICING_SPARSE, PRICING_FULL } pricing_effort;

/* Σ over trips of floor(half the visits to three stops) ≤ 1, visits counted anew after leaving `memory`. */
struct subset_cut {
    struct stop_set members, memory;
};

/* What the duals of the master make of a net. */
struct tolls {
    struct measures price;
    double *start, *end;    /* by gate: added to trips that start or end there */
    double *prize;          /* by stop: taken off for each visit */
    const double *entering; /* node × stop: added for the leg; NULL: nothing */
    const struct subset_cut *cuts;
    const double *penalty; /* by cut: added for each pair of halves, >= 0 */
    int32_t cut_count;
};

struct label {
    double cost; /* what dominance reads stands first, in one line of the cache */
    int64_t key;
    struct stop_set memory, halves;
    int32_t kg;   /* only where gates differ by the kilogram */
    int32_t next; /* in its list, by cost; -1: the last */
    int32_t clock_s;
    int16_t stop, gate;
    bool loaded; /* some stop had a load */
    bool dead;   /* dominated */
    int32_t extra[EXTRA_MAX];
    int32_t parent; /* the label before; -1: the gate */
    int32_t queued; /* the next one to be extended in its bucket */
};

struct labels {
    struct label *items;
    int64_t count, capacity;
};

struct half_labels {
    bool backward;
    bool full; /* no room for more labels */
    struct labels labels;
    int32_t *lists;    /* stop × bucket: the cheapest label, or -1 */
    double *least;     /* its cost, or INFINITY */
    int32_t *extended; /* how many of the list were */
};

/* A trip found: stops[first] … of the list. */
struct found_trip {
    double reduced_cost;
    int32_t start, end, first, count;
};

struct found_trips {
    struct found_trip *items;
    int64_t count, capacity;
};

struct found_stops {
    int32_t *items;
    int64_t count, capacity;
};

struct pricing_limits {
    double until_s;                      /* of the monotonic clock; INFINITY: no end */
    int64_t label_max;                   /* in each direction */
    const volatile sig_atomic_t *cancel; /* NULL: never */
};

struct pricing {
    /* of the call */
    const struct net *net;
    const struct tolls *tolls;
    const struct stop_set *neighbourhoods; /* by stop */
    const struct pricing_limits *limits;
    int32_t stop_count;
    pricing_effort effort;
    bool complete; /* no label was lost */
    bool stopped;  /* by the clock, or cancelled */
    bool memory;
    int64_t ticks;
    double *leg, *start_leg, *end_leg; /* reduced costs: stop × stop, gate × stop, stop × gate */
    double *gate_kg;                   /* by gate: for each kilogram brought there */
    double dearest_kg;
    bool by_kg;
    struct stop_set *cuts_at, *cuts_kept; /* by stop: the cuts it is a member of, in the memory of */
    int64_t half, most;                   /* of the resource on which both ends meet */
    int32_t *queue;                       /* labels to extend, by progress */
    struct half_labels ends[2];
    struct candidate *candidates;
    int64_t joins;

    /* the answer */
    double least, least_per_key;
    struct found_trips trips;
    struct found_stops stops;
};

error_code pricing_init(struct pricing *pricing, int32_t stop_count, int32_t gate_max, struct arena *arena,
                        struct error *error) ERROR_CHECKED;
void pricing_free(struct pricing *pricing);

/* Finds trips of negative reduced cost, the cheapest over each leg, into `trips` by cost. */
error_code pricing_run(struct pricing *pricing, const struct net *net, const struct tolls *tolls,
                       const struct stop_set *neighbourhoods, pricing_effort effort,
                       const struct pricing_limits *limits, struct error *error) ERROR_CHECKED;

#endif
