// A line of a file joined with what came of it. Any thread. Floor: flow.
#include "flow/match_row.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/str.h"
#include "flow/row.h"

static const struct sheet_column reason = {"reason", "Reason", COLUMN_TEXT};

static void add(struct match_rows *r, const char *name, const char *heading, enum column_type type)
{
    r->sheet[r->n_sheet++] = (struct sheet_column){name, heading, type};
}

static bool is_taken(const struct match_plan *plan, const char *name)
{
    for (size_t i = 0; i < plan->n; i++) {
        if (str_eq_case(plan->names[i], name))
            return true;
    }
    return false;
}

static const char *own_name(struct match_rows *r, const char *name)
{
    if (!is_taken(r->plan, name))
        return name;
    r->names[r->n_names] = str_format("found_%s", name);
    return r->names[r->n_names++];
}

struct match_rows match_rows_new(const struct match_plan *plan, const struct selection *s)
{
    struct match_rows r = {.plan = plan,
                           .entity = s->entity,
                           .fields = mem_dup(s->fields, s->n_fields * sizeof(*s->fields)),
                           .n_fields = s->n_fields};
    size_t most = plan->n + s->n_fields + ROW_NOTES + 1;

    r.sheet = mem_array(most, sizeof(*r.sheet));
    r.names = mem_array(most, sizeof(*r.names));
    for (size_t i = 0; i < plan->n; i++)
        add(&r, plan->names[i], plan->names[i], COLUMN_TEXT);
    for (size_t i = 0; i < s->n_fields; i++)
        add(&r, own_name(&r, s->fields[i]->name), s->fields[i]->heading, s->fields[i]->type);
    for (size_t i = 0; i < ROW_NOTES; i++)
        add(&r, own_name(&r, row_notes[i].name), row_notes[i].heading, row_notes[i].type);
    add(&r, own_name(&r, reason.name), reason.heading, reason.type);
    return r;
}

void match_rows_free(struct match_rows *r)
{
    for (size_t i = 0; i < r->n_names; i++)
        free(r->names[i]);
    free(r->names);
    free(r->sheet);
    free(r->fields);
    *r = (struct match_rows){0};
}

static void add_member(const char *name, const char *value, struct str *out)
{
    if (out->data[out->len - 1] != '{')
        str_add_char(out, ',');
    json_quote(name, out);
    str_add_char(out, ':');
    json_quote(value, out);
}

static void as_json(const struct match_rows *r, const struct matched_row *row, const char *fetched,
                    struct str *out)
{
    str_addf(out, "{\"line\":%zu,\"input\":{", row->line);
    for (size_t i = 0; i < r->plan->n; i++)
        add_member(r->plan->names[i], row->cells[i], out);
    str_addf(out, "},\"record\":%s", row->record ? row->record->raw : "null");
    add_member("matchStatus", row->status, out);
    add_member("source", row->record ? row->record->source : "", out);
    add_member("fetchedAt", fetched, out);
    add_member("reason", row->reason, out);
    str_add_char(out, '}');
}

static bool write_cells(struct sheet *sheet, const struct match_rows *r,
                        const struct matched_row *row, const char *fetched, struct err *e)
{
    const char **cells = mem_array(r->n_sheet, sizeof(*cells));
    struct page page = {0};
    size_t n = 0;
    bool ok;

    if (row->record)
        row_as_cells(r->entity, row->record, r->fields, r->n_fields, &page);
    for (size_t i = 0; i < r->plan->n; i++)
        cells[n++] = row->cells[i];
    for (size_t i = 0; i < r->n_fields; i++)
        cells[n++] = row->record ? page.rows[0].cells[i] : "";
    cells[n++] = row->status;
    cells[n++] = row->record ? row->record->source : "";
    cells[n++] = fetched;
    cells[n] = row->reason;
    ok = sheet_row(sheet, cells, NULL, e);
    page_free(&page);
    free(cells);
    return ok;
}

bool match_row_to_sheet(struct sheet *sheet, bool json, const struct match_rows *r,
                        const struct matched_row *row, struct err *e)
{
    char fetched[CLOCK_ISO_MAX] = "";
    struct str out = {0};
    bool ok;

    if (row->record && row->record->fetched_ms)
        (void)clock_iso(row->record->fetched_ms, fetched);
    if (!json)
        return write_cells(sheet, r, row, fetched, e);
    as_json(r, row, fetched, &out);
    ok = sheet_row(sheet, NULL, out.data, e);
    str_free(&out);
    return ok;
}
