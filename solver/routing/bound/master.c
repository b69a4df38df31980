#include "solver/routing/bound/master.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* The first price of leaving a mandatory stop, in mean shares of a plan's cost; and what it is raised by. A
 * stop's dual is about one share, seldom three. */
enum { LEAVING_SHARES = 4, LEAVING_RAISED = 4 };
/* Overtime is counted in hours: numbers of the size of the others. */
static const double HOUR_S = 3600;

/* ---- Rows --------------------------------------------------------------------------------------------- */

static error_code add_row(struct master *master, double lower, double upper, int32_t entries, int32_t *row,
                          struct error *error)
{
    error_code rc = ERROR_NONE;
    *row = master_rows(master);
    assert(*row < master->row_capacity);
    TRY(lp_add_row(master->lp, lower, upper, master->scratch, entries, error));
    master->row_lower[*row] = lower;
    master->row_upper[*row] = upper;
done:
    return rc;
}

/* What one vehicle may add up of a measure, at least 1: a divisor. */
static double limit_of(const struct net *net, int32_t measure)
{
    return fmax(1, net->limit.of[measure]);
}

static error_code add_net_rows(struct master *master, int32_t k, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct net *net = &master->relax->nets[k];
    struct net_rows *rows = &master->net_rows[k];
    int32_t row;
    TRY(add_row(master, 0, 0, 0, &rows->start, error));
    rows->flow = rows->start + 1;
    for (int32_t gate = 1; gate < net->gate_count; gate++) TRY(add_row(master, 0, 0, 0, &row, error));
    for (int32_t q = 0; q < TRIP_MEASURES; q++) {
        rows->limit[q] = -1;
        if (net->limit.of[q] < INFINITY) TRY(add_row(master, -INFINITY, 0, 0, &rows->limit[q], error));
    }
    rows->overtime = -1;
    if (net->overtime_price > 0) TRY(add_row(master, -INFINITY, 0, 0, &rows->overtime, error));
done:
    return rc;
}

static error_code add_counts(struct master *master, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct relaxation *relax = master->relax;
    const int32_t gates = 1 + relax->problem->site_count;
    int32_t row;
    master->first_count_row = master_rows(master);
    for (int32_t net = -1; net < relax->net_count && (net < 0 || relax->net_count > 1); net++) {
        master->counts[master->count_count++] = (struct count){COUNT_VEHICLES, net, 0};
        master->counts[master->count_count++] = (struct count){COUNT_TRIPS, net, 0};
    }
    for (int32_t gate = 1; gate < gates && gates > 2; gate++)
        master->counts[master->count_count++] = (struct count){COUNT_ARRIVALS, -1, gate};
    for (int32_t c = 0; c < master->count_count; c++)
        TRY(add_row(master, -INFINITY, INFINITY, 0, &row, error));
done:
    return rc;
}

/* ---- Columns that stay -------------------------------------------------------------------------------- */

/* Entries are gathered in scratch and then put in at once. */
static int32_t put(struct master *master, int32_t at, int32_t row, double value)
{
    if (row < 0) return at;
    master->scratch[at] = (struct lp_entry){row, value};
    return at + 1;
}

static error_code add_still(struct master *master, double cost, double most, double upper, int32_t entries,
                            struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct still_column column = {cost, most, (int32_t)master->still_entries.count, entries};
    TRY(lp_add_column(master->lp, 0, upper, cost, master->scratch, entries, error));
    if (!array_push(&master->still, column)) return error_memory(error);
    for (int32_t e = 0; e < entries; e++)
        if (!array_push(&master->still_entries, master->scratch[e])) return error_memory(error);
done:
    return rc;
}

/* Entries of what is driven in the rows of the day and of overtime. */
static int32_t put_measures(struct master *master, int32_t at, int32_t k, const struct measures *measures)
{
    const struct net *net = &master->relax->nets[k];
    const struct net_rows *rows = &master->net_rows[k];
    for (int32_t q = 0; q < TRIP_MEASURES; q++)
        if (rows->limit[q] >= 0) at = put(master, at, rows->limit[q], measures->of[q] / limit_of(net, q));
    return put(master, at, rows->overtime, measures->of[TRIP_S] / HOUR_S);
}

