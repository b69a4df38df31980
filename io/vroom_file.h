/* What a VROOM problem has said, between reading it (vroom_read.c), building the instance (vroom_build.c)
 * and writing the solution (vroom_write.c). Times are the file's own; everything lives in the arena. */
#ifndef BENNE_IO_VROOM_FILE_H
#define BENNE_IO_VROOM_FILE_H

#include "io/vroom.h"

/* VROOM's numbers are unsigned and of 32 bits; ids are whole up to what a JSON number holds. */
#define VROOM_NUMBER_MAX INT64_C(4294967295)
#define VROOM_ID_MAX (INT64_C(1) << 53)

enum { VROOM_PRIORITY_MAX = 100, VROOM_NAME_SIZE = 96, VROOM_SENTENCE_SIZE = 256 };

struct vroom_window {
    int64_t open, close;
};

/* A position as the file gives it; `location` counts the different ones from 0, -1: none is given. */
struct vroom_spot {
    int32_t location;
    bool indexed, placed; /* by *_index, by coordinates */
    int64_t index;
    double lon, lat;
};

struct vroom_job {
    const struct json *value; /* while the file is being read */
    int64_t id;
    const char *description; /* NULL: none */
    struct vroom_spot spot;
    int64_t setup_s, service_s;
    int64_t *delivery, *pickup; /* by dimension */
    tag_mask tags;
    int64_t priority;
    struct vroom_window *windows;
    int32_t window_count;
    bool setup_on_the_way; /* its setup is part of the leg that leads to it */
};

struct vroom_break {
    bool given;
    int64_t id, service_s;
    const char *description;
    struct vroom_window window;
};

struct vroom_vehicle {
    const struct json *value;
    int64_t id;
    const char *description;
    int32_t profile;
    struct vroom_spot start, end;
    int64_t *capacity; /* by dimension */
    tag_mask tags;
    bool has_window;
    struct vroom_window window;
    struct vroom_break pause;
    int64_t fixed, per_hour, per_km, per_task_hour;
    int32_t pace;                                         /* per cent of the profile's durations */
    int64_t max_tasks, max_travel_time_s, max_distance_m; /* -1: none */
};

/* Row-major over locations; NULL: not known. TRAVEL_UNREACHABLE where there is no way. */
struct vroom_profile {
    const char *name;
    const int32_t *duration_s, *distance_m, *cost;
};

struct vroom {
    int32_t dimension_count, job_count, vehicle_count, location_count, profile_count;
    struct vroom_job *jobs;         /* job j is stop j */
    struct vroom_vehicle *vehicles; /* vehicle v is vehicle v */
    struct vroom_profile *profiles;
    struct vroom_spot *spots; /* of the locations */
    int64_t base_s;           /* the file's time at the instance's 0 */
    bool has_steps;           /* some vehicle has: a plan to begin with */
};

/* Warnings about keys, one for each: at its first place, with the number of places. */
struct vroom_remark {
    severity level;
    const char *kind, *key, *sentence;
    char path[VROOM_NAME_SIZE];
    const struct json *value;
    int64_t count;
};

struct vroom_reader {
    struct json_source source;
    struct diagnostics *list;
    struct arena *arena;
    struct vroom *vroom;
    char path[VROOM_NAME_SIZE]; /* of the object being read: "jobs[3]" */
    struct {
        struct vroom_remark *items;
        int64_t count, capacity;
    } remarks;
    bool out_of_memory;
};

/* "PATH.KEY: sentence" at the value's place; an empty path or key is left out. */
void vroom_complain(struct vroom_reader *reader, severity level, const struct json *value, const char *key,
                    const char *format, ...) ERROR_PRINTF(5, 6);

/* The same, once for all objects of a kind ("job") that share the key; said by vroom_say_remarks. The
 * sentence is marked by N_(). */
void vroom_remark(struct vroom_reader *reader, severity level, const struct json *value, const char *kind,
                  const char *key, const char *sentence);
void vroom_say_remarks(struct vroom_reader *reader);

/* Remarks on keys that are not in the list, and on those that begin with '-' there: known, not supported. */
void vroom_remark_keys(struct vroom_reader *reader, const struct json *object, const char *kind,
                       const char *const *known);

