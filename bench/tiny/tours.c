#include "bench/tiny/tours.h"

#include "bench/tiny/lapse.h"
#include "solver/base/array.h"

#include <assert.h>
#include <string.h>

/* Where a truck stands: at a stop, a site, or its depot, before it has done anything. */
enum { SPOT_DEPOT = TINY_STOPS + TINY_SITES, SPOT_COUNT };

struct label {
    struct lapse lapse;
    int64_t metres;
    money cost; /* metres and fees */
    int64_t kg[COMPARTMENT_MAX], l[COMPARTMENT_MAX];
    int64_t site_kg[TINY_SITES];
    uint32_t set, aboard; /* bits: stops served, compartments with something in them */
    int32_t spot;
    int32_t release_s; /* of the trip under way */
    int32_t last;      /* stop served, -1: none yet */
    int32_t total;     /* stops of the whole route, as a locked position from its end says; 0: any */
    bool paused, needless;
    int32_t step_count;
    int8_t steps[TOUR_STEPS];
    int32_t next; /* label at the same spot with the same set; -1: last */
};

struct run {
    const struct instance *instance;
    const struct vehicle *vehicle;
    int32_t vehicle_id;
    money rate_m;
    bool kg_count[COMPARTMENT_MAX],
        l_count[COMPARTMENT_MAX]; /* may more of it aboard forbid or cost anything? */
    struct {
        struct label *items;
        int64_t count, capacity;
    } labels;
    int32_t first[TINY_SETS][SPOT_COUNT]; /* newest label, -1: none */
    struct {
        int32_t *items;
        int64_t count, capacity;
    } queues[TINY_SETS]; /* labels by set, in the order they came */
    struct tour_list *lists;
    bool any_calls, memory;
};

static void find_what_counts(struct run *run);
static void set_out(struct run *run);
static void extend(struct run *run, int32_t index);

error_code tours_find(const struct instance *instance, int32_t vehicle, bool any_calls,
                      struct tour_list lists[TINY_SETS], struct error *error)
{
    const struct vehicle *v = &instance->vehicles[vehicle];
    struct run run = {.instance = instance,
                      .vehicle = v,
                      .vehicle_id = vehicle,
                      .rate_m = v->cost_per_m + v->fuel_per_m + v->carbon_per_m,
                      .any_calls = any_calls,
                      .lists = lists,
                      .memory = true};
    memset(run.first, -1, sizeof run.first);
    find_what_counts(&run);
    set_out(&run);
    for (int32_t set = 0; set < 1 << instance->stop_count; set++)
        for (int64_t k = 0; k < run.queues[set].count && run.memory; k++)
            extend(&run, run.queues[set].items[k]);
    for (int32_t set = 0; set < TINY_SETS; set++) array_free(&run.queues[set]);
    array_free(&run.labels);
    return run.memory ? ERROR_NONE : error_memory(error);
}

/* --- tours of a set --- */

static bool unloads_no_more(const int64_t a[TINY_SITES], const int64_t b[TINY_SITES])
{
    for (int32_t d = 0; d < TINY_SITES; d++)
        if (a[d] > b[d]) return false;
    return true;
}

error_code tour_list_add(struct tour_list *list, const struct tour *tour, struct error *error)
{
    int64_t kept = 0;
    for (int64_t k = 0; k < list->count; k++) {
        const struct tour *other = &list->items[k];
        if (other->cost <= tour->cost && unloads_no_more(other->site_kg, tour->site_kg)) return ERROR_NONE;
    }
    for (int64_t k = 0; k < list->count; k++) {
        const struct tour other = list->items[k];
        if (tour->cost > other.cost || !unloads_no_more(tour->site_kg, other.site_kg))
            list->items[kept++] = other;
    }
    list->count = kept;
    return array_push(list, *tour) ? ERROR_NONE : error_memory(error);
}

/* --- labels --- */

