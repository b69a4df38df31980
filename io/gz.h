/* Bytes that may be compressed, and the only door to zlib.
 *
 * gz_open gives a regular file as a stream: unpacked on the way when it is gzip's, as it stands when not. So
 * nothing is ever unpacked to a disk, and memory does not grow with the file. Every checksum is verified.
 * gz_unpack is for a piece in memory whose size is known beforehand. O(bytes).
 *
 * Errors: ERROR_NETWORK, as roads are what is read so, with the reason.
 */
#ifndef BENNE_IO_GZ_H
#define BENNE_IO_GZ_H

#include "solver/base/error.h"

#include <stddef.h>
#include <stdint.h>

struct gz_file; /* opaque: holds zlib's stream */

error_code gz_open(const char *path, struct gz_file **file, struct error *error) ERROR_CHECKED;
void gz_close(struct gz_file *file);

/* Up to `size` bytes, fewer at the end alone. */
error_code gz_read(struct gz_file *file, void *bytes, size_t size, size_t *got,
                   struct error *error) ERROR_CHECKED;

/* Back to the first byte. */
error_code gz_rewind(struct gz_file *file, struct error *error) ERROR_CHECKED;

/* A zlib stream that gives `size` bytes, no more and no fewer; else ERROR_NETWORK, and the caller says of
 * what. */
error_code gz_unpack(const void *packed, size_t packed_size, void *bytes, size_t size);

#endif
