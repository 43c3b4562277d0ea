// A file of people or companies: how its columns are taken, to be changed, and then its quote. UI
// thread. Floor: ui/pane.
#include "ui/pane/import.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "desk/import.h"
#include "ui/pane/actions.h"
#include "ui/pane/cells.h"
#include "ui/pane/panes.h"
#include "ui/widget/dialog.h"
#include "ui/widget/form.h"

enum { POPUP_H = 17, POPUP_W = 74, LABEL_WIDTH = 20, VALUE_BYTES = 200, NOTES_H = 4 };

struct import_popup {
    struct pane pane;
    struct form form;
    struct import file;
    char **names, **firsts; // of the columns, harmless; owned
    bool headed;            // one is known at least: else the first line may be of people itself
    char value[VALUE_BYTES], hint[HINT_TEXT_MAX];
    char said[ERR_TEXT_MAX]; // why a quote would be refused, or ""
};

static struct import_popup *of(struct pane *p)
{
    return (struct import_popup *)p;
}

static size_t row_count(void *self)
{
    return ((const struct import_popup *)self)->file.plan.n + 1;
}

static struct form_field field_at(void *self, size_t i)
{
    struct import_popup *x = self;
    const struct match_plan *p = &x->file.plan;
    const char *name;

    if (i == p->n)
        return (struct form_field){
            .label = "Quote",
            .value = hint_text(&x->pane, "Enter asks what it costs: nothing is bought", x->hint),
            .role = ROLE_STRONG,
            .button = true};
    (void)snprintf(x->value, sizeof(x->value), "%s",
                   x->file.bare   ? "ids, without a heading"
                   : p->inputs[i] ? p->inputs[i]->label
                                  : "not sent");
    name = x->headed ? x->names[i] : label_shown(x->pane.desk, p->entity, x->names[i]);
    return (struct form_field){.label = name,
                               .value = x->value,
                               .note = label_shown(x->pane.desk, p->entity, x->firsts[i]),
                               .role = p->inputs[i] ? ROLE_TEXT : ROLE_DIM};
}

// Without its columns, where they may be people's values.
static void say_needs(struct import_popup *x)
{
    const struct entity *entity = x->file.plan.entity;
    struct str needs = {0};

    match_plan_needs(entity, &needs);
    (void)snprintf(x->said, sizeof(x->said),
                   "the file cannot tell which %s are meant; it takes one of: %s", entity->plural,
                   needs.data);
    str_free(&needs);
}

static void check(struct import_popup *x)
{
    struct err e;

    *x->said = '\0';
    if (!import_suffices(&x->file, &e))
        (void)snprintf(x->said, sizeof(x->said), "%s", e.text);
    x->pane.dirty = true;
}

// The next input that no other column gives; none after the last.
static void next_input(struct import_popup *x, size_t column)
{
    const struct match_plan *p = &x->file.plan;
    const struct enrich_operation *op = &p->entity->enrich;
    size_t at = p->inputs[column] ? (size_t)(p->inputs[column] - op->inputs) + 1 : 0;

    while (at < op->n_inputs && match_plan_column(p, &op->inputs[at]) < p->n)
        at++;
    match_plan_set(&x->file.plan, column, at < op->n_inputs ? &op->inputs[at] : NULL);
    check(x);
}

static void quote(struct import_popup *x)
{
    struct err e;

    if (desk_import(x->pane.desk, &x->file, &e)) {
        host_close(x->pane.host);
        host_open(x->pane.host, "quote");
        return;
    }
    (void)snprintf(x->said, sizeof(x->said), "%s", e.text);
    x->pane.dirty = true;
}

static bool choose(struct pane *p, const struct line *line, struct err *e)
{
    struct import_popup *x = of(p);
    size_t at = x->form.scroll.at;

    (void)line;
    (void)e;
    if (at < x->file.plan.n && !x->file.bare)
        next_input(x, at);
    else if (!*x->said)
        quote(x);
    return true;
}

static bool move(struct pane *p, const struct line *line, struct err *e)
{
    (void)e;
    (void)form_move(&of(p)->form, action_move(line));
    p->dirty = true;
    return true;
}

static void draw(struct pane *p, struct area a, bool focused)
{
    struct import_popup *x = of(p);
    int h = a.h > NOTES_H + 1 ? a.h - NOTES_H : a.h;
    struct area notes = area_part(a, h, 1, a.h - h, a.w - 2);
    char hint[HINT_TEXT_MAX];
    int y = 0;

    area_fill(a, ROLE_TEXT);
    x->form.label_width = LABEL_WIDTH;
    form_draw(&x->form, area_part(a, 0, 0, h, a.w), focused);
    if (h == a.h)
        return;
    if (*x->said && p->desk->privacy && !x->headed)
        say_needs(x);
    if (!*x->said)
        y = form_cut_draw(p, notes, &x->form, a.w);
    (void)wrapped_text(notes, y, *x->said ? ROLE_ERROR : ROLE_DIM,
                       *x->said ? x->said
                                : hint_text(p,
                                            "Enter on a column takes it as something else. "
                                            "Each line is asked for once; what is found and "
                                            "new costs a credit.",
                                            hint));
}

static bool event(struct pane *p, const struct event *ev)
{
    struct import_popup *x = of(p);
    enum form_result r = form_event(&x->form, ev);

    if (r == FORM_CHOSEN)
        host_command(p->host, "choose");
    p->dirty |= r != FORM_NOT_MINE;
    return r != FORM_NOT_MINE;
}

static void status(const struct pane *p, struct str *out)
{
    const struct import_popup *x = (const struct import_popup *)p;
    char *path = text_cleaned(x->file.path);

    str_addf(out, "%s of %s", x->file.plan.entity->plural, path);
    free(path);
}

static void close_import(struct pane *p)
{
    struct import_popup *x = of(p);

    for (size_t i = 0; i < x->file.plan.n; i++) {
        free(x->names[i]);
        free(x->firsts[i]);
    }
    free(x->names);
    free(x->firsts);
    form_free(&x->form);
    import_free(&x->file);
    free(x);
}

static const struct pane_action actions[] = {MOVES_TO(move), {"choose", choose}, {NULL, NULL}};

static const struct pane_ops ops = {
    .name = "import",
    .title = "Import",
    .about = "Shows how the columns of a file are taken. Enter changes one; the last line asks for "
             "the quote.",
    .popup_h = POPUP_H,
    .popup_w = POPUP_W,
    .close = close_import,
    .draw = draw,
    .actions = actions,
    .event = event,
    .status = status,
};

struct pane *import_popup(struct desk *desk, struct host *host, const char *path, struct err *e)
{
    const struct entity *entity =
        desk->results.entity ? desk->results.entity : desk->filters.entity;
    struct import_popup *x;
    struct import file;

    if (!import_look(&file, entity, path, e))
        return NULL;
    x = mem_zalloc(sizeof(*x));
    x->pane = (struct pane){.ops = &ops, .desk = desk, .host = host, .dirty = true};
    x->file = file;
    x->names = mem_array(file.plan.n, sizeof(*x->names));
    x->firsts = mem_array(file.plan.n, sizeof(*x->firsts));
    for (size_t i = 0; i < file.plan.n; i++) {
        x->names[i] = text_cleaned(file.plan.names[i]);
        x->firsts[i] = text_cleaned(file.firsts[i]);
        x->headed = x->headed || file.plan.inputs[i];
    }
    x->form.source = (struct form_source){x, row_count, field_at};
    x->form.scroll = (struct scroll){.n = file.plan.n + 1, .at = file.plan.n, .h = POPUP_H};
    check(x);
    return &x->pane;
}
