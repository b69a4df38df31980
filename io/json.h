/* JSON, and the only door to cJSON. Reading: a parsed tree with typed, NULL-safe getters; a syntax error
 * names line and column, and json_complain finds the place of a value when something is wrong with it.
 * Writing: builders that take ownership of what they are given; a failed allocation makes the whole tree
 * "broken" and json_print then says so, so that callers check once. Numbers are doubles (whole up to 2^53).
 * All calls are linear in what they read or write; json_complain in the length of the text. */
#ifndef BENNE_IO_JSON_H
#define BENNE_IO_JSON_H

#include "solver/base/diagnostic.h"
#include "solver/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json; /* a value of a tree */

/* Parses `length` bytes; `file` names them in errors. The tree is freed by json_free on its root. */
error_code json_parse(const char *file, const char *text, size_t length, struct json **root,
                      struct error *error) ERROR_CHECKED;
void json_free(struct json *root);

/* Getters: NULL or false when `value` is NULL or of another type. */
const struct json *json_get(const struct json *object, const char *key);
const struct json *json_first(const struct json *container); /* first member of an object or array */
const struct json *json_next(const struct json *member);
const char *json_key(const struct json *member);
int32_t json_count(const struct json *container);
bool json_number(const struct json *value, double *number);
bool json_flag(const struct json *value, bool *flag);
const char *json_string(const struct json *value);
bool json_is_object(const struct json *value);
bool json_is_array(const struct json *value);
bool json_is_null(const struct json *value);

/* What a tree was parsed from: kept by the caller as long as he may have to complain about its values. */
struct json_source {
    const char *file; /* as named in messages */
    const char *text;
    size_t length;
    const struct json *root;
};

/* Adds a diagnostic that shows the place of `value` in its text; the _key form, the place of its key. */
void json_complain(struct diagnostics *list, severity level, const struct json_source *source,
                   const struct json *value, const char *format, ...) ERROR_PRINTF(5, 6);
void json_complain_key(struct diagnostics *list, severity level, const struct json_source *source,
                       const struct json *value, const char *format, ...) ERROR_PRINTF(5, 6);

/* Builders: create, fill, print, free. `key` NULL appends to an array. Texts are copied; children adopted, at
 * once freed when the parent is NULL: so check the root of a tree, and nothing else but json_print. */
struct json *json_new_object(void);
struct json *json_new_array(void);
void json_put(struct json *parent, const char *key, struct json *child);
void json_put_number(struct json *parent, const char *key, double number); /* NaN, infinity: null */
void json_put_integer(struct json *parent, const char *key, int64_t number);
void json_put_string(struct json *parent, const char *key, const char *text); /* NULL: null */
void json_put_flag(struct json *parent, const char *key, bool flag);
void json_put_null(struct json *parent, const char *key);

/* The tree as text (free() it); NULL when memory failed now or while it was built. */
char *json_print(const struct json *root, bool indented);

#endif
