#include "solver/routing/bound/trips.h"

#include <string.h>

error_code trips_add(struct trips *trips, const struct relaxation *relax, int32_t net, int32_t start,
                     const int32_t *stops, int32_t count, int32_t end, struct error *error)
{
    const struct net *of = &relax->nets[net];
    const int64_t first = trips->stops.count;
    struct trip trip = {.net = net, .start = start, .end = end, .first = (int32_t)first, .count = count};
    trip.measures = trip_measures(of, start, stops, count, end);
    trip.cost = measures_price(&trip.measures, &of->price);
    if (!array_reserve(&trips->stops, first + count)) return error_memory(error);
    memcpy(trips->stops.items + first, stops, (size_t)count * sizeof *stops);
    if (!array_push(&trips->list, trip)) return error_memory(error);
    trips->stops.count += count;
    return ERROR_NONE;
}

void trips_drop(struct trips *trips, const bool *marked)
{
    int64_t kept = 0, stops = 0;
    for (int64_t t = 0; t < trips->list.count; t++) {
        struct trip trip = trips->list.items[t];
        if (marked[t]) continue;
        memmove(trips->stops.items + stops, trips->stops.items + trip.first,
                (size_t)trip.count * sizeof *trips->stops.items);
        trip.first = (int32_t)stops;
        stops += trip.count;
        trips->list.items[kept++] = trip;
    }
    trips->list.count = kept;
    trips->stops.count = stops;
}

void trips_free(struct trips *trips)
{
    array_free(&trips->list);
    array_free(&trips->stops);
}

int32_t subset_cut_pairs(const struct subset_cut *cut, const int32_t *stops, int32_t count)
{
    int32_t pairs = 0, half = 0;
    for (int32_t k = 0; k < count; k++) {
        if (!set_has(cut->memory, stops[k])) {
            half = 0;
        } else if (set_has(cut->members, stops[k])) {
            pairs += half;
            half = 1 - half;
        }
    }
    return pairs;
}

int32_t trip_entries(struct stop_set set, const int32_t *stops, int32_t count)
{
    int32_t entries = 0;
    for (int32_t k = 0; k < count; k++)
        entries += set_has(set, stops[k]) && (k == 0 || !set_has(set, stops[k - 1]));
    return entries;
}

bool trip_remembers(const struct stop_set *neighbourhoods, const int32_t *stops, int32_t count)
{
    struct stop_set memory = {{0}};
    for (int32_t k = 0; k < count; k++) {
        if (set_has(memory, stops[k])) return false;
        memory = set_both(memory, neighbourhoods[stops[k]]);
        set_add(&memory, stops[k]);
    }
    return true;
}
