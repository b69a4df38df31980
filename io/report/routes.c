#include "io/report/sections.h"

#include "solver/base/message.h"

#include <math.h>

/* ---- The timeline: a bar a vehicle, in SVG ---- */

enum {
    NAME_WIDTH = 96,
    CHART_WIDTH = 1000,
    ROW_HEIGHT = 30,
    BAR_HEIGHT = 18,
    AXIS_HEIGHT = 26,
    HOUR_S = 3600
};

struct timeline {
    int64_t from_s, to_s; /* whole hours around every route */
};

static struct timeline timeline_of(const struct page *page)
{
    const struct checked_route *routes = page->plan.report->routes;
    struct timeline line = {INT64_MAX, INT64_MIN};
    for (int32_t route = 0; route < page->plan.plan->route_count; route++) {
        if (routes[route].departure_s < line.from_s) line.from_s = routes[route].departure_s;
        if (routes[route].return_s > line.to_s) line.to_s = routes[route].return_s;
    }
    line.from_s = line.from_s / HOUR_S * HOUR_S;
    line.to_s = (line.to_s + HOUR_S - 1) / HOUR_S * HOUR_S;
    return line;
}

static double x_of(const struct timeline *line, int64_t at_s)
{
    double width = CHART_WIDTH - NAME_WIDTH - 22;
    return NAME_WIDTH + width * (double)(at_s - line->from_s) / (double)(line->to_s - line->from_s);
}

static void put_hours(struct page *page, const struct timeline *line, int32_t rows)
{
    for (int64_t at_s = line->from_s; at_s <= line->to_s; at_s += HOUR_S) {
        double x = x_of(line, at_s);
        page_put(
            page,
            "<line class=\"grid\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/><text x=\"%.1f\" y=\"14\" "
            "text-anchor=\"middle\">%s</text>\n",
            x, AXIS_HEIGHT - 6, x, AXIS_HEIGHT + rows * ROW_HEIGHT, x, page_clock(page, at_s));
    }
}

static void put_span(struct page *page, const struct timeline *line, int32_t row, const char *activity,
                     int64_t from_s, int64_t to_s, const char *words)
{
    if (to_s <= from_s) return;
    double x = x_of(line, from_s);
    page_put(page,
             "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.2f\" height=\"%d\"><title>%s</title></rect>",
             activity, x, AXIS_HEIGHT + row * ROW_HEIGHT + (ROW_HEIGHT - BAR_HEIGHT) / 2,
             x_of(line, to_s) - x, BAR_HEIGHT, words);
}

static const char *visit_words(struct page *page, const struct visit *visit)
{
    const char *clock = page_clock(page, visit->begin_s);
    switch (visit->kind) {
    case VISIT_STOP:
        return page_format(page, "%s %s", clock, page->city->bins[visit->bins[0]].id);
    case VISIT_DISPOSAL:
        return page_format(page, "%s %s %s", clock, _("Unloading:"), page->city->sites[visit->place].id);
    case VISIT_BREAK:
        return page_format(page, "%s %s", clock, _("Break"));
    case VISIT_START:
    case VISIT_END:
        break;
    }
    return clock;
}

static void put_bar(struct page *page, const struct timeline *line, int32_t route)
{
    static const char *const ACTIVITIES[] = {"drive", "serve", "unload", "break", "drive"};
    const struct timetable *timetable = &page->routes[route];
    int32_t y = AXIS_HEIGHT + route * ROW_HEIGHT + ROW_HEIGHT / 2;
    page_put(page, "<g><text x=\"%d\" y=\"%d\" text-anchor=\"end\" class=\"name\">%s</text>", NAME_WIDTH - 10,
             (int)y + 4, timetable->vehicle->id);
    for (int32_t i = 1; i < timetable->count; i++) {
        const struct visit *before = &timetable->visits[i - 1], *visit = &timetable->visits[i];
        put_span(page, line, route, "drive", before->end_s, visit->arrival_s, _("Driving"));
        put_span(page, line, route, "wait", visit->arrival_s, visit->begin_s, _("Waiting"));
        put_span(page, line, route, ACTIVITIES[visit->kind], visit->begin_s, visit->end_s,
                 visit_words(page, visit));
    }
    page_put(page, "</g>\n");
}

