/* The optimum of tiny instances against all plans of still smaller ones, which the checker judges one by one.
 */
#include "bench/tiny/optimum.h"
#include "bench/tiny/random_instance.h"
#include "bench/tiny/tours.h"
#include "solver/base/array.h"
#include "solver/model/check.h"
#include "solver/model/plan.h"
#include "tests/support/test.h"

#include <string.h>

/* Calls at sites in a row; with three sites and compartments more are possible, and seldom pay. */
enum { ROUNDS = 300, SITES_IN_A_ROW = 3, STOPS_MAX = 3, VEHICLES_MAX = 2 };

/* All routes of one vehicle: each departure, each order of stops, calls at sites and the break. */
struct routes {
    const struct instance *in;
    bool any_calls;
    struct plan plan;
    struct arena arena;
    bool used[STOPS_MAX];
    struct tour_list lists[TINY_SETS];
};

/* Is it too late to come home, or is there a fault that no further step can mend? */
static bool hopeless(const struct routes *routes, const struct check_report *report)
{
    const int32_t last = routes->plan.step_count - 1;
    const int32_t shift_end_s = routes->in->vehicles[routes->plan.routes[0].vehicle].shift_end_s;
    if (last >= 0 && report->steps[last].end_s > shift_end_s) return true;
    for (int32_t v = 0; v < report->violation_count; v++)
        if (report->violations[v].step >= 0) return true;
    return false;
}

/* Was the last step a call at a site with nothing to unload? */
static bool called_for_nothing(const struct routes *routes, const struct check_report *report)
{
    const int32_t last = routes->plan.step_count - 1;
    if (last < 0 || routes->plan.steps[last].kind != STEP_DISPOSAL) return false;
    for (int32_t k = last - 1; k >= 0; k--) {
        if (routes->plan.steps[k].kind == STEP_BREAK) continue;
        return report->steps[k].load_kg == report->steps[last].load_kg &&
               report->steps[k].load_l == report->steps[last].load_l;
    }
    return true;
}

static bool feasible(const struct check_report *report)
{
    for (int32_t v = 0; v < report->violation_count; v++)
        if (report->violations[v].kind != VIOLATION_UNSERVED) return false;
    return true;
}

static void note(struct routes *routes, const struct check_report *report)
{
    struct error error;
    struct tour tour = {.cost = cost_total(&report->cost) - report->cost.parts[COST_PRIZES]};
    int32_t set = 0;
    for (int32_t s = 0; s < routes->in->stop_count; s++) set |= (report->stop_route[s] >= 0) << s;
    for (int32_t d = 0; d < routes->in->site_count; d++)
        if (routes->in->sites[d].daily_limit_kg > 0) tour.site_kg[d] = report->site_kg[d];
    assert_int_equal(tour_list_add(&routes->lists[set], &tour, &error), ERROR_NONE);
}

static void grow(struct routes *routes, bool paused, int32_t sites);

static void grow_by(struct routes *routes, step_kind kind, int32_t id, bool paused, int32_t sites)
{
    struct error error;
    const int32_t mark = routes->plan.step_count;
    assert_int_equal(plan_add_step(&routes->plan, kind, id, &error), ERROR_NONE);
    grow(routes, paused, sites);
    routes->plan.step_count = routes->plan.routes[0].step_count = mark;
}

static void grow(struct routes *routes, bool paused, int32_t sites)
{
    const struct instance *in = routes->in;
    struct check_report report;
    struct error error;
    arena_free(&routes->arena);
    assert_int_equal(check_plan(in, &routes->plan, &routes->arena, &report, &error), ERROR_NONE);
    if (hopeless(routes, &report)) return;
    if (!routes->any_calls && called_for_nothing(routes, &report)) return;
    if (feasible(&report)) note(routes, &report);
    for (int32_t s = 0; s < in->stop_count; s++) {
        if (routes->used[s]) continue;
        routes->used[s] = true;
        grow_by(routes, STEP_STOP, s, paused, 0);
        routes->used[s] = false;
    }
    for (int32_t d = 0; sites < SITES_IN_A_ROW && d < in->site_count; d++)
        grow_by(routes, STEP_DISPOSAL, d, paused, sites + 1);
    const int32_t vehicle = routes->plan.routes[0].vehicle;
    if (!paused && in->vehicles[vehicle].break_s > 0) grow_by(routes, STEP_BREAK, -1, true, sites);
}

