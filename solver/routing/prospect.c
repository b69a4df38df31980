#include "solver/routing/prospect.h"

#include "solver/routing/locks.h"

#include <stdlib.h>
#include <string.h>

/* Labels kept at a stop, made in all for each, and candidates looked at behind each. */
enum { KEPT = 4, LABELS = 12, REACH = 20, WORDS = PROSPECT_CANDIDATES / 64 };

struct prospect_label {
    int64_t time_s, leave_s; /* end of service; departure from the start */
    money pays, pays_home;   /* prizes less way and time, so far and with the way home */
    struct load load;
    int32_t candidate, parent; /* the last stop; label of the way before it, -1 */
    bool kept;
    uint64_t set[WORDS]; /* candidates visited */
};

error_code prospect_init(struct prospect *prospect, const struct problem *problem, struct error *error)
{
    const size_t stops = (size_t)problem->stop_count + 1, most = PROSPECT_CANDIDATES;
    *prospect = (struct prospect){.index = malloc(stops * sizeof *prospect->index),
                                  .near = malloc(most * REACH * sizeof *prospect->near),
                                  .kept = malloc(most * KEPT * sizeof *prospect->kept),
                                  .labels = malloc(most * LABELS * sizeof *prospect->labels),
                                  .heap = malloc(most * LABELS * sizeof *prospect->heap),
                                  .route = malloc(most * sizeof *prospect->route)};
    if (!prospect->index || !prospect->near || !prospect->kept || !prospect->labels || !prospect->heap ||
        !prospect->route)
        return error_memory(error);
    for (size_t s = 0; s < stops; s++) prospect->index[s] = -1;
    return ERROR_NONE;
}

void prospect_free(struct prospect *prospect)
{
    free(prospect->index);
    free(prospect->near);
    free(prospect->kept);
    free(prospect->labels);
    free(prospect->heap);
    free(prospect->route);
    *prospect = (struct prospect){0};
}

/* --- candidates --- */

static void consider(struct prospect *prospect, const struct solution *solution, int32_t vehicle,
                     int32_t stop, double overlooked, struct rng *rng)
{
    const struct problem *problem = solution->problem;
    if (prospect->count == PROSPECT_CANDIDATES || solution->visits[stop].vehicle >= 0 ||
        prospect->index[stop] >= 0 || solution->leaving[stop] <= 0 ||
        !problem_may_serve(problem, vehicle, stop) || locks_bind(problem, stop) || rng_unit(rng) < overlooked)
        return;
    prospect->index[stop] = prospect->count;
    prospect->stops[prospect->count++] = stop;
}

static void find_candidates(struct prospect *prospect, const struct solution *solution, int32_t vehicle,
                            int32_t seed, double overlooked, struct rng *rng)
{
    const struct problem *problem = solution->problem;
    const int32_t *near = problem->neighbours + (size_t)seed * (size_t)problem->neighbour_count;
    prospect->count = 0;
    consider(prospect, solution, vehicle, seed, overlooked, rng);
    for (int32_t k = 0; k < problem->neighbour_count; k++)
        consider(prospect, solution, vehicle, near[k], overlooked, rng);
    for (int32_t k = 0; k < problem->stop_count && prospect->count < PROSPECT_CANDIDATES; k++)
        consider(prospect, solution, vehicle, (seed + k) % problem->stop_count, overlooked, rng);
}

static void forget_candidates(struct prospect *prospect)
{
    for (int32_t k = 0; k < prospect->count; k++) prospect->index[prospect->stops[k]] = -1;
}

/* --- labels --- */

static bool comes_first(const struct prospect *prospect, int32_t a, int32_t b)
{
    return prospect->labels[a].time_s < prospect->labels[b].time_s;
}

static void push(struct prospect *prospect, int32_t label)
{
    int32_t at = prospect->heap_count++;
    for (; at > 0 && comes_first(prospect, label, prospect->heap[(at - 1) / 2]); at = (at - 1) / 2)
        prospect->heap[at] = prospect->heap[(at - 1) / 2];
    prospect->heap[at] = label;
}

