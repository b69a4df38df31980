#include "io/text_value.h"

#include "solver/base/array.h"
#include "solver/base/message.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

/* ---- Numbers ---- */

/* Exact in a double: the quotient of two such is the correctly rounded value (Clinger 1990). */
enum { EXACT_DIGITS = 15, EXACT_POWER = 22, NUMBER_BYTES_MAX = 63 };
static const double powers_of_ten[EXACT_POWER + 1] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                      1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                                      1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* Why a text that does not begin like a number is none. */
static const char *no_number(const char *text, size_t length)
{
    char folded[16];
    text_fold(text, length, folded, sizeof folded);
    const char *bare = folded[0] == '-' || folded[0] == '_' || folded[0] == '+' ? folded + 1 : folded;
    if (strcmp(bare, "nan") == 0) return N_("NaN is no value; leave the field empty or drop the row");
    if (strcmp(bare, "inf") == 0 || strcmp(bare, "infinity") == 0) return N_("infinity is no value");
    return N_("not a number");
}

/* What stands after the last byte of a number. */
static const char *after_number(const char *rest, size_t length)
{
    if (is_blank(rest[0]) || (length >= 2 && memcmp(rest, "\xC2\xA0", 2) == 0) ||
        (length >= 3 && memcmp(rest, "\xE2\x80\xAF", 3) == 0)) {
        return N_("a blank inside a number: thousands are written without a separator");
    }
    if (rest[0] == '.' || rest[0] == ',') {
        return N_("two decimal signs: thousands are written without a separator");
    }
    return N_("something follows the number; units stand in the column's name");
}

/* Numbers beyond the exact path; `end` is where the number's own bytes stop. LC_NUMERIC is always "C". */
static const char *slow_number(const char *text, size_t end, double *value)
{
    char copy[NUMBER_BYTES_MAX + 1];
    if (end > NUMBER_BYTES_MAX) return N_("a number of more than 63 characters");
    memcpy(copy, text, end);
    copy[end] = '\0';
    for (char *byte = copy; *byte != '\0'; byte++) {
        if (*byte == ',') *byte = '.';
    }
    *value = strtod(copy, NULL);
    return isfinite(*value) ? NULL : N_("too large for a number");
}

const char *text_number(const char *text, size_t length, char *sign, double *value)
{
    size_t i = 0, digits = 0, decimals = 0;
    uint64_t whole = 0;
    bool negative = false, exact = true;
    if (i < length && (text[i] == '-' || text[i] == '+')) negative = text[i++] == '-';
    for (; i < length && is_digit(text[i]); i++, digits++) whole = whole * 10 + (uint64_t)(text[i] - '0');
    if (i < length && (text[i] == '.' || text[i] == ',')) {
        if (digits == 0 && (i + 1 >= length || !is_digit(text[i + 1]))) return no_number(text, length);
        if (*sign != 0 && *sign != text[i]) {
            return N_("this column has both decimal points and decimal commas: one sign only, please");
        }
        const char seen = text[i++];
        for (; i < length && is_digit(text[i]); i++, decimals++) {
            whole = whole * 10 + (uint64_t)(text[i] - '0');
        }
        if (i < length && (text[i] == '.' || text[i] == ',')) return after_number(text + i, length - i);
        *sign = seen;
    }
    if (digits + decimals == 0) return no_number(text, length);
    exact = digits + decimals <= EXACT_DIGITS;
    if (i < length && (text[i] == 'e' || text[i] == 'E')) {
        size_t j = i + 1;
        if (j < length && (text[j] == '-' || text[j] == '+')) j++;
        if (j == length || !is_digit(text[j])) return after_number(text + i, length - i);
        while (j < length && is_digit(text[j])) j++;
        i = j;
        exact = false;
    }
    if (i < length) return after_number(text + i, length - i);
    if (!exact) return slow_number(text, i, value);
    *value = (double)whole / powers_of_ten[decimals];
    if (negative) *value = -*value;
    return NULL;
}

/* ---- Words ---- */

const char *text_flag(const char *text, size_t length, bool *value)
{
    static const struct text_choice words[] = {
        {"0", 0}, {"1", 1},     {"no", 0},   {"yes", 1},  {"non", 0},  {"oui", 1}, {"n", 0}, {"y", 1},
        {"o", 1}, {"false", 0}, {"true", 1}, {"faux", 0}, {"vrai", 1}, {"f", 0},   {"t", 1}};
    int32_t found;
    if (!text_choose(words, sizeof words / sizeof words[0], text, length, &found)) {
        return N_("expected yes or no (1 or 0, oui or non)");
    }
    *value = found != 0;
    return NULL;
}

bool text_word(const char *text, size_t length, size_t *position, const char **word, size_t *word_length)
{
    static const char separators[] = " \t,;|+";
    size_t i = *position;
    while (i < length && strchr(separators, text[i]) != NULL) i++;
    size_t start = i;
    while (i < length && strchr(separators, text[i]) == NULL) i++;
    *word = text + start;
    *word_length = i - start;
    *position = i;
    return i > start;
}

