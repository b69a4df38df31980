/* Arenas and growable arrays: zeroed, aligned, apart from each other, and unharmed by a refusal. */
#include "solver/base/arena.h"

#include "solver/base/array.h"
#include "solver/base/rng.h"
#include "tests/support/test.h"

#include <stdalign.h>
#include <string.h>

enum { BLOCKS = 3000 };

static int refused_at_end(void **state)
{
    (void)state;
    arena_fail_after(0);
    return 0;
}

/* Sizes from nothing to more than a chunk, most of them small. */
static size_t random_size(struct rng *rng)
{
    const int32_t bits = rng_below(rng, 12) == 0 ? 20 : 7;
    return (size_t)rng_below(rng, 1 << rng_below(rng, bits));
}

static void blocks_are_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    static struct {
        unsigned char *bytes;
        size_t size;
    } blocks[BLOCKS];
    struct arena arena;
    struct rng rng;
    arena_init(&arena);
    rng_seed(&rng, 7);
    for (int32_t round = 0; round < 2; round++) {
        size_t total = 0;
        for (int32_t i = 0; i < BLOCKS; i++) {
            blocks[i].size = random_size(&rng);
            blocks[i].bytes = arena_alloc(&arena, blocks[i].size, 1);
            total += blocks[i].size;
            assert_non_null(blocks[i].bytes);
            assert_int_equal((uintptr_t)blocks[i].bytes % alignof(max_align_t), 0);
            for (size_t at = 0; at < blocks[i].size; at++) assert_int_equal(blocks[i].bytes[at], 0);
            memset(blocks[i].bytes, i & 0xFF, blocks[i].size);
        }
        for (int32_t i = 0; i < BLOCKS; i++) {
            for (size_t at = 0; at < blocks[i].size; at++) {
                assert_int_equal(blocks[i].bytes[at], i & 0xFF);
            }
        }
        assert_true(arena.used >= total);
        arena_free(&arena);
        assert_int_equal(arena.used, 0);
    }
}

static void empty_blocks_have_their_own_address(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    const void *first = arena_alloc(&arena, 0, 8);
    const void *second = arena_alloc(&arena, 8, 0);
    assert_non_null(first);
    assert_non_null(second);
    assert_ptr_not_equal(first, second);
    arena_free(&arena);
}

static void impossible_sizes_are_refused(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    assert_null(arena_alloc(&arena, SIZE_MAX, 1));
    assert_null(arena_alloc(&arena, SIZE_MAX / 2, 4));
    assert_null(arena_alloc(&arena, (size_t)1 << 33, (size_t)1 << 33));
    assert_null(arena_text(&arena, "", SIZE_MAX));
    assert_int_equal(arena.used, 0);
    arena_free(&arena);
}

static void text_is_copied_and_ended(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    assert_string_equal(arena_text(&arena, "VE0928;glass", 6), "VE0928");
    assert_string_equal(arena_text(&arena, "", 0), "");
    assert_string_equal(arena_text(&arena, NULL, 0), "");
    assert_memory_equal(arena_text(&arena, "a\0b", 3), "a\0b", 4);
    arena_free(&arena);
}

static void the_chosen_allocation_fails_alone(void **state)
{
    (void)state;
    struct arena arena, other;
    arena_init(&arena);
    arena_init(&other);
    arena_fail_after(3);
    assert_non_null(arena_alloc(&arena, 1, 1));
    assert_non_null(arena_alloc(&other, 1, 1));
    assert_null(arena_alloc(&arena, 1, 1));
    assert_non_null(arena_alloc(&arena, 1, 1));
    arena_fail_after(1);
    arena_fail_after(0);
    assert_non_null(arena_alloc(&arena, 1, 1));
    arena_free(&arena);
    arena_free(&other);
}

static error_code two_blocks(struct arena *arena, struct error *error)
{
    error_code rc = ERROR_NONE;
    int32_t *first;
    int64_t *second;
    TRY_NEW(arena, first, 10);
    TRY_NEW(arena, second, 10);
    first[9] = 1;
    second[9] = 1;
done:
    return rc;
}

static void try_new_leaves_with_the_memory_error(void **state)
{
    (void)state;
    for (int64_t refused = 0; refused <= 3; refused++) {
        struct arena arena;
        struct error error = {0};
        arena_init(&arena);
        arena_fail_after(refused);
        const error_code expected = refused == 1 || refused == 2 ? ERROR_MEMORY : ERROR_NONE;
        assert_int_equal(two_blocks(&arena, &error), expected);
        assert_int_equal(error.code, expected);
        arena_free(&arena);
    }
}

struct numbers {
    int64_t *items;
    int64_t count, capacity;
};

static void array_keeps_what_is_pushed(void **state)
{
    (void)state;
    struct numbers numbers = {0};
    int64_t moves = 0;
    for (int64_t i = 0; i < 100000; i++) {
        const int64_t before = numbers.capacity;
        assert_true(array_push(&numbers, i * i));
        moves += numbers.capacity != before;
        assert_true(numbers.count == i + 1 && numbers.capacity >= numbers.count);
    }
    assert_true(moves <= 17); /* doubling: log2(100000) */
    for (int64_t i = 0; i < numbers.count; i++) assert_int_equal(numbers.items[i], i * i);
    array_free(&numbers);
    assert_null(numbers.items);
    assert_int_equal(numbers.capacity, 0);
}

static void refused_growth_changes_nothing(void **state)
{
    (void)state;
    struct numbers numbers = {0};
    arena_fail_after(1);
    assert_false(array_push(&numbers, 1));
    assert_int_equal(numbers.count, 0);
    assert_true(array_push(&numbers, 1));
    assert_false(array_reserve(&numbers, INT64_MAX));
    assert_false(array_reserve(&numbers, PTRDIFF_MAX / (int64_t)sizeof *numbers.items + 1));
    while (numbers.count < numbers.capacity) assert_true(array_push(&numbers, numbers.count + 1));
    const struct numbers before = numbers;
    arena_fail_after(1);
    assert_false(array_push(&numbers, 0));
    assert_memory_equal(&numbers, &before, sizeof before);
    for (int64_t i = 0; i < numbers.count; i++) assert_int_equal(numbers.items[i], i + 1);
    array_free(&numbers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_are_zeroed_aligned_and_apart),
        cmocka_unit_test(empty_blocks_have_their_own_address),
        cmocka_unit_test(impossible_sizes_are_refused),
        cmocka_unit_test(text_is_copied_and_ended),
        cmocka_unit_test_teardown(the_chosen_allocation_fails_alone, refused_at_end),
        cmocka_unit_test_teardown(try_new_leaves_with_the_memory_error, refused_at_end),
        cmocka_unit_test(array_keeps_what_is_pushed),
        cmocka_unit_test_teardown(refused_growth_changes_nothing, refused_at_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
