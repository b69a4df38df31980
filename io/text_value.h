/* Values as people and spreadsheets write them, always the same whatever the locale.
 *
 * Each function gives NULL when it has understood the text, or the reason why not: a sentence marked for
 * translation with N_(), which the caller shows with the place. O(length).
 */
#ifndef BENNE_IO_TEXT_VALUE_H
#define BENNE_IO_TEXT_VALUE_H

#include "solver/base/calendar.h"
#include "solver/model/units.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A decimal number. *sign is the decimal sign of the column: 0 until one is seen, then '.' or ','; a
 * number with the other one is refused, since "1.234" may then mean thousands. */
const char *text_number(const char *text, size_t length, char *sign, double *value);

/* 0, 1, yes, no, oui, non, true, false, vrai, faux. */
const char *text_flag(const char *text, size_t length, bool *value);

/* A time of day: 6:00, 06:00, 06:00:00, 6h30, 6h; 24:00 is 86400. */
const char *text_clock(const char *text, size_t length, int32_t *second);

/* "06:00-12:00 13:00-18:00", sorted by opening. The windows are closed intervals of wall-clock seconds. */
enum { TEXT_WINDOWS_MAX = 16 };
const char *text_windows(const char *text, size_t length, struct time_window windows[TEXT_WINDOWS_MAX],
                         int32_t *count);

/* One weekday: Mon, Monday, lun, lundi, or 1 to 7 (ISO 8601: 1 is Monday); 0 = Monday in the result. */
const char *text_weekday(const char *text, size_t length, int32_t *weekday);

/* "Mon Thu", "lundi jeudi", also with commas: bit d for weekday d. */
const char *text_weekdays(const char *text, size_t length, uint8_t *weekdays);

/* Words are separated by blanks, commas, semicolons, bars or plus signs. Gives the next one from *position;
 * false at the end. */
bool text_word(const char *text, size_t length, size_t *position, const char **word, size_t *word_length);

/* A text in small letters without French accents, blanks and hyphens as underscores: "Début" is "debut",
 * "N° de bac" is "n_de_bac". At most room - 1 bytes. */
size_t text_fold(const char *text, size_t length, char *folded, size_t room);

/* One of a table of words, compared folded. */
struct text_choice {
    const char *word;
    int32_t value;
};
bool text_choose(const struct text_choice *choices, size_t count, const char *text, size_t length,
                 int32_t *value);

/* The known name that a reader most probably meant, or NULL when none is near: at most a third of its
 * letters, and three, are wrong (Damerau and Levenshtein, letters' case and accents aside). */
const char *text_nearest(const char *const *names, int32_t count, const char *text, size_t length);

#endif
