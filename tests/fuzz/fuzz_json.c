/* Any bytes as JSON: parsed or refused at a place inside the text; what parses can be walked, complained
 * about everywhere, and printed again. */
#include "io/json.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void walk(const struct json_source *source, struct diagnostics *list, const struct json *value)
{
    double number;
    bool flag;
    (void)json_number(value, &number);
    (void)json_flag(value, &flag);
    (void)json_string(value);
    json_complain(list, SEVERITY_ERROR, source, value, "here");
    const struct diagnostic *last = &list->items[list->count - 1];
    if (last->place.line < 1 || last->place.column < 1) abort(); /* every value has its place */
    for (const struct json *member = json_first(value); member != NULL; member = json_next(member)) {
        if (list->count < 200) walk(source, list, member); /* the search for a place is linear */
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct json *root = NULL;
    struct error error = {0};
    const char *text = (const char *)data;
    const error_code rc = json_parse("fuzz.json", text, size, &root, &error);
    if (rc != ERROR_NONE) {
        if (root != NULL || error.code != rc || error.line < 1 || error.column < 1) abort();
        return 0;
    }
    struct diagnostics list;
    diagnostics_init(&list, INT64_MAX);
    const struct json_source source = {"fuzz.json", text, size, root};
    walk(&source, &list, root);
    free(json_print(root, false));
    diagnostics_free(&list);
    json_free(root);
    return 0;
}
