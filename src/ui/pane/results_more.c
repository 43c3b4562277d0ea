// What the results pane does for commands beside moving and marking: order, filter, groups, jumps,
// the clipboard. UI thread. Floor: ui/pane.
#include <limits.h>
#include <stdlib.h>

#include "base/count.h"
#include "base/csv.h"
#include "ui/pane/actions.h"
#include "ui/pane/results_pane.h"

enum { COPY_MAX = 1 << 20 }; // more goes to a file

static const struct table *table_of(const struct pane *p)
{
    return p->desk->results.table;
}

static bool no_rows(struct err *e)
{
    return err_set(e, ERR_INVALID, "there is no fetched row here");
}

const char *results_server_order(const struct results *now, size_t column)
{
    const struct column *c = desk_column(now, column);

    for (const char *const *s = now->entity->search.sorts; *s; s++) {
        if (str_eq(*s, c->name) || str_eq(*s, c->path))
            return *s;
    }
    return NULL;
}

// By the server where it can and there are rows that are not fetched; else those that are.
static bool sort_by(struct results_pane *r, size_t column, bool ascending, bool more, struct err *e)
{
    struct desk *d = r->pane.desk;
    const struct results *now = &d->results;
    const char *field = results_server_order(now, column);
    bool here = desk_column_source(now, column) == COLUMN_OF_SEARCH;

    if (desk_column_source(now, column) == COLUMN_OF_FILTER)
        return err_set(e, ERR_INVALID, "%s is alike in all rows",
                       desk_column(now, column)->heading);
    if (more || !field || now->gathered || (here && table_missing(now->table, 0) == 0) ||
        d->state != DESK_READY) {
        desk_sort(d, column, ascending, more);
        return true;
    }
    host_say(r->pane.host, ROLE_TEXT, "The server orders all hits by %s: one request.",
             desk_column(now, column)->heading);
    return desk_search_sorted(d, field, ascending, e);
}

static bool is_sorted(const struct desk *d, size_t column, bool ascending)
{
    const struct query *q = &d->results.query;
    const char *field = results_server_order(&d->results, column);
    bool is;

    if (d->results.n_keys)
        return desk_sorted(d, column, &is) && is == ascending;
    return !d->results.gathered && q->sort_by && field && q->ascending == ascending &&
           str_eq(q->sort_by, field);
}

bool results_sort(struct results_pane *r, size_t at, bool ascending, bool more, struct err *e)
{
    const struct shown_column *c = results_column(r, at);
    struct desk *d = r->pane.desk;

    if (!c || !table_of(&r->pane))
        return no_rows(e);
    r->pane.dirty = true;
    if (more || !is_sorted(d, c->column, ascending))
        return sort_by(r, c->column, ascending, more, e);
    if (d->results.n_keys) {
        desk_unsort(d);
        return true;
    }
    host_say(r->pane.host, ROLE_TEXT, "The server's own order again: one request.");
    return desk_search_sorted(d, NULL, false, e);
}

bool results_sort_column(struct results_pane *r, size_t column, bool ascending, struct err *e)
{
    r->pane.dirty = true;
    return sort_by(r, column, ascending, false, e);
}

bool results_sort_up_more(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    return results_sort(results_of(p), results_of(p)->view.at, true, true, e);
}

bool results_sort_down_more(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    return results_sort(results_of(p), results_of(p)->view.at, false, true, e);
}

bool results_filter(struct pane *p, const struct line *line, struct err *e)
{
    struct str text = {0};
    bool ok;

    action_text(line, &text);
    ok = desk_filter_rows(p->desk, str_text(&text), e);
    str_free(&text);
    return ok;
}

bool results_all_rows(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    if (!p->desk->results.filter)
        return err_set(e, ERR_INVALID, "all fetched rows are shown already");
    desk_filter_drop(p->desk);
    return true;
}

bool results_group(struct pane *p, const struct line *line, struct err *e)
{
    struct results_pane *r = results_of(p);
    const struct shown_column *shown = results_column(r, r->view.at);
    size_t column = shown ? shown->column : SIZE_MAX;
    struct str name = {0};
    bool ok;

    action_text(line, &name);
    if (name.len)
        column = desk_column_find(&p->desk->results, str_text(&name));
    ok = column != SIZE_MAX
             ? desk_group(p->desk, column, e)
             : err_set(e, ERR_INVALID, "there is no column \"%.60s\" to count", str_text(&name));
    str_free(&name);
    if (ok)
        host_open(p->host, "groups");
    return ok;
}

// A row's number as it is typed, or as it is shown: "5,000". What is more than there can be is
// LLONG_MAX.
static bool read_row(const char *text, long long *row)
{
    bool minus = *text == '-', digits = false;

    *row = 0;
    for (text += minus; (*text >= '0' && *text <= '9') || (*text == ',' && digits); text++) {
        int digit = *text - '0';

        digits = true;
        if (*text != ',')
            *row = *row > (LLONG_MAX - digit) / 10 ? LLONG_MAX : *row * 10 + digit;
    }
    *row = minus ? -*row : *row;
    return digits && !*text;
}

