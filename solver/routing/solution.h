/* The search's state: routes as linked visits, with running sums from both ends, and an undo log.
 *
 * A visit is a place in a route: stops 0 … n − 1 are their own visits, each vehicle has a start and an end
 * visit, and each call at a disposal site takes a visit from a pool. Links, not arrays: putting a stop in or
 * taking it out costs as many steps as sums change, and pieces of route far away are never touched.
 *
 * Running sums, each kept only where the problem needs it:
 *   clock   timed        earliest end of the visit; latest arrival that keeps what follows in its hours
 *   span    work_counts  shortest duration from leaving up to here, and from here until home, with the
 *                        earliest and latest beginnings that reach it (Vidal et al. 2013)
 *   aboard  sites        by compartment: carried on leaving the visit; still to be collected, this visit
 *                        included, until it is next emptied, and whether it ever is
 *   trip    released     the visit seen from the departure of its trip: see struct trip_clock
 *   tally   on demand    the visit's place in its route and what was driven and collected up to it; renewed
 * by solution_number for the routes that moves look at (aboard too, where no site keeps it) Breaks,
 * load-dependent unloading and site limits are in none of them: the sums never forbid what is possible, and
 * where a kind of vehicle is `intricate` the exact timetable has the last word.
 *
 * Where loads are left at home alone, a route may be overloaded while the search is on its way: `totals.over`
 * counts it, `soft` prices it, and only a solution without overload is ever kept.
 *
 * Every change of a route is preceded by solution_save; solution_undo restores all routes saved since the
 * last solution_mark. Complexity: O(visits whose sums change); save and undo O(length of the routes saved).
 */
#ifndef BENNE_ROUTING_SOLUTION_H
#define BENNE_ROUTING_SOLUTION_H

#include "solver/model/plan.h"
#include "solver/routing/schedule.h"

struct visit {
    int32_t next, prev; /* visits; -1 beyond start and end */
    int32_t vehicle;    /* -1: in no route */
    int32_t node;
    int32_t entry, exit;  /* places */
    int32_t leg_m, leg_s; /* from the visit before */
};

struct clock {
    int64_t early_s; /* earliest end */
    int64_t late_s;  /* latest arrival */
};

struct span {
    int64_t duration_s, early_s, late_s;
};

struct load {
    int64_t kg, l;
};

struct aboard {
    struct load ahead, behind;
    bool emptied; /* the compartment is emptied at this visit or later */
};

/* With d the departure of the trip: the visit ends at max(d + driven_s, floor_s), for d at most latest_s. */
struct trip_clock {
    int64_t driven_s, floor_s, latest_s;
    int64_t leave_s;          /* at the head of a trip: its departure */
    int32_t head;             /* visit: where the trip sets out */
    int32_t release_ahead_s;  /* largest release of the trip's stops up to here */
    int32_t release_behind_s; /* and from here on; at the head of a trip 0 */
};

/* A visit seen from the start of its route, itself included. */
struct tally {
    int64_t metres;
    struct load collected;
    money arc; /* price of the leg that leads to it: arc_price */
    int32_t order, stops;
};

/* What a kilogram or a litre too much costs while the search is on its way. */
struct soft {
    money per_kg, per_l;
};

struct route {
    int32_t stops;
    bool numbered; /* its tallies are of today */
    int64_t metres;
    struct load total;                    /* collected in the day */
    struct load carried[COMPARTMENT_MAX]; /* the same by compartment, for problems without sites */
    int32_t changed;                      /* stops that the reference gives to another vehicle */
    money cost;                           /* 0 without stops */
};

struct totals {
    money cost;  /* routes, prizes left, mandatory stops left, and: */
    money apart; /* pairs of stops served by different vehicles (quality.h) */
    int32_t unserved_mandatory, served;
    struct load over; /* carried beyond the capacity of compartments; 0 with sites */
};

/* A visit of a route as it was. */
struct logged {
    int32_t node, leg_m, leg_s;
};

/* A route as it was. */
struct saved {
    int32_t vehicle, first, count; /* visits in the log, the end included */
    struct route route;
};

