#include "solver/routing/bound/label.h"

#include <math.h>
#include <string.h>
#include <time.h>

/* Quick pricing takes loads for equal that differ by less than such a part of the truck. */
enum { QUICK_STEPS = 256 };
/* Labels of a list that are extended, by effort. */
static const int32_t EXTENDED_MOST[] = {8, 100, INT32_MAX};

/* The resource on which both ends meet. */
static int64_t progress_of(const struct pricing *pricing, const struct label *label)
{
    return pricing->net->timed ? label->clock_s : label->key;
}

static int32_t bucket_of(const struct pricing *pricing, const struct label *label)
{
    return (int32_t)(progress_of(pricing, label) * BUCKETS / (pricing->most + 1));
}

static int32_t queue_of(const struct pricing *pricing, const struct label *label)
{
    return (int32_t)(progress_of(pricing, label) * QUEUES / (pricing->most + 1));
}

/* ---- Dominance ---------------------------------------------------------------------------------------- */

/* What a could come to pay for halves that b has not; more than `most` is not looked at. */
static double halves_owed(const struct tolls *tolls, const struct label *a, const struct label *b,
                          double most)
{
    double sum = 0;
    for (struct stop_set owed = set_without(a->halves, b->halves); !set_empty(owed) && sum <= most;)
        sum += tolls->penalty[set_take(&owed)];
    return sum;
}

/* a costs no more than b. */
static bool dominates(const struct pricing *pricing, const struct label *a, const struct label *b,
                      bool backward)
{
    const struct net *net = pricing->net;
    const bool quick = pricing->effort == PRICING_QUICK;
    if (a->clock_s > b->clock_s) return false;
    if (a->key > b->key + (quick ? net->key_most / QUICK_STEPS : 0)) return false;
    for (int32_t e = 0; e < net->extra_count; e++)
        if (a->extra[e] > b->extra[e]) return false;
    if (backward && pricing->by_kg && pricing->gate_kg[a->gate] > pricing->gate_kg[b->gate]) return false;
    if (backward ? net->takes[b->gate] && !net->takes[a->gate] : a->loaded > b->loaded && net->some_light)
        return false;
    if (quick) return true;
    if (!set_within(a->memory, b->memory)) return false;
    double margin = b->cost - a->cost;
    if (!backward && pricing->by_kg && a->kg > b->kg) margin -= pricing->dearest_kg * (a->kg - b->kg);
    return margin >= 0 &&
           (pricing->tolls->cut_count == 0 || halves_owed(pricing->tolls, a, b, margin) <= margin);
}

static bool is_dominated(const struct pricing *pricing, const struct half_labels *half,
                         const struct label *label, int32_t last_bucket)
{
    const struct label *items = half->labels.items;
    const double *least = half->least + label->stop * BUCKETS;
    for (int32_t b = 0; b <= last_bucket; b++) {
        if (least[b] > label->cost) continue;
        for (int32_t at = label_list(half, label->stop, b); at >= 0; at = items[at].next) {
            if (items[at].cost > label->cost) break;
            if (dominates(pricing, &items[at], label, half->backward)) return true;
        }
    }
    return false;
}

/* ---- Making labels ------------------------------------------------------------------------------------ */

bool pricing_over(struct pricing *pricing)
{
    enum { CLOCK_EVERY = 4096 };
    if (pricing->ticks++ % CLOCK_EVERY == 0) {
        struct timespec now;
        clock_gettime(CLOCK_MONOTONIC, &now);
        if ((double)now.tv_sec + 1e-9 * (double)now.tv_nsec > pricing->limits->until_s)
            pricing->stopped = true;
        if (pricing->limits->cancel != NULL && *pricing->limits->cancel) pricing->stopped = true;
        pricing->complete &= !pricing->stopped;
    }
    return pricing->stopped;
}

/* Puts a label into its list, by cost, and takes out those that it dominates there. */
static void insert(struct pricing *pricing, struct half_labels *half, const struct label *label)
{
    const int32_t bucket = bucket_of(pricing, label), mine = (int32_t)half->labels.count;
    if (mine >= pricing->limits->label_max) {
        pricing->complete = false;
        half->full = true;
        return;
    }
    if (!array_reserve(&half->labels, mine + 1)) {
        pricing->complete = pricing->memory = false;
        half->full = true;
        return;
    }
    struct label *items = half->labels.items;
    int32_t *link = &half->lists[label->stop * BUCKETS + bucket];
    while (*link >= 0 && items[*link].cost <= label->cost) link = &items[*link].next;
    items[mine] = *label;
    half->labels.count++;
    items[mine].next = *link;
    *link = mine;
    half->least[label->stop * BUCKETS + bucket] = items[label_list(half, label->stop, bucket)].cost;
    int32_t *queue = &pricing->queue[queue_of(pricing, label)];
    items[mine].queued = *queue;
    *queue = mine;
    for (link = &items[mine].next; *link >= 0;) {
        if (dominates(pricing, label, &items[*link], half->backward)) {
            items[*link].dead = true;
            *link = items[*link].next;
        } else {
            link = &items[*link].next;
        }
    }
}

/* Counts the visit to the label's stop: memory, room, halves; false when it does not fit. */
static bool visit(const struct pricing *pricing, struct label *label, struct stop_set memory,
                  struct stop_set halves, bool backward)
{
    const struct net *net = pricing->net;
    const int32_t stop = label->stop;
    label->key += net->key[stop];
    label->loaded |= !net->light[stop];
    if (pricing->by_kg) label->kg += (int32_t)net->stop[stop].of[TRIP_KG];
    if (label->key > net->key_most) return false;
    for (int32_t e = 0; e < net->extra_count; e++) {
        label->extra[e] += net->extra[e][stop];
        if (label->extra[e] > net->extra_most[e]) return false;
    }
    if (backward && !label_may_end(net, label, label->gate)) return false;
    label->memory = set_both(memory, pricing->neighbourhoods[stop]);
    set_add(&label->memory, stop);
    if (pricing->tolls->cut_count > 0) {
        label->cost += halves_joined(pricing->tolls, halves, pricing->cuts_at[stop]);
        label->halves =
            set_both(set_either_not_both(halves, pricing->cuts_at[stop]), pricing->cuts_kept[stop]);
    }
    return true;
}

