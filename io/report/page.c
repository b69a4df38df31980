#include "io/report/page.h"

#include "solver/base/message.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

/* ---- Markup ---- */

static void put_escaped(FILE *out, const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        switch (*c) {
        case '&':
            fputs("&amp;", out);
            break;
        case '<':
            fputs("&lt;", out);
            break;
        case '>':
            fputs("&gt;", out);
            break;
        case '"':
            fputs("&quot;", out);
            break;
        case '\'':
            fputs("&#39;", out);
            break;
        default:
            fputc(*c, out);
        }
    }
}

void page_put(struct page *page, const char *markup, ...)
{
    va_list arguments;
    va_start(arguments, markup);
    for (const char *c = markup; *c != '\0'; c++) {
        if (*c != '%') {
            fputc(*c, page->out);
        } else if (*++c == 's') {
            put_escaped(page->out, va_arg(arguments, const char *));
        } else if (*c == 'd') {
            fprintf(page->out, "%d", va_arg(arguments, int));
        } else if (*c == '.') {
            int decimals = c[1] - '0';
            fprintf(page->out, "%.*f", decimals, va_arg(arguments, double));
            c += 2; /* the digit and the f */
        } else {
            fputc('%', page->out);
        }
    }
    va_end(arguments);
}

const char *page_format(struct page *page, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char small[256];
    int length = vsnprintf(small, sizeof small, format, arguments);
    va_end(arguments);
    char *text = length < 0 ? NULL : arena_alloc(page->arena, (size_t)length + 1, 1);
    if (text == NULL) {
        page->broken = true;
        return "";
    }
    if ((size_t)length < sizeof small) {
        memcpy(text, small, (size_t)length + 1);
        return text;
    }
    va_start(arguments, format);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    va_end(arguments);
    return text;
}

/* ---- Numbers ---- */

static const char DASH[] = "\xe2\x80\x93", MINUS[] = "\xe2\x88\x92";
static const char NARROW_SPACE[] = "\xe2\x80\xaf"; /* no line break in it */
static const char NO_BREAK_SPACE[] = "\xc2\xa0";

/* Digits as printf gives them, with the language's separators. */
static const char *separated(struct page *page, const char *digits)
{
    char text[128] = "";
    size_t length = 0, whole = strcspn(digits, ".");
    const char *thousands = page->french ? NARROW_SPACE : ",";
    for (size_t i = 0; i < whole; i++) {
        text[length++] = digits[i];
        size_t left = whole - 1 - i;
        if (left > 0 && left % 3 == 0) {
            memcpy(text + length, thousands, strlen(thousands));
            length += strlen(thousands);
        }
    }
    if (digits[whole] == '.') {
        text[length++] = page->french ? ',' : '.';
        snprintf(text + length, sizeof text - length, "%s", digits + whole + 1);
    }
    return page_format(page, "%s", text);
}

const char *page_number(struct page *page, double number, int decimals)
{
    if (!isfinite(number) || fabs(number) > 1e15) return DASH;
    char digits[64];
    snprintf(digits, sizeof digits, "%.*f", decimals, fabs(number));
    bool zero = strspn(digits, "0.") == strlen(digits);
    const char *text = separated(page, digits);
    return number < 0 && !zero ? page_format(page, "%s%s", MINUS, text) : text;
}

const char *page_count(struct page *page, int64_t number)
{
    return page_number(page, (double)number, 0);
}

const char *page_signed(struct page *page, double number, int decimals)
{
    const char *text = page_number(page, number, decimals);
    bool zero = strpbrk(text, "123456789") == NULL;
    return number > 0 && !zero ? page_format(page, "+%s", text) : text;
}

const char *unit_for_people(struct page *page, const char *unit)
{
    static const char PLAIN[] = "kgCO2e";
    size_t length = sizeof PLAIN - 1;
    if (strncmp(unit, PLAIN, length) != 0) return unit;
    return page_format(page, "kg%sCO\xe2\x82\x82%s%s", NO_BREAK_SPACE, "e", unit + length);
}

const char *page_unit(struct page *page, const char *number, const char *unit)
{
    if (unit[0] == '\0' || strcmp(number, DASH) == 0) return number;
    if (strcmp(unit, "%") == 0 && !page->french) return page_format(page, "%s%%", number);
    if (strcmp(unit, "EUR") == 0) {
        if (page->french) return page_format(page, "%s%s\xe2\x82\xac", number, NO_BREAK_SPACE);
        bool negative = strncmp(number, MINUS, strlen(MINUS)) == 0;
        return page_format(page, "%s\xe2\x82\xac%s", negative ? MINUS : "",
                           number + (negative ? strlen(MINUS) : 0));
    }
    return page_format(page, "%s%s%s", number, NO_BREAK_SPACE, unit_for_people(page, unit));
}

