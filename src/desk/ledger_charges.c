// The ledger's charges: what fits, and the rows that are looked at. UI thread, but for the runs.
// Floor: desk.
#include "desk/ledger_charges.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "desk/ledger_inside.h"

static struct charges_private *private_of(struct desk *d)
{
    if (!d->charges.private)
        d->charges.private = mem_zalloc(sizeof(*d->charges.private));
    return d->charges.private;
}

void charge_told_free(struct charge_told *t)
{
    charge_records_free(&t->records);
    page_free(&t->texts);
    *t = (struct charge_told){.number = t->number};
}

// What is on its way is told apart from what is asked for later by its number.
void charges_reset(struct desk *d)
{
    struct charges_view *v = &d->charges;
    struct charges_private *p = v->private;
    uint64_t asked = p ? p->asked : 0, found = v->found, judged = v->judged.number;

    charge_told_free(&v->told);
    charges_judged_free(d);
    free(v->typed);
    if (p) {
        chunks_free(&p->chunks);
        free(p->ids);
    }
    free(p);
    *v = (struct charges_view){
        .found = found + 1, .told.number = v->told.number, .judged.number = judged};
    if (asked)
        private_of(d)->asked = asked + 1;
}

void charges_free(struct desk *d)
{
    charges_reset(d);
    free(d->charges.private);
    d->charges.private = NULL;
}

struct finding {
    struct task task;
    uint64_t asked;
    bool sifts; // wish says which
    struct charges_wish wish;
    int64_t *ids;
    size_t n;
};

static bool run_find(struct task *t)
{
    struct finding *f = (struct finding *)t;

    return charges_find(&t->app, f->sifts ? &f->wish : NULL, &f->ids, &f->n, &t->err);
}

static void found(struct desk *d, struct task *t)
{
    struct finding *f = (struct finding *)t;
    struct charges_view *v = &d->charges;

    if (!v->private || f->asked != v->private->asked)
        return; // something else is asked for since
    desk_changed(d, DESK_USAGE);
    if (!t->ok) {
        v->state = v->n ? CHARGES_THERE : CHARGES_FAILED;
        v->err = t->err;
        desk_tell(d, &t->err);
        return;
    }
    free(v->private->ids);
    v->private->ids = f->ids;
    f->ids = NULL;
    v->n = f->n;
    v->found++;
    v->state = CHARGES_THERE;
}

static void release_find(struct task *t)
{
    struct finding *f = (struct finding *)t;

    if (f->sifts)
        charges_wish_free(&f->wish);
    free(f->ids);
}

static const struct task_kind find_kind = {.name = "ledger find",
                                           .lane = LANE_LOCAL,
                                           .run = run_find,
                                           .done = found,
                                           .free = release_find};

// What was typed holds, for it was read before; days are of now.
static void ask(struct desk *d)
{
    struct charges_view *v = &d->charges;
    struct finding *f;

    if (!d->private->open || d->private->closing)
        return;
    f = task_new(d, &find_kind, sizeof(*f), NULL);
    f->asked = ++private_of(d)->asked;
    f->sifts = v->typed && charges_wish_read(v->typed, desk_utc_ms(d), &f->wish, &f->task.err);
    v->state = CHARGES_ASKED;
    task_start(&f->task);
    desk_changed(d, DESK_USAGE);
}

bool desk_charges_find(struct desk *d, const char *typed, struct err *e)
{
    struct charges_view *v = &d->charges;
    struct charges_wish wish;
    char *copy = typed && *typed ? mem_strdup(typed) : NULL; // typed may be the view's own

    if (copy && !charges_wish_read(copy, desk_utc_ms(d), &wish, e)) {
        free(copy);
        return false;
    }
    if (copy)
        charges_wish_free(&wish);
    free(v->typed);
    v->typed = copy;
    ask(d);
    return true;
}

void charges_stale(struct desk *d)
{
    if (d->charges.state != CHARGES_NONE)
        ask(d);
}

int64_t desk_charge_id(const struct desk *d, size_t at)
{
    const struct charges_view *v = &d->charges;

    if (!v->private || at >= v->n)
        return 0;
    return v->private->ids ? v->private->ids[at] : (int64_t)(v->n - at);
}

