#include "io/hash.h"

#include <inttypes.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <string.h>

_Static_assert(sizeof(struct sha256_ctx) <= sizeof(struct hash), "room for Nettle's state");

static struct sha256_ctx *context_of(struct hash *hash)
{
    return (struct sha256_ctx *)(void *)hash->state;
}

void hash_begin(struct hash *hash)
{
    memset(hash, 0, sizeof *hash);
    sha256_init(context_of(hash));
}

void hash_add(struct hash *hash, const void *bytes, size_t length)
{
    sha256_update(context_of(hash), length, bytes);
}

void hash_end(struct hash *hash, uint64_t words[4])
{
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_digest(context_of(hash), sizeof digest, digest);
    for (int word = 0; word < 4; word++) {
        words[word] = 0;
        for (int byte = 0; byte < 8; byte++) words[word] = words[word] << 8 | digest[8 * word + byte];
    }
}

void hash_text(const uint64_t words[4], char text[HASH_TEXT_SIZE])
{
    for (int word = 0; word < 4; word++) {
        snprintf(text + 16 * word, HASH_TEXT_SIZE - (size_t)(16 * word), "%016" PRIx64, words[word]);
    }
}
