/* The shortcuts of one node on graphs small enough to see through, and that arcs come and go in the core as
 * they would in a table. */
#include "solver/network/hierarchy/witness.h"

#include "tests/support/random_graph.h"
#include "tests/support/test.h"

enum { SETTLED = 100 };

struct fixture {
    struct arena arena;
    struct core core;
    struct witness witness;
};

static void make(struct fixture *fixture, const struct digraph *graph)
{
    assert_int_equal(core_init(&fixture->core, graph, &fixture->arena, NULL), ERROR_NONE);
    assert_int_equal(witness_init(&fixture->witness, &fixture->core, &fixture->arena, NULL), ERROR_NONE);
}

static void end(struct fixture *fixture)
{
    witness_free(&fixture->witness);
    core_free(&fixture->core);
    arena_free(&fixture->arena);
}

static int64_t count_shortcuts(struct fixture *fixture, int32_t node, int32_t settled_most)
{
    assert_int_equal(witness_find(&fixture->witness, node, settled_most, NULL), ERROR_NONE);
    return fixture->witness.shortcuts.count;
}

/* Node 0 between 1 and 2, and past it 1 → 3 → 4 → 2, each arc 2: a witness when the way through 0 takes 6. */
static void a_way_past_is_a_witness(void **state)
{
    (void)state;
    const int32_t tails[] = {1, 0, 1, 3, 4}, heads[] = {0, 2, 3, 4, 2};
    for (way_weight half = 1; half <= 4; half++) {
        const way_weight weights[] = {half, half, 2, 2, 2};
        struct fixture fixture;
        arena_init(&fixture.arena);
        const struct digraph graph = graph_of_arcs(5, 5, tails, heads, weights, &fixture.arena);
        make(&fixture, &graph);
        assert_int_equal(count_shortcuts(&fixture, 0, SETTLED), half < 3);
        if (half < 3) {
            const struct shortcut *shortcut = &fixture.witness.shortcuts.items[0];
            assert_int_equal(shortcut->tail, 1);
            assert_int_equal(shortcut->arc.node, 2);
            assert_int_equal(shortcut->arc.middle, 0);
            assert_int_equal(shortcut->arc.steps, 2);
            assert_true(shortcut->arc.weight == 2 * half);
        }
        /* Too few settled to come to 4. */
        assert_int_equal(count_shortcuts(&fixture, 0, 1), 1);
        end(&fixture);
    }
}

/* Who goes back where he came from needs no shortcut; two ways in and one out, two. */
static void pairs_of_different_ends(void **state)
{
    (void)state;
    const int32_t tails[] = {1, 0, 2}, heads[] = {0, 1, 0};
    const way_weight weights[] = {5, 5, 7};
    struct fixture fixture;
    arena_init(&fixture.arena);
    const struct digraph graph = graph_of_arcs(3, 3, tails, heads, weights, &fixture.arena);
    make(&fixture, &graph);
    assert_int_equal(count_shortcuts(&fixture, 0, SETTLED), 1);
    assert_int_equal(fixture.witness.shortcuts.items[0].tail, 2);
    assert_int_equal(fixture.witness.shortcuts.items[0].arc.node, 1);
    assert_int_equal(count_shortcuts(&fixture, 2, SETTLED), 0);
    end(&fixture);
}

