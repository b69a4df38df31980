/* The line that a route draws on the map: along the roads where the city has them, else straight.
 *
 * Memory and time: that of road_places_line for each leg. */
#ifndef BENNE_IO_WAY_LINE_H
#define BENNE_IO_WAY_LINE_H

#include "io/timetable.h"

struct way_line {
    struct position *points;
    int32_t count;
    bool roads; /* some leg follows them; else all is straight */
};

/* The whole route, on the arena. */
error_code way_line_of(const struct driven *driven, const struct timetable *timetable, struct arena *arena,
                       struct way_line *line, struct error *error) ERROR_CHECKED;

#endif
