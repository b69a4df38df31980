/* Protocol buffers as they are written: fields of a number and a type, in a block of bytes.
 *
 *     struct wire_field field;
 *     while (wire_next(&in, &field))
 *         switch (field.key) {
 *         case WIRE_BYTES(2): keys = field.bytes; break;
 *         case WIRE_NUMBER(1): id = (int64_t)field.number; break;
 *         }
 *     if (in.bad) ...
 *
 * A cursor that met damage stays bad, and has nothing more to give. Nothing is copied, nothing is read beyond
 * the end. O(bytes).
 */
#ifndef BENNE_IO_OSM_WIRE_H
#define BENNE_IO_OSM_WIRE_H

#include <stdbool.h>
#include <stdint.h>

struct wire {
    const uint8_t *at, *end;
    bool bad;
};

/* The field's number and the type of what it holds, as one key; fields of other types have other keys. */
#define WIRE_NUMBER(field) ((uint64_t)(field) << 3 | 0)
#define WIRE_BYTES(field) ((uint64_t)(field) << 3 | 2)

struct wire_field {
    uint64_t key;
    uint64_t number;   /* of a WIRE_NUMBER */
    struct wire bytes; /* of WIRE_BYTES: a text, a message, or numbers one after the other */
};

/* The next field; false at the end, and where the damage is. */
bool wire_next(struct wire *in, struct wire_field *field);

/* More numbers to come? */
static inline bool wire_more(const struct wire *in)
{
    return !in->bad && in->at < in->end;
}

/* The next number; 0, and bad, where there is none. */
uint64_t wire_number(struct wire *in);

/* Where negative numbers are to be as short as positive ones, 0, 1, 2, 3 … stand for 0, -1, 1, -2 … */
static inline int64_t wire_unfolded(uint64_t number)
{
    return (int64_t)(number >> 1 ^ (0 - (number & 1)));
}

static inline int64_t wire_signed(struct wire *in)
{
    return wire_unfolded(wire_number(in));
}

#endif
