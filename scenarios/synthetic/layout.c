/* Where things stand: districts on a grid of streets, bring points on their blocks, bins at the points. */
#include "scenarios/synthetic/sheet.h"
#include "scenarios/synthetic/streets.h"
#include "scenarios/synthetic/synthetic.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Illustrative figures of a mixed French town; see the README written into the city. The litres of a truck
 * are litres as they lie in the bins: a press makes four or five of them one. */
const struct synthetic_stream SYNTHETIC_STREAMS[] = {
    {"residual", "RE", 3000, 0.10, 5, 180, 8000, 80000, false, 1.15},
    {"glass", "GL", 4000, 0.30, 18, 240, 6000, 20000, true, 1.40},
    {"paper", "PA", 4000, 0.08, 11, 240, 2500, 32000, true, 0.80},
    {"packaging", "PK", 3000, 0.03, 6, 180, 3500, 90000, false, 1.10},
    {"biowaste", "BI", 1500, 0.35, 7, 120, 5000, 16000, false, 1.00},
    {NULL, NULL, 0, 0, 0, 0, 0, 0, false, 0},
};

enum {
    BLOCK_M = 110,        /* from street to street */
    BLOCKS_PER_POINT = 4, /* over the whole town; the centre is denser */
    KERB_M = 6,           /* from the middle of a street */
    DISTRICTS_MAX = 16,
    ORIGIN_X_M = 650000, /* open country in the middle of France: no real town stands there */
    ORIGIN_Y_M = 6650000,
    STREET_NAMES = 24,
    OUTSIDE_M = 2000
};

static const double POINTS_PER_BIN = 0.6;

struct district {
    int32_t column, row, half; /* in blocks */
    double weight, activity;
};

struct districts {
    struct district items[DISTRICTS_MAX];
    int32_t count, radius;
};

/* A dense centre, and smaller districts around it that share the rest of the bins. */
static void draw_districts(const struct synthetic_options *options, struct rng *rng, struct districts *town)
{
    double points = ceil(options->bins * POINTS_PER_BIN);
    int32_t radius = (int32_t)ceil(sqrt(points * BLOCKS_PER_POINT) / 2);
    if (radius < 4) radius = 4;
    int32_t outer = 3 + (int32_t)(points / 200);
    if (outer > DISTRICTS_MAX - 1) outer = DISTRICTS_MAX - 1;
    town->radius = radius;
    town->count = outer + 1;
    town->items[0] = (struct district){0, 0, radius / 4 + 1, 0.4, 1.15};
    for (int32_t number = 1; number <= outer; number++) {
        town->items[number] = (struct district){
            .column = rng_below(rng, 2 * radius + 1) - radius,
            .row = rng_below(rng, 2 * radius + 1) - radius,
            .half = radius / 6 + 1 + rng_below(rng, radius / 6 + 1),
            .weight = 0.6 / outer * (0.5 + rng_unit(rng)),
            .activity = 0.75 + 0.4 * rng_unit(rng),
        };
    }
}

static const struct district *draw_district(const struct districts *town, struct rng *rng)
{
    double total = 0;
    for (int32_t number = 0; number < town->count; number++) total += town->items[number].weight;
    double left = rng_unit(rng) * total;
    for (int32_t number = 0; number < town->count - 1; number++) {
        left -= town->items[number].weight;
        if (left < 0) return &town->items[number];
    }
    return &town->items[town->count - 1];
}

/* A place on a kerb of a street of the district: along a block, on its left or right. */
static void draw_place(const struct district *district, struct rng *rng, struct synthetic_bin *bin)
{
    int32_t column = district->column + rng_below(rng, 2 * district->half + 1) - district->half;
    int32_t row = district->row + rng_below(rng, 2 * district->half + 1) - district->half;
    int32_t along = 10 + rng_below(rng, BLOCK_M - 20);
    bool east_west = rng_below(rng, 2) == 0;
    const bool right = rng_below(rng, 2) == 0;
    bin->side = right ? "right" : "left";
    int32_t across = right ? -KERB_M : KERB_M;
    bin->at.x = ORIGIN_X_M + column * BLOCK_M + (east_west ? along : across);
    bin->at.y = ORIGIN_Y_M + row * BLOCK_M + (east_west ? across : along);
    bin->street = east_west ? 2 * abs(row) + (row < 0) : 2 * abs(column) + (column < 0) + 7;
    bin->house = 1 + along / 2;
}

/* How often the rounds come: the smallest frequency at which a bin is emptied at three quarters at most. */
static double practised_frequency(double rate)
{
    static const double FREQUENCIES[] = {0.5, 1, 2, 3};
    for (size_t choice = 0; choice < 3; choice++) {
        if (WEEK_DAYS * rate / FREQUENCIES[choice] <= 75) return FREQUENCIES[choice];
    }
    return FREQUENCIES[3];
}

