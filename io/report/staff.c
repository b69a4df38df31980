#include "io/report/sections.h"

#include "solver/base/message.h"

static const char *role_label(int role)
{
    return role == ROLE_DRIVER ? _("Drivers") : _("Loaders");
}

static void put_cells(struct page *page, const struct role_staffing *it)
{
    page_put(page, "<td class=\"n\">%s</td><td class=\"n\">%s</td>", page_count(page, it->agents),
             page_count(page, it->available));
    for (int reason = UNAVAILABLE_ABSENCE; reason <= UNAVAILABLE_REST; reason++) {
        page_put(page, "<td class=\"n\">%s</td>", page_count(page, it->unavailable[reason]));
    }
    page_put(
        page,
        "<td class=\"n\">%s</td><td class=\"n %s\">%s</td><td class=\"n\">%s</td><td class=\"n %s\">%s</td>",
        page_count(page, it->assigned), it->gap > 0 ? "bad" : "good", page_count(page, it->gap),
        page_probability(page, it->absence_probability), it->shortage_probability > 0.1 ? "bad" : "",
        page_probability(page, it->shortage_probability));
}

static void put_table(struct page *page, const struct staffing *staffing)
{
    const char *const known[] = {_("Agents"),
                                 _("Available"),
                                 _("Absent"),
                                 _("On leave"),
                                 _("Licence"),
                                 _("Rest due"),
                                 _("Posts filled"),
                                 _("Gap"),
                                 _("Absence of one, tomorrow"),
                                 _("Probability of a shortage")};
    page_put(
        page,
        "<div class=\"scroll\"><table class=\"staff\"><thead><tr><th scope=\"col\">%s</th><th scope=\"col\" "
        "class=\"n\">%s</th><th scope=\"col\" class=\"n\">%s</th>",
        _("Role"), _("Posts"), _("Hours"));
    for (size_t i = 0; staffing->known && i < sizeof known / sizeof known[0]; i++) {
        page_put(page, "<th scope=\"col\" class=\"n\">%s</th>", known[i]);
    }
    page_put(page, "</tr></thead><tbody>\n");
    for (int role = 0; role < ROLE_COUNT; role++) {
        const struct role_staffing *it = &staffing->roles[role];
        if (it->posts == 0 && it->agents == 0) continue;
        page_put(page, "<tr><th scope=\"row\">%s</th><td class=\"n\">%s</td><td class=\"n\">%s</td>",
                 role_label(role), page_count(page, it->posts), page_number(page, it->hours, 1));
        if (staffing->known) put_cells(page, it);
        page_put(page, "</tr>\n");
    }
    page_put(page, "</tbody></table></div>\n");
}

void section_staff(struct page *page)
{
    const struct staffing *staffing = page->night->staffing;
    page_put(page, "<section id=\"staff\"><h2>%s</h2>\n", _("Staff"));
    put_table(page, staffing);
    page_put(page, "<p class=\"note\">%s</p></section>\n",
             staffing->known
                 ? _("A shortage is that fewer agents come than there are posts, drivers to spare helping to "
                     "load; each available agent may still be absent with the frequency of his role, never "
                     "with one of his own. Without a roster, rest is the number of people that contracts "
                     "leave at rest on such a day. Nobody is named here, and who drives what is decided by a "
                     "person.")
                 : _("No agents are known to the city: only the posts that the rounds need are given."));
}
