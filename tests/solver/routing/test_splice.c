/* What-ifs measured piece by piece against the same routes walked node by node, and each move against what
 * carrying it out really gains. */
#include "solver/routing/insertion.h"
#include "solver/routing/moves.h"
#include "tests/support/random_instance.h"
#include "tests/support/test.h"

#include <string.h>

/* A solution of a random instance, its stops inserted one by one. */
struct bench {
    struct arena arena;
    struct instance in;
    struct stop stops[24];
    struct problem problem;
    struct solution solution;
    struct workshop workshop;
    struct rng rng;
    bool memory;
};

/* Larger than the random instances: their stops are repeated, so that routes are long enough to be cut. */
static void bench_make(struct bench *b, uint64_t seed, bool plain)
{
    struct error error = {0};
    *b = (struct bench){.memory = true};
    arena_init(&b->arena);
    rng_seed(&b->rng, seed);
    b->in = random_instance(&b->rng, &b->arena, true);
    int32_t few = b->in.stop_count;
    for (int32_t s = 0; s < 24; s++) {
        b->stops[s] = b->in.stops[s % few];
        b->stops[s].entry_place = rng_below(&b->rng, b->in.travel.place_count);
        b->stops[s].exit_place = rng_below(&b->rng, b->in.travel.place_count);
        b->stops[s].prize = 100000;
        if (plain) b->stops[s].window_count = 0;
    }
    b->in.stops = b->stops;
    b->in.stop_count = 24;
    struct vehicle *vehicles = arena_alloc(&b->arena, 3, sizeof *vehicles);
    assert_non_null(vehicles);
    for (int32_t v = 0; v < 3; v++) {
        vehicles[v] = b->in.vehicles[v % b->in.vehicle_count];
        vehicles[v].shift_end_s = vehicles[v].max_work_s = plain ? TIME_MAX : 2000;
        if (plain) vehicles[v].break_s = 0, vehicles[v].home_takes_load = true;
        for (int32_t c = 0; c < vehicles[v].compartment_count; c++)
            vehicles[v].compartments[c].capacity_kg = vehicles[v].compartments[c].capacity_l = 40;
    }
    b->in.vehicles = vehicles;
    b->in.vehicle_count = 3;
    if (plain) b->in.site_count = 0;
    assert_int_equal(instance_validate(&b->in, &error), ERROR_NONE);
    assert_int_equal(problem_build(&b->in, &b->arena, &b->problem, &error), ERROR_NONE);
    assert_int_equal(problem_find_neighbours(&b->problem, &b->arena, &error), ERROR_NONE);
    assert_int_equal(solution_init(&b->solution, &b->problem, &error), ERROR_NONE);
    assert_int_equal(workshop_init(&b->workshop, &b->problem, &b->solution, &error), ERROR_NONE);
    for (int32_t s = 0; s < 24; s++) insertion_make(&b->workshop, s, 0.3, &b->rng, &b->memory);
    assert_true(b->memory);
}

static void bench_free(struct bench *b)
{
    workshop_free(&b->workshop);
    solution_free(&b->solution);
    arena_free(&b->arena);
}

/* The route of a splice as nodes. */
static int32_t write_nodes(const struct bench *b, const struct splice *splice, int32_t *nodes)
{
    int32_t count = 0;
    nodes[count++] = node_start(&b->problem, splice->vehicle);
    for (int32_t p = 0; p < splice->count; p++) {
        const struct piece *piece = &splice->pieces[p];
        for (int32_t k = 0; k <= piece->last - piece->first; k++)
            nodes[count++] = b->solution.routes[piece->vehicle]
                                 .nodes[piece->reversed ? piece->last - k : piece->first + k];
    }
    nodes[count++] = node_end(&b->problem, splice->vehicle);
    return count;
}

