#include "io/run_folder.h"

#include "solver/base/message.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* From Linux's fs.h, which some C libraries keep to themselves. */
#ifndef RENAME_EXCHANGE
#define RENAME_EXCHANGE (1 << 1)
#endif

/* Beside OUT stand, while a run is written: OUT.lock, .OUT.benne-new (the new run) and, only where the
 * system cannot exchange two names at once, for an instant .OUT.benne-old (the run before). */
struct run_folder {
    char path[PATH_MAX], lock[PATH_MAX], fresh[PATH_MAX], previous[PATH_MAX];
    char parent[PATH_MAX];
    int lock_fd;
};

static error_code fault(const char *path, const char *doing, struct error *error)
{
    return error_at(error, ERROR_FILE, path, 0, 0, "%s: %s", doing, strerror(errno));
}

static bool exists(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0;
}

static bool is_folder(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool join(char out[PATH_MAX], const char *folder, const char *prefix, const char *name,
                 const char *suffix)
{
    int length = snprintf(out, PATH_MAX, "%s/%s%s%s", folder, prefix, name, suffix);
    return length > 0 && length < PATH_MAX;
}

/* Makes the missing parents of `path`. */
static error_code make_parents(const char *path, struct error *error)
{
    char part[PATH_MAX];
    size_t length = strlen(path);
    if (length >= sizeof part) {
        errno = ENAMETOOLONG;
        return fault(path, _("the output folder cannot be made"), error);
    }
    for (size_t i = 1; i < length; i++) {
        if (path[i] != '/') continue;
        memcpy(part, path, i);
        part[i] = '\0';
        if (mkdir(part, 0777) != 0 && errno != EEXIST) {
            return fault(part, _("the folder cannot be made"), error);
        }
    }
    return ERROR_NONE;
}

/* The absolute names of everything, links resolved, so that two ways to write one folder share one lock. */
static error_code resolve(struct run_folder *folder, const char *path, struct error *error)
{
    char given[PATH_MAX];
    int length = snprintf(given, sizeof given, "%s", path);
    while (length > 1 && length < PATH_MAX && given[length - 1] == '/') given[--length] = '\0';
    error_code rc = make_parents(given, error);
    if (rc != ERROR_NONE) return rc;

    char *real = realpath(given, NULL);
    if (real != NULL) {
        char *slash = strrchr(real, '/');
        snprintf(given, sizeof given, "%s", slash + 1);
        *slash = '\0';
    } else {
        char *slash = strrchr(given, '/');
        if (slash == NULL) {
            real = realpath(".", NULL);
        } else {
            *slash = '\0';
            real = realpath(slash == given ? "/" : given, NULL);
            memmove(given, slash + 1, strlen(slash + 1) + 1);
        }
        if (real == NULL) return fault(path, _("the output folder cannot be found"), error);
    }
    const char *parent = strcmp(real, "/") == 0 ? "" : real;
    bool fits = given[0] != '\0' && join(folder->path, parent, "", given, "") &&
                join(folder->lock, parent, "", given, ".lock") &&
                join(folder->fresh, parent, ".", given, ".benne-new") &&
                join(folder->previous, parent, ".", given, ".benne-old");
    snprintf(folder->parent, sizeof folder->parent, "%s", real[0] == '\0' ? "/" : real);
    free(real);
    return fits ? ERROR_NONE
                : error_at(error, ERROR_USAGE, path, 0, 0, _("this cannot be the folder of a run"));
}

/* The lock file is removed by who holds it: a lock got on a file that is no longer there is no lock. */
static error_code take_lock(struct run_folder *folder, struct error *error)
{
    for (;;) {
        int fd = open(folder->lock, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (fd < 0) return fault(folder->lock, _("the lock cannot be made"), error);
        if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
            error_code rc =
                errno == EWOULDBLOCK
                    ? error_at(error, ERROR_LOCKED, folder->path, 0, 0,
                               _("another run is writing this folder (it holds %s)"), folder->lock)
                    : fault(folder->lock, _("the lock cannot be taken"), error);
            close(fd);
            return rc;
        }
        struct stat held, named;
        if (fstat(fd, &held) == 0 && stat(folder->lock, &named) == 0 && held.st_ino == named.st_ino &&
            held.st_dev == named.st_dev) {
            folder->lock_fd = fd;
            return ERROR_NONE;
        }
        close(fd);
    }
}

static void drop_lock(struct run_folder *folder)
{
    unlink(folder->lock);
    close(folder->lock_fd);
}

/* Calls `leaf` on each file, then `branch` on each folder, deepest first. Links are leaves. */
static bool walk(const char *path, bool (*leaf)(const char *), bool (*branch)(const char *))
{
    DIR *listing = opendir(path);
    if (listing == NULL) return false;
    bool well = true;
    for (struct dirent *entry = readdir(listing); well && entry != NULL; entry = readdir(listing)) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        char child[PATH_MAX];
        well = join(child, path, "", entry->d_name, "") &&
               (is_folder(child) ? walk(child, leaf, branch) : leaf(child));
    }
    closedir(listing);
    return well && branch(path);
}

static bool remove_file(const char *path)
{
    return unlink(path) == 0;
}

static bool remove_folder(const char *path)
{
    return rmdir(path) == 0;
}

static bool remove_tree(const char *path)
{
    return !exists(path) || walk(path, remove_file, remove_folder);
}

static bool skip_file(const char *path)
{
    (void)path;
    return true; /* each file was synced when closed */
}

static bool sync_folder(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return false;
    bool well = fsync(fd) == 0;
    return close(fd) == 0 && well;
}

