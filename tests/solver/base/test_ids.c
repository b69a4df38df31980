/* Names to numbers, against a naive list searched from its beginning. */
#include "solver/base/ids.h"

#include "solver/base/rng.h"
#include "tests/support/test.h"

#include <stdio.h>
#include <string.h>

enum { NAME_SIZE = 8, MODEL_MAX = 400 };

/* Few letters, so that names come back, and so that one begins like another. */
static size_t random_name(struct rng *rng, char name[NAME_SIZE])
{
    const size_t length = (size_t)rng_below(rng, NAME_SIZE - 1);
    for (size_t i = 0; i < length; i++) name[i] = (char)('a' + rng_below(rng, 3));
    name[length] = '\0';
    return length;
}

static int32_t model_find(char model[][NAME_SIZE], int32_t count, const char *name)
{
    for (int32_t i = 0; i < count; i++) {
        if (strcmp(model[i], name) == 0) return i;
    }
    return -1;
}

static void agrees_with_a_naive_list(void **state)
{
    (void)state;
    static char model[MODEL_MAX][NAME_SIZE];
    for (uint64_t seed = 0; seed < 20; seed++) {
        struct rng rng;
        struct arena arena;
        struct ids ids;
        int32_t count = 0;
        rng_seed(&rng, seed);
        arena_init(&arena);
        ids_init(&ids, &arena);
        for (int32_t step = 0; step < 1000; step++) {
            char name[NAME_SIZE];
            const size_t length = random_name(&rng, name);
            const int32_t known = model_find(model, count, name);
            assert_int_equal(ids_find(&ids, name, length), known);
            if (rng_below(&rng, 2) == 0) continue;
            int32_t number;
            bool added;
            assert_int_equal(ids_add(&ids, name, length, &number, &added, NULL), ERROR_NONE);
            assert_int_equal(added, known < 0);
            assert_int_equal(number, known < 0 ? count : known);
            if (added) memcpy(model[count++], name, sizeof name);
            assert_int_equal(ids.count, count);
        }
        assert_true(count > 100);
        for (int32_t i = 0; i < count; i++) assert_string_equal(ids.names[i], model[i]);
        ids_free(&ids);
        arena_free(&arena);
    }
}

static void many_names_are_found_again(void **state)
{
    (void)state;
    enum { MANY = 100000 };
    struct arena arena;
    struct ids ids;
    char name[32];
    arena_init(&arena);
    ids_init(&ids, &arena);
    for (int32_t pass = 0; pass < 2; pass++) {
        for (int32_t i = 0; i < MANY; i++) {
            int32_t number;
            bool added;
            const int length = snprintf(name, sizeof name, "VE%06d", i);
            assert_int_equal(ids_add(&ids, name, (size_t)length, &number, &added, NULL), ERROR_NONE);
            assert_int_equal(number, i);
            assert_int_equal(added, pass == 0);
        }
    }
    assert_int_equal(ids.count, MANY);
    assert_int_equal(ids_find(&ids, "VE", 2), -1);
    ids_free(&ids);
    assert_int_equal(ids_find(&ids, "VE000000", 8), -1);
    arena_free(&arena);
}

static void names_end_at_their_length_or_nul(void **state)
{
    (void)state;
    struct arena arena;
    struct ids ids;
    int32_t number;
    bool added;
    arena_init(&arena);
    ids_init(&ids, &arena);
    assert_int_equal(ids_find(&ids, "", 0), -1);
    assert_int_equal(ids_add(&ids, "glass;paper", 5, &number, &added, NULL), ERROR_NONE);
    assert_int_equal(ids_find(&ids, "glass", 5), 0);
    assert_int_equal(ids_find(&ids, "glas", 4), -1);
    assert_int_equal(ids_find(&ids, "glass;", 6), -1);
    assert_int_equal(ids_find(&ids, "glass\0x", 7), 0);
    assert_int_equal(ids_add(&ids, "", 0, &number, &added, NULL), ERROR_NONE);
    assert_int_equal(number, 1);
    assert_string_equal(ids.names[1], "");
    ids_free(&ids);
    arena_free(&arena);
}

static void refused_memory_loses_nothing(void **state)
{
    (void)state;
    struct arena arena;
    struct ids ids;
    struct rng rng;
    int32_t expected = 0;
    arena_init(&arena);
    ids_init(&ids, &arena);
    rng_seed(&rng, 3);
    for (int32_t i = 0; i < 2000; i++) {
        char name[32];
        int32_t number;
        bool added;
        struct error error;
        const int length = snprintf(name, sizeof name, "%d", i);
        arena_fail_after(rng_below(&rng, 4)); /* often the next allocation, the copy of a name or the table */
        const error_code rc = ids_add(&ids, name, (size_t)length, &number, &added, &error);
        arena_fail_after(0);
        if (rc == ERROR_NONE) {
            assert_int_equal(number, expected++);
            assert_int_equal(ids_find(&ids, name, (size_t)length), number);
        } else {
            assert_int_equal(rc, ERROR_MEMORY);
            assert_int_equal(ids_find(&ids, name, (size_t)length), -1);
        }
        assert_int_equal(ids.count, expected);
    }
    assert_true(expected > 1000 && expected < 2000);
    for (int32_t i = 0; i < ids.count; i++) {
        assert_int_equal(ids_find(&ids, ids.names[i], strlen(ids.names[i])), i);
    }
    ids_free(&ids);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_a_naive_list),
        cmocka_unit_test(many_names_are_found_again),
        cmocka_unit_test(names_end_at_their_length_or_nul),
        cmocka_unit_test(refused_memory_loses_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
