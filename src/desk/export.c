// Rows to a file, in the background. UI thread, but for the run. Floor: desk.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/count.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/xdg.h"
#include "desk/exporting.h"
#include "flow/preset.h"

bool export_check_path(const char *path, bool replace, struct err *e)
{
    struct stat st;

    if (!*path)
        return err_set(e, ERR_INVALID, "say which file to write");
    if (lstat(path, &st) != 0)
        return true; // what is wrong with its folder is told when it is opened
    if (S_ISDIR(st.st_mode))
        return err_set(e, ERR_INVALID, "%s is a folder", path);
    return replace || err_set(e, ERR_EXISTS, "%s exists; choose another name, or replace it", path);
}

static bool check_rows(const struct desk *d, enum export_what what, struct err *e)
{
    if (what == EXPORT_LIBRARY)
        return (d->library.entity == d->filters.entity && d->library.n) ||
               err_set(e, ERR_INVALID, "nothing is found in the library: look there first");
    if (what == EXPORT_FETCHED)
        return (d->results.table && table_fetched(d->results.table)) ||
               err_set(e, ERR_INVALID, "no rows are fetched: search first");
    return d->marks.n || err_set(e, ERR_INVALID, "nothing is marked: mark rows first");
}

static bool done_partly(const struct exporting *x)
{
    return x->bare || x->missing;
}

static void say_do_not_call(const struct exporting *x, struct str *out)
{
    char n[COUNT_MAX], *apart = export_apart(x->path);

    (void)count_text((long long)x->result.do_not_call, n);
    if (x->result.do_not_call && x->options.dnc == DNC_DROP)
        str_addf(out, " %s with a do-not-call flag were left out.", n);
    else if (x->result.do_not_call && x->options.dnc == DNC_SPLIT)
        str_addf(out, " %s with a do-not-call flag are in %s.", n, apart);
    free(apart);
}

static void say_manifest(const struct exporting *x, struct str *out)
{
    char *path = export_manifest(x->path);

    str_addf(out, " %s beside it says what they are.", file_name(path));
    free(path);
}

void export_ended(struct desk *d, struct task *t, enum err_kind kind, const char *sentence)
{
    if (t->ok) {
        desk_say(d, kind, "%s", sentence);
        (void)snprintf(t->view->said, sizeof(t->view->said), "%s", sentence);
    } else if (t->err.kind == ERR_CANCELLED) {
        desk_say(d, ERR_NONE, "The export was stopped; no file was written.");
    } else {
        desk_tell(d, &t->err);
    }
}

static void say(struct desk *d, struct exporting *x)
{
    struct str out = {0};
    char n[COUNT_MAX];

    str_addf(&out, "%s %s are in %s (%s).", count_text((long long)x->result.rows, n),
             export_of_library(x->what) ? "owned records" : "rows", x->path, str_text(&x->basis));
    if (x->bare)
        str_addf(&out, " Of %s there is the id alone, for their rows are of another search.",
                 count_text((long long)x->bare, n));
    if (x->missing)
        str_addf(&out, " %s of the marked are not owned.", count_text((long long)x->missing, n));
    say_do_not_call(x, &out);
    export_say_notices(&x->result.notices, &out);
    export_say_guarded(x->result.guarded, &out);
    if (x->options.manifest)
        say_manifest(x, &out);
    export_ended(d, &x->task, done_partly(x) ? ERR_NOT_FOUND : ERR_NONE, str_text(&out));
    str_free(&out);
}

static void done(struct desk *d, struct task *t)
{
    if (t->ok)
        say(d, (struct exporting *)t);
    else
        export_ended(d, t, ERR_NONE, "");
}

static void release(struct task *t)
{
    struct exporting *x = (struct exporting *)t;

    for (size_t i = 0; i < x->n_ids; i++)
        free(x->ids[i]);
    free(x->ids);
    free(x->numbers);
    table_free(x->table);
    more_sheet_free(&x->more);
    free(x->columns);
    free(x->path);
    free(x->filters);
    columns_free(&x->named);
    str_free(&x->basis);
}

static const struct task_kind kind = {.name = "export",
                                      .lane = LANE_LONG,
                                      .shown = true,
                                      .run = export_run,
                                      .done = done,
                                      .free = release};

static void copy_marks(struct exporting *x, const struct marks *m)
{
    x->ids = mem_array(m->n, sizeof(*x->ids));
    for (size_t i = 0; i < m->n; i++)
        x->ids[x->n_ids++] = mem_strdup(m->items[i].id);
}

static void add_column(struct exporting *x, const struct column *c)
{
    for (size_t i = 0; i < x->n_columns; i++) {
        if (x->columns[i] == c)
            return;
    }
    x->columns[x->n_columns++] = c;
}

static void add_marked(struct exporting *x, unsigned marks)
{
    for (size_t i = 0; i < x->more.n_all; i++) {
        if (x->more.all[i].marks & marks)
            add_column(x, &x->more.all[i]);
    }
}

static bool is_shown(const struct results *r, size_t column)
{
    for (size_t i = 0; i < r->n_shown; i++) {
        if (r->shown[i].column == column)
            return true;
    }
    return false;
}

