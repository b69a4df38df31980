#include "scenarios/night_work.h"

#include "io/plan_json.h"
#include "io/roads.h"
#include "scenarios/console.h"
#include "scenarios/plan_file.h"
#include "solver/base/message.h"
#include "solver/horizon/quality.h"

#include <limits.h>

void night_work_init(struct night_work *work, struct run_facts *facts)
{
    *work = (struct night_work){.facts = facts};
    arena_init(&work->arena);
    diagnostics_init(&work->diagnostics, DIAGNOSTIC_LIMIT_DEFAULT);
}

void night_work_free(struct night_work *work)
{
    matched_free(&work->matched);
    practice_free(&work->practice);
    city_close(&work->city);
    diagnostics_free(&work->diagnostics);
    arena_free(&work->arena);
}

static void begin_phase(struct night_work *work, const char *name)
{
    if (work->facts != NULL) run_phase(work->facts, name);
}

error_code night_open_roads(struct night_work *work, const struct command_options *options,
                            struct error *error)
{
    if (work->city.network != NETWORK_OSM) return ERROR_NONE;
    begin_phase(work, "roads");
    console_progress(_("reading the roads of %s"), work->city.network_file);
    const error_code rc = roads_open(&work->city, options->threads, &work->arena, &work->diagnostics, error);
    if (rc == ERROR_NONE && work->city.roads->elsewhere > 0)
        console_note(
            _("%d bins or yards are served from another road than the nearest: `benne validate` says why"),
            (int)work->city.roads->elsewhere);
    return rc;
}

error_code night_read(struct night_work *work, const char *folder, const struct command_options *options,
                      struct error *error)
{
    error_code rc = ERROR_NONE;
    begin_phase(work, "read");
    console_progress(_("reading %s"), folder);
    TRY(city_read(folder, &work->arena, &work->city, &work->files, &work->diagnostics, error));
    TRY(night_open_roads(work, options, error));
done:
    console_progress_end();
    if (work->diagnostics.errors > 0 || !options->quiet)
        console_diagnostics(&work->diagnostics, false, stderr);
    if (rc == ERROR_INPUT && work->diagnostics.errors > 0 && error != NULL) error->message[0] = '\0';
    return rc;
}

error_code night_believe(struct night_work *work, day_number day, struct error *error)
{
    const struct city *city = &work->city;
    instant_s now = zone_midnight(city->zone, day);
    work->day = day;
    begin_phase(work, "forecast");
    console_progress(_("forecasting the fill of %d bins"), (int)city->bin_count);
    error_code rc = forecast_fill(city, now, day, NIGHT_FORECAST_DAYS, &work->arena, &work->forecast, error);
    if (rc != ERROR_NONE) return rc;
    begin_phase(work, "choose");
    return choice_make(city, &work->forecast, day, &work->arena, &work->choice, error);
}

/* Locks that do not bind this night, by bin. */
static void note_locks(const struct night_work *work)
{
    for (int32_t k = 0; k < work->problem.lock_left_count; k++) {
        const struct lock_left *left = &work->problem.locks_left[k];
        const int32_t bin = work->city.locks[left->lock].bin;
        console_note(_("the lock of bin %s is left out: %s"), work->city.bins[bin].id, left->reason);
    }
}

/* By bin the vehicle that serves it in the plan read. */
static error_code vehicles_of(const struct read_plan *read, const struct city *city, struct arena *arena,
                              const int32_t **reference, struct error *error)
{
    error_code rc = ERROR_NONE;
    int32_t *vehicle_of;
    TRY_NEW(arena, vehicle_of, city->bin_count);
    for (int32_t b = 0; b < city->bin_count; b++) vehicle_of[b] = -1;
    for (int32_t r = 0; r < read->route_count; r++) {
        const struct read_route *route = &read->routes[r];
        for (int32_t s = route->first_step; s < route->first_step + route->step_count; s++)
            for (int32_t b = 0; read->steps[s].kind == STEP_STOP && b < read->steps[s].bin_count; b++)
                vehicle_of[read->bins[read->steps[s].first_bin + b]] = route->vehicle;
    }
    *reference = vehicle_of;
done:
    return rc;
}

