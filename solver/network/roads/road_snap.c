#include "solver/network/roads/road_snap.h"

#include <math.h>

static const double M_PER_UNIT = 0.0111194927; /* of latitude: radius of the Earth × 1e-7 degrees */
static const double UNITS_PER_DEGREE = 1e7;
static const double RADIANS_PER_DEGREE = 3.14159265358979323846 / 180;

/* A cell holds some ten pieces of a town's streets; a place looks at nine. */
static const double CELL_M = 100;

/* Cells by piece at most, where few roads lie far apart. */
enum { CELLS_PER_PIECE = 2, CELLS_SPARE = 64 };

/* Nearer to the middle line than this a place has no side. */
static const double NO_SIDE_M = 0.5;

/* From point k of a segment to the next. */
struct piece {
    int32_t segment, k;
};

struct road_grid {
    const struct road_graph *graph;
    double low_lat, low_lon, cell_lat, cell_lon; /* units of 1e-7 degrees */
    int32_t rows, columns;
    int32_t *first; /* pieces by cell, row by row */
    struct piece *pieces;
};

/* ---- Building ---- */

struct extent {
    double low_lat, low_lon, high_lat, high_lon;
};

static struct extent extent_of(const struct road_graph *graph, int64_t *pieces)
{
    struct extent extent = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    *pieces = 0;
    for (int32_t s = 0; s < graph->segment_count; s++) {
        const struct road_segment *segment = &graph->segments[s];
        *pieces += segment->point_count - 1;
        for (int32_t k = 0; k < segment->point_count; k++) {
            const struct road_point at = graph->points[segment->first_point + k];
            extent.low_lat = fmin(extent.low_lat, at.lat_e7);
            extent.low_lon = fmin(extent.low_lon, at.lon_e7);
            extent.high_lat = fmax(extent.high_lat, at.lat_e7);
            extent.high_lon = fmax(extent.high_lon, at.lon_e7);
        }
    }
    return extent;
}

/* Metres from west to east by unit. */
static double m_per_unit_at(double lat_deg)
{
    return M_PER_UNIT * fmax(cos(lat_deg * RADIANS_PER_DEGREE), 1e-3);
}

/* Cells of CELL_M, or of twice, four times … that, until there are no more than pieces warrant. */
static void lay_cells(struct road_grid *grid, const struct extent *extent, int64_t pieces)
{
    const double middle_deg = (extent->low_lat + extent->high_lat) / 2 / UNITS_PER_DEGREE;
    const double most = (double)(pieces * CELLS_PER_PIECE + CELLS_SPARE);
    grid->low_lat = extent->low_lat;
    grid->low_lon = extent->low_lon;
    for (double cell_m = CELL_M;; cell_m *= 2) {
        grid->cell_lat = cell_m / M_PER_UNIT;
        grid->cell_lon = cell_m / m_per_unit_at(middle_deg);
        const double rows = floor((extent->high_lat - extent->low_lat) / grid->cell_lat) + 1;
        const double columns = floor((extent->high_lon - extent->low_lon) / grid->cell_lon) + 1;
        if (rows * columns > most) continue;
        grid->rows = (int32_t)rows;
        grid->columns = (int32_t)columns;
        return;
    }
}

static int32_t within(double cell, int32_t count)
{
    return cell < 0 ? 0 : cell >= count ? count - 1 : (int32_t)cell;
}

/* The columns that a line touches within a row; widened a little against rounding. */
static void columns_in_row(const struct road_grid *grid, const struct road_point ends[2], int32_t row,
                           int32_t columns[2])
{
    static const double SPARE = 1e-6; /* of a cell */
    const double a_row = (ends[0].lat_e7 - grid->low_lat) / grid->cell_lat;
    const double b_row = (ends[1].lat_e7 - grid->low_lat) / grid->cell_lat;
    const double a = (ends[0].lon_e7 - grid->low_lon) / grid->cell_lon;
    const double b = (ends[1].lon_e7 - grid->low_lon) / grid->cell_lon;
    double from = 0, to = 1;
    if (a_row != b_row) {
        const double one = (row - a_row) / (b_row - a_row), other = (row + 1 - a_row) / (b_row - a_row);
        from = fmax(fmin(one, other), 0);
        to = fmin(fmax(one, other), 1);
    }
    const double c = a + (b - a) * from, d = a + (b - a) * to;
    columns[0] = within(floor(fmin(c, d) - SPARE), grid->columns);
    columns[1] = within(floor(fmax(c, d) + SPARE), grid->columns);
}

