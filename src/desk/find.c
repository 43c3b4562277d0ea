// Finding a row, and counting a column's values: worked out elsewhere over what is fetched, and
// given up where something else is asked for. UI thread, but for the runs. Floor: desk.
#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "desk/page.h"
#include "job/cancel.h"

struct finding {
    struct task task;
    struct seat *seat;
    struct table *table;
    struct pattern *pattern;
    size_t *columns, n;   // columns: owned
    struct shadow shadow; // where some columns are not the table's
    size_t from;
    int step;
    long long place;
    char *id; // of the row there; owned
};

// Where the cursor is among the fetched rows alone; a row that is not fetched is nowhere, so that
// its neighbours are the next ones.
static size_t from_in_shadow(const struct finding *f)
{
    size_t before = 0;

    for (size_t i = 0; i < f->from && i < table_rows(f->table); i++)
        before += table_id(f->table, i) != NULL;
    if (table_id(f->table, f->from) || f->step < 0)
        return before;
    return before ? before - 1 : SIZE_MAX; // past the end: the first one is next
}

static bool find_beyond(struct finding *f, const struct stop *stop)
{
    struct table *in = shadow_table(&f->shadow, &f->task, f->table, true);
    long long place;

    if (!in)
        return false;
    place = table_find(in, f->pattern, f->columns, f->n, from_in_shadow(f), f->step, stop);
    if (place != TABLE_NONE) {
        f->id = mem_strdup(table_id(in, (size_t)place));
        f->place = table_place(f->table, f->id);
    }
    table_free(in);
    return true;
}

static bool find_here(struct finding *f, const struct stop *stop)
{
    const char *id;

    f->place = table_find(f->table, f->pattern, f->columns, f->n, f->from, f->step, stop);
    id = f->place == TABLE_NONE ? NULL : table_id(f->table, (size_t)f->place);
    f->id = id ? mem_strdup(id) : NULL;
    return true;
}

static bool run(struct task *t)
{
    struct finding *f = (struct finding *)t;
    const struct stop stop = {desk_stop_asked, t->cancel};

    if (!(f->shadow.n ? find_beyond(f, &stop) : find_here(f, &stop)))
        return false;
    return !cancel_fired(t->cancel) || err_set(&t->err, ERR_CANCELLED, "stopped on request");
}

static void go_to(struct desk *d, struct results *r, const struct finding *f)
{
    // The order may be another by now; the record is the same.
    long long place = *f->id ? table_place(r->table, f->id) : f->place;

    if (place == TABLE_NONE)
        return;
    r->place = (size_t)place;
    session_touch(d);
    if (f->step > 0 ? f->place <= (long long)f->from : f->place >= (long long)f->from)
        desk_say(d, ERR_NONE, "%s: \"%.60s\" was searched for %s.",
                 f->place == (long long)f->from ? "There is no other"
                 : f->step > 0                  ? "Past the end"
                                                : "Past the beginning",
                 r->found_text, f->step > 0 ? "from the first row on" : "from the last row up");
}

static void found(struct desk *d, struct task *t)
{
    const struct finding *f = (const struct finding *)t;
    struct search *s = &f->seat->search;
    struct results *r = seat_face(d, f->seat).results;

    if (s->finding != t)
        return;
    s->finding = NULL;
    r->finding = false;
    desk_changed(d, DESK_RESULTS);
    if (!t->ok) {
        desk_tell(d, &t->err);
        return;
    }
    if (f->id)
        go_to(d, r, f);
    else
        desk_say(d, ERR_NOT_FOUND, "no fetched row holds \"%.80s\" in the columns shown",
                 r->found_text);
}

static void release(struct task *t)
{
    struct finding *f = (struct finding *)t;

    table_free(f->table);
    shadow_free(&f->shadow);
    pattern_unref(f->pattern);
    free(f->columns);
    free(f->id);
}

static const struct task_kind kinds[] = {
    {.name = "find", .lane = LANE_COMPUTE, .run = run, .done = found, .free = release},
    {.name = "find", .lane = LANE_LOCAL, .run = run, .done = found, .free = release},
};

static bool goes_beyond(const struct results *r)
{
    for (size_t i = 0; i < r->n_shown; i++) {
        if (shadow_wanted(r, r->shown[i].column))
            return true;
    }
    return false;
}