/* b may do nothing that a may not do as well. */
static bool covers(const struct run *run, const struct label *a, const struct label *b)
{
    if (a->aboard != b->aboard || a->paused != b->paused) return false;
    if (run->instance->lock_count > 0 && (a->last != b->last || a->total != b->total)) return false;
    if (a->cost > b->cost || a->release_s < b->release_s) return false;
    if (run->vehicle->max_distance_m > 0 && a->metres > b->metres) return false;
    for (int32_t c = 0; c < COMPARTMENT_MAX; c++)
        if ((run->kg_count[c] && a->kg[c] > b->kg[c]) || (run->l_count[c] && a->l[c] > b->l[c])) return false;
    return unloads_no_more(a->site_kg, b->site_kg) && lapse_covers(a->lapse, b->lapse);
}

static struct label *label_at(const struct run *run, int32_t index)
{
    assert(run->labels.items != NULL && index < run->labels.count);
    return &run->labels.items[index];
}

/* Keeps a label, unless it cannot come home in time or another makes it needless. */
static void keep(struct run *run, struct label *label)
{
    const struct vehicle *v = run->vehicle;
    label->lapse = lapse_by(label->lapse, v->shift_end_s);
    if (!lapse_possible(label->lapse)) return;
    if (v->max_distance_m > 0 && label->metres > v->max_distance_m) return;
    int32_t *first = &run->first[label->set][label->spot];
    for (int32_t k = *first; k >= 0; k = label_at(run, k)->next)
        if (covers(run, label_at(run, k), label)) return;
    for (int32_t *link = first; *link >= 0;) {
        struct label *other = label_at(run, *link);
        if (covers(run, label, other)) {
            other->needless = true;
            *link = other->next;
        } else {
            link = &other->next;
        }
    }
    label->next = *first;
    *first = (int32_t)run->labels.count;
    run->memory &= array_push(&run->labels, *label) && array_push(&run->queues[label->set], *first);
}

static int32_t compartment_of(const struct run *run, int32_t stream)
{
    for (int32_t c = 0; c < run->vehicle->compartment_count; c++)
        if (run->vehicle->compartments[c].streams >> stream & 1) return c;
    return -1;
}

/* Kilograms where sites count them or all would be too many; litres where all would be too many. */
static void find_what_counts(struct run *run)
{
    const struct instance *in = run->instance;
    int64_t kg[COMPARTMENT_MAX] = {0}, l[COMPARTMENT_MAX] = {0};
    bool by_kg = false;
    for (int32_t d = 0; d < in->site_count; d++)
        by_kg |= in->sites[d].unload_us_per_kg > 0 || in->sites[d].fee_per_kg > 0 ||
                 in->sites[d].daily_limit_kg > 0;
    for (int32_t s = 0; s < in->stop_count; s++) {
        const int32_t c = compartment_of(run, in->stops[s].stream);
        if (c < 0) continue;
        kg[c] += in->stops[s].load_kg;
        l[c] += in->stops[s].load_l;
    }
    for (int32_t c = 0; c < run->vehicle->compartment_count; c++) {
        run->kg_count[c] = by_kg || kg[c] > run->vehicle->compartments[c].capacity_kg;
        run->l_count[c] = l[c] > run->vehicle->compartments[c].capacity_l;
    }
}

static void set_out(struct run *run)
{
    struct label label = {.spot = SPOT_DEPOT,
                          .last = -1,
                          .lapse = lapse_begin(run->vehicle->shift_start_s, run->vehicle->shift_end_s)};
    keep(run, &label);
}

static int32_t place_of(const struct run *run, int32_t spot)
{
    if (spot == SPOT_DEPOT) return run->vehicle->start_place;
    if (spot < TINY_STOPS) return run->instance->stops[spot].exit_place;
    return run->instance->sites[spot - TINY_STOPS].place;
}

static void note_step(struct label *label, int32_t step)
{
    assert(label->step_count < TOUR_STEPS);
    label->steps[label->step_count++] = (int8_t)step;
}

