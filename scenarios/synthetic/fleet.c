/* Vehicles by kind, and the fixed rounds of a week: what the town does today, plain and inherited. */
#include "scenarios/synthetic/sheet.h"
#include "scenarios/synthetic/synthetic.h"

#include <stdlib.h>
#include <string.h>

enum {
    WORKING_DAYS = 5,
    ROUND_STOPS = 55, /* of a shift of seven hours, with drives and two unloadings */
    HILBERT_ORDER = 8 /* 256 × 256 cells over the town */
};

static const char *const DAY_NAMES[WORKING_DAYS] = {"Mon", "Tue", "Wed", "Thu", "Fri"};

/* Along Hilbert's curve neighbours stay neighbours: cutting its order into parts gives compact areas.
 * Source: Warren, "Hacker's Delight" (2003), chapter 14. */
static uint32_t hilbert_position(uint32_t x, uint32_t y)
{
    uint32_t position = 0;
    for (uint32_t side = 1u << (HILBERT_ORDER - 1); side > 0; side /= 2) {
        uint32_t right = (x & side) > 0, upper = (y & side) > 0;
        position += side * side * ((3 * right) ^ upper);
        if (upper == 0) {
            if (right == 1) {
                x = (1u << HILBERT_ORDER) - 1 - x;
                y = (1u << HILBERT_ORDER) - 1 - y;
            }
            uint32_t swap = x;
            x = y;
            y = swap;
        }
    }
    return position;
}

struct ranked_bin {
    uint32_t position;
    int32_t bin;
};

static int compare_ranks(const void *left, const void *right)
{
    const struct ranked_bin *one = left, *two = right;
    if (one->position != two->position) return one->position < two->position ? -1 : 1;
    return (one->bin > two->bin) - (one->bin < two->bin);
}

static bool kind_takes(const struct synthetic_kind *kind, int32_t stream)
{
    for (int32_t number = 0; number < kind->stream_count; number++) {
        if (kind->streams[number] == stream) return true;
    }
    return false;
}

/* Streams that are collected in pairs share a kind; each other stream has its own. */
static void make_kinds(struct synthetic *city)
{
    struct synthetic_kind *pair = NULL;
    for (int32_t stream = 0; stream < city->options.stream_count; stream++) {
        bool paired = city->options.streams[stream]->paired;
        if (!paired || pair == NULL || pair->stream_count == SYNTHETIC_KIND_STREAMS) {
            city->kinds[city->kind_count] = (struct synthetic_kind){.loaders = paired ? 0 : 2};
            struct synthetic_kind *kind = &city->kinds[city->kind_count++];
            kind->streams[kind->stream_count++] = stream;
            if (paired) pair = kind;
        } else {
            pair->streams[pair->stream_count++] = stream;
        }
    }
}

/* All bins of a kind along the curve. */
static int32_t rank_bins(const struct synthetic *city, const struct synthetic_kind *kind,
                         struct ranked_bin *ranked)
{
    int32_t count = 0;
    int64_t extent = 3 * (int64_t)city->radius_m; /* districts reach beyond the radius */
    for (int32_t number = 0; number < city->options.bins; number++) {
        const struct synthetic_bin *bin = &city->bins[number];
        if (!kind_takes(kind, bin->stream)) continue;
        int64_t x = (int64_t)(bin->at.x - city->depots[0].x) + extent;
        int64_t y = (int64_t)(bin->at.y - city->depots[0].y) + extent;
        ranked[count].position = hilbert_position((uint32_t)(x * (1 << HILBERT_ORDER) / (2 * extent)),
                                                  (uint32_t)(y * (1 << HILBERT_ORDER) / (2 * extent)));
        ranked[count++].bin = number;
    }
    qsort(ranked, (size_t)count, sizeof *ranked, compare_ranks);
    return count;
}

/* Bins promised the same frequency get one of its weekday patterns, in areas along the curve. Once a week
 * is the least: nobody remembers which fortnight it is. */
