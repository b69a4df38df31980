#include "io/report/chart.h"
#include "io/report/sections.h"

#include "solver/base/message.h"

#include <math.h>

enum { TENTHS = 10 };

/* ---- Fill at emptying ---- */

static void count_fills(const struct driven *driven, double counts[CHART_CATEGORY_MAX])
{
    for (int32_t bin = 0; bin < driven->city->bin_count; bin++) {
        if (!driven_serves(driven, bin)) continue;
        int tenth = (int)(expected_fill_percent(driven, bin) / TENTHS);
        counts[tenth < 0 ? 0 : tenth > TENTHS - 1 ? TENTHS - 1 : tenth] += 1;
    }
}

static void put_fill_chart(struct page *page)
{
    struct chart chart = {
        .title = _("Fill of the bins that are emptied (number of bins)"),
        .category_title = _("Expected fill, %"),
        .note = _("The fuller the bins that are emptied, the fewer stops for the same tonnage."),
        .category_count = TENTHS,
        .series_count = page->practice_known ? 2 : 1};
    for (int i = 0; i < TENTHS; i++) {
        chart.categories[i] =
            i == TENTHS - 1 ? "≥ 90" : page_format(page, "%d–%d", i * TENTHS, (i + 1) * TENTHS);
    }
    chart.series[0] = (struct chart_series){.label = _("Plan"), .mark = "plan"};
    count_fills(&page->plan, chart.series[0].values);
    if (page->practice_known) {
        chart.series[1] = (struct chart_series){.label = _("Current practice"), .mark = "practice"};
        count_fills(&page->practice, chart.series[1].values);
    }
    chart_put(page, &chart);
}

/* ---- Expected overflows at the end of each coming day, had nothing more been emptied ---- */

static double overflow_at(const struct page *page, const struct driven *driven, int32_t bin, int32_t day)
{
    const struct fill_forecast *forecast = page->night->forecast;
    if (driven != NULL && driven_serves(driven, bin)) {
        return forecast_overflow_if_emptied(forecast, page->city, bin, driven->problem->day,
                                            forecast->first_day + day);
    }
    return (double)forecast_overflow(forecast, bin, day);
}

static void sum_overflows(const struct page *page, const struct driven *driven, int32_t first, int32_t days,
                          double sums[CHART_CATEGORY_MAX])
{
    for (int32_t day = 0; day < days; day++) {
        for (int32_t bin = 0; bin < page->city->bin_count; bin++) {
            sums[day] += overflow_at(page, driven, bin, first + day);
        }
    }
}

static void put_overflow_chart(struct page *page)
{
    const struct fill_forecast *forecast = page->night->forecast;
    int32_t first = page->plan.problem->day - forecast->first_day;
    int32_t days = forecast->days - first;
    if (first < 0 || days <= 0) return;
    if (days > WEEK_DAYS) days = WEEK_DAYS;
    struct chart chart = {
        .title = _("Expected overflowing bins, by coming day"),
        .category_title = _("End of the day"),
        .note = _("If nothing else is collected after that day: what it leaves to the next ones."),
        .category_count = days,
        .series_count = page->practice_known ? 3 : 2,
        .decimals = 1};
    for (int32_t day = 0; day < days; day++) {
        chart.categories[day] = page_day(page, forecast->first_day + first + day);
    }
    chart.series[0] = (struct chart_series){.label = _("No collection"), .mark = "nothing"};
    sum_overflows(page, NULL, first, days, chart.series[0].values);
    chart.series[1] = (struct chart_series){.label = _("Plan"), .mark = "plan"};
    sum_overflows(page, &page->plan, first, days, chart.series[1].values);
    if (page->practice_known) {
        chart.series[2] = (struct chart_series){.label = _("Current practice"), .mark = "practice"};
        sum_overflows(page, &page->practice, first, days, chart.series[2].values);
    }
    chart_put(page, &chart);
}

/* ---- Risk before the next chance, emptied or left ---- */

/* Upper ends of the classes; what is above the service target must be emptied. */
static const double RISK_CLASSES[] = {0.001, 0.005, 0.02, 0.1, 0.5, 1.0};
enum { RISK_CLASS_COUNT = sizeof RISK_CLASSES / sizeof RISK_CLASSES[0] };

static int risk_class(double risk)
{
    int class = 0;
    while (class < RISK_CLASS_COUNT - 1 && risk > RISK_CLASSES[class]) class ++;
    return class;
}

static void put_risk_chart(struct page *page)
{
    struct chart chart = {.title = _("Risk of overflow before the next chance to serve (number of bins)"),
                          .category_title = _("Risk if not emptied that day"),
                          .category_count = RISK_CLASS_COUNT,
                          .series_count = 2,
                          .note =
                              page_format(page, _("Service target: at most %s for each bin."),
                                          page_percent(page, 100 * page->city->overflow_probability_max, 1))};
    for (int class = 0; class < RISK_CLASS_COUNT; class ++) {
        double below = class == 0 ? 0 : 100 * RISK_CLASSES[class - 1], above = 100 * RISK_CLASSES[class];
        chart.categories[class] =
            page_format(page, "%s–%s", page_number(page, below, below > 0 && below < 1 ? 1 : 0),
                        page_percent(page, above, above < 1 ? 1 : 0));
    }
    chart.series[0] = (struct chart_series){.label = _("Emptied by the plan"), .mark = "plan"};
    chart.series[1] = (struct chart_series){.label = _("Left"), .mark = "nothing"};
    for (int32_t bin = 0; bin < page->city->bin_count; bin++) {
        double risk = page->night->choice->bins[bin].risk;
        if (!isnan(risk)) chart.series[driven_serves(&page->plan, bin) ? 0 : 1].values[risk_class(risk)] += 1;
    }
    chart_put(page, &chart);
}

/* ---- Work by vehicle: is it shared fairly? ---- */

static double work_h(const struct driven *driven, int32_t vehicle)
{
    int64_t work_s = 0;
    for (int32_t route = 0; route < driven->plan->route_count; route++) {
        if (driven->problem->vehicle_of[driven->plan->routes[route].vehicle] == vehicle) {
            work_s += driven->report->routes[route].work_s;
        }
    }
    return (double)work_s / 3600.0;
}

static void put_work_chart(struct page *page)
{
    struct chart chart = {.title = _("Work by vehicle (hours)"),
                          .category_title = _("Vehicle"),
                          .series_count = page->practice_known ? 2 : 1,
                          .decimals = 1};
    chart.series[0] = (struct chart_series){.label = _("Plan"), .mark = "plan"};
    chart.series[1] = (struct chart_series){.label = _("Current practice"), .mark = "practice"};
    for (int32_t vehicle = 0; vehicle < page->city->vehicle_count; vehicle++) {
        double plan = work_h(&page->plan, vehicle);
        double practice = page->practice_known ? work_h(&page->practice, vehicle) : 0;
        if (plan <= 0 && practice <= 0) continue;
        if (chart.category_count == CHART_CATEGORY_MAX) return; /* the table of rounds says it better */
        chart.series[0].values[chart.category_count] = plan;
        chart.series[1].values[chart.category_count] = practice;
        chart.categories[chart.category_count++] = page->city->vehicles[vehicle].id;
    }
    if (chart.category_count > 0) chart_put(page, &chart);
}

void section_service(struct page *page)
{
    page_put(page, "<section id=\"service\"><h2>%s</h2>\n<div class=\"charts\">\n", _("Service"));
    put_fill_chart(page);
    put_overflow_chart(page);
    put_risk_chart(page);
    put_work_chart(page);
    page_put(page, "</div></section>\n");
}
