/* Golden files: what a writer is known to write for a small case, read by people once, compared for ever.
 * BENNE_GOLDEN=write in the environment writes them anew; look at the difference before committing it. */
#ifndef BENNE_TESTS_GOLDEN_H
#define BENNE_TESTS_GOLDEN_H

#include <stdbool.h>
#include <stdio.h>

/* Compares a text with tests/golden/NAME; on a difference says where it begins. */
bool golden_equals(const char *name, const char *text);

/* All that was written to a stream opened with tmpfile(), as a text to free(); closes the stream. */
char *golden_take(FILE *stream);

#endif
