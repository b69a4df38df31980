/* Validation of the frozen instance: what passes here may be computed with freely. Beyond indices, signs
 * and orders it bounds every sum: loads of all stops together stay under MEASURE_MAX, times of a route and
 * the money of a plan that visits each stop once fit in 64 bits with room to spare. */
#include "solver/model/instance.h"

#include "solver/base/message.h"
#include "solver/model/lock.h"

/* A part of the cost stays under this, so that all parts, and a search's penalties, still sum. */
#define MONEY_BOUND (INT64_MAX / 16)

/* What the sums of a plan can reach at most. */
struct extent {
    int64_t leg_m, leg_s;        /* longest leg that exists */
    int64_t load_kg, load_l;     /* all stops */
    int64_t inner_m, activity_s; /* all stops: inner metres; service, and the longest unloading after each */
};

static error_code validate_counts(const struct instance *in, struct error *error);
static error_code validate_windows(const struct instance *in, struct error *error);
static error_code validate_travel(const struct instance *in, struct extent *extent, struct error *error);
static error_code validate_stops(const struct instance *in, struct extent *extent, struct error *error);
static error_code validate_sites(const struct instance *in, struct extent *extent, struct error *error);
static error_code validate_vehicles(const struct instance *in, struct error *error);
static error_code validate_money(const struct instance *in, const struct extent *extent, struct error *error);
static error_code validate_quality(const struct instance *in, struct error *error);

error_code instance_validate(const struct instance *instance, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct extent extent = {0};
    TRY(validate_counts(instance, error));
    TRY(validate_windows(instance, error));
    TRY(validate_travel(instance, &extent, error));
    TRY(validate_stops(instance, &extent, error));
    TRY(validate_sites(instance, &extent, error));
    TRY(validate_vehicles(instance, error));
    TRY(validate_money(instance, &extent, error));
    TRY(locks_validate(instance, error));
    TRY(validate_quality(instance, error));
done:
    return rc;
}

const struct lock *instance_lock(const struct instance *instance, int32_t stop)
{
    int32_t low = 0, high = instance->lock_count;
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        if (instance->locks[middle].stop < stop)
            low = middle + 1;
        else
            high = middle;
    }
    return low < instance->lock_count && instance->locks[low].stop == stop ? &instance->locks[low] : NULL;
}

int32_t vehicle_compartment_for(const struct vehicle *vehicle, int32_t stream)
{
    for (int32_t c = 0; c < vehicle->compartment_count; c++)
        if (vehicle->compartments[c].streams >> stream & 1U) return c;
    return -1;
}

bool vehicle_may_serve(const struct instance *instance, int32_t vehicle, int32_t stop)
{
    const struct vehicle *v = &instance->vehicles[vehicle];
    const struct stop *s = &instance->stops[stop];
    const struct lock *lock = instance_lock(instance, stop);
    int32_t c = vehicle_compartment_for(v, s->stream);
    if (lock != NULL && lock->vehicle >= 0 && lock->vehicle != vehicle) return false;
    return c >= 0 && (s->tags & ~v->tags) == 0 && s->load_kg <= v->compartments[c].capacity_kg &&
           s->load_l <= v->compartments[c].capacity_l;
}

static error_code wrong(struct error *error, const char *what, int32_t index, const char *complaint)
{
    return error_set(error, ERROR_INPUT, "%s %d: %s", what, index, complaint);
}

/* a × b, or `bound` when that is less; neither is negative. */
static int64_t bounded_product(int64_t a, int64_t b, int64_t bound)
{
    int64_t product;
    return __builtin_mul_overflow(a, b, &product) || product > bound ? bound : product;
}

static bool within(int64_t value, int64_t low, int64_t high)
{
    return value >= low && value <= high;
}

static error_code validate_counts(const struct instance *in, struct error *error)
{
    const struct {
        const char *name;
        int32_t count;
        const void *items;
    } arrays[] = {{"stops", in->stop_count, in->stops},
                  {"sites", in->site_count, in->sites},
                  {"vehicles", in->vehicle_count, in->vehicles},
                  {"windows", in->window_count, in->windows},
                  {"locks", in->lock_count, in->locks},
                  {"travel profiles", in->travel.profile_count, in->travel.profiles}};
    for (size_t a = 0; a < sizeof arrays / sizeof *arrays; a++)
        if (arrays[a].count < 0 || (arrays[a].count > 0 && arrays[a].items == NULL))
            return error_set(error, ERROR_INPUT, _("the instance has a wrong number of %s"), arrays[a].name);
    if (!within(in->stream_count, 0, STREAM_MAX))
        return error_set(error, ERROR_INPUT, _("the instance has %d streams; at most %d are possible"),
                         in->stream_count, STREAM_MAX);
    if (in->travel.place_count < 0)
        return error_set(error, ERROR_INPUT, _("the instance has a wrong number of places"));
    return ERROR_NONE;
}

