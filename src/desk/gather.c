// Several searches as the rows of one: read one after the other, each record once, and put page by
// page into a table that stands on a file like that of any search. UI thread, but for the run.
// Floor: desk.
#include "desk/gather.h"

#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/mem.h"
#include "flow/kept.h"
#include "flow/searches.h"

// A page that could not be kept stays in memory, and so do those behind it.
static void keep_page(struct gathering *g)
{
    struct kept_page page = {.file = g->file,
                             .rows = table_packed(g->table, g->number),
                             .number = g->number,
                             .hits = g->total,
                             .gathered = true};
    struct err e;

    if (kept_put(&g->task.app, &page, &e)) {
        table_settle(g->table, page.number, page.rows, page.at, page.len);
    } else {
        app_say(&g->task.app, "These rows are not kept for the next start: %s.", e.text);
        rows_file_unref(g->file);
        g->file = NULL;
    }
    packed_unref(page.rows);
}

static void put_page(struct gathering *g)
{
    g->page.number = ++g->number;
    (void)table_put(g->table, g->number, &g->page, NULL);
    if (g->file)
        keep_page(g);
    page_free(&g->page);
    g->page = (struct page){0};
}

static bool take_row(void *self, size_t query, const struct row *row, struct err *e)
{
    struct gathering *g = self;
    const struct search_operation *op = &g->query.entity->search;
    struct row *r;

    (void)query;
    (void)e;
    if (g->page.n_rows == (size_t)op->rpp_max)
        put_page(g);
    r = page_add(&g->page, op->n_columns);
    r->id = page_text(&g->page, row->id, strlen(row->id));
    for (size_t i = 0; i < op->n_columns; i++)
        page_cell(&g->page, r, i, row->cells[i], strlen(row->cells[i]));
    return true;
}

static bool read_rows(struct gathering *g, struct err *e)
{
    const struct search_order order = {
        .queries = g->parts.items, .n = g->parts.n, .limit = -1, .row = take_row, .self = g};

    return search_run_whole(&g->task.app, &order, &g->sum, e);
}

// Where nobody counted the whole before: all rows, if they are; else what the searches said, which
// may be more than there are.
static long long total_of(const struct gathering *g, bool whole)
{
    if (g->total >= 0)
        return g->total;
    if (!whole)
        return -1;
    return g->sum.reach ? g->sum.hits : g->sum.rows;
}

static bool make_parts(struct gathering *g)
{
    struct query resolved = query_copy(&g->query);
    bool ok = parts_resolve(&g->task.app, &resolved, &g->parts, &g->task.err);

    query_free(&resolved);
    return ok;
}

// The last page is put when all is known that is kept with it.
static bool run(struct task *t)
{
    struct gathering *g = (struct gathering *)t;
    bool ok;

    if (g->parts.n == 0 && !make_parts(g))
        return false;
    ok = read_rows(g, &t->err);
    g->total = total_of(g, ok);
    if (g->page.n_rows || ok)
        put_page(g);
    if (ok)
        history_remember(&t->app, &g->query, g->total);
    return ok;
}

static void done(struct desk *d, struct task *t)
{
    struct gathering *g = (struct gathering *)t;

    g->came(d, g);
}

static void release(struct task *t)
{
    struct gathering *g = (struct gathering *)t;

    query_free(&g->query);
    query_parts_free(&g->parts);
    page_free(&g->page);
    table_free(g->table);
    rows_file_unref(g->file);
}

static const struct task_kind kind = {
    .name = "gather", .lane = LANE_LONG, .shown = true, .run = run, .done = done, .free = release};

struct gathering *gather_new(struct desk *d, const struct query *query,
                             void (*came)(struct desk *d, struct gathering *g))
{
    const struct search_operation *op = &query->entity->search;
    struct gathering *g = task_new(d, &kind, sizeof(*g), NULL);

    g->seat = desk_seat(d);
    g->query = query_copy(query);
    g->total = -1;
    g->came = came;
    g->table = table_new(op->n_columns, op->rpp_max);
    g->file = d->spender ? kept_new(&d->private->app, query) : NULL;
    if (g->file)
        table_use_shelf(g->table, rows_file_shelf(g->file));
    return g;
}

static void say(struct desk *d, const struct gathering *g)
{
    const struct task *t = &g->task;
    char n[COUNT_MAX], all[COUNT_MAX];

    desk_say(d, t->ok ? ERR_NONE : t->err.kind, "%s of %s %s are here%s%s.",
             count_text(g->sum.rows, n), g->total < 0 ? "?" : count_text(g->total, all),
             g->query.entity->plural,
             t->ok ? "" : "; the rest did not come: ", t->ok ? "" : t->err.text);
}

bool gather_show(struct desk *d, struct gathering *g)
{
    if (g->number == 0)
        return false;
    search_gather(d, g->seat, g);
    say(d, g);
    return true;
}
