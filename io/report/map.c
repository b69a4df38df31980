#include "io/report/sections.h"

#include "solver/base/message.h"

static void put_swatch(struct page *page, const struct city_vehicle *vehicle)
{
    page_put(
        page,
        "<svg class=\"swatch\" viewBox=\"0 0 32 8\" aria-hidden=\"true\"><line x1=\"1\" y1=\"4\" x2=\"31\" "
        "y2=\"4\" stroke=\"%s\" stroke-width=\"5\" stroke-dasharray=\"%s\"/></svg>",
        vehicle_colour(page, vehicle), vehicle_dash(page, vehicle));
}

static void put_layer(struct page *page, const char *layer, const char *mark, const char *label, bool on)
{
    page_put(page,
             "<label><input type=\"checkbox\" data-layer=\"%s\"%s><span class=\"key %s\" "
             "aria-hidden=\"true\"></span>"
             "<span>%s</span></label>\n",
             layer, on ? " checked" : "", mark, label);
}

static void put_vehicle(struct page *page, int32_t route)
{
    const struct city_vehicle *vehicle = page->routes[route].vehicle;
    const struct checked_route *checked = &page->plan.report->routes[route];
    page_put(page, "<label><input type=\"checkbox\" data-layer=\"route-%d\" data-group=\"plan\" checked>",
             (int)route);
    put_swatch(page, vehicle);
    page_put(page, "<span>%s <small>%s · %s</small></span></label>\n", vehicle->id,
             page_unit(page, page_number(page, (double)checked->distance_m / 1000, 0), "km"),
             page_format(page, _("stops: %s"), page_count(page, checked->stops)));
}

void section_map(struct page *page)
{
    page_put(page,
             "<section id=\"map\"><h2>%s</h2>\n<div class=\"atlas\">\n"
             "<div id=\"canvas\" role=\"region\" aria-label=\"%s\" tabindex=\"0\"></div>\n"
             "<form class=\"layers\" aria-label=\"%s\">\n<fieldset><legend>%s</legend>\n",
             _("Map"), _("Map of the rounds. The same content stands in the tables of the section “Rounds”."),
             _("Layers of the map"), _("Rounds of the plan"));
    for (int32_t route = 0; route < page->plan.plan->route_count; route++) put_vehicle(page, route);
    page_put(
        page,
        "<p class=\"buttons\"><button type=\"button\" data-all=\"1\">%s</button> "
        "<button type=\"button\" data-all=\"0\">%s</button></p></fieldset>\n<fieldset><legend>%s</legend>\n",
        _("All"), _("None"), _("Also shown"));
    if (page->practice_known) put_layer(page, "practice", "practice", _("Current practice"), false);
    put_layer(page, "unserved", "unserved", _("Candidates left (mandatory: red)"), true);
    put_layer(page, "others", "others", _("Other bins"), true);
    put_layer(page, "places", "places", _("Depots and disposal sites"), true);
    page_put(
        page,
        "</fieldset>\n</form></div>\n<noscript><p class=\"note\">%s</p></noscript>\n"
        "<p class=\"note\">%s</p></section>\n",
        _("The map needs scripts; every table of this page reads without them."),
        page->city->roads != NULL
            ? _("Select a stop for its address, time, fill and reason. Lines follow the roads that the truck "
                "may use. Roads © OpenStreetMap contributors (ODbL).")
            : _("Select a stop for its address, time, fill and reason. Lines are drawn straight from stop to "
                "stop: they show the order, not the streets. The ground is blank because this page works "
                "without a network."));
}
