/* The published instances that tests use where they are: BENNE_DATA, by default ../shared. */
#ifndef BENNE_TESTS_BENCHMARK_DATA_H
#define BENNE_TESTS_BENCHMARK_DATA_H

#include <stdbool.h>
#include <stddef.h>

enum { DATA_PATH_SIZE = 512 };

/* "BENNE_DATA/data/FAMILY/NAME"; false, and a line that says so, when there is no such file or folder. */
bool data_path(const char *family, const char *name, char path[DATA_PATH_SIZE]);

/* The names in a folder of data that end so, sorted: free each and the list. */
int data_list(const char *family, const char *ending, char ***names);

/* A whole file, with a NUL after it: free it. */
char *data_load(const char *path, size_t *length);

#endif
