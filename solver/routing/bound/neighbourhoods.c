#include "solver/routing/bound/neighbourhoods.h"

#include <math.h>

/* There and back, by the cheapest net. */
static double apart(const struct relaxation *relax, int32_t a, int32_t b)
{
    double least = INFINITY;
    for (int32_t k = 0; k < relax->net_count; k++) {
        const struct net *net = &relax->nets[k];
        const size_t there = net_cell(net, a, b), back = net_cell(net, b, a);
        if (!net->serves[a] || !net->serves[b]) continue;
        if (net->leg_m[there] == INFINITY || net->leg_m[back] == INFINITY) continue;
        least = fmin(least, (net->leg_m[there] + net->leg_m[back]) * net->price.of[TRIP_M] +
                                (net->leg_s[there] + net->leg_s[back]) * net->price.of[TRIP_S]);
    }
    return least;
}

void neighbourhoods_begin(const struct relaxation *relax, struct stop_set *sets)
{
    for (int32_t stop = 0; stop < relax->stop_count; stop++) {
        sets[stop] = (struct stop_set){{0}};
        set_add(&sets[stop], stop);
        for (int32_t n = 0; n < NEAR_FIRST; n++) {
            double least = INFINITY;
            int32_t nearest = -1;
            for (int32_t other = 0; other < relax->stop_count; other++) {
                const double way = set_has(sets[stop], other) ? INFINITY : apart(relax, stop, other);
                if (way < least) least = way, nearest = other;
            }
            if (nearest >= 0) set_add(&sets[stop], nearest);
        }
    }
}

bool neighbourhoods_grow(struct stop_set *sets, const int32_t *stops, int32_t count)
{
    bool grown = false;
    for (int32_t k = 0; k < count; k++) {
        int32_t back = k + 1;
        while (back < count && stops[back] != stops[k]) back++;
        if (back == count) continue;
        bool room = true;
        for (int32_t way = k + 1; way < back; way++)
            room &= set_has(sets[stops[way]], stops[k]) || set_size(sets[stops[way]]) < NEAR_MOST;
        if (!room) continue;
        for (int32_t way = k + 1; way < back; way++) set_add(&sets[stops[way]], stops[k]);
        grown = true;
    }
    return grown;
}
