#include "bench/tiny/optimum.h"

#include "bench/tiny/tours.h"
#include "solver/base/array.h"

#include <assert.h>

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

/* By vehicles counted in and set: V; and by vehicle and set its tours, staying at home among them. */
struct table {
    struct tour_list best[TINY_VEHICLES + 1][TINY_SETS], tours[TINY_VEHICLES][TINY_SETS];
};

/* Prices of the pairs within a set of stops. */
static money pairs_within(const struct instance *instance, int32_t set)
{
    money price = 0;
    for (int32_t p = 0; p < instance->pair_count; p++)
        if ((set >> instance->pairs[p].one & 1) && (set >> instance->pairs[p].other & 1))
            price += instance->pairs[p].price;
    return price;
}

static error_code add_vehicle(const struct instance *instance, int32_t vehicle, bool any_calls,
                              struct table *table, struct error *error)
{
    error_code rc = ERROR_NONE;
    static const struct tour at_home;
    struct tour_list *tours = table->tours[vehicle];
    TRY(tours_find(instance, vehicle, any_calls, tours, error));
    for (int32_t set = 0; set < 1 << instance->stop_count; set++)
        for (int64_t k = 0; k < tours[set].count; k++)
            tours[set].items[k].cost -= pairs_within(instance, set);
    TRY(tour_list_add(&tours[0], &at_home, error));
    for (int32_t set = 0; set < 1 << instance->stop_count; set++)
        for (int32_t part = set;; part = (part - 1) & set) {
            TRY(add_pairs(instance, &table->best[vehicle][set & ~part], &tours[part],
                          &table->best[vehicle + 1][set], error));
            if (part == 0) break;
        }
done:
    return rc;
}

static bool is_sum(const struct tour *sum, const struct tour *a, const struct tour *b)
{
    for (int32_t d = 0; d < TINY_SITES; d++)
        if (sum->site_kg[d] != a->site_kg[d] + b->site_kg[d]) return false;
    return sum->cost == a->cost + b->cost;
}

/* A pair of what the vehicles before did, and of a tour of this one, that gives the sum; the set and the sum
 * become those of the vehicles before. */
static const struct tour *take_apart(const struct table *table, int32_t vehicle, int32_t *set,
                                     const struct tour **sum)
{
    for (int32_t part = *set;; part = (part - 1) & *set) {
        const struct tour_list *others = &table->best[vehicle][*set & ~part];
        const struct tour_list *tours = &table->tours[vehicle][part];
        for (int64_t a = 0; a < others->count; a++)
            for (int64_t b = 0; b < tours->count; b++)
                if (is_sum(*sum, &others->items[a], &tours->items[b])) {
                    *set &= ~part;
                    *sum = &others->items[a];
                    return &tours->items[b];
                }
        assert(part != 0);
    }
}

static error_code add_route(struct plan *plan, int32_t vehicle, const struct tour *tour, struct error *error)
{
    error_code rc = ERROR_NONE;
    if (tour->step_count == 0) return ERROR_NONE;
    TRY(plan_add_route(plan, vehicle, tour->departure_s, error));
    for (int32_t k = 0; k < tour->step_count; k++) {
        const int32_t step = tour->steps[k];
        if (step == TOUR_BREAK)
            TRY(plan_add_step(plan, STEP_BREAK, -1, error));
        else if (step < TINY_STOPS)
            TRY(plan_add_step(plan, STEP_STOP, step, error));
        else
            TRY(plan_add_step(plan, STEP_DISPOSAL, step - TINY_STOPS, error));
    }
done:
    return rc;
}

static error_code make_plan(const struct instance *instance, const struct table *table, int32_t set,
                            const struct tour *sum, struct plan *plan, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct tour *tours[TINY_VEHICLES];
    for (int32_t v = instance->vehicle_count - 1; v >= 0; v--) tours[v] = take_apart(table, v, &set, &sum);
    for (int32_t v = 0; v < instance->vehicle_count; v++) TRY(add_route(plan, v, tours[v], error));
done:
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

bool optimum_less(struct optimum a, struct optimum b)
{
    if (a.unserved_mandatory != b.unserved_mandatory) return a.unserved_mandatory < b.unserved_mandatory;
    return a.value < b.value;
}

error_code optimum_find(const struct instance *instance, bool any_calls, struct optimum *optimum,
                        struct plan *plan, struct error *error)
{
    error_code rc = ERROR_NONE;
    static const struct tour nothing;
    struct table table = {0};
    const struct tour *sum = NULL;
    int32_t served = 0;
    assert(instance->stop_count <= TINY_STOPS && instance->site_count <= TINY_SITES);
    assert(instance->vehicle_count <= TINY_VEHICLES);
    plan_init(plan);
    TRY(tour_list_add(&table.best[0][0], &nothing, error));
    for (int32_t v = 0; v < instance->vehicle_count; v++)
        TRY(add_vehicle(instance, v, any_calls, &table, error));
    struct tour_list *best = table.best[instance->vehicle_count];
    for (int32_t set = 0; set < 1 << instance->stop_count; set++)
        for (int64_t k = 0; k < best[set].count; k++) {
            struct optimum found = price_left(instance, set);
            found.value += best[set].items[k].cost + pairs_within(instance, set);
            if (sum != NULL && !optimum_less(found, *optimum)) continue;
            *optimum = found;
            sum = &best[set].items[k];
            served = set;
        }
    assert(sum != NULL); /* all may stay at home */
    TRY(make_plan(instance, &table, served, sum, plan, error));
done:
    for (int32_t v = 0; v <= TINY_VEHICLES; v++) free_lists(table.best[v]);
    for (int32_t v = 0; v < TINY_VEHICLES; v++) free_lists(table.tours[v]);
    return rc;
}
