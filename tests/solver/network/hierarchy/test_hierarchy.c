/* The hierarchy against plain searches on random graphs: all ways, the paths that they stand for, the same
 * for any number of threads; and arrays as they might come from a damaged file. */
#include "solver/network/hierarchy/hierarchy.h"

#include "tests/support/random_graph.h"
#include "tests/support/test.h"

#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 240, WAYS_MOST = RANDOM_GRAPH_NODES * RANDOM_GRAPH_NODES };

static void build(const struct digraph *graph, struct arena *arena, struct hierarchy *hierarchy)
{
    assert_int_equal(hierarchy_build(graph, arena, hierarchy, NULL), ERROR_NONE);
    assert_int_equal(hierarchy->count, graph->count);
    assert_true(hierarchy_is_sound(hierarchy));
}

/* All nodes, in an order of their own, some twice. */
static int32_t draw_nodes(int32_t count, struct rng *rng, int32_t nodes[RANDOM_GRAPH_NODES])
{
    const int32_t drawn = count == 0 ? 0 : rng_below(rng, count + 1);
    for (int32_t k = 0; k < drawn; k++) nodes[k] = rng_below(rng, count);
    return drawn;
}

static void ways_are_those_of_plain_searches(void **state)
{
    (void)state;
    static way_weight ways[WAYS_MOST], plain[RANDOM_GRAPH_NODES];
    struct rng rng;
    rng_seed(&rng, 1);
    for (int32_t round = 0; round < ROUNDS; round++) {
        struct arena arena;
        struct hierarchy hierarchy;
        int32_t sources[RANDOM_GRAPH_NODES], targets[RANDOM_GRAPH_NODES];
        arena_init(&arena);
        const struct digraph graph = random_graph(round % RANDOM_GRAPH_KINDS, &rng, &arena);
        build(&graph, &arena, &hierarchy);
        const int32_t source_count = draw_nodes(graph.count, &rng, sources);
        const int32_t target_count = draw_nodes(graph.count, &rng, targets);
        assert_int_equal(
            hierarchy_ways(&hierarchy, sources, source_count, targets, target_count, 1, ways, NULL),
            ERROR_NONE);
        for (int32_t s = 0; s < source_count; s++) {
            assert_int_equal(digraph_ways(&graph, sources[s], plain, NULL, NULL), ERROR_NONE);
            for (int32_t t = 0; t < target_count; t++)
                assert_true(ways[s * target_count + t] == plain[targets[t]]);
        }
        arena_free(&arena);
    }
}

static void assert_path(const struct digraph *graph, const struct hierarchy *hierarchy, int32_t from,
                        int32_t to, way_weight expected, struct arena *arena)
{
    int32_t *nodes, count;
    way_weight sum = 0;
    assert_int_equal(hierarchy_path(hierarchy, from, to, arena, &nodes, &count, NULL), ERROR_NONE);
    if (expected == WAY_NONE) {
        assert_int_equal(count, 0);
        return;
    }
    assert_true(count > 0);
    assert_int_equal(nodes[0], from);
    assert_int_equal(nodes[count - 1], to);
    for (int32_t k = 0; k + 1 < count; k++) {
        const way_weight arc = graph_best_arc(graph, nodes[k], nodes[k + 1]);
        assert_true(arc != WAY_NONE);
        sum += arc;
    }
    assert_true(sum == expected);
}

static void paths_are_driven_over_arcs(void **state)
{
    (void)state;
    static way_weight plain[RANDOM_GRAPH_NODES];
    struct rng rng;
    rng_seed(&rng, 2);
    for (int32_t round = 0; round < ROUNDS; round++) {
        struct arena arena;
        struct hierarchy hierarchy;
        arena_init(&arena);
        const struct digraph graph = random_graph(round % RANDOM_GRAPH_KINDS, &rng, &arena);
        build(&graph, &arena, &hierarchy);
        for (int32_t k = 0; k < 4 && graph.count > 0; k++) {
            const int32_t from = rng_below(&rng, graph.count);
            assert_int_equal(digraph_ways(&graph, from, plain, NULL, NULL), ERROR_NONE);
            for (int32_t to = 0; to < graph.count; to++)
                assert_path(&graph, &hierarchy, from, to, plain[to], &arena);
        }
        arena_free(&arena);
    }
}