/* All pairs keep their distance when a node goes, whatever the graph: the promise of a contraction. */
static void distances_stay(void **state)
{
    (void)state;
    static way_weight before[RANDOM_GRAPH_NODES], after[RANDOM_GRAPH_NODES];
    static int32_t tails[8000], heads[8000];
    static way_weight weights[8000];
    struct rng rng;
    rng_seed(&rng, 1);
    for (int32_t round = 0; round < 200; round++) {
        struct fixture fixture;
        arena_init(&fixture.arena);
        const struct digraph graph = random_graph(round % RANDOM_GRAPH_KINDS, &rng, &fixture.arena);
        make(&fixture, &graph);
        const int32_t gone = graph.count == 0 ? 0 : rng_below(&rng, graph.count);
        if (graph.count > 0) count_shortcuts(&fixture, gone, 1 + round % 20);
        int32_t count = 0;
        for (int32_t v = 0; v < graph.count; v++)
            for (int32_t a = graph.first[v]; a < graph.first[v + 1]; a++)
                if (v != gone && graph.head[a] != gone)
                    tails[count] = v, heads[count] = graph.head[a], weights[count++] = graph.weight[a];
        for (int64_t k = 0; k < fixture.witness.shortcuts.count; k++) {
            const struct shortcut *shortcut = &fixture.witness.shortcuts.items[k];
            tails[count] = shortcut->tail;
            heads[count] = shortcut->arc.node;
            weights[count++] = shortcut->arc.weight;
            assert_true(count < 8000);
        }
        const struct digraph rest = graph_of_arcs(graph.count, count, tails, heads, weights, &fixture.arena);
        for (int32_t v = 0; v < graph.count; v++) {
            if (v == gone) continue;
            assert_int_equal(digraph_ways(&graph, v, before, NULL, NULL), ERROR_NONE);
            assert_int_equal(digraph_ways(&rest, v, after, NULL, NULL), ERROR_NONE);
            for (int32_t w = 0; w < graph.count; w++) assert_true(w == gone || before[w] == after[w]);
        }
        end(&fixture);
    }
}

/* ---- The core against a table ---- */

enum { N = 40 };

static void assert_as_table(const struct core *core, way_weight table[N][N])
{
    for (int32_t v = 0; v < N; v++) {
        int32_t out = 0, in = 0;
        for (int32_t w = 0; w < N; w++) {
            out += table[v][w] != WAY_NONE;
            in += table[w][v] != WAY_NONE;
        }
        assert_int_equal(core->out[v].count, out);
        assert_int_equal(core->in[v].count, in);
        for (int32_t k = 0; k < out; k++) {
            const struct core_arc *arc = &core_out(core, v)[k];
            assert_true(arc->weight == table[v][arc->node]);
        }
        for (int32_t k = 0; k < in; k++) {
            const struct core_arc *arc = &core_in(core, v)[k];
            assert_true(arc->weight == table[arc->node][v]);
        }
    }
}

static void arcs_come_and_go(void **state)
{
    (void)state;
    static way_weight table[N][N];
    const int32_t first[N + 1] = {0};
    const struct digraph empty = {.count = N, .first = first};
    struct arena arena;
    struct core core;
    struct rng rng;
    arena_init(&arena);
    rng_seed(&rng, 2);
    assert_int_equal(core_init(&core, &empty, &arena, NULL), ERROR_NONE);
    for (int32_t v = 0; v < N; v++)
        for (int32_t w = 0; w < N; w++) table[v][w] = WAY_NONE;
    for (int32_t change = 0; change < 3000; change++) {
        const int32_t v = rng_below(&rng, N), w = rng_below(&rng, N);
        if (rng_below(&rng, 60) == 0) {
            core_remove(&core, v);
            for (int32_t other = 0; other < N; other++) table[v][other] = table[other][v] = WAY_NONE;
        } else if (v != w) {
            const struct core_arc arc = {(way_weight)rng_below(&rng, 100), w, -1, 1};
            assert_int_equal(core_add(&core, v, &arc, NULL), ERROR_NONE);
            if (arc.weight < table[v][w]) table[v][w] = arc.weight;
        }
        if (change % 50 == 0) assert_as_table(&core, table);
    }
    /* Blocks given back are used again. */
    assert_true(core.pool.count < 8 * N * N);
    core_free(&core);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_way_past_is_a_witness),
        cmocka_unit_test(pairs_of_different_ends),
        cmocka_unit_test(distances_stay),
        cmocka_unit_test(arcs_come_and_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
