#include "tests/support/benchmark_data.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool data_path(const char *family, const char *name, char path[DATA_PATH_SIZE])
{
    const char *root = getenv("BENNE_DATA");
    snprintf(path, DATA_PATH_SIZE, "%s/data/%s/%s", root != NULL ? root : "../shared", family, name);
    if (access(path, R_OK) == 0) return true;
    printf("skipped: %s is not there (BENNE_DATA)\n", path);
    return false;
}

int data_list(const char *family, const char *ending, char ***names)
{
    char path[DATA_PATH_SIZE];
    struct dirent **entries;
    int kept = 0;
    *names = NULL;
    if (!data_path(family, "", path)) return 0;
    const int count = scandir(path, &entries, NULL, alphasort);
    if (count < 0) return 0;
    *names = calloc((size_t)count, sizeof **names);
    for (int i = 0; i < count; i++) {
        const size_t length = strlen(entries[i]->d_name), tail = strlen(ending);
        if (*names != NULL && length > tail && strcmp(entries[i]->d_name + length - tail, ending) == 0)
            (*names)[kept++] = strdup(entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return kept;
}

char *data_load(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) return NULL;
    fseek(file, 0, SEEK_END);
    const long size = ftell(file);
    rewind(file);
    char *text = size >= 0 ? malloc((size_t)size + 1) : NULL;
    if (text != NULL) {
        *length = fread(text, 1, (size_t)size, file);
        text[*length] = '\0';
    }
    fclose(file);
    return text;
}
