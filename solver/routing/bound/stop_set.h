/* Sets of up to BOUND_STOPS_MAX numbers, as two words. */
#ifndef BENNE_ROUTING_BOUND_STOP_SET_H
#define BENNE_ROUTING_BOUND_STOP_SET_H

#include <stdbool.h>
#include <stdint.h>

struct stop_set {
    uint64_t words[2];
};

static inline bool set_has(struct stop_set set, int32_t item)
{
    return set.words[item >> 6] >> (item & 63) & 1;
}
static inline void set_add(struct stop_set *set, int32_t item)
{
    set->words[item >> 6] |= UINT64_C(1) << (item & 63);
}
static inline struct stop_set set_both(struct stop_set a, struct stop_set b)
{
    return (struct stop_set){{a.words[0] & b.words[0], a.words[1] & b.words[1]}};
}
static inline struct stop_set set_without(struct stop_set a, struct stop_set b)
{
    return (struct stop_set){{a.words[0] & ~b.words[0], a.words[1] & ~b.words[1]}};
}
static inline struct stop_set set_either_not_both(struct stop_set a, struct stop_set b)
{
    return (struct stop_set){{a.words[0] ^ b.words[0], a.words[1] ^ b.words[1]}};
}
static inline bool set_empty(struct stop_set set)
{
    return (set.words[0] | set.words[1]) == 0;
}
static inline bool set_within(struct stop_set a, struct stop_set b)
{
    return set_empty(set_without(a, b));
}
static inline int32_t set_size(struct stop_set set)
{
    return (int32_t)(__builtin_popcountll(set.words[0]) + __builtin_popcountll(set.words[1]));
}
/* Takes out and returns the least item of a set that has one. */
static inline int32_t set_take(struct stop_set *set)
{
    const int32_t word = set->words[0] == 0;
    const int32_t bit = __builtin_ctzll(set->words[word]);
    set->words[word] &= set->words[word] - 1;
    return word * 64 + bit;
}

#endif
