// The welcome pane's own state, shared by the files it is made of. UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_WELCOME_PANE_H
#define LODE_UI_PANE_WELCOME_PANE_H

#include "base/str.h"
#include "ui/pane/actions.h"
#include "ui/pane/pane.h"
#include "ui/widget/form.h"

struct secret;

enum { WELCOME_ROWS_MAX = 16 };

struct welcome {
    struct pane pane;
    struct form form;
    struct str profile, address, user, client_id, key_path; // "": the usual, or not given yet
    struct secret *password;                                // NULL: not typed yet
    bool by_key, session_only;
    bool pasted;  // the key's text, not its file
    bool reading; // the file that was named just now: the cursor waits for what is in it
    bool pending; // sign in as soon as the key was looked at
    bool asked;   // signing in was asked for here: once it is done, on to the filters
    int form_y;   // where the form was drawn last
    size_t rows[WELCOME_ROWS_MAX], n_rows; // of the ways, those that are shown
    char note[48], hint[HINT_TEXT_MAX], note_hint[HINT_TEXT_MAX];
};

// One row: what it shows, and what Enter and typing do there.
struct way {
    const char *label; // NULL: the end
    bool heading, secret;
    bool button;                            // one click is enough
    bool (*shown)(const struct welcome *w); // NULL: always
    const char *(*value)(const struct welcome *w);
    // Dim behind the value; NULL or returning NULL: nothing.
    const char *(*note)(struct welcome *w);
    void (*choose)(struct welcome *w);
    // What was typed into the field; NULL: it is not for typing.
    void (*take)(struct welcome *w, const char *text);
};

// The rows that are shown now, as w->rows.
void welcome_lay_out(struct welcome *w);
const struct way *welcome_way(const struct welcome *w, size_t row);
// Does this key begin the row's text? On a row for a secret each does; else what no value begins
// with stays what it is bound to.
bool welcome_begins(const struct way *way, uint32_t key);
// Opens the field under the cursor for typing.
void welcome_edit(struct welcome *w);
// true: what was pasted is a key, taken as that whatever row it was meant for, so that it never
// stands on the screen.
bool welcome_paste(struct welcome *w, const char *text, size_t len);
// The key that was waited for has been looked at.
void welcome_key_told(struct welcome *w);
// What stands in the way of signing in that is known before any call, or NULL; *role with it.
const char *welcome_fault(const struct welcome *w, enum role *role);

#endif