/* Loads walked node by node: do they fit, and is the truck empty at home? */
static bool walk_loads(const struct bench *b, int32_t vehicle, const int32_t *nodes, int32_t count)
{
    const struct vehicle *v = &b->in.vehicles[vehicle];
    int64_t kg[COMPARTMENT_MAX] = {0}, l[COMPARTMENT_MAX] = {0};
    for (int32_t k = 0; k < count; k++) {
        if (node_is_stop(&b->problem, nodes[k])) {
            if (!vehicle_may_serve(&b->in, vehicle, nodes[k])) return false;
            int32_t c = vehicle_compartment_for(v, b->in.stops[nodes[k]].stream);
            kg[c] += b->in.stops[nodes[k]].load_kg;
            l[c] += b->in.stops[nodes[k]].load_l;
            if (kg[c] > v->compartments[c].capacity_kg || l[c] > v->compartments[c].capacity_l) return false;
        } else if (node_is_site(&b->problem, nodes[k])) {
            stream_mask taken = b->in.sites[nodes[k] - b->problem.stop_count].streams;
            for (int32_t c = 0; c < v->compartment_count; c++)
                if ((v->compartments[c].streams & ~taken) == 0) kg[c] = l[c] = 0;
        }
    }
    for (int32_t c = 0; c < v->compartment_count; c++)
        if (!v->home_takes_load && (kg[c] > 0 || l[c] > 0)) return false;
    return true;
}

/* Cost without fees and waiting, or IMPOSSIBLE, the long way. */
static money walk(const struct bench *b, int32_t vehicle, const int32_t *nodes, int32_t count)
{
    const struct vehicle *v = &b->in.vehicles[vehicle];
    int64_t metres = 0, seconds = 0, kg = 0;
    int32_t stops = 0;
    for (int32_t k = 0; k < count; k++) {
        if (k > 0) {
            metres += leg_m(&b->problem, v->profile, nodes[k - 1], nodes[k]);
            seconds += leg_s(&b->problem, v->profile, nodes[k - 1], nodes[k]);
        }
        metres += b->problem.nodes[nodes[k]].inner_m;
        seconds += b->problem.nodes[nodes[k]].service_s;
        if (!node_is_stop(&b->problem, nodes[k])) continue;
        stops++;
        kg += b->in.stops[nodes[k]].load_kg;
    }
    if (stops == 0) return 0;
    if (!walk_loads(b, vehicle, nodes, count)) return IMPOSSIBLE;
    return v->fixed_cost + metres * vehicle_rate_m(v) + vehicle_work_cost(v, seconds) +
           kg * (v->fuel_per_kg + v->carbon_per_kg);
}

/* Two cuts of vehicle a, the middle perhaps turned round, and a tail of vehicle b. */
static struct splice random_splice(struct bench *b)
{
    int32_t a = rng_below(&b->rng, 3), other = rng_below(&b->rng, 3);
    int32_t end = b->solution.routes[a].count, tail = b->solution.routes[other].count;
    int32_t p = rng_below(&b->rng, end + 1), q = p + rng_below(&b->rng, end - p + 1);
    struct splice splice = {a, 2, {piece_of(a, 1, p), {a, p + 1, q, rng_below(&b->rng, 2) == 1}}};
    if (other != a)
        splice.pieces[splice.count++] = piece_of(other, 1 + rng_below(&b->rng, tail + 1), tail);
    else
        splice.pieces[splice.count++] = piece_of(a, q + 1, end);
    return splice;
}

static void pieces_add_up(void **state)
{
    int32_t possible = 0, impossible = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= 300; seed++) {
        struct bench b;
        bench_make(&b, seed, seed % 2 == 0);
        /* Unloading by load and windows are estimates; without them the sums must be exact. */
        bool exact_clock = !b.problem.timed;
        for (int32_t s = 0; exact_clock && s < b.in.site_count; s++)
            exact_clock &= b.in.sites[s].unload_us_per_kg == 0;
        for (int32_t trial = 0; exact_clock && trial < 60; trial++) {
            int32_t nodes[256];
            struct splice splice = random_splice(&b);
            money walked = walk(&b, splice.vehicle, nodes, write_nodes(&b, &splice, nodes));
            money estimated = splice_estimate(&b.solution, &splice);
            if (walked != estimated)
                fail_msg("seed %llu trial %d: walked %lld, estimated %lld", (unsigned long long)seed, trial,
                         (long long)walked, (long long)estimated);
            possible += walked != IMPOSSIBLE;
            impossible += walked == IMPOSSIBLE;
        }
        bench_free(&b);
    }
    assert_true(possible > 1000 && impossible > 100);
}

