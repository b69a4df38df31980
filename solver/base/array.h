/* Growable arrays: any struct with `items`, `count` and `capacity` fields.
 *
 *     struct rows { struct row *items; int64_t count, capacity; } rows = {0};
 *     if (!array_push(&rows, row)) return error_memory(error);
 *     ...
 *     array_free(&rows);
 *
 * Growth doubles, so a push is O(1) amortised. The items live in the C heap and may move at each push.
 */
#ifndef BENNE_BASE_ARRAY_H
#define BENNE_BASE_ARRAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

/* Room for `needed` items of `size` bytes; false when memory is exhausted, and nothing has changed. */
bool array_grow(void **items, int64_t *capacity, int64_t needed, size_t size);

#define array_reserve(array, needed) \
    array_grow((void **)&(array)->items, &(array)->capacity, (needed), sizeof *(array)->items)

/* True when the value was added. The value may speak of the array itself. */
#define array_push(array, value)                   \
    (array_reserve((array), (array)->count + 1) && \
     ((array)->items[(array)->count] = (value), (array)->count++, true))

#define array_free(array) \
    (free((array)->items), (array)->items = NULL, (array)->count = (array)->capacity = 0)

#endif
