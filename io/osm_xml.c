/* OpenStreetMap's XML, and the only door to expat.
 *
 *     <osm><node id="1" lat="48.1" lon="2.3"><tag k="barrier" v="gate"/></node>
 *          <way id="7"><nd ref="1"/> … <tag k="highway" v="residential"/></way>
 *          <relation id="9"><member type="way" ref="7" role="from"/> … </relation></osm>
 *
 * Whatever else stands there is passed over; elements marked as deleted too. A file that is not closed, or
 * has an id or a place that is none, is damaged, and the line is named. So that no file, however made, takes
 * much memory: no document type (whose entities grow), no nesting beyond XML_DEPTH_MAX, no tag or text that
 * is longer than XML_TOKEN_MAX.
 */
#include "io/gz.h"
#include "io/osm_source.h"
#include "solver/base/allocation.h"
#include "solver/base/array.h"
#include "solver/base/message.h"

#include <errno.h>
#include <expat.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { XML_DEPTH_MAX = 32, XML_TOKEN_MAX = 1 << 20, XML_BUFFER = 1 << 16, XML_TEXTS_MAX = 1 << 24 };

/* Texts of the element under way, as places in `texts`, which moves as it grows. */
struct xml_tag {
    int64_t key, value;
};

struct xml_member {
    osm_kind kind;
    int64_t id, role;
};

struct xml_reader {
    XML_Parser parser;
    const char *path;
    const struct osm_visitor *visitor;
    struct error *error;
    error_code rc;
    int32_t depth;
    bool wanted; /* the element under way */
    osm_kind kind;
    int64_t id;
    int32_t lat_e7, lon_e7;
    struct {
        char *items;
        int64_t count, capacity;
    } texts;
    struct {
        struct xml_tag *items;
        int64_t count, capacity;
    } tags;
    struct {
        int64_t *items;
        int64_t count, capacity;
    } nodes;
    struct {
        struct xml_member *items;
        int64_t count, capacity;
    } members;
    /* The same as the visitor takes them. */
    struct {
        struct osm_tag *items;
        int64_t count, capacity;
    } given_tags;
    struct {
        struct osm_member *items;
        int64_t count, capacity;
    } given_members;
};

static const char *const KINDS[OSM_KINDS] = {"node", "way", "relation"};

/* ---- Faults: the first one stops the parser ---- */

static void stop(struct xml_reader *reader, error_code rc)
{
    reader->rc = rc;
    XML_StopParser(reader->parser, XML_FALSE);
}

static void complain(struct xml_reader *reader, const char *why)
{
    stop(reader, error_at(reader->error, ERROR_NETWORK, reader->path,
                          (int64_t)XML_GetCurrentLineNumber(reader->parser),
                          (int32_t)XML_GetCurrentColumnNumber(reader->parser) + 1, "%s", why));
}

static void exhausted(struct xml_reader *reader)
{
    stop(reader, error_memory(reader->error));
}

/* ---- Values ---- */

static const char *attribute(const char **attributes, const char *name)
{
    for (; attributes[0] != NULL; attributes += 2)
        if (strcmp(attributes[0], name) == 0) return attributes[1];
    return NULL;
}

static bool attribute_is(const char **attributes, const char *name, const char *value)
{
    const char *given = attribute(attributes, name);
    return given != NULL && strcmp(given, value) == 0;
}

static void take_id(struct xml_reader *reader, const char *text, int64_t *id)
{
    char *end;
    errno = 0;
    *id = text != NULL ? strtoll(text, &end, 10) : 0;
    if (text == NULL || end == text || *end != '\0' || errno == ERANGE)
        complain(reader, _("the file is damaged: an id was expected, a whole number of 64 bits at most"));
}

static void take_degrees(struct xml_reader *reader, const char *text, double most, int32_t *e7)
{
    char *end;
    const double degrees = text != NULL ? strtod(text, &end) : NAN;
    if (text == NULL || end == text || *end != '\0' || !(fabs(degrees) <= most))
        complain(reader, _("the file is damaged: degrees on Earth were expected"));
    else
        *e7 = (int32_t)lround(degrees * 1e7);
}

/* Where it is kept; -1 when there is no room. */
static int64_t keep_text(struct xml_reader *reader, const char *text)
{
    const int64_t length = (int64_t)strlen(text) + 1, at = reader->texts.count;
    if (at + length > XML_TEXTS_MAX) {
        complain(reader, _("the file is damaged: an element has too many parts"));
        return -1;
    }
    if (!array_reserve(&reader->texts, at + length)) {
        exhausted(reader);
        return -1;
    }
    memcpy(reader->texts.items + at, text, (size_t)length);
    reader->texts.count += length;
    return at;
}

/* ---- Elements begin ---- */

