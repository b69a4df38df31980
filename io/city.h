/* Reading a city folder: every file of the format, validated together.
 *
 * All errors of all files are collected in `diagnostics` (up to its limit) with file, line, column and the
 * line itself; any error makes the call return ERROR_INPUT. What was detected in each file (delimiter,
 * decimal sign, encoding, BOM, date order) is added as a note. Nothing is written anywhere.
 *
 * Ownership: the city lives in `arena`; close it with city_close before freeing the arena.
 * Complexity: linear in the bytes; readings cost 16 bytes a row in memory.
 */
#ifndef BENNE_IO_CITY_H
#define BENNE_IO_CITY_H

#include "solver/base/diagnostic.h"
#include "solver/model/city.h"

/* Each file read, for the manifest. */
struct city_file {
    const char *name;
    int64_t bytes, rows;
    uint64_t hash[4]; /* SHA-256, big end first */
};

struct city_files {
    struct city_file *items;
    int32_t count;
};

error_code city_read(const char *folder, struct arena *arena, struct city *city, struct city_files *files,
                     struct diagnostics *diagnostics, struct error *error) ERROR_CHECKED;

#endif
