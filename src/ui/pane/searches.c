// Saved searches: brought back, renamed, copied, deleted, compared with their last run. UI thread.
// Floor: ui/pane.
#include <stdio.h>
#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "ui/pane/actions.h"
#include "ui/pane/panes.h"
#include "ui/pane/searches_bring.h"
#include "ui/pane/when.h"
#include "ui/widget/dialog.h"
#include "ui/widget/list_view.h"

enum { POPUP_H = 18, POPUP_W = 74, NOTE_ROWS = 1, ASIDE_MAX = 120, REACH_RPP = 100 };

struct searches_popup {
    struct pane pane;
    struct list_view list;
    int64_t id; // of the one that is asked about
    bool comparing;
    char aside[ASIDE_MAX];
};

static struct searches_popup *of(struct pane *p)
{
    return (struct searches_popup *)p;
}

static const struct saved *item_at(const struct searches_popup *s, size_t item)
{
    return &s->pane.desk->searches.saved.items.items[item];
}

static const struct saved *here(struct searches_popup *s)
{
    long long item = list_view_item(&s->list);

    return item < 0 ? NULL : item_at(s, (size_t)item);
}

static size_t count(void *self)
{
    return ((struct searches_popup *)self)->pane.desk->searches.saved.items.len;
}

static const char *text(void *self, size_t item)
{
    return item_at(self, item)->name;
}

static const char *aside(void *self, size_t item)
{
    struct searches_popup *s = self;
    const struct saved *one = item_at(s, item);
    char hits[COUNT_MAX] = "-", age[WHEN_MAX] = "never run";

    if (one->hits >= 0)
        (void)count_text(one->hits, hits);
    if (one->ran_ms)
        (void)when_age(one->ran_ms, desk_utc_ms(s->pane.desk), age);
    (void)snprintf(s->aside, sizeof(s->aside), "%s  %8s  %9s", one->entity, hits, age);
    return s->aside;
}

// What can be done with one: by keys, and where lines are read.
static const char *const keys[2] = {
    "Enter runs  c compares  r names  w notes  D copies  d deletes  u undoes  "
    "x writes all of them to a file as text  I reads such a file  Esc leaves",
    "choose runs  compare  rename  note  duplicate copies  delete  undo  "
    "export writes all of them to a file as text  import reads such a file  back leaves"};
static const char *const no_keys[2] = {"I reads searches from a file  Esc leaves",
                                       "import reads searches from a file  back leaves"};

static const char *hint(const struct searches_popup *s)
{
    return s->list.n_ranks ? keys[reads_lines(&s->pane)] : no_keys[reads_lines(&s->pane)];
}

// But for reading them from a file, and what was deleted last, all is done to one that is there.
static bool offers(const struct pane *p, const char *command)
{
    return ((const struct searches_popup *)p)->list.n_ranks || str_eq(command, "import") ||
           str_eq(command, "undo");
}

static void draw(struct pane *p, struct area a, bool focused)
{
    struct searches_popup *s = of(p);
    const struct searches_view *v = &p->desk->searches;
    const struct saved *one = here(s);
    int foot = NOTE_ROWS + hint_draw(a, false, hint(s));
    struct area items = area_part(a, 0, 0, a.h - foot, a.w);

    area_fill(a, ROLE_TEXT);
    list_view_draw(&s->list, items, focused);
    if (count(s) == 0) {
        area_fill(items, ROLE_TEXT);
        (void)wrapped_text(area_part(items, 1, 1, items.h - 1, items.w - 2), 0, ROLE_DIM,
                           !v->there && v->err.kind ? v->err.text
                           : v->there               ? "No search is saved yet: s saves the filters."
                                                    : "reading...");
    }
    (void)area_text(a, a.h - foot, 1, a.w - 1, ROLE_LABEL, one ? one->note : "");
    (void)hint_draw(a, true, hint(s));
}

static void run_search(struct pane *p)
{
    host_command(p->host, "search");
}

static bool choose(struct pane *p, const struct line *line, struct err *e)
{
    const struct saved *one = here(of(p));

    (void)line;
    return !one || search_bring(p, one->text, run_search, e);
}

static bool move(struct pane *p, const struct line *line, struct err *e)
{
    (void)e;
    p->dirty |= list_view_move(&of(p)->list, action_move(line));
    return true;
}

static bool delete_here(struct pane *p, const struct line *line, struct err *e)
{
    const struct saved *one = here(of(p));

    (void)line;
    (void)e;
    if (one)
        desk_search_delete(p->desk, one->id);
    return true;
}

static bool restore(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    (void)e;
    desk_search_restore(p->desk);
    return true;
}

static bool duplicate(struct pane *p, const struct line *line, struct err *e)
{
    const struct saved *one = here(of(p));

    (void)line;
    (void)e;
    if (one)
        desk_search_duplicate(p->desk, one->id);
    return true;
}

static void renamed(void *self, const char *name)
{
    struct searches_popup *s = self;
    struct err e;

    if (!desk_search_rename(s->pane.desk, s->id, name, &e))
        host_fail(s->pane.host, &e);
}

