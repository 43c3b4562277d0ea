// Rows of the last searches, kept for the next start. Floor: flow.
#include "flow/kept.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/map.h"
#include "base/str.h"

enum { KEY_MAX = 32 };

// The name a search is kept by: its entity, its filters as people say them, order and page size.
static void key_of(const struct query *q, char key[static KEY_MAX])
{
    const struct search_operation *op = &q->entity->search;
    struct str text = {0};

    str_addf(&text, "%s %d %s %d\n", q->entity->name, op->rpp_max, q->sort_by ? q->sort_by : "",
             q->ascending);
    query_print(q, &text);
    // Cells are kept without names: another set of columns is another search.
    for (size_t i = 0; i < op->n_columns; i++)
        str_addf(&text, "%s\n", op->columns[i].path);
    (void)snprintf(key, KEY_MAX, "%016llx", (unsigned long long)hash_bytes(text.data, text.len));
    str_free(&text);
}

static char *folder_of(const struct app *a)
{
    return str_format("%s/rows", a->folder);
}

struct rows_file *kept_new(const struct app *a, const struct query *q)
{
    const struct search_operation *op = &q->entity->search;
    struct rows_file *file;
    char key[KEY_MAX], *folder;

    if (!a->folder)
        return NULL;
    folder = folder_of(a);
    key_of(q, key);
    file = rows_file_new(folder, key, op->n_columns, op->rpp_max);
    free(folder);
    return file;
}

bool kept_put(const struct app *a, struct kept_page *page, struct err *e)
{
    const struct rows_info info = {page->hits, clock_utc_ms(&a->clock), page->gathered};
    char *folder = folder_of(a);
    bool ok = file_make_dir(folder, e) &&
              rows_file_put(page->file, page->number, page->rows, &info, &page->at, &page->len, e);

    if (ok && page->number == 1)
        rows_files_thin(folder, ROWS_FILES_KEPT);
    free(folder);
    return ok;
}

static void lay(void *arg, int number, uint64_t at, size_t len, size_t n_rows)
{
    table_lay(arg, number, at, len, n_rows);
}

bool kept_load(const struct app *a, const struct query *q, bool write, struct kept *out,
               struct err *e)
{
    const struct search_operation *op = &q->entity->search;
    char key[KEY_MAX], *folder = folder_of(a);
    struct err ignored;
    bool ok = true;

    *out = (struct kept){.hits = -1};
    key_of(q, key);
    out->file = rows_file_open(folder, key, op->n_columns, op->rpp_max, write, &ignored);
    free(folder);
    if (!out->file)
        return true; // nothing is kept
    out->table = table_new(op->n_columns, op->rpp_max);
    table_use_shelf(out->table, rows_file_shelf(out->file));
    ok = rows_file_each(out->file, lay, out->table, e);
    out->hits = rows_file_info(out->file).hits;
    out->at_ms = rows_file_info(out->file).at_ms;
    out->gathered = rows_file_info(out->file).gathered;
    if (!ok || !table_has_page(out->table, 1) || table_fetched(out->table) == 0) {
        table_free(out->table);
        out->table = NULL;
    }
    if (!out->table || !write) {
        rows_file_unref(out->file);
        out->file = NULL;
    }
    return ok;
}
