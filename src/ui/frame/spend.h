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
// What is left of a job is priced first, and the question comes with that.
bool spend_ask(struct frame *f, const struct line *line, struct err *e);
// The number at a place of the line, where there is one; of: what it counts.
bool spend_number(const struct line *line, size_t at, const char *of, long long *out,
                  struct err *e);
// The line as it could be typed again; the caller frees it.
char *spend_line_text(const struct line *line);

// What is asked of the person.
struct spend_question {
    char *text;        // what it is about and what it costs; owned
    char *line;        // what runs after a yes; owned
    long long credits; // the most that this costs
};

// spend_job.c, of `resume-job NAME [CREDITS]`: CREDITS are the most in all its runs.
bool spend_job_question(const struct frame *f, const struct line *line, struct spend_question *out,
                        struct err *e);
// Asks for the price; the line runs once that is there, where the keys still are where they were.
bool spend_job_wait(struct frame *f, const struct line *line, struct err *e);
// After the desk's news.
void spend_serve(struct frame *f);

#endif
