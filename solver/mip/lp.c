#include "solver/mip/lp.h"

#include "solver/base/array.h"
#include "solver/mip/guard.h"

#include <assert.h>
#include <glpk.h>
#include <limits.h>
#include <math.h>

struct numbers {
    int *items;
    int64_t count, capacity;
};

struct doubles {
    double *items;
    int64_t count, capacity;
};

/* What a guarded call is told, and what it answers: it lives here, not on the stack (guard.h). */
struct lp_call {
    double lower, upper, cost, time_limit_s;
    int32_t row, count; /* row: or the column */
    lp_method method;
    lp_answer answer;
};

struct lp {
    struct mip_guard guard;
    glp_prob *problem;
    struct numbers indices; /* from 1 on, as GLPK counts */
    struct doubles values;
    struct lp_call call;
    int32_t rows, columns;
};

static int bound_type(double lower, double upper)
{
    if (lower == upper) return GLP_FX;
    if (isinf(lower)) return isinf(upper) ? GLP_FR : GLP_UP;
    return isinf(upper) ? GLP_LO : GLP_DB;
}

/* ---- Inside GLPK's environment ------------------------------------------------------------------------- */

static void do_create(void *context)
{
    struct lp *lp = context;
    lp->problem = glp_create_prob();
}

static void do_add_row(void *context)
{
    struct lp *lp = context;
    const struct lp_call *call = &lp->call;
    const int row = glp_add_rows(lp->problem, 1);
    glp_set_row_bnds(lp->problem, row, bound_type(call->lower, call->upper), call->lower, call->upper);
    glp_set_mat_row(lp->problem, row, call->count, lp->indices.items, lp->values.items);
}

static void do_add_column(void *context)
{
    struct lp *lp = context;
    const struct lp_call *call = &lp->call;
    const int column = glp_add_cols(lp->problem, 1);
    glp_set_col_bnds(lp->problem, column, bound_type(call->lower, call->upper), call->lower, call->upper);
    glp_set_obj_coef(lp->problem, column, call->cost);
    glp_set_mat_col(lp->problem, column, call->count, lp->indices.items, lp->values.items);
}

static void do_bound_row(void *context)
{
    struct lp *lp = context;
    const struct lp_call *call = &lp->call;
    glp_set_row_bnds(lp->problem, call->row + 1, bound_type(call->lower, call->upper), call->lower,
                     call->upper);
}

static void do_price_column(void *context)
{
    struct lp *lp = context;
    glp_set_obj_coef(lp->problem, lp->call.row + 1, lp->call.cost);
}

static void do_drop_columns(void *context)
{
    struct lp *lp = context;
    glp_del_cols(lp->problem, lp->call.count, lp->indices.items);
}

static lp_answer answer_of(glp_prob *problem)
{
    switch (glp_get_status(problem)) {
    case GLP_OPT:
        return LP_OPTIMAL;
    case GLP_NOFEAS:
        return LP_INFEASIBLE;
    case GLP_UNBND:
        return LP_UNBOUNDED;
    default:
        return LP_LIMIT;
    }
}

static void do_solve(void *context)
{
    struct lp *lp = context;
    glp_smcp parameters;
    glp_init_smcp(&parameters);
    parameters.msg_lev = GLP_MSG_OFF;
    if (lp->call.time_limit_s > 0) {
        const double most = 1000 * lp->call.time_limit_s;
        parameters.tm_lim = most < 1 ? 1 : most < INT_MAX ? (int)most : INT_MAX;
    }
    for (int attempt = 0; attempt < 3; attempt++) {
        if (attempt > 0) glp_std_basis(lp->problem);
        parameters.meth = (lp->call.method == LP_DUAL) != (attempt == 1) ? GLP_DUALP : GLP_PRIMAL;
        const int rc = glp_simplex(lp->problem, &parameters);
        lp->call.answer = LP_LIMIT;
        if (rc == GLP_ETMLIM || rc == GLP_EITLIM) return;
        if (rc == 0) lp->call.answer = answer_of(lp->problem);
        if (lp->call.answer != LP_LIMIT) return;
    }
    mip_guard_fail(&lp->guard, "the simplex method failed");
}

/* ---- The calls ----------------------------------------------------------------------------------------- */

static error_code guarded(struct lp *lp, void (*work)(void *context), struct error *error)
{
    return mip_guard_run(&lp->guard, work, lp) ? ERROR_NONE : mip_guard_error(&lp->guard, error);
}

