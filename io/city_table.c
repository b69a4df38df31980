#include "io/city_table.h"

#include "solver/base/array.h"
#include "solver/base/message.h"

#include <stdio.h>
#include <string.h>

enum { SHOWN_VALUE_BYTES = 64, HEADER_BYTES_MAX = 64, FIELDS_SHOWN_MAX = 512 };

static void fail(struct table *table, error_code code)
{
    if (table->failure == ERROR_NONE) table->failure = code;
}

void table_exhausted(struct table *table)
{
    fail(table, error_memory(&table->error));
}

/* ---- Opening: the dialect and the header ---- */

/* The separator that stands most often in the header, outside quotes. */
static char detect_delimiter(const char *line, size_t length)
{
    static const char candidates[] = {';', '\t', ','};
    char best = ',';
    int64_t most = 0;
    for (size_t c = 0; c < sizeof candidates; c++) {
        int64_t count = 0;
        bool quoted = false;
        for (size_t i = 0; i < length; i++) {
            if (line[i] == '"') quoted = !quoted;
            if (line[i] == candidates[c] && !quoted) count++;
        }
        if (count > most) {
            most = count;
            best = candidates[c];
        }
    }
    return best;
}

static error_code next_line(struct table *table, bool *found)
{
    return text_next(table->text, &table->raw, found, &table->error);
}

static void list_columns(const struct table *table, char *names, size_t room)
{
    size_t end = 0;
    names[0] = '\0';
    for (int32_t i = 0; i < table->column_count && end < room; i++) {
        const int written = snprintf(names + end, room - end, "%s%s%s", i > 0 ? ", " : "",
                                     table->columns[i].name, table->columns[i].optional ? "?" : "");
        end += written > 0 ? (size_t)written : 0;
    }
}

/* Reads lines until the header's row; *found false when the file ends before. */
static error_code read_header(struct table *table, bool *found)
{
    error_code rc = ERROR_NONE;
    bool first = true;
    char named = 0;
    for (;; first = false) {
        TRY(next_line(table, found));
        if (!*found) goto done;
        table->line = table->raw.number;
        if (table->raw.overlong) {
            *found = false;
            goto done;
        }
        const char *line = table->raw.bytes;
        if (first && table->raw.length == 5 && memcmp(line, "sep=", 4) == 0) { /* a spreadsheet's hint */
            named = line[4];
            continue;
        }
        if (strspn(line, " \t") >= table->raw.length) continue;
        table->delimiter =
            named == ';' || named == ',' || named == '\t' ? named : detect_delimiter(line, table->raw.length);
        break;
    }
    TRY(csv_reader_open(table->delimiter, &table->csv, &table->error));
    size_t fault;
    const csv_state state = csv_reader_push(table->csv, table->raw.bytes, table->raw.length + 1, &fault);
    if (state == CSV_OUT_OF_MEMORY) rc = error_memory(&table->error);
    *found = state == CSV_ROW;
    table->fields = csv_reader_fields(table->csv, &table->header_count);
done:
    return rc;
}

/* A header that no column has: a warning, or in files about agents perhaps a refusal. */
static void unknown_header(struct table *table, int32_t field, const char *folded)
{
    char message[ERROR_MESSAGE_MAX], shown[SHOWN_VALUE_BYTES];
    text_shorten(table->fields[field].text, table->fields[field].length, shown, sizeof shown);
    const char *names[TABLE_COLUMNS_MAX];
    for (int32_t i = 0; i < table->column_count; i++) names[i] = table->columns[i].name;
    const char *near = text_nearest(names, table->column_count, folded, strlen(folded));
    if (shown[0] == '\0') {
        snprintf(message, sizeof message, _("a column without a name: ignored"));
    } else if (near != NULL) {
        snprintf(message, sizeof message, _("unknown column “%s”: ignored (did you mean %s?)"), shown, near);
    } else {
        snprintf(message, sizeof message, _("unknown column “%s”: ignored"), shown);
    }
    table_complain_field(table, SEVERITY_WARNING, field, message);
}

static void refused_header(struct table *table, int32_t field, const char *reason)
{
    char message[ERROR_MESSAGE_MAX], shown[SHOWN_VALUE_BYTES];
    text_shorten(table->fields[field].text, table->fields[field].length, shown, sizeof shown);
    snprintf(message, sizeof message, _("the column “%s” is refused: %s"), shown, _(reason));
    table_complain_field(table, SEVERITY_ERROR, field, message);
}

