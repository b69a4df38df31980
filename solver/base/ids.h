/* Names to numbers: an external id ("VE0928") becomes 0, 1, 2 … in the order of its first appearance.
 *
 * Open addressing with linear probing over a 64-bit hash (FNV-1a); the strings are copied into the
 * caller's arena. A NUL byte ends a name. Nothing ever iterates over the table: ids are listed by number.
 * O(length) per call.
 */
#ifndef BENNE_BASE_IDS_H
#define BENNE_BASE_IDS_H

#include "solver/base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ids {
    struct arena *arena; /* owns the names */
    const char **names;  /* by number */
    int32_t *slots;      /* number + 1; 0 empty */
    int32_t count;
    int32_t name_capacity;
    int32_t slot_count; /* a power of two */
};

void ids_init(struct ids *ids, struct arena *arena);

/* Frees the table; the names stay with the arena. */
void ids_free(struct ids *ids);

/* The number of a name, or -1. */
int32_t ids_find(const struct ids *ids, const char *name, size_t length);

/* Adds a name: its number in *number, *added false when it was known. */
error_code ids_add(struct ids *ids, const char *name, size_t length, int32_t *number, bool *added,
                   struct error *error) ERROR_CHECKED;

#endif
