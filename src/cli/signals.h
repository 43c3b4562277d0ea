// ^C and friends while a command runs: once ends it in good order, twice at once. A thread of its
// own waits for them. Floor: cli.
#ifndef LODE_CLI_SIGNALS_H
#define LODE_CLI_SIGNALS_H

#include "flow/app.h"

struct signals;

// Blocks the signals in every thread made before this; call signals_block() first of all.
void signals_block(void);
struct signals *signals_watch(struct app *a);
void signals_unwatch(struct signals *s);

#endif
