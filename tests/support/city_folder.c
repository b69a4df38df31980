#include "tests/support/city_folder.h"

#include "tests/support/base_city.h"
#include "tests/support/program.h"
#include "tests/support/test.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void city_folder_put(const struct city_folder *folder, const char *name, const char *text, size_t length)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder->path, name);
    if (text == NULL) {
        assert_int_equal(unlink(path), 0);
        return;
    }
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

void city_folder_make(struct city_folder *folder)
{
    char rules[512];
    memset(folder, 0, sizeof *folder);
    scratch_make(folder->path);
    snprintf(rules, sizeof rules, "%s/rules", folder->path);
    assert_int_equal(mkdir(rules, 0700), 0);
    for (size_t i = 0; i < COUNT_OF(base_city); i++) {
        city_folder_put(folder, base_city[i].name, base_city[i].text, strlen(base_city[i].text));
    }
    arena_init(&folder->arena);
    diagnostics_init(&folder->list, DIAGNOSTIC_LIMIT_DEFAULT);
}

static void release(struct city_folder *folder)
{
    city_close(&folder->city);
    arena_free(&folder->arena);
    diagnostics_free(&folder->list);
}

void city_folder_remove(struct city_folder *folder)
{
    release(folder);
    scratch_remove(folder->path);
}

void city_folder_read(struct city_folder *folder)
{
    release(folder);
    memset(&folder->error, 0, sizeof folder->error);
    folder->code =
        city_read(folder->path, &folder->arena, &folder->city, &folder->files, &folder->list, &folder->error);
}

void city_folder_print(const struct city_folder *folder)
{
    static const char *const levels[] = {"error", "warning", "note"};
    for (int64_t i = 0; i < folder->list.count; i++) {
        const struct diagnostic *item = &folder->list.items[i];
        if (item->severity == SEVERITY_NOTE && item->place.line == 0) continue; /* how a file is written */
        print_message("%s:%lld:%d: %s: %s\n", item->place.file, (long long)item->place.line,
                      item->place.column, levels[item->severity], item->message);
        if (item->place.text != NULL) print_message("    %s\n", item->place.text);
    }
}

const struct diagnostic *city_folder_find(const struct city_folder *folder, severity level,
                                          const char *fragment)
{
    for (int64_t i = 0; i < folder->list.count; i++) {
        const struct diagnostic *item = &folder->list.items[i];
        if (item->severity == level && strstr(item->message, fragment) != NULL) return item;
    }
    return NULL;
}
