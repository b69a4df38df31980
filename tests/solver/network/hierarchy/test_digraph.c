/* Turning arcs round, parts and plain ways against their definitions on random graphs: parts against who
 * reaches whom, ways against relaxing every arc until nothing changes. */
#include "tests/support/random_graph.h"
#include "tests/support/test.h"

#include <string.h>

enum { ROUNDS = 300 };

static void relax_all(const struct digraph *graph, int32_t from, way_weight *ways)
{
    for (int32_t v = 0; v < graph->count; v++) ways[v] = v == from ? 0 : WAY_NONE;
    for (bool changed = true; changed;) {
        changed = false;
        for (int32_t v = 0; v < graph->count; v++)
            for (int32_t a = graph->first[v]; ways[v] != WAY_NONE && a < graph->first[v + 1]; a++)
                if (graph->weight[a] != WAY_NONE && ways[v] + graph->weight[a] < ways[graph->head[a]]) {
                    ways[graph->head[a]] = ways[v] + graph->weight[a];
                    changed = true;
                }
    }
}

static void assert_parents_lead(const struct digraph *graph, int32_t from, const way_weight *ways,
                                const int32_t *parents)
{
    for (int32_t v = 0; v < graph->count; v++) {
        if (v == from || ways[v] == WAY_NONE) {
            assert_int_equal(parents[v], -1);
            continue;
        }
        assert_true(ways[parents[v]] + graph_best_arc(graph, parents[v], v) == ways[v]);
        int32_t steps = 0;
        for (int32_t u = v; u != from; u = parents[u]) assert_true(++steps < graph->count);
    }
}

static void ways_are_shortest(void **state)
{
    (void)state;
    struct rng rng;
    rng_seed(&rng, 1);
    for (int32_t round = 0; round < ROUNDS; round++) {
        static way_weight ways[RANDOM_GRAPH_NODES], expected[RANDOM_GRAPH_NODES];
        static int32_t parents[RANDOM_GRAPH_NODES];
        struct arena arena;
        arena_init(&arena);
        const struct digraph graph = random_graph(round % RANDOM_GRAPH_KINDS, &rng, &arena);
        for (int32_t k = 0; k < 5 && graph.count > 0; k++) {
            const int32_t from = rng_below(&rng, graph.count);
            relax_all(&graph, from, expected);
            assert_int_equal(digraph_ways(&graph, from, ways, parents, NULL), ERROR_NONE);
            assert_memory_equal(ways, expected, (size_t)graph.count * sizeof *ways);
            assert_parents_lead(&graph, from, ways, parents);
            assert_int_equal(digraph_ways(&graph, from, ways, NULL, NULL), ERROR_NONE);
            assert_memory_equal(ways, expected, (size_t)graph.count * sizeof *ways);
        }
        arena_free(&arena);
    }
}

/* Of two ways as fast the shorter; what takes 24 days and more is not there. */
static void ways_by_length_and_within_bounds(void **state)
{
    (void)state;
    const int32_t tails[] = {0, 0, 1, 2, 3}, heads[] = {1, 2, 3, 3, 4};
    const way_weight weights[] = {way_of(5, 9), way_of(7, 1), way_of(5, 9), way_of(3, 16),
                                  way_of(0x7fffffff, 0)};
    way_weight ways[5];
    int32_t parents[5];
    struct arena arena;
    arena_init(&arena);
    const struct digraph graph = graph_of_arcs(5, 5, tails, heads, weights, &arena);
    assert_int_equal(digraph_ways(&graph, 0, ways, parents, NULL), ERROR_NONE);
    assert_int_equal(way_time_ms(ways[3]), 10);
    assert_int_equal(way_length_dm(ways[3]), 17);
    assert_int_equal(parents[3], 2);
    assert_true(ways[4] == WAY_NONE);
    arena_free(&arena);
}

static void reversed_arcs_are_the_same(void **state)
{
    (void)state;
    struct rng rng;
    rng_seed(&rng, 2);
    for (int32_t round = 0; round < ROUNDS; round++) {
        struct arena arena;
        struct digraph back, again;
        arena_init(&arena);
        const struct digraph graph = random_graph(round % RANDOM_GRAPH_KINDS, &rng, &arena);
        assert_int_equal(digraph_reverse(&graph, &arena, &back, NULL), ERROR_NONE);
        assert_int_equal(back.count, graph.count);
        assert_int_equal(back.first[back.count], graph.first[graph.count]);
        for (int32_t v = 0; v < graph.count; v++)
            for (int32_t a = graph.first[v]; a < graph.first[v + 1]; a++)
                assert_true(graph_best_arc(&back, graph.head[a], v) ==
                            graph_best_arc(&graph, v, graph.head[a]));
        /* Turned round three times is turned round once: rows are then in order. */
        assert_int_equal(digraph_reverse(&back, &arena, &again, NULL), ERROR_NONE);
        struct digraph thrice;
        assert_int_equal(digraph_reverse(&again, &arena, &thrice, NULL), ERROR_NONE);
        const size_t arcs = (size_t)graph.first[graph.count];
        assert_memory_equal(thrice.head, back.head, arcs * sizeof *back.head);
        assert_memory_equal(thrice.first, back.first, ((size_t)graph.count + 1) * sizeof *back.first);
        arena_free(&arena);
    }
}

