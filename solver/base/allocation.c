#include "solver/base/allocation.h"

#include "solver/base/arena.h"

#include <stdatomic.h>

static _Atomic int64_t remaining; /* allocations until the refused one; 0 off */

void arena_fail_after(int64_t allocations)
{
    atomic_store(&remaining, allocations);
}

bool allocation_refused(void)
{
    if (atomic_load_explicit(&remaining, memory_order_relaxed) <= 0) return false;
    return atomic_fetch_sub(&remaining, 1) == 1;
}
