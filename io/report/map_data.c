/* The data of the map: read by report.js, which puts every text into the page as text. */
#include "io/json.h"
#include "io/report/sections.h"
#include "io/way_line.h"
#include "solver/base/message.h"

#include <math.h>
#include <stdlib.h>

static void put_place(struct json *parent, const char *key, struct position position)
{
    struct json *pair = json_new_array();
    json_put_number(pair, NULL, round(position.lat * 1e5) / 1e5);
    json_put_number(pair, NULL, round(position.lon * 1e5) / 1e5);
    json_put(parent, key, pair);
}

/* A marker: where it stands, its heading, and lines of [label, text] for its popup. */
struct marker {
    struct json *object, *lines;
};

static struct marker add_marker(struct json *list, struct position position, const char *heading)
{
    struct marker marker = {json_new_object(), json_new_array()};
    put_place(marker.object, "at", position);
    json_put_string(marker.object, "heading", heading);
    json_put(marker.object, "lines", marker.lines);
    json_put(list, NULL, marker.object);
    return marker;
}

static void add_line(struct marker marker, const char *label, const char *text)
{
    if (text == NULL || text[0] == '\0') return;
    struct json *line = json_new_array();
    json_put_string(line, NULL, label);
    json_put_string(line, NULL, text);
    json_put(marker.lines, NULL, line);
}

static void add_stream(const struct page *page, struct marker marker, int32_t bin)
{
    if (page->city->stream_count > 1)
        add_line(marker, _("Stream"), page->city->streams[page->city->bins[bin].stream]);
}

static void add_stop(struct page *page, struct json *list, const struct timetable *timetable,
                     const struct visit *visit, int32_t number)
{
    const char *names = bins_text(page->city, visit->bins, visit->bin_count, page->arena);
    if (names == NULL) page->broken = true;
    struct marker marker = add_marker(list, visit->position, names);
    json_put_integer(marker.object, "number", number);
    json_put_flag(marker.object, "must", choice_mandatory(visit->reason));
    add_line(marker, _("Address"), page->city->bins[visit->bins[0]].address);
    add_stream(page, marker, visit->bins[0]);
    add_line(marker, _("Vehicle"), timetable->vehicle->id);
    add_line(marker, _("Time"), page_clock(page, visit->begin_s));
    add_line(marker, _("Expected fill"), page_fill(page, visit->fill_percent));
    add_line(marker, _("Risk of overflow"), page_probability(page, visit->risk));
    add_line(marker, _("Why"), choice_reason_sentence(visit->reason));
}

static struct json *route_data(struct page *page, const struct driven *driven,
                               const struct timetable *timetable)
{
    struct json *route = json_new_object(), *line = json_new_array(), *stops = json_new_array();
    struct way_line way;
    if (way_line_of(driven, timetable, page->arena, &way, NULL) != ERROR_NONE) page->broken = true;
    for (int32_t k = 0; k < way.count; k++) put_place(line, NULL, way.points[k]);
    json_put_string(route, "vehicle", timetable->vehicle->id);
    json_put_string(route, "colour", vehicle_colour(page, timetable->vehicle));
    json_put_string(route, "dash", vehicle_dash(page, timetable->vehicle));
    int32_t number = 0;
    for (int32_t i = 0; i < timetable->count; i++) {
        const struct visit *visit = &timetable->visits[i];
        if (visit->kind == VISIT_STOP) add_stop(page, stops, timetable, visit, ++number);
    }
    json_put(route, "line", line);
    json_put(route, "stops", stops);
    return route;
}

static struct json *routes_data(struct page *page, const struct driven *driven,
                                const struct timetable *timetables)
{
    struct json *routes = json_new_array();
    for (int32_t i = 0; i < driven->plan->route_count; i++)
        json_put(routes, NULL, route_data(page, driven, &timetables[i]));
    return routes;
}

/* Beyond so many, bins that are no candidates show their place and id alone: the page stays light. */
enum { DESCRIBED_MAX = 4000 };

/* Bins that no round of the plan empties: candidates left, and the rest that gives the city its shape. */
static void put_bins(struct page *page, struct json *root)
{
    struct json *unserved = json_new_array(), *others = json_new_array();
    for (int32_t bin = 0; bin < page->city->bin_count; bin++) {
        if (driven_serves(&page->plan, bin)) continue;
        const struct bin *it = &page->city->bins[bin];
        const struct bin_choice *choice = &page->night->choice->bins[bin];
        bool candidate = choice->reason != REASON_NONE;
        struct marker marker = add_marker(candidate ? unserved : others, it->position, it->id);
        if (!candidate && page->city->bin_count > DESCRIBED_MAX) continue;
        add_line(marker, _("Address"), it->address);
        add_stream(page, marker, bin);
        add_line(marker, _("Expected fill"), page_fill(page, expected_fill_percent(&page->plan, bin)));
        if (!candidate) continue;
        json_put_flag(marker.object, "must", choice_mandatory(choice->reason));
        add_line(marker, _("Risk of overflow"), page_probability(page, choice->risk));
        add_line(marker, _("Candidate because"), choice_reason_sentence(choice->reason));
    }
    json_put(root, "unserved", unserved);
    json_put(root, "others", others);
}

static void put_places(struct page *page, struct json *root)
{
    struct json *places = json_new_array();
    for (int32_t i = 0; i < page->city->depot_count; i++) {
        const struct depot *it = &page->city->depots[i];
        struct marker marker = add_marker(places, it->position, it->name == NULL ? it->id : it->name);
        json_put_string(marker.object, "kind", "depot");
        json_put_string(marker.object, "label", it->id);
        add_line(marker, _("Depot"), it->id);
    }
    for (int32_t i = 0; i < page->city->site_count; i++) {
        const struct disposal_site *it = &page->city->sites[i];
        double tonnes = (double)page->plan.report->site_kg[i] / 1000;
        struct marker marker = add_marker(places, it->position, it->name == NULL ? it->id : it->name);
        json_put_string(marker.object, "kind", "site");
        json_put_string(marker.object, "label", it->id);
        add_line(marker, _("Disposal site"), it->id);
        add_line(marker, _("Unloaded that day"), page_unit(page, page_number(page, tonnes, 1), "t"));
    }
    json_put(root, "places", places);
}

/* Inside a script element only "<" can end the element or begin a comment. */
static void put_json(FILE *out, const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '<') {
            fputs("\\u003c", out);
        } else {
            fputc(*c, out);
        }
    }
}

error_code map_data_write(struct page *page, struct error *error)
{
    struct json *root = json_new_object();
    json_put(root, "routes", routes_data(page, &page->plan, page->routes));
    if (page->practice_known) {
        json_put(root, "practice", routes_data(page, &page->practice, page->old_routes));
    }
    put_bins(page, root);
    put_places(page, root);
    map_roads_put(page, root);
    json_put_string(root, "in", _("Zoom in"));
    json_put_string(root, "out", _("Zoom out"));
    char *text = json_print(root, false);
    json_free(root);
    if (text == NULL) return error_memory(error);
    put_json(page->out, text);
    free(text);
    return ERROR_NONE;
}
