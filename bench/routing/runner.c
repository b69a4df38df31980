#include "bench/routing/runner.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOT_STARTED = 127, POLITE_MS = 2000 };

static void redirect(const char *path, int descriptor)
{
    const int file = open(path != NULL ? path : "/dev/null", O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (file < 0 || dup2(file, descriptor) < 0) _exit(NOT_STARTED);
    close(file);
}

error_code process_start(const char *const *words, const char *output, const char *error_output,
                         struct process *process, struct error *error)
{
    clock_gettime(CLOCK_MONOTONIC, &process->begun);
    process->pid = fork();
    if (process->pid < 0) {
        process->pid = 0;
        return error_set(error, ERROR_INTERNAL, "no process can be started: %s", strerror(errno));
    }
    if (process->pid == 0) {
        setpgid(0, 0);
        setenv("LC_ALL", "C", 1);
        unsetenv("LANGUAGE");
        redirect(output, STDOUT_FILENO);
        redirect(error_output, STDERR_FILENO);
        execvp(words[0], (char *const *)words);
        perror(words[0]);
        _exit(NOT_STARTED);
    }
    return ERROR_NONE;
}

double process_seconds(const struct process *process)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - process->begun.tv_sec) +
           1e-9 * (double)(now.tv_nsec - process->begun.tv_nsec);
}

static double seconds_of(struct timeval time)
{
    return (double)time.tv_sec + 1e-6 * (double)time.tv_usec;
}

bool process_poll(struct process *process, struct process_end *end)
{
    int status = 0;
    struct rusage usage;
    if (wait4(process->pid, &status, WNOHANG, &usage) != process->pid) return false;
    *end = (struct process_end){.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1,
                                .seconds = process_seconds(process),
                                .cpu_seconds = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime),
                                .peak_mb = (double)usage.ru_maxrss * 1024 / 1e6};
    process->pid = 0;
    return true;
}

static void pause_ms(int32_t milliseconds)
{
    nanosleep(&(struct timespec){.tv_sec = 0, .tv_nsec = milliseconds * 1000000L}, NULL);
}

void process_stop(struct process *process)
{
    struct process_end end;
    enum { STEP_MS = 20 };
    kill(process->pid, SIGTERM);
    for (int32_t waited = 0; waited < POLITE_MS; waited += STEP_MS) {
        if (process_poll(process, &end)) return;
        pause_ms(STEP_MS);
    }
    kill(process->pid, SIGKILL);
    while (!process_poll(process, &end)) pause_ms(STEP_MS);
}

void process_line(const char *const *words, char *line, int size)
{
    char path[] = "/tmp/benne-line-XXXXXX";
    struct process process;
    struct process_end end = {.status = -1};
    line[0] = '\0';
    const int file = mkstemp(path);
    if (file < 0) return;
    if (process_start(words, path, NULL, &process, NULL) == ERROR_NONE)
        while (!process_poll(&process, &end)) pause_ms(1);
    FILE *text = fdopen(file, "r");
    if (text == NULL || end.status != 0 || fgets(line, size, text) == NULL) line[0] = '\0';
    line[strcspn(line, "\n")] = '\0';
    if (text != NULL)
        fclose(text);
    else
        close(file);
    unlink(path);
}