/* Matches the header's names with the columns; all faults of the header are reported. */
static void match_header(struct table *table)
{
    bool sound = true;
    for (int32_t i = 0; i < table->column_count; i++) table->field_of[i] = -1;
    for (int32_t f = 0; f < table->header_count; f++) {
        char folded[HEADER_BYTES_MAX], message[ERROR_MESSAGE_MAX];
        text_fold(table->fields[f].text, table->fields[f].length, folded, sizeof folded);
        const char *refused = table->source.about_agents ? column_refused(folded) : NULL;
        const int32_t column = column_find(table->columns, table->column_count, folded);
        if (refused != NULL) {
            if (!table->source.again) refused_header(table, f, refused);
        } else if (column < 0) {
            if (!table->source.again) unknown_header(table, f, folded);
        } else if (table->field_of[column] >= 0) {
            snprintf(message, sizeof message, _("the column %s is there twice: fields %d and %d"),
                     table->columns[column].name, table->field_of[column] + 1, f + 1);
            table_complain_field(table, SEVERITY_ERROR, f, message);
            sound = false;
        } else {
            table->field_of[column] = f;
        }
    }
    char names[FIELDS_SHOWN_MAX];
    list_columns(table, names, sizeof names);
    for (int32_t i = 0; i < table->column_count; i++) {
        if (table->columns[i].optional || table->field_of[i] >= 0) continue;
        table_complain(table, SEVERITY_ERROR, -1, _("missing column %s; expected: %s"),
                       table->columns[i].name, names);
        sound = false;
    }
    table->usable = sound;
}

error_code table_open(struct table *table, const struct table_source *source, const struct column *columns,
                      int32_t count, struct error *error)
{
    *table = (struct table){.source = *source, .columns = columns, .column_count = count};
    table->instants.zone = source->zone;
    error_code rc = text_open(source->path, source->file, source->list, &table->text, &table->error);
    if (rc == ERROR_INPUT) return ERROR_NONE; /* in the diagnostics */
    bool found = false;
    if (rc == ERROR_NONE) {
        table->facts = *text_facts(table->text);
        rc = read_header(table, &found);
    }
    if (rc == ERROR_NONE && found) match_header(table);
    if (rc == ERROR_NONE && !found) {
        char names[FIELDS_SHOWN_MAX];
        list_columns(table, names, sizeof names);
        const bool empty = table->line == 0;
        diagnostics_add(source->list, SEVERITY_ERROR,
                        (struct source_place){.file = source->file, .line = empty ? 0 : 1},
                        empty ? _("the file is empty; expected a header: %s")
                              : _("the first line is no header; expected: %s"),
                        names);
    }
    if (rc == ERROR_NONE) return ERROR_NONE;
    if (error != NULL) *error = table->error;
    table->failure = rc;
    rc = table_close(table, NULL);
    return rc;
}

/* ---- Rows ---- */

/* Does the row have the header's fields? Empty ones at its end, as spreadsheets leave, do not count. */
static bool has_all_fields(struct table *table, int32_t count)
{
    char message[ERROR_MESSAGE_MAX];
    while (count > table->header_count && table->fields[count - 1].length == 0) count--;
    if (count == table->header_count) return true;
    if (!table->raw.ended && count < table->header_count) {
        snprintf(message, sizeof message,
                 _("the file stops in the middle of this line: %d fields of %d; it has been cut"), count,
                 table->header_count);
    } else {
        snprintf(message, sizeof message, _("%d fields, where the header has %d"), count,
                 table->header_count);
    }
    table_complain_field(table, SEVERITY_ERROR, -1, message);
    return false;
}

static void bad_line(struct table *table, csv_state state, size_t fault)
{
    char *line = arena_text(table->source.arena, table->raw.bytes, table->raw.length);
    struct source_place place = {
        .file = table->source.file, .line = table->raw.number, .column = (int32_t)fault + 1, .text = line};
    const char *message =
        state == CSV_BAD_QUOTE
            ? _("a stray quote: quote the whole field, and write a quote inside it twice (\"\")")
        : state == CSV_BAD_RETURN ? _("a carriage return in the middle of a line")
                                  : _("far too many fields or bytes in one row (an unclosed quote?)");
    if (state == CSV_TOO_LONG) place.line = table->line;
    diagnostics_add(table->source.list, SEVERITY_ERROR, place, "%s", message);
}

static void bad_end(struct table *table)
{
    table_complain_field(
        table, SEVERITY_ERROR, -1,
        _("a quote opened in this row is never closed: the file has been cut, or a quote is missing"));
}

