/* Complaints about a row, and its values: see city_table.h. Opening and reading rows: city_table.c. */
#include "io/city_table.h"

#include "solver/base/message.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

enum { SHOWN_VALUE_BYTES = 64 };

/* ---- Complaints ---- */

static bool is_counted_only(const struct table *table, severity level)
{
    const struct diagnostics *list = table->source.list;
    return (level == SEVERITY_ERROR && list->errors >= list->limit) ||
           (level == SEVERITY_WARNING && list->warnings >= list->limit);
}

/* The place of a field of this row. The line shown is a copy in the arena, or NULL when memory fails. */
static struct source_place place_of_field(struct table *table, int32_t field)
{
    const char *bytes = table->record.count > 0 ? table->record.items : table->raw.bytes;
    const size_t length = table->record.count > 0 ? (size_t)table->record.count : table->raw.length;
    struct source_place place = {.file = table->source.file, .line = table->line};
    const size_t offset = field < 0 ? 0 : csv_field_offset(table->delimiter, bytes, length, field);
    size_t start = 0, end = 0;
    for (size_t i = 0; i < offset; i++) {
        if (bytes[i] != '\n') continue;
        place.line++;
        start = i + 1;
    }
    for (end = start; end < length && bytes[end] != '\n';) end++;
    if (field >= 0) place.column = (int32_t)(offset - start) + 1;
    place.text = arena_text(table->source.arena, bytes + start, end - start);
    return place;
}

void table_complain_field(struct table *table, severity level, int32_t field, const char *message)
{
    if (level == SEVERITY_ERROR) table->row_faulty = true;
    struct source_place place = {.file = table->source.file, .line = table->line};
    if (!is_counted_only(table, level)) place = place_of_field(table, field);
    diagnostics_add(table->source.list, level, place, "%s", message);
}

void table_complain(struct table *table, severity level, int32_t column, const char *format, ...)
{
    char message[ERROR_MESSAGE_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    table_complain_field(table, level, column < 0 ? -1 : table->field_of[column], message);
}

void table_refuse(struct table *table, int32_t column, const char *reason)
{
    char shown[SHOWN_VALUE_BYTES];
    const struct csv_field *field = &table->fields[table->field_of[column]];
    table_complain(table, SEVERITY_ERROR, column, _("%s: found “%s”: %s"), table->columns[column].name,
                   text_shorten(field->text, field->length, shown, sizeof shown), _(reason));
}

const char *table_nearest(const struct table *table, const char *const *names, int32_t count,
                          const char *text, size_t length)
{
    return is_counted_only(table, SEVERITY_ERROR) ? NULL : text_nearest(names, count, text, length);
}

void table_count(struct table *table, struct table_tally *tally, int32_t column)
{
    if (tally->count++ == 0) tally->place = place_of_field(table, table->field_of[column]);
}

/* ---- Values ---- */

bool table_has(const struct table *table, int32_t column)
{
    return table->usable && table->field_of[column] >= 0;
}

const struct csv_field *table_field(struct table *table, int32_t column)
{
    const int32_t index = table->field_of[column];
    if (index < 0) return NULL;
    const struct csv_field *field = &table->fields[index];
    if (field->length > 0) return field;
    if (!table->columns[column].optional) {
        table_complain(table, SEVERITY_ERROR, column, _("%s is empty"), table->columns[column].name);
    }
    return NULL;
}

const char *table_text(struct table *table, int32_t column)
{
    const struct csv_field *field = table_field(table, column);
    if (field == NULL) return NULL;
    const char *copy = arena_text(table->source.arena, field->text, field->length);
    if (copy == NULL) table_exhausted(table);
    return copy;
}

double table_number(struct table *table, int32_t column, double least, double most, double fallback)
{
    const struct csv_field *field = table_field(table, column);
    double value;
    if (field == NULL) return fallback;
    const char *fault = text_number(field->text, field->length, &table->signs[column], &value);
    if (fault != NULL) {
        table_refuse(table, column, fault);
        return fallback;
    }
    if (value >= least && value <= most) return value;
    char shown[SHOWN_VALUE_BYTES];
    table_complain(table, SEVERITY_ERROR, column, _("%s is %s: expected %.10g to %.10g"),
                   table->columns[column].name, text_shorten(field->text, field->length, shown, sizeof shown),
                   least, most);
    return fallback;
}

int64_t table_whole(struct table *table, int32_t column, int64_t least, int64_t most, int64_t fallback)
{
    const double value = table_number(table, column, (double)least, (double)most, NAN);
    if (isnan(value)) return fallback;
    if (value != floor(value)) {
        table_refuse(table, column, N_("a whole number was expected"));
        return fallback;
    }
    return (int64_t)value;
}

money table_money(struct table *table, int32_t column, money fallback)
{
    /* A billion units: sums over a plan stay within 64 bits. */
    const double value = table_number(table, column, 0, 1e9, NAN);
    return isnan(value) ? fallback : (money)llround(value * (double)MONEY_UNIT);
}

bool table_flag(struct table *table, int32_t column, bool fallback)
{
    const struct csv_field *field = table_field(table, column);
    bool value = fallback;
    if (field == NULL) return fallback;
    const char *fault = text_flag(field->text, field->length, &value);
    if (fault != NULL) table_refuse(table, column, fault);
    return value;
}

int32_t table_clock(struct table *table, int32_t column, int32_t fallback)
{
    const struct csv_field *field = table_field(table, column);
    int32_t second = fallback;
    if (field == NULL) return fallback;
    const char *fault = text_clock(field->text, field->length, &second);
    if (fault != NULL) table_refuse(table, column, fault);
    return fault != NULL ? fallback : second;
}

int32_t table_choice(struct table *table, int32_t column, const struct text_choice *choices, size_t count,
                     const char *expected, int32_t fallback)
{
    const struct csv_field *field = table_field(table, column);
    int32_t value = fallback;
    if (field == NULL) return fallback;
    if (!text_choose(choices, count, field->text, field->length, &value))
        table_refuse(table, column, expected);
    return value;
}

bool table_day(struct table *table, int32_t column, day_number *day)
{
    const struct csv_field *field = table_field(table, column);
    if (field == NULL) return false;
    const char *fault = text_date(field->text, field->length, &table->dates, day);
    if (fault != NULL) table_refuse(table, column, fault);
    return fault == NULL;
}

bool table_timestamp(struct table *table, int32_t column, struct written_time *time)
{
    const struct csv_field *field = table_field(table, column);
    if (field == NULL) return false;
    const char *fault = text_timestamp(field->text, field->length, &table->dates, time);
    if (fault != NULL) table_refuse(table, column, fault);
    return fault == NULL;
}
