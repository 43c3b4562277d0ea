// The row of an item, alike in tables, lists, trees and menus: signs in front, text, something at
// the right. UI thread. Floor: ui/widget.
#ifndef LODE_UI_WIDGET_ROW_H
#define LODE_UI_WIDGET_ROW_H

#include <stdbool.h>

#include "ui/term/canvas.h"

enum { ROW_SIGN_WIDTH = 2, ROW_SIGNS_FROM = 4, FOUND_MAX = 64 };

#define ROW_CURSOR ">"

// The columns in front of the text: one for the cursor's sign, then the item's own sign or a blank.
int row_gutter(bool signs);
// The role of the whole row under the cursor, or ROLE_TEXT.
enum role row_role(bool at, bool focused);
// cursor: ROW_CURSOR or another sign of one column, or "". sign: the item's, or NULL.
void row_signs(struct area a, int y, enum role role, const char *cursor, const char *sign,
               enum role sign_role);
// A sign in words, for a canvas that is spoken.
struct sign_word {
    const char *sign, *word;
};

// Begins what a row says: the cursor's sign, then the item's in words, by words (ended by NULL) or
// by what it means mostly. NULL where the canvas is seen.
struct str *row_say(struct area a, int y, const char *cursor, const char *sign,
                    const struct sign_word *words);
// "Name: value" behind what was said so far; nothing where there is no value.
void row_say_pair(struct str *said, const char *name, const char *value);
// A text, and what stands beside it, or NULL. said NULL: nothing.
void row_say_item(struct str *said, const char *text, const char *aside);
// Text in columns x to the end of the area; aside, or NULL, ends the row: at most half of it, and
// no more than the text leaves of what it needs itself, but for a few columns.
void row_text(struct area a, int y, int x, enum role role, const char *text, enum role aside_role,
              const char *aside);

// Clean text, len bytes and then a NUL, of which `left` columns are scrolled off, across the area:
// with a sign where it goes on to the left, from ROW_SIGNS_FROM columns on, and an ellipsis at the
// right.
void row_text_from(struct area a, int y, int left, enum role role, const char *text, size_t len);

// Text to be shown as found, as letters that are compared by text_plain().
struct found {
    uint32_t letters[FOUND_MAX];
    int n;
};

// text: NULL or "" is never found.
struct found found_start(const char *text);
// Gives ROLE_FOUND to the columns x to x + width of row y that show it, as they are drawn.
void found_show(const struct found *f, struct area a, int y, int x, int width);

#endif
