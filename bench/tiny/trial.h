/* One tiny instance put to the search: is its plan accepted, its cost exact, and is it the optimum?
 *
 * A plan that the checker accepts breaks no rule but that mandatory stops may be left; its value is that of
 * optimum.h. The optimum has a plan of its own, which the checker judges too: so it is neither too low, nor,
 * unless the search does better, too high. */
#ifndef BENNE_BENCH_TRIAL_H
#define BENNE_BENCH_TRIAL_H

#include "bench/tiny/optimum.h"
#include "solver/base/arena.h"

enum trial_verdict {
    TRIAL_OPTIMAL,
    TRIAL_WORSE,
    TRIAL_REJECTED, /* by the checker */
    TRIAL_INEXACT,  /* the search and the checker differ about the cost */
    TRIAL_BETTER,   /* than the optimum */
    TRIAL_UNPROVEN, /* the checker does not find the optimum in the plan that is said to have it */
    TRIAL_VERDICT_COUNT
};

/* What an instance has, as a reason to report it apart. */
struct trial_feature {
    const char *name;
    bool (*holds)(const struct instance *instance);
};
enum { TRIAL_FEATURES = 22 };
extern const struct trial_feature trial_features[TRIAL_FEATURES];

struct trial {
    struct instance instance; /* in the arena */
    struct plan best;         /* of the optimum; freed by the caller, like that of the search */
    struct plan plan;
    enum trial_verdict verdict;
    struct optimum optimum, found;
    double optimum_s, search_s; /* processor time */
};

struct trial_terms {
    int64_t iterations;
    bool any_calls; /* see tours.h; the search makes no call for nothing */
    bool locked;    /* with random locks */
    bool quality;   /* with prices of quality */
};

/* Draws the instance of the seed and solves it with that seed. */
error_code trial_run(uint64_t seed, const struct trial_terms *terms, struct arena *arena, struct trial *trial,
                     struct error *error) ERROR_CHECKED;

/* The plans; the instance is the arena's. */
void trial_free(struct trial *trial);

#endif
