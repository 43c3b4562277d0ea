// Every value that an argument of some kind may have. UI thread. Floor: ui/frame.
#ifndef LODE_UI_FRAME_COMPLETE_ARGS_H
#define LODE_UI_FRAME_COMPLETE_ARGS_H

#include "base/line.h"
#include "ui/frame/cmd.h"

struct frame;

typedef void arg_offer(void *to, const char *word, const char *about);

// Can anything ever be offered?
bool complete_knows(enum cmd_arg kind);
// Offers them all, whatever was typed; typed tells which folder is to be listed or which field's
// values. line: the words before.
void complete_arg(struct frame *f, enum cmd_arg kind, const struct line *line, const char *typed,
                  arg_offer *offer, void *to);
// Those alone that hold what was typed, in whatever case: first those that begin with it.
void complete_fitting(struct frame *f, enum cmd_arg kind, const struct line *line,
                      const char *typed, arg_offer *offer, void *to);

#endif
