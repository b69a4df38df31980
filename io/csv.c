#include "io/csv.h"

#include "solver/base/allocation.h"
#include "solver/base/array.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

struct csv_reader {
    struct csv_parser parser;
    unsigned char delimiter;
    bool exhausted, too_long;
    int32_t rows_ended; /* in the line being pushed */
    struct {
        char *items;
        int64_t count, capacity;
    } bytes; /* the fields' texts, one after the other, each with its NUL */
    size_t starts[CSV_FIELDS_MAX];
    struct csv_field fields[CSV_FIELDS_MAX];
    int32_t field_count;
};

static void *csv_realloc(void *block, size_t size)
{
    return allocation_refused() ? NULL : realloc(block, size);
}

/* Strict, so that a stray or an unclosed quote is seen where it stands and not swallowed. */
static bool parser_start(struct csv_reader *reader)
{
    if (csv_init(&reader->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0) return false;
    csv_set_delim(&reader->parser, reader->delimiter);
    csv_set_realloc_func(&reader->parser, csv_realloc);
    return true;
}

static void row_start(struct csv_reader *reader)
{
    reader->bytes.count = 0;
    reader->field_count = 0;
    reader->too_long = false;
}

error_code csv_reader_open(char delimiter, struct csv_reader **reader, struct error *error)
{
    *reader = allocation_refused() ? NULL : calloc(1, sizeof **reader);
    if (*reader == NULL) return error_memory(error);
    (*reader)->delimiter = (unsigned char)delimiter;
    if (!parser_start(*reader)) {
        free(*reader);
        *reader = NULL;
        return error_memory(error);
    }
    return ERROR_NONE;
}

void csv_reader_close(struct csv_reader *reader)
{
    if (reader == NULL) return;
    csv_free(&reader->parser);
    array_free(&reader->bytes);
    free(reader);
}

static void keep_field(void *text, size_t length, void *context)
{
    struct csv_reader *reader = context;
    if (reader->rows_ended > 0) return;
    if (reader->field_count == CSV_FIELDS_MAX || reader->bytes.count + (int64_t)length >= CSV_ROW_BYTES_MAX) {
        reader->too_long = true;
        return;
    }
    if (!array_reserve(&reader->bytes, reader->bytes.count + (int64_t)length + 1)) {
        reader->exhausted = true;
        return;
    }
    char *kept = reader->bytes.items + reader->bytes.count;
    if (length > 0) memcpy(kept, text, length);
    kept[length] = '\0';
    reader->starts[reader->field_count] = (size_t)reader->bytes.count;
    reader->fields[reader->field_count++].length = length;
    reader->bytes.count += (int64_t)length + 1;
}

static void end_row(int terminator, void *context)
{
    (void)terminator;
    struct csv_reader *reader = context;
    reader->rows_ended++;
}

/* Forgets the row under way after a fault. */
static csv_state give_up_row(struct csv_reader *reader, csv_state state)
{
    csv_free(&reader->parser);
    row_start(reader);
    return parser_start(reader) ? state : CSV_OUT_OF_MEMORY;
}

csv_state csv_reader_push(struct csv_reader *reader, const char *line, size_t length, size_t *fault)
{
    if (reader->rows_ended > 0) row_start(reader);
    reader->rows_ended = 0;
    *fault = csv_parse(&reader->parser, line, length, keep_field, end_row, reader);
    if (*fault < length) {
        bool syntax = csv_error(&reader->parser) == CSV_EPARSE;
        return give_up_row(reader, syntax ? CSV_BAD_QUOTE : CSV_OUT_OF_MEMORY);
    }
    if (reader->exhausted) return give_up_row(reader, CSV_OUT_OF_MEMORY);
    if (reader->too_long) return give_up_row(reader, CSV_TOO_LONG);
    if (reader->rows_ended > 1) {
        const char *stray = memchr(line, '\r', length);
        *fault = stray != NULL ? (size_t)(stray - line) : 0;
        return give_up_row(reader, CSV_BAD_RETURN);
    }
    /* An empty line ends no row, unless a quoted field is open: then libcsv has the line end in it. */
    if (reader->rows_ended == 0) {
        bool open = reader->parser.quoted != 0 || reader->field_count > 0;
        if (!open) return CSV_BLANK;
        if (reader->bytes.count + (int64_t)reader->parser.entry_pos >= CSV_ROW_BYTES_MAX) {
            return give_up_row(reader, CSV_TOO_LONG);
        }
        return CSV_OPEN;
    }
    if (reader->field_count == 1 && reader->fields[0].length == 0) return CSV_BLANK; /* blanks alone */
    for (int32_t i = 0; i < reader->field_count; i++) {
        reader->fields[i].text = reader->bytes.items + reader->starts[i];
    }
    return CSV_ROW;
}

const struct csv_field *csv_reader_fields(const struct csv_reader *reader, int32_t *count)
{
    *count = reader->field_count;
    return reader->fields;
}

size_t csv_field_offset(char delimiter, const char *row, size_t length, int32_t index)
{
    size_t position = 0;
    bool quoted = false;
    for (; position < length && index > 0; position++) {
        if (row[position] == '"') quoted = !quoted;
        if (row[position] == delimiter && !quoted) index--;
    }
    while (position < length && row[position] == ' ') position++;
    return position;
}
