// Which pages are fetched when: those on the screen first, a few ahead of the way the person goes,
// and none that nobody will look at. UI thread. Floor: desk.
#include <stdlib.h>

#include "desk/page.h"
#include "job/cancel.h"

enum {
    AHEAD = 2,         // pages
    WANTED_MAX = 8,    // pages at once
    SCREEN_MAX = 1000, // rows on a screen, and what pages before them may lack of theirs
    AGAIN_MS = 2000    // until a page that did not come is asked for again
};

struct wanted {
    int pages[WANTED_MAX];
    size_t n, on_screen; // the first ones are on the screen
};

static bool holds(const struct wanted *w, int number)
{
    for (size_t i = 0; i < w->n; i++) {
        if (w->pages[i] == number)
            return true;
    }
    return false;
}

static void add(struct wanted *w, const struct table *t, size_t place)
{
    int number;

    if (place >= table_rows(t) || table_id(t, place) || w->n == WANTED_MAX)
        return;
    number = table_page_of(t, place);
    if (!table_has_page(t, number) && !holds(w, number))
        w->pages[w->n++] = number;
}

static void gather(struct wanted *w, const struct table *t, size_t first, size_t n, bool down)
{
    size_t rpp = (size_t)table_rpp(t), last = first + (n ? n - 1 : 0);

    for (size_t i = first; i <= last; i++)
        add(w, t, i);
    w->on_screen = w->n;
    for (size_t i = 1; i <= AHEAD; i++) {
        if (down)
            add(w, t, last + i * rpp);
        else if (first >= i * rpp)
            add(w, t, first - i * rpp);
    }
}

struct page_ask *page_asked(struct search *s, int number)
{
    for (size_t i = 0; i < s->asks.len; i++) {
        if (s->asks.items[i].number == number)
            return &s->asks.items[i];
    }
    return NULL;
}

static void forget(struct search *s, int number)
{
    struct page_ask *ask = page_asked(s, number);

    if (ask)
        *ask = s->asks.items[--s->asks.len];
}

static bool any_failed(const struct search *s)
{
    for (size_t i = 0; i < s->asks.len; i++) {
        if (!s->asks.items[i].task)
            return true;
    }
    return false;
}

// Why pages did not come is of no interest once one that was waited for has, or all have; why a
// search failed still is.
static void forgive(struct results *r, const struct search *s, bool waited)
{
    if (r->err_of_page && (waited || !any_failed(s)))
        r->err = (struct err){0};
    r->err_of_page = r->err_of_page && r->err.kind != ERR_NONE;
}

static void failed(struct desk *d, struct page_job *job, struct results *r)
{
    struct task *t = &job->task;
    struct search *s = &job->seat->search;
    struct page_ask *ask = page_asked(s, job->number);

    if (job->depth > 0) { // the server lets paging reach less far than the catalogue says
        s->depth = job->depth;
        page_extent(job->seat, r);
        forget(s, job->number);
    } else if (cancel_fired(t->cancel) || t->err.kind == ERR_CANCELLED || !ask) {
        forget(s, job->number);
    } else {
        *ask = (struct page_ask){.number = job->number, .failed_ms = desk_now_ms()};
        if (r->err.kind == ERR_NONE || r->err_of_page) {
            r->err = t->err;
            r->err_of_page = true;
        }
        desk_tell(d, &t->err);
    }
}

// None of its rows stands anywhere near those that are looked at; sorted ones may.
static bool is_aside(const struct results *r, int number)
{
    size_t rpp = (size_t)table_rpp(r->table), at = (size_t)(number - 1) * rpp;
    size_t low = r->top < r->place ? r->top : r->place, high = r->top + r->place - low;

    return !table_ordered(r->table) && (at + rpp + SCREEN_MAX <= low || at >= high + SCREEN_MAX);
}

static void take(struct desk *d, struct page_job *job, struct results *r)
{
    struct search *s = &job->seat->search;
    enum err_kind err = r->err.kind;
    long long hits = r->hits;
    size_t rows = table_rows(r->table);

    forget(s, job->number);
    forgive(r, s, job->priority == NET_WAITED);
    page_place(job->seat, r, job);
    kept_page(d, job->seat, job->number);
    arrange_behind(d, job->seat);
    if (err == r->err.kind && hits == r->hits && rows == table_rows(r->table) &&
        is_aside(r, job->number))
        desk_changed(d, DESK_PAGES);
    else
        desk_changed(d, DESK_RESULTS);
}

static void done(struct desk *d, struct task *t)
{
    struct page_job *job = (struct page_job *)t;
    struct search *s = &job->seat->search;
    struct results *r = seat_face(d, job->seat).results;

    if (job->search != s->number)
        return; // of rows that have made way
    if (job->resolved && !s->is_resolved) {
        s->resolved = query_copy(&job->query);
        s->is_resolved = true;
    }
    if (t->ok) {
        take(d, job, r);
    } else {
        failed(d, job, r);
        desk_changed(d, DESK_RESULTS);
    }
    fetch_on(d, job->seat, t);
}

