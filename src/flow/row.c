// An enriched row as cells or as JSON with what Lode knows of it. Any thread. Floor: flow.
#include "flow/row.h"

#include <stdlib.h>
#include <string.h>

#include "api/row.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/str.h"

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

static bool write_json(struct sheet *s, const struct entity *entity, const struct enriched_row *row,
                       const char *fetched, struct err *e)
{
    char *json = row_as_json(entity, row, fetched);
    bool ok = sheet_row(s, NULL, json, e);

    free(json);
    return ok;
}

bool row_to_sheet(struct sheet *s, bool json, const struct entity *entity,
                  const struct enriched_row *row, const struct column *const *columns, size_t n,
                  struct err *e)
{
    char fetched[CLOCK_ISO_MAX] = "";
    const char **cells;
    struct page page = {0};
    bool ok;

    if (row->fetched_ms)
        (void)clock_iso(row->fetched_ms, fetched);
    if (json)
        return write_json(s, entity, row, fetched, e);
    cells = mem_array(n + ROW_NOTES, sizeof(*cells));
    row_as_cells(entity, row, columns, n, &page);
    for (size_t i = 0; i < n; i++)
        cells[i] = page.rows[0].cells[i];
    cells[n] = row->status;
    cells[n + 1] = row->source;
    cells[n + 2] = fetched;
    ok = sheet_row(s, cells, NULL, e);
    page_free(&page);
    free(cells);
    return ok;
}
