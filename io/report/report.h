/* report.html: the night for people, in one file that opens anywhere without a network.
 *
 * For a technical director and for elected people: what is planned and whether the checker accepts it, key
 * figures beside the current practice, the map, the timetable, costs, fill and risk, why each bin, staff,
 * faults of sensors, what was assumed, how it works. In the language in force; printable. Charts and tables
 * are written here and need no script; the map is Leaflet's and gets its data as JSON.
 *
 * Everything that comes from data is escaped at one door (page.h), the JSON in map_data.c. The same input,
 * seed and plan give the same report, byte for byte: no clock is read. O(steps + bins × days + faults).
 */
#ifndef BENNE_IO_REPORT_REPORT_H
#define BENNE_IO_REPORT_REPORT_H

#include "io/run.h"

#include <stdio.h>

error_code report_write(FILE *file, const struct night *night, const struct indicator_values *values,
                        const struct run_facts *facts, struct error *error) ERROR_CHECKED;

#endif
