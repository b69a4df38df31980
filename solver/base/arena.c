#include "solver/base/arena.h"

#include "solver/base/allocation.h"

#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define SEPARATE_BLOCKS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SEPARATE_BLOCKS 1
#endif
#endif
#ifndef SEPARATE_BLOCKS
#define SEPARATE_BLOCKS 0
#endif

struct arena_chunk {
    struct arena_chunk *older;
    max_align_t blocks[]; /* aligned for any type */
};

/* A small arena costs a page or four; a large one grows by half of itself, in steps that malloc takes
 * from the system by mmap. */
enum { CHUNK_MIN = 16 * 1024, CHUNK_MAX = 4 * 1024 * 1024, ALIGNMENT = sizeof(max_align_t) };

void arena_init(struct arena *arena)
{
    *arena = (struct arena){0};
}

void arena_free(struct arena *arena)
{
    struct arena_chunk *chunk = arena->chunks;
    while (chunk != NULL) {
        struct arena_chunk *older = chunk->older;
        free(chunk);
        chunk = older;
    }
    arena_init(arena);
}

/* A new zeroed chunk, after the newest so that the newest's free part stays in use, or as the newest. */
static struct arena_chunk *add_chunk(struct arena *arena, size_t bytes, bool newest)
{
    struct arena_chunk *chunk = calloc(1, sizeof *chunk + bytes);
    if (chunk == NULL) return NULL;
    if (newest || arena->chunks == NULL) {
        chunk->older = arena->chunks;
        arena->chunks = chunk;
    } else {
        chunk->older = arena->chunks->older;
        arena->chunks->older = chunk;
    }
    return chunk;
}

static size_t chunk_size(const struct arena *arena)
{
    size_t size = arena->used / 2;
    return size < CHUNK_MIN ? CHUNK_MIN : size > CHUNK_MAX ? CHUNK_MAX : size;
}

void *arena_alloc(struct arena *arena, size_t count, size_t size)
{
    if (allocation_refused()) return NULL;
    if (size != 0 && count > PTRDIFF_MAX / size) return NULL;
    size_t bytes = count * size;
    if (bytes == 0) bytes = 1; /* even an empty array has its own address */
    if (bytes > PTRDIFF_MAX - CHUNK_MAX) return NULL;
    size_t rounded = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;

    if (SEPARATE_BLOCKS || rounded > chunk_size(arena) / 4) {
        struct arena_chunk *alone = add_chunk(arena, SEPARATE_BLOCKS ? bytes : rounded, false);
        if (alone == NULL) return NULL;
        arena->used += rounded;
        return alone->blocks;
    }
    if ((size_t)(arena->end - arena->next) < rounded) {
        size_t room = chunk_size(arena) / ALIGNMENT * ALIGNMENT;
        struct arena_chunk *chunk = add_chunk(arena, room, true);
        if (chunk == NULL) return NULL;
        arena->next = (char *)chunk->blocks;
        arena->end = arena->next + room;
    }
    void *block = arena->next;
    arena->next += rounded;
    arena->used += rounded;
    return block;
}

char *arena_text(struct arena *arena, const char *text, size_t length)
{
    if (length >= PTRDIFF_MAX) return NULL;
    char *copy = arena_alloc(arena, length + 1, 1);
    if (copy != NULL && length > 0) memcpy(copy, text, length);
    return copy;
}
