// A search with more values than one request takes: it goes as several, whose rows are put together
// by their ids. UI thread, but for the run. Floor: desk.
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/mem.h"
#include "desk/page.h"
#include "flow/lists.h"
#include "flow/quote.h"
#include "flow/search.h"
#include "model/query_split.h"

struct merged_page {
    struct page page;
    struct row_note *notes; // owned
};

// What the rows go into, while the parts are read.
struct merging {
    struct map seen; // ids
    VEC(struct merged_page) pages;
    long long rows, requests;
    bool full;
};

struct parted {
    struct page_job job; // first: its page is the first of all
    struct merging into;
};

bool parts_resolve(struct app *a, struct query *q, struct query_parts *out, struct err *e)
{
    struct query_faults to;

    *out = (struct query_parts){0};
    if (!lists_resolve(a, q, e))
        return false;
    to = query_first_fault(e);
    to.long_lists = true;
    return query_check_all(q, &to) == 0 && query_split(q, out, e);
}

static void add_row(struct merging *m, const struct row *row, size_t n_cells, size_t rpp)
{
    struct merged_page *last;
    struct row *to;

    if (*row->id && map_has(&m->seen, row->id))
        return;
    if (*row->id)
        (void)map_put(&m->seen, row->id, m);
    if (m->rows % (long long)rpp == 0)
        vec_push(&m->pages,
                 ((struct merged_page){.page = {.hits = -1, .number = (int)m->pages.len + 1}}));
    last = &m->pages.items[m->pages.len - 1];
    to = page_add(&last->page, n_cells);
    to->id = page_text(&last->page, row->id, strlen(row->id));
    for (size_t i = 0; i < n_cells; i++)
        page_cell(&last->page, to, i, row->cells[i], strlen(row->cells[i]));
    m->rows++;
}

static bool read_page(struct parted *p, const struct query *part, int number, long long *hits,
                      struct err *e)
{
    const struct search_operation *op = &part->entity->search;
    struct search_page order = {
        .query = part, .number = number, .rpp = op->rpp_max, .priority = NET_WAITED};
    struct page page = {0};
    int depth;

    if (!search_page(&p->job.task.app, &order, &page, &depth, e))
        return false;
    p->into.requests++;
    *hits = page.hits < 0 ? (long long)page.n_rows : page.hits;
    for (size_t i = 0; i < page.n_rows && !p->into.full; i++) {
        add_row(&p->into, &page.rows[i], op->n_columns, (size_t)op->rpp_max);
        p->into.full = p->into.rows >= op->depth;
    }
    page_free(&page);
    return true;
}

static bool read_part(struct parted *p, const struct query *part, struct err *e)
{
    const struct search_operation *op = &part->entity->search;
    int last = op->depth / op->rpp_max;
    long long hits = 1;

    for (int n = 1; !p->into.full && n <= last && (n - 1) * (long long)op->rpp_max < hits; n++) {
        if (!read_page(p, part, n, &hits, e))
            return false;
    }
    return true;
}

static void note(struct app *a, const struct entity *entity, struct merged_page *m)
{
    const char **ids = mem_array(m->page.n_rows, sizeof(*ids));
    struct err e;

    m->notes = mem_array(m->page.n_rows, sizeof(*m->notes));
    for (size_t i = 0; i < m->page.n_rows; i++)
        ids[i] = m->page.rows[i].id;
    if (!quote_notes(a, entity, ids, m->page.n_rows, m->notes, &e))
        app_say(a, "Who is owned cannot be shown: %s.", e.text);
    free(ids);
}

static bool run(struct task *t)
{
    struct parted *p = (struct parted *)t;
    struct query_parts parts;
    char rows[COUNT_MAX];
    bool ok = parts_resolve(&t->app, &p->job.query, &parts, &t->err);

    for (size_t i = 0; ok && i < parts.n && !p->into.full; i++) {
        ok = read_part(p, &parts.items[i], &t->err);
        app_step(&t->app, "searches", (long long)i + 1, (long long)parts.n);
    }
    query_parts_free(&parts);
    for (size_t i = 0; ok && i < p->into.pages.len; i++)
        note(&t->app, p->job.query.entity, &p->into.pages.items[i]);
    if (ok && p->into.full)
        app_say(&t->app, "These are the first %s rows; the rest is out of reach: use fewer values.",
                count_text(p->into.rows, rows));
    return ok;
}

static void done(struct desk *d, struct task *t)
{
    struct parted *p = (struct parted *)t;
    struct page_job *job = &p->job;
    struct results *r = seat_face(d, job->seat).results;

    if (t->ok && job->seat->searching == t && p->into.pages.len) {
        job->page = p->into.pages.items[0].page;
        job->notes = p->into.pages.items[0].notes;
        p->into.pages.items[0] = (struct merged_page){0};
    }
    job->page.hits = p->into.rows;
    job->number = 1;
    search_came(d, t);
    if (!t->ok || job->seat->searching || r->state != RESULTS_THERE)
        return;
    for (size_t i = 1; i < p->into.pages.len; i++) {
        const struct merged_page *m = &p->into.pages.items[i];

        (void)table_put(r->table, m->page.number, &m->page, m->notes);
        kept_page(d, job->seat, m->page.number);
    }
}

static void release(struct task *t)
{
    struct parted *p = (struct parted *)t;

    for (size_t i = 0; i < p->into.pages.len; i++) {
        page_free(&p->into.pages.items[i].page);
        free(p->into.pages.items[i].notes);
    }
    vec_free(&p->into.pages);
    map_free(&p->into.seen, NULL);
    page_release(t);
}

static const struct task_kind kind = {
    .name = "search", .lane = LANE_LONG, .shown = true, .run = run, .done = done, .free = release};

struct page_job *parts_new(struct desk *d, struct seat *s, const struct query *q, long long n)
{
    struct parted *p = task_new(d, &kind, sizeof(*p), NULL);

    p->job.seat = s;
    p->job.query = query_copy(q);
    p->job.number = 1;
    task_label(&p->job.task, "%lld searches for %s", n, s->entity->plural);
    return &p->job;
}
