// A line of a file joined with what came of it. Any thread. Floor: flow.
#include "flow/match_row.h"

#include <stdlib.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/str.h"

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
    r.cells = mem_array(most, sizeof(*r.cells));
    r.reader = row_reader_new(s->entity, s->fields, s->n_fields);
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
    row_reader_free(r->reader);
    free(r->cells);
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

static void fill_cells(const struct match_rows *r, const struct matched_row *row,
                       const char *const *found)
{
    size_t n = 0;

    for (size_t i = 0; i < r->plan->n; i++)
        r->cells[n++] = row->cells[i];
    for (size_t i = 0; i < r->n_fields + ROW_NOTES; i++)
        r->cells[n++] = found ? found[i] : "";
    r->cells[r->plan->n + r->n_fields] = row->status;
    r->cells[n] = row->reason;
}

bool match_row_export(const struct match_rows *r, struct export *x, bool json,
                      const struct matched_row *row, struct err *e)
{
    struct export_duties duties = {0};
    const char *const *found = row->record ? row_read(r->reader, row->record, &duties) : NULL;
    struct str out = {0};
    bool ok;

    if (!json) {
        fill_cells(r, row, found);
        return export_row(x, r->cells, NULL, &duties, e);
    }
    as_json(r, row, found ? found[r->n_fields + ROW_NOTES - 1] : "", &out);
    ok = export_row(x, NULL, out.data, &duties, e);
    str_free(&out);
    return ok;
}