static void begin_root(struct xml_reader *reader, const char *name)
{
    if (strcmp(name, "osm") != 0) complain(reader, _("the file is XML, but not an OpenStreetMap extract"));
}

static bool is_visited(const struct osm_visitor *visitor, osm_kind kind)
{
    return kind == OSM_NODE  ? visitor->node != NULL
           : kind == OSM_WAY ? visitor->way != NULL
                             : visitor->relation != NULL;
}

static void begin_element(struct xml_reader *reader, const char *name, const char **attributes)
{
    int32_t kind = 0;
    while (kind < OSM_KINDS && strcmp(name, KINDS[kind]) != 0) kind++;
    reader->kind = (osm_kind)kind;
    reader->wanted = kind < OSM_KINDS && is_visited(reader->visitor, reader->kind) &&
                     !attribute_is(attributes, "visible", "false") &&
                     !attribute_is(attributes, "action", "delete");
    if (!reader->wanted) return;
    reader->texts.count = reader->tags.count = reader->nodes.count = reader->members.count = 0;
    take_id(reader, attribute(attributes, "id"), &reader->id);
    if (reader->rc != ERROR_NONE || kind != OSM_NODE) return;
    take_degrees(reader, attribute(attributes, "lat"), 90, &reader->lat_e7);
    if (reader->rc == ERROR_NONE) take_degrees(reader, attribute(attributes, "lon"), 180, &reader->lon_e7);
}

static void add_tag(struct xml_reader *reader, const char **attributes)
{
    const char *key = attribute(attributes, "k"), *value = attribute(attributes, "v");
    if (key == NULL || value == NULL) {
        complain(reader, _("the file is damaged: a tag without key or value"));
        return;
    }
    struct xml_tag tag = {.key = keep_text(reader, key)};
    if (tag.key < 0) return;
    tag.value = keep_text(reader, value);
    if (tag.value >= 0 && !array_push(&reader->tags, tag)) exhausted(reader);
}

static void add_node(struct xml_reader *reader, const char **attributes)
{
    int64_t id;
    take_id(reader, attribute(attributes, "ref"), &id);
    if (reader->rc != ERROR_NONE) return;
    if (reader->nodes.count == OSM_PARTS_MAX)
        complain(reader, _("the file is damaged: an element has too many parts"));
    else if (!array_push(&reader->nodes, id))
        exhausted(reader);
}

static void add_member(struct xml_reader *reader, const char **attributes)
{
    const char *role = attribute(attributes, "role");
    struct xml_member member = {0};
    int32_t kind = 0;
    while (kind < OSM_KINDS && !attribute_is(attributes, "type", KINDS[kind])) kind++;
    if (kind == OSM_KINDS) {
        complain(reader, _("the file is damaged: a member that is no node, way or relation"));
        return;
    }
    member.kind = (osm_kind)kind;
    take_id(reader, attribute(attributes, "ref"), &member.id);
    if (reader->rc != ERROR_NONE) return;
    member.role = keep_text(reader, role != NULL ? role : "");
    if (member.role < 0) return;
    if (reader->members.count == OSM_PARTS_MAX)
        complain(reader, _("the file is damaged: an element has too many parts"));
    else if (!array_push(&reader->members, member))
        exhausted(reader);
}

static void XMLCALL on_begin(void *context, const char *name, const char **attributes)
{
    struct xml_reader *reader = context;
    if (reader->rc != ERROR_NONE) return;
    reader->depth++;
    if (reader->depth > XML_DEPTH_MAX)
        complain(reader, _("the file is XML, but not an OpenStreetMap extract"));
    if (reader->depth == 1) begin_root(reader, name);
    if (reader->depth == 2) begin_element(reader, name, attributes);
    if (reader->depth != 3 || !reader->wanted) return;
    if (strcmp(name, "tag") == 0) add_tag(reader, attributes);
    if (strcmp(name, "nd") == 0 && reader->kind == OSM_WAY) add_node(reader, attributes);
    if (strcmp(name, "member") == 0 && reader->kind == OSM_RELATION) add_member(reader, attributes);
}

/* ---- Elements end ---- */

static bool ready_tags(struct xml_reader *reader, struct osm_tags *tags)
{
    reader->given_tags.count = 0;
    for (int64_t i = 0; i < reader->tags.count; i++) {
        const struct osm_tag tag = {.key = reader->texts.items + reader->tags.items[i].key,
                                    .value = reader->texts.items + reader->tags.items[i].value};
        if (!array_push(&reader->given_tags, tag)) return false;
    }
    *tags = osm_tags_of(reader->given_tags.items, reader->given_tags.count);
    return true;
}

static bool ready_members(struct xml_reader *reader)
{
    reader->given_members.count = 0;
    for (int64_t i = 0; i < reader->members.count; i++) {
        const struct xml_member *member = &reader->members.items[i];
        const struct osm_member given = {
            .kind = member->kind, .id = member->id, .role = reader->texts.items + member->role};
        if (!array_push(&reader->given_members, given)) return false;
    }
    return true;
}

