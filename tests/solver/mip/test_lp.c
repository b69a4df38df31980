/* A program that stays: by hand, and after random additions the same optimum as a program built afresh. */
#include "tests/support/test.h"

#include "solver/base/rng.h"
#include "solver/mip/lp.h"
#include "solver/mip/solve.h"

#include <math.h>

struct fixture {
    struct arena arena;
    struct lp *lp;
};

static void begin(struct fixture *f)
{
    arena_init(&f->arena);
    assert_int_equal(lp_open(&f->arena, &f->lp, NULL), ERROR_NONE);
}

static void end(struct fixture *f)
{
    lp_close(f->lp);
    arena_free(&f->arena);
}

static lp_answer solve(struct fixture *f, lp_method method)
{
    lp_answer answer;
    assert_int_equal(lp_solve(f->lp, method, 0, &answer, NULL), ERROR_NONE);
    return answer;
}

static void assert_near(double found, double expected)
{
    if (fabs(found - expected) > 1e-7) fail_msg("%.9g in place of %.9g", found, expected);
}

/* Two rolls of width 10 from pieces of 3 and 4: Gilmore and Gomory's way, by hand. */
static void columns_and_rows_are_added(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    assert_int_equal(lp_add_row(f.lp, 6, INFINITY, NULL, 0, NULL), ERROR_NONE);
    assert_int_equal(lp_add_row(f.lp, 4, INFINITY, NULL, 0, NULL), ERROR_NONE);
    assert_int_equal(solve(&f, LP_PRIMAL), LP_INFEASIBLE);
    const struct lp_entry threes[] = {{0, 3}, {1, 0}}, fours[] = {{1, 2}}, mixed[] = {{0, 2}, {1, 1}};
    assert_int_equal(lp_add_column(f.lp, 0, INFINITY, 1, threes, 2, NULL), ERROR_NONE);
    assert_int_equal(lp_add_column(f.lp, 0, INFINITY, 1, fours, 1, NULL), ERROR_NONE);
    assert_int_equal(solve(&f, LP_PRIMAL), LP_OPTIMAL);
    assert_near(lp_objective(f.lp), 4); /* 2 of threes, 2 of fours */
    assert_near(lp_row_dual(f.lp, 0), 1.0 / 3);
    assert_near(lp_row_dual(f.lp, 1), 1.0 / 2);
    assert_int_equal(lp_add_column(f.lp, 0, INFINITY, 1, mixed, 2, NULL), ERROR_NONE);
    assert_int_equal(solve(&f, LP_PRIMAL), LP_OPTIMAL);
    assert_near(lp_objective(f.lp), 3.5); /* 3 mixed, half of fours */
    assert_near(lp_reduced_cost(f.lp, 0), 1 - 3 * lp_row_dual(f.lp, 0));
    assert_true(lp_is_basic(f.lp, 2));
    const struct lp_entry rolls[] = {{0, 1}, {1, 1}, {2, 1}};
    assert_int_equal(lp_add_row(f.lp, 4, INFINITY, rolls, 3, NULL), ERROR_NONE);
    assert_int_equal(solve(&f, LP_DUAL), LP_OPTIMAL);
    assert_near(lp_objective(f.lp), 4);
    assert_int_equal(lp_bound_row(f.lp, 2, -INFINITY, 3, NULL), ERROR_NONE);
    assert_int_equal(solve(&f, LP_DUAL), LP_INFEASIBLE);
    assert_int_equal(lp_bound_row(f.lp, 2, -INFINITY, INFINITY, NULL), ERROR_NONE);
    assert_int_equal(lp_price_column(f.lp, 2, 2, NULL), ERROR_NONE);
    assert_int_equal(solve(&f, LP_PRIMAL), LP_OPTIMAL);
    assert_near(lp_objective(f.lp), 4);
    const bool marked[] = {true, false, false};
    assert_int_equal(lp_drop_columns(f.lp, 0, marked, NULL), ERROR_NONE);
    assert_int_equal(lp_column_count(f.lp), 2);
    assert_int_equal(lp_row_count(f.lp), 3);
    assert_int_equal(solve(&f, LP_PRIMAL), LP_OPTIMAL);
    assert_near(lp_objective(f.lp), 6.5); /* 3 mixed at 2, half of fours */
    assert_near(lp_value(f.lp, 1), 3);
    end(&f);
}

