/* Names and sentences of the checker's violations. */
#include "solver/base/message.h"
#include "solver/model/check.h"

#include <assert.h>

static const struct {
    const char *name, *sentence;
} VIOLATIONS[VIOLATION_KIND_COUNT] = {
    [VIOLATION_INDEX] = {"index", N_("a vehicle, stop or site that does not exist")},
    [VIOLATION_VEHICLE_TWICE] = {"vehicle_twice", N_("the vehicle has more than one route")},
    [VIOLATION_STOP_TWICE] = {"stop_twice", N_("the stop is visited more than once")},
    [VIOLATION_UNSERVED] = {"unserved", N_("a mandatory stop is not served")},
    [VIOLATION_STREAM] = {"stream", N_("no compartment of the vehicle takes this stream")},
    [VIOLATION_ACCESS] = {"access", N_("the vehicle lacks an access tag that the stop asks for")},
    [VIOLATION_SITE_STREAM] = {"site_stream", N_("the site takes nothing of what the truck carries")},
    [VIOLATION_CAPACITY_KG] = {"capacity_kg", N_("a compartment carries too many kilograms")},
    [VIOLATION_CAPACITY_L] = {"capacity_l", N_("a compartment carries too many litres")},
    [VIOLATION_DAY_LOAD_KG] = {"day_load_kg", N_("the vehicle collects too many kilograms in the day")},
    [VIOLATION_DAY_LOAD_L] = {"day_load_l", N_("the vehicle collects too many litres in the day")},
    [VIOLATION_NOT_EMPTY] = {"not_empty", N_("the truck comes home with a load")},
    [VIOLATION_UNREACHABLE] = {"unreachable", N_("there is no way between two places")},
    [VIOLATION_STOP_WINDOW] = {"stop_window", N_("the stop is reached after its last time window")},
    [VIOLATION_SITE_WINDOW] = {"site_window", N_("the disposal site is reached after it has closed")},
    [VIOLATION_RELEASE] = {"release", N_("the vehicle leaves before a stop of its first trip is released")},
    [VIOLATION_SHIFT_START] = {"shift_start", N_("the vehicle leaves before its shift")},
    [VIOLATION_SHIFT_END] = {"shift_end", N_("the vehicle is back after its shift")},
    [VIOLATION_MAX_WORK] = {"max_work", N_("the route is longer than the work allowed")},
    [VIOLATION_BREAK_MISSING] = {"break_missing", N_("the break that is due is not taken")},
    [VIOLATION_BREAK_TWICE] = {"break_twice", N_("a break that the vehicle does not have")},
    [VIOLATION_BREAK_WINDOW] = {"break_window", N_("the break begins after its window")},
    [VIOLATION_BREAK_LATE] = {"break_late", N_("the break begins too long after leaving")},
    [VIOLATION_MAX_STOPS] = {"max_stops", N_("the route has too many stops")},
    [VIOLATION_MAX_DISTANCE] = {"max_distance", N_("the route is too long")},
    [VIOLATION_SITE_LIMIT] = {"site_limit", N_("the disposal site receives more than it takes in a day")},
    [VIOLATION_LOCK_VEHICLE] = {"lock_vehicle", N_("the stop is locked to another vehicle")},
    [VIOLATION_LOCK_POSITION] = {"lock_position", N_("the stop is locked to another position of its route")},
    [VIOLATION_LOCK_SEQUENCE] = {"lock_sequence",
                                 N_("the stop is locked right behind another, which is not before it")},
};

const char *violation_name(violation_kind kind)
{
    assert((int)kind >= 0 && kind < VIOLATION_KIND_COUNT);
    return VIOLATIONS[kind].name;
}

const char *violation_sentence(violation_kind kind)
{
    assert((int)kind >= 0 && kind < VIOLATION_KIND_COUNT);
    return _(VIOLATIONS[kind].sentence);
}
