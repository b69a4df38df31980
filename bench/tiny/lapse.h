/* When a truck is done with what it has done so far, for every departure at once.
 *
 * For a fixed sequence of activities, with the window of each and the gap of the break fixed too, the
 * earliest end is max(d + span_s, floor_s) for a departure d in from_s … until_s: driving and serving add to
 * both terms, an opening raises the floor, a closing cuts until_s, a release of the first trip and the latest
 * beginning of a break (counted from leaving) raise from_s. Letting an activity begin in a later window than
 * it must is never better than the rule (begin as early as may be), and the rule is one of the choices; so
 * the least over all choices of windows and gaps is what the rule gives, for each whole departure. All values
 * are whole, so nothing is lost by bounds instead of a list of departures.
 *
 * A lapse is a value; each function below is O(1). */
#ifndef BENNE_BENCH_LAPSE_H
#define BENNE_BENCH_LAPSE_H

#include "solver/model/instance.h"

struct lapse {
    int64_t span_s, floor_s;
    int64_t from_s, until_s; /* departures; none when from_s > until_s */
};

static inline struct lapse lapse_begin(int64_t from_s, int64_t until_s)
{
    return (struct lapse){0, 0, from_s, until_s};
}

static inline bool lapse_possible(struct lapse lapse)
{
    return lapse.from_s <= lapse.until_s;
}

static inline int64_t lapse_end_s(struct lapse lapse, int64_t departure_s)
{
    const int64_t driven_s = departure_s + lapse.span_s;
    return driven_s > lapse.floor_s ? driven_s : lapse.floor_s;
}

static inline struct lapse lapse_spend(struct lapse lapse, int64_t seconds)
{
    lapse.span_s += seconds;
    lapse.floor_s += seconds;
    return lapse;
}

/* Waits until then. */
static inline struct lapse lapse_await(struct lapse lapse, int64_t time_s)
{
    if (lapse.floor_s < time_s) lapse.floor_s = time_s;
    return lapse;
}

/* Only departures with which it is done by then. */
static inline struct lapse lapse_by(struct lapse lapse, int64_t time_s)
{
    if (lapse.floor_s > time_s) lapse.until_s = lapse.from_s - 1;
    if (lapse.until_s > time_s - lapse.span_s) lapse.until_s = time_s - lapse.span_s;
    return lapse;
}

/* Only departures at or after that time. */
static inline struct lapse lapse_leave_after(struct lapse lapse, int64_t time_s)
{
    if (lapse.from_s < time_s) lapse.from_s = time_s;
    return lapse;
}

/* Drives `leg_s` seconds with the break taken in the gap: it begins at b = max(e, opening), by the closing
 * and by d + break_after_s; the truck is there at max(e + leg, b) + break_s. */
static inline struct lapse lapse_pause(struct lapse lapse, int64_t leg_s, const struct vehicle *vehicle)
{
    struct lapse begun =
        lapse_by(lapse_await(lapse, vehicle->break_window.open_s), vehicle->break_window.close_s);
    begun = lapse_leave_after(begun, begun.floor_s - vehicle->break_after_s);
    if (begun.span_s > vehicle->break_after_s) begun.until_s = begun.from_s - 1;
    lapse.from_s = begun.from_s;
    lapse.until_s = begun.until_s;
    lapse = lapse_await(lapse_spend(lapse, leg_s), vehicle->break_window.open_s);
    return lapse_spend(lapse, vehicle->break_s);
}

/* Is `a` possible for each departure of b, and then never later? Where b is still at its floor, a may not be
 * above it at the end of that part, and where b climbs, a climbs no faster: one departure decides. */
static inline bool lapse_covers(struct lapse a, struct lapse b)
{
    int64_t bend_s = b.floor_s - b.span_s;
    if (a.from_s > b.from_s || a.until_s < b.until_s) return false;
    if (bend_s < b.from_s) bend_s = b.from_s;
    if (bend_s > b.until_s) bend_s = b.until_s;
    return lapse_end_s(a, bend_s) <= lapse_end_s(b, bend_s);
}

#endif
