// Marked records, in the order marked. UI thread. Floor: desk.
#include "desk/marks.h"

#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/mem.h"
#include "desk/inside.h"

void mark_set_free(struct mark_set *set)
{
    for (size_t i = 0; i < set->n; i++) {
        free(set->marks[i].id);
        free(set->marks[i].label);
    }
    free(set->marks);
    free(set->places);
    *set = (struct mark_set){0};
}

void mark_set_reserve(struct mark_set *set, size_t n)
{
    set->marks = mem_array(n, sizeof(*set->marks));
    set->places = mem_array(n, sizeof(*set->places));
}

void mark_set_add(struct mark_set *set, struct mark mark, size_t place)
{
    set->marks[set->n] = mark;
    set->places[set->n++] = place;
}

void marks_free(struct marks *m)
{
    for (size_t i = 0; i < m->n; i++) {
        free(m->items[i].id);
        free(m->items[i].label);
    }
    free(m->items);
    map_free(&m->places, NULL);
    *m = (struct marks){0};
}

static void reserve(struct marks *m, size_t n)
{
    if (n <= m->cap)
        return;
    m->cap = n < m->cap * 2 ? m->cap * 2 : n;
    m->items = mem_regrow(m->items, m->cap, sizeof(*m->items));
}

// Puts the marks of set at their places in the list; they are the list's from then on.
static void put_in(struct marks *m, struct mark_set *set)
{
    size_t from = m->n, next = set->n;

    reserve(m, m->n + set->n);
    m->n += set->n;
    // From the end, so that nothing is overwritten before it has moved.
    for (size_t to = m->n; next > 0; to--) {
        if (set->places[next - 1] == to - 1)
            m->items[to - 1] = set->marks[--next];
        else
            m->items[to - 1] = m->items[--from];
    }
}

// Takes the marks at the places of set out of the list; they are the set's from then on.
static void take_out(struct marks *m, struct mark_set *set)
{
    size_t next = 0, to = 0;

    for (size_t i = 0; i < m->n; i++) {
        if (next < set->n && set->places[next] == i)
            set->marks[next++] = m->items[i];
        else
            m->items[to++] = m->items[i];
    }
    m->n = to;
}

static bool swap(struct desk *d, struct seat *s, struct undo_step *step, struct err *e)
{
    struct marks *m = seat_face(d, s).marks;
    struct mark_set *out = step->undone ? &step->marks.gone : &step->marks.come;
    struct mark_set *in = step->undone ? &step->marks.come : &step->marks.gone;

    (void)e;
    take_out(m, out);
    put_in(m, in);
    marks_map(d, s, out, in);
    marks_changed(d, s);
    return true;
}

// What is in the list belongs to it.
static void release(struct undo_step *step)
{
    struct mark_set *kept = step->undone ? &step->marks.gone : &step->marks.come;

    kept->n = 0;
    marks_bury(step->marks.desk, &step->marks.gone);
    marks_bury(step->marks.desk, &step->marks.come);
}

static const struct undo_kind kind = {"results", swap, release};

void marks_changed(struct desk *d, struct seat *s)
{
    quote_stale(d, s);
    s->whole.marked = 0;
    sums_later(d, s);
    session_touch(d);
    desk_changed(d, DESK_MARKS);
}

void marks_push(struct desk *d, struct seat *s, struct mark_set gone, struct mark_set come)
{
    struct undo_step step = {.kind = &kind};
    size_t n = gone.n + come.n;
    char count[COUNT_MAX];

    step.marks.desk = d;
    step.marks.gone = gone;
    step.marks.come = come;
    undo_push(s, step, "%smarking %s row%s", come.n ? "" : "un", count_text((long long)n, count),
              n == 1 ? "" : "s");
}

// A change of marks that is being put together.
struct change {
    struct desk *d;
    struct map off; // ids that go; by id
    struct mark_set come;
};

static struct change change_begin(struct desk *d, size_t most)
{
    struct change c = {.d = d};

    mark_set_reserve(&c.come, most);
    return c;
}

char *mark_label(const struct entity *entity, const struct table *t, size_t place)
{
    const struct search_operation *op = &entity->search;
    char *names = mem_strdup(entity->label_names), *rest = names, *name;
    struct str label = {0};

    while ((name = strsep(&rest, "|")) != NULL) {
        const struct column *c = column_find(op->columns, op->n_columns, name);
        const char *cell = table_cell(t, place, (size_t)(c - op->columns));

        if (cell && *cell)
            str_addf(&label, "%s%s", label.len ? " " : "", cell);
    }
    free(names);
    return str_take(&label);
}

// Who is on the suppression list cannot be bought, and is not marked.
static bool is_suppressed(const struct results *r, size_t place)
{
    const struct row_note *note = table_note(r->table, place);

    return note && note->known && note->standing == STANDING_SUPPRESSED;
}

static void set_mark(struct change *c, size_t place, bool on)
{
    const struct results *r = &c->d->results;
    const char *id = table_id(r->table, place);

    if (!id || !*id || desk_marked(c->d, id) == on || (on && is_suppressed(r, place)))
        return;
    if (on)
        mark_set_add(&c->come,
                     (struct mark){mem_strdup(id), mark_label(r->entity, r->table, place)}, 0);
    else
        (void)map_put(&c->off, id, c);
}

