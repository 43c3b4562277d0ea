// One charge of lode ledger, and what the meters tell of those in doubt. Main thread. Floor: cli.
#include "cli/exit.h"
#include "cli/ledger_command.h"
#include "cli/output.h"
#include "flow/charges.h"
#include "flow/library.h"
#include "flow/reconcile.h"

#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/str.h"

struct showing {
    struct invocation *in;
    const struct sheet_column *columns;
    size_t n_columns;
    bool (*open)(struct output *o, const struct invocation *in, const struct sheet_column *columns,
                 size_t n, struct err *e);
    struct output out;
    struct err err;
    struct charge_records records;
    struct str reason;
    bool found;
    bool (*write)(struct showing *s, const struct ledger_row *row, struct err *e);
};

static bool write_field(struct showing *s, const char *field, const char *value, struct err *e)
{
    const char *cells[] = {field, value};

    return !*value || output_row(&s->out, cells, NULL, e);
}

static void add_fate(const struct charge_record *r, enum charge_state state, struct str *out)
{
    str_addf(out, "%s%s%s: %s", r->shown, *r->label ? ", " : "", r->label,
             charge_fate_shown(r->fate, state));
}

static bool write_record_fields(struct showing *s, const struct ledger_row *row, struct err *e)
{
    struct str text = {0};
    bool ok = true;

    for (size_t i = 0; ok && i < s->records.n; i++) {
        char *field = str_format("Record %zu", i + 1);

        str_clear(&text);
        add_fate(&s->records.items[i], row->state, &text);
        ok = write_field(s, field, str_text(&text), e);
        free(field);
    }
    str_free(&text);
    return ok;
}

// For people a line a cell that says something, then its records; else the row as the list has it.
static bool write_charge(struct showing *s, const struct ledger_row *row, struct err *e)
{
    struct charge_cells c;

    charge_cells(row, &c);
    if (!s->out.table)
        return output_row(&s->out, c.cells, NULL, e);
    for (size_t i = 0; i < c.n; i++) {
        if (!str_eq(charge_columns[i].name, "inputs") &&
            !write_field(s, charge_columns[i].heading, c.cells[i], e))
            return false;
    }
    return write_record_fields(s, row, e);
}

static void add_reason(struct str *out, const struct ledger_row *row)
{
    char began[CLOCK_ISO_MAX], credits[COUNT_MAX], most[COUNT_MAX];

    str_addf(out, "Charge %lld began %s: %s, %s, %s of at most %s credits%s%.600s.",
             (long long)row->id, clock_iso(row->began_ms, began), row->operation,
             charge_state_name(row->state), count_text(row->credits, credits),
             count_text(row->quoted_max, most), *row->reason ? "; " : "", row->reason);
}

static bool write_records(struct showing *s, const struct ledger_row *row, struct err *e)
{
    add_reason(&s->reason, row);
    for (size_t i = 0; i < s->records.n; i++) {
        const struct charge_record *r = &s->records.items[i];
        size_t line = charge_line(row, i);
        const char *cells[] = {r->id, line ? r->shown : "", r->label,
                               charge_fate_shown(r->fate, row->state)};

        if (!output_row(&s->out, cells, NULL, e))
            return false;
    }
    return true;
}

static bool write_one(void *self, const struct ledger_row *row)
{
    struct showing *s = self;

    s->found = true;
    return charges_records(&s->in->app, row, &s->records, &s->err) &&
           s->open(&s->out, s->in, s->columns, s->n_columns, &s->err) && s->write(s, row, &s->err);
}

// The output is opened only once there is such a charge.
static int show(struct showing *s, int64_t charge)
{
    struct err e;

    if (!charges_rows(&s->in->app, &charge, 1, write_one, s, &e))
        s->err = e;
    else if (!s->found)
        (void)err_set(&s->err, ERR_NOT_FOUND, "the ledger has no charge %lld", (long long)charge);
    if (s->err.kind != ERR_NONE)
        output_abort(&s->out);
    else
        (void)output_close(&s->out, &s->err);
    charge_records_free(&s->records);
    return s->err.kind == ERR_NONE ? EXIT_DONE : cli_fail(&s->err);
}