/* Leaving gate a, arriving at gate b; b -1: coming home, which only sites' flows count. */
static int32_t put_flow(struct master *master, int32_t at, int32_t k, int32_t a, int32_t b)
{
    const struct net_rows *rows = &master->net_rows[k];
    if (a == b) return at;
    at = put(master, at, a == 0 ? rows->start : rows->flow + a - 1, a == 0 ? 1 : -1);
    return b > 0 ? put(master, at, rows->flow + b - 1, 1) : at;
}

static error_code add_vehicles(struct master *master, int32_t k, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct net *net = &master->relax->nets[k];
    const struct net_rows *rows = &master->net_rows[k];
    int32_t at = put(master, 0, rows->start, -1);
    for (int32_t q = 0; q < TRIP_MEASURES; q++)
        at = put(master, at, rows->limit[q], rows->limit[q] < 0 ? 0 : -net->limit.of[q] / limit_of(net, q));
    at = put(master, at, rows->overtime, -net->overtime_from_s / HOUR_S);
    for (int32_t c = 0; c < master->count_count; c++) {
        const struct count *count = &master->counts[c];
        if (count->kind == COUNT_VEHICLES && (count->net < 0 || count->net == k))
            at = put(master, at, master->first_count_row + c, 1);
    }
    TRY(add_still(master, net->fixed_cost, net->count, net->count, at, error));
    if (rows->overtime >= 0) {
        at = put(master, 0, rows->overtime, -1);
        TRY(add_still(master, net->overtime_price * HOUR_S, net->count * 48.0, INFINITY, at, error));
    }
done:
    return rc;
}

/* Empty drives: gate to gate, and home. A cheapest plan has between two stops at most one to each site. */
static error_code add_empty_drives(struct master *master, int32_t k, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct net *net = &master->relax->nets[k];
    const double most = (double)(master->relax->stop_count + net->count) * net->gate_count;
    for (int32_t a = 0; a < net->gate_count; a++)
        for (int32_t b = 0; b < net->gate_count; b++) {
            if (a == b || net->leg_m[net_cell(net, net_gate(net, a), net_gate(net, b))] == INFINITY) continue;
            const struct measures drive = trip_measures(net, a, NULL, 0, b);
            int32_t at = put_measures(master, 0, k, &drive);
            at = put_flow(master, at, k, a, b > 0 ? b : -1);
            TRY(add_still(master, measures_price(&drive, &net->price), b > 0 ? most : net->count, INFINITY,
                          at, error));
        }
done:
    return rc;
}

static error_code add_still_columns(struct master *master, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct relaxation *relax = master->relax;
    for (int32_t i = 0; i < relax->stop_count; i++) {
        const bool mandatory = relax->problem->instance->stops[i].mandatory;
        const double price =
            mandatory ? BOUND_UNITS * LEAVING_SHARES / relax->stop_count : relax->leaving_price[i];
        TRY(add_still(master, price, mandatory ? 0 : 1, INFINITY, put(master, 0, i, 1), error));
    }
    for (int32_t k = 0; k < relax->net_count; k++) {
        TRY(add_vehicles(master, k, error));
        TRY(add_empty_drives(master, k, error));
    }
    for (int32_t c = 0; c < master->count_count; c++)
        TRY(add_still(master, BOUND_UNITS, 0, INFINITY, put(master, 0, master->first_count_row + c, 1),
                      error));
done:
    return rc;
}

/* ---- Building ----------------------------------------------------------------------------------------- */

