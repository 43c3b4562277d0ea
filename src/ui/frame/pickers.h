// Popups for choosing what to do: the `:` line, the palette, the menu, themes. UI thread.
// Floor: ui/frame.
#ifndef LODE_UI_FRAME_PICKERS_H
#define LODE_UI_FRAME_PICKERS_H

struct cmd;
struct frame;

// cmdline.c: the `:` line with first in it.
void ask_command(struct frame *f, const char *first);
// palette.c: every command by a few letters, with its keys.
void pick_command(struct frame *f);
// What a choice of a command does: runs it, or puts it on the `:` line where it needs words.
void run_or_type(struct frame *f, const struct cmd *c);
// menu_bar.c: the commands by topic.
void open_menu(struct frame *f);
// theme_picker.c: the screen follows the cursor; Esc brings the old theme back.
void pick_theme(struct frame *f);

#endif
