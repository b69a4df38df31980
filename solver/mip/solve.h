/* Solving a linear or mixed-integer program: the only door to GLPK.
 *
 * The answer is one of five, and only what has been seen to hold outside GLPK is claimed:
 *   - a solution is given only after whole columns were rounded and every bound and row was checked on the
 *     model (model.h), to MIP_TOLERANCE;
 *   - an LP is "optimal" only when the lower bound proved by its dual prices meets the objective to
 *     MIP_TOLERANCE; otherwise it is "feasible", with the bound found;
 *   - that a MIP is optimal, and that a program is infeasible or unbounded, is GLPK's word.
 * When a limit stops the search, the answer is "feasible" with the best bound known, or "none".
 *
 * What GLPK does and this door keeps inside: it prints (here: to a callback, or nowhere), it aborts the
 * process on internal errors (here: ERROR_INTERNAL with its message; ERROR_MEMORY when it ran out), it
 * keeps one environment a thread (made and freed within each call, so that threads may solve side by side
 * and nothing stays behind). Nothing of GLPK outlives the call.
 *
 * The time limit is looked at between pivots and between nodes: expect an overshoot of a third, and more
 * when one cut generation or presolve step is long. The pivot limit is exact for an LP, and looked at between
 * the nodes of a tree. Unless the time limit or `cancel` strikes, the result depends on the model and the
 * other options alone. The text callback runs inside GLPK: it must not call this door.
 *
 * Ownership: the arrays of a solution live in the arena given. Complexity: exponential at worst; the model
 * is copied once, O(entries).
 */
#ifndef BENNE_MIP_SOLVE_H
#define BENNE_MIP_SOLVE_H

#include "solver/base/arena.h"
#include "solver/mip/model.h"

#include <signal.h>

/* Of feasibility and of optimality proofs, relative: ten times GLPK's own default tolerances. */
#define MIP_TOLERANCE 1e-6

typedef enum mip_answer {
    MIP_OPTIMAL,
    MIP_FEASIBLE, /* a solution, not proven optimal */
    MIP_NONE,     /* stopped before any solution was found */
    MIP_INFEASIBLE,
    MIP_UNBOUNDED
} mip_answer;

typedef enum mip_cuts {
    MIP_CUTS_MANY,  /* Gomory's, mixed-integer rounding, cliques */
    MIP_CUTS_CLIQUE /* for set partitioning and packing, where the others cost more than they give */
} mip_cuts;

struct mip_options {
    double time_limit_s;     /* 0: none */
    int64_t pivot_limit;     /* of the simplex method over the whole call; 0: none */
    double relative_gap;     /* a MIP may stop this close to the bound: "feasible"; 0: to the end */
    int32_t memory_limit_mb; /* 0: none */
    mip_cuts cuts;
    const double
        *start; /* by column, a solution known: where the simplex method begins, and what the tree has
                 * to beat (then without presolving); not used when it breaks a rule; NULL: none */
    const volatile sig_atomic_t *cancel;           /* read between nodes; NULL: never */
    void (*text)(const char *line, void *context); /* GLPK's own text; NULL: silent */
    void *text_context;
};

struct mip_solution {
    mip_answer answer;
    double objective;      /* NaN without a solution */
    double bound;          /* no solution costs less; -INFINITY when nothing is known */
    double *values;        /* by column; NULL without a solution */
    double *row_duals;     /* LP only: change of the optimum by a unit more of the row's bound; else NULL */
    double *reduced_costs; /* LP only: cost − Σ row_dual × entry; NULL else */
    double seconds;
    int64_t pivots;
};

/* No limit, no gap, silent. */
struct mip_options mip_options_default(void);

error_code mip_solve(const struct mip_model *model, const struct mip_options *options, struct arena *arena,
                     struct mip_solution *solution, struct error *error) ERROR_CHECKED;

#endif
