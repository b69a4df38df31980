/* What the parts of a round cost: moves by kind, insertions, ruins, refits, timetables; in nanoseconds.
 *
 *     bench_moves [--smoke | STOPS [REPETITIONS]]
 *
 * Three made days (moves/day.h) of STOPS (default 1,000) collection points are planned by some rounds of the
 * search. Then, REPETITIONS (31) times, these are timed:
 *   at rest          move_find for every stop of the plan
 *   around a change  the same for the stops that some ruins and rebuildings have touched, where a descent
 *                    would begin; none of the moves is made in between
 *   by kind          moves found there: priced by their splices; made and undone, numbering included
 *
 * Splices price a move exactly; the search first estimates it by legs and overload, which in a plain problem
 * is all. That cannot be told apart by kind from outside: it is in move_find as a whole. Moves to an idle
 * vehicle, offered to overloaded routes alone, are made up: one for each stop touched. Where fewer than CALLS
 * moves of a kind were found they are repeated: caches are warmer here than in a search.
 *
 * Prints medians over the repetitions of the mean of each (moves/stopwatch.h). Exits with 1 when a move does
 * not cost what it has promised, undoing one leaves a trace, or a timetable costs other than its route.
 */
#include "bench/moves/day.h"
#include "bench/moves/stopwatch.h"
#include "solver/routing/construct.h"
#include "solver/routing/lane.h"
#include "solver/routing/proximity.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STOPS_DEFAULT = 1000, REPETITIONS_DEFAULT = 31, ROUNDS = 3000 };
enum { STOPS_SMOKE = 100, REPETITIONS_SMOKE = 3, ROUNDS_SMOKE = 100 };
/* Ruins before moves are looked for; whole rounds, and least moves of a kind, that are timed together. */
enum { RUINS = 20, WHOLE_ROUNDS = 20, CALLS = 100 };
/* Stops taken out on average; the temperature of whole rounds, in mean legs: that of mid-search. */
static const double REMOVED = 8, BLINK = 0.01, TEMPERATURE = 0.1;

static const char *const KINDS[] = {
    [MOVE_EXCHANGE] = "exchange of pieces", [MOVE_TAILS] = "tails",       [MOVE_ENDS] = "ends",
    [MOVE_REVERSAL] = "reversal",           [MOVE_NEW_STOP] = "new stop", [MOVE_NEW_TAIL] = "new tail"};
enum { KIND_COUNT = sizeof KINDS / sizeof *KINDS };

typedef enum part { AT_REST, AROUND, RUIN, INSERTION, REFIT, REBUILD, ROUND, TIMETABLE, PART_COUNT } part;
static const char *const PARTS[PART_COUNT] = {
    [AT_REST] = "finding a move, a stop at rest",
    [AROUND] = "finding a move, a stop around a change",
    [RUIN] = "ruin, a round",
    [INSERTION] = "insertion, a stop",
    [REFIT] = "refit, a route",
    [REBUILD] = "ruin and rebuilding, a round",
    [ROUND] = "a whole round, descent included",
    [TIMETABLE] = "timetable, a route",
};

struct figures {
    struct samples parts[PART_COUNT];
    struct samples price[KIND_COUNT], make[KIND_COUNT];
    int64_t found[KIND_COUNT], looked; /* moves by kind, of so many stops around a change */
    int64_t resting, rested;           /* stops at rest without a move, of so many */
    double stops_a_route, nodes_a_route;
};

/* A plan and what it takes to change it. */
struct rig {
    struct routing_options options;
    struct limits limits;
    struct problem problem;
    struct course course;
    struct lane lane;
    struct snapshot plan;
    struct figures *figures;
    struct stopwatch work, wall; /* wall: for the parts of a round, which are short */
    int32_t *touched, touched_count;
    struct move *moves, *batch;
    int32_t batch_count;
    bool sound;
};

/* --- the plan --- */