error_code master_init(struct master *master, const struct relaxation *relax, struct arena *arena,
                       struct error *error)
{
    error_code rc = ERROR_NONE;
    const int32_t gates = 1 + relax->problem->site_count, counts = 2 * (relax->net_count + 1) + gates;
    int32_t row;
    memset(master, 0, sizeof *master);
    master->relax = relax;
    master->arena = arena;
    master->row_capacity =
        relax->stop_count + relax->net_count * (gates + TRIP_MEASURES + 1) + counts + ROWS_SPARE;
    TRY_NEW(arena, master->net_rows, relax->net_count);
    TRY_NEW(arena, master->counts, counts);
    TRY_NEW(arena, master->row_lower, master->row_capacity);
    TRY_NEW(arena, master->row_upper, master->row_capacity);
    TRY_NEW(arena, master->scratch, master->row_capacity + relax->stop_count);
    TRY(lp_open(arena, &master->lp, error));
    for (int32_t i = 0; i < relax->stop_count; i++) TRY(add_row(master, 1, INFINITY, 0, &row, error));
    for (int32_t k = 0; k < relax->net_count; k++) TRY(add_net_rows(master, k, error));
    TRY(add_counts(master, error));
    TRY(add_still_columns(master, error));
done:
    return rc;
}

void master_free(struct master *master)
{
    lp_close(master->lp);
    array_free(&master->still);
    array_free(&master->still_entries);
    trips_free(&master->trips);
}

/* ---- Trips -------------------------------------------------------------------------------------------- */

static bool counts_trip(const struct count *count, const struct trip *trip)
{
    switch (count->kind) {
    case COUNT_VEHICLES:
        return false;
    case COUNT_TRIPS:
        return count->net < 0 || count->net == trip->net;
    case COUNT_ARRIVALS:
        return count->gate == trip->end;
    }
    return false;
}

error_code master_add_trip(struct master *master, int32_t net, int32_t start, const int32_t *stops,
                           int32_t count, int32_t end, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct stop_set seen = {{0}};
    int32_t at = 0;
    TRY(trips_add(&master->trips, master->relax, net, start, stops, count, end, error));
    const struct trip *trip = &master->trips.list.items[master->trips.list.count - 1];
    for (int32_t k = 0; k < count; k++) {
        double visits = 0;
        if (set_has(seen, stops[k])) continue;
        set_add(&seen, stops[k]);
        for (int32_t other = k; other < count; other++) visits += stops[other] == stops[k];
        at = put(master, at, stops[k], visits);
    }
    at = put_flow(master, at, net, start, end > 0 ? end : -1);
    at = put_measures(master, at, net, &trip->measures);
    for (int32_t c = 0; c < master->count_count; c++)
        if (counts_trip(&master->counts[c], trip)) at = put(master, at, master->first_count_row + c, 1);
    for (int32_t c = 0; c < master->capacity_count; c++)
        at = put(master, at, master->capacity_rows[c],
                 trip_entries(master->capacity_cuts[c].set, stops, count));
    for (int32_t c = 0; c < master->subset_count; c++)
        at = put(master, at, master->subset_rows[c], subset_cut_pairs(&master->subset_cuts[c], stops, count));
    master->scratch_count = at;
    TRY(lp_add_column(master->lp, 0, INFINITY, trip->cost, master->scratch, at, error));
done:
    return rc;
}

error_code master_drop_trips(struct master *master, const bool *marked, struct error *error)
{
    error_code rc = ERROR_NONE;
    const int32_t still = (int32_t)master->still.count;
    bool *columns = calloc((size_t)still + (size_t)master->trips.list.count + 1, sizeof *columns);
    if (columns == NULL) return error_memory(error);
    memcpy(columns + still, marked, (size_t)master->trips.list.count * sizeof *marked);
    TRY(lp_drop_columns(master->lp, still, columns, error));
    trips_drop(&master->trips, marked);
done:
    free(columns);
    return rc;
}

/* ---- Cuts --------------------------------------------------------------------------------------------- */

/* A cut counts whole numbers: its entries over all trips, and over the leaving of the stops of a set. */
static error_code add_cut(struct master *master, double lower, double upper, struct stop_set left,
                          const int32_t *counted, int32_t *row, struct error *error)
{
    error_code rc = ERROR_NONE;
    const int32_t trips = (int32_t)master->trips.list.count, still = (int32_t)master->still.count;
    struct lp_entry *entries = malloc(((size_t)trips + BOUND_STOPS_MAX) * sizeof *entries);
    int32_t count = 0;
    if (entries == NULL) return error_memory(error);
    while (!set_empty(left)) entries[count++] = (struct lp_entry){set_take(&left), 1};
    for (int32_t t = 0; t < trips; t++)
        if (counted[t] != 0) entries[count++] = (struct lp_entry){still + t, counted[t]};
    *row = master_rows(master);
    assert(*row < master->row_capacity);
    TRY(lp_add_row(master->lp, lower, upper, entries, count, error));
    master->row_lower[*row] = lower;
    master->row_upper[*row] = upper;
done:
    free(entries);
    return rc;
}

