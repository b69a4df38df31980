/* A what-if: one or two routes put together from pieces of present ones.
 *
 * A move says only which pieces follow each other; measuring and carrying out are here, once for all moves.
 * splice_estimate adds the pieces up in O(1) each (loads by trip, metres, driving time, clock by windows) and
 * gives a cost without unloading fees and new waiting: what does not improve there could only improve by its
 * fees or by the time that unloading takes, and is not looked at further. candidate_commit writes the routes
 * out, places the unloadings anew, takes the exact timetable, and changes the solution only if the true cost
 * falls.
 */
#ifndef BENNE_ROUTING_SPLICE_H
#define BENNE_ROUTING_SPLICE_H

#include "solver/routing/solution.h"
#include "solver/routing/unload.h"

#define IMPOSSIBLE INT64_MAX

enum { PIECE_MAX = 6 };

/* Positions first … last of a vehicle's route, or the same driven backwards; empty when first > last. */
struct piece {
    int32_t vehicle, first, last;
    bool reversed;
};

/* The new route of a vehicle: its start, the pieces, its end. */
struct splice {
    int32_t vehicle, count;
    struct piece pieces[PIECE_MAX];
};

struct candidate {
    struct splice routes[2];
    int32_t count;
    money gain; /* estimated: old − new, positive when it pays */
};

/* Everything that trying routes out needs: solution, unloader and buffers of one thread. */
struct workshop {
    const struct problem *problem;
    struct solution *solution;
    struct unloader unloader;
    int32_t *stops;    /* buffers of problem->stop_count + 2 stops */
    int32_t *nodes[2]; /* and of as many with unloadings */
    int64_t *room_kg;  /* by site */
};

error_code workshop_init(struct workshop *workshop, const struct problem *problem, struct solution *solution,
                         struct error *error) ERROR_CHECKED;
void workshop_free(struct workshop *workshop);

/* Estimated cost of the new route, or IMPOSSIBLE. */
money splice_estimate(const struct solution *solution, const struct splice *splice);

/* What the present route costs by the same account. */
money route_estimate(const struct solution *solution, int32_t vehicle);

/* Fills candidate->gain; false when impossible or not improving. */
bool candidate_promising(const struct solution *solution, struct candidate *candidate);

/* Carries it out if it truly improves; *memory false when memory is exhausted. */
bool candidate_commit(struct workshop *workshop, const struct candidate *candidate, bool *memory);

/* The best exact form of a vehicle's route for an order of stops (unloadings are placed by it):
 * nodes written to `nodes`, their number returned, 0 when it cannot be done. Room at the sites is what the
 * other vehicles leave. */
int32_t workshop_form(struct workshop *workshop, int32_t vehicle, const int32_t *stops, int32_t stop_count,
                      int32_t *nodes, struct schedule *schedule);

static inline struct piece piece_of(int32_t vehicle, int32_t first, int32_t last)
{
    return (struct piece){vehicle, first, last, false};
}

#endif
