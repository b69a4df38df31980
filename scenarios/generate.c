/* benne generate: a synthetic city, seeded. What it makes and how stands in synthetic/. */
#include "io/run_folder.h"
#include "scenarios/commands.h"
#include "scenarios/console.h"
#include "scenarios/synthetic/streets.h"
#include "solver/base/message.h"

#include <string.h>

enum { BINS_MAX = 1000000, DAYS_MAX = 3650, READINGS_PER_DAY_MAX = 1440, VEHICLES_MAX = 10000 };

static const struct synthetic_stream *find_stream(const char *name, size_t length)
{
    for (const struct synthetic_stream *stream = SYNTHETIC_STREAMS; stream->name != NULL; stream++) {
        if (strlen(stream->name) == length && strncmp(stream->name, name, length) == 0) return stream;
    }
    return NULL;
}

/* "glass,paper": each once. */
static error_code parse_streams(const char *text, struct synthetic_options *options, struct error *error)
{
    options->stream_count = 0;
    for (;;) {
        size_t length = strcspn(text, ",");
        const struct synthetic_stream *stream = find_stream(text, length);
        for (int32_t known = 0; known < options->stream_count; known++) {
            if (options->streams[known] == stream) stream = NULL;
        }
        if (stream == NULL) {
            return error_set(
                error, ERROR_USAGE,
                _("--streams takes some of residual, glass, paper, packaging, biowaste, each once, "
                  "with commas, not '%.*s'"),
                (int)length, text);
        }
        options->streams[options->stream_count++] = stream;
        if (text[length] == '\0') return ERROR_NONE;
        text += length + 1;
    }
}

/* The name stands in JSON and Markdown: letters, digits, blanks and hyphens, UTF-8. */
static error_code parse_name(const char *text, struct synthetic_options *options, struct error *error)
{
    if (text == NULL) return ERROR_NONE;
    if (text[0] == '\0' || strlen(text) > 60 || strpbrk(text, "\"\\<>\n\r\t") != NULL) {
        return error_set(error, ERROR_USAGE, _("--name takes a short name without quotes, not '%s'"), text);
    }
    options->name = text;
    return ERROR_NONE;
}

static error_code parse_number(const struct command_call *call, const char *name, int64_t low, int64_t high,
                               int32_t *number, struct error *error)
{
    int64_t value = *number;
    error_code rc = command_integer(call, name, low, high, &value, error);
    *number = (int32_t)value;
    return rc;
}

static error_code parse_options(const struct command_call *call, struct synthetic_options *options,
                                struct error *error)
{
    error_code rc = ERROR_NONE;
    const char *streams = command_value(call, "streams");
    *options = (struct synthetic_options){
        .name = "Synthetic",
        .bins = 400,
        .days = 56,
        .readings_per_day = 4,
        .sensor_percent = 70,
        .fault_percent = 14,
        .extract = command_value(call, "osm"),
        .seed = call->options.seed,
        .start = day_from_civil((struct civil_date){2026, 11, 23}),
    };
    TRY(parse_streams(streams != NULL ? streams : "residual,glass,paper", options, error));
    TRY(parse_name(command_value(call, "name"), options, error));
    TRY(parse_number(call, "bins", SYNTHETIC_STREAMS_MAX, BINS_MAX, &options->bins, error));
    TRY(parse_number(call, "days", 1, DAYS_MAX, &options->days, error));
    TRY(parse_number(call, "readings-per-day", 1, READINGS_PER_DAY_MAX, &options->readings_per_day, error));
    TRY(parse_number(call, "vehicles", 1, VEHICLES_MAX, &options->vehicles, error));
    TRY(parse_number(call, "sensors", 0, 100, &options->sensor_percent, error));
    TRY(parse_number(call, "faults", 0, 100, &options->fault_percent, error));
    TRY(command_day(call, "start", &options->start, error));
    if (call->options.output == NULL) rc = error_set(error, ERROR_USAGE, _("-o DIR is missing"));
done:
    return rc;
}

