#include "io/json.h"

#include "solver/base/allocation.h"
#include "solver/base/message.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A `struct json` is a cJSON item seen through an opaque name. Items carry one mark of our own in a bit of
 * `type` that cJSON does not use: something could not be allocated below this one. */
enum { JSON_BROKEN = 1 << 20 };

/* cJSON answers NULL for a syntax error and for exhausted memory alike; our malloc remembers which. */
static _Thread_local bool json_exhausted;

static void *json_malloc(size_t size)
{
    void *block = allocation_refused() ? NULL : malloc(size);
    if (block == NULL) json_exhausted = true;
    return block;
}

static void json_set_hooks(void)
{
    cJSON_Hooks hooks = {.malloc_fn = json_malloc, .free_fn = free};
    cJSON_InitHooks(&hooks);
    json_exhausted = false;
}

static const cJSON *item_of(const struct json *value)
{
    return (const cJSON *)(const void *)value;
}

static cJSON *mutable_item_of(struct json *value)
{
    return (cJSON *)(void *)value;
}

static struct json *json_of(cJSON *item)
{
    return (struct json *)(void *)item;
}

/* ---- Places in a text ---- */

/* Line and column of a position, both from 1; columns count bytes. */
static void text_place(const char *text, size_t position, int64_t *line, int32_t *column)
{
    *line = 1;
    size_t start = 0;
    for (size_t i = 0; i < position; i++) {
        if (text[i] != '\n') continue;
        (*line)++;
        start = i + 1;
    }
    *column = position - start < INT32_MAX ? (int32_t)(position - start) + 1 : 0;
}

/* A walk over a text that cJSON has accepted, in step with its tree. */
struct json_cursor {
    const char *text;
    size_t length, position;
};

static void cursor_skip_blanks(struct json_cursor *cursor)
{
    while (cursor->position < cursor->length && (unsigned char)cursor->text[cursor->position] <= ' ') {
        cursor->position++;
    }
}

static bool cursor_skip_char(struct json_cursor *cursor, char expected)
{
    cursor_skip_blanks(cursor);
    if (cursor->position >= cursor->length || cursor->text[cursor->position] != expected) return false;
    cursor->position++;
    return true;
}

static void cursor_skip_string(struct json_cursor *cursor)
{
    if (!cursor_skip_char(cursor, '"')) return;
    while (cursor->position < cursor->length && cursor->text[cursor->position] != '"') {
        cursor->position += cursor->text[cursor->position] == '\\' ? 2 : 1;
    }
    cursor->position++;
}

static void cursor_skip_scalar(struct json_cursor *cursor)
{
    cursor_skip_blanks(cursor);
    if (cursor->position < cursor->length && cursor->text[cursor->position] == '"') {
        cursor_skip_string(cursor);
        return;
    }
    while (cursor->position < cursor->length &&
           strchr(",]} \t\r\n", cursor->text[cursor->position]) == NULL) {
        cursor->position++;
    }
}

/* Finds `target` in the tree under `item`, whose text begins at the cursor. The depth is bounded by
 * cJSON's own limit on nesting. */
static bool cursor_find(struct json_cursor *cursor, const cJSON *item, const cJSON *target, size_t *key,
                        size_t *value)
{
    cursor_skip_blanks(cursor);
    *value = cursor->position;
    if (item == target) return true;
    if (!cJSON_IsObject(item) && !cJSON_IsArray(item)) {
        cursor_skip_scalar(cursor);
        return false;
    }
    cursor->position++;
    for (const cJSON *member = item->child; member != NULL; member = member->next) {
        cursor_skip_blanks(cursor);
        size_t member_key = cursor->position;
        if (cJSON_IsObject(item)) {
            cursor_skip_string(cursor);
            cursor_skip_char(cursor, ':');
        }
        if (member == target) *key = member_key;
        if (cursor_find(cursor, member, target, key, value)) return true;
        cursor_skip_char(cursor, ',');
    }
    cursor_skip_blanks(cursor);
    cursor->position++;
    return false;
}

