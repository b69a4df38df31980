/* A page being written: markup with data in it, numbers and dates as the reader's language has them.
 *
 * page_put takes markup as its format and data as its arguments: "%s" is escaped for HTML (text and
 * attributes alike), so that no address or id can become markup; "%d" is an int, "%.1f" a number for SVG
 * and CSS (always with a point). What a person reads goes through page_number and its kin, which give texts
 * of the page's arena. A failed allocation marks the page broken; report_write says so at the end.
 */
#ifndef BENNE_IO_REPORT_PAGE_H
#define BENNE_IO_REPORT_PAGE_H

#include "io/run.h"
#include "io/timetable.h"

#include <stdio.h>

struct page {
    FILE *out;
    struct arena *arena;
    bool french, broken;
    const struct night *night;
    const struct indicator_values *values;
    const struct run_facts *facts;
    const struct city *city;
    struct driven plan, practice;          /* practice only when known */
    struct timetable *routes, *old_routes; /* of the plan, of the practice */
    bool practice_known;
};

void page_put(struct page *page, const char *markup, ...) ERROR_PRINTF(2, 3);

/* Text in the page's arena; "" and a broken page when memory is exhausted. */
const char *page_format(struct page *page, const char *format, ...) ERROR_PRINTF(2, 3);

/* "1 234,5" in French, "1,234.5" in English; a dash for what is unknown. */
const char *page_number(struct page *page, double number, int decimals);
const char *page_count(struct page *page, int64_t number);
const char *page_signed(struct page *page, double number, int decimals); /* "+3", "−3" */
const char *page_percent(struct page *page, double percent, int decimals);
const char *page_fill(struct page *page, double percent); /* a level past the capacity: "> 100 %" */
const char *page_probability(struct page *page, double probability); /* "3.2 %", "< 0.1 %" */
const char *page_money(struct page *page, money amount);             /* in whole units of the currency */
const char *unit_for_people(struct page *page, const char *unit);    /* "kgCO2e" with its subscript */
const char *page_unit(struct page *page, const char *number, const char *unit);

const char *page_duration(struct page *page, int64_t seconds); /* "7 h 05" */
const char *page_clock(struct page *page, int64_t elapsed_s);  /* "06:15", of the plan's day */
const char *page_date(struct page *page, day_number day);      /* "Monday 23 November 2026" */
const char *page_day(struct page *page, day_number day);       /* "Mon 23" */
const char *page_instant(struct page *page, instant_s at);     /* "2026-11-22 04:00", "22/11/2026 04:00" */

/* By the name of the table of indicators; NaN when it has no such name, or the practice is unknown. */
int32_t indicator_index(const char *name);
double plan_indicator(const struct page *page, const char *name);
double practice_indicator(const struct page *page, const char *name);

/* A colour that the colour-blind tell apart, and a dash pattern for the ninth vehicle and beyond. */
const char *vehicle_colour(const struct page *page, const struct city_vehicle *vehicle);
const char *vehicle_dash(const struct page *page, const struct city_vehicle *vehicle); /* "" for solid */

#endif
