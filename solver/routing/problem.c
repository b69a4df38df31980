#include "solver/routing/problem.h"

/* Neighbours of a stop that moves and insertions look at: 20 to 40 in the published granular searches
 * (Toth and Vigo 2003; FILO 25; AILS up to 40). */
enum { NEIGHBOUR_COUNT = 30 };

static bool same_compartments(const struct vehicle *a, const struct vehicle *b)
{
    if (a->compartment_count != b->compartment_count) return false;
    for (int32_t c = 0; c < a->compartment_count; c++) {
        const struct vehicle_compartment *p = &a->compartments[c], *q = &b->compartments[c];
        if (p->streams != q->streams || p->capacity_kg != q->capacity_kg || p->capacity_l != q->capacity_l)
            return false;
    }
    return true;
}

static bool same_shape(const struct vehicle *a, const struct vehicle *b)
{
    return a->profile == b->profile && same_compartments(a, b);
}

static bool same_limits(const struct vehicle *a, const struct vehicle *b)
{
    return a->start_place == b->start_place && a->end_place == b->end_place &&
           a->shift_start_s == b->shift_start_s && a->shift_end_s == b->shift_end_s &&
           a->max_work_s == b->max_work_s && a->break_s == b->break_s &&
           a->break_after_s == b->break_after_s && a->break_window.open_s == b->break_window.open_s &&
           a->break_window.close_s == b->break_window.close_s && a->tags == b->tags &&
           a->home_takes_load == b->home_takes_load && a->max_stops == b->max_stops &&
           a->max_distance_m == b->max_distance_m && a->max_load_kg == b->max_load_kg &&
           a->max_load_l == b->max_load_l;
}

static bool same_costs(const struct vehicle *a, const struct vehicle *b)
{
    return a->fixed_cost == b->fixed_cost && a->cost_per_m == b->cost_per_m &&
           a->cost_per_s == b->cost_per_s && a->overtime_from_s == b->overtime_from_s &&
           a->overtime_cost_per_s == b->overtime_cost_per_s && a->fuel_per_m == b->fuel_per_m &&
           a->fuel_per_kg == b->fuel_per_kg && a->carbon_per_m == b->carbon_per_m &&
           a->carbon_per_kg == b->carbon_per_kg;
}

static bool same_kind(const struct vehicle *a, const struct vehicle *b)
{
    return same_shape(a, b) && same_limits(a, b) && same_costs(a, b);
}

static void fill_nodes(struct problem *problem)
{
    const struct instance *instance = problem->instance;
    struct node *node = problem->nodes;
    for (int32_t s = 0; s < instance->stop_count; s++) {
        const struct stop *stop = &instance->stops[s];
        *node++ = (struct node){stop->entry_place,  stop->exit_place,   stop->service_s,
                                stop->window_first, stop->window_count, stop->inner_m};
    }
    for (int32_t s = 0; s < instance->site_count; s++) {
        const struct site *site = &instance->sites[s];
        *node++ = (struct node){site->place,        site->place,        site->unload_s,
                                site->window_first, site->window_count, 0};
    }
    for (int32_t v = 0; v < instance->vehicle_count; v++) {
        int32_t place = instance->vehicles[v].start_place;
        *node++ = (struct node){place, place, 0, 0, 0, 0};
    }
    for (int32_t v = 0; v < instance->vehicle_count; v++) {
        int32_t place = instance->vehicles[v].end_place;
        *node++ = (struct node){place, place, 0, 0, 0, 0};
    }
}

/* Groups the vehicles: the first vehicle of each kind and shape stands for it. */
static void group_vehicles(struct problem *problem, int32_t *shape_vehicle)
{
    const struct vehicle *vehicles = problem->instance->vehicles;
    for (int32_t v = 0; v < problem->vehicle_count; v++) {
        int32_t kind = 0, shape = 0;
        while (kind < problem->kind_count && !same_kind(&vehicles[problem->kind_vehicle[kind]], &vehicles[v]))
            kind++;
        if (kind == problem->kind_count) problem->kind_vehicle[problem->kind_count++] = v;
        while (shape < problem->shape_count && !same_shape(&vehicles[shape_vehicle[shape]], &vehicles[v]))
            shape++;
        if (shape == problem->shape_count) shape_vehicle[problem->shape_count++] = v;
        problem->kind_of[v] = kind;
        problem->shape_of[v] = shape;
    }
}

/* Appends the ways to empty the compartments still in `left` after the sites of `prefix`. Each site added
 * must empty something new; orders count, since the way through two sites depends on it. */
