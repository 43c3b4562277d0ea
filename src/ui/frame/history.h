// What was typed at `:`, kept in the state folder, for its owner alone. UI thread. Floor: ui/frame.
#ifndef LODE_UI_FRAME_HISTORY_H
#define LODE_UI_FRAME_HISTORY_H

struct frame;

// Reads it once, when it is first needed.
void history_need(struct frame *f);
// Where something was typed in this session.
void history_save(struct frame *f);

#endif