static void draw_bin(const struct synthetic *city, double activity, int32_t number, struct synthetic_bin *bin)
{
    const struct synthetic_options *options = &city->options;
    const struct synthetic_stream *stream = options->streams[bin->stream];
    struct rng rng;
    rng_seed_stream(&rng, options->seed, DRAW_BINS + (uint64_t)number);
    double median = 100 / stream->days_to_fill * activity;
    bin->rate = fmin(median * exp(0.35 * rng_normal(&rng)), 32); /* beyond, three a week would not do */
    bin->per_week = practised_frequency(bin->rate);
    bin->narrow = rng_below(&rng, 100) < 10;
    bin->early = rng_below(&rng, 100) < 3;
    bin->mandatory = rng_below(&rng, 200) < 1;
    bin->fixed_days = bin->per_week >= 2 && rng_below(&rng, 100) < 6;
    bin->sensor = rng_below(&rng, 100) < options->sensor_percent;
}

/* Which streams stand at a point: all of them in turn at the first points, so that each exists. */
static int32_t draw_stream(const struct synthetic_options *options, int32_t bin, struct rng *rng)
{
    if (bin < options->stream_count) return bin;
    return rng_below(rng, options->stream_count);
}

/* Sensors fail in turn in each way, so that a city of some size shows them all. */
static void assign_faults(const struct synthetic *city, struct rng *rng)
{
    int32_t failed = 0;
    for (int32_t number = 0; number < city->options.bins; number++) {
        struct synthetic_bin *bin = &city->bins[number];
        bool fails = rng_below(rng, 100) < city->options.fault_percent;
        if (!bin->sensor || !fails) continue;
        bin->fault = (synthetic_fault)(SYNTHETIC_GAP + failed % (SYNTHETIC_FAULTS - SYNTHETIC_GAP));
        failed++;
    }
}

/* East and north of the middle, in quarters of the radius; the last site lies outside, as many do. */
static void place_depots_and_sites(struct synthetic *city, struct metres middle, int32_t radius_m,
                                   int32_t beyond_m)
{
    const struct metres depots[SYNTHETIC_DEPOTS] = {{radius_m * 3 / 4, radius_m / 3},
                                                    {-radius_m / 2, -radius_m * 2 / 3}};
    const struct metres sites[SYNTHETIC_SITES] = {
        {radius_m, -radius_m / 4}, {-radius_m * 3 / 4, radius_m}, {-radius_m * 5 / 4 - beyond_m, -radius_m}};
    city->radius_m = radius_m;
    for (int32_t d = 0; d < SYNTHETIC_DEPOTS; d++)
        city->depots[d] = (struct metres){middle.x + depots[d].x, middle.y + depots[d].y};
    for (int32_t s = 0; s < SYNTHETIC_SITES; s++)
        city->sites[s] = (struct metres){middle.x + sites[s].x, middle.y + sites[s].y};
}

/* Where the city stands: on a grid, or on the streets of the extract. */
struct ground {
    struct districts town;
    const struct synthetic_streets *streets;
};

static error_code lay_ground(struct synthetic *city, struct rng *rng, struct ground *ground,
                             struct error *error)
{
    error_code rc = ERROR_NONE;
    *ground = (struct ground){0};
    if (city->options.extract == NULL) {
        draw_districts(&city->options, rng, &ground->town);
        place_depots_and_sites(city, (struct metres){ORIGIN_X_M, ORIGIN_Y_M}, ground->town.radius * BLOCK_M,
                               OUTSIDE_M);
        return rc;
    }
    TRY_NEW(city->arena, city->streets, 1);
    TRY(synthetic_streets_open(city->options.extract, (int32_t)ceil(city->options.bins * POINTS_PER_BIN),
                               city->arena, city->streets, error));
    ground->streets = city->streets;
    place_depots_and_sites(city, (struct metres){0, 0}, (int32_t)city->streets->radius_m, 0);
    for (int32_t d = 0; d < SYNTHETIC_DEPOTS; d++)
        city->depots[d] = synthetic_streets_near(city->streets, city->depots[d]);
    for (int32_t s = 0; s < SYNTHETIC_SITES; s++)
        city->sites[s] = synthetic_streets_near(city->streets, city->sites[s]);
done:
    return rc;
}

/* A place for bins; how busy it is. */
static double draw_point(const struct ground *ground, struct rng *rng, struct synthetic_bin *place)
{
    if (ground->streets != NULL) {
        synthetic_streets_draw(ground->streets, rng, place);
        return synthetic_streets_activity(ground->streets, place->at);
    }
    const struct district *district = draw_district(&ground->town, rng);
    draw_place(district, rng, place);
    return district->activity;
}