/* Covering programs grown column by column, against the same data solved once. */
static void grown_programs_have_the_optimum_of_fresh_ones(void **state)
{
    (void)state;
    enum { ROWS = 8, COLUMNS = 40 };
    struct rng rng;
    rng_seed(&rng, 5);
    for (int32_t round = 0; round < 20; round++) {
        struct fixture f;
        struct mip_model model;
        struct lp_entry entries[COLUMNS][ROWS];
        int32_t counts[COLUMNS] = {0};
        double grown = 0;
        begin(&f);
        mip_model_init(&model);
        for (int32_t r = 0; r < ROWS; r++)
            assert_int_equal(lp_add_row(f.lp, 1, INFINITY, NULL, 0, NULL), ERROR_NONE);
        for (int32_t c = 0; c < COLUMNS; c++) {
            const double cost = c < ROWS ? 10 : 1 + rng_below(&rng, 12);
            for (int32_t r = 0; r < ROWS; r++)
                if (c < ROWS ? r == c : rng_below(&rng, 3) == 0)
                    entries[c][counts[c]++] = (struct lp_entry){r, 1};
            assert_int_equal(lp_add_column(f.lp, 0, 1, cost, entries[c], counts[c], NULL), ERROR_NONE);
            const struct mip_column column = {.upper = 1, .cost = cost};
            assert_int_equal(mip_model_add_column(&model, column, NULL), ERROR_NONE);
            if (c + 1 < ROWS) continue;
            assert_int_equal(solve(&f, LP_PRIMAL), LP_OPTIMAL);
            grown = lp_objective(f.lp);
        }
        lp_close(f.lp);
        f.lp = NULL;
        for (int32_t r = 0; r < ROWS; r++) {
            assert_int_equal(mip_model_add_row(&model, 1, INFINITY, NULL), ERROR_NONE);
            for (int32_t c = 0; c < COLUMNS; c++)
                for (int32_t e = 0; e < counts[c]; e++)
                    if (entries[c][e].at == r)
                        assert_int_equal(mip_model_add_entry(&model, c, 1, NULL), ERROR_NONE);
        }
        const struct mip_options options = mip_options_default();
        struct mip_solution solution;
        assert_int_equal(mip_solve(&model, &options, &f.arena, &solution, NULL), ERROR_NONE);
        assert_near(grown, solution.objective);
        mip_model_free(&model);
        end(&f);
    }
}

static void one_program_a_thread(void **state)
{
    (void)state;
    struct fixture f;
    struct lp *second;
    struct error error = {0};
    begin(&f);
    assert_int_equal(lp_open(&f.arena, &second, &error), ERROR_INTERNAL);
    assert_string_equal(error.message, "the linear solver failed: GLPK cannot start here");
    lp_close(second);
    assert_int_equal(lp_add_row(f.lp, 0, 1, NULL, 0, NULL), ERROR_NONE); /* the first is unharmed */
    assert_int_equal(solve(&f, LP_PRIMAL), LP_OPTIMAL);
    end(&f);
}

/* GLPK aborts on a column named twice: the program is dead, the process is not. */
static void an_abort_kills_the_program_alone(void **state)
{
    (void)state;
    struct fixture f;
    struct error error = {0};
    lp_answer answer;
    begin(&f);
    assert_int_equal(lp_add_row(f.lp, 0, 1, NULL, 0, NULL), ERROR_NONE);
    const struct lp_entry twice[] = {{0, 1}, {0, 2}};
    assert_int_equal(lp_add_column(f.lp, 0, 1, 1, twice, 2, &error), ERROR_INTERNAL);
    assert_int_equal(lp_solve(f.lp, LP_PRIMAL, 0, &answer, &error), ERROR_INTERNAL);
    end(&f);
    begin(&f); /* and another can be opened */
    end(&f);
}

static void exhausted_memory_is_an_error(void **state)
{
    (void)state;
    for (int64_t refused = 1;; refused++) {
        struct arena arena;
        struct lp *lp;
        const struct lp_entry entry = {0, 1};
        arena_init(&arena);
        arena_fail_after(refused);
        error_code rc = lp_open(&arena, &lp, NULL);
        if (rc == ERROR_NONE) rc = lp_add_row(lp, 0, 1, NULL, 0, NULL);
        if (rc == ERROR_NONE) rc = lp_add_column(lp, 0, 1, 1, &entry, 1, NULL);
        arena_fail_after(0);
        lp_close(lp);
        arena_free(&arena);
        if (rc == ERROR_NONE) {
            assert_true(refused > 2);
            return;
        }
        assert_int_equal(rc, ERROR_MEMORY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_and_rows_are_added),
        cmocka_unit_test(grown_programs_have_the_optimum_of_fresh_ones),
        cmocka_unit_test(one_program_a_thread),
        cmocka_unit_test(an_abort_kills_the_program_alone),
        cmocka_unit_test(exhausted_memory_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
