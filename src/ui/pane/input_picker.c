// Every field that can be filtered by, to choose one from: by label or API name. UI thread.
// Floor: ui/pane.
#include "ui/pane/input_picker.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "ui/pane/chooser.h"
#include "ui/pane/input_words.h"

enum { POPUP_H = 20, POPUP_W = 70, TEXT_MAX = 160 };

struct input_picker {
    struct chooser chooser;
    const struct input **inputs; // owned
    size_t n;
    const struct desk_fields *account;
    void (*chosen)(struct pane *owner, const struct input *input);
    struct pane *owner;
    char text[TEXT_MAX];
};

static size_t count(void *self)
{
    return ((struct input_picker *)self)->n;
}

static const char *text(void *self, size_t item)
{
    struct input_picker *i = self;
    const struct input *in = i->inputs[item];
    const char *sign = input_sign(i->chooser.pane.desk->filters.entity, in);

    (void)snprintf(i->text, sizeof(i->text), "%s%s%s  %s", in->label,
                   in->bound == BOUND_NONE ? "" : " ", in->bound == BOUND_NONE ? "" : sign,
                   in->name);
    return i->text;
}

static const char *aside(void *self, size_t item)
{
    return group_label(((struct input_picker *)self)->inputs[item]->group);
}

static const char *sign(void *self, size_t item, enum role *role)
{
    const struct input_picker *i = self;
    const struct desk *d = i->chooser.pane.desk;
    const struct input *in = i->inputs[item];

    *role = ROLE_MARK;
    return *desk_filter_get(d, in) ? *input_sign(d->filters.entity, in) == '!' ? "!" : "=" : " ";
}

static const char *blocked(void *self, size_t item)
{
    const struct input_picker *i = self;

    return desk_fields_name(&i->account->denied, i->inputs[item]->name) ? INPUT_DENIED : NULL;
}

static bool choose(struct pane *p, const struct line *line, struct err *e)
{
    struct input_picker *i = (struct input_picker *)p;
    long long item = list_view_item(&i->chooser.list);

    (void)line;
    if (item < 0) {
        (void)err_set(e, ERR_INVALID, "no field is called so; take letters away to see more");
        return chooser_refuse(&i->chooser, e);
    }
    host_close(p->host);
    i->chosen(i->owner, i->inputs[item]);
    return true;
}

static void close(struct pane *p)
{
    struct input_picker *i = (struct input_picker *)p;

    chooser_free(&i->chooser);
    free(i->inputs);
    free(i);
}

static const struct pane_action actions[] = {
    MOVES_TO(chooser_move), {"choose", choose}, {NULL, NULL}};

static const struct pane_ops ops = {
    .name = "add-filter",
    .title = "Add a filter",
    .about = "Every field of the search, by its label or its name in the API.",
    .popup_h = POPUP_H,
    .popup_w = POPUP_W,
    .close = close,
    .draw = chooser_draw,
    .actions = actions,
    .event = chooser_event,
    .typing = chooser_typing,
    .watches = DESK_LISTS,
};

struct pane *input_picker_open(struct desk *desk, struct host *host,
                               void (*chosen)(struct pane *owner, const struct input *input),
                               struct pane *owner)
{
    struct input_picker *i = mem_zalloc(sizeof(*i));
    const struct search_operation *op = &desk->filters.entity->search;
    struct list_source source = {i, count, text, aside, sign, blocked};

    i->inputs = mem_array(op->n_inputs, sizeof(*i->inputs));
    for (size_t at = 0; at < op->n_inputs; at++) {
        const struct input *in = &op->inputs[at];

        if (in->kind != INPUT_PAGING)
            i->inputs[i->n++] = in;
    }
    i->account = desk_inputs(desk, desk->filters.entity);
    i->chosen = chosen;
    i->owner = owner;
    chooser_open(&i->chooser, &ops, desk, host, &source);
    i->chooser.hint = "Type a part of its name  Enter takes  Esc leaves";
    return &i->chooser.pane;
}