static int32_t list_unloadings(const struct shape *shape, int32_t site_count, int32_t stop_count,
                               struct unloading prefix, uint32_t left, struct unloading *list, int32_t count)
{
    if (left == 0) {
        if (list != NULL) list[count] = prefix;
        return count + 1;
    }
    if (prefix.count == UNLOADING_SITES_MAX) return count;
    for (int32_t s = 0; s < site_count; s++) {
        uint32_t taken = shape->emptied[s] & left;
        if (taken == 0) continue;
        struct unloading longer = prefix;
        longer.sites[longer.count++] = stop_count + s;
        longer.compartments |= taken;
        count = list_unloadings(shape, site_count, stop_count, longer, left & ~taken, list, count);
    }
    return count;
}

static error_code fill_shape(const struct problem *problem, const struct vehicle *vehicle,
                             struct arena *arena, struct shape *shape, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct instance *instance = problem->instance;
    shape->profile = vehicle->profile;
    shape->compartment_count = vehicle->compartment_count;
    TRY_NEW(arena, shape->emptied, instance->site_count);
    TRY_NEW(arena, shape->compartment, instance->stop_count);
    for (int32_t s = 0; s < instance->site_count; s++) {
        for (int32_t c = 0; c < vehicle->compartment_count; c++) {
            stream_mask streams = vehicle->compartments[c].streams;
            if ((streams & ~instance->sites[s].streams) == 0) shape->emptied[s] |= UINT32_C(1) << c;
        }
    }
    for (int32_t s = 0; s < instance->stop_count; s++)
        shape->compartment[s] = (int8_t)vehicle_compartment_for(vehicle, instance->stops[s].stream);
    /* Every non-empty set of compartments that may be loaded has its own ways; few compartments, few sites.
     */
    uint32_t sets = UINT32_C(1) << vehicle->compartment_count;
    for (int pass = 0; pass < 2; pass++) {
        int32_t count = 0;
        for (uint32_t set = 1; set < sets; set++)
            count = list_unloadings(shape, instance->site_count, instance->stop_count, (struct unloading){0},
                                    set, pass == 0 ? NULL : shape->unloadings, count);
        if (pass == 0) TRY_NEW(arena, shape->unloadings, count);
        shape->unloading_count = count;
    }
done:
    return rc;
}

static bool windows_bind(const struct instance *instance)
{
    for (int32_t s = 0; s < instance->stop_count; s++)
        if (instance->stops[s].window_count > 0) return true;
    for (int32_t s = 0; s < instance->site_count; s++)
        if (instance->sites[s].window_count > 0) return true;
    return false;
}

static bool shifts_bind(const struct instance *instance)
{
    for (int32_t v = 0; v < instance->vehicle_count; v++) {
        const struct vehicle *vehicle = &instance->vehicles[v];
        if (vehicle->shift_end_s < TIME_MAX || vehicle->max_work_s < TIME_MAX || vehicle->break_s > 0)
            return true;
    }
    return false;
}

struct near {
    int64_t proximity;
    int32_t stop;
};

/* How far apart two stops are for a route: the distance of the nearer direction, and the
 * waiting or lateness that their windows force (Vidal et al. 2013), with the weights of PyVRP's default. */
static int64_t proximity(const struct problem *problem, int32_t a, int32_t b)
{
    const struct time_window *windows = problem->instance->windows;
    const struct node *from = &problem->nodes[a], *to = &problem->nodes[b];
    int64_t distance_m = leg_m(problem, 0, a, b), duration_s = leg_s(problem, 0, a, b);
    int64_t waiting_s = 0, late_s = 0;
    if (to->window_count > 0) {
        int64_t latest_end =
            from->window_count > 0
                ? windows[from->window_first + from->window_count - 1].close_s + from->service_s
                : INT64_C(1) * TIME_MAX;
        int64_t earliest_end =
            from->window_count > 0 ? windows[from->window_first].open_s + from->service_s : 0;
        waiting_s = windows[to->window_first].open_s - duration_s - latest_end;
        late_s = earliest_end + duration_s - windows[to->window_first + to->window_count - 1].close_s;
        if (waiting_s < 0) waiting_s = 0;
        if (late_s < 0) late_s = 0;
    }
    return 10 * distance_m + 2 * waiting_s + 10 * late_s;
}

/* Keeps the nearest: an insertion into a short sorted row, ties to the lower number. */
static void keep_near(struct near *row, int32_t *count, int32_t most, struct near near)
{
    int32_t k = *count;
    if (k == most) {
        if (near.proximity >= row[k - 1].proximity) return;
        k--;
    } else {
        ++*count;
    }
    for (; k > 0 && near.proximity < row[k - 1].proximity; k--) row[k] = row[k - 1];
    row[k] = near;
}

