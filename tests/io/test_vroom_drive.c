/* Random VROOM problems, solved and answered; each answer is driven again from the two texts alone, by the
 * rules of VROOM's documentation, and no better answer is found by trying all. */
#include "io/json.h"
#include "solver/base/rng.h"
#include "tests/support/test.h"
#include "tests/support/vroom.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_ROOM = 16384, JOBS_ROOM = 8, VEHICLES_ROOM = 3, NONE = -1 };

/* ---- Problems ---- */

struct writing {
    char text[TEXT_ROOM];
    size_t used;
};

static void __attribute__((format(printf, 2, 3))) put(struct writing *to, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    to->used += (size_t)vsnprintf(to->text + to->used, sizeof to->text - to->used, format, arguments);
    va_end(arguments);
    assert_true(to->used < sizeof to->text);
}

static bool chance(struct rng *rng, int32_t percent)
{
    return rng_below(rng, 100) < percent;
}

static void put_amount(struct writing *to, struct rng *rng, const char *key, int32_t dimensions, int32_t most)
{
    put(to, ",'%s':[", key);
    for (int32_t d = 0; d < dimensions; d++) put(to, "%s%d", d > 0 ? "," : "", (int)rng_below(rng, most));
    put(to, "]");
}

static void put_matrix(struct writing *to, struct rng *rng, const char *key, int32_t size, int32_t most)
{
    put(to, "'%s':[", key);
    for (int32_t i = 0; i < size; i++) {
        put(to, "%s[", i > 0 ? "," : "");
        for (int32_t j = 0; j < size; j++)
            put(to, "%s%d", j > 0 ? "," : "", i == j ? 0 : (int)(1 + rng_below(rng, most)));
        put(to, "]");
    }
    put(to, "]");
}

/* What a family of problems has. */
struct features {
    int32_t jobs, vehicles, dimensions;
    bool setups, breaks, limits, custom;
};

static void put_jobs(struct writing *to, struct rng *rng, const struct features *with, int32_t places)
{
    const bool deliveries =
        chance(rng, 50); /* one kind: the two together may be kept apart more than need be */
    put(to, "'jobs':[");
    for (int32_t j = 0; j < with->jobs; j++) {
        put(to, "%s{'id':%d,'location_index':%d,'service':%d", j > 0 ? "," : "", (int)(10 + j),
            (int)rng_below(rng, places), (int)rng_below(rng, 30));
        if (with->setups && chance(rng, 60)) put(to, ",'setup':%d", (int)rng_below(rng, 40));
        if (with->dimensions > 0)
            put_amount(to, rng, deliveries ? "delivery" : "pickup", with->dimensions, 4);
        if (chance(rng, 20)) put(to, ",'skills':[%d]", (int)rng_below(rng, 3));
        if (chance(rng, 30)) put(to, ",'priority':%d", (int)rng_below(rng, 5));
        if (chance(rng, 40)) {
            const int32_t open = 1000 + rng_below(rng, 200), length = rng_below(rng, 80);
            put(to, ",'time_windows':[[%d,%d],[%d,%d]]", (int)open, (int)(open + length),
                (int)(open + length + 30), (int)(open + length + 60));
        }
        put(to, "}");
    }
    put(to, "]");
}