/* Thirty nodes in a row, a day each: the last that counts as reached is the 24th on. */
static void ways_beyond_the_bound_are_none(void **state)
{
    (void)state;
    enum { N = 30, DAY_MS = 86400000 };
    int32_t tails[N - 1], heads[N - 1], nodes[N];
    way_weight weights[N - 1], ways[N * N];
    struct arena arena;
    struct hierarchy hierarchy;
    arena_init(&arena);
    for (int32_t v = 0; v < N; v++) nodes[v] = v;
    for (int32_t v = 0; v + 1 < N; v++) tails[v] = v, heads[v] = v + 1, weights[v] = way_of(DAY_MS, 1);
    const struct digraph graph = graph_of_arcs(N, N - 1, tails, heads, weights, &arena);
    build(&graph, &arena, &hierarchy);
    assert_int_equal(hierarchy_ways(&hierarchy, nodes, N, nodes, N, 1, ways, NULL), ERROR_NONE);
    for (int32_t v = 0; v < N; v++) {
        const way_weight expected = v <= 24 ? way_of((uint32_t)v * DAY_MS, (uint32_t)v) : WAY_NONE;
        assert_true(ways[v] == expected);
        assert_path(&graph, &hierarchy, 0, v, expected, &arena);
    }
    arena_free(&arena);
}

static void threads_do_not_matter(void **state)
{
    (void)state;
    static way_weight alone[WAYS_MOST], together[WAYS_MOST];
    struct rng rng;
    rng_seed(&rng, 3);
    for (int32_t round = 0; round < 24; round++) {
        struct arena arena;
        struct hierarchy hierarchy, again;
        int32_t nodes[RANDOM_GRAPH_NODES];
        arena_init(&arena);
        const struct digraph graph = random_graph(round % RANDOM_GRAPH_KINDS, &rng, &arena);
        build(&graph, &arena, &hierarchy);
        build(&graph, &arena, &again);
        const size_t arcs = (size_t)hierarchy.up.first[graph.count];
        assert_memory_equal(again.rank_of, hierarchy.rank_of, (size_t)graph.count * sizeof *again.rank_of);
        assert_memory_equal(again.up.middle, hierarchy.up.middle, arcs * sizeof *again.up.middle);
        const int32_t count = graph.count;
        for (int32_t v = 0; v < count; v++) nodes[v] = v;
        for (int32_t threads = 1; threads <= 4; threads *= 2) {
            assert_int_equal(hierarchy_ways(&hierarchy, nodes, count, nodes, count, threads,
                                            threads == 1 ? alone : together, NULL),
                             ERROR_NONE);
            if (threads > 1) assert_memory_equal(together, alone, (size_t)(count * count) * sizeof *alone);
        }
        arena_free(&arena);
    }
}

/* ---- Damaged arrays ---- */

/* A hierarchy whose arrays may be written to, each in a block of its own size, so that reading past its end
 * is seen by AddressSanitizer. */
struct copy {
    struct hierarchy hierarchy;
    int32_t *numbers[8];
    int32_t sizes[8];
    way_weight *weights[2];
    int32_t weight_counts[2];
};

static void *copy_of(const void *items, size_t bytes)
{
    void *copied = malloc(bytes > 0 ? bytes : 1);
    assert_non_null(copied);
    memcpy(copied, items, bytes);
    return copied;
}

static int32_t *copy_numbers(struct copy *copy, int32_t k, const int32_t *items, int32_t count)
{
    copy->sizes[k] = count;
    return copy->numbers[k] = copy_of(items, (size_t)count * sizeof *items);
}

static void copy_arcs(struct copy *copy, int32_t side, struct hierarchy_arcs *arcs)
{
    const int32_t nodes = copy->hierarchy.count, count = arcs->first[nodes];
    copy->weight_counts[side] = count;
    arcs->weight = copy->weights[side] = copy_of(arcs->weight, (size_t)count * sizeof *arcs->weight);
    arcs->head = copy_numbers(copy, 3 * side, arcs->head, count);
    arcs->middle = copy_numbers(copy, 3 * side + 1, arcs->middle, count);
    arcs->first = copy_numbers(copy, 3 * side + 2, arcs->first, nodes + 1);
    copy->sizes[3 * side + 2]--; /* the last says how long the arrays are */
}

