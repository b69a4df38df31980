#include "tests/support/runs.h"

#include "solver/base/array.h"
#include "tests/support/test.h"

#include <math.h>

struct record made_run(const char *family, const char *instance, uint64_t seed, double gap_percent)
{
    struct record run = {.seed = seed,
                         .budget_s = 10,
                         .threads = 1,
                         .verified = true,
                         .cost = 1000 + 10 * gap_percent,
                         .known = {.value = 1000, .limit_cost = NAN, .limit_vehicles = -1},
                         .gap_percent = gap_percent,
                         .vehicles = 3,
                         .iterations = 100,
                         .seconds = 10,
                         .cpu_seconds = 10,
                         .peak_mb = 5,
                         .version = "1.0",
                         .build = "one",
                         .machine = "none"};
    snprintf(run.family, sizeof run.family, "%s", family);
    snprintf(run.instance, sizeof run.instance, "%s", instance);
    return run;
}

struct records made_runs(const struct record *items, int64_t count)
{
    struct records records = {0};
    for (int64_t i = 0; i < count; i++) assert_true(array_push(&records, items[i]));
    return records;
}

struct record_view made_view(const struct records *records)
{
    struct record_view view;
    assert_int_equal(record_view_make(records, "one", 0, &view, NULL), ERROR_NONE);
    return view;
}