static int32_t pop(struct prospect *prospect)
{
    const int32_t first = prospect->heap[0], moved = prospect->heap[--prospect->heap_count];
    int32_t at = 0;
    for (;;) {
        int32_t child = 2 * at + 1;
        if (child >= prospect->heap_count) break;
        if (child + 1 < prospect->heap_count &&
            comes_first(prospect, prospect->heap[child + 1], prospect->heap[child]))
            child++;
        if (!comes_first(prospect, prospect->heap[child], moved)) break;
        prospect->heap[at] = prospect->heap[child];
        at = child;
    }
    prospect->heap[at] = moved;
    return first;
}

/* What all labels have in common. */
struct terms {
    const struct solution *solution;
    const struct problem *problem;
    const struct vehicle *vehicle;
    const struct kind *kind;
    int32_t start, end; /* nodes */
    struct load room;
};

/* No later, no fuller and paid no less. The sets are not compared: what one way has taken pays already. */
static bool is_as_good(const struct prospect_label *a, const struct prospect_label *b)
{
    return a->time_s <= b->time_s && a->pays >= b->pays && a->load.kg <= b->load.kg && a->load.l <= b->load.l;
}

/* A place among the labels kept at the stop of a new one; NULL: those kept are better. */
static int32_t *place_for(struct prospect *prospect, const struct prospect_label *label)
{
    int32_t *kept = prospect->kept + (size_t)label->candidate * KEPT, *place = NULL;
    money least = INT64_MAX;
    for (int32_t k = 0; k < KEPT; k++) {
        if (kept[k] < 0) return &kept[k];
        const struct prospect_label *other = &prospect->labels[kept[k]];
        if (is_as_good(other, label)) return NULL;
        if (is_as_good(label, other)) return &kept[k];
        if (other->pays >= least) continue;
        least = other->pays;
        place = &kept[k];
    }
    return least < label->pays ? place : NULL;
}

/* The way of a label, or of none, driven on to a candidate; false when it keeps no rule. */
static bool drive_on(const struct prospect *prospect, const struct terms *terms,
                     const struct prospect_label *from, int32_t candidate, struct prospect_label *to)
{
    const struct problem *problem = terms->problem;
    const struct vehicle *vehicle = terms->vehicle;
    const int32_t profile = terms->kind->profile, stop = prospect->stops[candidate];
    const int32_t node = from == NULL ? terms->start : prospect->stops[from->candidate];
    const struct stop *s = &problem->instance->stops[stop];
    const struct leg leg =
        leg_between(problem, profile, problem->nodes[node].exit, problem->nodes[stop].entry);
    const struct leg home =
        leg_between(problem, profile, problem->nodes[stop].exit, problem->nodes[terms->end].entry);
    const int64_t ready_s = from == NULL ? vehicle->shift_start_s : from->time_s;
    const int64_t begin_s = node_begin(problem, stop, ready_s + leg.s);
    if (begin_s == INT64_MAX) return false;
    *to =
        from == NULL ? (struct prospect_label){.time_s = begin_s - leg.s, .leave_s = begin_s - leg.s} : *from;
    const int64_t end_s = begin_s + problem->nodes[stop].service_s;
    to->pays += terms->solution->leaving[stop] - leg.m * terms->kind->rate_m -
                (end_s - to->time_s) * terms->kind->rate_s;
    to->time_s = end_s;
    to->load = load_sum(to->load, (struct load){s->load_kg, s->load_l});
    to->pays_home = to->pays - arc_price(terms->kind, home);
    to->candidate = candidate;
    to->set[candidate / 64] |= (uint64_t)1 << (candidate % 64);
    return to->load.kg <= terms->room.kg && to->load.l <= terms->room.l &&
           end_s + home.s <= vehicle->shift_end_s && end_s + home.s - to->leave_s <= vehicle->max_work_s;
}

