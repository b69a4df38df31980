/* agents.csv, absences.csv and leave.csv: pseudonyms, coarse classes, nothing more (city_columns.h). */
#include "io/city_reader.h"

#include "solver/base/array.h"
#include "solver/base/message.h"

#include <math.h>
#include <stdlib.h>

enum {
    AGENT_ID,
    ROLE,
    BIRTH_MONTH,
    STATUS,
    CATEGORY,
    SERVICE_START,
    WEEKLY_HOURS,
    WORK_SHARE,
    SKILLS,
    LICENCE,
    AGENT_COLUMNS
};
static const struct column agent_columns[AGENT_COLUMNS] = {
    {"agent_id", false},     {"role", false},
    {"birth_month", false},  {"status", false},
    {"category", false},     {"service_start", false},
    {"weekly_hours", false}, {"work_share", false},
    {"skills", true},        {"licence_valid_until", true}};
static const struct table_spec agents_spec = {"agents.csv", agent_columns, AGENT_COLUMNS, NEED_NONE, true};

enum { BIRTH_YEAR_MIN = 1930, BIRTH_YEAR_MAX = 2020, WEEKLY_HOURS_MAX = 48 };

static void read_birth_month(struct table *table, struct agent *agent)
{
    const struct csv_field *field = table_field(table, BIRTH_MONTH);
    if (field == NULL) return;
    const char *fault =
        text_month(field->text, field->length, &table->dates, &agent->birth_year, &agent->birth_month);
    if (fault == NULL && (agent->birth_year < BIRTH_YEAR_MIN || agent->birth_year > BIRTH_YEAR_MAX)) {
        fault = N_("no agent is born then");
    }
    if (fault != NULL) table_refuse(table, BIRTH_MONTH, fault);
}

static void read_agent(struct table *table, struct agent *agent)
{
    static const struct text_choice roles[] = {
        {"driver", ROLE_DRIVER},    {"conducteur", ROLE_DRIVER}, {"conductrice", ROLE_DRIVER},
        {"chauffeur", ROLE_DRIVER}, {"loader", ROLE_LOADER},     {"ripeur", ROLE_LOADER},
        {"ripeuse", ROLE_LOADER},   {"equipier", ROLE_LOADER},   {"equipiere", ROLE_LOADER},
        {"other", ROLE_OTHER},      {"autre", ROLE_OTHER}};
    agent->role = (agent_role)table_choice(table, ROLE, roles, sizeof roles / sizeof roles[0],
                                           N_("expected driver, loader or other (conducteur, ripeur, autre)"),
                                           ROLE_OTHER);
    read_birth_month(table, agent);
    agent->status = table_text(table, STATUS);
    agent->category = table_text(table, CATEGORY);
    table_day(table, SERVICE_START, &agent->service_start);
    agent->weekly_hours = table_number(table, WEEKLY_HOURS, 0, WEEKLY_HOURS_MAX, 0);
    agent->work_share = table_number(table, WORK_SHARE, 0, 1, 0);
    agent->skills = table_text(table, SKILLS);
    if (agent->skills == NULL) agent->skills = "";
    agent->licence_until = INT32_MAX;
    table_day(table, LICENCE, &agent->licence_until);
}

error_code city_read_agents(struct city_reader *reader, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct table table;
    struct {
        struct agent *items;
        int64_t count, capacity;
    } agents = {0};
    TRY(reader_open_table(reader, &agents_spec, &table, error));
    reader->agents.complete = table.usable;
    while (table_next(&table)) {
        struct agent agent = {0};
        const int32_t number = registry_add(&reader->agents, &table, AGENT_ID, &agent.id);
        read_agent(&table, &agent);
        if (number >= 0 && !array_push(&agents, agent)) table_exhausted(&table);
    }
    reader->agents.complete &= table.lost == 0;
    TRY(reader_close_table(reader, &agents_spec, &table, error));
    TRY(reader_seal(reader, agents.items, agents.count, sizeof *agents.items, &reader->city->agents, error));
    reader->city->agent_count = (int32_t)agents.count;
done:
    array_free(&agents);
    return rc;
}