// Which rows there are.
static void add_rows(const struct pane *p, size_t rows, struct str *out)
{
    char n[COUNT_MAX], key[KEY_TEXT_MAX];

    if (rows == 0)
        str_addf(out, "no row is shown; %s shows all again", key_text(p, "all-rows", key));
    else if (rows == 1)
        str_add(out, "there is row 1 alone");
    else
        str_addf(out, "there are rows 1 to %s%s", count_text((long long)rows, n),
                 p->desk->results.reach ? ", and paging reaches no further" : "");
}

bool results_goto(struct pane *p, const struct line *line, struct err *e)
{
    size_t rows = table_of(p) ? table_rows(table_of(p)) : 0;
    const char *text = line->words[1].text;
    bool ok, is_number;
    struct str there = {0};
    long long row;

    add_rows(p, rows, &there);
    is_number = read_row(text, &row);
    ok = is_number && row >= 1 && (unsigned long long)row <= rows;
    if (ok)
        desk_go_to(p->desk, (size_t)row - 1);
    else if (!is_number)
        (void)err_set(e, ERR_INVALID, "\"%.40s\" is no number of a row: %s", text,
                      str_text(&there));
    else
        (void)err_set(e, ERR_INVALID, "there is no row %.40s: %s", text, str_text(&there));
    str_free(&there);
    return ok;
}

bool results_mark_same(struct pane *p, const struct line *line, struct err *e)
{
    struct results_pane *r = results_of(p);
    const struct shown_column *c = results_column(r, r->view.at);

    (void)line;
    return c ? desk_mark_same(p->desk, r->view.rows.at, c->column, e) : no_rows(e);
}

// The cells that are shown, tabs between; nothing that a spreadsheet would run. Of a row that is
// not fetched the id.
static bool add_row(const struct desk *d, const char *id, struct str *out)
{
    const struct results *now = &d->results;
    static const struct csv_style style = {.separator = '\t'};
    uint64_t guarded = 0;
    bool there = now->table && table_cell_of(now->table, id, 0);

    for (size_t i = 0; i < now->n_shown; i++) {
        size_t column = now->shown[i].column;
        const struct column *c = desk_column(now, column);
        const char *cell = now->table ? desk_cell_of(d, id, column) : NULL;

        if (!cell)
            cell = str_eq(c->path, now->entity->id_path) ? id : "";
        csv_cell(out, &style, cell, i == 0, &guarded);
    }
    csv_line_end(out, &style);
    return there;
}

bool results_copy_row(struct pane *p, const struct line *line, struct err *e)
{
    size_t at = results_of(p)->view.rows.at;
    struct str row = {0};

    (void)line;
    if (!table_of(p) || !table_id(table_of(p), at))
        return no_rows(e);
    (void)add_row(p->desk, table_id(table_of(p), at), &row);
    str_cut(&row, row.len - 1); // its line end
    copy_told(p->desk, p->host, str_text(&row), "the row, tabs between");
    str_free(&row);
    return true;
}

// What the library knows is known of rows that were looked at.
static bool unlooked(const struct results *now, const char *id)
{
    long long place = table_place(now->table, id);
    const struct row_note *note =
        place == TABLE_NONE ? NULL : table_note(now->table, (size_t)place);

    for (size_t i = 0; i < now->n_shown; i++) {
        if (desk_column_source(now, now->shown[i].column) == COLUMN_OF_LIBRARY)
            return !map_has(&now->known, id) && (!note || note->free_until > 0);
    }
    return false;
}

static void add_headings(const struct results *now, struct str *out)
{
    for (size_t i = 0; i < now->n_shown; i++)
        str_addf(out, "%s%s", i ? "\t" : "", desk_column(now, now->shown[i].column)->heading);
    str_add_char(out, '\n');
}

bool results_copy_marked(struct pane *p, const struct line *line, struct err *e)
{
    const struct results *now = &p->desk->results;
    const struct marks *m = &p->desk->marks;
    struct str rows = {0};
    size_t bare = 0, unknown = 0;
    char n[COUNT_MAX], *what;

    (void)line;
    add_headings(now, &rows);
    for (size_t i = 0; i < m->n && rows.len < COPY_MAX; i++) {
        bare += !add_row(p->desk, m->items[i].id, &rows);
        unknown += now->table && unlooked(now, m->items[i].id);
    }
    if (rows.len >= COPY_MAX) {
        str_free(&rows);
        return err_set(e, ERR_INVALID, "so many rows are too much for a clipboard: export them");
    }
    what = str_format("%s marked rows, tabs between%s%s", count_text((long long)m->n, n),
                      bare ? "; those that are not fetched with their id alone" : "",
                      unknown ? "; what the library has only of rows that were looked at: an "
                                "export has it of all"
                              : "");
    copy_told(p->desk, p->host, str_text(&rows), what);
    free(what);
    str_free(&rows);
    return true;
}
