// lode search, lode count. Main thread. Floor: cli.
#include "cli/asked.h"
#include "flow/columns.h"
#include "cli/command.h"
#include "cli/exit.h"
#include "cli/output.h"
#include "cli/preset.h"
#include "cli/progress.h"
#include "cli/waterfall_command.h"
#include "flow/more_sheet.h"
#include "flow/reach.h"
#include "flow/search.h"
#include "flow/searches.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/str.h"

enum { USUAL_LIMIT = 25 };

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

// The counts of all parts.
struct counts {
    struct asked *asked;
    long long *hits;
    long long sum;
};

static bool take_count(void *self, size_t part, long long hits, const struct err *why,
                       struct err *e)
{
    struct counts *c = self;

    if (why) {
        *e = *why;
        return false;
    }
    c->hits[part] = hits;
    c->sum += hits;
    return true;
}

static int count_parts(struct invocation *in, struct asked *a)
{
    struct counts c = {a, mem_array(a->parts.n, sizeof(*c.hits)), 0};
    const struct count_order order = {a->parts.items, a->parts.n, take_count, &c};
    struct err e;
    int status = EXIT_DONE;

    if (search_counts(&in->app, &order, &e)) {
        (void)printf("%lld\n", c.sum);
        if (c.sum == 0)
            asked_say_none(in);
        else if (a->parts.n == 1)
            say_reach(in, a->query.entity, c.sum);
        else
            app_say(&in->app, "A record that several of the searches find is counted by each.");
        status = loaded_tell(&a->loaded, in, c.hits, false);
    } else {
        status = cli_fail(&e);
    }
    free(c.hits);
    return status;
}

// One number goes nowhere but to standard output.
static bool output_fits(const struct invocation *in, struct err *e)
{
    static const char *const names[] = {"output", "format", "raw-formulas"};

    if (opt_has(&in->opts, "waterfall") || opt_has(&in->opts, "split"))
        return true;
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        if (opt_has(&in->opts, names[i]))
            return err_set(e, ERR_INVALID,
                           "lode count takes no --%s but with --waterfall or --split", names[i]);
    }
    return true;
}

int command_count(struct invocation *in)
{
    struct asked a;
    struct err e;
    int status;

    if (!output_fits(in, &e))
        return cli_fail(&e);
    status = asked_open(&a, in);
    if (status != EXIT_DONE)
        return status;
    if (opt_has(&in->opts, "as-text"))
        (void)fputs(str_text(&a.text), stdout);
    else if (opt_has(&in->opts, "waterfall"))
        status = waterfall_show(in, &a);
    else if (opt_has(&in->opts, "split"))
        status = split_show(in, &a);
    else if ((status = asked_price(&a, in)) == EXIT_DONE)
        status = count_parts(in, &a);
    asked_close(&a);
    return status;
}

static bool read_limit(const struct invocation *in, long long *limit, struct err *e)
{
    *limit = opt_has(&in->opts, "split") ? -1 : USUAL_LIMIT;
    if (str_eq(opt_value(&in->opts, "limit", ""), "all")) {
        *limit = -1;
        return true;
    }
    return opt_int(&in->opts, "limit", 0, 100000000, limit, e);
}

// A search under way to an output.
struct running {
    struct invocation *in;
    struct asked *asked;
    struct columns columns;     // those shown, then those that only tell which values were found
    struct more_sheet more;     // what the search does not tell, where that is asked for
    const struct column **read; // what pages are read for, one a column; owned
    const char **line;          // of a row, where not all is of its page; owned
    size_t *cells;              // of each list, in columns; SIZE_MAX: none
    long long *hits;            // of each part
    long long limit;
    struct output out;
};

static struct export_duties duties_of(const struct columns *c, const char *const *cells)
{
    struct export_duties duties = {0};

    for (size_t i = 0; i < c->n; i++)
        duties.do_not_call |= (c->from[i]->marks & COLUMN_DO_NOT_CALL) && str_eq(cells[i], "true");
    return duties;
}