/* Adds the message at a position of the text, with its line, or at no place when the value is not in it. */
static void complain(struct diagnostics *list, severity level, const struct json_source *source,
                     const struct json *value, bool at_key, const char *message)
{
    struct json_cursor cursor = {.text = source->text, .length = source->length};
    size_t key = SIZE_MAX, position = 0;
    struct source_place place = {.file = source->file};
    if (value == NULL || source->root == NULL ||
        !cursor_find(&cursor, item_of(source->root), item_of(value), &key, &position)) {
        diagnostics_add(list, level, place, "%s", message);
        return;
    }
    if (at_key && key != SIZE_MAX) position = key;
    if (position > source->length) position = source->length;
    text_place(source->text, position, &place.line, &place.column);

    size_t start = position, end = position;
    while (start > 0 && source->text[start - 1] != '\n') start--;
    while (end < source->length && source->text[end] != '\n' && source->text[end] != '\r') end++;
    char *line = calloc(end - start + 1, 1);
    if (line != NULL) memcpy(line, source->text + start, end - start);
    place.text = line;
    diagnostics_add(list, level, place, "%s", message);
    free(line);
}

void json_complain(struct diagnostics *list, severity level, const struct json_source *source,
                   const struct json *value, const char *format, ...)
{
    char message[ERROR_MESSAGE_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    complain(list, level, source, value, false, message);
}

void json_complain_key(struct diagnostics *list, severity level, const struct json_source *source,
                       const struct json *value, const char *format, ...)
{
    char message[ERROR_MESSAGE_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    complain(list, level, source, value, true, message);
}

/* ---- Reading ---- */

static size_t skip_blanks(const char *text, size_t length, size_t position)
{
    while (position < length && text[position] != '\0' && strchr(" \t\r\n", text[position]) != NULL) {
        position++;
    }
    return position;
}

/* Does the text break off within its brackets? */
static bool breaks_off(const char *text, size_t length)
{
    int64_t depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < length; i++) {
        if (quoted && text[i] == '\\') {
            i++;
        } else if (text[i] == '"') {
            quoted = !quoted;
        } else if (!quoted) {
            depth += (text[i] == '{' || text[i] == '[') - (text[i] == '}' || text[i] == ']');
        }
    }
    return depth > 0;
}

/* Where a fault stands, from where cJSON gave up: that is one byte late when a key or a string is at fault,
 * and on the last byte of a text that breaks off. */
static size_t fault_position(const char *text, size_t length, size_t position)
{
    const char last = position > 0 ? text[position - 1] : ' ';
    size_t before = position > 0 ? position - 1 : 0;
    while (before > 0 && strchr(" \t\r\n", text[before - 1]) != NULL) before--;
    const char previous = before > 0 ? text[before - 1] : ' ';
    const bool at_string = last == '"' && strchr(",{:[", previous) != NULL;
    const bool at_key = (previous == ',' || previous == '{') && strchr(" \t\r\n\"{[", last) == NULL;
    if (at_string || at_key) return position - 1;
    position = skip_blanks(text, length, position);
    return position + 1 == length && breaks_off(text, length) ? length : position;
}

/* What stands at the fault, for the message: a printable character, or what it is. */
static error_code syntax_error(const char *file, const char *text, size_t length, size_t position,
                               struct error *error)
{
    int64_t line;
    int32_t column;
    text_place(text, position, &line, &column);
    if (position >= length) {
        return error_at(error, ERROR_INPUT, file, line, column,
                        _("JSON syntax: the text ends here, before its last bracket or value is closed"));
    }
    unsigned char byte = (unsigned char)text[position];
    if (byte == 0) {
        return error_at(error, ERROR_INPUT, file, line, column,
                        _("a NUL byte: this is not a text file, JSON was expected"));
    }
    if (byte == '}' || byte == ']') {
        return error_at(error, ERROR_INPUT, file, line, column,
                        _("JSON syntax: found '%c' where a value was expected (is there a comma before it?)"),
                        byte);
    }
    if (byte == '"') {
        return error_at(
            error, ERROR_INPUT, file, line, column,
            _("JSON syntax: a string that is not closed, is not expected here, or holds an unknown escape"));
    }
    if (byte > ' ' && byte < 0x7f) {
        return error_at(
            error, ERROR_INPUT, file, line, column,
            _("JSON syntax: found '%c' where a comma, a bracket, a quoted key or a value was expected"),
            byte);
    }
    return error_at(error, ERROR_INPUT, file, line, column, _("JSON syntax: unexpected byte 0x%02x"), byte);
}

error_code json_parse(const char *file, const char *text, size_t length, struct json **root,
                      struct error *error)
{
    *root = NULL;
    const char *nul = length > 0 ? memchr(text, 0, length) : NULL;
    if (nul != NULL) return syntax_error(file, text, length, (size_t)(nul - text), error);
    size_t start = length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0; /* a byte order mark */
    start = skip_blanks(text, length, start);
    if (start == length) {
        return error_at(error, ERROR_INPUT, file, 1, 1, _("the file is empty: JSON was expected"));
    }
    json_set_hooks();
    const char *end = text + start;
    cJSON *item = cJSON_ParseWithLengthOpts(text + start, length - start, &end, false);
    if (item == NULL) {
        if (json_exhausted) return error_memory(error);
        return syntax_error(file, text, length, fault_position(text, length, (size_t)(end - text)), error);
    }
    const size_t position = skip_blanks(text, length, (size_t)(end - text));
    if (position < length) {
        cJSON_Delete(item);
        return syntax_error(file, text, length, position, error);
    }
    *root = json_of(item);
    return ERROR_NONE;
}

void json_free(struct json *root)
{
    cJSON_Delete(mutable_item_of(root));
}

const struct json *json_get(const struct json *object, const char *key)
{
    return json_of(cJSON_GetObjectItemCaseSensitive(item_of(object), key));
}

const struct json *json_first(const struct json *container)
{
    if (!json_is_object(container) && !json_is_array(container)) return NULL;
    return json_of(item_of(container)->child);
}

const struct json *json_next(const struct json *member)
{
    return member == NULL ? NULL : json_of(item_of(member)->next);
}

const char *json_key(const struct json *member)
{
    return member == NULL ? NULL : item_of(member)->string;
}

int32_t json_count(const struct json *container)
{
    if (!json_is_object(container) && !json_is_array(container)) return 0;
    return cJSON_GetArraySize(item_of(container));
}

bool json_number(const struct json *value, double *number)
{
    if (!cJSON_IsNumber(item_of(value))) return false;
    *number = item_of(value)->valuedouble;
    return true;
}

bool json_flag(const struct json *value, bool *flag)
{
    if (!cJSON_IsBool(item_of(value))) return false;
    *flag = cJSON_IsTrue(item_of(value));
    return true;
}

const char *json_string(const struct json *value)
{
    return cJSON_IsString(item_of(value)) ? item_of(value)->valuestring : NULL;
}

bool json_is_object(const struct json *value)
{
    return cJSON_IsObject(item_of(value));
}

bool json_is_array(const struct json *value)
{
    return cJSON_IsArray(item_of(value));
}

bool json_is_null(const struct json *value)
{
    return value != NULL && cJSON_IsNull(item_of(value));
}

/* ---- Writing ---- */

struct json *json_new_object(void)
{
    json_set_hooks();
    return json_of(cJSON_CreateObject());
}

struct json *json_new_array(void)
{
    json_set_hooks();
    return json_of(cJSON_CreateArray());
}

void json_put(struct json *parent, const char *key, struct json *child)
{
    cJSON *container = mutable_item_of(parent), *item = mutable_item_of(child);
    if (container == NULL || item == NULL) {
        if (container != NULL) container->type |= JSON_BROKEN;
        cJSON_Delete(item);
        return;
    }
    if (key != NULL && cJSON_AddItemToObject(container, key, item)) return;
    /* Without memory for its key the child is adopted all the same: its maker may go on filling it. */
    if (key != NULL) container->type |= JSON_BROKEN;
    (void)cJSON_AddItemToArray(container, item);
}

void json_put_number(struct json *parent, const char *key, double number)
{
    json_put(parent, key, json_of(isfinite(number) ? cJSON_CreateNumber(number) : cJSON_CreateNull()));
}

void json_put_integer(struct json *parent, const char *key, int64_t number)
{
    char digits[32];
    snprintf(digits, sizeof digits, "%lld", (long long)number);
    json_put(parent, key, json_of(cJSON_CreateRaw(digits))); /* raw: exact beyond 2^53 too */
}

void json_put_string(struct json *parent, const char *key, const char *text)
{
    json_put(parent, key, json_of(text != NULL ? cJSON_CreateString(text) : cJSON_CreateNull()));
}

void json_put_flag(struct json *parent, const char *key, bool flag)
{
    json_put(parent, key, json_of(cJSON_CreateBool(flag)));
}

void json_put_null(struct json *parent, const char *key)
{
    json_put(parent, key, json_of(cJSON_CreateNull()));
}

static bool is_broken(const cJSON *item)
{
    for (; item != NULL; item = item->next) {
        if ((item->type & JSON_BROKEN) != 0 || is_broken(item->child)) return true;
    }
    return false;
}

char *json_print(const struct json *root, bool indented)
{
    if (root == NULL || is_broken(item_of(root))) return NULL;
    return indented ? cJSON_Print(item_of(root)) : cJSON_PrintUnformatted(item_of(root));
}
