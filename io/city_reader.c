#include "io/city_reader.h"

#include "solver/base/array.h"
#include "solver/base/message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ID_BYTES_MAX = 128, SHOWN_ID_BYTES = 64, PATH_BYTES_MAX = 4096 };

static void registry_init(struct registry *registry, struct arena *arena, const char *file)
{
    *registry = (struct registry){.file = file};
    ids_init(&registry->ids, arena);
}

static void registry_free(struct registry *registry)
{
    ids_free(&registry->ids);
    array_free(&registry->lines);
}

error_code city_reader_open(struct city_reader *reader, const char *folder, struct arena *arena,
                            struct city *city, struct diagnostics *list, struct error *error)
{
    *reader = (struct city_reader){.arena = arena, .city = city, .list = list};
    registry_init(&reader->depots, arena, "depots.csv");
    registry_init(&reader->sites, arena, "disposal_sites.csv");
    registry_init(&reader->vehicles, arena, "vehicles.csv");
    registry_init(&reader->bins, arena, "bins.csv");
    registry_init(&reader->agents, arena, "agents.csv");
    ids_init(&reader->streams, arena);
    ids_init(&reader->tags, arena);
    ids_init(&reader->rounds, arena);
    ids_init(&reader->energies, arena);
    reader->folder = arena_text(arena, folder, strlen(folder));
    return reader->folder != NULL ? ERROR_NONE : error_memory(error);
}

void city_reader_close(struct city_reader *reader)
{
    projection_close(reader->projection);
    registry_free(&reader->depots);
    registry_free(&reader->sites);
    registry_free(&reader->vehicles);
    registry_free(&reader->bins);
    registry_free(&reader->agents);
    ids_free(&reader->streams);
    ids_free(&reader->tags);
    ids_free(&reader->rounds);
    ids_free(&reader->energies);
    array_free(&reader->windows);
    array_free(&reader->places);
    array_free(&reader->files);
}

/* ---- Files ---- */

const char *reader_path(struct city_reader *reader, const char *name)
{
    const size_t folder = strlen(reader->folder), length = folder + 1 + strlen(name);
    char *path = arena_alloc(reader->arena, length + 1, 1);
    if (path != NULL) snprintf(path, length + 1, "%s/%s", reader->folder, name);
    return path;
}

bool reader_has_file(struct city_reader *reader, const char *name)
{
    char path[PATH_BYTES_MAX];
    const int length = snprintf(path, sizeof path, "%s/%s", reader->folder, name);
    return length > 0 && length < PATH_BYTES_MAX && access(path, F_OK) == 0;
}

error_code reader_note_file(struct city_reader *reader, const char *name, const struct text_facts *facts,
                            int64_t rows, struct error *error)
{
    struct city_file file = {
        .name = arena_text(reader->arena, name, strlen(name)), .bytes = facts->bytes, .rows = rows};
    memcpy(file.hash, facts->hash, sizeof file.hash);
    if (file.name == NULL || !array_push(&reader->files, file)) return error_memory(error);
    return ERROR_NONE;
}

error_code reader_open_table(struct city_reader *reader, const struct table_spec *spec, struct table *table,
                             struct error *error)
{
    *table = (struct table){.failure = ERROR_NONE};
    const char *path = reader_path(reader, spec->file);
    if (path == NULL) return error_memory(error);
    if (access(path, F_OK) != 0) {
        if (spec->need != NEED_NONE) {
            diagnostics_add(reader->list, SEVERITY_ERROR, (struct source_place){.file = spec->file},
                            _("missing file: a city must have it"));
        }
        return ERROR_NONE;
    }
    const struct table_source source = {.path = path,
                                        .file = spec->file,
                                        .zone = reader->city->zone,
                                        .list = reader->list,
                                        .arena = reader->arena,
                                        .about_agents = spec->about_agents};
    return table_open(table, &source, spec->columns, spec->column_count, error);
}

error_code reader_close_table(struct city_reader *reader, const struct table_spec *spec, struct table *table,
                              struct error *error)
{
    const bool read = table->text != NULL;
    const bool barren = table->usable && table->rows == 0 && table->failure == ERROR_NONE;
    error_code rc = table_close(table, error);
    if (barren) {
        diagnostics_add(reader->list, spec->need == NEED_ROWS ? SEVERITY_ERROR : SEVERITY_WARNING,
                        (struct source_place){.file = spec->file, .line = 1}, _("no row after the header"));
    }
    if (rc == ERROR_NONE && read)
        rc = reader_note_file(reader, spec->file, &table->facts, table->rows, error);
    return rc;
}

