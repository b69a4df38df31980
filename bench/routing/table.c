#include "bench/routing/table.h"

#include "bench/routing/compare.h"
#include "bench/routing/protocol.h"
#include "bench/routing/references.h"
#include "bench/routing/summary.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

enum { PEERS_SIZE = 512, LISTED_MAX = 20 };

/* A processor of its own is busy nearly all the time; the rest is starting and writing. */
static const double CPU_SHARE_LEAST = 0.95;

/* Its instances are judged one by one. */
static bool has_own_budgets(const char *family)
{
    return BENCH_FAMILIES[protocol_family(family)].budgets_s[0] == 0;
}

/* ---- Families ---- */

/* Met or missed, or open while the family is not whole. */
static const char *verdict(const struct summary *summary, double target)
{
    const struct bench_family *family = &BENCH_FAMILIES[protocol_family(summary->family)];
    if (summary->failed > 0 || summary->instances < family->instances) return "open";
    return summary->mean <= target ? "met" : "missed";
}

static void print_family(FILE *out, const struct summary *summary)
{
    const struct bench_family *family = &BENCH_FAMILIES[protocol_family(summary->family)];
    char peers[PEERS_SIZE], target[NAME_SIZE] = "-";
    const double gap = target_gap(summary->family, NULL, summary->budget_s);
    if (!isnan(gap)) snprintf(target, sizeof target, "%.2f %s", gap, verdict(summary, gap));
    peers_text(summary->family, NULL, summary->budget_s, peers, sizeof peers);
    fprintf(out, "%-11s %6g %3d %4d/%-3d %5d %6d", summary->family, summary->budget_s, (int)summary->threads,
            (int)summary->instances, (int)family->instances, (int)summary->runs, (int)summary->failed);
    if (summary->instances > 0)
        fprintf(out, " %8.3f %8.3f %8.3f %-12s", summary->mean, summary->median, summary->worst,
                summary->worst_instance);
    else
        fprintf(out, " %8s %8s %8s %-12s", "-", "-", "-", "");
    fprintf(out, " %-12s %s\n", target, peers);
}

static void print_families(FILE *out, const struct record_view *view)
{
    fprintf(out, "%-11s %6s %3s %8s %5s %6s %8s %8s %8s %-12s %-12s %s\n", "family", "s", "thr", "inst.",
            "runs", "faults", "mean", "median", "worst", "", "target", "peers");
    for (int64_t first = 0; first < view->count;) {
        const struct span group = span_group(view, first);
        const struct summary summary = summary_of(&group);
        first += group.count;
        if (!has_own_budgets(summary.family)) print_family(out, &summary);
    }
    fprintf(
        out,
        "gaps in %% over the best known values; mean and median over seeds, then the mean over instances\n");
}

/* ---- Single instances ---- */

static bool keeps_limits(const struct record *record)
{
    return record->verified && record->vehicles <= record->known.limit_vehicles &&
           !(record->cost > record->known.limit_cost);
}

/* "3 vehicles, 174.5 against 3, 183.5: met": of several seeds, how many keep the limits. */
static void limits_text(const struct span *instance, char *text, size_t size)
{
    const struct record *first = instance->items[0];
    int32_t kept = 0, most = 0;
    double highest = 0;
    for (int64_t i = 0; i < instance->count; i++) {
        kept += keeps_limits(instance->items[i]);
        if (instance->items[i]->vehicles > most) most = instance->items[i]->vehicles;
        if (instance->items[i]->cost > highest) highest = instance->items[i]->cost;
    }
    snprintf(text, size, "%d vehicles, %.1f; limits %d, %.1f: %s (%d of %d)", (int)most, highest,
             (int)first->known.limit_vehicles, first->known.limit_cost,
             kept == instance->count ? "met" : "missed", (int)kept, (int)instance->count);
}

static void print_instance(FILE *out, const struct span *instance, bool *begun)
{
    const struct record *first = instance->items[0];
    const struct gaps gaps = gaps_of(instance);
    const bool vroom = has_own_budgets(first->family);
    char beside[PEERS_SIZE] = "", target[NAME_SIZE] = "-";
    double gap = target_gap(first->family, first->instance, first->budget_s);
    bool is_told = peers_text(first->family, first->instance, first->budget_s, beside, sizeof beside);
    if (vroom && vroom_figure(first->instance) != NULL) {
        gap = vroom_figure(first->instance)->gap_percent;
        snprintf(beside, sizeof beside, "VROOM -x 5 in %g s", vroom_figure(first->instance)->seconds);
    }
    if (first->known.limit_vehicles >= 0) {
        limits_text(instance, beside, sizeof beside);
        is_told = true;
    }
    if (!isnan(gap))
        snprintf(target, sizeof target, "%.2f %s", gap,
                 gaps.failed > 0                                   ? "open"
                 : gaps.mean < gap || (gaps.mean == gap && !vroom) ? "met"
                                                                   : "missed");
    if (!is_told && isnan(gap)) return;
    if (!*begun)
        fprintf(out, "\n%-11s %-12s %6s %3s %8s %8s %-12s %s\n", "family", "instance", "s", "thr", "mean",
                "median", "target", "beside");
    *begun = true;
    fprintf(out, "%-11s %-12s %6g %3d ", first->family, first->instance, first->budget_s,
            (int)first->threads);
    if (isnan(gaps.mean))
        fprintf(out, "%8s %8s", "-", "-");
    else
        fprintf(out, "%8.3f %8.3f", gaps.mean, gaps.median);
    fprintf(out, " %-12s %s\n", target, beside);
}

