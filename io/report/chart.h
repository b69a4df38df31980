/* A chart of grouped columns: drawn as SVG, read aloud as the table under it, printable, without script. */
#ifndef BENNE_IO_REPORT_CHART_H
#define BENNE_IO_REPORT_CHART_H

#include "io/report/page.h"

enum { CHART_SERIES_MAX = 3, CHART_CATEGORY_MAX = 31 };

struct chart_series {
    const char *label, *mark; /* mark: the CSS class of its columns: "plan", "practice", "nothing" */
    double values[CHART_CATEGORY_MAX];
};

struct chart {
    const char *title, *category_title, *note; /* note NULL: none */
    const char *categories[CHART_CATEGORY_MAX];
    int32_t category_count, series_count, decimals;
    struct chart_series series[CHART_SERIES_MAX];
};

void chart_put(struct page *page, const struct chart *chart);

#endif