error_code night_refer(struct night_work *work, const char *path, struct error *error)
{
    error_code rc = ERROR_NONE;
    char file[PATH_MAX];
    struct read_plan read;
    struct diagnostics diagnostics;
    diagnostics_init(&diagnostics, DIAGNOSTIC_LIMIT_DEFAULT);
    TRY(plan_file_path(path, file, error));
    TRY(plan_json_read(file, &work->city, &work->arena, &read, &diagnostics, error));
    TRY(vehicles_of(&read, &work->city, &work->arena, &work->reference, error));
done:
    if (diagnostics.errors > 0) console_diagnostics(&diagnostics, false, stderr);
    if (rc == ERROR_INPUT && diagnostics.errors > 0 && error != NULL) error->message[0] = '\0';
    diagnostics_free(&diagnostics);
    return rc;
}

error_code night_pose(struct night_work *work, const int32_t *extra, int32_t extra_count, struct error *error)
{
    error_code rc = ERROR_NONE;
    begin_phase(work, "pose");
    console_progress(_("travel times between %d bins"),
                     (int)(work->choice.mandatory_count + work->choice.optional_count + extra_count));
    TRY(day_problem_from_choice(&work->city, &work->forecast, &work->choice, extra, extra_count, &work->arena,
                                &work->problem, error));
    TRY(day_price_quality(&work->city, work->reference, &work->arena, &work->problem, error));
    note_locks(work);
done:
    return rc;
}

/* Each route needs the crew of its vehicle, for its hours as the checker found them. */
static error_code assess_staffing(struct night_work *work, const struct plan *plan, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct crew_need *needs;
    TRY_NEW(&work->arena, needs, plan->route_count > 0 ? plan->route_count : 1);
    for (int32_t route = 0; route < plan->route_count; route++) {
        const struct checked_route *driven = &work->report.routes[route];
        int32_t vehicle = work->problem.vehicle_of[plan->routes[route].vehicle];
        needs[route] = (struct crew_need){
            .vehicle = vehicle,
            .departure_s = driven->departure_s,
            .return_s = driven->return_s,
            .work_s = driven->work_s,
            .posts = {[ROLE_DRIVER] = work->city.vehicles[vehicle].drivers,
                      [ROLE_LOADER] = work->city.vehicles[vehicle].loaders},
        };
    }
    TRY(staffing_assess(&work->city, work->day, needs, plan->route_count, &work->arena, &work->staffing,
                        error));
done:
    return rc;
}

error_code night_compare(struct night_work *work, const struct routing_options *options, struct error *error)
{
    error_code rc = ERROR_NONE;
    begin_phase(work, "practice");
    TRY(practice_drive(&work->city, &work->forecast, work->day, &work->arena, &work->practice, error));
    if (options == NULL) goto done;
    begin_phase(work, "match");
    TRY(matched_drive(&work->city, &work->forecast, &work->choice, &work->practice, options, &work->arena,
                      &work->matched, error));
done:
    return rc;
}

error_code night_judge(struct night_work *work, const struct plan *plan, struct error *error)
{
    error_code rc = ERROR_NONE;
    begin_phase(work, "check");
    TRY(check_plan(&work->problem.instance, plan, &work->arena, &work->report, error));
    begin_phase(work, "staff");
    TRY(assess_staffing(work, plan, error));
    begin_phase(work, "measure");
    work->night = (struct night){
        .city = &work->city,
        .forecast = &work->forecast,
        .choice = &work->choice,
        .problem = &work->problem,
        .plan = plan,
        .report = &work->report,
        .practice = &work->practice,
        .matched = &work->matched,
        .staffing = &work->staffing,
        .bound = &work->bound,
    };
    TRY(indicators_compute(&work->night, &work->arena, &work->values, error));
done:
    return rc;
}