/* Drives the label to a place, with the break in the gap or not; false when there is no way or no time. */
static bool drive(const struct run *run, struct label *label, int32_t to, bool pause)
{
    const struct travel *travel = &run->instance->travel;
    const int32_t profile = run->vehicle->profile, from = place_of(run, label->spot);
    const int64_t metres = travel_distance_m(travel, profile, from, to);
    const int64_t leg_s = travel_duration_s(travel, profile, from, to);
    if (metres >= TRAVEL_UNREACHABLE || leg_s >= TRAVEL_UNREACHABLE) return false;
    label->metres += metres;
    label->cost += metres * run->rate_m;
    label->lapse = pause ? lapse_pause(label->lapse, leg_s, run->vehicle) : lapse_spend(label->lapse, leg_s);
    label->paused |= pause;
    if (pause) note_step(label, TOUR_BREAK);
    return lapse_possible(label->lapse);
}

/* Serves for so long, once beginning in each of the windows; a later one only for departures that come too
 * late for the one before. */
static void serve(struct run *run, const struct label *label, int32_t first, int32_t count, int64_t service_s)
{
    struct label served = *label;
    if (count == 0) {
        served.lapse = lapse_spend(label->lapse, service_s);
        keep(run, &served);
    }
    for (int32_t w = first; w < first + count; w++) {
        const struct time_window window = run->instance->windows[w];
        served = *label;
        served.lapse = lapse_by(lapse_await(label->lapse, window.open_s), window.close_s);
        if (w > first)
            served.lapse = lapse_leave_after(served.lapse, run->instance->windows[w - 1].close_s -
                                                               lapse_span_s(label->lapse) + 1);
        served.lapse = lapse_spend(served.lapse, service_s);
        keep(run, &served);
    }
}

/* Takes the stop aboard; false when a rule on what is loaded forbids it. */
static bool load(const struct run *run, struct label *label, int32_t id)
{
    const struct stop *stop = &run->instance->stops[id];
    const struct vehicle *v = run->vehicle;
    const int32_t c = compartment_of(run, stop->stream);
    if (c < 0 || (stop->tags & ~v->tags) != 0) return false;
    label->kg[c] += stop->load_kg;
    label->l[c] += stop->load_l;
    label->set |= UINT32_C(1) << id;
    if (stop->load_kg > 0 || stop->load_l > 0) label->aboard |= UINT32_C(1) << c;
    if (label->kg[c] > v->compartments[c].capacity_kg || label->l[c] > v->compartments[c].capacity_l)
        return false;
    int64_t stops = 0, kg = 0, l = 0;
    for (int32_t s = 0; s < run->instance->stop_count; s++) {
        if (!(label->set >> s & 1)) continue;
        stops++;
        kg += run->instance->stops[s].load_kg;
        l += run->instance->stops[s].load_l;
    }
    return (v->max_stops == 0 || stops <= v->max_stops) && (v->max_load_kg == 0 || kg <= v->max_load_kg) &&
           (v->max_load_l == 0 || l <= v->max_load_l);
}

static int32_t stops_in(uint32_t set)
{
    int32_t count = 0;
    for (; set != 0; set &= set - 1) count++;
    return count;
}

/* The stop locked right behind another; -1: none. */
static int32_t follower(const struct run *run, int32_t stop)
{
    for (int32_t l = 0; stop >= 0 && l < run->instance->lock_count; l++)
        if (run->instance->locks[l].behind == stop) return run->instance->locks[l].stop;
    return -1;
}

/* May the stop come next, by its own lock and those of the stops before it? */
static bool keep_locks(const struct run *run, struct label *label, int32_t id)
{
    const struct lock *lock = instance_lock(run->instance, id);
    const int32_t due = follower(run, label->last), place = stops_in(label->set) + 1;
    const int32_t before = label->last;
    label->last = id;
    if (due >= 0 && due != id) return false;
    if (lock == NULL) return true;
    if (lock->vehicle >= 0 && lock->vehicle != run->vehicle_id) return false;
    if (lock->behind >= 0 && lock->behind != before) return false;
    if (lock->position > 0) return lock->position == place;
    if (lock->position == 0) return true;
    const int32_t total = place - lock->position - 1;
    if (label->total != 0 && label->total != total) return false;
    label->total = total;
    return true;
}

