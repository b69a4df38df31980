/* A made city of one stream in a temporary folder, for benchmarks that need a whole day's work. */
#ifndef BENNE_BENCH_TOWN_H
#define BENNE_BENCH_TOWN_H

#include "solver/base/error.h"

#include <stdint.h>

enum { TOWN_PATH = 256 };

/* Residual waste, so that many trucks share one stream; a fifth of the bins have sensors. The same bins and
 * seed give the same city. `path` is a new folder under TMPDIR, the caller's to remove. */
error_code generated_town_make(int32_t bins, uint64_t seed, char path[TOWN_PATH],
                               struct error *error) ERROR_CHECKED;

/* The folder and all it holds. */
void generated_town_remove(const char *path);

#endif
