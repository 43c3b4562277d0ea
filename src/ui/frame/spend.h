// What stands between a command that spends and its running: the person's word. UI thread.
// Floor: ui/frame.
#ifndef LODE_UI_FRAME_SPEND_H
#define LODE_UI_FRAME_SPEND_H

#include <stdbool.h>

#include "base/err.h"
#include "base/line.h"

struct frame;

// The credits that `buy [CREDITS [RECORDS]]` may cost at the most, and the records it is cut to (0:
// all). false with *e where a word is no number.
bool spend_terms(const struct frame *f, const struct line *line, long long *credits, size_t *most,
                 struct err *e);
// Shows what the line would cost and asks; runs it after a yes (a large one is typed as a number).
bool spend_ask(struct frame *f, const struct line *line, struct err *e);

// Of `resume-job NAME [CREDITS]`: the most that it may cost in all its runs.
bool spend_job_terms(const struct frame *f, const struct line *line, long long *credits,
                     struct err *e);

#endif
