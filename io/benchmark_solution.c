/* The solutions of benchmark families as text, written and read back. */
#include "io/benchmark.h"

#include "io/fields.h"
#include "io/text.h"
#include "solver/base/ids.h"
#include "solver/base/message.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Writing ---- */

/* Does this step say nothing? A call at the depot that unloads the trucks anyway, with no stop between two
 * of them or after the last. */
static bool is_idle_call(const struct benchmark *benchmark, const struct plan *plan,
                         const struct plan_route *route, int32_t at)
{
    const struct instance *instance = &benchmark->instance;
    const struct vehicle *vehicle = &instance->vehicles[route->vehicle];
    const int32_t end = route->first_step + route->step_count;
    if (plan->steps[at].kind != STEP_DISPOSAL || !vehicle->home_takes_load) return false;
    int32_t place = vehicle->start_place;
    for (int32_t i = at - 1; i >= route->first_step; i--) {
        if (plan->steps[i].kind == STEP_BREAK) continue;
        place = plan->steps[i].kind == STEP_DISPOSAL ? instance->sites[plan->steps[i].id].place : -1;
        break;
    }
    const int32_t here = instance->sites[plan->steps[at].id].place;
    bool is_last = true;
    for (int32_t i = at + 1; i < end; i++) is_last = is_last && plan->steps[i].kind == STEP_BREAK;
    return here == place || (is_last && here == vehicle->end_place);
}

/* The steps of a route; none where it is NULL. */
static void write_route(FILE *file, const struct benchmark *benchmark, const struct plan *plan,
                        const struct plan_route *route, int32_t number)
{
    fprintf(file, "Route #%d:", (int)number);
    for (int32_t i = 0; route != NULL && i < route->step_count; i++) {
        const struct plan_step *step = &plan->steps[route->first_step + i];
        if (step->kind == STEP_STOP) fprintf(file, " %s", benchmark->stop_ids[step->id]);
        if (step->kind == STEP_DISPOSAL && !is_idle_call(benchmark, plan, route, route->first_step + i))
            fprintf(file, " %s", benchmark->site_ids[step->id]);
    }
    fputc('\n', file);
}

static void write_all_vehicles(FILE *file, const struct benchmark *benchmark, const struct plan *plan)
{
    for (int32_t v = 0; v < benchmark->instance.vehicle_count; v++) {
        int32_t r = 0;
        while (r < plan->route_count && plan->routes[r].vehicle != v) r++;
        write_route(file, benchmark, plan, r < plan->route_count ? &plan->routes[r] : NULL, v + 1);
    }
}

error_code benchmark_write_solution(FILE *file, const struct benchmark *benchmark, const struct plan *plan,
                                    const struct check_report *report, struct error *error)
{
    if (benchmark->family->vehicles_numbered)
        write_all_vehicles(file, benchmark, plan);
    else
        for (int32_t r = 0; r < plan->route_count; r++)
            write_route(file, benchmark, plan, &plan->routes[r], r + 1);
    fprintf(file, "Cost %.*f\n", (int)benchmark->family->cost_decimals,
            benchmark_cost(benchmark, plan, report));
    if (fflush(file) != 0 || ferror(file))
        return error_set(error, ERROR_FILE, _("the solution cannot be written: %s"), strerror(errno));
    return ERROR_NONE;
}

/* ---- Reading ---- */

struct solution_reader {
    struct fields in;
    const struct benchmark *benchmark;
    struct ids ids; /* stops, then sites */
    struct plan *plan;
};

/* Is the name "Route", in any case? A number may follow the sign at once, or after a blank. */
static bool is_word(const struct field *field, const char *word)
{
    if (field->length < strlen(word)) return false;
    for (size_t i = 0; word[i] != '\0'; i++)
        if ((field->text[i] | 0x20) != word[i]) return false;
    return true;
}