static struct mark_set find_off(const struct marks *m, const struct map *off)
{
    struct mark_set gone = {0};

    mark_set_reserve(&gone, off->len);
    for (size_t i = 0; off->len && i < m->n; i++) {
        if (map_has(off, m->items[i].id))
            mark_set_add(&gone, m->items[i], i);
    }
    return gone;
}

// Makes the change, as one step that can be undone. Returns how many marks it was.
static size_t change_end(struct change *c)
{
    struct marks *m = &c->d->marks;
    struct mark_set gone = find_off(m, &c->off);
    size_t n = gone.n + c->come.n;

    map_free(&c->off, NULL);
    if (n == 0) {
        mark_set_free(&gone);
        mark_set_free(&c->come);
        return 0;
    }
    take_out(m, &gone);
    for (size_t i = 0; i < c->come.n; i++)
        c->come.places[i] = m->n + i;
    put_in(m, &c->come);
    marks_map(c->d, desk_seat(c->d), &gone, &c->come);
    marks_push(c->d, desk_seat(c->d), gone, c->come);
    marks_changed(c->d, desk_seat(c->d));
    return n;
}

size_t marks_owned(const struct marks *m)
{
    return m->summed ? m->count[STANDING_HELD] + m->count[STANDING_OWNED] : m->n;
}

bool desk_marked(const struct desk *d, const char *id)
{
    return map_get(&d->marks.places, id) != NULL;
}

size_t desk_mark(struct desk *d, size_t first, size_t last, bool on)
{
    size_t low = first < last ? first : last, high = first < last ? last : first;
    size_t rows = d->results.table ? table_rows(d->results.table) : 0;
    struct change c;

    if (low >= rows || marks_away(d))
        return 0;
    high = high < rows ? high : rows - 1;
    c = change_begin(d, high - low + 1);
    for (size_t i = low; i <= high; i++)
        set_mark(&c, i, on);
    return change_end(&c);
}

size_t desk_mark_records(struct desk *d, const char *const *ids, const char *const *labels,
                         size_t n, bool on)
{
    struct map seen = {0};
    struct change c;

    if (marks_away(d))
        return 0;
    c = change_begin(d, n);
    for (size_t i = 0; i < n; i++) {
        if (desk_marked(d, ids[i]) == on || map_put(&seen, ids[i], d))
            continue;
        if (on)
            mark_set_add(&c.come, (struct mark){mem_strdup(ids[i]), mem_strdup(labels[i])}, 0);
        else
            (void)map_put(&c.off, ids[i], d);
    }
    map_free(&seen, NULL);
    return change_end(&c);
}

void marks_forget(struct desk *d, struct seat *s, const char *const *ids, size_t n)
{
    struct marks *m = seat_face(d, s).marks;
    struct map gone = {0};
    struct mark_set forgotten = {0};
    size_t kept = 0;

    marks_wait(d, s);
    mark_set_reserve(&forgotten, n);
    undo_free(&s->undo);
    for (size_t i = 0; i < n; i++)
        (void)map_put(&gone, ids[i], d);
    for (size_t i = 0; i < m->n; i++) {
        if (!map_has(&gone, m->items[i].id)) {
            m->items[kept++] = m->items[i];
            continue;
        }
        (void)map_put(&m->places, m->items[i].id, NULL);
        mark_set_add(&forgotten, m->items[i], i);
    }
    m->n = kept;
    map_free(&gone, NULL);
    marks_bury(d, &forgotten);
    marks_changed(d, s);
}

size_t desk_marks_clear(struct desk *d)
{
    struct marks *m = &d->marks;
    struct mark_set gone = {.marks = m->items, .n = m->n};
    size_t n = m->n;

    if (n == 0 || marks_away(d))
        return 0;
    gone.places = mem_array(n, sizeof(*gone.places));
    for (size_t i = 0; i < n; i++)
        gone.places[i] = i;
    m->items = NULL;
    marks_replace(d, desk_seat(d), NULL, 0, (struct map){0});
    marks_push(d, desk_seat(d), gone, (struct mark_set){0});
    marks_changed(d, desk_seat(d));
    return n;
}

bool desk_unmark(struct desk *d, const char *id)
{
    struct change c;

    if (!desk_marked(d, id) || marks_away(d))
        return false;
    c = change_begin(d, 0);
    (void)map_put(&c.off, id, d);
    return change_end(&c) > 0;
}

void marks_replace(struct desk *d, struct seat *s, struct mark *items, size_t n, struct map places)
{
    struct marks *m = seat_face(d, s).marks;

    free(m->items);
    marks_sweep(d, &m->places);
    m->items = items;
    m->n = m->cap = n;
    m->places = places;
}

void marks_add(struct desk *d, struct seat *s, const char *id, const char *label)
{
    struct marks *m = seat_face(d, s).marks;

    if (map_get(&m->places, id))
        return;
    reserve(m, m->n + 1);
    m->items[m->n] = (struct mark){mem_strdup(id), mem_strdup(label)};
    (void)map_put(&m->places, id, m->items[m->n++].id);
}
