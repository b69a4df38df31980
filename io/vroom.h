/* VROOM's problems and solutions: its JSON in and out, so that its users can switch by changing the command.
 *
 * Read: jobs, vehicles, matrices (and the older `matrix`, `amount`). Units are VROOM's: seconds, metres,
 * [longitude, latitude], costs in seconds of driving unless the vehicle's `costs` say otherwise.
 *
 * The instance:
 *   - Every job is an optional stop. Prizes put the sum of priorities first, then the number of jobs, then
 *     the cost, as VROOM ranks solutions: a unit of the first two outweighs what any plan can cost (in huge
 *     problems, where 64 bits are short, what any single job can).
 *   - Amounts. A pickup is aboard from the job to the end, a delivery from the start to the job. Where the
 *     two meet in one dimension a job weighs the larger of its own: never too little, sometimes too much,
 *     and a note says so. Dimensions that cannot bind are left out, one of which every job has as much is a
 *     number of tasks, and of the rest at most two may meet in one job (its kilograms and litres), in up to
 *     four compartments; more is an error that names the dimension.
 *   - Skills are access tags, of which 63 may be asked for.
 *   - Times may be absolute: the instance counts from the earliest vehicle's hours.
 *   - Setup is part of the service where no other task and no vehicle's start shares the job's location;
 *     elsewhere it is part of the way there (none between two tasks of one location; it may be done while
 *     waiting for a break), and the job's windows lose their last seconds, as many as the setup.
 *   - A vehicle without start or end gets a place that is nowhere, without a way from or to it.
 *   - Costs: a leg's metres in the instance are what it costs a vehicle (time, distance, both, or a `costs`
 *     matrix), so that VROOM's objective is searched as it is. A limit on travel time or distance is kept
 *     on the same measure; where the costs follow another one, they are fitted to the limit's and a warning
 *     says so, and the cost told in the end is exact all the same.
 *   - A speed factor is taken to a hundredth, its times rounded up to whole seconds.
 *   - A break must begin within its window and is taken by every vehicle used, also when its day ends
 *     before: vroom_complete puts in those that the model calls not due.
 *   - Without matrices ways are straight lines: a note gives detour and speed, which
 *     {"network": {"straight_line": {"detour", "speed_kmh"}, "profiles": {NAME: {...}}}} can change, as in
 *     a city.json. Without distances in the matrices, coordinates give them in the same way.
 *
 * Shipments are an error: a task that is not understood cannot be left out in silence. What else is not
 * supported is named in a warning with its path: breaks beyond the first (and further windows of it),
 * max_load of breaks, per_task_hour that differs between vehicles, durations per type (the longest in the
 * fleet is taken), keys that are not known.
 *
 * Written: VROOM's object with code, summary, unassigned and routes; violations under VROOM's names. Every
 * number is that of the checker's drive and of the matrices as given. Solutions are read back from the same
 * object, and from the `steps` of a problem's vehicles, which then leave as late as they can without loss:
 * with these a search begins, too.
 * Whether a break is due is judged by the model's rule: one that a route home before its window's end does
 * without is named missing_break in the answer, and no fault of the plan.
 */
#ifndef BENNE_IO_VROOM_H
#define BENNE_IO_VROOM_H

#include "io/benchmark.h"

extern const struct benchmark_family VROOM_FAMILY;

error_code vroom_read(const char *name, const char *text, size_t length, struct arena *arena,
                      struct benchmark *benchmark, struct diagnostics *diagnostics,
                      struct error *error) ERROR_CHECKED;

/* The search's routes with the breaks that it calls not due, each where its route ends first. */
error_code vroom_complete(const struct benchmark *benchmark, struct plan *plan,
                          struct error *error) ERROR_CHECKED;

error_code vroom_write(FILE *file, const struct benchmark *benchmark, const struct plan *plan,
                       const struct check_report *report, struct error *error) ERROR_CHECKED;

/* What is aboard after a step, by dimension. */
void vroom_print_load(FILE *file, const struct benchmark *benchmark, const struct plan *plan, int32_t route,
                      int32_t step);

/* {"code", "error"}: what a program that waits for VROOM's answer gets in place of one. */
error_code vroom_write_fault(FILE *file, error_code code, const char *message,
                             struct error *error) ERROR_CHECKED;

#endif
