#include "io/solomon.h"

#include "io/vrplib_file.h"
#include "solver/base/array.h"
#include "solver/base/message.h"

#include <math.h>

/* Rows are counted before the arrays can be made, so they are kept first. */
enum { NUMBER, X, Y, LOAD, READY, DUE, SERVICE, COLUMN_COUNT };

struct customer {
    double values[COLUMN_COUNT];
};

struct solomon_file {
    struct vrplib_file file;
    struct {
        struct customer *items;
        int64_t count, capacity;
    } rows;
};

static const struct {
    double least, most;
    bool whole;
    const char *expected;
} COLUMNS[COLUMN_COUNT] = {
    [NUMBER] = {0, VRPLIB_NODES_MAX, true, N_("a customer number was expected")},
    [X] = {-1e9, 1e9, false, N_("a coordinate was expected")},
    [Y] = {-1e9, 1e9, false, N_("a coordinate was expected")},
    [LOAD] = {0, TIME_MAX, true, N_("a demand was expected: a whole number of 0 or more")},
    [READY] = {0, TIME_MAX, false, N_("a ready time was expected: a number of 0 or more")},
    [DUE] = {0, TIME_MAX, false, N_("a due date was expected: a number of 0 or more")},
    [SERVICE] = {0, TIME_MAX, false, N_("a service time was expected: a number of 0 or more")},
};

static bool read_head(struct solomon_file *solomon);
static bool read_row(struct solomon_file *solomon);
static void fill(struct solomon_file *solomon);

error_code solomon_read(const char *name, const char *text, size_t length, struct arena *arena,
                        struct benchmark *benchmark, struct diagnostics *diagnostics, struct error *error)
{
    error_code rc = ERROR_NONE;
    const int64_t errors_before = diagnostics->errors;
    struct solomon_file solomon = {.file = {.arena = arena, .depot = -1}};
    struct fields *in = &solomon.file.in;
    fields_begin(in, name, text, length, diagnostics);
    if (read_head(&solomon)) {
        while (fields_line(in))
            if (!read_row(&solomon)) break;
        if (solomon.rows.count < 2)
            fields_complain_whole(in, SEVERITY_ERROR, "%s",
                                  _("a depot and at least one customer were expected"));
        else if (!solomon.file.out_of_memory)
            fill(&solomon);
    }
    if (solomon.file.out_of_memory) {
        rc = error_memory(error);
        goto done;
    }
    if (diagnostics->errors > errors_before) {
        rc = error_set(error, ERROR_INPUT, _("%s cannot be read"), name);
        goto done;
    }
    TRY(vrplib_build(&solomon.file, VRPLIB_VRPTW, benchmark, error));
    benchmark->family = &SOLOMON_FAMILY;
done:
    array_free(&solomon.rows);
    return rc;
}

static void complain(struct fields *in, const struct field *field, const char *sentence)
{
    fields_complain(in, field, SEVERITY_ERROR, "%s", sentence);
}

static bool take_whole(struct fields *in, int64_t most, const char *expected, int64_t *value)
{
    struct field field;
    const bool found = fields_next(in, &field);
    if (found && field_whole(&field, value) && *value >= 1 && *value <= most) return true;
    complain(in, found ? &field : NULL, expected);
    return false;
}

/* Goes past the next line that begins with a word, and past the column names under it. */
static bool skip_title(struct fields *in, const char *word, const char *expected)
{
    struct field field;
    if (fields_line(in) && fields_next(in, &field) && field_is(&field, word) && fields_line(in)) return true;
    fields_complain(in, NULL, SEVERITY_ERROR, "%s", expected);
    return false;
}

/* False when what follows cannot be understood: nothing more is then read. */
static bool read_head(struct solomon_file *solomon)
{
    struct vrplib_file *file = &solomon->file;
    struct fields *in = &file->in;
    int64_t vehicles = 1, capacity = 1;
    fields_line(in); /* the name */
    if (!skip_title(in, "VEHICLE", _("VEHICLE was expected, then NUMBER and CAPACITY"))) return false;
    if (!fields_line(in)) {
        complain(in, NULL, _("the number of vehicles was expected: 1 or more"));
        return false;
    }
    if (take_whole(in, 100 * VRPLIB_NODES_MAX, _("the number of vehicles was expected: 1 or more"),
                   &vehicles))
        take_whole(in, TIME_MAX, _("the vehicles' capacity was expected: a whole number of 1 or more"),
                   &capacity);
    file->vehicles = (int32_t)vehicles;
    file->columns[CAPACITY] = (struct vrplib_column){.has_all = true, .all = (double)capacity};
    return skip_title(in, "CUSTOMER", _("CUSTOMER was expected, then the names of its columns"));
}

