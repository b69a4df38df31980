/* The sections of VRPLIB files, line by line, and the quantities that keys and sections give. */
#include "io/vrplib_file.h"
#include "solver/base/array.h"
#include "solver/base/message.h"

#include <math.h>
#include <string.h>

enum { COORDINATE_MAX = 1000000000, VEHICLES_MAX = 200000 };

static void complain(struct vrplib_file *file, const struct field *field, const char *sentence)
{
    fields_complain(&file->in, field, SEVERITY_ERROR, "%s", sentence);
}

static void expect_end(struct vrplib_file *file)
{
    struct field field;
    if (fields_next(&file->in, &field))
        complain(file, &field, _("the line is too long: nothing more was expected"));
}

/* The node or vehicle that begins a line, from 0; -1 after a complaint. */
static int32_t take_row(struct vrplib_file *file, bool of_vehicles, const bool *seen)
{
    struct field field;
    int64_t row;
    const int32_t count = of_vehicles ? file->vehicles : file->dimension;
    if (!fields_next(&file->in, &field) || !field_whole(&field, &row) || row < 1 || row > count) {
        fields_complain(&file->in, &field, SEVERITY_ERROR,
                        of_vehicles ? _("a vehicle from 1 to %d was expected")
                                    : _("a node from 1 to %d was expected"),
                        (int)count);
        return -1;
    }
    if (seen[row - 1]) {
        complain(file, &field,
                 of_vehicles ? _("this vehicle is in the section already")
                             : _("this node is in the section already"));
        return -1;
    }
    return (int32_t)row - 1;
}

/* ---- Quantities ---- */

static const struct {
    const char *name; /* as a key; with _SECTION as a section */
    bool of_vehicles, keyed, whole;
    double least, most;
    const char *expected;
} QUANTITIES[VRPLIB_QUANTITY_COUNT] = {
    [DEMAND] = {"DEMAND", false, false, true, 0, TIME_MAX,
                N_("a demand was expected: a whole number of 0 or more")},
    [SERVICE_TIME] = {"SERVICE_TIME", false, true, false, 0, TIME_MAX,
                      N_("a service time was expected: a number of 0 or more")},
    [RELEASE_TIME] = {"RELEASE_TIME", false, false, false, 0, TIME_MAX,
                      N_("a release time was expected: a number of 0 or more")},
    [PRIZE] = {"PRIZE", false, false, false, 0, TIME_MAX, N_("a prize was expected: a number of 0 or more")},
    [WINDOW_OPEN] = {"TIME_WINDOW", false, false, false, 0, TIME_MAX,
                     N_("the opening of a window was expected: a number of 0 or more")},
    [WINDOW_CLOSE] = {"TIME_WINDOW", false, false, false, 0, TIME_MAX,
                      N_("the closing of a window was expected: a number of 0 or more")},
    [CAPACITY] = {"CAPACITY", true, true, true, 1, TIME_MAX, N_("a whole number of 1 or more was expected")},
    [FIXED_COST] = {"VEHICLES_FIXED_COST", true, true, true, 0, TIME_MAX,
                    N_("a cost was expected: a whole number of 0 or more")},
    [UNIT_COST] = {"VEHICLES_UNIT_DISTANCE_COST", true, true, true, 0, TIME_MAX,
                   N_("a cost was expected: a whole number of 0 or more")},
    [MAX_DURATION] = {"VEHICLES_MAX_DURATION", true, true, false, 0, TIME_MAX,
                      N_("a limit was expected: a number of 0 or more")},
    [MAX_DISTANCE] = {"VEHICLES_MAX_DISTANCE", true, true, false, 0, TIME_MAX,
                      N_("a limit was expected: a number of 0 or more")},
    [START_DEPOT] = {"VEHICLES_DEPOT", true, false, true, 1, VRPLIB_NODES_MAX,
                     N_("a depot was expected: the number of its node")},
};

const char *vrplib_quantity_name(vrplib_quantity quantity)
{
    return QUANTITIES[quantity].name;
}

bool vrplib_is_of_vehicles(vrplib_quantity quantity)
{
    return QUANTITIES[quantity].of_vehicles;
}

bool vrplib_has(const struct vrplib_file *file, vrplib_quantity quantity)
{
    return file->columns[quantity].has_all || file->columns[quantity].rows != NULL;
}

