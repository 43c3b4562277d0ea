// lode ledger. Main thread. Floor: cli.
#include "cli/ledger_command.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/near.h"
#include "base/str.h"
#include "cli/exit.h"
#include "cli/output.h"
#include "flow/charges.h"
#include "flow/library.h"
#include "model/date.h"

enum { DAY_LEN = 10 };

// Which charges are wanted.
struct sieve {
    const char *operation, *since, *until; // NULL: any
};

struct listing {
    struct output out;
    struct err err;
    struct sieve sieve;
    struct sheet_column columns[CHARGE_CELLS];
    size_t of[CHARGE_CELLS], n;  // places in charge_columns
    struct ledger_totals totals; // of what is listed
};

// What a terminal shows, as far as it is wide enough: what matters most first.
static const char *const shown[] = {"charge",    "began",  "state",          "credits",
                                    "quotedMax", "why",    "operation",      "recordsSent",
                                    "chosenIn",  "reason", "creditsByMeter", NULL};

// -1 where nothing is asked for.
static bool read_state(const struct invocation *in, int *state, struct err *e)
{
    const char *given = opt_value(&in->opts, "state", NULL);

    *state = -1;
    return !given || charge_state_read(given, state, e);
}

static bool read_sieve(const struct invocation *in, struct sieve *s, struct err *e)
{
    static const char *const days[] = {"since", "until"};

    for (size_t i = 0; i < ARRAY_LEN(days); i++) {
        const char *day = opt_value(&in->opts, days[i], NULL);

        if (day && !date_valid(day))
            return err_set(e, ERR_INVALID, "--%s takes a day as YYYY-MM-DD, not \"%.20s\"", days[i],
                           day);
    }
    *s = (struct sieve){opt_value(&in->opts, "operation", NULL),
                        opt_value(&in->opts, "since", NULL), opt_value(&in->opts, "until", NULL)};
    return true;
}

static bool passes(const struct sieve *s, const struct ledger_row *row, const char *began)
{
    return (!s->operation || strcasestr(row->operation, s->operation) ||
            strcasestr(row->entity, s->operation)) &&
           (!s->since || strncmp(began, s->since, DAY_LEN) >= 0) &&
           (!s->until || strncmp(began, s->until, DAY_LEN) <= 0);
}

static size_t column_of(const char *name)
{
    size_t at = 0;

    while (at < charge_columns_count() && strcasecmp(charge_columns[at].name, name) != 0 &&
           strcasecmp(charge_columns[at].heading, name) != 0)
        at++;
    return at;
}

static bool take_field(struct listing *l, const char *name, struct err *e)
{
    struct near near = near_start(name);
    size_t at = column_of(name);

    if (at == charge_columns_count()) {
        for (size_t i = 0; i < charge_columns_count(); i++)
            near_try(&near, charge_columns[i].name);
        return err_set(e, ERR_INVALID, "the ledger has no field \"%.40s\"; %s%s", name,
                       near.best ? "did you mean " : "lode ledger --format csv has all",
                       near.best ? near.best : "");
    }
    if (l->n == CHARGE_CELLS)
        return err_set(e, ERR_INVALID, "--fields takes at most %d names", (int)CHARGE_CELLS);
    l->of[l->n++] = at;
    return true;
}

static bool take_fields(struct listing *l, const char *names, struct err *e)
{
    char *copy = mem_strdup(names), *rest = copy, *name;
    bool ok = true;

    while (ok && (name = strsep(&rest, ",")) != NULL)
        ok = take_field(l, str_trim(name), e);
    free(copy);
    return ok;
}

// What --fields names, else all there is.
static bool choose(struct listing *l, const struct invocation *in, struct err *e)
{
    const char *fields = opt_value(&in->opts, "fields", NULL);

    if (fields && !take_fields(l, fields, e))
        return false;
    for (size_t i = 0; !fields && i < charge_columns_count(); i++)
        l->of[l->n++] = i;
    for (size_t i = 0; i < l->n; i++)
        l->columns[i] = charge_columns[l->of[i]];
    return true;
}

static bool wants_inputs(const struct listing *l)
{
    size_t i = 0;

    while (i < l->n && !str_eq(l->columns[i].name, "inputs"))
        i++;
    return i < l->n;
}

static void add_up(struct ledger_totals *t, const struct ledger_row *row)
{
    t->charges[row->state]++;
    t->credits += row->credits;
    t->records += row->records;
    t->requests += row->requests;
    t->in_doubt_max += row->state == CHARGE_IN_DOUBT ? row->quoted_max : 0;
}

