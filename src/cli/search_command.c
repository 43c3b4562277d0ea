// lode search, lode count. Main thread. Floor: cli.
#include "cli/columns.h"
#include "cli/command.h"
#include "cli/exit.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "flow/lists.h"
#include "flow/search.h"

#include <stdio.h>

#include "base/count.h"
#include "base/str.h"

enum { USUAL_LIMIT = 25 };

static void say_remarks(const struct invocation *in, const struct query *q)
{
    struct str text = {0};
    const char *line = NULL;

    query_remarks(q, &text);
    for (char *p = text.data; p && *p; p += *p == '\n') {
        size_t len = 0;

        line = p;
        while (p[len] && p[len] != '\n')
            len++;
        app_say(&in->app, "%.*s", (int)len, line);
        p += len;
    }
    str_free(&text);
}

// The query of --where and --sort: parsed, resolved by the lookups, checked.
static bool read_query(struct invocation *in, const struct entity *entity, struct query *q,
                       struct err *e)
{
    const char *sort = opt_value(&in->opts, "sort", NULL);
    bool ok = true;

    *q = query_new(entity);
    for (size_t i = 0; ok && i < in->opts.n_seen; i++) {
        if (str_eq(in->opts.seen[i].opt->name, "where"))
            ok = query_where(q, in->opts.seen[i].value, e);
    }
    ok = ok && (!sort || query_sort(q, sort, e)) && lists_resolve(&in->app, q, e) &&
         query_check(q, e);
    if (ok)
        say_remarks(in, q);
    else
        query_free(q);
    return ok;
}

int command_count(struct invocation *in)
{
    struct err e;
    const struct entity *entity = invocation_entity(in, &e);
    struct query q;
    long long hits;
    bool ok;

    if (!entity || !read_query(in, entity, &q, &e))
        return cli_fail(&e);
    ok = search_count(&in->app, &q, &hits, &e);
    query_free(&q);
    if (!ok)
        return cli_fail(&e);
    (void)printf("%lld\n", hits);
    return EXIT_DONE;
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

int command_search(struct invocation *in)
{
    struct err e;
    const struct entity *entity = invocation_entity(in, &e);
    struct columns columns;
    struct query q;
    long long limit;
    int status;

    if (!entity || !read_limit(in, &limit, &e) ||
        !columns_choose(&columns, entity, entity->search.columns, entity->search.n_columns,
                        opt_value(&in->opts, "columns", NULL), &e))
        return cli_fail(&e);
    if (read_query(in, entity, &q, &e)) {
        status = run_search(in, &q, &columns, limit);
        query_free(&q);
    } else {
        status = cli_fail(&e);
    }
    columns_free(&columns);
    return status;
}
