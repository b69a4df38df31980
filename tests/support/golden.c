#include "tests/support/golden.h"

#include <stdlib.h>
#include <string.h>

char *golden_take(FILE *stream)
{
    long size = fseek(stream, 0, SEEK_END) == 0 ? ftell(stream) : -1;
    char *text = size < 0 ? NULL : malloc((size_t)size + 1);
    if (text != NULL) {
        rewind(stream);
        text[fread(text, 1, (size_t)size, stream)] = '\0';
    }
    fclose(stream);
    return text;
}

static bool golden_write(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    if (file == NULL) return false;
    fputs(text, file);
    return fclose(file) == 0;
}

bool golden_equals(const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "tests/golden/%s", name);
    const char *mode = getenv("BENNE_GOLDEN");
    if (mode != NULL && strcmp(mode, "write") == 0) return golden_write(path, text);
    FILE *file = fopen(path, "r");
    char *expected = file == NULL ? NULL : golden_take(file);
    if (expected == NULL) {
        fprintf(stderr, "%s cannot be read\n", path);
        return false;
    }
    size_t same = 0, line = 1, start = 0;
    for (; text[same] != '\0' && text[same] == expected[same]; same++) {
        if (text[same] == '\n') {
            line++;
            start = same + 1;
        }
    }
    bool equal = text[same] == expected[same];
    if (!equal) {
        fprintf(stderr, "%s:%zu: expected\n  %.*s\nfound\n  %.*s\n", path, line,
                (int)strcspn(expected + start, "\n"), expected + start, (int)strcspn(text + start, "\n"),
                text + start);
    }
    free(expected);
    return equal;
}
