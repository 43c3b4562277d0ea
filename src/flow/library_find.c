// The library, searched without the API. Any thread but the UI's. Floor: flow.
#include "flow/library_find.h"

#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/str.h"
#include "flow/retain.h"
#include "flow/row.h"
#include "job/cancel.h"
#include "model/notice.h"

enum { TAG_MAX = 60, NOTE_MAX = 10000, SIFTED = 1000 };

static const int64_t DAY_MS = (int64_t)24 * 3600 * 1000;

static bool bring_up_to_date(struct app *a, struct err *e)
{
    long long left = 0, first = -1;

    do {
        if (cancel_fired(a->cancel))
            return err_set(e, ERR_CANCELLED, "stopped on request");
        if (!store_library_index(a->store, &left, e))
            return false;
        first = first < 0 ? left : first;
        if (left)
            app_step(a, "records made searchable", first - left, first);
    } while (left);
    return true;
}

// Of two times before which a record was fetched the earlier one counts; 0: none was asked for.
static int64_t fetched_before(const struct app *a, const struct library_wish *w, int64_t now)
{
    int64_t older = w->older >= 0 ? now - w->older * DAY_MS : 0;
    int64_t past = w->past ? retain_before(a) : 0;

    return past && (!older || past < older) ? past : older;
}

static struct library_query query_of(const struct app *a, const struct library_wish *w)
{
    int64_t now = clock_utc_ms(&a->clock);

    return (struct library_query){
        .entity = w->entity->name,
        .words = w->words,
        .tag = w->tag,
        .expires_after_ms = w->expiring >= 0 ? now : 0,
        .expires_by_ms = w->expiring >= 0 ? now + w->expiring * DAY_MS : 0,
        .fetched_before_ms = fetched_before(a, w, now),
        .do_not_call = w->do_not_call,
        .order = w->order,
        .order_by = w->order_by,
        .ascending = w->ascending,
    };
}

struct sifting {
    const struct entity *entity;
    int64_t *numbers;
    size_t n; // of them, that stay
};

static bool keep_due(void *arg, const struct library_row *row)
{
    struct sifting *s = arg;

    if (library_notice_by(s->entity, row))
        s->numbers[s->n++] = row->number;
    return true;
}

// Rows come in the order of the numbers, so that what was read makes room for what stays.
static bool sift_due(struct app *a, const struct entity *entity, int64_t *numbers, size_t *n,
                     struct err *e)
{
    struct sifting s = {entity, numbers, 0};
    size_t at = 0, some;
    bool ok = true;

    for (; ok && at < *n; at += some) {
        some = *n - at < SIFTED ? *n - at : SIFTED;
        if (cancel_fired(a->cancel))
            return err_set(e, ERR_CANCELLED, "stopped on request");
        ok = store_library_rows(a->store, numbers + at, some, keep_due, &s, e);
    }
    *n = s.n;
    return ok;
}

bool library_find(struct app *a, const struct library_wish *w, int64_t **out, size_t *n,
                  struct err *e)
{
    struct library_query q;

    *out = NULL;
    *n = 0;
    if ((w->past && !retain_is_set(a->config.limits.retain_months, e)) || !app_need_store(a, e) ||
        ((w->words || w->do_not_call >= 0) && !bring_up_to_date(a, e)))
        return false;
    q = query_of(a, w);
    return store_library_find(a->store, &q, out, n, e) &&
           (!w->notice || sift_due(a, w->entity, *out, n, e));
}

bool library_rows(struct app *a, const int64_t *numbers, size_t n,
                  bool (*each)(void *arg, const struct library_row *row), void *arg, struct err *e)
{
    return app_need_store(a, e) && store_library_rows(a->store, numbers, n, each, arg, e);
}

bool library_record(struct app *a, const struct entity *entity, const char *id,
                    bool (*each)(void *arg, const struct library_row *row), void *arg,
                    struct err *e)
{
    int64_t number = 0;

    if (!app_need_store(a, e) || !store_library_number(a->store, entity->name, id, &number, e))
        return false;
    if (!number)
        return err_set(e, ERR_NOT_FOUND, "the library has no %s %.40s", entity->name, id);
    return store_library_rows(a->store, &number, 1, each, arg, e);
}

bool library_versions(struct app *a, const struct entity *entity, const char *id,
                      bool (*each)(void *arg, const struct library_version *v), void *arg,
                      struct err *e)
{
    return app_need_store(a, e) && store_library_versions(a->store, entity->name, id, each, arg, e);
}

int64_t library_until(const struct app *a, const struct entity *entity,
                      const struct library_row *row)
{
    return store_free_until(a->store, entity->name, row->owned.bought_ms);
}

struct enriched_row library_enriched(const struct library_row *row)
{
    const struct owned_row *o = &row->owned;

    return (struct enriched_row){.id = o->id,
                                 .raw = o->raw,
                                 .status = o->match_status,
                                 .source = o->source,
                                 .fetched_ms = o->fetched_ms,
                                 .fields = o->fields,
                                 .bought_ms = o->bought_ms};
}

int64_t library_notice_by(const struct entity *entity, const struct library_row *row)
{
    const struct enrich_operation *op = &entity->enrich;
    const struct column **columns = mem_array(op->n_columns, sizeof(*columns));
    const struct enriched_row enriched = library_enriched(row);
    struct page page = {0};
    int64_t by = 0;
    size_t n = 0;

    for (size_t i = 0; i < op->n_columns; i++) {
        if (op->columns[i].marks & (COLUMN_EU | COLUMN_NOTICE))
            columns[n++] = &op->columns[i];
    }
    if (n) {
        row_as_cells(entity, &enriched, columns, n, &page);
        by = notice_by(columns, page.rows[0].cells, n, row->owned.bought_ms, row->owned.fetched_ms);
    }
    page_free(&page);
    free(columns);
    return by;
}

