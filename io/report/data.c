#include "io/report/sections.h"

#include "solver/base/message.h"
#include "solver/network/roads/road_travel.h"

#include <math.h>

/* ---- Where levels come from ---- */

static const char *source_label(int source)
{
    switch (source) {
    case FILL_SENSOR:
        return _("Own sensor, recent readings");
    case FILL_EMPTYINGS:
        return _("Own emptyings alone, or a sensor fallen silent");
    case FILL_POOLED:
        return _("Mostly similar bins: too little of its own");
    case FILL_PRIOR:
        return _("Nothing known: the usual filling of its stream");
    default:
        return fill_source_name((fill_source)source);
    }
}

static void put_sources(struct page *page)
{
    const struct fill_forecast *forecast = page->night->forecast;
    int32_t counts[FILL_SOURCE_COUNT] = {0};
    for (int32_t bin = 0; bin < forecast->bin_count; bin++) counts[forecast->bins[bin].source]++;
    page_put(page,
             "<div class=\"scroll\"><table><caption>%s</caption><thead><tr><th scope=\"col\">%s</th><th "
             "scope=\"col\" "
             "class=\"n\">%s</th><th scope=\"col\" class=\"n\">%s</th></tr></thead><tbody>\n",
             _("How the fill of each bin is known"), _("Source"), _("Bins"), _("Share"));
    for (int source = 0; source < FILL_SOURCE_COUNT; source++) {
        page_put(page, "<tr><th scope=\"row\">%s</th><td class=\"n\">%s</td><td class=\"n\">%s</td></tr>\n",
                 source_label(source), page_count(page, counts[source]),
                 page_percent(
                     page, 100.0 * counts[source] / (forecast->bin_count > 0 ? forecast->bin_count : 1), 0));
    }
    page_put(page, "</tbody></table></div>\n");
}

/* ---- Sensor faults ---- */

static const char *fault_label(int kind)
{
    switch (kind) {
    case FAULT_GAP:
        return _("Gap: no reading for long");
    case FAULT_STUCK:
        return _("Stuck at one value");
    case FAULT_SPIKE:
        return _("Implausible readings");
    case FAULT_SILENT:
        return _("Silent until now");
    default:
        return fault_kind_name((fault_kind)kind);
    }
}

/* The rest stands in log.jsonl. */
enum { FAULTS_SHOWN_MAX = 1000, DIAGNOSTICS_SHOWN_MAX = 200 };

static void put_fault_list(struct page *page)
{
    const struct fill_forecast *forecast = page->night->forecast;
    page_put(
        page,
        "<details><summary>%s</summary><div class=\"scroll\"><table class=\"faults\"><thead><tr><th "
        "scope=\"col\">%s</th>"
        "<th scope=\"col\">%s</th><th scope=\"col\">%s</th><th scope=\"col\">%s</th><th scope=\"col\">%s</th>"
        "<th scope=\"col\" class=\"n\">%s</th></tr></thead><tbody>\n",
        _("Every fault, by bin"), _("Bin"), _("Place"), _("Fault"), _("From"), _("To"),
        _("Readings discarded"));
    for (int32_t i = 0; i < forecast->fault_count && i < FAULTS_SHOWN_MAX; i++) {
        const struct sensor_fault *it = &forecast->faults[i];
        const struct bin *bin = &page->city->bins[it->bin];
        page_put(page,
                 "<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td class=\"n\">%s</td></tr>\n",
                 bin->id, bin->address == NULL ? "" : bin->address, fault_label((int)it->kind),
                 page_instant(page, it->from), page_instant(page, it->to), page_count(page, it->readings));
    }
    page_put(page, "</tbody></table></div>");
    if (forecast->fault_count > FAULTS_SHOWN_MAX) {
        page_put(page, "<p class=\"note\">%s</p>", _("The list goes on in log.jsonl."));
    }
    page_put(page, "</details>\n");
}

static void put_faults(struct page *page)
{
    const struct fill_forecast *forecast = page->night->forecast;
    page_put(page, "<h3>%s</h3>\n<p>%s</p>\n", _("Sensor faults"),
             page_format(page, _("Readings: %s; discarded as faulty: %s."),
                         page_count(page, forecast->readings_read),
                         page_count(page, forecast->readings_discarded)));
    if (forecast->fault_count == 0) return;
    int32_t counts[FAULT_KIND_COUNT] = {0}, bins[FAULT_KIND_COUNT] = {0},
            last[FAULT_KIND_COUNT] = {-1, -1, -1, -1};
    for (int32_t i = 0; i < forecast->fault_count; i++) {
        const struct sensor_fault *it = &forecast->faults[i];
        counts[it->kind]++;
        bins[it->kind] += it->bin != last[it->kind];
        last[it->kind] = it->bin;
    }
    page_put(page,
             "<div class=\"scroll\"><table><thead><tr><th scope=\"col\">%s</th><th scope=\"col\" "
             "class=\"n\">%s</th>"
             "<th scope=\"col\" class=\"n\">%s</th></tr></thead><tbody>\n",
             _("Fault"), _("Times"), _("Bins"));
    for (int kind = 0; kind < FAULT_KIND_COUNT; kind++) {
        if (counts[kind] == 0) continue;
        page_put(page, "<tr><th scope=\"row\">%s</th><td class=\"n\">%s</td><td class=\"n\">%s</td></tr>\n",
                 fault_label(kind), page_count(page, counts[kind]), page_count(page, bins[kind]));
    }
    page_put(page, "</tbody></table></div>\n");
    put_fault_list(page);
}

