// A search past what paging reaches: its parts counted, then fetched as the rows of one search. UI
// thread, but for the runs. Floor: desk.
#include "desk/searches.h"

#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/mem.h"
#include "desk/page.h"
#include "flow/lists.h"
#include "flow/quote.h"
#include "flow/search.h"
#include "job/cancel.h"

struct planning {
    struct task task;
    struct query query;
    const struct input *by;
    struct split plan;
};

static bool told(void *self, const struct split *so_far, struct err *e)
{
    struct planning *p = self;

    (void)e;
    atomic_store(&p->task.desk->searches.split.counted, so_far->requests);
    bell_ring(p->task.desk->private, DESK_SEARCHES);
    return true;
}

static bool plan(struct task *t)
{
    struct planning *p = (struct planning *)t;
    const struct split_order order = {.query = &p->query, .by = p->by, .told = told, .self = p};

    return lists_resolve(&t->app, &p->query, &t->err) && query_check(&p->query, &t->err) &&
           split_make(&t->app, &order, &p->plan, &t->err);
}

static void planned(struct desk *d, struct task *t)
{
    struct planning *p = (struct planning *)t;
    struct split_view *v = &d->searches.split;

    v->task = NULL;
    v->err = t->ok ? (struct err){0} : t->err;
    if (t->ok) {
        split_free(&v->plan);
        v->plan = p->plan;
        p->plan = (struct split){0};
        v->there = true;
    } else {
        desk_tell(d, &t->err);
    }
    desk_changed(d, DESK_SEARCHES);
}

static void plan_free(struct task *t)
{
    struct planning *p = (struct planning *)t;

    query_free(&p->query);
    split_free(&p->plan);
}

static const struct task_kind plan_kind = {.name = "parts",
                                           .lane = LANE_WAITED,
                                           .shown = true,
                                           .run = plan,
                                           .done = planned,
                                           .free = plan_free};

bool desk_split(struct desk *d, const struct input *by, struct err *e)
{
    struct split_view *v = &d->searches.split;
    struct planning *p;

    if (!desk_online(d, e))
        return false;
    if (v->task)
        return err_set(e, ERR_REFUSED, "parts are being counted or fetched already");
    query_free(&v->query);
    v->query = query_copy(&d->filters.query);
    v->by = by;
    v->there = false;
    v->err = (struct err){0};
    atomic_store(&v->counted, 0);
    p = task_new(d, &plan_kind, sizeof(*p), NULL);
    p->query = query_copy(&v->query);
    p->by = by;
    v->task = &p->task;
    task_label(&p->task, "count parts of %s", v->query.entity->plural);
    desk_changed(d, DESK_SEARCHES);
    task_start(&p->task);
    return true;
}

// All parts on their way into one table.
struct gathering {
    struct task task;
    struct seat *seat;
    struct query query; // the whole, as people say it
    struct query_parts parts;
    long long total;
    struct table *table;
    struct page page; // the next one, not full yet
    int number;
    struct search_summary sum;
};

static void put_page(struct gathering *g)
{
    struct page *p = &g->page;
    const char **ids = mem_array(p->n_rows, sizeof(*ids));
    struct row_note *notes = mem_array(p->n_rows, sizeof(*notes));
    struct err ignored;
    bool known;

    for (size_t i = 0; i < p->n_rows; i++)
        ids[i] = p->rows[i].id;
    known = quote_notes(&g->task.app, g->query.entity, ids, p->n_rows, notes, &ignored);
    p->number = ++g->number;
    table_set_rows(g->table, (size_t)g->sum.rows);
    (void)table_put(g->table, g->number, p, known ? notes : NULL);
    page_free(p);
    *p = (struct page){0};
    free(notes);
    free(ids);
}

static bool take_row(void *self, size_t query, const struct row *row, struct err *e)
{
    struct gathering *g = self;
    const struct search_operation *op = &g->query.entity->search;
    struct row *r = page_add(&g->page, op->n_columns);

    (void)query;
    (void)e;
    r->id = page_text(&g->page, row->id, strlen(row->id));
    for (size_t i = 0; i < op->n_columns; i++)
        page_cell(&g->page, r, i, row->cells[i], strlen(row->cells[i]));
    g->sum.rows++;
    if (g->page.n_rows == (size_t)op->rpp_max)
        put_page(g);
    return true;
}

// What came before a failure is kept as well.
static bool gather(struct task *t)
{
    struct gathering *g = (struct gathering *)t;
    const struct search_operation *op = &g->query.entity->search;
    const struct column **all = mem_array(op->n_columns, sizeof(*all));
    const struct search_order order = {.queries = g->parts.items,
                                       .n = g->parts.n,
                                       .want = {.columns = all, .n_columns = op->n_columns},
                                       .limit = -1,
                                       .row = take_row,
                                       .self = g};
    struct search_summary sum;
    bool ok;

    for (size_t i = 0; i < op->n_columns; i++)
        all[i] = &op->columns[i];
    ok = search_run(&t->app, &order, &sum, &t->err);
    if (g->page.n_rows)
        put_page(g);
    free(all);
    return ok;
}

static void say_gathered(struct desk *d, const struct gathering *g)
{
    char n[COUNT_MAX], all[COUNT_MAX];

    desk_say(d, g->task.ok ? ERR_NONE : g->task.err.kind, "%s of %s %s are here%s%s.",
             count_text(g->sum.rows, n), count_text(g->total, all), g->query.entity->plural,
             g->task.ok ? "" : "; the rest did not come: ", g->task.ok ? "" : g->task.err.text);
}

static void gathered(struct desk *d, struct task *t)
{
    struct gathering *g = (struct gathering *)t;
    struct split_view *v = &d->searches.split;

    v->task = NULL;
    v->fetching = false;
    v->err = t->ok ? (struct err){0} : t->err;
    if (g->number > 0) {
        search_gather(d, g->seat, &g->query, g->table, g->total);
        g->table = NULL;
    }
    say_gathered(d, g);
    desk_changed(d, DESK_SEARCHES);
}

static void gather_free(struct task *t)
{
    struct gathering *g = (struct gathering *)t;

    query_free(&g->query);
    query_parts_free(&g->parts);
    page_free(&g->page);
    table_free(g->table);
}

static const struct task_kind gather_kind = {.name = "gather",
                                             .lane = LANE_LONG,
                                             .shown = true,
                                             .run = gather,
                                             .done = gathered,
                                             .free = gather_free};

bool desk_split_fetch(struct desk *d, struct err *e)
{
    struct split_view *v = &d->searches.split;
    const struct entity *entity = v->query.entity;
    struct gathering *g;

    if (!desk_online(d, e))
        return false;
    if (v->task || !v->there || v->plan.parts.len == 0)
        return err_set(e, ERR_REFUSED, "count the parts first");
    desk_entity(d, entity);
    g = task_new(d, &gather_kind, sizeof(*g), NULL);
    g->seat = desk_seat(d);
    g->query = query_copy(&v->query);
    for (size_t i = 0; i < v->plan.queries.n; i++)
        query_parts_add(&g->parts, query_copy(&v->plan.queries.items[i]));
    g->total = v->plan.total;
    g->table = table_new(entity->search.n_columns, entity->search.rpp_max);
    v->task = &g->task;
    v->fetching = true;
    task_label(&g->task, "fetch %zu parts of %s", g->parts.n, entity->plural);
    desk_changed(d, DESK_SEARCHES);
    task_start(&g->task);
    return true;
}

void desk_split_stop(struct desk *d)
{
    if (d->searches.split.task)
        cancel_fire(d->searches.split.task->cancel);
}