/* Zeros are left out: GLPK wants none. */
static error_code take_entries(struct lp *lp, const struct lp_entry *entries, int32_t count,
                               struct error *error)
{
    lp->call.count = 0;
    if (!array_reserve(&lp->indices, count + 1) || !array_reserve(&lp->values, count + 1))
        return error_memory(error);
    for (int32_t e = 0; e < count; e++) {
        if (entries[e].value == 0) continue;
        lp->call.count++;
        lp->indices.items[lp->call.count] = entries[e].at + 1;
        lp->values.items[lp->call.count] = entries[e].value;
    }
    return ERROR_NONE;
}

error_code lp_open(struct arena *arena, struct lp **lp, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct lp *new_lp;
    *lp = NULL;
    TRY_NEW(arena, new_lp, 1);
    *lp = new_lp;
    if (!mip_guard_open(&new_lp->guard, 0)) rc = mip_guard_error(&new_lp->guard, error);
    if (rc == ERROR_NONE) rc = guarded(new_lp, do_create, error);
done:
    return rc;
}

void lp_close(struct lp *lp)
{
    if (lp == NULL) return;
    mip_guard_close(&lp->guard);
    array_free(&lp->indices);
    array_free(&lp->values);
}

error_code lp_add_row(struct lp *lp, double lower, double upper, const struct lp_entry *entries,
                      int32_t count, struct error *error)
{
    error_code rc = ERROR_NONE;
    TRY(take_entries(lp, entries, count, error));
    lp->call.lower = lower;
    lp->call.upper = upper;
    TRY(guarded(lp, do_add_row, error));
    lp->rows++;
done:
    return rc;
}

error_code lp_add_column(struct lp *lp, double lower, double upper, double cost,
                         const struct lp_entry *entries, int32_t count, struct error *error)
{
    error_code rc = ERROR_NONE;
    TRY(take_entries(lp, entries, count, error));
    lp->call.lower = lower;
    lp->call.upper = upper;
    lp->call.cost = cost;
    TRY(guarded(lp, do_add_column, error));
    lp->columns++;
done:
    return rc;
}

error_code lp_bound_row(struct lp *lp, int32_t row, double lower, double upper, struct error *error)
{
    assert(row >= 0 && row < lp->rows);
    lp->call.row = row;
    lp->call.lower = lower;
    lp->call.upper = upper;
    return guarded(lp, do_bound_row, error);
}

error_code lp_price_column(struct lp *lp, int32_t column, double cost, struct error *error)
{
    assert(column >= 0 && column < lp->columns);
    lp->call.row = column;
    lp->call.cost = cost;
    return guarded(lp, do_price_column, error);
}

error_code lp_drop_columns(struct lp *lp, int32_t first, const bool *marked, struct error *error)
{
    error_code rc = ERROR_NONE;
    lp->call.count = 0;
    if (!array_reserve(&lp->indices, lp->columns + 1)) return error_memory(error);
    for (int32_t column = first; column < lp->columns; column++)
        if (marked[column]) lp->indices.items[++lp->call.count] = column + 1;
    if (lp->call.count == 0) return ERROR_NONE;
    TRY(guarded(lp, do_drop_columns, error));
    lp->columns -= lp->call.count;
done:
    return rc;
}

error_code lp_solve(struct lp *lp, lp_method method, double time_limit_s, lp_answer *answer,
                    struct error *error)
{
    lp->call.method = method;
    lp->call.time_limit_s = time_limit_s;
    const error_code rc = guarded(lp, do_solve, error);
    *answer = lp->call.answer;
    return rc;
}

int32_t lp_row_count(const struct lp *lp)
{
    return lp->rows;
}

int32_t lp_column_count(const struct lp *lp)
{
    return lp->columns;
}

double lp_objective(const struct lp *lp)
{
    return glp_get_obj_val(lp->problem);
}

double lp_value(const struct lp *lp, int32_t column)
{
    return glp_get_col_prim(lp->problem, column + 1);
}

double lp_row_dual(const struct lp *lp, int32_t row)
{
    return glp_get_row_dual(lp->problem, row + 1);
}

double lp_reduced_cost(const struct lp *lp, int32_t column)
{
    return glp_get_col_dual(lp->problem, column + 1);
}

bool lp_is_basic(const struct lp *lp, int32_t column)
{
    return glp_get_col_stat(lp->problem, column + 1) == GLP_BS;
}
