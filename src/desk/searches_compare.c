// A run of a saved search beside the one before. UI thread, but for the run. Floor: desk.
#include "desk/searches.h"

#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/mem.h"
#include "desk/inside.h"
#include "flow/lists.h"
#include "flow/search.h"

void changes_view_free(struct changes_view *c)
{
    for (size_t i = 0; i < c->rows.len; i++) {
        free(c->rows.items[i].id);
        free(c->rows.items[i].label);
    }
    vec_free(&c->rows);
    free(c->name);
    *c = (struct changes_view){0};
}

// A run beside the one before.
struct comparing {
    struct task task;
    struct saved one;
    struct query query;
    struct changes changes;
    struct changes_view view;
};

static void add_row(struct changes_view *v, enum row_change change, const char *id, char *label)
{
    struct change_row row = {mem_strdup(id), label, change};

    v->n[change]++;
    vec_push(&v->rows, row);
}

static bool take_row(void *self, size_t query, const struct row *row, struct err *e)
{
    struct comparing *c = self;
    enum row_change change = changes_row(&c->changes, c->query.entity, row);

    (void)query;
    (void)e;
    if (change == CHANGE_NEW || change == CHANGE_CHANGED)
        add_row(&c->view, change, row->id, row_label(c->query.entity, row->cells));
    return true;
}

static bool read_rows(struct comparing *c, struct search_summary *sum)
{
    const struct search_order order = {
        .queries = &c->query, .n = 1, .limit = -1, .row = take_row, .self = c};

    return search_run_whole(&c->task.app, &order, sum, &c->task.err);
}

static bool compare(struct task *t)
{
    struct comparing *c = (struct comparing *)t;
    struct query_faults to = query_first_fault(&t->err);
    struct search_summary sum;
    const struct row_before **gone;
    bool whole;
    size_t n;

    if (query_text_read(c->one.text, &c->query, &to) > 0 ||
        !lists_resolve(&t->app, &c->query, &t->err) || !query_check(&c->query, &t->err) ||
        !changes_begin(&t->app, &c->one, &c->changes, &t->err) || !read_rows(c, &sum))
        return false;
    whole = !sum.capped && !sum.reach;
    gone = changes_gone(&c->changes, whole, &n);
    for (size_t i = 0; i < n; i++)
        add_row(&c->view, CHANGE_GONE, gone[i]->id, mem_strdup(gone[i]->label));
    free(gone);
    c->view.entity = c->query.entity;
    c->view.first = !c->changes.compares;
    c->view.partly = c->changes.compares && !(whole && c->changes.was_whole);
    return changes_keep(&t->app, &c->changes, c->query.entity, sum.hits, whole, &t->err);
}

static int by_change(const void *a, const void *b)
{
    const struct change_row *x = a, *y = b;

    return (int)x->change - (int)y->change;
}

static void compared(struct desk *d, struct task *t)
{
    struct comparing *c = (struct comparing *)t;
    struct changes_view *v = &d->searches.changes;
    char fresh[COUNT_MAX], changed[COUNT_MAX], gone[COUNT_MAX];

    d->searches.comparing = false;
    desk_changed(d, DESK_SEARCHES);
    if (!t->ok) {
        desk_tell(d, &t->err);
        return;
    }
    changes_view_free(v);
    *v = c->view;
    c->view = (struct changes_view){0};
    v->name = mem_strdup(c->one.name);
    if (v->rows.len)
        qsort(v->rows.items, v->rows.len, sizeof(*v->rows.items), by_change);
    if (v->first)
        desk_say(d, ERR_NONE, "\"%s\" is kept for comparing; the next run says what differs.",
                 v->name);
    else
        desk_say(d, ERR_NONE, "\"%s\": %s new, %s changed, %s gone since the last run.", v->name,
                 count_text((long long)v->n[CHANGE_NEW], fresh),
                 count_text((long long)v->n[CHANGE_CHANGED], changed),
                 count_text((long long)v->n[CHANGE_GONE], gone));
    desk_searches_read(d);
}

static void compare_free(struct task *t)
{
    struct comparing *c = (struct comparing *)t;

    saved_free(&c->one);
    query_free(&c->query);
    changes_free(&c->changes);
    changes_view_free(&c->view);
}

static const struct task_kind compare_kind = {.name = "compare",
                                              .lane = LANE_LONG,
                                              .shown = true,
                                              .run = compare,
                                              .done = compared,
                                              .free = compare_free};

bool desk_search_compare(struct desk *d, int64_t id, struct err *e)
{
    const struct saved *s = saved_at(d, id);
    struct comparing *c;

    if (!s || !desk_online(d, e))
        return s ? false : err_set(e, ERR_NOT_FOUND, "that saved search is no longer there");
    if (d->searches.comparing)
        return err_set(e, ERR_REFUSED, "a saved search is being compared already; wait for it");
    c = task_new(d, &compare_kind, sizeof(*c), NULL);
    c->one = saved_copy(s);
    task_label(&c->task, "compare \"%s\" with its last run", s->name);
    d->searches.comparing = true;
    task_start(&c->task);
    return true;
}

size_t desk_changes_mark(struct desk *d)
{
    const struct changes_view *v = &d->searches.changes;
    const char **ids, **labels;
    size_t n = 0;

    if (!v->entity)
        return 0;
    desk_entity(d, v->entity);
    ids = mem_array(v->rows.len + 1, sizeof(*ids));
    labels = mem_array(v->rows.len + 1, sizeof(*labels));
    for (size_t i = 0; i < v->rows.len; i++) {
        ids[n] = v->rows.items[i].id;
        labels[n] = v->rows.items[i].label;
        n += v->rows.items[i].change != CHANGE_GONE;
    }
    n = desk_mark_records(d, ids, labels, n, true);
    free(labels);
    free(ids);
    return n;
}