struct solution {
    const struct problem *problem;
    struct visit *visits;
    struct clock *clocks;             /* by visit; NULL when not timed */
    struct span *spans_to, *spans_on; /* by visit; NULL when work does not count */
    struct aboard *aboard;            /* visit × width; without sites: as of tallies */
    struct tally *tallies;            /* by visit */
    struct trip_clock *trips;         /* by visit; NULL without releases */
    int32_t visit_count;              /* capacity of the tables */
    int32_t *spare, spare_count;      /* visits free for disposal sites */

    struct route *routes;                /* by vehicle */
    int32_t *used, used_count, *used_at; /* vehicles with stops, in no order that means anything */
    int64_t *site_kg;                    /* by site, unloaded today; kept when sites are limited */
    int64_t *unloaded_kg;                /* the same by vehicle × site; NULL when they are not */
    struct totals totals, marked_totals;
    int32_t *idle_from; /* by kind: no idle vehicle of the kind has a lower number */
    int32_t used_most;  /* vehicles: none beside them counts as idle */
    money *leaving;     /* by stop: what leaving it costs; solution_leaving_price but for fleet.h */
    struct soft soft;

    struct {
        struct saved *items;
        int64_t count, capacity;
    } saved;
    struct {
        struct logged *items;
        int64_t count, capacity;
    } log;
    uint32_t *marked, mark; /* by vehicle: saved since the mark */
    struct {
        int32_t *items;
        int64_t count, capacity;
    } stale;        /* vehicles changed since the snapshot last copied them */
    bool *is_stale; /* by vehicle */
    struct {
        int32_t *items;
        int64_t count, capacity;
    } dirty;        /* vehicles changed since the lanes last met; some as they were (lanes.h) */
    bool *is_dirty; /* by vehicle */

    struct timetable timetable; /* scratch of schedule_route */
    int32_t *scratch, *before;  /* nodes of a route */
    bool memory;                /* false once an allocation has failed: the search must stop */
};

error_code solution_init(struct solution *solution, const struct problem *problem,
                         struct error *error) ERROR_CHECKED;
void solution_free(struct solution *solution);

static inline int32_t visit_start(const struct problem *problem, int32_t vehicle)
{
    return problem->stop_count + vehicle;
}
static inline int32_t visit_end(const struct problem *problem, int32_t vehicle)
{
    return problem->stop_count + problem->vehicle_count + vehicle;
}

/* Everything changed from here on can be undone together. */
void solution_mark(struct solution *solution);
void solution_undo(struct solution *solution);

/* Keeps the route as it is now, once between two marks; to be called before it changes. */
void solution_save(struct solution *solution, int32_t vehicle);

/* The route's nodes without start and end are these; its former stops become unserved. Sums and cost follow,
 * which for an intricate kind solution_confirm has to confirm. */
void solution_assign(struct solution *solution, int32_t vehicle, const int32_t *nodes, int32_t count);

/* Another vehicle, idle, drives the route in place of this one. */
void solution_hand_over(struct solution *solution, int32_t from, int32_t to);

/* Puts a node (an unserved stop, or a site) behind a visit; solution_refresh is due. Returns the visit. */
int32_t solution_link(struct solution *solution, int32_t node, int32_t after);

/* Takes a visit out; a stop becomes unserved; solution_refresh is due. */
void solution_unlink(struct solution *solution, int32_t visit);

/* Brings sums and cost of a route up to date after links and unlinks between the visits `first` and `last`
 * (start and end: all of it). */
void solution_refresh(struct solution *solution, int32_t vehicle, int32_t first, int32_t last);

/* The visits of a route, start and end left out, are these, sites among them: for moves that carry visits
 * from one route to another, which call it for each of these routes before anything else is done. Legs that
 * stay are kept; sums, cost and tallies follow. O(count). */
void solution_restring(struct solution *solution, int32_t vehicle, const int32_t *visits, int32_t count);

/* Brings tallies up to date, and without sites `aboard`. O(length), or O(1) when they are. */
void solution_number(struct solution *solution, int32_t vehicle);

/* What the route's overload costs at present; 0 with sites. */
money solution_over_price(const struct solution *solution, int32_t vehicle);

/* Cost of a route by the running sums: exact unless its kind is intricate. */
money solution_sums_cost(const struct solution *solution, int32_t vehicle);

