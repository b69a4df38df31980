/* Amounts of any number of dimensions onto the model's loads.
 *
 * A route of one trip never carries more in a dimension than the sum of its jobs' larger amounts, pickup or
 * delivery, and carries exactly that much at its end or its start when one of the two is the larger for
 * every job. A dimension whose sum over all jobs fits in every vehicle cannot bind. Of the others, those
 * that some job has together must share a compartment, and a compartment has two measures. */
#include "io/vroom_file.h"

#include "solver/base/message.h"

int64_t vroom_load(const struct vroom_job *job, int32_t dimension)
{
    if (dimension < 0) return 0;
    return job->delivery[dimension] > job->pickup[dimension] ? job->delivery[dimension]
                                                             : job->pickup[dimension];
}

int32_t vroom_compartment(const struct vroom_packing *packing, const struct vroom_job *job)
{
    for (int32_t c = 0; c < packing->compartment_count; c++)
        if (vroom_load(job, packing->kg[c]) > 0 || vroom_load(job, packing->l[c]) > 0) return c;
    return 0;
}

static int64_t least_capacity(const struct vroom *vroom, int32_t dimension)
{
    int64_t least = INT64_MAX;
    for (int32_t v = 0; v < vroom->vehicle_count; v++)
        if (vroom->vehicles[v].capacity[dimension] < least) least = vroom->vehicles[v].capacity[dimension];
    return least;
}

static bool can_bind(const struct vroom *vroom, int32_t dimension)
{
    int64_t sum = 0;
    for (int32_t j = 0; j < vroom->job_count; j++) sum += vroom_load(&vroom->jobs[j], dimension);
    return sum > least_capacity(vroom, dimension);
}

static bool is_constant(const struct vroom *vroom, int32_t dimension)
{
    const int64_t load = vroom_load(&vroom->jobs[0], dimension);
    for (int32_t j = 1; j < vroom->job_count; j++)
        if (vroom_load(&vroom->jobs[j], dimension) != load) return false;
    return load > 0;
}

/* Do some jobs bring more than they take, and others take more than they bring? */
static bool is_mixed(const struct vroom *vroom, int32_t dimension)
{
    bool brings = false, takes = false;
    for (int32_t j = 0; j < vroom->job_count; j++) {
        const struct vroom_job *job = &vroom->jobs[j];
        brings = brings || job->delivery[dimension] > job->pickup[dimension];
        takes = takes || job->pickup[dimension] > job->delivery[dimension];
    }
    return brings && takes;
}

/* The dimensions that meet a dimension in some job, directly or by a third. */
static uint64_t company(const struct vroom *vroom, uint64_t binding, int32_t dimension)
{
    uint64_t group = UINT64_C(1) << dimension, before = 0;
    while (group != before) {
        before = group;
        for (int32_t j = 0; j < vroom->job_count; j++) {
            uint64_t mask = 0;
            for (int32_t d = 0; d < vroom->dimension_count; d++)
                if (binding >> d & 1U && vroom_load(&vroom->jobs[j], d) > 0) mask |= UINT64_C(1) << d;
            if ((mask & group) != 0) group |= mask;
        }
    }
    return group;
}

static void complain(struct vroom_reader *reader, int32_t dimension, const char *sentence)
{
    char key[VROOM_NAME_SIZE];
    const struct json *value = json_first(json_get(reader->vroom->vehicles[0].value, "capacity"));
    for (int32_t d = 0; d < dimension; d++) value = json_next(value);
    snprintf(key, sizeof key, "vehicles[0].capacity[%d]", (int)dimension);
    vroom_complain(reader, SEVERITY_ERROR, value, key, "%s", sentence);
}

/* Puts a group of one or two dimensions into a compartment: a new one, or the other half of one that holds
 * a single dimension when there is none left. */
static bool place_group(struct vroom_packing *packing, const int32_t *group, int32_t count)
{
    const int32_t used = packing->compartment_count;
    if (used < COMPARTMENT_MAX) {
        packing->kg[used] = group[0];
        packing->l[used] = count > 1 ? group[1] : -1;
        packing->compartment_count++;
        return true;
    }
    for (int32_t c = 0; c < used && count == 1; c++)
        if (packing->l[c] < 0) {
            packing->l[c] = group[0];
            return true;
        }
    return false;
}

/* Pairs first: single dimensions can fill up the compartments of others. */
static void place_groups(struct vroom_reader *reader, struct vroom_packing *packing, uint64_t binding,
                         int32_t size)
{
    const struct vroom *vroom = reader->vroom;
    uint64_t placed = 0;
    for (int32_t d = 0; d < vroom->dimension_count; d++) {
        if (!(binding >> d & 1U) || placed >> d & 1U) continue;
        const uint64_t group = company(vroom, binding, d);
        placed |= group;
        int32_t members[2], count = 0;
        for (int32_t e = 0; e < vroom->dimension_count; e++) {
            if (!(group >> e & 1U)) continue;
            if (count < 2)
                members[count] = e;
            else if (size == 2)
                complain(reader, e,
                         _("jobs have this dimension together with two others: at most two that can bind "
                           "may meet"));
            count++;
        }
        if (count == size && !place_group(packing, members, count))
            complain(reader, d, _("there are too many dimensions for four compartments of two"));
    }
}

error_code vroom_pack(struct vroom_reader *reader, struct vroom_packing *packing, struct error *error)
{
    (void)error;
    const struct vroom *vroom = reader->vroom;
    uint64_t binding = 0;
    *packing = (struct vroom_packing){0};
    for (int32_t c = 0; c < COMPARTMENT_MAX; c++) packing->kg[c] = packing->l[c] = -1;
    for (int32_t d = 0; d < vroom->dimension_count; d++)
        if (can_bind(vroom, d)) binding |= UINT64_C(1) << d;
    for (int32_t d = 0; d < vroom->dimension_count; d++)
        if (binding >> d & 1U && __builtin_popcountll(binding) > 2 && is_constant(vroom, d)) {
            packing->counted |= UINT64_C(1) << d;
            binding &= ~(UINT64_C(1) << d);
        }
    for (int32_t d = 0; d < vroom->dimension_count; d++)
        if ((binding | packing->counted) >> d & 1U && is_mixed(vroom, d)) {
            char key[VROOM_NAME_SIZE];
            snprintf(key, sizeof key, "vehicles[0].capacity[%d]", (int)d);
            vroom_complain(reader, SEVERITY_NOTE, NULL, key, "%s",
                           _("some jobs bring and others take away: what is delivered makes no room for "
                             "what is picked up"));
        }
    for (int32_t size = 2; size > 0; size--) place_groups(reader, packing, binding, size);
    return ERROR_NONE;
}
