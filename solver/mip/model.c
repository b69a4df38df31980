#include "solver/mip/model.h"

#include <math.h>
#include <string.h>

/* How far from a whole number a bound of an integer column may be and still mean it. */
static const double WHOLE_TOLERANCE = 1e-9;

/* A price this small, relative to the largest cost, is rounding where a bound is missing: ten times the
 * dual tolerance of GLPK, which holds for the scaled program. */
static const double PRICE_NOISE = 1e-6;

void mip_model_init(struct mip_model *model)
{
    *model = (struct mip_model){0};
}

void mip_model_free(struct mip_model *model)
{
    array_free(&model->columns);
    array_free(&model->rows);
    array_free(&model->entries);
}

error_code mip_model_add_column(struct mip_model *model, struct mip_column column, struct error *error)
{
    return array_push(&model->columns, column) ? ERROR_NONE : error_memory(error);
}

error_code mip_model_add_row(struct mip_model *model, double lower, double upper, struct error *error)
{
    const struct mip_row row = {lower, upper, (int32_t)model->entries.count};
    return array_push(&model->rows, row) ? ERROR_NONE : error_memory(error);
}

error_code mip_model_add_entry(struct mip_model *model, int32_t column, double value, struct error *error)
{
    const struct mip_entry entry = {column, value};
    return array_push(&model->entries, entry) ? ERROR_NONE : error_memory(error);
}

int32_t mip_row_end(const struct mip_model *model, int64_t row)
{
    return row + 1 < model->rows.count ? model->rows.items[row + 1].first_entry
                                       : (int32_t)model->entries.count;
}

static bool bounds_usable(double lower, double upper)
{
    return !isnan(lower) && !isnan(upper) && lower < INFINITY && upper > -INFINITY;
}

/* `seen` holds, for each column, the last row + 1 in which it was met. */
static error_code validate_row(const struct mip_model *model, int32_t r, int32_t *seen, struct error *error)
{
    const struct mip_row *row = &model->rows.items[r];
    if (!bounds_usable(row->lower, row->upper))
        return error_set(error, ERROR_INTERNAL, "linear program: bounds of row %d", r);
    for (int32_t e = row->first_entry; e < mip_row_end(model, r); e++) {
        const struct mip_entry *entry = &model->entries.items[e];
        if (entry->column < 0 || entry->column >= model->columns.count || !isfinite(entry->value))
            return error_set(error, ERROR_INTERNAL, "linear program: entry %d of row %d",
                             e - row->first_entry, r);
        if (seen[entry->column] == r + 1)
            return error_set(error, ERROR_INTERNAL, "linear program: column %d twice in row %d",
                             entry->column, r);
        seen[entry->column] = r + 1;
    }
    return ERROR_NONE;
}

error_code mip_model_validate(const struct mip_model *model, struct error *error)
{
    error_code rc = ERROR_NONE;
    int32_t *seen = NULL;
    /* GLPK numbers rows, columns and entries in `int`, from 1. */
    if (model->columns.count >= INT32_MAX || model->rows.count >= INT32_MAX ||
        model->entries.count >= INT32_MAX)
        return error_set(error, ERROR_INTERNAL, "linear program: too large");
    if (model->entries.count > 0 && (model->rows.count == 0 || model->rows.items[0].first_entry > 0))
        return error_set(error, ERROR_INTERNAL, "linear program: an entry before the first row");
    for (int32_t j = 0; j < model->columns.count; j++) {
        const struct mip_column *column = &model->columns.items[j];
        if (!bounds_usable(column->lower, column->upper) || !isfinite(column->cost))
            return error_set(error, ERROR_INTERNAL, "linear program: bounds or cost of column %d", j);
    }
    seen = calloc((size_t)model->columns.count + 1, sizeof *seen);
    if (seen == NULL) return error_memory(error);
    for (int32_t r = 0; r < model->rows.count; r++) TRY(validate_row(model, r, seen, error));
done:
    free(seen);
    return rc;
}

