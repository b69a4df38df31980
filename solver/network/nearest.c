#include "solver/network/nearest.h"

#include "solver/base/arena.h"
#include "solver/base/rng.h"

#include <assert.h>
#include <stdbool.h>

/* LEAF_MAX points are compared one by one: from 4 to 32 the times differ by a tenth. */
enum { DIMENSIONS = 3, LEAF_MAX = 8 };

struct point {
    double at[DIMENSIONS];
    int32_t number;
};

/* Points [first, end) of the tree's order. The left half's box follows it; `right` is 0 in a leaf. */
struct box {
    double low[DIMENSIONS], high[DIMENSIONS];
    int32_t first, end, right, lowest_number;
};

struct tree {
    struct point *points;
    struct box *boxes;
    int32_t box_count;
    struct rng rng; /* pivots: the answer does not depend on them */
};

struct found {
    double square; /* of the distance */
    int32_t number;
};

/* The k best so far, as a heap with the worst on top. */
struct search {
    const struct tree *tree;
    const struct point *from;
    struct found *found;
    int32_t count, k;
};

static int32_t build_box(struct tree *tree, int32_t first, int32_t end);
static void search_box(struct search *search, int32_t number);
static void empty_heap(struct search *search, int32_t *row);

error_code nearest_find(const double *x, const double *y, const double *z, int32_t n, int32_t k,
                        int32_t *nearest, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct arena scratch;
    struct tree tree = {0};
    struct search search = {.tree = &tree, .k = k};
    assert(k == 0 || (k > 0 && k < n));
    if (k == 0) return ERROR_NONE;
    arena_init(&scratch);
    rng_seed(&tree.rng, 0);
    TRY_NEW(&scratch, tree.points, n);
    TRY_NEW(&scratch, tree.boxes, n / 2 + 1); /* halves of LEAF_MAX + 1 hold 4 points or more */
    TRY_NEW(&scratch, search.found, k);
    for (int32_t p = 0; p < n; p++) tree.points[p] = (struct point){{x[p], y[p], z == NULL ? 0 : z[p]}, p};
    build_box(&tree, 0, n);
    for (int32_t p = 0; p < n; p++) {
        search.from = &tree.points[p];
        search_box(&search, 0);
        empty_heap(&search, nearest + (size_t)search.from->number * (size_t)k);
    }
done:
    arena_free(&scratch);
    return rc;
}

/* ---- The tree ---- */

static void swap_points(struct point *a, struct point *b)
{
    const struct point kept = *a;
    *a = *b;
    *b = kept;
}

static bool point_before(const struct point *a, const struct point *b, int32_t axis)
{
    return a->at[axis] < b->at[axis] || (a->at[axis] == b->at[axis] && a->number < b->number);
}

/* Reorders so that those before `middle` are the lesser along the axis: Hoare's selection. Numbers make all
 * keys different, random pivots make it linear whatever the order. */
static void select_middle(struct tree *tree, int32_t first, int32_t end, int32_t middle, int32_t axis)
{
    struct point *points = tree->points;
    while (end - first > 1) {
        const struct point pivot = points[first + rng_below(&tree->rng, end - first)];
        int32_t low = first, high = end - 1;
        while (low <= high) {
            while (point_before(&points[low], &pivot, axis)) low++;
            while (point_before(&pivot, &points[high], axis)) high--;
            if (low <= high) swap_points(&points[low++], &points[high--]);
        }
        if (middle <= high)
            end = high + 1;
        else if (middle >= low)
            first = low;
        else
            return;
    }
}

static void bound_points(struct box *box, const struct point *points)
{
    const struct point *point = &points[box->first];
    box->lowest_number = point->number;
    for (int32_t axis = 0; axis < DIMENSIONS; axis++) box->low[axis] = box->high[axis] = point->at[axis];
    for (point++; point < points + box->end; point++) {
        if (point->number < box->lowest_number) box->lowest_number = point->number;
        for (int32_t axis = 0; axis < DIMENSIONS; axis++) {
            if (point->at[axis] < box->low[axis]) box->low[axis] = point->at[axis];
            if (point->at[axis] > box->high[axis]) box->high[axis] = point->at[axis];
        }
    }
}