/* Goes to a stop in the trip under way. */
static void go_to_stop(struct run *run, const struct label *label, int32_t id)
{
    const struct stop *stop = &run->instance->stops[id];
    struct label loaded = *label;
    if (stop->release_s > label->release_s || !keep_locks(run, &loaded, id) || !load(run, &loaded, id))
        return;
    loaded.metres += stop->inner_m;
    loaded.cost += stop->inner_m * run->rate_m;
    for (int pause = 0; pause < (label->paused || run->vehicle->break_s == 0 ? 1 : 2); pause++) {
        struct label there = loaded;
        if (!drive(run, &there, stop->entry_place, pause)) continue;
        there.spot = id;
        note_step(&there, id);
        serve(run, &there, stop->window_first, stop->window_count, stop->service_s);
    }
}

/* Is it of use to give the trip the release of stop s? Not when another, later one is past as well already,
 * or the same has been given for a stop before. */
static bool release_of_use(const struct run *run, const struct label *label, int32_t s)
{
    const struct instance *in = run->instance;
    const int32_t release_s = in->stops[s].release_s;
    if (label->set >> s & 1) return false;
    for (int32_t other = 0; other < in->stop_count; other++) {
        const int32_t theirs_s = in->stops[other].release_s;
        if (label->set >> other & 1) continue;
        if (theirs_s == release_s && other < s) return false;
        if (theirs_s > release_s && theirs_s <= label->lapse.end_s) return false;
    }
    return true;
}

/* Begins a trip with a stop, once for each release that the trip may be given. */
static void begin_trip(struct run *run, const struct label *label, int32_t id)
{
    for (int32_t s = 0; s < run->instance->stop_count; s++) {
        const int32_t release_s = run->instance->stops[s].release_s;
        if (release_s < run->instance->stops[id].release_s || !release_of_use(run, label, s)) continue;
        struct label out = *label;
        out.release_s = release_s;
        out.lapse = label->spot == SPOT_DEPOT ? lapse_leave_after(out.lapse, release_s)
                                              : lapse_await(out.lapse, release_s);
        if (lapse_possible(out.lapse)) go_to_stop(run, &out, id);
    }
}

/* Unloads what the site takes; false when it may not be called at. */
static bool unload(const struct run *run, struct label *label, int32_t id, int64_t *unload_s)
{
    const struct site *site = &run->instance->sites[id];
    int64_t kg = 0;
    bool takes = false;
    for (int32_t c = 0; c < run->vehicle->compartment_count; c++) {
        if (!(label->aboard >> c & 1) || (run->vehicle->compartments[c].streams & ~site->streams) != 0)
            continue;
        takes = true;
        kg += label->kg[c];
        label->kg[c] = label->l[c] = 0;
        label->aboard &= ~(UINT32_C(1) << c);
    }
    if (!takes && (label->aboard != 0 || !run->any_calls)) return false;
    if (site->daily_limit_kg > 0) label->site_kg[id] += kg;
    label->cost += kg * site->fee_per_kg;
    label->release_s = 0;
    *unload_s = site->unload_s + (kg * site->unload_us_per_kg + 999999) / 1000000;
    return site->daily_limit_kg == 0 || label->site_kg[id] <= site->daily_limit_kg;
}

static void go_to_site(struct run *run, const struct label *label, int32_t id)
{
    const struct site *site = &run->instance->sites[id];
    for (int pause = 0; pause < (label->paused || run->vehicle->break_s == 0 ? 1 : 2); pause++) {
        struct label there = *label;
        int64_t unload_s;
        if (!drive(run, &there, site->place, pause) || !unload(run, &there, id, &unload_s)) continue;
        there.spot = TINY_STOPS + id;
        note_step(&there, there.spot);
        serve(run, &there, site->window_first, site->window_count, unload_s);
    }
}

