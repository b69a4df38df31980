/* Staffing on a small service that can be checked by hand: who counts and why, the absence model, the rest
 * that contracts imply, the gap and the risk. */
#include "solver/staff/absence.h"
#include "solver/staff/availability.h"
#include "solver/staff/staffing.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { MONDAY = 20780 }; /* 2026-11-23 */

static void assert_near(double found, double expected)
{
    assert_true(fabs(found - expected) <= 1e-9 * fmax(1, fabs(expected)));
}

/* A city of agents alone, with a truck that works from Monday to Friday. */
struct service {
    struct city city;
    struct city_vehicle vehicle;
    struct agent agents[32];
    struct period absences[64], leave[64];
    struct arena arena;
};

static void begin(struct service *service)
{
    *service = (struct service){0};
    service->vehicle = (struct city_vehicle){.id = "T", .weekdays = 0x1f};
    service->city.vehicles = &service->vehicle;
    service->city.vehicle_count = 1;
    service->city.agents = service->agents;
    service->city.absences = service->absences;
    service->city.leave = service->leave;
    arena_init(&service->arena);
}

static struct agent *hire(struct service *service, agent_role role)
{
    struct agent *agent = &service->agents[service->city.agent_count++];
    *agent = (struct agent){.id = "A",
                            .role = role,
                            .service_start = MONDAY - 5000,
                            .weekly_hours = 35,
                            .work_share = 1,
                            .licence_until = INT32_MAX,
                            .absences = {service->city.absence_count, 0},
                            .leave = {service->city.leave_count, 0}};
    return agent;
}

/* For the agent hired last. */
static void absent(struct service *service, day_number start, day_number end)
{
    struct agent *agent = &service->agents[service->city.agent_count - 1];
    service->absences[service->city.absence_count++] = (struct period){.start = start, .end = end};
    agent->absences.count++;
}

static void on_leave(struct service *service, day_number start, day_number end)
{
    struct agent *agent = &service->agents[service->city.agent_count - 1];
    service->leave[service->city.leave_count++] = (struct period){.start = start, .end = end};
    agent->leave.count++;
}

/* ---- Availability -------------------------------------------------------------------------------------- */

static void test_reasons(void **state)
{
    (void)state;
    struct service s;
    begin(&s);
    hire(&s, ROLE_DRIVER);
    absent(&s, MONDAY - 3, MONDAY); /* the last day counts */
    hire(&s, ROLE_DRIVER);
    absent(&s, MONDAY - 3, MONDAY - 1);
    hire(&s, ROLE_LOADER);
    absent(&s, MONDAY - 300, INT32_MAX); /* no known end */
    hire(&s, ROLE_LOADER);
    absent(&s, MONDAY + 1, MONDAY + 9);
    hire(&s, ROLE_LOADER);
    on_leave(&s, MONDAY, MONDAY + 4);
    hire(&s, ROLE_DRIVER)->licence_until = MONDAY - 1;
    hire(&s, ROLE_DRIVER)->licence_until = MONDAY;     /* still valid on its last day */
    hire(&s, ROLE_LOADER)->licence_until = MONDAY - 1; /* needs none */
    hire(&s, ROLE_OTHER);
    const unavailable_reason expected[] = {UNAVAILABLE_ABSENCE, AVAILABLE,         UNAVAILABLE_ABSENCE,
                                           AVAILABLE,           UNAVAILABLE_LEAVE, UNAVAILABLE_LICENCE,
                                           AVAILABLE,           AVAILABLE,         UNAVAILABLE_ROLE};
    struct availability found;
    assert_int_equal(availability_assess(&s.city, MONDAY, 7, &s.arena, &found, NULL), ERROR_NONE);
    for (int32_t a = 0; a < 9; a++) assert_int_equal(found.reasons[a], expected[a]);
    assert_int_equal(found.present[GROUP_DRIVERS], 2);
    assert_int_equal(found.present[GROUP_UNLICENSED], 1);
    assert_int_equal(found.present[GROUP_LOADERS], 2);
    arena_free(&s.arena);
}

