#include "io/report/sections.h"

#include "io/tables.h"
#include "solver/base/message.h"

#include <math.h>
#include <string.h>

/* What elected people ask for first; those that the table of indicators has are shown. */
static const char *const HEADLINES[] = {
    "distance_km",        "work_h",
    "cost_total",         "emissions_kgco2e",
    "expected_overflows", "unserved_mandatory",
    "collected_t",        "fill_at_emptying_percent",
};
enum { HEADLINE_COUNT = sizeof HEADLINES / sizeof HEADLINES[0] };

static double practice_value(const struct page *page, int32_t indicator)
{
    return page->values->practice == NULL ? NAN : page->values->practice[indicator];
}

static const char *valued(struct page *page, int32_t indicator, double value, int decimals)
{
    return page_unit(page, page_number(page, value, decimals),
                     indicator_unit(&INDICATORS[indicator], page->city));
}

/* In a tile three digits or so are enough. */
static int tile_decimals(int32_t indicator, double value)
{
    int32_t decimals = INDICATORS[indicator].decimals;
    return fabs(value) >= 100 ? 0 : fabs(value) >= 10 && decimals > 1 ? 1 : decimals;
}

/* Is a difference good news? Within the last digit shown it is none. */
typedef enum news { NEWS_NONE, NEWS_GOOD, NEWS_BAD, NEWS_NEUTRAL } news_kind;

static news_kind news_of(const struct indicator *indicator, double plan, double practice)
{
    if (isnan(plan) || isnan(practice)) return NEWS_NONE;
    if (fabs(plan - practice) < 0.5 * pow(10, -indicator->decimals)) return NEWS_NONE;
    if (indicator->better == BETTER_NEITHER) return NEWS_NEUTRAL;
    return (plan < practice) == (indicator->better == BETTER_LESS) ? NEWS_GOOD : NEWS_BAD;
}

static const char *news_class(news_kind news)
{
    static const char *const CLASSES[] = {"same", "good", "bad", "neutral"};
    return CLASSES[news];
}

static const char *news_word(news_kind news)
{
    switch (news) {
    case NEWS_GOOD:
        return _("better");
    case NEWS_BAD:
        return _("worse");
    case NEWS_NONE:
    case NEWS_NEUTRAL:
        break;
    }
    return "";
}

/* In percent of the practice where that means something, in the unit otherwise. */
static const char *difference(struct page *page, int32_t indicator)
{
    const struct indicator *it = &INDICATORS[indicator];
    double plan = page->values->plan[indicator], practice = practice_value(page, indicator);
    if (isnan(plan) || isnan(practice)) return "–";
    if (news_of(it, plan, practice) == NEWS_NONE) return "=";
    if (strcmp(it->unit, "%") == 0) {
        return page_format(page, "%s %s", page_signed(page, plan - practice, it->decimals), _("points"));
    }
    if (practice <= 0) return page_signed(page, plan - practice, it->decimals);
    double percent = 100 * (plan - practice) / practice;
    return page_unit(page, page_signed(page, percent, fabs(percent) < 10 ? 1 : 0), "%");
}

/* The unit in small, unless it is a sign that clings to the number. */
static void put_value(struct page *page, int32_t indicator)
{
    const char *unit = indicator_unit(&INDICATORS[indicator], page->city);
    double plan = page->values->plan[indicator];
    int decimals = tile_decimals(indicator, plan);
    if (unit[0] == '\0' || unit[0] == '%' || strcmp(unit, "EUR") == 0) {
        page_put(page, "<span class=\"value\">%s</span>", valued(page, indicator, plan, decimals));
    } else {
        page_put(page, "<span class=\"value\">%s <small>%s</small></span>", page_number(page, plan, decimals),
                 unit_for_people(page, unit));
    }
}

static void put_tile(struct page *page, int32_t indicator)
{
    const struct indicator *it = &INDICATORS[indicator];
    double plan = page->values->plan[indicator], practice = practice_value(page, indicator);
    news_kind news = news_of(it, plan, practice);
    page_put(page, "<li class=\"tile\"><span class=\"label\">%s</span>", _(it->label));
    put_value(page, indicator);
    if (!isnan(practice)) {
        page_put(page, "<span class=\"then\">%s %s</span><span class=\"diff %s\">%s%s%s</span>",
                 _("Current practice:"),
                 valued(page, indicator, practice, tile_decimals(indicator, practice)), news_class(news),
                 news == NEWS_NONE ? _("no difference") : difference(page, indicator),
                 news_word(news)[0] == '\0' ? "" : " · ", news_word(news));
    }
    page_put(page, "</li>\n");
}