/* ---- Absences and leave: the same columns ---- */

enum { PERIOD_AGENT, PERIOD_START, PERIOD_END, PERIOD_CLASS, PERIOD_COLUMNS };
static const struct column period_columns[PERIOD_COLUMNS] = {
    {"agent_id", false}, {"start", false}, {"end", false}, {"class", false}};
static const struct table_spec absences_spec = {"absences.csv", period_columns, PERIOD_COLUMNS, NEED_NONE,
                                                true};
static const struct table_spec leave_spec = {"leave.csv", period_columns, PERIOD_COLUMNS, NEED_NONE, true};

struct periods {
    struct period *items;
    int64_t count, capacity;
};

static int compare_periods(const void *a, const void *b)
{
    const struct period *x = a, *y = b;
    if (x->agent != y->agent) return x->agent < y->agent ? -1 : 1;
    if (x->start != y->start) return x->start < y->start ? -1 : 1;
    return (x->end > y->end) - (x->end < y->end);
}

static bool read_period(struct city_reader *reader, struct table *table, struct period *period)
{
    const struct city *city = reader->city;
    period->agent = registry_find(&reader->agents, table, PERIOD_AGENT);
    const bool starts = table_day(table, PERIOD_START, &period->start);
    const bool ends = table_day(table, PERIOD_END, &period->end);
    period->class_name = table_text(table, PERIOD_CLASS);
    if (!starts || !ends) return false;
    if (period->end < period->start) {
        table_refuse(table, PERIOD_END, N_("the end is before the start"));
    } else if (city->retention_days > 0 && period->end < city->start - city->retention_days) {
        char last[DAY_TEXT_SIZE];
        day_text(city->start - city->retention_days, last);
        table_complain(
            table, SEVERITY_ERROR, PERIOD_END,
            _("kept longer than privacy.retention_days of city.json allows (%d days: until %s); delete it"),
            city->retention_days, last);
    }
    return !table->row_faulty && period->agent >= 0;
}

static error_code read_periods(struct city_reader *reader, const struct table_spec *spec,
                               struct period **sealed, int32_t *count, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct table table;
    struct periods periods = {0};
    TRY(reader_open_table(reader, spec, &table, error));
    if (table.usable && !reader_has_file(reader, agents_spec.file)) {
        table_complain(&table, SEVERITY_ERROR, -1, _("there is no agents.csv whose agents could be meant"));
    }
    while (table_next(&table)) {
        struct period period;
        if (read_period(reader, &table, &period) && !array_push(&periods, period)) table_exhausted(&table);
    }
    TRY(reader_close_table(reader, spec, &table, error));
    if (periods.count > 0)
        qsort(periods.items, (size_t)periods.count, sizeof *periods.items, compare_periods);
    TRY(reader_seal(reader, periods.items, periods.count, sizeof *periods.items, sealed, error));
    *count = (int32_t)periods.count;
done:
    array_free(&periods);
    return rc;
}

/* Gives each agent the run of its periods; these are sorted by agent. */
static void span_periods(const struct period *periods, int32_t count, struct city *city, bool leave)
{
    for (int32_t i = 0; i < count; i++) {
        struct agent *agent = &city->agents[periods[i].agent];
        struct span *span = leave ? &agent->leave : &agent->absences;
        if (span->count++ == 0) span->first = i;
    }
}

error_code city_read_absences(struct city_reader *reader, struct error *error)
{
    struct city *city = reader->city;
    error_code rc = read_periods(reader, &absences_spec, &city->absences, &city->absence_count, error);
    if (rc == ERROR_NONE) span_periods(city->absences, city->absence_count, city, false);
    return rc;
}

error_code city_read_leave(struct city_reader *reader, struct error *error)
{
    struct city *city = reader->city;
    error_code rc = read_periods(reader, &leave_spec, &city->leave, &city->leave_count, error);
    if (rc == ERROR_NONE) span_periods(city->leave, city->leave_count, city, true);
    return rc;
}
