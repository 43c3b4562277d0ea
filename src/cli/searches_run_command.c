// lode searches run: a saved search again, and what is new, changed and gone since. Main thread.
// Floor: cli.
#include "cli/searches_command.h"

#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/asked.h"
#include "flow/columns.h"
#include "cli/exit.h"
#include "cli/output.h"
#include "flow/search.h"
#include "flow/searches.h"

struct again {
    struct invocation *in;
    struct asked asked;
    struct columns columns;
    struct changes changes;
    struct output out;
    const char **cells; // of one line
    size_t n_gone;
    bool only; // rows that changed
};

static bool write_cells(struct again *r, enum row_change change, struct err *e)
{
    r->cells[r->columns.n] = change_name(change);
    return output_row(&r->out, r->cells, NULL, e);
}

static bool take_row(void *self, size_t part, const struct row *row, struct err *e)
{
    struct again *r = self;
    const struct entity *entity = r->asked.query.entity;
    enum row_change change = changes_row(&r->changes, entity, row);

    (void)part;
    if (r->only && change != CHANGE_NEW && change != CHANGE_CHANGED)
        return true;
    for (size_t i = 0; i < r->columns.n; i++)
        r->cells[i] = row->cells[r->columns.from[i] - entity->search.columns];
    return write_cells(r, change, e);
}

static bool write_gone(struct again *r, bool whole, struct err *e)
{
    const struct entity *entity = r->asked.query.entity;
    const struct row_before **gone = changes_gone(&r->changes, whole, &r->n_gone);
    bool ok = true;

    for (size_t g = 0; ok && g < r->n_gone; g++) {
        for (size_t i = 0; i < r->columns.n; i++)
            r->cells[i] = str_eq(r->columns.from[i]->path, entity->id_path) ? gone[g]->id : "";
        ok = write_cells(r, CHANGE_GONE, e);
    }
    free(gone);
    return ok;
}

static void say_changes(const struct again *r, const struct search_summary *sum, bool whole)
{
    char a[COUNT_MAX], b[COUNT_MAX], c[COUNT_MAX];
    const struct app *app = &r->in->app;

    app_say(app, "%s of %s records that match.", count_text(sum->rows, a),
            count_text(sum->hits < 0 ? sum->rows : sum->hits, b));
    if (!r->changes.compares)
        app_say(app, "This is its first run; the next one says what is new, changed and gone.");
    else
        app_say(app, "%s new, %s changed, %s gone since the last run.",
                count_text((long long)r->changes.n_new, a),
                count_text((long long)r->changes.n_changed, b),
                count_text((long long)r->n_gone, c));
    if (r->changes.compares && !r->changes.values)
        app_say(app, "Other columns were kept then: changed rows cannot be told this time.");
    if (r->changes.compares && !(whole && r->changes.was_whole))
        app_say(app, "Not every record was read, now or then: rows may only have moved.");
    if (r->changes.n_rows > CHANGES_KEPT)
        app_say(app, "The first %s rows are kept for comparing.", count_text(CHANGES_KEPT, a));
}

static int finish(struct again *r, const struct search_summary *sum, long long limit)
{
    bool whole = !sum->capped && !sum->reach && (limit < 0 || sum->rows < limit);
    struct err e;

    if (!write_gone(r, whole, &e)) {
        output_abort(&r->out);
        return cli_fail(&e);
    }
    if (!output_close(&r->out, &e) ||
        !changes_keep(&r->in->app, &r->changes, r->asked.query.entity, sum->hits, whole, &e))
        return cli_fail(&e);
    history_remember(&r->in->app, &r->asked.query, sum->hits);
    say_changes(r, sum, whole);
    return sum->capped ? EXIT_PARTLY : EXIT_DONE;
}

static int search(struct again *r, long long limit)
{
    const struct search_operation *op = &r->asked.query.entity->search;
    const struct column **all = mem_array(op->n_columns, sizeof(*all));
    struct search_order order = {.queries = r->asked.parts.items,
                                 .n = r->asked.parts.n,
                                 .want = {.columns = all, .n_columns = op->n_columns},
                                 .limit = limit,
                                 .max_requests = r->asked.max_requests,
                                 .row = take_row,
                                 .self = r};
    struct search_summary sum;
    struct err e;
    int status;

    for (size_t i = 0; i < op->n_columns; i++)
        all[i] = &op->columns[i];
    if (search_run(&r->in->app, &order, &sum, &e)) {
        status = finish(r, &sum, limit);
    } else {
        output_abort(&r->out);
        status = cli_fail(&e);
    }
    free(all);
    return status;
}

static bool prepare(struct again *r, const struct saved *s, struct err *e)
{
    static const struct sheet_column change = {"change", "Change", COLUMN_TEXT};
    const struct search_operation *op = &r->asked.query.entity->search;

    if (!columns_choose(&r->columns, r->asked.query.entity, op->columns, op->n_columns,
                        opt_value(&r->in->opts, "columns", NULL), e))
        return false;
    columns_add(&r->columns, change);
    r->cells = mem_array(r->columns.n + 1, sizeof(*r->cells));
    r->only = opt_has(&r->in->opts, "changes");
    return changes_begin(&r->in->app, s, &r->changes, e) &&
           output_open_named(&r->out, r->in, r->columns.sheet, r->columns.n_sheet, e);
}

static int run_saved(struct again *r, const struct saved *s, long long limit)
{
    struct err e;
    int status = asked_open_text(&r->asked, r->in, s->name, s->text);

    if (status != EXIT_DONE) {
        app_say(&r->in->app, "\"%s\" stays as it is: lode searches show prints it to be mended.",
                s->name);
        return status;
    }
    status = asked_price(&r->asked, r->in);
    if (status == EXIT_DONE)
        status = prepare(r, s, &e) ? search(r, limit) : cli_fail(&e);
    changes_free(&r->changes);
    columns_free(&r->columns);
    free(r->cells);
    asked_close(&r->asked);
    return status;
}

int searches_run_action(struct invocation *in, char **args, size_t n)
{
    const char *given = opt_value(&in->opts, "limit", "all");
    struct again r = {.in = in};
    long long limit = -1;
    struct saved s;
    struct err e;
    int status;

    (void)n;
    if (!str_eq(given, "all") && !opt_int(&in->opts, "limit", 1, 100000000, &limit, &e))
        return cli_fail(&e);
    if (!app_need_net(&in->app, &e) || !searches_find(&in->app, args[0], &s, &e))
        return cli_fail(&e);
    status = run_saved(&r, &s, limit);
    saved_free(&s);
    return status;
}
