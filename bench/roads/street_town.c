#include "bench/roads/street_town.h"

#include "solver/base/rng.h"

#include <math.h>

enum { MAIN_EVERY = 8, FAST_EVERY = 32 };
static const double SPACING_M = 90, MOVED_M = 30;
static const double SPEED_KMH[] = {30, 50, 80};
static const double LEFT_OUT = 0.35, ONE_WAY = 0.2;
static const double RIGHT_S = 2.5, LEFT_S = 5, ROUND_S = 20;
static const double STRAIGHT = 0.6; /* turns of less, in radians, are none */

struct street {
    int32_t tail, head;
    int32_t back; /* driven the other way; -1 not allowed */
    double length_m, time_s;
};

/* Streets in the order of their tails; first_out as in a digraph. */
struct town {
    int32_t columns, rows, street_count;
    double *x_m, *y_m; /* by junction */
    struct street *streets;
    int32_t *first_out;
    struct rng rng;
};

static void place_junctions(struct town *town)
{
    for (int32_t j = 0; j < town->columns * town->rows; j++) {
        const int32_t column = j % town->columns, row = j / town->columns;
        town->x_m[j] = SPACING_M * column + MOVED_M * (2 * rng_unit(&town->rng) - 1);
        town->y_m[j] = SPACING_M * row + MOVED_M * (2 * rng_unit(&town->rng) - 1);
    }
}

/* How great a road the line of a grid is: 0 a street, 1 main, 2 fast. */
static int32_t rank_of_line(int32_t line)
{
    return line % FAST_EVERY == FAST_EVERY / 2 ? 2 : line % MAIN_EVERY == MAIN_EVERY / 2 ? 1 : 0;
}

static void add_street(struct town *town, int32_t tail, int32_t head, int32_t rank)
{
    const double length_m = hypot(town->x_m[head] - town->x_m[tail], town->y_m[head] - town->y_m[tail]);
    town->streets[town->street_count++] =
        (struct street){tail, head, -1, length_m, length_m * 3.6 / SPEED_KMH[rank]};
}

/* The street between two neighbours, the second to the east or to the north of the first, if there is one. */
static void join(struct town *town, int32_t a, int32_t b)
{
    const bool eastward = b == a + 1;
    const int32_t rank = rank_of_line(eastward ? a / town->columns : a % town->columns);
    const bool over_river = !eastward && a / town->columns == town->rows / 2;
    if (rank == 0 && (over_river || rng_unit(&town->rng) < LEFT_OUT)) return;
    const bool one_way = rank == 0 && rng_unit(&town->rng) < ONE_WAY;
    const bool forward = !one_way || rng_below(&town->rng, 2) == 0;
    if (forward) add_street(town, a, b, rank);
    if (!one_way || !forward) add_street(town, b, a, rank);
}

static void join_all(struct town *town)
{
    for (int32_t j = 0; j < town->columns * town->rows; j++) {
        if (j % town->columns + 1 < town->columns) join(town, j, j + 1);
        if (j / town->columns + 1 < town->rows) join(town, j, j + town->columns);
    }
}

/* Streets by tail, and each with the one that goes back. */
static error_code sort_streets(struct town *town, struct arena *arena, struct error *error)
{
    error_code rc = ERROR_NONE;
    const int32_t junctions = town->columns * town->rows;
    struct street *sorted;
    int32_t *next;
    TRY_NEW(arena, sorted, town->street_count);
    TRY_NEW(arena, next, junctions);
    TRY_NEW(arena, town->first_out, (int64_t)junctions + 1);
    for (int32_t s = 0; s < town->street_count; s++) town->first_out[town->streets[s].tail + 1]++;
    for (int32_t j = 0; j < junctions; j++) {
        town->first_out[j + 1] += town->first_out[j];
        next[j] = town->first_out[j];
    }
    for (int32_t s = 0; s < town->street_count; s++) sorted[next[town->streets[s].tail]++] = town->streets[s];
    town->streets = sorted;
    for (int32_t s = 0; s < town->street_count; s++)
        for (int32_t t = town->first_out[sorted[s].head]; t < town->first_out[sorted[s].head + 1]; t++)
            if (sorted[t].head == sorted[s].tail) sorted[s].back = t;
done:
    return rc;
}

/* What turning from one street into the next takes; negative when it may not be done. */
static double turn_s(const struct town *town, int32_t from, int32_t into)
{
    const struct street *a = &town->streets[from], *b = &town->streets[into];
    const int32_t ways_out = town->first_out[a->head + 1] - town->first_out[a->head];
    if (a->back == into) return ways_out == 1 ? ROUND_S : -1;
    const double ax = town->x_m[a->head] - town->x_m[a->tail], ay = town->y_m[a->head] - town->y_m[a->tail];
    const double bx = town->x_m[b->head] - town->x_m[b->tail], by = town->y_m[b->head] - town->y_m[b->tail];
    const double angle = atan2(ax * by - ay * bx, ax * bx + ay * by);
    return angle > STRAIGHT ? LEFT_S : angle < -STRAIGHT ? RIGHT_S : 0;
}

static error_code expand(const struct town *town, struct arena *arena, struct digraph *turns,
                         struct error *error)
{
    enum { WAYS_OUT_MOST = 4 };
    error_code rc = ERROR_NONE;
    int32_t *first, *head, count = 0;
    way_weight *weight;
    TRY_NEW(arena, first, (int64_t)town->street_count + 1);
    TRY_NEW(arena, head, (int64_t)town->street_count * WAYS_OUT_MOST);
    TRY_NEW(arena, weight, (int64_t)town->street_count * WAYS_OUT_MOST);
    for (int32_t s = 0; s < town->street_count; s++) {
        const struct street *street = &town->streets[s];
        for (int32_t t = town->first_out[street->head]; t < town->first_out[street->head + 1]; t++) {
            const double turning_s = turn_s(town, s, t);
            if (turning_s < 0) continue;
            head[count] = t;
            weight[count++] =
                way_of((uint32_t)(1000 * (street->time_s + turning_s)), (uint32_t)(10 * street->length_m));
        }
        first[s + 1] = count;
    }
    *turns = (struct digraph){.count = town->street_count, .first = first, .head = head, .weight = weight};
done:
    return rc;
}

error_code street_town_make(int32_t columns, int32_t rows, uint64_t seed, struct arena *arena,
                            struct digraph *turns, struct error *error)
{
    error_code rc = ERROR_NONE;
    const int64_t junctions = (int64_t)columns * rows;
    struct arena scratch;
    struct town town = {.columns = columns, .rows = rows};
    arena_init(&scratch);
    rng_seed(&town.rng, seed);
    TRY_NEW(&scratch, town.x_m, junctions);
    TRY_NEW(&scratch, town.y_m, junctions);
    TRY_NEW(&scratch, town.streets, 4 * junctions);
    place_junctions(&town);
    join_all(&town);
    TRY(sort_streets(&town, &scratch, error));
    TRY(expand(&town, arena, turns, error));
done:
    arena_free(&scratch);
    return rc;
}
