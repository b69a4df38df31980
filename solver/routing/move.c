#include "solver/routing/move.h"

#include "solver/routing/locks.h"
#include "solver/routing/quality.h"

#include <stdlib.h>

/* Neighbours looked at. Mean gap of ten X instances at 5 s, one seed, of a prototype: 12 0.54 %, 15 0.59 %,
 * 20 0.45 %. */
enum { REACH = 20 };

/* Where the legs of a plain problem are at hand. */
static void find_legs(struct mover *mover)
{
    const struct travel *travel = &mover->problem->travel;
    const struct kind *kind = &mover->problem->kinds[0];
    mover->rate_m = kind->rate_m;
    mover->cells = travel->profiles[kind->profile].distance_m;
    mover->places = (size_t)travel->place_count;
    if (mover->cells != NULL || travel->curvature != 0) return;
    mover->points = travel->points;
    mover->rounding = travel->rates[kind->profile].distance_m;
}

error_code mover_init(struct mover *mover, struct solution *solution, struct error *error)
{
    const struct problem *problem = solution->problem;
    *mover = (struct mover){.solution = solution, .problem = problem};
    mover->weighed = problem->site_count == 0 && problem->width == 1;
    mover->plain = mover->weighed && problem->simple && !problem->timed && problem->kind_count == 1 &&
                   !problem->quality && problem->symmetric && problem->points &&
                   problem->kinds[0].rate_s == 0;
    if (mover->plain) find_legs(mover);
    const size_t size = (size_t)solution->visit_count * sizeof **mover->lists;
    bool full = true;
    for (int32_t k = 0; k < 2; k++) {
        mover->lists[k] = malloc(size);
        mover->before[k].visits = malloc(size);
        full &= mover->lists[k] != NULL && mover->before[k].visits != NULL;
    }
    return full ? ERROR_NONE : error_memory(error);
}

void mover_free(struct mover *mover)
{
    for (int32_t k = 0; k < 2; k++) {
        free(mover->lists[k]);
        free(mover->before[k].visits);
    }
    *mover = (struct mover){0};
}

/* The piece that begins at u, one stop longer each: all that does not depend on v. */
struct piece {
    int32_t last, behind; /* visits, ahead */
    struct load load;
    money cut;   /* of the legs around it */
    money close; /* of the leg that closes its gap */
};

/* What is known of u in one direction. */
struct view {
    struct mover *mover;
    const struct solution *solution;
    const struct visit *visits;
    const struct tally *tallies;
    const struct kind *kind;
    const struct vehicle_compartment *room; /* the first: for problems that are weighed */
    struct soft soft;
    int32_t vehicle, u, before;
    bool back;
    bool uneven;       /* work beyond the vehicle's target has a price */
    money cut;         /* of the leg between `before` and u */
    money over;        /* what the overload of the route costs now */
    money relief;      /* what the piece at u costs beside its way, at most */
    struct load total; /* of the route */
    struct load head;  /* collected before u, ahead */
    struct piece pieces[PIECE_MAX + 1];
    int32_t piece_count;
    money cut_most; /* of the pieces */
    struct move *best;
};

static inline int32_t ahead(const struct view *view, int32_t visit, bool back)
{
    return back ? view->visits[visit].prev : view->visits[visit].next;
}

/* The leg between two visits as driven when the first comes first, ahead. Half of a descent's time is spent
 * here: in plain problems it is looked up, or computed in the plane, without a detour. */
static inline money arc(const struct view *view, const struct kind *kind, int32_t from, int32_t to, bool back)
{
    const struct mover *mover = view->mover;
    const struct visit *visits = view->visits;
    if (mover->cells != NULL)
        return mover->cells[(size_t)visits[from].exit * mover->places + (size_t)visits[to].entry] *
               mover->rate_m;
    if (mover->points != NULL) {
        const struct travel_point a = mover->points[visits[from].exit], b = mover->points[visits[to].entry];
        const double x = a.x - b.x, y = a.y - b.y;
        return travel_round(sqrt(x * x + y * y), mover->rounding) * mover->rate_m;
    }
    return arc_price(kind, back ? leg_visits(view->solution, kind->profile, to, from)
                                : leg_visits(view->solution, kind->profile, from, to));
}

/* The leg, as it stands, between a visit and the one ahead of it. */
static inline money arc_ahead(const struct view *view, int32_t visit, bool back)
{
    return view->tallies[back ? visit : view->visits[visit].next].arc;
}

