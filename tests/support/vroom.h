/* VROOM problems in tests, written with ' for " so that they can be read; solved and answered. */
#ifndef BENNE_TESTS_SUPPORT_VROOM_H
#define BENNE_TESTS_SUPPORT_VROOM_H

#include "io/vroom.h"

struct vroom_case {
    char *text; /* the JSON */
    struct arena arena;
    struct diagnostics diagnostics;
    struct benchmark benchmark;
    struct error error;
    error_code rc;
};

/* Reads a problem; vroom_case_free whatever the outcome. */
void vroom_case_read(struct vroom_case *it, const char *problem);
void vroom_case_free(struct vroom_case *it);

/* The first diagnostic whose message contains the fragment; NULL: none. */
const struct diagnostic *vroom_case_said(const struct vroom_case *it, const char *fragment);

/* Searches, completes and checks. The caller frees the plan; the report lives in the case's arena. */
void vroom_case_solve(struct vroom_case *it, int64_t iterations, struct plan *plan,
                      struct check_report *report);

/* The answer as text, to be freed. */
char *vroom_case_answer(const struct vroom_case *it, const struct plan *plan,
                        const struct check_report *report);

#endif
