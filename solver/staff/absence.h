/* How likely is somebody of a role, not recorded as absent, to be absent on a day all the same?
 *
 * An agent is absent or not, day by day, as a chain of two states whose long-run share of absence is the
 * prevalence π and whose mean spell is D days. The record of absences is known up to some day; ℓ days later
 * somebody then at work is absent with probability
 *     p(ℓ) = π (1 − ρ^ℓ),   ρ = 1 − 1 / (D (1 − π))
 * the chance that a new absence begins, for ℓ = 1, up to π itself when nothing is recorded (ℓ infinite):
 * those recorded are taken out of the supply one by one, and must not be counted twice.
 *
 * π and D are those of the role over the year before the day, never of a person, and shrunk to the national
 * figures as if `agent_years` of an average service had been observed too:
 *     π = (absent days + 365 Y π0) / (days + 365 Y)      D = (absent days + 365 Y π0) / (spells + 365 Y π0 /
 * D0) Days count from the beginning of service, without planned leave; rows that touch or overlap are one
 * spell. The record is taken to reach to the last beginning of an absence before the day: a few days too
 * early in a small service, which errs on the careful side. O(rows of absence and leave).
 */
#ifndef BENNE_STAFF_ABSENCE_H
#define BENNE_STAFF_ABSENCE_H

#include "solver/model/city.h"

struct absence_prior {
    double prevalence, mean_days, agent_years;
};

/* French local government; see the source for where each comes from. */
extern const struct absence_prior ABSENCE_PRIOR_NATIONAL;

struct absence_estimate {
    double prevalence, mean_days;
    int32_t days_since_record; /* ℓ; INT32_MAX: nothing recorded */
};

struct absence_estimate absence_estimate_role(const struct city *city, agent_role role, day_number day,
                                              const struct absence_prior *prior);

double absence_probability(const struct absence_estimate *estimate);

/* Does a period of the span (into `periods`) cover the day? An unknown end is INT32_MAX: it covers. */
bool period_covers(const struct period *periods, struct span span, day_number day);

#endif
