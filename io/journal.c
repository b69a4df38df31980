#include "io/journal.h"

#include "io/json.h"
#include "io/timetable.h"

#include <math.h>
#include <stdlib.h>

static struct json *new_entry(const char *level, const char *event)
{
    struct json *entry = json_new_object();
    json_put_string(entry, "level", level);
    json_put_string(entry, "event", event);
    return entry;
}

/* Writes the entry on its line and frees it. */
static error_code write_entry(FILE *file, struct json *entry, struct error *error)
{
    char *text = json_print(entry, false);
    json_free(entry);
    if (text == NULL) return error_memory(error);
    fprintf(file, "%s\n", text);
    free(text);
    return ERROR_NONE;
}

static error_code write_diagnostic(FILE *file, const struct diagnostic *diagnostic, struct error *error)
{
    static const char *const LEVELS[] = {"error", "warning", "info"};
    struct json *entry = new_entry(LEVELS[diagnostic->severity], "diagnostic");
    json_put_string(entry, "file", diagnostic->place.file);
    if (diagnostic->place.line > 0) json_put_integer(entry, "line", diagnostic->place.line);
    if (diagnostic->place.column > 0) json_put_integer(entry, "column", diagnostic->place.column);
    if (diagnostic->place.text != NULL) json_put_string(entry, "text", diagnostic->place.text);
    json_put_string(entry, "message", diagnostic->message);
    return write_entry(file, entry, error);
}

static error_code write_fault(FILE *file, const struct city *city, const struct sensor_fault *fault,
                              struct error *error)
{
    char from[INSTANT_TEXT_SIZE], to[INSTANT_TEXT_SIZE];
    instant_text(city->zone, fault->from, from);
    instant_text(city->zone, fault->to, to);
    struct json *entry = new_entry("warning", "fault");
    json_put_string(entry, "bin_id", city->bins[fault->bin].id);
    json_put_string(entry, "kind", fault_kind_name(fault->kind));
    json_put_string(entry, "from", from);
    json_put_string(entry, "to", to);
    json_put_integer(entry, "readings", fault->readings);
    return write_entry(file, entry, error);
}

/* "sequence" as in stops.csv. */
static error_code write_violation(FILE *file, const struct plan *plan, const struct violation *violation,
                                  struct error *error)
{
    struct json *entry = new_entry("error", "violation");
    json_put_string(entry, "kind", violation_name(violation->kind));
    if (violation->route >= 0) json_put_integer(entry, "route", violation->route + 1);
    if (violation->step >= 0 && violation->route >= 0 && violation->route < plan->route_count) {
        json_put_integer(entry, "sequence", violation->step - plan->routes[violation->route].first_step + 1);
    }
    json_put_integer(entry, "amount", violation->amount);
    json_put_integer(entry, "limit", violation->limit);
    json_put_string(entry, "message", violation_sentence(violation->kind));
    return write_entry(file, entry, error);
}

static error_code write_unserved(FILE *file, const struct city *city, int32_t bin, choice_reason reason,
                                 struct error *error)
{
    struct json *entry = new_entry("error", "unserved");
    json_put_string(entry, "bin_id", city->bins[bin].id);
    json_put_string(entry, "reason", choice_reason_name(reason));
    return write_entry(file, entry, error);
}

static error_code write_phase(FILE *file, const struct run_phase *phase, struct error *error)
{
    struct json *entry = new_entry("info", "phase");
    json_put_string(entry, "name", phase->name);
    json_put_number(entry, "seconds", round(phase->seconds * 1000) / 1000);
    json_put_number(entry, "cpu_seconds", round(phase->cpu_s * 1000) / 1000);
    return write_entry(file, entry, error);
}

error_code journal_write(FILE *file, const struct night *night, const struct run_facts *facts,
                         struct error *error)
{
    error_code rc = ERROR_NONE;
    struct driven driven = driven_plan(night);
    for (int64_t i = 0; facts->diagnostics != NULL && i < facts->diagnostics->count; i++) {
        TRY(write_diagnostic(file, &facts->diagnostics->items[i], error));
    }
    for (int32_t i = 0; i < night->forecast->fault_count; i++) {
        TRY(write_fault(file, night->city, &night->forecast->faults[i], error));
    }
    for (int32_t i = 0; i < night->report->violation_count; i++) {
        TRY(write_violation(file, night->plan, &night->report->violations[i], error));
    }
    for (int32_t bin = 0; bin < night->city->bin_count; bin++) {
        choice_reason reason = night->choice->bins[bin].reason;
        if (choice_mandatory(reason) && !driven_serves(&driven, bin)) {
            TRY(write_unserved(file, night->city, bin, reason, error));
        }
    }
    for (int32_t i = 0; i < facts->phase_count; i++) TRY(write_phase(file, &facts->phases[i], error));
done:
    return rc;
}
