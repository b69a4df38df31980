/* A city in a scratch folder, made from base_city.h and changed file by file; and what its reader said. */
#ifndef BENNE_TESTS_SUPPORT_CITY_FOLDER_H
#define BENNE_TESTS_SUPPORT_CITY_FOLDER_H

#include "io/city.h"

#include <stddef.h>

struct city_folder {
    char path[256];
    struct arena arena;
    struct city city;
    struct city_files files;
    struct diagnostics list;
    struct error error;
    error_code code;
};

/* Writes the base city. */
void city_folder_make(struct city_folder *folder);
void city_folder_remove(struct city_folder *folder);

/* One file anew; `text` NULL removes it. */
void city_folder_put(const struct city_folder *folder, const char *name, const char *text, size_t length);

/* Reads the folder; what an earlier reading gave is freed. */
void city_folder_read(struct city_folder *folder);

/* Prints what the reader said, but for notes on whole files: for failing tests. */
void city_folder_print(const struct city_folder *folder);

/* The first diagnostic of this kind whose message contains `fragment`, or NULL. */
const struct diagnostic *city_folder_find(const struct city_folder *folder, severity level,
                                          const char *fragment);

#endif
