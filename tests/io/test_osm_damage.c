/* Files that are cut off, changed, or something else: a reason, or roads that hold. */
#include "io/osm.h"
#include "solver/base/array.h"
#include "solver/base/rng.h"
#include "tests/support/osm_forms.h"
#include "tests/support/road_check.h"
#include "tests/support/test.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TOWN "tests/fuzz/corpus/osm/crossroads.osm"

static char path[64];

/* What the file at `path` is answered with, which is always something that holds. */
static error_code outcome(struct error *error)
{
    struct arena arena;
    struct road_data roads;
    arena_init(&arena);
    *error = (struct error){0};
    const error_code rc = osm_read(path, &arena, &roads, error);
    if (rc == ERROR_NONE) {
        assert_true(road_data_holds(&roads));
    } else {
        assert_int_equal(rc, ERROR_NETWORK);
        assert_int_equal(error->code, ERROR_NETWORK);
        assert_string_equal(error->file, path);
        assert_true(error->message[0] != '\0');
    }
    arena_free(&arena);
    return rc;
}

static void assert_refused(const char *reason)
{
    struct error error;
    if (outcome(&error) == ERROR_NONE) fail_msg("read, not refused for '%s'", reason);
    if (strstr(error.message, reason) == NULL) fail_msg("'%s' does not say '%s'", error.message, reason);
}

static void assert_text_refused(const char *text, size_t size, const char *reason)
{
    struct osm_bytes bytes = {0};
    osm_bytes_add(&bytes, text, size);
    osm_bytes_save(&bytes, path);
    osm_bytes_free(&bytes);
    assert_refused(reason);
}

enum { FORMS = 4 };

/* XML, gzip, PBF bare and compressed. */
static struct osm_bytes form_of_town(int32_t form)
{
    struct osm_bytes town = osm_bytes_load(TOWN);
    if (form == 0) return town;
    struct osm_bytes other =
        form == 1 ? osm_packed(&town)
                  : osm_pbf_of(TOWN, (struct osm_pbf_options){.dense = true, .compressed = form == 3});
    osm_bytes_free(&town);
    return other;
}

/* ---- Cut off ---- */

/* XML is whole once its last tag is closed; and a PBF file at the end of any block. */
static bool may_end_at(const struct osm_bytes *bytes, int32_t form, int64_t length)
{
    if (form == 0) return length >= bytes->count - 1;
    if (form == 1) return false;
    return length + 4 <= bytes->count && memcmp(bytes->items + length, "\0\0\0", 3) == 0 &&
           memcmp(bytes->items + length + 6, "OSMData", 7) == 0;
}

static void files_cut_off_are_refused(void **state)
{
    (void)state;
    for (int32_t form = 0; form < FORMS; form++) {
        struct osm_bytes bytes = form_of_town(form);
        osm_bytes_save(&bytes, path);
        for (int64_t length = bytes.count - 1; length >= 0; length--) {
            struct error error;
            assert_int_equal(truncate(path, length), 0);
            if (outcome(&error) == ERROR_NONE && !may_end_at(&bytes, form, length))
                fail_msg("form %d is read without the end, %lld bytes", (int)form, (long long)length);
        }
        osm_bytes_free(&bytes);
    }
}

/* ---- Changed ---- */

static void changed_files_are_refused_or_hold(void **state)
{
    (void)state;
    struct rng rng;
    rng_seed(&rng, 7);
    for (int32_t form = 0; form < FORMS; form++) {
        struct osm_bytes bytes = form_of_town(form);
        int64_t refused = 0;
        for (int64_t at = 0; at < bytes.count; at++) {
            const uint8_t kept = bytes.items[at];
            struct error error;
            bytes.items[at] = (uint8_t)(kept ^ (1U << rng_below(&rng, 8)));
            osm_bytes_save(&bytes, path);
            refused += outcome(&error) != ERROR_NONE;
            bytes.items[at] = kept;
        }
        if (form == 1) assert_true(refused > bytes.count - 20); /* all but the time and the like */
        assert_true(refused > bytes.count / 20);
        osm_bytes_free(&bytes);
    }
}

/* ---- Something else ---- */

#define TEXT(text) text, sizeof(text) - 1

