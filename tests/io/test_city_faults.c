/* One fault at a time in a valid city: what is said, and where. The table is the specification of the
 * reader's messages; a row names the change, and the diagnostic that must come of it. */
#include "tests/support/base_city.h"
#include "tests/support/city_folder.h"
#include "tests/support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { E = SEVERITY_ERROR, W = SEVERITY_WARNING, N = SEVERITY_NOTE, WHOLE = 0, ANY = -1 };

struct fault {
    const char *file; /* the file changed */
    const char *find; /* replaced by `put`; NULL: the whole file is */
    const char *put;  /* NULL: the file is removed */
    size_t length;    /* of put, where it holds NUL bytes; 0: strlen */
    int level;
    const char *fragment; /* of the message */
    const char *at;       /* the file complained about; NULL: the file changed */
    int64_t line;
    int32_t column;
};

#define BINS "bins.csv"
#define CITY "city.json"
#define READ "readings.csv"
#define VEHI "vehicles.csv"
#define SITE "disposal_sites.csv"
#define AGEN "agents.csv"

static const struct fault faults[] = {
#include "tests/io/city_faults.inc"
};

/* The text of a base file with the fault's change; free() it. */
static char *changed_text(const struct fault *fault, size_t *length)
{
    const char *base = "";
    for (size_t i = 0; i < COUNT_OF(base_city); i++) {
        if (strcmp(base_city[i].name, fault->file) == 0) base = base_city[i].text;
    }
    const size_t put = fault->length > 0 ? fault->length : strlen(fault->put);
    const char *at = fault->find == NULL ? base : strstr(base, fault->find);
    if (at == NULL) {
        print_error("%s has no text to change: %s\n", fault->file, fault->find == NULL ? "" : fault->find);
        fail();
    }
    const size_t before = fault->find == NULL ? 0 : (size_t)(at - base);
    const size_t after = fault->find == NULL ? strlen(base) : before + strlen(fault->find);
    char *text = malloc(before + put + strlen(base + after) + 1);
    assert_non_null(text);
    memcpy(text, base, before);
    memcpy(text + before, fault->put, put);
    memcpy(text + before + put, base + after, strlen(base + after) + 1);
    *length = before + put + strlen(base + after);
    return text;
}

static bool said(const struct city_folder *folder, const struct fault *fault)
{
    const char *file = fault->at != NULL ? fault->at : fault->file;
    for (int64_t i = 0; i < folder->list.count; i++) {
        const struct diagnostic *item = &folder->list.items[i];
        if ((int)item->severity == fault->level && strstr(item->message, fault->fragment) != NULL &&
            strcmp(item->place.file, file) == 0 && (fault->line == ANY || item->place.line == fault->line) &&
            (fault->column == ANY || item->place.column == fault->column)) {
            return true;
        }
    }
    return false;
}

static void each_fault_is_named_where_it_stands(void **state)
{
    (void)state;
    struct city_folder folder;
    int failed = 0;
    city_folder_make(&folder);
    for (size_t i = 0; i < COUNT_OF(faults); i++) {
        const struct fault *fault = &faults[i];
        size_t length = 0;
        char *text = fault->put != NULL ? changed_text(fault, &length) : NULL;
        city_folder_put(&folder, fault->file, text, length);
        free(text);
        city_folder_read(&folder);
        const bool right_code = fault->level == E ? folder.code == ERROR_INPUT : folder.code == ERROR_NONE;
        if (!said(&folder, fault) || !right_code) {
            failed++;
            print_message("fault %zu (%s: %s -> %s), code %d: expected “%s” at %lld:%d, got:\n", i,
                          fault->file, fault->find != NULL ? fault->find : "whole",
                          fault->put != NULL ? fault->put : "removed", folder.code, fault->fragment,
                          (long long)fault->line, fault->column);
            city_folder_print(&folder);
        }
        for (size_t f = 0; f < COUNT_OF(base_city); f++) { /* whole again */
            if (strcmp(base_city[f].name, fault->file) != 0) continue;
            city_folder_put(&folder, fault->file, base_city[f].text, strlen(base_city[f].text));
        }
    }
    city_folder_remove(&folder);
    assert_int_equal(failed, 0);
}

static void the_base_city_has_no_fault(void **state)
{
    (void)state;
    struct city_folder folder;
    city_folder_make(&folder);
    city_folder_read(&folder);
    if (folder.list.errors + folder.list.warnings != 0) city_folder_print(&folder);
    assert_int_equal(folder.code, ERROR_NONE);
    assert_int_equal(folder.list.errors, 0);
    assert_int_equal(folder.list.warnings, 0);
    city_folder_remove(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_base_city_has_no_fault),
        cmocka_unit_test(each_fault_is_named_where_it_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