/* Is the route, as refreshed, within the rules? Asks the timetable where the kind is intricate, and sets the
 * exact cost. Loads are not looked at. O(length). */
bool solution_confirm(struct solution *solution, int32_t vehicle);

/* The part of a route's cost for the stops that are not its own by the reference. */
static inline money solution_change_cost(const struct solution *solution, int32_t vehicle)
{
    return solution->routes[vehicle].changed * solution->problem->instance->change_cost;
}

/* Sets the cost of a route known to be exact. */
void solution_set_cost(struct solution *solution, int32_t vehicle, money cost);

/* Unlinks calls at sites that would take nothing, and counts them; solution_refresh is due. */
int32_t solution_tidy(struct solution *solution, int32_t vehicle);

/* Copies the nodes of a route, start and end included; the number of them. `nodes` NULL: into scratch. */
int32_t solution_nodes(const struct solution *solution, int32_t vehicle, int32_t *nodes);

/* Another price for leaving a stop, from now on. */
void solution_price_leaving(struct solution *solution, int32_t stop, money price);

/* What leaving a stop costs in the search's eyes: its prize, or the price of a mandatory one. */
money solution_leaving_price(const struct problem *problem, int32_t stop);

/* An idle vehicle of a kind, the one of the lowest number; -1: all are out. */
int32_t solution_idle(struct solution *solution, int32_t kind);

/* Debug builds: everything that is kept in sums is counted afresh and asserted. O(stops). */
void solution_assert(struct solution *solution);

static inline struct load load_sum(struct load a, struct load b)
{
    return (struct load){a.kg + b.kg, a.l + b.l};
}

static inline struct load overload_of(const struct vehicle_compartment *room, struct load load)
{
    return (struct load){load.kg > room->capacity_kg ? load.kg - room->capacity_kg : 0,
                         load.l > room->capacity_l ? load.l - room->capacity_l : 0};
}

static inline money overload_price(const struct soft *soft, struct load over)
{
    return over.kg * soft->per_kg + over.l * soft->per_l;
}

/* What a stop more would cost in overload where there are no sites; INT64_MAX: overload has no price, and the
 * stop finds no room. */
static inline money solution_room_price(const struct solution *solution, int32_t vehicle, int32_t stop)
{
    const struct problem *problem = solution->problem;
    const struct stop *s = &problem->instance->stops[stop];
    const int32_t c = problem->shapes[problem->shape_of[vehicle]].compartment[stop];
    const struct vehicle_compartment *room = &problem->instance->vehicles[vehicle].compartments[c];
    const struct load carried = solution->routes[vehicle].carried[c];
    const struct load over = overload_of(room, load_sum(carried, (struct load){s->load_kg, s->load_l}));
    if (over.kg == 0 && over.l == 0) return 0;
    if (solution->soft.per_kg == 0) return INT64_MAX;
    return overload_price(&solution->soft, over) -
           overload_price(&solution->soft, overload_of(room, carried));
}

static inline bool is_overloaded(const struct solution *solution)
{
    return solution->totals.over.kg > 0 || solution->totals.over.l > 0;
}

/* The merge of two spans with a leg between them. */
static inline struct span span_join(struct span a, int64_t leg_s, struct span b)
{
    int64_t delta = a.duration_s + leg_s;
    int64_t wait = b.early_s - delta - a.late_s;
    if (wait < 0) wait = 0;
    int64_t early = b.early_s - delta > a.early_s ? b.early_s - delta : a.early_s;
    int64_t late = b.late_s - delta < a.late_s ? b.late_s - delta : a.late_s;
    return (struct span){delta + b.duration_s + wait, early - wait, late};
}

static inline struct span span_of(const struct node *node)
{
    return (struct span){node->service_s, node->open_s, node->close_s};
}

static inline const struct kind *kind_of(const struct problem *problem, int32_t vehicle)
{
    return &problem->kinds[problem->kind_of[vehicle]];
}

/* The leg between two visits, for a vehicle's profile. (That between neighbours in a route is kept in them.)
 */
static inline struct leg leg_visits(const struct solution *solution, int32_t profile, int32_t from,
                                    int32_t to)
{
    return leg_between(solution->problem, profile, solution->visits[from].exit, solution->visits[to].entry);
}

#endif
