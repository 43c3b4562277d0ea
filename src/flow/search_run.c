// Searching: the pages of one search or of several in order, with the next ones on their way,
// decoded by workers. Floor: flow.
#include "flow/search.h"

#include <stdint.h>
#include <stdlib.h>

#include "api/answer.h"
#include "api/search.h"
#include "base/map.h"
#include "base/mem.h"
#include "flow/reach.h"
#include "flow/search_inside.h"
#include "job/queue.h"

// Pages under way at once, pages asked for ahead of the one whose turn it is, searches looked into
// beyond the one that is read: each no more than AHEAD.
enum { AHEAD = 8, PLACES = 3 * AHEAD + 1 };

// One of the searches.
struct leg {
    long long hits;          // -1: not known yet
    long long before, given; // rows given when it began, and of its own
    int asked;               // its pages so far
};

// A page on its way: its request comes back, goes to a worker, and comes back decoded.
struct fetch {
    struct job job; // to the pool and back
    const struct search_order *order;
    size_t leg;
    int number; // of the page; 0: the place is free
    struct net_request *request;
    bool come; // decoded, and waits for its turn
    int again; // how often the request went again
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
    struct cancel *cancel; // this run's own, below the app's
    struct queue *answers; // requests from the network, fetches from the workers
    struct fetch fetches[PLACES];
    struct map seen; // ids, with the leg that gave them + 1
    struct leg *legs;
    int rpp;         // rows a page
    long long reach; // rows of a search that paging can reach
    size_t under_way;
    size_t leg; // whose turn it is
    int page;   // of it
    bool full;  // enough rows
};

static const struct query *query_at(const struct run *run, size_t leg)
{
    return &run->order->queries[leg];
}

static bool may_spend(const struct run *run)
{
    long long most = run->order->max_requests;

    return most == 0 || run->sum->requests < most;
}

// The page whose turn it is waits for no place behind those that are read ahead.
static bool may_ask(const struct run *run, bool waited)
{
    return (waited || run->under_way < AHEAD) && may_spend(run);
}

static void fetch_free(struct fetch *f)
{
    page_free(&f->page);
    net_request_free(f->request);
    *f = (struct fetch){0};
}

// Job of a worker.
static void decode(struct job *job)
{
    struct fetch *f = (struct fetch *)job;

    f->ok = search_decode(f->request, f->order->queries->entity, &f->order->want, &f->page,
                          &f->depth, &f->err);
    if (f->ok) {
        net_request_free(f->request);
        f->request = NULL;
    }
}

static void ask(struct run *run, size_t leg)
{
    struct fetch *f = run->fetches;
    struct net_request *r;

    while (f->number)
        f++;
    *f = (struct fetch){.job = {.run = decode, .reply = run->answers},
                        .order = run->order,
                        .leg = leg,
                        .number = ++run->legs[leg].asked};
    r = search_request(run->app->config.base_url, query_at(run, leg), f->number, run->rpp);
    r->job.reply = run->answers;
    r->job.cancel = run->cancel;
    r->priority = leg == run->leg && f->number == 1 ? NET_WAITED : NET_AHEAD;
    r->context = f;
    f->request = r;
    run->under_way++;
    run->sum->requests++;
    net_submit(run->app->net, r);
}

// Rows that a search has to give, as far as is known.
static long long wanted(const struct run *run, const struct leg *leg)
{
    long long most = run->order->limit < 0 ? -1 : run->order->limit - leg->before;

    if (leg->hits >= 0 && (most < 0 || most > leg->hits))
        most = leg->hits;
    return most < 0 || most > run->reach ? run->reach : most;
}

// The pages that takes, as far as is known. Duplicates may leave it short: then one page more,
// where there is one, once all others were read.
static int pages(const struct run *run, const struct leg *leg)
{
    long long rows = wanted(run, leg), asked = (long long)leg->asked * run->rpp;
    bool current = leg == &run->legs[run->leg];

    if (leg->hits < 0)
        return 1; // which will tell
    if (current && run->page > leg->asked && run->sum->duplicates && leg->given < rows &&
        asked < leg->hits && asked < run->reach)
        return leg->asked + 1;
    return (int)((rows + run->rpp - 1) / run->rpp);
}