static void other_files_are_refused(void **state)
{
    (void)state;
    assert_text_refused(TEXT(""), "is empty");
    assert_text_refused(TEXT("highway,name\n"), "is not an OpenStreetMap extract");
    assert_text_refused(TEXT("\0\0\0\x0d\x0a\x09OSMHeadar"), "is not an OpenStreetMap extract");
    assert_text_refused(TEXT("BZh91AY&SY"), "bzip2");
    assert_text_refused(TEXT("\xff\xe0\x04o5m2"), "o5m");
    assert_text_refused(TEXT("<html><body>404</body></html>"), "is XML, but not");
    assert_text_refused(TEXT("<osmChange version='0.6'/>"), "is XML, but not");
    assert_text_refused(TEXT("<osm/>"), "has no road");
    assert_text_refused(TEXT("<osm><way id='1'><nd ref='1'/><nd ref='2'/><tag k='highway' v='primary'/>"
                             "</way></osm>"),
                        "but not the nodes");
}

static void what_is_no_file_is_refused(void **state)
{
    (void)state;
    unlink(path);
    assert_refused("cannot be opened: No such file");
    assert_int_equal(mkdir(path, 0700), 0);
    assert_refused("is not a regular file");
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_refused("is not a regular file");
    unlink(path);
}

/* ---- XML ---- */

#define WAY(inside) "<osm>\n<way id='1'>" inside "</way></osm>"

static void damaged_xml_is_refused_with_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *reason;
        int64_t line;
    } rows[] = {
        {"<osm>\n<way id='1'>\n</osm>", "mismatched tag", 3},
        {"<osm>\n<way id='1'", "unclosed token", 2},
        {"<osm>\n<way id='1'>", "no element found", 2},
        {"<osm>\n\n<way id='x'/></osm>", "an id was expected", 3},
        {"<osm>\n<way id=''/></osm>", "an id was expected", 2},
        {"<osm>\n<way id='1.5'/></osm>", "an id was expected", 2},
        {"<osm>\n<way/></osm>", "an id was expected", 2},
        {"<osm>\n<way id='9223372036854775808'/></osm>", "an id was expected", 2},
        {WAY("<nd/>"), "an id was expected", 2},
        {WAY("<tag k='highway'/>"), "a tag without key or value", 2},
        {WAY("<tag v='highway'/>"), "a tag without key or value", 2},
        {WAY("&eacute;"), "undefined entity", 2},
        {WAY("\xff"), "not well-formed", 2},
        {"<osm>\n<relation id='1'><member type='area' ref='1'/></relation></osm>", "a member that is no", 2},
        {"<osm>\n<relation id='1'><member ref='1'/></relation></osm>", "a member that is no", 2},
        {"<!DOCTYPE osm [<!ENTITY a 'aaaa'>]>\n<osm>&a;</osm>", "is XML, but not", 1},
        {"<?xml version='1.0' encoding='KOI-9'?>\n<osm/>", "unknown encoding", 1}};
    for (size_t r = 0; r < COUNT_OF(rows); r++) {
        struct error error;
        assert_text_refused(rows[r].text, strlen(rows[r].text), rows[r].reason);
        outcome(&error);
        if (error.line != rows[r].line || error.column < 1)
            fail_msg("%s: line %lld", rows[r].text, (long long)error.line);
    }
}

/* Places are looked at in the second pass: there is a road that needs them. */
static void places_that_are_not_on_earth_are_refused(void **state)
{
    (void)state;
    static const char *const places[] = {"lat='91' lon='0'",  "lat='0' lon='-181'", "lat='nan' lon='0'",
                                         "lat='0' lon='inf'", "lat='' lon='0'",     "lat='0'",
                                         "lon='0'",           "lat='1,5' lon='0'"};
    for (size_t p = 0; p < COUNT_OF(places); p++) {
        char text[512];
        snprintf(text, sizeof text,
                 "<osm><node id='1' %s/><way id='1'><nd ref='1'/><nd ref='2'/>"
                 "<tag k='highway' v='primary'/></way></osm>",
                 places[p]);
        assert_text_refused(text, strlen(text), "degrees on Earth");
    }
}

