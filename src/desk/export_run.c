// An export's work: rows of the table or of the library, into a file that appears whole. On a
// worker. Floor: desk.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "desk/exporting.h"
#include "flow/library.h"
#include "flow/library_find.h"
#include "flow/row.h"
#include "job/cancel.h"

enum { STEP = 256 };

struct writer {
    struct exporting *x;
    struct export *file;
    const struct column **columns; // of what is written; those of a search may have flags behind
    size_t n, n_shown;
    struct row_reader *reader; // of EXPORT_OWNED
    bool json;
    const char **cells; // of a row
};

// One row more; false where the person has stopped it.
static bool counted(struct writer *w, struct err *e)
{
    struct exporting *x = w->x;

    if (x->rows++ % STEP == 0)
        app_step(&x->task.app, "rows", (long long)x->rows,
                 (long long)(x->n_ids ? x->n_ids : table_fetched(x->table)));
    return !cancel_fired(x->task.cancel) || err_set(e, ERR_CANCELLED, "stopped on request");
}

// Of what is not fetched there is the id, and what the library has.
static void fill(struct writer *w, const char *id, long long place)
{
    const struct exporting *x = w->x;
    bool found = place != TABLE_NONE;

    more_sheet_row(&w->x->more, id);
    for (size_t i = 0; i < w->n; i++) {
        const char *cell = more_sheet_cell(&x->more, i, found);

        if (!cell && found)
            cell = table_cell(x->table, (size_t)place, x->more.numbers[i]);
        if (!cell)
            cell = str_eq(w->columns[i]->path, x->entity->id_path) ? id : "";
        w->cells[i] = cell;
    }
}

static bool write_row(struct writer *w, const char *id, long long place, struct err *e)
{
    struct export_duties duties = {0};

    fill(w, id, place);
    for (size_t i = 0; i < w->n; i++)
        duties.do_not_call = duties.do_not_call || ((w->columns[i]->marks & COLUMN_DO_NOT_CALL) &&
                                                    str_eq(w->cells[i], "true"));
    duties.notice_by_ms = w->x->more.notice_by_ms;
    w->x->bare += place == TABLE_NONE;
    return export_row(w->file, w->cells, NULL, &duties, e) && counted(w, e);
}

// Rows with their places, TABLE_NONE where they are not fetched.
struct batch {
    char *ids[STEP]; // owned
    long long places[STEP];
    size_t n;
};

static bool write_batch(struct writer *w, struct batch *b, struct err *e)
{
    bool ok = more_sheet_read(&w->x->more, &w->x->task.app, (const char *const *)b->ids, b->n, e);

    for (size_t i = 0; i < b->n; i++) {
        ok = ok && write_row(w, b->ids[i], b->places[i], e);
        free(b->ids[i]);
    }
    b->n = 0;
    return ok;
}

static bool add_row(struct writer *w, struct batch *b, const char *id, long long place,
                    struct err *e)
{
    b->ids[b->n] = mem_strdup(id);
    b->places[b->n++] = place;
    return b->n < STEP || write_batch(w, b, e);
}

static bool write_fetched(struct writer *w, struct err *e)
{
    struct batch b = {.n = 0};
    bool ok = true;

    for (size_t i = 0; ok && i < table_rows(w->x->table); i++) {
        const char *id = table_id(w->x->table, i);

        ok = !id || add_row(w, &b, id, (long long)i, e);
    }
    return ok && write_batch(w, &b, e);
}

// Places by id, each one higher, so that 0 is none.
static struct map places_of(const struct table *t)
{
    struct map places = {0};

    for (size_t i = 0; i < table_rows(t); i++) {
        const char *id = table_id(t, i);

        if (id)
            (void)map_put(&places, id, (void *)(uintptr_t)(i + 1));
    }
    return places;
}

static bool write_marked(struct writer *w, struct err *e)
{
    struct map places = places_of(w->x->table);
    struct batch b = {.n = 0};
    bool ok = true;

    for (size_t i = 0; ok && i < w->x->n_ids; i++) {
        uintptr_t place = (uintptr_t)map_get(&places, w->x->ids[i]);

        ok = add_row(w, &b, w->x->ids[i], place ? (long long)place - 1 : TABLE_NONE, e);
    }
    ok = ok && write_batch(w, &b, e);
    map_free(&places, NULL);
    return ok;
}

// Which of the catalogue's columns any of the records fills.
struct filled {
    const struct entity *entity;
    const struct column **all;
    bool *has;
};

static bool look(void *self, const struct enriched_row *row, struct err *e)
{
    struct filled *f = self;
    size_t n = f->entity->enrich.n_columns;
    struct page page = {0};

    (void)e;
    row_as_cells(f->entity, row, f->all, n, &page);
    for (size_t i = 0; i < n; i++)
        f->has[i] = f->has[i] || *page.rows[0].cells[i];
    page_free(&page);
    return true;
}

static bool among(const struct writer *w, const struct column *c)
{
    for (size_t i = 0; i < w->n; i++) {
        if (w->columns[i] == c)
            return true;
    }
    return false;
}

