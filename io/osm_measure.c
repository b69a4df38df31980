#include "io/osm_tags.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { UNIT_NAME_MAX = 16, NUMBER_MAX = 24 };

/* Tonnes where nothing is said; pounds, hundredweights, short and long tons by their definition. */
static const struct osm_unit WEIGHTS[] = {{"t", 1000},          {"mt", 1000},        {"kg", 1},
                                          {"lbs", 0.45359237},  {"lb", 0.45359237},  {"st", 907.18474},
                                          {"cwt", 50.80234544}, {"lt", 1016.0469088}};

/* Metres where nothing is said; a foot is 30.48 cm. */
static const struct osm_unit LENGTHS[] = {{"m", 100},    {"cm", 1},    {"mm", 0.1},  {"'", 30.48},
                                          {"ft", 30.48}, {"\"", 2.54}, {"''", 2.54}, {"in", 2.54}};

static const char *skip_blanks(const char *at)
{
    while (*at == ' ') at++;
    return at;
}

/* Digits with a point or a comma. */
static const char *take_number(const char *at, double *number)
{
    char text[NUMBER_MAX];
    size_t length = 0;
    for (; (isdigit((unsigned char)*at) || *at == '.' || *at == ',') && length + 1 < sizeof text; at++)
        text[length++] = *at == ',' ? '.' : *at;
    text[length] = '\0';
    char *end;
    *number = strtod(text, &end);
    return length > 0 && *end == '\0' && end != text ? at : NULL;
}

static const char *take_unit(const char *at, const struct osm_unit *units, int32_t unit_count, double *factor)
{
    const size_t length = strcspn(at, " 0123456789");
    *factor = units[0].factor;
    if (length == 0 && *at == '\0') return at;
    for (int32_t u = 0; u < unit_count; u++) {
        *factor = units[u].factor;
        if (strlen(units[u].name) == length && strncmp(units[u].name, at, length) == 0) return at + length;
    }
    return NULL;
}

bool osm_measure(const char *value, const struct osm_unit *units, int32_t unit_count, double *sum)
{
    *sum = 0;
    const char *at = skip_blanks(value);
    do {
        double number, factor;
        at = take_number(at, &number);
        if (at == NULL) return false;
        at = take_unit(skip_blanks(at), units, unit_count, &factor);
        if (at == NULL) return false;
        *sum += number * factor;
        at = skip_blanks(at);
    } while (*at != '\0');
    return true;
}

static int32_t whole(const char *value, const struct osm_unit *units, int32_t unit_count, int32_t most)
{
    double sum;
    if (value == NULL || !osm_measure(value, units, unit_count, &sum)) return 0;
    return sum < most ? (int32_t)lround(sum) : most;
}

int32_t osm_weight_kg(const char *value)
{
    return whole(value, WEIGHTS, sizeof WEIGHTS / sizeof *WEIGHTS, 1000000);
}

uint16_t osm_length_cm(const char *value)
{
    return (uint16_t)whole(value, LENGTHS, sizeof LENGTHS / sizeof *LENGTHS, UINT16_MAX);
}
