/* depots.csv and disposal_sites.csv; positions; and the check that all places stand together. */
#include "io/city_reader.h"

#include "solver/base/array.h"
#include "solver/base/message.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* The area that one service collects is at most as wide as a French département, some 100 km; a disposal
 * site may serve several. */
static const double FAR_KM = 150;

static const double EARTH_RADIUS_KM = 6371.0088; /* IUGG mean radius R1, GRS 80 */
static const double RADIANS = 3.14159265358979323846 / 180;

/* ---- Positions ---- */

enum { LAT, LON, X, Y };

bool reader_has_position(struct city_reader *reader, struct table *table, int32_t first)
{
    if (!table->usable) return false;
    if (table_has(table, first + LAT) && table_has(table, first + LON)) return true;
    const bool projected = table_has(table, first + X) && table_has(table, first + Y);
    if (projected && reader->projection != NULL) return true;
    if (projected) {
        table_complain(
            table, SEVERITY_ERROR, first + X,
            _("x and y need their reference system: a \"crs\" such as \"EPSG:2154\" in city.json"));
    } else if (reader->projection != NULL) {
        table_complain(table, SEVERITY_ERROR, -1, _("missing columns lat and lon, or x and y"));
    } else {
        table_complain(
            table, SEVERITY_ERROR, -1, _("missing columns lat and lon%s%s%s"),
            table_has(table, first + LAT) ? _(": lon") : "", table_has(table, first + LON) ? _(": lat") : "",
            table_has(table, first + X) != table_has(table, first + Y) ? _(" (or both x and y)") : "");
    }
    table->usable = false;
    return false;
}

static bool projected_position(struct city_reader *reader, struct table *table, int32_t first,
                               struct position *position)
{
    const double x = table_number(table, first + X, -1e8, 1e8, NAN);
    const double y = table_number(table, first + Y, -1e8, 1e8, NAN);
    if (isnan(x) || isnan(y)) {
        if (!table->row_faulty) table_complain(table, SEVERITY_ERROR, first + X, _("x or y is empty"));
        return false;
    }
    if (projection_to_wgs84(reader->projection, x, y, position)) return true;
    table_complain(table, SEVERITY_ERROR, first + X,
                   _("x, y (%.10g, %.10g) lie outside the reference system of city.json"), x, y);
    return false;
}

static bool geographic_position(struct table *table, int32_t first, struct position *position)
{
    const double lat = table_number(table, first + LAT, -360, 360, NAN);
    const double lon = table_number(table, first + LON, -360, 360, NAN);
    if (isnan(lat) || isnan(lon)) {
        if (!table->row_faulty) {
            table_complain(table, SEVERITY_ERROR, first + (isnan(lat) ? LAT : LON), _("%s is empty"),
                           isnan(lat) ? "lat" : "lon");
        }
        return false;
    }
    if (fabs(lat) > 90 && fabs(lat) <= 180 && fabs(lon) <= 90) {
        table_complain(table, SEVERITY_ERROR, first + LAT,
                       _("lat is %.10g: expected -90 to 90; lat and lon look swapped"), lat);
        return false;
    }
    if (fabs(lat) > 90) {
        table_complain(table, SEVERITY_ERROR, first + LAT, _("lat is %.10g: expected -90 to 90"), lat);
    }
    if (fabs(lon) > 180) {
        table_complain(table, SEVERITY_ERROR, first + LON, _("lon is %.10g: expected -180 to 180"), lon);
    }
    *position = (struct position){lat, lon};
    return fabs(lat) <= 90 && fabs(lon) <= 180;
}

bool reader_position(struct city_reader *reader, struct table *table, int32_t first, enum place_kind kind,
                     struct position *position)
{
    const bool geographic = table_has(table, first + LAT) && table_has(table, first + LON);
    *position = (struct position){0, 0};
    if (geographic ? !geographic_position(table, first, position)
                   : !projected_position(reader, table, first, position)) {
        return false;
    }
    const struct read_place place = {*position, table->line, kind};
    if (!array_push(&reader->places, place)) table_exhausted(table);
    return true;
}

/* ---- Depots ---- */

