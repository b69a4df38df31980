#include "tests/support/random_graph.h"

#include "tests/support/test.h"

enum { ARCS_MOST = 20 * RANDOM_GRAPH_NODES };

struct draft {
    int32_t count, arc_count, tails[ARCS_MOST], heads[ARCS_MOST];
    way_weight weights[ARCS_MOST];
    struct rng *rng;
    int32_t weight_most; /* 0: all arcs cost nothing */
};

struct digraph graph_of_arcs(int32_t count, int32_t arc_count, const int32_t *tails, const int32_t *heads,
                             const way_weight *weights, struct arena *arena)
{
    int32_t *first = arena_alloc(arena, (size_t)count + 1, sizeof *first);
    int32_t *head = arena_alloc(arena, (size_t)arc_count, sizeof *head);
    way_weight *weight = arena_alloc(arena, (size_t)arc_count, sizeof *weight);
    int32_t placed = 0;
    for (int32_t v = 0; v < count; v++) {
        first[v] = placed;
        for (int32_t a = 0; a < arc_count; a++)
            if (tails[a] == v) head[placed] = heads[a], weight[placed++] = weights[a];
    }
    first[count] = placed;
    assert_int_equal(placed, arc_count);
    return (struct digraph){.count = count, .first = first, .head = head, .weight = weight};
}

way_weight graph_best_arc(const struct digraph *graph, int32_t tail, int32_t head)
{
    way_weight best = WAY_NONE;
    for (int32_t a = graph->first[tail]; a < graph->first[tail + 1]; a++)
        if (graph->head[a] == head && graph->weight[a] < best) best = graph->weight[a];
    return best;
}

static void add(struct draft *draft, int32_t tail, int32_t head, int32_t scale)
{
    const int32_t most = draft->weight_most * scale;
    const uint32_t time_ms = most == 0 ? 0 : (uint32_t)rng_below(draft->rng, most + 1);
    const bool closed = rng_below(draft->rng, 40) == 0;
    if (draft->arc_count == ARCS_MOST) return;
    draft->tails[draft->arc_count] = tail;
    draft->heads[draft->arc_count] = head;
    draft->weights[draft->arc_count++] =
        closed ? WAY_NONE : way_of(time_ms, most == 0 ? 0 : (uint32_t)rng_below(draft->rng, 1000));
}

static void add_street(struct draft *draft, int32_t a, int32_t b)
{
    const int32_t kind = rng_below(draft->rng, 8);
    if (kind == 0) return;
    if (kind != 1) add(draft, a, b, 1);
    if (kind != 2) add(draft, b, a, 1);
}

static void draw_grid(struct draft *draft)
{
    const int32_t wide = 1 + rng_below(draft->rng, 12), high = 1 + rng_below(draft->rng, 12);
    draft->count = wide * high;
    for (int32_t v = 0; v < draft->count; v++) {
        if (v % wide + 1 < wide) add_street(draft, v, v + 1);
        if (v / wide + 1 < high) add_street(draft, v, v + wide);
    }
}

static void draw_near(struct draft *draft, int32_t places)
{
    int32_t x[RANDOM_GRAPH_NODES] = {0}, y[RANDOM_GRAPH_NODES] = {0};
    draft->count = 1 + rng_below(draft->rng, RANDOM_GRAPH_NODES);
    for (int32_t v = 0; v < draft->count; v++) {
        x[v] = rng_below(draft->rng, places);
        y[v] = rng_below(draft->rng, places);
    }
    for (int32_t a = 0; a < draft->count; a++)
        for (int32_t b = 0; b < draft->count; b++) {
            const int32_t square = (x[a] - x[b]) * (x[a] - x[b]) + (y[a] - y[b]) * (y[a] - y[b]);
            if (square * 25 < places * places && rng_below(draft->rng, 2) == 0) add(draft, a, b, 1 + square);
        }
}

static void draw_islands(struct draft *draft)
{
    draft->count = 1 + rng_below(draft->rng, RANDOM_GRAPH_NODES);
    for (int32_t k = 0; k < 3 * draft->count; k++) {
        const int32_t a = rng_below(draft->rng, draft->count), b = rng_below(draft->rng, draft->count);
        if (a % 5 == b % 5) add(draft, a, b, 10);
    }
}

static void draw_anywhere(struct draft *draft)
{
    draft->count = 1 + rng_below(draft->rng, 40);
    const int32_t arcs = rng_below(draft->rng, 6 * draft->count);
    for (int32_t k = 0; k < arcs; k++)
        add(draft, rng_below(draft->rng, draft->count), rng_below(draft->rng, draft->count), 1);
}

static void draw_least(struct draft *draft)
{
    draft->count = rng_below(draft->rng, 3);
    for (int32_t k = 0; k < 3 && draft->count > 0; k++)
        add(draft, rng_below(draft->rng, draft->count), rng_below(draft->rng, draft->count), 1);
}

struct digraph random_graph(int32_t kind, struct rng *rng, struct arena *arena)
{
    static const int32_t weights[] = {0, 1, 3, 100, 100000};
    static struct draft draft;
    draft.arc_count = 0;
    draft.rng = rng;
    draft.weight_most = weights[rng_below(rng, sizeof weights / sizeof weights[0])];
    if (kind == 0) draw_grid(&draft);
    if (kind == 1) draw_near(&draft, 100);
    if (kind == 2) draw_near(&draft, 6);
    if (kind == 3) draw_islands(&draft);
    if (kind == 4) draw_anywhere(&draft);
    if (kind == 5) draw_least(&draft);
    return graph_of_arcs(draft.count, draft.arc_count, draft.tails, draft.heads, draft.weights, arena);
}
