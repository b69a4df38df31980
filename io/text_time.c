#include "io/text_time.h"

#include "solver/base/message.h"

#include <string.h>

static const char no_date[] = N_("expected a date such as 2026-11-23 or 23/11/2026");
static const char no_time[] =
    N_("expected a date and time such as 2026-11-23T06:00:00+01:00 or 23/11/2026 06:00");

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* Reads a run of at most `most` digits; its length, 0 for none or too many. */
static size_t digits(const char *text, size_t length, size_t *position, size_t most, int32_t *value)
{
    size_t start = *position, i = start;
    *value = 0;
    for (; i < length && is_digit(text[i]); i++) {
        if (i - start == most) return 0;
        *value = *value * 10 + (text[i] - '0');
    }
    *position = i;
    return i - start;
}

static const char *wrong_day(struct civil_date date)
{
    if (date.month == 2 && date.day == 29) return N_("29 February does not exist in that year");
    return N_("no such day in the calendar");
}

/* dd/mm/yyyy: never read the other way round, since half of such dates would then be silently wrong. */
static const char *day_first(struct civil_date date, struct date_style *style)
{
    if (date.day <= 12 && date.month > 12 && date.month <= 31) {
        return style->proof_line > 0
                   ? N_("month first, where other dates of the file are day first: dd/mm/yyyy or ISO "
                        "expected")
                   : N_("month first (mm/dd/yyyy) is not read: write dd/mm/yyyy or ISO (yyyy-mm-dd)");
    }
    if (!civil_valid(date)) return wrong_day(date);
    if (style->day_first_line == 0) style->day_first_line = style->line;
    if (style->proof_line == 0 && date.day > 12) style->proof_line = style->line;
    return NULL;
}

/* A date from *position, as far as it goes. */
static const char *date_at(const char *text, size_t length, size_t *position, struct date_style *style,
                           struct civil_date *date)
{
    size_t i = *position;
    int32_t first, second, third;
    const size_t first_digits = digits(text, length, &i, 4, &first);
    if (i >= length || strchr("-/.", text[i]) == NULL) return no_date;
    const char separator = text[i++];
    const size_t second_digits = digits(text, length, &i, 2, &second);
    if (second_digits == 0 || i >= length || text[i] != separator) return no_date;
    i++;
    const size_t third_digits = digits(text, length, &i, 4, &third);
    *position = i;
    if (first_digits == 4 && separator != '.' && (third_digits == 1 || third_digits == 2)) {
        *date = (struct civil_date){.year = first, .month = second, .day = third};
        if (!civil_valid(*date)) return wrong_day(*date);
        if (style->iso_line == 0) style->iso_line = style->line;
        return NULL;
    }
    if (first_digits == 0 || first_digits > 2) return no_date;
    if (third_digits != 4) return N_("the year must have four digits");
    *date = (struct civil_date){.year = third, .month = second, .day = first};
    return day_first(*date, style);
}

const char *text_date(const char *text, size_t length, struct date_style *style, day_number *day)
{
    size_t position = 0;
    struct civil_date date;
    const char *fault = date_at(text, length, &position, style, &date);
    if (fault != NULL) return fault;
    if (position < length) { /* spreadsheets export dates with a midnight that means nothing */
        const char *rest = text + position;
        const size_t left = length - position;
        const bool midnight = (left == 6 && memcmp(rest + 1, "00:00", 5) == 0) ||
                              (left == 9 && memcmp(rest + 1, "00:00:00", 8) == 0);
        if (!midnight || (rest[0] != ' ' && rest[0] != 'T')) return no_date;
    }
    *day = day_from_civil(date);
    return NULL;
}

const char *text_month(const char *text, size_t length, struct date_style *style, int32_t *year,
                       int32_t *month)
{
    size_t i = 0;
    int32_t first, second;
    const size_t first_digits = digits(text, length, &i, 4, &first);
    if (i < length && (text[i] == '-' || text[i] == '/')) {
        i++;
        const size_t second_digits = digits(text, length, &i, 4, &second);
        if (i == length && first_digits == 4 && second_digits > 0 && second_digits <= 2) {
            *year = first;
            *month = second;
            return second >= 1 && second <= 12 ? NULL : N_("no such month");
        }
        if (i == length && second_digits == 4 && first_digits > 0 && first_digits <= 2) {
            *year = second;
            *month = first;
            return first >= 1 && first <= 12 ? NULL : N_("no such month");
        }
    }
    day_number day;
    if (text_date(text, length, style, &day) != NULL) return N_("expected a month such as 1988-08");
    const struct civil_date date = civil_from_day(day);
    *year = date.year;
    *month = date.month;
    return NULL;
}

