/* When a truck is done with what it has done so far, for every departure worth having at once.
 *
 * For a fixed sequence of activities, with the window of each and the gap of the break fixed too, the
 * earliest end of the last is max(d + s, f) for a departure d in some interval: driving and serving add to s
 * and f, an opening raises f, a closing cuts the latest d, and the rules about leaving (shift, release, the
 * break that must begin within break_after_s) raise the earliest. Letting an activity begin in a later window
 * than it must is never better than the rule, to begin as early as may be; and the rule is one of the
 * choices: so the least over all choices is what the rule gives.
 *
 * Of two departures d < d' that are done at the same time, d' is no worse: what follows happens at the same
 * times, work is shorter, the break may begin later after d', and where the break's window makes it due after
 * d', it does so after d. So only departures from f − s on are kept (the last one, when f − s lies beyond),
 * and what remains is a line: leaving at from_s + x the truck is done at end_s + x, for x up to until_s −
 * from_s. All values are whole, so nothing is lost between two seconds.
 *
 * A lapse is a value; each function is O(1). */
#ifndef BENNE_BENCH_LAPSE_H
#define BENNE_BENCH_LAPSE_H

#include "solver/model/instance.h"

struct lapse {
    int64_t from_s, until_s; /* departures; none when from_s > until_s */
    int64_t end_s;           /* leaving at from_s */
};

static inline struct lapse lapse_begin(int64_t from_s, int64_t until_s)
{
    return (struct lapse){from_s, until_s, from_s};
}

static inline bool lapse_possible(struct lapse lapse)
{
    return lapse.from_s <= lapse.until_s;
}

/* From leaving to being done, the same for each departure. */
static inline int64_t lapse_span_s(struct lapse lapse)
{
    return lapse.end_s - lapse.from_s;
}

static inline struct lapse lapse_spend(struct lapse lapse, int64_t seconds)
{
    lapse.end_s += seconds;
    return lapse;
}

/* Only departures at or after that time. */
static inline struct lapse lapse_leave_after(struct lapse lapse, int64_t time_s)
{
    if (lapse.from_s >= time_s) return lapse;
    lapse.end_s += time_s - lapse.from_s;
    lapse.from_s = time_s;
    return lapse;
}

/* Only departures with which it is done by then. */
static inline struct lapse lapse_by(struct lapse lapse, int64_t time_s)
{
    const int64_t last_s = time_s - lapse_span_s(lapse);
    if (lapse.until_s > last_s) lapse.until_s = last_s;
    return lapse;
}

/* Waits until then; of the departures that have to wait, the last. */
static inline struct lapse lapse_await(struct lapse lapse, int64_t time_s)
{
    if (!lapse_possible(lapse) || lapse.end_s >= time_s) return lapse;
    const int64_t last_s = time_s - lapse_span_s(lapse);
    lapse.from_s = last_s < lapse.until_s ? last_s : lapse.until_s;
    lapse.end_s = time_s;
    return lapse;
}

/* Drives `leg_s` seconds with the break in the gap: called at an end e, it begins at b = max(e, opening), by
 * the closing and by d + break_after_s; the truck is there at max(e + leg, b) + break_s. */
static inline struct lapse lapse_pause(struct lapse lapse, int64_t leg_s, const struct vehicle *vehicle)
{
    const struct time_window window = vehicle->break_window;
    lapse =
        lapse_leave_after(lapse_by(lapse, window.close_s), window.open_s - (int64_t)vehicle->break_after_s);
    if (lapse_span_s(lapse) > vehicle->break_after_s) lapse.until_s = lapse.from_s - 1;
    return lapse_spend(lapse_await(lapse_spend(lapse, leg_s), window.open_s), vehicle->break_s);
}

/* Has `a`, for each departure of b, one at or after it that is done as early? */
static inline bool lapse_covers(struct lapse a, struct lapse b)
{
    return a.end_s <= b.end_s && lapse_span_s(a) <= lapse_span_s(b) && a.until_s >= b.until_s;
}

#endif
