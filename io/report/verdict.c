#include "io/report/sections.h"

#include "solver/base/message.h"

/* How serious the night is: the first that applies. */
typedef enum verdict { VERDICT_BROKEN, VERDICT_UNSERVED, VERDICT_ACCEPTED } verdict_kind;

static verdict_kind verdict_of(const struct check_report *report)
{
    if (report->violation_count > report->unserved_mandatory) return VERDICT_BROKEN;
    return report->unserved_mandatory > 0 ? VERDICT_UNSERVED : VERDICT_ACCEPTED;
}

static void put_verdict(struct page *page)
{
    static const char *const CLASSES[] = {"bad", "warn", "good"};
    static const char *const MARKS[] = {"✕", "!", "✓"};
    const char *const titles[] = {_("Plan refused by the checker"), _("Mandatory stops are left"),
                                  _("Plan accepted by the checker")};
    const struct check_report *report = page->plan.report;
    verdict_kind verdict = verdict_of(report);
    page_put(page,
             "<div class=\"verdict %s\" role=\"status\"><span class=\"mark\" aria-hidden=\"true\">%s</span>"
             "<div><strong>%s</strong><p>",
             CLASSES[verdict], MARKS[verdict], titles[verdict]);
    if (verdict == VERDICT_ACCEPTED) {
        page_put(page, "%s",
                 _("A second program, independent of the search, has driven every round again: no rule is "
                   "broken and every mandatory stop is served."));
    } else if (verdict == VERDICT_UNSERVED) {
        page_put(page, "%s",
                 page_format(
                     page,
                     _("The rounds keep every rule, but within the vehicles, the hours and the limits of the "
                       "disposal sites of this day not every mandatory stop finds its place. Left: %s, "
                       "listed under “Choice of bins”."),
                     page_count(page, report->unserved_mandatory)));
    } else {
        page_put(page, "%s",
                 page_format(page,
                             _("Rules broken: %s. They are listed below; do not drive this plan as it is."),
                             page_count(page, report->violation_count)));
    }
    page_put(page, "</p></div></div>\n");
}

/* What a violation is about, in names. */
static const char *violation_place(struct page *page, const struct violation *violation)
{
    const struct driven *plan = &page->plan;
    if (violation->step >= 0 && violation->route >= 0 && violation->route < plan->plan->route_count) {
        const struct timetable *timetable = &page->routes[violation->route];
        int32_t first = plan->plan->routes[violation->route].first_step;
        int32_t index = violation->step - first + 1;
        if (index > 0 && index < timetable->count && timetable->visits[index].kind == VISIT_STOP) {
            return page->city->bins[timetable->visits[index].bins[0]].id;
        }
    }
    if (violation->kind == VIOLATION_UNSERVED && violation->id >= 0 &&
        violation->id < plan->problem->instance.stop_count) {
        int32_t bin = plan->problem->stop_bins[plan->problem->stop_bin_first[violation->id]];
        return page->city->bins[bin].id;
    }
    return "–";
}

static void put_violations(struct page *page)
{
    const struct check_report *report = page->plan.report;
    if (verdict_of(report) != VERDICT_BROKEN) return;
    page_put(page,
             "<div class=\"scroll\"><table class=\"violations\"><caption>%s</caption><thead><tr><th>%s</th>"
             "<th>%s</th><th>%s</th><th class=\"n\">%s</th><th class=\"n\">%s</th></tr></thead><tbody>\n",
             _("Rules broken"), _("Rule"), _("Vehicle"), _("Place"), _("Value"), _("Limit"));
    for (int32_t i = 0; i < report->violation_count; i++) {
        const struct violation *it = &report->violations[i];
        bool routed = it->route >= 0 && it->route < page->plan.plan->route_count;
        page_put(page,
                 "<tr><td>%s</td><td>%s</td><td>%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td></tr>\n",
                 violation_sentence(it->kind), routed ? page->routes[it->route].vehicle->id : "–",
                 violation_place(page, it), page_count(page, it->amount), page_count(page, it->limit));
    }
    page_put(page, "</tbody></table></div>\n");
}

/* The night in one sentence. */
static const char *summary(struct page *page)
{
    const struct check_report *report = page->plan.report;
    int64_t metres = 0, kg = 0, work_s = 0;
    for (int32_t route = 0; route < page->plan.plan->route_count; route++) {
        metres += report->routes[route].distance_m;
        kg += report->routes[route].collected_kg;
        work_s += report->routes[route].work_s;
    }
    return page_format(page,
                       _("Vehicles out: %s. Stops served: %s, for about %s t collected, in %s km and %s of "
                         "work."),
                       page_count(page, page->plan.plan->route_count), page_count(page, report->served),
                       page_number(page, (double)kg / 1000, 1), page_number(page, (double)metres / 1000, 0),
                       page_duration(page, work_s));
}

void section_verdict(struct page *page)
{
    page_put(page,
             "<header><div class=\"wrap\"><div class=\"title\"><p class=\"over\">%s</p><h1>%s</h1>"
             "<p class=\"day\">%s</p><p class=\"summary\">%s</p>",
             _("Collection plan"), page->city->name, page_date(page, page->plan.problem->day), summary(page));
    if (page->facts->search.interrupted) {
        page_put(page, "<p class=\"note\">%s</p>",
                 _("The search was interrupted: this is the best plan found until then."));
    }
    page_put(page, "</div>\n");
    put_verdict(page);
    put_violations(page);
    page_put(page, "</div></header>\n");
}
