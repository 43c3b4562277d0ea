// Counting several searches, with the next ones on their way. Floor: flow.
#include "flow/search.h"

#include <stdint.h>

#include "api/answer.h"
#include "api/search.h"
#include "base/mem.h"
#include "flow/search_inside.h"
#include "job/queue.h"

enum { AHEAD = 8 }; // requests under way at once

struct counting {
    struct app *app;
    const struct count_order *order;
    struct cancel *cancel; // its own, below the app's
    struct queue *answers;
    struct net_request *arrived[AHEAD]; // by number, waiting for their turn
    size_t next, turn, under_way;
};

static void ask(struct counting *c)
{
    struct net_request *r =
        search_request(c->app->config.base_url, &c->order->queries[c->next], 1, 1);

    r->job.reply = c->answers;
    r->job.cancel = c->cancel;
    r->context = (void *)(intptr_t)c->next++;
    c->under_way++;
    net_submit(c->app->net, r);
}

static void take_in(struct counting *c)
{
    struct net_request *r = (struct net_request *)queue_wait(c->answers, -1);

    c->under_way--;
    c->arrived[(size_t)(intptr_t)r->context % AHEAD] = r;
}

static bool give(struct counting *c, const struct net_request *r, struct err *e)
{
    const struct query *q = &c->order->queries[c->turn];
    const struct row_want nothing = {0};
    struct page page;
    long long hits = -1;
    struct err why;
    int depth;
    bool ok = search_decode(r, q->entity, &nothing, &page, &depth, &why);

    if (ok) {
        hits = page.hits < 0 ? 0 : page.hits;
        page_free(&page);
    } else {
        search_explain(c->app, q->entity, r, &why);
    }
    if (!ok && why.kind != ERR_INVALID && why.kind != ERR_FORBIDDEN) {
        *e = why;
        return false;
    }
    app_step(c->app, "counts", (long long)c->turn + 1, (long long)c->order->n);
    return c->order->each(c->order->self, c->turn, hits, ok ? NULL : &why, e);
}

// A damaged answer is asked for again.
static struct net_request *awaited(struct counting *c, struct net_request **place)
{
    for (int again = APP_REPEATS;; again--) {
        struct net_request *r;

        while (!*place)
            take_in(c);
        r = *place;
        if (again == 0 || !answer_damaged(r))
            return r;
        *place = NULL;
        c->under_way++;
        net_submit(c->app->net, r);
    }
}

static bool count_all(struct counting *c, struct err *e)
{
    for (; c->turn < c->order->n; c->turn++) {
        struct net_request **place = &c->arrived[c->turn % AHEAD];
        bool ok;

        while (c->next < c->order->n && c->next < c->turn + AHEAD)
            ask(c);
        ok = give(c, awaited(c, place), e);
        net_request_free(*place);
        *place = NULL;
        if (!ok)
            return false;
    }
    return true;
}

bool search_counts(struct app *a, const struct count_order *order, struct err *e)
{
    struct counting c = {.app = a, .order = order};
    bool ok;

    c.cancel = cancel_new(a->cancel);
    c.answers = queue_open();
    ok = count_all(&c, e);
    cancel_fire(c.cancel);
    while (c.under_way > 0)
        take_in(&c);
    for (size_t i = 0; i < AHEAD; i++) {
        if (c.arrived[i])
            net_request_free(c.arrived[i]);
    }
    queue_close(c.answers);
    cancel_unref(c.cancel);
    return ok;
}
