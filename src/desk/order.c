// The order of the rows as a step that can be undone. UI thread. Floor: desk.
#include "desk/order.h"

#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/mem.h"
#include "desk/page.h"

struct stand stand_on(const struct results *r, enum follow follow)
{
    const char *id = follow == FOLLOW_PLACE ? NULL : table_id(r->table, r->place);

    if (!id && table_filtered(r->table) && table_rows(r->table) == 0)
        id = r->stood;
    return (struct stand){id ? mem_strdup(id) : NULL, r->place > r->top ? r->place - r->top : 0};
}

bool stand_again(struct results *r, struct stand *s)
{
    long long place = s->id ? table_place(r->table, s->id) : TABLE_NONE;
    size_t rows = table_rows(r->table);

    if (place != TABLE_NONE)
        r->place = (size_t)place;
    if (r->place >= rows)
        r->place = rows ? rows - 1 : 0;
    r->top = r->place > s->below ? r->place - s->below : 0;
    free(s->id);
    return place != TABLE_NONE;
}

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

static bool swap(struct desk *d, struct seat *s, struct undo_step *step, struct err *e)
{
    struct results *r = seat_face(d, s).results;
    struct rows_order before = order_now(r);

    if (!same_server(&before, &step->order)) {
        step->asked = desk_search_sorted(d, step->order.sort_by, step->order.ascending, e);
        return step->asked;
    }
    set_keys(r, &step->order);
    arrange_now(d, s, FOLLOW_RECORD);
    session_touch(d);
    desk_changed(d, DESK_RESULTS);
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

    if (!server && same_keys(&now, before))
        return;
    if (now.n_keys)
        undo_push(s, step, "the sort by %s",
                  desk_column(r, now.keys[now.n_keys - 1].column)->heading);
    else if (server && now.sort_by)
        undo_push(s, step, "the sort by %s", heading(r, now.sort_by));
    else
        undo_push(s, step, "the return to the server's order");
}

void order_asked(struct seat *s, const struct rows_order *before)
{
    s->order = *before;
    s->ordering = true;
}

// Through a step: to where the cursor was in that order, unless its record is there.
static bool back_to(struct desk *d, struct seat *s, const struct rows_order *to,
                    struct stand *stand)
{
    struct results *r = seat_face(d, s).results;
    // Behind fetched rows in an order of their own stand only those that are not.
    size_t rows = to->n_keys ? table_fetched(r->table) : table_rows(r->table);
    bool found = stand_again(r, stand);

    if (!found && to->place < rows) {
        r->place = to->place;
        r->top = to->top;
    }
    if (to->n_keys) {
        set_keys(r, to);
        arrange_now(d, s, found ? FOLLOW_RECORD : FOLLOW_PLACE);
    }
    return found;
}

static void say_where(struct desk *d, const struct results *r, const char *what)
{
    char n[COUNT_MAX], row[COUNT_MAX];

    desk_say(d, ERR_NONE,
             "%s. The row that the cursor was on is not among the %s fetched ones: it is on row "
             "%s.",
             what, count_text((long long)table_fetched(r->table), n),
             count_text((long long)r->place + 1, row));
}

void order_came(struct desk *d, struct seat *s, struct stand *stand)
{
    struct results *r = seat_face(d, s).results;
    bool looked_at = stand->id != NULL, found;
    struct undo_step *step = undo_came(s);
    char *what;

    if (step) {
        struct rows_order to = step->order;

        step->order = s->order;
        found = back_to(d, s, &to, stand);
        what = str_format(step->undone ? "Undid %s" : "Did %s again", step->what);
    } else {
        found = stand_again(r, stand);
        order_push(s, r, &s->order);
        what = r->query.sort_by ? str_format("Sorted by %s", heading(r, r->query.sort_by))
                                : mem_strdup("The server's own order");
    }
    if (looked_at && !found && table_rows(r->table))
        say_where(d, r, what);
    else if (step)
        desk_say(d, ERR_NONE, "%s.", what);
    free(what);
    s->ordering = false;
}

void order_failed(struct desk *d, struct seat *s, const struct err *e)
{
    if (e->kind != ERR_CANCELLED)
        desk_say(d, e->kind, "The rows stay in the order they have: %s", e->text);
    order_stop(s);
}

void order_stop(struct seat *s)
{
    s->ordering = false;
    undo_stays(s);
}

void order_forget(struct seat *s)
{
    if (!s->ordering)
        undo_forget(s, &kind);
}
