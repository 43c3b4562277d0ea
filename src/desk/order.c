// The order of the rows as a step that can be undone. UI thread. Floor: desk.
#include "desk/order.h"

#include <string.h>

#include "desk/page.h"

struct rows_order order_now(const struct results *r)
{
    struct rows_order o = {.n_keys = r->n_keys,
                           .sort_by = r->query.sort_by,
                           .ascending = r->query.ascending,
                           .place = r->place,
                           .top = r->top};

    memcpy(o.keys, r->keys, sizeof(o.keys));
    return o;
}

static bool same_server(const struct rows_order *a, const struct rows_order *b)
{
    return a->sort_by == b->sort_by && (!a->sort_by || a->ascending == b->ascending);
}

static bool same_keys(const struct rows_order *a, const struct rows_order *b)
{
    bool same = a->n_keys == b->n_keys;

    for (size_t i = 0; same && i < a->n_keys; i++)
        same =
            a->keys[i].column == b->keys[i].column && a->keys[i].ascending == b->keys[i].ascending;
    return same;
}

static void set_keys(struct results *r, const struct rows_order *o)
{
    r->n_keys = o->n_keys;
    memcpy(r->keys, o->keys, sizeof(r->keys));
}

// The cursor stays on its record; where the server orders nobody knows where that is, and it goes
// to where it was.
static bool swap(struct desk *d, struct seat *s, struct undo_step *step, struct err *e)
{
    struct results *r = seat_face(d, s).results;
    struct rows_order before = order_now(r), to = step->order;

    if (!same_server(&before, &to)) {
        if (!desk_search_sorted(d, to.sort_by, to.ascending, e))
            return false;
        s->order = to;
        s->ordering = ORDERING_BACK;
    } else {
        set_keys(r, &to);
        arrange_now(d, s, FOLLOW_RECORD);
        session_touch(d);
        desk_changed(d, DESK_RESULTS);
    }
    step->order = before;
    return true;
}

static void release(struct undo_step *step)
{
    (void)step;
}

static const struct undo_kind kind = {"results", swap, release};

static const char *heading(const struct results *r, const char *name)
{
    const struct search_operation *op = &r->entity->search;
    const struct column *c = column_find(op->columns, op->n_columns, name);

    return c ? c->heading : name;
}

void order_push(struct seat *s, const struct results *r, const struct rows_order *before)
{
    struct rows_order now = order_now(r);
    struct undo_step step = {.kind = &kind, .order = *before};
    bool server = !same_server(&now, before);
    const char *cost = server ? " (one request)" : "";

    if (!server && same_keys(&now, before))
        return;
    if (now.n_keys)
        undo_push(s, step, "the sort by %s",
                  desk_column(r, now.keys[now.n_keys - 1].column)->heading);
    else if (server && now.sort_by)
        undo_push(s, step, "the sort by %s%s", heading(r, now.sort_by), cost);
    else
        undo_push(s, step, "the return to the server's order%s", cost);
}

void order_asked(struct seat *s, const struct rows_order *before)
{
    s->order = *before;
    s->ordering = ORDERING_FORTH;
}

void order_came(struct desk *d, struct seat *s)
{
    struct results *r = seat_face(d, s).results;
    // Behind fetched rows in an order of their own stand only those that are not.
    size_t rows = s->order.n_keys ? table_fetched(r->table) : table_rows(r->table);

    if (s->ordering == ORDERING_FORTH)
        order_push(s, r, &s->order);
    if (s->ordering == ORDERING_BACK && s->order.place < rows) {
        r->place = s->order.place;
        r->top = s->order.top;
    }
    if (s->ordering == ORDERING_BACK && s->order.n_keys) {
        set_keys(r, &s->order);
        arrange_now(d, s, FOLLOW_PLACE);
    }
    order_stop(s);
}

void order_stop(struct seat *s)
{
    s->ordering = ORDERING_NONE;
}

void order_forget(struct seat *s)
{
    if (s->ordering == ORDERING_NONE)
        undo_forget(s, &kind);
}