// Is there surely more to read than the search whose turn it is has left?
static bool look_further(const struct run *run)
{
    const struct leg *leg = &run->legs[run->leg];

    return run->order->limit < 0 ||
           (leg->hits >= 0 && leg->before + wanted(run, leg) < run->order->limit);
}

static void ask_ahead(struct run *run)
{
    struct leg *leg = &run->legs[run->leg];

    while (leg->asked < pages(run, leg) && leg->asked < run->page + AHEAD &&
           may_ask(run, leg->asked < run->page))
        ask(run, run->leg);
    for (size_t i = run->leg + 1; i < run->order->n && i <= run->leg + AHEAD && look_further(run);
         i++) {
        if (run->legs[i].asked == 0 && may_ask(run, false))
            ask(run, i);
    }
}

static bool give(struct run *run, const struct page *page, struct err *e)
{
    for (size_t i = 0; i < page->n_rows && !run->full; i++) {
        const struct row *row = &page->rows[i];
        intptr_t by = *row->id ? (intptr_t)map_get(&run->seen, row->id) : 0;

        if (by == (intptr_t)run->leg + 1)
            run->sum->duplicates++;
        else if (by)
            run->sum->overlaps++;
        if (by)
            continue;
        if (*row->id)
            (void)map_put(&run->seen, row->id, (void *)((intptr_t)run->leg + 1));
        if (!run->order->row(run->order->self, run->leg, row, e))
            return false;
        run->legs[run->leg].given++;
        run->sum->rows++;
        run->full = run->order->limit >= 0 && run->sum->rows >= run->order->limit;
    }
    return true;
}

// Past what the server lets paging reach: what came is kept, and the reach remembered.
static bool at_depth(struct run *run, int depth, struct err *e)
{
    if (depth <= 0)
        return false;
    run->reach = depth;
    reach_keep(run->app, query_at(run, 0)->entity, depth);
    *e = (struct err){0};
    return true;
}

static void take_hits(struct run *run, struct leg *leg, long long hits)
{
    if (hits < 0)
        return;
    if (run->sum->hits < 0)
        run->sum->hits = 0;
    run->sum->hits += hits - (leg->hits < 0 ? 0 : leg->hits);
    leg->hits = hits;
    if (run->order->hits)
        run->order->hits[leg - run->legs] = hits;
}

static void step(const struct run *run)
{
    const struct leg *leg = &run->legs[run->leg];

    if (run->order->n == 1)
        app_step(run->app, query_at(run, 0)->entity->plural, run->sum->rows, wanted(run, leg));
    else
        app_step(run->app, "searches", (long long)run->leg, (long long)run->order->n);
}

// *last: the search has no further page.
static bool take(struct run *run, const struct fetch *f, bool *last, struct err *e)
{
    struct leg *leg = &run->legs[run->leg];
    bool ok;

    *last = true;
    if (!f->ok) {
        *e = f->err;
        if (f->depth <= 0)
            search_explain(run->app, query_at(run, run->leg)->entity, f->request, e);
        return at_depth(run, f->depth, e);
    }
    take_hits(run, leg, f->page.hits);
    if (f->page.hits < 0 && leg->hits < 0) // the server does not say: on until a page is empty
        leg->hits = run->reach;
    *last = f->page.n_rows == 0;
    ok = give(run, &f->page, e);
    step(run);
    return ok;
}

// A damaged answer is no reason to stop: the same is asked for again.
static bool ask_again(struct run *run, struct fetch *f)
{
    if (f->ok || f->again == APP_REPEATS || !may_spend(run) || !answer_damaged(f->request))
        return false;
    f->again++;
    run->sum->requests++;
    net_submit(run->app->net, f->request);
    return true;
}