/* The bytes of line `number` of a text, in the arena; NULL when there is no such line. */
static const char *copy_line(struct arena *arena, const char *text, int64_t number)
{
    for (; number > 1 && text != NULL; number--) {
        text = strchr(text, '\n');
        if (text != NULL) text++;
    }
    return text != NULL ? arena_text(arena, text, strcspn(text, "\r\n")) : NULL;
}

error_code reader_load_json(struct city_reader *reader, const char *name, struct reader_json *json,
                            struct error *error)
{
    size_t length;
    struct text_facts facts;
    struct error fault = {0};
    *json = (struct reader_json){.text = NULL};
    const char *path = reader_path(reader, name);
    if (path == NULL) return error_memory(error);
    error_code rc = text_load(path, name, reader->list, &json->text, &length, &facts, error);
    if (rc == ERROR_INPUT) return ERROR_NONE; /* in the diagnostics */
    if (rc == ERROR_NONE) rc = reader_note_file(reader, name, &facts, 0, error);
    if (rc != ERROR_NONE) return rc;
    rc = json_parse(name, json->text, length, &json->root, &fault);
    if (rc == ERROR_INPUT) {
        const struct source_place place = {.file = name,
                                           .line = fault.line,
                                           .column = fault.column,
                                           .text = copy_line(reader->arena, json->text, fault.line)};
        diagnostics_add(reader->list, SEVERITY_ERROR, place, "%s", fault.message);
        return ERROR_NONE;
    }
    if (rc != ERROR_NONE && error != NULL) *error = fault;
    json->source = (struct json_source){name, json->text, length, json->root};
    return rc;
}

void reader_free_json(struct reader_json *json)
{
    json_free(json->root);
    free(json->text);
    *json = (struct reader_json){.text = NULL};
}

error_code reader_complain_later(struct city_reader *reader, const struct table_spec *spec, int64_t line,
                                 int32_t column, severity level, const char *message, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct table table;
    const struct table_source source = {.path = reader_path(reader, spec->file),
                                        .file = spec->file,
                                        .list = reader->list,
                                        .arena = reader->arena,
                                        .again = true};
    if (source.path == NULL) return error_memory(error);
    if (level == SEVERITY_ERROR && reader->list->errors >= reader->list->limit) { /* counted, not shown */
        diagnostics_add(reader->list, level, (struct source_place){.file = spec->file}, "%s", message);
        return ERROR_NONE;
    }
    TRY(table_open(&table, &source, spec->columns, spec->column_count, error));
    /* Other rows' faults have been reported the first time. */
    struct diagnostics again;
    diagnostics_init(&again, 0);
    table.source.list = &again;
    while (table_next(&table)) {
        if (table.line != line) continue;
        table.source.list = reader->list;
        if (column >= 0 && !table_has(&table, column)) column = -1;
        table_complain(&table, level, column, "%s", message);
        break;
    }
    diagnostics_free(&again);
    rc = table_close(&table, error);
done:
    return rc;
}

error_code reader_seal(struct city_reader *reader, const void *items, int64_t count, size_t size,
                       void *sealed, struct error *error)
{
    void *copy = arena_alloc(reader->arena, (size_t)count, size);
    if (copy == NULL) return error_memory(error);
    if (count > 0) memcpy(copy, items, (size_t)count * size);
    memcpy(sealed, &copy, sizeof copy);
    return ERROR_NONE;
}

/* ---- Ids ---- */

int32_t registry_add(struct registry *registry, struct table *table, int32_t column, const char **id)
{
    const struct csv_field *field = table_field(table, column);
    int32_t number;
    bool added;
    if (field == NULL) return -1;
    if (field->length > ID_BYTES_MAX || strpbrk(field->text, "\n\r\t") != NULL) {
        table_refuse(table, column, N_("an identifier is one short line"));
        return -1;
    }
    if (ids_add(&registry->ids, field->text, field->length, &number, &added, NULL) != ERROR_NONE) {
        table_exhausted(table);
        return -1;
    }
    if (!added) {
        char shown[SHOWN_ID_BYTES];
        table_complain(table, SEVERITY_ERROR, column, _("%s “%s” is already on line %lld"),
                       table->columns[column].name,
                       text_shorten(field->text, field->length, shown, sizeof shown),
                       (long long)registry->lines.items[number]);
        return -1;
    }
    if (!array_push(&registry->lines, table->line)) table_exhausted(table);
    *id = registry->ids.names[number];
    return number;
}

