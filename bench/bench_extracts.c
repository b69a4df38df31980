/* What do a city's roads cost, from an extract of OpenStreetMap to the matrix of its places?
 *
 *     bench_extracts [--smoke] [--times N] [FILE...]
 *
 * FILE: by default the extracts of BENNE_DATA/data/osm. For each, as a truck sees it: reading, the graph, the
 * hierarchy, that from the cache, 10,000 places snapped, the directions of 2,000 stops chosen, and their
 * matrix on one thread and on two. --times N: of N copies side by side. A thousand ways are compared with
 * plain searches: exits with 1 when they differ. --smoke: a small town, made here. */
#include "bench/roads/repeat.h"
#include "bench/roads/watch.h"
#include "io/osm.h"
#include "io/roads_cache.h"
#include "solver/base/rng.h"
#include "solver/network/roads/road_ways.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    SNAPS = 10000,
    STOPS = 2000,
    EXITS = 25,
    ENTRIES = 40,
    SMOKE_STOPS = 20,
    SMOKE_SIDE = 6,
    FILES_MOST = 16
};

struct bench {
    struct arena arena;
    struct road_data read, roads;
    struct road_graph graph;
    struct hierarchy hierarchy;
    struct road_grid *grid;
    struct road_place *places;
    struct rng rng;
    int32_t stops, times, wrong;
};

static void say(const char *what, struct watch from)
{
    const struct watch spent = watch_since(from);
    printf("  %-34s %8.3f s of processor time %8.3f s %8.0f MiB so far\n", what, spent.cpu_s, spent.wall_s,
           watch_peak_mib());
    fflush(stdout);
}

/* An arc that can be reached and left. */
static int32_t draw_arc(struct bench *bench)
{
    for (;;) {
        const int32_t arc = rng_below(&bench->rng, bench->graph.arc_count);
        if (bench->graph.in_part[arc]) return arc;
    }
}

/* Copies, joined at a junction where a truck may pass both ways. */
static error_code repeat(struct bench *bench, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct arena arena;
    struct road_graph graph;
    int32_t joint = -1;
    arena_init(&arena);
    bench->roads = bench->read;
    if (bench->times == 1) goto done;
    TRY(road_graph_build(&bench->read, road_profile_named("truck"), &arena, &graph, error));
    for (int32_t s = 0; s < graph.segment_count && joint < 0; s++) {
        const int32_t *arcs = graph.segments[s].arc;
        if (arcs[0] >= 0 && arcs[1] >= 0 && graph.in_part[arcs[0]] && graph.in_part[arcs[1]])
            joint = graph.junction_node[graph.arcs[arcs[0]].tail];
    }
    TRY(repeat_roads(&bench->read, bench->times, joint, &bench->arena, &bench->roads, error));
done:
    arena_free(&arena);
    return rc;
}

static error_code prepare(struct bench *bench, const char *path, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct watch watch = watch_start();
    TRY(osm_read(path, &bench->arena, &bench->read, error));
    say("extract read", watch);
    TRY(repeat(bench, error));
    watch = watch_start();
    TRY(road_graph_build(&bench->roads, road_profile_named("truck"), &bench->arena, &bench->graph, error));
    say("graph built", watch);
    int32_t in_part = 0;
    for (int32_t a = 0; a < bench->graph.arc_count; a++) in_part += bench->graph.in_part[a];
    printf("  %" PRId32 " ways, %" PRId32 " states, %" PRId32 " turns; of %" PRId32 " arcs %" PRId32
           " can be reached and left\n",
           bench->roads.way_count, bench->graph.state_count,
           bench->graph.turns.first[bench->graph.turns.count], bench->graph.arc_count, in_part);
    watch = watch_start();
    TRY(hierarchy_build(&bench->graph.turns, &bench->arena, &bench->hierarchy, error));
    say("hierarchy built", watch);
done:
    return rc;
}

