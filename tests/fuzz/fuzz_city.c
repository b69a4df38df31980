/* A whole city of which one file is replaced by the input: the first byte picks it. A city that is read has
 * indices that hold; one that is not has an error to show. */
#include "io/city.h"
#include "tests/support/base_city.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FILES = sizeof base_city / sizeof base_city[0] };

static char folder[64];

static void put(const char *name, const void *bytes, size_t size)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(bytes, 1, size, file) != size || fclose(file) != 0) abort();
}

static void remove_folder(void)
{
    char path[128];
    for (int i = 0; i < FILES; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, base_city[i].name);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/rules", folder);
    rmdir(path);
    rmdir(folder);
}

/* A base file; city.json with a zone whose table is filled in a moment (fuzz_csv has Paris's clocks). */
static void put_base(const struct base_city_file *file)
{
    static const char zone[] = "Europe/Paris", fast[] = "Etc/UTC";
    const char *at = strstr(file->text, zone);
    char text[4096];
    if (at == NULL) {
        put(file->name, file->text, strlen(file->text));
        return;
    }
    const int length =
        snprintf(text, sizeof text, "%.*s%s%s", (int)(at - file->text), file->text, fast, at + strlen(zone));
    put(file->name, text, (size_t)length);
}

static void make_folder(void)
{
    char rules[128];
    snprintf(folder, sizeof folder, "/tmp/benne-fuzz-city-XXXXXX");
    if (mkdtemp(folder) == NULL) abort();
    snprintf(rules, sizeof rules, "%s/rules", folder);
    if (mkdir(rules, 0700) != 0) abort();
    for (int i = 0; i < FILES; i++) put_base(&base_city[i]);
    atexit(remove_folder);
}

static void require(bool holds)
{
    if (!holds) abort();
}

static void check_city(const struct city *city)
{
    for (int32_t v = 0; v < city->vehicle_count; v++) {
        const struct city_vehicle *vehicle = &city->vehicles[v];
        require(vehicle->depot >= 0 && vehicle->depot < city->depot_count);
        require(vehicle->profile >= 0 && vehicle->profile < city->profile_count);
        require(vehicle->energy >= -1 && vehicle->energy < city->energy_count);
        require(vehicle->compartment_count >= 1 && vehicle->shift_start_s < vehicle->shift_end_s);
    }
    for (int32_t b = 0; b < city->bin_count; b++) {
        const struct bin *bin = &city->bins[b];
        require(bin->stream >= 0 && bin->stream < city->stream_count);
        require(bin->windows.first + bin->windows.count <= city->window_count);
        require(city->readings.first[b] <= city->readings.first[b + 1]);
        for (int64_t r = city->readings.first[b] + 1; r < city->readings.first[b + 1]; r++) {
            require(city->readings.at[r - 1] < city->readings.at[r]);
        }
    }
    require(city->readings.first[city->bin_count] == city->readings.count);
    require(city->emptyings.first[city->bin_count] == city->emptyings.count);
    for (int32_t i = 0; i < city->fixed_visit_count; i++) {
        require(city->fixed_visits[i].bin < city->bin_count &&
                city->fixed_visits[i].round < city->round_count);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (folder[0] == '\0') make_folder();
    if (size == 0) return 0;
    const struct base_city_file *changed = &base_city[data[0] % FILES];
    put(changed->name, data + 1, size - 1);

    struct arena arena;
    struct city city;
    struct city_files files;
    struct diagnostics list;
    arena_init(&arena);
    diagnostics_init(&list, 20);
    const error_code rc = city_read(folder, &arena, &city, &files, &list, NULL);
    require(rc == ERROR_NONE || (rc == ERROR_INPUT && list.errors > 0));
    if (rc == ERROR_NONE) check_city(&city);
    city_close(&city);
    diagnostics_free(&list);
    arena_free(&arena);
    put_base(changed);
    return 0;
}
