#include "io/report/sections.h"

#include "solver/base/message.h"

#include <math.h>

/* What is spent, by part, and the overflows to expect, at their price: only together do they compare plans
 * that leave different risks. The prizes that the search weighs are left out: they hold for the plan alone.
 * Stacked bars of HTML stay readable on a telephone. */

struct costs {
    const char *label;
    const struct cost *spent;
    double overflows; /* money; 0 when unknown */
};

static money overflows_of(const struct costs *costs)
{
    return (money)llround(costs->overflows * (double)MONEY_UNIT);
}

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
    default:
        return cost_part_name((cost_part)part);
    }
}

static void put_slice(struct page *page, const char *mark, const char *label, money amount, money widest)
{
    if (amount <= 0) return;
    page_put(page, "<span class=\"%s\" style=\"width:%.2f%%\" title=\"%s\"></span>", mark,
             100.0 * (double)amount / (double)widest,
             page_format(page, "%s: %s", label, page_money(page, amount)));
}

static void put_bar(struct page *page, const struct costs *costs, money widest)
{
    page_put(page,
             "<div class=\"stack\"><span class=\"label\">%s</span><span class=\"bar\" aria-hidden=\"true\">",
             costs->label);
    for (int part = 0; part < COST_PRIZES; part++) {
        put_slice(page, page_format(page, "part%d", part), part_label(part), costs->spent->parts[part],
                  widest);
    }
    put_slice(page, "overflows", _("Expected overflows"), overflows_of(costs), widest);
    page_put(page, "</span><span class=\"sum\">%s</span></div>\n",
             page_money(page, cost_spent(costs->spent) + overflows_of(costs)));
}

static void put_amounts(struct page *page, const char *tag, const char *mark, const char *label,
                        const money amounts[], int32_t count)
{
    page_put(page, "<tr class=\"%s\"><th scope=\"row\">", tag);
    if (mark[0] != '\0') page_put(page, "<span class=\"dot %s\"></span>", mark);
    page_put(page, "%s</th>", label);
    for (int32_t i = 0; i < count; i++)
        page_put(page, "<td class=\"n\">%s</td>", page_money(page, amounts[i]));
    if (count == 2) page_put(page, "<td class=\"n\">%s</td>", page_money(page, amounts[0] - amounts[1]));
    page_put(page, "</tr>\n");
}

static void put_table(struct page *page, const struct costs costs[], int32_t count)
{
    page_put(page, "<div class=\"scroll\"><table class=\"costs\"><thead><tr><th scope=\"col\">%s</th>",
             _("Part"));
    for (int32_t i = 0; i < count; i++)
        page_put(page, "<th scope=\"col\" class=\"n\">%s</th>", costs[i].label);
    if (count == 2) page_put(page, "<th scope=\"col\" class=\"n\">%s</th>", _("Difference"));
    page_put(page, "</tr></thead><tbody>\n");
    money amounts[2] = {0}, spent[2] = {0}, overflows[2] = {0}, total[2] = {0};
    for (int part = 0; part < COST_PRIZES; part++) {
        for (int32_t i = 0; i < count; i++) amounts[i] = costs[i].spent->parts[part];
        if (amounts[0] == 0 && amounts[1] == 0) continue;
        put_amounts(page, "", page_format(page, "part%d", part), part_label(part), amounts, count);
    }
    for (int32_t i = 0; i < count; i++) {
        spent[i] = cost_spent(costs[i].spent);
        overflows[i] = overflows_of(&costs[i]);
        total[i] = spent[i] + overflows[i];
    }
    put_amounts(page, "sum", "", _("Spent"), spent, count);
    put_amounts(page, "", "overflows", _("Expected overflows, at their price"), overflows, count);
    put_amounts(page, "sum", "", _("Total"), total, count);
    page_put(page, "</tbody></table></div>\n");
}

/* How far from the best the plan can be, where that is proven. */
static void put_bound(struct page *page)
{
    const struct bound_result *bound = page->night->bound;
    if (bound == NULL || !bound->known) return;
    const money cost = cost_bounded(&page->plan.report->cost);
    const double gap = 100 * (double)(cost - bound->bound) / (double)bound->bound;
    page_put(page, "<p class=\"note\">%s</p>\n",
             page_format(page,
                         _("Proven: whatever the rounds, serving the mandatory stops of this day costs at "
                           "least %s, the prizes of the stops left included; this plan, counted so, costs "
                           "%s. It is within %s of the cheapest."),
                         page_money(page, bound->bound / MONEY_UNIT * MONEY_UNIT), page_money(page, cost),
                         page_percent(page, gap, 1)));
}

/* What the city lets a plan cost more, to be easier to live with, and what is still left of it. */
static void put_quality(struct page *page)
{
    const struct check_report *report = page->plan.report;
    const struct instance *instance = &page->night->problem->instance;
    const money *parts = report->cost.parts;
    if (instance->reference == NULL && instance->pair_count == 0 && parts[COST_IMBALANCE] == 0) return;
    page_put(page, "<p class=\"note\">%s</p>\n<ul class=\"note\">\n",
             _("The plan was also judged by what people feel. No money is spent on it, but the search was "
               "allowed to drive farther for it:"));
    if (instance->reference != NULL)
        page_put(page, "<li>%s</li>\n",
                 page_format(page, _("stops with another vehicle than they know: %d, priced at %s"),
                             (int)report->changed, page_money(page, parts[COST_STABILITY])));
    if (instance->pair_count > 0)
        page_put(page, "<li>%s</li>\n",
                 page_format(page, _("neighbours emptied by two trucks: %d of %d pairs, priced at %s"),
                             (int)report->pairs_split, (int)instance->pair_count,
                             page_money(page, parts[COST_OVERLAP])));
    if (parts[COST_IMBALANCE] > 0)
        page_put(page, "<li>%s</li>\n",
                 page_format(page, _("work beyond the target of a vehicle's day, priced at %s"),
                             page_money(page, parts[COST_IMBALANCE])));
    page_put(page, "</ul>\n");
}

void section_costs(struct page *page)
{
    struct costs costs[2] = {{.label = _("Plan"), .spent = &page->plan.report->cost}};
    costs[0].overflows = plan_indicator(page, "cost_overflows");
    int32_t count = 1;
    if (page->practice_known) {
        costs[count++] = (struct costs){.label = _("Current practice"),
                                        .spent = &page->practice.report->cost,
                                        .overflows = practice_indicator(page, "cost_overflows")};
    }
    money widest = 1;
    for (int32_t i = 0; i < count; i++) {
        if (!isfinite(costs[i].overflows)) costs[i].overflows = 0;
        money all = cost_spent(costs[i].spent) + overflows_of(&costs[i]);
        if (all > widest) widest = all;
    }
    page_put(page, "<section id=\"costs\"><h2>%s</h2>\n", _("Costs"));
    for (int32_t i = 0; i < count; i++) put_bar(page, &costs[i], widest);
    put_table(page, costs, count);
    put_quality(page);
    put_bound(page);
    page_put(page, "<p class=\"note\">%s</p></section>\n",
             page_format(
                 page,
                 _("Expected overflows are counted at %s each, as the city prices them: no money spent, but "
                   "what a plan leaves to residents."),
                 page_money(page, page->city->overflow_cost)));
}