static void assign_weekdays(const struct synthetic *city, const struct ranked_bin *ranked, int32_t count)
{
    static const uint8_t WEEKLY[] = {1, 2, 4, 8, 16}, TWICE[] = {1 | 8, 2 | 16}, THRICE[] = {1 | 4 | 16};
    static const struct {
        double per_week;
        const uint8_t *patterns;
        int32_t pattern_count;
    } CLASSES[] = {{0.5, WEEKLY, 5}, {1, WEEKLY, 5}, {2, TWICE, 2}, {3, THRICE, 1}};
    for (size_t group = 0; group < sizeof CLASSES / sizeof CLASSES[0]; group++) {
        int32_t members = 0, seen = 0;
        for (int32_t rank = 0; rank < count; rank++) {
            if (city->bins[ranked[rank].bin].per_week == CLASSES[group].per_week) members++;
        }
        for (int32_t rank = 0; rank < count; rank++) {
            struct synthetic_bin *bin = &city->bins[ranked[rank].bin];
            if (bin->per_week != CLASSES[group].per_week) continue;
            bin->weekdays = CLASSES[group].patterns[(int64_t)seen++ * CLASSES[group].pattern_count / members];
        }
    }
}

static int32_t visits_on(const struct synthetic *city, const struct ranked_bin *ranked, int32_t count,
                         int32_t weekday)
{
    int32_t visits = 0;
    for (int32_t rank = 0; rank < count; rank++)
        visits += city->bins[ranked[rank].bin].weekdays >> weekday & 1;
    return visits;
}

/* As many vehicles as the busiest day needs. */
static int32_t vehicles_needed(const struct synthetic *city, const struct ranked_bin *ranked, int32_t count)
{
    int32_t most = 1;
    for (int32_t weekday = 0; weekday < WORKING_DAYS; weekday++) {
        int32_t rounds = (visits_on(city, ranked, count, weekday) + ROUND_STOPS - 1) / ROUND_STOPS;
        if (rounds > most) most = rounds;
    }
    return most;
}

/* The fleet given is shared among the kinds by need, one each at least. */
static void share_fleet(struct synthetic *city)
{
    int32_t asked = city->options.vehicles;
    int64_t needed = 0, before = 0;
    if (asked == 0) return;
    for (int32_t kind = 0; kind < city->kind_count; kind++) needed += city->kinds[kind].vehicle_count;
    int32_t extra = asked > city->kind_count ? asked - city->kind_count : 0;
    for (int32_t kind = 0; kind < city->kind_count; kind++) {
        int64_t after = before + city->kinds[kind].vehicle_count;
        city->kinds[kind].vehicle_count = 1 + (int32_t)(after * extra / needed - before * extra / needed);
        before = after;
    }
}

static error_code make_vehicles(struct synthetic *city, struct error *error)
{
    error_code rc = ERROR_NONE;
    for (int32_t kind = 0; kind < city->kind_count; kind++) {
        city->kinds[kind].first_vehicle = city->vehicle_count;
        city->vehicle_count += city->kinds[kind].vehicle_count;
    }
    TRY_NEW(city->arena, city->vehicles, city->vehicle_count);
    for (int32_t kind = 0; kind < city->kind_count; kind++) {
        for (int32_t number = 0; number < city->kinds[kind].vehicle_count; number++) {
            struct synthetic_vehicle *vehicle = &city->vehicles[city->kinds[kind].first_vehicle + number];
            const struct synthetic_stream *stream = city->options.streams[city->kinds[kind].streams[0]];
            vehicle->kind = kind;
            vehicle->depot = number % SYNTHETIC_DEPOTS;
            vehicle->shift_start_s = number % 2 == 0 ? 5 * 3600 + 1800 : 6 * 3600;
            vehicle->shift_end_s = vehicle->shift_start_s + 8 * 3600 + 1800;
            vehicle->narrow = number == 0 || number % 4 == 3;
            /* "GRUE": a crane truck; "BOM": a press, benne à ordures ménagères. */
            if (stream->paired) {
                snprintf(vehicle->id, sizeof vehicle->id, "GRUE%d", (int)number + 1);
            } else {
                snprintf(vehicle->id, sizeof vehicle->id, "BOM-%s%d", stream->code, (int)number + 1);
            }
        }
    }
done:
    return rc;
}

/* Bins of market squares come first, before the market. */
static void early_first(const struct synthetic *city, struct synthetic_round *round)
{
    int32_t early = 0;
    for (int32_t place = 0; place < round->count; place++) {
        int32_t bin = round->bins[place];
        if (!city->bins[bin].early) continue;
        round->bins[place] = round->bins[early];
        round->bins[early++] = bin;
    }
    round->early = early;
}

