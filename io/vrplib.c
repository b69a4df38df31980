#include "io/vrplib.h"

#include "io/vrplib_file.h"
#include "solver/base/array.h"
#include "solver/base/message.h"

#include <string.h>

enum { WORD_MAX = 40, COORDINATE_MAX = 1000000000 };

/* A header line, "KEY : value"; or a section with its lines. */
struct vrplib_key {
    const char *name;
    void (*read)(struct vrplib_file *file, const struct field *value); /* NULL: without effect */
};

struct vrplib_section {
    const char *name;
    void (*line)(struct vrplib_file *file); /* NULL: without effect */
};

static const struct vrplib_key *find_key(const struct field *word);
static const struct vrplib_section *find_section(const struct field *word);
static void judge_whole(struct vrplib_file *file);

static void complain(struct vrplib_file *file, const struct field *field, const char *sentence)
{
    fields_complain(&file->in, field, SEVERITY_ERROR, "%s", sentence);
}

/* The word that begins a line that is not data; the fields that follow it, a colon left out, come next. */
static bool take_word(struct fields *in, struct field *word)
{
    const char *at = in->next;
    while (at < in->line_end && ((*at >= 'A' && *at <= 'Z') || (*at >= 'a' && *at <= 'z') || *at == '_' ||
                                 (at > in->next && *at >= '0' && *at <= '9')))
        at++;
    *word = (struct field){in->next, (size_t)(at - in->next)};
    if (word->length == 0) return false;
    while (at < in->line_end && (*at == ' ' || *at == '\t')) at++;
    in->next = at < in->line_end && *at == ':' ? at + 1 : at;
    return true;
}

static bool is_section_name(const struct field *word)
{
    const char ending[] = "_SECTION";
    const size_t length = sizeof ending - 1;
    return word->length > length && memcmp(word->text + word->length - length, ending, length) == 0;
}

static void read_key(struct vrplib_file *file, const struct vrplib_key *key)
{
    struct field value;
    if (key->read == NULL) return;
    if (fields_next(&file->in, &value))
        key->read(file, &value);
    else
        fields_complain(&file->in, NULL, SEVERITY_ERROR, _("%s has no value"), key->name);
}

static void begin_section(struct vrplib_file *file, const struct field *word,
                          const struct vrplib_section *section)
{
    const bool too_early = section->line != NULL && file->dimension == 0;
    if (too_early) complain(file, word, _("DIMENSION must come before the sections"));
    file->reading = section->line == NULL || too_early ? UNKNOWN_SECTION : KNOWN_SECTION;
    file->section = section;
}

/* A line that begins with a word: a key, a section, or the end. */
static void read_word(struct vrplib_file *file, const struct field *word)
{
    char name[WORD_MAX];
    const size_t shown = word->length < sizeof name - 1 ? word->length : sizeof name - 1;
    memcpy(name, word->text, shown);
    name[shown] = '\0';
    if (field_is(word, "EOF")) {
        file->at_end = true;
    } else if (find_key(word) != NULL) {
        file->reading = OUTSIDE;
        read_key(file, find_key(word));
    } else if (find_section(word) != NULL) {
        begin_section(file, word, find_section(word));
    } else if (file->reading == KNOWN_SECTION && !is_section_name(word)) {
        complain(file, word, _("a number was expected"));
    } else {
        fields_complain(&file->in, word, SEVERITY_WARNING,
                        _("%s is not known: what it says is left out of the problem"), name);
        file->reading = is_section_name(word) ? UNKNOWN_SECTION : OUTSIDE;
    }
}

error_code vrplib_read(const char *name, const char *text, size_t length, struct arena *arena,
                       struct benchmark *benchmark, struct diagnostics *diagnostics, struct error *error)
{
    error_code rc = ERROR_NONE;
    const int64_t errors_before = diagnostics->errors;
    struct vrplib_file file = {.arena = arena, .capacity = -1, .depot = -1};
    fields_begin(&file.in, name, text, length, diagnostics);
    while (!file.at_end && !file.out_of_memory && fields_line(&file.in)) {
        struct field word;
        if (take_word(&file.in, &word))
            read_word(&file, &word);
        else if (file.reading == KNOWN_SECTION)
            file.section->line(&file);
        else if (file.reading == OUTSIDE)
            complain(&file, &(struct field){file.in.next, 1},
                     _("a key such as DIMENSION or a section was expected"));
    }
    if (file.out_of_memory) {
        rc = error_memory(error);
        goto done;
    }
    judge_whole(&file);
    if (diagnostics->errors > errors_before) {
        rc = error_set(error, ERROR_INPUT, _("%s cannot be read"), name);
        goto done;
    }
    TRY(vrplib_build(&file, benchmark, error));
done:
    array_free(&file.weights);
    return rc;
}

/* ---- Keys ---- */

static void read_type(struct vrplib_file *file, const struct field *value)
{
    if (!field_is(value, "CVRP"))
        fields_complain(&file->in, value, SEVERITY_WARNING, "%s",
                        _("this type is not known: it is read as CVRP, with capacities alone"));
}