static error_code rig_init(struct rig *rig, const struct instance *in, int64_t rounds, struct arena *arena,
                           struct error *error)
{
    error_code rc = ERROR_NONE;
    struct lane *lane = &rig->lane;
    struct solution *solution = &lane->solution;
    const size_t stops = (size_t)in->stop_count;
    rig->work = stopwatch_make(STOPWATCH_WORK);
    rig->wall = stopwatch_make(STOPWATCH_WALL);
    rig->sound = true;
    rig->options = routing_options_default();
    rig->options.iterations = rounds;
    rig->options.time_limit_s = 0;
    rig->limits = limits_from_now(&rig->options);
    TRY_NEW(arena, rig->touched, stops);
    TRY_NEW(arena, rig->moves, stops);
    TRY_NEW(arena, rig->batch, stops);
    TRY(problem_build(in, arena, &rig->problem, error));
    TRY(proximity_find(&rig->problem, arena, error));
    rig->course =
        (struct course){.problem = &rig->problem, .limits = &rig->limits, .due = rounds, .until = 1};
    TRY(snapshot_init(&rig->plan, &rig->problem, error));
    TRY(lane_init(lane, &rig->course, rig->options.seed, 0, error));
    construct(lane);
    rig->course.leg_scale = construct_leg_scale(solution);
    solution->soft = construct_soft(&rig->problem, rig->course.leg_scale);
    lane->share = rounds;
    lane_run(lane);
    for (int32_t v = 0; v < in->vehicle_count; v++)
        solution->memory &= snapshot_take_route(&rig->plan, solution, v);
    rig->plan.totals = solution->totals;
    if (!solution->memory) return error_memory(error);
done:
    return rc;
}

static void rig_free(struct rig *rig)
{
    lane_free(&rig->lane);
    snapshot_free(&rig->plan);
}

/* --- a round but for its descent --- */

/* The stops that a descent would begin with, and are still served. */
static void list_touched(struct rig *rig)
{
    struct descent *descent = &rig->lane.descent;
    rig->touched_count = 0;
    for (int32_t k = 0; k < descent->count; k++)
        if (rig->lane.solution.visits[descent->queue[k]].vehicle >= 0)
            rig->touched[rig->touched_count++] = descent->queue[k];
    descent_forget(descent);
}

/* Ruins and rebuilds the plan in some places. */
static void disturb(struct rig *rig)
{
    struct lane *lane = &rig->lane;
    struct solution *solution = &lane->solution;
    struct samples *parts = rig->figures->parts;
    const struct insertion_terms insertion = {.blink = BLINK};
    double ruin_ns = 0, insertion_ns = 0, refit_ns = 0;
    int64_t inserted = 0, refitted = 0;
    snapshot_restore(&rig->plan, solution);
    for (int32_t k = 0; k < RUINS; k++) {
        const struct ruin_terms ruin = {(ruin_shape)(k % RUIN_SHAPES), REMOVED, lane->seeds, lane->seed_count,
                                        lane->course->optional};
        solution_mark(solution);
        double from_ns = stopwatch_now_ns(&rig->wall);
        const bool sound = ruin_make(&lane->ruin, solution, &ruin, &lane->rng);
        ruin_order(&lane->ruin, &rig->problem, &lane->rng);
        ruin_ns += stopwatch_since_ns(&rig->wall, from_ns);
        if (!sound) {
            solution_undo(solution);
            continue;
        }
        from_ns = stopwatch_now_ns(&rig->wall);
        for (int32_t s = 0; s < lane->ruin.count; s++) lane_put_back(lane, lane->ruin.stops[s], &insertion);
        insertion_ns += stopwatch_since_ns(&rig->wall, from_ns);
        inserted += lane->ruin.count;
        from_ns = stopwatch_now_ns(&rig->wall);
        refit_changed(&lane->refit, solution);
        refit_ns += stopwatch_since_ns(&rig->wall, from_ns);
        refitted += solution->saved.count;
        descent_touch_changed(&lane->descent);
    }
    list_touched(rig);
    samples_add(&parts[RUIN], ruin_ns, RUINS);
    samples_add(&parts[INSERTION], insertion_ns, inserted);
    if (rig->problem.site_count > 0) samples_add(&parts[REFIT], refit_ns, refitted);
    samples_add(&parts[REBUILD], ruin_ns + insertion_ns + refit_ns, RUINS);
}

