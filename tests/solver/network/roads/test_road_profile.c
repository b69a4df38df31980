/* What a profile lets a vehicle do on one way. */
#include "solver/network/roads/road_profile.h"

#include "tests/support/test.h"

static const struct road_profile *car(void)
{
    return road_profile_named("car");
}

static const struct road_profile *truck(void)
{
    return road_profile_named("truck");
}

static struct road_way street(road_class class)
{
    return (struct road_way){.class = (uint8_t) class, .name = -1};
}

static void named(void **state)
{
    (void)state;
    for (int32_t p = 0; p < ROAD_PROFILES; p++)
        assert_ptr_equal(road_profile_named(road_profiles[p].name), &road_profiles[p]);
    assert_null(road_profile_named("bicycle"));
    assert_null(road_profile_named(""));
}

/* The law's limits for heavy vehicles, every class used, heavier never faster, better roads never slower. */
static void table_is_sensible(void **state)
{
    (void)state;
    for (int32_t p = 0; p < ROAD_PROFILES; p++) {
        const struct road_profile *profile = &road_profiles[p];
        const bool heavy = profile->weight_kg > 3500;
        assert_int_equal(heavy, profile->vehicle == ROAD_TRUCK);
        assert_int_equal(profile->u_turns, heavy ? U_TURNS_AT_TURNING_PLACES : U_TURNS_ANYWHERE);
        assert_true(profile->limit_share > 0 && profile->limit_share <= 1);
        assert_true(profile->across_ms >= profile->aside_ms && profile->aside_ms >= profile->ahead_ms);
        for (int32_t c = 0; c < ROAD_CLASSES; c++) {
            assert_true(profile->speed_kmh[c] > 0 && profile->speed_kmh[c] <= car()->speed_kmh[c]);
            assert_true(profile->speed_kmh[c] >= truck()->speed_kmh[c]);
            assert_true(!heavy || profile->speed_kmh[c] <= (c == ROAD_MOTORWAY ? 90 : 80));
        }
        for (int32_t c = ROAD_MOTORWAY; c + 2 <= ROAD_TERTIARY; c += 2) {
            assert_true(profile->speed_kmh[c] >= profile->speed_kmh[c + 2]);
            assert_true(profile->speed_kmh[c] >= profile->speed_kmh[c + 1]);
        }
    }
}

static void access(void **state)
{
    (void)state;
    struct road_profile guest = *truck(), owner = *truck();
    owner.enters_private = true;
    struct road_way way = street(ROAD_RESIDENTIAL);
    const bool enters[][2] = {[ROAD_OPEN] = {true, true},
                              [ROAD_TO_DESTINATION] = {true, true},
                              [ROAD_PRIVATE] = {false, true},
                              [ROAD_CLOSED] = {false, false}};
    for (int32_t a = ROAD_OPEN; a <= ROAD_CLOSED; a++) {
        way.access[ROAD_TRUCK][1] = (uint8_t)a;
        assert_int_equal(road_profile_speed_kmh(&guest, &way, 1) > 0, enters[a][0]);
        assert_int_equal(road_profile_speed_kmh(&owner, &way, 1) > 0, enters[a][1]);
        assert_int_equal(road_profile_enters(&guest, (road_access)a), enters[a][0]);
        assert_true(road_profile_speed_kmh(&guest, &way, 0) > 0);
        assert_true(road_profile_speed_kmh(car(), &way, 1) > 0);
    }
}

static void class_not_used(void **state)
{
    (void)state;
    struct road_profile profile = *car();
    profile.speed_kmh[ROAD_TRACK] = 0;
    struct road_way way = street(ROAD_TRACK);
    way.limit_kmh[0] = 30;
    assert_int_equal(road_profile_speed_kmh(&profile, &way, 0), 0);
}

static void limits(void **state)
{
    (void)state;
    struct road_profile profile = *truck();
    profile.speed_kmh[ROAD_PRIMARY] = 60;
    profile.limit_share = 0.9;
    static const struct {
        uint8_t limit, truck_limit;
        int32_t truck, car;
    } cases[] = {{0, 0, 60, 60},  {130, 0, 60, 60}, {50, 0, 45, 45}, {50, 30, 27, 45},
                 {0, 30, 27, 60}, {30, 50, 27, 27}, {1, 0, 1, 1},    {5, 0, 5, 5}};
    for (size_t c = 0; c < COUNT_OF(cases); c++) {
        struct road_way way = street(ROAD_PRIMARY);
        way.limit_kmh[1] = cases[c].limit;
        way.truck_limit_kmh = cases[c].truck_limit;
        profile.weight_kg = 3500;
        assert_int_equal(road_profile_speed_kmh(&profile, &way, 1), cases[c].truck);
        profile.weight_kg = 3499;
        assert_int_equal(road_profile_speed_kmh(&profile, &way, 1), cases[c].car);
    }
}

static void dimensions(void **state)
{
    (void)state;
    const struct road_profile *profile = truck();
    struct road_way way = street(ROAD_TERTIARY);
    way.height_cm = (uint16_t)profile->height_cm;
    way.width_cm = (uint16_t)profile->width_cm;
    way.weight_kg = profile->weight_kg;
    way.axle_kg = profile->axle_kg;
    assert_true(road_profile_speed_kmh(profile, &way, 0) > 0);
    struct road_way low = way, narrow = way, light = way, soft = way;
    low.height_cm--;
    narrow.width_cm--;
    light.weight_kg--;
    soft.axle_kg--;
    const struct road_way *refused[] = {&low, &narrow, &light, &soft};
    for (size_t r = 0; r < COUNT_OF(refused); r++) {
        assert_int_equal(road_profile_speed_kmh(profile, refused[r], 0), 0);
        assert_true(road_profile_speed_kmh(car(), refused[r], 0) > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(named),  cmocka_unit_test(table_is_sensible),
        cmocka_unit_test(access), cmocka_unit_test(class_not_used),
        cmocka_unit_test(limits), cmocka_unit_test(dimensions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