static void put_vehicles(struct writing *to, struct rng *rng, const struct features *with, int32_t places)
{
    static const char *const PACES[] = {"1", "1.25", "0.8", "2"};
    put(to, ",'vehicles':[");
    for (int32_t v = 0; v < with->vehicles; v++) {
        put(to, "%s{'id':%d", v > 0 ? "," : "", (int)(100 + v));
        const bool start = chance(rng, 80), end = !start || chance(rng, 80);
        if (start) put(to, ",'start_index':%d", (int)rng_below(rng, places));
        if (end) put(to, ",'end_index':%d", (int)rng_below(rng, places));
        if (with->dimensions > 0) put_amount(to, rng, "capacity", with->dimensions, 9);
        put(to, ",'skills':[0,%d]", (int)rng_below(rng, 3));
        if (chance(rng, 70)) put(to, ",'time_window':[1000,%d]", (int)(1100 + rng_below(rng, 400)));
        if (chance(rng, 30)) put(to, ",'max_tasks':%d", (int)(1 + rng_below(rng, 4)));
        if (chance(rng, 30)) put(to, ",'speed_factor':%s", PACES[rng_below(rng, 4)]);
        if (with->limits && chance(rng, 40))
            put(to, ",'max_travel_time':%d", (int)(50 + rng_below(rng, 200)));
        if (with->limits && chance(rng, 40)) put(to, ",'max_distance':%d", (int)(500 + rng_below(rng, 2000)));
        if (with->breaks && chance(rng, 60)) {
            put(to, ",'breaks':[{'id':1,'service':%d", (int)(1 + rng_below(rng, 60)));
            const int32_t open = 1000 + rng_below(rng, 200);
            if (chance(rng, 70)) put(to, ",'time_windows':[[%d,%d]]", (int)open, (int)(open + 60));
            put(to, "}]");
        }
        if (!with->custom && chance(rng, 50)) {
            put(to, ",'costs':{'fixed':%d", (int)rng_below(rng, 100));
            if (chance(rng, 60)) put(to, ",'per_hour':%d", (int)rng_below(rng, 3) * 3600);
            if (chance(rng, 40)) put(to, ",'per_km':%d", (int)(1 + rng_below(rng, 50)));
            put(to, "}");
        }
        put(to, "}");
    }
    put(to, "]");
}

static void draw(struct writing *to, struct rng *rng, const struct features *with)
{
    const int32_t places = 2 + rng_below(rng, 4);
    to->used = 0;
    put(to, "{");
    put_jobs(to, rng, with, places);
    put_vehicles(to, rng, with, places);
    put(to, ",'matrices':{'car':{");
    put_matrix(to, rng, "durations", places, 60);
    put(to, ",");
    put_matrix(to, rng, "distances", places, 900);
    if (with->custom) {
        put(to, ",");
        put_matrix(to, rng, "costs", places, 100);
    }
    put(to, "}}}");
}

/* ---- Reading the two texts ---- */

static int64_t number(const struct json *object, const char *key, int64_t absent)
{
    double value;
    return json_number(json_get(object, key), &value) ? (int64_t)value : absent;
}

static const struct json *item(const struct json *array, int64_t index)
{
    const struct json *it = json_first(array);
    while (index-- > 0) it = json_next(it);
    return it;
}

static int64_t value(const struct json *it)
{
    double number = 0;
    assert_true(json_number(it, &number));
    return (int64_t)number;
}

static const struct json *with_id(const struct json *array, int64_t id)
{
    const struct json *it = json_first(array);
    while (it != NULL && number(it, "id", NONE) != id) it = json_next(it);
    return it;
}

/* Jobs have the ids 10, 11 … */
static int32_t bit_of(const struct json *job)
{
    const int64_t index = number(job, "id", NONE) - 10;
    assert_true(index >= 0 && index < JOBS_ROOM);
    return index >= 0 ? (int32_t)(1U << index) : 0;
}

static bool is(const struct json *step, const char *type)
{
    return strcmp(json_string(json_get(step, "type")), type) == 0;
}

static int64_t pace(const struct json *vehicle)
{
    double factor = 1;
    (void)json_number(json_get(vehicle, "speed_factor"), &factor);
    return lround(100 / factor);
}

/* A leg of a matrix between rows; NONE stands for nowhere. */
static int64_t leg(const struct json *problem, const char *matrix, int64_t from, int64_t to)
{
    const struct json *cells = json_get(json_get(json_get(problem, "matrices"), "car"), matrix);
    return from == NONE || to == NONE || cells == NULL ? 0 : value(item(item(cells, from), to));
}