static int32_t widest_axis(const struct box *box)
{
    int32_t widest = 0;
    for (int32_t axis = 1; axis < DIMENSIONS; axis++)
        if (box->high[axis] - box->low[axis] > box->high[widest] - box->low[widest]) widest = axis;
    return widest;
}

static int32_t build_box(struct tree *tree, int32_t first, int32_t end)
{
    const int32_t number = tree->box_count++;
    struct box *box = &tree->boxes[number];
    box->first = first;
    box->end = end;
    bound_points(box, tree->points);
    if (end - first > LEAF_MAX) {
        const int32_t middle = first + (end - first) / 2;
        select_middle(tree, first, end, middle, widest_axis(box));
        build_box(tree, first, middle);
        box->right = build_box(tree, middle, end);
    }
    return number;
}

/* ---- The question ---- */

static bool is_nearer(struct found a, struct found b)
{
    return a.square < b.square || (a.square == b.square && a.number < b.number);
}

/* Moves `item` down from the top of a heap of `count`. */
static void sift_down(struct found *heap, int32_t count, struct found item)
{
    int32_t hole = 0;
    for (int32_t child; (child = 2 * hole + 1) < count; hole = child) {
        if (child + 1 < count && is_nearer(heap[child], heap[child + 1])) child++;
        if (!is_nearer(item, heap[child])) break;
        heap[hole] = heap[child];
    }
    heap[hole] = item;
}

static void keep(struct search *search, struct found item)
{
    struct found *heap = search->found;
    if (search->count == search->k) {
        if (is_nearer(item, heap[0])) sift_down(heap, search->k, item);
        return;
    }
    int32_t hole = search->count++;
    for (; hole > 0 && is_nearer(heap[(hole - 1) / 2], item); hole = (hole - 1) / 2)
        heap[hole] = heap[(hole - 1) / 2];
    heap[hole] = item;
}

static void empty_heap(struct search *search, int32_t *row)
{
    while (search->count > 0) {
        row[--search->count] = search->found[0].number;
        sift_down(search->found, search->count, search->found[search->count]);
    }
}

/* The best that a box may hold. Its sum has the terms of a point's in the same order, and each rounded
 * operation grows with its terms, so that no point inside is computed as nearer. */
static struct found best_in_box(const struct box *box, const struct point *from)
{
    double square = 0;
    for (int32_t axis = 0; axis < DIMENSIONS; axis++) {
        const double below = box->low[axis] - from->at[axis], above = from->at[axis] - box->high[axis];
        const double apart = below > 0 ? below : above > 0 ? above : 0;
        square += apart * apart;
    }
    return (struct found){square, box->lowest_number};
}

static double square_between(const struct point *a, const struct point *b)
{
    double square = 0;
    for (int32_t axis = 0; axis < DIMENSIONS; axis++) {
        const double apart = a->at[axis] - b->at[axis];
        square += apart * apart;
    }
    return square;
}

static bool may_help(const struct search *search, struct found best)
{
    return search->count < search->k || is_nearer(best, search->found[0]);
}

static void search_leaf(struct search *search, const struct box *box)
{
    for (int32_t p = box->first; p < box->end; p++) {
        const struct point *point = &search->tree->points[p];
        if (point != search->from)
            keep(search, (struct found){square_between(point, search->from), point->number});
    }
}

static void search_box(struct search *search, int32_t number)
{
    const struct box *boxes = search->tree->boxes, *box = &boxes[number];
    if (box->right == 0) {
        search_leaf(search, box);
        return;
    }
    const int32_t halves[] = {number + 1, box->right};
    const struct found best[] = {best_in_box(&boxes[halves[0]], search->from),
                                 best_in_box(&boxes[halves[1]], search->from)};
    const int32_t first = is_nearer(best[1], best[0]);
    if (may_help(search, best[first])) search_box(search, halves[first]);
    if (may_help(search, best[!first])) search_box(search, halves[!first]);
}
