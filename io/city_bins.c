/* bins.csv: what is to be emptied, where, how often and by whom it can be. */
#include "io/city_reader.h"

#include "solver/base/array.h"
#include "solver/base/message.h"

#include <math.h>
#include <string.h>

enum {
    BIN_ID,
    LAT,
    LON,
    X,
    Y,
    STREAM,
    CAPACITY_L,
    KG_PER_L,
    SERVICE_S,
    FREQUENCY,
    TIME_WINDOWS,
    SIDE,
    ACCESS_TAGS,
    POINT_ID,
    MANDATORY,
    ADDRESS,
    BIN_COLUMNS
};
static const struct column columns[BIN_COLUMNS] = {
    {"bin_id", false},     {"lat", true},       {"lon", true},          {"x", true},
    {"y", true},           {"stream", false},   {"capacity_l", false},  {"kg_per_l", false},
    {"service_s", false},  {"frequency", true}, {"time_windows", true}, {"side", true},
    {"access_tags", true}, {"point_id", true},  {"mandatory", true},    {"address", true}};

const struct table_spec city_bins_spec = {"bins.csv", columns, BIN_COLUMNS, NEED_ROWS, false};

/* The densest waste, wet glass or rubble, is below 3 kg a litre; an underground container holds 10 m³, a
 * press container 40. */
static const double KG_PER_L_MAX = 3;
enum { CAPACITY_MAX_L = 100000, SERVICE_MAX_S = 4 * 3600 };

/* ---- Streams: known, and taken by a site and by a vehicle ---- */

static void complain_stream(struct city_reader *reader, struct table *table, const char *word, size_t length,
                            bool by_site, bool by_vehicle)
{
    char shown[64];
    text_shorten(word, length, shown, sizeof shown);
    const char *by = !by_site && !by_vehicle ? _("no disposal site and no vehicle")
                     : !by_site              ? _("no disposal site")
                                             : _("no vehicle");
    const char *near = table_nearest(table, reader->streams.names, reader->streams.count, word, length);
    if (near != NULL && strcmp(near, shown) != 0) {
        table_complain(table, SEVERITY_ERROR, STREAM, _("the stream “%s” is taken by %s; did you mean “%s”?"),
                       shown, by, near);
    } else {
        table_complain(table, SEVERITY_ERROR, STREAM, _("the stream “%s” is taken by %s"), shown, by);
    }
}

/* One stream, -1 with a complaint. Judged only against files that could be read. */
static int32_t read_stream(struct city_reader *reader, struct table *table)
{
    const struct csv_field *field = table_field(table, STREAM);
    if (field == NULL) return -1;
    const char *word;
    size_t position = 0, length, more;
    if (!text_word(field->text, field->length, &position, &word, &length)) {
        table_refuse(table, STREAM, N_("no stream is named"));
        return -1;
    }
    const char *rest;
    if (text_word(field->text, field->length, &position, &rest, &more)) {
        table_refuse(table, STREAM, N_("a bin holds one stream"));
        return -1;
    }
    const int32_t stream = ids_find(&reader->streams, word, length);
    const stream_mask bit = stream >= 0 ? (stream_mask)1 << stream : 0;
    const bool by_site = (reader->site_streams & bit) != 0 || !reader->sites.complete;
    const bool by_vehicle = (reader->vehicle_streams & bit) != 0 || !reader->vehicles.complete;
    if (!by_site || !by_vehicle) complain_stream(reader, table, word, length, by_site, by_vehicle);
    if (stream < 0) table->row_faulty = true;
    return stream;
}

/* Is there a vehicle with all the bin's tags and a compartment for its stream, with room for this load? */
static bool some_vehicle_takes(const struct city *city, const struct bin *bin, double load_l)
{
    for (int32_t v = 0; v < city->vehicle_count; v++) {
        const struct city_vehicle *vehicle = &city->vehicles[v];
        if ((vehicle->tags & bin->access_tags) != bin->access_tags) continue;
        for (int32_t c = 0; c < vehicle->compartment_count; c++) {
            const struct compartment *room = &vehicle->compartments[c];
            if ((room->streams >> bin->stream & 1) != 0 && load_l <= (double)room->capacity_l &&
                load_l * bin->kg_per_l <= (double)room->capacity_kg)
                return true;
        }
    }
    return false;
}