static int64_t duration(const struct json *problem, const struct json *vehicle, int64_t from, int64_t to)
{
    return (leg(problem, "durations", from, to) * pace(vehicle) + 99) / 100;
}

static bool in_windows(const struct json *object, int64_t at)
{
    const struct json *windows = json_get(object, "time_windows");
    bool inside = windows == NULL;
    for (const struct json *w = json_first(windows); w != NULL; w = json_next(w))
        inside = inside || (at >= value(item(w, 0)) && at <= value(item(w, 1)));
    return inside;
}

/* Shorter than the setup, which is then always taken. */
static bool has_short_window(const struct json *job)
{
    bool found = false;
    for (const struct json *w = json_first(json_get(job, "time_windows")); w != NULL; w = json_next(w))
        found = found || value(item(w, 1)) - value(item(w, 0)) < number(job, "setup", 0);
    return found;
}

static bool has_skills(const struct json *job, const struct json *vehicle)
{
    bool all = true;
    for (const struct json *s = json_first(json_get(job, "skills")); s != NULL; s = json_next(s)) {
        bool held = false;
        for (const struct json *h = json_first(json_get(vehicle, "skills")); h != NULL; h = json_next(h))
            held = held || value(h) == value(s);
        all = all && held;
    }
    return all;
}

static int64_t amount(const struct json *object, const char *key, int32_t dimension)
{
    const struct json *array = json_get(object, key);
    return array == NULL ? 0 : value(item(array, dimension));
}

/* What a drive costs, as VROOM counts. */
static int64_t cost_of(const struct json *problem, const struct json *vehicle, int64_t seconds,
                       int64_t metres, int64_t custom)
{
    const struct json *costs = json_get(vehicle, "costs");
    if (json_get(json_get(json_get(problem, "matrices"), "car"), "costs") != NULL) return custom;
    return number(costs, "fixed", 0) +
           llround((double)number(costs, "per_hour", 3600) * (double)seconds / 3600 +
                   (double)number(costs, "per_km", 0) * (double)metres / 1000);
}

/* ---- Driving an answer ---- */

