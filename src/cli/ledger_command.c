// lode ledger. Main thread. Floor: cli.
#include "cli/command.h"
#include "cli/exit.h"
#include "cli/output.h"
#include "flow/charges.h"
#include "flow/library.h"
#include "flow/reconcile.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/str.h"
#include "model/date.h"

enum { DAY_LEN = 10 };

// -1 where nothing is asked for.
static bool read_state(const struct invocation *in, int *state, struct err *e)
{
    const char *given = opt_value(&in->opts, "state", NULL);

    *state = -1;
    return !given || charge_state_read(given, state, e);
}

// Which charges are wanted.
struct sieve {
    const char *operation, *since, *until; // NULL: any
};

struct listing {
    struct output out;
    struct err err;
    struct sieve sieve;
    // With --charge:
    int64_t charge;
    bool found;
    char reason[ERR_TEXT_MAX];
};

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

static bool write_row(void *self, const struct ledger_row *row)
{
    struct listing *l = self;
    struct charge_cells c;

    charge_cells(row, &c);
    return !passes(&l->sieve, row, c.times[0]) || output_row(&l->out, c.cells, NULL, &l->err);
}

static void say_totals(struct invocation *in)
{
    struct ledger_totals t;
    struct err e;
    char a[COUNT_MAX], b[COUNT_MAX], c[COUNT_MAX];
    long long doubts;

    if (!library_totals(&in->app, &t, &e))
        return;
    app_say(&in->app, "Charged in all: %s credits, %s records, %s requests.",
            count_text(t.credits, a), count_text(t.records, b), count_text(t.requests, c));
    doubts = t.charges[CHARGE_IN_DOUBT];
    if (doubts)
        app_say(&in->app, "%s %s in doubt and may have cost up to %s credits more.",
                count_text(doubts, a), doubts == 1 ? "call is" : "calls are",
                count_text(t.in_doubt_max, b));
}

static bool find_charge(void *self, const struct ledger_row *row)
{
    struct listing *l = self;
    char began[CLOCK_ISO_MAX];

    if (row->id != l->charge)
        return true;
    l->found = true;
    (void)snprintf(l->reason, sizeof(l->reason),
                   "Charge %lld began %s: %s, %s, %lld of at most %lld credits%s%.600s.",
                   (long long)row->id, clock_iso(row->began_ms, began), row->operation,
                   charge_state_name(row->state), row->credits, row->quoted_max,
                   *row->reason ? "; " : "", row->reason);
    return false;
}

static bool write_record(void *self, const char *record)
{
    struct listing *l = self;
    const char *cells[] = {record};

    return output_row(&l->out, cells, NULL, &l->err);
}

static int show_charge(struct invocation *in)
{
    static const struct sheet_column ids[] = {{"id", "Id", COLUMN_ID}};
    struct listing l = {0};
    long long charge = 0;
    struct err e;

    if (!opt_int(&in->opts, "charge", 1, LLONG_MAX, &charge, &e))
        return cli_fail(&e);
    l.charge = charge;
    if (!library_ledger(&in->app, -1, find_charge, &l, &e))
        return cli_fail(&e);
    if (!l.found) {
        (void)err_set(&e, ERR_NOT_FOUND, "the ledger has no charge %lld", charge);
        return cli_fail(&e);
    }
    if (!output_open(&l.out, in, ids, ARRAY_LEN(ids), &e))
        return cli_fail(&e);
    if (!library_charge_records(&in->app, charge, write_record, &l, &e)) {
        output_abort(&l.out);
        return cli_fail(&e);
    }
    if (!output_close(&l.out, &e))
        return cli_fail(&e);
    app_say(&in->app, "%s", l.reason);
    return EXIT_DONE;
}

static int show_answer(struct invocation *in)
{
    struct str answer = {0};
    long long charge = 0;
    struct err e;
    bool ok = opt_int(&in->opts, "answer", 1, LLONG_MAX, &charge, &e) &&
              library_answer(&in->app, charge, &answer, &e);

    if (ok)
        output_bytes(&answer);
    str_free(&answer);
    return ok ? EXIT_DONE : cli_fail(&e);
}

static void say_judged(const struct invocation *in, const struct judged *all, size_t n)
{
    struct str text = {0};

    for (size_t i = 0; n > 1 && i < n; i++) {
        judged_say(&all[i], &text);
        str_add_char(&text, ' ');
        judged_why(&all[i], &text);
        app_say(&in->app, "%s", text.data);
        str_clear(&text);
    }
    judged_sum(all, n, &text);
    if (n == 1) {
        str_add_char(&text, ' ');
        judged_why(all, &text);
    }
    app_say(&in->app, "%s", text.data);
    str_free(&text);
}

static int reconcile(struct invocation *in)
{
    struct judged *all;
    size_t n;
    struct err e;

    if (!reconcile_run(&in->app, &all, &n, &e))
        return cli_fail(&e);
    say_judged(in, all, n);
    free(all);
    if (n)
        app_say(&in->app, "That is by the account's meters, and holds where nobody else used the "
                          "account meanwhile.");
    return EXIT_DONE;
}

int command_ledger(struct invocation *in)
{
    struct listing l = {0};
    struct err e;
    int state;
    bool ok;

    if (opt_has(&in->opts, "answer"))
        return show_answer(in);
    if (opt_has(&in->opts, "charge"))
        return show_charge(in);
    if (opt_has(&in->opts, "reconcile"))
        return reconcile(in);
    if (!read_state(in, &state, &e) || !read_sieve(in, &l.sieve, &e) ||
        !output_open(&l.out, in, charge_columns, charge_columns_count(), &e))
        return cli_fail(&e);
    ok = library_ledger(&in->app, state, write_row, &l, &e);
    if (ok && l.err.kind != ERR_NONE) {
        e = l.err;
        ok = false;
    }
    if (!ok) {
        output_abort(&l.out);
        return cli_fail(&e);
    }
    if (!output_close(&l.out, &e))
        return cli_fail(&e);
    say_totals(in);
    return EXIT_DONE;
}
