#include "bench/routing/compare.h"

#include "bench/routing/protocol.h"
#include "solver/base/array.h"

#include <math.h>
#include <stdlib.h>

/* Standard errors: a comparison of twelve to fifty instances names one by chance in at most one of eight
 * cases (simulated; fewer with three seeds or more). */
static const double NOISE_ERRORS = 3;
/* The standard deviation of normal noise over its median absolute deviation. */
static const double DEVIATION_OVER_MAD = 1.4826;
/* Gaps are recorded to four decimals. */
static const double NO_CHANGE = 1e-4;

/* Two-sided 95 % quantiles of Student's t for 1 to 30 degrees of freedom; beyond, the first term of the
 * Cornish-Fisher expansion is right to three decimals. */
static double student_quantile(int64_t freedom)
{
    static const double TABLE[] = {12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
                                   2.201,  2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
                                   2.080,  2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042};
    const double z = 1.95996;
    if (freedom < 1) return NAN;
    if (freedom <= (int64_t)(sizeof TABLE / sizeof *TABLE)) return TABLE[freedom - 1];
    return z + (z * z * z + z) / (4 * (double)freedom);
}

static const struct record *find_pair(const struct record *record, const struct record_view *then)
{
    for (int64_t i = 0; i < then->count; i++)
        if (then->items[i]->seed == record->seed && record_compare_instance(then->items[i], record) == 0)
            return then->items[i];
    return NULL;
}

/* Sums over the seeds of all instances. */
struct pooled {
    double squares, log_iterations, log_cpu;
    int64_t freedom, timed; /* timed: pairs that both made iterations */
};

static bool change_of(const struct span *instance, const struct record_view *then,
                      struct comparison *comparison, struct pooled *pooled, struct instance_change *change)
{
    double changes[SEEDS_MAX], sum = 0;
    int32_t count = 0;
    for (int64_t i = 0; i < instance->count && count < SEEDS_MAX; i++) {
        const struct record *now = instance->items[i], *old = find_pair(now, then);
        if (old == NULL || !old->verified) continue;
        comparison->lost += !now->verified;
        if (!now->verified) continue;
        sum += changes[count++] = now->gap_percent - old->gap_percent;
        if (now->iterations <= 0 || old->iterations <= 0) continue;
        pooled->log_cpu += log(now->cpu_seconds / old->cpu_seconds);
        pooled->log_iterations += log((double)now->iterations / (double)old->iterations);
        pooled->timed++;
    }
    if (count == 0) return false;
    *change = (struct instance_change){instance->items[0]->instance, sum / count, count, false};
    for (int32_t i = 0; i < count; i++)
        pooled->squares += (changes[i] - change->change) * (changes[i] - change->change);
    pooled->freedom += count - 1;
    return true;
}

/* The standard deviation of one run's change. */
static error_code noise_of(const struct comparison *comparison, const struct pooled *pooled, double *noise,
                           struct error *error)
{
    if (pooled->freedom > 0) {
        *noise = sqrt(pooled->squares / (double)pooled->freedom);
        return ERROR_NONE;
    }
    double *numbers = malloc(((size_t)comparison->count + 1) * sizeof *numbers);
    if (numbers == NULL) return error_memory(error);
    for (int64_t i = 0; i < comparison->count; i++) numbers[i] = comparison->items[i].change;
    const double middle = median_of(numbers, comparison->count);
    for (int64_t i = 0; i < comparison->count; i++) numbers[i] = fabs(numbers[i] - middle);
    *noise = DEVIATION_OVER_MAD * median_of(numbers, comparison->count);
    free(numbers);
    return ERROR_NONE;
}

static void find_mean(struct comparison *comparison)
{
    const double count = (double)comparison->count;
    double sum = 0, squares = 0;
    for (int64_t i = 0; i < comparison->count; i++) sum += comparison->items[i].change;
    comparison->change = comparison->count > 0 ? sum / count : NAN;
    for (int64_t i = 0; i < comparison->count; i++)
        squares += pow(comparison->items[i].change - comparison->change, 2);
    comparison->half_width =
        comparison->count > 1 ? student_quantile(comparison->count - 1) * sqrt(squares / (count - 1) / count)
                              : NAN;
}

error_code compare_group(const struct span *now, const struct record_view *then,
                         struct comparison *comparison, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct pooled pooled = {0};
    double noise = 0;
    *comparison = (struct comparison){0};
    for (int64_t first = 0; first < now->count;) {
        const struct span instance = span_instance(now, first);
        struct instance_change change;
        first += instance.count;
        if (!change_of(&instance, then, comparison, &pooled, &change)) continue;
        if (!array_push(comparison, change)) {
            rc = error_memory(error);
            goto done;
        }
    }
    find_mean(comparison);
    comparison->cpu_ratio = pooled.timed > 0 ? exp(pooled.log_cpu / (double)pooled.timed) : NAN;
    comparison->iterations_ratio = pooled.timed > 0 ? exp(pooled.log_iterations / (double)pooled.timed) : NAN;
    TRY(noise_of(comparison, &pooled, &noise, error));
    for (int64_t i = 0; i < comparison->count; i++) {
        struct instance_change *change = &comparison->items[i];
        change->worse =
            change->change > NOISE_ERRORS * noise / sqrt(change->seeds) && change->change > NO_CHANGE;
    }
done:
    if (rc != ERROR_NONE) comparison_free(comparison);
    return rc;
}

void comparison_free(struct comparison *comparison)
{
    array_free(comparison);
}