// The preset's, else what is shown, after the id where that is not among them; and the flags that
// travel with personal values (FACTS 11).
static void choose_columns(struct exporting *x, const struct results *r)
{
    const struct column *all = x->more.all;
    bool personal = false;

    x->columns = mem_array(x->more.n_all + x->named.n, sizeof(*x->columns));
    for (size_t i = 0; i < x->named.n; i++)
        x->columns[x->n_columns++] = x->named.from[i];
    for (size_t i = 0; !x->named.n && i < r->entity->search.n_columns; i++) {
        if (str_eq(all[i].path, r->entity->id_path) && !is_shown(r, i))
            add_column(x, &all[i]);
    }
    for (size_t i = 0; !x->named.n && i < r->n_shown; i++)
        add_column(x, &all[r->shown[i].column]);
    for (size_t i = 0; i < x->n_columns; i++)
        personal = personal || (x->columns[i]->marks & COLUMN_PERSONAL);
    if (personal)
        add_marked(x, COLUMN_COMPLIANCE);
    x->n_shown = x->n_columns;
    add_marked(x, COLUMN_DO_NOT_CALL);
    more_sheet_choose(&x->more, x->columns, x->n_columns);
}

static void copy_found(struct exporting *x, const struct library_view *v)
{
    char n[COUNT_MAX];

    x->numbers = mem_array(v->n, sizeof(*x->numbers));
    x->n_numbers = v->n;
    memcpy(x->numbers, v->numbers, v->n * sizeof(*x->numbers));
    str_addf(&x->basis, "%s found in the library", count_text((long long)v->n, n));
}

static void gather(struct desk *d, struct exporting *x)
{
    const struct results *r = &d->results;
    char n[COUNT_MAX];

    if (x->what == EXPORT_LIBRARY) {
        copy_found(x, &d->library);
    } else if (x->what != EXPORT_FETCHED) {
        copy_marks(x, &d->marks);
        str_addf(&x->basis, "%s marked", count_text((long long)x->n_ids, n));
    } else {
        desk_basis(d, &x->basis);
    }
    if (export_of_library(x->what))
        return;
    choose_columns(x, r);
    x->table = r->table ? table_share(r->table) : table_new(r->entity->search.n_columns, 1);
}

// The columns of the order's preset.
static bool read_preset(const struct entity *entity, const struct column *all, size_t n,
                        const struct export_order *order, struct columns *out, struct err *e)
{
    struct str names = {0};
    bool ok = !order->preset || preset_get(order->preset, entity, &names, e);

    *out = (struct columns){0};
    ok = ok && (!names.len || columns_choose(out, entity, all, n, names.data, e));
    if (ok && names.len && !out->n)
        ok = err_set(e, ERR_INVALID, "the preset %s names no column that these rows have",
                     order->preset);
    str_free(&names);
    return ok;
}

static void tell_filters(const struct desk *d, struct exporting *x)
{
    struct str text = {0};

    if (x->what == EXPORT_LIBRARY)
        str_add(&text, d->library.typed ? d->library.typed : "");
    else
        desk_filters_text(d, &text);
    x->filters = str_take(&text);
}

// The rows and what stands beside them.
static bool check_files(const struct export_order *order, const char *path, struct err *e)
{
    char *manifest = export_manifest(path);
    bool ok = export_check_path(path, order->replace, e) &&
              (!order->manifest || export_check_path(manifest, order->replace, e));

    free(manifest);
    return ok;
}

static bool check_order(const struct desk *d, const struct export_order *order, const char *path,
                        struct err *e)
{
    if (!sheet_format_find(order->format) || str_eq(order->format, "table"))
        return err_set(e, ERR_INVALID, "a file is csv, tsv, json, jsonl or sqlite, not \"%.20s\"",
                       order->format);
    if (!d->private->open)
        return err_set(e, ERR_REFUSED, "the account is not open yet; wait a moment");
    return check_rows(d, order->what, e) && check_files(order, path, e);
}

// A task that has what its rows can have, and the columns of the preset among them.
static struct exporting *begin(struct desk *d, const struct export_order *order, struct err *e)
{
    const struct entity *entity = desk_seat(d)->entity;
    bool owned = export_of_library(order->what);
    struct more_sheet more = {0};
    struct columns named;
    struct exporting *x;

    if (!owned)
        more_sheet_open(&more, &d->results.query);
    if (!read_preset(entity, owned ? entity->enrich.columns : more.all,
                     owned ? entity->enrich.n_columns : more.n_all, order, &named, e)) {
        more_sheet_free(&more);
        return NULL;
    }
    x = task_new(d, &kind, sizeof(*x), NULL);
    x->entity = entity;
    x->what = order->what;
    x->more = more;
    x->named = named;
    return x;
}

bool desk_export(struct desk *d, const struct export_order *order, struct err *e)
{
    char *path = xdg_home_path(order->path);
    struct exporting *x = check_order(d, order, path, e) ? begin(d, order, e) : NULL;

    if (!x) {
        free(path);
        return false;
    }
    x->options = (struct export_options){
        .sheet = {.format = sheet_format_find(order->format),
                  .raw_formula = order->raw_formulas,
                  .crlf = order->crlf,
                  .bom = order->bom},
        .replace = order->replace,
        .manifest = order->manifest,
        .dnc = order->dnc,
    };
    x->path = path;
    tell_filters(d, x);
    gather(d, x);
    task_label(&x->task, "export to %.80s", path);
    task_start(&x->task);
    return true;
}
