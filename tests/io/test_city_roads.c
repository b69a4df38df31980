/* network.osm and its profiles in city.json. */
#include "solver/network/roads/road_profile.h"
#include "tests/support/base_city.h"
#include "tests/support/city_folder.h"
#include "tests/support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *base_text(const char *name)
{
    for (size_t f = 0; f < COUNT_OF(base_city); f++)
        if (strcmp(base_city[f].name, name) == 0) return base_city[f].text;
    fail_msg("no %s", name);
    return NULL;
}

/* Reads the base city with another "network". */
static void read_with(struct city_folder *folder, const char *network)
{
    const char *text = base_text("city.json"), *key = "\"network\": {";
    const char *begin = strstr(text, key), *end = begin + strlen(key);
    assert_non_null(begin);
    for (int depth = 1; depth > 0; end++) depth += (*end == '{') - (*end == '}');
    char *made = malloc(strlen(text) + strlen(network) + 64);
    assert_non_null(made);
    const int length = sprintf(made, "%.*s\"network\": %s%s", (int)(begin - text), text, network, end);
    city_folder_put(folder, "city.json", made, (size_t)length);
    free(made);
    city_folder_read(folder);
}

static const struct road_profile *profile_of(const struct city_folder *folder, const char *name)
{
    for (int32_t p = 0; p < folder->city.profile_count; p++)
        if (strcmp(folder->city.profiles[p].name, name) == 0) return &folder->city.road_profiles[p];
    fail_msg("no profile %s", name);
    return NULL;
}

static void without_profiles_vehicles_are_trucks(void **state)
{
    (void)state;
    struct city_folder folder;
    city_folder_make(&folder);
    read_with(&folder, "{\"osm\": \"town.osm\", \"profiles\": {\"light\": {}}}");
    if (folder.code != ERROR_NONE) city_folder_print(&folder);
    assert_int_equal(folder.code, ERROR_NONE);
    assert_int_equal(folder.city.network, NETWORK_OSM);
    assert_string_equal(folder.city.network_file, "town.osm");
    assert_string_equal(folder.city.profiles[0].name, "default");
    assert_int_equal(folder.city.profile_count, 2 + ROAD_PROFILES);
    assert_int_equal(profile_of(&folder, "default")->weight_kg, road_profile_named("truck")->weight_kg);
    assert_int_equal(profile_of(&folder, "car")->vehicle, ROAD_CAR);
    city_folder_remove(&folder);
}

static void a_profile_says_what_differs(void **state)
{
    (void)state;
    struct city_folder folder;
    city_folder_make(&folder);
    read_with(&folder,
              "{\"osm\": \"town.osm\", \"profiles\": {"
              "\"light\": {\"road\": \"small_truck\", \"weight_t\": 7.5, \"axle_t\": 4, \"height_m\": 2.9, "
              "\"width_m\": 2.1, \"u_turns\": \"dead_ends\", \"private\": true, "
              "\"speeds_kmh\": {\"residential\": 17, \"track\": 0}}, "
              "\"default\": {\"road\": \"electric\"}}}");
    if (folder.code != ERROR_NONE) city_folder_print(&folder);
    assert_int_equal(folder.code, ERROR_NONE);
    assert_string_equal(folder.city.profiles[0].name, "default");
    assert_string_equal(folder.city.road_profiles[0].name, "electric");
    const struct road_profile *small = profile_of(&folder, "light"),
                              *base = road_profile_named("small_truck");
    assert_int_equal(small->weight_kg, 7500);
    assert_int_equal(small->axle_kg, 4000);
    assert_int_equal(small->height_cm, 290);
    assert_int_equal(small->width_cm, 210);
    assert_int_equal(small->u_turns, U_TURNS_AT_DEAD_ENDS);
    assert_true(small->enters_private);
    assert_int_equal(small->speed_kmh[ROAD_RESIDENTIAL], 17);
    assert_int_equal(small->speed_kmh[ROAD_TRACK], 0);
    assert_int_equal(small->speed_kmh[ROAD_PRIMARY], base->speed_kmh[ROAD_PRIMARY]);
    city_folder_remove(&folder);
}

static void faults_of_profiles_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *profile, *said;
        severity severity;
    } FAULTS[] = {
        {"{\"road\": \"truk\"}", "did you mean “truck”", SEVERITY_ERROR},
        {"{\"u_turns\": \"sometimes\"}", "u_turns", SEVERITY_ERROR},
        {"{\"weight_t\": 900}", "weight_t", SEVERITY_ERROR},
        {"{\"speeds_kmh\": {\"residential\": 500}}", "speeds_kmh.residential", SEVERITY_ERROR},
        {"{\"speeds_kmh\": {\"residental\": 5}}", "residental", SEVERITY_WARNING},
        {"{\"private\": 1}", "true or false", SEVERITY_ERROR},
        {"{\"heigth_m\": 3}", "did you mean height_m", SEVERITY_WARNING},
        {"3", "an object", SEVERITY_ERROR},
    };
    for (size_t f = 0; f < COUNT_OF(FAULTS); f++) {
        struct city_folder folder;
        char network[256];
        city_folder_make(&folder);
        snprintf(network, sizeof network, "{\"osm\": \"a.osm\", \"profiles\": {\"default\": %s}}",
                 FAULTS[f].profile);
        read_with(&folder, network);
        if (city_folder_find(&folder, FAULTS[f].severity, FAULTS[f].said) == NULL) {
            city_folder_print(&folder);
            fail_msg("not said: %s", FAULTS[f].said);
        }
        city_folder_remove(&folder);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_profiles_vehicles_are_trucks),
        cmocka_unit_test(a_profile_says_what_differs),
        cmocka_unit_test(faults_of_profiles_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