static inline money over(const struct view *view, const struct vehicle_compartment *room, struct load load)
{
    return overload_price(&view->soft, overload_of(room, load));
}

static inline struct load less(struct load a, struct load b)
{
    return (struct load){a.kg - b.kg, a.l - b.l};
}

/* Do the routes that the move makes keep their locks? */
static bool keeps_locks(const struct view *view, const struct move *move)
{
    struct splice splices[2];
    return locks_allow(view->solution, splices, move_splices(view->solution, move, splices));
}

/* The price of a move by its splices; INT64_MAX: a rule is broken. */
static money price_exactly(const struct view *view, const struct move *move)
{
    const struct solution *solution = view->solution;
    struct splice splices[2];
    const int32_t count = move_splices(solution, move, splices);
    money delta = 0;
    for (int32_t s = 0; s < count; s++) {
        const int32_t vehicle = splices[s].vehicle;
        const money price = splice_price(solution, &splices[s]);
        if (price == INT64_MAX) return INT64_MAX;
        delta += price - solution->routes[vehicle].cost - solution_over_price(solution, vehicle);
        if (view->mover->problem->quality) delta += solution_change_cost(solution, vehicle);
    }
    if (!view->mover->problem->quality) return delta;
    return delta + quality_splice_price(view->mover->solution, splices, count);
}

/* Keeps the move when it is the best so far. `estimate`: by its legs and the overload; `whole`: that is not
 * all, even in a plain problem. */
static void offer(const struct view *view, const struct move *move, money estimate, bool whole)
{
    if (estimate >= view->best->delta) return;
    if (whole || !view->mover->plain) {
        estimate = price_exactly(view, move);
        if (estimate >= view->best->delta) return;
    }
    if (view->mover->problem->locks != NULL && !keeps_locks(view, move)) return;
    *view->best = *move;
    view->best->delta = estimate;
}

/* Another route, or the same, at v. */
struct other {
    const struct kind *kind;
    const struct vehicle_compartment *room;
    int32_t vehicle, v;
    bool same;
    money base; /* of the leg between u and v, less what the overload of two routes costs now */
    struct load total;
};

static void view_pieces(struct view *view)
{
    const struct problem *problem = view->mover->problem;
    struct load load = {0, 0};
    int32_t x = view->u;
    for (int32_t a = 1; a <= PIECE_MAX && node_is_stop(problem, view->visits[x].node); a++) {
        const int32_t behind = ahead(view, x, view->back);
        const struct stop *stop = &problem->instance->stops[x];
        load.kg += stop->load_kg;
        load.l += stop->load_l;
        view->pieces[a] = (struct piece){x, behind, load, view->cut + arc_ahead(view, x, view->back),
                                         arc(view, view->kind, view->before, behind, view->back)};
        if (view->pieces[a].cut > view->cut_most) view->cut_most = view->pieces[a].cut;
        view->piece_count = a;
        x = behind;
    }
}

/* Exchanges of the pieces of u with the piece of b stops, up to y, beside v. */
static void offer_exchanges(const struct view *view, const struct other *other, bool facing, int32_t b,
                            int32_t y, struct load load)
{
    const struct tally *tallies = view->tallies;
    const bool other_back = view->back != facing;
    const int32_t z = ahead(view, other->v, other_back), behind_y = ahead(view, y, other_back);
    const money cut = arc_ahead(view, other->v, other_back) + (b > 0 ? arc_ahead(view, y, other_back) : 0);
    if (other->base - view->cut_most - cut >= view->best->delta) return;
    const int32_t low = tallies[z].order < tallies[y].order ? tallies[z].order : tallies[y].order;
    const int32_t high = tallies[z].order < tallies[y].order ? tallies[y].order : tallies[z].order;
    struct move move = {MOVE_EXCHANGE, view->back, facing, false, view->u, other->v, 0, b, 0};
    for (int32_t a = 1; a <= view->piece_count; a++) {
        const struct piece *piece = &view->pieces[a];
        const int32_t x = piece->last;
        if (x == other->v) break;
        if (other->same) {
            const int32_t one = tallies[view->u].order, two = tallies[x].order;
            const int32_t left = one < two ? one : two, right = one < two ? two : one;
            if (b == 0 && (behind_y == view->u || behind_y == x || (other->v == view->before && !facing)))
                continue;
            if (b > 0 && right + 1 >= low && high + 1 >= left) continue;
        }
        money delta = other->base - piece->cut - cut;
        if (view->mover->weighed && !other->same)
            delta += over(view, view->room, load_sum(less(view->total, piece->load), load)) +
                     over(view, other->room, load_sum(less(other->total, load), piece->load));
        if (delta >= view->best->delta) continue;
        delta += arc(view, other->kind, x, behind_y, other_back);
        move.a = a;
        move.turned = false;
        const bool empties =
            view->mover->plain && b == 0 && !other->same && view->solution->routes[view->vehicle].stops == a;
        if (b == 0) {
            offer(view, &move, delta + piece->close, empties);
            continue;
        }
        if (delta >= view->best->delta) continue;
        offer(view, &move,
              delta + arc(view, view->kind, view->before, z, view->back) +
                  arc(view, view->kind, y, piece->behind, view->back),
              false);
        move.turned = true;
        offer(view, &move,
              delta + arc(view, view->kind, view->before, y, view->back) +
                  arc(view, view->kind, z, piece->behind, view->back),
              false);
    }
}

