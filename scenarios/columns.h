/* Columns on a terminal: an accented letter is one wide in two bytes, an ideogram two wide in three. Texts
 * are UTF-8 whatever the locale (io/language.h sets LC_CTYPE); malformed bytes count one each. */
#ifndef BENNE_SCENARIOS_COLUMNS_H
#define BENNE_SCENARIOS_COLUMNS_H

#include <stddef.h>

/* The width of the first `characters` characters of a text; of all of it when there are fewer. */
int columns_of(const char *text, int characters);

/* The width of a whole text. */
int columns_all(const char *text);

/* The bytes of the longest beginning of a text that is at most `columns` wide. */
size_t columns_cut(const char *text, int columns);

#endif
