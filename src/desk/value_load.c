// A list of values for one filter, pasted or from a file. UI thread, but for the runs. Floor: desk.
#include "desk/value_load.h"

#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/xdg.h"
#include "desk/inside.h"
#include "flow/search.h"
#include "job/cancel.h"
#include "model/query_split.h"

struct loading {
    struct task task;
    char *text, *path, *column; // owned; text or path
    size_t len;
    struct query query; // the other filters, as people say them
    long long max_requests;
    struct value_load load;
};

static void load_free(struct value_load *l)
{
    value_list_free(&l->list);
    free(l->fates);
    *l = (struct value_load){0};
}

static void count_fates(struct value_load *l)
{
    for (int fate = 0; fate < FATES; fate++)
        l->n_fates[fate] = 0;
    for (size_t i = 0; i < l->list.values.len; i++)
        l->n_fates[l->fates[i]]++;
}

// The searches that the list goes with.
static bool part(struct loading *g, struct query *q, struct query_parts *parts, struct err *e)
{
    *q = query_copy(&g->query);
    value_list_put(&g->load.list, q);
    return parts_resolve(&g->task.app, q, parts, e);
}

static bool read_list(struct task *t)
{
    struct loading *g = (struct loading *)t;
    struct value_load *l = &g->load;
    struct query_parts parts = {0};
    struct query q = {0};
    struct err e;
    bool ok = g->path ? value_list_read(&l->list, l->input, g->path, g->column, &t->err)
                      : value_list_parse(&l->list, l->input, g->text, g->len, NULL, &t->err);

    if (!ok || !value_list_resolve(&l->list, &t->app, &t->err))
        return false;
    l->fates = mem_array(l->list.values.len, sizeof(*l->fates));
    for (size_t i = 0; i < l->list.values.len; i++)
        l->fates[i] = l->list.values.items[i].why ? FATE_REFUSED : FATE_UNCLEAR;
    count_fates(l);
    // Another filter may be at fault: that is told where it stands.
    l->searches = part(g, &q, &parts, &e) ? (long long)parts.n : -1;
    query_parts_free(&parts);
    query_free(&q);
    return true;
}

struct hearing {
    struct value_match match;
    struct loading *g;
};

static bool hear(void *self, size_t query, long long hits, const struct err *why, struct err *e)
{
    struct hearing *h = self;

    (void)e;
    value_match_hits(&h->match, query, why && hits < 0 ? -1 : hits, false);
    return true;
}

static void take_fates(const struct value_match *m, struct value_load *l)
{
    for (size_t i = 0; i < l->list.values.len; i++) {
        if (!l->list.values.items[i].why)
            l->fates[i] = m->fates[i];
    }
    count_fates(l);
}

static bool ask_list(struct task *t)
{
    struct loading *g = (struct loading *)t;
    struct query_parts parts = {0};
    struct hearing h = {.g = g};
    struct query q = {0};
    bool ok = part(g, &q, &parts, &t->err);
    struct count_order order = {parts.items, parts.n, hear, &h};

    if (ok) {
        long long left = g->max_requests - (long long)parts.n;

        value_match_begin(&h.match, &g->load.list, &parts);
        ok = search_counts(&t->app, &order, &t->err);
        if (ok && left > 0)
            ok = value_match_each(&h.match, &t->app, left, &t->err);
        take_fates(&h.match, &g->load);
        value_match_end(&h.match);
    }
    query_parts_free(&parts);
    query_free(&q);
    return ok;
}

// Only the last one asked for counts.
static void done(struct desk *d, struct task *t)
{
    struct loading *g = (struct loading *)t;
    struct value_load *l = &d->private->load;
    bool asked = t->kind->run == ask_list;

    if (d->private->loading != t)
        return;
    d->private->loading = NULL;
    load_free(l);
    *l = g->load;
    g->load = (struct value_load){0};
    l->state = asked ? LOAD_ASKED : t->ok ? LOAD_READ : LOAD_FAILED;
    l->err = t->ok ? (struct err){0} : t->err;
    desk_changed(d, DESK_FILTERS);
}

static void release(struct task *t)
{
    struct loading *g = (struct loading *)t;

    free(g->text);
    free(g->path);
    free(g->column);
    query_free(&g->query);
    load_free(&g->load);
}

static const struct task_kind reading = {
    .name = "load", .lane = LANE_WAITED, .run = read_list, .done = done, .free = release};
static const struct task_kind asking = {.name = "match",
                                        .lane = LANE_LONG,
                                        .shown = true,
                                        .run = ask_list,
                                        .done = done,
                                        .free = release};

static void give_up(struct desk *d)
{
    if (d->private->loading)
        cancel_fire(d->private->loading->cancel);
    d->private->loading = NULL;
}

static struct loading *begin(struct desk *d, const struct task_kind *kind,
                             const struct input *input)
{
    struct loading *g = task_new(d, kind, sizeof(*g), NULL);
    struct err ignored;

    give_up(d);
    g->load.input = input;
    g->query = query_copy(&d->filters.query);
    (void)query_set(&g->query, input, "", &ignored);
    d->private->loading = &g->task;
    return g;
}

static void start(struct desk *d, struct loading *g)
{
    load_free(&d->private->load);
    d->private->load.state = LOAD_READING;
    d->private->load.input = g->load.input;
    desk_changed(d, DESK_FILTERS);
    task_start(&g->task);
}

void desk_load_text(struct desk *d, const struct input *input, const char *text, size_t len)
{
    struct loading *g = begin(d, &reading, input);

    g->text = mem_strndup(text, len);
    g->len = len;
    start(d, g);
}

void desk_load_file(struct desk *d, const struct input *input, const char *path, const char *column)
{
    struct loading *g = begin(d, &reading, input);

    g->path = xdg_home_path(path);
    g->column = column ? mem_strdup(column) : NULL;
    start(d, g);
}

const struct value_load *desk_loaded(const struct desk *d)
{
    return &d->private->load;
}

void desk_load_ask(struct desk *d, long long max_requests)
{
    struct value_load *l = &d->private->load;
    struct loading *g;
    char n[COUNT_MAX];
    struct err e;

    if (l->state != LOAD_READ && l->state != LOAD_ASKED)
        return;
    if (!desk_online(d, &e)) {
        desk_tell(d, &e);
        return;
    }
    g = begin(d, &asking, l->input);
    task_label(&g->task, "which of %s values are found",
               count_text((long long)l->list.values.len, n));
    g->max_requests = max_requests;
    g->load = *l;
    *l = (struct value_load){.state = LOAD_ASKING, .input = g->load.input};
    desk_changed(d, DESK_FILTERS);
    task_start(&g->task);
}

static bool is_taken(const struct value_load *l, size_t i, bool only_found)
{
    return !l->list.values.items[i].why && !(only_found && l->fates[i] == FATE_UNMATCHED);
}

bool desk_load_take(struct desk *d, bool only_found, struct err *e)
{
    const struct value_load *l = &d->private->load;
    const char **values = mem_array(l->list.values.len, sizeof(*values));
    size_t n = 0;
    bool ok;

    for (size_t i = 0; i < l->list.values.len; i++) {
        if (is_taken(l, i, only_found))
            values[n++] = l->list.values.items[i].text;
    }
    ok = n > 0 || err_set(e, ERR_INVALID, "none of these values can be taken");
    if (ok)
        filters_put(d, l->input, values, n);
    free(values);
    return ok;
}

void desk_load_close(struct desk *d)
{
    give_up(d);
    load_free(&d->private->load);
}
