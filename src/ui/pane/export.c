// Writing rows to a file: which, how, where; what travels with them, and that it is free. UI
// thread. Floor: ui/pane.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/count.h"
#include "base/mem.h"
#include "flow/preset.h"
#include "ui/pane/basis.h"
#include "ui/pane/actions.h"
#include "ui/pane/export_pane.h"
#include "ui/pane/panes.h"
#include "ui/widget/dialog.h"

enum { POPUP_H = 18, POPUP_W = 74, LABEL_WIDTH = 10, STAMP_MAX = 16 };

static struct export_popup *of(struct pane *p)
{
    return (struct export_popup *)p;
}

static bool write_it(struct export_popup *x, bool replace, struct err *e)
{
    struct export_order order = export_order_of(x, replace);

    return desk_export(x->pane.desk, &order, e);
}

static void refuse(struct export_popup *x, const struct err *e)
{
    (void)snprintf(x->said, sizeof(x->said), "%s", e->text);
    x->pane.dirty = true;
}

static void replace_answered(void *self, int button)
{
    struct export_popup *x = self;
    struct err e;

    if (button != 1)
        return;
    if (write_it(x, true, &e))
        host_close(x->pane.host);
    else
        refuse(x, &e);
}

void export_write(struct export_popup *x)
{
    struct err e;

    *x->said = '\0';
    if (write_it(x, false, &e)) {
        host_close(x->pane.host);
        return;
    }
    refuse(x, &e);
    if (e.kind == ERR_EXISTS)
        host_ask(x->pane.host, "Replace the file?", e.text, "Cancel|Replace", replace_answered, x);
}

static const char *duties(const struct entity *entity, enum export_what what)
{
    for (size_t i = 0; i < entity->enrich.n_columns; i++) {
        if (entity->enrich.columns[i].marks & COLUMN_COMPLIANCE)
            return "Do-not-call and region flags, the notice date and where each record is from "
                   "travel with it. Who exports answers for what is done with it.";
    }
    if (what != EXPORT_OWNED)
        return "What the filters and the library say of the rows is written where it is shown; the "
               "basis tells it.";
    return "Where each record is from and when travels with it.";
}

static void draw(struct pane *p, struct area a, bool focused)
{
    struct export_popup *x = of(p);
    struct area notes = area_part(a, ROWS + 1, 1, a.h - ROWS - 1, a.w - 2);
    int y = 0;

    area_fill(a, ROLE_TEXT);
    x->form.label_width = LABEL_WIDTH;
    form_draw(&x->form, area_part(a, 0, 0, ROWS < a.h ? ROWS : a.h, a.w), focused);
    if (*x->said)
        y = wrapped_text(notes, 0, ROLE_ERROR, x->said) + 1;
    y += form_cut_draw(p, area_part(notes, y, 0, notes.h - y, notes.w), &x->form, a.w);
    (void)wrapped_text(notes, y, ROLE_DIM, duties(export_entity(x), x->what));
}

static bool give_form(struct export_popup *x, const struct event *ev)
{
    enum form_result r = form_event(&x->form, ev);

    if (r == FORM_ENTERED && x->form.scroll.at == ROW_FILE) {
        str_clear(&x->path);
        str_add(&x->path, str_text(&x->form.edit.text));
        (void)form_move(&x->form, MOVE_BOTTOM);
    }
    if (r == FORM_CHOSEN)
        host_command(x->pane.host, "choose");
    x->pane.dirty |= r != FORM_NOT_MINE;
    return r != FORM_NOT_MINE;
}

static bool give_key(struct export_popup *x, const struct line *line)
{
    struct event ev;

    return x->form.editing && action_key(line, &ev) && give_form(x, &ev);
}

static bool choose(struct pane *p, const struct line *line, struct err *e)
{
    struct export_popup *x = of(p);

    (void)e;
    x->suggests = false;
    if (!give_key(x, line))
        export_choose(x, x->form.scroll.at);
    p->dirty = true;
    return true;
}

static bool move(struct pane *p, const struct line *line, struct err *e)
{
    struct export_popup *x = of(p);

    (void)e;
    if (!give_key(x, line) && !x->form.editing)
        (void)form_move(&x->form, action_move(line));
    p->dirty = true;
    return true;
}

static bool back(struct pane *p, const struct line *line, struct err *e)
{
    return give_key(of(p), line) || action_up(e);
}

static bool event(struct pane *p, const struct event *ev)
{
    return give_form(of(p), ev);
}

static bool typing(const struct pane *p)
{
    return ((const struct export_popup *)p)->form.editing;
}

