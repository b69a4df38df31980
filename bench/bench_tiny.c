/* Does the search reach the optimum of what is small enough to know it?
 *
 *     bench_tiny [--smoke] [--any-calls] [--locks] [--quality] [COUNT [ITERATIONS [FIRST]]]
 *
 * COUNT instances (default 20,000) of 1 to 7 stops over the whole model, drawn from the seeds FIRST (default
 * 1) on, each solved with ITERATIONS (default 5,000) rounds. Prints the share solved to the optimum, by
 * number of stops and by what the instances have, and the seeds that miss it by most. Exits with 1 when a
 * plan is rejected by the checker, its cost is not the checker's, or it is better than the optimum (or the
 * optimum's plan is not accepted at its value); and when
 * fewer than 99 % are optimal. --any-calls: the optimum may let an empty truck call at a site
 * for nothing, which the rules allow and the search never does. --locks: the instances have random locks of
 * all kinds. --quality: with prices of changes against a reference, of pairs of stops torn apart, and of
 * uneven work.
 */
#include "bench/tiny/tours.h"
#include "bench/tiny/trial.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COUNT_DEFAULT = 20000, ITERATIONS_DEFAULT = 5000, COUNT_SMOKE = 100, WORST = 10 };
static const double SHARE_WANTED = 0.99;

struct share {
    int64_t trials, optimal;
};

struct miss {
    uint64_t seed;
    struct optimum found, optimum;
};

struct tally {
    int64_t verdicts[TRIAL_VERDICT_COUNT];
    struct share all, by_stops[TINY_STOPS + 1], by_feature[TRIAL_FEATURES];
    struct miss worst[WORST]; /* worst first */
    int32_t worst_count;
    double optimum_s, search_s;
};

static void count(struct share *share, bool optimal)
{
    share->trials++;
    share->optimal += optimal;
}

static bool is_worse(const struct miss *a, const struct miss *b)
{
    const int32_t left_a = a->found.unserved_mandatory - a->optimum.unserved_mandatory;
    const int32_t left_b = b->found.unserved_mandatory - b->optimum.unserved_mandatory;
    if (left_a != left_b) return left_a > left_b;
    return a->found.value - a->optimum.value > b->found.value - b->optimum.value;
}

static void keep_worst(struct tally *tally, const struct miss *miss)
{
    int32_t k = tally->worst_count < WORST ? tally->worst_count++ : WORST;
    for (; k > 0 && is_worse(miss, &tally->worst[k - 1]); k--)
        if (k < WORST) tally->worst[k] = tally->worst[k - 1];
    if (k < WORST) tally->worst[k] = *miss;
}

static void add(struct tally *tally, uint64_t seed, const struct trial *trial)
{
    static const char *const faults[] = {[TRIAL_REJECTED] = "rejected",
                                         [TRIAL_INEXACT] = "cost not the checker's",
                                         [TRIAL_BETTER] = "better than the optimum",
                                         [TRIAL_UNPROVEN] = "the optimum's plan has another value"};
    const bool optimal = trial->verdict == TRIAL_OPTIMAL;
    const struct miss miss = {seed, trial->found, trial->optimum};
    tally->verdicts[trial->verdict]++;
    tally->optimum_s += trial->optimum_s;
    tally->search_s += trial->search_s;
    count(&tally->all, optimal);
    count(&tally->by_stops[trial->instance.stop_count], optimal);
    for (int32_t f = 0; f < TRIAL_FEATURES; f++)
        if (trial_features[f].holds(&trial->instance)) count(&tally->by_feature[f], optimal);
    if (trial->verdict == TRIAL_WORSE) keep_worst(tally, &miss);
    if (trial->verdict > TRIAL_WORSE) printf("seed %" PRIu64 ": %s\n", seed, faults[trial->verdict]);
}

static void print_share(const char *name, struct share share)
{
    if (share.trials > 0)
        printf("%-32s %7" PRId64 " %7" PRId64 " %8.2f\n", name, share.trials, share.trials - share.optimal,
               100 * (double)share.optimal / (double)share.trials);
}

static void print_tally(const struct tally *tally)
{
    printf("%-32s %7s %7s %8s\n", "instances with", "number", "missed", "% found");
    print_share("anything", tally->all);
    for (int32_t stops = 1; stops <= TINY_STOPS; stops++) {
        char name[32];
        snprintf(name, sizeof name, "%" PRId32 " stops", stops);
        print_share(name, tally->by_stops[stops]);
    }
    for (int32_t f = 0; f < TRIAL_FEATURES; f++) print_share(trial_features[f].name, tally->by_feature[f]);
    printf("missed by most (mandatory stops left, value):\n");
    for (int32_t k = 0; k < tally->worst_count; k++) {
        const struct miss *miss = &tally->worst[k];
        printf("  seed %" PRIu64 ": %" PRId32 ", %" PRId64 "; optimum %" PRId32 ", %" PRId64 "\n", miss->seed,
               miss->found.unserved_mandatory, miss->found.value, miss->optimum.unserved_mandatory,
               miss->optimum.value);
    }
    printf("rejected %" PRId64 ", inexact %" PRId64 ", better than the optimum %" PRId64
           ", optimum unproven %" PRId64 "; enumeration %.1f s, search %.1f s\n",
           tally->verdicts[TRIAL_REJECTED], tally->verdicts[TRIAL_INEXACT], tally->verdicts[TRIAL_BETTER],
           tally->verdicts[TRIAL_UNPROVEN], tally->optimum_s, tally->search_s);
}

static bool passes(const struct tally *tally)
{
    return tally->verdicts[TRIAL_OPTIMAL] + tally->verdicts[TRIAL_WORSE] == tally->all.trials &&
           (double)tally->all.optimal >= SHARE_WANTED * (double)tally->all.trials;
}

/* Is the next argument this option? Then the arguments begin behind it. */
static bool take(int *argc, char ***argv, const char *option)
{
    if (*argc < 2 || strcmp((*argv)[1], option) != 0) return false;
    --*argc;
    ++*argv;
    return true;
}

int main(int argc, char **argv)
{
    struct trial_terms terms = {.iterations = ITERATIONS_DEFAULT};
    const bool smoke = take(&argc, &argv, "--smoke");
    terms.any_calls = take(&argc, &argv, "--any-calls");
    terms.locked = take(&argc, &argv, "--locks");
    terms.quality = take(&argc, &argv, "--quality");
    const int64_t trials = smoke ? COUNT_SMOKE : argc > 1 ? strtoll(argv[1], NULL, 10) : COUNT_DEFAULT;
    if (argc > 2) terms.iterations = strtoll(argv[2], NULL, 10);
    const uint64_t first = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
    struct tally tally = {.worst_count = 0};
    for (uint64_t seed = first; seed < first + (uint64_t)trials; seed++) {
        struct trial trial;
        struct error error;
        struct arena arena;
        arena_init(&arena);
        const error_code rc = trial_run(seed, &terms, &arena, &trial, &error);
        if (rc == ERROR_NONE) add(&tally, seed, &trial);
        trial_free(&trial);
        arena_free(&arena);
        if (rc != ERROR_NONE) {
            printf("seed %" PRIu64 ": %s\n", seed, error.message);
            return 1;
        }
    }
    print_tally(&tally);
    return passes(&tally) ? 0 : 1;
}