error_code master_add_capacity_cut(struct master *master, struct capacity_cut cut, struct error *error)
{
    error_code rc = ERROR_NONE;
    const int32_t trips = (int32_t)master->trips.list.count;
    int32_t *counted = malloc(((size_t)trips + 1) * sizeof *counted);
    if (counted == NULL) return error_memory(error);
    for (int32_t t = 0; t < trips; t++)
        counted[t] = trip_entries(cut.set, trip_stops(&master->trips, t), master->trips.list.items[t].count);
    assert(master->capacity_count < CAPACITY_CUTS_MAX);
    TRY(add_cut(master, cut.trips, INFINITY, cut.set, counted, &master->capacity_rows[master->capacity_count],
                error));
    master->capacity_cuts[master->capacity_count++] = cut;
done:
    free(counted);
    return rc;
}

error_code master_add_subset_cut(struct master *master, struct subset_cut cut, struct error *error)
{
    error_code rc = ERROR_NONE;
    const int32_t trips = (int32_t)master->trips.list.count;
    int32_t *counted = malloc(((size_t)trips + 1) * sizeof *counted);
    if (counted == NULL) return error_memory(error);
    for (int32_t t = 0; t < trips; t++)
        counted[t] = subset_cut_pairs(&cut, trip_stops(&master->trips, t), master->trips.list.items[t].count);
    assert(master->subset_count < SUBSET_CUTS_MAX);
    TRY(add_cut(master, -INFINITY, 1, (struct stop_set){{0}}, counted,
                &master->subset_rows[master->subset_count], error));
    master->subset_cuts[master->subset_count++] = cut;
done:
    free(counted);
    return rc;
}

error_code master_bound_count(struct master *master, int32_t count, double lower, double upper,
                              struct error *error)
{
    const int32_t row = master->first_count_row + count;
    if (master->row_lower[row] == lower && master->row_upper[row] == upper) return ERROR_NONE;
    master->row_lower[row] = lower;
    master->row_upper[row] = upper;
    return lp_bound_row(master->lp, row, lower, upper, error);
}

error_code master_raise_leaving(struct master *master, bool *raised, struct error *error)
{
    error_code rc = ERROR_NONE;
    *raised = false;
    for (int32_t i = 0; i < master->relax->stop_count; i++) {
        struct still_column *column = &master->still.items[i];
        if (column->most > 0 || lp_value(master->lp, i) < 1e-7 || column->cost >= BOUND_UNITS) continue;
        column->cost = fmin(BOUND_UNITS, column->cost * LEAVING_RAISED);
        TRY(lp_price_column(master->lp, i, column->cost, error));
        *raised = true;
    }
done:
    return rc;
}

/* ---- Prices ------------------------------------------------------------------------------------------- */

double master_trip_value(const struct master *master, int32_t trip)
{
    return lp_value(master->lp, (int32_t)master->still.count + trip);
}

double master_count_value(const struct master *master, int32_t count)
{
    const int32_t row = master->first_count_row + count;
    double sum = 0;
    for (int32_t c = 0; c < master->still.count; c++) {
        const struct still_column *column = &master->still.items[c];
        for (int32_t e = 0; e < column->entry_count; e++)
            if (master->still_entries.items[column->first_entry + e].at == row)
                sum += lp_value(master->lp, c) * master->still_entries.items[column->first_entry + e].value;
    }
    for (int32_t t = 0; t < master->trips.list.count; t++)
        if (counts_trip(&master->counts[count], &master->trips.list.items[t]))
            sum += master_trip_value(master, t);
    return sum;
}

void master_duals(const struct master *master, double *duals)
{
    for (int32_t row = 0; row < master_rows(master); row++) duals[row] = lp_row_dual(master->lp, row);
    master_sign_duals(master, duals);
}