// The basis of what is fetched: never without it. Marks go beyond one search.
static void status(const struct pane *p, struct str *out)
{
    const struct export_popup *x = (const struct export_popup *)p;
    char n[COUNT_MAX];

    if (x->what == EXPORT_MARKED || x->what == EXPORT_OWNED)
        str_addf(out, "%s marked", count_text((long long)p->desk->marks.n, n));
    else if (p->desk->results.table && x->what == EXPORT_FETCHED)
        basis_add(p->desk, BASIS_TEXT, out);
}

static void close_export(struct pane *p)
{
    struct export_popup *x = of(p);

    form_free(&x->form);
    str_free(&x->path);
    str_free(&x->presets);
    free(x);
}

static void suggest_path(struct export_popup *x)
{
    int64_t utc_ms = desk_utc_ms(x->pane.desk);
    time_t seconds = (time_t)(utc_ms / 1000);
    char stamp[STAMP_MAX] = "";
    struct tm tm;

    if (localtime_r(&seconds, &tm))
        (void)strftime(stamp, sizeof(stamp), "%Y%m%d-%H%M", &tm);
    str_addf(&x->path, "%s-%s.%s", export_entity(x)->plural, stamp, "csv");
}

// What was bought, where all that is marked was.
static enum export_what first_choice(const struct marks *m)
{
    if (!m->n)
        return EXPORT_FETCHED;
    return m->summed && m->count[STANDING_HELD] == m->n ? EXPORT_OWNED : EXPORT_MARKED;
}

struct pane *export_popup_of(struct desk *desk, struct host *host, enum export_what what)
{
    struct export_popup *x = mem_zalloc(sizeof(*x));

    x->pane = (struct pane){.ops = &pane_export, .desk = desk, .host = host, .dirty = true};
    x->form.source = export_rows;
    x->form.source.self = x;
    x->what = what;
    x->form.scroll = (struct scroll){.n = ROWS, .at = ROW_WRITE, .h = ROWS};
    x->manifest = true;
    export_read_presets(x, NULL);
    suggest_path(x);
    return &x->pane;
}

static struct pane *open(struct desk *desk, struct host *host)
{
    struct pane *p = export_popup_of(desk, host, first_choice(&desk->marks));

    of(p)->suggests = true;
    return p;
}

// Where the marked stand may be known only after the popup was opened.
static void changed(struct pane *p, unsigned parts)
{
    struct export_popup *x = of(p);

    if (x->suggests && (parts & DESK_MARKS) && p->desk->marks.summed)
        x->what = first_choice(&p->desk->marks);
}

// The columns shown, in their order, under a name.
static void name_typed(void *self, const char *text)
{
    struct export_popup *x = self;
    const struct results *r = &x->pane.desk->results;
    struct str columns = {0};
    struct err e;

    for (size_t i = 0; i < r->n_shown; i++) {
        str_addf(&columns, "%s?%s", columns.len ? "," : "",
                 desk_column(r, r->shown[i].column)->name);
    }
    *x->said = '\0';
    if (preset_save(text, str_text(&columns), false, &e))
        export_read_presets(x, text);
    else
        host_fail(x->pane.host, &e);
    str_free(&columns);
}

static bool save_preset(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    if (!p->desk->results.n_shown)
        return err_set(e, ERR_INVALID, "no columns are shown that could be kept");
    host_ask_text(p->host, "Keep the columns shown", "Name of the preset", "", name_typed, p);
    return true;
}

static void drop_answered(void *self, int button)
{
    struct export_popup *x = self;
    struct err e;

    if (button == 1 && !preset_drop(export_preset(x), &e))
        refuse(x, &e);
    export_read_presets(x, NULL);
}

static bool delete_preset(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    (void)e;
    host_ask(p->host, "Delete the preset?", export_preset(of(p)), "Cancel|Delete", drop_answered,
             p);
    return true;
}

static const struct pane_action actions[] = {MOVES_TO(move),
                                             {"choose", choose},
                                             {"back", back},
                                             {"save-preset", save_preset},
                                             {"delete-preset", delete_preset},
                                             {NULL, NULL}};

const struct pane_ops pane_export = {
    .name = "export",
    .title = "Export",
    .about = "Writes rows to a file: free, without a request. Enter changes a line; the last one "
             "writes. A preset names columns and their headings; the columns shown can be kept as "
             "one.",
    .popup_h = POPUP_H,
    .popup_w = POPUP_W,
    .open = open,
    .close = close_export,
    .draw = draw,
    .actions = actions,
    .event = event,
    .typing = typing,
    .watches = DESK_MARKS | DESK_RESULTS | DESK_PAGES,
    .changed = changed,
    .status = status,
};