static error_code read_route(struct solution_reader *reader, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct fields *in = &reader->in;
    const char *colon = memchr(in->line, ':', (size_t)(in->line_end - in->line));
    const char *sign = memchr(in->line, '#', (size_t)(in->line_end - in->line));
    int64_t number = 0;
    struct field field = {.text = sign != NULL ? sign + 1 : in->line};
    if (colon != NULL && sign != NULL && sign < colon) field.length = (size_t)(colon - field.text);
    if (!field_whole(&field, &number) || number < 1 || number > reader->benchmark->instance.vehicle_count) {
        fields_complain(in, &field, SEVERITY_ERROR,
                        _("a route was expected, as in 'Route #1: 12 7 3', from 1 to %d"),
                        (int)reader->benchmark->instance.vehicle_count);
        goto done;
    }
    in->next = colon + 1;
    const int32_t vehicle = (int32_t)number - 1;
    bool begun = false;
    while (fields_next(in, &field)) {
        const int32_t id = ids_find(&reader->ids, field.text, field.length);
        if (id < 0) {
            fields_complain(in, &field, SEVERITY_ERROR, "%s",
                            _("no stop and no disposal site has this number"));
            continue;
        }
        if (!begun)
            TRY(plan_add_route(reader->plan, vehicle,
                               reader->benchmark->instance.vehicles[vehicle].shift_start_s, error));
        begun = true;
        const int32_t stops = reader->benchmark->instance.stop_count;
        TRY(plan_add_step(reader->plan, id < stops ? STEP_STOP : STEP_DISPOSAL, id < stops ? id : id - stops,
                          error));
    }
done:
    return rc;
}

/* One route driven alone: when it is back, and how many rules it breaks, its limit of work apart. */
struct trial {
    int64_t return_s, waiting_s;
    int32_t broken;
    bool too_long;
};

/* With a break before step `position` (-1: no break). */
static error_code drive_alone(const struct benchmark *benchmark, const struct plan *plan,
                              const struct plan_route *route, int32_t departure_s, int32_t position,
                              struct trial *trial, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct arena arena;
    struct plan alone;
    struct check_report report;
    arena_init(&arena);
    plan_init(&alone);
    TRY(plan_add_route(&alone, route->vehicle, departure_s, error));
    for (int32_t i = 0; i <= route->step_count; i++) {
        if (i == position) TRY(plan_add_step(&alone, STEP_BREAK, -1, error));
        if (i == route->step_count) break;
        const struct plan_step *step = &plan->steps[route->first_step + i];
        TRY(plan_add_step(&alone, (step_kind)step->kind, step->id, error));
    }
    TRY(check_plan(&benchmark->instance, &alone, &arena, &report, error));
    *trial = (struct trial){.return_s = report.routes[0].return_s, .waiting_s = report.routes[0].waiting_s};
    for (int32_t v = 0; v < report.violation_count; v++) {
        const bool is_work = report.violations[v].kind == VIOLATION_MAX_WORK;
        trial->too_long |= is_work;
        trial->broken += report.violations[v].route == 0 && !is_work;
    }
done:
    plan_free(&alone);
    arena_free(&arena);
    return rc;
}

/* Leaving later shortens a route by what it then waits less. Its return, and what it misses, only grow with
 * the departure: the last one that changes neither is found by halving. */
static error_code choose_departure(const struct benchmark *benchmark, const struct plan *plan,
                                   struct plan_route *route, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct instance *instance = &benchmark->instance;
    struct trial first, trial;
    for (int32_t i = route->first_step; i < route->first_step + route->step_count; i++) {
        if (plan->steps[i].kind == STEP_DISPOSAL) break;
        const int32_t release_s = instance->stops[plan->steps[i].id].release_s;
        if (release_s > route->departure_s) route->departure_s = release_s;
    }
    if (instance->vehicles[route->vehicle].max_work_s == TIME_MAX) return ERROR_NONE;
    TRY(drive_alone(benchmark, plan, route, route->departure_s, -1, &first, error));
    if (!first.too_long) return ERROR_NONE;
    int32_t low = route->departure_s, high = low + (int32_t)first.waiting_s;
    while (low < high) {
        const int32_t middle = low + (high - low + 1) / 2;
        TRY(drive_alone(benchmark, plan, route, middle, -1, &trial, error));
        if (trial.return_s == first.return_s && trial.broken <= first.broken)
            low = middle;
        else
            high = middle - 1;
    }
    route->departure_s = low;
done:
    return rc;
}

/* The same routes with breaks, which solution texts do not tell: each where its route breaks the fewest
 * rules, and none where none is needed. */
