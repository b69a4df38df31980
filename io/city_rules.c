/* The JSON files of the rules folder: that each is JSON. What the rules say is read where they are used. */
#include "io/city_reader.h"

#include "solver/base/array.h"
#include "solver/base/message.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct file_names {
    char **items;
    int64_t count, capacity;
};

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool is_json_name(const char *name)
{
    const size_t length = strlen(name);
    return name[0] != '.' && length > 5 && strcmp(name + length - 5, ".json") == 0;
}

/* "rules/x.json" for each file of the folder, in the order of names. */
static error_code list_rules(struct city_reader *reader, DIR *folder, struct file_names *names,
                             struct error *error)
{
    for (const struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        if (!is_json_name(entry->d_name)) continue;
        const size_t length = strlen(reader->rules) + 1 + strlen(entry->d_name);
        char *name = arena_alloc(reader->arena, length + 1, 1);
        if (name == NULL) return error_memory(error);
        snprintf(name, length + 1, "%s/%s", reader->rules, entry->d_name);
        if (!array_push(names, name)) return error_memory(error);
    }
    if (names->count > 0) qsort(names->items, (size_t)names->count, sizeof *names->items, compare_names);
    return ERROR_NONE;
}

static error_code check_rule(struct city_reader *reader, const char *name, struct error *error)
{
    struct reader_json json;
    error_code rc = reader_load_json(reader, name, &json, error);
    reader_free_json(&json);
    return rc;
}

error_code city_read_rules(struct city_reader *reader, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct file_names names = {0};
    if (reader->rules == NULL) return ERROR_NONE;
    const char *path = reader_path(reader, reader->rules);
    if (path == NULL) return error_memory(error);
    reader->city->rules_folder = path;
    DIR *folder = opendir(path);
    if (folder == NULL) {
        diagnostics_add(reader->list, SEVERITY_ERROR, (struct source_place){.file = reader->rules},
                        _("the folder of rules that city.json names cannot be opened"));
        return ERROR_NONE;
    }
    TRY(list_rules(reader, folder, &names, error));
    for (int64_t i = 0; i < names.count; i++) TRY(check_rule(reader, names.items[i], error));
done:
    closedir(folder);
    array_free(&names);
    return rc;
}