static void read_dimension(struct vrplib_file *file, const struct field *value)
{
    int64_t n;
    if (file->dimension != 0) {
        complain(file, value, _("DIMENSION is said twice"));
    } else if (!field_whole(value, &n) || n < 2 || n > VRPLIB_NODES_MAX) {
        fields_complain(&file->in, value, SEVERITY_ERROR, _("a whole number from 2 to %d was expected"),
                        VRPLIB_NODES_MAX);
    } else {
        const size_t count = (size_t)n;
        file->x = arena_alloc(file->arena, count, sizeof *file->x);
        file->y = arena_alloc(file->arena, count, sizeof *file->y);
        file->demand = arena_alloc(file->arena, count, sizeof *file->demand);
        file->has_coordinates = arena_alloc(file->arena, count, sizeof *file->has_coordinates);
        file->has_demand = arena_alloc(file->arena, count, sizeof *file->has_demand);
        file->out_of_memory = file->x == NULL || file->y == NULL || file->demand == NULL ||
                              file->has_coordinates == NULL || file->has_demand == NULL;
        file->dimension = (int32_t)n;
    }
}

static void read_capacity(struct vrplib_file *file, const struct field *value)
{
    if (!field_whole(value, &file->capacity) || file->capacity < 1 || file->capacity > TIME_MAX) {
        complain(file, value, _("a whole number of 1 or more was expected"));
        file->capacity = 1;
    }
}

static void read_vehicles(struct vrplib_file *file, const struct field *value)
{
    int64_t vehicles;
    if (!field_whole(value, &vehicles) || vehicles < 1 || vehicles > 100 * VRPLIB_NODES_MAX)
        complain(file, value, _("a whole number of 1 or more was expected"));
    else
        file->vehicles = (int32_t)vehicles;
}

static void read_weight_type(struct vrplib_file *file, const struct field *value)
{
    file->metric = vrplib_metric(value);
    file->has_weight_type = true;
    if (file->metric == NULL && !field_is(value, "EXPLICIT"))
        complain(file, value, _("EUC_2D, CEIL_2D, MAN_2D, MAX_2D, ATT, GEO or EXPLICIT was expected"));
}

static void read_weight_format(struct vrplib_file *file, const struct field *value)
{
    if (field_is(value, "FUNCTION")) return;
    file->layout = vrplib_layout(value);
    if (file->layout == NULL)
        complain(file, value, _("FULL_MATRIX or a form of LOWER or UPPER was expected"));
}

static const struct vrplib_key KEYS[] = {{"NAME", NULL},
                                         {"COMMENT", NULL},
                                         {"TYPE", read_type},
                                         {"DIMENSION", read_dimension},
                                         {"CAPACITY", read_capacity},
                                         {"VEHICLES", read_vehicles},
                                         {"EDGE_WEIGHT_TYPE", read_weight_type},
                                         {"EDGE_WEIGHT_FORMAT", read_weight_format},
                                         {"NODE_COORD_TYPE", NULL},
                                         {"DISPLAY_DATA_TYPE", NULL}};

static const struct vrplib_key *find_key(const struct field *word)
{
    for (size_t k = 0; k < sizeof KEYS / sizeof *KEYS; k++)
        if (field_is(word, KEYS[k].name)) return &KEYS[k];
    return NULL;
}

/* ---- Sections ---- */

/* The node that begins a line, from 0; -1 after a complaint. */
static int32_t take_node(struct vrplib_file *file, const bool *seen)
{
    struct field field;
    int64_t node;
    if (!fields_next(&file->in, &field) || !field_whole(&field, &node) || node < 1 ||
        node > file->dimension) {
        fields_complain(&file->in, &field, SEVERITY_ERROR, _("a node from 1 to %d was expected"),
                        (int)file->dimension);
        return -1;
    }
    if (seen != NULL && seen[node - 1]) {
        complain(file, &field, _("this node is in the section already"));
        return -1;
    }
    return (int32_t)node - 1;
}

static void expect_end(struct vrplib_file *file)
{
    struct field field;
    if (fields_next(&file->in, &field))
        complain(file, &field, _("the line is too long: nothing more was expected"));
}

static bool take_coordinate(struct vrplib_file *file, double *value)
{
    struct field field;
    const bool found = fields_next(&file->in, &field);
    if (found && field_number(&field, value) && *value >= -COORDINATE_MAX && *value <= COORDINATE_MAX)
        return true;
    complain(file, found ? &field : NULL, _("a coordinate was expected"));
    return false;
}

static void node_coord_line(struct vrplib_file *file)
{
    const int32_t node = take_node(file, file->has_coordinates);
    if (node < 0) return;
    file->has_coordinates[node] = true;
    if (take_coordinate(file, &file->x[node]) && take_coordinate(file, &file->y[node])) expect_end(file);
}

static void demand_line(struct vrplib_file *file)
{
    const int32_t node = take_node(file, file->has_demand);
    if (node < 0) return;
    file->has_demand[node] = true;
    struct field field;
    int64_t *demand = &file->demand[node];
    const bool found = fields_next(&file->in, &field);
    if (!found || !field_whole(&field, demand) || *demand < 0 || *demand > TIME_MAX) {
        complain(file, found ? &field : NULL, _("a demand was expected: a whole number of 0 or more"));
        *demand = 0;
        return;
    }
    expect_end(file);
}

