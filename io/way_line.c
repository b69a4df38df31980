#include "io/way_line.h"

#include "solver/network/city_travel.h"
#include "solver/network/roads/road_travel.h"

/* The place of a visit among those of the city: depots, sites, bins. */
static int32_t place_of(const struct city *city, const struct visit *visit)
{
    switch (visit->kind) {
    case VISIT_START:
    case VISIT_END:
        return visit->place;
    case VISIT_DISPOSAL:
        return city_place_of_site(city, visit->place);
    case VISIT_STOP:
        return city_place_of_bin(city, visit->bins[0]);
    case VISIT_BREAK:
        break;
    }
    return -1;
}

struct builder {
    const struct city *city;
    int32_t profile;
    struct arena *arena;
    struct way_line *line;
    int32_t capacity;
};

static error_code append(struct builder *builder, struct position point, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct way_line *line = builder->line;
    if (line->count > 0) {
        const struct position last = line->points[line->count - 1];
        if (last.lat == point.lat && last.lon == point.lon) return ERROR_NONE;
    }
    if (line->count == builder->capacity) {
        struct position *grown;
        builder->capacity = 2 * builder->capacity + 64;
        TRY_NEW(builder->arena, grown, builder->capacity);
        for (int32_t k = 0; k < line->count; k++) grown[k] = line->points[k];
        line->points = grown;
    }
    line->points[line->count++] = point;
done:
    return rc;
}

/* Along the roads from one place to another; nothing is added where they know no way. */
static error_code append_roads(struct builder *builder, int32_t from, int32_t to, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct road_travel *roads = builder->city->roads;
    const struct road_place *places = road_travel_places(roads, builder->profile);
    struct arena scratch;
    struct road_point *points;
    int32_t count;
    arena_init(&scratch);
    TRY(road_places_line(&roads->networks[builder->profile], &places[from], &places[to], &scratch, &points,
                         &count, error));
    for (int32_t k = 0; k < count; k++)
        TRY(append(builder, (struct position){points[k].lat_e7 * 1e-7, points[k].lon_e7 * 1e-7}, error));
    builder->line->roads |= count > 0;
done:
    arena_free(&scratch);
    return rc;
}

/* A place on the roads is where the road passes it. */
static bool is_on_roads(const struct builder *builder, int32_t place)
{
    const struct road_travel *roads = builder->city->roads;
    return roads != NULL && road_travel_places(roads, builder->profile)[place].spot.segment >= 0;
}

error_code way_line_of(const struct driven *driven, const struct timetable *timetable, struct arena *arena,
                       struct way_line *line, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct builder builder = {driven->city, timetable->vehicle->profile, arena, line, 0};
    int32_t before = -1;
    *line = (struct way_line){0};
    for (int32_t k = 0; k < timetable->count; k++) {
        const struct visit *visit = &timetable->visits[k];
        const int32_t place = place_of(driven->city, visit);
        if (place < 0) continue;
        const bool on_roads = is_on_roads(&builder, place);
        if (on_roads && before >= 0 && is_on_roads(&builder, before))
            TRY(append_roads(&builder, before, place, error));
        if (!on_roads) TRY(append(&builder, visit->position, error));
        before = place;
    }
done:
    return rc;
}
