// Which columns the library shows, and in which order. UI thread. Floor: ui/pane.
#include <stdlib.h>

#include "base/mem.h"
#include "ui/pane/library_pane.h"
#include "ui/pane/ordered.h"

enum { POPUP_H = 20, POPUP_W = 60 };

struct library_columns {
    struct ordered list;
    struct library_pane *library;
};

static struct library_columns *of(struct pane *p)
{
    return (struct library_columns *)p;
}

static const char *text(void *self, size_t item)
{
    const struct library_columns *c = self;

    return library_column_heading(c->library->entity, c->list.items[item]);
}

static const char *aside(void *self, size_t item)
{
    const struct library_columns *c = self;
    const struct entity *entity = c->library->entity;
    struct library_column column = library_column_of(entity, c->list.items[item]);

    return column.cell == LIBRARY_FIELD ? entity->enrich.columns[column.field].name : "of Lode";
}

static const char *sign(void *self, size_t item, enum role *role)
{
    *role = ROLE_MARK;
    return ((struct library_columns *)self)->list.chosen[item] ? "x" : " ";
}

static bool choose(struct pane *p, const struct line *line, struct err *e)
{
    struct library_columns *c = of(p);
    size_t *wanted = mem_array(c->list.n, sizeof(*wanted)), n = 0;

    (void)line;
    for (size_t i = 0; i < c->list.n; i++) {
        if (c->list.chosen[i])
            wanted[n++] = c->list.items[i];
    }
    if (n)
        library_set_columns(c->library, wanted, n);
    free(wanted);
    if (!n) {
        (void)err_set(e, ERR_INVALID, "at least one column must be shown");
        return chooser_refuse(&c->list.chooser, e);
    }
    host_close(p->host);
    return true;
}

static void close(struct pane *p)
{
    ordered_free(&of(p)->list);
    free(p);
}

static const struct pane_action actions[] = {
    MOVES_TO(chooser_move), {"choose", choose}, {NULL, NULL}};

static const struct pane_ops ops = {
    .name = "library-columns",
    .title = "Columns of the library",
    .about = "Which columns the library shows, and in which order: Space shows or hides one (Tab, "
             "once text is typed).",
    .popup_h = POPUP_H,
    .popup_w = POPUP_W,
    .close = close,
    .draw = chooser_draw,
    .actions = actions,
    .event = ordered_event,
    .typing = chooser_typing,
};

// The number of a column that is shown.
static size_t number_of(const struct library_pane *l, size_t shown)
{
    size_t i = 0;

    for (;; i++) {
        struct library_column c = library_column_of(l->entity, i);

        if (c.cell == l->which[shown].cell && c.field == l->which[shown].field)
            return i;
    }
}

struct pane *library_columns_open(struct library_pane *l)
{
    struct library_columns *c = mem_zalloc(sizeof(*c));
    struct list_source source = {c, ordered_count, text, aside, sign, NULL};

    c->library = l;
    ordered_init(&c->list, library_columns_all(l->entity));
    for (size_t i = 0; i < l->view.n_columns; i++)
        ordered_add(&c->list, number_of(l, i), true);
    for (size_t i = 0; i < library_columns_all(l->entity); i++) {
        if (!ordered_has(&c->list, i))
            ordered_add(&c->list, i, false);
    }
    chooser_open(&c->list.chooser, &ops, l->pane.desk, l->pane.host, &source);
    return &c->list.chooser.pane;
}