static void put_timeline(struct page *page)
{
    const struct {
        const char *activity, *label;
    } keys[] = {{"drive", _("Driving")},
                {"serve", _("Emptying")},
                {"unload", _("Unloading")},
                {"break", _("Break")},
                {"wait", _("Waiting")}};
    int32_t rows = page->plan.plan->route_count;
    struct timeline line = timeline_of(page);
    page_put(page, "<ul class=\"keys\">");
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        page_put(page,
                 "<li><svg viewBox=\"0 0 16 12\" aria-hidden=\"true\"><rect class=\"%s\" width=\"16\" "
                 "height=\"12\"/></svg>%s</li>",
                 keys[i].activity, keys[i].label);
    }
    page_put(
        page,
        "</ul>\n<div class=\"scroll\"><svg class=\"timeline\" viewBox=\"0 0 %d %d\" role=\"img\" "
        "aria-label=\"%s\"><defs><pattern id=\"hatch\" width=\"5\" height=\"5\" "
        "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect width=\"5\" height=\"5\" "
        "fill=\"#fff\"/><line x1=\"0\" y1=\"0\" x2=\"0\" y2=\"5\" stroke=\"#5b6875\" stroke-width=\"2\"/>"
        "</pattern></defs>\n",
        CHART_WIDTH, AXIS_HEIGHT + rows * ROW_HEIGHT + 4,
        _("Timeline: what each vehicle does from leaving to coming back. The table below has the same "
          "times."));
    put_hours(page, &line, rows);
    for (int32_t route = 0; route < rows; route++) put_bar(page, &line, route);
    page_put(page, "</svg></div>\n");
}

/* ---- A row a vehicle ---- */

static void put_routes_head(struct page *page)
{
    const char *const columns[] = {_("Out"),       _("Back"),    _("Work"),     _("Overtime"), _("Driving"),
                                   _("Emptying"),  _("Waiting"), _("Distance"), _("Stops"),    _("Trips"),
                                   _("Collected"), _("Fuel"),    _("Cost")};
    page_put(page, "<div class=\"scroll\"><table class=\"rounds\"><thead><tr><th scope=\"col\">%s</th>",
             _("Vehicle"));
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        page_put(page, "<th scope=\"col\" class=\"n\">%s</th>", columns[i]);
    }
    page_put(page, "</tr></thead><tbody>\n");
}

static void put_cell(struct page *page, const char *text)
{
    page_put(page, "<td class=\"n\">%s</td>", text);
}

static void put_figures(struct page *page, const struct checked_route *it, double litres)
{
    put_cell(page, page_duration(page, it->work_s));
    put_cell(page, it->overtime_s == 0 ? "–" : page_duration(page, it->overtime_s));
    put_cell(page, page_duration(page, it->driving_s));
    put_cell(page, page_duration(page, it->service_s));
    put_cell(page, page_duration(page, it->waiting_s));
    put_cell(page, page_unit(page, page_number(page, (double)it->distance_m / 1000, 1), "km"));
    put_cell(page, page_count(page, it->stops));
    put_cell(page, page_count(page, it->trips));
    put_cell(page, page_unit(page, page_number(page, (double)it->collected_kg / 1000, 1), "t"));
    put_cell(page, page_unit(page, page_number(page, litres, 0), "l"));
    put_cell(page, page_money(page, cost_total(&it->cost)));
}

static void add_up(struct checked_route *total, const struct checked_route *it)
{
    total->work_s += it->work_s;
    total->overtime_s += it->overtime_s;
    total->driving_s += it->driving_s;
    total->service_s += it->service_s;
    total->waiting_s += it->waiting_s;
    total->distance_m += it->distance_m;
    total->stops += it->stops;
    total->trips += it->trips;
    total->collected_kg += it->collected_kg;
    for (int part = 0; part < COST_PART_COUNT; part++) total->cost.parts[part] += it->cost.parts[part];
}

static void put_routes_table(struct page *page)
{
    struct checked_route total = {0};
    double litres = 0;
    put_routes_head(page);
    for (int32_t route = 0; route < page->plan.plan->route_count; route++) {
        const struct checked_route *it = &page->plan.report->routes[route];
        const struct city_vehicle *vehicle = page->routes[route].vehicle;
        page_put(page, "<tr><th scope=\"row\"><span class=\"dot\" style=\"background:%s\"></span>%s</th>",
                 vehicle_colour(page, vehicle), vehicle->id);
        put_cell(page, page_clock(page, it->departure_s));
        put_cell(page, page_clock(page, it->return_s));
        put_figures(page, it, route_litres(&page->plan, route));
        page_put(page, "</tr>\n");
        add_up(&total, it);
        litres += route_litres(&page->plan, route);
    }
    page_put(page, "</tbody><tfoot><tr><th scope=\"row\" colspan=\"3\">%s</th>", _("Total"));
    put_figures(page, &total, litres);
    page_put(page, "</tr></tfoot></table></div>\n");
}

/* ---- Every stop ---- */

static void put_place(struct page *page, const struct visit *visit)
{
    const struct city *city = page->city;
    const char *name = NULL;
    switch (visit->kind) {
    case VISIT_START:
    case VISIT_END:
        name = city->depots[visit->place].name;
        page_put(page, "<td>%s</td><td>%s</td>", city->depots[visit->place].id, name == NULL ? "" : name);
        return;
    case VISIT_DISPOSAL:
        name = city->sites[visit->place].name;
        page_put(page, "<td>%s</td><td>%s %s</td>", city->sites[visit->place].id, _("Unloading:"),
                 name == NULL ? "" : name);
        return;
    case VISIT_BREAK:
        page_put(page, "<td></td><td>%s</td>", _("Break"));
        return;
    case VISIT_STOP:
        break;
    }
    page_put(page, "<td>");
    for (int32_t i = 0; i < visit->bin_count; i++)
        page_put(page, "%s%s", i == 0 ? "" : " ", city->bins[visit->bins[i]].id);
    name = city->bins[visit->bins[0]].address;
    page_put(page, "</td><td>%s</td>", name == NULL ? "" : name);
}

