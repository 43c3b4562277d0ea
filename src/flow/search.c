// Searching: pages in order with the next ones on their way, decoded by workers. Floor: flow.
#include "flow/search.h"

#include <stdlib.h>
#include <string.h>

#include "api/answer.h"
#include "api/search.h"
#include "base/map.h"
#include "base/mem.h"
#include "flow/lists.h"
#include "flow/reach.h"
#include "job/queue.h"

enum { AHEAD = 8 }; // pages under way at once

// A page on its way: its request comes back, goes to a worker, and comes back decoded.
struct fetch {
    struct job job; // to the pool and back
    const struct search_order *order;
    struct net_request *request;
    bool come; // decoded, and waits for its turn
    // The worker's:
    struct page page;
    int depth;
    bool ok;
    struct err err;
};

struct run {
    struct app *app;
    const struct search_order *order;
    struct search_summary *sum;
    struct cancel *cancel;       // this search's own, below the app's
    struct queue *answers;       // requests from the network, fetches from the workers
    struct fetch fetches[AHEAD]; // by page number
    struct map seen;
    int rpp;         // rows a page
    long long reach; // rows that paging can reach
    int next, turn;  // page to ask for, page to give out
    int under_way;
    int pages; // how many there are to ask for, as far as is known
    bool full; // enough rows, or no more to come
};

static void drop_request(struct fetch *f)
{
    net_request_free(f->request);
    f->request = NULL;
}

// Job of a worker.
static void decode(struct job *job)
{
    struct fetch *f = (struct fetch *)job;

    f->ok = search_decode(f->request, f->order->query->entity, &f->order->want, &f->page, &f->depth,
                          &f->err);
    if (f->ok)
        drop_request(f);
}

static void ask(struct run *run)
{
    struct net_request *r =
        search_request(run->app->config.base_url, run->order->query, run->next, run->rpp);
    struct fetch *f = &run->fetches[run->next % AHEAD];

    *f = (struct fetch){
        .job = {.run = decode, .reply = run->answers}, .order = run->order, .request = r};
    r->job.reply = run->answers;
    r->job.cancel = run->cancel;
    r->priority = run->next == 1 ? NET_WAITED : NET_AHEAD;
    r->context = f;
    run->next++;
    run->under_way++;
    net_submit(run->app->net, r);
}

static long long wanted(const struct run *run)
{
    long long most = run->order->limit;

    if (run->sum->hits >= 0 && (most < 0 || most > run->sum->hits))
        most = run->sum->hits;
    return most < 0 || most > run->reach ? run->reach : most;
}

static void plan(struct run *run)
{
    run->pages = (int)((wanted(run) + run->rpp - 1) / run->rpp);
    // A duplicate may leave the limit short by a row: one more page is asked for where there is
    // one.
    if (run->sum->duplicates && run->sum->rows < wanted(run) && run->next > run->pages &&
        (long long)run->pages * run->rpp < run->reach)
        run->pages = run->next;
}

static bool give(struct run *run, const struct page *page, struct err *e)
{
    for (size_t i = 0; i < page->n_rows && !run->full; i++) {
        const struct row *row = &page->rows[i];

        if (*row->id && map_has(&run->seen, row->id)) {
            run->sum->duplicates++;
            continue;
        }
        if (*row->id)
            (void)map_put(&run->seen, row->id, run);
        if (!run->order->row(run->order->self, row, e))
            return false;
        run->sum->rows++;
        run->full = run->order->limit >= 0 && run->sum->rows >= run->order->limit;
    }
    return true;
}

// Past what the server lets paging reach: what came is kept, and the reach remembered.
static bool stop_at_depth(struct run *run, int depth, struct err *e)
{
    if (depth <= 0)
        return false;
    run->reach = depth;
    run->full = true;
    reach_keep(run->app, run->order->query->entity, depth);
    *e = (struct err){0};
    return true;
}

// Inputs that the API names in its refusal are remembered, and said by their labels.
static void explain(struct app *a, const struct entity *entity, const struct net_request *r,
                    struct err *e)
{
    char *operation = str_format("%s/search", entity->name), *copy, *rest, *name;
    struct str names = {0}, labels = {0};
    struct err why = *e;

    if (e->http == 400 && !strstr(e->text, "max allowed"))
        answer_refused_fields(r, &names);
    copy = rest = mem_strdup(str_text(&names));
    while (names.len && (name = strsep(&rest, ",")) != NULL) {
        const struct input *in = entity_input(entity, name, BOUND_NONE);

        if (in)
            str_addf(&labels, "%s%s (%s)", labels.len ? ", " : "", in->label, in->name);
    }
    if (labels.len) {
        lists_refused_inputs(a, operation, str_text(&names));
        (void)err_set(e, ERR_FORBIDDEN,
                      "the API does not let this account search %s by %s; leave that out",
                      entity->plural, labels.data);
        e->http = why.http;
        memcpy(e->request_id, why.request_id, sizeof(e->request_id));
    }
    free(copy);
    free(operation);
    str_free(&names);
    str_free(&labels);
}

