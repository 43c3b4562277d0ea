// Lookup lists from the cache or the API. Floor: flow.
#include "flow/lists.h"

#include <stdlib.h>
#include <string.h>

#include "api/answer.h"
#include "api/lookup.h"
#include "base/count.h"
#include "base/mem.h"
#include "store/lookups.h"

static const int64_t HOUR_MS = 3600 * 1000, WEEK_MS = (int64_t)7 * 24 * 3600 * 1000;

static bool fetch(struct app *a, const char *path, struct str *body, struct err *e)
{
    struct net_request *r;
    bool ok;

    if (!app_need_net(a, e))
        return false;
    r = lookup_request(a->config.base_url, path);
    ok = app_call(a, r, e) && answer_check(r, e);
    if (ok) {
        struct err ignored;

        str_clear(body);
        str_add_len(body, str_text(&r->answer), r->answer.len);
        // Not being able to keep it costs a request next time, nothing else.
        (void)store_put_lookup(a->store, path, str_text(body), clock_utc_ms(&a->clock), &ignored);
    }
    net_request_free(r);
    return ok;
}

bool lists_due(const struct app *a, int64_t fetched_ms)
{
    int64_t now = clock_utc_ms(&a->clock);

    return now - fetched_ms >= WEEK_MS || now < fetched_ms;
}

// The list's JSON: fresh from the cache, else from the API, else whatever the cache has.
static bool list_body(struct app *a, const char *path, bool refresh, struct str *body,
                      int64_t *fetched_ms, struct err *e)
{
    bool kept;

    if (!app_need_store(a, e))
        return false;
    kept = store_get_lookup(a->store, path, body, fetched_ms, e);
    if (kept && !refresh && !lists_due(a, *fetched_ms))
        return true;
    if (fetch(a, path, body, e)) {
        *fetched_ms = clock_utc_ms(&a->clock);
        return true;
    }
    if (!kept || e->kind == ERR_CANCELLED)
        return false;
    app_say(a, "Using the list kept from earlier for %s: %s.", path, e->text);
    return true;
}

bool lists_get(struct app *a, const char *path, bool refresh, struct lookup_list *out,
               int64_t *fetched_ms, struct err *e)
{
    struct str body = {0};
    bool ok = list_body(a, path, refresh, &body, fetched_ms, e) &&
              lookup_decode(str_text(&body), body.len, out, e);

    str_free(&body);
    return ok;
}

bool lists_kept(struct app *a, const char *path, struct lookup_list *out, int64_t *fetched_ms,
                struct err *e)
{
    struct str body = {0};
    bool ok = app_need_store(a, e) && store_get_lookup(a->store, path, &body, fetched_ms, e) &&
              lookup_decode(str_text(&body), body.len, out, e);

    str_free(&body);
    return ok;
}

bool lists_tree(struct app *a, const char *path, bool refresh, struct lists_tree *out,
                struct err *e)
{
    struct lookup_source sources[LOOKUP_SOURCES] = {{path, &out->lists[0]}};
    const char *const *above = lookup_above(path);
    size_t n = 1;

    *out = (struct lists_tree){0};
    if (!lists_get(a, path, refresh, &out->lists[0], &out->fetched_ms, e))
        return false;
    for (; above && *above && n < LOOKUP_SOURCES; above++) {
        int64_t when;

        if (lists_get(a, *above, refresh, &out->lists[n], &when, e)) {
            sources[n] = (struct lookup_source){*above, &out->lists[n]};
            n++;
        } else if (e->kind == ERR_CANCELLED) {
            lists_tree_free(out);
            return false;
        } else {
            app_say(a, "The values of %s above these could not be had: %s.", *above, e->text);
        }
    }
    lookup_tree_build(sources, n, &out->tree);
    return true;
}

void lists_tree_free(struct lists_tree *t)
{
    lookup_tree_free(&t->tree);
    for (size_t i = 0; i < LOOKUP_SOURCES; i++)
        lookup_free(&t->lists[i]);
}

void lists_say_unknown(const struct input *in, const struct lookup_list *list, const char *value,
                       struct str *out)
{
    const struct lookup_value *near = lookup_value_nearest(list, value);