enum { DEPOT_ID, DEPOT_LAT, DEPOT_LON, DEPOT_X, DEPOT_Y, DEPOT_NAME, DEPOT_OPENING, DEPOT_COLUMNS };
static const struct column depot_columns[DEPOT_COLUMNS] = {{"depot_id", false}, {"lat", true}, {"lon", true},
                                                           {"x", true},         {"y", true},   {"name", true},
                                                           {"opening", true}};

const struct table_spec city_depots_spec = {"depots.csv", depot_columns, DEPOT_COLUMNS, NEED_ROWS, false};

error_code city_read_depots(struct city_reader *reader, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct table_spec *spec = &city_depots_spec;
    struct table table;
    struct {
        struct depot *items;
        int64_t count, capacity;
    } depots = {0};
    TRY(reader_open_table(reader, spec, &table, error));
    reader->depots.complete = reader_has_position(reader, &table, DEPOT_LAT);
    while (table_next(&table)) {
        struct depot depot = {0};
        const int32_t number = registry_add(&reader->depots, &table, DEPOT_ID, &depot.id);
        reader_position(reader, &table, DEPOT_LAT, PLACE_DEPOT, &depot.position);
        depot.name = table_text(&table, DEPOT_NAME);
        depot.opening = reader_windows(reader, &table, DEPOT_OPENING);
        if (number >= 0 && !array_push(&depots, depot)) table_exhausted(&table);
    }
    reader->depots.complete &= table.lost == 0;
    TRY(reader_close_table(reader, spec, &table, error));
    TRY(reader_seal(reader, depots.items, depots.count, sizeof *depots.items, &reader->city->depots, error));
    reader->city->depot_count = (int32_t)depots.count;
done:
    array_free(&depots);
    return rc;
}

/* ---- Disposal sites ---- */

enum {
    SITE_ID,
    SITE_LAT,
    SITE_LON,
    SITE_X,
    SITE_Y,
    SITE_NAME,
    SITE_STREAMS,
    SITE_OPENING,
    SITE_UNLOAD_S,
    SITE_UNLOAD_S_PER_T,
    SITE_FEE_PER_T,
    SITE_DAILY_LIMIT_T,
    SITE_COLUMNS
};
static const struct column site_columns[SITE_COLUMNS] = {{"site_id", false},  {"lat", true},
                                                         {"lon", true},       {"x", true},
                                                         {"y", true},         {"name", true},
                                                         {"streams", false},  {"opening", false},
                                                         {"unload_s", false}, {"unload_s_per_t", true},
                                                         {"fee_per_t", true}, {"daily_limit_t", true}};

const struct table_spec city_sites_spec = {"disposal_sites.csv", site_columns, SITE_COLUMNS, NEED_ROWS,
                                           false};

static void read_site(struct city_reader *reader, struct table *table, struct disposal_site *site)
{
    reader_position(reader, table, SITE_LAT, PLACE_SITE, &site->position);
    site->name = table_text(table, SITE_NAME);
    const struct csv_field *streams = table_field(table, SITE_STREAMS);
    if (streams != NULL) {
        site->streams = reader_streams(reader, table, SITE_STREAMS, streams->text, streams->length);
    }
    reader->site_streams |= site->streams;
    site->opening = reader_windows(reader, table, SITE_OPENING);
    site->unload_s = (int32_t)table_whole(table, SITE_UNLOAD_S, 0, DAY_SECONDS, 0);
    site->unload_s_per_t = table_number(table, SITE_UNLOAD_S_PER_T, 0, DAY_SECONDS, 0);
    site->fee_per_t = table_money(table, SITE_FEE_PER_T, 0);
    /* A limit of 0 t would be read as none: leave it empty, or take the stream away. */
    site->daily_limit_kg = llround(1000 * table_number(table, SITE_DAILY_LIMIT_T, 0.001, 1e6, 0));
}

