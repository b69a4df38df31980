#include "solver/base/message.h"
#include "solver/network/hierarchy/rows.h"
#include "solver/network/hierarchy/way_heap.h"

#include <assert.h>

/* A node reached on the way up. */
struct step {
    way_weight way;
    int32_t rank, parent; /* the step that led here, -1 none, */
    int32_t arc;          /* by this arc of its row */
};

/* The search up from one end: over `up` from the start of the way, over `down`, against it, from its end. */
struct ascent {
    const struct hierarchy_arcs *arcs;
    int32_t *step_of; /* by rank, 1 + the step; 0 not reached */
    struct {
        struct step *items;
        int64_t count, capacity;
    } steps;
    struct way_heap heap; /* of steps */
};

/* An arc or shortcut that is still to be driven, by rank. */
struct leg {
    int32_t tail, head, middle;
};

struct path {
    const struct hierarchy *hierarchy;
    struct ascent ascents[2]; /* from the start, from the end */
    way_weight best;
    int32_t top; /* rank at which the two ascents meet best; -1 they do not */
    struct {
        struct leg *items;
        int64_t count, capacity;
    } legs; /* the next to be driven last */
    struct {
        int32_t *items;
        int64_t count, capacity;
    } nodes;
};

static bool search(struct path *path, const int32_t ends[2]);
static bool list_legs(struct path *path);
static error_code drive(struct path *path, struct error *error);

error_code hierarchy_path(const struct hierarchy *hierarchy, int32_t from, int32_t to, struct arena *arena,
                          int32_t **nodes, int32_t *count, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct arena scratch;
    struct path path = {.hierarchy = hierarchy, .best = WAY_FAR, .top = -1};
    const int32_t ends[] = {hierarchy->rank_of[from], hierarchy->rank_of[to]};
    arena_init(&scratch);
    for (int32_t k = 0; k < 2; k++) {
        path.ascents[k].arcs = k == 0 ? &hierarchy->up : &hierarchy->down;
        TRY_NEW(&scratch, path.ascents[k].step_of, hierarchy->count);
    }
    if (!search(&path, ends)) TRY(error_memory(error));
    if (path.top >= 0) {
        if (!list_legs(&path) || !array_push(&path.nodes, from)) TRY(error_memory(error));
        TRY(drive(&path, error));
    }
    TRY_NEW(arena, *nodes, path.nodes.count);
    for (int64_t k = 0; k < path.nodes.count; k++) (*nodes)[k] = path.nodes.items[k];
    *count = (int32_t)path.nodes.count;
done:
    for (int32_t k = 0; k < 2; k++) {
        array_free(&path.ascents[k].steps);
        array_free(&path.ascents[k].heap);
    }
    array_free(&path.legs);
    array_free(&path.nodes);
    arena_free(&scratch);
    return rc;
}

/* ---- The two ascents ---- */

static bool reach(struct ascent *ascent, const struct step *step)
{
    const int32_t known = ascent->step_of[step->rank];
    if (known > 0) {
        assert(ascent->steps.items != NULL);
        if (step->way >= ascent->steps.items[known - 1].way) return true;
        ascent->steps.items[known - 1] = *step;
        return way_heap_push(&ascent->heap, step->way, known - 1);
    }
    if (!array_push(&ascent->steps, *step)) return false;
    ascent->step_of[step->rank] = (int32_t)ascent->steps.count;
    return way_heap_push(&ascent->heap, step->way, (int32_t)ascent->steps.count - 1);
}

static void meet(struct path *path, const struct ascent *other, const struct step *step)
{
    const int32_t there = other->step_of[step->rank];
    if (there == 0) return;
    const way_weight way = step->way + other->steps.items[there - 1].way;
    if (way >= path->best) return;
    path->best = way;
    path->top = step->rank;
}

/* Settles the nearest node of one ascent. */
static bool ascend(struct path *path, struct ascent *ascent, const struct ascent *other)
{
    const struct way_item item = way_heap_pop(&ascent->heap);
    const struct step from = ascent->steps.items[item.node];
    if (item.way > from.way) return true;
    meet(path, other, &from);
    for (int32_t a = ascent->arcs->first[from.rank]; a < ascent->arcs->first[from.rank + 1]; a++) {
        const struct step step = {from.way + ascent->arcs->weight[a], ascent->arcs->head[a], item.node, a};
        if (step.way < path->best && !reach(ascent, &step)) return false;
    }
    return true;
}

/* An ascent ends when what it would settle next is no nearer than the best way found. */
static bool search(struct path *path, const int32_t ends[2])
{
    for (int32_t k = 0; k < 2; k++) {
        const struct step step = {0, ends[k], -1, -1};
        if (!reach(&path->ascents[k], &step)) return false;
    }
    for (int32_t turn = 0, idle = 0; idle < 2; turn = !turn) {
        struct ascent *ascent = &path->ascents[turn];
        const bool ended = ascent->heap.count == 0 || ascent->heap.items[0].way >= path->best;
        idle = ended ? idle + 1 : 0;
        if (!ended && !ascend(path, ascent, &path->ascents[!turn])) return false;
    }
    return true;
}

/* ---- Unpacking ---- */

/* The legs of one ascent, from its end to the top or back. */
static bool list_ascent(struct path *path, const struct ascent *ascent, bool upward)
{
    const struct step *steps = ascent->steps.items;
    const struct step *step = &steps[ascent->step_of[path->top] - 1];
    for (; step->parent >= 0; step = &steps[step->parent]) {
        const int32_t low = steps[step->parent].rank, middle = ascent->arcs->middle[step->arc];
        const struct leg leg = {upward ? low : step->rank, upward ? step->rank : low, middle};
        if (!array_push(&path->legs, leg)) return false;
    }
    return true;
}

static bool list_legs(struct path *path)
{
    if (!list_ascent(path, &path->ascents[1], false)) return false;
    /* From the top down is the order of driving, and the last of the list is driven first. */
    struct leg *legs = path->legs.items;
    for (int64_t low = 0, high = path->legs.count - 1; low < high; low++, high--) {
        const struct leg kept = legs[low];
        legs[low] = legs[high];
        legs[high] = kept;
    }
    return list_ascent(path, &path->ascents[0], true);
}

/* A shortcut's halves in its place, the first to be driven on top. */
static bool halve(struct path *path, const struct leg *leg)
{
    const struct hierarchy_arcs *up = &path->hierarchy->up, *down = &path->hierarchy->down;
    const int32_t into = rows_find(down, leg->middle, leg->tail);
    const int32_t out = rows_find(up, leg->middle, leg->head);
    const struct leg second = {leg->middle, leg->head, up->middle[out]};
    const struct leg first = {leg->tail, leg->middle, down->middle[into]};
    return array_push(&path->legs, second) && array_push(&path->legs, first);
}

static error_code drive(struct path *path, struct error *error)
{
    const int64_t most = 2 * (int64_t)path->hierarchy->count;
    while (path->legs.count > 0) {
        const struct leg leg = path->legs.items[--path->legs.count];
        if (leg.middle >= 0) {
            if (!halve(path, &leg)) return error_memory(error);
            continue;
        }
        if (path->nodes.count == most)
            return error_set(error, ERROR_NETWORK, "%s",
                             _("a way in the road network has no end: its file is damaged"));
        if (!array_push(&path->nodes, path->hierarchy->node_of[leg.head])) return error_memory(error);
    }
    return ERROR_NONE;
}