/* Depots end with -1, on a line of its own or not. */
static void depot_line(struct vrplib_file *file)
{
    struct field field;
    while (fields_next(&file->in, &field)) {
        int64_t node;
        if (file->depots_ended) {
            complain(file, &field, _("the depots have ended already"));
            return;
        }
        if (!field_whole(&field, &node) || node == 0 || node < -1 || node > file->dimension) {
            fields_complain(&file->in, &field, SEVERITY_ERROR, _("a node from 1 to %d, or -1, was expected"),
                            (int)file->dimension);
            return;
        }
        if (node == -1)
            file->depots_ended = true;
        else if (file->depot >= 0)
            complain(file, &field, _("a second depot: one was expected"));
        else
            file->depot = (int32_t)node - 1;
    }
}

static void weight_line(struct vrplib_file *file)
{
    struct field field;
    while (fields_next(&file->in, &field)) {
        int64_t weight;
        if (!field_whole(&field, &weight) || weight < 0 || weight >= TRAVEL_UNREACHABLE) {
            complain(file, &field, _("a distance was expected: a whole number of 0 or more"));
            weight = 0;
        }
        if (!array_push(&file->weights, (int32_t)weight)) file->out_of_memory = true;
        if (file->out_of_memory) return;
    }
}

static const struct vrplib_section SECTIONS[] = {{"NODE_COORD_SECTION", node_coord_line},
                                                 {"DEMAND_SECTION", demand_line},
                                                 {"DEPOT_SECTION", depot_line},
                                                 {"EDGE_WEIGHT_SECTION", weight_line},
                                                 {"DISPLAY_DATA_SECTION", NULL}};

static const struct vrplib_section *find_section(const struct field *word)
{
    for (size_t s = 0; s < sizeof SECTIONS / sizeof *SECTIONS; s++)
        if (field_is(word, SECTIONS[s].name)) return &SECTIONS[s];
    return NULL;
}

/* ---- The whole ---- */

static void complain_whole(struct vrplib_file *file, const char *sentence)
{
    fields_complain_whole(&file->in, SEVERITY_ERROR, "%s", sentence);
}

static void judge_weights(struct vrplib_file *file)
{
    if (file->metric != NULL) {
        for (int32_t n = 0; n < file->dimension; n++)
            if (!file->has_coordinates[n])
                fields_complain_whole(&file->in, SEVERITY_ERROR, _("node %d has no coordinates"), (int)n + 1);
        return;
    }
    if (file->layout == NULL) {
        complain_whole(file, _("EDGE_WEIGHT_FORMAT is missing: EXPLICIT distances need one"));
        return;
    }
    const int64_t expected = vrplib_layout_count(file->layout, file->dimension);
    if (file->weights.count != expected)
        fields_complain_whole(&file->in, SEVERITY_ERROR,
                              _("EDGE_WEIGHT_SECTION has %lld distances; %lld were expected"),
                              (long long)file->weights.count, (long long)expected);
}

static void judge_whole(struct vrplib_file *file)
{
    if (file->dimension == 0) {
        complain_whole(file, _("DIMENSION is missing"));
        return;
    }
    if (!file->has_weight_type)
        complain_whole(file, _("EDGE_WEIGHT_TYPE is missing"));
    else
        judge_weights(file);
    if (file->capacity < 0) complain_whole(file, _("CAPACITY is missing"));
    if (file->depot < 0) complain_whole(file, _("DEPOT_SECTION is missing, or names no depot"));
    for (int32_t n = 0; n < file->dimension; n++) {
        if (!file->has_demand[n])
            fields_complain_whole(&file->in, SEVERITY_ERROR, _("node %d has no demand"), (int)n + 1);
        else if (n == file->depot && file->demand[n] != 0)
            fields_complain_whole(&file->in, SEVERITY_ERROR, _("node %d is the depot: it has a demand"),
                                  (int)n + 1);
        else if (file->capacity >= 0 && file->demand[n] > file->capacity)
            fields_complain_whole(&file->in, SEVERITY_WARNING,
                                  _("node %d asks for more than a vehicle holds: it cannot be served"),
                                  (int)n + 1);
    }
}

/* ---- The family ---- */

/* Its files begin with one of its keys. */
static bool recognises(const char *text, size_t length)
{
    struct fields in;
    struct field word;
    fields_begin(&in, "", text, length, NULL); /* nothing will be complained of */
    const bool known = fields_line(&in) && take_word(&in, &word) && find_key(&word) != NULL &&
                       in.next > word.text + word.length;
    return known;
}

static double cost(const struct benchmark *benchmark, const struct plan *plan,
                   const struct check_report *report)
{
    (void)plan;
    return (double)cost_total(&report->cost) / (double)benchmark->cost_unit;
}

const struct benchmark_family VRPLIB_FAMILY = {
    .name = "vrplib", .recognises = recognises, .read = vrplib_read, .cost = cost, .cost_decimals = 0};
