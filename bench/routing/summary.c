#include "bench/routing/summary.h"

#include "bench/routing/protocol.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Of the budget, and the seconds that the largest files take to read: beyond it a user would notice. */
static const double LATE_SHARE = 1.05, LATE_S = 0.5;

static bool same_group(const struct record *a, const struct record *b)
{
    return strcmp(a->family, b->family) == 0 && a->budget_s == b->budget_s && a->threads == b->threads;
}

struct span span_group(const struct record_view *view, int64_t first)
{
    int64_t end = first;
    while (end < view->count && same_group(view->items[end], view->items[first])) end++;
    return (struct span){.items = view->items + first, .count = end - first};
}

struct span span_instance(const struct span *group, int64_t first)
{
    int64_t end = first;
    while (end < group->count && strcmp(group->items[end]->instance, group->items[first]->instance) == 0)
        end++;
    return (struct span){.items = group->items + first, .count = end - first};
}

static int compare_doubles(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

double median_of(double *numbers, int64_t count)
{
    if (count == 0) return NAN;
    qsort(numbers, (size_t)count, sizeof *numbers, compare_doubles);
    return (numbers[(count - 1) / 2] + numbers[count / 2]) / 2;
}

struct gaps gaps_of(const struct span *instance)
{
    double verified[SEEDS_MAX], sum = 0;
    int32_t count = 0;
    for (int64_t i = 0; i < instance->count && count < SEEDS_MAX; i++)
        if (instance->items[i]->verified) sum += verified[count++] = instance->items[i]->gap_percent;
    struct gaps gaps = {.runs = (int32_t)instance->count,
                        .failed = (int32_t)instance->count - count,
                        .mean = count > 0 ? sum / count : NAN,
                        .median = median_of(verified, count)};
    gaps.worst = count > 0 ? verified[count - 1] : NAN;
    return gaps;
}

bool record_is_late(const struct record *record)
{
    return record->seconds > LATE_SHARE * record->budget_s + LATE_S;
}

struct summary summary_of(const struct span *group)
{
    struct summary summary = {.family = group->items[0]->family,
                              .budget_s = group->items[0]->budget_s,
                              .threads = group->items[0]->threads,
                              .worst = NAN,
                              .worst_instance = ""};
    double mean = 0, median = 0;
    for (int64_t first = 0; first < group->count;) {
        const struct span instance = span_instance(group, first);
        const struct gaps gaps = gaps_of(&instance);
        first += instance.count;
        summary.runs += gaps.runs;
        summary.failed += gaps.failed;
        for (int64_t i = 0; i < instance.count; i++) summary.late += record_is_late(instance.items[i]);
        if (isnan(gaps.mean)) continue;
        summary.instances++;
        mean += gaps.mean;
        median += gaps.median;
        if (gaps.worst <= summary.worst) continue; /* nothing is below a NaN */
        summary.worst = gaps.worst;
        summary.worst_instance = instance.items[0]->instance;
    }
    summary.mean = summary.instances > 0 ? mean / summary.instances : NAN;
    summary.median = summary.instances > 0 ? median / summary.instances : NAN;
    return summary;
}