error_code city_read_sites(struct city_reader *reader, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct table_spec *spec = &city_sites_spec;
    struct table table;
    struct {
        struct disposal_site *items;
        int64_t count, capacity;
    } sites = {0};
    TRY(reader_open_table(reader, spec, &table, error));
    reader->sites.complete = reader_has_position(reader, &table, SITE_LAT);
    while (table_next(&table)) {
        struct disposal_site site = {0};
        const int32_t number = registry_add(&reader->sites, &table, SITE_ID, &site.id);
        read_site(reader, &table, &site);
        if (number >= 0 && !array_push(&sites, site)) table_exhausted(&table);
    }
    reader->sites.complete &= table.lost == 0;
    TRY(reader_close_table(reader, spec, &table, error));
    TRY(reader_seal(reader, sites.items, sites.count, sizeof *sites.items, &reader->city->sites, error));
    reader->city->site_count = (int32_t)sites.count;
done:
    array_free(&sites);
    return rc;
}

/* ---- Do all places stand together? ---- */

static double distance_km(struct position a, struct position b)
{
    const double dlat = sin((b.lat - a.lat) * RADIANS / 2), dlon = sin((b.lon - a.lon) * RADIANS / 2);
    const double h = dlat * dlat + cos(a.lat * RADIANS) * cos(b.lat * RADIANS) * dlon * dlon;
    return 2 * EARTH_RADIUS_KM * asin(sqrt(h < 1 ? h : 1));
}

static int compare_doubles(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The median of latitudes, and of longitudes counted from the first place so that ±180 is no border. */
static struct position median_position(const struct read_place *places, int64_t count, double *scratch)
{
    struct position median;
    const double origin = places[0].position.lon;
    for (int64_t i = 0; i < count; i++) scratch[i] = places[i].position.lat;
    qsort(scratch, (size_t)count, sizeof *scratch, compare_doubles);
    median.lat = scratch[count / 2];
    for (int64_t i = 0; i < count; i++) scratch[i] = remainder(places[i].position.lon - origin, 360);
    qsort(scratch, (size_t)count, sizeof *scratch, compare_doubles);
    median.lon = remainder(origin + scratch[count / 2], 360);
    return median;
}

static error_code complain_far(struct city_reader *reader, const struct read_place *place,
                               struct position median, double km, struct error *error)
{
    char message[ERROR_MESSAGE_MAX];
    const struct position swapped = {place->position.lon, place->position.lat};
    /* A site may lie far from the city, but not by exchanged numbers. */
    severity level = place->kind == PLACE_SITE ? SEVERITY_WARNING : SEVERITY_ERROR;
    if (fabs(swapped.lat) <= 90 && distance_km(swapped, median) < FAR_KM) {
        level = SEVERITY_ERROR;
        snprintf(
            message, sizeof message,
            place->kind == PLACE_BIN
                ? _("lat and lon look swapped: %.6g, %.6g is %.0f km from the middle of the city")
                : _("lat and lon look swapped, here or in bins.csv: %.6g, %.6g is %.0f km from most places"),
            place->position.lat, place->position.lon, km);
    } else {
        snprintf(
            message, sizeof message,
            _("%.6g, %.6g is %.0f km from the middle of the city (median %.5f, %.5f): expected within %.0f"),
            place->position.lat, place->position.lon, km, median.lat, median.lon, FAR_KM);
    }
    const int32_t column = 1; /* lat, in each of the three files */
    const struct table_spec *spec = place->kind == PLACE_DEPOT  ? &city_depots_spec
                                    : place->kind == PLACE_SITE ? &city_sites_spec
                                                                : &city_bins_spec;
    return reader_complain_later(reader, spec, place->line, column, level, message, error);
}

error_code city_check_places(struct city_reader *reader, struct error *error)
{
    error_code rc = ERROR_NONE;
    const int64_t count = reader->places.count;
    if (count < 3) return ERROR_NONE; /* no middle */
    double *scratch;
    TRY_NEW(reader->arena, scratch, count);
    const struct position median = median_position(reader->places.items, count, scratch);
    for (int64_t i = 0; i < count; i++) {
        const struct read_place *place = &reader->places.items[i];
        const double km = distance_km(place->position, median);
        if (km > FAR_KM) TRY(complain_far(reader, place, median, km, error));
    }
done:
    return rc;
}
