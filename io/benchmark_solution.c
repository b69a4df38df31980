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

static void write_route(FILE *file, const struct benchmark *benchmark, const struct plan *plan,
                        const struct plan_route *route, int32_t number)
{
    fprintf(file, "Route #%d:", (int)number);
    for (int32_t i = route->first_step; i < route->first_step + route->step_count; i++) {
        const struct plan_step *step = &plan->steps[i];
        if (step->kind == STEP_STOP) fprintf(file, " %s", benchmark->stop_ids[step->id]);
        if (step->kind == STEP_DISPOSAL) fprintf(file, " %s", benchmark->site_ids[step->id]);
    }
    fputc('\n', file);
}

error_code benchmark_write_solution(FILE *file, const struct benchmark *benchmark, const struct plan *plan,
                                    const struct check_report *report, struct error *error)
{
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

/* How many rules one route breaks, with a break before step `position` (-1: no break). */
static error_code count_broken(const struct benchmark *benchmark, const struct plan *plan,
                               const struct plan_route *route, int32_t position, int32_t *broken,
                               struct error *error)
{
    error_code rc = ERROR_NONE;
    struct arena arena;
    struct plan trial;
    struct check_report report;
    arena_init(&arena);
    plan_init(&trial);
    TRY(plan_add_route(&trial, route->vehicle, route->departure_s, error));
    for (int32_t i = 0; i <= route->step_count; i++) {
        if (i == position) TRY(plan_add_step(&trial, STEP_BREAK, -1, error));
        if (i == route->step_count) break;
        const struct plan_step *step = &plan->steps[route->first_step + i];
        TRY(plan_add_step(&trial, (step_kind)step->kind, step->id, error));
    }
    TRY(check_plan(&benchmark->instance, &trial, &arena, &report, error));
    *broken = 0;
    for (int32_t v = 0; v < report.violation_count; v++) *broken += report.violations[v].route == 0;
done:
    plan_free(&trial);
    arena_free(&arena);
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
        int32_t best = -1, fewest, broken;
        TRY(count_broken(benchmark, plan, route, -1, &fewest, error));
        for (int32_t at = 0; at <= route->step_count && fewest > 0; at++) {
            if (benchmark->instance.vehicles[route->vehicle].break_s == 0) break;
            TRY(count_broken(benchmark, plan, route, at, &broken, error));
            if (broken < fewest) {
                fewest = broken;
                best = at;
            }
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
    if (diagnostics->errors > errors_before)
        rc = error_set(error, ERROR_INPUT, _("%s cannot be read"), name);
    else
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
    TRY(benchmark_parse_solution(path, text, length, benchmark, plan, stated_cost, diagnostics, error));
done:
    free(text);
    return rc;
}