static void look_at_pieces(const struct view *view, const struct other *other, bool facing)
{
    const struct problem *problem = view->mover->problem;
    const bool other_back = view->back != facing;
    struct load load = {0, 0};
    int32_t y = other->v;
    offer_exchanges(view, other, facing, 0, y, load);
    for (int32_t b = 1; b <= PIECE_MAX; b++) {
        y = ahead(view, y, other_back);
        if (!node_is_stop(problem, view->visits[y].node) || y == view->u) break;
        load.kg += problem->instance->stops[y].load_kg;
        load.l += problem->instance->stops[y].load_l;
        offer_exchanges(view, other, facing, b, y, load);
    }
}

/* `mine` goes with `theirs`, and the rest with the rest. */
static money over_joined(const struct view *view, const struct other *other, struct load mine,
                         struct load theirs)
{
    if (!view->mover->weighed) return 0;
    return over(view, view->room, load_sum(mine, theirs)) +
           over(view, other->room, load_sum(less(view->total, mine), less(other->total, theirs)));
}

static struct load head_of(const struct view *view, int32_t visit, struct load total, bool inclusive)
{
    const struct load collected = view->tallies[visit].collected;
    const struct stop *stop = &view->mover->problem->instance->stops[visit];
    struct load head = view->back ? less(total, collected) : collected;
    if (view->back == inclusive)
        head = view->back ? load_sum(head, (struct load){stop->load_kg, stop->load_l})
                          : less(head, (struct load){stop->load_kg, stop->load_l});
    return head;
}

/* Tails may change routes whose vehicles differ in room and price alone. */
static bool tails_fit(const struct view *view, const struct other *other)
{
    return view->kind->twin == other->kind->twin ||
           (view->kind->likeness == other->kind->likeness && view->mover->problem->site_count == 0);
}

static void look_at_tails(const struct view *view, const struct other *other)
{
    const bool back = view->back, alike = view->kind->twin == other->kind->twin;
    const int32_t behind_v = ahead(view, other->v, back), before_v = ahead(view, other->v, !back);
    const money unknown = INT64_MIN;
    struct move move = {MOVE_TAILS, back, false, false, view->u, other->v, 0, 0, 0};
    if (!tails_fit(view, other)) return;
    const struct load head = head_of(view, other->v, other->total, true);
    const struct load head_u = view->head;
    money delta = other->base - view->cut - arc_ahead(view, other->v, back) +
                  over_joined(view, other, head_u, less(other->total, head));
    if (delta < view->best->delta || !alike) {
        delta += arc(view, view->kind, view->before, behind_v, back);
        const bool empties = view->visits[view->before].node >= view->mover->problem->stop_count &&
                             view->visits[behind_v].node >= view->mover->problem->stop_count;
        offer(view, &move, alike ? delta : unknown, empties);
    }
    const struct load head_v = head_of(view, other->v, other->total, false);
    delta =
        other->base - view->cut - arc_ahead(view, before_v, back) + over_joined(view, other, head_u, head_v);
    move.kind = MOVE_ENDS;
    if (delta < view->best->delta || !alike) {
        delta += arc(view, view->kind, view->before, before_v, back);
        const bool empties = view->visits[view->before].node >= view->mover->problem->stop_count &&
                             view->visits[before_v].node >= view->mover->problem->stop_count;
        offer(view, &move, alike ? delta : unknown, empties);
    }
}

