/* Members of city.json, each with its type and range, and the complaint when it has another. `path` names the
 * object in messages: "prices.". */
#ifndef BENNE_IO_CITY_MEMBERS_H
#define BENNE_IO_CITY_MEMBERS_H

#include "io/city_reader.h"

#define MEMBERS_FILE "city.json"

enum { MEMBERS_PATH_MAX = 96 };

/* A city.json being read. */
struct city_json {
    struct city_reader *reader;
    const struct json_source *source;
    bool exhausted; /* a text could not be copied */
};

void members_note(struct city_json *from, const char *text);

/* Complains of keys that are not among those known, or are there twice. */
void members_check(struct city_json *from, const struct json *object, const char *path,
                   const char *const *known, int32_t count);

/* A member, or NULL; missing is an error when `needed`. */
const struct json *members_get(struct city_json *from, const struct json *object, const char *path,
                               const char *key, bool needed);
const struct json *members_object(struct city_json *from, const struct json *object, const char *path,
                                  const char *key, bool needed);
double members_number(struct city_json *from, const struct json *object, const char *path, const char *key,
                      double least, double most, bool needed, double fallback);
money members_money(struct city_json *from, const struct json *object, const char *path, const char *key,
                    bool needed);

/* Copies into the reader's arena. */
const char *members_copy(struct city_json *from, const char *text);

/* A non-empty text, copied; NULL with a complaint. */
const char *members_text(struct city_json *from, const struct json *object, const char *path, const char *key,
                         bool needed);

/* "network": city_network.c. */
error_code city_read_network(struct city_json *from, const struct json *root,
                             struct error *error) ERROR_CHECKED;

/* "network.profiles" on roads: city_roads.c. */
error_code city_read_road_profiles(struct city_json *from, const struct json *network,
                                   struct error *error) ERROR_CHECKED;

#endif