error_code synthetic_layout(struct synthetic *city, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct synthetic_options *options = &city->options;
    struct rng rng;
    struct ground ground;
    int32_t serials[SYNTHETIC_STREAMS_MAX] = {0};
    rng_seed_stream(&rng, options->seed, DRAW_LAYOUT);
    TRY(lay_ground(city, &rng, &ground, error));
    TRY_NEW(city->arena, city->bins, options->bins);
    for (int32_t number = 0; number < options->bins;) {
        struct synthetic_bin place = {0};
        const double activity = draw_point(&ground, &rng, &place);
        place.point = ++city->point_count;
        int32_t together = 1 + (rng_below(&rng, 100) < 45) + (rng_below(&rng, 100) < 20);
        if (together > options->bins - number) together = options->bins - number;
        place.shared_point = together > 1;
        for (int32_t end = number + together; number < end; number++) {
            place.stream = draw_stream(options, number, &rng);
            place.serial = ++serials[place.stream];
            city->bins[number] = place;
            draw_bin(city, activity, number, &city->bins[number]);
        }
    }
    assign_faults(city, &rng);
done:
    return rc;
}

void synthetic_street(const struct synthetic *city, int32_t street, char *text, size_t size)
{
    static const char *const KINDS[] = {"Rue", "Avenue", "Allée", "Boulevard"};
    static const char *const NAMES[STREET_NAMES] = {
        "des Érables",  "du Marché", "de l'Église",    "du Lavoir",  "des Forgerons", "de la Forêt",
        "du Château",   "des Prés",  "de la Gare",     "des Écoles", "du Moulin",     "de l'Hôpital",
        "des Tanneurs", "du Verger", "de la Fontaine", "du Théâtre", "des Peupliers", "de la Liberté",
        "du Grand Pré", "des Lilas", "de la Rivière",  "du Stade",   "des Bégonias",  "du Rempart",
    };
    if (city->streets != NULL) {
        snprintf(text, size, "%s", street >= 0 ? city->streets->roads.names[street] : "");
        return;
    }
    snprintf(text, size, "%s %s", KINDS[street / STREET_NAMES % 4], NAMES[street % STREET_NAMES]);
}

int32_t synthetic_distance_m(struct metres from, struct metres to)
{
    return abs(from.x - to.x) + abs(from.y - to.y);
}

/* ---- Files ---- */

#define BIN_COLUMNS                                                                                    \
    "stream,capacity_l,kg_per_l,service_s,frequency,time_windows,side,access_tags,point_id,mandatory," \
    "address"
#define SITE_COLUMNS "name,streams,opening,unload_s,unload_s_per_t,fee_per_t,daily_limit_t"

static void frequency_text(const struct synthetic_bin *bin, char text[32])
{
    static const char *const NAMES[WEEK_DAYS] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    if (!bin->fixed_days) {
        snprintf(text, 32, "C%g", fmax(bin->per_week / 2, 0.5)); /* the town comes more often than promised */
        return;
    }
    size_t end = 0;
    for (int32_t weekday = 0; weekday < WEEK_DAYS; weekday++) {
        if (!(bin->weekdays >> weekday & 1)) continue;
        end += (size_t)snprintf(text + end, 32 - end, "%s%s", end > 0 ? " " : "", NAMES[weekday]);
    }
}

static void write_at(const struct synthetic *city, struct metres at, struct sheet *sheet)
{
    if (city->streets != NULL) {
        const struct position position = synthetic_streets_position(city->streets, at);
        sheet_number(sheet, position.lat, 6);
        sheet_number(sheet, position.lon, 6);
        return;
    }
    sheet_integer(sheet, at.x);
    sheet_integer(sheet, at.y);
}

static void write_bin(const struct synthetic *city, const struct synthetic_bin *bin, struct sheet *sheet)
{
    const struct synthetic_stream *stream = city->options.streams[bin->stream];
    char frequency[32], street[200];
    frequency_text(bin, frequency);
    synthetic_street(city, bin->street, street, sizeof street);
    sheet_text(sheet, "%s%04d", stream->code, (int)bin->serial);
    write_at(city, bin->at, sheet);
    sheet_text(sheet, "%s", stream->name);
    sheet_integer(sheet, stream->capacity_l);
    sheet_number(sheet, stream->kg_per_l, 2);
    sheet_integer(sheet, stream->service_s);
    sheet_text(sheet, "%s", frequency);
    sheet_text(sheet, "%s", bin->early ? "05:00-09:00" : "");
    sheet_text(sheet, "%s", bin->side);
    sheet_text(sheet, "%s", bin->narrow ? "narrow" : "");
    if (bin->shared_point) {
        sheet_text(sheet, "P%04d", (int)bin->point);
    } else {
        sheet_empty(sheet);
    }
    sheet_integer(sheet, bin->mandatory);
    sheet_text(sheet, "%d %s", (int)bin->house, street);
    sheet_end_row(sheet);
}

