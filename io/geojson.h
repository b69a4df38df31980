/* routes.geojson (RFC 7946): what a map needs, for any GIS.
 *
 * Features, each with a "kind": "route" (LineString through the visits, one a vehicle, along the roads or, as
 * its "geometry" says, straight between them), "stop", "disposal", "depot" and "unserved" (Points).
 * Coordinates are WGS 84, longitude first, 6 decimals (0.1 m). Properties carry the names of stops.csv.
 */
#ifndef BENNE_IO_GEOJSON_H
#define BENNE_IO_GEOJSON_H

#include "solver/indicators/indicators.h"

#include <stdio.h>

error_code geojson_write(FILE *file, const struct driven *driven, struct error *error) ERROR_CHECKED;

#endif