/* Values under a key: `absent`, NULL, none or zeros where there is none, and where it is wrong, which is
 * said. */
int64_t vroom_take_id(struct vroom_reader *reader, const struct json *object);
int64_t vroom_take_whole(struct vroom_reader *reader, const struct json *object, const char *key,
                         int64_t high, int64_t absent);
error_code vroom_take_text(struct vroom_reader *reader, const struct json *object, const char *key,
                           const char **text, struct error *error) ERROR_CHECKED;
error_code vroom_take_windows(struct vroom_reader *reader, const struct json *object,
                              struct vroom_window **windows, int32_t *count,
                              struct error *error) ERROR_CHECKED;
error_code vroom_take_amount(struct vroom_reader *reader, const struct json *object, const char *key,
                             int64_t **amount, struct error *error) ERROR_CHECKED;
bool vroom_is_whole(const struct json *value, int64_t low, int64_t high, int64_t *number);
bool vroom_is_window(const struct json *value, struct vroom_window *window);

/* The matrices of every profile that a vehicle has. */
error_code vroom_read_matrices(struct vroom_reader *reader, struct error *error) ERROR_CHECKED;

/* How amounts become loads: each compartment holds one dimension as kilograms and one as litres. */
struct vroom_packing {
    int32_t compartment_count;
    int32_t kg[COMPARTMENT_MAX], l[COMPARTMENT_MAX]; /* dimensions; -1: none */
    uint64_t counted; /* bit d: every job has as much of it: a number of tasks */
};

/* Complains of dimensions that find no place. */
error_code vroom_pack(struct vroom_reader *reader, struct vroom_packing *packing,
                      struct error *error) ERROR_CHECKED;

/* What a job weighs in a dimension, -1: 0. */
int64_t vroom_load(const struct vroom_job *job, int32_t dimension);

/* The compartment that a job's amounts belong in; 0 when it has none. */
int32_t vroom_compartment(const struct vroom_packing *packing, const struct vroom_job *job);

/* The places of the instance and the way between them for each vehicle. */
struct vroom_ways {
    int32_t *job_place, *start_place, *end_place; /* by job, by vehicle */
    int32_t *profile;                             /* by vehicle: of the instance's travel */
    double *rate;                                 /* by vehicle: cost of a metre, in VROOM's unit */
    int64_t *limit_m;                             /* by vehicle; 0: none */
    double longest;                               /* what the most expensive leg costs */
    double longest_m, most_rate;                  /* perhaps of different vehicles */
    struct travel travel;
};

error_code vroom_find_ways(struct vroom_reader *reader, struct vroom_ways *ways,
                           struct error *error) ERROR_CHECKED;

/* What driving costs, in VROOM's unit; `custom` is the sum of the vehicle's costs matrix. */
double vroom_travel_cost(const struct vroom *vroom, const struct vroom_vehicle *vehicle, int64_t duration_s,
                         int64_t distance_m, int64_t custom);

/* The instance, once the file is known to be right; it may still find that amounts do not fit. */
error_code vroom_build(struct vroom_reader *reader, struct benchmark *benchmark,
                       struct error *error) ERROR_CHECKED;

/* VROOM's cost of a plan: fixed costs, and what drives and tasks cost; each route's is rounded. */
double vroom_cost(const struct vroom *vroom, const struct plan *plan, const struct check_report *report);

/* A matrix's duration at a vehicle's pace. */
static inline int64_t vroom_paced_s(int64_t duration_s, int32_t pace)
{
    return duration_s >= TRAVEL_UNREACHABLE ? TRAVEL_UNREACHABLE : (duration_s * pace + 99) / 100;
}

static inline size_t vroom_cell(const struct vroom *vroom, int32_t from, int32_t to)
{
    return (size_t)from * (size_t)vroom->location_count + (size_t)to;
}

/* A solution of VROOM's, or the steps of a problem's vehicles, as a plan. */
error_code vroom_read_solution(const char *name, const char *text, size_t length,
                               const struct benchmark *benchmark, struct plan *plan, double *stated_cost,
                               struct diagnostics *diagnostics, struct error *error) ERROR_CHECKED;

#endif
