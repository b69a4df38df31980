#include "io/osm_tags.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct osm_unit SPEEDS[] = {
    {"km/h", 1}, {"kmh", 1}, {"kph", 1}, {"mph", 1.609344}, {"knots", 1.852}};

/* The walking pace of maxspeed=walk, and of pedestrian zones. */
enum { WALK_KMH = 6, LIVING_STREET_KMH = 20, SPEED_MAX = 64 };

/* General limits of cars in km/h, as the countries' highway codes have them in 2024; 0: none. Trucks have
 * lower ones outside towns, by their profile. A country that is not here says no speed, and the class of the
 * road does. */
struct country {
    const char *code;
    uint8_t urban, rural, trunk, motorway, living_street;
};

static const struct country COUNTRIES[] = {
    {"AT", 50, 100, 100, 130, WALK_KMH}, {"BE", 50, 70, 120, 120, 20},      {"BE-BRU", 30, 70, 120, 120, 20},
    {"BE-VLG", 50, 70, 120, 120, 20},    {"BE-WAL", 50, 90, 120, 120, 20},  {"BG", 50, 90, 120, 140, 20},
    {"CH", 50, 80, 100, 120, 20},        {"CZ", 50, 90, 110, 130, 20},      {"DE", 50, 100, 0, 0, WALK_KMH},
    {"DK", 50, 80, 80, 130, 15},         {"ES", 50, 90, 90, 120, 20},       {"FI", 50, 80, 100, 120, 20},
    {"FR", 50, 80, 110, 130, 20},        {"GR", 50, 90, 110, 130, 20},      {"HR", 50, 90, 110, 130, 10},
    {"HU", 50, 90, 110, 130, 20},        {"IE", 50, 80, 100, 120, 20},      {"IT", 50, 90, 110, 130, 20},
    {"LI", 50, 80, 80, 80, 20},          {"LU", 50, 90, 90, 130, 20},       {"NL", 50, 80, 100, 130, 15},
    {"NO", 50, 80, 80, 110, WALK_KMH},   {"PL", 50, 90, 100, 140, 20},      {"PT", 50, 90, 100, 120, 20},
    {"RO", 50, 90, 100, 130, 20},        {"SE", 50, 70, 90, 110, WALK_KMH}, {"SI", 50, 90, 110, 130, 10},
    {"SK", 50, 90, 130, 130, 20}};

/* Britain's zones have names of their own: 30, 60 and 70 mph. */
struct named_speed {
    const char *value;
    uint8_t kmh;
};

static const struct named_speed NAMED[] = {
    {"walk", WALK_KMH},    {"GB:nsl_restricted", 48}, {"GB:nsl_single", 97},
    {"GB:nsl_dual", 113},  {"GB:motorway", 113},      {"UK:nsl_restricted", 48},
    {"UK:nsl_single", 97}, {"UK:nsl_dual", 113},      {"UK:motorway", 113}};

static const struct country *country_of(const char *value, size_t length)
{
    for (size_t c = 0; c < sizeof COUNTRIES / sizeof *COUNTRIES; c++)
        if (strlen(COUNTRIES[c].code) == length && strncmp(COUNTRIES[c].code, value, length) == 0)
            return &COUNTRIES[c];
    return NULL;
}

/* "zone30", "zone:30", "30", "bicycle_road:30": the number at the end. */
static uint8_t number_at_end(const char *zone)
{
    const char *digits = zone + strlen(zone);
    while (digits > zone && isdigit((unsigned char)digits[-1])) digits--;
    const long number = strtol(digits, NULL, 10);
    return number > 0 && number <= UINT8_MAX ? (uint8_t)number : 0;
}

/* "FR:urban"; the number of a zone is the same in any country. */
static uint8_t zone_kmh(const char *value)
{
    const char *colon = strchr(value, ':');
    if (colon == NULL || !isupper((unsigned char)value[0])) return 0;
    const char *zone = colon + 1;
    const struct country *country = country_of(value, (size_t)(colon - value));
    if (strcmp(zone, "pedestrian_zone") == 0 || strcmp(zone, "walk") == 0) return WALK_KMH;
    if (strcmp(zone, "living_street") == 0)
        return country != NULL ? country->living_street : LIVING_STREET_KMH;
    if (country != NULL && strcmp(zone, "urban") == 0) return country->urban;
    if (country != NULL && strcmp(zone, "rural") == 0) return country->rural;
    if (country != NULL && strcmp(zone, "trunk") == 0) return country->trunk;
    if (country != NULL && strcmp(zone, "motorway") == 0) return country->motorway;
    return number_at_end(zone);
}

static uint8_t one_kmh(const char *value)
{
    double kmh;
    for (size_t n = 0; n < sizeof NAMED / sizeof *NAMED; n++)
        if (strcmp(value, NAMED[n].value) == 0) return NAMED[n].kmh;
    if (!osm_measure(value, SPEEDS, sizeof SPEEDS / sizeof *SPEEDS, &kmh)) return zone_kmh(value);
    return kmh < UINT8_MAX ? (uint8_t)lround(kmh) : UINT8_MAX;
}

/* Of several ("50;30") the least. */
uint8_t osm_speed_kmh(const char *value)
{
    char word[SPEED_MAX];
    uint8_t least = 0;
    for (const char *at = value; at != NULL && *at != '\0';) {
        at += strspn(at, " ;|");
        const size_t length = strcspn(at, ";|");
        snprintf(word, sizeof word, "%.*s", (int)(length < sizeof word ? length : sizeof word - 1), at);
        const uint8_t kmh = one_kmh(word);
        if (kmh > 0 && (least == 0 || kmh < least)) least = kmh;
        at += length;
    }
    return least;
}
