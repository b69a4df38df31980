#include "io/report/sections.h"

#include "solver/base/message.h"

#include <inttypes.h>

static void put_part(struct page *page, const char *title, const char *text)
{
    page_put(page, "<h3>%s</h3><p>%s</p>\n", title, text);
}

static void put_inputs(struct page *page)
{
    const struct city_files *files = page->facts->files;
    if (files == NULL) return;
    page_put(page,
             "<details><summary>%s</summary><div class=\"scroll\"><table class=\"inputs\"><thead><tr><th "
             "scope=\"col\">%s</th>"
             "<th scope=\"col\" class=\"n\">%s</th><th scope=\"col\" class=\"n\">%s</th><th "
             "scope=\"col\">SHA-256</th></tr>"
             "</thead><tbody>\n",
             _("Files read, with their fingerprints"), _("File"), _("Rows"), _("Bytes"));
    for (int32_t i = 0; i < files->count; i++) {
        const struct city_file *it = &files->items[i];
        page_put(
            page,
            "<tr><td>%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td><td><code>%s</code></td></tr>\n",
            it->name, page_count(page, it->rows), page_count(page, it->bytes),
            page_format(page, "%016" PRIx64 "%016" PRIx64 "%016" PRIx64 "%016" PRIx64, it->hash[0],
                        it->hash[1], it->hash[2], it->hash[3]));
    }
    page_put(page, "</tbody></table></div></details>\n");
}

void section_method(struct page *page)
{
    const struct run_search *search = &page->facts->search;
    page_put(page, "<section id=\"method\"><h2>%s</h2>\n<div class=\"columns\">\n", _("Method"));
    put_part(page, _("How full the bins are"),
             _("Readings and known emptyings give each bin a rate of filling with its uncertainty; faulty "
               "readings are "
               "set aside and named. Bins with few data lean on similar ones. From this come the level "
               "expected and "
               "the probability of overflow at the end of each coming day."));
    put_part(
        page, _("Why a bin is chosen"),
        _("Each stop carries its reason. A bin is mandatory when waiting for the next day of service would "
          "risk an "
          "overflow above the target, when it is marked as such, when its promised frequency would be "
          "broken, "
          "when its weekday has come or when a resident asked. Another bin has a price: the overflow cost "
          "that "
          "emptying it now is expected to save. It is visited when that is more than what the visit costs."));
    put_part(page, _("How rounds are made"),
             _("A search tries millions of small changes to the rounds and keeps what lowers the cost in "
               "money: vehicles, "
               "work, overtime, distance, fuel, carbon, fees and the price of bins left. It must keep "
               "capacities, opening "
               "hours, shifts, breaks and the trip to a disposal site before coming home. Then another "
               "program, which "
               "shares nothing with the search, drives every round again and judges it."));
    put_part(page, _("Who decides"),
             _("This plan is a proposal made by a computation: the person in charge may change it, have it "
               "checked again, "
               "or set it aside. No data on people enter the choice of bins or the rounds. Of the staff, "
               "only role, "
               "licence, availability and rest are used, and this page shows no person."));
    page_put(
        page, "</div>\n<h3>%s</h3>\n<p>%s</p>\n", _("Making this plan again"),
        page_format(page,
                    _("Benne %s, seed %s, iterations: %s. The same files, seed and number of iterations give "
                      "the same "
                      "plan; a limit of time may end the search elsewhere on another machine. Durations and "
                      "options stand in manifest.json, every detection in log.jsonl."),
                    page->facts->version, page_format(page, "%" PRIu64, search->seed),
                    page_count(page, search->iterations)));
    put_inputs(page);
    page_put(
        page, "</section>\n<footer class=\"foot\">%s</footer>\n",
        page_format(page,
                    _("Made by Benne %s, free software under the GPL-3.0-or-later. This page works without a "
                      "network and sends nothing anywhere. Map: Leaflet (BSD-2-Clause)."),
                    page->facts->version));
}