static error_code validate_windows(const struct instance *in, struct error *error)
{
    for (int32_t w = 0; w < in->window_count; w++) {
        struct time_window window = in->windows[w];
        if (window.open_s < 0 || window.open_s > window.close_s || window.close_s > TIME_MAX)
            return wrong(error, "window", w, _("it closes before it opens, or lies outside the day"));
    }
    return ERROR_NONE;
}

static error_code validate_span(const struct instance *in, const char *what, int32_t index, int32_t first,
                                int32_t count, struct error *error)
{
    if (first < 0 || count < 0 || first > in->window_count - count)
        return wrong(error, what, index, _("its windows do not exist"));
    for (int32_t w = first + 1; w < first + count; w++)
        if (in->windows[w].open_s <= in->windows[w - 1].close_s)
            return wrong(error, what, index, _("its windows are not sorted, or overlap"));
    return ERROR_NONE;
}

/* The largest value of a matrix short of TRAVEL_UNREACHABLE; -1 when a value is out of range. */
static int64_t matrix_extent(const int32_t *values, size_t count)
{
    int32_t largest = 0;
    for (size_t i = 0; i < count; i++) {
        if (values[i] < 0 || values[i] > TRAVEL_UNREACHABLE) return -1;
        if (values[i] != TRAVEL_UNREACHABLE && values[i] > largest) largest = values[i];
    }
    return largest;
}

/* The longest leg of each kind by the profile's matrices; -1 when a cell is out of range. */
static struct travel_leg matrices_extent(const struct travel *travel, const struct travel_matrix *matrix)
{
    const size_t cells = (size_t)travel->place_count * (size_t)travel->place_count;
    const int64_t leg_m = matrix_extent(matrix->distance_m, cells);
    const bool shared = matrix->duration_s == matrix->distance_m;
    return (struct travel_leg){leg_m, shared ? leg_m : matrix_extent(matrix->duration_s, cells)};
}

/* A bound on it by the points; -1 when legs might be out of range. */
static struct travel_leg points_extent(const struct travel *travel, const struct travel_rates *rates)
{
    const double leg_m = travel_longest(travel, rates->distance_m),
                 leg_s = travel_longest(travel, rates->duration_s);
    return (struct travel_leg){leg_m >= 0 && leg_m < TRAVEL_UNREACHABLE ? (int64_t)leg_m : -1,
                               leg_s >= 0 && leg_s < TRAVEL_UNREACHABLE ? (int64_t)leg_s : -1};
}

static error_code validate_travel(const struct instance *in, struct extent *extent, struct error *error)
{
    const struct travel *travel = &in->travel;
    for (int32_t p = 0; p < travel->profile_count && travel->place_count > 0; p++) {
        const struct travel_matrix *matrix = &travel->profiles[p];
        const bool computed = matrix->distance_m == NULL && matrix->duration_s == NULL &&
                              travel->points != NULL && travel->rates != NULL;
        if (!computed && (matrix->distance_m == NULL || matrix->duration_s == NULL))
            return wrong(error, "travel profile", p, _("it has no matrix"));
        const struct travel_leg longest =
            computed ? points_extent(travel, &travel->rates[p]) : matrices_extent(travel, matrix);
        if (longest.distance_m < 0 || longest.duration_s < 0)
            return wrong(error, "travel profile", p, _("a distance or a time is out of range"));
        if (longest.distance_m > extent->leg_m) extent->leg_m = longest.distance_m;
        if (longest.duration_s > extent->leg_s) extent->leg_s = longest.duration_s;
    }
    return ERROR_NONE;
}

static error_code validate_stops(const struct instance *in, struct extent *extent, struct error *error)
{
    error_code rc = ERROR_NONE;
    const int32_t last_place = in->travel.place_count - 1;
    for (int32_t s = 0; s < in->stop_count; s++) {
        const struct stop *stop = &in->stops[s];
        if (!within(stop->entry_place, 0, last_place) || !within(stop->exit_place, 0, last_place))
            return wrong(error, "stop", s, _("its place does not exist"));
        if (!within(stop->stream, 0, in->stream_count - 1))
            return wrong(error, "stop", s, _("its stream does not exist"));
        if (!within(stop->load_kg, 0, MEASURE_MAX - extent->load_kg) ||
            !within(stop->load_l, 0, MEASURE_MAX - extent->load_l))
            return wrong(error, "stop", s, _("its load is negative, or all loads together are too large"));
        if (!within(stop->service_s, 0, TIME_MAX) || !within(stop->inner_m, 0, TIME_MAX))
            return wrong(error, "stop", s, _("its service time or inner distance is out of range"));
        if (!within(stop->release_s, 0, TIME_MAX))
            return wrong(error, "stop", s, _("its release lies outside the day"));
        if (!within(stop->prize, 0, MONEY_BOUND))
            return wrong(error, "stop", s, _("its prize is negative or too large"));
        TRY(validate_span(in, "stop", s, stop->window_first, stop->window_count, error));
        extent->load_kg += stop->load_kg;
        extent->load_l += stop->load_l;
        extent->inner_m += stop->inner_m;
        extent->activity_s += stop->service_s;
    }
done:
    return rc;
}

