/* Where results come from: the program's version and build, and the machine. */
#ifndef BENNE_BENCH_ROUTING_ORIGIN_H
#define BENNE_BENCH_ROUTING_ORIGIN_H

#include "bench/routing/records.h"

struct origin {
    char version[TEXT_SIZE]; /* "0.1.0 d10c71e", "-dirty" when the checkout differs from it */
    char build[BUILD_SIZE];  /* of the binary's bytes: 64 bits of their SHA-256 */
    char machine[TEXT_SIZE]; /* "2 x Intel(R) Xeon(R) CPU @ 2.80GHz" */
};

error_code origin_find(const char *program, struct origin *origin, struct error *error) ERROR_CHECKED;

#endif
