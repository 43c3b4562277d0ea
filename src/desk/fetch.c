// All pages that paging can reach, a few at a time behind what somebody looks at. Shown as a task,
// without a worker of its own: each page that comes back sends the next ones. UI thread.
// Floor: desk.
#include <stdio.h>
#include <string.h>

#include "base/count.h"
#include "desk/page.h"
#include "job/cancel.h"

enum { AT_A_TIME = 3 };

static size_t under_way(const struct search *s)
{
    size_t n = 0;

    for (size_t i = 0; i < s->asks.len; i++)
        n += s->asks.items[i].of_all && s->asks.items[i].task;
    return n;
}

// The next page after `after` that is wanted and not here; 0: none.
static int missing(const struct search *s, const struct table *t, int after)
{
    int page = table_missing(t, after);

    return s->fetch.last && page > s->fetch.last ? 0 : page;
}

static long long wanted(const struct search *s, const struct table *t)
{
    size_t all = table_places(t), most = (size_t)s->fetch.last * (size_t)table_rpp(t);

    return (long long)(most && most < all ? most : all);
}

static void show(struct desk *d, const struct seat *s, const struct results *r)
{
    struct task_view *v = s->search.fetch.view;

    atomic_store(&v->done, (long long)table_fetched(r->table));
    atomic_store(&v->total, wanted(&s->search, r->table));
    desk_changed(d, DESK_TASKS);
}

void fetch_end(struct desk *d, struct search *s, enum task_state state)
{
    if (!s->fetch.view)
        return;
    view_end(d, s->fetch.view, state);
    cancel_fire(s->fetch.cancel);
    cancel_unref(s->fetch.cancel);
    s->fetch.view = NULL;
    s->fetch.cancel = NULL;
    whole_fetched(d, s, state);
}

static void send_more(struct desk *d, struct seat *s, const struct table *t)
{
    size_t n = under_way(&s->search);

    for (int page = 0; n < AT_A_TIME && (page = missing(&s->search, t, page)) != 0;) {
        struct page_ask *ask = page_asked(&s->search, page);

        if (ask && ask->task)
            continue; // comes by itself
        page_ask(d, s, page, NET_BATCH);
        n++;
    }
}

static int missing_pages(const struct search *s, const struct table *t)
{
    int n = 0;

    for (int page = 0; (page = missing(s, t, page)) != 0;)
        n++;
    return n;
}

// In its own words, for the Jobs pane and the bottom line.
static void finish(struct desk *d, struct seat *s, const struct results *r, enum task_state state,
                   const char *why)
{
    struct task_view *v = s->search.fetch.view;
    struct str out = {0};
    char n[COUNT_MAX];

    str_addf(&out, "%s %s are fetched%s%s.", count_text((long long)table_fetched(r->table), n),
             s->entity->plural, *why ? "; the rest did not come: " : "", why);
    (void)snprintf(v->said, sizeof(v->said), "%s", str_text(&out));
    desk_say(d, state == TASK_FAILED ? r->err.kind : ERR_NONE, "%s", str_text(&out));
    str_free(&out);
    fetch_end(d, &s->search, state);
}

void fetch_on(struct desk *d, struct seat *s, const struct task *t)
{
    const struct results *r = seat_face(d, s).results;
    struct search *search = &s->search;

    if (!search->fetch.view)
        return;
    show(d, s, r);
    if (cancel_fired(search->fetch.cancel)) {
        if (under_way(search) == 0)
            finish(d, s, r, TASK_CANCELLED, "");
    } else if (!t->ok && !cancel_fired(t->cancel) && r->err.kind != ERR_NONE) {
        finish(d, s, r, TASK_FAILED, t->err.text);
    } else if (missing(search, r->table, 0) == 0) {
        finish(d, s, r, TASK_DONE, "");
    } else {
        send_more(d, s, r->table);
    }
}

void fetch_first(struct desk *d, int last)
{
    struct seat *s = desk_seat(d);
    struct search *search = &s->search;
    int requests;

    if (search->fetch.view) { // on its way; as far as either wants
        if (search->fetch.last && (last == 0 || last > search->fetch.last))
            search->fetch.last = last;
        return;
    }
    search->fetch.last = last;
    requests = missing_pages(search, d->results.table);
    search->fetch.cancel = cancel_new(search->cancel);
    search->fetch.view = view_begin(d, "fetch", search->fetch.cancel);
    (void)snprintf(search->fetch.view->label, sizeof(search->fetch.view->label),
                   "fetch %d page%s of %s", requests, requests == 1 ? "" : "s", s->entity->plural);
    show(d, s, &d->results);
    send_more(d, s, d->results.table);
}

void desk_fetch_all(struct desk *d)
{
    int requests = desk_fetch_all_requests(d);
    struct err e;

    if (!desk_online(d, &e)) {
        desk_tell(d, &e);
        return;
    }
    if (requests == 0) {
        desk_say(d, ERR_NONE, "There are no more rows to fetch.");
        return;
    }
    fetch_first(d, 0);
}

int desk_fetch_all_requests(const struct desk *d)
{
    int n = 0, page = 0;

    while (d->results.table && !d->results.gathered &&
           (page = table_missing(d->results.table, page)) != 0)
        n++;
    return n;
}