// They stand from the highest number down.
size_t desk_charge_place(const struct desk *d, int64_t id)
{
    size_t low = 0, high = d->charges.n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (desk_charge_id(d, middle) > id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < d->charges.n && desk_charge_id(d, low) == id ? low : d->charges.n;
}

static const char *keep(struct page *texts, const char *text)
{
    return page_text(texts, text, strlen(text));
}

static struct ledger_row row_copy(const struct ledger_row *row, struct page *texts)
{
    struct ledger_row copy = *row;
    const char **all[] = {&copy.entity, &copy.operation, &copy.base_url, &copy.request_id,
                          &copy.reason, &copy.who,       &copy.profile,  &copy.origin,
                          &copy.why,    &copy.outcome,   &copy.inputs};

    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        *all[i] = keep(texts, *all[i]);
    return copy;
}

struct reading {
    struct task task;
    int64_t ids[CHARGES_CHUNK];
    size_t n;
    struct chunk chunk;
};

static bool take_row(void *self, const struct ledger_row *row)
{
    struct reading *r = self;
    struct ledger_row *rows = r->chunk.rows;
    size_t at = 0;

    while (at < r->n && r->ids[at] != row->id)
        at++;
    if (at < r->n)
        rows[at] = row_copy(row, &r->chunk.texts);
    return true;
}

static bool run_read(struct task *t)
{
    struct reading *r = (struct reading *)t;

    return charges_rows(&t->app, r->ids, r->n, take_row, r, &t->err);
}

static void rows_came(struct desk *d, struct task *t)
{
    struct reading *r = (struct reading *)t;
    struct charges_private *p = d->charges.private;

    if (!p)
        return;
    if (t->ok && chunks_take(&p->chunks, &r->chunk))
        desk_changed(d, DESK_USAGE);
    else if (!t->ok && chunks_lose(&p->chunks, &r->chunk))
        desk_tell(d, &t->err);
}

static void release_read(struct task *t)
{
    chunk_free(&((struct reading *)t)->chunk);
}

static const struct task_kind read_kind = {.name = "ledger rows",
                                           .lane = LANE_LOCAL,
                                           .run = run_read,
                                           .done = rows_came,
                                           .free = release_read};

static void read_chunk(struct desk *d, size_t at)
{
    struct charges_view *v = &d->charges;
    struct reading *r;

    if (at * CHARGES_CHUNK >= v->n || !chunks_want(&private_of(d)->chunks, at, v->found))
        return;
    r = task_new(d, &read_kind, sizeof(*r), NULL);
    r->chunk = (struct chunk){
        .at = at, .found = v->found, .rows = mem_array(CHARGES_CHUNK, sizeof(struct ledger_row))};
    for (size_t i = 0; i < CHARGES_CHUNK && at * CHARGES_CHUNK + i < v->n; i++)
        r->ids[r->n++] = desk_charge_id(d, at * CHARGES_CHUNK + i);
    task_start(&r->task);
}

void desk_charges_look(struct desk *d, size_t first, size_t n)
{
    size_t last = first + (n ? n - 1 : 0);

    if (!d->charges.private || !d->private->open || d->private->closing)
        return;
    for (size_t at = first / CHARGES_CHUNK; at <= last / CHARGES_CHUNK; at++)
        read_chunk(d, at);
}

const struct ledger_row *desk_charge(const struct desk *d, size_t at)
{
    const struct charges_private *p = d->charges.private;
    const struct ledger_row *row =
        p ? chunks_row(&p->chunks, at, CHARGES_CHUNK, sizeof(*row), d->charges.found) : NULL;

    return row && row->id ? row : NULL;
}

// One in full.
struct telling {
    struct task task;
    uint64_t number;
    int64_t id;
    struct charge_told told;
};

static bool take_told(void *self, const struct ledger_row *row)
{
    struct charge_told *told = self;

    told->row = row_copy(row, &told->texts);
    return false;
}

bool charge_read(struct app *a, int64_t id, struct charge_told *out, struct err *e)
{
    bool ok;

    *out = (struct charge_told){0};
    ok = charges_rows(a, &id, 1, take_told, out, e) &&
         (out->row.id ||
          err_set(e, ERR_NOT_FOUND, "the ledger has no charge %lld", (long long)id)) &&
         charges_records(a, &out->row, &out->records, e);
    if (!ok)
        charge_told_free(out);
    return ok;
}

static bool run_tell(struct task *task)
{
    struct telling *t = (struct telling *)task;

    return charge_read(&task->app, t->id, &t->told, &task->err);
}

static const char *mark_of(const struct marks *m, const char *id)
{
    for (size_t i = 0; map_has(&m->places, id) && i < m->n; i++) {
        if (str_eq(m->items[i].id, id))
            return m->items[i].label;
    }
    return "";
}

char *charge_label(struct desk *d, struct seat *s, const char *id)
{
    struct face at = seat_face(d, s);
    const char *mark = mark_of(at.marks, id);
    long long place = at.results->table ? table_place(at.results->table, id) : TABLE_NONE;

    if (*mark)
        return mem_strdup(mark);
    return place != TABLE_NONE ? mark_label(s->entity, at.results->table, (size_t)place) : NULL;
}

void charge_labels(struct desk *d, struct charge_told *t)
{
    const struct entity *entity = entity_find(t->row.entity);
    struct charge_records *r = &t->records;

    for (size_t k = 0; k < d->private->n_seats; k++) {
        struct seat *s = &d->private->seats[k];

        for (size_t i = 0; s->entity == entity && i < r->n; i++) {
            char *label = *r->items[i].label ? NULL : charge_label(d, s, r->items[i].id);

            if (!label)
                continue;
            free(r->items[i].label);
            r->items[i].label = label;
        }
    }
}

static void told(struct desk *d, struct task *task)
{
    struct telling *t = (struct telling *)task;
    uint64_t number = d->charges.told.number;

    if (!d->charges.private || t->number != d->charges.private->telling)
        return; // another one is asked for since
    if (!task->ok) {
        desk_tell(d, &task->err);
        return;
    }
    charge_told_free(&d->charges.told);
    d->charges.told = t->told;
    d->charges.told.number = number + 1;
    t->told = (struct charge_told){0};
    charge_labels(d, &d->charges.told);
    desk_changed(d, DESK_USAGE);
}

static void release_tell(struct task *task)
{
    charge_told_free(&((struct telling *)task)->told);
}

static const struct task_kind tell_kind = {
    .name = "charge", .lane = LANE_LOCAL, .run = run_tell, .done = told, .free = release_tell};

void desk_charge_tell(struct desk *d, int64_t id)
{
    struct telling *t;

    if (!d->private->open || d->private->closing)
        return;
    t = task_new(d, &tell_kind, sizeof(*t), NULL);
    t->number = ++private_of(d)->telling;
    t->id = id;
    task_start(&t->task);
}
