// A popup with a text to read: scrolled, searched, copied. UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_READER_H
#define LODE_UI_PANE_READER_H

#include "ui/pane/actions.h"
#include "ui/pane/pane.h"
#include "ui/widget/text_view.h"

enum { READER_TITLE_MAX = 200 };

// Embed as the first member where more is needed.
struct reader {
    struct pane pane;
    struct text_view view;
    char title[READER_TITLE_MAX]; // right of the popup's title
    bool masked;                  // opened under the privacy mask: the text has no person's values
};

// A popup for host_popup(); copies title and text.
struct pane *reader_open(struct desk *desk, struct host *host, const char *title, const char *text);

// For those that are more than a reader.
void reader_init(struct reader *r, const struct pane_ops *ops, struct desk *desk, struct host *host,
                 const char *title, const char *text, bool wrap);
void reader_free(struct reader *r);
void reader_draw(struct pane *p, struct area a, bool focused);
bool reader_event(struct pane *p, const struct event *ev);
void reader_status(const struct pane *p, struct str *out);
bool reader_move(struct pane *p, const struct line *line, struct err *e);
bool reader_find(struct pane *p, const struct line *line, struct err *e);
bool reader_find_next(struct pane *p, const struct line *line, struct err *e);
bool reader_find_prev(struct pane *p, const struct line *line, struct err *e);
bool reader_copy(struct pane *p, const struct line *line, struct err *e);

// Rows of its pane_action table.
#define READER_ACTIONS                                                                             \
    MOVES_TO(reader_move), {"find", reader_find}, {"find-next", reader_find_next},                 \
        {"find-prev", reader_find_prev},                                                           \
    {                                                                                              \
        "copy-cell", reader_copy                                                                   \
    }

#endif
