/* Any bytes as an OpenStreetMap extract, in any of its forms: roads that hold, or a reason. */
#include "io/osm.h"
#include "tests/support/road_check.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char path[64];
    if (path[0] == '\0') snprintf(path, sizeof path, "/tmp/benne-fuzz-osm-%ld", (long)getpid());
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(data, 1, size, file) != size || fclose(file) != 0) abort();

    struct arena arena;
    struct road_data roads;
    struct error error;
    arena_init(&arena);
    const error_code rc = osm_read(path, &arena, &roads, &error);
    if (rc == ERROR_NONE && !road_data_holds(&roads)) abort();
    if (rc != ERROR_NONE && (rc != ERROR_NETWORK || error.message[0] == '\0')) abort();
    unlink(path);
    arena_free(&arena);
    return 0;
}
