/* Pricing against all sequences of stops, on random nets with random tolls: with whole memory it finds the
 * cheapest trip, with less it proves no more. */
#include "bench/tiny/random_instance.h"
#include "solver/routing/bound/pricing.h"
#include "solver/routing/bound/trips.h"
#include "tests/support/test.h"

#include <math.h>
#include <string.h>

enum { STOPS = 6, GATES = 3, CUTS = 3 };

struct fixture {
    struct arena arena;
    struct problem problem;
    struct relaxation relax;
    struct tolls tolls;
    double start[GATES], end[GATES], prize[STOPS], entering[(STOPS + GATES) * STOPS], penalty[CUTS];
    struct subset_cut cuts[CUTS];
    struct stop_set neighbourhoods[STOPS];
    /* of the enumeration */
    const struct net *net;
    int32_t stops[STOPS], count;
    double least;
};

static double between(struct rng *rng, double low, double high)
{
    return low + rng_unit(rng) * (high - low);
}

static bool begin(struct fixture *f, struct rng *rng, bool easy)
{
    struct error error = {0};
    arena_init(&f->arena);
    const struct instance in = random_instance(rng, &f->arena, easy);
    struct instance *kept = arena_alloc(&f->arena, 1, sizeof *kept);
    *kept = in;
    assert_int_equal(problem_build(kept, &f->arena, &f->problem, &error), ERROR_NONE);
    assert_int_equal(relax_build(&f->problem, 10000, &f->arena, &f->relax, &error), ERROR_NONE);
    return in.stop_count > 2;
}

/* Prizes of the size of a trip's cost, so that some trips pay and others do not. */
static void draw_tolls(struct fixture *f, struct rng *rng, const struct net *net)
{
    f->net = net;
    f->tolls = (struct tolls){.price = net->price,
                              .start = f->start,
                              .end = f->end,
                              .prize = f->prize,
                              .entering = rng_below(rng, 2) ? f->entering : NULL,
                              .cuts = f->cuts,
                              .penalty = f->penalty,
                              .cut_count = rng_below(rng, CUTS + 1)};
    for (int32_t g = 0; g < GATES; g++) {
        f->start[g] = between(rng, -50, 50);
        f->end[g] = between(rng, -50, 50);
    }
    for (int32_t s = 0; s < f->relax.stop_count; s++) f->prize[s] = between(rng, 0, 300);
    for (size_t e = 0; e < COUNT_OF(f->entering); e++) f->entering[e] = between(rng, -40, 0);
    for (int32_t c = 0; c < f->tolls.cut_count; c++) {
        f->cuts[c] = (struct subset_cut){{{0}}, {{0}}};
        while (set_size(f->cuts[c].members) < 3)
            set_add(&f->cuts[c].members, rng_below(rng, f->relax.stop_count));
        f->cuts[c].memory = f->cuts[c].members;
        set_add(&f->cuts[c].memory, rng_below(rng, f->relax.stop_count));
        f->penalty[c] = between(rng, 0, 60);
    }
}

static bool fits(const struct fixture *f, int32_t start, int32_t end)
{
    const struct net *net = f->net;
    int64_t key = 0, clock_s = net->gate_open_s[start];
    int64_t extra[EXTRA_MAX] = {0};
    bool light = true;
    int32_t at = net_gate(net, start);
    for (int32_t k = 0; k < f->count; k++) {
        const int32_t stop = f->stops[k];
        if (!net->serves[stop] || net->leg_m[net_cell(net, at, stop)] == INFINITY) return false;
        key += net->key[stop];
        light = light && net->light[stop];
        for (int32_t e = 0; e < net->extra_count; e++) {
            extra[e] += net->extra[e][stop];
            if (extra[e] > net->extra_most[e]) return false;
        }
        clock_s += (int64_t)net->leg_s[net_cell(net, at, stop)];
        if (clock_s < net->open_s[stop]) clock_s = net->open_s[stop];
        if (net->timed && clock_s > net->close_s[stop]) return false;
        clock_s += net->service_s[stop];
        at = stop;
    }
    if (net->leg_m[net_cell(net, at, net_gate(net, end))] == INFINITY) return false;
    clock_s += (int64_t)net->leg_s[net_cell(net, at, net_gate(net, end))];
    if (net->timed && clock_s > net->gate_close_s[end]) return false;
    return key <= net->key_most && (net->takes[end] || light);
}

static double reduced_cost(const struct fixture *f, int32_t start, int32_t end)
{
    const struct measures measures = trip_measures(f->net, start, f->stops, f->count, end);
    double sum = measures_price(&measures, &f->tolls.price) + f->start[start] + f->end[end];
    int32_t from = net_gate(f->net, start);
    for (int32_t k = 0; k < f->count; k++) {
        sum -= f->prize[f->stops[k]];
        if (f->tolls.entering != NULL) sum += f->entering[from * f->relax.stop_count + f->stops[k]];
        from = f->stops[k];
    }
    for (int32_t c = 0; c < f->tolls.cut_count; c++)
        sum += f->penalty[c] * subset_cut_pairs(&f->cuts[c], f->stops, f->count);
    return sum;
}

