#include "io/cache.h"

#include "io/hash.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char MAGIC[16] = "benne cache 1\n";
static const uint32_t BYTE_ORDER_MARK = 0x01020304;
static const char SUFFIX[] = ".cache", ASIDE[] = ".aside-";
enum { HOUR_S = 3600 };

/* What a file begins with; the parts follow, and the hash of all. */
struct head {
    char magic[16];
    uint32_t order, count;
    uint64_t key[4];
    uint64_t sizes[CACHE_PARTS_MAX];
};

/* --- where --- */

static bool folder_path(char path[PATH_MAX])
{
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    int length = -1;
    if (cache != NULL && cache[0] == '/')
        length = snprintf(path, PATH_MAX, "%s/benne", cache);
    else if (home != NULL && home[0] == '/')
        length = snprintf(path, PATH_MAX, "%s/.cache/benne", home);
    return length > 0 && length < PATH_MAX;
}

/* Makes the folder, and the one it stands in. */
static bool make_folder(const char *path)
{
    char parent[PATH_MAX];
    snprintf(parent, sizeof parent, "%s", path);
    char *slash = strrchr(parent, '/');
    if (slash == NULL || slash == parent) return false;
    *slash = '\0';
    mkdir(parent, 0700);
    mkdir(path, 0700);
    struct stat found;
    return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

static bool file_path(const char *kind, const struct cache_key *key, char path[PATH_MAX])
{
    char folder[PATH_MAX], name[HASH_TEXT_SIZE];
    if (!folder_path(folder)) return false;
    hash_text(key->words, name);
    const int length = snprintf(path, PATH_MAX, "%s/%s-%.32s%s", folder, kind, name, SUFFIX);
    return length > 0 && length < PATH_MAX;
}

/* --- reading --- */

static bool read_hashed(FILE *file, struct hash *hash, void *bytes, size_t size)
{
    if (size > 0 && fread(bytes, 1, size, file) != size) return false;
    hash_add(hash, bytes, size);
    return true;
}

/* Do the sizes add up to the file's? */
static bool fits(FILE *file, const struct head *head, int32_t count)
{
    struct stat found;
    uint64_t size = sizeof *head + sizeof(uint64_t[4]);
    if (fstat(fileno(file), &found) != 0 || found.st_size < 0) return false;
    for (int32_t p = 0; p < count; p++) {
        if (head->sizes[p] > (uint64_t)found.st_size) return false;
        size += head->sizes[p];
    }
    return size == (uint64_t)found.st_size;
}

static bool read_parts(FILE *file, const struct cache_key *key, struct arena *arena, struct cache_part *parts,
                       int32_t count)
{
    struct head head;
    struct hash hash;
    uint64_t computed[4], written[4];
    hash_begin(&hash);
    if (!read_hashed(file, &hash, &head, sizeof head)) return false;
    if (memcmp(head.magic, MAGIC, sizeof MAGIC) != 0 || head.order != BYTE_ORDER_MARK ||
        head.count != (uint32_t)count || memcmp(head.key, key->words, sizeof head.key) != 0 ||
        !fits(file, &head, count))
        return false;
    for (int32_t p = 0; p < count; p++) {
        void *bytes = arena_alloc(arena, (size_t)head.sizes[p] + 1, 1);
        if (bytes == NULL || !read_hashed(file, &hash, bytes, (size_t)head.sizes[p])) return false;
        parts[p] = (struct cache_part){bytes, (size_t)head.sizes[p]};
    }
    hash_end(&hash, computed);
    return fread(written, sizeof written, 1, file) == 1 && memcmp(written, computed, sizeof written) == 0;
}

bool cache_load(const char *kind, const struct cache_key *key, struct arena *arena, struct cache_part *parts,
                int32_t count)
{
    char path[PATH_MAX];
    if (!file_path(kind, key, path)) return false;
    FILE *file = fopen(path, "rb");
    if (file == NULL) return false;
    const bool read = read_parts(file, key, arena, parts, count);
    fclose(file);
    return read;
}

/* --- writing --- */

static bool write_hashed(FILE *file, struct hash *hash, const void *bytes, size_t size)
{
    hash_add(hash, bytes, size);
    return size == 0 || fwrite(bytes, 1, size, file) == size;
}

static bool write_parts(FILE *file, const struct cache_key *key, const struct cache_part *parts,
                        int32_t count)
{
    struct head head = {.order = BYTE_ORDER_MARK, .count = (uint32_t)count};
    struct hash hash;
    uint64_t words[4];
    memcpy(head.magic, MAGIC, sizeof MAGIC);
    memcpy(head.key, key->words, sizeof head.key);
    for (int32_t p = 0; p < count; p++) head.sizes[p] = parts[p].size;
    hash_begin(&hash);
    bool written = write_hashed(file, &hash, &head, sizeof head);
    for (int32_t p = 0; p < count; p++)
        written = written && write_hashed(file, &hash, parts[p].bytes, parts[p].size);
    hash_end(&hash, words);
    return written && fwrite(words, sizeof words, 1, file) == 1;
}

struct found {
    char path[PATH_MAX];
    struct timespec when;
};

static bool is_older(struct timespec a, struct timespec b)
{
    return a.tv_sec != b.tv_sec ? a.tv_sec < b.tv_sec : a.tv_nsec < b.tv_nsec;
}

/* How many files of the cache there are, and the oldest; what killed writers left an hour ago is removed. */
static int32_t look_through(const char *folder, struct found *oldest)
{
    int32_t count = 0;
    DIR *listing = opendir(folder);
    if (listing == NULL) return 0;
    for (const struct dirent *entry; (entry = readdir(listing)) != NULL;) {
        struct found found;
        struct stat file;
        const size_t length = strlen(entry->d_name);
        const bool ours =
            length >= sizeof SUFFIX && strcmp(entry->d_name + length + 1 - sizeof SUFFIX, SUFFIX) == 0;
        const bool aside = strncmp(entry->d_name, ASIDE, sizeof ASIDE - 1) == 0;
        if (!ours && !aside) continue;
        if (snprintf(found.path, sizeof found.path, "%s/%s", folder, entry->d_name) >= PATH_MAX ||
            stat(found.path, &file) != 0)
            continue;
        found.when = file.st_mtim;
        if (aside && file.st_mtim.tv_sec + HOUR_S < time(NULL)) unlink(found.path);
        if (ours && (count++ == 0 || is_older(found.when, oldest->when))) *oldest = found;
    }
    closedir(listing);
    return count;
}

/* Removes the oldest of the folder's files until CACHE_FILES are left. */
static void remove_old(const char *folder)
{
    struct found oldest;
    while (look_through(folder, &oldest) > CACHE_FILES)
        if (unlink(oldest.path) != 0) return;
}

bool cache_store(const char *kind, const struct cache_key *key, const struct cache_part *parts, int32_t count)
{
    char folder[PATH_MAX], path[PATH_MAX], aside[PATH_MAX];
    if (!folder_path(folder) || !make_folder(folder) || !file_path(kind, key, path)) return false;
    if (snprintf(aside, sizeof aside, "%s/%sXXXXXX", folder, ASIDE) >= PATH_MAX) return false;
    const int descriptor = mkstemp(aside);
    if (descriptor < 0) return false;
    FILE *file = fdopen(descriptor, "wb");
    bool stored = file != NULL && write_parts(file, key, parts, count);
    if (file != NULL)
        stored = fclose(file) == 0 && stored;
    else
        close(descriptor);
    stored = stored && rename(aside, path) == 0;
    if (stored)
        remove_old(folder);
    else
        unlink(aside);
    return stored;
}
