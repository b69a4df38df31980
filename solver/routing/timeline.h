/* How far a truck may be on its route, for every departure worth having: a few lines.
 *
 * Between a departure d and the end e of an activity lie driving, service and waiting. Of the departures that
 * end alike the last is best: work is shorter, a break may begin later, and where the break's window makes it
 * due, it does so for the earlier departures too. What is left, for a choice of windows and of the break's
 * gap, is a line: leaving at from_s + x the truck is done at end_s + x, up to until_s. (It waits nowhere, or
 * from_s = until_s.) Work never shrinks on the way, so a line whose span is too long is dropped at once.
 *
 * Line a covers line b when it has, for each departure of b, one at or after it that is done as early:
 * whatever follows b may follow a, with no more work. A timeline keeps lines that no other covers. With one
 * window a node and no break there is one; each further window and each gap may add some, and beyond
 * TIMELINE_MAX the newcomer is left out: then a better timetable may be missed. O(lines) a step. */
#ifndef BENNE_ROUTING_TIMELINE_H
#define BENNE_ROUTING_TIMELINE_H

#include "solver/model/instance.h"

struct line {
    int64_t from_s, until_s; /* departures; none when from_s > until_s */
    int64_t end_s;           /* leaving at from_s */
    int32_t gap;             /* of the break; -1: not taken */
};

/* Never more than 8 in 2,000 tiny instances of the whole model, nor in the example city. */
enum { TIMELINE_MAX = 12 };

struct timeline {
    struct line lines[TIMELINE_MAX];
    int32_t count;
};

static inline bool line_possible(struct line line)
{
    return line.from_s <= line.until_s;
}

/* From leaving to being done, the same for each departure. */
static inline int64_t line_span_s(struct line line)
{
    return line.end_s - line.from_s;
}

static inline struct line line_spend(struct line line, int64_t seconds)
{
    line.end_s += seconds;
    return line;
}

/* Only departures at or after that time. */
static inline struct line line_leave_after(struct line line, int64_t time_s)
{
    if (line.from_s >= time_s) return line;
    line.end_s += time_s - line.from_s;
    line.from_s = time_s;
    return line;
}

/* Only departures with which it is done by then. */
static inline struct line line_by(struct line line, int64_t time_s)
{
    const int64_t last_s = time_s - line_span_s(line);
    if (line.until_s > last_s) line.until_s = last_s;
    return line;
}

/* Waits until then; of the departures that have to wait, the last. */
static inline struct line line_await(struct line line, int64_t time_s)
{
    if (line.end_s >= time_s) return line;
    const int64_t last_s = time_s - line_span_s(line);
    line.from_s = last_s < line.until_s ? last_s : line.until_s;
    line.end_s = time_s;
    return line;
}

/* A leg with the break in the gap: it begins at b = max(end, opening), by the closing and at most
 * break_after_s after leaving; the truck is there at max(end + leg, b) + break_s. */
static inline struct line line_pause(struct line line, int64_t leg_s, const struct vehicle *vehicle,
                                     int32_t gap)
{
    const struct time_window window = vehicle->break_window;
    line = line_leave_after(line_by(line, window.close_s), window.open_s - (int64_t)vehicle->break_after_s);
    if (line_span_s(line) > vehicle->break_after_s) line.until_s = line.from_s - 1;
    if (!line_possible(line)) return line;
    line.gap = gap;
    return line_spend(line_await(line_spend(line, leg_s), window.open_s), vehicle->break_s);
}

static inline bool line_covers(const struct line *a, const struct line *b)
{
    return a->end_s <= b->end_s && a->until_s >= b->until_s && a->end_s - a->from_s <= b->end_s - b->from_s;
}

static inline void timeline_add(struct timeline *timeline, struct line line)
{
    int32_t kept = 0;
    for (int32_t k = 0; k < timeline->count; k++)
        if (line_covers(&timeline->lines[k], &line)) return;
    for (int32_t k = 0; k < timeline->count; k++)
        if (!line_covers(&line, &timeline->lines[k])) timeline->lines[kept++] = timeline->lines[k];
    timeline->count = kept;
    if (kept < TIMELINE_MAX) timeline->lines[timeline->count++] = line;
}

#endif
