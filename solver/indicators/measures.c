#include "solver/indicators/measures.h"

#include <math.h>

static const double M_PER_KM = 1000, KG_PER_T = 1000, S_PER_H = 3600;

static double ratio(double above, double below)
{
    return below > 0 ? above / below : (double)NAN;
}

/* ---- Service ------------------------------------------------------------------------------------------- */

bool measure_served(const struct driven *driven, int32_t bin)
{
    const int32_t stop = driven->problem->stop_of_bin[bin];
    return stop >= 0 && driven->report->stop_route[stop] >= 0;
}

double measure_risk_left(const struct driven *driven, int32_t bin)
{
    const struct choice *choice = driven->choice;
    if (!measure_served(driven, bin)) return choice->bins[bin].risk;
    return choice_risk_if_emptied(driven->city, driven->forecast, choice, bin);
}

double measure_bins_emptied(const struct driven *driven)
{
    double count = 0;
    for (int32_t b = 0; b < driven->city->bin_count; b++) count += measure_served(driven, b);
    return count;
}

double measure_stops_changed(const struct driven *driven)
{
    return driven->problem->instance.reference != NULL ? driven->report->changed : (double)NAN;
}

double measure_pairs_split(const struct driven *driven)
{
    return driven->problem->instance.pair_count > 0 ? driven->report->pairs_split : (double)NAN;
}

static double collected_kg(const struct driven *driven)
{
    double sum = 0;
    for (int32_t r = 0; r < driven->plan->route_count; r++)
        sum += (double)driven->report->routes[r].collected_kg;
    return sum;
}

double measure_collected_t(const struct driven *driven)
{
    return collected_kg(driven) / KG_PER_T;
}

double measure_fill_at_emptying_percent(const struct driven *driven)
{
    double sum = 0, count = 0;
    for (int32_t b = 0; b < driven->city->bin_count; b++) {
        if (!measure_served(driven, b)) continue;
        sum += forecast_held(driven->forecast, b, driven->choice->day);
        count++;
    }
    return ratio(sum, count);
}

double measure_unserved_mandatory(const struct driven *driven)
{
    double count = 0;
    for (int32_t b = 0; b < driven->city->bin_count; b++)
        count += choice_mandatory(driven->choice->bins[b].reason) && !measure_served(driven, b);
    return count;
}

double measure_unserved_optional(const struct driven *driven)
{
    double count = 0;
    for (int32_t b = 0; b < driven->city->bin_count; b++)
        count += driven->choice->bins[b].reason == REASON_PRIZE && !measure_served(driven, b);
    return count;
}

double measure_expected_overflows(const struct driven *driven)
{
    double sum = 0;
    for (int32_t b = 0; b < driven->city->bin_count; b++) sum += measure_risk_left(driven, b);
    return sum;
}

double measure_bins_over_target(const struct driven *driven)
{
    double count = 0;
    for (int32_t b = 0; b < driven->city->bin_count; b++)
        count += measure_risk_left(driven, b) > driven->city->overflow_probability_max;
    return count;
}

double measure_fill_left_percent(const struct driven *driven)
{
    double sum = 0;
    for (int32_t b = 0; b < driven->city->bin_count; b++)
        sum += measure_served(driven, b) ? 0 : forecast_held(driven->forecast, b, driven->choice->day);
    return ratio(sum, driven->city->bin_count);
}

double measure_poorly_known_percent(const struct driven *driven)
{
    double poorly = 0, count = 0;
    for (int32_t b = 0; b < driven->city->bin_count; b++) {
        if (!measure_served(driven, b)) continue;
        const fill_source source = driven->forecast->bins[b].source;
        poorly += source == FILL_POOLED || source == FILL_PRIOR;
        count++;
    }
    return ratio(100 * poorly, count);
}

double measure_violations(const struct driven *driven)
{
    return driven->report->violation_count;
}

/* ---- Effort -------------------------------------------------------------------------------------------- */

double measure_distance_km(const struct driven *driven)
{
    double metres = 0;
    for (int32_t r = 0; r < driven->plan->route_count; r++)
        metres += (double)driven->report->routes[r].distance_m;
    return metres / M_PER_KM;
}

double measure_work_h(const struct driven *driven)
{
    double seconds = 0;
    for (int32_t r = 0; r < driven->plan->route_count; r++)
        seconds += (double)driven->report->routes[r].work_s;
    return seconds / S_PER_H;
}

double measure_driving_h(const struct driven *driven)
{
    double seconds = 0;
    for (int32_t r = 0; r < driven->plan->route_count; r++)
        seconds += (double)driven->report->routes[r].driving_s;
    return seconds / S_PER_H;
}

double measure_waiting_h(const struct driven *driven)
{
    double seconds = 0;
    for (int32_t r = 0; r < driven->plan->route_count; r++)
        seconds += (double)driven->report->routes[r].waiting_s;
    return seconds / S_PER_H;
}

double measure_overtime_h(const struct driven *driven)
{
    double seconds = 0;
    for (int32_t r = 0; r < driven->plan->route_count; r++)
        seconds += (double)driven->report->routes[r].overtime_s;
    return seconds / S_PER_H;
}

double measure_work_max_h(const struct driven *driven)
{
    double most = 0;
    for (int32_t r = 0; r < driven->plan->route_count; r++)
        most = fmax(most, (double)driven->report->routes[r].work_s);
    return most / S_PER_H;
}