    str_addf(out, "%s has no value \"%.80s\"", in->label, value);
    if (near)
        str_addf(out, "; did you mean \"%s\"? See: lode lookup %s",
                 *near->name ? near->name : near->id, in->lookup);
    else
        str_addf(out, "; see: lode lookup %s", in->lookup);
}

// A value that the list does not have, be it mistyped or gone from the server since it was saved.
static void tell_unknown(const struct filter *f, size_t i, const struct lookup_list *list,
                         const struct query_faults *to)
{
    struct str said = {0};

    lists_say_unknown(f->input, list, f->values[i], &said);
    query_fault(to, f->places[i], str_text(&said));
    str_free(&said);
}

// Returns how many values the list does not have.
static size_t resolve_filter(struct filter *f, const struct lookup_list *list,
                             const struct query_faults *to)
{
    const struct lookup_value *whole = lookup_value_find(list, f->text);
    size_t faults = 0;

    if (whole && f->n_values > 1) {
        filter_set(f, 0, whole->id);
        while (f->n_values > 1)
            free(f->values[--f->n_values]);
        return 0;
    }
    for (size_t i = 0; i < f->n_values; i++) {
        const struct lookup_value *v = lookup_value_find(list, f->values[i]);

        if (v) {
            filter_set(f, i, v->id);
        } else if (!f->input->free_text) {
            tell_unknown(f, i, list, to);
            faults++;
        }
    }
    return faults;
}

static bool knows_all(const struct filter *f, const struct lookup_list *list)
{
    for (size_t i = 0; i < f->n_values; i++) {
        if (!lookup_value_find(list, f->values[i]))
            return lookup_value_find(list, f->text) != NULL;
    }
    return true;
}

// The list that a filter's values come from; fetched again where the kept one lacks a value that
// the server may have by now.
static bool list_for(struct app *a, const struct filter *f, const char *path,
                     struct lookup_list *list, struct err *e)
{
    struct lookup_list fresh;
    int64_t when;

    if (!lists_get(a, path, false, list, &when, e))
        return false;
    if (!f->input->free_text && !knows_all(f, list) && clock_utc_ms(&a->clock) - when > HOUR_MS &&
        lists_get(a, path, true, &fresh, &when, e)) {
        lookup_free(list);
        *list = fresh;
    }
    return true;
}

bool lists_resolve_all(struct app *a, struct query *q, const struct query_faults *to,
                       size_t *faults, struct err *e)
{
    *faults = 0;
    for (size_t i = 0; i < q->n_filters; i++) {
        struct filter *f = &q->filters[i];
        const struct lookup_def *def = f->input->lookup ? lookup_find(f->input->lookup) : NULL;
        struct lookup_list list = {0};

        if (!def || def->query)
            continue;
        if (!list_for(a, f, def->path, &list, e)) {
            if (e->kind != ERR_FORBIDDEN && e->kind != ERR_NOT_FOUND)
                return false;
            app_say(a, "The values of %s go as typed: %s.", f->input->label, e->text);
            continue;
        }
        *faults += resolve_filter(f, &list, to);
        lookup_free(&list);
    }
    return true;
}

bool lists_resolve(struct app *a, struct query *q, struct err *e)
{
    struct err first;
    const struct query_faults to = query_first_fault(&first);
    size_t faults;

    if (!lists_resolve_all(a, q, &to, &faults, e))
        return false;
    if (faults)
        *e = first;
    return faults == 0;
}

// The two sides of an operation that the API lists the fields of.
static const char inputs[] = "inputfields", outputs[] = "outputfields";

static char *refused_key(const char *side, const char *operation)
{
    return str_format("refused/%s/%s", side, operation);
}

// What was refused within the last week, as it is kept; empty where nothing was. *since_ms: the
// first of it, or now.
static void get_refused(struct app *a, const char *key, struct str *body, int64_t *since_ms)
{
    struct err ignored;

    if (store_get_lookup(a->store, key, body, since_ms, &ignored) && !lists_due(a, *since_ms))
        return;
    str_clear(body);
    *since_ms = clock_utc_ms(&a->clock);
}

static void add_refused(struct app *a, const char *side, const char *operation, struct map *denied)
{
    char *key = refused_key(side, operation);
    struct map none = {0};
    struct str body = {0};
    struct err ignored;
    int64_t since_ms;

    get_refused(a, key, &body, &since_ms);
    if (body.len)
        (void)fields_decode(str_text(&body), body.len, &none, denied, &ignored);
    map_free(&none, NULL);
    str_free(&body);
    free(key);
}

