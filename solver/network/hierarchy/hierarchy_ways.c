#include "solver/network/hierarchy/hierarchy.h"

#include "solver/base/parallel.h"

#include <assert.h>

/* Sources side by side: a node's ways then fill a cache line, and each arc is read once for all of them. */
enum { LANES = 8 };

struct lanes {
    way_weight ways[LANES];
};

struct sweep_arc {
    way_weight weight;
    int32_t tail; /* a place */
};

/* The union of what lies above the targets, as places from the highest rank down: an arc's tail comes before
 * its head, so that one pass settles them all. */
struct sweep {
    int32_t *place_of; /* by rank, -1 not in it */
    int32_t *rank_of;  /* by place */
    int32_t *first, count;
    struct sweep_arc *arcs; /* into a place, rows by place */
};

/* What one thread works with: the union of what lies above its sources, found by a search in depth, whose
 * nodes stand after all that lie above them in `order`. */
struct climb {
    int32_t *place_of; /* by rank, in `order`; -1 not in it */
    int32_t *order, *path, *next_arc, count;
    struct lanes *above; /* by place in `order` */
    struct lanes *swept; /* by place of the sweep */
};

struct ways {
    const struct hierarchy *hierarchy;
    const int32_t *sources, *targets;
    int32_t source_count, target_count;
    struct sweep sweep;
    struct climb climbs[CREW_MAX];
    atomic_int next_batch;
    way_weight *ways;
};

static error_code gather_sweep(struct ways *ways, struct arena *scratch, struct error *error);
static error_code init_climb(struct climb *climb, const struct ways *ways, struct arena *scratch,
                             struct error *error);
static void work(void *context, int32_t k);

error_code hierarchy_ways(const struct hierarchy *hierarchy, const int32_t *sources, int32_t source_count,
                          const int32_t *targets, int32_t target_count, int32_t threads, way_weight *ways,
                          struct error *error)
{
    error_code rc = ERROR_NONE;
    struct arena scratch;
    struct ways task = {.hierarchy = hierarchy,
                        .sources = sources,
                        .targets = targets,
                        .source_count = source_count,
                        .target_count = target_count};
    const int32_t batches = source_count / LANES + (source_count % LANES > 0);
    assert(threads > 0);
    if (source_count == 0 || target_count == 0) return rc;
    if (threads > CREW_MAX) threads = CREW_MAX;
    if (threads > batches) threads = batches;
    task.ways = ways;
    arena_init(&scratch);
    TRY(gather_sweep(&task, &scratch, error));
    for (int32_t k = 0; k < threads; k++) TRY(init_climb(&task.climbs[k], &task, &scratch, error));
    struct crew crew;
    crew_start(&crew, threads);
    crew_run(&crew, threads, work, &task);
    crew_stop(&crew);
done:
    arena_free(&scratch);
    return rc;
}

/* ---- The targets' union ---- */

/* Marks with place 0 all ranks above the targets; their number. */
static int32_t mark_above(const struct ways *ways, int32_t *open)
{
    const struct hierarchy_arcs *down = &ways->hierarchy->down;
    int32_t *place_of = ways->sweep.place_of;
    int32_t marked = 0;
    for (int32_t t = 0, open_count = 0; t < ways->target_count; t++) {
        const int32_t target = ways->hierarchy->rank_of[ways->targets[t]];
        if (place_of[target] < 0) open[open_count++] = target, place_of[target] = 0;
        while (open_count > 0) {
            const int32_t v = open[--open_count];
            marked++;
            for (int32_t a = down->first[v]; a < down->first[v + 1]; a++)
                if (place_of[down->head[a]] < 0)
                    open[open_count++] = down->head[a], place_of[down->head[a]] = 0;
        }
    }
    return marked;
}

static int32_t place_marked(struct sweep *sweep, const struct hierarchy *hierarchy)
{
    int32_t arcs = 0;
    for (int32_t v = hierarchy->count - 1; v >= 0; v--) {
        if (sweep->place_of[v] < 0) continue;
        sweep->place_of[v] = sweep->count;
        sweep->rank_of[sweep->count++] = v;
        arcs += hierarchy->down.first[v + 1] - hierarchy->down.first[v];
    }
    return arcs;
}

static error_code gather_sweep(struct ways *ways, struct arena *scratch, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct sweep *sweep = &ways->sweep;
    const struct hierarchy *hierarchy = ways->hierarchy;
    const struct hierarchy_arcs *down = &hierarchy->down;
    int32_t *open;
    TRY_NEW(scratch, sweep->place_of, hierarchy->count);
    TRY_NEW(scratch, open, hierarchy->count);
    for (int32_t v = 0; v < hierarchy->count; v++) sweep->place_of[v] = -1;
    const int32_t count = mark_above(ways, open);
    TRY_NEW(scratch, sweep->rank_of, count);
    TRY_NEW(scratch, sweep->first, (int64_t)count + 1);
    TRY_NEW(scratch, sweep->arcs, place_marked(sweep, hierarchy));
    for (int32_t p = 0; p < sweep->count; p++) {
        const int32_t v = sweep->rank_of[p];
        sweep->first[p + 1] = sweep->first[p];
        for (int32_t a = down->first[v]; a < down->first[v + 1]; a++)
            sweep->arcs[sweep->first[p + 1]++] =
                (struct sweep_arc){down->weight[a], sweep->place_of[down->head[a]]};
    }
done:
    return rc;
}

