/* The cache gives back what was stored, or nothing. */
#include "io/cache.h"
#include "tests/support/test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char root[] = "/tmp/benne-cache-XXXXXX", folder[64];
static const struct cache_key KEY = {{1, 2, 3, 4}};
static const int32_t NUMBERS[] = {5, 6, 7};
static const char TEXT[] = "eight";
static const struct cache_part PARTS[] = {{NUMBERS, sizeof NUMBERS}, {TEXT, sizeof TEXT}, {NULL, 0}};
enum { PARTS_COUNT = 3 };

static int set_up(void **state)
{
    (void)state;
    if (mkdtemp(root) == NULL) return -1;
    snprintf(folder, sizeof folder, "%s/benne", root);
    return setenv("XDG_CACHE_HOME", root, 1);
}

static int32_t count_files(void)
{
    int32_t count = 0;
    DIR *listing = opendir(folder);
    if (listing == NULL) return 0;
    for (const struct dirent *entry; (entry = readdir(listing)) != NULL;) count += entry->d_name[0] != '.';
    closedir(listing);
    return count;
}

static void empty_folder(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", root);
    assert_int_equal(system(command), 0);
    assert_int_equal(mkdir(root, 0700), 0);
}

static int tear_down(void **state)
{
    (void)state;
    empty_folder();
    return rmdir(root);
}

static bool load(const struct cache_key *key, int32_t count)
{
    struct arena arena;
    struct cache_part parts[CACHE_PARTS_MAX];
    arena_init(&arena);
    const bool loaded = cache_load("kind", key, &arena, parts, count);
    for (int32_t p = 0; loaded && p < count; p++) {
        assert_int_equal(parts[p].size, PARTS[p].size);
        if (parts[p].size > 0) assert_memory_equal(parts[p].bytes, PARTS[p].bytes, parts[p].size);
    }
    arena_free(&arena);
    return loaded;
}

static void what_is_stored_comes_back(void **state)
{
    (void)state;
    const struct cache_key other = {{1, 2, 3, 5}};
    empty_folder();
    assert_false(load(&KEY, PARTS_COUNT));
    assert_true(cache_store("kind", &KEY, PARTS, PARTS_COUNT));
    assert_true(load(&KEY, PARTS_COUNT));
    assert_false(load(&KEY, PARTS_COUNT - 1));
    assert_false(load(&other, PARTS_COUNT));
    assert_int_equal(count_files(), 1);
    assert_true(cache_store("kind", &KEY, PARTS, PARTS_COUNT));
    assert_int_equal(count_files(), 1);
}

static void file_path(char path[512])
{
    DIR *listing = opendir(folder);
    assert_non_null(listing);
    path[0] = '\0';
    for (const struct dirent *entry; (entry = readdir(listing)) != NULL;)
        if (entry->d_name[0] != '.') snprintf(path, 512, "%s/%s", folder, entry->d_name);
    closedir(listing);
}

static void a_file_with_a_bit_changed_is_not_there(void **state)
{
    (void)state;
    char path[512], bytes[4096];
    empty_folder();
    assert_true(cache_store("kind", &KEY, PARTS, PARTS_COUNT));
    file_path(path);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    const size_t size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    assert_true(size > 0 && size < sizeof bytes);
    for (size_t at = 0; at < size; at++) {
        bytes[at] ^= (char)(1 << at % 8);
        file = fopen(path, "wb");
        assert_int_equal(fwrite(bytes, 1, size, file), size);
        assert_int_equal(fclose(file), 0);
        assert_false(load(&KEY, PARTS_COUNT));
        bytes[at] ^= (char)(1 << at % 8);
    }
    for (size_t length = 0; length <= size; length++) {
        file = fopen(path, "wb");
        assert_int_equal(fwrite(bytes, 1, length, file), length);
        assert_int_equal(fclose(file), 0);
        assert_int_equal(load(&KEY, PARTS_COUNT), length == size);
    }
}

static void old_files_go(void **state)
{
    (void)state;
    empty_folder();
    for (uint64_t k = 0; k < CACHE_FILES + 5; k++) {
        const struct cache_key key = {{k, 0, 0, 0}};
        assert_true(cache_store("kind", &key, PARTS, PARTS_COUNT));
    }
    const struct cache_key last = {{CACHE_FILES + 4, 0, 0, 0}};
    assert_int_equal(count_files(), CACHE_FILES);
    assert_true(load(&last, PARTS_COUNT));
}

static void no_folder_is_no_failure(void **state)
{
    (void)state;
    empty_folder();
    FILE *file = fopen(folder, "w"); /* in its place */
    assert_non_null(file);
    fclose(file);
    assert_false(cache_store("kind", &KEY, PARTS, PARTS_COUNT));
    assert_false(load(&KEY, PARTS_COUNT));
    assert_int_equal(unsetenv("XDG_CACHE_HOME"), 0);
    const char *home = getenv("HOME");
    char kept[512] = "";
    if (home != NULL) snprintf(kept, sizeof kept, "%s", home);
    unsetenv("HOME");
    assert_false(cache_store("kind", &KEY, PARTS, PARTS_COUNT));
    assert_false(load(&KEY, PARTS_COUNT));
    if (kept[0] != '\0') setenv("HOME", kept, 1);
    setenv("XDG_CACHE_HOME", root, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_stored_comes_back),
        cmocka_unit_test(a_file_with_a_bit_changed_is_not_there),
        cmocka_unit_test(old_files_go),
        cmocka_unit_test(no_folder_is_no_failure),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
