#include "io/osm_wire.h"

#include <stddef.h>

/* What may follow a key, beside numbers and bytes: of fixed size. */
enum { TYPE_NUMBER, TYPE_8_BYTES, TYPE_BYTES, TYPE_4_BYTES = 5 };

static uint64_t damaged(struct wire *in)
{
    in->bad = true;
    in->at = in->end;
    return 0;
}

/* Seven bits a byte, the lowest first; the eighth says that more follow. */
uint64_t wire_number(struct wire *in)
{
    uint64_t number = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        if (in->at == in->end) return damaged(in);
        const uint8_t byte = *in->at++;
        number |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) return number;
    }
    return damaged(in);
}

static void take_bytes(struct wire *in, uint64_t length, struct wire *bytes)
{
    if (length > (uint64_t)(in->end - in->at)) {
        damaged(in);
        return;
    }
    *bytes = (struct wire){.at = in->at, .end = in->at + length};
    in->at += length;
}

bool wire_next(struct wire *in, struct wire_field *field)
{
    if (!wire_more(in)) return false;
    field->key = wire_number(in);
    switch (field->key & 7) {
    case TYPE_NUMBER:
        field->number = wire_number(in);
        break;
    case TYPE_BYTES:
        take_bytes(in, wire_number(in), &field->bytes);
        break;
    case TYPE_8_BYTES:
        take_bytes(in, 8, &field->bytes);
        break;
    case TYPE_4_BYTES:
        take_bytes(in, 4, &field->bytes);
        break;
    default:
        damaged(in);
    }
    return !in->bad;
}
