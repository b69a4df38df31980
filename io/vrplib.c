#include "io/vrplib.h"

#include "io/vrplib_file.h"
#include "solver/base/array.h"
#include "solver/base/message.h"

#include <string.h>

enum { WORD_MAX = 40 };

/* A header line, "KEY : value", that gives no quantity. */
struct vrplib_key {
    const char *name;
    void (*read)(struct vrplib_file *file, const struct field *value); /* NULL: without effect */
};

static const struct vrplib_key *find_key(const struct field *word);

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

/* Reads the value of a key that is known; false when it is not. */
static bool read_key(struct vrplib_file *file, const struct field *word)
{
    struct field value;
    const struct vrplib_key *key = find_key(word);
    const int32_t quantity = vrplib_quantity_find(word);
    if (key == NULL && quantity < 0) return false;
    file->reading = OUTSIDE;
    if (key != NULL && key->read == NULL) return true;
    if (!fields_next(&file->in, &value))
        fields_complain(&file->in, NULL, SEVERITY_ERROR, _("%s has no value"),
                        key != NULL ? key->name : vrplib_quantity_name((vrplib_quantity)quantity));
    else if (key != NULL)
        key->read(file, &value);
    else
        vrplib_quantity_read(file, (vrplib_quantity)quantity, &value);
    return true;
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
    } else if (vrplib_section_find(word) != NULL) {
        vrplib_section_begin(file, word, vrplib_section_find(word));
    } else if (read_key(file, word)) {
        return;
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
    struct vrplib_file file = {.arena = arena, .depot = -1};
    fields_begin(&file.in, name, text, length, diagnostics);
    while (!file.at_end && !file.out_of_memory && fields_line(&file.in)) {
        struct field word;
        if (take_word(&file.in, &word))
            read_word(&file, &word);
        else if (file.reading == KNOWN_SECTION)
            vrplib_section_line(&file);
        else if (file.reading == OUTSIDE)
            complain(&file, &(struct field){file.in.next, 1},
                     _("a key such as DIMENSION or a section was expected"));
    }
    if (file.out_of_memory) {
        rc = error_memory(error);
        goto done;
    }
    vrplib_judge(&file);
    if (diagnostics->errors > errors_before) {
        rc = error_set(error, ERROR_INPUT, _("%s cannot be read"), name);
        goto done;
    }
    TRY(vrplib_build(&file, vrplib_problem_of(&file), benchmark, error));
done:
    array_free(&file.weights);
    return rc;
}

/* ---- Keys ---- */

static void read_type(struct vrplib_file *file, const struct field *value)
{
    file->typed = vrplib_problem_of_type(value);
    if (file->typed == NULL)
        fields_complain(&file->in, value, SEVERITY_WARNING, "%s",
                        _("this type is not known: the sections alone decide which problem it is"));
}

void vrplib_set_dimension(struct vrplib_file *file, int32_t dimension)
{
    const size_t count = (size_t)dimension;
    file->x = arena_alloc(file->arena, count, sizeof *file->x);
    file->y = arena_alloc(file->arena, count, sizeof *file->y);
    file->has_coordinates = arena_alloc(file->arena, count, sizeof *file->has_coordinates);
    file->is_depot = arena_alloc(file->arena, count, sizeof *file->is_depot);
    file->out_of_memory =
        file->x == NULL || file->y == NULL || file->has_coordinates == NULL || file->is_depot == NULL;
    file->dimension = dimension;
}

static void read_dimension(struct vrplib_file *file, const struct field *value)
{
    int64_t n;
    if (file->dimension != 0)
        fields_complain(&file->in, value, SEVERITY_ERROR, _("%s is said twice"), "DIMENSION");
    else if (!field_whole(value, &n) || n < 2 || n > VRPLIB_NODES_MAX)
        fields_complain(&file->in, value, SEVERITY_ERROR, _("a whole number from 2 to %d was expected"),
                        VRPLIB_NODES_MAX);
    else
        vrplib_set_dimension(file, (int32_t)n);
}

static void read_vehicles(struct vrplib_file *file, const struct field *value)
{
    int64_t vehicles;
    if (file->vehicles != 0)
        fields_complain(&file->in, value, SEVERITY_ERROR, _("%s is said twice"), "VEHICLES");
    else if (!field_whole(value, &vehicles) || vehicles < 1 || vehicles > 100 * VRPLIB_NODES_MAX)
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

/* ---- The family ---- */

/* Its files begin with one of its keys. */
static bool recognises(const char *text, size_t length)
{
    struct fields in;
    struct field word;
    fields_begin(&in, "", text, length, NULL); /* nothing will be complained of */
    return fields_line(&in) && take_word(&in, &word) &&
           (find_key(&word) != NULL || vrplib_quantity_find(&word) >= 0) && in.next > word.text + word.length;
}

const struct benchmark_family VRPLIB_FAMILY = {.name = "vrplib",
                                               .recognises = recognises,
                                               .read = vrplib_read,
                                               .cost = benchmark_money_cost,
                                               .cost_decimals = 0};
