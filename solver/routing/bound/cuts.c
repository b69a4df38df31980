#include "solver/routing/bound/cuts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Less is not worth a row. */
static const double VIOLATED = 0.03;
static const double DRIVEN = 1e-6;
/* A round's cuts: few, so that each is still broken when its turn comes; a stop is in so many of them. */
enum { CAPACITY_A_ROUND = 15, SUBSET_A_ROUND = 20, SUBSET_A_STOP = 4 };

/* ---- Capacity ----------------------------------------------------------------------------------------- */

/* How the trips driven run: visits of each stop, and of each leg between two stops, both ways together. */
struct traffic {
    double visits[BOUND_STOPS_MAX];
    double legs[BOUND_STOPS_MAX][BOUND_STOPS_MAX];
    int64_t truck_kg, truck_l;
};

struct found_cut {
    struct capacity_cut cut;
    double violation;
};

/* What the largest truck holds. */
static void find_truck(const struct problem *problem, struct traffic *traffic)
{
    for (int32_t k = 0; k < problem->kind_count; k++) {
        const struct vehicle *vehicle = &problem->instance->vehicles[problem->kinds[k].vehicle];
        int64_t kg = 0, litres = 0;
        for (int32_t c = 0; c < vehicle->compartment_count; c++) {
            kg += vehicle->compartments[c].capacity_kg;
            litres += vehicle->compartments[c].capacity_l;
        }
        if (kg > traffic->truck_kg) traffic->truck_kg = kg;
        if (litres > traffic->truck_l) traffic->truck_l = litres;
    }
}

static void count_traffic(const struct master *master, struct traffic *traffic)
{
    const struct problem *problem = master->relax->problem;
    memset(traffic, 0, sizeof *traffic);
    for (int32_t t = 0; t < master->trips.list.count; t++) {
        const double value = master_trip_value(master, t);
        const int32_t *stops = trip_stops(&master->trips, t);
        if (value < DRIVEN) continue;
        for (int32_t k = 0; k < master->trips.list.items[t].count; k++) {
            traffic->visits[stops[k]] += value;
            if (k == 0) continue;
            traffic->legs[stops[k - 1]][stops[k]] += value;
            traffic->legs[stops[k]][stops[k - 1]] += value;
        }
    }
    find_truck(problem, traffic);
}

static int64_t truckloads(int64_t load, int64_t truck)
{
    return truck > 0 ? (load + truck - 1) / truck : 0;
}

static int32_t trips_for(const struct traffic *traffic, int64_t kg, int64_t litres)
{
    const int64_t by_kg = truckloads(kg, traffic->truck_kg), by_l = truckloads(litres, traffic->truck_l);
    return (int32_t)(by_kg > by_l ? by_kg : by_l);
}

static bool known(const struct master *master, const struct found_cut *found, int32_t count,
                  struct stop_set set)
{
    for (int32_t c = 0; c < master->capacity_count; c++)
        if (set_empty(set_either_not_both(master->capacity_cuts[c].set, set))) return true;
    for (int32_t c = 0; c < count; c++)
        if (set_empty(set_either_not_both(found[c].cut.set, set))) return true;
    return false;
}

/* Grows a set from one stop and keeps the most violated of its stages; violation 0: none. */
static struct found_cut grow_set(const struct master *master, const struct traffic *traffic, int32_t seed)
{
    const struct stop *stops = master->relax->problem->instance->stops;
    const int32_t count = master->relax->stop_count;
    struct found_cut best = {.violation = 0};
    struct stop_set set = {{0}};
    double near[BOUND_STOPS_MAX] = {0}, entries = 0;
    int64_t kg = 0, litres = 0;
    for (int32_t next = seed; next >= 0;) {
        set_add(&set, next);
        entries += traffic->visits[next] - near[next];
        kg += stops[next].load_kg;
        litres += stops[next].load_l;
        const int32_t trips = trips_for(traffic, kg, litres);
        if (trips - entries > best.violation) best = (struct found_cut){{set, trips}, trips - entries};
        for (int32_t i = 0; i < count; i++) near[i] += traffic->legs[next][i];
        next = -1;
        for (int32_t i = 0; i < count; i++)
            if (stops[i].mandatory && !set_has(set, i) && near[i] > DRIVEN &&
                (next < 0 || traffic->visits[i] - near[i] < traffic->visits[next] - near[next]))
                next = i;
    }
    return best;
}

static int by_violation(const void *a, const void *b)
{
    const struct found_cut *x = a, *y = b;
    return (x->violation < y->violation) - (x->violation > y->violation);
}

error_code cuts_add_whole(struct master *master, struct error *error)
{
    const struct stop *stops = master->relax->problem->instance->stops;
    struct traffic traffic = {0};
    struct capacity_cut cut = {{{0}}, 0};
    int64_t kg = 0, litres = 0;
    find_truck(master->relax->problem, &traffic);
    for (int32_t i = 0; i < master->relax->stop_count; i++) {
        if (!stops[i].mandatory) continue;
        set_add(&cut.set, i);
        kg += stops[i].load_kg;
        litres += stops[i].load_l;
    }
    cut.trips = trips_for(&traffic, kg, litres);
    return cut.trips > 0 ? master_add_capacity_cut(master, cut, error) : ERROR_NONE;
}