static void time_rounds(struct rig *rig)
{
    snapshot_restore(&rig->plan, &rig->lane.solution);
    const double from_ns = stopwatch_now_ns(&rig->work);
    for (int32_t k = 0; k < WHOLE_ROUNDS; k++) lane_round(&rig->lane, TEMPERATURE * rig->course.leg_scale);
    samples_add(&rig->figures->parts[ROUND], stopwatch_since_ns(&rig->work, from_ns), WHOLE_ROUNDS);
}

/* --- moves --- */

/* Finds a move for each stop touched, twice: the first time numbers the routes. */
static void time_finding(struct rig *rig, struct samples *samples)
{
    struct mover *mover = &rig->lane.descent.mover;
    for (int32_t k = 0; k < rig->touched_count; k++) (void)move_find(mover, rig->touched[k]);
    const double from_ns = stopwatch_now_ns(&rig->work);
    for (int32_t k = 0; k < rig->touched_count; k++) rig->moves[k] = move_find(mover, rig->touched[k]);
    samples_add(samples, stopwatch_since_ns(&rig->work, from_ns), rig->touched_count);
}

static int64_t count_found(const struct rig *rig, int64_t found[KIND_COUNT])
{
    int64_t count = 0;
    for (int32_t k = 0; k < rig->touched_count; k++) {
        if (rig->moves[k].kind == MOVE_NONE) continue;
        found[rig->moves[k].kind]++;
        count++;
    }
    return count;
}

/* What the routes of the move would cost, by its splices; INT64_MAX: a rule is broken. */
static money price_of(const struct solution *solution, const struct move *move)
{
    struct splice splices[2];
    const int32_t count = move_splices(solution, move, splices);
    money sum = 0;
    for (int32_t s = 0; s < count; s++) {
        const money price = splice_price(solution, &splices[s]);
        if (price == INT64_MAX) return INT64_MAX;
        sum += price;
    }
    return sum;
}

static void number_routes(struct rig *rig, const struct move *move)
{
    struct solution *solution = &rig->lane.solution;
    const bool idle = move->kind == MOVE_NEW_STOP || move->kind == MOVE_NEW_TAIL;
    solution_number(solution, solution->visits[move->u].vehicle);
    solution_number(solution, idle ? move->v : solution->visits[move->v].vehicle);
}

static void make_and_undo(struct rig *rig, const struct move *move)
{
    int32_t ends[MOVE_ENDS_MAX];
    solution_mark(&rig->lane.solution);
    number_routes(rig, move);
    (void)move_make(&rig->lane.descent.mover, move, ends);
    solution_undo(&rig->lane.solution);
}

static money priced_cost(const struct solution *solution)
{
    return solution->totals.cost + overload_price(&solution->soft, solution->totals.over);
}

/* Does the move cost what it has promised, and its undoing bring back what was? */
static bool keeps_promise(struct rig *rig, const struct move *move)
{
    struct solution *solution = &rig->lane.solution;
    int32_t ends[MOVE_ENDS_MAX];
    const money before = priced_cost(solution);
    solution_mark(solution);
    number_routes(rig, move);
    (void)move_make(&rig->lane.descent.mover, move, ends);
    const bool kept = rig->problem.intricate || priced_cost(solution) == before + move->delta;
    solution_undo(solution);
    number_routes(rig, move);
    return kept && priced_cost(solution) == before;
}

/* Lists the moves of a kind that were found; those of an idle vehicle are made up where there is a price of
 * overload. */
static void list_batch(struct rig *rig, move_kind kind)
{
    struct solution *solution = &rig->lane.solution;
    rig->batch_count = 0;
    if (kind != MOVE_NEW_STOP && kind != MOVE_NEW_TAIL) {
        for (int32_t k = 0; k < rig->touched_count; k++)
            if (rig->moves[k].kind == kind) rig->batch[rig->batch_count++] = rig->moves[k];
        return;
    }
    const int32_t idle = rig->problem.site_count > 0 ? -1 : solution_idle(solution, 0);
    for (int32_t k = 0; k < rig->touched_count && idle >= 0; k++) {
        struct move move = {.kind = kind, .u = rig->touched[k], .v = idle};
        const int32_t vehicle = solution->visits[move.u].vehicle;
        number_routes(rig, &move);
        move.delta = price_of(solution, &move) - solution->routes[vehicle].cost -
                     solution_over_price(solution, vehicle);
        rig->batch[rig->batch_count++] = move;
    }
}