// A row with what its filters and the library say of it.
static bool write_more(struct running *r, const struct row *row, struct err *e)
{
    if (!more_sheet_read(&r->more, &r->in->app, &row->id, 1, e))
        return false;
    more_sheet_row(&r->more, row->id);
    for (size_t i = 0; i < r->columns.n; i++) {
        const char *cell = more_sheet_cell(&r->more, i, true);

        r->line[i] = cell ? cell : row->cells[i];
    }
    return output_record(&r->out, r->line, NULL, duties_of(&r->columns, r->line), e);
}

static bool write_row(void *self, size_t part, const struct row *row, struct err *e)
{
    struct running *r = self;

    for (size_t i = 0; i < r->asked->loaded.lists.len; i++) {
        if (r->cells[i] != SIZE_MAX)
            value_match_row(&r->asked->loaded.matches.items[i], part, row->cells[r->cells[i]]);
    }
    if (!more_sheet_any(&r->more))
        return output_record(&r->out, row->cells, row->raw, duties_of(&r->columns, row->cells), e);
    return write_more(r, row, e);
}

// What columns stand on that the search did not tell.
static void say_more(const struct running *r)
{
    struct str text = {0};

    more_sheet_basis(&r->more, &text);
    if (text.len)
        app_say(&r->in->app, "Beyond the search: %s.", text.data + 2);
    str_free(&text);
}

static void tell_facts(struct running *r, const struct search_summary *sum, struct str *basis)
{
    char rows[COUNT_MAX], hits[COUNT_MAX];

    (void)count_text(sum->rows, rows);
    str_addf(basis, "%s of %s records that match", rows,
             sum->hits >= 0 ? count_text(sum->hits, hits) : "an unknown number of");
    more_sheet_basis(&r->more, basis);
    r->out.facts = (struct export_facts){.entity = r->asked->query.entity->name,
                                         .profile = r->in->app.config.profile,
                                         .source = r->in->app.config.source,
                                         .basis = basis->data,
                                         .filters = str_text(&r->asked->text),
                                         .credits = 0};
}

static int end_run(struct running *r, const struct search_summary *sum)
{
    struct str basis = {0};
    bool closed;
    const struct asked *a = r->asked;
    bool whole = !sum->capped && !sum->reach && (r->limit < 0 || sum->rows < r->limit);
    char n[COUNT_WORDS_MAX];
    struct err e;
    int status;

    tell_facts(r, sum, &basis);
    closed = output_close(&r->out, &e);
    str_free(&basis);
    if (!closed)
        return cli_fail(&e);
    history_remember(&r->in->app, &a->query, sum->hits);
    asked_say(r->in, sum);
    say_more(r);
    if (a->parts.n > 1 || a->max_requests)
        app_say(&r->in->app, "%s %s made.", count_words(sum->requests, "request", n),
                sum->requests == 1 ? "was" : "were");
    status = loaded_tell(&r->asked->loaded, r->in, r->hits, whole);
    return status == EXIT_DONE && sum->capped ? EXIT_PARTLY : status;
}

static int run(struct running *r)
{
    const struct asked *a = r->asked;
    struct search_order order = {
        .queries = a->parts.items,
        .n = a->parts.n,
        .want = {.columns = r->read,
                 .n_columns = r->columns.n,
                 .raw = output_wants_json(r->in) && !more_sheet_any(&r->more),
                 .picked = opt_has(&r->in->opts, "columns")},
        .limit = r->limit,
        .max_requests = a->max_requests,
        .row = write_row,
        .self = r,
        .hits = r->hits};
    struct search_summary sum;
    struct err e;

    if (search_run(&r->in->app, &order, &sum, &e))
        return end_run(r, &sum);
    // What came is kept where it can be: a stream has it already, a file must not look whole.
    output_abort(&r->out);
    asked_say(r->in, &sum);
    return r->out.rows && !r->out.to_file && e.kind != ERR_CANCELLED ? (cli_fail(&e), EXIT_PARTLY)
                                                                     : cli_fail(&e);
}