// The preset's columns, else all bought fields, and the flags that travel with personal values
// whether there are any or not.
static bool choose_owned(struct writer *w, struct err *e)
{
    struct exporting *x = w->x;
    const struct enrich_operation *op = &x->entity->enrich;
    struct filled f = {x->entity, mem_array(op->n_columns, sizeof(*f.all)),
                       mem_array(op->n_columns, sizeof(*f.has))};
    bool ok, personal = false;

    for (size_t i = 0; i < op->n_columns; i++)
        f.all[i] = &op->columns[i];
    ok = library_each(&x->task.app, x->entity, (const char *const *)x->ids, x->n_ids, look, &f, e);
    w->columns = mem_array(op->n_columns + x->named.n, sizeof(*w->columns));
    for (size_t i = 0; i < op->n_columns; i++)
        f.has[i] = f.has[i] && !x->named.n;
    for (size_t i = 0; i < x->named.n; i++)
        w->columns[w->n++] = x->named.from[i];
    for (size_t i = 0; i < op->n_columns; i++)
        personal = personal || ((f.has[i] || among(w, &op->columns[i])) &&
                                (op->columns[i].marks & COLUMN_PERSONAL));
    for (size_t i = 0; i < op->n_columns; i++) {
        if (among(w, &op->columns[i]))
            continue;
        if (f.has[i] || (personal && (op->columns[i].marks & COLUMN_COMPLIANCE)))
            w->columns[w->n++] = &op->columns[i];
    }
    free(f.all);
    free(f.has);
    return ok;
}

static bool write_owned_row(void *self, const struct enriched_row *row, struct err *e)
{
    struct writer *w = self;

    return row_export(w->reader, w->file, w->json, row, e) && counted(w, e);
}

static bool write_owned(struct writer *w, struct err *e)
{
    struct exporting *x = w->x;
    bool ok = library_each(&x->task.app, x->entity, (const char *const *)x->ids, x->n_ids,
                           write_owned_row, w, e);

    x->missing = x->what == EXPORT_OWNED ? x->n_ids - x->rows : 0;
    if (ok && x->rows == 0)
        return err_set(e, ERR_NOT_FOUND, "none of these %s is owned; no file was written",
                       x->entity->plural);
    return ok;
}

static bool (*const writers[])(struct writer *w, struct err *e) = {
    [EXPORT_MARKED] = write_marked,
    [EXPORT_FETCHED] = write_fetched,
    [EXPORT_OWNED] = write_owned,
    [EXPORT_LIBRARY] = write_owned,
};

static struct sheet_column *headings(const struct writer *w, size_t *n)
{
    struct sheet_column *all = mem_array(w->n_shown + ROW_NOTES, sizeof(*all));

    for (*n = 0; *n < w->n_shown; ++*n)
        all[*n] = *n < w->x->named.n
                      ? w->x->named.sheet[*n]
                      : (struct sheet_column){w->columns[*n]->name, w->columns[*n]->heading,
                                              w->columns[*n]->type};
    for (size_t i = 0; export_of_library(w->x->what) && i < ROW_NOTES; i++)
        all[(*n)++] = row_notes[i];
    return all;
}

static bool finish(struct writer *w, struct err *e)
{
    struct exporting *x = w->x;
    const struct app *a = &x->task.app;
    const struct export_facts facts = {.entity = x->entity->name,
                                       .profile = a->config.profile,
                                       .source = a->config.source,
                                       .basis = str_text(&x->basis),
                                       .filters = x->filters,
                                       .credits = 0,
                                       .at_ms = clock_utc_ms(&a->clock)};

    return export_close(w->file, &facts, &x->result, e);
}

static bool write_file(struct writer *w, struct err *e)
{
    struct exporting *x = w->x;
    struct export_options options = x->options;
    struct sheet_column *columns = headings(w, &options.sheet.n_columns);
    bool ok;

    options.sheet.columns = columns;
    options.path = x->path;
    w->file = export_open(&options, e);
    ok = w->file && writers[x->what](w, e);
    more_sheet_basis(&x->more, &x->basis);
    if (ok)
        ok = finish(w, e);
    else
        export_abort(w->file);
    free(columns);
    return ok;
}

static bool take_id(void *arg, const struct library_row *row)
{
    struct exporting *x = arg;

    if (x->n_ids < x->n_numbers)
        x->ids[x->n_ids++] = mem_strdup(row->owned.id);
    return !cancel_fired(x->task.cancel);
}

// Whom the numbers stand for now; what has gone meanwhile is left out.
static bool find_ids(struct exporting *x, struct err *e)
{
    if (x->what != EXPORT_LIBRARY)
        return true;
    x->ids = mem_array(x->n_numbers, sizeof(*x->ids));
    return library_rows(&x->task.app, x->numbers, x->n_numbers, take_id, x, e);
}

bool export_run(struct task *t)
{
    struct exporting *x = (struct exporting *)t;
    struct writer w = {.x = x,
                       .columns = x->columns,
                       .n = x->n_columns,
                       .n_shown = x->n_shown,
                       .json = sheet_wants_json(x->options.sheet.format)};
    bool owned = export_of_library(x->what);
    bool ok = find_ids(x, &t->err) && (!owned || choose_owned(&w, &t->err));

    if (owned) {
        w.n_shown = w.n;
        w.reader = row_reader_new(x->entity, w.columns, w.n);
    }
    w.cells = mem_array(w.n + 1, sizeof(*w.cells));
    ok = ok && write_file(&w, &t->err);
    row_reader_free(w.reader);
    free(w.cells);
    if (owned)
        free(w.columns);
    return ok;
}
