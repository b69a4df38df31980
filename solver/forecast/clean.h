/* One bin's readings and emptyings, cleaned: what the sensor really saw, and when the bin was emptied.
 *
 * A single pass over the readings in time order, in stages that each keep a prefix of the same arrays:
 *   spikes    groups of one to three readings far above (or one far below) what comes before and after,
 *             the false "full" of an ultrasonic sensor included;
 *   stuck     one value repeated longer than this sensor's noise, or that of sensors of its stream, allows;
 *             or repeated across a recorded emptying that must have lowered it;
 *   emptyings sudden falls to a fraction or to the floor, merged with the recorded ones; a record that the
 *             readings contradict is ignored, one that they cannot judge is believed;
 *   gaps      long silences between readings, and the silence that lasts until `now`.
 * The rules are those of the backtest protocol measured on real series (protocol A of the field notes),
 * with its delays stretched to the sensor's own step, since a sensor that speaks three times a day shows a
 * spike of one reading for sixteen hours.
 *
 * A fall that no emptying explains is left as it is: most end a false high that began as a rise, and the
 * two cancel in every sum.
 *
 * Kept readings carry a link to the one before: filling goes on, an emptying lies between, or nothing is
 * known of what lies between. Ownership: the arrays are scratch, made once for the largest bin and filled
 * anew for each. Complexity: O(readings + emptyings), no allocation.
 */
#ifndef BENNE_FORECAST_CLEAN_H
#define BENNE_FORECAST_CLEAN_H

#include "solver/forecast/forecast.h"

/* What the files say of one bin before `now`, by time. */
struct bin_record {
    int32_t bin;
    instant_s now;
    int64_t readings, emptyings;
    const instant_s *read_at;
    const float *read_percent;
    const instant_s *emptied_at;
    const float *emptied_percent, *emptied_kg; /* NaN unknown */
    double full_kg;                            /* capacity × density; 0 unknown */
    double change_share; /* of successive readings that differ, among sensors of the stream */
};

typedef enum reading_link {
    LINK_FILLING, /* the bin filled since the reading before */
    LINK_EMPTIED, /* first reading after an emptying */
    LINK_UNKNOWN  /* first of all, or after a gap */
} reading_link;

struct clean_emptying {
    instant_s at;
    float amount_percent; /* what was in the bin, of its capacity, from the record; NaN unknown */
    bool censored;        /* at least that much: the record says full and nothing more */
    int64_t next;         /* first kept reading after it; the count when there is none */
};

struct clean_series {
    int64_t count;
    instant_s *at;
    float *percent;
    uint8_t *link; /* reading_link */
    int64_t emptying_count;
    struct clean_emptying *emptyings;
    int32_t fault_count;
    struct sensor_fault *faults; /* by time */
    int64_t discarded;           /* readings */
    instant_s step_s;            /* median time between readings; 0 with fewer than two */
};

/* Room for the largest bin of the city. */
error_code clean_reserve(struct arena *arena, int64_t max_readings, int64_t max_emptyings,
                         struct clean_series *series, struct error *error) ERROR_CHECKED;

void clean_bin(const struct bin_record *record, struct clean_series *series);

/* Readings older than this before `now` no longer tell tonight's level: the sensor is silent. */
instant_s clean_silence_s(const struct clean_series *series);

#endif