// Where the lists' values stand in a row: in a column that is shown, else in one asked for behind
// them; not where that would show among the columns picked of JSON.
static void find_cells(struct running *r)
{
    struct columns *c = &r->columns;
    bool picked = output_wants_json(r->in) && opt_has(&r->in->opts, "columns");

    for (size_t i = 0; i < r->asked->loaded.lists.len; i++) {
        const struct column *column = loaded_column(&r->asked->loaded, i);
        size_t at = 0;

        while (at < c->n && c->from[at] != column)
            at++;
        if (column && at == c->n && !picked)
            columns_hide(c, column);
        r->cells[i] = column && at < c->n ? at : SIZE_MAX;
    }
}

// The flags are asked for where rows go by them, shown or not.
static void hide_flags(struct running *r)
{
    const struct search_operation *op = &r->asked->query.entity->search;

    for (size_t i = 0; output_dnc(r->in) != DNC_KEEP && i < op->n_columns; i++) {
        bool there = !(op->columns[i].marks & COLUMN_DO_NOT_CALL);

        for (size_t k = 0; k < r->columns.n; k++)
            there = there || r->columns.from[k] == &op->columns[i];
        if (!there)
            columns_hide(&r->columns, &op->columns[i]);
    }
}

// The usual ones are the search's; those that are named may be any that such rows can have. The
// search's are the catalogue's own here.
static bool choose_columns(struct running *r, struct err *e)
{
    const struct entity *entity = r->asked->query.entity;
    const struct search_operation *op = &entity->search;
    bool named = opt_has(&r->in->opts, "columns") || opt_has(&r->in->opts, "preset");

    more_sheet_open(&r->more, &r->asked->query);
    if (!preset_columns(&r->columns, r->in, entity, "columns", r->more.all,
                        named ? r->more.n_all : op->n_columns, e))
        return false;
    for (size_t i = 0; i < r->columns.n; i++) {
        size_t at = (size_t)(r->columns.from[i] - r->more.all);

        if (at < op->n_columns)
            r->columns.from[i] = &op->columns[at];
    }
    return true;
}

// Of a page only what it has is read.
static void choose_read(struct running *r)
{
    const struct search_operation *op = &r->asked->query.entity->search;

    more_sheet_choose(&r->more, r->columns.from, r->columns.n);
    r->line = mem_array(r->columns.n + 1, sizeof(*r->line));
    r->read = mem_array(r->columns.n + 1, sizeof(*r->read));
    for (size_t i = 0; i < r->columns.n; i++)
        r->read[i] = more_sheet_cell(&r->more, i, false) ? &op->columns[0] : r->columns.from[i];
}

static int run_search(struct invocation *in, struct asked *a, long long limit)
{
    struct running r = {.in = in, .asked = a, .limit = limit};
    struct err e;
    int status;

    if (!choose_columns(&r, &e)) {
        more_sheet_free(&r.more);
        return cli_fail(&e);
    }
    hide_flags(&r);
    r.cells = mem_array(a->loaded.lists.len, sizeof(*r.cells));
    r.hits = mem_array(a->parts.n, sizeof(*r.hits));
    find_cells(&r);
    choose_read(&r);
    status = output_open_named(&r.out, in, r.columns.sheet, r.columns.n_sheet, &e) ? run(&r)
                                                                                   : cli_fail(&e);
    free(r.hits);
    free(r.cells);
    free(r.line);
    free(r.read);
    columns_free(&r.columns);
    more_sheet_free(&r.more);
    return status;
}

int command_search(struct invocation *in)
{
    struct asked a;
    struct err e;
    long long limit;
    int status;

    if (!read_limit(in, &limit, &e))
        return cli_fail(&e);
    status = asked_open(&a, in);
    if (status != EXIT_DONE)
        return status;
    if (opt_has(&in->opts, "as-text")) {
        (void)fputs(str_text(&a.text), stdout);
    } else if ((status = opt_has(&in->opts, "split") ? split_parts(in, &a) : asked_price(&a, in)) ==
               EXIT_DONE) {
        if (a.parts.n == 1)
            say_reach(in, a.query.entity, limit);
        status = run_search(in, &a, limit);
    }
    asked_close(&a);
    return status;
}
