#include "solver/horizon/choice.h"

#include "solver/base/message.h"
#include "solver/horizon/capacity.h"

#include <math.h>
#include <stdlib.h>

/* Optional bins that would save less than a cent are not worth a place in the problem. */
static const money CHOICE_PRIZE_MIN = MONEY_UNIT / 100;
/* A resident's request binds for a week, or until the bin has been emptied after it. */
enum { REQUEST_DAYS = 7 };

/* A truck comes in the course of the day: on average half of the day's risk has passed by then. */
static const double PART_OF_DAY_BEFORE_TRUCK = 0.5;

static const struct {
    const char *name, *sentence;
} REASONS[REASON_COUNT] = {
    [REASON_NONE] = {"none", N_("not due: it can wait for the next chance")},
    [REASON_PRIZE] = {"prize", N_("on the way: emptying it now saves more than the detour costs")},
    [REASON_DEFERRED] = {"deferred", N_("due, but beyond what the day can carry: served if there is room")},
    [REASON_RISK] = {"risk", N_("at risk of overflowing before the next chance to serve it")},
    [REASON_FLAG] = {"flag", N_("always to be served")},
    [REASON_OVERDUE] = {"overdue", N_("its promised frequency would be broken by waiting")},
    [REASON_WEEKDAY] = {"weekday", N_("today is one of its fixed days")},
    [REASON_REQUEST] = {"request", N_("a resident has asked")},
};

const char *choice_reason_name(choice_reason reason)
{
    return REASONS[reason].name;
}

const char *choice_reason_sentence(choice_reason reason)
{
    return _(REASONS[reason].sentence);
}

/* The first day after `day` on which the city is served; the horizon's end when there is none. */
static day_number next_chance_after(const struct city *city, day_number day, day_number horizon_end)
{
    day_number chance = day + 1;
    while (chance < horizon_end && !city_day_served(city, chance)) chance++;
    return chance;
}

/* Probability of being full before the truck of day `chance` comes, if nobody comes earlier. */
static double risk_before(const struct fill_forecast *forecast, int32_t bin, day_number chance)
{
    int32_t last = forecast->days - 1, day = chance - forecast->first_day;
    if (last < 0) return 0;
    if (day > last) day = last;
    double evening = forecast_overflow(forecast, bin, day);
    double morning = day > 0 ? forecast_overflow(forecast, bin, day - 1) : evening;
    return morning + PART_OF_DAY_BEFORE_TRUCK * (evening - morning);
}

double choice_risk_if_emptied(const struct city *city, const struct fill_forecast *forecast,
                              const struct choice *choice, int32_t bin)
{
    double evening = forecast_overflow_if_emptied(forecast, city, bin, choice->day, choice->next_chance);
    double morning = forecast_overflow_if_emptied(forecast, city, bin, choice->day, choice->next_chance - 1);
    return morning + PART_OF_DAY_BEFORE_TRUCK * (evening - morning);
}

double choice_expected_kg(const struct city *city, const struct fill_forecast *forecast, int32_t bin,
                          day_number day)
{
    double litres = forecast_held(forecast, bin, day) / 100 * city->bins[bin].capacity_l;
    return litres * city->bins[bin].kg_per_l;
}

/* The latest day before `day` on which the fixed rounds came to a bin, per bin; INT32_MIN: never. What is
 * known of a bin whose emptyings nobody has recorded. */
static error_code practice_days(const struct city *city, day_number day, struct arena *arena,
                                day_number **came, struct error *error)
{
    error_code rc = ERROR_NONE;
    TRY_NEW(arena, *came, city->bin_count);
    for (int32_t b = 0; b < city->bin_count; b++) (*came)[b] = INT32_MIN;
    for (int32_t v = 0; v < city->fixed_visit_count; v++) {
        const struct fixed_visit *visit = &city->fixed_visits[v];
        day_number since = (day_weekday(day) - visit->weekday + WEEK_DAYS) % WEEK_DAYS;
        if (since == 0) since = WEEK_DAYS;
        if (day - since > (*came)[visit->bin]) (*came)[visit->bin] = day - since;
    }
done:
    return rc;
}

/* Bins that a resident asked to be emptied and that have not been since. */
static error_code requested_bins(const struct city *city, const struct fill_forecast *forecast,
                                 day_number day, struct arena *arena, bool **asked, struct error *error)
{
    error_code rc = ERROR_NONE;
    instant_s now = zone_midnight(city->zone, day);
    TRY_NEW(arena, *asked, city->bin_count);
    for (int32_t r = 0; r < city->request_count; r++) {
        const struct request *request = &city->requests[r];
        bool recent = request->at < now && request->at >= now - (instant_s)REQUEST_DAYS * DAY_SECONDS;
        bool open = request->at > forecast->bins[request->bin].last_emptied;
        if (recent && open && request->kind != REQUEST_DAMAGE) (*asked)[request->bin] = true;
    }
done:
    return rc;
}