static void offer(struct pricing *pricing, struct half_labels *half, const struct label *label)
{
    if (half->backward || progress_of(pricing, label) <= pricing->half)
        if (!is_dominated(pricing, half, label, bucket_of(pricing, label))) insert(pricing, half, label);
}

/* The clock of a visit that can begin `ready_s` after the horizon's begin (backward: before its end). */
static bool set_hour(const struct net *net, struct label *label, bool backward, int64_t ready_s)
{
    const int32_t stop = label->stop;
    if (!net->timed) return true;
    const int32_t open_s = backward ? net->horizon_s - net->close_s[stop] : net->open_s[stop];
    const int32_t close_s = backward ? net->horizon_s - net->open_s[stop] : net->close_s[stop];
    if (ready_s < open_s) ready_s = open_s;
    label->clock_s = (int32_t)ready_s;
    return ready_s <= close_s;
}

static int64_t leg_seconds(const struct net *net, int32_t from, int32_t to)
{
    return net->timed ? (int64_t)net->leg_s[net_cell(net, from, to)] : 0;
}

static void begin_at_gates(struct pricing *pricing, struct half_labels *half)
{
    const struct net *net = pricing->net;
    const struct stop_set none = {{0}};
    for (int32_t gate = 0; gate < net->gate_count; gate++)
        for (int32_t stop = 0; stop < pricing->stop_count; stop++) {
            const size_t cell = half->backward ? (size_t)(stop * net->gate_count + gate)
                                               : (size_t)(gate * pricing->stop_count + stop);
            struct label label = {.cost = half->backward ? pricing->end_leg[cell] : pricing->start_leg[cell],
                                  .parent = -1,
                                  .stop = (int16_t)stop,
                                  .gate = (int16_t)gate};
            if (label.cost == INFINITY) continue;
            const int32_t place = net_gate(net, gate);
            const int64_t ready_s = !net->timed ? 0
                                    : half->backward
                                        ? (int64_t)net->horizon_s - net->gate_close_s[gate] +
                                              net->service_s[stop] + leg_seconds(net, stop, place)
                                        : net->gate_open_s[gate] + leg_seconds(net, place, stop);
            if (half->backward && pricing->by_kg)
                label.cost += pricing->gate_kg[gate] * net->stop[stop].of[TRIP_KG];
            if (set_hour(net, &label, half->backward, ready_s) &&
                visit(pricing, &label, none, none, half->backward))
                offer(pricing, half, &label);
        }
}

static void extend(struct pricing *pricing, struct half_labels *half, int32_t from)
{
    const struct net *net = pricing->net;
    const struct label old = half->labels.items[from];
    /* labels beyond the middle are of no use forward */
    const int64_t most = half->backward || net->timed ? net->key_most : pricing->half;
    const int32_t stops = pricing->stop_count;
    for (int32_t stop = 0; stop < stops; stop++) {
        if (set_has(old.memory, stop)) continue;
        const double leg =
            half->backward ? pricing->leg[stop * stops + old.stop] : pricing->leg[old.stop * stops + stop];
        if (leg == INFINITY || old.key + net->key[stop] > most) continue;
        struct label label = old;
        label.cost += leg;
        label.parent = from;
        label.stop = (int16_t)stop;
        label.dead = false;
        if (net->timed) {
            const int32_t first = half->backward ? stop : old.stop, second = half->backward ? old.stop : stop;
            const int64_t ready_s =
                (int64_t)old.clock_s + net->service_s[first] + leg_seconds(net, first, second);
            if (!set_hour(net, &label, half->backward, ready_s)) continue;
        }
        if (half->backward && pricing->by_kg)
            label.cost += pricing->gate_kg[old.gate] * net->stop[stop].of[TRIP_KG];
        if (visit(pricing, &label, old.memory, old.halves, half->backward)) offer(pricing, half, &label);
    }
}

void label_all(struct pricing *pricing, struct half_labels *half)
{
    half->labels.count = 0;
    half->full = false;
    memset(half->lists, -1, (size_t)pricing->stop_count * BUCKETS * sizeof *half->lists);
    for (int32_t list = 0; list < pricing->stop_count * BUCKETS; list++) half->least[list] = INFINITY;
    memset(half->extended, 0, (size_t)pricing->stop_count * BUCKETS * sizeof *half->extended);
    memset(pricing->queue, -1, QUEUES * sizeof *pricing->queue);
    begin_at_gates(pricing, half);
    for (int32_t queue = 0; queue < QUEUES; queue++) {
        while (pricing->queue[queue] >= 0 && !half->full && !pricing_over(pricing)) {
            const int32_t at = pricing->queue[queue];
            struct label *label = &half->labels.items[at];
            pricing->queue[queue] = label->queued;
            if (label->dead || progress_of(pricing, label) > pricing->half) continue;
            const int32_t bucket = bucket_of(pricing, label);
            int32_t *extended = &half->extended[label->stop * BUCKETS + bucket];
            if (*extended >= EXTENDED_MOST[pricing->effort]) {
                pricing->complete = false;
            } else if (is_dominated(pricing, half, label, bucket - 1)) {
                label->dead = true; /* by one made later in an earlier bucket */
            } else {
                ++*extended;
                extend(pricing, half, at);
            }
        }
    }
}