static error_code give(struct xml_reader *reader)
{
    const struct osm_visitor *visitor = reader->visitor;
    struct osm_tags tags;
    if (!ready_tags(reader, &tags) || !ready_members(reader)) return error_memory(reader->error);
    if (reader->kind == OSM_NODE) {
        const struct osm_node node = {
            .id = reader->id, .lat_e7 = reader->lat_e7, .lon_e7 = reader->lon_e7, .tags = tags};
        return visitor->node(visitor->context, &node, reader->error);
    }
    if (reader->kind == OSM_WAY) {
        const struct osm_way way = {.id = reader->id,
                                    .nodes = reader->nodes.items,
                                    .node_count = (int32_t)reader->nodes.count,
                                    .tags = tags};
        return visitor->way(visitor->context, &way, reader->error);
    }
    const struct osm_relation relation = {.id = reader->id,
                                          .members = reader->given_members.items,
                                          .member_count = (int32_t)reader->given_members.count,
                                          .tags = tags};
    return visitor->relation(visitor->context, &relation, reader->error);
}

static void XMLCALL on_end(void *context, const char *name)
{
    (void)name;
    struct xml_reader *reader = context;
    if (reader->rc != ERROR_NONE) return;
    if (reader->depth-- != 2 || !reader->wanted) return;
    const error_code rc = give(reader);
    if (rc != ERROR_NONE) stop(reader, rc);
}

static void XMLCALL on_document_type(void *context, const char *name, const char *system, const char *public,
                                     int internal)
{
    (void)name, (void)system, (void)public, (void)internal;
    struct xml_reader *reader = context;
    complain(reader, _("the file is XML, but not an OpenStreetMap extract"));
}

/* ---- The whole ---- */

static void *xml_malloc(size_t size)
{
    return allocation_refused() ? NULL : malloc(size);
}

static void *xml_realloc(void *block, size_t size)
{
    return allocation_refused() ? NULL : realloc(block, size);
}

static bool parser_start(struct xml_reader *reader)
{
    static const XML_Memory_Handling_Suite memory = {xml_malloc, xml_realloc, free};
    reader->parser = XML_ParserCreate_MM(NULL, &memory, NULL);
    if (reader->parser == NULL) return false;
    XML_SetUserData(reader->parser, reader);
    XML_SetElementHandler(reader->parser, on_begin, on_end);
    XML_SetStartDoctypeDeclHandler(reader->parser, on_document_type);
    return true;
}

static void reader_free(struct xml_reader *reader)
{
    if (reader->parser != NULL) XML_ParserFree(reader->parser);
    array_free(&reader->texts);
    array_free(&reader->tags);
    array_free(&reader->nodes);
    array_free(&reader->members);
    array_free(&reader->given_tags);
    array_free(&reader->given_members);
}

static error_code parser_fault(struct xml_reader *reader)
{
    const enum XML_Error fault = XML_GetErrorCode(reader->parser);
    char why[ERROR_MESSAGE_MAX];
    if (reader->rc != ERROR_NONE) return reader->rc;
    if (fault == XML_ERROR_NO_MEMORY) return error_memory(reader->error);
    snprintf(why, sizeof why, _("the file is damaged or cut off: %s"), XML_ErrorString(fault));
    complain(reader, why);
    return reader->rc;
}

/* One buffer of the file; *done after the last. */
static error_code feed(struct xml_reader *reader, struct gz_file *file, int64_t *fed, bool *done)
{
    size_t got;
    void *buffer = XML_GetBuffer(reader->parser, XML_BUFFER);
    if (buffer == NULL) return error_memory(reader->error);
    const error_code rc = gz_read(file, buffer, XML_BUFFER, &got, reader->error);
    if (rc != ERROR_NONE) return rc;
    *done = got < XML_BUFFER;
    *fed += (int64_t)got;
    if (XML_ParseBuffer(reader->parser, (int)got, *done) != XML_STATUS_OK) return parser_fault(reader);
    if (!*done && *fed - (int64_t)XML_GetCurrentByteIndex(reader->parser) > XML_TOKEN_MAX)
        complain(reader, _("the file is XML, but not an OpenStreetMap extract"));
    return reader->rc;
}

error_code osm_xml_scan(struct gz_file *file, const char *path, const struct osm_visitor *visitor,
                        struct error *error)
{
    error_code rc = ERROR_NONE;
    struct xml_reader reader = {.path = path, .visitor = visitor, .error = error};
    int64_t fed = 0;
    if (!parser_start(&reader)) TRY(error_memory(error));
    for (bool done = false; !done;) TRY(feed(&reader, file, &fed, &done));
done:
    reader_free(&reader);
    return rc;
}