error_code problem_find_neighbours(struct problem *problem, struct arena *arena, struct error *error)
{
    error_code rc = ERROR_NONE;
    int32_t n = problem->stop_count, most = n - 1 < NEIGHBOUR_COUNT ? n - 1 : NEIGHBOUR_COUNT;
    struct near row[NEIGHBOUR_COUNT];
    if (most <= 0) return ERROR_NONE;
    problem->neighbour_count = most;
    TRY_NEW(arena, problem->neighbours, (size_t)n * (size_t)most);
    for (int32_t a = 0; a < n; a++) {
        int32_t count = 0;
        for (int32_t b = 0; b < n; b++) {
            if (b == a) continue;
            int64_t there = proximity(problem, a, b), back = proximity(problem, b, a);
            keep_near(row, &count, most, (struct near){there < back ? there : back, b});
        }
        for (int32_t k = 0; k < most; k++)
            problem->neighbours[(size_t)a * (size_t)most + (size_t)k] = row[k].stop;
    }
done:
    return rc;
}

/* More than any single stop can cost to serve: a far drive and a whole vehicle, so that leaving a mandatory
 * stop never pays, and yet small enough that thousands of them cannot overflow a sum. */
static money price_of_leaving(const struct problem *problem)
{
    const struct instance *instance = problem->instance;
    money most = MONEY_UNIT;
    for (int32_t kind = 0; kind < problem->kind_count; kind++) {
        const struct vehicle *vehicle = &instance->vehicles[problem->kind_vehicle[kind]];
        const struct travel_matrix *matrix = &instance->travel.profiles[vehicle->profile];
        size_t places = (size_t)instance->travel.place_count;
        int64_t far_m = 0, far_s = 0;
        for (int32_t place = 0; place < instance->travel.place_count; place++) {
            size_t out = (size_t)vehicle->start_place * places + (size_t)place;
            if (matrix->distance_m[out] >= TRAVEL_UNREACHABLE) continue;
            if (matrix->distance_m[out] > far_m) far_m = matrix->distance_m[out];
            if (matrix->duration_s[out] > far_s) far_s = matrix->duration_s[out];
        }
        money cost = vehicle->fixed_cost + 4 * far_m * vehicle_rate_m(vehicle) +
                     vehicle_work_cost(vehicle, 4 * far_s + 7200);
        if (cost > most) most = cost;
    }
    return 4 * most;
}

error_code problem_build(const struct instance *instance, struct arena *arena, struct problem *problem,
                         struct error *error)
{
    error_code rc = ERROR_NONE;
    int32_t *shape_vehicle;
    *problem = (struct problem){.instance = instance,
                                .stop_count = instance->stop_count,
                                .site_count = instance->site_count,
                                .vehicle_count = instance->vehicle_count,
                                .node_count =
                                    instance->stop_count + instance->site_count + 2 * instance->vehicle_count,
                                .timed = windows_bind(instance) || shifts_bind(instance)};
    TRY_NEW(arena, problem->nodes, problem->node_count);
    TRY_NEW(arena, problem->kind_of, problem->vehicle_count);
    TRY_NEW(arena, problem->shape_of, problem->vehicle_count);
    TRY_NEW(arena, problem->kind_vehicle, problem->vehicle_count);
    TRY_NEW(arena, shape_vehicle, problem->vehicle_count);
    fill_nodes(problem);
    group_vehicles(problem, shape_vehicle);
    problem->leaving_mandatory = price_of_leaving(problem);
    TRY_NEW(arena, problem->shapes, problem->shape_count);
    for (int32_t s = 0; s < problem->shape_count; s++)
        TRY(fill_shape(problem, &instance->vehicles[shape_vehicle[s]], arena, &problem->shapes[s], error));
    TRY_NEW(arena, problem->may_serve, (size_t)problem->kind_count * (size_t)problem->stop_count);
    for (int32_t k = 0; k < problem->kind_count; k++)
        for (int32_t s = 0; s < problem->stop_count; s++)
            problem->may_serve[(size_t)k * (size_t)problem->stop_count + (size_t)s] =
                vehicle_may_serve(instance, problem->kind_vehicle[k], s);
done:
    return rc;
}

int64_t node_begin(const struct problem *problem, int32_t node, int64_t arrival_s)
{
    const struct node *n = &problem->nodes[node];
    if (n->window_count == 0) return arrival_s;
    const struct time_window *window = problem->instance->windows + n->window_first;
    for (int32_t w = 0; w < n->window_count; w++, window++)
        if (arrival_s <= window->close_s) return arrival_s > window->open_s ? arrival_s : window->open_s;
    return INT64_MAX;
}

int64_t node_begin_latest(const struct problem *problem, int32_t node, int64_t limit_s)
{
    const struct node *n = &problem->nodes[node];
    if (n->window_count == 0) return limit_s;
    const struct time_window *window = problem->instance->windows + n->window_first + n->window_count - 1;
    for (int32_t w = n->window_count; w > 0; w--, window--)
        if (limit_s >= window->open_s) return limit_s < window->close_s ? limit_s : window->close_s;
    return INT64_MIN;
}