static void put_row(struct page *page, int32_t indicator)
{
    const struct indicator *it = &INDICATORS[indicator];
    double plan = page->values->plan[indicator], practice = practice_value(page, indicator);
    news_kind news = news_of(it, plan, practice);
    page_put(page,
             "<tr><th scope=\"row\">%s<span class=\"formula\">%s</span></th><td class=\"n\">%s</td><td "
             "class=\"n\">%s</td>"
             "<td class=\"n\">%s</td><td class=\"%s\">%s</td></tr>\n",
             _(it->label), _(it->formula), valued(page, indicator, plan, it->decimals),
             valued(page, indicator, practice, it->decimals), difference(page, indicator), news_class(news),
             news_word(news));
}

/* What is due but more than the day can carry is no small print. */
static void put_deferred_note(struct page *page)
{
    int32_t deferred = page->plan.choice->deferred_count;
    if (deferred == 0) return;
    page_put(page, "<p class=\"note\"><strong>%s</strong> %s</p>\n",
             page_format(page, _("Deferred bins: %s."), page_count(page, deferred)),
             _("They are due too, but more than disposal sites and trucks can take that day: the ones most "
               "at risk "
               "come first, the others if there is room."));
}

/* Kilometres compared at equal service: what the least plan that does as well as the practice takes. */
static void put_matched_note(struct page *page)
{
    static const char *const NAMES[] = {"distance_km", "work_h", "cost_total", "stops"};
    if (page->values->matched == NULL || page->values->practice == NULL) return;
    page_put(
        page, "<p class=\"note\"><strong>%s</strong> %s", _("At equal service"),
        _("(no more expected overflows than the current practice, and as many tonnes collected, by the bins "
          "most at risk):"));
    const char *separator = "";
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        int32_t indicator = indicator_index(NAMES[i]);
        if (indicator < 0) continue;
        const struct indicator *it = &INDICATORS[indicator];
        double matched = page->values->matched[indicator], practice = practice_value(page, indicator);
        page_put(page, "%s %s %s", separator, _(it->label),
                 valued(page, indicator, matched, tile_decimals(indicator, matched)));
        page_put(page, " (%s %s)", _("instead of"),
                 valued(page, indicator, practice, tile_decimals(indicator, practice)));
        separator = ";";
    }
    page_put(page, ".</p>\n");
}

/* The practice is driven as it is: what it breaks is said, so that nobody takes it for a free lunch. */
static void put_practice_note(struct page *page)
{
    if (!page->practice_known) {
        page_put(page, "<p class=\"note\">%s</p>\n",
                 _("No fixed round is known for this weekday: there is nothing to compare the plan with."));
        return;
    }
    page_put(page, "<p class=\"note\">%s",
             _("Current practice: the fixed rounds of this weekday, in their own order, driven by the same "
               "simulator on the same expected fill levels. Kilometres and costs are to be compared at equal "
               "service: read them together with the expected overflows."));
    const struct check_report *report = page->practice.report;
    if (report->violation_count > 0) {
        page_put(page, " %s",
                 page_format(page, _("Rules that it breaks when driven so (%s):"),
                             page_count(page, report->violation_count)));
        int32_t counts[VIOLATION_KIND_COUNT] = {0};
        for (int32_t i = 0; i < report->violation_count; i++) counts[report->violations[i].kind]++;
        const char *separator = "";
        for (int kind = 0; kind < VIOLATION_KIND_COUNT; kind++) {
            if (counts[kind] == 0) continue;
            page_put(page, "%s %s (%d)", separator, violation_sentence((violation_kind)kind),
                     (int)counts[kind]);
            separator = ";";
        }
        page_put(page, ".");
    }
    page_put(page, "</p>\n");
}

void section_figures(struct page *page)
{
    page_put(page, "<section id=\"figures\"><h2>%s</h2>\n<ul class=\"tiles\">\n", _("Key figures"));
    for (size_t i = 0; i < HEADLINE_COUNT; i++) {
        int32_t indicator = indicator_index(HEADLINES[i]);
        if (indicator >= 0) put_tile(page, indicator);
    }
    page_put(page, "</ul>\n");
    put_deferred_note(page);
    put_practice_note(page);
    put_matched_note(page);
    page_put(
        page,
        "<details class=\"print\"><summary>%s</summary><div class=\"scroll\"><table "
        "class=\"indicators\"><thead><tr>"
        "<th scope=\"col\">%s</th><th scope=\"col\" class=\"n\">%s</th><th scope=\"col\" class=\"n\">%s</th>"
        "<th scope=\"col\" class=\"n\">%s</th><th scope=\"col\">%s</th></tr></thead><tbody>\n",
        page_format(page, _("All indicators (%d), with how each is computed"), (int)INDICATOR_COUNT),
        _("Indicator"), _("Plan"), _("Current practice"), _("Difference"), _("Verdict"));
    for (int32_t i = 0; i < INDICATOR_COUNT; i++) put_row(page, i);
    page_put(page, "</tbody></table></div></details></section>\n");
}
