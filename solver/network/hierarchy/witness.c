#include "solver/network/hierarchy/witness.h"

/* One search: from the `near` neighbours of the node over `ahead` to the `far` ones. Backward searches go
 * against the arcs. */
struct sides {
    bool backward;
    int32_t node;
    const struct core_row *ahead, *behind; /* rows of all nodes */
    const struct core_arc *near, *far;
    int32_t near_count, far_count;
};

error_code witness_init(struct witness *witness, const struct core *core, struct arena *arena,
                        struct error *error)
{
    error_code rc = ERROR_NONE;
    *witness = (struct witness){.core = core};
    TRY_NEW(arena, witness->marks, core->count);
done:
    return rc;
}

void witness_free(struct witness *witness)
{
    array_free(&witness->heap);
    array_free(&witness->entry);
    array_free(&witness->shortcuts);
}

static struct sides choose_sides(const struct core *core, int32_t node)
{
    const bool backward = core->out[node].count < core->in[node].count;
    const struct core_row *ahead = backward ? core->in : core->out;
    const struct core_row *behind = backward ? core->out : core->in;
    return (struct sides){.backward = backward,
                          .node = node,
                          .ahead = ahead,
                          .behind = behind,
                          .near = core->pool.items + behind[node].first,
                          .far = core->pool.items + ahead[node].first,
                          .near_count = behind[node].count,
                          .far_count = ahead[node].count};
}

/* The least arc into `node` that does not come from `past`. */
static way_weight least_entry(const struct core *core, const struct core_row *row, int32_t past)
{
    const struct core_arc *arcs = core->pool.items + row->first;
    way_weight least = WAY_NONE;
    for (int32_t k = 0; k < row->count; k++)
        if (arcs[k].node != past && arcs[k].weight < least) least = arcs[k].weight;
    return least;
}

static bool add_shortcut(struct witness *witness, const struct sides *sides, const struct core_arc *near,
                         const struct core_arc *far)
{
    struct shortcut shortcut = {
        near->node,
        {near->weight + far->weight, far->node, sides->node,
         near->steps < INT32_MAX - far->steps ? near->steps + far->steps : INT32_MAX}};
    if (sides->backward) {
        shortcut.tail = far->node;
        shortcut.arc.node = near->node;
    }
    return array_push(&witness->shortcuts, shortcut);
}

/* What a search still looks for. */
struct quest {
    int32_t wanted;         /* pairs without a witness */
    way_weight most, reach; /* the longest of their ways; nodes farther than `reach` lead to no witness */
};

/* Marks the far neighbours that a witness is possible for, and adds the shortcuts of the others. */
static bool begin(struct witness *witness, const struct sides *sides, const struct core_arc *near,
                  struct quest *quest)
{
    *quest = (struct quest){0};
    for (int32_t k = 0; k < sides->far_count; k++) {
        const struct core_arc *far = &sides->far[k];
        const way_weight way = near->weight + far->weight, entry = witness->entry.items[k];
        if (far->node == near->node || way >= WAY_FAR) continue;
        if (way < entry || sides->ahead[near->node].count == 1) {
            if (!add_shortcut(witness, sides, near, far)) return false;
            continue;
        }
        witness->marks[far->node].wanted = way;
        witness->marks[far->node].wanted_in = witness->search;
        quest->wanted++;
        if (way > quest->most) quest->most = way;
        if (way - entry > quest->reach) quest->reach = way - entry;
    }
    return true;
}

static bool relax(struct witness *witness, const struct core_row *row, way_weight from, struct quest *quest)
{
    const struct core_arc *arcs = witness->core->pool.items + row->first;
    for (int32_t k = 0; k < row->count; k++) {
        const way_weight way = from + arcs[k].weight;
        if (way > quest->most) continue;
        struct witness_mark *mark = &witness->marks[arcs[k].node];
        if (mark->wanted_in == witness->search && way <= mark->wanted) {
            mark->wanted_in = 0;
            quest->wanted--;
        }
        if (way > quest->reach || (mark->reached_in == witness->search && mark->reached <= way)) continue;
        mark->reached = way;
        mark->reached_in = witness->search;
        if (!way_heap_push(&witness->heap, way, arcs[k].node)) return false;
    }
    return true;
}

static bool search(struct witness *witness, const struct sides *sides, int32_t from, int32_t settled_most,
                   struct quest *quest)
{
    witness->marks[sides->node].reached = 0; /* never bettered, so never entered */
    witness->marks[sides->node].reached_in = witness->search;
    witness->marks[from].reached = 0;
    witness->marks[from].reached_in = witness->search;
    witness->heap.count = 0;
    if (!way_heap_push(&witness->heap, 0, from)) return false;
    for (int32_t settled = 0; settled < settled_most && witness->heap.count > 0 && quest->wanted > 0;) {
        const struct way_item item = way_heap_pop(&witness->heap);
        if (item.way > witness->marks[item.node].reached) continue;
        if (!relax(witness, &sides->ahead[item.node], item.way, quest)) return false;
        settled++;
    }
    return true;
}

static bool find_from(struct witness *witness, const struct sides *sides, const struct core_arc *near,
                      int32_t settled_most)
{
    struct quest quest;
    witness->search++;
    if (!begin(witness, sides, near, &quest)) return false;
    if (quest.wanted == 0) return true;
    if (!search(witness, sides, near->node, settled_most, &quest)) return false;
    for (int32_t k = 0; k < sides->far_count && quest.wanted > 0; k++)
        if (witness->marks[sides->far[k].node].wanted_in == witness->search) {
            if (!add_shortcut(witness, sides, near, &sides->far[k])) return false;
            quest.wanted--;
        }
    return true;
}

/* Searches are numbered; before numbers run out all marks are taken off. */
static void renumber(struct witness *witness, int32_t searches)
{
    if (witness->search < UINT32_MAX - (uint32_t)searches) return;
    for (int32_t v = 0; v < witness->core->count; v++)
        witness->marks[v].reached_in = witness->marks[v].wanted_in = 0;
    witness->search = 0;
}

error_code witness_find(struct witness *witness, int32_t node, int32_t settled_most, struct error *error)
{
    const struct sides sides = choose_sides(witness->core, node);
    witness->shortcuts.count = 0;
    renumber(witness, sides.near_count);
    if (!array_reserve(&witness->entry, sides.far_count)) return error_memory(error);
    for (int32_t k = 0; k < sides.far_count; k++)
        witness->entry.items[k] = least_entry(witness->core, &sides.behind[sides.far[k].node], node);
    for (int32_t k = 0; k < sides.near_count; k++)
        if (!find_from(witness, &sides, &sides.near[k], settled_most)) return error_memory(error);
    return ERROR_NONE;
}
