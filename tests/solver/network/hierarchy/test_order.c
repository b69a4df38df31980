/* The order against looking through all priorities. */
#include "solver/network/hierarchy/order.h"

#include "solver/base/rng.h"
#include "tests/support/test.h"

enum { N = 300, ABSENT = -1 };

static int32_t first_of(const int64_t *priorities)
{
    int32_t first = -1;
    for (int32_t v = 0; v < N; v++)
        if (priorities[v] != ABSENT && (first < 0 || priorities[v] < priorities[first])) first = v;
    return first;
}

static void first_is_the_least(void **state)
{
    (void)state;
    int64_t priorities[N];
    struct arena arena;
    struct order order;
    struct rng rng;
    arena_init(&arena);
    rng_seed(&rng, 1);
    assert_int_equal(order_init(&order, N, &arena, NULL), ERROR_NONE);
    for (int32_t v = 0; v < N; v++) priorities[v] = ABSENT;
    for (int32_t change = 0; change < 20000; change++) {
        const int32_t first = first_of(priorities);
        if (first >= 0) assert_int_equal(order.items[0].node, first);
        if (first >= 0 && rng_below(&rng, 3) == 0) {
            order_take_first(&order);
            priorities[first] = ABSENT;
            assert_int_equal(order.place[first], -1);
        } else {
            const int32_t v = rng_below(&rng, N);
            priorities[v] = rng_below(&rng, 50);
            order_put(&order, v, priorities[v]);
        }
    }
    while (order.count > 0) {
        const int32_t first = first_of(priorities);
        assert_int_equal(order.items[0].node, first);
        order_take_first(&order);
        priorities[first] = ABSENT;
    }
    assert_int_equal(first_of(priorities), -1);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(first_is_the_least)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
