// A page of rows as bytes and back: a line of numbers, then each text with its NUL. Floor: model.
#include "model/page_bytes.h"

#include <stdio.h>
#include <string.h>

enum { VERSION = 1, HEAD_MAX = 100 };

void page_to_bytes(const struct page *page, size_t n_cells, struct str *out)
{
    str_addf(out, "page %d %zu %zu %lld %d\n", VERSION, page->n_rows, n_cells, page->hits,
             page->number);
    for (size_t i = 0; i < page->n_rows; i++) {
        const struct row *row = &page->rows[i];

        str_add_len(out, row->id, strlen(row->id) + 1);
        for (size_t c = 0; c < n_cells; c++)
            str_add_len(out, row->cells[c], strlen(row->cells[c]) + 1);
    }
}

struct reader {
    const char *at, *end;
    struct page *page;
};

static bool read_text(struct reader *r, const char **text, size_t *len)
{
    const char *nul = memchr(r->at, '\0', (size_t)(r->end - r->at));

    if (!nul)
        return false;
    *text = r->at;
    *len = (size_t)(nul - r->at);
    r->at = nul + 1;
    return true;
}

static bool read_row(struct reader *r, size_t n_cells)
{
    struct row *row = page_add(r->page, n_cells);
    const char *text;
    size_t len;

    if (!read_text(r, &text, &len))
        return false;
    row->id = page_text(r->page, text, len);
    for (size_t i = 0; i < n_cells; i++) {
        if (!read_text(r, &text, &len))
            return false;
        page_cell(r->page, row, i, text, len);
    }
    return true;
}

static bool read_head(struct reader *r, size_t n_cells, size_t *n_rows)
{
    const char *line = memchr(r->at, '\n', (size_t)(r->end - r->at));
    char head[HEAD_MAX];
    size_t cells;
    int version;

    if (!line || line - r->at >= HEAD_MAX)
        return false;
    (void)snprintf(head, sizeof(head), "%.*s", (int)(line - r->at), r->at);
    r->at = line + 1;
    return sscanf(head, "page %d %zu %zu %lld %d", &version, n_rows, &cells, &r->page->hits,
                  &r->page->number) == 5 &&
           version == VERSION && cells == n_cells;
}

bool page_from_bytes(const char *bytes, size_t len, size_t n_cells, struct page *out)
{
    struct reader r = {bytes, bytes + len, out};
    size_t n_rows = 0;
    bool ok;

    *out = (struct page){.hits = -1};
    ok = read_head(&r, n_cells, &n_rows);
    for (size_t i = 0; ok && i < n_rows; i++)
        ok = read_row(&r, n_cells);
    ok = ok && r.at == r.end;
    if (!ok)
        page_free(out);
    return ok;
}
