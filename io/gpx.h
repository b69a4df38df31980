/* GPX 1.1: a route as a track along its ways, with its visits as waypoints, for the navigation in the cab. */
#ifndef BENNE_IO_GPX_H
#define BENNE_IO_GPX_H

#include "solver/indicators/indicators.h"

#include <stdio.h>

/* One route of a plan. O(points). */
error_code gpx_write(FILE *file, const struct driven *driven, int32_t route,
                     struct error *error) ERROR_CHECKED;

#endif