/* `piece` so many times within an element. */
static void assert_repeated_refused(const char *begin, const char *piece, int64_t times, const char *end,
                                    const char *reason)
{
    struct osm_bytes bytes = {0};
    osm_bytes_add(&bytes, begin, strlen(begin));
    for (int64_t t = 0; t < times; t++) osm_bytes_add(&bytes, piece, strlen(piece));
    osm_bytes_add(&bytes, end, strlen(end));
    struct osm_bytes packed = osm_packed(&bytes);
    osm_bytes_save(&packed, path);
    osm_bytes_free(&packed);
    osm_bytes_free(&bytes);
    assert_refused(reason);
}

static void elements_without_end_are_stopped(void **state)
{
    (void)state;
    assert_repeated_refused("<osm>", "<osm>", 100, "", "is XML, but not");
    assert_repeated_refused("<osm><way id='1'>", "<nd ref='1'/>", 70000, "</way></osm>", "too many parts");
    assert_repeated_refused("<osm><relation id='1'>", "<member type='way' ref='1' role=''/>", 70000,
                            "</relation></osm>", "too many parts");
    assert_repeated_refused("<osm><way id='1'>", "<tag k='a' v='aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'/>",
                            500000, "</way></osm>", "too many parts");
    assert_repeated_refused("<osm><way id='1' user='", "aaaaaaaaaaaaaaaaaaaaaaaa", 200000, "'/></osm>",
                            "is XML, but not");
    assert_repeated_refused("<osm><!--", "aaaaaaaaaaaaaaaaaaaaaaaa", 200000, "--></osm>", "is XML, but not");
}

/* What is no tag of ours may be as long as it likes. */
static void long_texts_are_passed_over(void **state)
{
    (void)state;
    assert_repeated_refused("<osm><note>", "aaaaaaaaaaaaaaaaaaaaaaaa", 200000, "</note></osm>",
                            "has no road");
}

/* ---- PBF ---- */

struct pbf {
    struct osm_bytes file, block, group, part;
};

static struct pbf pbf_begin(void)
{
    struct pbf pbf = {0};
    struct osm_bytes header = {0};
    osm_put_bytes(&header, 4, TEXT("DenseNodes"));
    osm_put_block(&pbf.file, "OSMHeader", &header, false);
    osm_bytes_free(&header);
    return pbf;
}

/* Texts: "", highway, primary. */
static void put_texts(struct pbf *pbf)
{
    osm_put_bytes(&pbf->block, 1, TEXT("\x0a\x00\x0a\x07highway\x0a\x07primary"));
}

static void pbf_end(struct pbf *pbf, const char *reason)
{
    if (pbf->block.count > 0) osm_put_block(&pbf->file, "OSMData", &pbf->block, true);
    osm_bytes_save(&pbf->file, path);
    osm_bytes_free(&pbf->file);
    osm_bytes_free(&pbf->block);
    osm_bytes_free(&pbf->group);
    osm_bytes_free(&pbf->part);
    assert_refused(reason);
}

/* A block of one element of the group's field, as bytes. */
static void assert_element_refused(uint32_t field, const char *element, size_t size, const char *reason)
{
    struct pbf pbf = pbf_begin();
    put_texts(&pbf);
    osm_put_bytes(&pbf.group, field, element, size);
    osm_put_bytes(&pbf.block, 2, pbf.group.items, (size_t)pbf.group.count);
    pbf_end(&pbf, reason);
}

enum { GROUP_NODE = 1, GROUP_DENSE, GROUP_WAY, GROUP_RELATION };

static void damaged_ways_are_refused(void **state)
{
    (void)state;
    static const char *const damaged = "is damaged in block 2";
    /* whole, and then: a key, a value that is no text; a key without value; no id; nodes that break off */
    assert_element_refused(GROUP_WAY, TEXT("\x08\x01\x12\x01\x01\x1a\x01\x02\x42\x02\x02\x02"),
                           "but not the nodes");
    assert_element_refused(GROUP_WAY, TEXT("\x08\x01\x12\x01\x03\x1a\x01\x02\x42\x02\x02\x02"), damaged);
    assert_element_refused(GROUP_WAY, TEXT("\x08\x01\x12\x01\x01\x1a\x01\x7f\x42\x02\x02\x02"), damaged);
    assert_element_refused(GROUP_WAY, TEXT("\x08\x01\x12\x02\x01\x01\x1a\x01\x02\x42\x02\x02\x02"), damaged);
    assert_element_refused(GROUP_WAY, TEXT("\x12\x01\x01\x1a\x01\x02\x42\x02\x02\x02"), damaged);
    assert_element_refused(GROUP_WAY, TEXT("\x08\x01\x12\x01\x01\x1a\x01\x02\x42\x02\x02\x82"), damaged);
    assert_element_refused(GROUP_WAY, TEXT("\x08\x01\x12\x09\x01"), damaged);
    assert_element_refused(GROUP_WAY, TEXT("\x0b"), damaged); /* a type of field that there is not */
    assert_element_refused(GROUP_WAY, TEXT("\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"), damaged);
    /* a fixed field of four or eight bytes is passed over, if they are there */
    assert_element_refused(
        GROUP_WAY, TEXT("\x08\x01\x1d\x01\x02\x03\x04\x19\x01\x02\x03\x04\x05\x06\x07\x08"), "has no road");
    assert_element_refused(GROUP_WAY, TEXT("\x08\x01\x1d\x01\x02\x03"), damaged);
}

