/* A night's work, whole: what was read, believed, chosen, driven, checked and staffed. The writers of io
 * take it; nothing here owns anything (the arenas of the run do). */
#ifndef BENNE_INDICATORS_NIGHT_H
#define BENNE_INDICATORS_NIGHT_H

#include "solver/forecast/forecast.h"
#include "solver/horizon/choice.h"
#include "solver/horizon/day.h"
#include "solver/horizon/matched.h"
#include "solver/horizon/practice.h"
#include "solver/model/check.h"
#include "solver/model/city.h"
#include "solver/routing/bound/bound.h"
#include "solver/staff/staffing.h"

struct night {
    const struct city *city;
    const struct fill_forecast *forecast;
    const struct choice *choice;
    const struct day_problem *problem;
    const struct plan *plan;
    const struct check_report *report;
    const struct practice *practice; /* practice->known may be false */
    const struct matched *matched;   /* NULL, or known false: nothing at equal service to show */
    const struct staffing *staffing;
    const struct bound_result *bound; /* NULL, or known false: none was asked for, or found */
};

#endif
