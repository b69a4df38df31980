#include "solver/network/hierarchy/digraph.h"

#include "solver/base/array.h"

error_code digraph_reverse(const struct digraph *graph, struct arena *arena, struct digraph *reversed,
                           struct error *error)
{
    error_code rc = ERROR_NONE;
    const int32_t arcs = graph->first[graph->count];
    int32_t *first, *head;
    way_weight *weight;
    TRY_NEW(arena, first, graph->count + 1);
    TRY_NEW(arena, head, arcs);
    TRY_NEW(arena, weight, arcs);
    for (int32_t a = 0; a < arcs; a++) first[graph->head[a]]++;
    for (int32_t v = 1; v <= graph->count; v++) first[v] += first[v - 1];
    for (int32_t v = graph->count - 1; v >= 0; v--)
        for (int32_t a = graph->first[v + 1] - 1; a >= graph->first[v]; a--) {
            const int32_t to = --first[graph->head[a]];
            head[to] = v;
            weight[to] = graph->weight[a];
        }
    *reversed = (struct digraph){graph->count, first, head, weight};
done:
    return rc;
}

/* ---- Parts ---- */

struct walk {
    const struct digraph *graph;
    int32_t *found, *lowest; /* from 1 in order of discovery; 0: not yet */
    int32_t *arc;            /* next to follow */
    int32_t *path, *open;    /* stacks */
    int32_t path_count, open_count, found_count, part_count, largest, largest_size;
    int32_t *part_of; /* -1: open */
};

static void enter(struct walk *walk, int32_t node)
{
    walk->found[node] = walk->lowest[node] = ++walk->found_count;
    walk->arc[node] = walk->graph->first[node];
    walk->path[walk->path_count++] = walk->open[walk->open_count++] = node;
}

static void leave(struct walk *walk)
{
    const int32_t node = walk->path[--walk->path_count];
    if (walk->path_count > 0) {
        int32_t *lowest = &walk->lowest[walk->path[walk->path_count - 1]];
        if (walk->lowest[node] < *lowest) *lowest = walk->lowest[node];
    }
    if (walk->lowest[node] < walk->found[node]) return;
    int32_t size = 0, member;
    do {
        member = walk->open[--walk->open_count];
        walk->part_of[member] = walk->part_count;
        size++;
    } while (member != node);
    if (size > walk->largest_size) {
        walk->largest_size = size;
        walk->largest = walk->part_count;
    }
    walk->part_count++;
}

static void walk_from(struct walk *walk, int32_t root)
{
    enter(walk, root);
    while (walk->path_count > 0) {
        const int32_t node = walk->path[walk->path_count - 1];
        if (walk->arc[node] == walk->graph->first[node + 1]) {
            leave(walk);
            continue;
        }
        const int32_t next = walk->graph->head[walk->arc[node]++];
        if (walk->found[next] == 0)
            enter(walk, next);
        else if (walk->part_of[next] < 0 && walk->found[next] < walk->lowest[node])
            walk->lowest[node] = walk->found[next];
    }
}

error_code digraph_parts(const struct digraph *graph, struct arena *arena, int32_t **part_of,
                         int32_t *largest, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct walk walk = {.graph = graph};
    TRY_NEW(arena, walk.part_of, graph->count);
    TRY_NEW(arena, walk.found, graph->count);
    TRY_NEW(arena, walk.lowest, graph->count);
    TRY_NEW(arena, walk.arc, graph->count);
    TRY_NEW(arena, walk.path, graph->count);
    TRY_NEW(arena, walk.open, graph->count);
    for (int32_t v = 0; v < graph->count; v++) walk.part_of[v] = -1;
    for (int32_t v = 0; v < graph->count; v++)
        if (walk.found[v] == 0) walk_from(&walk, v);
    *part_of = walk.part_of;
    *largest = walk.largest;
done:
    return rc;
}

/* ---- Shortest ways ---- */

struct label {
    way_weight way;
    int32_t node;
};

struct queue {
    struct label *items;
    int64_t count, capacity;
};

static bool queue_push(struct queue *queue, struct label label)
{
    if (!array_push(queue, label)) return false;
    int64_t hole = queue->count - 1;
    for (; hole > 0 && label.way < queue->items[(hole - 1) / 2].way; hole = (hole - 1) / 2)
        queue->items[hole] = queue->items[(hole - 1) / 2];
    queue->items[hole] = label;
    return true;
}

static struct label queue_pop(struct queue *queue)
{
    const struct label top = queue->items[0], last = queue->items[--queue->count];
    int64_t hole = 0;
    for (int64_t child; (child = 2 * hole + 1) < queue->count; hole = child) {
        if (child + 1 < queue->count && queue->items[child + 1].way < queue->items[child].way) child++;
        if (last.way <= queue->items[child].way) break;
        queue->items[hole] = queue->items[child];
    }
    queue->items[hole] = last;
    return top;
}

error_code digraph_ways(const struct digraph *graph, int32_t from, way_weight *ways, int32_t *parents,
                        struct error *error)
{
    error_code rc = ERROR_NONE;
    struct queue queue = {0};
    for (int32_t v = 0; v < graph->count; v++) ways[v] = WAY_NONE;
    if (parents != NULL)
        for (int32_t v = 0; v < graph->count; v++) parents[v] = -1;
    ways[from] = 0;
    bool room = queue_push(&queue, (struct label){0, from});
    while (room && queue.count > 0) {
        const struct label at = queue_pop(&queue);
        if (at.way > ways[at.node]) continue;
        for (int32_t a = graph->first[at.node]; room && a < graph->first[at.node + 1]; a++) {
            const struct label next = {at.way + graph->weight[a], graph->head[a]};
            if (next.way >= ways[next.node]) continue;
            ways[next.node] = next.way;
            if (parents != NULL) parents[next.node] = at.node;
            room = queue_push(&queue, next);
        }
    }
    if (!room) rc = error_memory(error);
    array_free(&queue);
    return rc;
}
