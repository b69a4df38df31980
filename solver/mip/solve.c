#include "solver/mip/solve.h"

#include "solver/mip/guard.h"

#include <assert.h>
#include <glpk.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* A whole column of a MIP solution may be this far from whole in GLPK (its tol_int is 1e-5). */
static const double WHOLE_TOLERANCE = 1e-5;

/* What GLPK has found, before anything is believed. */
typedef enum outcome {
    OUTCOME_OPTIMAL,
    OUTCOME_LIMIT,
    OUTCOME_INFEASIBLE,
    OUTCOME_UNBOUNDED,
    OUTCOME_FAILED
} outcome;

/* Everything of one call. It lives in the arena, not on the stack: what changes between setjmp and longjmp
 * must keep its value. */
struct session {
    const struct mip_model *model;
    const struct mip_options *options;
    struct mip_solution *solution;
    glp_prob *problem;
    int *row_indices;   /* room for the longest row, from 1 on, as GLPK counts */
    double *row_values; /* the same */
    double *values, *row_duals, *reduced_costs;
    double started_s;
    double tree_bound; /* the best that the tree of a MIP still allows */
    double *start;     /* the solution known, from 1 on; NULL: none */
    bool start_told;   /* to the tree */
    int64_t pivots;    /* of the tries that are over */
    bool plain;        /* the second try: branch and bound alone */
    struct mip_guard guard;
};

