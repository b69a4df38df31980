/* Running the program in tests as people run it: its exit status and what it wrote. */
#ifndef BENNE_TESTS_SUPPORT_PROGRAM_H
#define BENNE_TESTS_SUPPORT_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct outcome {
    int status;           /* of exit; -1 when a signal ended it */
    int signal;           /* that ended it, 0 none */
    char *output, *error; /* what it wrote, NUL-terminated: outcome_free */
};

/* The path of the binary under test: $BENNE, else build/release/benne. */
const char *program_path(void);

/* Runs `benne ...`, its arguments ended by NULL, in English, and waits. */
struct outcome program_run(const char *const *arguments);

/* The same for any program found in PATH, in the folder given (NULL: this one). */
struct outcome program_run_other(const char *folder, const char *const *words);

void outcome_free(struct outcome *outcome);

/* Starts `benne ...` with its output thrown away; the caller kills and waits. */
pid_t program_start(const char *const *arguments);

/* A new empty folder under TMPDIR; removed with all it holds by scratch_remove. */
void scratch_make(char path[256]);
void scratch_remove(const char *path);

bool path_exists(const char *folder, const char *name);

/* A whole file; free() it. NULL when it cannot be read. */
char *file_text(const char *folder, const char *name, size_t *length);

#endif