static error_code validate_sites(const struct instance *in, struct extent *extent, struct error *error)
{
    error_code rc = ERROR_NONE;
    int64_t longest_s = 0;
    const int64_t slowest_us = INT64_C(1000000) * TIME_MAX;
    const int64_t all_kg = extent->load_kg > 0 ? extent->load_kg : 1;
    for (int32_t d = 0; d < in->site_count; d++) {
        const struct site *site = &in->sites[d];
        if (!within(site->place, 0, in->travel.place_count - 1))
            return wrong(error, "site", d, _("its place does not exist"));
        if (in->stream_count < STREAM_MAX && site->streams >> in->stream_count != 0)
            return wrong(error, "site", d, _("it takes a stream that does not exist"));
        if (!within(site->unload_s, 0, TIME_MAX) || !within(site->unload_us_per_kg, 0, slowest_us / all_kg))
            return wrong(error, "site", d, _("its unloading time is out of range"));
        if (!within(site->fee_per_kg, 0, MONEY_BOUND / all_kg) ||
            !within(site->daily_limit_kg, 0, MEASURE_MAX))
            return wrong(error, "site", d, _("its fee or daily limit is out of range"));
        TRY(validate_span(in, "site", d, site->window_first, site->window_count, error));
        int64_t unload_s = site->unload_s + site->unload_us_per_kg * all_kg / 1000000 + 1;
        if (unload_s > longest_s) longest_s = unload_s;
    }
    extent->activity_s += longest_s * ((int64_t)in->stop_count + in->vehicle_count);
done:
    return rc;
}

static const char *compartments_fault(const struct instance *in, const struct vehicle *vehicle)
{
    stream_mask seen = 0;
    if (!within(vehicle->compartment_count, 0, COMPARTMENT_MAX)) return _("it has too many compartments");
    for (int32_t c = 0; c < vehicle->compartment_count; c++) {
        const struct vehicle_compartment *compartment = &vehicle->compartments[c];
        if (in->stream_count < STREAM_MAX && compartment->streams >> in->stream_count != 0)
            return _("a compartment takes a stream that does not exist");
        if ((compartment->streams & seen) != 0) return _("two compartments take the same stream");
        if (!within(compartment->capacity_kg, 0, MEASURE_MAX) ||
            !within(compartment->capacity_l, 0, MEASURE_MAX))
            return _("a capacity is out of range");
        seen |= compartment->streams;
    }
    return NULL;
}

static const char *vehicle_fault(const struct instance *in, const struct vehicle *vehicle)
{
    const int32_t last_place = in->travel.place_count - 1;
    if (!within(vehicle->start_place, 0, last_place) || !within(vehicle->end_place, 0, last_place))
        return _("its depot does not exist");
    if (!within(vehicle->profile, 0, in->travel.profile_count - 1)) return _("its profile does not exist");
    if (vehicle->shift_start_s < 0 || vehicle->shift_start_s > vehicle->shift_end_s ||
        vehicle->shift_end_s > TIME_MAX)
        return _("its shift ends before it starts, or lies outside the day");
    if (!within(vehicle->max_work_s, 0, TIME_MAX) || !within(vehicle->overtime_from_s, 0, TIME_MAX))
        return _("its work limits are out of range");
    if (!within(vehicle->break_s, 0, TIME_MAX) || !within(vehicle->break_after_s, 0, TIME_MAX) ||
        vehicle->break_window.open_s < 0 || vehicle->break_window.open_s > vehicle->break_window.close_s ||
        vehicle->break_window.close_s > TIME_MAX)
        return _("its break is out of range");
    if (vehicle->max_stops < 0 || !within(vehicle->max_distance_m, 0, MEASURE_MAX) ||
        !within(vehicle->max_load_kg, 0, MEASURE_MAX) || !within(vehicle->max_load_l, 0, MEASURE_MAX))
        return _("its limits are out of range");
    return compartments_fault(in, vehicle);
}

static error_code validate_vehicles(const struct instance *in, struct error *error)
{
    for (int32_t v = 0; v < in->vehicle_count; v++) {
        const char *fault = vehicle_fault(in, &in->vehicles[v]);
        if (fault != NULL) return wrong(error, "vehicle", v, fault);
    }
    return ERROR_NONE;
}

