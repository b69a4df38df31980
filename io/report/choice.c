#include "io/report/sections.h"

#include "solver/base/message.h"

static void put_reasons(struct page *page)
{
    int32_t bins[REASON_COUNT] = {0}, served[REASON_COUNT] = {0};
    for (int32_t bin = 0; bin < page->city->bin_count; bin++) {
        choice_reason reason = page->night->choice->bins[bin].reason;
        bins[reason]++;
        served[reason] += driven_serves(&page->plan, bin);
    }
    page_put(page,
             "<div class=\"scroll\"><table class=\"reasons\"><thead><tr><th scope=\"col\">%s</th><th "
             "scope=\"col\">%s</th>"
             "<th scope=\"col\" class=\"n\">%s</th><th scope=\"col\" class=\"n\">%s</th><th scope=\"col\" "
             "class=\"n\">%s"
             "</th></tr></thead><tbody>\n",
             _("Why"), _("Status"), _("Bins"), _("Emptied"), _("Left"));
    for (int i = REASON_COUNT - 1; i >= 0; i--) {
        choice_reason reason = (choice_reason)i;
        if (bins[i] == 0) continue;
        const char *status = choice_mandatory(reason) ? _("mandatory")
                             : reason == REASON_NONE  ? "–"
                                                      : _("optional");
        page_put(page,
                 "<tr><th scope=\"row\">%s</th><td>%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td>"
                 "<td class=\"n%s\">%s</td></tr>\n",
                 i == REASON_NONE ? _("Not needed that day") : choice_reason_sentence(reason), status,
                 page_count(page, bins[i]), page_count(page, served[i]),
                 choice_mandatory(reason) && served[i] < bins[i] ? " bad" : "",
                 page_count(page, bins[i] - served[i]));
    }
    page_put(page, "</tbody></table></div>\n");
}

static bool is_left(const struct page *page, int32_t bin, bool mandatory)
{
    choice_reason reason = page->night->choice->bins[bin].reason;
    return reason != REASON_NONE && choice_mandatory(reason) == mandatory && !driven_serves(&page->plan, bin);
}

static void put_left_row(struct page *page, int32_t bin)
{
    const struct bin *it = &page->city->bins[bin];
    const struct bin_choice *choice = &page->night->choice->bins[bin];
    page_put(page,
             "<tr><td>%s</td><td>%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td>"
             "<td>%s</td></tr>\n",
             it->id, it->address == NULL ? "" : it->address,
             page_fill(page, expected_fill_percent(&page->plan, bin)), page_probability(page, choice->risk),
             choice_mandatory(choice->reason) ? "–" : page_money(page, choice->prize),
             choice_reason_sentence(choice->reason));
}

/* Mandatory bins left are what somebody must act upon: shown open, unless there are too many to read on. */
enum { OPEN_MAX = 30 };

static void put_left(struct page *page, bool mandatory)
{
    int32_t count = 0;
    for (int32_t bin = 0; bin < page->city->bin_count; bin++) count += is_left(page, bin, mandatory);
    if (count == 0) return;
    page_put(page,
             "<details%s><summary>%s</summary><div class=\"scroll\"><table class=\"left\"><thead><tr><th "
             "scope=\"col\">%s"
             "</th><th scope=\"col\">%s</th><th scope=\"col\" class=\"n\">%s</th><th scope=\"col\" "
             "class=\"n\">%s</th>"
             "<th scope=\"col\" class=\"n\">%s</th><th scope=\"col\">%s</th></tr></thead><tbody>\n",
             mandatory && count <= OPEN_MAX ? " open" : "",
             page_format(page, mandatory ? _("Mandatory bins left: %s") : _("Optional bins left: %s"),
                         page_count(page, count)),
             _("Id"), _("Place"), _("Fill"), _("Risk"), _("Worth"), _("Why"));
    for (int32_t bin = 0; bin < page->city->bin_count; bin++) {
        if (is_left(page, bin, mandatory)) put_left_row(page, bin);
    }
    page_put(page, "</tbody></table></div></details>\n");
}

void section_choice(struct page *page)
{
    page_put(
        page, "<section id=\"choice\"><h2>%s</h2>\n<p>%s</p>\n", _("Choice of bins"),
        page_format(
            page,
            _("Bins known: %s. A bin is mandatory when its risk of overflowing before the next chance to "
              "serve it (%s) passes the service target, or when a promise, a request or a rule asks for "
              "it. The others are emptied when what this saves is worth the way."),
            page_count(page, page->city->bin_count), page_date(page, page->night->choice->next_chance)));
    put_reasons(page);
    put_left(page, true);
    put_left(page, false);
    page_put(page, "</section>\n");
}