static bool take(struct run *run, struct fetch *f, struct err *e)
{
    bool ok;

    if (!f->ok) {
        *e = f->err;
        if (f->depth <= 0)
            explain(run->app, run->order->query->entity, f->request, e);
        return stop_at_depth(run, f->depth, e);
    }
    if (f->page.hits >= 0)
        run->sum->hits = f->page.hits;
    run->full = run->full || f->page.n_rows == 0;
    ok = give(run, &f->page, e);
    plan(run);
    app_step(run->app, run->order->query->entity->plural, run->sum->rows, wanted(run));
    return ok;
}

// A request that came back goes to a worker; what a worker has decoded waits for its turn.
static void take_back(struct run *run)
{
    struct job *job = queue_wait(run->answers, -1);

    if (job->run == decode) {
        ((struct fetch *)job)->come = true;
        run->under_way--;
    } else {
        struct fetch *f = ((struct net_request *)job)->context;

        app_work(run->app, &f->job);
    }
}

static bool fill(struct run *run, struct err *e)
{
    while (!run->full && run->turn <= run->pages) {
        struct fetch *f = &run->fetches[run->turn % AHEAD];
        bool ok;

        while (run->next <= run->pages && run->next < run->turn + AHEAD)
            ask(run);
        while (!f->come)
            take_back(run);
        ok = take(run, f, e);
        page_free(&f->page);
        drop_request(f);
        f->come = false;
        run->turn++;
        if (!ok)
            return false;
    }
    return true;
}

// Read-ahead that nobody will look at is cancelled and taken back.
static void abandon(struct run *run)
{
    cancel_fire(run->cancel);
    while (run->under_way > 0)
        take_back(run);
    for (size_t i = 0; i < AHEAD; i++) {
        page_free(&run->fetches[i].page);
        drop_request(&run->fetches[i]);
    }
}

bool search_run(struct app *a, const struct search_order *order, struct search_summary *out,
                struct err *e)
{
    const struct search_operation *op = &order->query->entity->search;
    struct run run = {.app = a,
                      .order = order,
                      .sum = out,
                      .rpp = op->rpp_max,
                      .reach = reach_of(a, order->query->entity),
                      .next = 1,
                      .turn = 1,
                      .pages = 1};
    bool ok;

    *out = (struct search_summary){.hits = -1};
    if (order->limit == 0)
        return true;
    if (order->limit > 0 && order->limit < run.rpp)
        run.rpp = (int)order->limit;
    run.cancel = cancel_new(a->cancel);
    run.answers = queue_open();
    ok = fill(&run, e);
    abandon(&run);
    if (out->hits > run.reach && (order->limit < 0 || order->limit > run.reach))
        out->reach = run.reach;
    queue_close(run.answers);
    map_free(&run.seen, NULL);
    cancel_unref(run.cancel);
    return ok;
}

bool search_count(struct app *a, const struct query *q, long long *hits, struct err *e)
{
    struct net_request *r = search_request(a->config.base_url, q, 1, 1);
    const struct row_want nothing = {0};
    struct page page;
    int depth;
    bool ok = app_call(a, r, e) && search_decode(r, q->entity, &nothing, &page, &depth, e);

    if (ok) {
        *hits = page.hits < 0 ? 0 : page.hits;
        page_free(&page);
    } else {
        explain(a, q->entity, r, e);
    }
    net_request_free(r);
    return ok;
}

bool search_page(struct app *a, const struct search_page *order, struct page *out, int *depth,
                 struct err *e)
{
    const struct search_operation *op = &order->query->entity->search;
    const struct column **columns = mem_array(op->n_columns, sizeof(*columns));
    struct net_request *r =
        search_request(a->config.base_url, order->query, order->number, order->rpp);
    struct row_want want = {.columns = columns, .n_columns = op->n_columns};
    bool ok;

    for (size_t i = 0; i < op->n_columns; i++)
        columns[i] = &op->columns[i];
    r->priority = order->priority;
    *depth = 0;
    ok = app_call(a, r, e) && search_decode(r, order->query->entity, &want, out, depth, e);
    if (*depth > 0)
        reach_keep(a, order->query->entity, *depth);
    else if (!ok)
        explain(a, order->query->entity, r, e);
    net_request_free(r);
    free(columns);
    return ok;
}
