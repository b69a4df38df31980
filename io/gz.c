#include "io/gz.h"

#include "solver/base/allocation.h"
#include "solver/base/message.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

struct gz_file {
    gzFile stream;
    const char *path;
};

/* zlib's own buffer, compressed; twice that unpacked. */
enum { GZ_BUFFER_BYTES = 1 << 16 };

/* Without waiting for the writer of a pipe: it is no regular file. */
static error_code regular_file(const char *path, int *descriptor, struct error *error)
{
    struct stat status;
    *descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (*descriptor < 0)
        return error_at(error, ERROR_NETWORK, path, 0, 0, _("the file cannot be opened: %s"),
                        strerror(errno));
    if (fstat(*descriptor, &status) == 0 && S_ISREG(status.st_mode)) return ERROR_NONE;
    close(*descriptor);
    return error_at(error, ERROR_NETWORK, path, 0, 0, _("the file is not a regular file"));
}

error_code gz_open(const char *path, struct gz_file **file, struct error *error)
{
    *file = NULL;
    int descriptor;
    const error_code rc = regular_file(path, &descriptor, error);
    if (rc != ERROR_NONE) return rc;
    struct gz_file *opened = allocation_refused() ? NULL : calloc(1, sizeof *opened);
    if (opened != NULL) opened->stream = gzdopen(descriptor, "rb");
    if (opened == NULL || opened->stream == NULL) {
        close(descriptor);
        free(opened);
        return error_memory(error);
    }
    gzbuffer(opened->stream, GZ_BUFFER_BYTES);
    opened->path = path;
    *file = opened;
    return ERROR_NONE;
}

void gz_close(struct gz_file *file)
{
    if (file == NULL) return;
    gzclose_r(file->stream);
    free(file);
}

static error_code stream_fault(const struct gz_file *file, struct error *error)
{
    int fault;
    const char *text = gzerror(file->stream, &fault);
    switch (fault) {
    case Z_MEM_ERROR:
        return error_memory(error);
    case Z_ERRNO:
        return error_at(error, ERROR_NETWORK, file->path, 0, 0, _("the file cannot be read: %s"),
                        strerror(errno));
    case Z_BUF_ERROR:
        return error_at(error, ERROR_NETWORK, file->path, 0, 0, _("the file is cut off"));
    default:
        return error_at(error, ERROR_NETWORK, file->path, 0, 0, _("the file is damaged: %s"), text);
    }
}

error_code gz_read(struct gz_file *file, void *bytes, size_t size, size_t *got, struct error *error)
{
    int fault = Z_OK;
    *got = 0;
    if (size > INT_MAX) return error_set(error, ERROR_INTERNAL, "a read of %zu bytes", size);
    const int count = gzread(file->stream, bytes, (unsigned)size);
    if (count >= 0) {
        *got = (size_t)count;
        gzerror(file->stream, &fault);
    }
    return count < 0 || (*got < size && fault != Z_OK) ? stream_fault(file, error) : ERROR_NONE;
}

error_code gz_rewind(struct gz_file *file, struct error *error)
{
    return gzrewind(file->stream) == 0 ? ERROR_NONE : stream_fault(file, error);
}

error_code gz_unpack(const void *packed, size_t packed_size, void *bytes, size_t size)
{
    uLongf unpacked = size;
    uLong taken = packed_size;
    if (allocation_refused()) return ERROR_MEMORY;
    const int fault = uncompress2(bytes, &unpacked, packed, &taken);
    if (fault == Z_MEM_ERROR) return ERROR_MEMORY;
    return fault == Z_OK && unpacked == size ? ERROR_NONE : ERROR_NETWORK;
}
