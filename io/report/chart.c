#include "io/report/chart.h"

#include "solver/base/message.h"

#include <math.h>
#include <string.h>

enum { WIDTH = 480, PLOT_HEIGHT = 180, LEFT = 46, RIGHT = 6, TOP = 10, CHARACTER_WIDTH = 7 };

/* What follows from the data: the scale, and whether the names of the categories need a slant to fit. */
struct scale {
    double step, top, group_width;
    bool slanted;
    int height;
};

static double highest(const struct chart *chart)
{
    double most = 0;
    for (int32_t s = 0; s < chart->series_count; s++) {
        for (int32_t c = 0; c < chart->category_count; c++) most = fmax(most, chart->series[s].values[c]);
    }
    return most;
}

/* A round step of which about four reach the highest value: 1, 2, 2.5 or 5 times a power of ten. */
static double step_for(double most)
{
    static const double STEPS[] = {1, 2, 2.5, 5, 10};
    double rough = most > 0 ? most / 4 : 1, power = pow(10, floor(log10(rough)));
    for (size_t i = 0; i < sizeof STEPS / sizeof STEPS[0]; i++) {
        if (STEPS[i] * power >= rough * 0.999999) return STEPS[i] * power;
    }
    return 10 * power;
}

/* Of UTF-8: the bytes that begin one. */
static size_t characters(const char *text)
{
    size_t count = 0;
    for (; *text != '\0'; text++) count += ((unsigned char)*text & 0xc0) != 0x80;
    return count;
}

static struct scale scale_of(const struct chart *chart)
{
    double most = highest(chart);
    struct scale scale = {.step = step_for(most),
                          .group_width = (double)(WIDTH - LEFT - RIGHT) / chart->category_count};
    scale.top = scale.step * fmax(1, ceil(most / scale.step - 1e-9));
    size_t longest = 0;
    for (int32_t c = 0; c < chart->category_count; c++) {
        size_t length = characters(chart->categories[c]);
        if (length > longest) longest = length;
    }
    scale.slanted = (double)(longest * CHARACTER_WIDTH) > scale.group_width + CHARACTER_WIDTH;
    size_t shown = longest < 10 ? longest : 10;
    scale.height = TOP + PLOT_HEIGHT + 40 + (scale.slanted ? (int)shown * 4 : 0);
    return scale;
}

static double y_of(double value, double top)
{
    return TOP + PLOT_HEIGHT - PLOT_HEIGHT * value / top;
}

static void put_axis(struct page *page, const struct scale *scale)
{
    int decimals = scale->step < 0.1 ? 2 : fabs(scale->step - round(scale->step)) > 1e-9 ? 1 : 0;
    int ticks = (int)lround(scale->top / scale->step);
    for (int tick = 0; tick <= ticks; tick++) {
        double y = y_of(tick, ticks);
        page_put(
            page,
            "<line class=\"grid\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/><text x=\"%d\" y=\"%.1f\" "
            "text-anchor=\"end\">%s</text>",
            LEFT, y, WIDTH - RIGHT, y, LEFT - 6, y + 4, page_number(page, tick * scale->step, decimals));
    }
}

static void put_category(struct page *page, const struct scale *scale, int32_t category, const char *name)
{
    double x = LEFT + (category + 0.5) * scale->group_width;
    int y = TOP + PLOT_HEIGHT + 16;
    if (scale->slanted) {
        page_put(
            page,
            "<text x=\"%.1f\" y=\"%d\" text-anchor=\"end\" transform=\"rotate(-40 %.1f %d)\">%s</text>\n",
            x + 5, y - 2, x + 5, y - 2, name);
    } else {
        page_put(page, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>\n", x, y, name);
    }
}

static void put_columns(struct page *page, const struct chart *chart, const struct scale *scale)
{
    double width = scale->group_width * 0.8 / chart->series_count;
    for (int32_t c = 0; c < chart->category_count; c++) {
        double x = LEFT + (c + 0.1) * scale->group_width;
        for (int32_t s = 0; s < chart->series_count; s++, x += width) {
            const struct chart_series *series = &chart->series[s];
            double y = y_of(fmax(0, series->values[c]), scale->top);
            page_put(page,
                     "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" "
                     "height=\"%.1f\"><title>%s</title></rect>",
                     series->mark, x, y, width * 0.92, TOP + PLOT_HEIGHT - y,
                     page_format(page, "%s · %s: %s", chart->categories[c], series->label,
                                 page_number(page, series->values[c], chart->decimals)));
        }
        put_category(page, scale, c, chart->categories[c]);
    }
    page_put(page, "<text class=\"axis\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>\n",
             (LEFT + WIDTH - RIGHT) / 2.0, scale->height - 6, chart->category_title);
}

static void put_table(struct page *page, const struct chart *chart)
{
    page_put(
        page,
        "<details><summary>%s</summary><div class=\"scroll\"><table><thead><tr><th scope=\"col\">%s</th>",
        _("Figures of this chart"), chart->category_title);
    for (int32_t s = 0; s < chart->series_count; s++) {
        page_put(page, "<th scope=\"col\" class=\"n\">%s</th>", chart->series[s].label);
    }
    page_put(page, "</tr></thead><tbody>\n");
    for (int32_t c = 0; c < chart->category_count; c++) {
        page_put(page, "<tr><th scope=\"row\">%s</th>", chart->categories[c]);
        for (int32_t s = 0; s < chart->series_count; s++) {
            page_put(page, "<td class=\"n\">%s</td>",
                     page_number(page, chart->series[s].values[c], chart->decimals));
        }
        page_put(page, "</tr>\n");
    }
    page_put(page, "</tbody></table></div></details>");
}

void chart_put(struct page *page, const struct chart *chart)
{
    struct scale scale = scale_of(chart);
    page_put(page, "<figure class=\"chart\"><figcaption>%s</figcaption><ul class=\"keys\">", chart->title);
    for (int32_t s = 0; s < chart->series_count; s++) {
        page_put(page,
                 "<li><svg viewBox=\"0 0 16 12\" aria-hidden=\"true\"><rect class=\"%s\" width=\"16\" "
                 "height=\"12\"/></svg>%s</li>",
                 chart->series[s].mark, chart->series[s].label);
    }
    page_put(page, "</ul><svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">", WIDTH, scale.height,
             chart->title);
    put_axis(page, &scale);
    put_columns(page, chart, &scale);
    page_put(page, "</svg>");
    if (chart->note != NULL) page_put(page, "<p class=\"note\">%s</p>", chart->note);
    put_table(page, chart);
    page_put(page, "</figure>\n");
}
