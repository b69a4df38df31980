/* The files that a report embeds, by name without folder ("leaflet.css", "report.js"): those of
 * io/report/assets/ and Leaflet's, put into the program when it is built (see the Makefile). */
#ifndef BENNE_IO_REPORT_ASSETS_H
#define BENNE_IO_REPORT_ASSETS_H

#include <stdbool.h>
#include <stddef.h>

/* False when no such file was embedded. The bytes live as long as the program; no NUL ends them. */
bool asset_get(const char *name, const unsigned char **bytes, size_t *size);

#endif
