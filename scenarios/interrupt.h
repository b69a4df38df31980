/* SIGTERM and SIGINT: finish early, with the best plan so far.
 *
 * The first signal sets a flag that the search reads. A second SIGINT, of somebody who will not wait, ends
 * the process at once: the previous run is then left untouched. */
#ifndef BENNE_SCENARIOS_INTERRUPT_H
#define BENNE_SCENARIOS_INTERRUPT_H

#include <signal.h>

/* Watches from now on; the flag, 0 until a signal comes. */
const volatile sig_atomic_t *interrupt_watch(void);

#endif
