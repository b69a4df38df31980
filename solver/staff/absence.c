#include "solver/staff/absence.h"

#include <math.h>

enum { YEAR_DAYS = 365 };

/* prevalence: 9.6 % of working time in 2023, French local government (shared with sedentary trades: refuse
 *   collectors are rather above, 11.5 to 13.9 % in Paris 2008–2019).
 * mean_days: 46 % of ordinary stops last at most 7 days and make 7 % of the days lost; at some 3.5 days each
 *   the mean of all is 0.46 × 3.5 / 0.07 = 23.
 * agent_years: services differ by some 2.5 points around the national figure; a beta distribution of that
 *   spread weighs 0.096 × 0.904 / 0.025² = 139 independent observations. A year of one agent makes at most
 *   365 / (2 × 21) = 9 of them, since an absence lasts (the chain forgets in D (1 − π) = 21 days), and about
 *   half that, since most days lost are in long absences: 30 years. */
const struct absence_prior ABSENCE_PRIOR_NATIONAL = {0.096, 23, 30};

static int32_t overlap_days(day_number start, day_number end, day_number from, day_number to)
{
    const day_number first = start > from ? start : from, last = end < to ? end : to;
    return last >= first ? last - first + 1 : 0;
}

struct tally {
    int64_t days, absent_days, spells;
};

/* One agent's year, from … to: his absences are sorted by start. */
static void tally_agent(const struct city *city, const struct agent *agent, day_number from, day_number to,
                        struct tally *tally)
{
    if (agent->service_start > from) from = agent->service_start;
    if (from > to) return;
    int64_t leave_days = 0;
    for (int32_t i = 0; i < agent->leave.count; i++) {
        const struct period *leave = &city->leave[agent->leave.first + i];
        leave_days += overlap_days(leave->start, leave->end, from, to);
    }
    const int64_t days = (int64_t)to - from + 1;
    tally->days += leave_days < days ? days - leave_days : 0;
    day_number covered = from - 1; /* the last day counted as absent, or before the first */
    bool in_spell = false;
    for (int32_t i = 0; i < agent->absences.count; i++) {
        const struct period *absence = &city->absences[agent->absences.first + i];
        const day_number start = absence->start > covered ? absence->start : covered + 1;
        const int32_t absent = overlap_days(start, absence->end, from, to);
        if (absent == 0) continue;
        if (!in_spell || start > covered + 1) tally->spells++;
        in_spell = true;
        tally->absent_days += absent;
        covered = absence->end < to ? absence->end : to;
    }
}

static int32_t days_since_record(const struct city *city, day_number day)
{
    day_number last = INT32_MIN;
    for (int32_t i = 0; i < city->absence_count; i++)
        if (city->absences[i].start < day && city->absences[i].start > last) last = city->absences[i].start;
    return last == INT32_MIN ? INT32_MAX : day - last;
}

struct absence_estimate absence_estimate_role(const struct city *city, agent_role role, day_number day,
                                              const struct absence_prior *prior)
{
    struct tally tally = {0};
    for (int32_t a = 0; a < city->agent_count; a++)
        if (city->agents[a].role == role)
            tally_agent(city, &city->agents[a], day - YEAR_DAYS, day - 1, &tally);
    const int32_t since = days_since_record(city, day);
    if (since == INT32_MAX) tally = (struct tally){0}; /* no record is not a year without absence */
    const double prior_days = YEAR_DAYS * prior->agent_years;
    const double absent_days = (double)tally.absent_days + prior_days * prior->prevalence;
    const double spells = (double)tally.spells + prior_days * prior->prevalence / prior->mean_days;
    const double days = fmax((double)tally.days, (double)tally.absent_days) + prior_days;
    return (struct absence_estimate){absent_days / days, absent_days / spells, since};
}

double absence_probability(const struct absence_estimate *estimate)
{
    const double prevalence = estimate->prevalence;
    const double stay = fmax(0, 1 - 1 / (estimate->mean_days * (1 - prevalence)));
    return prevalence * (1 - pow(stay, estimate->days_since_record));
}

bool period_covers(const struct period *periods, struct span span, day_number day)
{
    for (int32_t i = span.first; i < span.first + span.count; i++)
        if (periods[i].start <= day && day <= periods[i].end) return true;
    return false;
}
