#include "solver/routing/problem.h"

#include "solver/routing/locks.h"
#include "solver/routing/near_places.h"
#include "solver/routing/quality.h"

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
           a->carbon_per_kg == b->carbon_per_kg && a->balance_from_s == b->balance_from_s &&
           a->imbalance_per_s2 == b->imbalance_per_s2;
}

static bool same_kind(const struct vehicle *a, const struct vehicle *b)
{
    return same_shape(a, b) && same_limits(a, b) && same_costs(a, b);
}

static struct node node_at(const struct instance *instance, int32_t entry, int32_t exit, int32_t service_s,
                           int32_t window_first, int32_t window_count)
{
    const struct time_window *windows = instance->windows + window_first;
    return (struct node){.entry = entry,
                         .exit = exit,
                         .service_s = service_s,
                         .open_s = window_count > 0 ? windows[0].open_s : 0,
                         .close_s = window_count > 0 ? windows[window_count - 1].close_s : INT32_MAX,
                         .window_first = window_first,
                         .window_count = window_count};
}

static void fill_nodes(struct problem *problem, const int32_t *numbers)
{
    const struct instance *instance = problem->instance;
    struct node *node = problem->nodes;
    for (int32_t s = 0; s < instance->stop_count; s++, node++) {
        const struct stop *stop = &instance->stops[s];
        *node = node_at(instance, numbers[stop->entry_place], numbers[stop->exit_place], stop->service_s,
                        stop->window_first, stop->window_count);
        node->release_s = stop->release_s;
        node->inner_m = stop->inner_m;
    }
    for (int32_t s = 0; s < instance->site_count; s++) {
        const struct site *site = &instance->sites[s];
        *node++ = node_at(instance, numbers[site->place], numbers[site->place], site->unload_s,
                          site->window_first, site->window_count);
    }
    for (int32_t v = 0; v < instance->vehicle_count; v++) {
        const int32_t place = numbers[instance->vehicles[v].start_place];
        *node++ = node_at(instance, place, place, 0, 0, 0);
    }
    for (int32_t v = 0; v < instance->vehicle_count; v++) {
        const int32_t place = numbers[instance->vehicles[v].end_place];
        *node++ = node_at(instance, place, place, 0, 0, 0);
    }
}

/* The kind of a vehicle among those found so far, or a new one. */
static int32_t find_kind(struct problem *problem, const bool *named, int32_t vehicle)
{
    const struct vehicle *vehicles = problem->instance->vehicles;
    const bool own = locks_to_vehicle(problem->instance, vehicle);
    int32_t kind = own ? problem->kind_count : 0, twin = -1;
    for (; kind < problem->kind_count; kind++) {
        const struct kind *other = &problem->kinds[kind];
        if (other->own || !same_kind(&vehicles[other->vehicle], &vehicles[vehicle])) continue;
        if (!named[vehicle] && !named[other->vehicle]) return kind;
        twin = other->twin;
    }
    problem->kinds[problem->kind_count++] =
        (struct kind){.vehicle = vehicle, .twin = twin >= 0 ? twin : kind, .own = own};
    return kind;
}

