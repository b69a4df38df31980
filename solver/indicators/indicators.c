#include "solver/indicators/indicators.h"

#include "solver/base/message.h"
#include "solver/indicators/measures.h"

#define INDICATOR(name, label, unit, better, decimals, value, formula)    \
    {                                                                     \
        (name), (label), (unit), (formula), (better), (decimals), (value) \
    }

const struct indicator INDICATORS[] = {
    INDICATOR("distance_km", N_("Distance driven"), "km", BETTER_LESS, 1, measure_distance_km,
              N_("sum over the routes of all legs from the depot back to the depot; compare it at the same "
                 "risk left (expected overflows) and at the same fill left in the city")),
    INDICATOR("work_h", N_("Working time"), "h", BETTER_LESS, 2, measure_work_h,
              N_("sum over the routes of the time from leaving to coming back, without the break; a route "
                 "counts once, whatever its crew")),
    INDICATOR("driving_h", N_("of which driving"), "h", BETTER_LESS, 2, measure_driving_h,
              N_("sum over the routes of the time between places")),
    INDICATOR("waiting_h", N_("of which waiting"), "h", BETTER_LESS, 2, measure_waiting_h,
              N_("sum over the routes of the time before a place opens")),
    INDICATOR("overtime_h", N_("of which overtime"), "h", BETTER_LESS, 2, measure_overtime_h,
              N_("sum over the routes of the work beyond the vehicle's threshold of overtime")),
    INDICATOR("work_max_h", N_("Longest route"), "h", BETTER_LESS, 2, measure_work_max_h,
              N_("the largest working time of a route")),
    INDICATOR("work_spread_percent", N_("Imbalance of the routes"), "%", BETTER_LESS, 1,
              measure_work_spread_percent,
              N_("difference between the longest and the shortest route, over the mean working time; unknown "
                 "for fewer than two routes")),
    INDICATOR("vehicles", N_("Vehicles used"), "", BETTER_LESS, 0, measure_vehicles,
              N_("number of routes: a vehicle has one a day")),
    INDICATOR("trips", N_("Trips"), "", BETTER_LESS, 0, measure_trips,
              N_("number of parts of routes that collect something and end with an unloading")),
    INDICATOR("stops", N_("Bins emptied"), "", BETTER_NEITHER, 0, measure_bins_emptied,
              N_("number of bins emptied; several bins of one place count one by one")),
    INDICATOR("collected_t", N_("Collected"), "t", BETTER_NEITHER, 2, measure_collected_t,
              N_("sum of the mass expected in the emptied bins at the end of the day: level times capacity "
                 "times mass "
                 "per litre")),
    INDICATOR("kg_per_km", N_("Collected per kilometre"), "kg/km", BETTER_MORE, 1, measure_kg_per_km,
              N_("mass collected over distance driven")),
    INDICATOR("bins_per_h", N_("Bins emptied per hour"), "1/h", BETTER_MORE, 1, measure_bins_per_h,
              N_("bins emptied over working time")),
    INDICATOR("fill_at_emptying_percent", N_("Fill at emptying"), "%", BETTER_MORE, 1,
              measure_fill_at_emptying_percent,
              N_("mean over the emptied bins of the level expected at the end of the day, at most 100 %")),
    INDICATOR(
        "fill_left_percent", N_("Fill left in the city"), "%", BETTER_LESS, 1, measure_fill_left_percent,
        N_("mean over all bins of the city of the level expected at the end of the day, 0 for an emptied "
           "bin: the work that is put off to the next days")),
    INDICATOR(
        "expected_overflows", N_("Expected overflows"), "", BETTER_LESS, 2, measure_expected_overflows,
        N_("sum over all bins of the city of the probability of being full before the truck of the next "
           "served day comes, given what is emptied today; the same forecast for plan and practice")),
    INDICATOR("bins_over_target", N_("Bins above the accepted risk"), "", BETTER_LESS, 0,
              measure_bins_over_target,
              N_("number of bins of the city left with a probability of overflow above the service target")),
    INDICATOR("unserved_mandatory", N_("Due bins not emptied"), "", BETTER_LESS, 0,
              measure_unserved_mandatory,
              N_("number of bins that had to be emptied today and are not; the same list for plan and "
                 "practice")),
    INDICATOR("unserved_optional", N_("Optional bins not emptied"), "", BETTER_NEITHER, 0,
              measure_unserved_optional,
              N_("number of bins that were worth emptying on the way today and are not; the same list for "
                 "plan and practice")),
    INDICATOR("poorly_known_percent", N_("Emptied on a guess"), "%", BETTER_NEITHER, 1,
              measure_poorly_known_percent,
              N_("share of the emptied bins whose level is estimated from similar bins or from their stream, "
                 "for want of data of their own")),
    INDICATOR("violations", N_("Rules broken"), "", BETTER_LESS, 0, measure_violations,
              N_("number of violations that the independent checker finds: overload, late, no break")),
    INDICATOR("cost_total", N_("Cost"), "EUR", BETTER_LESS, 2, measure_cost_total,
              N_("fixed, work, overtime, distance, fuel, carbon and fees; overflows apart")),
    INDICATOR("cost_fixed", N_("of which vehicles used"), "EUR", BETTER_LESS, 2, measure_cost_fixed,
              N_("sum of the fixed costs of the vehicles used")),
    INDICATOR(
        "cost_work", N_("of which work"), "EUR", BETTER_LESS, 2, measure_cost_work,
        N_("working time up to the threshold of overtime times hourly cost of the vehicle with its crew")),
    INDICATOR("cost_overtime", N_("of which overtime"), "EUR", BETTER_LESS, 2, measure_cost_overtime,
              N_("working time beyond the threshold times hourly cost of overtime")),
    INDICATOR("cost_distance", N_("of which distance"), "EUR", BETTER_LESS, 2, measure_cost_distance,
              N_("distance times cost per kilometre, fuel apart")),
    INDICATOR("cost_fuel", N_("of which fuel"), "EUR", BETTER_LESS, 2, measure_cost_fuel,
              N_("litres burnt times price of a litre")),
    INDICATOR(
        "cost_carbon", N_("of which carbon"), "EUR", BETTER_LESS, 2, measure_cost_carbon,
        N_("emissions times price of a tonne of carbon; nothing for vehicles without an emission factor")),
    INDICATOR("cost_fees", N_("of which disposal fees"), "EUR", BETTER_LESS, 2, measure_cost_fees,
              N_("mass unloaded times fee of the disposal site")),
    INDICATOR("cost_quality", N_("Price of quality"), "EUR", BETTER_LESS, 2, measure_cost_quality,
              N_("changes, torn neighbours and uneven work at the prices of the city, no expense")),
    INDICATOR("stops_changed", N_("Stops with another vehicle"), "", BETTER_LESS, 0, measure_stops_changed,
              N_("number of stops served by another vehicle than the reference gives them")),
    INDICATOR("pairs_split", N_("Neighbours emptied by two trucks"), "", BETTER_LESS, 0, measure_pairs_split,
              N_("number of pairs of near stops of one stream, both served, but by different vehicles")),
    INDICATOR("cost_per_t", N_("Cost per tonne"), "EUR", BETTER_LESS, 2, measure_cost_per_t,
              N_("cost over mass collected")),
    INDICATOR("cost_overflows", N_("Expected cost of overflows"), "EUR", BETTER_LESS, 2,
              measure_cost_overflows, N_("expected overflows times cost of an overflow")),
    INDICATOR("cost_with_overflows", N_("Cost with overflows"), "EUR", BETTER_LESS, 2,
              measure_cost_with_overflows,
              N_("cost and expected cost of overflows together: the sum that makes plans of different risk "
                 "comparable")),
    INDICATOR(
        "fuel_l", N_("Fuel"), "l", BETTER_LESS, 1, measure_fuel_l,
        N_("sum over the routes of distance times litres per kilometre and mass collected times litres per "
           "tonne, as the vehicles' data say")),
    INDICATOR("fuel_l_per_t", N_("Fuel per tonne"), "l/t", BETTER_LESS, 2, measure_fuel_l_per_t,
              N_("fuel over mass collected")),
    INDICATOR(
        "emissions_kgco2e", N_("Emissions"), "kgCO2e", BETTER_LESS, 1, measure_emissions_kgco2e,
        N_("litres times emission factor of the vehicle's energy; vehicles without a factor are left out "
           "and counted apart")),
    INDICATOR("emissions_kgco2e_per_t", N_("Emissions per tonne"), "kgCO2e/t", BETTER_LESS, 2,
              measure_emissions_kgco2e_per_t,
              N_("emissions over mass collected, both of the vehicles with an emission factor")),
    INDICATOR("vehicles_without_factor", N_("Vehicles without emission factor"), "", BETTER_LESS, 0,
              measure_vehicles_without_factor, N_("number of vehicles used that the emissions leave out")),
};

