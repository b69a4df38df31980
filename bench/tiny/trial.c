#include "bench/tiny/trial.h"

#include "bench/tiny/random_instance.h"
#include "solver/model/check.h"
#include "solver/routing/routing.h"

#include <time.h>

static double processor_s(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* Does the checker find nothing but mandatory stops left? */
static bool accepted(const struct check_report *report)
{
    for (int32_t v = 0; v < report->violation_count; v++)
        if (report->violations[v].kind != VIOLATION_UNSERVED) return false;
    return true;
}

static struct optimum value_of(const struct instance *instance, const struct check_report *report)
{
    struct optimum found = {report->unserved_mandatory, cost_total(&report->cost)};
    for (int32_t s = 0; s < instance->stop_count; s++)
        if (report->stop_route[s] < 0 && instance->stops[s].mandatory)
            found.value += instance->stops[s].prize;
    return found;
}

/* Has the plan that is said to be the best the value that is said to be the least? */
static error_code prove(const struct trial *trial, struct arena *arena, bool *proven, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct check_report report;
    TRY(check_plan(&trial->instance, &trial->best, arena, &report, error));
    const struct optimum value = value_of(&trial->instance, &report);
    *proven =
        accepted(&report) && !optimum_less(value, trial->optimum) && !optimum_less(trial->optimum, value);
done:
    return rc;
}

error_code trial_run(uint64_t seed, const struct trial_terms *terms, struct arena *arena, struct trial *trial,
                     struct error *error)
{
    error_code rc = ERROR_NONE;
    struct rng rng;
    struct check_report report;
    struct routing_result result = {0};
    struct routing_options options = routing_options_default();
    bool proven;
    *trial = (struct trial){.verdict = TRIAL_OPTIMAL};
    options.seed = seed;
    options.time_limit_s = 0;
    options.iterations = terms->iterations;
    rng_seed(&rng, seed);
    trial->instance = random_tiny_instance(&rng, arena);
    if (terms->locked) random_locks(&rng, arena, &trial->instance);
    if (terms->quality) random_quality(&rng, arena, &trial->instance);
    TRY(instance_validate(&trial->instance, error));
    const double begin_s = processor_s();
    TRY(optimum_find(&trial->instance, terms->any_calls, &trial->optimum, &trial->best, error));
    const double between_s = processor_s();
    TRY(routing_solve(&trial->instance, &options, &result, error));
    trial->plan = result.plan;
    trial->optimum_s = between_s - begin_s;
    trial->search_s = processor_s() - between_s;
    TRY(prove(trial, arena, &proven, error));
    TRY(check_plan(&trial->instance, &result.plan, arena, &report, error));
    trial->found = value_of(&trial->instance, &report);
    if (!accepted(&report))
        trial->verdict = TRIAL_REJECTED;
    else if (result.cost != cost_total(&report.cost))
        trial->verdict = TRIAL_INEXACT;
    else if (!proven)
        trial->verdict = TRIAL_UNPROVEN;
    else if (optimum_less(trial->found, trial->optimum))
        trial->verdict = TRIAL_BETTER;
    else if (optimum_less(trial->optimum, trial->found))
        trial->verdict = TRIAL_WORSE;
done:
    return rc;
}

void trial_free(struct trial *trial)
{
    plan_free(&trial->best);
    plan_free(&trial->plan);
}

/* --- features --- */

static bool some_vehicle(const struct instance *in, bool (*holds)(const struct vehicle *vehicle))
{
    for (int32_t v = 0; v < in->vehicle_count; v++)
        if (holds(&in->vehicles[v])) return true;
    return false;
}

static bool some_stop(const struct instance *in, bool (*holds)(const struct stop *stop))
{
    for (int32_t s = 0; s < in->stop_count; s++)
        if (holds(&in->stops[s])) return true;
    return false;
}

static bool pauses(const struct vehicle *v)
{
    return v->break_s > 0;
}

static bool has_breaks(const struct instance *in)
{
    return some_vehicle(in, pauses);
}

static bool is_divided(const struct vehicle *v)
{
    return v->compartment_count > 1;
}

static bool has_compartments(const struct instance *in)
{
    return some_vehicle(in, is_divided);
}

static bool works_little(const struct vehicle *v)
{
    return v->max_work_s < TIME_MAX;
}

static bool has_max_work(const struct instance *in)
{
    return some_vehicle(in, works_little);
}

static bool works_over(const struct vehicle *v)
{
    return v->overtime_from_s < TIME_MAX;
}

static bool has_overtime(const struct instance *in)
{
    return some_vehicle(in, works_over);
}

static bool takes_home(const struct vehicle *v)
{
    return v->home_takes_load;
}

static bool has_home_loads(const struct instance *in)
{
    return some_vehicle(in, takes_home);
}

static bool is_limited(const struct vehicle *v)
{
    return v->max_stops > 0 || v->max_distance_m > 0 || v->max_load_kg > 0 || v->max_load_l > 0;
}

static bool has_day_limits(const struct instance *in)
{
    return some_vehicle(in, is_limited);
}

static bool waits_for_release(const struct stop *s)
{
    return s->release_s > 0;
}

static bool has_releases(const struct instance *in)
{
    return some_stop(in, waits_for_release);
}

static bool is_mandatory(const struct stop *s)
{
    return s->mandatory;
}

static bool has_mandatory(const struct instance *in)
{
    return some_stop(in, is_mandatory);
}

static bool is_segment(const struct stop *s)
{
    return s->entry_place != s->exit_place;
}

static bool has_segments(const struct instance *in)
{
    return some_stop(in, is_segment);
}

static bool is_tagged(const struct stop *s)
{
    return s->tags != 0;
}

static bool has_tags(const struct instance *in)
{
    return some_stop(in, is_tagged);
}

static bool has_windows(const struct instance *in)
{
    return in->window_count > 0;
}

static bool has_site_limits(const struct instance *in)
{
    for (int32_t d = 0; d < in->site_count; d++)
        if (in->sites[d].daily_limit_kg > 0) return true;
    return false;
}

static bool has_vehicle_locks(const struct instance *in)
{
    for (int32_t l = 0; l < in->lock_count; l++)
        if (in->locks[l].vehicle >= 0) return true;
    return false;
}

static bool has_positions(const struct instance *in)
{
    for (int32_t l = 0; l < in->lock_count; l++)
        if (in->locks[l].position != 0) return true;
    return false;
}

static bool has_sequences(const struct instance *in)
{
    for (int32_t l = 0; l < in->lock_count; l++)
        if (in->locks[l].behind >= 0) return true;
    return false;
}

static bool has_no_sites(const struct instance *in)
{
    return in->site_count == 0;
}

static bool has_fleet(const struct instance *in)
{
    return in->vehicle_count > 1;
}

/* Is some way, in metres or seconds, longer than one through another place? */
static bool has_shortcuts(const struct instance *in)
{
    const struct travel *travel = &in->travel;
    const int32_t places = travel->place_count;
    for (int32_t p = 0; p < travel->profile_count; p++)
        for (int32_t cell = 0; cell < places * places; cell++)
            for (int32_t via = 0; via < places; via++) {
                const int32_t from = cell / places, to = cell % places;
                const struct travel_leg way = travel_leg(travel, p, from, to),
                                        one = travel_leg(travel, p, from, via),
                                        two = travel_leg(travel, p, via, to);
                if (way.distance_m > one.distance_m + two.distance_m ||
                    way.duration_s > one.duration_s + two.duration_s)
                    return true;
            }
    return false;
}

static bool has_reference(const struct instance *in)
{
    return in->reference != NULL;
}

static bool has_pairs(const struct instance *in)
{
    return in->pair_count > 0;
}

static bool is_balanced(const struct vehicle *v)
{
    return v->imbalance_per_s2 > 0;
}

static bool has_balance(const struct instance *in)
{
    return some_vehicle(in, is_balanced);
}

static bool is_plain(const struct instance *in)
{
    return !has_breaks(in) && !has_releases(in) && !has_windows(in) && !has_site_limits(in) &&
           !has_shortcuts(in);
}

const struct trial_feature trial_features[TRIAL_FEATURES] = {
    {"breaks", has_breaks},
    {"releases", has_releases},
    {"windows", has_windows},
    {"several compartments", has_compartments},
    {"daily limits of sites", has_site_limits},
    {"no sites", has_no_sites},
    {"loads taken home", has_home_loads},
    {"maximum work", has_max_work},
    {"overtime", has_overtime},
    {"limits of the day", has_day_limits},
    {"several vehicles", has_fleet},
    {"mandatory stops", has_mandatory},
    {"access tags", has_tags},
    {"segments", has_segments},
    {"ways longer than detours", has_shortcuts},
    {"vehicles locked", has_vehicle_locks},
    {"positions locked", has_positions},
    {"sequences locked", has_sequences},
    {"a reference", has_reference},
    {"pairs of near stops", has_pairs},
    {"a price of imbalance", has_balance},
    {"no break, hours, limit, detour", is_plain},
};
