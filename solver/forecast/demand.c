#include "solver/forecast/demand.h"

#include <assert.h>

/* A century of days: far beyond any history, and a bound on the memory a wild date can ask for. */
enum { DEMAND_DAYS_MAX = 36525 };

error_code demand_build(const struct city *city, instant_s from, instant_s to, struct arena *arena,
                        struct demand_table *table, struct error *error)
{
    error_code rc = ERROR_NONE;
    day_number first, last;
    int32_t second;
    assert(from <= to);
    zone_local(city->zone, from, &first, &second);
    zone_local(city->zone, to, &last, &second);
    if (last - first >= DEMAND_DAYS_MAX) first = last - DEMAND_DAYS_MAX + 1;

    *table = (struct demand_table){.first = first, .days = last - first + 1};
    TRY_NEW(arena, table->midnight, table->days + 1);
    TRY_NEW(arena, table->elapsed, table->days + 1);
    table->midnight[0] = zone_midnight(city->zone, first);
    for (int32_t d = 0; d < table->days; d++) {
        table->midnight[d + 1] = zone_midnight(city->zone, first + d + 1);
        table->elapsed[d + 1] = table->elapsed[d] + city_demand_factor(city, first + d);
    }
done:
    return rc;
}

int32_t demand_day(const struct demand_table *table, instant_s at)
{
    /* Local days differ from 24 hours by one hour at most: the guess is off by one day at most. */
    int64_t guess = (at - table->midnight[0]) / DAY_SECONDS;
    if (guess < 0) guess = 0;
    if (guess >= table->days) guess = table->days - 1;
    int32_t day = (int32_t)guess;
    if (day > 0 && at < table->midnight[day]) day--;
    if (day + 1 < table->days && at >= table->midnight[day + 1]) day++;
    return day;
}

/* Days of filling from the first midnight of the table to an instant. */
static double elapsed_at(const struct demand_table *table, instant_s at)
{
    if (at <= table->midnight[0]) return (double)(at - table->midnight[0]) / DAY_SECONDS;
    if (at >= table->midnight[table->days])
        return table->elapsed[table->days] + (double)(at - table->midnight[table->days]) / DAY_SECONDS;
    int32_t day = demand_day(table, at);
    double part =
        (double)(at - table->midnight[day]) / (double)(table->midnight[day + 1] - table->midnight[day]);
    return table->elapsed[day] + part * (table->elapsed[day + 1] - table->elapsed[day]);
}

double demand_between(const struct demand_table *table, instant_s from, instant_s to)
{
    return elapsed_at(table, to) - elapsed_at(table, from);
}

double demand_between_weekdays(const struct demand_table *table, const float factor[WEEK_DAYS],
                               instant_s from, instant_s to)
{
    double days = 0;
    int32_t last = demand_day(table, to);
    for (int32_t d = demand_day(table, from); d <= last; d++) {
        instant_s begin = d > 0 && from < table->midnight[d] ? table->midnight[d] : from;
        instant_s end = d < last ? table->midnight[d + 1] : to;
        if (end > begin)
            days += (double)factor[day_weekday(table->first + d)] * demand_between(table, begin, end);
    }
    return days;
}
