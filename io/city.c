#include "io/city.h"

#include "io/city_reader.h"
#include "solver/base/message.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* In the order of references: what a file names stands in a file before it. Readings come last, so that
 * their many possible faults leave room for the others'. */
static error_code read_files(struct city_reader *reader, struct error *error)
{
    static error_code (*const steps[])(struct city_reader *, struct error *) = {
        city_read_json,   city_read_rules,    city_read_depots,    city_read_sites,    city_read_vehicles,
        city_read_bins,   city_check_places,  city_read_matrix,    city_read_calendar, city_read_fixed_rounds,
        city_read_locks,  city_read_actuals,  city_read_agents,    city_read_absences, city_read_leave,
        city_read_survey, city_read_requests, city_read_emptyings, city_read_readings};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        error_code rc = steps[i](reader, error);
        if (rc != ERROR_NONE) return rc;
    }
    return ERROR_NONE;
}

/* What has grown while files were read: windows, names, energies that only vehicles know. */
static error_code seal_city(struct city_reader *reader, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct city *city = reader->city;
    struct energy *energies;
    TRY(reader_seal(reader, reader->windows.items, reader->windows.count, sizeof *reader->windows.items,
                    &city->windows, error));
    city->window_count = (int32_t)reader->windows.count;
    TRY(reader_seal(reader, reader->streams.names, reader->streams.count, sizeof *reader->streams.names,
                    &city->streams, error));
    city->stream_count = reader->streams.count;
    TRY(reader_seal(reader, reader->tags.names, reader->tags.count, sizeof *reader->tags.names, &city->tags,
                    error));
    city->tag_count = reader->tags.count;
    TRY_NEW(reader->arena, energies, reader->energies.count);
    for (int32_t e = 0; e < reader->energies.count; e++) {
        const bool given = e < city->energy_count;
        energies[e] = given ? city->energies[e] : (struct energy){reader->energies.names[e], NULL, NAN};
    }
    city->energies = energies;
    city->energy_count = reader->energies.count;
done:
    return rc;
}

static error_code check_folder(const char *folder, struct error *error)
{
    struct stat status;
    if (stat(folder, &status) != 0) {
        return error_at(error, ERROR_FILE, folder, 0, 0, _("cannot open the city's folder: %s"),
                        strerror(errno));
    }
    if (!S_ISDIR(status.st_mode)) {
        return error_at(error, ERROR_INPUT, folder, 0, 0,
                        _("a city is a folder with a city.json; this is a file"));
    }
    return ERROR_NONE;
}

error_code city_read(const char *folder, struct arena *arena, struct city *city, struct city_files *files,
                     struct diagnostics *diagnostics, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct city_reader reader;
    const int64_t errors_before = diagnostics->errors;
    *city = (struct city){.folder = NULL};
    *files = (struct city_files){.items = NULL};
    rc = check_folder(folder, error);
    if (rc != ERROR_NONE) return rc;
    TRY(city_reader_open(&reader, folder, arena, city, diagnostics, error));
    city->folder = reader.folder;
    TRY(read_files(&reader, error));
    TRY(seal_city(&reader, error));
    TRY(reader_seal(&reader, reader.files.items, reader.files.count, sizeof *reader.files.items,
                    &files->items, error));
    files->count = (int32_t)reader.files.count;
    if (diagnostics->errors > errors_before) {
        rc = error_at(error, ERROR_INPUT, folder, 0, 0, _("%lld errors in the city's data"),
                      (long long)(diagnostics->errors - errors_before));
    }
done:
    city_reader_close(&reader);
    if (rc != ERROR_NONE) city_close(city);
    return rc;
}