/* Counts the cells that a piece touches, or, with `pieces`, writes it into them from their ends backwards. */
static void enter_piece(struct road_grid *grid, struct piece piece, bool write)
{
    const struct road_point *ends =
        grid->graph->points + grid->graph->segments[piece.segment].first_point + piece.k;
    const double a = (ends[0].lat_e7 - grid->low_lat) / grid->cell_lat;
    const double b = (ends[1].lat_e7 - grid->low_lat) / grid->cell_lat;
    const int32_t high = within(fmax(a, b), grid->rows);
    for (int32_t row = within(fmin(a, b), grid->rows); row <= high; row++) {
        int32_t columns[2];
        columns_in_row(grid, ends, row, columns);
        for (int32_t column = columns[0]; column <= columns[1]; column++) {
            int32_t *place = &grid->first[row * grid->columns + column];
            if (write)
                grid->pieces[--*place] = piece;
            else
                ++*place;
        }
    }
}

static void enter_pieces(struct road_grid *grid, bool write)
{
    const struct road_graph *graph = grid->graph;
    for (int32_t s = graph->segment_count - 1; s >= 0; s--)
        for (int32_t k = graph->segments[s].point_count - 2; k >= 0; k--)
            enter_piece(grid, (struct piece){s, k}, write);
}

error_code road_grid_build(const struct road_graph *graph, struct arena *arena, struct road_grid **grid,
                           struct error *error)
{
    error_code rc = ERROR_NONE;
    int64_t pieces;
    const struct extent extent = extent_of(graph, &pieces);
    struct road_grid *built;
    TRY_NEW(arena, built, 1);
    built->graph = graph;
    lay_cells(built, &extent, pieces);
    const int32_t cells = built->rows * built->columns;
    TRY_NEW(arena, built->first, cells + 1);
    enter_pieces(built, false);
    for (int32_t c = 1; c <= cells; c++) built->first[c] += built->first[c - 1];
    TRY_NEW(arena, built->pieces, built->first[cells]);
    enter_pieces(built, true);
    *grid = built;
done:
    return rc;
}

/* ---- One segment seen from a place ---- */

/* Metres in the plane around the place, the place at 0. */
struct spot_on_plane {
    double x, y;
};

struct view {
    const struct road_graph *graph;
    double lat, lon, m_per_lat, m_per_lon; /* of the place, in units; metres by unit */
    street_side side;
};

/* How near a segment comes. `lateral_m`: the place's distance from the line through the nearest piece,
 * positive where that is on the left as listed. */
struct approach {
    double square, lateral_m, behind_m; /* behind: along the segment, up to the nearest point */
    int32_t segment;
};

static struct spot_on_plane seen(const struct view *view, struct road_point at)
{
    return (struct spot_on_plane){(at.lon_e7 - view->lon) * view->m_per_lon,
                                  (at.lat_e7 - view->lat) * view->m_per_lat};
}

/* Of a piece from a to b. At an end of it the end itself is meant, so that two pieces which share it are
 * exactly as near. */
static struct approach approach_piece(struct spot_on_plane a, struct spot_on_plane b)
{
    const double x = b.x - a.x, y = b.y - a.y, length = sqrt(x * x + y * y);
    const double along = length > 0 ? -(a.x * x + a.y * y) / length : 0;
    struct approach approach = {.lateral_m = length > 0 ? (a.x * y - a.y * x) / length : 0};
    if (along <= 0) {
        approach.square = a.x * a.x + a.y * a.y;
    } else if (along >= length) {
        approach.square = b.x * b.x + b.y * b.y;
        approach.behind_m = length;
    } else {
        approach.square = approach.lateral_m * approach.lateral_m;
        approach.behind_m = along;
    }
    return approach;
}

