// Marking among all fetched rows: the list of marks as it will be is made elsewhere, and takes the
// old one's place at once. UI thread, but for the runs. Floor: desk.
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/mem.h"
#include "desk/inside.h"
#include "flow/quote.h"
#include "job/cancel.h"

enum { ASK_EVERY = 1024 };

enum many { MANY_ON, MANY_INVERT, MANY_SAME, MANY_ONLY };

struct marking {
    struct task task;
    struct seat *seat;
    const struct entity *entity;
    struct table *table;
    enum many what;
    size_t first, end; // places
    size_t column;     // MANY_SAME
    struct pattern *same;
    struct shadow shadow; // where the column is not the table's
    struct table *by;     // its rows: those that are fetched and shown; or NULL
    size_t fetched;       // of the places looked at
    struct marks before;  // the seat's, which stay as they are until this has come back
    struct mark *items;   // as they will be; their texts are before's, or come's
    size_t n;
    struct map places, off; // off: ids that go
    struct map kept;        // MANY_ONLY: ids that were marked before and are among the rows
    struct mark_set gone, come;
};

static bool is_wanted(const struct marking *m, size_t place, bool on)
{
    const char *cell;

    if (m->what == MANY_INVERT)
        return !on;
    if (m->what == MANY_ON || m->what == MANY_ONLY)
        return true;
    cell =
        m->by ? table_cell(m->by, m->fetched, m->column) : table_cell(m->table, place, m->column);
    return on || (cell && pattern_holds(m->same, cell));
}

static void look_at(struct marking *m, size_t place)
{
    const char *id = table_id(m->table, place);
    bool on;

    if (!id || !*id)
        return;
    on = map_has(&m->before.places, id) && map_get(&m->before.places, id);
    if (on && m->what == MANY_ONLY)
        (void)map_put(&m->kept, id, m);
    else if (is_wanted(m, place, on) == on)
        return;
    if (on && m->what != MANY_ONLY)
        (void)map_put(&m->off, id, m);
    else
        mark_set_add(&m->come,
                     (struct mark){mem_strdup(id), mark_label(m->entity, m->table, place)}, 0);
}

static bool look(struct marking *m)
{
    size_t n = m->end - m->first;

    mark_set_reserve(&m->come, n < table_fetched(m->table) ? n : table_fetched(m->table));
    for (size_t i = m->first; i < m->end; i++) {
        if (i % ASK_EVERY == 0 && cancel_fired(m->task.cancel))
            return false;
        look_at(m, i);
        m->fetched += table_id(m->table, i) != NULL;
    }
    return true;
}

// Who is on the suppression list cannot be bought, and is not marked.
static void drop_suppressed(struct marking *m)
{
    struct mark_set *come = &m->come;
    const char **ids = mem_array(come->n + 1, sizeof(*ids));
    struct row_note *notes = mem_array(come->n + 1, sizeof(*notes));
    size_t n = come->n;
    struct err ignored;
    bool known;

    for (size_t i = 0; i < n; i++)
        ids[i] = come->marks[i].id;
    known = quote_notes(&m->task.app, m->entity, ids, n, notes, &ignored);
    come->n = 0;
    for (size_t i = 0; i < n; i++) {
        if (known && notes[i].standing == STANDING_SUPPRESSED) {
            free(come->marks[i].id);
            free(come->marks[i].label);
        } else {
            come->marks[come->n++] = come->marks[i];
        }
    }
    free(notes);
    free(ids);
}

static void add(struct marking *m, struct mark mark)
{
    m->items[m->n++] = mark;
    (void)map_put(&m->places, mark.id, mark.id);
}

// Where the marks are those rows and no others, all are set anew, in the order of the rows.
static bool goes(const struct marking *m, const char *id)
{
    return m->what == MANY_ONLY || (m->off.len && map_has(&m->off, id));
}

// Marks that were no rows of it.
static size_t others(const struct marking *m)
{
    return m->before.n - m->kept.len;
}

// Are the marks what was asked for, but for their order?
static bool is_same(const struct marking *m)
{
    return m->what == MANY_ONLY && others(m) == 0 && m->gone.n == m->come.n;
}

static bool run(struct task *t)
{
    struct marking *m = (struct marking *)t;

    if (m->shadow.n && (m->by = shadow_table(&m->shadow, t, m->table, true)) == NULL)
        return false;
    if (!look(m))
        return err_set(&t->err, ERR_CANCELLED, "stopped on request");
    drop_suppressed(m);
    mark_set_reserve(&m->gone, m->what == MANY_ONLY ? m->before.n : m->off.len);
    m->items = mem_array(m->before.n + m->come.n + 1, sizeof(*m->items));
    for (size_t i = 0; i < m->before.n; i++) {
        if (goes(m, m->before.items[i].id))
            mark_set_add(&m->gone, m->before.items[i], i);
        else
            add(m, m->before.items[i]);
    }
    for (size_t i = 0; i < m->come.n; i++) {
        m->come.places[i] = m->n;
        add(m, m->come.marks[i]);
    }
    map_free(&m->off, NULL);
    return true;
}