const char *page_percent(struct page *page, double percent, int decimals)
{
    return page_unit(page, page_number(page, percent, decimals), "%");
}

const char *page_fill(struct page *page, double percent)
{
    return percent > 100 ? page_format(page, ">%s%s", NARROW_SPACE, page_percent(page, 100, 0))
                         : page_percent(page, percent, 0);
}

/* A risk is seldom known better than to a tenth of a percent. */
const char *page_probability(struct page *page, double probability)
{
    if (probability > 0 && probability < 0.0005) {
        return page_format(page, "<%s%s", NARROW_SPACE, page_percent(page, 0.1, 1));
    }
    return page_percent(page, 100 * probability, probability < 0.1 ? 1 : 0);
}

const char *page_money(struct page *page, money amount)
{
    const char *number = page_number(page, (double)amount / (double)MONEY_UNIT, 0);
    return page_unit(page, number, page->city->currency);
}

/* ---- Indicators ---- */

int32_t indicator_index(const char *name)
{
    for (int32_t i = 0; i < INDICATOR_COUNT; i++) {
        if (strcmp(INDICATORS[i].name, name) == 0) return i;
    }
    return -1;
}

double plan_indicator(const struct page *page, const char *name)
{
    int32_t indicator = indicator_index(name);
    return indicator < 0 ? NAN : page->values->plan[indicator];
}

double practice_indicator(const struct page *page, const char *name)
{
    int32_t indicator = indicator_index(name);
    return indicator < 0 || page->values->practice == NULL ? NAN : page->values->practice[indicator];
}

/* ---- Times ---- */

const char *page_duration(struct page *page, int64_t seconds)
{
    long long minutes = (seconds + 30) / 60;
    return page_format(page, "%lld%sh%s%02lld", minutes / 60, NARROW_SPACE, NARROW_SPACE, minutes % 60);
}

const char *page_clock(struct page *page, int64_t elapsed_s)
{
    int32_t second = zone_wall_clock(page->city->zone, page->plan.problem->day, (int32_t)elapsed_s);
    return page_format(page, "%02d:%02d", second / 3600 % 24, second / 60 % 60);
}

const char *page_date(struct page *page, day_number day)
{
    static const char *const WEEKDAYS[] = {N_("Monday"), N_("Tuesday"),  N_("Wednesday"), N_("Thursday"),
                                           N_("Friday"), N_("Saturday"), N_("Sunday")};
    static const char *const MONTHS[] = {N_("January"),   N_("February"), N_("March"),    N_("April"),
                                         N_("May"),       N_("June"),     N_("July"),     N_("August"),
                                         N_("September"), N_("October"),  N_("November"), N_("December")};
    struct civil_date date = civil_from_day(day);
    const char *ordinal = page->french && date.day == 1 ? "er" : "";
    return page_format(page, "%s %d%s %s %d", _(WEEKDAYS[day_weekday(day)]), date.day, ordinal,
                       _(MONTHS[date.month - 1]), date.year);
}

const char *page_day(struct page *page, day_number day)
{
    static const char *const WEEKDAYS[] = {N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"),
                                           N_("Fri"), N_("Sat"), N_("Sun")};
    return page_format(page, "%s %d", _(WEEKDAYS[day_weekday(day)]), civil_from_day(day).day);
}

const char *page_instant(struct page *page, instant_s at)
{
    day_number day = 0;
    int32_t second = 0;
    char text[DAY_TEXT_SIZE];
    zone_local(page->city->zone, at, &day, &second);
    struct civil_date date = civil_from_day(day);
    day_text(day, text);
    if (page->french)
        snprintf(text, sizeof text, "%02d/%02d/%04d", date.day % 100, date.month % 100, date.year % 10000);
    return page_format(page, "%s %02d:%02d", text, second / 3600, second / 60 % 60);
}

/* ---- Vehicles ---- */

/* Eight colours after Okabe and Ito (2008) and Tol (2021), chosen to stand on a pale ground. */
static const char *const COLOURS[] = {"#0072b2", "#d55e00", "#009e73", "#aa3377",
                                      "#b8860b", "#33a5dd", "#7a2e1d", "#4b4b4b"};
enum { COLOUR_COUNT = sizeof COLOURS / sizeof COLOURS[0] };

static int vehicle_number(const struct page *page, const struct city_vehicle *vehicle)
{
    return (int)(vehicle - page->city->vehicles);
}

const char *vehicle_colour(const struct page *page, const struct city_vehicle *vehicle)
{
    return COLOURS[vehicle_number(page, vehicle) % COLOUR_COUNT];
}

const char *vehicle_dash(const struct page *page, const struct city_vehicle *vehicle)
{
    static const char *const DASHES[] = {"", "10 5", "2 6", "12 5 2 5"};
    return DASHES[vehicle_number(page, vehicle) / COLOUR_COUNT % 4];
}
