// Running the filters: page 1, on which everything else stands. UI thread. Floor: desk.
#include <stdlib.h>

#include "base/count.h"
#include "desk/gather.h"
#include "desk/order.h"
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
    pattern_unref(s->held.filter);
    free(s->held.filter_text);
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
    free(r->stood);
    groups_free(&r->groups);
    map_free(&r->known, free);
    more_free(&r->more);
    table_free(r->table);
    free(r->shown);
    *r = (struct results){0};
}

void search_open(struct desk *d, struct seat *s)
{
    s->search = (struct search){.number = ++d->private->next_id,
                                .cancel = cancel_new(d->private->root),
                                .rest_first = SIZE_MAX,
                                .depth = s->entity->search.depth};
}

// The former rows make way for those of a search, with the query as people say it, which is taken
// over.
static void make_way(struct desk *d, struct seat *s, struct query query, struct table *table)
{
    struct results *r = seat_face(d, s).results;

    search_close(d, &s->search);
    search_open(d, s);
    whole_moved(d, s);
    query_free(&r->query);
    r->query = query;
    table_free(r->table);
    r->table = table;
    r->hits = -1;
    r->reach = 0;
    r->asked_ms = desk_utc_ms(d);
    r->kept = r->gathered = false;
    r->err = (struct err){0};
    r->err_of_page = false;
    r->state = RESULTS_THERE;
    r->place = r->top = 0;
    r->n_keys = 0;
    order_forget(s);
    r->arranging = r->finding = r->grouping = false;
    rows_filter_set(r, NULL, NULL, SIZE_MAX);
    groups_free(&r->groups);
    s->had_rows = true;
}

// The filters' own count, where they are those that were asked for.
static void tell_filters(struct desk *d, struct seat *s)
{
    struct face at = seat_face(d, s);

    if (at.filters->changed || at.results->hits < 0)
        return;
    at.filters->hits = at.results->hits;
    at.filters->state = COUNT_KNOWN;
    at.filters->kept_ms = 0;
    desk_changed(d, DESK_FILTERS);
}

static void adopt(struct desk *d, struct seat *s, struct page_job *job)
{
    const struct search_operation *op = &s->entity->search;
    struct results *r = seat_face(d, s).results;
    struct query asked = r->asked;
    bool ordering = s->ordering;
    struct stand stand = ordering ? stand_on(r, FOLLOW_RECORD) : (struct stand){0};
    char reach[COUNT_MAX], hits[COUNT_MAX];

    r->asked = query_new(s->entity);
    make_way(d, s, asked, table_new(op->n_columns, op->rpp_max));
    s->search.resolved = query_copy(&job->query);
    s->search.is_resolved = true;
    page_place(s, r, job);
    if (ordering)
        order_came(d, s, &stand);
    kept_begin(d, s);
    kept_page(d, s, 1);
    session_touch(d);
    tell_filters(d, s);
    if (r->reach && !ordering)
        desk_say(d, ERR_NONE, "Paging reaches %s of %s hits; :parts gets at the rest.",
                 count_text(r->reach, reach), count_text(r->hits, hits));
}

// Each search gave its rows in the server's order: together they have to be put in it.
static void order_gathered(struct desk *d, struct seat *s, struct results *r)
{
    if (arrange_as_asked(r))
        arrange_now(d, s, FOLLOW_PLACE);
}

void search_gather(struct desk *d, struct seat *s, struct gathering *g)
{
    struct results *r = seat_face(d, s).results;

    order_stop(s);
    make_way(d, s, query_copy(&g->query), g->table);
    s->search.file = g->file;
    g->table = NULL;
    g->file = NULL;
    r->hits = g->total;
    r->gathered = true;
    order_gathered(d, s, r);
    tell_filters(d, s);
    session_touch(d);
    desk_changed(d, DESK_RESULTS);
}

bool search_is_back(struct desk *d, struct seat *s, const struct task *t)
{
    if (s->searching != t)
        return false;
    s->searching = NULL;
    desk_changed(d, DESK_RESULTS);
    return true;
}

void search_failed(struct desk *d, struct seat *s, const struct err *e)
{
    struct results *r = seat_face(d, s).results;

    r->state = r->table ? RESULTS_THERE : RESULTS_FAILED;
    r->err = *e;
    r->err_of_page = false;
    if (s->ordering)
        order_failed(d, s, e);
    else
        desk_tell(d, e);
}

void search_forget_fault(struct desk *d, struct results *r)
{
    if (r->err.kind != ERR_INVALID || r->err_of_page)
        return;
    r->err = (struct err){0};
    if (r->state == RESULTS_FAILED)
        r->state = RESULTS_NONE;
    desk_changed(d, DESK_RESULTS);
}

static void came(struct desk *d, struct task *t)
{
    struct page_job *job = (struct page_job *)t;

    if (!search_is_back(d, job->seat, t))
        return;
    if (t->ok)
        adopt(d, job->seat, job);
    else
        search_failed(d, job->seat, &t->err);
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
    .name = "search", .lane = LANE_WAITED, .run = run, .done = came, .free = page_release};

static struct task *page_one(struct desk *d, struct seat *s, const struct query *query)
{
    struct page_job *job = page_new(d, &kind, s, query, false, NULL);

    job->priority = NET_WAITED;
    return &job->task;
}

static bool search(struct desk *d, const struct query *query, struct err *e)
{
    struct seat *s = desk_seat(d);
    struct results *r = &d->results;
    long long n = filters_requests(d, query);

    if (!desk_online(d, e))
        return false;
    if (s->searching)
        cancel_fire(s->searching->cancel);
    order_stop(s);
    s->searching = n > 1 ? parts_new(d, query, n) : page_one(d, s, query);
    query_free(&r->asked);
    r->asked = query_copy(query);
    r->state = RESULTS_ASKED;
    desk_changed(d, DESK_RESULTS);
    task_start(s->searching);
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
    struct rows_order before = order_now(&d->results);
    struct query query = query_copy(&d->results.query);
    char *order = field ? str_format("%s:%s", field, ascending ? "asc" : "desc") : NULL;
    bool ok;

    query.sort_by = NULL;
    ok = (!order || query_sort(&query, order, e)) && search(d, &query, e);
    if (ok && d->results.table)
        order_asked(desk_seat(d), &before);
    free(order);
    query_free(&query);
    return ok;
}
