// Rows kept in the cache: each page as it comes, and those of the last session at the start. UI
// thread, but for the runs. Floor: desk.
#include "desk/page.h"
#include "flow/kept.h"

struct keeping {
    struct task task;
    const struct entity *entity;
    char key[KEPT_KEY_MAX];
    struct page page;
};

static bool keep(struct task *t)
{
    struct keeping *k = (struct keeping *)t;

    return kept_put(&t->app, k->key, k->entity, &k->page, &t->err);
}

// A page that could not be kept costs a request next time, nothing else.
static void kept_done(struct desk *d, struct task *t)
{
    (void)d;
    (void)t;
}

static void keep_release(struct task *t)
{
    page_free(&((struct keeping *)t)->page);
}

static const struct task_kind keep_kind = {
    .name = "keep", .lane = LANE_LOCAL, .run = keep, .done = kept_done, .free = keep_release};

static void key_of(const struct query *q, char key[static KEPT_KEY_MAX])
{
    kept_key(q, q->entity->search.rpp_max, key);
}

void kept_page(struct desk *d, const struct results *r, struct page_job *job)
{
    struct keeping *k;

    if (!d->spender || d->private->closing)
        return;
    k = task_new(d, &keep_kind, sizeof(*k), NULL);
    k->task.job.cancel = NULL; // it was paid for with a request
    k->entity = r->entity;
    key_of(&r->query, k->key);
    k->page = job->page;
    k->page.number = job->number;
    job->page = (struct page){0};
    task_start(&k->task);
}

struct restoring {
    struct task task;
    struct seat *seat;
    char key[KEPT_KEY_MAX];
    struct kept kept;
};

static bool load(struct task *t)
{
    struct restoring *r = (struct restoring *)t;
    const struct entity *entity = r->seat->entity;

    return kept_load(&t->app, r->key, entity, entity->search.rpp_max, &r->kept, &t->err);
}

static void show(struct desk *d, struct seat *s, struct restoring *from)
{
    struct results *r = seat_face(d, s).results;
    size_t rows;

    search_open(d, s);
    r->table = from->kept.table;
    from->kept.table = NULL;
    r->hits = from->kept.hits;
    r->asked_ms = from->kept.at_ms;
    r->kept = true;
    r->state = RESULTS_THERE;
    page_extent(s, r);
    if (s->sort_again)
        table_sort(r->table, s->sort_column, s->entity->search.columns[s->sort_column].type,
                   s->sort_ascending);
    rows = table_rows(r->table);
    r->place = r->place < rows ? r->place : rows - 1;
    r->top = r->top < rows ? r->top : r->place;
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
    table_free(((struct restoring *)t)->kept.table);
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
    key_of(&r->query, task->key);
    task_start(&task->task);
}
