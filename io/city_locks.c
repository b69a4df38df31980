/* locks.csv: what a dispatcher has fixed before the plan is sought. */
#include "io/city_reader.h"

#include "solver/base/array.h"
#include "solver/base/message.h"
#include "solver/model/lock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LOCK_BIN, LOCK_VEHICLE, LOCK_POSITION, LOCK_AFTER, LOCK_COLUMNS };
static const struct column columns[LOCK_COLUMNS] = {
    {"bin_id", false}, {"vehicle_id", true}, {"position", true}, {"after_bin_id", true}};
static const struct table_spec spec = {"locks.csv", columns, LOCK_COLUMNS, NEED_NONE, false};

enum { POSITION_MAX = 10000, WORD_SIZE = 32 };

/* "first", "last", 3, -2; 0 when the field is empty or faulty. */
static int32_t take_position(struct table *table)
{
    static const struct {
        const char *word;
        int32_t position;
    } WORDS[] = {{"first", 1},    {"last", -1},    {"premier", 1},
                 {"premiere", 1}, {"dernier", -1}, {"derniere", -1}};
    const struct csv_field *field = table_field(table, LOCK_POSITION);
    char folded[WORD_SIZE], *end;
    if (field == NULL) return 0;
    if (text_fold(field->text, field->length, folded, sizeof folded) < sizeof folded)
        for (size_t w = 0; w < sizeof WORDS / sizeof *WORDS; w++)
            if (strcmp(folded, WORDS[w].word) == 0) return WORDS[w].position;
    char number[WORD_SIZE];
    snprintf(number, sizeof number, "%.*s", (int)(field->length < WORD_SIZE ? field->length : WORD_SIZE - 1),
             field->text);
    const long position = strtol(number, &end, 10);
    if (end != number && *end == '\0' && field->length < WORD_SIZE && position != 0 &&
        position >= -POSITION_MAX && position <= POSITION_MAX)
        return (int32_t)position;
    table_refuse(table, LOCK_POSITION,
                 _("expected first, last, a place from the start such as 3, or from the end such as -2"));
    return 0;
}

static bool read_lock(struct city_reader *reader, struct table *table, struct city_lock *lock)
{
    lock->bin = registry_find(&reader->bins, table, LOCK_BIN);
    lock->vehicle = registry_find(&reader->vehicles, table, LOCK_VEHICLE);
    lock->position = take_position(table);
    lock->after = registry_find(&reader->bins, table, LOCK_AFTER);
    lock->line = table->line;
    if (!table->row_faulty && lock->vehicle < 0 && lock->position == 0 && lock->after < 0)
        table_complain(table, SEVERITY_ERROR, LOCK_BIN, "%s",
                       _("nothing is locked: expected a vehicle_id, a position or an after_bin_id"));
    return !table->row_faulty;
}

static int compare_locks(const void *left, const void *right)
{
    const struct city_lock *a = left, *b = right;
    if (a->bin != b->bin) return a->bin < b->bin ? -1 : 1;
    return (a->line > b->line) - (a->line < b->line);
}

static error_code complain(struct city_reader *reader, int64_t line, const char *sentence,
                           struct error *error)
{
    return reader_complain_later(reader, &spec, line, LOCK_BIN, SEVERITY_ERROR, sentence, error);
}

/* The locks contradict each other when they would with all bins in one night, each a stop. */
static error_code check_locks_together(struct city_reader *reader, struct error *error)
{
    error_code rc = ERROR_NONE;
    const struct city *city = reader->city;
    struct lock *locks;
    struct lock_fault fault;
    TRY_NEW(reader->arena, locks, city->lock_count);
    for (int32_t l = 0; l < city->lock_count; l++) {
        const struct city_lock *it = &city->locks[l];
        if (l > 0 && it->bin == it[-1].bin) {
            TRY(complain(reader, it->line, _("the bin has a lock already"), error));
            goto done;
        }
        locks[l] = (struct lock){it->bin, it->vehicle, it->position, it->after};
    }
    const struct instance whole = {.stop_count = city->bin_count,
                                   .vehicle_count = city->vehicle_count,
                                   .lock_count = city->lock_count,
                                   .locks = locks};
    TRY(locks_find_fault(&whole, &fault, error));
    if (fault.sentence == NULL) goto done;
    const struct city_lock *faulty = city->locks;
    for (int32_t l = 0; l < city->lock_count; l++)
        if (city->locks[l].bin == fault.stop) faulty = &city->locks[l];
    TRY(complain(reader, faulty->line, fault.sentence, error));
done:
    return rc;
}

error_code city_read_locks(struct city_reader *reader, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct table table;
    struct {
        struct city_lock *items;
        int64_t count, capacity;
    } locks = {0};
    TRY(reader_open_table(reader, &spec, &table, error));
    while (table_next(&table)) {
        struct city_lock lock;
        if (read_lock(reader, &table, &lock) && !array_push(&locks, lock)) table_exhausted(&table);
    }
    TRY(reader_close_table(reader, &spec, &table, error));
    if (locks.count > 0) qsort(locks.items, (size_t)locks.count, sizeof *locks.items, compare_locks);
    TRY(reader_seal(reader, locks.items, locks.count, sizeof *locks.items, &reader->city->locks, error));
    reader->city->lock_count = (int32_t)locks.count;
    if (locks.count > 0) TRY(check_locks_together(reader, error));
done:
    array_free(&locks);
    return rc;
}