/* Exactly two digits. */
static bool pair(const char *text, size_t length, size_t *position, int32_t *value)
{
    const size_t i = *position;
    if (i + 2 > length || !is_digit(text[i]) || !is_digit(text[i + 1])) return false;
    *value = (text[i] - '0') * 10 + (text[i + 1] - '0');
    *position = i + 2;
    return true;
}

/* HH:MM[:SS[.fff]] from *position; fractions of a second are dropped. */
static const char *clock_at(const char *text, size_t length, size_t *position, int32_t *second)
{
    size_t i = *position;
    int32_t hours, minutes, seconds = 0;
    if (!pair(text, length, &i, &hours)) { /* 6:00 as spreadsheets write it */
        if (digits(text, length, &i, 1, &hours) != 1) return no_time;
    }
    if (i >= length || text[i] != ':') return no_time;
    i++;
    if (!pair(text, length, &i, &minutes)) return no_time;
    if (i < length && text[i] == ':') {
        i++;
        if (!pair(text, length, &i, &seconds)) return no_time;
        if (i < length && (text[i] == '.' || text[i] == ',')) {
            i++;
            if (i >= length || !is_digit(text[i])) return no_time;
            while (i < length && is_digit(text[i])) i++;
        }
    }
    *second = hours * 3600 + minutes * 60 + seconds;
    *position = i;
    if (minutes > 59 || seconds > 59 || *second > DAY_SECONDS) return N_("no such time of day");
    return NULL;
}

/* Z, +02:00, +0200, +02, or nothing: the city's wall clock. */
static const char *offset_at(const char *text, size_t length, size_t *position, struct written_time *time)
{
    size_t i = *position;
    int32_t hours, minutes = 0;
    time->has_offset = false;
    time->offset_s = 0;
    if (i == length) return NULL;
    time->has_offset = true;
    if (text[i] == 'Z' || text[i] == 'z') {
        *position = i + 1;
        return NULL;
    }
    if (text[i] != '+' && text[i] != '-') return no_time;
    const int32_t sign = text[i++] == '-' ? -1 : 1;
    if (!pair(text, length, &i, &hours)) return no_time;
    if (i < length && text[i] == ':') i++;
    if (i < length && !pair(text, length, &i, &minutes)) return no_time;
    if (hours > 14 || minutes > 59) return N_("no such offset from UTC (-14:00 to +14:00)");
    time->offset_s = sign * (hours * 3600 + minutes * 60);
    *position = i;
    return NULL;
}

const char *text_timestamp(const char *text, size_t length, struct date_style *style,
                           struct written_time *time)
{
    size_t i = 0;
    struct civil_date date;
    const char *fault = date_at(text, length, &i, style, &date);
    if (fault != NULL) return fault == no_date ? no_time : fault;
    if (i == length) return N_("a date without a time: expected one such as 2026-11-23T06:00:00+01:00");
    if (text[i] != 'T' && text[i] != 't' && text[i] != ' ') return no_time;
    i++;
    fault = clock_at(text, length, &i, &time->second);
    if (fault == NULL && i < length && text[i] == ' ' && time->second >= 0) i++; /* "… 06:00 +01:00" */
    if (fault == NULL) fault = offset_at(text, length, &i, time);
    if (fault == NULL && i < length) fault = no_time;
    time->day = day_from_civil(date);
    return fault;
}

wall_clock text_instant(struct instant_reader *reader, struct written_time time, instant_s *at)
{
    if (time.has_offset) {
        *at = (instant_s)time.day * DAY_SECONDS + time.second - time.offset_s;
        return WALL_CLOCK_UNIQUE;
    }
    if (!reader->known || reader->day != time.day) {
        reader->day = time.day;
        reader->known = true;
        reader->midnight = zone_midnight(reader->zone, time.day);
        const instant_s next = zone_midnight(reader->zone, time.day + 1);
        reader->repeated_s = (int32_t)(next - reader->midnight) - DAY_SECONDS;
    }
    if (reader->repeated_s != 0) return zone_instant(reader->zone, time.day, time.second, at);
    *at = reader->midnight + time.second;
    return WALL_CLOCK_UNIQUE;
}

instant_s text_series_instant(const struct instant_reader *reader, instant_s earlier, instant_s before,
                              bool descending)
{
    const instant_s later = earlier + reader->repeated_s;
    if (before == INT64_MIN) return descending ? later : earlier;
    if (descending) return later < before ? later : earlier;
    return earlier > before ? earlier : later;
}