static void fields_of(struct app *a, const char *side, const char *operation, struct map *granted,
                      struct map *denied)
{
    char *path = str_format("%s/%s", side, operation);
    struct str body = {0};
    struct err e;
    int64_t when;

    if (!list_body(a, path, false, &body, &when, &e) ||
        !fields_decode(str_text(&body), body.len, granted, denied, &e))
        log_write(a->log, LOG_WARNING, "no field list at %s: %s", path, e.text);
    if (a->store)
        add_refused(a, side, operation, denied);
    str_free(&body);
    free(path);
}

void lists_fields(struct app *a, const char *operation, struct map *granted, struct map *denied)
{
    fields_of(a, outputs, operation, granted, denied);
}

void lists_inputs(struct app *a, const char *operation, struct map *granted, struct map *denied)
{
    fields_of(a, inputs, operation, granted, denied);
}

bool lists_name(const struct map *names, const char *field)
{
    char *lower = mem_strdup(field);
    bool found;

    for (char *p = lower; *p; p++)
        *p = str_lower(*p);
    found = map_has(names, lower);
    free(lower);
    return found;
}

// All of them are asked for again a week after the first: the account may have been given them.
static void keep_refused(struct app *a, const char *side, const char *operation, const char *names)
{
    char *key = refused_key(side, operation);
    struct str body = {0};
    int64_t since_ms;
    struct err e;

    if (app_need_store(a, &e)) {
        get_refused(a, key, &body, &since_ms);
        fields_deny(names, &body);
        if (!store_put_lookup(a->store, key, str_text(&body), since_ms, &e))
            log_write(a->log, LOG_WARNING, "refused fields were not kept: %s", e.text);
    }
    str_free(&body);
    free(key);
}

void lists_refused(struct app *a, const char *operation, const char *names)
{
    keep_refused(a, outputs, operation, names);
}

void lists_refused_inputs(struct app *a, const char *operation, const char *names)
{
    keep_refused(a, inputs, operation, names);
}

void lists_ungranted(struct app *a, const struct query *q, struct str *out)
{
    char *operation = str_format("%s/search", q->entity->name);
    struct map granted = {0}, denied = {0};

    if (q->n_filters)
        lists_inputs(a, operation, &granted, &denied);
    for (size_t i = 0; i < q->n_filters; i++) {
        const struct input *in = q->filters[i].input;

        if (lists_name(&denied, in->name))
            str_addf(out,
                     "This account may not search by %s (%s), its own field list says: the API may "
                     "refuse the search, or find nothing.\n",
                     in->label, in->name);
    }
    map_free(&granted, NULL);
    map_free(&denied, NULL);
    free(operation);
}

static void say_unlisted(const struct filter *f, const struct lookup_list *list, struct str *out)
{
    const char *first = NULL;
    const struct lookup_value *near;
    char more[COUNT_MAX];
    size_t n = 0;

    for (size_t i = 0; i < f->n_values; i++) {
        if (lookup_value_find(list, f->values[i]) || !input_unlisted(f->input, f->values[i]))
            continue;
        first = n++ ? first : f->values[i];
    }
    if (!n)
        return;
    near = lookup_value_nearest(list, first);
    str_addf(out, "%s: the list has no \"%.80s\"", f->input->label, first);
    if (near)
        str_addf(out, " (the nearest is \"%s\")", lookup_value_said(list, near));
    if (n > 1)
        str_addf(out, ", nor %s more of these values", count_text((long long)(n - 1), more));
    str_addf(out, "; the API takes free text here, so %s as typed.\n",
             n > 1 ? "they go" : "it goes");
}

void lists_unlisted(struct app *a, const struct query *q, struct str *out)
{
    for (size_t i = 0; i < q->n_filters; i++) {
        const struct input *in = q->filters[i].input;
        struct lookup_list list = {0};
        struct err ignored;
        int64_t when;

        if (in->free_text && lists_kept(a, in->lookup, &list, &when, &ignored))
            say_unlisted(&q->filters[i], &list, out);
        lookup_free(&list);
    }
}
