// The library as the explorer looks at it: what fits, and the rows that are looked at. UI thread,
// but for the runs. Floor: desk.
#include "desk/library.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "desk/library_inside.h"
#include "flow/library_find.h"
#include "flow/row.h"

static struct library_private *private_of(struct desk *d)
{
    if (!d->library.private)
        d->library.private = mem_zalloc(sizeof(*d->library.private));
    return d->library.private;
}

void changes_clear(struct library_changes *c)
{
    uint64_t number = c->number;

    for (size_t i = 0; i < c->n; i++) {
        free(c->items[i].id);
        free(c->items[i].before);
        free(c->items[i].after);
    }
    free(c->items);
    free(c->title);
    *c = (struct library_changes){.number = number};
}

void changes_add(struct library_changes *c, struct library_change change)
{
    if (c->n == c->cap) {
        c->cap = c->cap ? c->cap * 2 : 16;
        c->items = mem_regrow(c->items, c->cap, sizeof(*c->items));
    }
    c->items[c->n++] = change;
}

void library_free(struct desk *d)
{
    struct library_view *v = &d->library;
    struct library_private *p = v->private;

    changes_clear(&v->changes);
    free(v->typed);
    free(v->numbers);
    if (p) {
        chunks_free(&p->chunks);
        refresh_free(&p->plan.refresh);
    }
    free(p);
    *v = (struct library_view){0};
}

// What is on its way is told apart from what is asked for later by its number.
void library_reset(struct desk *d)
{
    uint64_t asked = d->library.private ? d->library.private->asked : 0;
    uint64_t found = d->library.found, number = d->library.changes.number;

    library_free(d);
    private_of(d)->asked = asked + 1;
    d->library.found = found + 1;
    d->library.changes.number = number;
    desk_changed(d, DESK_LIBRARY);
}

struct finding {
    struct task task;
    struct library_wish wish;
    uint64_t asked;
    int64_t *numbers;
    size_t n;
};

static bool run_find(struct task *t)
{
    struct finding *f = (struct finding *)t;

    return library_find(&t->app, &f->wish, &f->numbers, &f->n, &t->err);
}

static void found(struct desk *d, struct task *t)
{
    struct finding *f = (struct finding *)t;
    struct library_view *v = &d->library;

    if (!v->private || f->asked != v->private->asked)
        return; // something else is asked for since
    desk_changed(d, DESK_LIBRARY);
    if (!t->ok) {
        if (t->err.kind == ERR_INVALID) { // what stands there does not fit what is typed
            free(v->numbers);
            v->numbers = NULL;
            v->n = 0;
            v->found++;
        }
        v->state = v->numbers ? LIBRARY_THERE : LIBRARY_FAILED;
        v->err = t->err;
        desk_tell(d, &t->err);
        return;
    }
    free(v->numbers);
    v->numbers = f->numbers;
    v->n = f->n;
    v->found++;
    v->err = (struct err){0};
    v->state = LIBRARY_THERE;
    f->numbers = NULL;
}

static void release_find(struct task *t)
{
    struct finding *f = (struct finding *)t;

    wish_free(&f->wish);
    free(f->numbers);
}

static const struct task_kind find_kind = {
    .name = "library", .lane = LANE_LOCAL, .run = run_find, .done = found, .free = release_find};

static void ask(struct desk *d)
{
    struct library_view *v = &d->library;
    struct finding *f;

    if (!d->private->open || d->private->closing)
        return;
    f = task_new(d, &find_kind, sizeof(*f), NULL);
    f->asked = ++private_of(d)->asked;
    f->wish = wish_new(v->entity);
    if (v->typed)
        wish_add(&f->wish, v->typed);
    f->wish.order = v->order;
    f->wish.order_by = v->order_by;
    f->wish.ascending = v->ascending;
    v->state = LIBRARY_ASKED;
    if (f->wish.past) // records pass it while time does
        retention_read(d);
    task_start(&f->task);
    desk_changed(d, DESK_LIBRARY);
}

void desk_library_find(struct desk *d, const char *typed)
{
    struct library_view *v = &d->library;
    const struct entity *entity = desk_seat(d)->entity;
    char *copy = typed && *typed ? mem_strdup(typed) : NULL; // typed may be the view's own

    if (v->entity != entity)
        library_reset(d);
    v->entity = entity;
    free(v->typed);
    v->typed = copy;
    ask(d);
}

void desk_library_order(struct desk *d, enum library_order order, const struct column *by,
                        bool ascending)
{
    struct library_view *v = &d->library;

    v->order = order;
    v->order_by = by;
    v->ascending = ascending;
    ask(d);
}

bool desk_library_detail(struct desk *d, size_t at, struct err *e)
{
    const struct library_line *line = at < d->library.n ? desk_library_line(d, at) : NULL;

    if (!line && at < d->library.n) {
        desk_library_look(d, at, 1);
        return err_set(e, ERR_INVALID, "that record is being read; try again in a moment");
    }
    if (!line)
        return err_set(e, ERR_INVALID, "there is no owned record here");
    desk_detail(d, line->id);
    d->detail.of_library = true;
    d->detail.at = at;
    return true;
}

