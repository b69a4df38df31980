#include "bench/quality/town.h"

#include "scenarios/synthetic/synthetic.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static error_code write_town(const struct synthetic *city, const char *path, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct run_folder *folder = NULL;
    TRY(run_folder_open(path, &folder, error));
    TRY(synthetic_write_places(city, folder, error));
    TRY(synthetic_write_fleet(city, folder, error));
    TRY(synthetic_write_history(city, folder, error));
    TRY(synthetic_write_people(city, folder, error));
    TRY(synthetic_write_documents(city, "a benchmark", folder, error));
    rc = run_folder_commit(folder, error);
    folder = NULL;
done:
    run_folder_abandon(folder);
    return rc;
}

error_code generated_town_make(int32_t bins, uint64_t seed, char path[TOWN_PATH], struct error *error)
{
    error_code rc = ERROR_NONE;
    struct arena arena;
    const char *parent = getenv("TMPDIR");
    struct synthetic city = {.arena = &arena,
                             .options = {.name = "Town",
                                         .bins = bins,
                                         .days = 56,
                                         .readings_per_day = 4,
                                         .sensor_percent = 20,
                                         .fault_percent = 14,
                                         .seed = seed,
                                         .start = day_from_civil((struct civil_date){2026, 11, 23})}};
    arena_init(&arena);
    for (const struct synthetic_stream *stream = SYNTHETIC_STREAMS; stream->name != NULL; stream++)
        if (strcmp(stream->name, "residual") == 0) city.options.streams[city.options.stream_count++] = stream;
    snprintf(path, TOWN_PATH, "%s/benne-town-XXXXXX", parent != NULL ? parent : "/tmp");
    if (mkdtemp(path) == NULL) {
        rc = error_set(error, ERROR_FILE, "%s: no temporary folder can be made", path);
        goto done;
    }
    TRY(zone_open("Europe/Paris", &city.zone, error));
    TRY(synthetic_layout(&city, error));
    TRY(synthetic_fleet(&city, error));
    TRY(write_town(&city, path, error));
done:
    if (city.zone != NULL) zone_close(city.zone);
    arena_free(&arena);
    return rc;
}

void generated_town_remove(const char *path)
{
    DIR *folder = opendir(path);
    char inner[2 * TOWN_PATH];
    for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        if (unlink(inner) != 0) generated_town_remove(inner);
    }
    if (folder != NULL) closedir(folder);
    rmdir(path);
}