/* What a killed run left: the previous run back under its name, the rest away. */
static error_code recover(const struct run_folder *folder, struct error *error)
{
    if (!exists(folder->path) && exists(folder->previous) && rename(folder->previous, folder->path) != 0) {
        return fault(folder->previous, _("the previous run cannot be restored"), error);
    }
    if (!remove_tree(folder->previous)) {
        return fault(folder->previous, _("the remains of a run cannot be removed"), error);
    }
    if (!remove_tree(folder->fresh)) {
        return fault(folder->fresh, _("the remains of a run cannot be removed"), error);
    }
    return ERROR_NONE;
}

/* Replaces nothing but a run: a folder with a manifest, an empty one, or none. */
static error_code refuse_strangers(const struct run_folder *folder, struct error *error)
{
    if (!exists(folder->path)) return ERROR_NONE;
    if (!is_folder(folder->path)) {
        return error_at(error, ERROR_USAGE, folder->path, 0, 0,
                        _("this is a file; a run needs the name of a folder"));
    }
    char manifest[PATH_MAX];
    if (join(manifest, folder->path, "", "manifest.json", "") && exists(manifest)) return ERROR_NONE;
    DIR *listing = opendir(folder->path);
    if (listing == NULL) return fault(folder->path, _("the output folder cannot be read"), error);
    int32_t entries = 0;
    while (readdir(listing) != NULL) entries++;
    closedir(listing);
    if (entries <= 2) return ERROR_NONE; /* "." and ".." */
    return error_at(error, ERROR_USAGE, folder->path, 0, 0,
                    _("this folder holds something else than a run (no manifest.json): it is left alone; "
                      "choose another output folder"));
}

error_code run_folder_open(const char *path, struct run_folder **opened, struct error *error)
{
    *opened = NULL;
    error_code rc = ERROR_NONE;
    bool locked = false;
    struct run_folder *folder = calloc(1, sizeof *folder);
    if (folder == NULL) return error_memory(error);
    TRY(resolve(folder, path, error));
    TRY(take_lock(folder, error));
    locked = true;
    TRY(recover(folder, error));
    TRY(refuse_strangers(folder, error));
    if (mkdir(folder->fresh, 0777) != 0) {
        rc = fault(folder->fresh, _("the folder cannot be made"), error);
        goto done;
    }
    *opened = folder;
    return ERROR_NONE;
done:
    if (locked) drop_lock(folder);
    free(folder);
    return rc;
}

error_code run_folder_file(struct run_folder *folder, const char *name, FILE **file, struct error *error)
{
    *file = NULL;
    char path[PATH_MAX];
    if (!join(path, folder->fresh, "", name, "")) {
        errno = ENAMETOOLONG;
        return fault(name, _("the file cannot be made"), error);
    }
    error_code rc = make_parents(path, error); /* "gpx/GRUE1.gpx" */
    if (rc != ERROR_NONE) return rc;
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd >= 0) *file = fdopen(fd, "w");
    if (*file != NULL) return ERROR_NONE;
    rc = fault(name, _("the file cannot be made"), error);
    if (fd >= 0) close(fd);
    return rc;
}

error_code run_folder_close_file(struct run_folder *folder, const char *name, FILE *file, struct error *error)
{
    (void)folder;
    bool well = ferror(file) == 0 && fflush(file) == 0 && fsync(fileno(file)) == 0;
    int cause = errno;
    if (fclose(file) != 0 && well) {
        well = false;
        cause = errno;
    }
    if (well) return ERROR_NONE;
    errno = cause;
    return fault(name, _("the file cannot be written"), error);
}

/* The two folders change names in one step; false with errno where the system cannot. */
static bool exchange(const char *one, const char *other)
{
#ifdef SYS_renameat2
    return syscall(SYS_renameat2, AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE) == 0;
#else
    (void)one, (void)other;
    errno = ENOSYS;
    return false;
#endif
}

/* Puts the new run in the place of the previous one, which ends under the name `fresh` or `previous`. */
static bool swap_in(const struct run_folder *folder)
{
    if (!exists(folder->path)) return rename(folder->fresh, folder->path) == 0;
    if (exchange(folder->fresh, folder->path)) return true;
    if (errno != ENOSYS && errno != EINVAL) return false;
    /* Killed between the two, `recover` brings the previous run back. */
    if (rename(folder->path, folder->previous) != 0) return false;
    if (rename(folder->fresh, folder->path) == 0) return true;
    int cause = errno;
    if (rename(folder->previous, folder->path) == 0) errno = cause;
    return false;
}

error_code run_folder_commit(struct run_folder *folder, struct error *error)
{
    error_code rc = ERROR_NONE;
    if (!walk(folder->fresh, skip_file, sync_folder)) {
        rc = fault(folder->fresh, _("the run cannot be made safe on the disk"), error);
    } else if (!swap_in(folder)) {
        rc = fault(folder->path, _("the run cannot take its place"), error);
    } else if (!sync_folder(folder->parent)) {
        rc = fault(folder->parent, _("the run cannot be made safe on the disk"), error);
    }
    run_folder_abandon(folder); /* in `fresh` now: the previous run, or what could not take its place */
    return rc;
}

void run_folder_abandon(struct run_folder *folder)
{
    if (folder == NULL) return;
    /* What cannot be removed now, the next open removes. */
    (void)remove_tree(folder->fresh);
    if (exists(folder->path)) (void)remove_tree(folder->previous);
    drop_lock(folder);
    free(folder);
}