static error_code add_breaks(const struct benchmark *benchmark, const struct plan *plan, struct plan *with,
                             struct error *error)
{
    error_code rc = ERROR_NONE;
    for (int32_t r = 0; r < plan->route_count; r++) {
        const struct plan_route *route = &plan->routes[r];
        const bool has_break = benchmark->instance.vehicles[route->vehicle].break_s > 0;
        int32_t best = -1, fewest = 0;
        for (int32_t at = -1; at <= route->step_count && has_break && (at < 0 || fewest > 0); at++) {
            struct trial trial;
            TRY(drive_alone(benchmark, plan, route, route->departure_s, at, &trial, error));
            const int32_t broken = trial.broken + trial.too_long;
            if (at >= 0 && broken >= fewest) continue;
            fewest = broken;
            best = at;
        }
        TRY(plan_add_route(with, route->vehicle, route->departure_s, error));
        for (int32_t i = 0; i <= route->step_count; i++) {
            if (i == best) TRY(plan_add_step(with, STEP_BREAK, -1, error));
            if (i == route->step_count) break;
            const struct plan_step *step = &plan->steps[route->first_step + i];
            TRY(plan_add_step(with, (step_kind)step->kind, step->id, error));
        }
    }
done:
    return rc;
}

static error_code name_places(struct solution_reader *reader, struct error *error)
{
    error_code rc = ERROR_NONE;
    int32_t number;
    bool added;
    const struct benchmark *benchmark = reader->benchmark;
    for (int32_t s = 0; s < benchmark->instance.stop_count; s++)
        TRY(ids_add(&reader->ids, benchmark->stop_ids[s], strlen(benchmark->stop_ids[s]), &number, &added,
                    error));
    for (int32_t d = 0; d < benchmark->instance.site_count; d++)
        TRY(ids_add(&reader->ids, benchmark->site_ids[d], strlen(benchmark->site_ids[d]), &number, &added,
                    error));
done:
    return rc;
}

error_code benchmark_parse_solution(const char *name, const char *text, size_t length,
                                    const struct benchmark *benchmark, struct plan *plan, double *stated_cost,
                                    struct diagnostics *diagnostics, struct error *error)
{
    error_code rc = ERROR_NONE;
    const int64_t errors_before = diagnostics->errors;
    struct arena arena;
    struct plan bare;
    struct solution_reader reader = {.benchmark = benchmark, .plan = &bare};
    struct field field, value;
    arena_init(&arena);
    plan_init(&bare);
    plan_init(plan);
    ids_init(&reader.ids, &arena);
    fields_begin(&reader.in, name, text, length, diagnostics);
    *stated_cost = NAN;
    TRY(name_places(&reader, error));
    while (fields_line(&reader.in)) {
        fields_next(&reader.in, &field);
        if (is_word(&field, "route"))
            TRY(read_route(&reader, error));
        else if (!is_word(&field, "cost"))
            fields_complain(&reader.in, &field, SEVERITY_NOTE, "%s", _("this line is not read"));
        else if (!fields_next(&reader.in, &value) || !field_number(&value, stated_cost))
            fields_complain(&reader.in, NULL, SEVERITY_ERROR, "%s", _("a cost was expected: a number"));
    }
    if (diagnostics->errors > errors_before) rc = error_set(error, ERROR_INPUT, _("%s cannot be read"), name);
    if (rc != ERROR_NONE) goto done;
    for (int32_t r = 0; r < bare.route_count; r++)
        TRY(choose_departure(benchmark, &bare, &bare.routes[r], error));
    TRY(add_breaks(benchmark, &bare, plan, error));
done:
    if (rc != ERROR_NONE) plan_free(plan);
    plan_free(&bare);
    ids_free(&reader.ids);
    arena_free(&arena);
    return rc;
}

error_code benchmark_read_solution(const char *path, const struct benchmark *benchmark, struct plan *plan,
                                   double *stated_cost, struct diagnostics *diagnostics, struct error *error)
{
    error_code rc = ERROR_NONE;
    char *text = NULL;
    size_t length;
    struct text_facts facts;
    plan_init(plan);
    TRY(text_load(path, path, diagnostics, &text, &length, &facts, error));
    if (benchmark->family->read_solution != NULL && text[strspn(text, " \t\r\n")] == '{')
        TRY(benchmark->family->read_solution(path, text, length, benchmark, plan, stated_cost, diagnostics,
                                             error));
    else
        TRY(benchmark_parse_solution(path, text, length, benchmark, plan, stated_cost, diagnostics, error));
done:
    free(text);
    return rc;
}