void master_sign_duals(const struct master *master, double *duals)
{
    for (int32_t row = 0; row < master_rows(master); row++) {
        if (duals[row] > 0 && master->row_lower[row] == -INFINITY) duals[row] = 0;
        if (duals[row] < 0 && master->row_upper[row] == INFINITY) duals[row] = 0;
    }
}

static void toll_counts(const struct master *master, const double *duals, int32_t k, struct tolls *tolls)
{
    const struct net *net = &master->relax->nets[k];
    for (int32_t c = 0; c < master->count_count; c++) {
        const struct count *count = &master->counts[c];
        const double dual = duals[master->first_count_row + c];
        if (count->kind == COUNT_TRIPS && (count->net < 0 || count->net == k))
            for (int32_t gate = 0; gate < net->gate_count; gate++) tolls->start[gate] -= dual;
        if (count->kind == COUNT_ARRIVALS) tolls->end[count->gate] -= dual;
    }
}

static bool toll_entries(const struct master *master, const double *duals, const struct net *net,
                         double *entering)
{
    const int32_t stops = master->relax->stop_count;
    bool any = false;
    for (int32_t c = 0; c < master->capacity_count; c++) {
        const struct stop_set set = master->capacity_cuts[c].set;
        const double dual = duals[master->capacity_rows[c]];
        if (dual == 0) continue;
        if (!any) memset(entering, 0, (size_t)net->node_count * (size_t)stops * sizeof *entering);
        any = true;
        for (int32_t from = 0; from < net->node_count; from++) {
            if (from < stops && set_has(set, from)) continue;
            for (struct stop_set to = set; !set_empty(to);) entering[from * stops + set_take(&to)] -= dual;
        }
    }
    return any;
}

void master_tolls(const struct master *master, const double *duals, int32_t k, struct tolls *tolls,
                  double *entering, double *penalty)
{
    const struct net *net = &master->relax->nets[k];
    const struct net_rows *rows = &master->net_rows[k];
    tolls->price = net->price;
    for (int32_t q = 0; q < TRIP_MEASURES; q++)
        if (rows->limit[q] >= 0) tolls->price.of[q] -= duals[rows->limit[q]] / limit_of(net, q);
    if (rows->overtime >= 0) tolls->price.of[TRIP_S] -= duals[rows->overtime] / HOUR_S;
    for (int32_t i = 0; i < master->relax->stop_count; i++) tolls->prize[i] = duals[i];
    tolls->start[0] = -duals[rows->start];
    tolls->end[0] = 0;
    for (int32_t gate = 1; gate < net->gate_count; gate++) {
        tolls->start[gate] = duals[rows->flow + gate - 1];
        tolls->end[gate] = -duals[rows->flow + gate - 1];
    }
    toll_counts(master, duals, k, tolls);
    tolls->entering = toll_entries(master, duals, net, entering) ? entering : NULL;
    tolls->cuts = master->subset_cuts;
    tolls->cut_count = master->subset_count;
    tolls->penalty = penalty;
    for (int32_t c = 0; c < master->subset_count; c++) penalty[c] = -duals[master->subset_rows[c]];
}

double master_last_reduced_cost(const struct master *master, const double *duals)
{
    double reduced = master->trips.list.items[master->trips.list.count - 1].cost;
    for (int32_t e = 0; e < master->scratch_count; e++)
        reduced -= duals[master->scratch[e].at] * master->scratch[e].value;
    return reduced;
}

double master_bound(const struct master *master, const double *duals)
{
    double bound = 0;
    for (int32_t row = 0; row < master_rows(master); row++)
        if (duals[row] != 0)
            bound += duals[row] * (duals[row] > 0 ? master->row_lower[row] : master->row_upper[row]);
    for (int32_t c = 0; c < master->still.count; c++) {
        const struct still_column *column = &master->still.items[c];
        double reduced = column->cost;
        for (int32_t e = 0; e < column->entry_count; e++) {
            const struct lp_entry *entry = &master->still_entries.items[column->first_entry + e];
            reduced -= duals[entry->at] * entry->value;
        }
        if (reduced < 0) bound += reduced * column->most;
    }
    return bound;
}