/* Would waiting for the next chance make the gap between two emptyings longer than promised? */
static bool would_be_overdue(struct frequency frequency, day_number emptied, day_number next_chance)
{
    if (frequency.per_week <= 0 || frequency.weekdays != 0 || emptied == INT32_MIN) return false;
    return next_chance - emptied > (day_number)ceil(WEEK_DAYS / frequency.per_week);
}

/* Why a bin is due whatever its risk; REASON_NONE: it is not. */
static choice_reason reason_to_come(const struct city *city, const struct bin *bin,
                                    const struct bin_fill *fill, bool asked, day_number emptied,
                                    const struct choice *choice)
{
    bool promised = city->frequency_always || fill->source != FILL_SENSOR;
    if (bin->mandatory) return REASON_FLAG;
    if (asked) return REASON_REQUEST;
    if (bin->frequency.weekdays >> day_weekday(choice->day) & 1) return REASON_WEEKDAY;
    if (promised && would_be_overdue(bin->frequency, emptied, choice->next_chance)) return REASON_OVERDUE;
    return REASON_NONE;
}

/* A bin that should be emptied, if the day can carry it. */
struct due {
    double risk;
    int32_t bin;
};

static int compare_due(const void *left, const void *right)
{
    const struct due *a = left, *b = right;
    if (a->risk != b->risk) return a->risk > b->risk ? -1 : 1;
    return a->bin < b->bin ? -1 : a->bin > b->bin;
}

/* Calls the bins at risk or overdue mandatory, the riskiest first, as far as the day can carry them. */
static error_code ration(const struct city *city, const struct fill_forecast *forecast, struct arena *arena,
                         struct choice *choice, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct due *queue;
    struct capacity capacity;
    int32_t count = 0;
    TRY(capacity_init(&capacity, city, choice->day, arena, error));
    TRY_NEW(arena, queue, city->bin_count);
    for (int32_t b = 0; b < city->bin_count; b++) {
        struct bin_choice *bin = &choice->bins[b];
        if (bin->reason <= REASON_OVERDUE && bin->risk > city->overflow_probability_max)
            bin->reason = REASON_RISK;
        if (bin->reason == REASON_RISK || bin->reason == REASON_OVERDUE)
            queue[count++] = (struct due){bin->risk, b};
        else if (choice_mandatory(bin->reason))
            capacity_take(&capacity, b, choice_expected_kg(city, forecast, b, choice->day));
    }
    qsort(queue, (size_t)count, sizeof *queue, compare_due);
    for (int32_t k = 0; k < count; k++) {
        int32_t b = queue[k].bin;
        if (capacity_take(&capacity, b, choice_expected_kg(city, forecast, b, choice->day))) continue;
        choice->bins[b].reason = REASON_DEFERRED;
        choice->deferred_count++;
    }
done:
    return rc;
}

/* Prizes of the bins that are not mandatory; those worth less than a cent are no candidates. */
static void set_prizes(const struct city *city, struct choice *choice)
{
    for (int32_t b = 0; b < city->bin_count; b++) {
        struct bin_choice *bin = &choice->bins[b];
        if (choice_mandatory(bin->reason)) {
            choice->mandatory_count++;
            continue;
        }
        bin->prize = bin->saved_risk > 0 ? (money)((double)city->overflow_cost * bin->saved_risk) : 0;
        if (bin->prize < CHOICE_PRIZE_MIN) bin->prize = 0;
        if (bin->reason == REASON_NONE && bin->prize > 0) bin->reason = REASON_PRIZE;
        choice->optional_count += bin->reason != REASON_NONE;
    }
}

error_code choice_make(const struct city *city, const struct fill_forecast *forecast, day_number day,
                       struct arena *arena, struct choice *choice, struct error *error)
{
    error_code rc = ERROR_NONE;
    day_number *came;
    bool *asked;
    day_number horizon_end = forecast->first_day + forecast->days;
    *choice = (struct choice){
        .day = day, .next_chance = next_chance_after(city, day, horizon_end), .bin_count = city->bin_count};
    day_number chance_after = next_chance_after(city, choice->next_chance, horizon_end);
    TRY_NEW(arena, choice->bins, city->bin_count);
    TRY(practice_days(city, day, arena, &came, error));
    TRY(requested_bins(city, forecast, day, arena, &asked, error));
    for (int32_t b = 0; b < city->bin_count; b++) {
        struct bin_choice *bin = &choice->bins[b];
        day_number emptied = came[b];
        int32_t second;
        if (forecast->bins[b].last_emptied != INT64_MIN)
            zone_local(city->zone, forecast->bins[b].last_emptied, &emptied, &second);
        bin->days_since = emptied == INT32_MIN ? (double)NAN : (double)(day - emptied);
        bin->risk = risk_before(forecast, b, choice->next_chance);
        bin->saved_risk = risk_before(forecast, b, chance_after) -
                          forecast_overflow_if_emptied(forecast, city, b, day, chance_after);
        bin->reason = reason_to_come(city, &city->bins[b], &forecast->bins[b], asked[b], emptied, choice);
    }
    TRY(ration(city, forecast, arena, choice, error));
    set_prizes(city, choice);
done:
    return rc;
}