static void overlong_line(struct table *table)
{
    char message[ERROR_MESSAGE_MAX];
    snprintf(message, sizeof message, _("a line of more than %d bytes: this is no table"), TEXT_LINE_MAX);
    table->line = table->raw.number;
    table->record.count = 0;
    table_complain_field(table, SEVERITY_ERROR, -1, message);
}

/* Keeps the raw bytes of a row that runs over several lines, for messages. */
static bool keep_raw(struct table *table)
{
    const int64_t length = (int64_t)table->raw.length + 1;
    if (!array_reserve(&table->record, table->record.count + length)) return false;
    memcpy(table->record.items + table->record.count, table->raw.bytes, (size_t)length);
    table->record.count += length;
    return true;
}

/* Reads lines until a row is complete; false at the end, or after a failure. */
static bool read_row(struct table *table)
{
    bool open = false, found;
    table->record.count = 0;
    for (;;) {
        error_code rc = next_line(table, &found);
        if (rc != ERROR_NONE) fail(table, rc);
        if (rc == ERROR_NONE && !found && open) bad_end(table);
        if (open && !found) table->lost++;
        if (rc != ERROR_NONE || !found) return false;
        if (!open) table->line = table->raw.number;
        if (table->raw.overlong) {
            overlong_line(table);
            table->lost++;
            if (open) return false; /* lost within a quoted field */
            continue;
        }
        if (open && !keep_raw(table)) table_exhausted(table);
        size_t fault;
        int32_t count;
        const csv_state state = csv_reader_push(table->csv, table->raw.bytes, table->raw.length + 1, &fault);
        if (state == CSV_OUT_OF_MEMORY) table_exhausted(table);
        if (table->failure != ERROR_NONE) return false;
        if (state == CSV_ROW) {
            table->fields = csv_reader_fields(table->csv, &count);
            if (has_all_fields(table, count)) return true;
            table->lost++;
        } else if (state == CSV_OPEN) {
            if (!open && !keep_raw(table)) table_exhausted(table);
            open = true;
            continue;
        } else if (state != CSV_BLANK) {
            bad_line(table, state, fault);
            table->lost++;
        }
        open = false;
        table->record.count = 0;
    }
}

bool table_next(struct table *table)
{
    table->row_faulty = false;
    if (!table->usable || table->failure != ERROR_NONE || !read_row(table)) return false;
    table->rows++;
    table->dates.line = table->line;
    return true;
}

/* ---- Closing: how the file is written ---- */

static const char *decimal_name(const struct table *table)
{
    bool point = false, comma = false;
    for (int32_t i = 0; i < table->column_count; i++) {
        point |= table->signs[i] == '.';
        comma |= table->signs[i] == ',';
    }
    return point && comma ? _("decimal points and commas, by column")
           : comma        ? _("decimal comma")
           : point        ? _("decimal point")
                          : NULL;
}

static const char *date_name(const struct date_style *dates)
{
    return dates->iso_line > 0 && dates->day_first_line > 0 ? _("ISO and dd/mm/yyyy dates")
           : dates->iso_line > 0                            ? _("ISO dates")
           : dates->day_first_line > 0                      ? _("dd/mm/yyyy dates")
                                                            : NULL;
}

static void note_dialect(const struct table *table)
{
    const struct text_facts *facts = &table->facts;
    const char *decimals = decimal_name(table), *dates = date_name(&table->dates);
    const char *delimiter = table->delimiter == ';'    ? _("semicolon")
                            : table->delimiter == '\t' ? _("tab")
                                                       : _("comma");
    const char *line_end = facts->line_end == TEXT_CRLF ? "CRLF" : facts->line_end == TEXT_CR ? "CR" : "LF";
    diagnostics_add(table->source.list, SEVERITY_NOTE, (struct source_place){.file = table->source.file},
                    _("%s%s, %s, %s%s%s%s%s%s, %lld rows"), text_encoding_name(facts->encoding),
                    facts->byte_order_mark ? _(" with a byte order mark") : "", delimiter,
                    decimals != NULL ? decimals : "", decimals != NULL ? ", " : "",
                    dates != NULL ? dates : "", dates != NULL ? ", " : "", line_end,
                    facts->last_line_ended ? "" : _(", no line end after the last line"),
                    (long long)table->rows);
}

error_code table_close(struct table *table, struct error *error)
{
    if (table->usable && !table->source.again && table->failure == ERROR_NONE) note_dialect(table);
    csv_reader_close(table->csv);
    text_close(table->text);
    array_free(&table->record);
    table->csv = NULL;
    table->text = NULL;
    if (table->failure != ERROR_NONE && error != NULL) *error = table->error;
    return table->failure;
}