/* Everything VROOM's documentation asks of a route; its cost is added to *cost, its jobs to *served. */
static void drive(const struct json *problem, const struct json *route, int32_t dimensions, int64_t *cost,
                  int64_t *priority, int32_t *served)
{
    const struct json *vehicle = with_id(json_get(problem, "vehicles"), number(route, "vehicle", NONE));
    const struct json *steps = json_get(route, "steps"), *hours = json_get(vehicle, "time_window");
    const struct json *pause = json_first(json_get(vehicle, "breaks"));
    int64_t at = number(vehicle, "start_index", NONE), end_s = NONE, driven_s = 0, metres = 0, custom = 0;
    int64_t leg_s = 0, load[2] = {0}, tasks = 0, breaks = 0;
    int64_t waited = 0; /* for a break since the task before: a setup may have been done then */
    assert_non_null(vehicle);
    for (const struct json *step = json_first(steps); step != NULL; step = json_next(step)) {
        const struct json *job =
            with_id(json_get(problem, "jobs"), is(step, "job") ? number(step, "id", NONE) : NONE);
        for (int32_t d = 0; d < dimensions && job != NULL; d++) load[d] += amount(job, "delivery", d);
    }
    for (const struct json *step = json_first(steps); step != NULL; step = json_next(step)) {
        const int64_t arrival = number(step, "arrival", NONE), waiting = number(step, "waiting_time", NONE);
        assert_int_equal(json_count(json_get(step, "violations")), 0);
        if (is(step, "start")) {
            assert_true(hours == NULL || arrival >= value(item(hours, 0)));
            assert_true(waiting == 0 && number(step, "duration", NONE) == 0);
        } else { /* what is not stood still is driven */
            leg_s += arrival - end_s;
            assert_true(arrival >= end_s && waiting >= 0);
            assert_int_equal(number(step, "duration", NONE), driven_s + leg_s);
        }
        if (is(step, "job") || is(step, "end")) {
            const struct json *job =
                is(step, "end") ? NULL : with_id(json_get(problem, "jobs"), number(step, "id", NONE));
            const int64_t to =
                job == NULL ? number(vehicle, "end_index", NONE) : number(job, "location_index", NONE);
            assert_int_equal(leg_s, duration(problem, vehicle, at, to));
            driven_s += leg_s;
            leg_s = 0;
            metres += leg(problem, "distances", at, to);
            custom += leg(problem, "costs", at, to);
            assert_int_equal(number(step, "distance", NONE), metres);
            if (job != NULL) {
                const int64_t setup = number(step, "setup", NONE), due = number(job, "setup", 0);
                if (at != to) assert_true(setup == due || setup + waited >= due);
                if (at == to) assert_true(setup == 0 || (setup == due && has_short_window(job)));
                waited = 0;
                assert_int_equal(number(step, "service", NONE), number(job, "service", 0));
                assert_true(in_windows(job, arrival + waiting) && has_skills(job, vehicle));
                *priority += number(job, "priority", 0);
                *served |= bit_of(step);
                tasks++;
                for (int32_t d = 0; d < dimensions; d++)
                    load[d] += amount(job, "pickup", d) - amount(job, "delivery", d);
            }
            at = to;
        }
        if (is(step, "break")) {
            assert_true(in_windows(pause, arrival + waiting));
            assert_int_equal(number(step, "service", NONE), number(pause, "service", 0));
            breaks++;
            waited = waiting;
        }
        for (int32_t d = 0; d < dimensions; d++) {
            assert_int_equal(value(item(json_get(step, "load"), d)), load[d]);
            assert_true(load[d] <= amount(vehicle, "capacity", d));
        }
        end_s = arrival + waiting + number(step, "setup", NONE) + number(step, "service", NONE);
    }
    assert_true(hours == NULL || end_s <= value(item(hours, 1)));
    assert_int_equal(breaks, pause != NULL);
    assert_true(tasks > 0 && tasks <= number(vehicle, "max_tasks", tasks));
    assert_true(driven_s <= number(vehicle, "max_travel_time", driven_s));
    assert_true(metres <= number(vehicle, "max_distance", metres));
    assert_int_equal(number(route, "duration", NONE), driven_s);
    assert_int_equal(number(route, "cost", NONE), cost_of(problem, vehicle, driven_s, metres, custom));
    *cost += cost_of(problem, vehicle, driven_s, metres, custom);
}

/* ---- All answers ---- */

struct answer {
    int64_t priority, jobs, cost;
};

static bool better(struct answer a, struct answer b)
{
    if (a.priority != b.priority) return a.priority > b.priority;
    return a.jobs != b.jobs ? a.jobs > b.jobs : a.cost < b.cost;
}

struct trying {
    const struct json *problem;
    int32_t jobs, vehicles, dimensions;
    int32_t order[JOBS_ROOM], count; /* of the route being made */
    struct answer best, made;
    double cheapest[VEHICLES_ROOM][1 << JOBS_ROOM]; /* by vehicle and set of jobs; infinite: impossible */
};

