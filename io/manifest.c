#include "io/manifest.h"

#include "io/hash.h"
#include "io/json.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <sys/resource.h>

/* Milliseconds are as much as a duration deserves. */
static void put_seconds(struct json *parent, const char *key, double seconds)
{
    json_put_number(parent, key, round(seconds * 1000) / 1000);
}

static void put_inputs(struct json *root, const struct city_files *files)
{
    struct json *list = json_new_array();
    for (int32_t i = 0; files != NULL && i < files->count; i++) {
        const struct city_file *it = &files->items[i];
        char hash[HASH_TEXT_SIZE];
        hash_text(it->hash, hash);
        struct json *one = json_new_object();
        json_put_string(one, "file", it->name);
        json_put_integer(one, "bytes", it->bytes);
        json_put_integer(one, "rows", it->rows);
        json_put_string(one, "sha256", hash);
        json_put(list, NULL, one);
    }
    json_put(root, "inputs", list);
}

static void put_search(struct json *root, const struct run_search *search)
{
    char seed[24];
    snprintf(seed, sizeof seed, "%" PRIu64, search->seed);
    struct json *one = json_new_object();
    json_put_string(one, "seed", seed);
    json_put_integer(one, "threads", search->threads);
    json_put_integer(one, "iterations", search->iterations);
    put_seconds(one, "seconds", search->seconds);
    json_put_flag(one, "interrupted", search->interrupted);
    json_put(root, "search", one);
}

static void put_verdict(struct json *root, const struct check_report *report)
{
    struct json *one = json_new_object();
    json_put_flag(one, "accepted", report->violation_count == 0);
    json_put_integer(one, "violations", report->violation_count);
    json_put_integer(one, "stops_served", report->served);
    json_put_integer(one, "mandatory_stops_unserved", report->unserved_mandatory);
    json_put_integer(one, "optional_stops_unserved", report->unserved_optional);
    json_put(root, "check", one);
}

static void put_durations(struct json *root, const struct run_facts *facts)
{
    struct json *list = json_new_array();
    for (int32_t i = 0; i < facts->phase_count; i++) {
        struct json *one = json_new_object();
        json_put_string(one, "phase", facts->phases[i].name);
        put_seconds(one, "seconds", facts->phases[i].seconds);
        put_seconds(one, "cpu_seconds", facts->phases[i].cpu_s);
        json_put(list, NULL, one);
    }
    json_put(root, "phases", list);
    put_seconds(root, "seconds", run_seconds(facts));
    put_seconds(root, "cpu_seconds", run_cpu_seconds());
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage) == 0) {
        json_put_integer(root, "peak_memory_kib", usage.ru_maxrss); /* Linux counts it in KiB */
    }
}

error_code manifest_write(FILE *file, const struct night *night, const struct run_facts *facts,
                          struct error *error)
{
    struct json *root = json_new_object(), *options = json_new_object();
    char day[DAY_TEXT_SIZE], started[INSTANT_TEXT_SIZE];
    day_text(night->problem->day, day);
    instant_text(night->city->zone, facts->started, started);
    json_put_string(root, "benne", facts->version);
    json_put_string(root, "command", facts->command);
    json_put_string(root, "language", facts->language);
    json_put_string(root, "city", night->city->name);
    json_put_string(root, "day", day);
    json_put_string(root, "started", started);
    for (int32_t i = 0; i < facts->option_count; i++) {
        json_put_string(options, facts->options[i].name, facts->options[i].value);
    }
    json_put(root, "options", options);
    put_search(root, &facts->search);
    put_verdict(root, night->report);
    put_inputs(root, facts->files);
    put_durations(root, facts);
    char *text = json_print(root, true);
    json_free(root);
    if (text == NULL) return error_memory(error);
    fprintf(file, "%s\n", text);
    free(text);
    return ERROR_NONE;
}
