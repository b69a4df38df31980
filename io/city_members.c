#include "io/city_members.h"

#include "solver/base/message.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void members_note(struct city_json *from, const char *text)
{
    diagnostics_add(from->reader->list, SEVERITY_NOTE, (struct source_place){.file = MEMBERS_FILE}, "%s",
                    text);
}

void members_check(struct city_json *from, const struct json *object, const char *path,
                   const char *const *known, int32_t count)
{
    for (const struct json *member = json_first(object); member != NULL; member = json_next(member)) {
        const char *key = json_key(member);
        char shown[64];
        bool expected = false;
        for (int32_t i = 0; i < count; i++) expected |= strcmp(known[i], key) == 0;
        text_shorten(key, strlen(key), shown, sizeof shown);
        if (json_get(object, key) != member) {
            json_complain_key(from->reader->list, SEVERITY_ERROR, from->source, member,
                              _("%s%s is there twice"), path, shown);
        } else if (!expected) {
            const char *near = text_nearest(known, count, key, strlen(key));
            json_complain_key(from->reader->list, SEVERITY_WARNING, from->source, member,
                              near != NULL ? _("unknown key %s%s: ignored (did you mean %s?)")
                                           : _("unknown key %s%s: ignored"),
                              path, shown, near);
        }
    }
}

const struct json *members_get(struct city_json *from, const struct json *object, const char *path,
                               const char *key, bool needed)
{
    const struct json *member = json_get(object, key);
    if (member == NULL && needed) {
        json_complain(from->reader->list, SEVERITY_ERROR, from->source, object, _("missing key %s%s"), path,
                      key);
    }
    return member;
}

const struct json *members_object(struct city_json *from, const struct json *object, const char *path,
                                  const char *key, bool needed)
{
    const struct json *member = members_get(from, object, path, key, needed);
    if (member == NULL || json_is_object(member)) return member;
    json_complain(from->reader->list, SEVERITY_ERROR, from->source, member,
                  _("%s%s: an object {…} was expected"), path, key);
    return NULL;
}

double members_number(struct city_json *from, const struct json *object, const char *path, const char *key,
                      double least, double most, bool needed, double fallback)
{
    double value;
    const struct json *member = members_get(from, object, path, key, needed);
    if (member == NULL) return fallback;
    if (!json_number(member, &value)) {
        json_complain(from->reader->list, SEVERITY_ERROR, from->source, member,
                      _("%s%s: a number was expected"), path, key);
        return fallback;
    }
    if (value >= least && value <= most) return value;
    json_complain(from->reader->list, SEVERITY_ERROR, from->source, member,
                  _("%s%s is %.10g: expected %.10g to %.10g"), path, key, value, least, most);
    return fallback;
}

money members_money(struct city_json *from, const struct json *object, const char *path, const char *key,
                    bool needed)
{
    return (money)llround(members_number(from, object, path, key, 0, 1e9, needed, 0) * (double)MONEY_UNIT);
}

const char *members_copy(struct city_json *from, const char *text)
{
    const char *copy = arena_text(from->reader->arena, text, strlen(text));
    if (copy == NULL) from->exhausted = true;
    return copy;
}

const char *members_text(struct city_json *from, const struct json *object, const char *path, const char *key,
                         bool needed)
{
    const struct json *member = members_get(from, object, path, key, needed);
    const char *text = json_string(member);
    if (member == NULL) return NULL;
    if (text == NULL || text[0] == '\0') {
        json_complain(from->reader->list, SEVERITY_ERROR, from->source, member,
                      _("%s%s: a text was expected"), path, key);
        return NULL;
    }
    return members_copy(from, text);
}
