// What panes share in carrying out commands. UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_ACTIONS_H
#define LODE_UI_PANE_ACTIONS_H

#include "ui/pane/pane.h"
#include "ui/widget/form.h"
#include "ui/widget/scroll.h"
#include "ui/widget/table_view.h"

// Rows of a pane_action table: every command that moves a cursor, to one function.
#define MOVES_TO(run)                                                                              \
    {"up", run}, {"down", run}, {"left", run}, {"right", run}, {"page-up", run},                   \
        {"page-down", run}, {"half-up", run}, {"half-down", run}, {"top", run}, {"bottom", run},   \
        {"first", run}, {"last", run}, {"next-column", run},                                       \
    {                                                                                              \
        "prev-column", run                                                                         \
    }

// The move that a command of MOVES_TO() asks for.
enum move action_move(const struct line *line);
// The key that a command of MOVES_TO(), choose, back or delete stands for in a line that is being
// typed, as an event; false where it stands for none.
bool action_key(const struct line *line, struct event *out);
// The words behind the command's name, with blanks between; "" where there are none.
void action_text(const struct line *line, struct str *out);
// The command is not for this pane as it stands: `return action_up(e)`.
bool action_up(struct err *e);
enum { KEY_TEXT_MAX = 24 };
// The key bound to a command, in a buffer of its own (host_key()); returns buf.
char *key_text(const struct pane *p, const char *command, char buf[static KEY_TEXT_MAX]);
// Are lines read, not keys? What is to be done is named by commands there.
bool reads_lines(const struct pane *p);
enum { HINT_TEXT_MAX = 256 };
// A hint of the program's own ("Enter takes  Esc leaves"): where lines are read, in buf with what
// is typed instead of each key, else as it is.
const char *hint_text(const struct pane *p, const char *text, char buf[static HINT_TEXT_MAX]);
// Draws a hint from the bottom of the area upwards, in as many rows as it takes, broken where two
// blanks part what the keys do; returns how many that is. false: only measures.
int hint_draw(struct area a, bool draw, const char *hint);
enum { FORM_TEXT_MAX = 640 };
// Draws what the form, w columns wide, had no room for of the field under the cursor, at the top of
// the area; returns the rows it takes. Nothing where lines are read: it was said whole.
int form_cut_draw(const struct pane *p, struct area a, const struct form *f, int w);
// To the clipboard, and what that was ("the row"): in clear too where people's values are masked,
// which is said. Where the text itself would be said then, only that is.
void copy_told(const struct desk *d, struct host *h, const char *text, const char *what);
// For panes that are a table from row y on, w columns wide. A move of its cursor; the wheel, a
// click, and a double click that is `choose`.
void table_step(struct pane *p, struct table_view *v, int w, const struct line *line);
bool table_mouse(struct pane *p, struct table_view *v, int y, int w, const struct event *ev);
// The foot of such a table: its place behind what takes `used` columns, where there is room; or the
// range that is being made.
void table_foot_place(struct area a, int used, const struct table_view *v);
void table_foot_range(const struct pane *p, struct area a, const struct table_view *v);
// Rows on the screen that were not looked at before: once for each window. *n 0: anew.
bool table_looks(const struct table_view *v, size_t *first, size_t *n);
// Draws a few sentences in the middle of an empty pane, and nothing else there.
void empty_say(struct area a, enum role role, const char *text);

#endif
