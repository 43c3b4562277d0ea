// What is written on owned records, and purging them. UI thread, but for the runs. Floor: desk.
#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/str.h"
#include "desk/library_inside.h"
#include "flow/library_find.h"
#include "flow/suppress.h"

bool library_ids(const struct desk *d, const char *id, struct id_list *out, struct err *e)
{
    size_t n = id ? 1 : d->marks.n;

    *out = (struct id_list){0};
    if (!n)
        return err_set(e, ERR_INVALID, "there is no record here, and none is marked");
    out->ids = mem_array(n, sizeof(*out->ids));
    for (size_t i = 0; i < n; i++)
        out->ids[out->n++] = mem_strdup(id ? id : d->marks.items[i].id);
    return true;
}

void id_list_free(struct id_list *l)
{
    for (size_t i = 0; i < l->n; i++)
        free(l->ids[i]);
    free(l->ids);
    *l = (struct id_list){0};
}

struct editing {
    struct task task;
    struct seat *seat;
    const struct entity *entity;
    struct id_list list;
    char *text; // a note, or a tag
    bool on, done;
    struct tagged tagged;
    size_t owned;           // of them, as far as was known before
    struct row_note *notes; // of the records afterwards, or NULL
    struct str answers;     // what went with them of unsound answers
};

static const char *const *ids_of(const struct editing *x)
{
    return (const char *const *)x->list.ids;
}

static bool run_note(struct task *t)
{
    struct editing *x = (struct editing *)t;

    return library_note(&t->app, x->entity, x->list.ids[0], x->text, &t->err);
}

static bool run_tag(struct task *t)
{
    struct editing *x = (struct editing *)t;

    return library_tag(&t->app, x->entity, ids_of(x), x->list.n, x->text, x->on, &x->tagged,
                       &t->err);
}

struct row_note *library_notes(struct app *a, const struct entity *entity, const char *const *ids,
                               size_t n)
{
    struct row_note *notes = mem_array(n, sizeof(*notes));
    struct err ignored;

    if (quote_notes(a, entity, ids, n, notes, &ignored))
        return notes;
    free(notes);
    return NULL;
}

static bool run_purge(struct task *t)
{
    struct editing *x = (struct editing *)t;
    bool ok =
        suppress_answers(&t->app, x->entity, ids_of(x), x->list.n, true, &x->answers, &t->err) &&
        suppress_purge(&t->app, x->entity, ids_of(x), x->list.n, true, &x->done, &t->err);

    x->notes = library_notes(&t->app, x->entity, ids_of(x), x->list.n);
    return ok;
}

// false: it failed, which was said. Else what shows the records reads them again.
static bool edited(struct desk *d, struct task *t)
{
    const struct editing *x = (const struct editing *)t;

    if (!t->ok) {
        desk_tell(d, &t->err);
        return false;
    }
    library_stale(d);
    detail_read(d, x->seat);
    return true;
}

// It is of one record.
static void noted(struct desk *d, struct task *t)
{
    if (edited(d, t))
        desk_say(d, ERR_NONE, "Written on 1 %s.", ((const struct editing *)t)->entity->name);
}

void library_gone(struct desk *d, struct seat *s, const char *const *ids, size_t n,
                  const struct row_note *notes)
{
    struct face at = seat_face(d, s);

    marks_forget(d, s, ids, n);
    for (size_t i = 0; notes && at.results->table && i < n; i++)
        table_set_note(at.results->table, ids[i], notes[i]);
    known_forget(at.results);
    arrange_by_library(d, s);
    library_stale(d);
    detail_read(d, s);
    desk_changed(d, DESK_RESULTS | DESK_DETAIL);
}

static void purged(struct desk *d, struct task *t)
{
    const struct editing *x = (const struct editing *)t;
    char n[COUNT_MAX];

    if (x->done) {
        library_gone(d, x->seat, ids_of(x), x->list.n, x->notes);
        desk_say(
            d, ERR_NONE, "%s %s purged from every file; they are never bought or kept again.%s%s",
            count_text((long long)x->owned, n), x->owned == 1 ? x->entity->name : x->entity->plural,
            x->answers.len ? " " : "", str_text(&x->answers));
    }
    if (!t->ok)
        desk_tell(d, &t->err);
}

static void release(struct task *t)
{
    struct editing *x = (struct editing *)t;

    id_list_free(&x->list);
    free(x->text);
    free(x->notes);
    str_free(&x->answers);
}

static void tagged(struct desk *d, struct task *t)
{
    const struct editing *x = (const struct editing *)t;
    struct str said = {0};

    if (!edited(d, t))
        return;
    library_tag_say(x->entity, &x->tagged, x->list.n, x->text, x->on, &said);
    desk_say(d, ERR_NONE, "%s", said.data);
    str_free(&said);
}