double vrplib_value(const struct vrplib_file *file, vrplib_quantity quantity, int32_t row)
{
    const struct vrplib_column *column = &file->columns[quantity];
    if (column->rows != NULL) return column->rows[row];
    if (column->has_all) return quantity == SERVICE_TIME && file->is_depot[row] ? 0 : column->all;
    switch (quantity) {
    case UNIT_COST:
        return 1;
    case WINDOW_CLOSE:
    case MAX_DURATION:
    case MAX_DISTANCE:
        return INFINITY;
    default:
        return 0;
    }
}

/* The next field as a number of a quantity; false, and the least it may be, after a complaint. */
static bool take_value(struct vrplib_file *file, vrplib_quantity quantity, double *value)
{
    struct field field;
    const bool found = fields_next(&file->in, &field);
    if (found && field_number(&field, value) && *value >= QUANTITIES[quantity].least &&
        *value <= QUANTITIES[quantity].most && (!QUANTITIES[quantity].whole || *value == floor(*value)))
        return true;
    complain(file, found ? &field : NULL, _(QUANTITIES[quantity].expected));
    *value = QUANTITIES[quantity].least;
    return false;
}

int32_t vrplib_quantity_find(const struct field *word)
{
    for (int32_t q = 0; q < VRPLIB_QUANTITY_COUNT; q++)
        if (QUANTITIES[q].keyed && field_is(word, QUANTITIES[q].name)) return q;
    return -1;
}

void vrplib_quantity_read(struct vrplib_file *file, vrplib_quantity quantity, const struct field *value)
{
    struct vrplib_column *column = &file->columns[quantity];
    if (vrplib_has(file, quantity)) {
        fields_complain(&file->in, value, SEVERITY_ERROR, _("%s is said twice"), QUANTITIES[quantity].name);
        return;
    }
    file->in.next = value->text;
    column->has_all = true;
    take_value(file, quantity, &column->all);
}

/* "row number", or "row number number" for the two ends of a window. */
static void quantity_line(struct vrplib_file *file, vrplib_quantity quantity)
{
    struct vrplib_column *column = &file->columns[quantity];
    const int32_t row = take_row(file, QUANTITIES[quantity].of_vehicles, column->seen);
    if (row < 0) return;
    column->seen[row] = true;
    if (!take_value(file, quantity, &column->rows[row])) return;
    if (quantity == WINDOW_OPEN) {
        double *close = &file->columns[WINDOW_CLOSE].rows[row];
        file->columns[WINDOW_CLOSE].seen[row] = true;
        if (!take_value(file, WINDOW_CLOSE, close)) return;
        if (*close < column->rows[row]) complain(file, NULL, _("it closes before it opens"));
    }
    expect_end(file);
}

/* ---- The others ---- */

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
    const int32_t node = take_row(file, false, file->has_coordinates);
    if (node < 0) return;
    file->has_coordinates[node] = true;
    if (take_coordinate(file, &file->x[node]) && take_coordinate(file, &file->y[node])) expect_end(file);
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
        if (node == -1) {
            file->depots_ended = true;
        } else if (file->is_depot[node - 1]) {
            complain(file, &field, _("this node is in the section already"));
        } else {
            file->is_depot[node - 1] = true;
            if (file->depot_count++ == 0) file->depot = (int32_t)node - 1;
        }
    }
}

