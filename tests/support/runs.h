/* Records of runs made up for tests of the routing protocol. */
#ifndef BENNE_TESTS_SUPPORT_RUNS_H
#define BENNE_TESTS_SUPPORT_RUNS_H

#include "bench/routing/records.h"

/* A verified run of build "one" with one thread, ten seconds, a best known value of 1000 and 100 iterations.
 */
struct record made_run(const char *family, const char *instance, uint64_t seed, double gap_percent);

/* A list that holds copies; the caller frees it. */
struct records made_runs(const struct record *items, int64_t count);

/* The view of build "one", any threads; the caller frees it. */
struct record_view made_view(const struct records *records);

#endif
