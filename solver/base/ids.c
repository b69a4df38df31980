#include "solver/base/ids.h"

#include "solver/base/allocation.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 64, MOST_NAMES = 1 << 29 };

void ids_init(struct ids *ids, struct arena *arena)
{
    *ids = (struct ids){.arena = arena};
}

void ids_free(struct ids *ids)
{
    free(ids->names);
    free(ids->slots);
    ids_init(ids, ids->arena);
}

/* FNV-1a, 64 bits: Fowler, Noll and Vo; the constants are theirs. */
static uint64_t hash(const char *name, size_t length)
{
    uint64_t h = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < length; i++) {
        h ^= (unsigned char)name[i];
        h *= UINT64_C(1099511628211);
    }
    return h;
}

/* The slot of a name: its own, or the empty one where it would go. The table is never full. */
static int32_t slot_of(const struct ids *ids, const char *name, size_t length)
{
    const uint32_t mask = (uint32_t)ids->slot_count - 1;
    uint32_t slot = (uint32_t)hash(name, length) & mask;
    while (ids->slots[slot] != 0) {
        const char *known = ids->names[ids->slots[slot] - 1];
        if (strncmp(known, name, length) == 0 && known[length] == '\0') break;
        slot = (slot + 1) & mask;
    }
    return (int32_t)slot;
}

/* Twice the slots, so that at most half of them are taken, and room for as many names. */
static bool grow(struct ids *ids)
{
    if (ids->count >= MOST_NAMES || allocation_refused()) return false;
    const int32_t slot_count = ids->slot_count == 0 ? FIRST_SLOTS : ids->slot_count * 2;
    const int32_t name_capacity = slot_count / 2;
    int32_t *slots = calloc((size_t)slot_count, sizeof *slots);
    if (slots == NULL) return false;
    const char **names = realloc(ids->names, (size_t)name_capacity * sizeof *names);
    if (names == NULL) {
        free(slots);
        return false;
    }
    free(ids->slots);
    ids->slots = slots;
    ids->slot_count = slot_count;
    ids->names = names;
    ids->name_capacity = name_capacity;
    for (int32_t i = 0; i < ids->count; i++) ids->slots[slot_of(ids, names[i], strlen(names[i]))] = i + 1;
    return true;
}

int32_t ids_find(const struct ids *ids, const char *name, size_t length)
{
    if (ids->count == 0) return -1;
    return ids->slots[slot_of(ids, name, strnlen(name, length))] - 1;
}

error_code ids_add(struct ids *ids, const char *name, size_t length, int32_t *number, bool *added,
                   struct error *error)
{
    length = strnlen(name, length);
    if (ids->count == ids->name_capacity) {
        *number = ids_find(ids, name, length);
        *added = false;
        if (*number >= 0) return ERROR_NONE;
        if (!grow(ids)) return error_memory(error);
    }
    const int32_t slot = slot_of(ids, name, length);
    *added = ids->slots[slot] == 0;
    if (*added) {
        const char *copy = arena_text(ids->arena, name, length);
        if (copy == NULL) return error_memory(error);
        ids->names[ids->count++] = copy;
        ids->slots[slot] = ids->count;
    }
    *number = ids->slots[slot] - 1;
    return ERROR_NONE;
}