/* ---- What the readers said ---- */

static void put_diagnostics(struct page *page, bool notes)
{
    const struct diagnostics *list = page->facts->diagnostics;
    int32_t count = 0;
    for (int64_t i = 0; list != NULL && i < list->count; i++)
        count += (list->items[i].severity == SEVERITY_NOTE) == notes;
    if (count == 0) return;
    page_put(page, "<details><summary>%s</summary><ul class=\"diagnostics\">\n",
             page_format(page,
                         notes ? _("What was detected in the files (%d)") : _("Warnings about the data (%d)"),
                         count));
    int32_t shown = 0;
    for (int64_t i = 0; i < list->count && shown < DIAGNOSTICS_SHOWN_MAX; i++) {
        const struct diagnostic *it = &list->items[i];
        if ((it->severity == SEVERITY_NOTE) != notes) continue;
        shown++;
        const char *file = it->place.file == NULL ? "" : it->place.file;
        const char *place =
            it->place.line > 0 ? page_format(page, "%s:%lld", file, (long long)it->place.line) : file;
        page_put(page, "<li><code>%s</code> %s", place, it->message);
        if (it->place.text != NULL && !notes) page_put(page, "<pre>%s</pre>", it->place.text);
        page_put(page, "</li>\n");
    }
    page_put(page, "</ul></details>\n");
}

/* ---- What was assumed ---- */

static void assume(struct page *page, const char *sentence)
{
    page_put(page, "<li>%s</li>\n", sentence);
}

static void assume_roads(struct page *page)
{
    const struct city *city = page->city;
    assume(page,
           page_format(page,
                       _("Distances and driving times are those of the roads of the extract %s, as each "
                         "vehicle may use them (© OpenStreetMap contributors, ODbL)."),
                       city->network_file));
    if (city->roads->elsewhere > 0)
        assume(page, page_format(
                         page,
                         _("Bins served from another road than the nearest, which the vehicle may not use or "
                           "could not leave without turning round: %s."),
                         page_count(page, city->roads->elsewhere)));
    if (city->roads->nowhere > 0)
        assume(page, page_format(page, _("Bins that some vehicle cannot come to by any road: %s."),
                                 page_count(page, city->roads->nowhere)));
}

static void assume_network(struct page *page)
{
    const struct city *city = page->city;
    if (city->network == NETWORK_OSM) {
        assume_roads(page);
        return;
    }
    if (city->network == NETWORK_MATRIX) {
        assume(page, page_format(page, _("Distances and driving times come from the file %s."),
                                 city->network_file));
        return;
    }
    for (int32_t i = 0; city->network == NETWORK_STRAIGHT_LINE && i < city->profile_count; i++) {
        const struct travel_profile *profile = &city->profiles[i];
        assume(page,
               page_format(page,
                           _("Distances are straight lines times %s, driven at %s km/h (profile %s): good on "
                             "average over a round, rough for one leg."),
                           page_number(page, profile->detour, 2), page_number(page, profile->speed_kmh, 0),
                           profile->name));
    }
}

static void assume_energy(struct page *page)
{
    int32_t unknown = 0;
    for (int32_t route = 0; route < page->plan.plan->route_count; route++) {
        unknown += isnan(route_kgco2e(&page->plan, route)) != 0;
    }
    if (unknown > 0) {
        assume(
            page,
            page_format(page,
                        _("Vehicles whose energy has no emission factor, so that emissions are unknown: %d."),
                        unknown));
    }
    for (int32_t i = 0; i < page->city->energy_count; i++) {
        const struct energy *it = &page->city->energies[i];
        if (isnan(it->kgco2e_per_litre)) continue;
        assume(page, page_format(page, _("Emissions of %s: %s kgCO2e a litre (source: %s)."), it->name,
                                 page_number(page, it->kgco2e_per_litre, 2),
                                 it->source == NULL ? _("not stated") : it->source));
    }
}

static void put_assumptions(struct page *page)
{
    double factor = city_demand_factor(page->city, page->plan.problem->day);
    page_put(page, "<h3>%s</h3>\n<ul>\n", _("What was assumed"));
    assume(page,
           page_format(page, _("Levels are those expected at the end of the day, from what was known on %s."),
                       page_instant(page, page->night->forecast->now)));
    assume_network(page);
    assume_energy(page);
    if (factor < 1 || factor > 1) {
        assume(page, page_format(page, _("The calendar multiplies that day's filling by %s."),
                                 page_number(page, factor, 2)));
    }
    assume(page, page_format(
                     page, _("An overflow is priced at %s: this is what the choice of optional bins weighs."),
                     page_money(page, page->city->overflow_cost)));
    page_put(page, "</ul>\n");
}

void section_data(struct page *page)
{
    page_put(page, "<section id=\"data\"><h2>%s</h2>\n", _("Data"));
    put_sources(page);
    put_faults(page);
    put_assumptions(page);
    put_diagnostics(page, false);
    put_diagnostics(page, true);
    page_put(page, "</section>\n");
}