static void enumerate(struct fixture *f)
{
    for (int32_t start = 0; f->count > 0 && start < f->net->gate_count; start++)
        for (int32_t end = 0; end < f->net->gate_count; end++)
            if (fits(f, start, end)) f->least = fmin(f->least, reduced_cost(f, start, end));
    for (int32_t stop = 0; stop < f->relax.stop_count; stop++) {
        bool used = false;
        for (int32_t k = 0; k < f->count; k++) used |= f->stops[k] == stop;
        if (used) continue;
        f->stops[f->count++] = stop;
        enumerate(f);
        f->count--;
    }
}

static void set_memory(struct fixture *f, bool whole)
{
    for (int32_t s = 0; s < STOPS; s++) {
        f->neighbourhoods[s] = (struct stop_set){{whole ? UINT64_MAX : 0, 0}};
        set_add(&f->neighbourhoods[s], s);
    }
}

/* The trips handed out are what they say. */
static void check_trips(struct fixture *f, const struct pricing *pricing)
{
    for (int64_t t = 0; t < pricing->trips.count; t++) {
        const struct found_trip *trip = &pricing->trips.items[t];
        if (trip->count > STOPS) continue; /* no room for it here */
        f->count = trip->count;
        memcpy(f->stops, pricing->stops.items + trip->first, (size_t)trip->count * sizeof *f->stops);
        assert_true(fits(f, trip->start, trip->end));
        assert_true(fabs(reduced_cost(f, trip->start, trip->end) - trip->reduced_cost) < 1e-6);
    }
    f->count = 0;
}

static void the_cheapest_trip_is_found(void **state)
{
    (void)state;
    const struct pricing_limits limits = {.until_s = INFINITY, .label_max = 100000};
    int32_t priced = 0, paying = 0, timed = 0;
    for (uint64_t seed = 1; seed <= 600; seed++) {
        struct fixture f = {0};
        struct rng rng;
        struct pricing pricing;
        rng_seed(&rng, seed);
        const bool wanted = begin(&f, &rng, seed % 2 == 0);
        assert_int_equal(pricing_init(&pricing, f.relax.stop_count, GATES, &f.arena, NULL), ERROR_NONE);
        for (int32_t k = 0; wanted && k < f.relax.net_count; k++) {
            draw_tolls(&f, &rng, &f.relax.nets[k]);
            f.least = 0;
            enumerate(&f);
            set_memory(&f, true);
            assert_int_equal(
                pricing_run(&pricing, f.net, &f.tolls, f.neighbourhoods, PRICING_FULL, &limits, NULL),
                ERROR_NONE);
            assert_true(pricing.complete);
            if (fabs(pricing.least - f.least) > 2e-4)
                fail_msg("seed %llu net %d: %.6f in place of %.6f", (unsigned long long)seed, (int)k,
                         pricing.least, f.least);
            check_trips(&f, &pricing);
            set_memory(&f, false);
            assert_int_equal(
                pricing_run(&pricing, f.net, &f.tolls, f.neighbourhoods, PRICING_FULL, &limits, NULL),
                ERROR_NONE);
            assert_true(pricing.least <= f.least + 2e-4);
            assert_true(f.least >= 0 || -f.least <= pricing.least_per_key * (double)f.net->key_most + 2e-4);
            assert_int_equal(
                pricing_run(&pricing, f.net, &f.tolls, f.neighbourhoods, PRICING_QUICK, &limits, NULL),
                ERROR_NONE);
            check_trips(&f, &pricing);
            priced++;
            paying += f.least < 0;
            timed += f.net->timed;
        }
        pricing_free(&pricing);
        arena_free(&f.arena);
    }
    print_message("%d nets, %d with trips that pay, %d with a clock\n", (int)priced, (int)paying, (int)timed);
    assert_true(paying > 300 && paying < priced && timed > 100);
}

/* Too few labels, or no time: nothing is claimed. */
static void limits_prove_nothing(void **state)
{
    (void)state;
    struct fixture f = {0};
    struct rng rng;
    struct pricing pricing;
    static const volatile sig_atomic_t cancelled = 1;
    const struct pricing_limits limits[] = {{.until_s = INFINITY, .label_max = 1},
                                            {.until_s = 0, .label_max = 100000},
                                            {.until_s = INFINITY, .label_max = 100000, .cancel = &cancelled}};
    rng_seed(&rng, 4);
    while (!begin(&f, &rng, true)) arena_free(&f.arena);
    assert_int_equal(pricing_init(&pricing, f.relax.stop_count, GATES, &f.arena, NULL), ERROR_NONE);
    draw_tolls(&f, &rng, &f.relax.nets[0]);
    for (int32_t s = 0; s < f.relax.stop_count; s++) f.prize[s] = 1000;
    set_memory(&f, true);
    for (size_t l = 0; l < COUNT_OF(limits); l++) {
        assert_int_equal(
            pricing_run(&pricing, f.net, &f.tolls, f.neighbourhoods, PRICING_FULL, &limits[l], NULL),
            ERROR_NONE);
        assert_false(pricing.complete);
    }
    pricing_free(&pricing);
    arena_free(&f.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_cheapest_trip_is_found),
        cmocka_unit_test(limits_prove_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
