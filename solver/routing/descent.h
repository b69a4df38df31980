/* Descent: moves that make the routes around some stops cheaper, until none is left.
 *
 * The stops touched by a change wait in a queue; each is taken out at random and the best move of all that
 * join it to one of its nearest neighbours is made, as long as there is one; the stops at the ends of the
 * legs that a move changes wait in turn. What is far from a change is never looked at, so that a descent
 * costs the same in a plan of a hundred stops and of thirty thousand. Moves (move.h): pieces of up to three
 * stops moved to or exchanged with another place, tails of two routes exchanged, heads and tails joined,
 * pieces reversed, a stop or a tail given to an idle vehicle. A leg is only ever laid where it is shorter
 * than one that it replaces (Lin and Kernighan 1973), unless an overload is to be cured.
 *
 * Where loads are left at home alone, routes may be overloaded at the price of solution.soft.
 */
#ifndef BENNE_ROUTING_DESCENT_H
#define BENNE_ROUTING_DESCENT_H

#include "solver/base/rng.h"
#include "solver/routing/move.h"

/* A stop's neighbours as they were: nodes. */
struct neighbours {
    int32_t prev, next;
    int64_t call; /* of descent_touch_changed */
};

struct descent {
    struct mover mover;
    int32_t *queue, count;
    bool *queued;            /* by stop */
    struct neighbours *were; /* by stop */
    int64_t calls;
    int64_t moves;      /* made in all */
    int64_t moves_most; /* no more than so many */
    bool broken;        /* a route is */
};

error_code descent_init(struct descent *descent, struct solution *solution,
                        struct error *error) ERROR_CHECKED;
void descent_free(struct descent *descent);

/* A visit whose surroundings have changed; nothing for visits that are not stops in a route. */
void descent_touch(struct descent *descent, int32_t visit);

/* Every stop that has other neighbours than at the solution's last mark. Where a ruin is rebuilt most stops
 * are put back where they were, and around these there is nothing new to find. O(length of the routes saved).
 */
void descent_touch_changed(struct descent *descent);

/* Empties the queue unseen. */
void descent_forget(struct descent *descent);

/* Empties the queue. Routes that change are saved. False when a route, rid of a needless call at a site,
 * breaks a rule (a triangle that fails). */
bool descent_run(struct descent *descent, struct rng *rng);

/* Cures overload: by moves at almost any price, and where these find no room by leaving out the stops that
 * are least worth. False when it is given up, or a route then breaks a rule (a triangle that fails). */
bool descent_repair(struct descent *descent, struct rng *rng);

#endif
