// The order the fetched rows are shown in, and which of them: worked out elsewhere, while the
// former order stays. UI thread, but for the run. Floor: desk.
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/mem.h"
#include "desk/order.h"
#include "desk/page.h"
#include "job/cancel.h"

enum { REST = 3, REST_MIN_MS = 50 }; // times what it took last, until rows that came are put in

struct arranging {
    struct task task;
    struct seat *seat;
    uint64_t search;
    struct table *table;
    struct arrangement how;
    struct pattern *pattern;
    size_t *columns;      // owned
    struct shadow shadow; // where it goes by what the library has
    struct row_order order;
    int64_t began_ms;
    enum follow follow;
};

bool desk_stop_asked(void *cancel)
{
    return cancel_fired(cancel);
}

static bool run(struct task *t)
{
    struct arranging *a = (struct arranging *)t;
    const struct stop stop = {desk_stop_asked, t->cancel};
    struct table *by = a->shadow.n ? shadow_table(&a->shadow, t, a->table, false) : a->table;
    bool ok = by && (table_arrange(by, &a->how, &stop, &a->order) ||
                     err_set(&t->err, ERR_CANCELLED, "stopped on request"));

    if (by != a->table)
        table_free(by);
    return ok;
}

// The order has been taken over.
static void hold(struct held_order *h, const struct results *r)
{
    pattern_unref(h->filter);
    free(h->filter_text);
    *h = (struct held_order){.n_keys = r->n_keys,
                             .filter = pattern_ref(r->filter),
                             .filter_text = r->filter_text ? mem_strdup(r->filter_text) : NULL,
                             .filter_column = r->filter_column};
    memcpy(h->keys, r->keys, sizeof(h->keys));
}

// It has not come: what is said of the rows is what they are.
static void fall_back(struct results *r, const struct held_order *h)
{
    r->n_keys = h->n_keys;
    memcpy(r->keys, h->keys, sizeof(r->keys));
    rows_filter_set(r, pattern_ref(h->filter), h->filter_text, h->filter_column);
}

// Where they go to the end the cursor may be among them.
static void say_not_fetched(struct desk *d, const struct results *r)
{
    char n[COUNT_MAX];

    if (r->n_keys && r->place < table_rows(r->table) && !table_id(r->table, r->place))
        desk_say(d, ERR_NONE,
                 "Sorted are the %s rows that are fetched: these are not; fetch-all asks, and "
                 "fetches the rest.",
                 count_text((long long)table_fetched(r->table), n));
}

static void done(struct desk *d, struct task *t)
{
    struct arranging *a = (struct arranging *)t;
    struct search *s = &a->seat->search;
    struct results *r = seat_face(d, a->seat).results;
    struct stand stand;

    if (s->arranging != t)
        return;
    s->arranging = NULL;
    r->arranging = false;
    desk_changed(d, DESK_RESULTS);
    if (!t->ok) {
        fall_back(r, &s->held);
        session_touch(d);
        desk_tell(d, &t->err);
        return;
    }
    hold(&s->held, r);
    stand = stand_on(r, a->follow);
    table_take_order(r->table, &a->order);
    r->arranged++;
    (void)stand_again(r, &stand);
    s->rest_first = r->top;
    if (a->follow == FOLLOW_PLACE)
        say_not_fetched(d, r);
    if (table_behind(r->table)) {
        int64_t rest = (desk_now_ms() - a->began_ms) * REST;

        timer_sooner(d, TIMER_ARRANGE, rest > REST_MIN_MS ? rest : REST_MIN_MS);
    }
}

static void release(struct task *t)
{
    struct arranging *a = (struct arranging *)t;

    table_free(a->table);
    shadow_free(&a->shadow);
    pattern_unref(a->pattern);
    free(a->columns);
    free(a->order.rows);
}

static const struct task_kind kinds[] = {
    {.name = "arrange", .lane = LANE_COMPUTE, .run = run, .done = done, .free = release},
    {.name = "arrange", .lane = LANE_LOCAL, .run = run, .done = done, .free = release},
};