/* ---- A batch of sources ---- */

static error_code init_climb(struct climb *climb, const struct ways *ways, struct arena *scratch,
                             struct error *error)
{
    error_code rc = ERROR_NONE;
    const int32_t count = ways->hierarchy->count;
    TRY_NEW(scratch, climb->place_of, count);
    TRY_NEW(scratch, climb->order, count);
    TRY_NEW(scratch, climb->path, count);
    TRY_NEW(scratch, climb->next_arc, count);
    TRY_NEW(scratch, climb->above, count);
    TRY_NEW(scratch, climb->swept, ways->sweep.count);
    for (int32_t v = 0; v < count; v++) climb->place_of[v] = -1;
done:
    return rc;
}

static void set_far(struct lanes *lanes)
{
    for (int32_t lane = 0; lane < LANES; lane++) lanes->ways[lane] = WAY_FAR;
}

static void relax(struct lanes *head, const struct lanes *tail, way_weight weight)
{
    for (int32_t lane = 0; lane < LANES; lane++) {
        const way_weight way = tail->ways[lane] + weight;
        head->ways[lane] = way < head->ways[lane] ? way : head->ways[lane];
    }
}

/* Lists what lies above `start` and is not listed yet: a node when all above it are. */
static void list_above(struct climb *climb, const struct hierarchy_arcs *up, int32_t start)
{
    int32_t depth = 0;
    if (climb->place_of[start] >= 0) return;
    climb->path[0] = start;
    climb->next_arc[0] = up->first[start];
    while (depth >= 0) {
        const int32_t v = climb->path[depth];
        int32_t a = climb->next_arc[depth];
        while (a < up->first[v + 1] && climb->place_of[up->head[a]] >= 0) a++;
        climb->next_arc[depth] = a + 1;
        if (a < up->first[v + 1]) {
            climb->path[++depth] = up->head[a];
            climb->next_arc[depth] = up->first[up->head[a]];
            continue;
        }
        climb->place_of[v] = climb->count;
        climb->order[climb->count] = v;
        set_far(&climb->above[climb->count++]);
        depth--;
    }
}

/* The best ways up from each source to all that lies above it. */
static void climb_up(struct climb *climb, const struct hierarchy *hierarchy, const int32_t *sources,
                     int32_t source_count)
{
    const struct hierarchy_arcs *up = &hierarchy->up;
    climb->count = 0;
    for (int32_t lane = 0; lane < source_count; lane++)
        list_above(climb, up, hierarchy->rank_of[sources[lane]]);
    for (int32_t lane = 0; lane < source_count; lane++)
        climb->above[climb->place_of[hierarchy->rank_of[sources[lane]]]].ways[lane] = 0;
    for (int32_t k = climb->count - 1; k >= 0; k--) {
        const int32_t v = climb->order[k];
        for (int32_t a = up->first[v]; a < up->first[v + 1]; a++)
            relax(&climb->above[climb->place_of[up->head[a]]], &climb->above[k], up->weight[a]);
    }
}

static void sweep_down(struct climb *climb, const struct sweep *sweep)
{
    for (int32_t p = 0; p < sweep->count; p++) {
        const int32_t above = climb->place_of[sweep->rank_of[p]];
        struct lanes best;
        if (above >= 0)
            best = climb->above[above];
        else
            set_far(&best);
        for (int32_t a = sweep->first[p]; a < sweep->first[p + 1]; a++)
            relax(&best, &climb->swept[sweep->arcs[a].tail], sweep->arcs[a].weight);
        climb->swept[p] = best;
    }
}

static void do_batch(struct climb *climb, const struct ways *ways, int32_t first)
{
    const struct sweep *sweep = &ways->sweep;
    const int32_t left = ways->source_count - first, count = left < LANES ? left : LANES;
    climb_up(climb, ways->hierarchy, ways->sources + first, count);
    sweep_down(climb, sweep);
    for (int32_t lane = 0; lane < count; lane++) {
        way_weight *row = ways->ways + (size_t)(first + lane) * (size_t)ways->target_count;
        for (int32_t t = 0; t < ways->target_count; t++) {
            const int32_t target = ways->hierarchy->rank_of[ways->targets[t]];
            const way_weight way = climb->swept[sweep->place_of[target]].ways[lane];
            row[t] = way < WAY_FAR ? way : WAY_NONE;
        }
    }
    for (int32_t k = 0; k < climb->count; k++) climb->place_of[climb->order[k]] = -1;
}

static void work(void *context, int32_t k)
{
    struct ways *ways = context;
    const int32_t batches = ways->source_count / LANES + (ways->source_count % LANES > 0);
    for (int32_t batch; (batch = atomic_fetch_add(&ways->next_batch, 1)) < batches;)
        do_batch(&ways->climbs[k], ways, batch * LANES);
}