error_code cuts_add_capacity(struct master *master, int32_t *added, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct traffic *traffic = malloc(sizeof *traffic);
    struct found_cut *found = calloc(BOUND_STOPS_MAX, sizeof *found);
    int32_t count = 0;
    *added = 0;
    if (traffic == NULL || found == NULL) {
        rc = error_memory(error);
        goto done;
    }
    count_traffic(master, traffic);
    for (int32_t seed = 0; seed < master->relax->stop_count; seed++) {
        if (!master->relax->problem->instance->stops[seed].mandatory) continue;
        const struct found_cut it = grow_set(master, traffic, seed);
        if (it.violation > VIOLATED && !known(master, found, count, it.cut.set)) found[count++] = it;
    }
    qsort(found, (size_t)count, sizeof *found, by_violation);
    for (int32_t c = 0; c < count && c < CAPACITY_A_ROUND; c++) {
        if (master->capacity_count == CAPACITY_CUTS_MAX) break;
        TRY(master_add_capacity_cut(master, found[c].cut, error));
        ++*added;
    }
done:
    free(traffic);
    free(found);
    return rc;
}

/* ---- Subsets ------------------------------------------------------------------------------------------ */

struct driven {
    struct stop_set visits;
    double value;
    int32_t trip;
};

struct triple {
    int16_t stops[3];
    double violation;
};

struct triples {
    struct triple *items;
    int64_t count, capacity;
};

static int32_t list_driven(const struct master *master, struct driven *driven)
{
    int32_t count = 0;
    for (int32_t t = 0; t < master->trips.list.count; t++) {
        const double value = master_trip_value(master, t);
        const struct trip *trip = &master->trips.list.items[t];
        if (value < DRIVEN || trip->count < 2) continue;
        driven[count] = (struct driven){.value = value, .trip = t};
        for (int32_t k = 0; k < trip->count; k++)
            set_add(&driven[count].visits, trip_stops(&master->trips, t)[k]);
        count++;
    }
    return count;
}

static bool find_triples(const struct driven *driven, int32_t count, int32_t stops, struct triples *found)
{
    for (int32_t i = 0; i < stops; i++)
        for (int32_t j = i + 1; j < stops; j++) {
            double both = 0, any = 0; /* driven over i and j; over i or j */
            for (int32_t d = 0; d < count; d++) {
                const int32_t in = set_has(driven[d].visits, i) + set_has(driven[d].visits, j);
                both += in == 2 ? driven[d].value : 0;
                any += in > 0 ? driven[d].value : 0;
            }
            if (any <= 1 + VIOLATED) continue;
            for (int32_t k = j + 1; k < stops; k++) {
                double sum = both;
                for (int32_t d = 0; d < count; d++)
                    if (set_has(driven[d].visits, k) &&
                        set_has(driven[d].visits, i) != set_has(driven[d].visits, j))
                        sum += driven[d].value;
                const struct triple triple = {{(int16_t)i, (int16_t)j, (int16_t)k}, sum - 1};
                if (sum > 1 + VIOLATED && !array_push(found, triple)) return false;
            }
        }
    return true;
}

static int by_triple(const void *a, const void *b)
{
    const struct triple *x = a, *y = b;
    if (x->violation != y->violation) return x->violation > y->violation ? -1 : 1;
    for (int k = 0; k < 3; k++)
        if (x->stops[k] != y->stops[k]) return x->stops[k] - y->stops[k];
    return 0;
}

/* Remembers what lies between two members on the trips driven; what an older cut of the same stops
 * remembers, too. */
static struct subset_cut cut_of(const struct master *master, const struct triple *triple,
                                const struct driven *driven, int32_t count)
{
    struct subset_cut cut = {{{0}}, {{0}}};
    for (int k = 0; k < 3; k++) set_add(&cut.members, triple->stops[k]);
    cut.memory = cut.members;
    for (int32_t c = 0; c < master->subset_count; c++)
        if (set_empty(set_either_not_both(master->subset_cuts[c].members, cut.members)))
            for (int w = 0; w < 2; w++) cut.memory.words[w] |= master->subset_cuts[c].memory.words[w];
    for (int32_t d = 0; d < count; d++) {
        const int32_t *stops = trip_stops(&master->trips, driven[d].trip);
        int32_t first = -1;
        for (int32_t k = 0; k < master->trips.list.items[driven[d].trip].count; k++) {
            if (!set_has(cut.members, stops[k])) continue;
            if (first < 0) {
                first = k;
                continue;
            }
            for (int32_t between = first; between < k; between++) set_add(&cut.memory, stops[between]);
            first = -1;
        }
    }
    return cut;
}

error_code cuts_add_subset(struct master *master, int32_t *added, struct error *error)
{
    error_code rc = ERROR_NONE;
    const int32_t stops = master->relax->stop_count;
    struct driven *driven = calloc((size_t)master->trips.list.count + 1, sizeof *driven);
    struct triples found = {0};
    int32_t uses[BOUND_STOPS_MAX] = {0};
    *added = 0;
    if (driven == NULL) {
        rc = error_memory(error);
        goto done;
    }
    const int32_t count = list_driven(master, driven);
    if (!find_triples(driven, count, stops, &found)) {
        rc = error_memory(error);
        goto done;
    }
    if (found.count > 0) qsort(found.items, (size_t)found.count, sizeof *found.items, by_triple);
    for (int64_t c = 0; c < found.count && *added < SUBSET_A_ROUND; c++) {
        const struct triple *triple = &found.items[c];
        bool room = master->subset_count < SUBSET_CUTS_MAX;
        for (int k = 0; k < 3; k++) room &= uses[triple->stops[k]] < SUBSET_A_STOP;
        if (!room) continue;
        for (int k = 0; k < 3; k++) uses[triple->stops[k]]++;
        TRY(master_add_subset_cut(master, cut_of(master, triple, driven, count), error));
        ++*added;
    }
done:
    array_free(&found);
    free(driven);
    return rc;
}