static void put_visit(struct page *page, const struct visit *visit)
{
    bool stop = visit->kind == VISIT_STOP;
    page_put(page, "<tr class=\"%s\"><td class=\"n\">%s</td>", visit_kind_name(visit->kind),
             page_clock(page, visit->begin_s));
    put_place(page, visit);
    put_cell(page, page_unit(page, page_number(page, (double)visit->distance_m / 1000, 1), "km"));
    put_cell(page, stop ? page_fill(page, visit->fill_percent) : "");
    put_cell(page, stop ? page_probability(page, visit->risk) : "");
    put_cell(page, page_unit(page, page_number(page, (double)visit->load_kg / 1000, 1), "t"));
    page_put(page, "<td>%s</td></tr>\n", stop ? choice_reason_sentence(visit->reason) : "");
}

static void put_stops(struct page *page, int32_t route)
{
    const struct timetable *timetable = &page->routes[route];
    const struct checked_route *it = &page->plan.report->routes[route];
    page_put(page,
             "<details><summary>%s <small>%s–%s · %s</small></summary><div class=\"scroll\"><table "
             "class=\"stops\"><thead>"
             "<tr><th scope=\"col\" class=\"n\">%s</th><th scope=\"col\">%s</th><th scope=\"col\">%s</th>"
             "<th scope=\"col\" class=\"n\">%s</th><th scope=\"col\" class=\"n\">%s</th><th scope=\"col\" "
             "class=\"n\">%s"
             "</th><th scope=\"col\" class=\"n\">%s</th><th scope=\"col\">%s</th></tr></thead><tbody>\n",
             timetable->vehicle->id, page_clock(page, it->departure_s), page_clock(page, it->return_s),
             page_format(page, _("stops: %s"), page_count(page, it->stops)), _("Time"), _("Id"), _("Place"),
             _("From before"), _("Fill"), _("Risk"), _("Aboard"), _("Why"));
    for (int32_t i = 0; i < timetable->count; i++) put_visit(page, &timetable->visits[i]);
    page_put(page, "</tbody></table></div></details>\n");
}

/* ---- Disposal sites: what each receives, and what it may ---- */

static int32_t unloadings_at(const struct page *page, int32_t site)
{
    int32_t count = 0;
    for (int32_t step = 0; step < page->plan.plan->step_count; step++) {
        const struct plan_step *it = &page->plan.plan->steps[step];
        count += it->kind == STEP_DISPOSAL && it->id == site;
    }
    return count;
}

static void put_sites(struct page *page)
{
    page_put(
        page,
        "<h3>%s</h3>\n<div class=\"scroll\"><table class=\"sites\"><thead><tr><th scope=\"col\">%s</th>"
        "<th scope=\"col\">%s</th><th scope=\"col\" class=\"n\">%s</th><th scope=\"col\" class=\"n\">%s</th>"
        "<th scope=\"col\" class=\"n\">%s</th></tr></thead><tbody>\n",
        _("Disposal sites"), _("Id"), _("Place"), _("Unloadings"), _("Received"), _("Limit of the day"));
    for (int32_t site = 0; site < page->city->site_count; site++) {
        const struct disposal_site *it = &page->city->sites[site];
        double limit_t = (double)it->daily_limit_kg / 1000;
        page_put(page, "<tr><th scope=\"row\">%s</th><td>%s</td>", it->id, it->name == NULL ? "" : it->name);
        put_cell(page, page_count(page, unloadings_at(page, site)));
        put_cell(page,
                 page_unit(page, page_number(page, (double)page->plan.report->site_kg[site] / 1000, 1), "t"));
        put_cell(page, it->daily_limit_kg == 0 ? "–" : page_unit(page, page_number(page, limit_t, 0), "t"));
        page_put(page, "</tr>\n");
    }
    page_put(page, "</tbody></table></div>\n");
}

void section_routes(struct page *page)
{
    page_put(page, "<section id=\"routes\"><h2>%s</h2>\n", _("Rounds"));
    if (page->plan.plan->route_count == 0) {
        page_put(page, "<p class=\"note\">%s</p></section>\n", _("No vehicle leaves that day."));
        return;
    }
    put_timeline(page);
    put_routes_table(page);
    put_sites(page);
    page_put(page, "<h3 class=\"screen\">%s</h3>\n", _("Stop by stop"));
    for (int32_t route = 0; route < page->plan.plan->route_count; route++) put_stops(page, route);
    page_put(page, "</section>\n");
}