const int32_t INDICATOR_COUNT = (int32_t)(sizeof INDICATORS / sizeof *INDICATORS);

static error_code compute(const struct driven *driven, struct arena *arena, double **values,
                          struct error *error)
{
    error_code rc = ERROR_NONE;
    TRY_NEW(arena, *values, INDICATOR_COUNT);
    for (int32_t i = 0; i < INDICATOR_COUNT; i++) (*values)[i] = INDICATORS[i].value(driven);
done:
    return rc;
}

error_code indicators_compute(const struct night *night, struct arena *arena, struct indicator_values *values,
                              struct error *error)
{
    error_code rc = ERROR_NONE;
    struct driven driven = {.city = night->city,
                            .forecast = night->forecast,
                            .choice = night->choice,
                            .problem = night->problem,
                            .plan = night->plan,
                            .report = night->report};
    *values = (struct indicator_values){0};
    TRY(compute(&driven, arena, &values->plan, error));
    if (night->practice != NULL && night->practice->known) {
        driven.problem = &night->practice->problem;
        driven.plan = &night->practice->plan;
        driven.report = &night->practice->report;
        TRY(compute(&driven, arena, &values->practice, error));
    }
    if (night->matched != NULL && night->matched->known) {
        driven.problem = &night->matched->problem;
        driven.plan = &night->matched->plan;
        driven.report = &night->matched->report;
        TRY(compute(&driven, arena, &values->matched, error));
    }
done:
    return rc;
}
