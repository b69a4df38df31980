/* A linear program that stays: columns and rows are added, bounds moved, and each solve begins at the basis
 * of the one before. For column generation, where a program is solved hundreds of times.
 *
 *     minimise Σ_j cost_j x_j   subject to   lower_i <= Σ_j a_ij x_j <= upper_i,   lower_j <= x_j <= upper_j
 *
 * Rows and columns are numbered from 0 as added; a missing bound is -INFINITY or INFINITY. Whoever needs a
 * proof takes the duals as mere numbers and proves the bound anew (weak duality), as solve.h does: nothing
 * that GLPK says is claimed here.
 *
 * A fault of GLPK's is ERROR_INTERNAL, and then the program is dead: every later call fails alike. While a
 * program is open no other can be opened on its thread, nor mip_solve be called (guard.h: one environment a
 * thread). Ownership: the struct lives in the arena given, GLPK's memory until lp_close.
 */
#ifndef BENNE_MIP_LP_H
#define BENNE_MIP_LP_H

#include "solver/base/arena.h"

#include <stdbool.h>

struct lp;

struct lp_entry {
    int32_t at; /* the row, for a column; the column, for a row */
    double value;
};

typedef enum lp_answer {
    LP_OPTIMAL,
    LP_LIMIT, /* pivots or time are used up; values and duals are of some basis */
    LP_INFEASIBLE,
    LP_UNBOUNDED
} lp_answer;

/* Columns were added: the old basis is still feasible. Rows were added or bounds moved: it is still dual
 * feasible. Any is right in any case, the fitting one is fast. */
typedef enum lp_method { LP_PRIMAL, LP_DUAL } lp_method;

error_code lp_open(struct arena *arena, struct lp **lp, struct error *error) ERROR_CHECKED;
void lp_close(struct lp *lp); /* NULL: nothing */

error_code lp_add_row(struct lp *lp, double lower, double upper, const struct lp_entry *entries,
                      int32_t count, struct error *error) ERROR_CHECKED;
error_code lp_add_column(struct lp *lp, double lower, double upper, double cost,
                         const struct lp_entry *entries, int32_t count, struct error *error) ERROR_CHECKED;
error_code lp_bound_row(struct lp *lp, int32_t row, double lower, double upper,
                        struct error *error) ERROR_CHECKED;

error_code lp_price_column(struct lp *lp, int32_t column, double cost, struct error *error) ERROR_CHECKED;

/* Takes out the columns from `first` on that are marked; those after move up. `marked` is by column. */
error_code lp_drop_columns(struct lp *lp, int32_t first, const bool *marked,
                           struct error *error) ERROR_CHECKED;

/* time_limit_s 0: none. When the method fails numerically the other is tried from scratch. */
error_code lp_solve(struct lp *lp, lp_method method, double time_limit_s, lp_answer *answer,
                    struct error *error) ERROR_CHECKED;

int32_t lp_row_count(const struct lp *lp);
int32_t lp_column_count(const struct lp *lp);

/* Of the last solve. */
double lp_objective(const struct lp *lp);
double lp_value(const struct lp *lp, int32_t column);
double lp_row_dual(const struct lp *lp, int32_t row);
double lp_reduced_cost(const struct lp *lp, int32_t column);
bool lp_is_basic(const struct lp *lp, int32_t column);

#endif
