// Random hands at a terminal: keys, typing, commands, pastes, broken sequences, the mouse, resizes,
// suspending. The same seed does the same. One thread. Tests.
#ifndef TESTS_SUPPORT_MONKEY_H
#define TESTS_SUPPORT_MONKEY_H

#include "base/rng.h"
#include "base/str.h"
#include "support/screen.h"

struct monkey {
    struct rng rng;
    struct str did; // the last things, for a report; a line each
};

// Does one thing and says it in did.
void monkey_act(struct monkey *m, struct screen *s);
void monkey_free(struct monkey *m);

#endif