static void copy_make(struct copy *copy, const struct hierarchy *hierarchy)
{
    copy->hierarchy = *hierarchy;
    copy_arcs(copy, 0, &copy->hierarchy.up);
    copy_arcs(copy, 1, &copy->hierarchy.down);
    copy->hierarchy.rank_of = copy_numbers(copy, 6, hierarchy->rank_of, hierarchy->count);
    copy->hierarchy.node_of = copy_numbers(copy, 7, hierarchy->node_of, hierarchy->count);
    assert_true(hierarchy_is_sound(&copy->hierarchy));
}

static void copy_free(struct copy *copy)
{
    for (int32_t k = 0; k < 8; k++) free(copy->numbers[k]);
    free(copy->weights[0]);
    free(copy->weights[1]);
}

static void damage(struct copy *copy, struct rng *rng)
{
    const int32_t k = rng_below(rng, 10), count = k < 8 ? copy->sizes[k] : copy->weight_counts[k - 8];
    if (count == 0) return;
    const int32_t at = rng_below(rng, count), how = rng_below(rng, 4);
    if (k >= 8) {
        copy->weights[k - 8][at] = how == 0 ? copy->weights[k - 8][at] + 1 : rng_next(rng);
        return;
    }
    int32_t *number = &copy->numbers[k][at];
    *number = how == 0   ? (int32_t)((uint32_t)*number + 1)
              : how == 1 ? (int32_t)((uint32_t)*number - 1)
              : how == 2 ? (int32_t)(uint32_t)rng_next(rng)
                         : rng_below(rng, copy->hierarchy.count + 2) - 1;
}

/* Whatever is sound is safe, though it may be the hierarchy of no graph. */
static void use(const struct hierarchy *hierarchy, struct rng *rng)
{
    static way_weight ways[WAYS_MOST];
    int32_t all[RANDOM_GRAPH_NODES];
    struct arena arena;
    arena_init(&arena);
    const int32_t n = hierarchy->count;
    for (int32_t v = 0; v < n; v++) all[v] = v;
    assert_int_equal(hierarchy_ways(hierarchy, all, n, all, n, 1, ways, NULL), ERROR_NONE);
    for (int32_t k = 0; k < n; k++) {
        int32_t *nodes, count;
        const error_code rc =
            hierarchy_path(hierarchy, rng_below(rng, n), rng_below(rng, n), &arena, &nodes, &count, NULL);
        assert_true(rc == ERROR_NONE || rc == ERROR_NETWORK);
        for (int32_t v = 0; rc == ERROR_NONE && v < count; v++) assert_in_range(nodes[v], 0, n - 1);
    }
    arena_free(&arena);
}

static void what_is_sound_is_safe(void **state)
{
    (void)state;
    struct rng rng;
    int32_t sound = 0, refused = 0;
    rng_seed(&rng, 5);
    for (int32_t round = 0; round < 40 * RANDOM_GRAPH_KINDS; round++) {
        struct arena arena;
        struct hierarchy hierarchy;
        arena_init(&arena);
        const struct digraph graph = random_graph(round % RANDOM_GRAPH_KINDS, &rng, &arena);
        build(&graph, &arena, &hierarchy);
        for (int32_t k = 0; k < 40; k++) {
            struct copy copy;
            copy_make(&copy, &hierarchy);
            for (int32_t times = 1 + k % 3; times > 0; times--) damage(&copy, &rng);
            const bool is_sound = hierarchy_is_sound(&copy.hierarchy);
            if (is_sound) use(&copy.hierarchy, &rng);
            is_sound ? sound++ : refused++;
            copy_free(&copy);
        }
        arena_free(&arena);
    }
    assert_true(sound > 100);
    assert_true(refused > sound);
}