static void judge_vehicles(const struct city *city, struct table *table, const struct bin *bin)
{
    if (!some_vehicle_takes(city, bin, 0)) {
        table_complain(table, SEVERITY_WARNING, ACCESS_TAGS,
                       _("no vehicle can take this bin: none has its stream and all its access tags"));
    } else if (!some_vehicle_takes(city, bin, bin->capacity_l)) {
        table_complain(table, SEVERITY_WARNING, CAPACITY_L,
                       _("no vehicle can take this bin when it is full: %d l, %.0f kg"), (int)bin->capacity_l,
                       bin->capacity_l * bin->kg_per_l);
    }
}

/* ---- Frequency: C2, C0.5, Mon Thu, lundi jeudi ---- */

static struct frequency read_frequency(struct table *table)
{
    static const char expected[] =
        N_("expected times a week such as C2 or C0.5, or weekdays such as Mon Thu or lundi jeudi");
    struct frequency frequency = {0};
    const struct csv_field *field = table_field(table, FREQUENCY);
    if (field == NULL) return frequency;
    if (field->text[0] == 'C' || field->text[0] == 'c') {
        char sign = 0;
        const char *fault = text_number(field->text + 1, field->length - 1, &sign, &frequency.per_week);
        if (fault != NULL) {
            table_refuse(table, FREQUENCY, expected);
        } else if (frequency.per_week <= 0 || frequency.per_week > WEEK_DAYS) {
            table_refuse(table, FREQUENCY, N_("expected more than 0 and at most 7 times a week"));
        }
        return frequency;
    }
    if (text_weekdays(field->text, field->length, &frequency.weekdays) != NULL) {
        table_refuse(table, FREQUENCY, expected);
        return frequency;
    }
    for (int32_t d = 0; d < WEEK_DAYS; d++) frequency.per_week += frequency.weekdays >> d & 1;
    return frequency;
}

static void read_bin(struct city_reader *reader, struct table *table, struct bin *bin)
{
    static const struct text_choice sides[] = {
        {"both", SIDE_BOTH},   {"les_deux", SIDE_BOTH}, {"deux", SIDE_BOTH},    {"left", SIDE_LEFT},
        {"gauche", SIDE_LEFT}, {"right", SIDE_RIGHT},   {"droite", SIDE_RIGHT}, {"droit", SIDE_RIGHT}};
    reader_position(reader, table, LAT, PLACE_BIN, &bin->position);
    bin->stream = read_stream(reader, table);
    bin->capacity_l = (int32_t)table_whole(table, CAPACITY_L, 1, CAPACITY_MAX_L, 1);
    bin->kg_per_l = table_number(table, KG_PER_L, 0.001, KG_PER_L_MAX, 0);
    bin->service_s = (int32_t)table_whole(table, SERVICE_S, 0, SERVICE_MAX_S, 0);
    bin->frequency = read_frequency(table);
    bin->windows = reader_windows(reader, table, TIME_WINDOWS);
    bin->side =
        (street_side)table_choice(table, SIDE, sides, sizeof sides / sizeof sides[0],
                                  N_("expected left, right or both (gauche, droite, les deux)"), SIDE_BOTH);
    bin->access_tags = reader_tags(reader, table, ACCESS_TAGS, false);
    bin->point = table_text(table, POINT_ID);
    bin->mandatory = table_flag(table, MANDATORY, false);
    bin->address = table_text(table, ADDRESS);
    if (!table->row_faulty && reader->vehicles.complete) judge_vehicles(reader->city, table, bin);
}

error_code city_read_bins(struct city_reader *reader, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct table_spec *spec = &city_bins_spec;
    struct table table;
    struct {
        struct bin *items;
        int64_t count, capacity;
    } bins = {0};
    TRY(reader_open_table(reader, spec, &table, error));
    reader->bins.complete = reader_has_position(reader, &table, LAT);
    while (table_next(&table)) {
        struct bin bin = {0};
        const int32_t number = registry_add(&reader->bins, &table, BIN_ID, &bin.id);
        read_bin(reader, &table, &bin);
        if (number >= 0 && !array_push(&bins, bin)) table_exhausted(&table);
    }
    reader->bins.complete &= table.lost == 0;
    TRY(reader_close_table(reader, spec, &table, error));
    TRY(reader_seal(reader, bins.items, bins.count, sizeof *bins.items, &reader->city->bins, error));
    reader->city->bin_count = (int32_t)bins.count;
done:
    array_free(&bins);
    return rc;
}
