/* The README's worked example: each command of its console blocks is run, and says what the README says.
 *
 * After a change that moves the figures, `make readme` (BENNE_UPDATE=1) writes what the commands say now into
 * the README, to be read again before it is committed. */
#include "tests/support/program.h"
#include "tests/support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char FENCE[] = "```console\n", END[] = "```\n";

struct stage {
    char folder[256]; /* where the commands run: it has `scenarios`, and `benne` in its bin/ */
    FILE *updated;    /* the README as it should be; NULL: it is compared */
};

static void copy(const struct stage *stage, const char *from, const char *to)
{
    if (stage->updated != NULL) fwrite(from, 1, (size_t)(to - from), stage->updated);
}

static void link_to(const char *target, const char *folder, const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    char *real = realpath(target, NULL);
    assert_non_null(real);
    assert_int_equal(symlink(real, path), 0);
    free(real);
}

/* Runs `line` as the reader would, standard output and error together. */
static char *answer_to(const struct stage *stage, const char *line, int length)
{
    char script[2048];
    snprintf(script, sizeof script, "PATH=$PWD/bin:$PATH; exec 2>&1; %.*s", length, line);
    struct outcome outcome =
        program_run_other(stage->folder, (const char *const[]){"sh", "-c", script, NULL});
    free(outcome.error);
    return outcome.output;
}

/* A block is "$ command" lines, each followed by what it says. */
static int run_block(const struct stage *stage, const char *at, const char *end)
{
    int commands = 0;
    while (at < end) {
        assert_int_equal(strncmp(at, "$ ", 2), 0);
        const char *line = at + 2, *said = strchr(line, '\n') + 1, *next = said;
        while (next < end && strncmp(next, "$ ", 2) != 0) next = strchr(next, '\n') + 1;
        char *answer = answer_to(stage, line, (int)(said - line - 1));
        char *expected = strndup(said, (size_t)(next - said));
        copy(stage, at, said);
        copy(stage, answer, answer + strlen(answer));
        if (stage->updated == NULL) assert_string_equal(answer, expected);
        free(answer);
        free(expected);
        commands++;
        at = next;
    }
    return commands;
}

static void the_worked_example_is_real(void **state)
{
    char *readme = file_text(".", "README.md", NULL);
    assert_non_null(readme);
    const struct stage *stage = *state;
    int commands = 0;
    const char *written = readme;
    for (const char *at = strstr(readme, FENCE); at != NULL; at = strstr(at, FENCE)) {
        at += strlen(FENCE);
        const char *end = strstr(at, END);
        assert_non_null(end);
        copy(stage, written, at);
        commands += run_block(stage, at, end);
        written = at = end;
    }
    copy(stage, written, written + strlen(written));
    assert_true(commands >= 4);
    free(readme);
}

static int set_stage(void **state)
{
    static struct stage stage;
    char path[512];
    scratch_make(stage.folder);
    snprintf(path, sizeof path, "%s/bin", stage.folder);
    struct outcome outcome = program_run_other(NULL, (const char *const[]){"mkdir", path, NULL});
    int status = outcome.status;
    outcome_free(&outcome);
    link_to("scenarios", stage.folder, "scenarios");
    link_to(program_path(), path, "benne");
    /* A file of another name replaces the README only when all has gone well. */
    if (getenv("BENNE_UPDATE") != NULL) stage.updated = fopen("README.md.new", "w");
    *state = &stage;
    return status;
}

static int strike_stage(void **state)
{
    const struct stage *stage = *state;
    scratch_remove(stage->folder);
    if (stage->updated == NULL) return 0;
    return fclose(stage->updated) == 0 ? rename("README.md.new", "README.md") : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_worked_example_is_real)};
    return cmocka_run_group_tests(tests, set_stage, strike_stage);
}
