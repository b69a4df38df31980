#include "solver/network/hierarchy/hierarchy.h"

#include "solver/network/hierarchy/order.h"
#include "solver/network/hierarchy/witness.h"

#include <assert.h>
#include <stdlib.h>

/* Nodes that a witness search may settle: before a contraction, and to guess a priority. With guesses of 3
 * and 30 nodes a town has 8 % more and 3 % less arcs than with 10; 30 take half as long again. */
enum { SETTLED_MOST = 100, SETTLED_GUESS = 10 };
/* Weights in a priority of the depth, of arcs that come to one that goes, and of arcs of the graph that these
 * stand for. With 1, 1, 1 (thousandths) a real town of 162,000 states has 3.0 arcs to one of its graph and
 * takes 4.1 s, with these 2.8 and 3.0 s; more on the quotients and ways up grow long. */
enum { BY_DEPTH = 1000, BY_ARCS = 8000, BY_STEPS = 4000 };

/* An arc as it leaves the core: rows in the order of contraction, heads and middles still nodes. */
struct kept_arc {
    way_weight weight;
    int32_t head, middle;
};

struct kept_arcs {
    struct kept_arc *items;
    int64_t count, capacity;
};

struct build {
    struct core core;
    struct witness witness;
    struct order order;
    int32_t *depth;                    /* by node: longest chain of contracted neighbours below it */
    int32_t *rank_of, *node_of, ranks; /* ranks given so far */
    int32_t *up_first, *down_first;    /* by rank */
    struct kept_arcs up, down;
    struct {
        int32_t *items;
        int64_t count, capacity;
    } neighbours;
};

static error_code init(struct build *build, const struct digraph *graph, struct arena *scratch,
                       struct arena *arena, struct error *error);
static void build_free(struct build *build);
static error_code look_at(struct build *build, int32_t node, int32_t settled_most, int64_t *priority,
                          struct error *error);
static error_code contract(struct build *build, int32_t node, struct error *error);
static error_code lay_out(struct build *build, const struct kept_arcs *kept, const int32_t *first,
                          struct arena *arena, struct hierarchy_arcs *arcs, struct error *error);

error_code hierarchy_build(const struct digraph *graph, struct arena *arena, struct hierarchy *hierarchy,
                           struct error *error)
{
    error_code rc = ERROR_NONE;
    struct arena scratch;
    struct build build = {0};
    int64_t priority;
    arena_init(&scratch);
    TRY(init(&build, graph, &scratch, arena, error));
    for (int32_t v = 0; v < graph->count; v++) {
        TRY(look_at(&build, v, SETTLED_GUESS, &priority, error));
        order_put(&build.order, v, priority);
    }
    while (build.order.count > 0) {
        const struct order_item first = build.order.items[0];
        TRY(look_at(&build, first.node, SETTLED_MOST, &priority, error));
        order_put(&build.order, first.node, priority);
        if (build.order.items[0].node == first.node) TRY(contract(&build, first.node, error));
    }
    *hierarchy =
        (struct hierarchy){.count = graph->count, .rank_of = build.rank_of, .node_of = build.node_of};
    TRY(lay_out(&build, &build.up, build.up_first, arena, &hierarchy->up, error));
    TRY(lay_out(&build, &build.down, build.down_first, arena, &hierarchy->down, error));
done:
    build_free(&build);
    arena_free(&scratch);
    return rc;
}

static error_code init(struct build *build, const struct digraph *graph, struct arena *scratch,
                       struct arena *arena, struct error *error)
{
    error_code rc = ERROR_NONE;
    TRY_NEW(arena, build->rank_of, graph->count);
    TRY_NEW(arena, build->node_of, graph->count);
    TRY_NEW(arena, build->up_first, (int64_t)graph->count + 1);
    TRY_NEW(arena, build->down_first, (int64_t)graph->count + 1);
    TRY_NEW(scratch, build->depth, graph->count);
    TRY(core_init(&build->core, graph, scratch, error));
    TRY(witness_init(&build->witness, &build->core, scratch, error));
    TRY(order_init(&build->order, graph->count, scratch, error));
done:
    return rc;
}

static void build_free(struct build *build)
{
    core_free(&build->core);
    witness_free(&build->witness);
    array_free(&build->up);
    array_free(&build->down);
    array_free(&build->neighbours);
}

/* ---- Priority ---- */

struct weighing {
    int64_t arcs, steps;
};

static void weigh_row(struct weighing *weighing, const struct core_arc *arcs, int32_t count)
{
    weighing->arcs += count;
    for (int32_t k = 0; k < count; k++) weighing->steps += arcs[k].steps;
}

