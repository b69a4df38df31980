#include "io/run.h"

#include <time.h>

static double clock_seconds(clockid_t clock)
{
    struct timespec now = {0};
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

void run_begin(struct run_facts *facts, const char *command, const char *version, const char *language)
{
    *facts = (struct run_facts){.command = command, .version = version, .language = language};
    facts->started = (instant_s)clock_seconds(CLOCK_REALTIME);
    facts->begin_s = clock_seconds(CLOCK_MONOTONIC);
}

void run_option(struct run_facts *facts, const char *name, const char *value)
{
    if (facts->option_count == RUN_OPTION_MAX) return;
    facts->options[facts->option_count++] = (struct run_option){name, value};
}

double run_seconds(const struct run_facts *facts)
{
    return clock_seconds(CLOCK_MONOTONIC) - facts->begin_s;
}

double run_cpu_seconds(void)
{
    return clock_seconds(CLOCK_PROCESS_CPUTIME_ID);
}

void run_phase(struct run_facts *facts, const char *name)
{
    double now_s = clock_seconds(CLOCK_MONOTONIC), cpu_s = run_cpu_seconds();
    if (facts->phase_open) {
        struct run_phase *ended = &facts->phases[facts->phase_count - 1];
        ended->seconds += now_s - facts->phase_begin_s;
        ended->cpu_s += cpu_s - facts->phase_begin_cpu_s;
    }
    facts->phase_open = name != NULL && facts->phase_count < RUN_PHASE_MAX;
    if (!facts->phase_open) return;
    facts->phases[facts->phase_count++] = (struct run_phase){.name = name};
    facts->phase_begin_s = now_s;
    facts->phase_begin_cpu_s = cpu_s;
}