static void drive_all(struct routes *routes, int32_t vehicle)
{
    const struct vehicle *v = &routes->in->vehicles[vehicle];
    struct error error;
    plan_init(&routes->plan);
    arena_init(&routes->arena);
    for (int32_t departure_s = v->shift_start_s; departure_s <= v->shift_end_s; departure_s++) {
        routes->plan.route_count = routes->plan.step_count = 0;
        assert_int_equal(plan_add_route(&routes->plan, vehicle, departure_s, &error), ERROR_NONE);
        grow(routes, false, 0);
    }
    plan_free(&routes->plan);
    arena_free(&routes->arena);
}

/* Days of some half a minute, so that every departure can be tried. */
static struct instance short_instance(struct rng *rng, struct arena *arena, const struct draw *draw,
                                      struct vehicle vehicles[VEHICLES_MAX])
{
    struct instance in = random_instance_of(rng, arena, draw);
    random_releases(rng, arena, &in);
    if (in.vehicle_count > VEHICLES_MAX) in.vehicle_count = VEHICLES_MAX;
    memcpy(vehicles, in.vehicles, (size_t)in.vehicle_count * sizeof *vehicles);
    for (int32_t v = 0; v < in.vehicle_count; v++) {
        const int32_t end_s = vehicles[v].shift_start_s + 40 + rng_below(rng, 40);
        if (vehicles[v].shift_end_s > end_s) vehicles[v].shift_end_s = end_s;
    }
    in.vehicles = vehicles;
    return in;
}

static bool alike(const struct tour *a, const struct tour *b)
{
    return a->cost == b->cost && memcmp(a->site_kg, b->site_kg, sizeof a->site_kg) == 0;
}

/* The tours of every set, one by one: their costs and what they unload. The number of sets served. */
static int32_t compare_tours(const struct instance *in, int32_t vehicle, bool any_calls,
                             const struct tour_list all[TINY_SETS], int32_t seed)
{
    struct tour_list lists[TINY_SETS] = {{0}};
    struct error error;
    int32_t sets = 0;
    assert_int_equal(tours_find(in, vehicle, any_calls, lists, &error), ERROR_NONE);
    for (int32_t set = 1; set < TINY_SETS; set++) {
        if (lists[set].count != all[set].count)
            fail_msg("seed %d set %d: %lld tours, by enumeration %lld", seed, set,
                     (long long)lists[set].count, (long long)all[set].count);
        for (int64_t k = 0; k < all[set].count; k++) {
            const struct tour *tour = &all[set].items[k];
            int64_t same = 0;
            while (same < lists[set].count && !alike(&lists[set].items[same], tour)) same++;
            if (same == lists[set].count)
                fail_msg("seed %d set %d: no tour for %lld", seed, set, (long long)tour->cost);
        }
        sets += all[set].count > 0;
        array_free(&lists[set]);
    }
    return sets;
}

/* What a tour of each vehicle (NULL: none) is worth together; an unserved stop too many when they clash. */
static struct optimum judge_together(const struct instance *in, const int32_t sets[VEHICLES_MAX],
                                     const struct tour *const tours[VEHICLES_MAX])
{
    const struct optimum clash = {in->stop_count + 1, 0};
    struct optimum sum = {0};
    int64_t site_kg[TINY_SITES] = {0};
    if ((sets[0] & sets[1]) != 0) return clash;
    for (int32_t s = 0; s < in->stop_count; s++) {
        if ((sets[0] | sets[1]) >> s & 1) continue;
        sum.value += in->stops[s].prize;
        sum.unserved_mandatory += in->stops[s].mandatory;
    }
    for (int32_t v = 0; v < VEHICLES_MAX; v++) {
        if (tours[v] == NULL) continue;
        sum.value += tours[v]->cost;
        for (int32_t d = 0; d < in->site_count; d++) site_kg[d] += tours[v]->site_kg[d];
    }
    for (int32_t d = 0; d < in->site_count; d++)
        if (in->sites[d].daily_limit_kg > 0 && site_kg[d] > in->sites[d].daily_limit_kg) return clash;
    return sum;
}

