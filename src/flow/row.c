// An enriched row as cells or as JSON with what Lode knows of it. Any thread. Floor: flow.
#include "flow/row.h"

#include <stdlib.h>
#include <string.h>

#include "api/flat.h"
#include "api/row.h"
#include "api/scan.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/str.h"
#include "model/notice.h"

const struct sheet_column row_notes[ROW_NOTES] = {{"matchStatus", "Match", COLUMN_TEXT},
                                                  {"source", "Source", COLUMN_TEXT},
                                                  {"fetchedAt", "Fetched", COLUMN_TEXT}};

static void add_note(const char *name, const char *value, struct str *out)
{
    if (out->data[out->len - 1] != '{')
        str_add_char(out, ',');
    json_quote(name, out);
    str_add_char(out, ':');
    json_quote(value, out);
}

// The object up to its closing brace; of a record that is not there, its id.
static void add_record(const struct entity *entity, const struct enriched_row *row, struct str *out)
{
    long long number;

    if (row->raw) {
        str_add_len(out, row->raw, strlen(row->raw) - 1);
        return;
    }
    str_add_char(out, '{');
    json_quote(entity->id_path, out);
    str_add_char(out, ':');
    if (str_int64(row->id, &number))
        str_add(out, row->id);
    else
        json_quote(row->id, out);
}

char *row_as_json(const struct entity *entity, const struct enriched_row *row, const char *fetched)
{
    struct str out = {0};

    add_record(entity, row, &out);
    add_note("matchStatus", row->status, &out);
    add_note("source", row->source, &out);
    add_note("fetchedAt", fetched, &out);
    str_add_char(&out, '}');
    return str_take(&out);
}

void row_as_cells(const struct entity *entity, const struct enriched_row *row,
                  const struct column *const *columns, size_t n, struct page *page)
{
    const struct row_want want = {.columns = columns, .n_columns = n};

    row_from_json(row->raw ? row->raw : "{}", entity, &want, page);
    for (size_t i = 0; i < n; i++) {
        if (str_eq(columns[i]->path, entity->id_path))
            page_cell(page, &page->rows[page->n_rows - 1], i, row->id, strlen(row->id));
    }
}

// Columns and the flags behind them, which are read whether they are shown or not.
struct row_reader {
    const struct entity *entity;
    const struct column **columns; // owned
    size_t n, n_shown;
    struct scan *scan;
    bool *is_id;        // for each column; owned
    struct str *nested; // for each column: what of it is no plain value; owned
    // Of all columns; what is behind those shown gives its place to the notes once it was looked
    // at.
    const char **cells;          // owned
    struct page page;            // of a row that the scan cannot read
    char fetched[CLOCK_ISO_MAX]; // of the last row
    int64_t fetched_ms;          // the same; 0: never
};

struct row_reader *row_reader_new(const struct entity *entity, const struct column *const *columns,
                                  size_t n)
{
    const struct enrich_operation *op = &entity->enrich;
    struct row_reader *r = mem_zalloc(sizeof(*r));

    r->entity = entity;
    r->columns = mem_array(n + op->n_columns, sizeof(*r->columns));
    for (size_t i = 0; i < n; i++)
        r->columns[r->n++] = columns[i];
    r->n_shown = n;
    for (size_t i = 0; i < op->n_columns; i++) {
        if (op->columns[i].marks & (COLUMN_DO_NOT_CALL | COLUMN_EU | COLUMN_NOTICE))
            r->columns[r->n++] = &op->columns[i];
    }
    r->scan = scan_new(r->columns, r->n);
    r->is_id = mem_array(r->n, sizeof(*r->is_id));
    for (size_t i = 0; i < r->n; i++)
        r->is_id[i] = str_eq(r->columns[i]->path, entity->id_path);
    r->nested = mem_zalloc((r->n + 1) * sizeof(*r->nested));
    r->cells = mem_array(r->n + ROW_NOTES, sizeof(*r->cells));
    return r;
}

void row_reader_free(struct row_reader *r)
{
    if (!r)
        return;
    scan_free(r->scan);
    page_free(&r->page);
    for (size_t i = 0; i < r->n; i++)
        str_free(&r->nested[i]);
    free(r->nested);
    free(r->columns);
    free(r->is_id);
    free(r->cells);
    free(r);
}

// What the scan does not take, for it is no compact JSON, the parser reads.
static void read_raw(struct row_reader *r, const char *raw)
{
    const struct row_want want = {.columns = r->columns, .n_columns = r->n};

    if (scan_row(r->scan, raw, r->cells))
        return;
    page_free(&r->page);
    r->page = (struct page){0};
    row_from_json(raw, r->entity, &want, &r->page);
    for (size_t i = 0; i < r->n; i++)
        r->cells[i] = r->page.rows[0].cells[i];
}

static void flatten(struct row_reader *r, const char *raw)
{
    for (size_t i = 0; i < r->n_shown; i++) {
        if (r->columns[i]->type != COLUMN_OBJECT || !strchr(r->cells[i], '{'))
            continue;
        str_clear(&r->nested[i]);
        flat_nested(raw, r->columns[i]->path, &r->nested[i]);
        r->cells[i] = str_text(&r->nested[i]);
    }
}

static struct export_duties duties_of(const struct row_reader *r, const struct enriched_row *row)
{
    const struct column *const *columns = r->columns + r->n_shown;
    const char *const *cells = r->cells + r->n_shown;
    size_t n = r->n - r->n_shown;
    struct export_duties duties = {
        .notice_by_ms = notice_by(columns, cells, n, row->bought_ms, row->fetched_ms)};

    for (size_t i = 0; i < n; i++)
        duties.do_not_call = duties.do_not_call ||
                             (columns[i]->marks & COLUMN_DO_NOT_CALL && str_eq(cells[i], "true"));
    return duties;
}

const char *const *row_read(struct row_reader *r, const struct enriched_row *row,
                            struct export_duties *duties)
{
    read_raw(r, row->raw ? row->raw : "{}");
    if (row->raw)
        flatten(r, row->raw);
    *duties = duties_of(r, row);
    for (size_t i = 0; i < r->n_shown; i++) {
        if (r->is_id[i])
            r->cells[i] = row->id;
    }
    if (row->fetched_ms != r->fetched_ms && row->fetched_ms)
        (void)clock_iso(row->fetched_ms, r->fetched);
    else if (!row->fetched_ms)
        *r->fetched = '\0';
    r->fetched_ms = row->fetched_ms;
    r->cells[r->n_shown] = row->status;
    r->cells[r->n_shown + 1] = row->source;
    r->cells[r->n_shown + 2] = r->fetched;
    return r->cells;
}

bool row_export(struct row_reader *r, struct export *x, bool json, const struct enriched_row *row,
                struct err *e)
{
    struct export_duties duties;
    const char *const *cells = row_read(r, row, &duties);
    char *text;
    bool ok;

    if (!json)
        return export_row(x, cells, NULL, &duties, e);
    text = row_as_json(r->entity, row, r->fetched);
    ok = export_row(x, NULL, text, &duties, e);
    free(text);
    return ok;
}
