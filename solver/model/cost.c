#include "solver/model/cost.h"

#include <assert.h>

static const char *const NAMES[COST_PART_COUNT] = {
    [COST_FIXED] = "fixed",       [COST_WORK] = "work",           [COST_OVERTIME] = "overtime",
    [COST_DISTANCE] = "distance", [COST_FUEL] = "fuel",           [COST_CARBON] = "carbon",
    [COST_FEES] = "fees",         [COST_PRIZES] = "prizes",       [COST_STABILITY] = "stability",
    [COST_OVERLAP] = "overlap",   [COST_IMBALANCE] = "imbalance",
};

const char *cost_part_name(cost_part part)
{
    assert((int)part >= 0 && part < COST_PART_COUNT);
    return NAMES[part];
}
