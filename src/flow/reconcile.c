// What is in doubt, asked of the account's meters. Floor: flow.
#include "flow/reconcile.h"

#include "base/count.h"
#include "flow/quote.h"

static long long used(const struct meter *m)
{
    return m->known ? m->used : -1;
}

struct meters_used meters_used(const struct usage *u)
{
    return (struct meters_used){used(&u->meters[METER_CREDITS]), used(&u->meters[METER_RECORDS])};
}

// "1 credit", "1,200 credits".
static void add_n(struct str *out, long long n, const char *thing)
{
    char text[COUNT_MAX];

    str_addf(out, "%s %s%s", count_text(n, text), thing, n == 1 ? "" : "s");
}

static void say(const struct judged *j, struct str *out)
{
    char text[COUNT_MAX];

    if (j->verdict == VERDICT_CHARGED) {
        str_add(out, "was charged ");
        add_n(out, j->credits + j->recounted, "credit");
        if (j->recounted)
            str_addf(out, ", %s of them counted with later calls", count_text(j->recounted, text));
        str_add(out, "; its records can be fetched again for none.");
    } else if (j->verdict == VERDICT_NOT_CHARGED) {
        str_add(out, "was not charged");
        if (j->records) {
            str_add(out, ", but counts ");
            add_n(out, j->records, "record");
            str_add(out, " against their limit");
        }
        str_add(out, ".");
    } else {
        str_add(out, "stays in doubt: it cannot be told; it can be sent again at your word.");
    }
}

// Of a verdict that is not clear although the meter was told before and afterwards.
static void say_unclear(const struct judged *j, struct str *out)
{
    str_add(out, "The meter moved by ");
    add_n(out, j->moved, "credit");
    str_add(out, " that the ledger does not know of, where what is in doubt may have cost ");
    add_n(out, j->most, "credit");
    if (j->maybe) {
        str_add(out, ": the ledger counts ");
        add_n(out, j->maybe, "credit");
        str_add(out, " for what may have been paid for by an earlier call in doubt.");
        return;
    }
    str_add(out, j->moved > 0 && j->moved < j->most
                     ? ": some of it was charged, or others used the account."
                     : ": others used the account.");
}

void judged_why(const struct judged *j, struct str *out)
{
    if (j->moved == METER_UNTOLD) {
        str_add(out, "The meter was not told before it left, or is not told now.");
    } else if (j->verdict == VERDICT_NOT_CHARGED) {
        str_add(out, "The meter did not move but by what the ledger knows of.");
    } else if (j->verdict == VERDICT_CHARGED) {
        str_add(out, "The meter moved by ");
        add_n(out, j->moved, "credit");
        str_add(out, ", all that was in doubt.");
    } else {
        say_unclear(j, out);
    }
}

const char *verdict_shown(enum verdict v)
{
    static const char *const shown[VERDICTS] = {[VERDICT_CHARGED] = "charged",
                                                [VERDICT_NOT_CHARGED] = "not charged",
                                                [VERDICT_UNCLEAR] = "cannot be told"};

    return shown[v];
}

void judged_say(const struct judged *j, struct str *out)
{
    str_addf(out, "Charge %lld ", (long long)j->charge);
    say(j, out);
}

void judged_sum(const struct judged *all, size_t n, struct str *out)
{
    static const struct {
        const char *before, *one, *many;
    } words[VERDICTS] = {[VERDICT_CHARGED] = {"", " was charged", " were charged"},
                         [VERDICT_NOT_CHARGED] = {"", " was not charged", " were not charged"},
                         [VERDICT_UNCLEAR] = {"of ", " it cannot be told", " it cannot be told"}};
    size_t count[VERDICTS] = {0}, left = 0;
    char text[COUNT_MAX];

    if (n < 2) {
        str_add(out, n ? "The call in doubt " : "Nothing is in doubt.");
        if (n)
            say(all, out);
        return;
    }
    for (size_t i = 0; i < n; i++)
        left += count[all[i].verdict]++ == 0;
    str_addf(out, "Of %s calls in doubt ", count_text((long long)n, text));
    for (size_t v = 0; v < VERDICTS; v++) {
        if (!count[v])
            continue;
        str_addf(out, "%s%s%s%s", words[v].before, count_text((long long)count[v], text),
                 count[v] == 1 ? words[v].one : words[v].many,
                 --left > 1  ? ", "
                 : left == 1 ? " and "
                             : ".");
    }
}

bool reconcile_answered(struct app *a, struct meters_used now, struct err *e)
{
    long long ended;
    char n[COUNT_MAX];

    if (!store_reconcile_answered(a->store, now, &ended, e))
        return false;
    if (ended)
        app_say(a, "%s call%s in doubt no more: all %s records were answered.",
                count_text(ended, n), ended == 1 ? " is" : "s are", ended == 1 ? "its" : "their");
    return true;
}

bool reconcile_run(struct app *a, struct judged **all, size_t *n, struct err *e)
{
    struct usage now;

    *all = NULL;
    *n = 0;
    return app_need_spending(a, e) && usage_fetch(a, &now, e) &&
           reconcile_answered(a, meters_used(&now), e) &&
           store_reconcile_meters(a->store, meters_used(&now), all, n, e);
}
