#include "solver/routing/quality.h"

static error_code list_partners(struct problem *problem, struct arena *arena, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct instance *instance = problem->instance;
    int32_t *at;
    if (instance->pair_count == 0) return ERROR_NONE;
    TRY_NEW(arena, problem->partner_first, (size_t)problem->stop_count + 1);
    TRY_NEW(arena, problem->partners, 2 * (size_t)instance->pair_count);
    TRY_NEW(arena, at, (size_t)problem->stop_count + 1);
    for (int32_t p = 0; p < instance->pair_count; p++) {
        problem->partner_first[instance->pairs[p].one + 1]++;
        problem->partner_first[instance->pairs[p].other + 1]++;
    }
    for (int32_t s = 0; s < problem->stop_count; s++)
        problem->partner_first[s + 1] += problem->partner_first[s];
    for (int32_t p = 0; p < instance->pair_count; p++) {
        const struct stop_pair *pair = &instance->pairs[p];
        problem->partners[problem->partner_first[pair->one] + at[pair->one]++] =
            (struct partner){pair->other, pair->price};
        problem->partners[problem->partner_first[pair->other] + at[pair->other]++] =
            (struct partner){pair->one, pair->price};
    }
done:
    return rc;
}

error_code quality_build(struct problem *problem, struct arena *arena, bool **named, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct instance *instance = problem->instance;
    TRY_NEW(arena, *named, problem->vehicle_count);
    if (instance->change_cost > 0) problem->reference = instance->reference;
    for (int32_t s = 0; problem->reference != NULL && s < problem->stop_count; s++)
        if (problem->reference[s] >= 0) (*named)[problem->reference[s]] = true;
    TRY(list_partners(problem, arena, error));
    problem->quality = problem->reference != NULL || problem->partners != NULL;
done:
    return rc;
}

/* Imbalance grows with the day that an hour is added to: the longest counts. */
static money imbalance_most(const struct vehicle *vehicle)
{
    int64_t longest_s = vehicle->shift_end_s - vehicle->shift_start_s;
    if (longest_s > vehicle->max_work_s) longest_s = vehicle->max_work_s;
    return vehicle_imbalance_cost(vehicle, longest_s);
}

money quality_most(const struct problem *problem)
{
    const struct instance *instance = problem->instance;
    const money bound = INT64_MAX / 64 / (instance->stop_count + 1);
    money imbalance = 0, apart = 0;
    for (int32_t v = 0; v < instance->vehicle_count; v++) {
        const money cost = imbalance_most(&instance->vehicles[v]);
        if (cost > imbalance) imbalance = cost;
    }
    for (int32_t s = 0; problem->partners != NULL && s < instance->stop_count; s++) {
        money all = 0;
        for (int32_t k = problem->partner_first[s]; k < problem->partner_first[s + 1]; k++)
            all += problem->partners[k].price;
        if (all > apart) apart = all;
    }
    const money most = imbalance + apart + (problem->reference != NULL ? instance->change_cost : 0);
    return most < bound ? most : bound;
}

money quality_apart_price(const struct solution *solution, int32_t vehicle, int32_t stop)
{
    const struct problem *problem = solution->problem;
    money price = 0;
    if (problem->partners == NULL) return 0;
    for (int32_t k = problem->partner_first[stop]; k < problem->partner_first[stop + 1]; k++) {
        const int32_t theirs = solution->visits[problem->partners[k].stop].vehicle;
        if (theirs >= 0 && theirs != vehicle) price += problem->partners[k].price;
    }
    return price;
}

money quality_stop_price(const struct solution *solution, int32_t vehicle, int32_t stop)
{
    return quality_apart_price(solution, vehicle, stop) +
           problem_change_price(solution->problem, vehicle, stop);
}

/* Gives the visit to a vehicle; what that costs. One visit after the other, each seeing those before it where
 * they have gone, adds up to the whole, whatever the order. */
