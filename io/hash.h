/* SHA-256 of the files read, for the manifest: FIPS 180-4, through Nettle (its only door).
 *
 * Nettle rather than libcrypto: the same hardware speed (SHA instructions where the processor has them),
 * no allocation, no global state and no configuration file read behind one's back. O(bytes).
 */
#ifndef BENNE_IO_HASH_H
#define BENNE_IO_HASH_H

#include <stddef.h>
#include <stdint.h>

/* A hash being computed: room for Nettle's state, whose name stays behind the door. */
struct hash {
    uint64_t state[16];
};

enum { HASH_TEXT_SIZE = 65 };

void hash_begin(struct hash *hash);
void hash_add(struct hash *hash, const void *bytes, size_t length);

/* The 256 bits as four words, the first eight bytes in words[0], big end first. */
void hash_end(struct hash *hash, uint64_t words[4]);

/* 64 hexadecimal digits and a NUL, as sha256sum prints them. */
void hash_text(const uint64_t words[4], char text[HASH_TEXT_SIZE]);

#endif
