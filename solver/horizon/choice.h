/* Which bins tomorrow: the mandatory ones, the optional ones with a prize, and why.
 *
 * Mandatory: the bin is flagged; a resident asked; its fixed weekday is today; nobody watches its level and
 * its promised frequency would be broken by waiting (a bin with a working sensor is watched: the promise is
 * then kept by its risk, unless the city says frequency_always); the risk of overflow before the next chance
 * to serve is above the service target. When more bins are at risk or overdue than the day can carry
 * (capacity.h), the ones most at risk are mandatory and the others deferred: optional, at their prize, and
 * named as deferred. Optional: the rest, with a prize in money: the overflow cost times the risk, until the
 * chance after the next, that coming today takes away (today's truck spares tomorrow's a bin that would then
 * be at risk). Bins that would save less than a cent are left out.
 *
 * The next chance is the next day on which the city is served; a risk "before a chance" counts half of that
 * day. When no emptying of a bin is known, the last fixed round that should have come stands for it.
 * Ownership: the arena given. O(bins × (sites + log bins) + fixed visits + requests).
 */
#ifndef BENNE_HORIZON_CHOICE_H
#define BENNE_HORIZON_CHOICE_H

#include "solver/forecast/forecast.h"
#include "solver/model/city.h"

typedef enum choice_reason {
    REASON_NONE,     /* not a candidate today */
    REASON_PRIZE,    /* optional: worth it on the way */
    REASON_DEFERRED, /* optional: at risk or overdue, but more than the day can carry */
    REASON_RISK,     /* mandatory from here on */
    REASON_OVERDUE,
    REASON_FLAG, /* never deferred from here on */
    REASON_WEEKDAY,
    REASON_REQUEST,
    REASON_COUNT
} choice_reason;

struct bin_choice {
    choice_reason reason; /* the first that applies, in the order flag, request, weekday, risk, overdue */
    double risk;          /* probability of overflow before the next chance, if not served today */
    double saved_risk;    /* the risk that serving today takes away until the chance after that */
    double days_since;    /* since the last known emptying; NaN unknown */
    money prize;          /* 0 when mandatory or no candidate */
};

struct choice {
    day_number day, next_chance;
    int32_t bin_count;
    struct bin_choice *bins;
    int32_t mandatory_count, optional_count; /* deferred ones are optional */
    int32_t deferred_count;
};

static inline bool choice_mandatory(choice_reason reason)
{
    return reason >= REASON_RISK;
}

error_code choice_make(const struct city *city, const struct fill_forecast *forecast, day_number day,
                       struct arena *arena, struct choice *choice, struct error *error) ERROR_CHECKED;

/* Probability that a bin emptied today is full before the truck of the next chance comes. */
double choice_risk_if_emptied(const struct city *city, const struct fill_forecast *forecast,
                              const struct choice *choice, int32_t bin);

/* Kilograms that a bin is expected to hold at the end of the day, at most what fits in it. */
double choice_expected_kg(const struct city *city, const struct fill_forecast *forecast, int32_t bin,
                          day_number day);

/* "risk", "overdue" … as in stops.csv, and a sentence in the reader's language. */
const char *choice_reason_name(choice_reason reason);
const char *choice_reason_sentence(choice_reason reason);

#endif