static void loads_are_never_misjudged(void **state)
{
    int32_t refused = 0, allowed = 0;
    (void)state;
    for (uint64_t seed = 1001; seed <= 1200; seed++) {
        struct bench b;
        bench_make(&b, seed, false);
        for (int32_t trial = 0; trial < 60; trial++) {
            int32_t nodes[256];
            struct splice splice = random_splice(&b);
            bool fits = walk_loads(&b, splice.vehicle, nodes, write_nodes(&b, &splice, nodes));
            money estimated = splice_estimate(&b.solution, &splice);
            if (!fits && estimated != 0) assert_true(estimated == IMPOSSIBLE);
            refused += !fits;
            allowed += estimated != IMPOSSIBLE;
        }
        bench_free(&b);
    }
    assert_true(refused > 100 && allowed > 100);
}

static void every_move_gains_what_it_says(void **state)
{
    int32_t made[8] = {0};
    (void)state;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        struct bench b;
        bench_make(&b, seed, true);
        for (int32_t i = 0; i < 24; i++)
            for (int32_t j = 0; j < 24; j++)
                for (int32_t turn = 0; turn < MOVE_COUNT; turn++) {
                    int32_t m = (turn + i) % MOVE_COUNT; /* each move comes first for some stops */
                    struct candidate candidate;
                    if (i == j || b.solution.route_of[i] < 0 || b.solution.route_of[j] < 0) continue;
                    money before = b.solution.cost;
                    if (!MOVES[m].evaluate(&b.solution, i, j, &candidate)) continue;
                    assert_true(candidate.gain > 0);
                    assert_true(candidate_commit(&b.workshop, &candidate, &b.memory));
                    assert_true(before - b.solution.cost == candidate.gain);
                    made[m]++;
                }
        solution_assert(&b.solution);
        bench_free(&b);
    }
    for (int32_t m = 0; m < MOVE_COUNT; m++)
        if (made[m] < 20) fail_msg("%s was made %d times only", MOVES[m].name, made[m]);
}

static void undo_restores_everything(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        struct bench b;
        struct snapshot before = {0}, after = {0};
        bench_make(&b, seed, seed % 2 == 0);
        solution_mark(&b.solution);
        assert_true(snapshot_take(&before, &b.solution));
        for (int32_t i = 0; i < 24; i++) {
            struct candidate candidate;
            int32_t j = (i * 7 + 3) % 24;
            if (i == j || b.solution.route_of[i] < 0 || b.solution.route_of[j] < 0) continue;
            for (int32_t m = 0; m < MOVE_COUNT; m++) {
                if (b.solution.route_of[i] < 0 || b.solution.route_of[j] < 0) break;
                if (MOVES[m].evaluate(&b.solution, i, j, &candidate))
                    candidate_commit(&b.workshop, &candidate, &b.memory);
            }
        }
        assert_true(solution_undo(&b.solution));
        assert_true(snapshot_take(&after, &b.solution));
        assert_true(before.cost == after.cost);
        assert_memory_equal(before.first, after.first, 4 * sizeof *before.first);
        assert_memory_equal(before.nodes, after.nodes, (size_t)before.first[3] * sizeof *before.nodes);
        snapshot_free(&before);
        snapshot_free(&after);
        bench_free(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_add_up),
        cmocka_unit_test(loads_are_never_misjudged),
        cmocka_unit_test(every_move_gains_what_it_says),
        cmocka_unit_test(undo_restores_everything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
