#include "io/gpx.h"

#include "io/timetable.h"
#include "io/way_line.h"
#include "solver/base/message.h"

/* Text in XML; what may not stand there at all becomes a question mark. */
static void put_text(FILE *file, const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        switch (*c) {
        case '<':
            fputs("&lt;", file);
            break;
        case '>':
            fputs("&gt;", file);
            break;
        case '&':
            fputs("&amp;", file);
            break;
        default:
            fputc((unsigned char)*c < ' ' ? '?' : *c, file);
        }
    }
}

static void put_element(FILE *file, const char *name, const char *text)
{
    fprintf(file, "<%s>", name);
    put_text(file, text);
    fprintf(file, "</%s>", name);
}

static error_code put_waypoint(FILE *file, const struct driven *driven, const struct visit *visit,
                               int32_t number, struct arena *arena, struct error *error)
{
    const struct city *city = driven->city;
    const struct zone *zone = city->zone;
    char name[160], clock[INSTANT_TEXT_SIZE];
    const char *described = NULL;
    if (visit->kind == VISIT_STOP) {
        const char *bins = bins_text(city, visit->bins, visit->bin_count, arena);
        if (bins == NULL) return error_memory(error);
        snprintf(name, sizeof name, "%d · %s", (int)number, bins);
        described = city->bins[visit->bins[0]].address;
    } else if (visit->kind == VISIT_DISPOSAL) {
        const struct disposal_site *site = &city->sites[visit->place];
        snprintf(name, sizeof name, "%d · %s", (int)number, site->name == NULL ? site->id : site->name);
    } else {
        const struct depot *depot = &city->depots[visit->place];
        snprintf(name, sizeof name, "%s", depot->name == NULL ? depot->id : depot->name);
    }
    instant_text(zone, zone_midnight(zone, driven->problem->day) + visit->begin_s, clock);
    fprintf(file, "<wpt lat=\"%.6f\" lon=\"%.6f\">", visit->position.lat, visit->position.lon);
    put_element(file, "name", name);
    put_element(file, "cmt", clock);
    if (described != NULL) put_element(file, "desc", described);
    fputs("</wpt>\n", file);
    return ERROR_NONE;
}

static error_code put_waypoints(FILE *file, const struct driven *driven, const struct timetable *timetable,
                                struct arena *arena, struct error *error)
{
    error_code rc = ERROR_NONE;
    int32_t number = 0;
    for (int32_t k = 0; k < timetable->count; k++) {
        const struct visit *visit = &timetable->visits[k];
        if (visit->kind == VISIT_BREAK) continue;
        TRY(put_waypoint(file, driven, visit, number++, arena, error));
    }
done:
    return rc;
}

error_code gpx_write(FILE *file, const struct driven *driven, int32_t route, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct arena arena;
    struct timetable timetable;
    struct way_line line;
    arena_init(&arena);
    TRY(timetable_of_route(driven, route, &arena, &timetable, error));
    TRY(way_line_of(driven, &timetable, &arena, &line, error));
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          "<gpx version=\"1.1\" creator=\"Benne\" xmlns=\"http://www.topografix.com/GPX/1/1\">\n",
          file);
    TRY(put_waypoints(file, driven, &timetable, &arena, error));
    fputs("<trk>", file);
    put_element(file, "name", timetable.vehicle->id);
    if (!line.roads) put_element(file, "cmt", _("straight from stop to stop"));
    fputs("<trkseg>\n", file);
    for (int32_t k = 0; k < line.count; k++)
        fprintf(file, "<trkpt lat=\"%.6f\" lon=\"%.6f\"/>\n", line.points[k].lat, line.points[k].lon);
    fputs("</trkseg></trk>\n</gpx>\n", file);
done:
    arena_free(&arena);
    return rc;
}
