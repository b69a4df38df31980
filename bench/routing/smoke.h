/* The protocol in a small size, on instances made here whose optimum is known by hand, and what must come out
 * of it: gaps of zero, a misread instance caught, records that let a second run leave everything out. */
#ifndef BENNE_BENCH_ROUTING_SMOKE_H
#define BENNE_BENCH_ROUTING_SMOKE_H

#include "solver/base/error.h"

/* ERROR_INTERNAL with a sentence when anything is not as it must be. Leaves nothing behind. */
error_code smoke_run(const char *program, struct error *error) ERROR_CHECKED;

#endif
