// Saved searches by name, and the history. Floor: flow.
#include "flow/searches.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/near.h"
#include "base/text.h"
#include "model/query_text.h"
#include "store/searches.h"

void saved_free(struct saved *s)
{
    free(s->name);
    free(s->note);
    free(s->entity);
    free(s->text);
    *s = (struct saved){0};
}

void searches_list_free(struct saved_list *l)
{
    for (size_t i = 0; i < l->items.len; i++)
        saved_free(&l->items.items[i]);
    vec_free(&l->items);
}

static bool take(void *arg, const struct saved_search *one)
{
    struct saved_list *l = arg;
    struct saved s = {.id = one->id,
                      .name = mem_strdup(one->name),
                      .note = mem_strdup(one->note),
                      .entity = mem_strdup(one->entity),
                      .text = mem_strdup(one->text),
                      .saved_ms = one->saved_ms,
                      .ran_ms = one->ran_ms,
                      .hits = one->hits,
                      .rows = one->rows};

    vec_push(&l->items, s);
    return true;
}

static void say_note(struct app *a)
{
    struct str note = {0};
    struct err ignored;

    if (store_searches_note(a->store, &note, &ignored) && note.len)
        app_say(a, "%s", note.data);
    str_free(&note);
}

bool searches_list(struct app *a, struct saved_list *out, struct err *e)
{
    *out = (struct saved_list){0};
    if (!app_need_store(a, e) || !store_searches_each(a->store, take, out, e))
        return false;
    say_note(a);
    return true;
}

static bool unknown(const struct saved_list *l, const char *name, struct err *e)
{
    struct near near = near_start(name);
    char *shown = text_cleaned(name);

    for (size_t i = 0; i < l->items.len; i++)
        near_try(&near, l->items.items[i].name);
    if (near.best)
        (void)err_set(e, ERR_NOT_FOUND, "no search is saved as \"%.80s\"; did you mean \"%s\"?",
                      shown, near.best);
    else
        (void)err_set(e, ERR_NOT_FOUND,
                      "no search is saved as \"%.80s\"; lode searches lists those that are", shown);
    free(shown);
    return false;
}

// Gives one of the list away; false where it is not there.
static bool pick(struct saved_list *l, size_t i, bool wanted, struct saved *out)
{
    if (!wanted)
        return false;
    *out = l->items.items[i];
    l->items.items[i] = (struct saved){0};
    return true;
}

bool searches_find(struct app *a, const char *name, struct saved *out, struct err *e)
{
    struct saved_list l;
    bool found = false;

    *out = (struct saved){0};
    if (!searches_list(a, &l, e))
        return false;
    for (size_t i = 0; i < l.items.len && !found; i++) {
        found = pick(&l, i, str_eq_case(l.items.items[i].name, name), out);
    }
    if (!found)
        (void)unknown(&l, name, e);
    searches_list_free(&l);
    return found;
}

bool searches_name_fits(const char *name, struct err *e)
{
    char *clean = text_cleaned(name), *copy = mem_strdup(name);
    bool same = str_eq(clean, str_trim(copy)) && str_eq(clean, name);
    bool ok = *name && same && strlen(name) <= SEARCH_NAME_MAX;

    free(copy);
    free(clean);
    return ok || err_set(e, ERR_INVALID,
                         "the name of a search is one line of 1 to %d bytes, without control "
                         "characters and without blanks at its ends",
                         SEARCH_NAME_MAX);
}

static bool put(struct app *a, struct saved *s, struct err *e)
{
    struct saved_search one = {
        .id = s->id, .name = s->name, .note = s->note, .entity = s->entity, .text = s->text};

    if (!store_search_put(a->store, &one, e))
        return false;
    s->id = one.id;
    return true;
}

bool searches_save(struct app *a, struct saved *s, struct err *e)
{
    if (searches_name_fits(s->name, e) && app_need_store(a, e) && put(a, s, e))
        return true;
    if (e->kind == ERR_REFUSED)
        (void)err_set(e, ERR_INVALID, "\"%s\" is the name of another saved search", s->name);
    return false;
}