/* The last departure: at any the work is the same. Where the break is not taken and might be due: one that
 * leaves after the break's window, or is back by its end; false when there is none. */
static bool choose_departure(const struct run *run, const struct label *home, int64_t *departure_s)
{
    const struct vehicle *v = run->vehicle;
    const int64_t close_s = v->break_window.close_s;
    struct lapse lapse = lapse_by(home->lapse, v->shift_end_s);
    if (v->break_s > 0 && !home->paused) {
        if (lapse_span_s(lapse) > v->break_after_s) return false;
        if (lapse.until_s <= close_s) lapse = lapse_by(lapse, close_s);
    }
    *departure_s = lapse.until_s;
    return lapse_possible(lapse);
}

static money imbalance_price(const struct vehicle *v, int64_t work_s)
{
    int64_t over_s = work_s - v->balance_from_s;
    if (over_s <= 0) return 0;
    if (over_s > IMBALANCE_MOST_S) over_s = IMBALANCE_MOST_S;
    return v->imbalance_per_s2 * over_s * over_s;
}

/* Stops of the set that the reference gives to another vehicle. */
static money change_price(const struct run *run, uint32_t set)
{
    const struct instance *in = run->instance;
    int64_t changes = 0;
    for (int32_t s = 0; in->reference != NULL && s < in->stop_count; s++)
        changes += (set >> s & 1) && in->reference[s] >= 0 && in->reference[s] != run->vehicle - in->vehicles;
    return changes * in->change_cost;
}

static void note_tour(struct run *run, const struct label *home, int64_t departure_s, int64_t work_s)
{
    const struct vehicle *v = run->vehicle;
    const int64_t over_s = work_s > v->overtime_from_s ? work_s - v->overtime_from_s : 0;
    struct error error;
    struct tour tour = {.cost = v->fixed_cost + home->cost + (work_s - over_s) * v->cost_per_s +
                                over_s * v->overtime_cost_per_s,
                        .departure_s = (int32_t)departure_s,
                        .step_count = home->step_count};
    for (int32_t s = 0; s < run->instance->stop_count; s++)
        if (home->set >> s & 1)
            tour.cost += run->instance->stops[s].load_kg * (v->fuel_per_kg + v->carbon_per_kg);
    tour.cost += imbalance_price(v, work_s) + change_price(run, home->set);
    memcpy(tour.site_kg, home->site_kg, sizeof tour.site_kg);
    memcpy(tour.steps, home->steps, sizeof tour.steps);
    if (tour_list_add(&run->lists[home->set], &tour, &error) != ERROR_NONE) run->memory = false;
}

static void come_home(struct run *run, const struct label *label)
{
    const struct vehicle *v = run->vehicle;
    if (label->aboard != 0 && !v->home_takes_load) return;
    if (follower(run, label->last) >= 0) return;
    if (label->total != 0 && label->total != stops_in(label->set)) return;
    for (int pause = 0; pause < (label->paused || v->break_s == 0 ? 1 : 2); pause++) {
        struct label home = *label;
        int64_t departure_s;
        if (!drive(run, &home, v->end_place, pause) || !choose_departure(run, &home, &departure_s)) continue;
        if (v->max_distance_m > 0 && home.metres > v->max_distance_m) continue;
        const int64_t work_s = lapse_span_s(home.lapse) - (home.paused ? v->break_s : 0);
        if (work_s <= v->max_work_s) note_tour(run, &home, departure_s, work_s);
    }
}

static void extend(struct run *run, int32_t index)
{
    const struct label label = *label_at(run, index); /* a copy: the array moves as it grows */
    const bool between_trips = label.spot >= TINY_STOPS;
    if (label.needless) return;
    for (int32_t s = 0; s < run->instance->stop_count; s++) {
        if (label.set >> s & 1) continue;
        if (between_trips)
            begin_trip(run, &label, s);
        else
            go_to_stop(run, &label, s);
    }
    for (int32_t d = 0; d < run->instance->site_count; d++) go_to_site(run, &label, d);
    if (label.set != 0) come_home(run, &label);
}
