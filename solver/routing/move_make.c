/* A move as splices, and carrying it out. */
#include "solver/routing/move.h"

/* The way from one visit to the next, ahead. */
static int32_t ahead(const struct solution *solution, int32_t visit, bool back)
{
    return back ? solution->visits[visit].prev : solution->visits[visit].next;
}

static int32_t last_of_piece(const struct solution *solution, int32_t first, int32_t stops, bool back)
{
    for (int32_t k = 1; k < stops; k++) first = ahead(solution, first, back);
    return first;
}

/* Adds the piece from `first` to `last` as seen ahead; `walk_back`: going so means going by prev. */
static void add_piece(struct splice *splice, int32_t first, int32_t last, bool walk_back, bool back)
{
    if (back)
        splice_add(splice, last, first, !walk_back);
    else
        splice_add(splice, first, last, walk_back);
}

/* A piece leaves its place, between `before` and `behind` as the truck drives, for another piece or none. */
struct place_change {
    int32_t vehicle, before, behind; /* visits around the place, as the truck drives */
    struct run run;                  /* what comes */
    bool empty;                      /* nothing comes */
};

static struct splice splice_of(const struct place_change *change)
{
    struct splice splice = {change->vehicle, change->before, change->behind, 0, {{0, 0, false}}};
    if (!change->empty) splice.runs[splice.run_count++] = change->run;
    return splice;
}

/* Both changes in one route. */
static struct splice join_changes(const struct place_change *first, const struct place_change *second)
{
    struct splice splice = {first->vehicle, first->before, second->behind, 0, {{0, 0, false}}};
    if (!first->empty) splice.runs[splice.run_count++] = first->run;
    splice_add(&splice, first->behind, second->before, false);
    if (!second->empty) splice.runs[splice.run_count++] = second->run;
    return splice;
}

static int32_t exchange_splices(const struct solution *solution, const struct move *move,
                                struct splice splices[2])
{
    const bool back = move->back, other_back = back != move->facing;
    const int32_t u = move->u, v = move->v;
    const int32_t x = last_of_piece(solution, u, move->a, back);
    const int32_t before_u = ahead(solution, u, !back), behind_x = ahead(solution, x, back);
    const int32_t z = ahead(solution, v, other_back);
    const int32_t y = last_of_piece(solution, v, move->b + 1, other_back);
    const int32_t behind_y = move->b > 0 ? ahead(solution, y, other_back) : z;
    struct place_change mine = {solution->visits[u].vehicle,
                                back ? behind_x : before_u,
                                back ? before_u : behind_x,
                                {0, 0, false},
                                move->b == 0};
    struct place_change theirs = {solution->visits[v].vehicle,
                                  other_back ? behind_y : v,
                                  other_back ? v : behind_y,
                                  {0, 0, false},
                                  false};
    struct splice one = {.run_count = 0}, two = {.run_count = 0};
    if (move->b > 0) {
        if (move->turned)
            add_piece(&one, y, z, !other_back, back);
        else
            add_piece(&one, z, y, other_back, back);
        mine.run = one.runs[0];
    }
    add_piece(&two, u, x, back, other_back);
    theirs.run = two.runs[0];
    if (mine.vehicle != theirs.vehicle) {
        splices[0] = splice_of(&mine);
        splices[1] = splice_of(&theirs);
        return 2;
    }
    const bool mine_first = solution->tallies[mine.before].order < solution->tallies[theirs.before].order;
    splices[0] = mine_first ? join_changes(&mine, &theirs) : join_changes(&theirs, &mine);
    return 1;
}

/* What follows `from` in its own route goes to the route that ends at `to`, as the truck drives. */
static struct splice follow_on(const struct solution *solution, int32_t to, int32_t from)
{
    const int32_t vehicle = solution->visits[to].vehicle;
    if (solution->visits[from].next < 0) from = visit_end(solution->problem, vehicle);
    return (struct splice){vehicle, to, from, 0, {{0, 0, false}}};
}

static int32_t tails_splices(const struct solution *solution, const struct move *move,
                             struct splice splices[2])
{
    const int32_t before_u = ahead(solution, move->u, !move->back);
    const int32_t behind_v = ahead(solution, move->v, move->back);
    splices[0] = move->back ? follow_on(solution, move->u, move->v) : follow_on(solution, before_u, behind_v);
    splices[1] = move->back ? follow_on(solution, behind_v, before_u) : follow_on(solution, move->v, move->u);
    return 2;
}

/* Heads joined, tails joined: the second head and the first tail are driven the other way. `p` and `q` are
 * the last visits of the two heads. */
static int32_t ends_splices(const struct solution *solution, int32_t p, int32_t q, struct splice splices[2])
{
    const struct problem *problem = solution->problem;
    const int32_t one = solution->visits[p].vehicle, two = solution->visits[q].vehicle;
    const int32_t start = visit_start(problem, two), end = visit_end(problem, one);
    const int32_t behind_p = solution->visits[p].next, behind_q = solution->visits[q].next;
    splices[0] = (struct splice){one, p, end, 0, {{0, 0, false}}};
    if (q != start) splice_add(&splices[0], q, solution->visits[start].next, true);
    splices[1] = (struct splice){two, start, behind_q, 0, {{0, 0, false}}};
    if (behind_p != end) splice_add(&splices[1], solution->visits[end].prev, behind_p, true);
    return 2;
}

