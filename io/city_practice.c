/* What is done today and around it: fixed_rounds.csv, actuals.csv, calendar.csv, survey.csv. */
#include "io/city_reader.h"

#include "solver/base/array.h"
#include "solver/base/message.h"

#include <math.h>
#include <stdlib.h>

/* A round's name as a number, adding it when `add`. */
static int32_t round_number(struct city_reader *reader, struct table *table, int32_t column, bool add)
{
    const struct csv_field *field = table_field(table, column);
    int32_t number;
    bool added;
    if (field == NULL) return -1;
    if (!add) return ids_find(&reader->rounds, field->text, field->length);
    if (ids_add(&reader->rounds, field->text, field->length, &number, &added, NULL) == ERROR_NONE)
        return number;
    table_exhausted(table);
    return -1;
}

/* ---- fixed_rounds.csv ---- */

enum { ROUND_ID, ROUND_WEEKDAY, ROUND_VEHICLE, ROUND_SEQUENCE, ROUND_BIN, ROUND_COLUMNS };
static const struct column round_columns[ROUND_COLUMNS] = {
    {"round_id", false}, {"weekday", false}, {"vehicle_id", false}, {"sequence", false}, {"bin_id", false}};
static const struct table_spec rounds_spec = {"fixed_rounds.csv", round_columns, ROUND_COLUMNS, NEED_NONE,
                                              false};

static int compare_visits(const void *a, const void *b)
{
    const struct fixed_visit *x = a, *y = b;
    const int32_t keys[4][2] = {
        {x->weekday, y->weekday}, {x->round, y->round}, {x->sequence, y->sequence}, {x->bin, y->bin}};
    for (int k = 0; k < 4; k++) {
        if (keys[k][0] != keys[k][1]) return keys[k][0] < keys[k][1] ? -1 : 1;
    }
    return 0;
}

static bool read_visit(struct city_reader *reader, struct table *table, struct fixed_visit *visit)
{
    visit->round = round_number(reader, table, ROUND_ID, true);
    visit->weekday = 0;
    const struct csv_field *weekday = table_field(table, ROUND_WEEKDAY);
    if (weekday != NULL) {
        const char *fault = text_weekday(weekday->text, weekday->length, &visit->weekday);
        if (fault != NULL) table_refuse(table, ROUND_WEEKDAY, fault);
    }
    visit->vehicle = registry_find(&reader->vehicles, table, ROUND_VEHICLE);
    visit->sequence = (int32_t)table_whole(table, ROUND_SEQUENCE, 0, 1000000, 0);
    visit->bin = registry_find(&reader->bins, table, ROUND_BIN);
    return !table->row_faulty;
}

error_code city_read_fixed_rounds(struct city_reader *reader, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct table table;
    struct {
        struct fixed_visit *items;
        int64_t count, capacity;
    } visits = {0};
    TRY(reader_open_table(reader, &rounds_spec, &table, error));
    while (table_next(&table)) {
        struct fixed_visit visit;
        if (read_visit(reader, &table, &visit) && !array_push(&visits, visit)) table_exhausted(&table);
    }
    TRY(reader_close_table(reader, &rounds_spec, &table, error));
    if (visits.count > 0) qsort(visits.items, (size_t)visits.count, sizeof *visits.items, compare_visits);
    TRY(reader_seal(reader, visits.items, visits.count, sizeof *visits.items, &reader->city->fixed_visits,
                    error));
    TRY(reader_seal(reader, reader->rounds.names, reader->rounds.count, sizeof *reader->rounds.names,
                    &reader->city->round_ids, error));
    reader->city->fixed_visit_count = (int32_t)visits.count;
    reader->city->round_count = reader->rounds.count;
done:
    array_free(&visits);
    return rc;
}

/* ---- actuals.csv ---- */

