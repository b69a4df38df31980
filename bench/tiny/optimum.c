#include "bench/tiny/optimum.h"

#include "bench/tiny/tours.h"
#include "solver/base/array.h"

#include <assert.h>
#include <string.h>

static void free_lists(struct tour_list lists[TINY_SETS])
{
    for (int32_t set = 0; set < TINY_SETS; set++) array_free(&lists[set]);
}

/* Adds each pair of a tour and of what other vehicles do that the sites have room for. */
static error_code add_pairs(const struct instance *instance, const struct tour_list *others,
                            const struct tour_list *tours, struct tour_list *sums, struct error *error)
{
    error_code rc = ERROR_NONE;
    for (int64_t a = 0; a < others->count; a++) {
        for (int64_t b = 0; b < tours->count; b++) {
            struct tour sum = others->items[a];
            bool fits = true;
            sum.cost += tours->items[b].cost;
            for (int32_t d = 0; d < instance->site_count; d++) {
                const int64_t limit_kg = instance->sites[d].daily_limit_kg;
                sum.site_kg[d] += tours->items[b].site_kg[d];
                fits &= limit_kg == 0 || sum.site_kg[d] <= limit_kg;
            }
            if (fits) TRY(tour_list_add(sums, &sum, error));
        }
    }
done:
    return rc;
}

/* best[S] of one vehicle more, from best[S] so far. */
static error_code add_vehicle(const struct instance *instance, int32_t vehicle,
                              struct tour_list best[TINY_SETS], struct error *error)
{
    error_code rc = ERROR_NONE;
    static const struct tour at_home;
    struct tour_list tours[TINY_SETS] = {{0}}, sums[TINY_SETS] = {{0}};
    TRY(tours_find(instance, vehicle, tours, error));
    TRY(tour_list_add(&tours[0], &at_home, error));
    for (int32_t set = 0; set < 1 << instance->stop_count; set++)
        for (int32_t part = set;; part = (part - 1) & set) {
            TRY(add_pairs(instance, &best[set & ~part], &tours[part], &sums[set], error));
            if (part == 0) break;
        }
    free_lists(best);
    memcpy(best, sums, sizeof sums);
    memset(sums, 0, sizeof sums);
done:
    free_lists(tours);
    free_lists(sums);
    return rc;
}

/* What the stops outside of the set cost by being left. */
static struct optimum price_left(const struct instance *instance, int32_t set)
{
    struct optimum left = {0};
    for (int32_t s = 0; s < instance->stop_count; s++) {
        if (set >> s & 1) continue;
        left.unserved_mandatory += instance->stops[s].mandatory;
        left.value += instance->stops[s].prize;
    }
    return left;
}

error_code optimum_find(const struct instance *instance, struct optimum *optimum, struct error *error)
{
    error_code rc = ERROR_NONE;
    static const struct tour nothing;
    struct tour_list best[TINY_SETS] = {{0}};
    assert(instance->stop_count <= TINY_STOPS && instance->site_count <= TINY_SITES);
    *optimum = (struct optimum){instance->stop_count + 1, 0};
    TRY(tour_list_add(&best[0], &nothing, error));
    for (int32_t v = 0; v < instance->vehicle_count; v++) TRY(add_vehicle(instance, v, best, error));
    for (int32_t set = 0; set < 1 << instance->stop_count; set++)
        for (int64_t k = 0; k < best[set].count; k++) {
            struct optimum found = price_left(instance, set);
            found.value += best[set].items[k].cost;
            if (found.unserved_mandatory < optimum->unserved_mandatory ||
                (found.unserved_mandatory == optimum->unserved_mandatory && found.value < optimum->value))
                *optimum = found;
        }
done:
    free_lists(best);
    return rc;
}