static bool read_number(const char *word, int64_t *out, struct err *e)
{
    long long number;

    if (!str_int64(word, &number) || number < 1)
        return err_set(e, ERR_INVALID, "\"%.20s\" is no number of a charge", word);
    *out = number;
    return true;
}

int ledger_show_action(struct invocation *in, const char *number)
{
    static const struct sheet_column fields[] = {{"field", "Field", COLUMN_TEXT},
                                                 {"value", "Value", COLUMN_TEXT}};
    bool people = str_eq(output_format_name(in), "table");
    struct showing s = {.in = in,
                        .columns = people ? fields : charge_columns,
                        .n_columns = people ? ARRAY_LEN(fields) : charge_columns_count(),
                        .open = output_open_whole,
                        .write = write_charge};
    int64_t charge;
    struct err e;

    return read_number(number, &charge, &e) ? show(&s, charge) : cli_fail(&e);
}

int ledger_records_action(struct invocation *in, const char *number)
{
    static const struct sheet_column columns[] = {{"id", "Id", COLUMN_ID},
                                                  {"line", "Line", COLUMN_TEXT},
                                                  {"name", "Name", COLUMN_TEXT},
                                                  {"outcome", "Outcome", COLUMN_TEXT}};
    struct showing s = {.in = in,
                        .columns = columns,
                        .n_columns = ARRAY_LEN(columns),
                        .open = output_open,
                        .write = write_records};
    int64_t charge;
    struct err e;
    int status;

    if (!read_number(number, &charge, &e))
        return cli_fail(&e);
    status = show(&s, charge);
    if (status == EXIT_DONE)
        app_say(&in->app, "%s", s.reason.data);
    str_free(&s.reason);
    return status;
}

int ledger_answer_action(struct invocation *in, const char *number)
{
    struct str answer = {0};
    int64_t charge;
    struct err e;
    bool ok = read_number(number, &charge, &e) && library_answer(&in->app, charge, &answer, &e);

    if (ok)
        output_bytes(&answer);
    str_free(&answer);
    return ok ? EXIT_DONE : cli_fail(&e);
}

static bool add_asked(void *self, const struct ledger_row *row)
{
    str_add(self, " It asked for ");
    charge_asked_say(row, self);
    str_add_char(self, '.');
    return false;
}

static bool say_one(struct invocation *in, const struct judged *j, struct str *text, struct err *e)
{
    str_add_char(text, ' ');
    judged_why(j, text);
    return charges_rows(&in->app, &j->charge, 1, add_asked, text, e);
}

static bool say_judged(struct invocation *in, const struct judged *all, size_t n, struct err *e)
{
    struct str text = {0};
    bool ok = true;

    for (size_t i = 0; ok && n > 1 && i < n; i++) {
        judged_say(&all[i], &text);
        ok = say_one(in, &all[i], &text, e);
        app_say(&in->app, "%s", text.data);
        str_clear(&text);
    }
    judged_sum(all, n, &text);
    if (ok && n == 1)
        ok = say_one(in, all, &text, e);
    app_say(&in->app, "%s", text.data);
    str_free(&text);
    return ok;
}

int ledger_reconcile_action(struct invocation *in, const char *number)
{
    struct judged *all;
    struct err e;
    size_t n;
    bool ok;

    (void)number;
    if (!reconcile_run(&in->app, &all, &n, &e))
        return cli_fail(&e);
    ok = say_judged(in, all, n, &e);
    free(all);
    if (ok && n)
        app_say(&in->app, "That is by the account's meters, and holds where nobody else used the "
                          "account meanwhile.");
    return ok ? EXIT_DONE : cli_fail(&e);
}