static void start(struct desk *d, struct results *r, int step)
{
    struct seat *s = desk_seat(d);
    bool beyond = goes_beyond(r);
    struct finding *f = task_new(d, &kinds[beyond], sizeof(*f), s->search.cancel);

    if (s->search.finding)
        cancel_fire(s->search.finding->cancel);
    f->seat = s;
    f->table = table_share(r->table);
    f->pattern = pattern_ref(r->found);
    f->columns = results_columns(r, &f->n);
    if (beyond)
        shadow_open(&f->shadow, r);
    for (size_t i = 0; beyond && i < f->n; i++)
        f->columns[i] = shadow_column(&f->shadow, f->columns[i]);
    f->from = r->place;
    f->step = step;
    s->search.finding = &f->task;
    r->finding = true;
    desk_changed(d, DESK_RESULTS);
    task_start(&f->task);
}

bool desk_find(struct desk *d, const char *text, int step, struct err *e)
{
    struct results *r = &d->results;

    if (!r->table)
        return err_set(e, ERR_INVALID, "there are no rows to search");
    if (text) {
        struct pattern *pattern = pattern_read(text, e);

        if (!pattern)
            return false;
        desk_find_forget(d);
        r->found = pattern;
        r->found_text = mem_strdup(text);
    }
    if (!r->found)
        return err_set(e, ERR_INVALID, "nothing was searched for yet");
    start(d, r, step);
    return true;
}

void desk_find_forget(struct desk *d)
{
    struct results *r = &d->results;

    pattern_unref(r->found);
    free(r->found_text);
    r->found = NULL;
    r->found_text = NULL;
    desk_changed(d, DESK_RESULTS);
}

struct grouping {
    struct task task;
    struct seat *seat;
    struct table *table;
    size_t column;
    enum column_type type;
    struct shadow shadow; // where it is not the table's
    struct groups groups;
};

static bool group_run(struct task *t)
{
    struct grouping *g = (struct grouping *)t;
    const struct stop stop = {desk_stop_asked, t->cancel};
    struct table *of = g->shadow.n ? shadow_table(&g->shadow, t, g->table, true) : g->table;
    bool ok = of && (table_group(of, g->column, g->type, &stop, &g->groups) ||
                     err_set(&t->err, ERR_CANCELLED, "stopped on request"));

    if (of != g->table)
        table_free(of);
    return ok;
}

static void grouped(struct desk *d, struct task *t)
{
    struct grouping *g = (struct grouping *)t;
    struct search *s = &g->seat->search;
    struct results *r = seat_face(d, g->seat).results;

    if (s->grouping != t)
        return;
    s->grouping = NULL;
    r->grouping = false;
    desk_changed(d, DESK_RESULTS);
    if (!t->ok) {
        desk_tell(d, &t->err);
        return;
    }
    groups_free(&r->groups);
    r->groups = g->groups;
    g->groups = (struct groups){0};
}

static void group_release(struct task *t)
{
    struct grouping *g = (struct grouping *)t;

    table_free(g->table);
    shadow_free(&g->shadow);
    groups_free(&g->groups);
}

static const struct task_kind group_kinds[] = {
    {.name = "group",
     .lane = LANE_COMPUTE,
     .run = group_run,
     .done = grouped,
     .free = group_release},
    {.name = "group", .lane = LANE_LOCAL, .run = group_run, .done = grouped, .free = group_release},
};

bool desk_group(struct desk *d, size_t column, struct err *e)
{
    struct seat *s = desk_seat(d);
    struct results *r = &d->results;
    struct grouping *g;

    if (!r->table || !table_fetched(r->table))
        return err_set(e, ERR_INVALID, "there are no rows to count");
    if (s->search.grouping)
        cancel_fire(s->search.grouping->cancel);
    groups_free(&r->groups);
    r->group_column = column;
    r->grouping = true;
    g = task_new(d, &group_kinds[shadow_wanted(r, column)], sizeof(*g), s->search.cancel);
    g->seat = s;
    g->table = table_share(r->table);
    g->column = column;
    g->type = desk_column(r, column)->type;
    if (shadow_wanted(r, column)) {
        shadow_open(&g->shadow, r);
        g->column = shadow_column(&g->shadow, column);
    }
    s->search.grouping = &g->task;
    desk_changed(d, DESK_RESULTS);
    task_start(&g->task);
    return true;
}