static void time_kind(struct rig *rig, move_kind kind)
{
    static volatile money sink;
    list_batch(rig, kind);
    if (rig->batch_count == 0) return;
    const int32_t times = 1 + (CALLS - 1) / rig->batch_count;
    const int64_t calls = (int64_t)times * rig->batch_count;
    for (int32_t k = 0; k < rig->batch_count; k++) number_routes(rig, &rig->batch[k]);
    double from_ns = stopwatch_now_ns(&rig->work);
    for (int32_t t = 0; t < times; t++)
        for (int32_t k = 0; k < rig->batch_count; k++) sink = price_of(&rig->lane.solution, &rig->batch[k]);
    samples_add(&rig->figures->price[kind], stopwatch_since_ns(&rig->work, from_ns), calls);
    (void)sink;
    if (kind == MOVE_NEW_STOP || kind == MOVE_NEW_TAIL)
        for (int32_t k = 0; k < rig->batch_count; k++) rig->sound &= keeps_promise(rig, &rig->batch[k]);
    from_ns = stopwatch_now_ns(&rig->work);
    for (int32_t t = 0; t < times; t++)
        for (int32_t k = 0; k < rig->batch_count; k++) make_and_undo(rig, &rig->batch[k]);
    samples_add(&rig->figures->make[kind], stopwatch_since_ns(&rig->work, from_ns), calls);
}

/* --- timetables --- */

static void time_timetables(struct rig *rig)
{
    struct solution *solution = &rig->lane.solution;
    double ns = 0;
    int64_t stops = 0, nodes = 0;
    for (int32_t k = 0; k < solution->used_count; k++) {
        struct schedule schedule;
        const int32_t vehicle = solution->used[k], count = solution_nodes(solution, vehicle, NULL);
        stops += solution->routes[vehicle].stops;
        nodes += count;
        if (!timetable_reserve(&solution->timetable, count)) return;
        const double from_ns = stopwatch_now_ns(&rig->wall);
        for (int32_t t = 0; t < 10; t++)
            schedule_route(&rig->problem, vehicle, solution->scratch, count, &solution->timetable, &schedule);
        ns += stopwatch_since_ns(&rig->wall, from_ns);
        rig->sound &= schedule.feasible && schedule.cost == solution->routes[vehicle].cost;
    }
    samples_add(&rig->figures->parts[TIMETABLE], ns, 10 * (int64_t)solution->used_count);
    rig->figures->stops_a_route = (double)stops / (double)solution->used_count;
    rig->figures->nodes_a_route = (double)nodes / (double)solution->used_count;
}

/* --- all of it --- */

static void repeat(struct rig *rig)
{
    struct solution *solution = &rig->lane.solution;
    struct figures *figures = rig->figures;
    snapshot_restore(&rig->plan, solution);
    time_timetables(rig);
    rig->touched_count = 0;
    for (int32_t stop = 0; stop < rig->problem.stop_count; stop++)
        if (solution->visits[stop].vehicle >= 0) rig->touched[rig->touched_count++] = stop;
    int64_t at_rest[KIND_COUNT] = {0};
    time_finding(rig, &figures->parts[AT_REST]);
    figures->rested += rig->touched_count;
    figures->resting += rig->touched_count - count_found(rig, at_rest);
    disturb(rig);
    time_finding(rig, &figures->parts[AROUND]);
    figures->looked += rig->touched_count;
    (void)count_found(rig, figures->found);
    for (int32_t k = 0; k < rig->touched_count; k++)
        if (rig->moves[k].kind != MOVE_NONE) rig->sound &= keeps_promise(rig, &rig->moves[k]);
    for (move_kind kind = MOVE_EXCHANGE; kind <= MOVE_NEW_TAIL; kind++) time_kind(rig, kind);
    time_rounds(rig);
}