static int32_t reversal_splices(const struct solution *solution, int32_t p, int32_t q,
                                struct splice splices[2])
{
    if (solution->tallies[p].order > solution->tallies[q].order) {
        const int32_t swap = p;
        p = q;
        q = swap;
    }
    splices[0] =
        (struct splice){solution->visits[p].vehicle, p, solution->visits[q].next, 0, {{0, 0, false}}};
    splice_add(&splices[0], q, solution->visits[p].next, true);
    return 1;
}

static int32_t new_splices(const struct solution *solution, const struct move *move, struct splice splices[2])
{
    const struct problem *problem = solution->problem;
    const int32_t u = move->u, vehicle = solution->visits[u].vehicle, end = visit_end(problem, vehicle);
    const bool alone = move->kind == MOVE_NEW_STOP;
    splices[0] = (struct splice){
        vehicle, solution->visits[u].prev, alone ? solution->visits[u].next : end, 0, {{0, 0, false}}};
    splices[1] = (struct splice){
        move->v, visit_start(problem, move->v), visit_end(problem, move->v), 0, {{0, 0, false}}};
    splice_add(&splices[1], u, alone ? u : solution->visits[end].prev, false);
    return 2;
}

int32_t move_splices(const struct solution *solution, const struct move *move, struct splice splices[2])
{
    const int32_t p = move->back ? move->u : solution->visits[move->u].prev;
    int32_t q;
    switch (move->kind) {
    case MOVE_EXCHANGE:
        return exchange_splices(solution, move, splices);
    case MOVE_TAILS:
        return tails_splices(solution, move, splices);
    case MOVE_ENDS:
    case MOVE_REVERSAL:
        q = move->back ? move->v : solution->visits[move->v].prev;
        return move->kind == MOVE_ENDS ? ends_splices(solution, p, q, splices)
                                       : reversal_splices(solution, p, q, splices);
    case MOVE_NEW_STOP:
    case MOVE_NEW_TAIL:
        return new_splices(solution, move, splices);
    case MOVE_NONE:
        break;
    }
    return 0;
}

/* Keeps the route of a vehicle as it is. */
static void remember(struct mover *mover, int32_t vehicle)
{
    const struct solution *solution = mover->solution;
    const int32_t k = mover->changed++, end = visit_end(mover->problem, vehicle);
    int32_t count = 0;
    for (int32_t x = solution->visits[visit_start(mover->problem, vehicle)].next; x != end;
         x = solution->visits[x].next)
        mover->before[k].visits[count++] = x;
    mover->before[k].vehicle = vehicle;
    mover->before[k].count = count;
    mover->before[k].cost = solution->routes[vehicle].cost;
}

int32_t move_make(struct mover *mover, const struct move *move, int32_t ends[MOVE_ENDS_MAX])
{
    struct solution *solution = mover->solution;
    struct splice splices[2];
    int32_t counts[2], ends_count = 0;
    const int32_t count = move_splices(solution, move, splices);
    mover->changed = 0;
    mover->apart = solution->totals.apart;
    for (int32_t s = 0; s < count; s++) {
        solution_save(solution, splices[s].vehicle);
        remember(mover, splices[s].vehicle);
        counts[s] = splice_list(solution, &splices[s], mover->lists[s]);
        ends[ends_count++] = splices[s].prefix;
        ends[ends_count++] = splices[s].suffix;
        for (int32_t r = 0; r < splices[s].run_count; r++) {
            ends[ends_count++] = splices[s].runs[r].first;
            ends[ends_count++] = splices[s].runs[r].last;
        }
    }
    for (int32_t s = 0; s < count; s++)
        solution_restring(solution, splices[s].vehicle, mover->lists[s], counts[s]);
    return ends_count;
}

bool move_confirm(struct mover *mover)
{
    struct solution *solution = mover->solution;
    money cost = 0;
    bool sound = true;
    for (int32_t k = 0; k < mover->changed; k++) {
        const int32_t vehicle = mover->before[k].vehicle;
        sound = sound && solution_confirm(solution, vehicle);
        cost += solution->routes[vehicle].cost - mover->before[k].cost;
    }
    if (sound && cost + solution->totals.apart < mover->apart) return true;
    for (int32_t k = 0; k < mover->changed; k++)
        solution_restring(solution, mover->before[k].vehicle, mover->before[k].visits,
                          mover->before[k].count);
    for (int32_t k = 0; k < mover->changed; k++)
        solution_set_cost(solution, mover->before[k].vehicle, mover->before[k].cost);
    return false;
}

void move_tidy(struct mover *mover)
{
    struct solution *solution = mover->solution;
    for (int32_t k = 0; k < mover->changed; k++) {
        const int32_t vehicle = mover->before[k].vehicle;
        if (solution_tidy(solution, vehicle) == 0) continue;
        solution_refresh(solution, vehicle, visit_start(mover->problem, vehicle),
                         visit_end(mover->problem, vehicle));
    }
}