// A request that came back goes to a worker; what a worker has decoded waits for its turn, where
// that has not passed.
static void take_back(struct run *run)
{
    struct job *job = queue_wait(run->answers, -1);
    struct fetch *f;

    if (job->run != decode) {
        f = ((struct net_request *)job)->context;
        app_work(run->app, &f->job);
        return;
    }
    f = (struct fetch *)job;
    if (ask_again(run, f))
        return;
    f->come = true;
    run->under_way--;
    if (f->leg < run->leg)
        fetch_free(f);
}

// The page whose turn it is, decoded; NULL where it was not asked for.
static struct fetch *awaited(struct run *run)
{
    for (size_t i = 0; i < PLACES; i++) {
        struct fetch *f = &run->fetches[i];

        if (f->number != run->page || f->leg != run->leg)
            continue;
        while (!f->come)
            take_back(run);
        return f;
    }
    return NULL;
}

static void next_leg(struct run *run)
{
    run->leg++;
    run->page = 1;
    if (run->leg < run->order->n)
        run->legs[run->leg].before = run->sum->rows;
    for (size_t i = 0; i < PLACES; i++) {
        if (run->fetches[i].come && run->fetches[i].leg < run->leg)
            fetch_free(&run->fetches[i]);
    }
}

static bool fill(struct run *run, struct err *e)
{
    while (!run->full && run->leg < run->order->n) {
        struct leg *leg = &run->legs[run->leg];
        bool last = true, ok = true;
        struct fetch *f;

        ask_ahead(run);
        f = awaited(run);
        if (f) {
            ok = take(run, f, &last, e);
            fetch_free(f);
            run->page++;
        } else {
            run->sum->capped = true;
        }
        if (!ok)
            return false;
        if (last || run->page > pages(run, leg))
            next_leg(run);
    }
    return true;
}

// Read-ahead that nobody will look at is cancelled and taken back.
static void abandon(struct run *run)
{
    cancel_fire(run->cancel);
    while (run->under_way > 0)
        take_back(run);
    for (size_t i = 0; i < PLACES; i++)
        fetch_free(&run->fetches[i]);
}

static void sum_up(struct run *run)
{
    const struct search_order *order = run->order;

    for (size_t i = 0; i < order->n; i++) {
        if (run->legs[i].hits > run->reach && (order->limit < 0 || order->limit > run->reach))
            run->sum->reach = run->reach;
    }
}

static void begin(struct run *run)
{
    const struct search_operation *op = &query_at(run, 0)->entity->search;

    run->rpp = op->rpp_max;
    if (run->order->limit > 0 && run->order->limit < run->rpp)
        run->rpp = (int)run->order->limit;
    run->reach = reach_of(run->app, query_at(run, 0)->entity);
    run->legs = mem_array(run->order->n, sizeof(*run->legs));
    for (size_t i = 0; i < run->order->n; i++) {
        run->legs[i] = (struct leg){.hits = -1};
        if (run->order->hits)
            run->order->hits[i] = -1;
    }
    run->cancel = cancel_new(run->app->cancel);
    run->answers = queue_open();
}

bool search_run(struct app *a, const struct search_order *order, struct search_summary *out,
                struct err *e)
{
    struct run run = {.app = a, .order = order, .sum = out, .page = 1};
    bool ok;

    *out = (struct search_summary){.hits = -1};
    if (order->limit == 0 || order->n == 0)
        return true;
    begin(&run);
    ok = fill(&run, e);
    abandon(&run);
    sum_up(&run);
    queue_close(run.answers);
    map_free(&run.seen, NULL);
    free(run.legs);
    cancel_unref(run.cancel);
    return ok;
}

bool search_run_whole(struct app *a, const struct search_order *order, struct search_summary *out,
                      struct err *e)
{
    const struct search_operation *op;
    struct search_order whole = *order;
    const struct column **all;
    bool ok;

    if (order->n == 0)
        return search_run(a, order, out, e);
    op = &order->queries[0].entity->search;
    all = mem_array(op->n_columns, sizeof(*all));
    for (size_t i = 0; i < op->n_columns; i++)
        all[i] = &op->columns[i];
    whole.want = (struct row_want){.columns = all, .n_columns = op->n_columns};
    ok = search_run(a, &whole, out, e);
    free(all);
    return ok;
}