/* The cost of one order, left as early as may be; infinite when a rule is broken. No breaks. */
static double price(const struct trying *trying, const struct json *vehicle)
{
    const struct json *problem = trying->problem, *hours = json_get(vehicle, "time_window");
    int64_t now = hours == NULL ? 0 : value(item(hours, 0)), at = number(vehicle, "start_index", NONE);
    int64_t driven_s = 0, metres = 0, custom = 0, load[2] = {0};
    for (int32_t k = 0; k <= trying->count; k++) {
        const struct json *job = k < trying->count ? item(json_get(problem, "jobs"), trying->order[k]) : NULL;
        const int64_t to =
            job == NULL ? number(vehicle, "end_index", NONE) : number(job, "location_index", NONE);
        driven_s += duration(problem, vehicle, at, to);
        now += duration(problem, vehicle, at, to);
        metres += leg(problem, "distances", at, to);
        custom += leg(problem, "costs", at, to);
        if (job != NULL) {
            const struct json *windows = json_get(job, "time_windows"), *w = json_first(windows);
            while (w != NULL && now > value(item(w, 1))) w = json_next(w);
            if ((windows != NULL && w == NULL) || !has_skills(job, vehicle)) return INFINITY;
            if (w != NULL && now < value(item(w, 0))) now = value(item(w, 0));
            now += number(job, "service", 0) + (at == to ? 0 : number(job, "setup", 0));
            for (int32_t d = 0; d < trying->dimensions; d++)
                load[d] += amount(job, "delivery", d) + amount(job, "pickup", d);
        }
        at = to;
    }
    for (int32_t d = 0; d < trying->dimensions; d++)
        if (load[d] > amount(vehicle, "capacity", d)) return INFINITY;
    if ((hours != NULL && now > value(item(hours, 1))) ||
        trying->count > number(vehicle, "max_tasks", INT32_MAX) ||
        driven_s > number(vehicle, "max_travel_time", driven_s) ||
        metres > number(vehicle, "max_distance", metres))
        return INFINITY;
    return (double)cost_of(problem, vehicle, driven_s, metres, custom);
}

static void try_orders(struct trying *trying, int32_t v, int32_t set)
{
    if (trying->count > 0) {
        const double cost = price(trying, item(json_get(trying->problem, "vehicles"), v));
        if (cost < trying->cheapest[v][set]) trying->cheapest[v][set] = cost;
    }
    for (int32_t j = 0; j < trying->jobs; j++) {
        if (set >> j & 1) continue;
        trying->order[trying->count++] = j;
        try_orders(trying, v, set | 1 << j);
        trying->count--;
    }
}

static void try_sets(struct trying *trying, int32_t v, int32_t left, struct answer so_far)
{
    if (v == trying->vehicles) {
        if (better(so_far, trying->best)) trying->best = so_far;
        return;
    }
    for (int32_t set = left;; set = (set - 1) & left) {
        if (set == 0) {
            try_sets(trying, v + 1, left, so_far);
            return;
        }
        if (!isfinite(trying->cheapest[v][set])) continue;
        struct answer more = so_far;
        more.cost += (int64_t)trying->cheapest[v][set];
        for (int32_t j = 0; j < trying->jobs; j++)
            if (set >> j & 1) {
                more.jobs++;
                more.priority += number(item(json_get(trying->problem, "jobs"), j), "priority", 0);
            }
        try_sets(trying, v + 1, left & ~set, more);
    }
}

static struct answer best_of_all(struct trying *trying)
{
    for (int32_t v = 0; v < trying->vehicles; v++) {
        for (int32_t set = 0; set < 1 << trying->jobs; set++) trying->cheapest[v][set] = INFINITY;
        trying->count = 0;
        try_orders(trying, v, 0);
    }
    trying->best = (struct answer){0};
    try_sets(trying, 0, (1 << trying->jobs) - 1, (struct answer){0});
    return trying->best;
}

/* ---- The tests ---- */

static struct json *parse(const char *text)
{
    struct json *root = NULL;
    struct error error;
    if (json_parse("text", text, strlen(text), &root, &error) != ERROR_NONE) fail_msg("%s", error.message);
    return root;
}

/* The answer read back is the plan again, in what is written of it. */
static void read_back(struct vroom_case *it, const char *text)
{
    struct plan plan;
    struct check_report report;
    double cost;
    assert_int_equal(it->benchmark.family->read_solution("a.json", text, strlen(text), &it->benchmark, &plan,
                                                         &cost, &it->diagnostics, &it->error),
                     ERROR_NONE);
    assert_int_equal(check_plan(&it->benchmark.instance, &plan, &it->arena, &report, &it->error), ERROR_NONE);
    char *again = vroom_case_answer(it, &plan, &report);
    assert_string_equal(again, text);
    free(again);
    plan_free(&plan);
}

