#include "solver/network/hierarchy/digraph.h"

#include "solver/network/hierarchy/way_heap.h"

error_code digraph_reverse(const struct digraph *graph, struct arena *arena, struct digraph *reversed,
                           struct error *error)
{
    error_code rc = ERROR_NONE;
    const int32_t count = graph->count, arc_count = graph->first[count];
    int32_t *first, *head;
    way_weight *weight;
    TRY_NEW(arena, first, (int64_t)count + 2);
    TRY_NEW(arena, head, arc_count);
    TRY_NEW(arena, weight, arc_count);
    /* Counted two places on, then summed: first[v + 1] is where the next arc of v goes, and in the end where
     * the row of v + 1 begins. */
    for (int32_t a = 0; a < arc_count; a++) first[graph->head[a] + 2]++;
    for (int32_t v = 0; v < count; v++) first[v + 2] += first[v + 1];
    for (int32_t v = 0; v < count; v++)
        for (int32_t a = graph->first[v]; a < graph->first[v + 1]; a++) {
            const int32_t place = first[graph->head[a] + 1]++;
            head[place] = v;
            weight[place] = graph->weight[a];
        }
    *reversed = (struct digraph){.count = count, .first = first, .head = head, .weight = weight};
done:
    return rc;
}

/* ---- Strongly connected parts ---- */

/* Tarjan's depth-first search. Nodes are seen as 1, 2, …; `low`: the earliest of those still open that a node
 * is known to reach, 0 unseen. `open`: seen, but in no part yet, those of a part together and its root
 * lowest. */
struct parts {
    const struct digraph *graph;
    int32_t *part_of, *seen_as, *low, *next_arc;
    int32_t *path, *open;
    int32_t seen_count, path_count, open_count, part_count;
    int32_t largest, largest_size;
};

static void enter(struct parts *parts, int32_t node)
{
    parts->seen_as[node] = parts->low[node] = ++parts->seen_count;
    parts->next_arc[node] = parts->graph->first[node];
    parts->path[parts->path_count++] = node;
    parts->open[parts->open_count++] = node;
}

/* The next node that the search goes on to from `node`, or -1. */
static int32_t look_ahead(struct parts *parts, int32_t node)
{
    const struct digraph *graph = parts->graph;
    while (parts->next_arc[node] < graph->first[node + 1]) {
        const int32_t head = graph->head[parts->next_arc[node]];
        if (parts->low[head] == 0) return head; /* looked at again on the way back, for its low */
        if (parts->part_of[head] < 0 && parts->low[head] < parts->low[node])
            parts->low[node] = parts->low[head];
        parts->next_arc[node]++;
    }
    return -1;
}

static void close_part(struct parts *parts, int32_t root)
{
    int32_t size = 0, node;
    do {
        node = parts->open[--parts->open_count];
        parts->part_of[node] = parts->part_count;
        size++;
    } while (node != root);
    if (size > parts->largest_size) {
        parts->largest_size = size;
        parts->largest = parts->part_count;
    }
    parts->part_count++;
}

static void search_from(struct parts *parts, int32_t start)
{
    enter(parts, start);
    while (parts->path_count > 0) {
        const int32_t node = parts->path[parts->path_count - 1], next = look_ahead(parts, node);
        if (next >= 0) {
            enter(parts, next);
            continue;
        }
        parts->path_count--;
        if (parts->low[node] == parts->seen_as[node]) close_part(parts, node);
    }
}

error_code digraph_parts(const struct digraph *graph, struct arena *arena, int32_t **part_of,
                         int32_t *largest, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct arena scratch;
    struct parts parts = {.graph = graph};
    arena_init(&scratch);
    TRY_NEW(arena, parts.part_of, graph->count);
    TRY_NEW(&scratch, parts.low, graph->count);
    TRY_NEW(&scratch, parts.next_arc, graph->count);
    TRY_NEW(&scratch, parts.path, graph->count);
    TRY_NEW(&scratch, parts.open, graph->count);
    TRY_NEW(&scratch, parts.seen_as, graph->count);
    for (int32_t v = 0; v < graph->count; v++) parts.part_of[v] = -1;
    for (int32_t v = 0; v < graph->count; v++)
        if (parts.low[v] == 0) search_from(&parts, v);
    *part_of = parts.part_of;
    *largest = parts.largest;
done:
    arena_free(&scratch);
    return rc;
}

/* ---- Shortest ways ---- */

error_code digraph_ways(const struct digraph *graph, int32_t from, way_weight *ways, int32_t *parents,
                        struct error *error)
{
    error_code rc = ERROR_NONE;
    struct way_heap heap = {0};
    for (int32_t v = 0; v < graph->count; v++) ways[v] = WAY_NONE;
    for (int32_t v = 0; parents != NULL && v < graph->count; v++) parents[v] = -1;
    ways[from] = 0;
    if (!way_heap_push(&heap, 0, from)) rc = ERROR_MEMORY;
    while (rc == ERROR_NONE && heap.count > 0) {
        const struct way_item item = way_heap_pop(&heap);
        if (item.way > ways[item.node]) continue;
        for (int32_t a = graph->first[item.node]; a < graph->first[item.node + 1]; a++) {
            const int32_t head = graph->head[a];
            const way_weight weight = graph->weight[a], way = item.way + weight;
            if (weight >= WAY_FAR - item.way || way >= ways[head]) continue;
            ways[head] = way;
            if (parents != NULL) parents[head] = item.node;
            if (!way_heap_push(&heap, way, head)) rc = ERROR_MEMORY;
        }
    }
    array_free(&heap);
    return rc == ERROR_NONE ? rc : error_memory(error);
}
