#include "io/report/report.h"

#include "io/report/assets.h"
#include "io/report/sections.h"
#include "solver/base/message.h"

#include <string.h>

/* An asset as it is: CSS or script of our own or of Leaflet, never data. */
static error_code put_asset(struct page *page, const char *name, struct error *error)
{
    const unsigned char *bytes = NULL;
    size_t size = 0;
    if (!asset_get(name, &bytes, &size)) {
        return error_set(error, ERROR_INTERNAL, _("the report's file %s is missing from the program"), name);
    }
    fwrite(bytes, 1, size, page->out);
    return ERROR_NONE;
}

static error_code put_head(struct page *page, struct error *error)
{
    error_code rc = ERROR_NONE;
    /* The policy forbids every request: the page shows what it holds and nothing else. */
    page_put(page,
             "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
             "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
             "style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:\">\n"
             "<meta name=\"generator\" content=\"Benne %s\">\n<title>%s – %s – %s</title>\n<style>\n",
             page->french ? "fr" : "en", page->facts->version, _("Collection plan"), page->city->name,
             page_date(page, page->plan.problem->day));
    TRY(put_asset(page, "leaflet.css", error));
    TRY(put_asset(page, "report.css", error));
    page_put(page, "</style>\n</head>\n<body>\n");
done:
    return rc;
}

static error_code put_scripts(struct page *page, struct error *error)
{
    error_code rc = ERROR_NONE;
    page_put(page, "<script type=\"application/json\" id=\"map-data\">");
    TRY(map_data_write(page, error));
    page_put(page, "</script>\n<script>\n");
    TRY(put_asset(page, "leaflet.min.js", error));
    page_put(page, "\n</script>\n<script>\n");
    TRY(put_asset(page, "report.js", error));
    page_put(page, "</script>\n</body>\n</html>\n");
done:
    return rc;
}

static void put_navigation(struct page *page)
{
    const struct {
        const char *anchor, *title;
    } links[] = {
        {"figures", _("Key figures")}, {"map", _("Map")},         {"routes", _("Rounds")},
        {"costs", _("Costs")},         {"service", _("Service")}, {"choice", _("Choice of bins")},
        {"staff", _("Staff")},         {"data", _("Data")},       {"method", _("Method")},
    };
    page_put(page, "<nav aria-label=\"%s\"><ul>", _("Sections"));
    for (size_t i = 0; i < sizeof links / sizeof links[0]; i++) {
        page_put(page, "<li><a href=\"#%s\">%s</a></li>", links[i].anchor, links[i].title);
    }
    page_put(page, "</ul></nav>\n");
}

static error_code put_page(struct page *page, struct error *error)
{
    error_code rc = ERROR_NONE;
    TRY(put_head(page, error));
    section_verdict(page);
    put_navigation(page);
    page_put(page, "<main>\n");
    section_figures(page);
    section_map(page);
    section_routes(page);
    section_costs(page);
    section_service(page);
    section_choice(page);
    section_staff(page);
    section_data(page);
    section_method(page);
    page_put(page, "</main>\n");
    TRY(put_scripts(page, error));
    if (page->broken) rc = error_memory(error);
done:
    return rc;
}

static error_code make_timetables(struct page *page, const struct driven *driven,
                                  struct timetable **timetables, struct error *error)
{
    error_code rc = ERROR_NONE;
    TRY_NEW(page->arena, *timetables, driven->plan->route_count);
    for (int32_t route = 0; route < driven->plan->route_count; route++) {
        TRY(timetable_of_route(driven, route, page->arena, &(*timetables)[route], error));
    }
done:
    return rc;
}

error_code report_write(FILE *file, const struct night *night, const struct indicator_values *values,
                        const struct run_facts *facts, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct arena arena;
    arena_init(&arena);
    struct page page = {.out = file,
                        .arena = &arena,
                        .french = strcmp(facts->language, "fr") == 0,
                        .night = night,
                        .values = values,
                        .facts = facts,
                        .city = night->city,
                        .plan = driven_plan(night),
                        .practice_known = night->practice != NULL && night->practice->known};
    TRY(make_timetables(&page, &page.plan, &page.routes, error));
    if (page.practice_known) {
        page.practice = driven_practice(night);
        TRY(make_timetables(&page, &page.practice, &page.old_routes, error));
    }
    TRY(put_page(&page, error));
done:
    arena_free(&arena);
    return rc;
}