size_t *results_columns(const struct results *r, size_t *n)
{
    size_t *columns = mem_array(r->n_shown + 1, sizeof(*columns));

    *n = r->n_shown;
    for (size_t i = 0; i < r->n_shown; i++)
        columns[i] = r->shown[i].column;
    return columns;
}

// The columns a filter looks into: the one it is of, else those that are shown.
static size_t *filter_columns(const struct results *r, size_t *n)
{
    size_t *columns = results_columns(r, n);

    if (r->filter_column != SIZE_MAX) {
        columns[0] = r->filter_column;
        *n = 1;
    }
    return columns;
}

static bool goes_beyond(const struct results *r, const struct arrangement *how)
{
    bool beyond = false;

    for (size_t i = 0; i < how->n_keys; i++)
        beyond = beyond || shadow_wanted(r, how->keys[i].column);
    for (size_t i = 0; how->pattern && i < how->n_columns; i++)
        beyond = beyond || shadow_wanted(r, how->columns[i]);
    return beyond;
}

// The columns by their numbers in the shadow.
static void go_beyond(struct arranging *a, const struct results *r)
{
    shadow_open(&a->shadow, r);
    for (size_t i = 0; i < a->how.n_keys; i++)
        a->how.keys[i].column = shadow_column(&a->shadow, a->how.keys[i].column);
    for (size_t i = 0; a->pattern && i < a->how.n_columns; i++)
        a->columns[i] = shadow_column(&a->shadow, a->columns[i]);
}

static void give_up(struct search *s)
{
    if (s->arranging)
        cancel_fire(s->arranging->cancel);
    s->arranging = NULL;
}

static void start(struct desk *d, struct seat *s, struct results *r, enum follow follow)
{
    struct arrangement how = {.n_keys = r->n_keys, .pattern = r->filter};
    size_t *columns = filter_columns(r, &how.n_columns);
    struct arranging *a;
    bool beyond;

    how.columns = columns;
    memcpy(how.keys, r->keys, sizeof(how.keys));
    beyond = goes_beyond(r, &how);
    a = task_new(d, &kinds[beyond], sizeof(*a), s->search.cancel);
    a->seat = s;
    a->table = table_share(r->table);
    a->how = how;
    a->how.pattern = a->pattern = pattern_ref(r->filter);
    a->columns = columns;
    if (beyond)
        go_beyond(a, r);
    a->began_ms = desk_now_ms();
    a->follow = follow;
    s->search.arranging = &a->task;
    r->arranging = true;
    task_start(&a->task);
}

void arrange_now(struct desk *d, struct seat *s, enum follow follow)
{
    struct results *r = seat_face(d, s).results;
    struct stand stand;

    give_up(&s->search);
    if (!r->table)
        return;
    if (r->n_keys || r->filter) {
        start(d, s, r, follow);
        return;
    }
    r->arranging = false;
    hold(&s->search.held, r);
    if (!table_ordered(r->table))
        return;
    stand = stand_on(r, follow);
    table_unorder(r->table);
    r->arranged++;
    (void)stand_again(r, &stand);
}

void arrange_by_library(struct desk *d, struct seat *s)
{
    const struct results *r = seat_face(d, s).results;
    struct arrangement how = {.n_keys = r->n_keys, .pattern = r->filter};
    size_t *columns = filter_columns(r, &how.n_columns);

    how.columns = columns;
    memcpy(how.keys, r->keys, sizeof(how.keys));
    if (r->table && goes_beyond(r, &how))
        arrange_now(d, s, FOLLOW_RECORD);
    free(columns);
}

void arrange_due(struct desk *d)
{
    for (size_t i = 0; i < d->private->n_seats; i++) {
        struct seat *s = &d->private->seats[i];
        const struct results *r = seat_face(d, s).results;

        if (r->table && table_behind(r->table) && !s->search.arranging)
            arrange_now(d, s, FOLLOW_RECORD);
    }
}