static void damaged_relations_are_refused(void **state)
{
    (void)state;
    static const char *const damaged = "is damaged in block 2";
    assert_element_refused(GROUP_RELATION, TEXT("\x08\x01\x42\x01\x00\x4a\x01\x02\x52\x01\x01"),
                           "has no road");
    assert_element_refused(GROUP_RELATION, TEXT("\x08\x01\x42\x01\x09\x4a\x01\x02\x52\x01\x01"), damaged);
    assert_element_refused(GROUP_RELATION, TEXT("\x08\x01\x42\x01\x00\x4a\x01\x02\x52\x01\x03"), damaged);
    assert_element_refused(GROUP_RELATION, TEXT("\x08\x01\x42\x00\x4a\x01\x02\x52\x01\x01"), damaged);
    assert_element_refused(GROUP_RELATION, TEXT("\x08\x01\x42\x02\x00\x00\x4a\x01\x02\x52\x01\x01"), damaged);
    assert_element_refused(GROUP_RELATION, TEXT("\x42\x01\x00\x4a\x01\x02\x52\x01\x01"), damaged);
}

/* Nodes are read in the second pass, which takes a road. */
static void assert_nodes_refused(uint32_t field, const char *nodes, size_t size, int64_t granularity,
                                 const char *reason)
{
    struct pbf pbf = pbf_begin();
    put_texts(&pbf);
    osm_put_bytes(&pbf.group, GROUP_WAY, TEXT("\x08\x01\x12\x01\x01\x1a\x01\x02\x42\x02\x02\x02"));
    osm_put_bytes(&pbf.group, field, nodes, size);
    osm_put_bytes(&pbf.block, 2, pbf.group.items, (size_t)pbf.group.count);
    osm_put_number(&pbf.block, 17, (uint64_t)granularity);
    pbf_end(&pbf, reason);
}

static void damaged_nodes_are_refused(void **state)
{
    (void)state;
    static const char *const damaged = "is damaged in block 2";
    assert_nodes_refused(GROUP_DENSE, TEXT("\x0a\x01\x02\x42\x01\x02\x4a\x01\x02"), 100, "but not the nodes");
    assert_nodes_refused(GROUP_DENSE, TEXT("\x0a\x01\x02\x42\x01\x02"), 100, damaged);
    assert_nodes_refused(GROUP_DENSE, TEXT("\x0a\x01\x02\x42\x02\x02\x02\x4a\x01\x02"), 100, damaged);
    assert_nodes_refused(GROUP_DENSE, TEXT("\x0a\x01\x02\x42\x01\x02\x4a\x02\x02\x02"), 100, damaged);
    assert_nodes_refused(GROUP_DENSE, TEXT("\x0a\x01\x02\x42\x01\x02\x4a\x01\x02\x52\x01\x01"), 100, damaged);
    assert_nodes_refused(GROUP_DENSE, TEXT("\x0a\x01\x02\x42\x01\x02\x4a\x01\x02\x52\x02\x09\x01"), 100,
                         damaged);
    assert_nodes_refused(GROUP_NODE, TEXT("\x08\x02\x40\x02\x48\x02"), 100, "but not the nodes");
    assert_nodes_refused(GROUP_NODE, TEXT("\x08\x02\x40\x02"), 100, damaged);
    assert_nodes_refused(GROUP_NODE, TEXT("\x40\x02\x48\x02"), 100, damaged);
    /* more than 90 degrees north, and more than any number */
    assert_nodes_refused(GROUP_NODE, TEXT("\x08\x02\x40\x04\x48\x00"), INT64_C(90000000000), damaged);
    assert_nodes_refused(GROUP_NODE, TEXT("\x08\x02\x40\x06\x48\x00"), INT64_MAX, damaged);
}

