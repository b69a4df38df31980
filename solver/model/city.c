#include "solver/model/city.h"

void city_close(struct city *city)
{
    zone_close(city->zone);
    city->zone = NULL;
}

/* The first calendar row of a day, or calendar_count: the calendar is sorted by day. */
static int32_t first_row(const struct city *city, day_number day)
{
    int32_t low = 0, high = city->calendar_count;
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        if (city->calendar[middle].day < day) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool has_kind(const struct city *city, day_number day, calendar_kind kind)
{
    for (int32_t i = first_row(city, day); i < city->calendar_count && city->calendar[i].day == day; i++) {
        if (city->calendar[i].kind == kind) return true;
    }
    return false;
}

bool city_vehicle_works(const struct city *city, int32_t vehicle, day_number day)
{
    const bool weekday = (city->vehicles[vehicle].weekdays >> day_weekday(day) & 1) != 0;
    return weekday && !has_kind(city, day, CALENDAR_STRIKE);
}

bool city_day_served(const struct city *city, day_number day)
{
    if (has_kind(city, day, CALENDAR_HOLIDAY) || has_kind(city, day, CALENDAR_STRIKE)) return false;
    for (int32_t v = 0; v < city->vehicle_count; v++) {
        if ((city->vehicles[v].weekdays >> day_weekday(day) & 1) != 0) return true;
    }
    return false;
}

double city_demand_factor(const struct city *city, day_number day)
{
    double factor = 1; /* a holiday and an event of the same day add up */
    for (int32_t i = first_row(city, day); i < city->calendar_count && city->calendar[i].day == day; i++) {
        factor *= city->calendar[i].demand_factor;
    }
    return factor;
}
