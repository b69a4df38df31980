/* A VRPLIB file judged as a whole: what no single line shows. */
#include "io/vrplib_file.h"
#include "solver/base/message.h"

static void complain(struct vrplib_file *file, const char *sentence)
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
        complain(file, _("EDGE_WEIGHT_FORMAT is missing: EXPLICIT distances need one"));
        return;
    }
    const int64_t expected = vrplib_layout_count(file->layout, file->dimension);
    if (file->weights.count != expected)
        fields_complain_whole(&file->in, SEVERITY_ERROR,
                              _("EDGE_WEIGHT_SECTION has %lld distances; %lld were expected"),
                              (long long)file->weights.count, (long long)expected);
}

/* A section tells of every node, or of every vehicle. */
static void judge_rows(struct vrplib_file *file, vrplib_quantity quantity)
{
    const struct vrplib_column *column = &file->columns[quantity];
    const bool of_vehicles = vrplib_is_of_vehicles(quantity);
    const int32_t count = of_vehicles ? file->vehicles : file->dimension;
    if (column->rows == NULL || quantity == WINDOW_CLOSE) return;
    for (int32_t row = 0; row < count; row++)
        if (!column->seen[row] && quantity != DEMAND)
            fields_complain_whole(&file->in, SEVERITY_ERROR,
                                  of_vehicles ? _("%s_SECTION says nothing of vehicle %d")
                                              : _("%s_SECTION says nothing of node %d"),
                                  vrplib_quantity_name(quantity), (int)row + 1);
}

static void judge_depot(struct vrplib_file *file, int32_t node)
{
    static const vrplib_quantity OF_STOPS[] = {SERVICE_TIME, RELEASE_TIME, PRIZE};
    if (vrplib_value(file, DEMAND, node) != 0)
        fields_complain_whole(&file->in, SEVERITY_ERROR, _("node %d is the depot: it has a demand"),
                              (int)node + 1);
    for (size_t q = 0; q < sizeof OF_STOPS / sizeof *OF_STOPS; q++)
        if (vrplib_value(file, OF_STOPS[q], node) != 0)
            fields_complain_whole(&file->in, SEVERITY_WARNING,
                                  _("node %d is the depot: its %s is left out of the problem"), (int)node + 1,
                                  vrplib_quantity_name(OF_STOPS[q]));
}

static void judge_nodes(struct vrplib_file *file)
{
    const int32_t vehicles = file->columns[CAPACITY].rows != NULL ? file->vehicles : 1;
    double holds = 0;
    for (int32_t v = 0; v < vehicles; v++)
        if (vrplib_value(file, CAPACITY, v) > holds) holds = vrplib_value(file, CAPACITY, v);
    for (int32_t n = 0; n < file->dimension; n++) {
        if (file->columns[DEMAND].rows == NULL || !file->columns[DEMAND].seen[n])
            fields_complain_whole(&file->in, SEVERITY_ERROR, _("node %d has no demand"), (int)n + 1);
        else if (file->is_depot[n])
            judge_depot(file, n);
        else if (vrplib_has(file, CAPACITY) && vrplib_value(file, DEMAND, n) > holds)
            fields_complain_whole(&file->in, SEVERITY_WARNING,
                                  _("node %d asks for more than a vehicle holds: it cannot be served"),
                                  (int)n + 1);
    }
}

static void judge_depots(struct vrplib_file *file)
{
    const struct vrplib_column *starts = &file->columns[START_DEPOT];
    if (file->depot < 0) complain(file, _("DEPOT_SECTION is missing, or names no depot"));
    if (file->depot_count > 1 && starts->rows == NULL)
        complain(file, _("VEHICLES_DEPOT_SECTION is missing: with several depots it says who starts where"));
    for (int32_t v = 0; starts->rows != NULL && v < file->vehicles; v++)
        if (starts->seen[v] && (starts->rows[v] > file->dimension || starts->rows[v] < 1 ||
                                !file->is_depot[(int32_t)starts->rows[v] - 1]))
            fields_complain_whole(&file->in, SEVERITY_ERROR, _("vehicle %d: node %d is no depot"), (int)v + 1,
                                  (int)starts->rows[v]);
    for (int32_t n = 0; file->reloads != NULL && n < file->dimension; n++) {
        if (file->reloads[n] > 0 && !file->is_depot[n])
            fields_complain_whole(&file->in, SEVERITY_ERROR,
                                  _("node %d is no depot: no vehicle unloads there"), (int)n + 1);
        if (file->reloads[n] > 0 && file->reloads[n] < file->vehicles)
            fields_complain_whole(&file->in, SEVERITY_WARNING,
                                  _("node %d: every vehicle may unload there, not only those named"),
                                  (int)n + 1);
    }
}

void vrplib_judge(struct vrplib_file *file)
{
    if (file->dimension == 0) {
        complain(file, _("DIMENSION is missing"));
        return;
    }
    if (!file->has_weight_type)
        complain(file, _("EDGE_WEIGHT_TYPE is missing"));
    else
        judge_weights(file);
    if (!vrplib_has(file, CAPACITY)) complain(file, _("CAPACITY is missing"));
    for (int32_t q = 0; q < VRPLIB_QUANTITY_COUNT; q++) judge_rows(file, (vrplib_quantity)q);
    judge_nodes(file);
    judge_depots(file);
}
