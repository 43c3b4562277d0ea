// Running the filters: page 1, on which everything else stands. UI thread. Floor: desk.
#include <stdlib.h>

#include "base/count.h"
#include "desk/page.h"
#include "flow/searches.h"
#include "job/cancel.h"

void search_close(struct desk *d, struct search *s)
{
    fetch_end(d, s, TASK_CANCELLED);
    rows_file_unref(s->file);
    vec_free(&s->noting);
    if (s->cancel)
        cancel_fire(s->cancel);
    cancel_unref(s->cancel);
    query_free(&s->resolved);
    vec_free(&s->asks);
    *s = (struct search){0};
}

void results_free(struct results *r)
{
    query_free(&r->query);
    query_free(&r->asked);
    rows_filter_set(r, NULL, NULL, SIZE_MAX);
    pattern_unref(r->found);
    free(r->found_text);
    groups_free(&r->groups);
    map_free(&r->known, free);
    table_free(r->table);
    free(r->shown);
    *r = (struct results){0};
}

void search_open(struct desk *d, struct seat *s)
{
    s->search = (struct search){.number = ++d->private->next_id,
                                .cancel = cancel_new(d->private->root),
                                .depth = s->entity->search.depth};
}

// The former rows make way for those of a search, with the query as people say it, which is taken
// over.
static void make_way(struct desk *d, struct seat *s, struct query query, struct table *table)
{
    struct results *r = seat_face(d, s).results;

    search_close(d, &s->search);
    search_open(d, s);
    query_free(&r->query);
    r->query = query;
    table_free(r->table);
    r->table = table;
    r->hits = -1;
    r->reach = 0;
    r->asked_ms = desk_utc_ms(d);
    r->kept = false;
    r->err = (struct err){0};
    r->state = RESULTS_THERE;
    r->place = r->top = 0;
    r->n_keys = 0;
    r->arranging = r->finding = r->grouping = false;
    rows_filter_set(r, NULL, NULL, SIZE_MAX);
    groups_free(&r->groups);
    s->had_rows = true;
}

static void adopt(struct desk *d, struct seat *s, struct page_job *job)
{
    const struct search_operation *op = &s->entity->search;
    struct face at = seat_face(d, s);
    struct results *r = at.results;
    struct query asked = r->asked;
    char reach[COUNT_MAX], hits[COUNT_MAX];

    r->asked = query_new(s->entity);
    make_way(d, s, asked, table_new(op->n_columns, op->rpp_max));
    s->search.resolved = query_copy(&job->query);
    s->search.is_resolved = true;
    page_place(s, r, job);
    kept_begin(d, s);
    kept_page(d, s, 1);
    session_touch(d);
    if (!at.filters->changed && r->hits >= 0) {
        at.filters->hits = r->hits;
        at.filters->state = COUNT_KNOWN;
        desk_changed(d, DESK_FILTERS);
    }
    if (r->reach)
        desk_say(d, ERR_NONE, "Paging reaches %s of %s hits; :parts gets at the rest.",
                 count_text(r->reach, reach), count_text(r->hits, hits));
}

void search_gather(struct desk *d, struct seat *s, const struct query *query, struct table *table,
                   long long total)
{
    struct results *r = seat_face(d, s).results;
    long long rows = (long long)table_rows(table);

    make_way(d, s, query_copy(query), table);
    r->hits = total;
    r->reach = rows < total ? rows : 0;
    session_touch(d);
    desk_changed(d, DESK_RESULTS);
}

void search_came(struct desk *d, struct task *t)
{
    struct page_job *job = (struct page_job *)t;
    struct results *r = seat_face(d, job->seat).results;

    if (job->seat->searching != t)
        return; // another search was begun since
    job->seat->searching = NULL;
    desk_changed(d, DESK_RESULTS);
    if (t->ok) {
        adopt(d, job->seat, job);
        return;
    }
    r->state = r->table ? RESULTS_THERE : RESULTS_FAILED;
    r->err = t->err;
    desk_tell(d, &t->err);
}

// It is remembered in the history as people say it: its texts stay when it is resolved.
static bool run(struct task *t)
{
    struct page_job *job = (struct page_job *)t;

    if (!page_run(t))
        return false;
    history_remember(&t->app, &job->query, job->page.hits);
    return true;
}

static const struct task_kind kind = {
    .name = "search", .lane = LANE_WAITED, .run = run, .done = search_came, .free = page_release};

static bool search(struct desk *d, const struct query *query, struct err *e)
{
    struct seat *s = desk_seat(d);
    struct results *r = &d->results;
    struct page_job *job;

    if (!desk_online(d, e))
        return false;
    if (s->searching)
        cancel_fire(s->searching->cancel);
    if (query == &d->filters.query && d->filters.requests > 1)
        job = parts_new(d, s, query, d->filters.requests);
    else
        job = page_new(d, &kind, s, query, false, NULL);
    job->priority = NET_WAITED;
    s->searching = &job->task;
    query_free(&r->asked);
    r->asked = query_copy(query);
    r->state = RESULTS_ASKED;
    desk_changed(d, DESK_RESULTS);
    task_start(&job->task);
    return true;
}

bool desk_search(struct desk *d, struct err *e)
{
    if (!search(d, &d->filters.query, e))
        return false;
    d->filters.changed = false;
    count_stop(d); // page 1 tells it
    desk_changed(d, DESK_FILTERS);
    return true;
}

bool desk_search_sorted(struct desk *d, const char *field, bool ascending, struct err *e)
{
    struct query query = query_copy(&d->results.query);
    char *order = field ? str_format("%s:%s", field, ascending ? "asc" : "desc") : NULL;
    bool ok;

    query.sort_by = NULL;
    ok = (!order || query_sort(&query, order, e)) && search(d, &query, e);
    free(order);
    query_free(&query);
    return ok;
}