static void say(struct desk *d, size_t changed, size_t all)
{
    char a[COUNT_MAX], b[COUNT_MAX];

    desk_say(d, ERR_NONE, "%s mark%s changed; %s records are marked.",
             count_text((long long)changed, a), changed == 1 ? "" : "s",
             count_text((long long)all, b));
}

static void done(struct desk *d, struct task *t)
{
    struct marking *m = (struct marking *)t;
    struct marks *now = seat_face(d, m->seat).marks;
    size_t changed = is_same(m) ? 0 : m->gone.n + m->come.n, gone = others(m);

    m->seat->marking = NULL;
    m->seat->marks_lent = 0;
    if (!t->ok && m->what == MANY_ONLY)
        whole_marked(d, m->seat, &t->err, 0);
    else if (!t->ok)
        desk_tell(d, &t->err);
    if (!t->ok)
        return;
    if (changed) {
        marks_replace(d, m->seat, m->items, m->n, m->places);
        marks_push(d, m->seat, m->gone, m->come);
        m->items = NULL;
        m->places = (struct map){0};
        m->gone = m->come = (struct mark_set){0};
        marks_changed(d, m->seat);
    }
    if (m->what == MANY_ONLY)
        whole_marked(d, m->seat, NULL, gone);
    else
        say(d, changed, now->n);
}

static void release(struct task *t)
{
    struct marking *m = (struct marking *)t;

    m->gone.n = 0; // its texts are the marks' still
    mark_set_free(&m->gone);
    mark_set_free(&m->come);
    map_free(&m->off, NULL);
    map_free(&m->kept, NULL);
    map_free(&m->places, NULL);
    free(m->items);
    pattern_unref(m->same);
    shadow_free(&m->shadow);
    table_free(m->by);
    table_free(m->table);
}

static const struct task_kind kind = {
    .name = "mark", .lane = LANE_COMPUTE, .run = run, .done = done, .free = release};

static struct marking *begin(struct desk *d, enum many what)
{
    struct seat *s = desk_seat(d);
    struct marking *m;

    if (marks_away(d) || !d->results.table)
        return NULL;
    m = task_new(d, &kind, sizeof(*m), NULL);
    m->seat = s;
    m->entity = s->entity;
    m->table = table_share(d->results.table);
    m->what = what;
    m->end = table_rows(m->table);
    m->before = d->marks;
    s->marking = &m->task;
    s->marks_lent = 1;
    return m;
}

bool marks_away(struct desk *d)
{
    if (desk_seat(d)->marking)
        desk_say(d, ERR_REFUSED, "Marks are being set already; wait a moment.");
    return desk_seat(d)->marking != NULL;
}

void marks_wait(struct desk *d, struct seat *s)
{
    if (s->marking)
        cancel_fire(s->marking->cancel);
    serve_until(d, &s->marks_lent, -1);
}

void desk_mark_fetched(struct desk *d)
{
    struct marking *m = begin(d, MANY_ON);

    if (m)
        task_start(&m->task);
}

bool marks_only(struct desk *d, size_t rows)
{
    struct marking *m = begin(d, MANY_ONLY);

    if (!m)
        return false;
    table_unorder(m->table); // which is a copy
    m->end = rows < table_rows(m->table) ? rows : table_rows(m->table);
    task_start(&m->task);
    return true;
}

void desk_mark_range(struct desk *d, size_t a, size_t b)
{
    size_t rows = d->results.table ? table_rows(d->results.table) : 0;
    struct marking *m;

    if ((a < b ? a : b) >= rows || (m = begin(d, MANY_ON)) == NULL)
        return;
    m->first = a < b ? a : b;
    m->end = (a < b ? b : a) + 1;
    m->end = m->end < rows ? m->end : rows;
    task_start(&m->task);
}

void desk_marks_invert(struct desk *d)
{
    struct marking *m = begin(d, MANY_INVERT);

    if (m)
        task_start(&m->task);
}

bool desk_mark_same(struct desk *d, size_t place, size_t column, struct err *e)
{
    const struct results *r = &d->results;
    const char *cell = r->table ? desk_cell(d, place, column) : NULL;
    enum column_type type = desk_column(r, column)->type;
    char value[VALUE_SHOWN_MAX];
    struct pattern *same;
    struct marking *m;

    if (!cell)
        return err_set(e, ERR_INVALID, "there is no fetched row here");
    same = pattern_value(cell_value(cell, type, value), type);
    m = begin(d, MANY_SAME);
    if (!m) {
        pattern_unref(same);
        return true;
    }
    m->column = column;
    if (shadow_wanted(r, column)) {
        shadow_open(&m->shadow, r);
        m->column = shadow_column(&m->shadow, column);
    }
    m->same = same;
    task_start(&m->task);
    return true;
}
