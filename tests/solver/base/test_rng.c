#include "solver/base/rng.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void below_keeps_its_bound(void **state)
{
    (void)state;
    struct rng rng;
    rng_seed(&rng, 1);
    for (int32_t i = 0; i < 10000; i++) {
        const int32_t bound = 1 + i;
        const int32_t drawn = rng_below(&rng, bound);
        assert_true(drawn >= 0 && drawn < bound);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(below_keeps_its_bound)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
