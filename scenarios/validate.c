/* benne validate: the data of a city alone: what was detected in each file, and all that is wrong. */
#include "io/json.h"
#include "scenarios/commands.h"
#include "scenarios/console.h"
#include "scenarios/night_work.h"
#include "solver/base/message.h"

#include <stdlib.h>

static const char *severity_name(severity kind)
{
    if (kind == SEVERITY_ERROR) return "error";
    return kind == SEVERITY_WARNING ? "warning" : "note";
}

static struct json *diagnostic_json(const struct diagnostic *item)
{
    struct json *object = json_new_object();
    json_put_string(object, "severity", severity_name(item->severity));
    json_put_string(object, "file", item->place.file);
    if (item->place.line > 0) json_put_integer(object, "line", item->place.line);
    if (item->place.column > 0) json_put_integer(object, "column", item->place.column);
    json_put_string(object, "message", item->message);
    if (item->place.text != NULL) json_put_string(object, "text", item->place.text);
    return object;
}

static struct json *file_json(const struct city_file *file)
{
    struct json *object = json_new_object();
    json_put_string(object, "name", file->name);
    json_put_integer(object, "bytes", file->bytes);
    json_put_integer(object, "rows", file->rows);
    return object;
}

static error_code print_json(const char *folder, const struct night_work *work, struct error *error)
{
    struct json *root = json_new_object(), *files = json_new_array(), *diagnostics = json_new_array();
    for (int32_t number = 0; number < work->files.count; number++) {
        json_put(files, NULL, file_json(&work->files.items[number]));
    }
    for (int64_t number = 0; number < work->diagnostics.count; number++) {
        json_put(diagnostics, NULL, diagnostic_json(&work->diagnostics.items[number]));
    }
    json_put_string(root, "city", folder);
    json_put_flag(root, "valid", work->diagnostics.errors == 0);
    json_put_integer(root, "errors", work->diagnostics.errors);
    json_put_integer(root, "warnings", work->diagnostics.warnings);
    json_put(root, "files", files);
    json_put(root, "diagnostics", diagnostics);
    char *text = json_print(root, true);
    json_free(root);
    if (text == NULL) return error_memory(error);
    puts(text);
    free(text);
    return ERROR_NONE;
}

static void print_text(const struct night_work *work, bool valid)
{
    console_diagnostics(&work->diagnostics, true, stdout);
    for (int32_t number = 0; number < work->files.count; number++) {
        const struct city_file *file = &work->files.items[number];
        if (file->rows > 0) {
            printf(_("%-24s %9lld rows %11lld bytes\n"), file->name, (long long)file->rows,
                   (long long)file->bytes);
        } else {
            printf(_("%-24s %26lld bytes\n"), file->name, (long long)file->bytes);
        }
    }
    if (!valid) return;
    const struct city *city = &work->city;
    printf(_("%s: valid. %d bins, %d vehicles, %d depots, %d disposal sites, %lld readings, %d agents\n"),
           city->name, (int)city->bin_count, (int)city->vehicle_count, (int)city->depot_count,
           (int)city->site_count, (long long)city->readings.count, (int)city->agent_count);
}

static error_code validate_city(const struct command_call *call, struct error *error)
{
    struct night_work work;
    night_work_init(&work, NULL);
    const char *folder = call->operands[0];
    error_code rc = city_read(folder, &work.arena, &work.city, &work.files, &work.diagnostics, error);
    if (rc == ERROR_NONE) rc = night_open_roads(&work, &call->options, error);
    bool about_data =
        rc == ERROR_NONE || rc == ERROR_NETWORK || (rc == ERROR_INPUT && work.diagnostics.errors > 0);
    if (about_data && call->options.json) {
        error_code printed = print_json(folder, &work, error);
        if (printed != ERROR_NONE) rc = printed;
    } else if (about_data) {
        print_text(&work, rc == ERROR_NONE);
    }
    if (about_data && rc == ERROR_INPUT) error->message[0] = '\0'; /* the diagnostics say it */
    night_work_free(&work);
    return rc;
}

static const char *const EXAMPLES[] = {
    "benne validate scenarios/exemple",
    "benne validate nantes --json | jq .errors",
    NULL,
};

const struct command VALIDATE_COMMAND = {
    .name = "validate",
    .summary = N_("the data of a city only: what was detected in each file, and every error"),
    .operands = N_("CITY"),
    .operand_min = 1,
    .operand_max = 1,
    .takes = TAKES_JSON,
    .help =
        N_("Reads every file of the folder CITY as a run would, and prints what was detected in each\n"
           "(delimiter, decimal sign, encoding, date order) and all errors and warnings, with file, line\n"
           "and column. Nothing is written. The exit status is 2 when there is an error."),
    .examples = EXAMPLES,
    .run = validate_city,
};