static money relabel(struct solution *solution, int32_t visit, int32_t vehicle)
{
    struct visit *v = &solution->visits[visit];
    if (visit >= solution->problem->stop_count || v->vehicle == vehicle) return 0;
    const money before = quality_stop_price(solution, v->vehicle, visit);
    v->vehicle = vehicle;
    return quality_stop_price(solution, vehicle, visit) - before;
}

/* Visits in a row that go to another vehicle, or may. */
struct piece {
    int32_t first, last, from, to;
    bool backward;
};

enum { PIECES_MAX = 2 * (RUNS_MAX + 1) };

static int32_t list_pieces(const struct solution *solution, const struct splice *splices, int32_t count,
                           struct piece *pieces)
{
    const struct visit *visits = solution->visits;
    int32_t n = 0;
    for (int32_t s = 0; s < count; s++) {
        const int32_t to = splices[s].vehicle, suffix = splices[s].suffix;
        for (int32_t r = 0; r < splices[s].run_count; r++) {
            const struct run *run = &splices[s].runs[r];
            pieces[n++] =
                (struct piece){run->first, run->last, visits[run->first].vehicle, to, run->backward};
        }
        const int32_t from = visits[suffix].vehicle;
        pieces[n++] = (struct piece){suffix, visit_end(solution->problem, from), from, to, false};
    }
    return n;
}

money quality_splice_price(struct solution *solution, const struct splice *splices, int32_t count)
{
    struct piece pieces[PIECES_MAX];
    const struct visit *visits = solution->visits;
    const int32_t piece_count = list_pieces(solution, splices, count, pieces);
    money price = 0;
    for (int pass = 0; pass < 2; pass++) { /* there and back */
        for (int32_t p = 0; p < piece_count; p++) {
            const struct piece *piece = &pieces[p];
            if (piece->from == piece->to) continue;
            for (int32_t x = piece->first;; x = piece->backward ? visits[x].prev : visits[x].next) {
                if (pass == 0)
                    price += relabel(solution, x, piece->to);
                else if (x < solution->problem->stop_count)
                    solution->visits[x].vehicle = piece->from;
                if (x == piece->last) break;
            }
        }
    }
    return price;
}

money quality_relief(const struct solution *solution, int32_t u, int32_t stops, bool back)
{
    const struct problem *problem = solution->problem;
    const struct visit *visits = solution->visits;
    const int32_t vehicle = visits[u].vehicle;
    const struct vehicle *v = &problem->instance->vehicles[vehicle];
    int64_t taken_s = 0;
    money relief = 0;
    for (int32_t x = u; stops > 0 && x < problem->stop_count; stops--) {
        if (problem->quality) relief += quality_stop_price(solution, vehicle, x);
        taken_s += visits[x].leg_s + problem->nodes[x].service_s + visits[visits[x].next].leg_s;
        x = back ? visits[x].prev : visits[x].next;
    }
    if (v->imbalance_per_s2 == 0) return relief;
    const int64_t work_s = solution->spans_to[visit_end(problem, vehicle)].duration_s;
    return relief + vehicle_imbalance_cost(v, work_s) - vehicle_imbalance_cost(v, work_s - taken_s);
}

double quality_mean_cost(const struct solution *solution)
{
    const struct problem *problem = solution->problem;
    double sum = (double)solution->totals.apart;
    for (int32_t k = 0; k < solution->used_count; k++) {
        const int32_t vehicle = solution->used[k];
        const struct vehicle *v = &problem->instance->vehicles[vehicle];
        if (problem->quality) sum += (double)solution_change_cost(solution, vehicle);
        if (v->imbalance_per_s2 > 0)
            sum +=
                (double)vehicle_imbalance_cost(v, solution->spans_to[visit_end(problem, vehicle)].duration_s);
    }
    return solution->totals.served > 0 ? sum / solution->totals.served : 0;
}