/* In a folder of its own, so that it is the machine's cache that is warm and not ours that is there. */
static error_code time_cache(struct bench *bench, struct error *error)
{
    error_code rc = ERROR_NONE;
    char folder[] = "/tmp/bench-cache-XXXXXX", command[64];
    const struct cache_key extract = {{1, 2, 3, 4}}, key = roads_graph_key(&extract, bench->graph.profile);
    struct arena arena;
    struct hierarchy hierarchy;
    arena_init(&arena);
    if (mkdtemp(folder) == NULL || setenv("XDG_CACHE_HOME", folder, 1) != 0) {
        rc = error_set(error, ERROR_FILE, "no folder for a cache");
        goto done;
    }
    roads_store_hierarchy(&key, &bench->hierarchy);
    const struct watch watch = watch_start();
    bench->wrong += !roads_load_hierarchy(&key, &bench->graph, &arena, &hierarchy);
    say("hierarchy from the cache", watch);
    snprintf(command, sizeof command, "rm -r %s", folder);
    bench->wrong += system(command) != 0;
done:
    arena_free(&arena);
    return rc;
}

/* Places beside roads, a few metres away. */
static error_code time_places(struct bench *bench, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct road_network network = {&bench->graph, &bench->hierarchy, 1};
    TRY_NEW(&bench->arena, bench->places, bench->stops);
    TRY(road_grid_build(&bench->graph, &bench->arena, &bench->grid, error));
    const struct watch watch = watch_start();
    for (int32_t k = 0; k < SNAPS; k++) {
        const struct road_point at = road_arc_point(&bench->graph, draw_arc(bench), 0);
        const struct road_spot spot = road_snap(bench->grid, at.lat_e7 * 1e-7 + 5e-5 * rng_unit(&bench->rng),
                                                at.lon_e7 * 1e-7, SIDE_BOTH);
        bench->places[k % bench->stops] = (struct road_place){.spot = spot, .arc = -1};
    }
    say("10,000 places snapped", watch);
    const struct watch second = watch_start();
    TRY(road_places_choose(&network, bench->places, bench->stops, error));
    say("directions of the stops chosen", second);
done:
    return rc;
}

static error_code time_matrix(struct bench *bench, int32_t threads, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct road_network network = {&bench->graph, &bench->hierarchy, threads};
    struct arena arena;
    struct travel_matrix matrix;
    arena_init(&arena);
    const struct watch watch = watch_start();
    TRY(road_places_matrix(&network, bench->places, bench->stops, &arena, &matrix, error));
    say(threads == 1 ? "matrix, one thread" : "matrix, two threads", watch);
done:
    arena_free(&arena);
    return rc;
}

static error_code compare(struct bench *bench, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct road_network network = {&bench->graph, &bench->hierarchy, 1};
    int32_t exits[EXITS], entries[ENTRIES];
    way_weight ways[EXITS * ENTRIES], *plain;
    for (int32_t k = 0; k < EXITS; k++) exits[k] = draw_arc(bench);
    for (int32_t k = 0; k < ENTRIES; k++) entries[k] = draw_arc(bench);
    TRY_NEW(&bench->arena, plain, bench->graph.state_count);
    TRY(road_ways_find(&network, exits, EXITS, entries, ENTRIES, ways, error));
    for (int32_t i = 0; i < EXITS; i++) {
        TRY(digraph_ways(&bench->graph.turns, bench->graph.arcs[exits[i]].leave_state, plain, NULL, error));
        for (int32_t j = 0; j < ENTRIES; j++) {
            const struct road_arc *to = &bench->graph.arcs[entries[j]];
            way_weight best = WAY_NONE;
            for (int32_t s = to->state; s < to->state + to->state_count; s++)
                if (plain[s] < best) best = plain[s];
            bench->wrong += best != ways[i * ENTRIES + j];
        }
    }
    printf("  of %d ways %" PRId32 " differ from a plain search's\n", EXITS * ENTRIES, bench->wrong);
done:
    return rc;
}

