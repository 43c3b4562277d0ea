// lode search, lode count. Main thread. Floor: cli.
#include "cli/asked.h"
#include "cli/columns.h"
#include "cli/command.h"
#include "cli/exit.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "flow/reach.h"
#include "flow/search.h"
#include "model/query_text.h"

#include <stdio.h>

#include "base/count.h"
#include "base/str.h"

enum { USUAL_LIMIT = 25 };

// Reads the search and makes it fit to be sent. With --as-text it is printed instead, and *done
// set.
static int prepare(struct invocation *in, struct query *q, bool *done)
{
    struct str text = {0};
    int status = asked_read(in, q);

    if (status != EXIT_DONE)
        return status;
    *done = opt_has(&in->opts, "as-text");
    if (*done)
        query_write(q, &text); // as people say it
    status = asked_settle(in, q);
    if (status == EXIT_DONE)
        (void)fputs(str_text(&text), stdout);
    if (status != EXIT_DONE || *done)
        query_free(q);
    str_free(&text);
    return status;
}

// Before rows are asked for, or where a count is all that is wanted.
static void say_reach(struct invocation *in, const struct entity *entity, long long rows)
{
    long long reach = reach_of(&in->app, entity);
    char text[COUNT_MAX];

    if (rows > reach)
        app_say(&in->app,
                "Paging reaches only the first %s of them; narrow the search to see more.",
                count_text(reach, text));
}

int command_count(struct invocation *in)
{
    struct err e;
    struct query q;
    long long hits;
    bool ok, done;
    int status = prepare(in, &q, &done);

    if (status != EXIT_DONE || done)
        return status;
    ok = search_count(&in->app, &q, &hits, &e);
    if (ok) {
        (void)printf("%lld\n", hits);
        say_reach(in, q.entity, hits);
    }
    query_free(&q);
    return ok ? EXIT_DONE : cli_fail(&e);
}

static bool read_limit(const struct invocation *in, long long *limit, struct err *e)
{
    *limit = USUAL_LIMIT;
    if (str_eq(opt_value(&in->opts, "limit", ""), "all")) {
        *limit = -1;
        return true;
    }
    return opt_int(&in->opts, "limit", 0, 100000000, limit, e);
}

static bool write_row(void *self, const struct row *row, struct err *e)
{
    return output_row(self, row->cells, row->raw, e);
}

static void say_summary(const struct invocation *in, const struct search_summary *sum)
{
    char rows[COUNT_MAX], hits[COUNT_MAX], reach[COUNT_MAX];

    if (sum->hits >= 0)
        app_say(&in->app, "%s of %s records that match.", count_text(sum->rows, rows),
                count_text(sum->hits, hits));
    if (sum->duplicates)
        app_say(&in->app, "%s rows came twice while pages shifted and were dropped.",
                count_text(sum->duplicates, rows));
    if (sum->reach)
        app_say(&in->app, "Paging reaches only the first %s; narrow the search to see the rest.",
                count_text(sum->reach, reach));
}

static int run_search(struct invocation *in, const struct query *q, const struct columns *columns,
                      long long limit)
{
    bool json = output_wants_json(in);
    struct output out;
    struct search_order order = {.query = q,
                                 .want = {.columns = columns->from,
                                          .n_columns = columns->n,
                                          .raw = json,
                                          .picked = opt_has(&in->opts, "columns")},
                                 .limit = limit,
                                 .row = write_row,
                                 .self = &out};
    struct search_summary sum;
    struct err e, late;

    if (!output_open(&out, in, columns->sheet, columns->n_sheet, &e))
        return cli_fail(&e);
    if (!search_run(&in->app, &order, &sum, &e)) {
        // What came is kept where it can be: a stream has it already, a file must not look whole.
        output_abort(&out);
        say_summary(in, &sum);
        return out.rows && !out.to_file && e.kind != ERR_CANCELLED ? (cli_fail(&e), EXIT_PARTLY)
                                                                   : cli_fail(&e);
    }
    if (!output_close(&out, &late))
        return cli_fail(&late);
    say_summary(in, &sum);
    return EXIT_DONE;
}

static int search_columns(struct invocation *in, const struct query *q, long long limit)
{
    const struct search_operation *op = &q->entity->search;
    struct columns columns;
    struct err e;
    int status;

    if (!columns_choose(&columns, q->entity, op->columns, op->n_columns,
                        opt_value(&in->opts, "columns", NULL), &e))
        return cli_fail(&e);
    status = run_search(in, q, &columns, limit);
    columns_free(&columns);
    return status;
}

int command_search(struct invocation *in)
{
    struct err e;
    struct query q;
    long long limit;
    bool done;
    int status;

    if (!read_limit(in, &limit, &e))
        return cli_fail(&e);
    status = prepare(in, &q, &done);
    if (status != EXIT_DONE || done)
        return status;
    say_reach(in, q.entity, limit);
    status = search_columns(in, &q, limit);
    query_free(&q);
    return status;
}
