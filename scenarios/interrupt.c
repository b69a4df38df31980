#include "scenarios/interrupt.h"

#include <string.h>

static volatile sig_atomic_t interrupted;

static void interrupt_handle(int number)
{
    interrupted = number;
}

const volatile sig_atomic_t *interrupt_watch(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    action.sa_handler = interrupt_handle;
    action.sa_flags = SA_RESTART;
    /* `timeout` and systemd may send SIGTERM twice: it always means the same. */
    sigaction(SIGTERM, &action, NULL);
    action.sa_flags = SA_RESTART | (int)SA_RESETHAND;
    sigaction(SIGINT, &action, NULL);
    return &interrupted;
}
