/* Real extracts, where they are: ways of the hierarchy are those of a plain search, and no way takes a turn
 * that the roads forbid, judged by walking them over the roads alone. */
#include "io/osm.h"
#include "solver/base/rng.h"
#include "solver/network/roads/road_ways.h"
#include "tests/support/benchmark_data.h"
#include "tests/support/road_law.h"
#include "tests/support/test.h"

#include <stdlib.h>

enum { EXITS = 25, ENTRIES = 40, WALKED = 60, LEGS_MOST = 2000 };

struct bench {
    struct arena arena;
    struct road_graph graph;
    struct hierarchy hierarchy;
    struct road_network network;
    struct rng rng;
    int32_t exits[EXITS], entries[ENTRIES];
    way_weight ways[EXITS * ENTRIES];
};

static int32_t draw_arc(struct bench *bench)
{
    for (;;) {
        const int32_t arc = rng_below(&bench->rng, bench->graph.arc_count);
        if (bench->graph.in_part[arc]) return arc;
    }
}

static void set_up(struct bench *bench, const struct road_data *roads, const struct road_profile *profile)
{
    struct error error = {0};
    arena_init(&bench->arena);
    rng_seed(&bench->rng, 1);
    assert_int_equal(road_graph_build(roads, profile, &bench->arena, &bench->graph, &error), ERROR_NONE);
    assert_int_equal(hierarchy_build(&bench->graph.turns, &bench->arena, &bench->hierarchy, &error),
                     ERROR_NONE);
    bench->network = (struct road_network){&bench->graph, &bench->hierarchy, 2};
    for (int32_t k = 0; k < EXITS; k++) bench->exits[k] = draw_arc(bench);
    for (int32_t k = 0; k < ENTRIES; k++) bench->entries[k] = draw_arc(bench);
    assert_int_equal(
        road_ways_find(&bench->network, bench->exits, EXITS, bench->entries, ENTRIES, bench->ways, &error),
        ERROR_NONE);
}

/* A thousand pairs. */
static void compare_with_plain_search(const struct bench *bench)
{
    const struct road_graph *graph = &bench->graph;
    way_weight *ways = malloc((size_t)graph->state_count * sizeof *ways);
    assert_non_null(ways);
    for (int32_t i = 0; i < EXITS; i++) {
        assert_int_equal(
            digraph_ways(&graph->turns, graph->arcs[bench->exits[i]].leave_state, ways, NULL, NULL),
            ERROR_NONE);
        for (int32_t j = 0; j < ENTRIES; j++) {
            const struct road_arc *to = &graph->arcs[bench->entries[j]];
            way_weight best = WAY_NONE;
            for (int32_t s = to->state; s < to->state + to->state_count; s++)
                if (ways[s] < best) best = ways[s];
            assert_true(best == bench->ways[i * ENTRIES + j]);
            assert_true(best != WAY_NONE); /* both are in the part */
        }
    }
    free(ways);
}

/* Walks a way arc by arc: each turn is allowed after all that was driven before, and the arcs take the time
 * said. */
static void walk(struct bench *bench, int32_t i, int32_t j)
{
    static struct law_leg legs[LEGS_MOST];
    const struct road_graph *graph = &bench->graph;
    struct error error = {0};
    int32_t *arcs, count;
    if (bench->exits[i] == bench->entries[j]) return;
    assert_int_equal(road_ways_path(&bench->network, bench->exits[i], bench->entries[j], &bench->arena, &arcs,
                                    &count, &error),
                     ERROR_NONE);
    assert_in_range(count, 2, LEGS_MOST);
    assert_int_equal(arcs[0], bench->exits[i]);
    assert_int_equal(arcs[count - 1], bench->entries[j]);
    int64_t time_ms = 0, length_dm = 0;
    for (int32_t k = 0; k < count; k++) {
        const struct road_arc *arc = &graph->arcs[arcs[k]];
        legs[k] = law_leg_of(graph, arcs[k]);
        if (k > 0) assert_true(law_allows(graph->roads, graph->profile, legs, k, legs[k]));
        if (k == count - 1) break;
        time_ms += arc->time_ms;
        length_dm += graph->segments[arc->segment].length_dm;
    }
    const way_weight way = bench->ways[i * ENTRIES + j];
    assert_int_equal(length_dm, way_length_dm(way));
    assert_true(time_ms <= way_time_ms(way)); /* turns take the rest */
}

static void try_profiles(const char *name)
{
    struct arena arena;
    struct road_data roads;
    struct error error = {0};
    char path[DATA_PATH_SIZE];
    if (!data_path("osm", name, path)) return;
    arena_init(&arena);
    if (osm_read(path, &arena, &roads, &error) != ERROR_NONE) fail_msg("%s: %s", name, error.message);
    for (int32_t p = 0; p < ROAD_PROFILES; p++) {
        struct bench bench;
        set_up(&bench, &roads, &road_profiles[p]);
        compare_with_plain_search(&bench);
        for (int32_t k = 0; k < WALKED; k++)
            walk(&bench, rng_below(&bench.rng, EXITS), rng_below(&bench.rng, ENTRIES));
        arena_free(&bench.arena);
    }
    arena_free(&arena);
}

static void monaco(void **state)
{
    (void)state;
    try_profiles("monaco.osm.gz");
}

static void liechtenstein(void **state)
{
    (void)state;
    try_profiles("liechtenstein-latest.osm.pbf");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(monaco), cmocka_unit_test(liechtenstein)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