/* The next bin is the nearest one left: how a driver would do it, and nothing better. */
static void order_by_nearest(const struct synthetic *city, struct synthetic_round *round)
{
    const struct synthetic_vehicle *vehicle = &city->vehicles[round->vehicle];
    const struct synthetic_kind *kind = &city->kinds[vehicle->kind];
    struct metres at = city->depots[vehicle->depot];
    int64_t metres = 0;
    for (int32_t place = 0; place < round->count; place++) {
        int32_t best = place, shortest = INT32_MAX;
        int32_t end = place < round->early ? round->early : round->count;
        for (int32_t left = place; left < end; left++) {
            int32_t distance = synthetic_distance_m(at, city->bins[round->bins[left]].at);
            if (distance < shortest) {
                shortest = distance;
                best = left;
            }
        }
        int32_t bin = round->bins[best];
        round->bins[best] = round->bins[place];
        round->bins[place] = bin;
        metres += shortest;
        at = city->bins[bin].at;
    }
    struct metres site = city->sites[city->options.streams[kind->streams[0]]->paired];
    /* Once in the middle, once at the end. */
    metres += 3 * (int64_t)synthetic_distance_m(at, site) +
              synthetic_distance_m(site, city->depots[vehicle->depot]);
    round->km = (double)metres / 1000;
}

/* Cuts a weekday's bins of a kind, along the curve, into one round a vehicle. */
static error_code make_rounds(struct synthetic *city, int32_t kind, const struct ranked_bin *ranked,
                              int32_t count, int32_t weekday, struct error *error)
{
    error_code rc = ERROR_NONE;
    int32_t visits = visits_on(city, ranked, count, weekday), rank = 0, taken = 0;
    int32_t vehicles = city->kinds[kind].vehicle_count;
    int32_t useful = city->options.vehicles > 0 ? visits : (visits + ROUND_STOPS - 1) / ROUND_STOPS;
    int32_t rounds = useful < vehicles ? useful : vehicles; /* a fleet that is there goes out */
    for (int32_t number = 0; number < rounds; number++) {
        struct synthetic_round *round = &city->rounds[city->round_count];
        int32_t end = (int32_t)((int64_t)visits * (number + 1) / rounds);
        round->weekday = weekday;
        round->vehicle = city->kinds[kind].first_vehicle + number;
        snprintf(round->id, sizeof round->id, "%s-%d", DAY_NAMES[weekday], (int)round->vehicle + 1);
        TRY_NEW(city->arena, round->bins, end - taken);
        for (; taken < end; rank++) {
            if (!(city->bins[ranked[rank].bin].weekdays >> weekday & 1)) continue;
            round->bins[round->count++] = ranked[rank].bin;
            taken++;
        }
        early_first(city, round);
        order_by_nearest(city, round);
        for (int32_t place = 0; place < round->count; place++) {
            city->bins[round->bins[place]].round[weekday] = city->round_count;
            city->bins[round->bins[place]].sequence[weekday] = place + 1;
        }
        city->round_count++;
    }
done:
    return rc;
}

/* A narrow street is one where a narrow truck has always come. */
static void confirm_narrow(struct synthetic *city)
{
    for (int32_t number = 0; number < city->options.bins; number++) {
        struct synthetic_bin *bin = &city->bins[number];
        for (int32_t weekday = 0; weekday < WEEK_DAYS; weekday++) {
            if (bin->round[weekday] < 0) continue;
            bin->narrow = bin->narrow && city->vehicles[city->rounds[bin->round[weekday]].vehicle].narrow;
        }
    }
}

error_code synthetic_fleet(struct synthetic *city, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct ranked_bin *ranked[SYNTHETIC_STREAMS_MAX] = {NULL};
    int32_t counts[SYNTHETIC_STREAMS_MAX] = {0};
    make_kinds(city);
    for (int32_t kind = 0; kind < city->kind_count; kind++) {
        TRY_NEW(city->arena, ranked[kind], city->options.bins);
        counts[kind] = rank_bins(city, &city->kinds[kind], ranked[kind]);
        assign_weekdays(city, ranked[kind], counts[kind]);
        city->kinds[kind].vehicle_count = vehicles_needed(city, ranked[kind], counts[kind]);
    }
    share_fleet(city);
    TRY(make_vehicles(city, error));
    TRY_NEW(city->arena, city->rounds, city->vehicle_count * WORKING_DAYS);
    for (int32_t number = 0; number < city->options.bins; number++) {
        for (int32_t weekday = 0; weekday < WEEK_DAYS; weekday++) city->bins[number].round[weekday] = -1;
    }
    for (int32_t weekday = 0; weekday < WORKING_DAYS; weekday++) {
        for (int32_t kind = 0; kind < city->kind_count; kind++) {
            TRY(make_rounds(city, kind, ranked[kind], counts[kind], weekday, error));
        }
    }
    confirm_narrow(city);
done:
    return rc;
}

/* ---- Files ---- */