/* The letters of Latin-1 that French uses, from U+00C0, without their accents; 0: not folded. */
static const char latin_letters[64] = {'a', 'a', 'a', 'a', 'a', 'a', 'a', 'c', 'e', 'e', 'e', 'e', 'i',
                                       'i', 'i', 'i', 'd', 'n', 'o', 'o', 'o', 'o', 'o', 0,   'o', 'u',
                                       'u', 'u', 'u', 'y', 0,   's', 'a', 'a', 'a', 'a', 'a', 'a', 'a',
                                       'c', 'e', 'e', 'e', 'e', 'i', 'i', 'i', 'i', 'd', 'n', 'o', 'o',
                                       'o', 'o', 'o', 0,   'o', 'u', 'u', 'u', 'u', 'y', 0,   'y'};

size_t text_fold(const char *text, size_t length, char *folded, size_t room)
{
    size_t end = 0;
    for (size_t i = 0; i < length && end + 1 < room; i++) {
        const unsigned char byte = (unsigned char)text[i];
        char letter = (char)byte;
        if (byte == 0xC3 && i + 1 < length && ((unsigned char)text[i + 1] & 0xC0) == 0x80) {
            letter = latin_letters[(unsigned char)text[++i] & 0x3F];
            if (letter == 0) continue;
        } else if (byte == 0xC2 && i + 1 < length) { /* signs such as ° and the hard space */
            i++;
            letter = '_';
        } else if (byte >= 'A' && byte <= 'Z') {
            letter = (char)(byte - 'A' + 'a');
        } else if (byte < 0x80 && !is_digit(letter) && (byte < 'a' || byte > 'z') && letter != '+') {
            letter = '_';
        }
        if (letter == '_' && end > 0 && folded[end - 1] == '_') continue;
        folded[end++] = letter;
    }
    while (end > 1 && folded[end - 1] == '_') end--;
    folded[end] = '\0';
    return end;
}

bool text_choose(const struct text_choice *choices, size_t count, const char *text, size_t length,
                 int32_t *value)
{
    char folded[48];
    text_fold(text, length, folded, sizeof folded);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(choices[i].word, folded) != 0) continue;
        *value = choices[i].value;
        return true;
    }
    return false;
}

/* ---- Times of day ---- */

/* One or two digits from *position. */
static bool two_digits(const char *text, size_t length, size_t *position, int32_t *value)
{
    size_t i = *position;
    if (i >= length || !is_digit(text[i])) return false;
    *value = text[i++] - '0';
    if (i < length && is_digit(text[i])) *value = *value * 10 + (text[i++] - '0');
    *position = i;
    return true;
}

static const char not_a_clock[] = N_("expected a time of day such as 06:00");

/* A time of day from *position, as far as it goes. */
static const char *clock_at(const char *text, size_t length, size_t *position, int32_t *second)
{
    size_t i = *position;
    int32_t hours, minutes = 0, seconds = 0;
    if (!two_digits(text, length, &i, &hours)) return not_a_clock;
    if (i >= length || (text[i] != ':' && text[i] != 'h' && text[i] != 'H')) return not_a_clock;
    const bool colon = text[i++] == ':';
    if (!two_digits(text, length, &i, &minutes) && colon) return not_a_clock;
    if (colon && i < length && text[i] == ':') {
        i++;
        if (!two_digits(text, length, &i, &seconds)) return not_a_clock;
    }
    *second = hours * 3600 + minutes * 60 + seconds;
    if (minutes > 59 || seconds > 59 || *second > DAY_SECONDS) {
        return N_("no such time of day (00:00 to 24:00)");
    }
    *position = i;
    return NULL;
}

const char *text_clock(const char *text, size_t length, int32_t *second)
{
    size_t position = 0;
    const char *fault = clock_at(text, length, &position, second);
    if (fault == NULL && position < length) fault = not_a_clock;
    return fault;
}

static void skip_blanks(const char *text, size_t length, size_t *position)
{
    while (*position < length && is_blank(text[*position])) (*position)++;
}

/* A hyphen or an en dash. */
static bool skip_dash(const char *text, size_t length, size_t *position)
{
    skip_blanks(text, length, position);
    if (*position < length && text[*position] == '-') {
        (*position)++;
    } else if (*position + 3 <= length && memcmp(text + *position, "\xE2\x80\x93", 3) == 0) {
        *position += 3;
    } else {
        return false;
    }
    skip_blanks(text, length, position);
    return true;
}

/* Inserts a window by its opening; the windows of one place may not overlap. */
static const char *add_window(struct time_window *windows, int32_t *count, struct time_window window)
{
    if (*count == TEXT_WINDOWS_MAX) return N_("more than 16 windows");
    int32_t at = *count;
    for (; at > 0 && windows[at - 1].open_s > window.open_s; at--) windows[at] = windows[at - 1];
    windows[at] = window;
    ++*count;
    if ((at > 0 && windows[at - 1].close_s > window.open_s) ||
        (at + 1 < *count && window.close_s > windows[at + 1].open_s)) {
        return N_("two windows overlap");
    }
    return NULL;
}