enum {
    ACTUAL_DATE,
    ACTUAL_ROUND,
    ACTUAL_KM,
    ACTUAL_HOURS,
    ACTUAL_LITRES,
    ACTUAL_TONNES,
    ACTUAL_EMPTIED,
    ACTUAL_OVERFLOWS,
    ACTUAL_INCIDENTS,
    ACTUAL_COLUMNS
};
static const struct column actual_columns[ACTUAL_COLUMNS] = {
    {"date", false},  {"round_id", false}, {"km", false},       {"hours", false},   {"litres", true},
    {"tonnes", true}, {"emptied", true},   {"overflows", true}, {"incidents", true}};
static const struct table_spec actuals_spec = {"actuals.csv", actual_columns, ACTUAL_COLUMNS, NEED_NONE,
                                               false};

/* One round of one day: no truck drives, burns or collects more. */
enum { KM_MAX = 2000, HOURS_MAX = 48, LITRES_MAX = 2000, TONNES_MAX = 200, EVENTS_MAX = 100000 };

static int compare_actuals(const void *a, const void *b)
{
    const struct actual *x = a, *y = b;
    if (x->day != y->day) return x->day < y->day ? -1 : 1;
    return (x->round > y->round) - (x->round < y->round);
}

error_code city_read_actuals(struct city_reader *reader, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct table table;
    struct {
        struct actual *items;
        int64_t count, capacity;
    } actuals = {0};
    TRY(reader_open_table(reader, &actuals_spec, &table, error));
    while (table_next(&table)) {
        struct actual actual = {0};
        const bool dated = table_day(&table, ACTUAL_DATE, &actual.day);
        actual.round_id = table_text(&table, ACTUAL_ROUND);
        actual.round = actual.round_id != NULL ? round_number(reader, &table, ACTUAL_ROUND, false) : -1;
        actual.km = table_number(&table, ACTUAL_KM, 0, KM_MAX, NAN);
        actual.hours = table_number(&table, ACTUAL_HOURS, 0, HOURS_MAX, NAN);
        actual.litres = table_number(&table, ACTUAL_LITRES, 0, LITRES_MAX, NAN);
        actual.tonnes = table_number(&table, ACTUAL_TONNES, 0, TONNES_MAX, NAN);
        actual.emptied = (int32_t)table_whole(&table, ACTUAL_EMPTIED, 0, EVENTS_MAX, -1);
        actual.overflows = (int32_t)table_whole(&table, ACTUAL_OVERFLOWS, 0, EVENTS_MAX, -1);
        actual.incidents = (int32_t)table_whole(&table, ACTUAL_INCIDENTS, 0, EVENTS_MAX, -1);
        if (table.row_faulty || !dated) continue;
        if (!array_push(&actuals, actual)) table_exhausted(&table);
    }
    TRY(reader_close_table(reader, &actuals_spec, &table, error));
    if (actuals.count > 0)
        qsort(actuals.items, (size_t)actuals.count, sizeof *actuals.items, compare_actuals);
    TRY(reader_seal(reader, actuals.items, actuals.count, sizeof *actuals.items, &reader->city->actuals,
                    error));
    reader->city->actual_count = (int32_t)actuals.count;
done:
    array_free(&actuals);
    return rc;
}

/* ---- calendar.csv ---- */

enum { CALENDAR_DATE, CALENDAR_KIND, CALENDAR_LABEL, CALENDAR_FACTOR, CALENDAR_COLUMNS };
static const struct column calendar_columns[CALENDAR_COLUMNS] = {
    {"date", false}, {"kind", false}, {"label", false}, {"demand_factor", true}};
static const struct table_spec calendar_spec = {"calendar.csv", calendar_columns, CALENDAR_COLUMNS, NEED_NONE,
                                                false};
static const double DEMAND_FACTOR_MAX = 20; /* summer on the coast multiplies the population by ten */

static int compare_calendar_days(const void *a, const void *b)
{
    const struct calendar_day *x = a, *y = b;
    if (x->day != y->day) return x->day < y->day ? -1 : 1;
    return (x->kind > y->kind) - (x->kind < y->kind);
}