/* Finds the node's shortcuts and its priority. */
static error_code look_at(struct build *build, int32_t node, int32_t settled_most, int64_t *priority,
                          struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct core *core = &build->core;
    struct weighing gone = {0}, added = {0};
    TRY(witness_find(&build->witness, node, settled_most, error));
    weigh_row(&gone, core_out(core, node), core->out[node].count);
    weigh_row(&gone, core_in(core, node), core->in[node].count);
    added.arcs = build->witness.shortcuts.count;
    for (int64_t k = 0; k < added.arcs; k++) added.steps += build->witness.shortcuts.items[k].arc.steps;
    assert(gone.steps >= gone.arcs);
    *priority = BY_DEPTH * (int64_t)build->depth[node];
    if (gone.arcs > 0) *priority += BY_ARCS * added.arcs / gone.arcs + BY_STEPS * added.steps / gone.steps;
done:
    return rc;
}

/* ---- Contraction ---- */

/* Keeps a row of the node for good, and lists who is in it. */
static bool keep_row(struct build *build, int32_t node, const struct core_arc *arcs, int32_t count,
                     struct kept_arcs *kept)
{
    for (int32_t k = 0; k < count; k++) {
        int32_t *depth = &build->depth[arcs[k].node];
        const struct kept_arc arc = {arcs[k].weight, arcs[k].node, arcs[k].middle};
        if (!array_push(kept, arc) || !array_push(&build->neighbours, arcs[k].node)) return false;
        if (*depth <= build->depth[node]) *depth = build->depth[node] + 1;
    }
    return true;
}

static int by_number(const void *a, const void *b)
{
    const int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

static error_code update_neighbours(struct build *build, struct error *error)
{
    error_code rc = ERROR_NONE;
    int32_t *neighbours = build->neighbours.items;
    const int64_t count = build->neighbours.count;
    if (count > 0) qsort(neighbours, (size_t)count, sizeof *neighbours, by_number);
    for (int64_t k = 0; k < count; k++) {
        int64_t priority;
        if (k > 0 && neighbours[k] == neighbours[k - 1]) continue;
        TRY(look_at(build, neighbours[k], SETTLED_GUESS, &priority, error));
        order_put(&build->order, neighbours[k], priority);
    }
done:
    return rc;
}

/* Takes the node out, with the shortcuts found last, which are its own. */
static error_code contract(struct build *build, int32_t node, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct core *core = &build->core;
    const int32_t rank = build->ranks++;
    order_take_first(&build->order);
    build->neighbours.count = 0;
    if (!keep_row(build, node, core_out(core, node), core->out[node].count, &build->up) ||
        !keep_row(build, node, core_in(core, node), core->in[node].count, &build->down))
        return error_memory(error);
    build->rank_of[node] = rank;
    build->node_of[rank] = node;
    build->up_first[rank + 1] = (int32_t)build->up.count;
    build->down_first[rank + 1] = (int32_t)build->down.count;
    core_remove(core, node);
    for (int64_t k = 0; k < build->witness.shortcuts.count; k++) {
        const struct shortcut *shortcut = &build->witness.shortcuts.items[k];
        TRY(core_add(core, shortcut->tail, &shortcut->arc, error));
    }
    TRY(update_neighbours(build, error));
done:
    return rc;
}

/* ---- The arrays ---- */

static int by_head(const void *a, const void *b)
{
    const struct kept_arc *x = a, *y = b;
    return (x->head > y->head) - (x->head < y->head);
}

/* Nodes become ranks; rows in the order of their heads. */
static error_code lay_out(struct build *build, const struct kept_arcs *kept, const int32_t *first,
                          struct arena *arena, struct hierarchy_arcs *arcs, struct error *error)
{
    error_code rc = ERROR_NONE;
    int32_t *head, *middle;
    way_weight *weight;
    TRY_NEW(arena, head, kept->count);
    TRY_NEW(arena, middle, kept->count);
    TRY_NEW(arena, weight, kept->count);
    for (int64_t a = 0; a < kept->count; a++) {
        struct kept_arc *arc = &kept->items[a];
        arc->head = build->rank_of[arc->head];
        if (arc->middle >= 0) arc->middle = build->rank_of[arc->middle];
    }
    for (int32_t v = 0; v < build->ranks; v++)
        if (first[v + 1] - first[v] > 1)
            qsort(kept->items + first[v], (size_t)(first[v + 1] - first[v]), sizeof *kept->items, by_head);
    for (int64_t a = 0; a < kept->count; a++) {
        head[a] = kept->items[a].head;
        middle[a] = kept->items[a].middle;
        weight[a] = kept->items[a].weight;
    }
    *arcs = (struct hierarchy_arcs){.first = first, .head = head, .middle = middle, .weight = weight};
done:
    return rc;
}
