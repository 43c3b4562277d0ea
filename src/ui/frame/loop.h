// The event loop: one poll over terminal, desk, signals, the configuration's folder and the next
// timer. Floor: ui/frame.
#ifndef LODE_UI_FRAME_LOOP_H
#define LODE_UI_FRAME_LOOP_H

#include <stdbool.h>

struct frame;

// Blocks every signal that the loop reads. Before any thread is made and before term_open().
void loop_block_signals(void);
// Runs until f->leave; started() is called once the first frame is on the screen.
void loop_run(struct frame *f, void (*started)(struct frame *f));

#endif
