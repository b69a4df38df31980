#include "solver/base/array.h"

#include "solver/base/allocation.h"

bool array_grow(void **items, int64_t *capacity, int64_t needed, size_t size)
{
    enum { FIRST_CAPACITY = 16 };
    if (needed <= *capacity) return true;
    const int64_t most = (int64_t)((size_t)PTRDIFF_MAX / size);
    if (needed > most || allocation_refused()) return false;

    int64_t grown = *capacity > most / 2 ? most : *capacity * 2;
    if (grown < FIRST_CAPACITY && FIRST_CAPACITY <= most) grown = FIRST_CAPACITY;
    if (grown < needed) grown = needed;
    void *moved = realloc(*items, (size_t)grown * size);
    if (moved == NULL) return false;
    *items = moved;
    *capacity = grown;
    return true;
}