/* The numbers of a line; what is wrong is told, and the rest of the line left. */
static void take_values(struct solomon_file *solomon, double values[COLUMN_COUNT])
{
    struct fields *in = &solomon->file.in;
    struct field field;
    const int32_t number = (int32_t)solomon->rows.count;
    for (int32_t c = 0; c < COLUMN_COUNT; c++) {
        const bool found = fields_next(in, &field);
        if (!found || !field_number(&field, &values[c]) || values[c] < COLUMNS[c].least ||
            values[c] > COLUMNS[c].most || (COLUMNS[c].whole && values[c] != floor(values[c]))) {
            complain(in, found ? &field : NULL, _(COLUMNS[c].expected));
            return;
        }
        if (c == NUMBER && values[c] != number)
            fields_complain(in, &field, SEVERITY_ERROR,
                            _("customer %d was expected: they are numbered from 0"), (int)number);
        if (c == LOAD && number == 0 && values[c] != 0) complain(in, &field, _("the depot has a demand"));
        if (c == LOAD && values[c] > solomon->file.columns[CAPACITY].all)
            fields_complain(in, &field, SEVERITY_WARNING, "%s",
                            _("this stop has more than a vehicle holds: it cannot be served"));
        if (c == DUE && values[c] < values[READY]) complain(in, &field, _("it closes before it opens"));
    }
    if (fields_next(in, &field)) complain(in, &field, _("the line is too long: nothing more was expected"));
}

/* False when no more rows can be taken. */
static bool read_row(struct solomon_file *solomon)
{
    struct customer row = {{0}};
    if (solomon->rows.count >= VRPLIB_NODES_MAX) {
        fields_complain(&solomon->file.in, NULL, SEVERITY_ERROR, _("more than %d rows"), VRPLIB_NODES_MAX);
        return false;
    }
    take_values(solomon, row.values);
    if (!array_push(&solomon->rows, row)) solomon->file.out_of_memory = true;
    return !solomon->file.out_of_memory;
}

/* The rows as what a VRPLIB file says. */
static void fill(struct solomon_file *solomon)
{
    static const struct {
        vrplib_quantity quantity;
        int32_t column;
    } SAID[] = {{DEMAND, LOAD}, {SERVICE_TIME, SERVICE}, {WINDOW_OPEN, READY}, {WINDOW_CLOSE, DUE}};
    struct vrplib_file *file = &solomon->file;
    const struct field euclidean = {"EUC_2D", sizeof "EUC_2D" - 1};
    vrplib_set_dimension(file, (int32_t)solomon->rows.count);
    for (size_t q = 0; q < sizeof SAID / sizeof *SAID && !file->out_of_memory; q++)
        vrplib_column_begin(file, SAID[q].quantity);
    if (file->out_of_memory) return;
    for (int32_t n = 0; n < file->dimension; n++) {
        const double *values = solomon->rows.items[n].values;
        file->x[n] = values[X];
        file->y[n] = values[Y];
        for (size_t q = 0; q < sizeof SAID / sizeof *SAID; q++)
            file->columns[SAID[q].quantity].rows[n] = values[SAID[q].column];
    }
    file->metric = vrplib_metric(&euclidean);
    file->is_depot[0] = true;
    file->depot_count = 1;
    file->depot = 0;
}

/* ---- The family ---- */

/* The second line that is not blank says VEHICLE, and nothing more. */
static bool recognises(const char *text, size_t length)
{
    struct fields in;
    struct field field;
    fields_begin(&in, "", text, length, NULL); /* nothing will be complained of */
    fields_line(&in);                          /* the name */
    return fields_line(&in) && fields_next(&in, &field) && field_is(&field, "VEHICLE") &&
           !fields_next(&in, &field);
}

const struct benchmark_family SOLOMON_FAMILY = {.name = "solomon",
                                                .recognises = recognises,
                                                .read = solomon_read,
                                                .cost = benchmark_money_cost,
                                                .cost_decimals = 1};
