// Pages of a search: one on its way, and what comes of it. UI thread, but for the run.
// Floor: desk.
#include "desk/page.h"

#include <stdlib.h>

#include "base/mem.h"
#include "flow/lists.h"
#include "flow/quote.h"
#include "flow/search.h"

struct page_job *page_new(struct desk *d, const struct task_kind *kind, struct seat *seat,
                          const struct query *query, bool resolved, struct cancel *parent)
{
    struct page_job *job = task_new(d, kind, sizeof(*job), parent);

    job->seat = seat;
    job->query = query_copy(query);
    job->resolved = resolved;
    job->number = 1;
    job->lookout = lookout_new(query->entity->search.n_columns, query->entity->search.rpp_max);
    return job;
}

static bool resolve(struct page_job *job)
{
    struct task *t = &job->task;

    if (!job->resolved)
        job->resolved =
            lists_resolve(&t->app, &job->query, &t->err) && query_check(&job->query, &t->err);
    return job->resolved;
}

// What the library knows of the rows; a library that cannot be read is no reason to show none.
static void note(struct page_job *job)
{
    struct app *a = &job->task.app;
    const char **ids = mem_array(job->page.n_rows, sizeof(*ids));
    struct err e;

    job->notes = mem_array(job->page.n_rows, sizeof(*job->notes));
    for (size_t i = 0; i < job->page.n_rows; i++)
        ids[i] = job->page.rows[i].id;
    if (!quote_notes(a, job->query.entity, ids, job->page.n_rows, job->notes, &e))
        app_say(a, "Who is owned cannot be shown: %s.", e.text);
    else if (more_wanted(job->query.entity))
        known_read(a, job->query.entity, ids, job->notes, job->page.n_rows, &job->known);
    free(ids);
}

bool page_run(struct task *t)
{
    struct page_job *job = (struct page_job *)t;
    struct search_page order = {.query = &job->query,
                                .number = job->number,
                                .rpp = job->query.entity->search.rpp_max,
                                .priority = job->priority};

    if (!resolve(job) || !search_page(&t->app, &order, &job->page, &job->depth, &t->err))
        return false;
    job->ready = lookout_ready(&job->lookout, &job->page);
    note(job);
    return true;
}

void page_release(struct task *t)
{
    struct page_job *job = (struct page_job *)t;

    page_free(&job->page);
    packed_unref(job->ready.rows);
    lookout_free(&job->lookout);
    query_free(&job->query);
    free(job->notes);
    map_free(&job->known, free);
}

// The rows behind the last page that came, where the server does not say how many there are.
static long long guess(const struct results *r, size_t rpp)
{
    size_t fetched = table_fetched(r->table);

    return (long long)(fetched && fetched % rpp == 0 ? fetched + rpp : fetched);
}

void page_extent(const struct seat *s, struct results *r)
{
    long long depth = s->search.depth, all = r->hits;

    if (r->gathered) { // nothing is behind what came
        table_set_rows(r->table, 0);
        return;
    }
    if (all < 0)
        all = guess(r, (size_t)s->entity->search.rpp_max);
    r->reach = all > depth ? depth : 0;
    table_set_rows(r->table, (size_t)(all > depth ? depth : all));
}

void page_place(struct seat *s, struct results *r, struct page_job *job)
{
    known_take(r, &job->known);
    if (job->page.hits >= 0)
        r->hits = job->page.hits;
    (void)table_put_ready(r->table, job->number, &job->page, job->notes, &job->ready);
    page_extent(s, r);
}
