// What a run says on stderr: sentences, and one line of progress where that is a terminal. Any
// thread. Floor: cli.
#ifndef LODE_CLI_PROGRESS_H
#define LODE_CLI_PROGRESS_H

#include <stdbool.h>

#include "flow/app.h"

struct progress;

struct progress *progress_open(bool quiet);
void progress_close(struct progress *p);
struct talk progress_talk(struct progress *p);

#endif
