#define _XOPEN_SOURCE 700 /* wcwidth */

#include "scenarios/columns.h"

#include <limits.h>
#include <string.h>
#include <wchar.h>

int columns_of(const char *text, int characters)
{
    mbstate_t state;
    memset(&state, 0, sizeof state);
    int columns = 0;
    for (int read = 0; read < characters && *text != '\0'; read++) {
        wchar_t wide = L'\0';
        size_t bytes = mbrtowc(&wide, text, strlen(text), &state);
        if (bytes == (size_t)-1 || bytes == (size_t)-2) {
            memset(&state, 0, sizeof state);
            bytes = 1;
            wide = L'?';
        }
        int width = wcwidth(wide);
        columns += width < 0 ? 1 : width;
        text += bytes;
    }
    return columns;
}

int columns_all(const char *text)
{
    return columns_of(text, INT_MAX);
}
