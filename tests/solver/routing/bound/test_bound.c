/* No bound exceeds the cost of any plan: against enumeration, and against the search over the whole model.
 * No plan is given to the bound, so that nothing caps it. */
#include "solver/model/check.h"
#include "solver/routing/bound/bound.h"
#include "solver/routing/routing.h"
#include "tests/support/enumeration.h"
#include "tests/support/random_instance.h"
#include "tests/support/test.h"

#include <string.h>

static struct bound_result bound_of(const struct instance *in, money about)
{
    const struct bound_options options = {.plan_cost = about};
    struct bound_result result;
    struct error error = {0};
    if (bound_compute(in, &options, &result, &error) != ERROR_NONE) fail_msg("%s", error.message);
    return result;
}

static struct routing_result search(const struct instance *in, uint64_t seed, int64_t iterations)
{
    struct routing_options options = routing_options_default();
    struct routing_result result;
    struct error error = {0};
    options.seed = seed;
    options.iterations = iterations;
    options.time_limit_s = 0;
    if (routing_solve(in, &options, &result, &error) != ERROR_NONE) fail_msg("%s", error.message);
    return result;
}

/* Several vehicles, streams and compartments, up to three stops, all plans tried. */
static void no_bound_exceeds_the_optimum(void **state)
{
    (void)state;
    int32_t instances = 0, met = 0;
    for (uint64_t seed = 1; seed <= 1200 && instances < 150; seed++) {
        struct arena arena;
        struct rng rng;
        arena_init(&arena);
        rng_seed(&rng, seed + 9000);
        struct instance in = random_instance(&rng, &arena, seed % 2 == 0);
        struct site sites[2];
        if (seed % 4 < 2) random_releases(&rng, &arena, &in);
        memcpy(sites, in.sites, (size_t)in.site_count * sizeof *sites);
        for (int32_t s = 0; s < in.site_count; s++) sites[s].daily_limit_kg = 0;
        in.sites = sites;
        if (in.stop_count <= ENUMERATED_STOPS_MAX - (seed % 8 > 0) && in.vehicle_count <= 2) {
            const struct optimum best = enumerate_plans(&in);
            if (best.unserved == 0 && best.cost > 0) {
                const struct bound_result result = bound_of(&in, best.cost);
                if (result.bound > best.cost)
                    fail_msg("seed %llu: bound %lld over %lld", (unsigned long long)seed,
                             (long long)result.bound, (long long)best.cost);
                instances++;
                met += result.bound == best.cost;
            }
        }
        arena_free(&arena);
    }
    print_message("the bound is the optimum on %d of %d\n", (int)met, (int)instances);
    assert_true(instances >= 100);
    assert_true(met * 2 > instances);
}

/* The whole model with up to six stops: what the search finds costs no less. */
static void no_bound_exceeds_a_plan_found(void **state)
{
    (void)state;
    int64_t instances = 0;
    double tightness = 0;
    for (uint64_t seed = 1; seed <= 3000; seed++) {
        struct arena arena;
        struct rng rng;
        struct error error = {0};
        struct check_report report;
        arena_init(&arena);
        rng_seed(&rng, seed);
        struct instance in = random_instance(&rng, &arena, seed % 3 > 0);
        if (seed % 4 < 2) random_releases(&rng, &arena, &in);
        struct routing_result found = search(&in, seed, 40);
        assert_int_equal(check_plan(&in, &found.plan, &arena, &report, &error), ERROR_NONE);
        const money cost = cost_total(&report.cost);
        if (report.violation_count == 0 && cost > 0) {
            const struct bound_result result = bound_of(&in, cost);
            if (result.bound > cost)
                fail_msg("seed %llu: bound %lld over %lld", (unsigned long long)seed, (long long)result.bound,
                         (long long)cost);
            assert_true(result.ended);
            instances++;
            tightness += (double)result.bound / (double)cost;
        }
        plan_free(&found.plan);
        arena_free(&arena);
    }
    print_message("%lld instances, bound over cost %.3f in the mean\n", (long long)instances,
                  tightness / (double)instances);
    assert_true(instances > 1000);
    assert_true(tightness > 0.8 * (double)instances);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_bound_exceeds_the_optimum),
        cmocka_unit_test(no_bound_exceeds_a_plan_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
