/* A night's work by phases, with everything it makes: what `plan` runs whole and other commands in part.
 *
 *     night_work_init(&work, facts);
 *     TRY(night_read(&work, folder, options, error));      the city and its roads, diagnostics printed
 *     TRY(night_believe(&work, day, error));             forecast and choice
 *     TRY(night_refer(&work, path, error));              with --reference: the plan that people know
 *     TRY(night_pose(&work, extra, extra_count, error)); the day's routing problem
 *     ... a plan, from the search or from a file ...
 *     TRY(night_compare(&work, &options, error));        the practice, and what equal service takes
 *     TRY(night_judge(&work, &plan, error));             check, staffing, indicators
 * done:
 *     night_work_free(&work);
 *
 * Only data before local midnight of the day is used. Ownership: the work owns all but the plan. */
#ifndef BENNE_SCENARIOS_NIGHT_WORK_H
#define BENNE_SCENARIOS_NIGHT_WORK_H

#include "io/run.h"
#include "scenarios/command.h"

/* Choice looks at the next chance to serve and at the one after: with one collection a week and a closed
 * day in it that is 14 days ahead. */
enum { NIGHT_FORECAST_DAYS = 15 };

struct night_work {
    struct run_facts *facts; /* its phases are timed; NULL: not */
    struct arena arena;
    struct diagnostics diagnostics;
    struct city city;
    struct city_files files;
    day_number day;
    struct fill_forecast forecast;
    struct choice choice;
    const int32_t *reference; /* by bin: the vehicle of a plan known; NULL: the fixed rounds */
    struct day_problem problem;
    struct check_report report;
    struct practice practice;
    struct matched matched; /* known when night_compare was asked for it */
    struct staffing staffing;
    struct bound_result bound; /* known when it was asked for and found */
    struct night night;        /* points to the parts above, once judged */
    struct indicator_values values;
};

void night_work_init(struct night_work *work, struct run_facts *facts);
void night_work_free(struct night_work *work);

/* Reads a city and prints what is wrong in it; with errors, ERROR_INPUT without a message. */
error_code night_read(struct night_work *work, const char *folder, const struct command_options *options,
                      struct error *error) ERROR_CHECKED;

/* The roads of a city that has been read, where it names an extract; night_read does it too. */
error_code night_open_roads(struct night_work *work, const struct command_options *options,
                            struct error *error) ERROR_CHECKED;

error_code night_believe(struct night_work *work, day_number day, struct error *error) ERROR_CHECKED;

/* Takes the vehicles of a plan.json, or of the run folder that holds one, as reference. */
error_code night_refer(struct night_work *work, const char *path, struct error *error) ERROR_CHECKED;

/* `extra`: bins of a plan read from a file that the choice left out; NULL: none. */
error_code night_pose(struct night_work *work, const int32_t *extra, int32_t extra_count,
                      struct error *error) ERROR_CHECKED;

/* Drives the current practice; with routing options also the least plan that serves as well (NULL: not). */
error_code night_compare(struct night_work *work, const struct routing_options *options,
                         struct error *error) ERROR_CHECKED;

error_code night_judge(struct night_work *work, const struct plan *plan, struct error *error) ERROR_CHECKED;

#endif