static void print_instances(FILE *out, const struct record_view *view)
{
    bool begun = false;
    for (int64_t first = 0; first < view->count;) {
        const struct span group = span_group(view, first);
        first += group.count;
        for (int64_t at = 0; at < group.count;) {
            const struct span instance = span_instance(&group, at);
            at += instance.count;
            print_instance(out, &instance, &begun);
        }
    }
}

/* ---- What spoils results ---- */

static bool is_fault(const struct record *record)
{
    return !record->verified;
}

static bool is_below(const struct record *record)
{
    return record->verified && record->gap_percent < 0 && record->known.limit_vehicles < 0;
}

static void tell_fault(FILE *out, const struct record *record)
{
    fprintf(out, "%s", record->fault);
}

static void tell_cost(FILE *out, const struct record *record)
{
    fprintf(out, "%.10g, %+.3f %%", record->cost, record->gap_percent);
}

static void tell_time(FILE *out, const struct record *record)
{
    fprintf(out, "%.1f s", record->seconds);
}

static const struct concern {
    const char *title;
    bool (*concerns)(const struct record *record);
    void (*tell)(FILE *out, const struct record *record);
} CONCERNS[] = {
    {"not verified, and in no gap", is_fault, tell_fault},
    {"below the best known value", is_below, tell_cost},
    {"late: the whole process over its budget by 5 % and half a second", record_is_late, tell_time},
};

static void print_concern(FILE *out, const struct concern *concern, const struct record_view *view)
{
    int64_t count = 0;
    for (int64_t i = 0; i < view->count; i++) {
        const struct record *record = view->items[i];
        if (!concern->concerns(record)) continue;
        if (count == 0) fprintf(out, "\n%s:\n", concern->title);
        if (++count > LISTED_MAX) continue;
        fprintf(out, "  %s %s %g s seed %" PRIu64 ": ", record->family, record->instance, record->budget_s,
                record->seed);
        concern->tell(out, record);
        fputc('\n', out);
    }
    if (count > LISTED_MAX) fprintf(out, "  and %" PRId64 " more\n", count - LISTED_MAX);
}

/* On a machine that others use, a time limit is worth less search. */
static void print_starved(FILE *out, const struct record_view *view)
{
    int64_t count = 0;
    double least = 1;
    for (int64_t i = 0; i < view->count; i++) {
        const double share = view->items[i]->cpu_seconds / view->items[i]->seconds;
        count += share < CPU_SHARE_LEAST;
        if (share < least) least = share;
    }
    if (count > 0)
        fprintf(out,
                "\n%" PRId64 " of %" PRId64
                " runs had a processor for under %.0f %% of their time, one for %.0f "
                "%%: the machine was shared\n",
                count, view->count, 100 * CPU_SHARE_LEAST, 100 * least);
}

void table_print(FILE *out, const struct record_view *view)
{
    print_families(out, view);
    print_instances(out, view);
    for (size_t c = 0; c < sizeof CONCERNS / sizeof *CONCERNS; c++) print_concern(out, &CONCERNS[c], view);
    print_starved(out, view);
}

/* ---- Comparisons ---- */

static void print_comparison(FILE *out, const struct span *group, const struct comparison *comparison)
{
    fprintf(out, "%-11s %6g %3d %8" PRId64 " %+8.3f", group->items[0]->family, group->items[0]->budget_s,
            (int)group->items[0]->threads, comparison->count, comparison->change);
    if (isnan(comparison->half_width))
        fprintf(out, " %18s", "-");
    else
        fprintf(out, " %+8.3f %+8.3f ", comparison->change - comparison->half_width,
                comparison->change + comparison->half_width);
    if (isnan(comparison->iterations_ratio))
        fprintf(out, " %7s %6s ", "-", "-");
    else
        fprintf(out, " %7.2f %6.2f ", comparison->iterations_ratio, comparison->cpu_ratio);
    for (int64_t i = 0; i < comparison->count; i++)
        if (comparison->items[i].worse)
            fprintf(out, " %s %+.3f", comparison->items[i].instance, comparison->items[i].change);
    if (comparison->lost > 0) fprintf(out, " (%d no longer verified)", (int)comparison->lost);
    fputc('\n', out);
}

static void print_comparison_head(FILE *out, const char *title)
{
    fprintf(out, "\n%s: change of the mean gap in points, with a 95 %% interval over instances\n", title);
    fprintf(out, "%-11s %6s %3s %8s %8s %8s %8s  %7s %6s  %s\n", "family", "s", "thr", "pairs", "change",
            "from", "to", "iter. x", "CPU x", "worse by more than noise");
}

error_code table_print_comparison(FILE *out, const char *title, const struct record_view *now,
                                  const struct record_view *then, int64_t *pairs, struct error *error)
{
    *pairs = 0;
    for (int64_t first = 0; first < now->count;) {
        struct comparison comparison;
        const struct span group = span_group(now, first);
        const error_code rc = compare_group(&group, then, &comparison, error);
        if (rc != ERROR_NONE) return rc;
        first += group.count;
        if (comparison.count + comparison.lost > 0) {
            if (*pairs == 0) print_comparison_head(out, title);
            print_comparison(out, &group, &comparison);
            *pairs += comparison.count + comparison.lost;
        }
        comparison_free(&comparison);
    }
    return ERROR_NONE;
}
