// All hits of the search that is shown, or its first ones, in a quote: what is missing of their
// rows is fetched, they are marked in the place of other marks, and quoted. UI thread. Floor: desk.
#include "base/count.h"
#include "desk/page.h"
#include "job/cancel.h"

// The rows that are quoted, and the last page of them.
static size_t rows_of(const struct results *r, size_t n)
{
    size_t places = table_places(r->table);

    return n && n < places ? n : places;
}

static int pages_of(const struct results *r, size_t rows)
{
    size_t rpp = (size_t)table_rpp(r->table);

    return (int)((rows + rpp - 1) / rpp);
}

int desk_quote_search_requests(const struct desk *d, size_t n)
{
    const struct results *r = &d->results;
    int last, page = 0, requests = 0;

    if (!r->table || r->gathered)
        return 0;
    last = pages_of(r, rows_of(r, n));
    while ((page = table_missing(r->table, page)) != 0 && page <= last)
        requests++;
    return requests;
}

static void fail(struct desk *d, struct seat *s, const struct err *e)
{
    struct buying *b = seat_face(d, s).buying;

    s->whole.on = false;
    b->state = BUYING_FAILED;
    b->err = *e;
    desk_changed(d, DESK_QUOTE);
    desk_tell(d, e);
}

static void mark(struct desk *d, struct seat *s)
{
    struct err e;

    if (desk_seat(d) != s)
        (void)err_set(&e, ERR_REFUSED,
                      "the rows to quote are fetched, but %s are looked at now; quote the search "
                      "again from its rows",
                      desk_seat(d)->entity->plural);
    else if (marks_only(d, s->whole.rows))
        return;
    else
        (void)err_set(&e, ERR_REFUSED, "marks are being set already; quote the search again");
    fail(d, s, &e);
}

void whole_fetched(struct desk *d, struct search *search, enum task_state state)
{
    struct err e;

    for (size_t i = 0; i < d->private->n_seats; i++) {
        struct seat *s = &d->private->seats[i];

        if (&s->search != search || !s->whole.on)
            continue;
        if (state == TASK_DONE) {
            mark(d, s);
        } else {
            e = seat_face(d, s).results->err;
            if (state != TASK_FAILED || e.kind == ERR_NONE)
                (void)err_set(&e, ERR_CANCELLED, "fetching the rows was stopped");
            fail(d, s, &e);
        }
    }
}

// Those who opted out are not marked, and rows come twice while pages shift.
static void say(struct desk *d, long long hits, size_t marked, size_t gone)
{
    char n[COUNT_MAX], all[COUNT_MAX], others[COUNT_WORDS_MAX];
    struct str out = {0};

    (void)count_text((long long)marked, n);
    if (hits < 0 || (long long)marked == hits)
        str_addf(&out, "All %s hits are marked", n);
    else
        str_addf(&out, "%s of %s hits are marked", n, count_text(hits, all));
    if (gone)
        str_addf(&out, " in the place of %s: undo brings %s back",
                 count_words((long long)gone, "other mark", others), gone == 1 ? "it" : "them");
    desk_say(d, ERR_NONE, "%s.", out.data);
    str_free(&out);
}

void whole_marked(struct desk *d, struct seat *s, const struct err *why, size_t gone)
{
    struct err e;

    if (why) {
        fail(d, s, why);
        return;
    }
    s->whole.marked = s->whole.search == s->search.number ? s->whole.hits : 0;
    say(d, s->whole.hits, seat_face(d, s).marks->n, gone);
    if (!s->whole.on)
        return; // another quote was asked for since
    if (desk_seat(d) != s)
        (void)err_set(&e, ERR_REFUSED,
                      "the hits are marked, but %s are looked at now; quote them there",
                      desk_seat(d)->entity->plural);
    else if (desk_quote(d, NULL, &e))
        return;
    fail(d, s, &e);
}

void whole_moved(struct desk *d, struct seat *s)
{
    if (!s->whole.marked)
        return;
    s->whole.marked = 0;
    quote_stale(d, s);
}

static bool check(struct desk *d, struct err *e)
{
    if (!desk_online(d, e))
        return false;
    if (!d->results.table || table_places(d->results.table) == 0)
        return err_set(e, ERR_INVALID, "there are no hits to quote: run a search first");
    if (d->results.state == RESULTS_ASKED)
        return err_set(e, ERR_REFUSED, "the next search is on its way; quote it when it is here");
    if (d->filters.changed)
        return err_set(e, ERR_INVALID,
                       "the filters have changed, and the rows are of those before: run the search "
                       "first");
    if (d->buying.state == BUYING_RUNS)
        return err_set(e, ERR_REFUSED,
                       "a purchase is under way; quote the search when it has ended");
    if (desk_seat(d)->marking)
        return err_set(e, ERR_REFUSED, "marks are being set already; wait a moment");
    return true;
}

bool desk_quote_search(struct desk *d, size_t n, struct err *e)
{
    struct seat *s = desk_seat(d);
    size_t rows;

    if (!check(d, e))
        return false;
    if (s->quoting)
        cancel_fire(s->quoting->cancel);
    s->quoting = NULL;
    rows = rows_of(&d->results, n);
    s->whole.on = true;
    s->whole.rows = rows;
    s->whole.search = s->search.number;
    s->whole.hits = d->results.hits;
    d->buying.state = BUYING_ASKED;
    d->buying.err = (struct err){0};
    d->buying.fetching = true;
    desk_changed(d, DESK_QUOTE);
    if (desk_quote_search_requests(d, n) == 0)
        mark(d, s);
    else
        fetch_first(d, pages_of(&d->results, rows));
    return true;
}