/* 0 → 1 → 2 where 1 is contracted first: up 1 → 2, down 0 → 1, and the shortcut 0 → 2. */
static void each_damage_is_seen(void **state)
{
    (void)state;
    int32_t rank_of[] = {1, 0, 2}, node_of[] = {1, 0, 2};
    int32_t up_first[] = {0, 1, 2, 2}, up_head[] = {2, 2}, up_middle[] = {-1, 0};
    int32_t down_first[] = {0, 1, 1, 1}, down_head[] = {1}, down_middle[] = {-1};
    way_weight up_weight[] = {5, 12}, down_weight[] = {7};
    const struct hierarchy hierarchy = {.count = 3,
                                        .rank_of = rank_of,
                                        .node_of = node_of,
                                        .up = {up_first, up_head, up_middle, up_weight},
                                        .down = {down_first, down_head, down_middle, down_weight}};
    const struct {
        int32_t *number, damaged;
    } cases[] = {{&rank_of[0], 0},  {&rank_of[0], 3},   {&rank_of[0], -1},  {&node_of[2], 1},
                 {&up_first[0], 1}, {&up_first[1], 3},  {&up_first[1], -1}, {&up_head[0], 0},
                 {&up_head[0], 3},  {&up_head[1], 1},   {&up_middle[1], 1}, {&up_middle[1], -2},
                 {&up_head[0], 1},  {&down_head[0], 2}, {&up_middle[0], 0}};
    assert_true(hierarchy_is_sound(&hierarchy));
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        const int32_t kept = *cases[k].number;
        *cases[k].number = cases[k].damaged;
        assert_false(hierarchy_is_sound(&hierarchy));
        *cases[k].number = kept;
    }
    up_weight[1]++;
    assert_false(hierarchy_is_sound(&hierarchy));
    up_weight[0]++;
    assert_true(hierarchy_is_sound(&hierarchy));
    down_weight[0] = WAY_NONE;
    assert_false(hierarchy_is_sound(&hierarchy));
}

/* Shortcuts between all of the nodes, each halved at the node below its lower end, cost nothing and double
 * with every rank: sound, and 2⁶⁰ arcs long. */
static void endless_way_is_refused(void **state)
{
    (void)state;
    enum { N = 61 };
    int32_t rank[N], first[N + 1], head[N * N], middle[N * N], count, *nodes;
    static way_weight weight[N * N];
    struct arena arena;
    arena_init(&arena);
    first[0] = 0;
    for (int32_t v = 0; v < N; v++) {
        rank[v] = v;
        first[v + 1] = first[v];
        for (int32_t w = v + 1; w < N; w++) {
            head[first[v + 1]] = w;
            middle[first[v + 1]++] = v - 1;
        }
    }
    const struct hierarchy_arcs arcs = {first, head, middle, weight};
    const struct hierarchy hierarchy = {N, rank, rank, arcs, arcs};
    assert_true(hierarchy_is_sound(&hierarchy));
    assert_int_equal(hierarchy_path(&hierarchy, N - 2, N - 1, &arena, &nodes, &count, NULL), ERROR_NETWORK);
    arena_free(&arena);
}

/* ---- Memory ---- */

static error_code do_all(const struct digraph *graph, way_weight *ways)
{
    struct arena arena;
    struct hierarchy hierarchy;
    int32_t nodes[RANDOM_GRAPH_NODES], *way, count;
    arena_init(&arena);
    for (int32_t v = 0; v < graph->count; v++) nodes[v] = v;
    error_code rc = hierarchy_build(graph, &arena, &hierarchy, NULL);
    if (rc == ERROR_NONE)
        rc = hierarchy_ways(&hierarchy, nodes, graph->count, nodes, graph->count, 2, ways, NULL);
    for (int32_t to = 0; rc == ERROR_NONE && to < graph->count; to += 10)
        rc = hierarchy_path(&hierarchy, 0, to, &arena, &way, &count, NULL);
    arena_free(&arena);
    return rc;
}

static void memory_exhausted(void **state)
{
    (void)state;
    static way_weight ways[WAYS_MOST];
    struct arena arena;
    struct rng rng;
    rng_seed(&rng, 6);
    arena_init(&arena);
    const struct digraph graph = random_graph(1, &rng, &arena);
    error_code rc = ERROR_MEMORY;
    int64_t n = 1;
    for (; rc != ERROR_NONE; n++) {
        arena_fail_after(n);
        rc = do_all(&graph, ways);
        arena_fail_after(0);
        assert_true(rc == ERROR_NONE || rc == ERROR_MEMORY);
    }
    assert_true(n > 50);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ways_are_those_of_plain_searches),
        cmocka_unit_test(paths_are_driven_over_arcs),
        cmocka_unit_test(ways_beyond_the_bound_are_none),
        cmocka_unit_test(threads_do_not_matter),
        cmocka_unit_test(what_is_sound_is_safe),
        cmocka_unit_test(each_damage_is_seen),
        cmocka_unit_test(endless_way_is_refused),
        cmocka_unit_test(memory_exhausted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
