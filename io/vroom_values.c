/* Values of a VROOM problem: each is what it should be, or a complaint. */
#include "io/vroom_file.h"

#include "solver/base/array.h"
#include "solver/base/message.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_SIZE = 64 };

/* ---- Complaints ---- */

void vroom_complain(struct vroom_reader *reader, severity level, const struct json *value, const char *key,
                    const char *format, ...)
{
    char sentence[VROOM_SENTENCE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    const bool both = reader->path[0] != '\0' && key[0] != '\0' && key[0] != '[';
    const bool said = reader->path[0] != '\0' || key[0] != '\0';
    /* Beyond the limit faults are counted, not shown: no need to look for their place in the text. */
    const bool shown = level != SEVERITY_ERROR || reader->list->errors < reader->list->limit;
    if (shown)
        json_complain(reader->list, level, &reader->source, value, "%s%s%s%s%s", reader->path,
                      both ? "." : "", key, said ? ": " : "", sentence);
    else
        diagnostics_add(reader->list, level, (struct source_place){.file = reader->source.file}, "%s",
                        sentence);
}

void vroom_remark(struct vroom_reader *reader, severity level, const struct json *value, const char *kind,
                  const char *key, const char *sentence)
{
    for (int64_t k = 0; k < reader->remarks.count; k++) {
        struct vroom_remark *it = &reader->remarks.items[k];
        if (it->sentence != sentence || strcmp(it->kind, kind) != 0 || strcmp(it->key, key) != 0) continue;
        it->count++;
        return;
    }
    struct vroom_remark remark = {level, kind, arena_text(reader->arena, key, strlen(key)), sentence, "",
                                  value, 1};
    memcpy(remark.path, reader->path, sizeof remark.path);
    if (remark.key == NULL || !array_push(&reader->remarks, remark)) reader->out_of_memory = true;
}

void vroom_say_remarks(struct vroom_reader *reader)
{
    for (int64_t k = 0; k < reader->remarks.count; k++) {
        const struct vroom_remark *it = &reader->remarks.items[k];
        memcpy(reader->path, it->path, sizeof reader->path);
        if (it->count == 1)
            vroom_complain(reader, it->level, it->value, it->key, "%s", _(it->sentence));
        else
            vroom_complain(reader, it->level, it->value, it->key, _("%s (the first of %d places)"),
                           _(it->sentence), (int)it->count);
    }
}

/* Keys that are not in the list, and those that begin with '-', which are known and not supported. */
void vroom_remark_keys(struct vroom_reader *reader, const struct json *object, const char *kind,
                       const char *const *known)
{
    if (!json_is_object(object)) return;
    for (const struct json *member = json_first(object); member != NULL; member = json_next(member)) {
        const char *key = json_key(member);
        const char *const *at = known;
        while (*at != NULL && strcmp(**at == '-' ? *at + 1 : *at, key) != 0) at++;
        if (*at == NULL)
            vroom_remark(reader, SEVERITY_WARNING, member, kind, key,
                         N_("this key is not known, and not read"));
        else if (**at == '-')
            vroom_remark(reader, SEVERITY_WARNING, member, kind, key,
                         N_("this is not supported, and not read"));
    }
}

/* ---- Values ---- */

bool vroom_is_whole(const struct json *value, int64_t low, int64_t high, int64_t *number)
{
    double real;
    if (!json_number(value, &real) || !(real >= (double)low && real <= (double)high) || real != floor(real))
        return false;
    *number = (int64_t)real;
    return true;
}

/* The number under a key, `absent` where there is none or a wrong one, which is said. */
int64_t vroom_take_whole(struct vroom_reader *reader, const struct json *object, const char *key,
                         int64_t high, int64_t absent)
{
    const struct json *value = json_get(object, key);
    int64_t number;
    if (value == NULL || vroom_is_whole(value, 0, high, &number)) return value == NULL ? absent : number;
    vroom_complain(reader, SEVERITY_ERROR, value, key, _("a whole number from 0 to %lld was expected"),
                   (long long)high);
    return absent;
}

int64_t vroom_take_id(struct vroom_reader *reader, const struct json *object)
{
    const struct json *value = json_get(object, "id");
    int64_t id = -1;
    if (!vroom_is_whole(value, 0, VROOM_ID_MAX, &id))
        vroom_complain(reader, SEVERITY_ERROR, value != NULL ? value : object, "id",
                       _("a whole number from 0 to %lld was expected"), (long long)VROOM_ID_MAX);
    return id;
}

/* A copy of the text under a key; NULL where there is none. */
error_code vroom_take_text(struct vroom_reader *reader, const struct json *object, const char *key,
                           const char **text, struct error *error)
{
    const struct json *value = json_get(object, key);
    const char *string = json_string(value);
    *text = NULL;
    if (value == NULL) return ERROR_NONE;
    if (string == NULL) {
        vroom_complain(reader, SEVERITY_ERROR, value, key, "%s", _("a text was expected"));
        return ERROR_NONE;
    }
    if (string[0] == '\0') return ERROR_NONE;
    *text = arena_text(reader->arena, string, strlen(string));
    return *text != NULL ? ERROR_NONE : error_memory(error);
}

bool vroom_is_window(const struct json *value, struct vroom_window *window)
{
    const struct json *open = json_first(value), *close = json_next(open);
    return json_is_array(value) && json_count(value) == 2 &&
           vroom_is_whole(open, 0, VROOM_NUMBER_MAX, &window->open) &&
           vroom_is_whole(close, 0, VROOM_NUMBER_MAX, &window->close) && window->open <= window->close;
}

static int compare_windows(const void *left, const void *right)
{
    const struct vroom_window *a = left, *b = right;
    return (a->open > b->open) - (a->open < b->open);
}

/* Windows in any order; those that touch become one, those that overlap are wrong. */
error_code vroom_take_windows(struct vroom_reader *reader, const struct json *object,
                              struct vroom_window **windows, int32_t *count, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct json *array = json_get(object, "time_windows");
    char key[KEY_SIZE];
    int32_t number = 0;
    *count = 0;
    *windows = NULL;
    if (array == NULL) goto done;
    if (!json_is_array(array) || json_first(array) == NULL) {
        vroom_complain(reader, SEVERITY_ERROR, array, "time_windows", "%s",
                       _("one or more windows were expected, as in [[0, 14400]]"));
        goto done;
    }
    TRY_NEW(reader->arena, *windows, json_count(array));
    for (const struct json *it = json_first(array); it != NULL; it = json_next(it), number++) {
        if (vroom_is_window(it, &(*windows)[*count])) {
            (*count)++;
            continue;
        }
        snprintf(key, sizeof key, "time_windows[%d]", (int)number);
        vroom_complain(reader, SEVERITY_ERROR, it, key, "%s",
                       _("a window was expected: two whole seconds, the first no later than the second"));
    }
    if (*count > 1) qsort(*windows, (size_t)*count, sizeof **windows, compare_windows);
    for (int32_t w = 1; w < *count; w++)
        if ((*windows)[w].open <= (*windows)[w - 1].close) {
            vroom_complain(reader, SEVERITY_ERROR, array, "time_windows", "%s", _("two windows overlap"));
            *count = 1;
        }
done:
    return rc;
}

/* One amount a dimension; zeros where the key is absent. */
error_code vroom_take_amount(struct vroom_reader *reader, const struct json *object, const char *key,
                             int64_t **amount, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct json *array = json_get(object, key);
    const int32_t dimensions = reader->vroom->dimension_count;
    char name[KEY_SIZE];
    int32_t d = 0;
    TRY_NEW(reader->arena, *amount, dimensions + 1);
    if (array == NULL) goto done;
    if (!json_is_array(array) || json_count(array) != dimensions) {
        vroom_complain(reader, SEVERITY_ERROR, array, key,
                       _("an array of %d numbers was expected, as in the capacity of the first vehicle"),
                       (int)dimensions);
        goto done;
    }
    for (const struct json *it = json_first(array); it != NULL; it = json_next(it), d++) {
        if (vroom_is_whole(it, 0, VROOM_NUMBER_MAX, &(*amount)[d])) continue;
        snprintf(name, sizeof name, "%s[%d]", key, (int)d);
        vroom_complain(reader, SEVERITY_ERROR, it, name, _("a whole number from 0 to %lld was expected"),
                       (long long)VROOM_NUMBER_MAX);
    }
done:
    return rc;
}