/* 35 h a week at 8.75 h a day are 4 of 5 served days; at 80 %, 3.2 of 5: 0.2 + 0.36 × 2 = 0.92 rest. */
static void test_rest_from_contracts(void **state)
{
    (void)state;
    struct service s;
    begin(&s);
    hire(&s, ROLE_DRIVER);
    hire(&s, ROLE_DRIVER)->work_share = 0.8;
    hire(&s, ROLE_DRIVER)->work_share = 0.8;
    hire(&s, ROLE_LOADER)->weekly_hours = 0; /* unknown */
    struct availability found;
    assert_int_equal(availability_assess(&s.city, MONDAY + 2, 8.75, &s.arena, &found, NULL), ERROR_NONE);
    assert_near(found.duty[0], 0.8);
    assert_near(found.duty[1], 0.64);
    assert_near(found.duty[3], 1);
    assert_int_equal(found.resting[GROUP_DRIVERS], 1);
    assert_int_equal(found.resting[GROUP_LOADERS], 0);
    assert_int_equal(availability_assess(&s.city, MONDAY, 5, &s.arena, &found, NULL), ERROR_NONE);
    assert_near(found.duty[0], 1); /* 7 days of 5 hours, of 5 served */
    assert_int_equal(availability_assess(&s.city, MONDAY, 0, &s.arena, &found, NULL), ERROR_NONE);
    assert_near(found.duty[1], 1);
    arena_free(&s.arena);
}

/* ---- Absence ------------------------------------------------------------------------------------------- */

/* One loader, one year: 73 days absent in two spells, one of which is two rows that touch, and 20 days of
 * leave. A prior of one agent-year of 10 % and 36.5 days. */
static void test_absence_by_hand(void **state)
{
    (void)state;
    struct service s;
    begin(&s);
    hire(&s, ROLE_LOADER);
    absent(&s, MONDAY - 400, MONDAY - 346); /* 20 days within the year: −365 … −346 */
    absent(&s, MONDAY - 100, MONDAY - 81);
    absent(&s, MONDAY - 80, MONDAY - 51);
    absent(&s, MONDAY - 55, MONDAY - 48); /* overlaps by 5: 3 more days, the same spell */
    absent(&s, MONDAY + 5, MONDAY + 6);   /* later: not known yet as far as the estimate goes */
    on_leave(&s, MONDAY - 30, MONDAY - 11);
    hire(&s, ROLE_DRIVER);
    absent(&s, MONDAY - 365, MONDAY - 1); /* another role: no matter */
    const struct absence_prior prior = {0.1, 36.5, 1};
    const struct absence_estimate found = absence_estimate_role(&s.city, ROLE_LOADER, MONDAY, &prior);
    assert_near(found.prevalence, (73 + 36.5) / (345 + 365));
    assert_near(found.mean_days, (73 + 36.5) / (2 + 1));
    assert_int_equal(found.days_since_record, 55);
    arena_free(&s.arena);
}

static void test_nothing_recorded_is_the_prior(void **state)
{
    (void)state;
    struct service s;
    begin(&s);
    hire(&s, ROLE_LOADER);
    absent(&s, MONDAY, MONDAY + 3); /* begins on the day: not a record of the past */
    const struct absence_estimate found =
        absence_estimate_role(&s.city, ROLE_LOADER, MONDAY, &ABSENCE_PRIOR_NATIONAL);
    assert_near(found.prevalence, 0.096);
    assert_near(found.mean_days, 23);
    assert_near(absence_probability(&found), 0.096);
    arena_free(&s.arena);
}

static void test_new_agents_count_from_their_first_day(void **state)
{
    (void)state;
    struct service s;
    begin(&s);
    hire(&s, ROLE_LOADER)->service_start = MONDAY - 100;
    absent(&s, MONDAY - 10, MONDAY - 1);
    hire(&s, ROLE_LOADER)->service_start = MONDAY + 10;
    const struct absence_prior none = {0.1, 10, 0};
    const struct absence_estimate found = absence_estimate_role(&s.city, ROLE_LOADER, MONDAY, &none);
    assert_near(found.prevalence, 0.1);
    assert_near(found.mean_days, 10);
    arena_free(&s.arena);
}