/* Every rate is zero or more, and times the longest plan imaginable (each stop between two unloadings,
 * every leg the longest) stays under MONEY_BOUND; so do the fixed costs and the prizes together. */
static error_code validate_money(const struct instance *in, const struct extent *extent, struct error *error)
{
    const int64_t legs = 2 * ((int64_t)in->stop_count + in->vehicle_count);
    const int64_t distance_m = 1 + extent->inner_m + bounded_product(legs, extent->leg_m, INT64_MAX / 4);
    const int64_t work_s =
        1 + TIME_MAX + extent->activity_s + bounded_product(legs, extent->leg_s, INT64_MAX / 4);
    const int64_t kg = extent->load_kg + 1;
    money fixed = 0, prizes = 0;
    for (int32_t v = 0; v < in->vehicle_count; v++) {
        const struct vehicle *vehicle = &in->vehicles[v];
        const struct {
            money rate;
            int64_t amount;
        } charges[] = {{vehicle->cost_per_m, distance_m},      {vehicle->fuel_per_m, distance_m},
                       {vehicle->carbon_per_m, distance_m},    {vehicle->cost_per_s, work_s},
                       {vehicle->overtime_cost_per_s, work_s}, {vehicle->fuel_per_kg, kg},
                       {vehicle->carbon_per_kg, kg},           {vehicle->fixed_cost, 1}};
        for (size_t c = 0; c < sizeof charges / sizeof *charges; c++)
            if (charges[c].rate < 0 || charges[c].rate > MONEY_BOUND / 2 / charges[c].amount)
                return wrong(error, "vehicle", v, _("a cost is negative, or so large that sums overflow"));
        if (vehicle->fixed_cost > MONEY_BOUND - fixed)
            return wrong(error, "vehicle", v, _("the fixed costs together are too large"));
        fixed += vehicle->fixed_cost;
    }
    for (int32_t s = 0; s < in->stop_count; s++) {
        if (in->stops[s].prize > MONEY_BOUND - prizes)
            return wrong(error, "stop", s, _("the prizes together are too large"));
        prizes += in->stops[s].prize;
    }
    return ERROR_NONE;
}

static error_code validate_reference(const struct instance *in, struct error *error)
{
    if (!within(in->change_cost, 0, MONEY_BOUND / (in->stop_count + INT64_C(1))))
        return error_set(error, ERROR_INPUT, _("the cost of a change is negative or too large"));
    for (int32_t s = 0; in->reference != NULL && s < in->stop_count; s++)
        if (!within(in->reference[s], -1, in->vehicle_count - 1))
            return wrong(error, "stop", s, _("the vehicle of its reference does not exist"));
    return ERROR_NONE;
}

static error_code validate_pairs(const struct instance *in, struct error *error)
{
    money sum = 0;
    if (in->pair_count < 0 || (in->pair_count > 0 && in->pairs == NULL))
        return error_set(error, ERROR_INPUT, _("the instance has a wrong number of %s"), "pairs");
    for (int32_t p = 0; p < in->pair_count; p++) {
        const struct stop_pair *pair = &in->pairs[p], *before = p > 0 ? pair - 1 : NULL;
        if (!within(pair->one, 0, in->stop_count - 1) || !within(pair->other, 0, in->stop_count - 1) ||
            pair->one >= pair->other)
            return wrong(error, "pair", p, _("its stops do not exist, or are not in order"));
        if (before != NULL &&
            (before->one > pair->one || (before->one == pair->one && before->other >= pair->other)))
            return wrong(error, "pair", p, _("the pairs are not sorted, or one is there twice"));
        if (!within(pair->price, 0, MONEY_BOUND - sum))
            return wrong(error, "pair", p, _("its price is negative, or the prices together are too large"));
        sum += pair->price;
    }
    return ERROR_NONE;
}

static error_code validate_quality(const struct instance *in, struct error *error)
{
    error_code rc = ERROR_NONE;
    money rates = 0;
    for (int32_t v = 0; v < in->vehicle_count; v++) {
        const struct vehicle *vehicle = &in->vehicles[v];
        const money most = MONEY_BOUND / (IMBALANCE_MOST_S * IMBALANCE_MOST_S);
        if (!within(vehicle->balance_from_s, 0, TIME_MAX) ||
            !within(vehicle->imbalance_per_s2, 0, most - rates))
            return wrong(error, "vehicle", v, _("its price of imbalance is out of range"));
        rates += vehicle->imbalance_per_s2;
    }
    TRY(validate_reference(in, error));
    TRY(validate_pairs(in, error));
done:
    return rc;
}
