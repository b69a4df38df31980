#include "tests/support/program.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORDS_MAX = 64, PATH_ROOM = 4096 };

const char *program_path(void)
{
    const char *path = getenv("BENNE");
    return path != NULL ? path : "build/release/benne";
}

static void fail(const char *what)
{
    perror(what);
    abort();
}

/* In the child: no colour, no language but the one asked for by option. */
static void become(const char *folder, const char *const *words)
{
    setenv("LC_ALL", "C", 1);
    unsetenv("LANGUAGE");
    if (folder != NULL && chdir(folder) != 0) fail(folder);
    execvp(words[0], (char *const *)words);
    fail(words[0]);
}

static char *whole_file(FILE *file, size_t *length)
{
    size_t capacity = 1 << 16, end = 0;
    char *text = malloc(capacity);
    rewind(file);
    for (;;) {
        if (text == NULL) fail("memory");
        end += fread(text + end, 1, capacity - end - 1, file);
        if (end < capacity - 1) break;
        capacity *= 2;
        text = realloc(text, capacity);
    }
    text[end] = '\0';
    if (length != NULL) *length = end;
    return text;
}

struct outcome program_run_other(const char *folder, const char *const *words)
{
    FILE *output = tmpfile(), *error = tmpfile();
    if (output == NULL || error == NULL) fail("tmpfile");
    pid_t child = fork();
    if (child < 0) fail("fork");
    if (child == 0) {
        dup2(fileno(output), STDOUT_FILENO);
        dup2(fileno(error), STDERR_FILENO);
        become(folder, words);
    }
    int status = 0;
    if (waitpid(child, &status, 0) != child) fail("waitpid");
    struct outcome outcome = {
        .status = WIFEXITED(status) ? WEXITSTATUS(status) : -1,
        .signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0,
        .output = whole_file(output, NULL),
        .error = whole_file(error, NULL),
    };
    fclose(output);
    fclose(error);
    return outcome;
}

static void with_program(const char *const *arguments, const char *words[WORDS_MAX])
{
    int count = 0;
    words[count++] = program_path();
    while (*arguments != NULL && count < WORDS_MAX - 1) words[count++] = *arguments++;
    words[count] = NULL;
}

struct outcome program_run(const char *const *arguments)
{
    const char *words[WORDS_MAX];
    with_program(arguments, words);
    return program_run_other(NULL, words);
}

void outcome_free(struct outcome *outcome)
{
    free(outcome->output);
    free(outcome->error);
}

pid_t program_start(const char *const *arguments)
{
    const char *words[WORDS_MAX];
    with_program(arguments, words);
    pid_t child = fork();
    if (child < 0) fail("fork");
    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY);
        dup2(nowhere, STDOUT_FILENO);
        dup2(nowhere, STDERR_FILENO);
        become(NULL, words);
    }
    return child;
}

void scratch_make(char path[256])
{
    const char *parent = getenv("TMPDIR");
    snprintf(path, 256, "%s/benne-test-XXXXXX", parent != NULL ? parent : "/tmp");
    if (mkdtemp(path) == NULL) fail("mkdtemp");
}

void scratch_remove(const char *path)
{
    struct outcome outcome = program_run_other(NULL, (const char *const[]){"rm", "-rf", path, NULL});
    outcome_free(&outcome);
}

bool path_exists(const char *folder, const char *name)
{
    char path[PATH_ROOM];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return access(path, F_OK) == 0;
}

char *file_text(const char *folder, const char *name, size_t *length)
{
    char path[PATH_ROOM];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL) return NULL;
    char *text = whole_file(file, length);
    fclose(file);
    return text;
}
