// Rows kept in files: each page as it comes, and those of the last session at the start; who of
// them is owned, where they are looked at. UI thread, but for the runs. Floor: desk.
#include <stdlib.h>

#include "base/mem.h"
#include "desk/page.h"
#include "flow/kept.h"
#include "flow/quote.h"

struct keeping {
    struct task task;
    struct seat *seat;
    uint64_t search;
    struct kept_page page;
};

static bool keep(struct task *t)
{
    return kept_put(&t->app, &((struct keeping *)t)->page, &t->err);
}

// A page that could not be kept costs a request next time, and memory until then.
static void kept_done(struct desk *d, struct task *t)
{
    const struct keeping *k = (const struct keeping *)t;
    const struct results *r = seat_face(d, k->seat).results;

    if (t->ok && k->search == k->seat->search.number)
        table_settle(r->table, k->page.number, k->page.rows, k->page.at, k->page.len);
}

static void keep_release(struct task *t)
{
    struct keeping *k = (struct keeping *)t;

    packed_unref(k->page.rows);
    rows_file_unref(k->page.file);
}

static const struct task_kind keep_kind = {
    .name = "keep", .lane = LANE_LOCAL, .run = keep, .done = kept_done, .free = keep_release};

void kept_begin(struct desk *d, struct seat *s)
{
    struct results *r = seat_face(d, s).results;

    if (!d->spender || d->private->closing)
        return;
    s->search.file = kept_new(&d->private->app, &r->query);
    if (s->search.file)
        table_use_shelf(r->table, rows_file_shelf(s->search.file));
}

void kept_page(struct desk *d, struct seat *s, int number)
{
    const struct results *r = seat_face(d, s).results;
    struct keeping *k;

    if (!s->search.file || d->private->closing)
        return;
    k = task_new(d, &keep_kind, sizeof(*k), NULL);
    k->task.job.cancel = NULL; // it was paid for with a request
    k->seat = s;
    k->search = s->search.number;
    k->page = (struct kept_page){.file = rows_file_ref(s->search.file),
                                 .rows = table_packed(r->table, number),
                                 .number = number,
                                 .hits = r->hits};
    task_start(&k->task);
}

struct restoring {
    struct task task;
    struct seat *seat;
    bool write;
    struct query query;
    struct kept kept;
};

static bool load(struct task *t)
{
    struct restoring *r = (struct restoring *)t;

    return kept_load(&t->app, &r->query, r->write, &r->kept, &t->err);
}

// The filters that these rows were found by are counted already.
static void tell_filters(struct desk *d, struct seat *s)
{
    const struct face at = seat_face(d, s);
    struct filters *f = at.filters;

    if (f->state != COUNT_UNKNOWN || at.results->hits < 0 ||
        !query_same(&f->query, &at.results->query))
        return;
    f->hits = at.results->hits;
    f->kept_ms = at.results->asked_ms;
    f->state = COUNT_KNOWN;
    desk_changed(d, DESK_FILTERS);
}

static void show(struct desk *d, struct seat *s, struct restoring *from)
{
    struct results *r = seat_face(d, s).results;
    size_t rows;

    search_open(d, s);
    r->table = from->kept.table;
    s->search.file = from->kept.file;
    from->kept.table = NULL;
    from->kept.file = NULL;
    r->hits = from->kept.hits;
    r->asked_ms = from->kept.at_ms;
    r->kept = true;
    r->gathered = from->kept.gathered;
    r->state = RESULTS_THERE;
    page_extent(s, r);
    rows = table_rows(r->table);
    r->place = r->place < rows ? r->place : rows - 1;
    r->top = r->top < rows ? r->top : r->place;
    arrange_now(d, s, FOLLOW_PLACE);
    detail_rows_came(d, s);
    tell_filters(d, s);
}

static void loaded(struct desk *d, struct task *t)
{
    struct restoring *r = (struct restoring *)t;
    struct results *results = seat_face(d, r->seat).results;

    if (!t->ok)
        desk_tell(d, &t->err);
    if (!r->kept.table || results->state != RESULTS_NONE)
        return; // nothing was kept, or another search was begun
    show(d, r->seat, r);
    desk_changed(d, DESK_RESULTS);
}

static void load_release(struct task *t)
{
    struct restoring *r = (struct restoring *)t;

    table_free(r->kept.table);
    rows_file_unref(r->kept.file);
    query_free(&r->query);
}

static const struct task_kind load_kind = {
    .name = "kept rows", .lane = LANE_LOCAL, .run = load, .done = loaded, .free = load_release};

void kept_restore(struct desk *d, struct seat *s)
{
    const struct results *r = seat_face(d, s).results;
    struct restoring *task;

    if (!s->had_rows || r->state != RESULTS_NONE)
        return;
    task = task_new(d, &load_kind, sizeof(*task), NULL);
    task->seat = s;
    task->write = d->spender;
    task->query = query_copy(&r->query);
    task_start(&task->task);
}

// Who of a page is owned.
struct noting {
    struct task task;
    struct seat *seat;
    uint64_t search;
    int number;
    char **ids; // owned
    size_t n;
    struct row_note *notes;
    struct map known;
};

static bool note(struct task *t)
{
    struct noting *n = (struct noting *)t;

    const char *const *ids = (const char *const *)n->ids;

    if (!quote_notes(&t->app, n->seat->entity, ids, n->n, n->notes, &t->err))
        return false;
    if (more_wanted(n->seat->entity))
        known_read(&t->app, n->seat->entity, ids, n->notes, n->n, &n->known);
    return true;
}

static void noted(struct desk *d, struct task *t)
{
    struct noting *n = (struct noting *)t;
    struct search *s = &n->seat->search;

    if (n->search != s->number)
        return;
    known_take(seat_face(d, n->seat).results, &n->known);
    for (size_t i = 0; i < s->noting.len; i++) {
        if (s->noting.items[i] == n->number)
            s->noting.items[i] = s->noting.items[--s->noting.len];
    }
    if (!t->ok)
        return; // it stays unsaid, and is asked for again where it is looked at
    table_set_notes(seat_face(d, n->seat).results->table, n->number, n->notes, n->n);
    desk_changed(d, DESK_RESULTS);
}

static void note_release(struct task *t)
{
    struct noting *n = (struct noting *)t;

    for (size_t i = 0; i < n->n; i++)
        free(n->ids[i]);
    free(n->ids);
    free(n->notes);
    map_free(&n->known, free);
}

static const struct task_kind note_kind = {
    .name = "notes", .lane = LANE_LOCAL, .run = note, .done = noted, .free = note_release};

static bool is_noting(const struct search *s, int number)
{
    for (size_t i = 0; i < s->noting.len; i++) {
        if (s->noting.items[i] == number)
            return true;
    }
    return false;
}

void kept_note(struct desk *d, struct seat *s, int number)
{
    const struct table *t = seat_face(d, s).results->table;
    struct noting *n;
    const char *id;

    if (!d->private->open || is_noting(&s->search, number) || !table_page_id(t, number, 0))
        return;
    n = task_new(d, &note_kind, sizeof(*n), s->search.cancel);
    n->seat = s;
    n->search = s->search.number;
    n->number = number;
    n->ids = mem_array((size_t)table_rpp(t), sizeof(*n->ids));
    n->notes = mem_array((size_t)table_rpp(t), sizeof(*n->notes));
    while ((id = table_page_id(t, number, n->n)) != NULL)
        n->ids[n->n++] = mem_strdup(id);
    vec_push(&s->search.noting, number);
    task_start(&n->task);
}