error_code city_read_calendar(struct city_reader *reader, struct error *error)
{
    static const struct text_choice kinds[] = {{"holiday", CALENDAR_HOLIDAY},    {"ferie", CALENDAR_HOLIDAY},
                                               {"jour_ferie", CALENDAR_HOLIDAY}, {"event", CALENDAR_EVENT},
                                               {"evenement", CALENDAR_EVENT},    {"fete", CALENDAR_EVENT},
                                               {"strike", CALENDAR_STRIKE},      {"greve", CALENDAR_STRIKE}};
    error_code rc = ERROR_NONE;
    struct table table;
    struct {
        struct calendar_day *items;
        int64_t count, capacity;
    } days = {0};
    TRY(reader_open_table(reader, &calendar_spec, &table, error));
    while (table_next(&table)) {
        struct calendar_day day = {0};
        const bool dated = table_day(&table, CALENDAR_DATE, &day.day);
        day.kind = (calendar_kind)table_choice(
            &table, CALENDAR_KIND, kinds, sizeof kinds / sizeof kinds[0],
            N_("expected holiday, event or strike (férié, événement, grève)"), CALENDAR_EVENT);
        day.label = table_text(&table, CALENDAR_LABEL);
        day.demand_factor = table_number(&table, CALENDAR_FACTOR, 0, DEMAND_FACTOR_MAX, 1);
        if (table.row_faulty || !dated) continue;
        if (!array_push(&days, day)) table_exhausted(&table);
    }
    TRY(reader_close_table(reader, &calendar_spec, &table, error));
    if (days.count > 0) qsort(days.items, (size_t)days.count, sizeof *days.items, compare_calendar_days);
    TRY(reader_seal(reader, days.items, days.count, sizeof *days.items, &reader->city->calendar, error));
    reader->city->calendar_count = (int32_t)days.count;
done:
    array_free(&days);
    return rc;
}

/* ---- survey.csv ---- */

enum { SURVEY_WAVE, SURVEY_GROUP, SURVEY_QUESTION, SURVEY_SCORE, SURVEY_RESPONDENTS, SURVEY_COLUMNS };
static const struct column survey_columns[SURVEY_COLUMNS] = {
    {"wave", false}, {"group", false}, {"question", false}, {"score", false}, {"respondents", false}};
static const struct table_spec survey_spec = {"survey.csv", survey_columns, SURVEY_COLUMNS, NEED_NONE, false};

error_code city_read_survey(struct city_reader *reader, struct error *error)
{
    static const struct text_choice groups[] = {{"agents", 0},  {"residents", 1}, {"habitants", 1},
                                                {"usagers", 1}, {"agent", 0},     {"resident", 1}};
    static const char *const group_names[] = {"agents", "residents"};
    error_code rc = ERROR_NONE;
    struct table table;
    struct {
        struct survey_row *items;
        int64_t count, capacity;
    } rows = {0};
    TRY(reader_open_table(reader, &survey_spec, &table, error));
    while (table_next(&table)) {
        struct survey_row row = {.wave = table_text(&table, SURVEY_WAVE)};
        row.group = group_names[table_choice(&table, SURVEY_GROUP, groups, sizeof groups / sizeof groups[0],
                                             N_("expected agents or residents (habitants)"), 0)];
        row.question = table_text(&table, SURVEY_QUESTION);
        row.score = table_number(&table, SURVEY_SCORE, 0, 100, NAN);
        row.respondents = (int32_t)table_whole(&table, SURVEY_RESPONDENTS, 0, 100000000, 0);
        if (table.row_faulty) continue;
        if (!array_push(&rows, row)) table_exhausted(&table);
    }
    TRY(reader_close_table(reader, &survey_spec, &table, error));
    TRY(reader_seal(reader, rows.items, rows.count, sizeof *rows.items, &reader->city->survey, error));
    reader->city->survey_count = (int32_t)rows.count;
done:
    array_free(&rows);
    return rc;
}