double measure_work_spread_percent(const struct driven *driven)
{
    const int32_t count = driven->plan->route_count;
    double least = INFINITY;
    for (int32_t r = 0; r < count; r++)
        least = fmin(least, (double)driven->report->routes[r].work_s / S_PER_H);
    if (count < 2) return (double)NAN;
    return ratio(100 * (measure_work_max_h(driven) - least), measure_work_h(driven) / count);
}

double measure_vehicles(const struct driven *driven)
{
    return driven->plan->route_count;
}

double measure_trips(const struct driven *driven)
{
    double count = 0;
    for (int32_t r = 0; r < driven->plan->route_count; r++) count += driven->report->routes[r].trips;
    return count;
}

double measure_kg_per_km(const struct driven *driven)
{
    return ratio(collected_kg(driven), measure_distance_km(driven));
}

double measure_bins_per_h(const struct driven *driven)
{
    return ratio(measure_bins_emptied(driven), measure_work_h(driven));
}

/* ---- Money --------------------------------------------------------------------------------------------- */

static double in_units(money amount)
{
    return (double)amount / (double)MONEY_UNIT;
}

static double cost_part_of(const struct driven *driven, cost_part part)
{
    return in_units(driven->report->cost.parts[part]);
}

double measure_cost_fixed(const struct driven *driven)
{
    return cost_part_of(driven, COST_FIXED);
}

double measure_cost_work(const struct driven *driven)
{
    return cost_part_of(driven, COST_WORK);
}

double measure_cost_overtime(const struct driven *driven)
{
    return cost_part_of(driven, COST_OVERTIME);
}

double measure_cost_distance(const struct driven *driven)
{
    return cost_part_of(driven, COST_DISTANCE);
}

double measure_cost_fuel(const struct driven *driven)
{
    return cost_part_of(driven, COST_FUEL);
}

double measure_cost_carbon(const struct driven *driven)
{
    return cost_part_of(driven, COST_CARBON);
}

double measure_cost_fees(const struct driven *driven)
{
    return cost_part_of(driven, COST_FEES);
}

/* Prizes are no expense, and the practice has none: they stay out, and overflows have their own line. */
double measure_cost_total(const struct driven *driven)
{
    return in_units(cost_spent(&driven->report->cost));
}

double measure_cost_quality(const struct driven *driven)
{
    return in_units(cost_of_quality(&driven->report->cost));
}

double measure_cost_per_t(const struct driven *driven)
{
    return ratio(measure_cost_total(driven), measure_collected_t(driven));
}

double measure_cost_overflows(const struct driven *driven)
{
    return measure_expected_overflows(driven) * in_units(driven->city->overflow_cost);
}

double measure_cost_with_overflows(const struct driven *driven)
{
    return measure_cost_total(driven) + measure_cost_overflows(driven);
}

/* ---- Environment --------------------------------------------------------------------------------------- */

/* The city's vehicle of a route; NULL when the plan names one that does not exist. */
static const struct city_vehicle *vehicle_of_route(const struct driven *driven, int32_t route)
{
    const int32_t vehicle = driven->plan->routes[route].vehicle;
    if (vehicle < 0 || vehicle >= driven->problem->instance.vehicle_count) return NULL;
    return &driven->city->vehicles[driven->problem->vehicle_of[vehicle]];
}

/* NaN: unknown. */
static double factor_of(const struct driven *driven, const struct city_vehicle *vehicle)
{
    return vehicle->energy < 0 ? (double)NAN : driven->city->energies[vehicle->energy].kgco2e_per_litre;
}

static double route_litres(const struct driven *driven, int32_t route, const struct city_vehicle *vehicle)
{
    const struct checked_route *checked = &driven->report->routes[route];
    return vehicle->litres_per_km * (double)checked->distance_m / M_PER_KM +
           vehicle->litres_per_t * (double)checked->collected_kg / KG_PER_T;
}

double measure_fuel_l(const struct driven *driven)
{
    double litres = 0;
    for (int32_t r = 0; r < driven->plan->route_count; r++) {
        const struct city_vehicle *vehicle = vehicle_of_route(driven, r);
        if (vehicle != NULL) litres += route_litres(driven, r, vehicle);
    }
    return litres;
}

double measure_fuel_l_per_t(const struct driven *driven)
{
    return ratio(measure_fuel_l(driven), measure_collected_t(driven));
}

/* What the vehicles with a factor emit and carry, and how many have none. */
struct emissions {
    double kgco2e, tonnes;
    int32_t counted, left_out;
};

static struct emissions sum_emissions(const struct driven *driven)
{
    struct emissions sum = {0};
    for (int32_t r = 0; r < driven->plan->route_count; r++) {
        const struct city_vehicle *vehicle = vehicle_of_route(driven, r);
        if (vehicle == NULL) continue;
        const double factor = factor_of(driven, vehicle);
        if (isnan(factor)) {
            sum.left_out++;
            continue;
        }
        sum.counted++;
        sum.kgco2e += factor * route_litres(driven, r, vehicle);
        sum.tonnes += (double)driven->report->routes[r].collected_kg / KG_PER_T;
    }
    return sum;
}

double measure_emissions_kgco2e(const struct driven *driven)
{
    const struct emissions sum = sum_emissions(driven);
    return sum.counted == 0 && sum.left_out > 0 ? (double)NAN : sum.kgco2e;
}

double measure_emissions_kgco2e_per_t(const struct driven *driven)
{
    const struct emissions sum = sum_emissions(driven);
    return ratio(sum.kgco2e, sum.tonnes);
}

double measure_vehicles_without_factor(const struct driven *driven)
{
    return sum_emissions(driven).left_out;
}
