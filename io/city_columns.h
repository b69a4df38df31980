/* The names of columns: the canonical ones stand with each file's reader; here is the one table of French
 * aliases, and the names of personal data that no file about agents may carry. */
#ifndef BENNE_IO_CITY_COLUMNS_H
#define BENNE_IO_CITY_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct column {
    const char *name; /* canonical, in snake case */
    bool optional;
};

/* The index of the column that a header means, or -1. `folded` as text_fold gives it. */
int32_t column_find(const struct column *columns, int32_t count, const char *folded);

/* The reason why a column is refused in files about agents, or NULL. */
const char *column_refused(const char *folded);

#endif
