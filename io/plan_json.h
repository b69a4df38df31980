/* plan.json: a plan for a city's day, ids only, that people may edit by hand and have checked again.
 *
 * Shape: {"benne", "city", "day", "routes": [{"vehicle", "departure", "steps": [{"stop": [bin ids], ...},
 * {"disposal": site id, ...}, {"break": seconds, ...}]}], "unserved": [...], "cost": {...}}. What follows
 * from the ids (times, loads, costs, reasons, "locked" where locks.csv binds the stop, "road" with the way of
 * the map and the direction in which it is served) is written for the reader and ignored when read.
 *
 * A departure is an instant with its offset, or when edited the wall clock of the day ("06:00"). A stop
 * names all bins of its point and stream that are candidates of the day: they are emptied together, so a
 * step that leaves one out, or a group split over two steps, is refused with the names of the bins.
 */
#ifndef BENNE_IO_PLAN_JSON_H
#define BENNE_IO_PLAN_JSON_H

#include "io/json.h"
#include "solver/indicators/night.h"

/* The night's plan as JSON text (free() it). */
error_code plan_json_text(const struct night *night, char **text, struct error *error) ERROR_CHECKED;

/* A plan as read, by ids of the city: before the day's problem is built around it. */
struct read_step {
    step_kind kind;
    int32_t first_bin, bin_count; /* STEP_STOP: into bins */
    int32_t site;                 /* STEP_DISPOSAL */
};

struct read_route {
    int32_t vehicle; /* of the city */
    int32_t departure_s;
    int32_t first_step, step_count;
};

struct read_plan {
    const char *file; /* as named in messages */
    day_number day;
    struct read_route *routes;
    struct read_step *steps;
    int32_t *bins; /* all bins visited, in reading order */
    int32_t route_count, step_count, bin_count;
};

/* Unknown ids and wrong shapes go to the diagnostics, all of them. */
error_code plan_json_read(const char *path, const struct city *city, struct arena *arena,
                          struct read_plan *plan, struct diagnostics *diagnostics,
                          struct error *error) ERROR_CHECKED;

/* A plan that another search is to begin with, of this day or another: ids that are not known (any more) are
 * warnings, and left out: -1 for a vehicle or site. */
error_code plan_json_read_start(const char *path, const struct city *city, struct arena *arena,
                                struct read_plan *plan, struct diagnostics *diagnostics,
                                struct error *error) ERROR_CHECKED;

/* The same from memory; `name` stands for the file in messages. */
error_code plan_json_parse(const char *name, const char *text, size_t length, const struct city *city,
                           struct arena *arena, struct read_plan *plan, struct diagnostics *diagnostics,
                           struct error *error) ERROR_CHECKED;

/* The read plan on a day's problem that contains its bins (day_problem_from_choice with extra bins). */
error_code plan_json_bind(const struct read_plan *read, const struct city *city,
                          const struct day_problem *problem, struct plan *plan,
                          struct diagnostics *diagnostics, struct error *error) ERROR_CHECKED;

/* What of the read plan is part of a day's problem: stops of which some bin is visited, known sites, vehicles
 * at work. Warnings name the bins and vehicles that are not. */
error_code plan_json_start(const struct read_plan *read, const struct city *city,
                           const struct day_problem *problem, struct plan *plan,
                           struct diagnostics *diagnostics, struct error *error) ERROR_CHECKED;

#endif
