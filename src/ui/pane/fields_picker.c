// Which output fields to buy: a fuzzy list with what the account says of each; Enter quotes anew.
// UI thread. Floor: ui/pane.
#include "ui/pane/fields_picker.h"

#include <stdlib.h>

#include "base/mem.h"
#include "ui/pane/chooser.h"

enum { POPUP_H = 20, POPUP_W = 66 };

struct fields_picker {
    struct chooser chooser;
    const struct entity *entity;
    const struct desk_fields *fields;
    bool *chosen; // one for each column that can be bought; owned
};

static struct fields_picker *of(struct pane *p)
{
    return (struct fields_picker *)p;
}

static const struct column *column_of(const struct fields_picker *f, size_t item)
{
    return &f->entity->enrich.columns[item];
}

static size_t count(void *self)
{
    return ((struct fields_picker *)self)->entity->enrich.n_columns;
}

static const char *text(void *self, size_t item)
{
    return column_of(self, item)->heading;
}

static const char *blocked(void *self, size_t item)
{
    const struct fields_picker *f = self;

    return desk_fields_name(&f->fields->denied, column_of(f, item)->name) ? "not in your account"
                                                                          : NULL;
}

static const char *aside(void *self, size_t item)
{
    const struct fields_picker *f = self;
    const struct column *c = column_of(f, item);

    if (c->marks & COLUMN_COMPLIANCE)
        return "duty";
    return f->fields->there && desk_fields_name(&f->fields->granted, c->name) ? "in your account"
                                                                              : c->name;
}

static const char *sign(void *self, size_t item, enum role *role)
{
    *role = ROLE_MARK;
    return ((struct fields_picker *)self)->chosen[item] ? "x" : " ";
}

static void toggle(struct fields_picker *f)
{
    long long item = list_view_item(&f->chooser.list);
    struct err e;

    if (item < 0)
        return;
    if (!f->chosen[item] && blocked(f, (size_t)item)) {
        (void)err_set(&e, ERR_FORBIDDEN, "%s is not in your account: the API would refuse it",
                      column_of(f, (size_t)item)->heading);
        (void)chooser_refuse(&f->chooser, &e);
        return;
    }
    f->chosen[item] = !f->chosen[item];
    *f->chooser.said = '\0';
    f->chooser.pane.dirty = true;
}

static bool choose(struct pane *p, const struct line *line, struct err *e)
{
    struct fields_picker *f = of(p);
    struct str names = {0};
    bool ok;

    (void)line;
    for (size_t i = 0; i < f->entity->enrich.n_columns; i++) {
        if (f->chosen[i])
            str_addf(&names, "%s%s", names.len ? "," : "", column_of(f, i)->name);
    }
    ok = names.len ? desk_quote(p->desk, str_text(&names), e)
                   : err_set(e, ERR_INVALID, "at least one field must be chosen: Space chooses it");
    str_free(&names);
    if (!ok)
        return chooser_refuse(&f->chooser, e);
    host_close(p->host);
    return true;
}

static bool event(struct pane *p, const struct event *ev)
{
    bool key = ev->kind == EVENT_KEY && ev->key == ' ';

    if (!key && !chooser_event(p, ev))
        return false;
    if (key || (ev->kind == EVENT_MOUSE && ev->mouse == MOUSE_DOUBLE))
        toggle(of(p));
    return true;
}

static void close(struct pane *p)
{
    struct fields_picker *f = of(p);

    chooser_free(&f->chooser);
    free(f->chosen);
    free(f);
}

static const struct pane_action actions[] = {
    MOVES_TO(chooser_move), {"choose", choose}, {NULL, NULL}};

static const struct pane_ops ops = {
    .name = "fields",
    .title = "Fields to buy",
    .about = "What is asked for of each record. One credit buys all of them.",
    .popup_h = POPUP_H,
    .popup_w = POPUP_W,
    .close = close,
    .draw = chooser_draw,
    .actions = actions,
    .event = event,
    .typing = chooser_typing,
    .watches = DESK_LISTS,
};

// Those of the quote in front, else the usual ones.
static void choose_first(struct fields_picker *f, const struct selection *s)
{
    for (size_t i = 0; i < f->entity->enrich.n_columns; i++)
        f->chosen[i] = !s->n_fields && column_of(f, i)->marks & COLUMN_SHOWN;
    for (size_t i = 0; i < s->n_fields; i++)
        f->chosen[s->fields[i] - f->entity->enrich.columns] = true;
}

struct pane *fields_picker_open(struct desk *desk, struct host *host)
{
    struct fields_picker *f = mem_zalloc(sizeof(*f));
    struct list_source source = {f, count, text, aside, sign, blocked};
    const struct selection *s = &desk->buying.selection;

    f->entity = s->entity ? s->entity : desk->filters.entity;
    f->fields = desk_fields(desk, f->entity);
    f->chosen = mem_array(f->entity->enrich.n_columns, sizeof(*f->chosen));
    choose_first(f, s);
    chooser_open(&f->chooser, &ops, desk, host, &source);
    f->chooser.hint = "Space chooses  Enter quotes  one credit buys all of a record's fields";
    return &f->chooser.pane;
}