void arrange_behind(struct desk *d, struct seat *s)
{
    const struct results *r = seat_face(d, s).results;

    if (table_behind(r->table) && !s->search.arranging)
        timer_sooner(d, TIMER_ARRANGE, REST_MIN_MS);
}

static void arranged(struct desk *d, enum follow follow)
{
    arrange_now(d, desk_seat(d), follow);
    session_touch(d);
    desk_changed(d, DESK_RESULTS);
}

// Where it is one of the keys already, or the last of as many as there may be.
static size_t key_place(const struct results *r, size_t column)
{
    for (size_t i = 0; i < r->n_keys; i++) {
        if (r->keys[i].column == column)
            return i;
    }
    return r->n_keys < SORT_KEYS_MAX ? r->n_keys : SORT_KEYS_MAX - 1;
}

bool arrange_as_asked(struct results *r)
{
    const struct search_operation *op = &r->entity->search;
    const struct query *q = &r->query;
    const struct column *c =
        q->sort_by ? column_find(op->columns, op->n_columns, q->sort_by) : NULL;

    if (!c)
        return false;
    r->keys[0] = (struct sort_key){(size_t)(c - op->columns), c->type, q->ascending};
    r->n_keys = 1;
    return true;
}

// Behind the server's order as well, which is then made here.
void desk_sort(struct desk *d, size_t column, bool ascending, bool more)
{
    struct results *r = &d->results;
    struct rows_order before;
    size_t at;

    if (!r->table || column >= desk_n_columns(r))
        return;
    before = order_now(r);
    if (more && !r->n_keys)
        (void)arrange_as_asked(r);
    at = more ? key_place(r, column) : 0;
    r->keys[at] = (struct sort_key){column, desk_column(r, column)->type, ascending};
    r->n_keys = !more ? 1 : at < r->n_keys ? r->n_keys : at + 1;
    order_push(desk_seat(d), r, &before);
    arranged(d, FOLLOW_PLACE);
}

void desk_unsort(struct desk *d)
{
    struct rows_order before = order_now(&d->results);

    d->results.n_keys = 0;
    order_push(desk_seat(d), &d->results, &before);
    arranged(d, FOLLOW_PLACE);
}

bool desk_sorted(const struct desk *d, size_t column, bool *ascending)
{
    const struct results *r = &d->results;

    for (size_t i = 0; i < r->n_keys; i++) {
        if (r->keys[i].column == column) {
            *ascending = r->keys[i].ascending;
            return true;
        }
    }
    return false;
}

void rows_filter_set(struct results *r, struct pattern *pattern, const char *text, size_t column)
{
    char *copy = text ? mem_strdup(text) : NULL; // text may be its own

    pattern_unref(r->filter);
    free(r->filter_text);
    r->filter = pattern;
    r->filter_text = copy;
    r->filter_column = column;
}

// From where the cursor stood before, to which it comes back where nothing was shown.
static void filter(struct desk *d, struct pattern *pattern, const char *text, size_t column)
{
    struct results *r = &d->results;

    if (!r->filter && r->table) {
        const char *id = table_id(r->table, r->place);

        free(r->stood);
        r->stood = id ? mem_strdup(id) : NULL;
    }
    rows_filter_set(r, pattern, text, column);
    arranged(d, FOLLOW_RECORD);
}

bool desk_filter_rows(struct desk *d, const char *text, struct err *e)
{
    struct pattern *pattern = pattern_read(text, e);

    if (!pattern)
        return false;
    filter(d, pattern, text, SIZE_MAX);
    return true;
}

void desk_filter_value(struct desk *d, size_t column, const char *value)
{
    const struct column *c = desk_column(&d->results, column);

    filter(d, pattern_value(value, c->type), value, column);
}

void desk_filter_drop(struct desk *d)
{
    rows_filter_set(&d->results, NULL, NULL, SIZE_MAX);
    arranged(d, FOLLOW_RECORD);
}
