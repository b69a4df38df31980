/* From a projected reference system to WGS 84, and the only door to PROJ. Works offline: grids that would
 * have to be fetched are never asked for. Transforming one point is O(1). */
#ifndef BENNE_IO_PROJ_H
#define BENNE_IO_PROJ_H

#include "solver/base/error.h"
#include "solver/model/city.h"

#include <stdbool.h>

struct projection; /* opaque: holds PROJ's objects */

/* Opens "EPSG:2154"; ERROR_INPUT for a code that is unknown or no code at all. */
error_code projection_open(const char *crs, struct projection **opened, struct error *error) ERROR_CHECKED;
void projection_close(struct projection *projection);

/* x to the east, y to the north. False for a point outside what the system can describe. */
bool projection_to_wgs84(struct projection *projection, double x, double y, struct position *position);

#endif
