#include "tests/support/search.h"

#include "tests/support/test.h"

struct routing_options search_options(uint64_t seed, int64_t iterations)
{
    struct routing_options options = routing_options_default();
    options.seed = seed;
    options.iterations = iterations;
    options.time_limit_s = 0;
    return options;
}

struct routing_result search_with(const struct instance *in, const struct routing_options *options)
{
    struct routing_result result;
    struct error error = {0};
    if (routing_solve(in, options, &result, &error) != ERROR_NONE) fail_msg("%s", error.message);
    return result;
}

struct routing_result search(const struct instance *in, uint64_t seed, int64_t iterations)
{
    const struct routing_options options = search_options(seed, iterations);
    return search_with(in, &options);
}

struct check_report assert_accepted(const struct instance *in, const struct routing_result *result,
                                    struct arena *arena, uint64_t seed)
{
    struct check_report report;
    struct error error = {0};
    if (check_plan(in, &result->plan, arena, &report, &error) != ERROR_NONE) fail_msg("%s", error.message);
    for (int32_t v = 0; v < report.violation_count; v++) {
        const struct violation *it = &report.violations[v];
        if (it->kind != VIOLATION_UNSERVED)
            fail_msg("seed %llu: %s at route %d step %d id %d: %lld over %lld", (unsigned long long)seed,
                     violation_name(it->kind), it->route, it->step, it->id, (long long)it->amount,
                     (long long)it->limit);
    }
    if (result->cost != cost_total(&report.cost))
        fail_msg("seed %llu: the search says %lld, the checker %lld", (unsigned long long)seed,
                 (long long)result->cost, (long long)cost_total(&report.cost));
    return report;
}

int32_t trials_at_optimum(const struct trial_terms *terms, int32_t trials)
{
    int32_t optimal = 0;
    for (int32_t seed = 1; seed <= trials; seed++) {
        struct trial trial;
        struct arena arena;
        struct error error = {0};
        arena_init(&arena);
        if (trial_run((uint64_t)seed, terms, &arena, &trial, &error) != ERROR_NONE)
            fail_msg("%s", error.message);
        if (trial.verdict > TRIAL_WORSE) fail_msg("seed %d: verdict %d", seed, (int)trial.verdict);
        optimal += trial.verdict == TRIAL_OPTIMAL;
        trial_free(&trial);
        arena_free(&arena);
    }
    print_message("optimum reached on %d of %d\n", optimal, trials);
    return optimal;
}