static error_code write_bins(const struct synthetic *city, struct run_folder *folder, struct error *error)
{
    struct sheet sheet = {.french = true, .latin1 = city->streets == NULL}; /* names of anywhere */
    error_code rc =
        sheet_open(&sheet, folder, "bins.csv",
                   city->streets != NULL ? "bin_id,lat,lon," BIN_COLUMNS : "bin_id,x,y," BIN_COLUMNS, error);
    if (rc != ERROR_NONE) return rc;
    for (int32_t number = 0; number < city->options.bins; number++) {
        write_bin(city, &city->bins[number], &sheet);
    }
    return sheet_close(&sheet, error);
}

static error_code write_depots(const struct synthetic *city, struct run_folder *folder, struct error *error)
{
    static const char *const IDS[SYNTHETIC_DEPOTS] = {"EST", "SUD"};
    static const char *const NAMES[SYNTHETIC_DEPOTS] = {"Dépôt Est", "Dépôt Sud"};
    struct sheet sheet = {.french = true};
    error_code rc = sheet_open(
        &sheet, folder, "depots.csv",
        city->streets != NULL ? "depot_id,lat,lon,name,opening" : "depot_id,x,y,name,opening", error);
    if (rc != ERROR_NONE) return rc;
    for (int32_t depot = 0; depot < SYNTHETIC_DEPOTS; depot++) {
        sheet_text(&sheet, "%s", IDS[depot]);
        write_at(city, city->depots[depot], &sheet);
        sheet_text(&sheet, "%s", NAMES[depot]);
        sheet_text(&sheet, "%s", "04:00-22:00");
        sheet_end_row(&sheet);
    }
    return sheet_close(&sheet, error);
}

/* The first site takes what is burnt or composted, the second what is recycled, the third everything. */
static bool site_takes(const struct synthetic_stream *stream, int32_t site)
{
    bool recycled = stream->paired || strcmp(stream->name, "packaging") == 0;
    return site == 2 || recycled == (site == 1);
}

static void site_streams(const struct synthetic *city, int32_t site, char *text, size_t size)
{
    size_t end = 0;
    text[0] = '\0';
    for (int32_t number = 0; number < city->options.stream_count; number++) {
        const struct synthetic_stream *stream = city->options.streams[number];
        if (!site_takes(stream, site)) continue;
        end += (size_t)snprintf(text + end, size - end, "%s%s", end > 0 ? " " : "", stream->name);
    }
}

static error_code write_sites(const struct synthetic *city, struct run_folder *folder, struct error *error)
{
    static const struct {
        const char *id, *name, *opening;
        int32_t unload_s, unload_s_per_t, limit_t;
        double fee_per_t;
    } SITES[SYNTHETIC_SITES] = {
        {"UVE", "Unité de valorisation énergétique", "05:00-18:30", 600, 20, 300, 11.5},
        {"TRI", "Quai de tri", "06:00-12:30 13:15-18:00", 480, 30, 120, 9.5},
        {"CET", "Centre de transfert", "07:00-16:30", 720, 25, 400, 8},
    };
    struct sheet sheet = {.french = true};
    error_code rc = sheet_open(
        &sheet, folder, "disposal_sites.csv",
        city->streets != NULL ? "site_id,lat,lon," SITE_COLUMNS : "site_id,x,y," SITE_COLUMNS, error);
    if (rc != ERROR_NONE) return rc;
    for (int32_t site = 0; site < SYNTHETIC_SITES; site++) {
        char streams[128];
        site_streams(city, site, streams, sizeof streams);
        if (streams[0] == '\0') continue;
        sheet_text(&sheet, "%s", SITES[site].id);
        write_at(city, city->sites[site], &sheet);
        sheet_text(&sheet, "%s", SITES[site].name);
        sheet_text(&sheet, "%s", streams);
        sheet_text(&sheet, "%s", SITES[site].opening);
        sheet_integer(&sheet, SITES[site].unload_s);
        sheet_integer(&sheet, SITES[site].unload_s_per_t);
        sheet_number(&sheet, SITES[site].fee_per_t, 1);
        sheet_integer(&sheet, SITES[site].limit_t);
        sheet_end_row(&sheet);
    }
    return sheet_close(&sheet, error);
}

error_code synthetic_write_places(const struct synthetic *city, struct run_folder *folder,
                                  struct error *error)
{
    error_code rc = ERROR_NONE;
    TRY(write_depots(city, folder, error));
    TRY(write_sites(city, folder, error));
    TRY(write_bins(city, folder, error));
done:
    return rc;
}
