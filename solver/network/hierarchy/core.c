#include "solver/network/hierarchy/core.h"

#include "solver/base/array.h"

#include <string.h>

error_code core_init(struct core *core, const struct digraph *graph, struct arena *arena, struct error *error)
{
    error_code rc = ERROR_NONE;
    *core = (struct core){.count = graph->count};
    for (int32_t block = 0; block < CORE_BLOCKS; block++) core->vacant[block] = -1;
    TRY_NEW(arena, core->out, graph->count);
    TRY_NEW(arena, core->in, graph->count);
    for (int32_t v = 0; v < graph->count; v++)
        core->out[v] = core->in[v] = (struct core_row){.first = 0, .block = -1};
    for (int32_t v = 0; v < graph->count; v++)
        for (int32_t a = graph->first[v]; a < graph->first[v + 1]; a++) {
            const struct core_arc arc = {graph->weight[a], graph->head[a], -1, 1};
            if (arc.node != v && arc.weight < WAY_FAR) TRY(core_add(core, v, &arc, error));
        }
done:
    return rc;
}

void core_free(struct core *core)
{
    array_free(&core->pool);
}

/* ---- Blocks ---- */

/* The number of a free block's first place; -1 when there is no memory or no number left for it. */
static int32_t take_block(struct core *core, int32_t block)
{
    const int64_t places = (int64_t)4 << block;
    if (block >= CORE_BLOCKS) return -1;
    const int32_t vacant = core->vacant[block];
    if (vacant >= 0) {
        core->vacant[block] = core->pool.items[vacant].node;
        return vacant;
    }
    if (core->pool.count > INT32_MAX - places || !array_reserve(&core->pool, core->pool.count + places))
        return -1;
    core->pool.count += places;
    return (int32_t)(core->pool.count - places);
}

static void give_back(struct core *core, const struct core_row *row)
{
    if (row->block < 0) return;
    core->pool.items[row->first].node = core->vacant[row->block];
    core->vacant[row->block] = row->first;
}

static bool make_room(struct core *core, struct core_row *row)
{
    if (row->block >= 0 && row->count < 4 << row->block) return true;
    const int32_t first = take_block(core, row->block + 1);
    if (first < 0) return false;
    if (row->count > 0)
        memcpy(core->pool.items + first, core->pool.items + row->first,
               (size_t)row->count * sizeof *core->pool.items);
    give_back(core, row);
    row->first = first;
    row->block++;
    return true;
}

/* ---- Arcs ---- */

static struct core_arc *find(struct core *core, const struct core_row *row, int32_t node)
{
    struct core_arc *arcs = core->pool.items + row->first;
    for (int32_t k = 0; k < row->count; k++)
        if (arcs[k].node == node) return &arcs[k];
    return NULL;
}

error_code core_add(struct core *core, int32_t tail, const struct core_arc *arc, struct error *error)
{
    struct core_row *out = &core->out[tail], *in = &core->in[arc->node];
    struct core_arc backward = *arc;
    backward.node = tail;
    struct core_arc *known = find(core, out, arc->node);
    if (known != NULL) {
        if (arc->weight >= known->weight) return ERROR_NONE;
        *known = *arc;
        *find(core, in, tail) = backward;
        return ERROR_NONE;
    }
    if (!make_room(core, out) || !make_room(core, in)) return error_memory(error);
    core->pool.items[out->first + out->count++] = *arc;
    core->pool.items[in->first + in->count++] = backward;
    return ERROR_NONE;
}

static void drop(struct core *core, struct core_row *row, int32_t node)
{
    *find(core, row, node) = core->pool.items[row->first + row->count - 1];
    row->count--;
}

void core_remove(struct core *core, int32_t node)
{
    struct core_row *out = &core->out[node], *in = &core->in[node];
    for (int32_t k = 0; k < out->count; k++) drop(core, &core->in[core_out(core, node)[k].node], node);
    for (int32_t k = 0; k < in->count; k++) drop(core, &core->out[core_in(core, node)[k].node], node);
    give_back(core, out);
    give_back(core, in);
    *out = *in = (struct core_row){.first = 0, .block = -1};
}