static void assert_parts(const struct digraph *graph, const int32_t *part_of, int32_t largest)
{
    static bool reaches[RANDOM_GRAPH_NODES][RANDOM_GRAPH_NODES];
    const int32_t n = graph->count;
    int32_t sizes[RANDOM_GRAPH_NODES] = {0};
    memset(reaches, 0, sizeof reaches);
    for (int32_t v = 0; v < n; v++) {
        reaches[v][v] = true;
        for (int32_t a = graph->first[v]; a < graph->first[v + 1]; a++) reaches[v][graph->head[a]] = true;
    }
    for (int32_t via = 0; via < n; via++)
        for (int32_t v = 0; v < n; v++)
            for (int32_t w = 0; reaches[v][via] && w < n; w++) reaches[v][w] |= reaches[via][w];
    for (int32_t v = 0; v < n; v++) {
        assert_in_range(part_of[v], 0, n - 1);
        sizes[part_of[v]]++;
        for (int32_t w = 0; w < n; w++)
            assert_int_equal(part_of[v] == part_of[w], reaches[v][w] && reaches[w][v]);
    }
    for (int32_t part = 0; part < n; part++) {
        assert_true(sizes[part] <= sizes[largest]);
        if (part > 0) assert_true(sizes[part] == 0 || sizes[part - 1] > 0);
    }
}

static void parts_reach_each_other(void **state)
{
    (void)state;
    struct rng rng;
    rng_seed(&rng, 3);
    for (int32_t round = 0; round < ROUNDS; round++) {
        struct arena arena;
        int32_t *part_of, largest;
        arena_init(&arena);
        const struct digraph graph = random_graph(round % RANDOM_GRAPH_KINDS, &rng, &arena);
        assert_int_equal(digraph_parts(&graph, &arena, &part_of, &largest, NULL), ERROR_NONE);
        assert_parts(&graph, part_of, largest);
        arena_free(&arena);
    }
}

/* A ring of a million nodes: deeper than any stack of calls. */
static void parts_of_a_long_ring(void **state)
{
    (void)state;
    enum { N = 1000000 };
    struct arena arena;
    int32_t *part_of, largest;
    arena_init(&arena);
    int32_t *first = arena_alloc(&arena, N + 1, sizeof *first);
    int32_t *head = arena_alloc(&arena, N, sizeof *head);
    way_weight *weight = arena_alloc(&arena, N, sizeof *weight);
    for (int32_t v = 0; v < N; v++) {
        first[v + 1] = v + 1;
        head[v] = (v + 1) % N;
    }
    const struct digraph graph = {.count = N, .first = first, .head = head, .weight = weight};
    assert_int_equal(digraph_parts(&graph, &arena, &part_of, &largest, NULL), ERROR_NONE);
    for (int32_t v = 0; v < N; v++) assert_int_equal(part_of[v], largest);
    head[N - 1] = N - 1; /* cut open: a part each */
    assert_int_equal(digraph_parts(&graph, &arena, &part_of, &largest, NULL), ERROR_NONE);
    assert_int_equal(part_of[0], N - 1);
    arena_free(&arena);
}

static error_code do_all(const struct digraph *graph, struct arena *arena)
{
    static way_weight ways[RANDOM_GRAPH_NODES];
    struct digraph back;
    int32_t *part_of, largest;
    error_code rc = digraph_reverse(graph, arena, &back, NULL);
    if (rc == ERROR_NONE) rc = digraph_parts(graph, arena, &part_of, &largest, NULL);
    if (rc == ERROR_NONE) rc = digraph_ways(graph, 0, ways, NULL, NULL);
    return rc;
}

static void memory_exhausted(void **state)
{
    (void)state;
    struct arena arena;
    struct rng rng;
    rng_seed(&rng, 4);
    arena_init(&arena);
    const struct digraph graph = random_graph(1, &rng, &arena);
    error_code rc = ERROR_MEMORY;
    int64_t n = 1;
    for (; rc != ERROR_NONE; n++) {
        arena_fail_after(n);
        rc = do_all(&graph, &arena);
        arena_fail_after(0);
        assert_true(rc == ERROR_NONE || rc == ERROR_MEMORY);
    }
    assert_true(n > 10);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ways_are_shortest),          cmocka_unit_test(ways_by_length_and_within_bounds),
        cmocka_unit_test(reversed_arcs_are_the_same), cmocka_unit_test(parts_reach_each_other),
        cmocka_unit_test(parts_of_a_long_ring),       cmocka_unit_test(memory_exhausted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
