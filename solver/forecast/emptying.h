/* Emptyings: the falls that the readings show, merged with those that were recorded.
 *
 * A fall of 5 points or more between successive readings opens a look-ahead of 6 h (one step at least) for
 * its lowest reading; it is an emptying when it lost 15 points and half of the level, or 8 points down to
 * the sensor's floor (protocol A). A record within 6 h (or one step) of it is the same emptying and gives
 * its time and amount. A record alone is believed unless readings on both sides say that the level stayed;
 * where they say it fell by 8 points, it was a partial emptying.
 *
 * Readings taken while the bin was being emptied are dropped, uncounted. O(readings + emptyings).
 */
#ifndef BENNE_FORECAST_EMPTYING_H
#define BENNE_FORECAST_EMPTYING_H

#include "solver/forecast/clean.h"

/* Fills emptyings and links; may drop readings in the middle of an emptying. */
void emptying_find(const struct bin_record *record, instant_s gap_s, struct clean_series *series);

#endif