/* Against the two-state chain stepped day by day: absent with the odds of a start, back with those of an end.
 */
static void test_probability_is_that_of_the_chain(void **state)
{
    (void)state;
    const double prevalence = 0.12, mean_days = 20;
    const double end = 1 / mean_days, start = prevalence * end / (1 - prevalence);
    double absent_now = 0;
    for (int32_t days = 1; days <= 400; days++) {
        absent_now = absent_now * (1 - end) + (1 - absent_now) * start;
        const struct absence_estimate estimate = {prevalence, mean_days, days};
        assert_near(absence_probability(&estimate), absent_now);
        if (days == 1) assert_near(absent_now, start);
    }
    assert_true(fabs(absent_now - prevalence) < 1e-9);
}

/* ---- The whole ----------------------------------------------------------------------------------------- */

/* Two trucks of 7 h with two loaders each: 2 drivers' and 4 loaders' posts. Four drivers, one absent and one
 * without licence; two loaders. Rest: none, at 5 days of 7 h. Absence: nobody else's record; p by the prior
 * mixed in is read back from the result. */
static void test_a_night_by_hand(void **state)
{
    (void)state;
    struct service s;
    begin(&s);
    hire(&s, ROLE_DRIVER);
    hire(&s, ROLE_DRIVER);
    hire(&s, ROLE_DRIVER);
    hire(&s, ROLE_DRIVER);
    absent(&s, MONDAY - 1, MONDAY + 1);
    hire(&s, ROLE_DRIVER)->licence_until = MONDAY - 1;
    hire(&s, ROLE_LOADER);
    hire(&s, ROLE_LOADER);
    hire(&s, ROLE_OTHER);
    const struct crew_need needs[] = {{.vehicle = 0, .work_s = 7 * 3600, .posts = {1, 2}},
                                      {.vehicle = 0, .work_s = 7 * 3600, .posts = {1, 2}}};
    struct staffing found;
    assert_int_equal(staffing_assess(&s.city, MONDAY, needs, 2, &s.arena, &found, NULL), ERROR_NONE);
    assert_true(found.known);
    assert_int_equal(found.day, MONDAY);
    const struct role_staffing *drivers = &found.roles[ROLE_DRIVER], *loaders = &found.roles[ROLE_LOADER];
    assert_int_equal(drivers->posts, 2);
    assert_int_equal(loaders->posts, 4);
    assert_near(drivers->hours, 14);
    assert_near(loaders->hours, 28);
    assert_int_equal(drivers->agents, 5);
    assert_int_equal(loaders->agents, 2);
    assert_int_equal(drivers->available, 3);
    assert_int_equal(drivers->unavailable[AVAILABLE], 3);
    assert_int_equal(drivers->unavailable[UNAVAILABLE_ABSENCE], 1);
    assert_int_equal(drivers->unavailable[UNAVAILABLE_LICENCE], 1);
    assert_int_equal(drivers->unavailable[UNAVAILABLE_REST], 0);
    assert_int_equal(drivers->assigned, 2);
    assert_int_equal(drivers->gap, 0);
    assert_int_equal(loaders->assigned, 4); /* two loaders, the third driver, the one without licence */
    assert_int_equal(loaders->gap, 0);
    /* Recorded a day ago: p is the chance of one day. */
    const double p = drivers->absence_probability, q = loaders->absence_probability;
    assert_true(p > 0.001 && p < 0.02 && q > 0.001 && q < 0.02);
    const double two_or_three_gone = 3 * p * p * (1 - p) + p * p * p;
    assert_near(drivers->shortage_probability, two_or_three_gone);
    assert_near(loaders->shortage_probability, 1 - pow(1 - p, 4) * pow(1 - q, 2)); /* all six are needed */
    assert_near(found.presence[0], 1 - p);
    assert_near(found.presence[3], 0);
    assert_near(found.presence[4], 1 - p);
    assert_near(found.presence[5], 1 - q);
    assert_near(found.presence[7], 0);
    assert_int_equal(found.agents[4], UNAVAILABLE_LICENCE);
    arena_free(&s.arena);
}

