/* A cache: arrays of numbers that took long to compute, in files under a key of what they were computed from.
 *
 * A file is named after its kind and key. It holds the key, the sizes of its parts, the parts, and a SHA-256
 * of all of that: a file that is absent, of another key, of another machine's order of bytes, cut off or
 * changed in any bit is not there, and is computed again. It is written aside and renamed, so that a reader
 * sees all of it or nothing, and two writers do no harm. What cannot be written is not cached: no run fails
 * for want of a cache. Of old files the newest CACHE_FILES are kept.
 *
 * The folder is $XDG_CACHE_HOME/benne, or ~/.cache/benne; nothing is cached where neither is known.
 */
#ifndef BENNE_IO_CACHE_H
#define BENNE_IO_CACHE_H

#include "solver/base/arena.h"

#include <stdbool.h>

enum { CACHE_PARTS_MAX = 12, CACHE_FILES = 32 };

struct cache_part {
    const void *bytes;
    size_t size;
};

struct cache_key {
    uint64_t words[4]; /* a SHA-256: hash.h */
};

/* The parts, `count` of them as they were stored, on the arena; false: not there. O(bytes). */
bool cache_load(const char *kind, const struct cache_key *key, struct arena *arena, struct cache_part *parts,
                int32_t count);

/* True when it is stored. */
bool cache_store(const char *kind, const struct cache_key *key, const struct cache_part *parts,
                 int32_t count);

#endif
