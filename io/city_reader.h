/* What the readers of a city's files share; inside io/city*.c only.
 *
 * Each file has one function, city_read_*. It reports what is wrong with the data in the diagnostics and
 * goes on, so that all faults are found; its error code is for memory and the disk alone. Files are read
 * in the order of their references: streams are named by disposal sites and compartments before bins use
 * them. References to a file that could not be used are not judged.
 */
#ifndef BENNE_IO_CITY_READER_H
#define BENNE_IO_CITY_READER_H

#include "io/city.h"
#include "io/city_table.h"
#include "io/json.h"
#include "io/proj.h"
#include "solver/base/ids.h"

/* The ids of one file, the line of each, and whether all its rows could be read. */
struct registry {
    struct ids ids;
    const char *file;
    struct {
        int64_t *items;
        int64_t count, capacity;
    } lines;
    bool complete;
};

/* A place as read, for the checks that need them all. */
enum place_kind { PLACE_DEPOT, PLACE_SITE, PLACE_BIN };
struct read_place {
    struct position position;
    int64_t line;
    enum place_kind kind;
};

struct city_reader {
    const char *folder;
    struct arena *arena;
    struct city *city;
    struct diagnostics *list;
    struct projection *projection; /* NULL: no crs */
    struct registry depots, sites, vehicles, bins, agents;
    struct ids streams, tags, rounds, energies;
    stream_mask site_streams, vehicle_streams; /* taken by some site, by some vehicle */
    stream_mask refused_streams;               /* already complained about */
    const char *matrix_file, *rules;
    struct {
        struct time_window *items;
        int64_t count, capacity;
    } windows;
    struct {
        struct read_place *items;
        int64_t count, capacity;
    } places;
    struct {
        struct city_file *items;
        int64_t count, capacity;
    } files;
};

/* ---- city_reader.c ---- */

error_code city_reader_open(struct city_reader *reader, const char *folder, struct arena *arena,
                            struct city *city, struct diagnostics *list, struct error *error) ERROR_CHECKED;
void city_reader_close(struct city_reader *reader);

/* "folder/name", in the arena. NULL when memory is exhausted. */
const char *reader_path(struct city_reader *reader, const char *name);
bool reader_has_file(struct city_reader *reader, const char *name);

/* Notes a file for the manifest. */
error_code reader_note_file(struct city_reader *reader, const char *name, const struct text_facts *facts,
                            int64_t rows, struct error *error) ERROR_CHECKED;

/* table_open and table_close for a file of the folder. A file that is not there has no rows: an error when
 * it is needed. A needed file without any row is an error too. */
typedef enum table_need {
    NEED_NONE, /* the file may be absent */
    NEED_FILE, /* it must be there; a header alone is a warning (a city without a sensor has no reading) */
    NEED_ROWS  /* and hold something */
} table_need;

struct table_spec {
    const char *file;
    const struct column *columns;
    int32_t column_count;
    table_need need;
    bool about_agents;
};
error_code reader_open_table(struct city_reader *reader, const struct table_spec *spec, struct table *table,
                             struct error *error) ERROR_CHECKED;
error_code reader_close_table(struct city_reader *reader, const struct table_spec *spec, struct table *table,
                              struct error *error) ERROR_CHECKED;

/* A JSON file of the folder: source.root is NULL when it could not be read, for reasons in the diagnostics.
 */
struct reader_json {
    char *text;
    struct json *root;
    struct json_source source;
};
error_code reader_load_json(struct city_reader *reader, const char *name, struct reader_json *json,
                            struct error *error) ERROR_CHECKED;
void reader_free_json(struct reader_json *json);

/* Complains about a row read long ago: looks it up again. */
error_code reader_complain_later(struct city_reader *reader, const struct table_spec *spec, int64_t line,
                                 int32_t column, severity level, const char *message,
                                 struct error *error) ERROR_CHECKED;

/* Items of a growing list to the arena: *sealed points to the copy. */
error_code reader_seal(struct city_reader *reader, const void *items, int64_t count, size_t size,
                       void *sealed, struct error *error) ERROR_CHECKED;

/* The row's new id, or -1 with a complaint when it is empty or known already. Fills *id. */
int32_t registry_add(struct registry *registry, struct table *table, int32_t column, const char **id);

/* The row's reference, or -1: with a complaint when it is unknown, without when it is empty and optional. */
int32_t registry_find(const struct registry *registry, struct table *table, int32_t column);

/* Windows of a field, kept in the reader's list. */
struct span reader_windows(struct city_reader *reader, struct table *table, int32_t column);

/* Streams of "glass" or "glass+paper", adding new names; 0 with a complaint. */
stream_mask reader_streams(struct city_reader *reader, struct table *table, int32_t column, const char *text,
                           size_t length);

/* Access tags of a field: words; new ones are added when `add`, else refused. */
tag_mask reader_tags(struct city_reader *reader, struct table *table, int32_t column, bool add);

/* A place has lat and lon, or x and y: four columns in this order from `first`. */
bool reader_has_position(struct city_reader *reader, struct table *table, int32_t first);
bool reader_position(struct city_reader *reader, struct table *table, int32_t first, enum place_kind kind,
                     struct position *position);

/* ---- One function a file ---- */

error_code city_read_json(struct city_reader *reader, struct error *error) ERROR_CHECKED;
error_code city_read_depots(struct city_reader *reader, struct error *error) ERROR_CHECKED;
error_code city_read_sites(struct city_reader *reader, struct error *error) ERROR_CHECKED;
error_code city_read_vehicles(struct city_reader *reader, struct error *error) ERROR_CHECKED;
error_code city_read_bins(struct city_reader *reader, struct error *error) ERROR_CHECKED;
error_code city_check_places(struct city_reader *reader, struct error *error) ERROR_CHECKED;
error_code city_read_fixed_rounds(struct city_reader *reader, struct error *error) ERROR_CHECKED;
error_code city_read_locks(struct city_reader *reader, struct error *error) ERROR_CHECKED;
error_code city_read_actuals(struct city_reader *reader, struct error *error) ERROR_CHECKED;
error_code city_read_calendar(struct city_reader *reader, struct error *error) ERROR_CHECKED;
error_code city_read_survey(struct city_reader *reader, struct error *error) ERROR_CHECKED;
error_code city_read_agents(struct city_reader *reader, struct error *error) ERROR_CHECKED;
error_code city_read_absences(struct city_reader *reader, struct error *error) ERROR_CHECKED;
error_code city_read_leave(struct city_reader *reader, struct error *error) ERROR_CHECKED;
error_code city_read_requests(struct city_reader *reader, struct error *error) ERROR_CHECKED;
error_code city_read_emptyings(struct city_reader *reader, struct error *error) ERROR_CHECKED;
error_code city_read_readings(struct city_reader *reader, struct error *error) ERROR_CHECKED;
error_code city_read_matrix(struct city_reader *reader, struct error *error) ERROR_CHECKED;
error_code city_read_rules(struct city_reader *reader, struct error *error) ERROR_CHECKED;

/* The files of places, for later complaints, by place_kind. */
extern const struct table_spec city_depots_spec, city_sites_spec, city_bins_spec;

/* ---- city_table_json.c ---- */

/* Into count² cells that hold TRAVEL_UNREACHABLE, 0 on the diagonal. */
error_code city_read_table_json(struct city_reader *reader, int32_t count, int32_t *distance_m,
                                int32_t *duration_s, struct error *error) ERROR_CHECKED;

#endif