static void damaged_frames_are_refused(void **state)
{
    (void)state;
    struct osm_bytes blob = {0}, header = {0};
    struct pbf pbf = pbf_begin();
    osm_bytes_add(&pbf.file, "\x7f\xff\xff\xff", 4); /* a header of 2 GB */
    pbf_end(&pbf, "is damaged in block 2");

    pbf = pbf_begin(); /* a block of 2 GB */
    osm_bytes_add(&pbf.file, TEXT("\0\0\0\x0f\x0a\x07OSMData\x18\xff\xff\xff\xff\x07"));
    pbf_end(&pbf, "is damaged in block 2");

    pbf = pbf_begin(); /* ten bytes that say that they are 2 GB, then that they are three */
    for (int32_t wrong = 0; wrong < 2; wrong++) {
        blob.count = header.count = 0;
        osm_put_number(&blob, 2, wrong == 0 ? 2000000000 : 3);
        osm_put_bytes(&blob, 3, TEXT("\x78\x9c\x63\x60\x60\x60\x00\x00\x00\x04\x00\x01")); /* four */
        osm_put_bytes(&header, 1, TEXT("OSMData"));
        osm_put_number(&header, 3, (uint64_t)blob.count);
        const uint8_t size[4] = {0, 0, 0, (uint8_t)header.count};
        if (wrong != 0) pbf = pbf_begin();
        osm_bytes_add(&pbf.file, size, sizeof size);
        osm_bytes_add(&pbf.file, header.items, (size_t)header.count);
        osm_bytes_add(&pbf.file, blob.items, (size_t)blob.count);
        pbf_end(&pbf, "is damaged in block 2");
    }
    osm_bytes_free(&blob);
    osm_bytes_free(&header);

    pbf = pbf_begin(); /* a block that is compressed by LZ4, or by nothing at all */
    osm_bytes_add(&pbf.file, TEXT("\0\0\0\x0b\x0a\x07OSMData\x18\x03\x32\x01x"));
    pbf_end(&pbf, "not compressed by zlib");
    pbf = pbf_begin();
    osm_bytes_add(&pbf.file, TEXT("\0\0\0\x0b\x0a\x07OSMData\x18\x02\x10\x01"));
    pbf_end(&pbf, "is damaged in block 2");
}

static void files_that_take_more_are_refused(void **state)
{
    (void)state;
    struct osm_bytes header = {0};
    struct pbf pbf = {0};
    osm_put_bytes(&header, 4, TEXT("HistoricalInformation"));
    osm_put_block(&pbf.file, "OSMHeader", &header, false);
    osm_bytes_free(&header);
    pbf_end(&pbf, "HistoricalInformation");
}

/* A kind of block that is not known may be passed over. */
static void other_blocks_are_passed_over(void **state)
{
    (void)state;
    struct pbf pbf = pbf_begin();
    struct osm_bytes content = {0};
    osm_bytes_add(&content, "??", 2);
    osm_put_block(&pbf.file, "OSMIndex", &content, false);
    osm_bytes_free(&content);
    pbf_end(&pbf, "has no road");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_cut_off_are_refused),
        cmocka_unit_test(changed_files_are_refused_or_hold),
        cmocka_unit_test(other_files_are_refused),
        cmocka_unit_test(what_is_no_file_is_refused),
        cmocka_unit_test(damaged_xml_is_refused_with_its_line),
        cmocka_unit_test(places_that_are_not_on_earth_are_refused),
        cmocka_unit_test(elements_without_end_are_stopped),
        cmocka_unit_test(long_texts_are_passed_over),
        cmocka_unit_test(damaged_ways_are_refused),
        cmocka_unit_test(damaged_relations_are_refused),
        cmocka_unit_test(damaged_nodes_are_refused),
        cmocka_unit_test(damaged_frames_are_refused),
        cmocka_unit_test(files_that_take_more_are_refused),
        cmocka_unit_test(other_blocks_are_passed_over),
    };
    snprintf(path, sizeof path, "/tmp/benne-test-osm-damage-%ld", (long)getpid());
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(path);
    return failed;
}