bool desk_library_step(struct desk *d, int by, struct err *e)
{
    const struct library_line *now = desk_library_line(d, d->detail.at);

    if (!now || !str_eq(now->id, d->detail.id))
        return err_set(e, ERR_INVALID, "the library's rows have moved since: open one of them");
    if (by < 0 ? d->detail.at == 0 : d->detail.at + 1 >= d->library.n)
        return err_set(e, ERR_INVALID, "this is the %s row", by < 0 ? "first" : "last");
    return desk_library_detail(d, by < 0 ? d->detail.at - 1 : d->detail.at + 1, e);
}

void library_stale(struct desk *d)
{
    retention_read(d);
    if (d->library.state != LIBRARY_NONE)
        ask(d);
}

struct reading {
    struct task task;
    const struct entity *entity;
    int64_t numbers[LIBRARY_CHUNK];
    size_t n;
    struct chunk chunk;
};

static const char *copy(struct page *page, const char *text)
{
    return text ? page_text(page, text, strlen(text)) : "";
}

static const char *label_of(struct reading *r, const struct library_row *row)
{
    struct str label = {0};
    const char *kept;

    library_label(r->entity, row, &label);
    kept = copy(&r->chunk.texts, str_text(&label));
    str_free(&label);
    return kept;
}

static bool take_row(void *arg, const struct library_row *row)
{
    struct reading *r = arg;
    const struct enrich_operation *op = &r->entity->enrich;
    const struct column **columns = mem_array(op->n_columns, sizeof(*columns));
    const struct enriched_row enriched = library_enriched(row);
    struct library_line *lines = r->chunk.rows;
    struct page *page = &r->chunk.texts;
    size_t at = 0;

    for (size_t i = 0; i < op->n_columns; i++)
        columns[i] = &op->columns[i];
    row_as_cells(r->entity, &enriched, columns, op->n_columns, page);
    free(columns);
    while (at < r->n && r->numbers[at] != row->number)
        at++;
    if (at == r->n)
        return true;
    lines[at] = (struct library_line){
        .id = copy(page, row->owned.id),
        .label = label_of(r, row),
        .source = copy(page, row->owned.source),
        .tags = copy(page, row->tags),
        .note = copy(page, row->note),
        .cells = page->rows[page->n_rows - 1].cells,
        .fetched_ms = row->owned.fetched_ms,
        .until_ms = library_until(&r->task.app, r->entity, row),
        .notice_by_ms = library_notice_by(r->entity, row),
        .earlier = row->earlier,
    };
    return true;
}

static bool run_read(struct task *t)
{
    struct reading *r = (struct reading *)t;

    return library_rows(&t->app, r->numbers, r->n, take_row, r, &t->err);
}

static void rows_came(struct desk *d, struct task *t)
{
    struct reading *r = (struct reading *)t;
    struct library_private *p = d->library.private;

    if (!p)
        return;
    if (t->ok && chunks_take(&p->chunks, &r->chunk))
        desk_changed(d, DESK_LIBRARY);
    else if (!t->ok && chunks_lose(&p->chunks, &r->chunk))
        desk_tell(d, &t->err);
}

static void release_read(struct task *t)
{
    chunk_free(&((struct reading *)t)->chunk);
}

static const struct task_kind read_kind = {.name = "library rows",
                                           .lane = LANE_LOCAL,
                                           .run = run_read,
                                           .done = rows_came,
                                           .free = release_read};

static void read_chunk(struct desk *d, size_t at)
{
    struct library_view *v = &d->library;
    size_t first = at * LIBRARY_CHUNK;
    struct reading *r;

    if (first >= v->n || !chunks_want(&private_of(d)->chunks, at, v->found))
        return;
    r = task_new(d, &read_kind, sizeof(*r), NULL);
    r->entity = v->entity;
    r->chunk = (struct chunk){
        .at = at, .found = v->found, .rows = mem_array(LIBRARY_CHUNK, sizeof(struct library_line))};
    r->n = v->n - first < LIBRARY_CHUNK ? v->n - first : LIBRARY_CHUNK;
    memcpy(r->numbers, v->numbers + first, r->n * sizeof(*r->numbers));
    task_start(&r->task);
}

void desk_library_look(struct desk *d, size_t first, size_t n)
{
    size_t last = first + (n ? n - 1 : 0);

    if (!d->library.numbers || !d->private->open || d->private->closing)
        return;
    for (size_t at = first / LIBRARY_CHUNK; at <= last / LIBRARY_CHUNK; at++)
        read_chunk(d, at);
}

const struct library_line *desk_library_line(const struct desk *d, size_t at)
{
    const struct library_private *p = d->library.private;
    const struct library_line *line =
        p ? chunks_row(&p->chunks, at, LIBRARY_CHUNK, sizeof(*line), d->library.found) : NULL;

    return line && line->id ? line : NULL;
}