/* Of two pieces as near, which share the nearest point, the one that the place stands more beside tells the
 * side: at a sharp bend the other one, prolonged, may pass on the wrong side of it. */
static bool tells_more(const struct approach *a, const struct approach *b)
{
    return a->square < b->square || (a->square == b->square && fabs(a->lateral_m) > fabs(b->lateral_m));
}

static struct approach approach_segment(const struct view *view, int32_t number, double *length_m)
{
    const struct road_segment *segment = &view->graph->segments[number];
    const struct road_point *points = view->graph->points + segment->first_point;
    struct approach best = {.square = INFINITY};
    *length_m = 0;
    struct spot_on_plane a = seen(view, points[0]);
    for (int32_t k = 1; k < segment->point_count; k++) {
        const struct spot_on_plane b = seen(view, points[k]);
        struct approach approach = approach_piece(a, b);
        approach.behind_m += *length_m;
        if (tells_more(&approach, &best)) best = approach;
        *length_m += sqrt((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y));
        a = b;
    }
    best.segment = number;
    return best;
}

/* Has arc d of a segment the place on the side asked for? */
static bool is_on_side(street_side side, double lateral_m, int32_t d)
{
    if (side == SIDE_BOTH || fabs(lateral_m) <= NO_SIDE_M) return true;
    return (side == SIDE_LEFT) == ((lateral_m > 0) == (d == 0));
}

static snap_reason judge(const struct view *view, const struct approach *approach, int32_t arcs[2])
{
    const struct road_segment *segment = &view->graph->segments[approach->segment];
    snap_reason reason = SNAP_CLOSED;
    for (int32_t d = 0; d < 2; d++) {
        const int32_t arc = segment->arc[d];
        snap_reason of_arc = SNAP_GOOD;
        arcs[d] = -1;
        if (arc < 0)
            of_arc = SNAP_CLOSED;
        else if (!view->graph->in_part[arc])
            of_arc = SNAP_NO_WAY_OUT;
        else if (!is_on_side(view->side, approach->lateral_m, d))
            of_arc = SNAP_WRONG_SIDE;
        else
            arcs[d] = arc;
        if (of_arc == SNAP_GOOD || (reason != SNAP_GOOD && of_arc > reason)) reason = of_arc;
    }
    return reason;
}

/* ---- Looking around ---- */

struct look {
    struct view view;
    const struct road_grid *grid;
    struct approach best, passed; /* the nearest that serves; the nearest that does not */
};

static bool is_nearer(const struct approach *a, const struct approach *b)
{
    return a->square < b->square || (a->square == b->square && a->segment < b->segment);
}

/* What the whole segment says, once a piece of it is near enough to matter. */
static void weigh(struct look *look, int32_t segment)
{
    int32_t arcs[2];
    double length_m;
    const struct approach approach = approach_segment(&look->view, segment, &length_m);
    struct approach *kept = judge(&look->view, &approach, arcs) == SNAP_GOOD ? &look->best : &look->passed;
    if (is_nearer(&approach, kept)) *kept = approach;
}

static bool could_serve(const struct road_graph *graph, int32_t segment)
{
    const int32_t *arc = graph->segments[segment].arc;
    return (arc[0] >= 0 && graph->in_part[arc[0]]) || (arc[1] >= 0 && graph->in_part[arc[1]]);
}

static void look_into(struct look *look, int32_t cell)
{
    const struct road_grid *grid = look->grid;
    for (int32_t k = grid->first[cell]; k < grid->first[cell + 1]; k++) {
        const struct piece piece = grid->pieces[k];
        const struct road_point *points =
            grid->graph->points + grid->graph->segments[piece.segment].first_point + piece.k;
        struct approach approach = approach_piece(seen(&look->view, points[0]), seen(&look->view, points[1]));
        approach.segment = piece.segment;
        if (is_nearer(&approach, &look->best) &&
            (could_serve(grid->graph, piece.segment) || is_nearer(&approach, &look->passed)))
            weigh(look, piece.segment);
    }
}