const char *text_windows(const char *text, size_t length, struct time_window windows[TEXT_WINDOWS_MAX],
                         int32_t *count)
{
    static const struct text_choice closed[] = {{"closed", 1}, {"ferme", 1}, {"fermee", 1}};
    static const char never_open[] = N_("closed all day: leave it empty for “always open”");
    size_t i = 0;
    int32_t ignored;
    *count = 0;
    if (text_choose(closed, 3, text, length, &ignored)) return never_open;
    for (;;) {
        while (i < length && (is_blank(text[i]) || strchr(",;|", text[i]) != NULL)) i++;
        if (i == length) break;
        struct time_window window;
        const char *fault = clock_at(text, length, &i, &window.open_s);
        if (fault == NULL && !skip_dash(text, length, &i)) fault = N_("expected windows such as 06:00-12:00");
        if (fault == NULL) fault = clock_at(text, length, &i, &window.close_s);
        if (fault != NULL) return fault;
        if (window.open_s == window.close_s) return never_open;
        if (window.close_s < window.open_s) {
            return N_("closes before it opens: write a window past midnight as two, 00:00-05:00 22:00-24:00");
        }
        fault = add_window(windows, count, window);
        if (fault != NULL) return fault;
    }
    return *count > 0 ? NULL : N_("expected windows such as 06:00-12:00");
}

/* ---- Weekdays ---- */

static const struct text_choice weekday_words[] = {
    {"mon", 0},       {"monday", 0},   {"lun", 0},     {"lundi", 0},    {"1", 0},      {"tue", 1},
    {"tues", 1},      {"mar", 1},      {"tuesday", 1}, {"2", 1},        {"mardi", 1},  {"wed", 2},
    {"wednesday", 2}, {"mer", 2},      {"3", 2},       {"mercredi", 2}, {"thu", 3},    {"thur", 3},
    {"thurs", 3},     {"thursday", 3}, {"jeu", 3},     {"4", 3},        {"jeudi", 3},  {"fri", 4},
    {"friday", 4},    {"ven", 4},      {"5", 4},       {"vendredi", 4}, {"sat", 5},    {"saturday", 5},
    {"sam", 5},       {"6", 5},        {"samedi", 5},  {"sun", 6},      {"sunday", 6}, {"dim", 6},
    {"7", 6},         {"dimanche", 6}};

const char *text_weekday(const char *text, size_t length, int32_t *weekday)
{
    const size_t count = sizeof weekday_words / sizeof weekday_words[0];
    if (text_choose(weekday_words, count, text, length, weekday)) return NULL;
    return N_("expected a weekday such as Mon, lundi or 1");
}

const char *text_weekdays(const char *text, size_t length, uint8_t *weekdays)
{
    size_t position = 0, word_length;
    const char *word;
    *weekdays = 0;
    while (text_word(text, length, &position, &word, &word_length)) {
        int32_t weekday;
        const char *fault = text_weekday(word, word_length, &weekday);
        if (fault != NULL) return fault;
        *weekdays |= (uint8_t)(1u << weekday);
    }
    return *weekdays != 0 ? NULL : N_("expected weekdays such as Mon Thu");
}

/* ---- The name that was meant ---- */

enum { NEAR_BYTES_MAX = 48, NEAR_EDITS_MAX = 3 };

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

/* Edits between two short texts: insertion, deletion, replacement, exchange of neighbours. */
static int32_t edits_between(const char *a, int32_t a_length, const char *b, int32_t b_length)
{
    int32_t rows[3][NEAR_BYTES_MAX + 1];
    int32_t *before = rows[0], *above = rows[1], *row = rows[2];
    for (int32_t j = 0; j <= b_length; j++) above[j] = before[j] = j;
    for (int32_t i = 1; i <= a_length; i++) {
        row[0] = i;
        for (int32_t j = 1; j <= b_length; j++) {
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = least(row[j], before[j - 2] + 1);
            }
        }
        int32_t *oldest = before;
        before = above;
        above = row;
        row = oldest;
    }
    return above[b_length];
}

const char *text_nearest(const char *const *names, int32_t count, const char *text, size_t length)
{
    char wanted[NEAR_BYTES_MAX + 1], name[NEAR_BYTES_MAX + 1];
    if (length > NEAR_BYTES_MAX) return NULL;
    const int32_t wanted_length = (int32_t)text_fold(text, length, wanted, sizeof wanted);
    const char *nearest = NULL;
    int32_t fewest = least(NEAR_EDITS_MAX, (wanted_length + 2) / 3) + 1;
    for (int32_t i = 0; i < count; i++) {
        const size_t full = strlen(names[i]);
        if (full > NEAR_BYTES_MAX) continue;
        const int32_t name_length = (int32_t)text_fold(names[i], full, name, sizeof name);
        if (abs(name_length - wanted_length) >= fewest) continue;
        const int32_t edits = edits_between(wanted, wanted_length, name, name_length);
        if (edits >= fewest) continue;
        fewest = edits;
        nearest = names[i];
    }
    return nearest;
}
