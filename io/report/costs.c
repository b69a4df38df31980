#include "io/report/sections.h"

#include "solver/base/message.h"

/* Stacked bars of HTML: they stay readable on a phone, and are the table itself. */

static const char *part_label(int part)
{
    switch (part) {
    case COST_FIXED:
        return _("Vehicles taken out");
    case COST_WORK:
        return _("Work");
    case COST_OVERTIME:
        return _("Overtime");
    case COST_DISTANCE:
        return _("Wear by distance");
    case COST_FUEL:
        return _("Fuel");
    case COST_CARBON:
        return _("Carbon price");
    case COST_FEES:
        return _("Disposal fees");
    case COST_PRIZES:
        return _("Overflow risk of optional bins left");
    default:
        return cost_part_name((cost_part)part);
    }
}

static void put_bar(struct page *page, const char *label, const struct cost *cost, money widest)
{
    page_put(page,
             "<div class=\"stack\"><span class=\"label\">%s</span><span class=\"bar\" aria-hidden=\"true\">",
             label);
    for (int part = 0; part < COST_PART_COUNT; part++) {
        if (cost->parts[part] <= 0) continue;
        page_put(page, "<span class=\"part%d\" style=\"width:%.2f%%\" title=\"%s\"></span>", part,
                 100.0 * (double)cost->parts[part] / (double)widest,
                 page_format(page, "%s: %s", part_label(part), page_money(page, cost->parts[part])));
    }
    page_put(page, "</span><span class=\"sum\">%s</span></div>\n", page_money(page, cost_total(cost)));
}

static void put_table(struct page *page, const struct cost *plan, const struct cost *practice)
{
    page_put(page,
             "<div class=\"scroll\"><table class=\"costs\"><thead><tr><th scope=\"col\">%s</th><th "
             "scope=\"col\" class=\"n\">"
             "%s</th>",
             _("Part"), _("Plan"));
    if (practice != NULL) {
        page_put(page, "<th scope=\"col\" class=\"n\">%s</th><th scope=\"col\" class=\"n\">%s</th>",
                 _("Current practice"), _("Difference"));
    }
    page_put(page, "</tr></thead><tbody>\n");
    for (int part = 0; part < COST_PART_COUNT; part++) {
        money old = practice == NULL ? 0 : practice->parts[part];
        if (plan->parts[part] == 0 && old == 0) continue;
        page_put(page,
                 "<tr><th scope=\"row\"><span class=\"dot part%d\"></span>%s</th><td class=\"n\">%s</td>",
                 part, part_label(part), page_money(page, plan->parts[part]));
        if (practice != NULL) {
            page_put(page, "<td class=\"n\">%s</td><td class=\"n\">%s</td>", page_money(page, old),
                     page_money(page, plan->parts[part] - old));
        }
        page_put(page, "</tr>\n");
    }
    page_put(page, "</tbody><tfoot><tr><th scope=\"row\">%s</th><td class=\"n\">%s</td>", _("Total"),
             page_money(page, cost_total(plan)));
    if (practice != NULL) {
        page_put(page, "<td class=\"n\">%s</td><td class=\"n\">%s</td>",
                 page_money(page, cost_total(practice)),
                 page_money(page, cost_total(plan) - cost_total(practice)));
    }
    page_put(page, "</tr></tfoot></table></div>\n");
}

void section_costs(struct page *page)
{
    const struct cost *plan = &page->plan.report->cost;
    const struct cost *practice = page->practice_known ? &page->practice.report->cost : NULL;
    money widest = cost_total(plan) > 0 ? cost_total(plan) : 1;
    if (practice != NULL && cost_total(practice) > widest) widest = cost_total(practice);
    page_put(page, "<section id=\"costs\"><h2>%s</h2>\n", _("Costs"));
    put_bar(page, _("Plan"), plan, widest);
    if (practice != NULL) put_bar(page, _("Current practice"), practice, widest);
    put_table(page, plan, practice);
    if (practice != NULL && plan->parts[COST_PRIZES] > 0) {
        page_put(
            page, "<p class=\"note\">%s</p>\n",
            _("The overflow risk of optional bins left is counted for the plan alone: it is what the choice "
              "of bins weighs against distance and work. The risk that the current practice leaves shows in "
              "the expected overflows."));
    }
    page_put(page, "</section>\n");
}