static void write_vehicle(const struct synthetic *city, const struct synthetic_vehicle *vehicle,
                          struct sheet *sheet)
{
    static const char *const DEPOTS[SYNTHETIC_DEPOTS] = {"EST", "SUD"};
    const struct synthetic_kind *kind = &city->kinds[vehicle->kind];
    char compartments[128];
    size_t end = 0;
    for (int32_t number = 0; number < kind->stream_count; number++) {
        const struct synthetic_stream *stream = city->options.streams[kind->streams[number]];
        end += (size_t)snprintf(compartments + end, sizeof compartments - end, "%s%s:%dkg:%dl",
                                number > 0 ? "|" : "", stream->name, (int)stream->truck_kg,
                                (int)stream->truck_l);
    }
    sheet_text(sheet, "%s", vehicle->id);
    sheet_text(sheet, "%s", DEPOTS[vehicle->depot]);
    sheet_text(sheet, "%s", compartments);
    sheet_text(sheet, "%02d:%02d", (int)(vehicle->shift_start_s / 3600),
               (int)(vehicle->shift_start_s / 60 % 60));
    sheet_text(sheet, "%02d:%02d", (int)(vehicle->shift_end_s / 3600), (int)(vehicle->shift_end_s / 60 % 60));
    sheet_integer(sheet, 28800);
    sheet_integer(sheet, 1200); /* 20 minutes before 6 hours of work: décret 2000-815 */
    sheet_integer(sheet, 21600);
    sheet_integer(sheet, 1);
    sheet_integer(sheet, kind->loaders);
    sheet_number(sheet, kind->loaders > 0 ? 110 : 95, 0);
    sheet_number(sheet, 0.35, 2);
    sheet_number(sheet, 38 + 31 * kind->loaders, 0);
    sheet_integer(sheet, 25200);
    sheet_number(sheet, 57 + 46 * kind->loaders, 0);
    sheet_number(sheet, 0.55, 2);
    sheet_number(sheet, 1.1, 1);
    sheet_text(sheet, "%s", "diesel B7");
    sheet_text(sheet, "%s", vehicle->narrow ? "narrow" : "");
    sheet_text(sheet, "%s", "Mon Tue Wed Thu Fri");
    if (city->streets != NULL) sheet_text(sheet, "%s", vehicle->narrow ? "narrow" : "default");
    sheet_end_row(sheet);
}

static error_code write_rounds(const struct synthetic *city, struct run_folder *folder, struct error *error)
{
    struct sheet sheet = {0};
    error_code rc =
        sheet_open(&sheet, folder, "fixed_rounds.csv", "round_id,weekday,vehicle_id,sequence,bin_id", error);
    if (rc != ERROR_NONE) return rc;
    for (int32_t number = 0; number < city->round_count; number++) {
        const struct synthetic_round *round = &city->rounds[number];
        for (int32_t place = 0; place < round->count; place++) {
            const struct synthetic_bin *bin = &city->bins[round->bins[place]];
            sheet_text(&sheet, "%s", round->id);
            sheet_text(&sheet, "%s", DAY_NAMES[round->weekday]);
            sheet_text(&sheet, "%s", city->vehicles[round->vehicle].id);
            sheet_integer(&sheet, place + 1);
            sheet_text(&sheet, "%s%04d", city->options.streams[bin->stream]->code, (int)bin->serial);
            sheet_end_row(&sheet);
        }
    }
    return sheet_close(&sheet, error);
}

#define VEHICLE_COLUMNS                                                                                     \
    "vehicle_id,depot_id,compartments,shift_start,shift_end,max_work_s,break_s,break_after_s,drivers,"      \
    "loaders,"                                                                                              \
    "fixed_cost,cost_per_km,cost_per_hour,overtime_from_s,overtime_cost_per_hour,litres_per_km,litres_per_" \
    "t,energy,"                                                                                             \
    "tags,days"

error_code synthetic_write_fleet(const struct synthetic *city, struct run_folder *folder, struct error *error)
{
    struct sheet sheet = {.french = true};
    error_code rc = sheet_open(&sheet, folder, "vehicles.csv",
                               city->streets != NULL ? VEHICLE_COLUMNS ",profile" : VEHICLE_COLUMNS, error);
    if (rc != ERROR_NONE) return rc;
    for (int32_t number = 0; number < city->vehicle_count; number++) {
        write_vehicle(city, &city->vehicles[number], &sheet);
    }
    rc = sheet_close(&sheet, error);
    return rc == ERROR_NONE ? write_rounds(city, folder, error) : rc;
}
