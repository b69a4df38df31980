/* The measures of the engine: whole numbers with their unit last in the name, converted once at io's door.
 *
 *   distance  metres        _m      int64_t   (int32_t in matrices)
 *   time      seconds       _s      int64_t   (int32_t in matrices); within a service day: since midnight
 *   mass      kilograms     _kg     int64_t
 *   volume    litres        _l      int64_t
 *   money     billionths of the currency unit, so that a rate per metre or per second is a whole number
 *             precise to 1e-7 and sums over a plan are exact: 9.2e9 units fit
 *
 * A benchmark family may put its own unit in place of these (a scaled distance in metres, say); it is then
 * the reader's business to convert back. Doubles stay in forecasts, linear programs and geometry.
 */
#ifndef BENNE_MODEL_UNITS_H
#define BENNE_MODEL_UNITS_H

#include <stdint.h>

typedef int64_t money;

#define MONEY_UNIT INT64_C(1000000000)

/* Larger than any time, distance or load of a valid instance, and far from overflow when summed. */
#define MEASURE_MAX (INT64_C(1) << 40)
#define TIME_MAX INT32_C(1000000000)

enum { STREAM_MAX = 32, TAG_MAX = 64, COMPARTMENT_MAX = 4 };

typedef uint32_t stream_mask; /* bit s: the stream number s */
typedef uint64_t tag_mask;

/* Closed interval of times: a service may begin at open_s, at close_s and between. */
struct time_window {
    int32_t open_s, close_s;
};

#endif