static double now_s(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static struct mip_solution nothing_known(void)
{
    return (struct mip_solution){.answer = MIP_NONE, .objective = NAN, .bound = -INFINITY};
}

struct mip_options mip_options_default(void)
{
    return (struct mip_options){0};
}

/* ---- Inside GLPK's environment ------------------------------------------------------------------------ */

/* The milliseconds left, as GLPK wants them; at least 1, since 0 means something else to each routine. */
static int milliseconds_left(const struct session *session)
{
    if (session->options->time_limit_s <= 0) return INT_MAX;
    const double left = 1000 * (session->options->time_limit_s - (now_s() - session->started_s));
    return left < 1 ? 1 : left >= INT_MAX ? INT_MAX : (int)left;
}

/* `problem` is the one that counts at the moment. */
static int64_t pivots_left(const struct session *session, glp_prob *problem)
{
    if (session->options->pivot_limit <= 0) return INT_MAX;
    return session->options->pivot_limit - session->pivots - glp_get_it_cnt(problem);
}

static bool stopped(const struct session *session)
{
    return (session->options->time_limit_s > 0 && milliseconds_left(session) <= 1) ||
           (session->options->cancel != NULL && *session->options->cancel);
}

static int bound_type(double lower, double upper)
{
    if (lower == upper) return GLP_FX;
    if (isinf(lower)) return isinf(upper) ? GLP_FR : GLP_UP;
    return isinf(upper) ? GLP_LO : GLP_DB;
}

static void load_columns(struct session *session)
{
    const struct mip_columns *columns = &session->model->columns;
    if (columns->count == 0) return;
    glp_add_cols(session->problem, (int)columns->count);
    for (int j = 0; j < columns->count; j++) {
        const struct mip_column *column = &columns->items[j];
        const double lower = mip_column_lower(column), upper = mip_column_upper(column);
        glp_set_col_bnds(session->problem, j + 1, bound_type(lower, upper), lower, upper);
        glp_set_obj_coef(session->problem, j + 1, column->cost);
        if (column->integer) glp_set_col_kind(session->problem, j + 1, GLP_IV);
    }
}

static void load_rows(struct session *session)
{
    const struct mip_model *model = session->model;
    if (model->rows.count == 0) return;
    glp_add_rows(session->problem, (int)model->rows.count);
    for (int r = 0; r < model->rows.count; r++) {
        const struct mip_row *row = &model->rows.items[r];
        int length = 0;
        for (int32_t e = row->first_entry; e < mip_row_end(model, r); e++) {
            session->row_indices[++length] = model->entries.items[e].column + 1;
            session->row_values[length] = model->entries.items[e].value;
        }
        glp_set_row_bnds(session->problem, r + 1, bound_type(row->lower, row->upper), row->lower, row->upper);
        glp_set_mat_row(session->problem, r + 1, length, session->row_indices, session->row_values);
    }
}

/* A basis at the solution known: for each row that a single positive column enters, this column in place of
 * the row, once a column. Triangular, so never singular; on a set partitioning it is the solution itself. */
static void begin_at_start(struct session *session)
{
    const struct mip_model *model = session->model;
    glp_std_basis(session->problem);
    for (int j = 1; j <= model->columns.count; j++)
        if (session->start[j] != 0 && session->start[j] == glp_get_col_ub(session->problem, j))
            glp_set_col_stat(session->problem, j, GLP_NU);
    for (int r = 0; r < model->rows.count; r++) {
        int32_t positive = 0, column = 0;
        for (int32_t e = model->rows.items[r].first_entry; e < mip_row_end(model, r); e++) {
            if (session->start[model->entries.items[e].column + 1] == 0) continue;
            positive++;
            column = model->entries.items[e].column + 1;
        }
        if (positive != 1 || glp_get_col_stat(session->problem, column) == GLP_BS) continue;
        glp_set_col_stat(session->problem, column, GLP_BS);
        glp_set_row_stat(session->problem, r + 1, GLP_NS);
    }
}

/* The simplex method; when it fails numerically, once more from the other side. */
static outcome run_simplex(struct session *session)
{
    glp_smcp parameters;
    glp_init_smcp(&parameters);
    parameters.msg_lev = session->options->text ? GLP_MSG_ALL : GLP_MSG_ERR;
    glp_scale_prob(session->problem, GLP_SF_AUTO);
    for (int attempt = 0; attempt < 2; attempt++) {
        if (attempt == 0 && session->start != NULL)
            begin_at_start(session);
        else if (attempt == 0)
            glp_adv_basis(session->problem, 0);
        else
            glp_std_basis(session->problem);
        parameters.meth = attempt == 0 ? GLP_PRIMAL : GLP_DUALP;
        parameters.tm_lim = milliseconds_left(session);
        const int64_t pivots = pivots_left(session, session->problem);
        if (pivots <= 0) return OUTCOME_LIMIT;
        parameters.it_lim = pivots < INT_MAX ? (int)pivots : INT_MAX;
        const int rc = glp_simplex(session->problem, &parameters);
        if (rc == GLP_ETMLIM || rc == GLP_EITLIM) return OUTCOME_LIMIT;
        if (rc != 0) continue;
        switch (glp_get_status(session->problem)) {
        case GLP_OPT:
            return OUTCOME_OPTIMAL;
        case GLP_NOFEAS:
            return OUTCOME_INFEASIBLE;
        case GLP_UNBND:
            return OUTCOME_UNBOUNDED;
        default:
            break;
        }
    }
    return OUTCOME_FAILED;
}

static void watch_tree(glp_tree *tree, void *context)
{
    struct session *session = context;
    if (glp_ios_reason(tree) == GLP_IHEUR && session->start != NULL && !session->start_told) {
        glp_ios_heur_sol(tree, session->start);
        session->start_told = true;
    }
    if (glp_ios_reason(tree) != GLP_IPREPRO) return; /* once a node */
    const int best = glp_ios_best_node(tree);
    if (best != 0) session->tree_bound = fmax(session->tree_bound, glp_ios_node_bound(tree, best));
    if (stopped(session) || pivots_left(session, glp_ios_get_prob(tree)) <= 0) glp_ios_terminate(tree);
}

static outcome run_branch_and_cut(struct session *session)
{
    glp_iocp parameters;
    glp_init_iocp(&parameters);
    parameters.msg_lev = session->options->text ? GLP_MSG_ALL : GLP_MSG_ERR;
    /* With presolving it solves its own root LP, without it the relaxation is solved: no GLP_EROOT. A
     * solution known is in the terms of the whole model, which presolving changes. */
    parameters.presolve = session->start == NULL ? GLP_ON : GLP_OFF;
    /* No cover cuts: GLPK 5.0 aborts on some programs without a knapsack row (test_solve.c has them). */
    parameters.clq_cuts = session->plain ? GLP_OFF : GLP_ON;
    parameters.gmi_cuts = parameters.mir_cuts =
        session->plain || session->options->cuts == MIP_CUTS_CLIQUE ? GLP_OFF : GLP_ON;
    parameters.mip_gap = session->options->relative_gap;
    parameters.tm_lim = milliseconds_left(session);
    parameters.cb_func = watch_tree;
    parameters.cb_info = session;
    const int rc = glp_intopt(session->problem, &parameters);
    switch (rc) {
    case 0:
        break;
    case GLP_ENOPFS:
        return OUTCOME_INFEASIBLE;
    case GLP_ENODFS:
        return OUTCOME_UNBOUNDED;
    case GLP_ETMLIM:
    case GLP_EMIPGAP:
    case GLP_ESTOP:
        return OUTCOME_LIMIT;
    default:
        snprintf(session->guard.fault, sizeof session->guard.fault, "glp_intopt: code %d", rc);
        return OUTCOME_FAILED;
    }
    switch (glp_mip_status(session->problem)) {
    case GLP_OPT:
        return OUTCOME_OPTIMAL;
    case GLP_NOFEAS:
        return OUTCOME_INFEASIBLE;
    default:
        return OUTCOME_LIMIT;
    }
}

/* ---- Nothing believed unseen --------------------------------------------------------------------------- */

/* Into the bounds and to a whole number, where rounding alone keeps the value outside. */
static double settled(const struct mip_column *column, double value)
{
    const double lower = mip_column_lower(column), upper = mip_column_upper(column);
    if (value < lower && lower - value <= MIP_TOLERANCE * fmax(1, fabs(lower))) value = lower;
    if (value > upper && value - upper <= MIP_TOLERANCE * fmax(1, fabs(upper))) value = upper;
    if (column->integer && fabs(value - round(value)) <= WHOLE_TOLERANCE) value = round(value);
    return value;
}

/* Keeps the values when they satisfy the model; false: what GLPK holds is no solution. */
static bool take_values(struct session *session, double (*value_of)(glp_prob *, int))
{
    const struct mip_columns *columns = &session->model->columns;
    for (int j = 0; j < columns->count; j++)
        session->values[j] = settled(&columns->items[j], value_of(session->problem, j + 1));
    if (mip_model_violation(session->model, session->values) > MIP_TOLERANCE) return false;
    session->solution->values = session->values;
    session->solution->objective = mip_model_objective(session->model, session->values);
    return true;
}

/* The lower bound that the dual prices at hand prove, whoever computed them. */
static double proven_bound(struct session *session)
{
    for (int r = 0; r < session->model->rows.count; r++)
        session->row_duals[r] = glp_get_row_dual(session->problem, r + 1);
    return mip_model_dual_bound(session->model, session->row_duals, session->reduced_costs);
}

/* The solution known, where nothing else was found. */
static bool take_start(struct session *session)
{
    if (session->start == NULL) return false;
    memcpy(session->values, session->start + 1, (size_t)session->model->columns.count * sizeof(double));
    session->solution->values = session->values;
    session->solution->objective = mip_model_objective(session->model, session->values);
    return true;
}

static bool meet(double objective, double bound)
{
    return objective - bound <= MIP_TOLERANCE * fmax(1, fabs(objective));
}

static void conclude_lp(struct session *session, outcome seen)
{
    struct mip_solution *solution = session->solution;
    switch (seen) {
    case OUTCOME_OPTIMAL:
        if (!take_values(session, glp_get_col_prim)) {
            mip_guard_fail(&session->guard, "the solution of the linear program does not satisfy it");
            return;
        }
        solution->bound = proven_bound(session);
        solution->row_duals = session->row_duals;
        solution->reduced_costs = session->reduced_costs;
        solution->answer = meet(solution->objective, solution->bound) ? MIP_OPTIMAL : MIP_FEASIBLE;
        return;
    case OUTCOME_LIMIT:
        if (glp_get_prim_stat(session->problem) == GLP_FEAS && take_values(session, glp_get_col_prim))
            solution->answer = MIP_FEASIBLE;
        return;
    case OUTCOME_INFEASIBLE:
        solution->answer = MIP_INFEASIBLE;
        solution->bound = INFINITY;
        return;
    case OUTCOME_UNBOUNDED:
        solution->answer = MIP_UNBOUNDED;
        return;
    case OUTCOME_FAILED:
        mip_guard_fail(&session->guard, "the simplex method failed");
        return;
    }
}

static void conclude_mip(struct session *session, outcome seen)
{
    struct mip_solution *solution = session->solution;
    const int status = glp_mip_status(session->problem);
    bool found = (status == GLP_OPT || status == GLP_FEAS) && take_values(session, glp_mip_col_val);
    switch (seen) {
    case OUTCOME_OPTIMAL:
        if (!found) {
            mip_guard_fail(&session->guard, "the solution of the integer program does not satisfy it");
            return;
        }
        solution->answer = MIP_OPTIMAL;
        solution->bound = solution->objective;
        return;
    case OUTCOME_LIMIT:
        found = found || take_start(session);
        solution->answer = found ? MIP_FEASIBLE : MIP_NONE;
        solution->bound = found ? fmin(session->tree_bound, solution->objective) : session->tree_bound;
        return;
    case OUTCOME_INFEASIBLE:
        solution->answer = MIP_INFEASIBLE;
        solution->bound = INFINITY;
        return;
    case OUTCOME_UNBOUNDED: /* not after a bounded relaxation */
    case OUTCOME_FAILED:
        mip_guard_fail(&session->guard, "the integer program could not be solved");
        return;
    }
}

/* The relaxation of a MIP is unbounded: so is the MIP if it has any solution (its data are rational:
 * Meyer 1974), and without costs that is decided. */
static void conclude_unbounded_mip(struct session *session)
{
    for (int j = 1; j <= session->model->columns.count; j++) glp_set_obj_coef(session->problem, j, 0);
    session->start = NULL; /* its tree has no optimal basis to begin at */
    const outcome seen = run_branch_and_cut(session);
    const int status = glp_mip_status(session->problem);
    struct mip_solution *solution = session->solution;
    if (status == GLP_OPT || status == GLP_FEAS)
        solution->answer = MIP_UNBOUNDED;
    else if (seen == OUTCOME_INFEASIBLE)
        solution->answer = MIP_INFEASIBLE, solution->bound = INFINITY;
    else if (seen != OUTCOME_LIMIT)
        mip_guard_fail(&session->guard, "the integer program could not be solved");
}

static void solve(void *context)
{
    struct session *session = context;
    *session->solution = nothing_known();
    session->problem = glp_create_prob();
    session->start_told = false;
    load_columns(session);
    load_rows(session);
    const outcome relaxation = run_simplex(session);
    if (!mip_model_has_integers(session->model)) {
        conclude_lp(session, relaxation);
    } else if (relaxation == OUTCOME_UNBOUNDED) {
        conclude_unbounded_mip(session);
    } else if (relaxation != OUTCOME_OPTIMAL) {
        conclude_mip(session, relaxation);
    } else {
        session->tree_bound = proven_bound(session);
        const bool whole = take_values(session, glp_get_col_prim); /* often so, and then all is done */
        if (whole && meet(session->solution->objective, session->tree_bound)) {
            session->solution->answer = MIP_OPTIMAL;
            session->solution->bound = session->solution->objective;
        } else {
            *session->solution = nothing_known();
            conclude_mip(session, run_branch_and_cut(session));
        }
    }
    session->pivots += glp_get_it_cnt(session->problem);
}

/* ---- The call ------------------------------------------------------------------------------------------ */

static void solve_guarded(struct session *session)
{
    session->guard =
        (struct mip_guard){.text = session->options->text, .text_context = session->options->text_context};
    if (mip_guard_open(&session->guard, session->options->memory_limit_mb))
        mip_guard_run(&session->guard, solve, session);
    mip_guard_close(&session->guard);
}

static error_code new_session(const struct mip_model *model, const struct mip_options *options,
                              struct mip_solution *solution, struct arena *arena, struct session **session,
                              struct error *error)
{
    error_code rc = ERROR_NONE;
    struct session *s;
    int32_t longest = 0;
    for (int64_t r = 0; r < model->rows.count; r++) {
        const int32_t length = mip_row_end(model, r) - model->rows.items[r].first_entry;
        if (length > longest) longest = length;
    }
    TRY_NEW(arena, s, 1);
    TRY_NEW(arena, s->row_indices, longest + 1);
    TRY_NEW(arena, s->row_values, longest + 1);
    TRY_NEW(arena, s->values, model->columns.count);
    TRY_NEW(arena, s->reduced_costs, model->columns.count);
    TRY_NEW(arena, s->row_duals, model->rows.count);
    if (options->start != NULL && mip_model_violation(model, options->start) <= MIP_TOLERANCE) {
        TRY_NEW(arena, s->start, model->columns.count + 1);
        memcpy(s->start + 1, options->start, (size_t)model->columns.count * sizeof(double));
    }
    s->model = model;
    s->options = options;
    s->solution = solution;
    s->tree_bound = -INFINITY;
    s->started_s = now_s();
    *session = s;
done:
    return rc;
}

error_code mip_solve(const struct mip_model *model, const struct mip_options *options, struct arena *arena,
                     struct mip_solution *solution, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct session *session = NULL;
    *solution = nothing_known();
    TRY(mip_model_validate(model, error));
    TRY(new_session(model, options, solution, arena, &session, error));
    assert(session != NULL);
    if (mip_model_bounds_cross(model)) {
        solution->answer = MIP_INFEASIBLE;
        solution->bound = INFINITY;
        goto done;
    }
    solve_guarded(session);
    if (session->guard.failed && mip_model_has_integers(model) && !mip_guard_starved(&session->guard)) {
        session->plain = true;
        solve_guarded(session);
    }
    solution->pivots = session->pivots;
    solution->seconds = now_s() - session->started_s;
    if (!session->guard.failed) goto done;
    *solution = nothing_known();
    rc = mip_guard_error(&session->guard, error);
done:
    return rc;
}
