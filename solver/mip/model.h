/* A linear or mixed-integer program as data:
 *
 *     minimise    Σ_j cost_j x_j
 *     subject to  lower_i <= Σ_j a_ij x_j <= upper_i     for each row i
 *                 lower_j <=       x_j    <= upper_j     for each column j
 *                 x_j whole                              for each integer column j
 *
 * Always minimise: a gain is a negative cost. A missing bound is -INFINITY or INFINITY; an equation has two
 * equal bounds. Columns and rows are numbered from 0 in the order they were added; the entries of a row
 * follow each other (CSR), each column at most once a row. Keep coefficients within 1e4 of each other: a
 * "big M" beyond costs the solver its precision.
 *
 *     struct mip_model model;
 *     mip_model_init(&model);
 *     TRY(mip_model_add_column(&model, (struct mip_column){.upper = 1, .cost = -3, .integer = true}, error));
 *     TRY(mip_model_add_row(&model, -INFINITY, 4, error));
 *     TRY(mip_model_add_entry(&model, 0, 2.5, error));        into the last row
 *     ...
 *     mip_model_free(&model);
 *
 * Nothing here knows a solver: the functions that judge a solution share no code with the one that found
 * it. Ownership: the model owns its arrays. Complexity: adding is O(1) amortised, judging O(entries).
 */
#ifndef BENNE_MIP_MODEL_H
#define BENNE_MIP_MODEL_H

#include "solver/base/array.h"
#include "solver/base/error.h"

struct mip_column {
    double lower, upper, cost;
    bool integer;
};

struct mip_row {
    double lower, upper;
    int32_t first_entry; /* its entries end where the next row's begin */
};

struct mip_entry {
    int32_t column;
    double value;
};

struct mip_columns {
    struct mip_column *items;
    int64_t count, capacity;
};

struct mip_rows {
    struct mip_row *items;
    int64_t count, capacity;
};

struct mip_entries {
    struct mip_entry *items;
    int64_t count, capacity;
};

struct mip_model {
    struct mip_columns columns;
    struct mip_rows rows;
    struct mip_entries entries;
};

void mip_model_init(struct mip_model *model);
void mip_model_free(struct mip_model *model);

error_code mip_model_add_column(struct mip_model *model, struct mip_column column,
                                struct error *error) ERROR_CHECKED;
error_code mip_model_add_row(struct mip_model *model, double lower, double upper,
                             struct error *error) ERROR_CHECKED;
error_code mip_model_add_entry(struct mip_model *model, int32_t column, double value,
                               struct error *error) ERROR_CHECKED;

/* Are all numbers usable, all columns known, none twice in a row? ERROR_INTERNAL names the first fault.
 * Bounds that cross are no fault: they make the program infeasible. */
error_code mip_model_validate(const struct mip_model *model, struct error *error) ERROR_CHECKED;

bool mip_model_has_integers(const struct mip_model *model);

/* Do the bounds of some row or column leave no value at all? (For an integer column: no whole one.) */
bool mip_model_bounds_cross(const struct mip_model *model);

/* The bounds of a column, those of an integer one drawn in to whole numbers. */
double mip_column_lower(const struct mip_column *column);
double mip_column_upper(const struct mip_column *column);

int32_t mip_row_end(const struct mip_model *model, int64_t row);

double mip_model_objective(const struct mip_model *model, const double *values);

/* The largest violation of a bound or a row by `values`, relative to the size of the terms compared (at
 * least 1), and of wholeness, absolute. 0: feasible exactly. */
double mip_model_violation(const struct mip_model *model, const double *values);

/* The lower bound on the optimum of the LP that row prices y prove by weak duality, whoever computed them:
 *     min over the rows' bounds of y·r + min over the columns' bounds of (c − yᵀA)·x
 * Reduced costs within rounding of 0 are taken as 0; -INFINITY when y proves nothing. Writes the reduced
 * costs c − yᵀA to `reduced_costs` (one a column). */
double mip_model_dual_bound(const struct mip_model *model, const double *row_duals, double *reduced_costs);

#endif
