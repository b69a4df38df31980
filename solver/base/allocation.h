/* The test hook behind arena_fail_after: asked before each allocation of an arena, an array or an id
 * table, so that a test can walk through every path of exhausted memory. Costs one relaxed load. */
#ifndef BENNE_BASE_ALLOCATION_H
#define BENNE_BASE_ALLOCATION_H

#include <stdbool.h>

/* True for the one allocation that the test chose. */
bool allocation_refused(void);

#endif