static error_code run(const struct day_variant *variant, int32_t stops, int32_t repetitions, int64_t rounds,
                      struct figures *figures, bool *sound, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct arena arena;
    struct instance in;
    struct rig rig = {.figures = figures};
    arena_init(&arena);
    TRY(day_make(variant, stops, &arena, &in, error));
    TRY(rig_init(&rig, &in, rounds, &arena, error));
    for (int32_t k = 0; k < repetitions; k++) repeat(&rig);
    if (!rig.lane.solution.memory) rc = error_memory(error);
    *sound &= rig.sound;
done:
    rig_free(&rig);
    arena_free(&arena);
    return rc;
}

static void print_cell(struct samples *samples)
{
    if (samples->count == 0)
        printf(" - |");
    else
        printf(" %.0f |", samples_median(samples));
}

static void print(struct figures figures[DAY_VARIANT_COUNT])
{
    printf("| ns |");
    for (int32_t v = 0; v < DAY_VARIANT_COUNT; v++) printf(" %s |", DAY_VARIANTS[v].name);
    printf("\n|---|---|---|---|\n");
    for (int32_t p = 0; p < PART_COUNT; p++) {
        printf("| %s |", PARTS[p]);
        for (int32_t v = 0; v < DAY_VARIANT_COUNT; v++) print_cell(&figures[v].parts[p]);
        printf("\n");
    }
    printf("\n| found %%; pricing, making and undoing ns |");
    for (int32_t v = 0; v < DAY_VARIANT_COUNT; v++) printf(" %s | price | make |", DAY_VARIANTS[v].name);
    printf("\n|---|---|---|---|---|---|---|---|---|---|\n");
    for (move_kind kind = MOVE_EXCHANGE; kind <= MOVE_NEW_TAIL; kind++) {
        printf("| %s |", KINDS[kind]);
        for (int32_t v = 0; v < DAY_VARIANT_COUNT; v++) {
            printf(" %.1f |", 100.0 * (double)figures[v].found[kind] / (double)figures[v].looked);
            print_cell(&figures[v].price[kind]);
            print_cell(&figures[v].make[kind]);
        }
        printf("\n");
    }
    for (int32_t v = 0; v < DAY_VARIANT_COUNT; v++)
        printf("%s: %.1f stops and %.1f nodes a route; %.1f %% of the stops at rest have no move\n",
               DAY_VARIANTS[v].name, figures[v].stops_a_route, figures[v].nodes_a_route,
               100.0 * (double)figures[v].resting / (double)figures[v].rested);
}

int main(int argc, char **argv)
{
    static struct figures figures[DAY_VARIANT_COUNT];
    const bool smoke = argc > 1 && strcmp(argv[1], "--smoke") == 0;
    const int64_t stops = smoke ? STOPS_SMOKE : argc > 1 ? strtoll(argv[1], NULL, 10) : STOPS_DEFAULT;
    const int64_t repetitions = smoke      ? REPETITIONS_SMOKE
                                : argc > 2 ? strtoll(argv[2], NULL, 10)
                                           : REPETITIONS_DEFAULT;
    struct error error = {0};
    error_code rc = ERROR_NONE;
    bool sound = true;
    if (stops < 20 || stops > 10000 || repetitions < 1 || repetitions > SAMPLES_MAX) {
        fprintf(stderr, "usage: bench_moves [--smoke | STOPS [REPETITIONS]], 20 to 10000 and 1 to %d\n",
                SAMPLES_MAX);
        return error_exit_status(ERROR_USAGE);
    }
    for (int32_t v = 0; v < DAY_VARIANT_COUNT && rc == ERROR_NONE; v++)
        rc = run(&DAY_VARIANTS[v], (int32_t)stops, (int32_t)repetitions, smoke ? ROUNDS_SMOKE : ROUNDS,
                 &figures[v], &sound, &error);
    if (rc != ERROR_NONE) {
        fprintf(stderr, "bench_moves: %s\n", error.message);
        return error_exit_status(rc);
    }
    print(figures);
    if (!sound) printf("a move does not cost what it has promised, or its undoing leaves a trace\n");
    return sound ? 0 : 1;
}