int32_t registry_find(const struct registry *registry, struct table *table, int32_t column)
{
    const struct csv_field *field = table_field(table, column);
    if (field == NULL) return -1;
    const int32_t number = ids_find(&registry->ids, field->text, field->length);
    if (number >= 0) return number;
    if (!registry->complete) {
        table->row_faulty = true;
        return -1;
    }
    char shown[SHOWN_ID_BYTES];
    text_shorten(field->text, field->length, shown, sizeof shown);
    const char *near =
        table_nearest(table, registry->ids.names, registry->ids.count, field->text, field->length);
    if (near != NULL) {
        table_complain(table, SEVERITY_ERROR, column, _("%s “%s” is not in %s; did you mean “%s”?"),
                       table->columns[column].name, shown, registry->file, near);
    } else {
        table_complain(table, SEVERITY_ERROR, column, _("%s “%s” is not in %s"), table->columns[column].name,
                       shown, registry->file);
    }
    return -1;
}

/* ---- Values that several files have ---- */

struct span reader_windows(struct city_reader *reader, struct table *table, int32_t column)
{
    struct span span = {.first = (int32_t)reader->windows.count};
    struct time_window windows[TEXT_WINDOWS_MAX];
    const struct csv_field *field = table_field(table, column);
    if (field == NULL) return span;
    const char *fault = text_windows(field->text, field->length, windows, &span.count);
    if (fault != NULL) {
        table_refuse(table, column, fault);
        span.count = 0;
    }
    for (int32_t i = 0; i < span.count; i++) {
        if (!array_push(&reader->windows, windows[i])) table_exhausted(table);
    }
    return span;
}

/* A word's number among the city's streams or tags; -1 with a complaint when there are too many. */
static int32_t word_number(struct ids *words, int32_t most, struct table *table, int32_t column,
                           const char *word, size_t length)
{
    int32_t number = ids_find(words, word, length);
    bool added;
    if (number >= 0) return number;
    if (words->count == most) {
        table_complain(table, SEVERITY_ERROR, column, _("%s: a city has at most %d different ones"),
                       table->columns[column].name, most);
        return -1;
    }
    if (ids_add(words, word, length, &number, &added, NULL) == ERROR_NONE) return number;
    table_exhausted(table);
    return -1;
}

stream_mask reader_streams(struct city_reader *reader, struct table *table, int32_t column, const char *text,
                           size_t length)
{
    stream_mask streams = 0;
    size_t position = 0, word_length;
    const char *word;
    while (text_word(text, length, &position, &word, &word_length)) {
        const int32_t number = word_number(&reader->streams, STREAM_MAX, table, column, word, word_length);
        if (number < 0) return 0;
        streams |= (stream_mask)1 << number;
    }
    if (streams == 0) table_refuse(table, column, N_("no stream is named"));
    return streams;
}

tag_mask reader_tags(struct city_reader *reader, struct table *table, int32_t column, bool add)
{
    const struct csv_field *field = table_field(table, column);
    tag_mask tags = 0;
    size_t position = 0, length;
    const char *word;
    if (field == NULL) return 0;
    while (text_word(field->text, field->length, &position, &word, &length)) {
        int32_t number = ids_find(&reader->tags, word, length);
        if (number < 0 && add) number = word_number(&reader->tags, TAG_MAX, table, column, word, length);
        if (number >= 0) {
            tags |= (tag_mask)1 << number;
        } else if (!add && reader->vehicles.complete) {
            char shown[SHOWN_ID_BYTES];
            text_shorten(word, length, shown, sizeof shown);
            const char *near = table_nearest(table, reader->tags.names, reader->tags.count, word, length);
            table_complain(table, SEVERITY_ERROR, column,
                           near != NULL ? _("no vehicle has the tag “%s”; did you mean “%s”?")
                                        : _("no vehicle has the tag “%s”"),
                           shown, near);
        }
    }
    return tags;
}