static error_code run(const char *path, int32_t times, int32_t stops, int32_t *wrong, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct bench bench = {.times = times, .stops = stops};
    arena_init(&bench.arena);
    rng_seed(&bench.rng, 1);
    printf("%s, %" PRId32 " times, %" PRId32 " stops\n", path, times, stops);
    TRY(prepare(&bench, path, error));
    TRY(time_cache(&bench, error));
    TRY(time_places(&bench, error));
    TRY(time_matrix(&bench, 1, error));
    TRY(time_matrix(&bench, 2, error));
    TRY(compare(&bench, error));
done:
    *wrong += bench.wrong;
    arena_free(&bench.arena);
    return rc;
}

/* --- which extracts --- */

/* A grid of streets with a turning place at each corner. */
static bool write_town(char path[])
{
    const int descriptor = mkstemp(path);
    FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    if (file == NULL) return false;
    fputs("<osm>\n", file);
    for (int32_t k = 0; k < SMOKE_SIDE * SMOKE_SIDE; k++) {
        const int32_t row = k / SMOKE_SIDE, column = k % SMOKE_SIDE;
        fprintf(
            file,
            "<node id=\"%d\" lat=\"%.4f\" lon=\"%.4f\"><tag k=\"highway\" v=\"turning_circle\"/></node>\n",
            (int)k + 1, 0.001 * row, 0.001 * column);
    }
    for (int32_t line = 0; line < 2 * SMOKE_SIDE; line++) {
        fprintf(file, "<way id=\"%d\"><tag k=\"highway\" v=\"residential\"/>", (int)line + 1);
        for (int32_t k = 0; k < SMOKE_SIDE; k++)
            fprintf(file, "<nd ref=\"%d\"/>",
                    (int)(line < SMOKE_SIDE ? line * SMOKE_SIDE + k : k * SMOKE_SIDE + line - SMOKE_SIDE) +
                        1);
        fputs("</way>\n", file);
    }
    fputs("</osm>\n", file);
    return fclose(file) == 0;
}

static int compare_names(const void *left, const void *right)
{
    return strcmp(left, right);
}

static int32_t list_extracts(char paths[FILES_MOST][512])
{
    const char *data = getenv("BENNE_DATA");
    char folder[400];
    int32_t count = 0;
    snprintf(folder, sizeof folder, "%s/data/osm", data != NULL ? data : "../shared");
    DIR *listing = opendir(folder);
    if (listing == NULL) return 0;
    for (const struct dirent *entry; (entry = readdir(listing)) != NULL && count < FILES_MOST;)
        if (strstr(entry->d_name, ".osm") != NULL)
            snprintf(paths[count++], sizeof paths[0], "%.380s/%.100s", folder, entry->d_name);
    closedir(listing);
    qsort(paths, (size_t)count, sizeof paths[0], compare_names);
    return count;
}

int main(int argc, char **argv)
{
    static char paths[FILES_MOST][512];
    char town[] = "/tmp/bench-town-XXXXXX";
    struct error error = {0};
    error_code rc = ERROR_NONE;
    int32_t count = 0, times = 1, wrong = 0, first = 1;
    const bool smoke = argc > 1 && strcmp(argv[1], "--smoke") == 0;
    if (argc > 2 && strcmp(argv[1], "--times") == 0) {
        times = (int32_t)strtol(argv[2], NULL, 10);
        first = 3;
    }
    if (times < 1) {
        fprintf(stderr, "usage: bench_extracts [--smoke] [--times N] [FILE...]\n");
        return 2;
    }
    for (int32_t k = first; k < argc && !smoke && count < FILES_MOST; k++)
        snprintf(paths[count++], sizeof paths[0], "%s", argv[k]);
    if (smoke && write_town(town)) snprintf(paths[count++], sizeof paths[0], "%s", town);
    if (count == 0) count = list_extracts(paths);
    if (count == 0) printf("no extracts: BENNE_DATA/data/osm is not there\n");
    for (int32_t k = 0; k < count && rc == ERROR_NONE; k++)
        rc = run(paths[k], smoke ? 2 : times, smoke ? SMOKE_STOPS : STOPS, &wrong, &error);
    if (smoke) unlink(town);
    if (rc != ERROR_NONE) fprintf(stderr, "%s\n", error.message);
    return rc != ERROR_NONE || wrong > 0;
}
