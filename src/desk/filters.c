// The filters being built. UI thread. Floor: desk.
#include "desk/filters.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "desk/page.h"

void filters_free(struct filters *f)
{
    query_free(&f->query);
    str_free(&f->faults);
    str_free(&f->remarks);
    filters_forget_stale(f);
    free(f->stale);
    *f = (struct filters){0};
}

static void changed(struct desk *d, struct seat *s, bool counts)
{
    struct filters *f = seat_face(d, s).filters;

    filters_look(d, f);
    search_forget_fault(d, seat_face(d, s).results);
    f->changed = true;
    if (counts)
        count_later(d);
    session_touch(d);
    desk_changed(d, DESK_FILTERS);
}

static bool swap(struct desk *d, struct seat *s, struct undo_step *step, struct err *e)
{
    struct query *q = &seat_face(d, s).filters->query, before = *q;

    (void)e;
    *q = step->query;
    step->query = before;
    changed(d, s, true);
    return true;
}

static void release(struct undo_step *step)
{
    query_free(&step->query);
}

static const struct undo_kind kind = {"filters", swap, release};

// The filters as they were before a change, until it is known whether it goes.
struct change {
    struct desk *d;
    struct query before;
    bool order_only; // another order of the same records
};

static struct change change_begin(struct desk *d)
{
    return (struct change){.d = d, .before = query_copy(&d->filters.query)};
}

// ok: the change was made; what: the undo's name for it. Returns ok. What changes nothing is no
// step to be undone.
static bool change_end(struct change *c, bool ok, const char *what)
{
    if (ok && !query_same(&c->before, &c->d->filters.query)) {
        undo_push(desk_seat(c->d), (struct undo_step){.kind = &kind, .query = c->before},
                  "the change of %s", what);
        changed(c->d, desk_seat(c->d), !c->order_only);
    } else {
        query_free(&c->before);
    }
    return ok;
}

// What a line changed, by its label.
static const char *changed_label(const struct change *c)
{
    const struct query *now = &c->d->filters.query;

    for (size_t i = 0; i < now->n_filters; i++) {
        const struct input *in = now->filters[i].input;

        if (!str_eq(query_get(&c->before, in), query_get(now, in)))
            return in->label;
    }
    return "a filter";
}

bool desk_where(struct desk *d, const char *line, struct err *e)
{
    struct change c = change_begin(d);
    bool ok = query_where(&d->filters.query, line, e);

    return change_end(&c, ok, changed_label(&c));
}

bool desk_filter_set(struct desk *d, const struct input *input, const char *values, struct err *e)
{
    struct change c = change_begin(d);

    return change_end(&c, query_set(&d->filters.query, input, values, e), input->label);
}

bool desk_filters_set(struct desk *d, const struct filter_values *values, size_t n, struct err *e)
{
    struct change c = change_begin(d);
    bool ok = true;

    for (size_t i = 0; ok && i < n; i++)
        ok = query_set(&d->filters.query, values[i].input, values[i].values, e);
    if (!ok) { // the first ones may have been taken
        struct query half = d->filters.query;

        d->filters.query = c.before;
        c.before = half;
    }
    return change_end(&c, ok, n ? values[0].input->label : "nothing");
}

void filters_put(struct desk *d, const struct input *input, const char *const *values, size_t n)
{
    struct change c = change_begin(d);
    struct err ignored;

    (void)query_set(&d->filters.query, input, "", &ignored);
    query_put(&d->filters.query, input, values, n);
    (void)change_end(&c, true, input->label);
}

bool desk_filter_mend(struct desk *d, const struct input *input, struct err *e)
{
    struct str text = {0};
    bool ok = filters_mended(&d->filters, input, &text, e) &&
              desk_filter_set(d, input, str_text(&text), e);

    str_free(&text);
    return ok;
}

const char *desk_filter_get(const struct desk *d, const struct input *input)
{
    return query_get(&d->filters.query, input);
}

static void replace(struct desk *d, struct query *with)
{
    struct change c = {.d = d, .before = d->filters.query};

    d->filters.query = *with;
    (void)change_end(&c, true, "the filters");
}

void desk_filters_clear(struct desk *d)
{
    struct query none = query_new(d->filters.entity);

    none.sort_by = d->filters.query.sort_by;
    none.ascending = d->filters.query.ascending;
    if (d->filters.query.n_filters)
        replace(d, &none);
}

bool desk_server_sort(struct desk *d, const char *field, struct err *e)
{
    struct change c = change_begin(d);

    c.order_only = true;
    if (field)
        return change_end(&c, query_sort(&d->filters.query, field, e), "the server's order");
    d->filters.query.sort_by = NULL;
    return change_end(&c, true, "the server's order");
}

void desk_filters_text(const struct desk *d, struct str *out)
{
    query_write(&d->filters.query, out);
}

// Faults as one sentence: as many as it has room for.
struct faults {
    struct str said;
    size_t left; // that had no room
};

enum { FAULTS_MAX = ERR_TEXT_MAX - 64 };

static void add_fault(void *self, const char *sentence)
{
    struct faults *f = self;

    if (f->said.len && f->said.len + strlen(sentence) > FAULTS_MAX)
        f->left++;
    else
        str_addf(&f->said, "%s%s", f->said.len ? "; " : "", sentence);
}

bool desk_filters_read(struct desk *d, const char *text, struct err *e)
{
    struct query read = query_new(d->filters.entity);
    struct faults faults = {0};
    const struct query_faults to = {.self = &faults, .fault = add_fault};

    if (query_text_read(text, &read, &to) == 0) {
        replace(d, &read);
        return true;
    }
    if (faults.left)
        str_addf(&faults.said, "; and %zu more", faults.left);
    (void)err_set(e, ERR_INVALID, "%s", str_text(&faults.said));
    str_free(&faults.said);
    query_free(&read);
    return false;
}
