/* Waste collection with time windows, disposal sites and a lunch: the text files of Kim, Kim and Sahoo
 * ("Waste collection vehicle routing problem with time windows", Computers & Operations Research 33, 2006).
 *
 * Five header lines (capacity in yards, yards a day, stops a day, lunch in seconds, miles per hour; what
 * follows the number is comment), a line of column names, then rows: id, x and y in feet, opening and closing
 * HHMM, service in seconds, load in yards, type (0 the depot, 1 a stop, 2 a disposal site), in any order.
 *
 * The instance:
 *   - Distances are Manhattan feet, in hundredths (tenths or whole feet where 32 bits need it), exact for
 *     coordinates of two decimals. Times are seconds, each leg's rounded up: a plan that keeps its times
 *     here keeps them in exact arithmetic too.
 *   - Loads are litres in the model's words: thousandths of a yard × (z + 1), z being the number of stops
 *     without a load. Those weigh 1 and every limit is z larger, so that no limit changes and a truck that
 *     has visited one still ends at a disposal site.
 *   - The depot's hours are the shift. The lunch is a break that begins from 11:00 to 12:00. Windows limit
 *     the beginning of service; 2400 is the end of the day.
 *   - HHMM with minutes of 60 or more (1675) is no time; it may mean hundredths of an hour (16:45) or an
 *     overflow (17:15). The earlier is taken for closing, the later for opening: a plan is right under both.
 *   - Fewer vehicles first, then fewer miles: using a vehicle costs as much as 1000 miles, more than one ever
 *     saves. The cost published is the miles. The fleet is 20 vehicles, one for every ten stops, and twice
 *     what the yards a day ask for, at most one a stop: published plans use a fifth of that or less.
 *
 * Solutions name stops and disposal sites by the ids of the file.
 */
#ifndef BENNE_IO_WCVRPTW_H
#define BENNE_IO_WCVRPTW_H

#include "io/benchmark.h"

/* Two full matrices of 32-bit cells then take 800 MB. */
enum { WCVRPTW_ROWS_MAX = 10000 };

extern const struct benchmark_family WCVRPTW_FAMILY;

error_code wcvrptw_read(const char *name, const char *text, size_t length, struct arena *arena,
                        struct benchmark *benchmark, struct diagnostics *diagnostics,
                        struct error *error) ERROR_CHECKED;

#endif