bool searches_counted(struct app *a, int64_t id, long long hits, struct err *e)
{
    const struct search_ran ran = {.id = id, .hits = hits};

    return app_need_store(a, e) && store_search_ran(a->store, &ran, e);
}

bool searches_delete(struct app *a, const struct saved *s, struct err *e)
{
    return app_need_store(a, e) && store_search_delete(a->store, s->id, e);
}

bool searches_restore(struct app *a, int64_t id, struct saved *out, struct err *e)
{
    struct saved_list l;
    bool found = false;

    *out = (struct saved){0};
    if (!app_need_store(a, e) || !store_search_restore(a->store, &id, e) ||
        !searches_list(a, &l, e))
        return false;
    for (size_t i = 0; i < l.items.len && !found; i++)
        found = pick(&l, i, l.items.items[i].id == id, out);
    searches_list_free(&l);
    return found || err_set(e, ERR_NOT_FOUND, "that saved search is no longer there");
}

bool searches_rename(struct app *a, const struct saved *s, const char *name, struct err *e)
{
    struct saved other = *s;
    bool ok;

    other.name = mem_strdup(name);
    ok = searches_save(a, &other, e);
    free(other.name);
    return ok;
}

// Saves it under the first of NAME, NAME (2), ... that is free; s->name is replaced.
static bool put_numbered(struct app *a, struct saved *s, struct err *e)
{
    char *base = mem_strdup(s->name);
    bool ok = false;

    for (int n = 2;; n++) {
        ok = put(a, s, e);
        if (ok || e->kind != ERR_REFUSED)
            break;
        free(s->name);
        s->name = str_format("%s (%d)", base, n);
    }
    free(base);
    return ok;
}

bool searches_duplicate(struct app *a, const struct saved *s, const char *name, char **made,
                        struct err *e)
{
    struct saved copy = *s;
    bool ok;

    copy.id = 0;
    copy.name = mem_strdup(name ? name : s->name);
    ok = name ? searches_save(a, &copy, e) : app_need_store(a, e) && put_numbered(a, &copy, e);
    *made = copy.name;
    return ok;
}

bool searches_import(struct app *a, const struct saved_list *l, bool replace, struct str *names,
                     struct err *e)
{
    for (size_t i = 0; i < l->items.len; i++) {
        const struct saved *from = &l->items.items[i];
        struct saved s = *from, old = {0};
        struct err why;
        bool ok;

        if (!searches_name_fits(s.name, e) || !app_need_store(a, e))
            return false;
        s.id = replace && searches_find(a, s.name, &old, &why) ? old.id : 0;
        s.name = mem_strdup(from->name);
        ok = put_numbered(a, &s, e);
        if (ok)
            str_addf(names, "%s\n", s.name);
        free(s.name);
        saved_free(&old);
        if (!ok)
            return false;
    }
    return true;
}

static bool take_past(void *arg, const struct past_search *one)
{
    struct past_list *l = arg;
    struct past p = {mem_strdup(one->entity), mem_strdup(one->text), one->at_ms, one->hits,
                     one->times};

    vec_push(&l->items, p);
    return true;
}

bool history_list(struct app *a, struct past_list *out, struct err *e)
{
    *out = (struct past_list){0};
    if (!app_need_store(a, e) || !store_history_each(a->store, take_past, out, e))
        return false;
    say_note(a);
    return true;
}

void history_list_free(struct past_list *l)
{
    for (size_t i = 0; i < l->items.len; i++) {
        free(l->items.items[i].entity);
        free(l->items.items[i].text);
    }
    vec_free(&l->items);
}

void history_remember(struct app *a, const struct query *q, long long hits)
{
    struct str text = {0};
    struct err ignored;

    query_write(q, &text);
    if (app_need_store(a, &ignored))
        (void)store_history_add(a->store, q->entity->name, str_text(&text), hits, &ignored);
    str_free(&text);
}
