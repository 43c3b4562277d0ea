// What may stand at the cursor of a command line, by the table and what is known now. UI thread.
// Floor: ui/frame.
#ifndef LODE_UI_FRAME_COMPLETE_H
#define LODE_UI_FRAME_COMPLETE_H

#include <stddef.h>

// As struct completion of ui/widget/prompt.h has it; self is the frame.
void complete_offer(void *self, const char *text, size_t at, size_t *start,
                    void (*add)(void *to, const char *word, const char *about), void *to);

#endif
