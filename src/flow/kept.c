// Rows of the last searches, kept for the next start. Floor: flow.
#include "flow/kept.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "flow/quote.h"
#include "model/page_bytes.h"
#include "store/pages.h"

void kept_key(const struct query *q, int rpp, char key[static KEPT_KEY_MAX])
{
    const struct search_operation *op = &q->entity->search;
    struct str text = {0};

    str_addf(&text, "%s %d %s %d\n", q->entity->name, rpp, q->sort_by ? q->sort_by : "",
             q->ascending);
    query_print(q, &text);
    // Cells are kept without names: another set of columns is another search.
    for (size_t i = 0; i < op->n_columns; i++)
        str_addf(&text, "%s\n", op->columns[i].path);
    (void)snprintf(key, KEPT_KEY_MAX, "%016llx",
                   (unsigned long long)hash_bytes(text.data, text.len));
    str_free(&text);
}

bool kept_put(struct app *a, const char *key, const struct entity *entity, const struct page *page,
              struct err *e)
{
    struct str bytes = {0};
    bool ok;

    page_to_bytes(page, entity->search.n_columns, &bytes);
    ok = app_need_store(a, e) &&
         store_put_page(a->store, key, page->number, bytes.data, bytes.len, e);
    str_free(&bytes);
    return ok;
}

struct loading {
    struct app *app;
    const struct entity *entity;
    int rpp;
    struct kept *out;
    struct err *e;
    bool ok;
};

// Without page 1 nothing else means anything.
static bool begin(struct loading *l, const struct kept_page *kept)
{
    if (kept->number != 1)
        return false;
    l->out->table = table_new(l->entity->search.n_columns, l->rpp);
    return true;
}

static bool put(struct loading *l, int number, const struct page *page)
{
    const char **ids = mem_array(page->n_rows, sizeof(*ids));
    struct row_note *notes = mem_array(page->n_rows, sizeof(*notes));
    bool ok;

    for (size_t i = 0; i < page->n_rows; i++)
        ids[i] = page->rows[i].id;
    ok = quote_notes(l->app, l->entity, ids, page->n_rows, notes, l->e);
    if (ok)
        (void)table_put(l->out->table, number, page, notes);
    free(notes);
    free(ids);
    return ok;
}

static bool take(void *arg, const struct kept_page *kept)
{
    struct loading *l = arg;
    struct page page;

    if (!l->out->table && !begin(l, kept))
        return false;
    // What cannot be read is fetched again when it is looked at.
    if (!page_from_bytes(kept->bytes, kept->len, l->entity->search.n_columns, &page))
        return kept->number > 1;
    if (l->out->at_ms == 0 || kept->at_ms < l->out->at_ms)
        l->out->at_ms = kept->at_ms;
    if (page.hits >= 0)
        l->out->hits = page.hits;
    l->ok = put(l, kept->number, &page);
    page_free(&page);
    return l->ok;
}

bool kept_load(struct app *a, const char *key, const struct entity *entity, int rpp,
               struct kept *out, struct err *e)
{
    struct loading l = {a, entity, rpp, out, e, true};

    *out = (struct kept){.hits = -1};
    l.ok = app_need_store(a, e) && store_pages_each(a->store, key, take, &l, e) && l.ok;
    if (!l.ok || !out->table || table_fetched(out->table) == 0) {
        table_free(out->table);
        out->table = NULL;
    }
    return l.ok;
}
