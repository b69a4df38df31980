/* Moves: how one or two routes can be joined anew at a stop.
 *
 * A move lays a leg between stop u and a near stop v. It is looked at from u in one of two directions:
 * "ahead" is the way the truck drives or, `back`, the other way; "before" and "behind" are meant in that
 * direction.
 *
 *   EXCHANGE  the piece that begins at u and goes ahead (a stops) comes to lie beside v, and the piece beside
 * v (b stops, 0 to 3) where the first one was, perhaps turned round. Beside v is behind v or, `facing`,
 *             before v: the piece of u is then turned round
 *   TAILS     what follows v, and u with what follows it, are exchanged between their routes
 *   ENDS      of two routes, what lies before u and before v is joined, and what begins at u and at v
 *   REVERSAL  the same within one route: what lies between is driven the other way
 *   NEW_STOP  an idle vehicle v takes u over
 *   NEW_TAIL  an idle vehicle v takes over u and all that follows, the way the truck drives
 *
 * A move becomes one splice or two, which carry it out and, in general, price it. Only what the legs that
 * change, and the overload, leave promising is priced so: in a `plain` problem these two are the whole price.
 * Where it counts who serves which stop, or how work is spread, what the piece at u could gain thereby is
 * promised to every move of it.
 * Complexity of move_find: O(reach × pieces²) at worst; a leg as long as the one it replaces ends the search
 * among the neighbours of u, after a few.
 */
#ifndef BENNE_ROUTING_MOVE_H
#define BENNE_ROUTING_MOVE_H

#include "solver/routing/splice.h"

typedef enum move_kind {
    MOVE_NONE,
    MOVE_EXCHANGE,
    MOVE_TAILS,
    MOVE_ENDS,
    MOVE_REVERSAL,
    MOVE_NEW_STOP,
    MOVE_NEW_TAIL
} move_kind;

struct move {
    move_kind kind;
    bool back, facing, turned;
    int32_t u, v; /* stops; v a vehicle where one is taken on */
    int32_t a, b;
    money delta; /* what the routes cost more, overload priced: negative */
};

/* Stops in a piece. Two or three made no difference on ten X instances (0.49 and 0.50 %, 5 s, one seed). */
enum { PIECE_MAX = 3 };

struct mover {
    struct solution *solution;
    const struct problem *problem;
    bool plain;           /* legs and overload are the whole price of a move */
    bool weighed;         /* one compartment, unloaded at home: overload follows from route totals */
    const int32_t *cells; /* of a plain problem: metres by place × place; NULL: none */
    const struct travel_point *points; /* without them, of a plain problem in the plane; NULL: none */
    struct travel_rate rounding;
    size_t places;
    money rate_m;
    int32_t *lists[2]; /* visits of the routes being made */
    struct {
        int32_t vehicle, count;
        int32_t *visits;
        money cost;
    } before[2];     /* the routes of the last move as they were */
    int32_t changed; /* their number */
    money apart;     /* and what pairs torn apart cost before it */
};

error_code mover_init(struct mover *mover, struct solution *solution, struct error *error) ERROR_CHECKED;
void mover_free(struct mover *mover);

/* The best move for a stop that is in a route; MOVE_NONE when none gains. */
struct move move_find(struct mover *mover, int32_t u);

/* Splices of a move; 1 or 2. */
int32_t move_splices(const struct solution *solution, const struct move *move, struct splice splices[2]);

/* Makes the move. Lists the visits where legs have changed; their number. */
enum { MOVE_ENDS_MAX = 4 * (RUNS_MAX + 1) };
int32_t move_make(struct mover *mover, const struct move *move, int32_t ends[MOVE_ENDS_MAX]);

/* Are the routes of the last move, as the timetable sees them, within the rules and together cheaper by it?
 * Else they are put back as they were: false. For vehicles that are not intricate the prices have said so. */
bool move_confirm(struct mover *mover);

/* Takes out the calls at sites that have become needless by the last move. */
void move_tidy(struct mover *mover);

#endif