static bool write_row(void *self, const struct ledger_row *row)
{
    const char *cells[CHARGE_CELLS];
    struct listing *l = self;
    struct charge_cells c;

    charge_cells(row, &c);
    if (!passes(&l->sieve, row, c.times[0]))
        return true;
    add_up(&l->totals, row);
    for (size_t i = 0; i < l->n; i++)
        cells[i] = c.cells[l->of[i]];
    return output_row(&l->out, cells, NULL, &l->err);
}

static bool is_sifted(const struct invocation *in)
{
    static const char *const by[] = {"state", "operation", "since", "until"};

    for (size_t i = 0; i < ARRAY_LEN(by); i++) {
        if (opt_has(&in->opts, by[i]))
            return true;
    }
    return false;
}

static void say_totals(struct invocation *in, const struct ledger_totals *listed)
{
    struct ledger_totals t = *listed;
    struct err e;
    char a[COUNT_WORDS_MAX], b[COUNT_WORDS_MAX], c[COUNT_WORDS_MAX];
    long long doubts;

    if (!is_sifted(in) && !library_totals(&in->app, &t, &e))
        return;
    app_say(&in->app, "Charged %s: %s, %s, %s.", is_sifted(in) ? "by what is listed" : "in all",
            count_words(t.credits, "credit", a), count_words(t.records, "record", b),
            count_words(t.requests, "request", c));
    doubts = t.charges[CHARGE_IN_DOUBT];
    if (doubts)
        app_say(&in->app, "%s %s in doubt and may have cost up to %s more.", count_text(doubts, a),
                doubts == 1 ? "call is" : "calls are", count_words(t.in_doubt_max, "credit", b));
}

static int list(struct invocation *in, const char *number)
{
    struct listing l = {0};
    struct err e;
    int state;

    (void)number;
    if (!read_state(in, &state, &e) || !read_sieve(in, &l.sieve, &e) || !choose(&l, in, &e) ||
        !(opt_has(&in->opts, "fields") ? output_open_named(&l.out, in, l.columns, l.n, &e)
                                       : output_open_shown(&l.out, in, l.columns, l.n, shown, &e)))
        return cli_fail(&e);
    if (!library_ledger(&in->app, state, wants_inputs(&l), write_row, &l, &e))
        l.err = e;
    if (l.err.kind != ERR_NONE) {
        output_abort(&l.out);
        return cli_fail(&l.err);
    }
    if (!output_close(&l.out, &e))
        return cli_fail(&e);
    say_totals(in, &l.totals);
    return EXIT_DONE;
}

static const struct action {
    const char *name, *option; // the same asked for by an option, which has the number
    size_t n_args;             // the number of a charge
    int (*run)(struct invocation *in, const char *number);
} actions[] = {
    {"answer", "answer", 1, ledger_answer_action},
    {"records", "charge", 1, ledger_records_action},
    {"reconcile", "reconcile", 0, ledger_reconcile_action},
    {"show", NULL, 1, ledger_show_action},
    {"list", NULL, 0, list},
};

static int run_named(struct invocation *in)
{
    const char *name = in->args[0];
    struct near near = near_start(name);
    struct err e;

    for (size_t i = 0; i < ARRAY_LEN(actions); i++) {
        near_try(&near, actions[i].name);
        if (!str_eq(actions[i].name, name))
            continue;
        if (in->n_args == 1 + actions[i].n_args)
            return actions[i].run(in, actions[i].n_args ? in->args[1] : NULL);
        (void)err_set(&e, ERR_INVALID, "usage: lode ledger %s%s", name,
                      actions[i].n_args ? " N, the number of a charge" : "");
        return cli_fail(&e);
    }
    (void)err_set(&e, ERR_INVALID, "lode ledger does not know \"%.20s\"; %s%s", name,
                  near.best ? "did you mean " : "see lode help ledger", near.best ? near.best : "");
    return cli_fail(&e);
}

int command_ledger(struct invocation *in)
{
    if (in->n_args)
        return run_named(in);
    for (size_t i = 0; i < ARRAY_LEN(actions); i++) {
        if (actions[i].option && opt_has(&in->opts, actions[i].option))
            return actions[i].run(in, opt_value(&in->opts, actions[i].option, ""));
    }
    return list(in, NULL);
}