static const struct task_kind note_kind = {
    .name = "note", .lane = LANE_LOCAL, .run = run_note, .done = noted, .free = release};
static const struct task_kind tag_kind = {
    .name = "tag", .lane = LANE_LOCAL, .run = run_tag, .done = tagged, .free = release};
static const struct task_kind purge_kind = {.name = "purge",
                                            .lane = LANE_LONG,
                                            .shown = true,
                                            .run = run_purge,
                                            .done = purged,
                                            .free = release};

static bool begin(struct desk *d, const struct task_kind *kind, const char *id, const char *text,
                  bool on, struct err *e)
{
    struct id_list list;
    struct editing *x;
    char n[COUNT_MAX];

    if (!d->private->open)
        return err_set(e, ERR_REFUSED, "the account is not open yet; wait a moment");
    if (!d->spender)
        return err_set(e, ERR_REFUSED, "another Lode has this account: write there, browse here");
    if (!library_ids(d, id, &list, e))
        return false;
    x = task_new(d, kind, sizeof(*x), NULL);
    x->seat = desk_seat(d);
    x->entity = x->seat->entity;
    x->list = list;
    x->owned = id ? 1 : marks_owned(&d->marks);
    x->text = text ? mem_strdup(text) : NULL;
    x->on = on;
    if (kind->shown)
        task_label(&x->task, "purge %s %s", count_text((long long)list.n, n),
                   list.n == 1 ? x->entity->name : x->entity->plural);
    task_start(&x->task);
    return true;
}

bool desk_library_note(struct desk *d, const char *id, const char *text, struct err *e)
{
    return begin(d, &note_kind, id, text, true, e);
}

bool desk_library_tag(struct desk *d, const char *id, const char *tag, bool on, struct err *e)
{
    return begin(d, &tag_kind, id, tag, on, e);
}

bool desk_library_purge(struct desk *d, const char *id, struct err *e)
{
    return begin(d, &purge_kind, id, NULL, true, e);
}

struct marking {
    struct task task;
    struct seat *seat;
    const struct entity *entity;
    int64_t *numbers;
    size_t n;
    struct {
        char **ids, **labels; // owned
        size_t n;
    } marks;
};

static bool take_mark(void *arg, const struct library_row *row)
{
    struct marking *m = arg;
    struct str label = {0};

    library_label(m->entity, row, &label);
    m->marks.ids[m->marks.n] = mem_strdup(row->owned.id);
    m->marks.labels[m->marks.n++] = str_take(&label);
    return true;
}

static bool run_mark(struct task *t)
{
    struct marking *m = (struct marking *)t;

    m->marks.ids = mem_array(m->n, sizeof(*m->marks.ids));
    m->marks.labels = mem_array(m->n, sizeof(*m->marks.labels));
    return library_rows(&t->app, m->numbers, m->n, take_mark, m, &t->err);
}

static void mark(struct desk *d, struct task *t)
{
    const struct marking *m = (const struct marking *)t;
    char n[COUNT_MAX];

    if (!t->ok)
        desk_tell(d, &t->err);
    else if (m->seat == desk_seat(d))
        desk_say(d, ERR_NONE, "%s more marked.",
                 count_text((long long)desk_mark_records(d, (const char *const *)m->marks.ids,
                                                         (const char *const *)m->marks.labels,
                                                         m->marks.n, true),
                            n));
}

static void release_mark(struct task *t)
{
    struct marking *m = (struct marking *)t;

    for (size_t i = 0; i < m->marks.n; i++) {
        free(m->marks.ids[i]);
        free(m->marks.labels[i]);
    }
    free(m->marks.ids);
    free(m->marks.labels);
    free(m->numbers);
}

static const struct task_kind mark_kind = {
    .name = "mark", .lane = LANE_LOCAL, .run = run_mark, .done = mark, .free = release_mark};

bool desk_library_mark_all(struct desk *d, struct err *e)
{
    const struct library_view *v = &d->library;
    struct marking *m;

    if (v->state == LIBRARY_ASKED)
        return err_set(
            e, ERR_INVALID,
            "the library is being read, so that nothing was marked; try again in a moment");
    if (!v->n)
        return err_set(e, ERR_INVALID, "there is no record here");
    if (v->n > LIBRARY_MARK_MAX)
        return err_set(e, ERR_INVALID, "at most %d records are marked at once; sift them first",
                       LIBRARY_MARK_MAX);
    m = task_new(d, &mark_kind, sizeof(*m), NULL);
    m->seat = desk_seat(d);
    m->entity = v->entity;
    m->n = v->n;
    m->numbers = mem_dup(v->numbers, v->n * sizeof(*v->numbers));
    task_start(&m->task);
    return true;
}
