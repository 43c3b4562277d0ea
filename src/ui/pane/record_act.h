// What panes do with owned records: notes, tags, history. UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_RECORD_ACT_H
#define LODE_UI_PANE_RECORD_ACT_H

#include "ui/pane/pane.h"

// What a pane has asked the desk for and shows once it is there.
struct record_wait {
    bool changes, plan;
    uint64_t number; // of the changes that were there before
    char *id;        // the record a text is asked for; owned
    struct pane *pane;
};

// `note [TEXT]`: asks for it, with what stands there, where it is not given.
bool record_note(struct pane *p, struct record_wait *w, const char *id, const char *note,
                 const struct line *line, struct err *e);
// `tag [NAME]`, `untag [NAME]`: of this record alone; NULL: of the marked ones.
bool record_tag(struct pane *p, struct record_wait *w, const char *id, const struct line *line,
                struct err *e);
// `history`: a popup once it has come.
bool record_history(struct pane *p, struct record_wait *w, const char *id, struct err *e);
// For pane_ops.changed: shows what has come.
void record_changed(struct pane *p, struct record_wait *w, unsigned parts);
void record_free(struct record_wait *w);

#endif