/* Groups the vehicles: the first vehicle of each kind and shape stands for it. `named`: by the reference. */
static void group_vehicles(struct problem *problem, const bool *named, int32_t *shape_vehicle)
{
    const struct vehicle *vehicles = problem->instance->vehicles;
    for (int32_t v = 0; v < problem->vehicle_count; v++) {
        const int32_t kind = find_kind(problem, named, v);
        int32_t shape = 0;
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

/* Nearest sites for each stop, of those that empty the compartment it goes into. */
static void rank_sites(const struct problem *problem, const struct shape *shape, int32_t stop, int32_t *near)
{
    int64_t metres[SITES_NEAR];
    int32_t count = 0;
    for (int32_t k = 0; k < SITES_NEAR; k++) near[k] = -1;
    for (int32_t s = 0; s < problem->site_count; s++) {
        if (shape->compartment[stop] < 0 || !(shape->emptied[s] >> shape->compartment[stop] & 1)) continue;
        int64_t far = leg_m(problem, shape->profile, stop, problem->stop_count + s);
        int32_t k = count < SITES_NEAR ? count++ : SITES_NEAR;
        if (k == SITES_NEAR && far >= metres[--k]) continue;
        for (; k > 0 && far < metres[k - 1]; k--) {
            metres[k] = metres[k - 1];
            near[k] = near[k - 1];
        }
        metres[k] = far;
        near[k] = problem->stop_count + s;
    }
}

static error_code find_near_sites(struct problem *problem, struct arena *arena, struct error *error)
{
    error_code rc = ERROR_NONE;
    const size_t stops = (size_t)problem->stop_count;
    if (problem->site_count == 0) return ERROR_NONE;
    TRY_NEW(arena, problem->near_sites, (size_t)problem->shape_count * stops * SITES_NEAR);
    for (int32_t s = 0; s < problem->shape_count; s++)
        for (int32_t stop = 0; stop < problem->stop_count; stop++)
            rank_sites(problem, &problem->shapes[s], stop,
                       problem->near_sites + ((size_t)s * stops + (size_t)stop) * SITES_NEAR);
done:
    return rc;
}

/* Does unloading cost time or money by the kilogram, or is it rationed? */
static bool unloading_counts(const struct instance *instance)
{
    for (int32_t s = 0; s < instance->site_count; s++) {
        const struct site *site = &instance->sites[s];
        if (site->unload_us_per_kg > 0 || site->fee_per_kg > 0 || site->daily_limit_kg > 0) return true;
    }
    return false;
}

static bool several_windows(const struct instance *instance)
{
    for (int32_t s = 0; s < instance->stop_count; s++)
        if (instance->stops[s].window_count > 1) return true;
    for (int32_t s = 0; s < instance->site_count; s++)
        if (instance->sites[s].window_count > 1) return true;
    return false;
}

/* What binds, so that the rest costs nothing. */
static void find_rules(struct problem *problem)
{
    const struct instance *instance = problem->instance;
    const bool by_kg = unloading_counts(instance), windows = several_windows(instance);
    problem->timed = windows_bind(instance) || shifts_bind(instance);
    for (int32_t s = 0; s < instance->stop_count; s++) problem->released |= instance->stops[s].release_s > 0;
    problem->timed |= problem->released;
    for (int32_t s = 0; s < instance->site_count; s++)
        problem->sites_limited |= instance->sites[s].daily_limit_kg > 0;
    problem->simple = problem->site_count == 0 && !problem->released;
    for (int32_t k = 0; k < problem->kind_count; k++) {
        struct kind *kind = &problem->kinds[k];
        const struct vehicle *v = &instance->vehicles[kind->vehicle];
        kind->shape = problem->shape_of[kind->vehicle];
        kind->profile = v->profile;
        kind->rate_m = vehicle_rate_m(v);
        kind->rate_s = v->cost_per_s;
        kind->price_kg = v->fuel_per_kg + v->carbon_per_kg;
        kind->work_counts = v->cost_per_s > 0 || v->overtime_cost_per_s > 0 || v->max_work_s < TIME_MAX ||
                            v->imbalance_per_s2 > 0;
        kind->limited = v->max_stops > 0 || v->max_distance_m > 0 || v->max_load_kg > 0 || v->max_load_l > 0;
        kind->intricate = by_kg || v->break_s > 0 || (windows && problem->released) ||
                          (kind->work_counts && (windows || problem->released));
        kind->serves_all = true;
        for (int32_t s = 0; s < problem->stop_count; s++)
            kind->serves_all &= problem->may_serve[(size_t)k * (size_t)problem->stop_count + (size_t)s];
        problem->work_counts |= kind->work_counts;
        problem->intricate |= kind->intricate;
        problem->simple &= !kind->work_counts && !kind->limited && !kind->intricate;
    }
}

static bool same_streams(const struct vehicle *a, const struct vehicle *b)
{
    if (a->compartment_count != b->compartment_count) return false;
    for (int32_t c = 0; c < a->compartment_count; c++)
        if (a->compartments[c].streams != b->compartments[c].streams) return false;
    return true;
}

/* Kinds whose vehicles can stand in for each other but for room and price. */
static void find_likeness(struct problem *problem)
{
    const struct vehicle *vehicles = problem->instance->vehicles;
    for (int32_t k = 0; k < problem->kind_count; k++) {
        const struct vehicle *mine = &vehicles[problem->kinds[k].vehicle];
        int32_t like = 0;
        for (; like < k; like++) {
            const struct vehicle *other = &vehicles[problem->kinds[like].vehicle];
            if (problem->kinds[k].own || problem->kinds[like].own) continue;
            if (same_streams(mine, other) && mine->profile == other->profile && same_limits(mine, other))
                break;
        }
        problem->kinds[k].likeness = like;
        problem->sizes |= problem->simple && problem->reference == NULL && like < k;
    }
}

/* No cells: computed from points, and so the same both ways. */
static bool matrix_symmetric(const int32_t *cells, size_t places)
{
    if (cells == NULL) return true;
    for (size_t a = 0; a < places; a++)
        for (size_t b = 0; b < a; b++)
            if (cells[a * places + b] != cells[b * places + a]) return false;
    return true;
}

static void find_symmetry(struct problem *problem)
{
    const struct travel *travel = &problem->travel;
    const size_t places = (size_t)travel->place_count;
    problem->symmetric = problem->one_measure = problem->points = true;
    for (int32_t s = 0; s < problem->stop_count; s++)
        problem->points &=
            problem->nodes[s].entry == problem->nodes[s].exit && problem->nodes[s].inner_m == 0;
    for (int32_t p = 0; p < travel->profile_count; p++) {
        const struct travel_matrix *matrix = &travel->profiles[p];
        problem->one_measure &= travel_one_measure(travel, p);
        problem->symmetric = problem->symmetric && matrix_symmetric(matrix->distance_m, places) &&
                             (problem->one_measure || matrix_symmetric(matrix->duration_s, places));
    }
}

/* More than any single stop can cost to serve: a far drive and a whole vehicle, so that leaving a mandatory
 * stop never pays, and yet small enough that thousands of them cannot overflow a sum. */
static money price_of_leaving(const struct problem *problem)
{
    const struct instance *instance = problem->instance;
    money most = MONEY_UNIT;
    for (int32_t kind = 0; kind < problem->kind_count; kind++) {
        const struct vehicle *vehicle = &instance->vehicles[problem->kinds[kind].vehicle];
        int64_t far_m = 0, far_s = 0;
        for (int32_t place = 0; place < instance->travel.place_count; place++) {
            const struct travel_leg leg =
                travel_leg(&instance->travel, vehicle->profile, vehicle->start_place, place);
            if (leg.distance_m >= TRAVEL_UNREACHABLE) continue;
            if (leg.distance_m > far_m) far_m = leg.distance_m;
            if (leg.duration_s > far_s) far_s = leg.duration_s;
        }
        money cost = vehicle->fixed_cost + 4 * far_m * vehicle_rate_m(vehicle) +
                     vehicle_work_cost(vehicle, 4 * far_s + 7200);
        if (cost > most) most = cost;
    }
    most += quality_most(problem);
    return 4 * most;
}

/* May a vehicle of the kind serve the stop, and be rid of its load? Without sites there is home alone. */
static bool serves_and_unloads(const struct instance *instance, int32_t vehicle, int32_t stop)
{
    const struct stop *s = &instance->stops[stop];
    if (!vehicle_may_serve(instance, vehicle, stop)) return false;
    return instance->site_count > 0 || instance->vehicles[vehicle].home_takes_load ||
           (s->load_kg == 0 && s->load_l == 0);
}

error_code problem_build(const struct instance *instance, struct arena *arena, struct problem *problem,
                         struct error *error)
{
    error_code rc = ERROR_NONE;
    int32_t *shape_vehicle, *numbers;
    bool *named;
    *problem = (struct problem){.instance = instance,
                                .stop_count = instance->stop_count,
                                .site_count = instance->site_count,
                                .vehicle_count = instance->vehicle_count,
                                .node_count = instance->stop_count + instance->site_count +
                                              2 * instance->vehicle_count};
    TRY_NEW(arena, problem->nodes, problem->node_count);
    TRY_NEW(arena, problem->kind_of, problem->vehicle_count);
    TRY_NEW(arena, problem->shape_of, problem->vehicle_count);
    TRY_NEW(arena, problem->kinds, problem->vehicle_count);
    TRY_NEW(arena, shape_vehicle, problem->vehicle_count);
    TRY(near_places_number(&instance->travel, arena, &problem->travel, &numbers, error));
    fill_nodes(problem, numbers);
    TRY(quality_build(problem, arena, &named, error));
    group_vehicles(problem, named, shape_vehicle);
    problem->leaving_mandatory = price_of_leaving(problem);
    TRY_NEW(arena, problem->shapes, problem->shape_count);
    for (int32_t s = 0; s < problem->shape_count; s++) {
        TRY(fill_shape(problem, &instance->vehicles[shape_vehicle[s]], arena, &problem->shapes[s], error));
        if (problem->shapes[s].compartment_count > problem->width)
            problem->width = problem->shapes[s].compartment_count;
    }
    TRY_NEW(arena, problem->may_serve, (size_t)problem->kind_count * (size_t)problem->stop_count);
    for (int32_t k = 0; k < problem->kind_count; k++)
        for (int32_t s = 0; s < problem->stop_count; s++)
            problem->may_serve[(size_t)k * (size_t)problem->stop_count + (size_t)s] =
                serves_and_unloads(instance, problem->kinds[k].vehicle, s);
    find_rules(problem);
    find_symmetry(problem);
    find_likeness(problem);
    TRY(find_near_sites(problem, arena, error));
    TRY(locks_build(instance, arena, &problem->locks, error));
done:
    return rc;
}

int64_t node_begin_among(const struct problem *problem, const struct node *node, int64_t arrival_s)
{
    const struct time_window *window = problem->instance->windows + node->window_first;
    for (int32_t w = 0; w < node->window_count; w++, window++)
        if (arrival_s <= window->close_s) return arrival_s > window->open_s ? arrival_s : window->open_s;
    return INT64_MAX;
}

int64_t node_begin_latest_among(const struct problem *problem, const struct node *node, int64_t limit_s)
{
    const struct time_window *window =
        problem->instance->windows + node->window_first + node->window_count - 1;
    for (int32_t w = node->window_count; w > 0; w--, window--)
        if (limit_s >= window->open_s) return limit_s < window->close_s ? limit_s : window->close_s;
    return INT64_MIN;
}