/* The cells at `ring` steps from one: a square's border. */
static void look_around(struct look *look, int64_t row, int64_t column, int64_t ring)
{
    const struct road_grid *grid = look->grid;
    for (int64_t r = row - ring; r <= row + ring; r++) {
        const int64_t step = r == row - ring || r == row + ring || ring == 0 ? 1 : 2 * ring;
        if (r < 0 || r >= grid->rows) continue;
        for (int64_t c = column - ring; c <= column + ring; c += step)
            if (c >= 0 && c < grid->columns) look_into(look, (int32_t)(r * grid->columns + c));
    }
}

/* Nothing outside of the square of `ring` steps is nearer than this. */
static double seen_as_far_as_m(const struct look *look, double row, double column, int64_t ring)
{
    const struct road_grid *grid = look->grid;
    const double steps = (double)ring, row_in = row - floor(row), column_in = column - floor(column);
    const double rows = steps + fmin(row_in, 1 - row_in), columns = steps + fmin(column_in, 1 - column_in);
    return fmin(rows * grid->cell_lat * look->view.m_per_lat,
                columns * grid->cell_lon * look->view.m_per_lon);
}

/* How far a cell's row or column is beyond the grid's. */
static double beyond(double cell, int32_t count)
{
    return cell < 0 ? -cell : cell > count ? cell - count : 0;
}

static void look_for(struct look *look)
{
    const struct road_grid *grid = look->grid;
    const double row = (look->view.lat - grid->low_lat) / grid->cell_lat;
    const double column = (look->view.lon - grid->low_lon) / grid->cell_lon;
    if (beyond(row, grid->rows) * grid->cell_lat * look->view.m_per_lat > SNAP_MOST_M ||
        beyond(column, grid->columns) * grid->cell_lon * look->view.m_per_lon > SNAP_MOST_M)
        return;
    for (int64_t ring = 0;; ring++) {
        look_around(look, (int64_t)floor(row), (int64_t)floor(column), ring);
        const double far = seen_as_far_as_m(look, row, column, ring);
        if (far >= SNAP_MOST_M || far * far > look->best.square) return;
    }
}

static struct road_spot spot_of(const struct look *look)
{
    static const double MOST_SQUARE = (double)SNAP_MOST_M * SNAP_MOST_M;
    struct road_spot spot = {.segment = -1, .arcs = {-1, -1}, .reason = SNAP_FAR, .passed_way = -1};
    const bool served = look->best.square <= MOST_SQUARE;
    int32_t none[2];
    if (served) {
        double length_m;
        const struct approach approach = approach_segment(&look->view, look->best.segment, &length_m);
        const uint32_t length_dm = look->view.graph->segments[approach.segment].length_dm;
        const double share = length_m > 0 ? fmin(approach.behind_m / length_m, 1) : 0;
        spot.segment = approach.segment;
        spot.offset_dm = (uint32_t)(share * length_dm + 0.5);
        if (spot.offset_dm > length_dm) spot.offset_dm = length_dm;
        spot.distance_m = (float)sqrt(approach.square);
        spot.kerb = (approach.lateral_m > 0) != look->view.graph->roads->left_hand;
        spot.reason = judge(&look->view, &approach, spot.arcs);
    }
    if (look->passed.square <= MOST_SQUARE && (!served || look->passed.square < look->best.square)) {
        spot.reason = judge(&look->view, &look->passed, none);
        spot.passed_way = look->view.graph->segments[look->passed.segment].way;
    }
    return spot;
}

struct road_spot road_snap(const struct road_grid *grid, double lat, double lon, street_side side)
{
    struct look look = {
        .view = {grid->graph, lat * UNITS_PER_DEGREE, lon * UNITS_PER_DEGREE, M_PER_UNIT, 0, side},
        .grid = grid,
        .best = {.square = INFINITY},
        .passed = {.square = INFINITY}};
    look.view.m_per_lon = m_per_unit_at(lat);
    if (fabs(lat) <= 90 && fabs(lon) <= 360) look_for(&look);
    return spot_of(&look);
}