bool mip_model_has_integers(const struct mip_model *model)
{
    for (int64_t j = 0; j < model->columns.count; j++)
        if (model->columns.items[j].integer) return true;
    return false;
}

double mip_column_lower(const struct mip_column *column)
{
    return column->integer ? ceil(column->lower - WHOLE_TOLERANCE) : column->lower;
}

double mip_column_upper(const struct mip_column *column)
{
    return column->integer ? floor(column->upper + WHOLE_TOLERANCE) : column->upper;
}

bool mip_model_bounds_cross(const struct mip_model *model)
{
    for (int64_t j = 0; j < model->columns.count; j++)
        if (mip_column_lower(&model->columns.items[j]) > mip_column_upper(&model->columns.items[j]))
            return true;
    for (int64_t r = 0; r < model->rows.count; r++)
        if (model->rows.items[r].lower > model->rows.items[r].upper) return true;
    return false;
}

double mip_model_objective(const struct mip_model *model, const double *values)
{
    double sum = 0;
    for (int64_t j = 0; j < model->columns.count; j++) sum += model->columns.items[j].cost * values[j];
    return sum;
}

/* How far `value` lies outside its bounds, relative to `scale` and to the bound itself. */
static double outside(double value, double lower, double upper, double scale)
{
    if (value < lower) return (lower - value) / fmax(scale, fabs(lower));
    if (value > upper) return (value - upper) / fmax(scale, fabs(upper));
    return isnan(value) ? INFINITY : 0;
}

double mip_model_violation(const struct mip_model *model, const double *values)
{
    double worst = 0;
    for (int64_t j = 0; j < model->columns.count; j++) {
        const struct mip_column *column = &model->columns.items[j];
        worst = fmax(worst, outside(values[j], mip_column_lower(column), mip_column_upper(column), 1));
        if (column->integer) worst = fmax(worst, fabs(values[j] - round(values[j])));
    }
    for (int64_t r = 0; r < model->rows.count; r++) {
        const struct mip_row *row = &model->rows.items[r];
        double activity = 0, scale = 1;
        for (int32_t e = row->first_entry; e < mip_row_end(model, r); e++) {
            const double term = model->entries.items[e].value * values[model->entries.items[e].column];
            activity += term;
            scale = fmax(scale, fabs(term));
        }
        worst = fmax(worst, outside(activity, row->lower, row->upper, scale));
    }
    return worst;
}

/* The bound at which price × x is least over lower <= x <= upper. */
static double cheapest_bound(double price, double lower, double upper)
{
    return price > 0 ? lower : upper;
}

/* The price, or 0 when it is noise that would meet a missing bound. */
static double without_noise(double price, double lower, double upper, double noise)
{
    return fabs(price) <= noise && isinf(cheapest_bound(price, lower, upper)) ? 0 : price;
}

static double least(double price, double lower, double upper)
{
    return price == 0 ? 0 : price * cheapest_bound(price, lower, upper);
}

double mip_model_dual_bound(const struct mip_model *model, const double *row_duals, double *reduced_costs)
{
    double bound = 0, largest_cost = 1;
    for (int64_t j = 0; j < model->columns.count; j++) {
        reduced_costs[j] = model->columns.items[j].cost;
        largest_cost = fmax(largest_cost, fabs(reduced_costs[j]));
    }
    const double noise = PRICE_NOISE * largest_cost;
    for (int64_t r = 0; r < model->rows.count; r++) {
        const struct mip_row *row = &model->rows.items[r];
        const double price = without_noise(row_duals[r], row->lower, row->upper, noise);
        bound += least(price, row->lower, row->upper);
        for (int32_t e = row->first_entry; e < mip_row_end(model, r); e++)
            reduced_costs[model->entries.items[e].column] -= price * model->entries.items[e].value;
    }
    for (int64_t j = 0; j < model->columns.count; j++) {
        const struct mip_column *column = &model->columns.items[j];
        const double lower = mip_column_lower(column), upper = mip_column_upper(column);
        bound += least(without_noise(reduced_costs[j], lower, upper, noise), lower, upper);
    }
    return isnan(bound) ? -INFINITY : bound;
}