// The field of a purchase that stands where a search row has that column, or NULL.
static const struct column *bought_as(const struct entity *entity, const struct column *c)
{
    for (size_t i = 0; i < entity->enrich.n_columns; i++) {
        if (str_eq(entity->enrich.columns[i].path, c->path))
            return &entity->enrich.columns[i];
    }
    return NULL;
}

void library_label(const struct entity *entity, const struct library_row *row, struct str *out)
{
    const struct search_operation *op = &entity->search;
    const struct enriched_row enriched = library_enriched(row);

    for (size_t i = 0; i < op->n_columns; i++) {
        const struct column *c = &op->columns[i];
        struct page page = {0};

        c = entity_is_label(entity, c) ? bought_as(entity, c) : NULL;
        if (!c)
            continue;
        row_as_cells(entity, &enriched, &c, 1, &page);
        if (*page.rows[0].cells[0])
            str_addf(out, "%s%s", out->len ? " " : "", page.rows[0].cells[0]);
        page_free(&page);
    }
}

// Is name one of names, ',' between?
bool library_names(const char *names, const char *name)
{
    size_t n = strlen(name);

    for (; *names; names += strcspn(names, ","), names += *names == ',') {
        if (strncmp(names, name, n) == 0 && (!names[n] || names[n] == ','))
            return true;
    }
    return false;
}

bool library_older(const char **older, int64_t *fetched_ms, struct str *names)
{
    const char *p = *older;
    char *end;

    if (!p || !*p)
        return false;
    *fetched_ms = strtoll(p, &end, 10);
    p = end + (*end == ':');
    str_clear(names);
    str_add_len(names, p, strcspn(p, ";"));
    p += strcspn(p, ";");
    *older = p + (*p == ';');
    return true;
}

int64_t library_fetched(const char *older, const char *name, int64_t newest_ms)
{
    struct str names = {0};
    int64_t ms, found = newest_ms;

    while (library_older(&older, &ms, &names)) {
        if (library_names(str_text(&names), name))
            found = ms;
    }
    str_free(&names);
    return found;
}

static void read_cells(const struct entity *entity, const struct library_version *v,
                       struct page *out)
{
    const struct enrich_operation *op = &entity->enrich;
    const struct column **columns = mem_array(op->n_columns, sizeof(*columns));
    const struct enriched_row row = {.id = "", .raw = v->raw};

    for (size_t i = 0; i < op->n_columns; i++)
        columns[i] = &op->columns[i];
    row_as_cells(entity, &row, columns, op->n_columns, out);
    free(columns);
}

void library_differences(const struct entity *entity, const struct library_version *before,
                         const struct library_version *after,
                         void (*each)(void *arg, const struct difference *d), void *arg)
{
    const struct enrich_operation *op = &entity->enrich;
    struct page old = {0}, new = {0};

    read_cells(entity, before, &old);
    read_cells(entity, after, &new);
    for (size_t i = 0; i < op->n_columns; i++) {
        const struct difference d = {&op->columns[i], old.rows[0].cells[i], new.rows[0].cells[i]};

        if (!str_eq(d.before, d.after) && library_names(after->fields, d.column->name))
            each(arg, &d);
    }
    page_free(&old);
    page_free(&new);
}

bool library_note(struct app *a, const struct entity *entity, const char *id, const char *text,
                  struct err *e)
{
    if (strlen(text) > NOTE_MAX)
        return err_set(e, ERR_INVALID, "a note has at most %d bytes", NOTE_MAX);
    return app_need_claim(a, e) && store_note(a->store, entity->name, id, text, e);
}

static bool check_tag(const char *tag, struct err *e)
{
    if (!*tag || strlen(tag) > TAG_MAX || strchr(tag, ',') || strchr(tag, '"'))
        return err_set(e, ERR_INVALID,
                       "a tag has 1 to %d bytes, none of them a comma or a double quote", TAG_MAX);
    return true;
}

bool library_tag(struct app *a, const struct entity *entity, const char *const *ids, size_t n,
                 const char *tag, bool on, struct tagged *out, struct err *e)
{
    *out = (struct tagged){0};
    if (!check_tag(tag, e) || !app_need_claim(a, e) ||
        !store_tag(a->store, entity->name, ids, n, tag, on, out, e))
        return false;
    if (n == 1 && !out->here)
        return err_set(e, ERR_NOT_FOUND, "the library has no %s %s", entity->name, ids[0]);
    return !n || out->here ||
           err_set(e, ERR_NOT_FOUND, "the library has none of these %s", entity->plural);
}

void library_tag_say(const struct entity *entity, const struct tagged *done, size_t n,
                     const char *tag, bool on, struct str *out)
{
    size_t same = done->here - done->changed, others = n - done->here;
    char number[COUNT_MAX];

    str_addf(out, "%s %s %s the tag \"%s\"", count_text((long long)done->changed, number),
             done->changed == 1 ? entity->name : entity->plural, on ? "got" : "lost", tag);
    if (same)
        str_addf(out, "; %s %s", count_text((long long)same, number),
                 on ? "had it already" : "did not have it");
    if (others)
        str_addf(out, "; %s %s not owned", count_text((long long)others, number),
                 others == 1 ? "is" : "are");
    str_add_char(out, '.');
}

bool library_tags(struct app *a, const struct entity *entity,
                  bool (*each)(void *arg, const char *tag, long long n), void *arg, struct err *e)
{
    return app_need_store(a, e) && store_tags_each(a->store, entity->name, each, arg, e);
}
