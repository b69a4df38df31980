/* What do ways over streets cost: a hierarchy of a made town, a matrix, a path?
 *
 *     bench_roads [--smoke] [COLUMNS ROWS [POINTS]]
 *
 * The town has COLUMNS × ROWS junctions (default 247 × 247: 158,000 states, as many as a real town of 250,000
 * inhabitants has) and turns that cost (roads/street_town.h); the matrix is between POINTS random states
 * (default 2,000). Some rows are compared with plain searches: exits with 1 when they differ. --smoke: a
 * small town.
 */
#include "bench/roads/street_town.h"
#include "bench/roads/watch.h"
#include "solver/base/rng.h"
#include "solver/network/hierarchy/hierarchy.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 247, POINTS = 2000, SMOKE_COLUMNS = 30, SMOKE_POINTS = 60, CHECKED = 20, PATHS = 1000 };

struct bench {
    struct arena arena;
    struct digraph turns;
    struct hierarchy hierarchy;
    int32_t point_count, *points;
    way_weight *ways, *plain; /* the matrix; one plain search */
    int32_t wrong;
};

static void say(const char *what, double value, const char *unit)
{
    printf("%-44s %10.3f %s\n", what, value, unit);
}

static error_code make(struct bench *bench, int32_t columns, int32_t rows, int32_t points,
                       struct error *error)
{
    error_code rc = ERROR_NONE;
    struct rng rng;
    rng_seed(&rng, 1);
    TRY(street_town_make(columns, rows, 1, &bench->arena, &bench->turns, error));
    bench->point_count = points;
    TRY_NEW(&bench->arena, bench->points, points);
    TRY_NEW(&bench->arena, bench->ways, (int64_t)points * points);
    TRY_NEW(&bench->arena, bench->plain, bench->turns.count);
    for (int32_t k = 0; k < points; k++) bench->points[k] = rng_below(&rng, bench->turns.count);
    printf("states %" PRId32 ", arcs %" PRId32 ", points %" PRId32 "\n", bench->turns.count,
           bench->turns.first[bench->turns.count], points);
done:
    return rc;
}

static error_code time_build(struct bench *bench, struct error *error)
{
    error_code rc = ERROR_NONE;
    const int32_t count = bench->turns.count;
    const struct watch watch = watch_start();
    TRY(hierarchy_build(&bench->turns, &bench->arena, &bench->hierarchy, error));
    say("hierarchy built", watch_since(watch).cpu_s, "s of processor time");
    const int32_t arcs = bench->hierarchy.up.first[count] + bench->hierarchy.down.first[count];
    say("arcs and shortcuts kept, to an arc", (double)arcs / bench->turns.first[count], "");
    say("memory at most, so far", watch_peak_mib(), "MiB");
    if (!hierarchy_is_sound(&bench->hierarchy)) bench->wrong++;
done:
    return rc;
}

static error_code time_matrix(struct bench *bench, int32_t threads, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct watch watch = watch_start();
    TRY(hierarchy_ways(&bench->hierarchy, bench->points, bench->point_count, bench->points,
                       bench->point_count, threads, bench->ways, error));
    say(threads == 1 ? "matrix, 1 thread" : "matrix, 2 threads", watch_since(watch).cpu_s,
        "s of processor time");
    say("", watch_since(watch).wall_s, "s");
done:
    return rc;
}

static error_code compare(struct bench *bench, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct watch watch = watch_start();
    for (int32_t s = 0; s < CHECKED; s++) {
        const way_weight *row = bench->ways + (size_t)s * (size_t)bench->point_count;
        TRY(digraph_ways(&bench->turns, bench->points[s], bench->plain, NULL, error));
        for (int32_t t = 0; t < bench->point_count; t++)
            bench->wrong += row[t] != bench->plain[bench->points[t]];
    }
    say("plain search from one state", 1e3 * (watch_since(watch).cpu_s) / CHECKED, "ms");
done:
    return rc;
}

static error_code time_paths(struct bench *bench, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct arena scratch;
    int64_t passed = 0;
    arena_init(&scratch);
    const struct watch watch = watch_start();
    for (int32_t k = 0; k < PATHS; k++) {
        int32_t *nodes, count;
        TRY(hierarchy_path(&bench->hierarchy, bench->points[k % bench->point_count],
                           bench->points[(k + 1) % bench->point_count], &scratch, &nodes, &count, error));
        passed += count;
    }
    say("path, unpacked", 1e3 * (watch_since(watch).cpu_s) / PATHS, "ms");
    say("states in a path", (double)passed / PATHS, "");
done:
    arena_free(&scratch);
    return rc;
}

int main(int argc, char **argv)
{
    const bool smoke = argc > 1 && strcmp(argv[1], "--smoke") == 0;
    const int32_t columns = smoke ? SMOKE_COLUMNS : argc > 2 ? (int32_t)strtol(argv[1], NULL, 10) : COLUMNS;
    const int32_t rows = smoke ? SMOKE_COLUMNS : argc > 2 ? (int32_t)strtol(argv[2], NULL, 10) : COLUMNS;
    const int32_t points = smoke ? SMOKE_POINTS : argc > 3 ? (int32_t)strtol(argv[3], NULL, 10) : POINTS;
    struct bench bench = {.wrong = 0};
    struct error error = {0};
    error_code rc = ERROR_NONE;
    if (columns < 2 || rows < 2 || points < CHECKED) {
        fprintf(stderr, "usage: bench_roads [--smoke] [COLUMNS ROWS [POINTS]]: 2, 2 and %d or more\n",
                CHECKED);
        return 2;
    }
    arena_init(&bench.arena);
    TRY(make(&bench, columns, rows, points, &error));
    TRY(time_build(&bench, &error));
    TRY(time_matrix(&bench, 1, &error));
    TRY(time_matrix(&bench, 2, &error));
    TRY(compare(&bench, &error));
    TRY(time_paths(&bench, &error));
    if (bench.wrong > 0) printf("%" PRId32 " ways differ from those of plain searches\n", bench.wrong);
done:
    if (rc != ERROR_NONE) printf("%s\n", error.message);
    arena_free(&bench.arena);
    return rc == ERROR_NONE && bench.wrong == 0 ? 0 : 1;
}