static void noted(void *self, const char *note)
{
    struct searches_popup *s = self;

    desk_search_note(s->pane.desk, s->id, note);
}

static bool rename_here(struct pane *p, const struct line *line, struct err *e)
{
    const struct saved *one = here(of(p));

    (void)line;
    (void)e;
    if (one) {
        of(p)->id = one->id;
        host_ask_text(p->host, "Rename the search", "Name", one->name, renamed, p);
    }
    return true;
}

static bool note_here(struct pane *p, const struct line *line, struct err *e)
{
    const struct saved *one = here(of(p));
    struct str given = {0};

    (void)e;
    if (!one)
        return true;
    of(p)->id = one->id;
    action_text(line, &given);
    if (given.len)
        noted(p, given.data);
    else
        host_ask_text(p->host, "A note beside the search", "Note", one->note, noted, p);
    str_free(&given);
    return true;
}

static void write_file(void *self, const char *path)
{
    if (*path)
        desk_searches_export(((struct searches_popup *)self)->pane.desk, path);
}

static void read_file(void *self, const char *path)
{
    if (*path)
        desk_searches_import(((struct searches_popup *)self)->pane.desk, path);
}

static bool export_here(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    if (count(p) == 0)
        return err_set(e, ERR_REFUSED, "no search is saved yet");
    host_ask_file(p->host, "Write the saved searches", "FILE", "searches.txt", write_file, p);
    return true;
}

static bool import_here(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    (void)e;
    host_ask_file(p->host, "Read saved searches", "FILE, as x writes them", "", read_file, p);
    return true;
}

static void compare_it(void *self, int button)
{
    struct searches_popup *s = self;
    struct err e;

    if (button != 1)
        return;
    s->comparing = desk_search_compare(s->pane.desk, s->id, &e);
    if (!s->comparing)
        host_fail(s->pane.host, &e);
}

static bool compare_here(struct pane *p, const struct line *line, struct err *e)
{
    const struct saved *one = here(of(p));
    char n[COUNT_MAX], *said;

    (void)line;
    (void)e;
    if (!one)
        return true;
    of(p)->id = one->id;
    (void)count_text((one->hits + REACH_RPP - 1) / REACH_RPP, n);
    said =
        one->hits < 0
            ? str_format("Reads every row of \"%s\" that paging reaches, a request for each 100 "
                         "of them. Searching costs no credits.",
                         one->name)
            : str_format("Reads every row of \"%s\" that paging reaches: some %s requests, if it "
                         "has as many hits as last time. Searching costs no credits.",
                         one->name, n);
    host_ask(p->host, "Compare with the last run", said, "Cancel|Compare", compare_it, p);
    free(said);
    return true;
}

static bool event(struct pane *p, const struct event *ev)
{
    bool taken = list_view_event(&of(p)->list, ev);

    p->dirty |= taken;
    if (taken && ev->kind == EVENT_MOUSE && ev->mouse == MOUSE_DOUBLE)
        host_command(p->host, "choose");
    return taken;
}

static void changed(struct pane *p, unsigned parts)
{
    const struct searches_view *v = &p->desk->searches;
    struct searches_popup *s = of(p);

    (void)parts;
    list_view_update(&s->list);
    if (s->comparing && !v->comparing && v->changes.rows.len)
        host_open(p->host, "changes");
    s->comparing = v->comparing;
}

static void close(struct pane *p)
{
    list_view_free(&of(p)->list);
    free(p);
}

static struct pane *open(struct desk *desk, struct host *host)
{
    struct searches_popup *s = mem_zalloc(sizeof(*s));
    struct list_source source = {s, count, text, aside, NULL, NULL};

    s->pane = (struct pane){.ops = &pane_searches, .desk = desk, .host = host, .dirty = true};
    s->comparing = desk->searches.comparing;
    list_view_init(&s->list, &source, false);
    desk_searches_read(desk);
    return &s->pane;
}

static const struct pane_action actions[] = {MOVES_TO(move),
                                             {"choose", choose},
                                             {"delete", delete_here},
                                             {"undo", restore},
                                             {"duplicate", duplicate},
                                             {"rename", rename_here},
                                             {"note", note_here},
                                             {"compare", compare_here},
                                             {"export", export_here},
                                             {"import", import_here},
                                             {NULL, NULL}};

static bool place(const struct pane *p, size_t *at, size_t *of_all)
{
    const struct searches_popup *s = (const struct searches_popup *)p;

    *at = s->list.scroll.at;
    *of_all = s->list.n_ranks;
    return s->list.n_ranks > 0;
}

const struct pane_ops pane_searches = {
    .name = "searches",
    .title = "Saved searches",
    .about = "Searches that were saved under a name, with their last count.",
    .popup_h = POPUP_H,
    .popup_w = POPUP_W,
    .open = open,
    .close = close,
    .draw = draw,
    .actions = actions,
    .event = event,
    .watches = DESK_SEARCHES,
    .changed = changed,
    .place = place,
    .offers = offers,
};