/* The command line that makes this city again, with what was given. */
static void command_line(const struct command_call *call, char *text, size_t size)
{
    size_t end = (size_t)snprintf(text, size, "benne generate -o DIR --seed %llu",
                                  (unsigned long long)call->options.seed);
    const struct command_option *own = call->command->own;
    for (int32_t option = 0; own[option].name != NULL && end < size; option++) {
        const char *value = call->values[option];
        if (value == NULL) continue;
        const char *quote = strchr(value, ' ') != NULL ? "'" : "";
        end +=
            (size_t)snprintf(text + end, size - end, " --%s %s%s%s", own[option].name, quote, value, quote);
    }
}

static error_code write_city(struct synthetic *city, const char *command, struct run_folder *folder,
                             struct error *error)
{
    error_code rc = ERROR_NONE;
    TRY(synthetic_write_places(city, folder, error));
    TRY(synthetic_write_fleet(city, folder, error));
    TRY(synthetic_write_history(city, folder, error));
    TRY(synthetic_write_people(city, folder, error));
    TRY(synthetic_write_documents(city, command, folder, error));
    if (city->streets != NULL) TRY(synthetic_copy_extract(city, folder, error));
done:
    return rc;
}

static error_code generate_city(const struct command_call *call, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct arena arena;
    struct synthetic city = {.arena = &arena};
    struct run_folder *folder = NULL;
    char command[1024];
    arena_init(&arena);
    TRY(parse_options(call, &city.options, error));
    command_line(call, command, sizeof command);
    TRY(zone_open("Europe/Paris", &city.zone, error));
    TRY(run_folder_open(call->options.output, &folder, error));
    console_progress(_("%d bins, %d days"), (int)city.options.bins, (int)city.options.days);
    TRY(synthetic_layout(&city, error));
    TRY(synthetic_fleet(&city, error));
    TRY(write_city(&city, command, folder, error));
    rc = run_folder_commit(folder, error);
    folder = NULL;
    if (rc != ERROR_NONE) goto done;
    console_progress_end();
    if (!call->options.quiet) {
        printf(_("%s: %d bins, %d vehicles, %d fixed rounds, %d days of history\n"), call->options.output,
               (int)city.options.bins, (int)city.vehicle_count, (int)city.round_count,
               (int)city.options.days);
    }
done:
    console_progress_end();
    run_folder_abandon(folder);
    if (city.zone != NULL) zone_close(city.zone);
    arena_free(&arena);
    return rc;
}

static const struct command_option OPTIONS[] = {
    {"name", N_("NAME"), N_("of the city (default: Synthetic)")},
    {"osm", N_("FILE"), N_("an extract of OpenStreetMap (.osm, .osm.gz, .osm.pbf): a city on its streets")},
    {"bins", "N", N_("bins (default 400)")},
    {"streams", N_("LIST"), N_("of residual, glass, paper, packaging, biowaste (default: the first three)")},
    {"vehicles", "N", N_("vehicles (default: as many as the fixed rounds need)")},
    {"days", "N", N_("days of history before the start (default 56)")},
    {"start", N_("YYYY-MM-DD"), N_("the first day to plan (default 2026-11-23)")},
    {"readings-per-day", "N", N_("readings of a sensor a day (default 4)")},
    {"sensors", N_("PERCENT"), N_("bins that have a sensor (default 70)")},
    {"faults", N_("PERCENT"), N_("sensors that fail at times (default 14)")},
    {NULL, NULL, NULL},
};

static const char *const EXAMPLES[] = {
    "benne generate -o /tmp/town",
    "benne generate -o /tmp/glass --streams glass --bins 800 --seed 7",
    "benne generate -o /tmp/porto --osm porto.osm.pbf --bins 800",
    "benne generate -o /tmp/large --bins 10000 --days 60 --readings-per-day 24",
    NULL,
};

const struct command GENERATE_COMMAND = {
    .name = "generate",
    .summary = N_("a synthetic city on a grid or on real streets, for trials and tests"),
    .operands = "",
    .takes = TAKES_OUTPUT | TAKES_SEED,
    .own = OPTIONS,
    .output_help = N_("the folder to make; it must be new or empty"),
    .help = N_(
        "Draws a whole city folder from a seed: districts of different densities, depots, disposal\n"
        "sites, a fleet with its fixed rounds, sensors that fail, emptyings, requests, staff. All figures\n"
        "are illustrative inputs. With --osm the bins stand on the streets of the extract, which is copied\n"
        "into the folder. The same options and seed give the same bytes."),
    .examples = EXAMPLES,
    .run = generate_city,
};