/* The least over all pairs of tours; the first of set 0 stands for staying at home. */
static struct optimum least_pair(const struct instance *in, struct tour_list lists[VEHICLES_MAX][TINY_SETS])
{
    struct optimum least = {in->stop_count + 1, 0};
    const int32_t count = 1 << in->stop_count;
    int32_t sets[VEHICLES_MAX];
    for (sets[0] = 0; sets[0] < count; sets[0]++)
        for (sets[1] = 0; sets[1] < count; sets[1]++)
            for (int64_t a = 0; a < (sets[0] == 0 ? 1 : lists[0][sets[0]].count); a++)
                for (int64_t b = 0; b < (sets[1] == 0 ? 1 : lists[1][sets[1]].count); b++) {
                    const struct tour *const tours[] = {sets[0] == 0 ? NULL : &lists[0][sets[0]].items[a],
                                                        sets[1] == 0 ? NULL : &lists[1][sets[1]].items[b]};
                    const struct optimum sum = judge_together(in, sets, tours);
                    if (sum.unserved_mandatory < least.unserved_mandatory ||
                        (sum.unserved_mandatory == least.unserved_mandatory && sum.value < least.value))
                        least = sum;
                }
    return least;
}

static int32_t compare(const struct instance *in, bool any_calls, int32_t seed)
{
    struct tour_list lists[VEHICLES_MAX][TINY_SETS] = {{{0}}};
    struct optimum optimum;
    struct plan plan;
    struct error error;
    int32_t sets = 0;
    for (int32_t v = 0; v < in->vehicle_count; v++) {
        struct routes routes = {.in = in, .any_calls = any_calls};
        drive_all(&routes, v);
        sets += compare_tours(in, v, any_calls, routes.lists, seed);
        memcpy(lists[v], routes.lists, sizeof routes.lists);
    }
    assert_int_equal(optimum_find(in, any_calls, &optimum, &plan, &error), ERROR_NONE);
    plan_free(&plan);
    const struct optimum least = least_pair(in, lists);
    if (least.unserved_mandatory != optimum.unserved_mandatory || least.value != optimum.value)
        fail_msg("seed %d: %d left at %lld, by enumeration %d at %lld", seed, optimum.unserved_mandatory,
                 (long long)optimum.value, least.unserved_mandatory, (long long)least.value);
    for (int32_t v = 0; v < VEHICLES_MAX; v++)
        for (int32_t set = 0; set < TINY_SETS; set++) array_free(&lists[v][set]);
    return sets;
}

static void compare_all(bool any_calls)
{
    int32_t sets = 0;
    for (int32_t seed = 1; seed <= ROUNDS; seed++) {
        struct arena arena;
        struct rng rng;
        struct vehicle vehicles[VEHICLES_MAX];
        const struct draw draw = {.stops = 1 + seed % STOPS_MAX,
                                  .sites = 2,
                                  .places = 5,
                                  .compartments = 2,
                                  .easy = seed % 4 < 2,
                                  .closed = seed % 8 < 2};
        arena_init(&arena);
        rng_seed(&rng, (uint64_t)seed);
        struct instance in = short_instance(&rng, &arena, &draw, vehicles);
        sets += compare(&in, any_calls, seed);
        arena_free(&arena);
    }
    print_message("%d sets of stops served\n", sets);
    assert_true(sets > ROUNDS);
}

static void the_optimum_is_that_of_enumeration(void **state)
{
    (void)state;
    compare_all(false);
}

static void and_with_calls_for_nothing(void **state)
{
    (void)state;
    compare_all(true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_optimum_is_that_of_enumeration),
        cmocka_unit_test(and_with_calls_for_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
