/* Records as people read them: tables of gaps with targets and peers beside, what went wrong, and
 * comparisons. */
#ifndef BENNE_BENCH_ROUTING_TABLE_H
#define BENNE_BENCH_ROUTING_TABLE_H

#include "bench/routing/records.h"

/* Family by budget; single instances that have targets or peers of their own; then what spoils results: runs
 * not verified, late, without a processor of their own, and costs below the best known value. */
void table_print(FILE *out, const struct record_view *view);

/* Each group of `now` against the same runs in `then`; `title` says what is compared. Nothing is printed
 * where there are no pairs: *pairs tells. */
error_code table_print_comparison(FILE *out, const char *title, const struct record_view *now,
                                  const struct record_view *then, int64_t *pairs,
                                  struct error *error) ERROR_CHECKED;

#endif
