// The filters being built. UI thread. Floor: desk.
#include "desk/filters.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "desk/inside.h"

void filters_free(struct filters *f)
{
    query_free(&f->query);
    str_free(&f->remarks);
    *f = (struct filters){0};
}

void filters_changed(struct desk *d, struct seat *s)
{
    struct filters *f = seat_face(d, s).filters;

    str_clear(&f->remarks);
    query_remarks(&f->query, &f->remarks);
    f->changed = true;
    count_later(d);
    session_touch(d);
    desk_changed(d, DESK_FILTERS);
}

static void swap(struct desk *d, struct seat *s, struct undo_step *step)
{
    struct query *q = &seat_face(d, s).filters->query, before = *q;

    *q = step->query;
    step->query = before;
    filters_changed(d, s);
}

static void release(struct undo_step *step)
{
    query_free(&step->query);
}

static const struct undo_kind kind = {swap, release};

// The filters as they were before a change, until it is known whether it goes.
struct change {
    struct desk *d;
    struct query before;
};

static struct change change_begin(struct desk *d)
{
    return (struct change){d, query_copy(&d->filters.query)};
}

// ok: the change was made; what: the undo's name for it. Returns ok.
static bool change_end(struct change *c, bool ok, const char *what)
{
    if (ok) {
        undo_push(desk_seat(c->d), (struct undo_step){.kind = &kind, .query = c->before},
                  "the change of %s", what);
        filters_changed(c->d, desk_seat(c->d));
    } else {
        query_free(&c->before);
    }
    return ok;
}

bool desk_where(struct desk *d, const char *line, struct err *e)
{
    struct change c = change_begin(d);

    return change_end(&c, query_where(&d->filters.query, line, e), "a filter");
}

bool desk_filter_set(struct desk *d, const struct input *input, const char *values, struct err *e)
{
    struct change c = change_begin(d);

    return change_end(&c, query_set(&d->filters.query, input, values, e), input->label);
}

const char *desk_filter_get(const struct desk *d, const struct input *input)
{
    return query_get(&d->filters.query, input);
}

static void replace(struct desk *d, struct query *with)
{
    struct change c = {d, d->filters.query};

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

    if (field)
        return change_end(&c, query_sort(&d->filters.query, field, e), "the server's order");
    d->filters.query.sort_by = NULL;
    return change_end(&c, true, "the server's order");
}

void query_text(const struct query *q, struct str *out)
{
    query_print(q, out);
    if (q->sort_by)
        str_addf(out, "sort = %s:%s\n", q->sort_by, q->ascending ? "asc" : "desc");
}

// The value of a line "sort = VALUE", or NULL where it is none.
static char *sort_of(char *line)
{
    if (!str_starts(line, "sort") || line[4 + strspn(line + 4, " ")] != '=')
        return NULL;
    return str_trim(strchr(line, '=') + 1);
}

bool query_read(struct query *q, const char *line, struct err *e)
{
    char *copy = mem_strdup(line), *text = str_trim(copy), *sort = sort_of(text);
    bool ok = !*text || *text == '#' || (sort ? query_sort(q, sort, e) : query_where(q, text, e));

    free(copy);
    return ok;
}

void desk_filters_text(const struct desk *d, struct str *out)
{
    query_text(&d->filters.query, out);
}

bool desk_filters_read(struct desk *d, const char *text, struct err *e)
{
    struct query read = query_new(d->filters.entity);
    char *copy = mem_strdup(text), *rest = copy, *line;
    bool ok = true;

    for (int n = 1; ok && (line = strsep(&rest, "\n")) != NULL; n++) {
        ok = query_read(&read, line, e);
        if (!ok)
            (void)err_prefix(e, "line %d", n);
    }
    free(copy);
    if (ok)
        replace(d, &read);
    else
        query_free(&read);
    return ok;
}
