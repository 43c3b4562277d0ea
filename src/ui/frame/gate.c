// The one gate: what commands need, tested against what is. UI thread. Floor: ui/frame.
#include "ui/frame/gate.h"

#include "base/mem.h"

struct need {
    enum cmd_need bit;
    bool (*met)(const struct desk *d, bool screen);
    enum err_kind kind;
    const char *sentence; // follows the command's name
    const char *lock;     // follows it behind the key of the spend lock; NULL: no key does
};

static bool signed_in(const struct desk *d, bool screen)
{
    (void)screen;
    return d->state == DESK_READY;
}

// None of those that are fetched may be shown: what shows them again has to go.
static bool has_rows(const struct desk *d, bool screen)
{
    (void)screen;
    return d->results.table &&
           (table_fetched(d->results.table) > 0 || table_rows(d->results.table) > 0);
}

static bool has_row(const struct desk *d, bool screen)
{
    return has_rows(d, screen) && table_id(d->results.table, d->results.place);
}

static bool has_marks(const struct desk *d, bool screen)
{
    (void)screen;
    return d->marks.n > 0;
}

static bool may_spend(const struct desk *d, bool screen)
{
    (void)screen;
    return d->spender;
}

static bool is_unlocked(const struct desk *d, bool screen)
{
    (void)screen;
    return !d->locked;
}

static bool is_quoted(const struct desk *d, bool screen)
{
    (void)screen;
    return d->buying.state == BUYING_QUOTED;
}

static bool has_screen(const struct desk *d, bool screen)
{
    (void)d;
    return screen;
}

static const struct need needs[] = {
    {NEED_SCREEN, has_screen, ERR_INVALID, "needs the full screen, which --linear has not", NULL},
    {NEED_ACCOUNT, signed_in, ERR_UNAUTHORISED, NULL, NULL},
    {NEED_ROWS, has_rows, ERR_INVALID, "needs rows: run a search first", NULL},
    {NEED_ROW, has_row, ERR_INVALID, "needs a row, and there is none under the cursor yet", NULL},
    {NEED_MARKS, has_marks, ERR_INVALID, "needs marked records: mark some rows first", NULL},
    {NEED_SPENDER, may_spend, ERR_REFUSED,
     "cannot spend here: another Lode has this profile open, and this one browses;",
     "tries for it again"},
    {NEED_QUOTE, is_quoted, ERR_REFUSED, "needs a fresh quote: run quote first", NULL},
    {NEED_UNLOCKED, is_unlocked, ERR_REFUSED, "spends, and the spend lock is on:", "opens it"},
};

static bool fail_account(const struct cmd *c, const struct desk *d, struct err *e)
{
    switch (d->state) {
    case DESK_STARTING:
        return err_set(e, ERR_UNAUTHORISED, "%s has to wait: Lode is still signing in", c->name);
    case DESK_FAILED:
        return err_set(e, ERR_UNAUTHORISED, "%s needs the account: %.600s", c->name,
                       d->failed.text);
    default:
        return err_set(e, ERR_UNAUTHORISED,
                       "%s needs somebody signed in: choose an account or the sandbox first",
                       c->name);
    }
}

static bool fail(const struct need *n, const struct cmd *c, const struct desk *d, const char *lock,
                 struct err *e)
{
    if (n->bit == NEED_ACCOUNT)
        return fail_account(c, d, e);
    if (n->lock)
        return err_set(e, n->kind, "%s %s %s %s", c->name, n->sentence, lock, n->lock);
    return err_set(e, n->kind, "%s %s", c->name, n->sentence);
}

unsigned gate_met(const struct desk *d, bool screen)
{
    unsigned met = 0;

    for (size_t i = 0; i < ARRAY_LEN(needs); i++)
        met |= needs[i].met(d, screen) ? (unsigned)needs[i].bit : 0;
    return met;
}

bool gate_pass(const struct cmd *c, const struct desk *d, bool screen, const char *lock,
               struct err *e)
{
    for (size_t i = 0; i < ARRAY_LEN(needs); i++) {
        if ((c->needs & needs[i].bit) && !needs[i].met(d, screen))
            return fail(&needs[i], c, d, lock, e);
    }
    return true;
}