static bool visits(const struct prospect_label *label, int32_t candidate)
{
    return label->set[candidate / 64] >> (candidate % 64) & 1;
}

/* Keeps the label of number `from` (-1: none) driven on to a candidate, if it is good enough. */
static void extend(struct prospect *prospect, const struct terms *terms, int32_t from, int32_t candidate)
{
    struct prospect_label *labels = prospect->labels, *next = &labels[prospect->label_count];
    if (prospect->label_count == PROSPECT_CANDIDATES * LABELS) return;
    if (from >= 0 && visits(&labels[from], candidate)) return;
    if (!drive_on(prospect, terms, from < 0 ? NULL : &labels[from], candidate, next)) return;
    int32_t *place = place_for(prospect, next);
    if (place == NULL) return;
    if (*place >= 0) labels[*place].kept = false;
    next->parent = from;
    next->kept = true;
    *place = prospect->label_count;
    push(prospect, prospect->label_count++);
}

static void find_near(struct prospect *prospect, const struct problem *problem)
{
    for (int32_t c = 0; c < prospect->count; c++) {
        const int32_t *all =
            problem->neighbours + (size_t)prospect->stops[c] * (size_t)problem->neighbour_count;
        int32_t *near = prospect->near + (size_t)c * REACH, count = 0;
        for (int32_t k = 0; k < problem->neighbour_count && count < REACH; k++)
            if (prospect->index[all[k]] >= 0) near[count++] = prospect->index[all[k]];
        while (count < REACH) near[count++] = -1;
    }
}

static int32_t best_label(const struct prospect *prospect)
{
    int32_t best = -1;
    for (int32_t l = 0; l < prospect->label_count; l++)
        if (best < 0 || prospect->labels[l].pays_home > prospect->labels[best].pays_home) best = l;
    return best;
}

static void write_route(struct prospect *prospect, int32_t label)
{
    int32_t count = 0;
    for (int32_t l = label; l >= 0; l = prospect->labels[l].parent) count++;
    prospect->route_count = count;
    for (int32_t l = label; l >= 0; l = prospect->labels[l].parent)
        prospect->route[--count] = prospect->stops[prospect->labels[l].candidate];
}

static struct terms terms_of(const struct solution *solution, int32_t vehicle)
{
    const struct problem *problem = solution->problem;
    const struct vehicle *v = &problem->instance->vehicles[vehicle];
    struct terms terms = {.solution = solution,
                          .problem = problem,
                          .vehicle = v,
                          .kind = kind_of(problem, vehicle),
                          .start = node_start(problem, vehicle),
                          .end = node_end(problem, vehicle)};
    for (int32_t c = 0; c < v->compartment_count; c++) {
        terms.room.kg += v->compartments[c].capacity_kg;
        terms.room.l += v->compartments[c].capacity_l;
    }
    return terms;
}

void prospect_find(struct prospect *prospect, const struct solution *solution, int32_t vehicle, int32_t seed,
                   double overlooked, struct rng *rng)
{
    const struct terms terms = terms_of(solution, vehicle);
    find_candidates(prospect, solution, vehicle, seed, overlooked, rng);
    find_near(prospect, solution->problem);
    prospect->label_count = prospect->heap_count = 0;
    for (int32_t k = 0; k < prospect->count * KEPT; k++) prospect->kept[k] = -1;
    for (int32_t c = 0; c < prospect->count; c++) extend(prospect, &terms, -1, c);
    while (prospect->heap_count > 0) {
        const int32_t label = pop(prospect);
        if (!prospect->labels[label].kept) continue;
        const int32_t *near = prospect->near + (size_t)prospect->labels[label].candidate * REACH;
        for (int32_t k = 0; k < REACH && near[k] >= 0; k++) extend(prospect, &terms, label, near[k]);
    }
    forget_candidates(prospect);
    write_route(prospect, best_label(prospect));
}
