// What panes do with owned records. UI thread. Floor: ui/pane.
#include "ui/pane/record_act.h"

#include <stdlib.h>

#include "base/mem.h"
#include "ui/pane/actions.h"
#include "ui/pane/cells.h"
#include "ui/pane/reader.h"
#include "ui/pane/when.h"

void record_free(struct record_wait *w)
{
    free(w->id);
    *w = (struct record_wait){0};
}

static void remember(struct pane *p, struct record_wait *w, const char *id)
{
    char *copy = id ? mem_strdup(id) : NULL;

    free(w->id);
    w->id = copy;
    w->pane = p;
}

static void tell(struct pane *p, bool ok, const struct err *e)
{
    if (!ok)
        host_fail(p->host, e);
}

static void note_typed(void *self, const char *text)
{
    struct record_wait *w = self;
    struct err e;

    tell(w->pane, desk_library_note(w->pane->desk, w->id, text, &e), &e);
}

static bool no_record(struct err *e)
{
    return err_set(e, ERR_INVALID, "there is no owned record here");
}

bool record_note(struct pane *p, struct record_wait *w, const char *id, const char *note,
                 const struct line *line, struct err *e)
{
    struct str text = {0};
    bool ok;

    if (!id)
        return no_record(e);
    if (line->n == 1) {
        remember(p, w, id);
        host_ask_text(p->host, "Note", "Note (empty takes it away)", note ? note : "", note_typed,
                      w);
        return true;
    }
    action_text(line, &text);
    ok = desk_library_note(p->desk, id, str_text(&text), e);
    str_free(&text);
    return ok;
}

static void tag_typed(void *self, const char *text)
{
    struct record_wait *w = self;
    struct err e;

    tell(w->pane, desk_library_tag(w->pane->desk, w->id, text, true, &e), &e);
}

static void untag_typed(void *self, const char *text)
{
    struct record_wait *w = self;
    struct err e;

    tell(w->pane, desk_library_tag(w->pane->desk, w->id, text, false, &e), &e);
}

bool record_tag(struct pane *p, struct record_wait *w, const char *id, const struct line *line,
                struct err *e)
{
    bool on = str_eq(line->words[0].text, "tag"), ok;
    size_t marked = p->desk->marks.n;
    struct str text = {0};

    if (!id && !marked)
        return no_record(e);
    if (line->n == 1) {
        remember(p, w, id);
        host_ask_text(p->host, on ? "Tag" : "Take a tag away",
                      !id      ? "Tag of the marked"
                      : marked ? "Tag of this record, not of the marked"
                               : "Tag of this record",
                      "", on ? tag_typed : untag_typed, w);
        return true;
    }
    action_text(line, &text);
    ok = desk_library_tag(p->desk, id, str_text(&text), on, e);
    str_free(&text);
    return ok;
}

bool record_history(struct pane *p, struct record_wait *w, const char *id, struct err *e)
{
    if (!id)
        return no_record(e);
    w->changes = true;
    w->number = p->desk->library.changes.number;
    desk_library_history(p->desk, id);
    return true;
}

static const char *shown(const struct desk *d, const struct column *c, const char *text,
                         char buf[static CELL_MAX])
{
    return *text ? cell_told(d, c, text, buf) : "(nothing)";
}

static void add_change(const struct desk *d, const struct library_change *c, struct str *out)
{
    char before[CELL_MAX], after[CELL_MAX];

    if (!c->column) {
        str_add(out, "  first kept\n");
        return;
    }
    str_addf(out, "  %s: %s -> ", c->column->heading, shown(d, c->column, c->before, before));
    str_addf(out, "%s\n", shown(d, c->column, c->after, after));
}

// A heading a version, or a record where several were fetched again; a line a field.
static char *changes_told(const struct desk *d)
{
    const struct library_changes *all = &d->library.changes;
    struct str out = {0};
    char when[WHEN_MAX];

    for (size_t i = 0; i < all->n; i++) {
        const struct library_change *c = &all->items[i], *last = i ? c - 1 : NULL;

        if (!last || !str_eq(last->id, c->id) || last->at_ms != c->at_ms) {
            str_add(&out, i ? "\n" : "");
            if (all->of_refresh)
                str_addf(&out, "%s\n", c->id);
            else
                str_addf(&out, "%s\n", when_second(c->at_ms, when));
        }
        add_change(d, c, &out);
    }
    if (!all->n)
        str_add(&out, "Every field tells the same as before.\n");
    return str_take(&out);
}

void record_changed(struct pane *p, struct record_wait *w, unsigned parts)
{
    const struct library_changes *c = &p->desk->library.changes;
    char *text;

    if (!(parts & DESK_LIBRARY) || !w->changes || c->number == w->number)
        return;
    w->changes = false;
    text = changes_told(p->desk);
    host_popup(p->host, reader_open(p->desk, p->host, c->title, text));
    free(text);
}