static struct answer solve_and_drive(const char *problem_text, const struct features *with,
                                     int64_t iterations)
{
    struct vroom_case it;
    struct plan plan;
    struct check_report report;
    struct answer answer = {0};
    int32_t served = 0, left = 0;
    vroom_case_read(&it, problem_text);
    vroom_case_solve(&it, iterations, &plan, &report);
    if (report.violation_count > 0) fail_msg("%s\n%s", violation_name(report.violations[0].kind), it.text);
    char *text = vroom_case_answer(&it, &plan, &report);
    if (getenv("BENNE_SHOW") != NULL) fprintf(stderr, "%s\n%s\n", it.text, text);
    struct json *problem = parse(it.text), *root = parse(text);
    for (const struct json *r = json_first(json_get(root, "routes")); r != NULL; r = json_next(r))
        drive(problem, r, with->dimensions, &answer.cost, &answer.priority, &served);
    for (const struct json *u = json_first(json_get(root, "unassigned")); u != NULL; u = json_next(u))
        left |= bit_of(u);
    assert_int_equal(served & left, 0);
    assert_int_equal(served | left, (1 << with->jobs) - 1);
    answer.jobs = __builtin_popcount((unsigned)served);
    const struct json *summary = json_get(root, "summary");
    assert_int_equal(number(summary, "cost", NONE), answer.cost);
    assert_int_equal(number(summary, "priority", NONE), answer.priority);
    assert_int_equal(number(summary, "unassigned", NONE), with->jobs - answer.jobs);
    read_back(&it, text);
    json_free(problem);
    json_free(root);
    free(text);
    plan_free(&plan);
    vroom_case_free(&it);
    return answer;
}

static void answers_keep_every_rule_of_the_problem(void **state)
{
    (void)state;
    static struct writing text;
    struct rng rng;
    rng_seed(&rng, 9);
    int64_t jobs = 0;
    for (int32_t n = 0; n < 300; n++) {
        const struct features with = {.jobs = 1 + rng_below(&rng, JOBS_ROOM - 1),
                                      .vehicles = 1 + rng_below(&rng, VEHICLES_ROOM),
                                      .dimensions = rng_below(&rng, 3),
                                      .setups = n % 3 == 0,
                                      .breaks = n % 3 != 1,
                                      .limits = n % 4 == 0,
                                      .custom = n % 5 == 0};
        draw(&text, &rng, &with);
        jobs += solve_and_drive(text.text, &with, 30).jobs;
    }
    assert_true(jobs > 600); /* the problems are no empty ones */
}

/* What the instance makes of a problem leaves its best answer possible, and ranks no other above it. */
static void the_best_answer_is_found_among_all(void **state)
{
    (void)state;
    static struct writing text;
    static struct trying trying;
    struct rng rng;
    rng_seed(&rng, 4);
    int32_t found = 0;
    for (int32_t n = 0; n < 120; n++) {
        const struct features with = {.jobs = 1 + rng_below(&rng, 4),
                                      .vehicles = 1 + rng_below(&rng, 2),
                                      .dimensions = rng_below(&rng, 3),
                                      .custom = n % 4 == 0};
        draw(&text, &rng, &with);
        const struct answer answer = solve_and_drive(text.text, &with, 300);
        for (char *c = text.text; *c != '\0'; c++)
            if (*c == '\'') *c = '"';
        struct json *problem = parse(text.text);
        trying.problem = problem;
        trying.jobs = with.jobs;
        trying.vehicles = with.vehicles;
        trying.dimensions = with.dimensions;
        const struct answer best = best_of_all(&trying);
        if (better(answer, best)) fail_msg("better than the best: %s", text.text);
        found += !better(best, answer);
        json_free(problem);
    }
    assert_true(found >= 118);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(answers_keep_every_rule_of_the_problem),
                                       cmocka_unit_test(the_best_answer_is_found_among_all)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