/* A vehicle and the depots where it may unload between two trips. */
static void reload_line(struct vrplib_file *file)
{
    struct field field;
    const int32_t vehicle = take_row(file, true, file->reloads_seen);
    if (vehicle < 0) return;
    file->reloads_seen[vehicle] = true;
    while (fields_next(&file->in, &field)) {
        int64_t node;
        if (!field_whole(&field, &node) || node < 1 || node > file->dimension)
            fields_complain(&file->in, &field, SEVERITY_ERROR, _("a node from 1 to %d was expected"),
                            (int)file->dimension);
        else
            file->reloads[node - 1]++;
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

/* ---- Sections ---- */

/* Without a way to read its lines, a section holds a quantity; or has no effect when it has none either. */
struct vrplib_section {
    const char *name;
    void (*line)(struct vrplib_file *file);
    int32_t quantity; /* -1: none */
};

static const struct vrplib_section SECTIONS[] = {{"NODE_COORD_SECTION", node_coord_line, -1},
                                                 {"DEMAND_SECTION", NULL, DEMAND},
                                                 {"SERVICE_TIME_SECTION", NULL, SERVICE_TIME},
                                                 {"RELEASE_TIME_SECTION", NULL, RELEASE_TIME},
                                                 {"PRIZE_SECTION", NULL, PRIZE},
                                                 {"TIME_WINDOW_SECTION", NULL, WINDOW_OPEN},
                                                 {"CAPACITY_SECTION", NULL, CAPACITY},
                                                 {"VEHICLES_FIXED_COST_SECTION", NULL, FIXED_COST},
                                                 {"VEHICLES_UNIT_DISTANCE_COST_SECTION", NULL, UNIT_COST},
                                                 {"VEHICLES_MAX_DURATION_SECTION", NULL, MAX_DURATION},
                                                 {"VEHICLES_MAX_DISTANCE_SECTION", NULL, MAX_DISTANCE},
                                                 {"VEHICLES_DEPOT_SECTION", NULL, START_DEPOT},
                                                 {"VEHICLES_RELOAD_DEPOT_SECTION", reload_line, -1},
                                                 {"DEPOT_SECTION", depot_line, -1},
                                                 {"EDGE_WEIGHT_SECTION", weight_line, -1},
                                                 {"DISPLAY_DATA_SECTION", NULL, -1}};

const struct vrplib_section *vrplib_section_find(const struct field *word)
{
    for (size_t s = 0; s < sizeof SECTIONS / sizeof *SECTIONS; s++)
        if (field_is(word, SECTIONS[s].name)) return &SECTIONS[s];
    return NULL;
}

static void *allocate(struct vrplib_file *file, int32_t count, size_t size)
{
    void *items = arena_alloc(file->arena, (size_t)count, size);
    if (items == NULL) file->out_of_memory = true;
    return items;
}

void vrplib_column_begin(struct vrplib_file *file, vrplib_quantity quantity)
{
    struct vrplib_column *column = &file->columns[quantity];
    const int32_t count = QUANTITIES[quantity].of_vehicles ? file->vehicles : file->dimension;
    if (column->rows != NULL) return;
    column->seen = allocate(file, count, sizeof *column->seen);
    column->rows = allocate(file, count, sizeof *column->rows);
}

static void begin_quantity(struct vrplib_file *file, const struct field *word, vrplib_quantity quantity)
{
    if (file->columns[quantity].has_all)
        fields_complain(&file->in, word, SEVERITY_ERROR, _("%s is said twice"), QUANTITIES[quantity].name);
    vrplib_column_begin(file, quantity);
    if (quantity == WINDOW_OPEN) vrplib_column_begin(file, WINDOW_CLOSE);
}

static const char *why_too_early(const struct vrplib_file *file, const struct vrplib_section *section)
{
    const bool of_vehicles =
        section->line == reload_line || (section->quantity >= 0 && QUANTITIES[section->quantity].of_vehicles);
    if (file->dimension == 0) return _("DIMENSION must come before the sections");
    if (of_vehicles && file->vehicles == 0) return _("VEHICLES must come before this section");
    if (of_vehicles && file->vehicles > VEHICLES_MAX)
        return _("there are too many vehicles to describe each");
    return NULL;
}

void vrplib_section_begin(struct vrplib_file *file, const struct field *word,
                          const struct vrplib_section *section)
{
    file->section = section;
    file->reading = UNKNOWN_SECTION;
    if (section->line == NULL && section->quantity < 0) return;
    const char *fault = why_too_early(file, section);
    if (fault != NULL) {
        complain(file, word, fault);
        return;
    }
    file->reading = KNOWN_SECTION;
    if (section->quantity >= 0) begin_quantity(file, word, (vrplib_quantity)section->quantity);
    if (section->line == reload_line && file->reloads == NULL) {
        file->reloads = allocate(file, file->dimension, sizeof *file->reloads);
        file->reloads_seen = allocate(file, file->vehicles, sizeof *file->reloads_seen);
    }
}

void vrplib_section_line(struct vrplib_file *file)
{
    if (file->section->line != NULL)
        file->section->line(file);
    else
        quantity_line(file, (vrplib_quantity)file->section->quantity);
}
