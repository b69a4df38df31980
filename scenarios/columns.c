#define _XOPEN_SOURCE 700 /* wcwidth */

#include "scenarios/columns.h"

#include <limits.h>
#include <string.h>
#include <wchar.h>

/* The width of the character at `text`, and the bytes it takes. */
static int character_width(const char *text, mbstate_t *state, size_t *bytes)
{
    wchar_t wide = L'\0';
    *bytes = mbrtowc(&wide, text, strlen(text), state);
    if (*bytes == (size_t)-1 || *bytes == (size_t)-2) {
        memset(state, 0, sizeof *state);
        *bytes = 1;
        return 1;
    }
    int width = wcwidth(wide);
    return width < 0 ? 1 : width;
}

int columns_of(const char *text, int characters)
{
    mbstate_t state;
    memset(&state, 0, sizeof state);
    int columns = 0;
    size_t bytes;
    for (int read = 0; read < characters && *text != '\0'; read++) {
        columns += character_width(text, &state, &bytes);
        text += bytes;
    }
    return columns;
}

int columns_all(const char *text)
{
    return columns_of(text, INT_MAX);
}

size_t columns_cut(const char *text, int columns)
{
    mbstate_t state;
    memset(&state, 0, sizeof state);
    size_t end = 0, bytes;
    while (text[end] != '\0') {
        columns -= character_width(text + end, &state, &bytes);
        if (columns < 0) break;
        end += bytes;
    }
    return end;
}
