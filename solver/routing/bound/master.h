/* The restricted master program: which trips, driven by which kinds.
 *
 * With x_t: trip t is driven; y_i: stop i is left, at price p_i; and for each net k (vehicles of a kind):
 * z_k vehicles set out at fixed cost F_k, h_kg come home from gate g, e_kab drive empty from gate a to b,
 * o_k hours of overtime,
 *
 *     minimise    Σ_t c_t x_t + Σ_i p_i y_i + Σ_k (F_k z_k + Σ_g c_kg h_kg + Σ_ab c_kab e_kab + w_k o_k)
 *     subject to  Σ_t a_it x_t + y_i >= 1                                          stop i        (cover)
 *                 trips and empty drives of k that leave the depot = z_k           net k         (start)
 *                 those that arrive at g = those that leave it + h_kg              net k, site g (flow)
 *                 Σ q_t x_t + Σ q_kg h_kg + Σ q_kab e_kab <= Q_k z_k               net k, limit  (day)
 *                 seconds of k <= from_k z_k + o_k                                 net k         (overtime)
 *                 lower <= vehicles, trips, trips to a site <= upper               numbers       (count)
 *                 Σ_t (times t comes into S) x_t >= ceil(load of S / largest truck), S mandatory (capacity)
 *                 Σ_t floor(half the visits of t to three stops) x_t <= 1                        (subset)
 *                 0 <= z_k <= vehicles of k; all others >= 0
 *
 * Leaving a mandatory stop is no part of any plan, but keeps the program feasible; the stops of a capacity
 * cut that are left count there as a trip each. Covering, not partitioning: nothing is paid for a stop that
 * is not also measured, so the cheapest plan is kept. The counts are whole in every plan: that is what the
 * driver branches on (bound.h).
 *
 * Weak duality gives a bound for any row prices d of the right signs, whoever made them: with r the rows'
 * bounds, and reduced costs priced over all trips,
 *     bound = Σ d r + Σ_columns min(0, reduced cost) × most of the column − what trips may still gain
 *
 * Ownership: arrays in the arena but for the trips and the linear program, freed by master_free.
 */
#ifndef BENNE_ROUTING_BOUND_MASTER_H
#define BENNE_ROUTING_BOUND_MASTER_H

#include "solver/mip/lp.h"
#include "solver/routing/bound/trips.h"

enum { CAPACITY_CUTS_MAX = 150, ROWS_SPARE = CAPACITY_CUTS_MAX + SUBSET_CUTS_MAX };

typedef enum count_kind { COUNT_VEHICLES, COUNT_TRIPS, COUNT_ARRIVALS } count_kind;

/* A number that is whole in every plan. */
struct count {
    count_kind kind;
    int32_t net;  /* -1: all of them */
    int32_t gate; /* of arrivals */
};

struct capacity_cut {
    struct stop_set set;
    int32_t trips; /* at least */
};

/* Columns other than trips. */
struct still_column {
    double cost, most; /* most: no cheapest plan has more of it; 0: not a part of any plan (artificial) */
    int32_t first_entry, entry_count;
};

struct still_columns {
    struct still_column *items;
    int64_t count, capacity;
};

struct still_entries {
    struct lp_entry *items;
    int64_t count, capacity;
};

struct net_rows {
    int32_t start, flow;                    /* flow: of gate 1; the next gates' follow */
    int32_t limit[TRIP_MEASURES], overtime; /* -1: none */
};

struct master {
    const struct relaxation *relax;
    struct arena *arena;
    struct lp *lp;
    struct net_rows *net_rows;
    struct count *counts;
    int32_t count_count, first_count_row;
    double *row_lower, *row_upper; /* of every row */
    struct still_columns still;
    struct still_entries still_entries;
    struct trips trips;
    struct capacity_cut capacity_cuts[CAPACITY_CUTS_MAX];
    int32_t capacity_rows[CAPACITY_CUTS_MAX], capacity_count;
    struct subset_cut subset_cuts[SUBSET_CUTS_MAX];
    int32_t subset_rows[SUBSET_CUTS_MAX], subset_count;
    struct lp_entry *scratch; /* the last column */
    int32_t scratch_count;
    int32_t row_capacity;
};

error_code master_init(struct master *master, const struct relaxation *relax, struct arena *arena,
                       struct error *error) ERROR_CHECKED;
void master_free(struct master *master);

static inline int32_t master_rows(const struct master *master)
{
    return lp_row_count(master->lp);
}

error_code master_add_trip(struct master *master, int32_t net, int32_t start, const int32_t *stops,
                           int32_t count, int32_t end, struct error *error) ERROR_CHECKED;
error_code master_add_capacity_cut(struct master *master, struct capacity_cut cut,
                                   struct error *error) ERROR_CHECKED;
error_code master_add_subset_cut(struct master *master, struct subset_cut cut,
                                 struct error *error) ERROR_CHECKED;
error_code master_bound_count(struct master *master, int32_t count, double lower, double upper,
                              struct error *error) ERROR_CHECKED;
error_code master_drop_trips(struct master *master, const bool *marked, struct error *error) ERROR_CHECKED;

/* Leaving a mandatory stop is no part of any plan, but at a price it keeps the program feasible, and duals
 * small as long as the price is. Raises it where the last solution leaves such a stop; *raised: where it did,
 * and the solution was not one of the relaxation. */
error_code master_raise_leaving(struct master *master, bool *raised, struct error *error) ERROR_CHECKED;

/* Of the last solve. */
double master_trip_value(const struct master *master, int32_t trip);
double master_count_value(const struct master *master, int32_t count);

/* The row prices of the last solve, each with the sign that its bounds ask for. */
void master_duals(const struct master *master, double *duals);

/* Gives row prices of other bounds the signs that these ask for, where need be by dropping them. */
void master_sign_duals(const struct master *master, double *duals);

/* What they make of net k. `entering`, `penalty` of the tolls have room for nodes × stops and every cut. */
void master_tolls(const struct master *master, const double *duals, int32_t k, struct tolls *tolls,
                  double *entering, double *penalty);

/* Of the trip added last, by its column: what pricing must have said. */
double master_last_reduced_cost(const struct master *master, const double *duals);

/* The bound, but for what trips may still gain. */
double master_bound(const struct master *master, const double *duals);

#endif
