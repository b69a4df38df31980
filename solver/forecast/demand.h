/* Days of filling: time as a bin sees it.
 *
 * A rate is percent per ordinary day. A local day of demand factor 1.6 fills a bin as much as 1.6 ordinary
 * days, whatever its 23, 24 or 25 hours; a part of a day counts in proportion. The table holds the local
 * midnights of a range of days and the days of filling elapsed since the first, so that the days between
 * two instants cost O(1); with weekday factors it is O(days between).
 *
 * Instants outside the range count as ordinary days of 24 hours. Ownership: the arena given.
 */
#ifndef BENNE_FORECAST_DEMAND_H
#define BENNE_FORECAST_DEMAND_H

#include "solver/model/city.h"

struct demand_table {
    day_number first;
    int32_t days;
    instant_s *midnight; /* days + 1 */
    double *elapsed;     /* days + 1: days of filling from the first midnight to each */
};

error_code demand_build(const struct city *city, instant_s from, instant_s to, struct arena *arena,
                        struct demand_table *table, struct error *error) ERROR_CHECKED;

/* The index in the table of the local day of an instant, clamped to the table. */
int32_t demand_day(const struct demand_table *table, instant_s at);

/* Days of filling between two instants; negative when `to` comes first. */
double demand_between(const struct demand_table *table, instant_s from, instant_s to);

/* The same, each day weighted by its weekday's factor too; from ≤ to. */
double demand_between_weekdays(const struct demand_table *table, const float factor[WEEK_DAYS],
                               instant_s from, instant_s to);

#endif