// What somebody looks at does not wait behind the rest.
static const struct task_kind kinds[] = {
    [NET_WAITED] =
        {.name = "page", .lane = LANE_WAITED, .run = page_run, .done = done, .free = page_release},
    [NET_AHEAD] = {.name = "page ahead",
                   .lane = LANE_LONG,
                   .run = page_run,
                   .done = done,
                   .free = page_release},
    [NET_BATCH] = {.name = "page of all",
                   .lane = LANE_LONG,
                   .run = page_run,
                   .done = done,
                   .free = page_release},
};

void page_ask(struct desk *d, struct seat *s, int number, enum net_priority priority)
{
    struct search *search = &s->search;
    struct cancel *parent = priority == NET_BATCH ? search->fetch.cancel : search->cancel;
    const struct query *q =
        search->is_resolved ? &search->resolved : &seat_face(d, s).results->query;
    struct page_job *job = page_new(d, &kinds[priority], s, q, search->is_resolved, parent);

    job->search = search->number;
    job->number = number;
    job->priority = priority;
    job->lookout = table_lookout(seat_face(d, s).results->table);
    vec_push(
        &search->asks,
        ((struct page_ask){.number = number, .task = &job->task, .of_all = priority == NET_BATCH}));
    task_start(&job->task);
}

// On its way already, or tried a moment ago.
static bool is_asked(struct search *s, int number)
{
    const struct page_ask *at = page_asked(s, number);

    if (!at)
        return false;
    if (at->task || desk_now_ms() - at->failed_ms < AGAIN_MS)
        return true;
    forget(s, number);
    return false;
}

static void give_up_others(struct search *s, const struct wanted *w)
{
    for (size_t i = 0; i < s->asks.len; i++) {
        const struct page_ask *ask = &s->asks.items[i];

        if (ask->task && !ask->of_all && !holds(w, ask->number))
            cancel_fire(ask->task->cancel);
    }
}

static void want_notes(struct desk *d, struct seat *s, size_t first, size_t n)
{
    const struct table *t = d->results.table;

    for (size_t i = first; i < first + n && i < table_rows(t); i++) {
        const char *id = table_id(t, i);
        const struct row_note *note = id ? table_note(t, i) : NULL;

        if (id && (!note || known_lacks(&d->results, id, note)))
            kept_note(d, s, table_page_of(t, i));
    }
}

// Rows that were put together come from their file or not at all.
static void look_for_lost(struct desk *d, size_t first, size_t n)
{
    struct results *r = &d->results;

    for (size_t i = first; i < first + n && i < table_rows(r->table); i++) {
        if (table_id(r->table, i) || r->err.kind != ERR_NONE)
            continue;
        (void)err_set(&r->err, ERR_STORAGE,
                      "some of these rows can no longer be read; run the search again");
        desk_tell(d, &r->err);
        desk_changed(d, DESK_RESULTS);
    }
}

// In a local order each page that comes goes elsewhere, and there is always a next one at the
// place that is looked at: one page is fetched where the person moved to, and none by itself.
static bool stays_in_order(struct search *s, const struct results *r, size_t first)
{
    bool stays = table_ordered(r->table) && first == s->rest_first;

    s->rest_first = table_ordered(r->table) ? first : SIZE_MAX;
    return stays;
}

static void keep_one(struct wanted *w)
{
    w->n = w->on_screen = w->on_screen ? 1 : 0;
}

void desk_look(struct desk *d, size_t first, size_t n)
{
    struct seat *s = desk_seat(d);
    struct wanted w = {0};
    struct err ignored;

    if (!d->results.table)
        return;
    want_notes(d, s, first, n);
    if (d->results.gathered)
        look_for_lost(d, first, n);
    if (d->results.gathered || !desk_online(d, &ignored) ||
        stays_in_order(&s->search, &d->results, first))
        return;
    gather(&w, d->results.table, first, n, first >= s->search.last_first);
    s->search.last_first = first;
    if (table_ordered(d->results.table))
        keep_one(&w);
    give_up_others(&s->search, &w);
    for (size_t i = 0; i < w.n; i++) {
        if (!is_asked(&s->search, w.pages[i]))
            page_ask(d, s, w.pages[i], i < w.on_screen ? NET_WAITED : NET_AHEAD);
    }
}

enum row_state desk_row_state(const struct desk *d, size_t place)
{
    const struct table *t = d->results.table;
    struct search *s = &d->private->seats[d->private->at].search;
    const struct page_ask *ask;

    if (table_id(t, place))
        return ROW_THERE;
    if (d->results.gathered)
        return ROW_FAILED;
    ask = page_asked(s, table_page_of(t, place));
    return ask && !ask->task ? ROW_FAILED : ROW_AWAY;
}

bool desk_look_again(struct desk *d)
{
    struct search *s = &desk_seat(d)->search;
    bool any = any_failed(s);

    for (size_t i = s->asks.len; i-- > 0;) {
        if (!s->asks.items[i].task)
            forget(s, s->asks.items[i].number);
    }
    forgive(&d->results, s, true);
    if (any)
        desk_changed(d, DESK_RESULTS);
    s->rest_first = SIZE_MAX;
    return any;
}