static void look_at_reversal(const struct view *view, const struct other *other)
{
    const int32_t before_v = ahead(view, other->v, !view->back);
    const struct move move = {MOVE_REVERSAL, view->back, false, false, view->u, other->v, 0, 0, 0};
    if (before_v == view->u || other->v == view->before) return;
    const money delta = other->base - view->cut - arc_ahead(view, before_v, view->back) +
                        arc(view, view->kind, view->before, before_v, view->back);
    offer(view, &move, delta, false);
}

static void look_at(struct view *view, int32_t v, money lay)
{
    struct solution *solution = view->mover->solution;
    const int32_t vehicle = view->visits[v].vehicle;
    struct other other = {.kind = kind_of(view->mover->problem, vehicle),
                          .room = &view->mover->problem->instance->vehicles[vehicle].compartments[0],
                          .vehicle = vehicle,
                          .v = v,
                          .same = vehicle == view->vehicle,
                          .base = lay,
                          .total = solution->routes[vehicle].total};
    solution_number(solution, vehicle);
    if (!other.same) other.base -= view->over + solution_over_price(solution, vehicle) + view->relief;
    if (other.same)
        look_at_reversal(view, &other);
    else
        look_at_tails(view, &other);
    look_at_pieces(view, &other, false);
    look_at_pieces(view, &other, true);
}

/* Looks from u in one direction. */
static void look_around(struct view *view, bool back)
{
    const struct problem *problem = view->mover->problem;
    const int32_t u = view->u, *near = problem->neighbours + (size_t)u * (size_t)problem->neighbour_count;
    const int32_t reach = problem->neighbour_count < REACH ? problem->neighbour_count : REACH;
    view->back = back;
    view->before = ahead(view, u, !back);
    view->cut = arc_ahead(view, view->before, back);
    view->head = head_of(view, u, view->total, false);
    view->piece_count = 0;
    view->cut_most = 0;
    view->relief = 0;
    if (problem->quality || view->uneven) view->relief = quality_relief(view->solution, u, PIECE_MAX, back);
    view_pieces(view);
    for (int32_t k = 0; k < reach; k++) {
        const int32_t v = near[k], vehicle = view->visits[v].vehicle;
        if (vehicle < 0) continue;
        const money lay = arc(view, kind_of(problem, vehicle), v, u, back);
        if (lay < view->cut + view->over + view->relief)
            look_at(view, v, lay);
        else if (!problem->timed)
            break;
    }
}

/* An overloaded route may give a stop, or its tail, to an idle vehicle. */
static void look_at_idle(const struct view *view)
{
    const struct problem *problem = view->mover->problem;
    struct solution *solution = view->mover->solution;
    for (int32_t k = 0; k < problem->kind_count; k++) {
        const int32_t vehicle = solution_idle(solution, k);
        if (vehicle < 0) continue;
        solution_number(solution, vehicle);
        struct move move = {MOVE_NEW_STOP, false, false, false, view->u, vehicle, 0, 0, 0};
        offer(view, &move, INT64_MIN, true);
        move.kind = MOVE_NEW_TAIL;
        offer(view, &move, INT64_MIN, true);
    }
}

struct move move_find(struct mover *mover, int32_t u)
{
    struct solution *solution = mover->solution;
    const int32_t vehicle = solution->visits[u].vehicle;
    struct move best = {.kind = MOVE_NONE, .delta = 0};
    struct view view = {.mover = mover,
                        .solution = solution,
                        .visits = solution->visits,
                        .tallies = solution->tallies,
                        .kind = kind_of(mover->problem, vehicle),
                        .room = &mover->problem->instance->vehicles[vehicle].compartments[0],
                        .soft = solution->soft,
                        .vehicle = vehicle,
                        .u = u,
                        .uneven = mover->problem->instance->vehicles[vehicle].imbalance_per_s2 > 0,
                        .over = solution_over_price(solution, vehicle),
                        .total = solution->routes[vehicle].total,
                        .best = &best};
    solution_number(solution, vehicle);
    look_around(&view, false);
    look_around(&view, true);
    if (view.over > 0) look_at_idle(&view);
    return best;
}
