// What was typed at `:`, kept in the state folder, for its owner alone. UI thread. Floor: ui/frame.
#ifndef LODE_UI_FRAME_HISTORY_H
#define LODE_UI_FRAME_HISTORY_H

struct frame;

// Reads it once, when it is first needed.
void history_need(struct frame *f);
// A line was entered: it is remembered, and stands in the file at once, behind those that other
// Lodes entered; only here where another one holds the file for long.
void history_keep(struct frame *f, const char *text);

#endif
