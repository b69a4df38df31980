/* Made days on which parts of the search are timed: collection points in a town of 12 km by 12 km, 0.4 to
 * 1.3 t each, trucks of 10 t, ways of straight lines × 1.3. One of
 *   plain   unloaded at home, one trip, metres alone cost
 *   trips   two disposal sites, shifts of eight hours, a third of the points served in the morning alone;
 *           work costs
 *   breaks  the same with a break, sites that close at noon, and unloading that lasts by the load: running
 *           sums are estimates there, and the timetable has the last word
 */
#ifndef BENNE_BENCH_MOVES_DAY_H
#define BENNE_BENCH_MOVES_DAY_H

#include "solver/base/arena.h"
#include "solver/model/instance.h"

struct day_variant {
    const char *name;
    bool trips, breaks;
};

enum { DAY_VARIANT_COUNT = 3 };
extern const struct day_variant DAY_VARIANTS[DAY_VARIANT_COUNT];

/* The same variant and number of stops give the same day. Memory O(stops²): matrices. */
error_code day_make(const struct day_variant *variant, int32_t stop_count, struct arena *arena,
                    struct instance *in, struct error *error) ERROR_CHECKED;

#endif