static void test_gap_and_rest(void **state)
{
    (void)state;
    struct service s;
    begin(&s);
    for (int32_t a = 0; a < 5; a++) hire(&s, ROLE_DRIVER);
    const struct crew_need need = {.work_s = 35 * 900, .posts = {4, 3}}; /* 8.75 h: one in five rests */
    struct staffing found;
    assert_int_equal(staffing_assess(&s.city, MONDAY, &need, 1, &s.arena, &found, NULL), ERROR_NONE);
    assert_int_equal(found.roles[ROLE_DRIVER].available, 4);
    assert_int_equal(found.roles[ROLE_DRIVER].unavailable[UNAVAILABLE_REST], 1);
    assert_int_equal(found.roles[ROLE_DRIVER].gap, 0);
    assert_int_equal(found.roles[ROLE_LOADER].gap, 3);
    assert_near(found.roles[ROLE_LOADER].shortage_probability, 1);
    assert_near(found.roles[ROLE_DRIVER].shortage_probability, 1 - pow(1 - 0.096, 4)); /* no record: 9.6 % */
    assert_near(found.presence[0], 0.8 * (1 - 0.096));
    arena_free(&s.arena);
}

static void test_without_agents_only_the_need(void **state)
{
    (void)state;
    struct service s;
    begin(&s);
    const struct crew_need need = {.work_s = 3600, .posts = {1, 2}};
    struct staffing found;
    assert_int_equal(staffing_assess(&s.city, MONDAY, &need, 1, &s.arena, &found, NULL), ERROR_NONE);
    assert_false(found.known);
    assert_int_equal(found.roles[ROLE_LOADER].posts, 2);
    assert_near(found.roles[ROLE_LOADER].hours, 2);
    arena_free(&s.arena);
}

static void test_without_needs(void **state)
{
    (void)state;
    struct service s;
    begin(&s);
    hire(&s, ROLE_DRIVER);
    struct staffing found;
    assert_int_equal(staffing_assess(&s.city, MONDAY, NULL, 0, &s.arena, &found, NULL), ERROR_NONE);
    assert_int_equal(found.roles[ROLE_DRIVER].available, 1);
    assert_int_equal(found.roles[ROLE_DRIVER].gap, 0);
    assert_true(found.roles[ROLE_DRIVER].shortage_probability == 0);
    assert_true(found.roles[ROLE_LOADER].shortage_probability == 0);
    arena_free(&s.arena);
}

static void test_failing_allocations(void **state)
{
    (void)state;
    const struct crew_need need = {.work_s = 7 * 3600, .posts = {1, 1}};
    int32_t failures = 0;
    for (int64_t n = 1; n < 200; n++) {
        struct service s;
        begin(&s);
        hire(&s, ROLE_DRIVER);
        hire(&s, ROLE_LOADER);
        struct staffing found;
        arena_fail_after(n);
        const error_code rc = staffing_assess(&s.city, MONDAY, &need, 1, &s.arena, &found, NULL);
        arena_fail_after(0);
        arena_free(&s.arena);
        if (rc == ERROR_NONE) break;
        assert_int_equal(rc, ERROR_MEMORY);
        failures++;
    }
    assert_true(failures >= 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reasons),
        cmocka_unit_test(test_rest_from_contracts),
        cmocka_unit_test(test_absence_by_hand),
        cmocka_unit_test(test_nothing_recorded_is_the_prior),
        cmocka_unit_test(test_new_agents_count_from_their_first_day),
        cmocka_unit_test(test_probability_is_that_of_the_chain),
        cmocka_unit_test(test_a_night_by_hand),
        cmocka_unit_test(test_gap_and_rest),
        cmocka_unit_test(test_without_agents_only_the_need),
        cmocka_unit_test(test_without_needs),
        cmocka_unit_test(test_failing_allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
