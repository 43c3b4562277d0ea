// What a purchase of the quote may cost, and what the caps and the account leave for it. UI thread.
// Floor: desk.
#include "base/count.h"
#include "desk/inside.h"
#include "desk/library_inside.h"

size_t desk_quote_rows(const struct desk *d)
{
    return d->buying.by_line ? d->buying.quoted.quote.rows : d->buying.selection.n;
}

long long desk_quote_price(const struct desk *d)
{
    return d->buying.quoted.quote.credits.max;
}

static long long room(const struct cap *c)
{
    long long left = c->most - c->charged - c->reserved - c->in_doubt;

    return left > 0 ? left : 0;
}

long long desk_budget_cap(const struct desk *d, enum cap_kind *which)
{
    const struct limits *l = &d->limits;
    const struct spent *today = &d->ledger.today;
    struct cap caps[CAPS] = {[CAP_JOB] = {.most = l->most[CAP_JOB]},
                             [CAP_SESSION] = {.most = l->most[CAP_SESSION]},
                             [CAP_DAY] = {.most = l->most[CAP_DAY],
                                          .charged = today->charged,
                                          .in_doubt = today->in_doubt}};
    long long least = CAP_NONE;

    if (d->private->app.purse)
        caps[CAP_SESSION] = purse_look(d->private->app.purse, CAP_SESSION);
    for (int i = 0; i < CAPS; i++) {
        if (caps[i].most == CAP_NONE || (least != CAP_NONE && room(&caps[i]) >= least))
            continue;
        least = room(&caps[i]);
        *which = (enum cap_kind)i;
    }
    return least;
}

long long desk_budget_left_for(const struct desk *d, long long price)
{
    const struct meter *credits = &d->usage.meters[METER_CREDITS];
    long long left = credits->known && credits->remaining >= 0 ? credits->remaining : price;
    enum cap_kind ignored;
    long long cap = desk_budget_cap(d, &ignored);

    return cap != CAP_NONE && cap < left ? cap : left;
}

long long desk_budget_left(const struct desk *d)
{
    return desk_budget_left_for(d, desk_quote_price(d));
}

static void put_caps(struct desk *d)
{
    struct app *a = &d->private->app;

    a->config.limits = d->limits;
    app_free_months(a, d->limits.free_months);
    if (!a->purse)
        return;
    purse_cap(a->purse, CAP_SESSION, d->limits.most[CAP_SESSION]);
    purse_cap(a->purse, CAP_DAY, d->limits.most[CAP_DAY]);
}

void desk_set_budget(struct desk *d, enum cap_kind which, long long most)
{
    d->limits.most[which] = most;
    put_caps(d);
    desk_changed(d, DESK_ACCOUNT | DESK_QUOTE);
}

void desk_set_free_months(struct desk *d, int months)
{
    if (d->limits.free_months == months)
        return;
    d->limits.free_months = months;
    put_caps(d);
    for (size_t i = 0; i < d->private->n_seats; i++) {
        quote_stale(d, &d->private->seats[i]);
        sums_later(d, &d->private->seats[i]);
    }
    library_stale(d);
    desk_changed(d, DESK_ACCOUNT | DESK_QUOTE);
}

void budget_apply(struct desk *d)
{
    put_caps(d);
}

bool desk_budget_room(const struct desk *d, long long max_credits, struct err *e)
{
    long long left = desk_budget_left_for(d, max_credits), cap;
    enum cap_kind which = CAP_JOB;
    char text[COUNT_MAX];

    if (max_credits < 0)
        return err_set(e, ERR_INVALID, "a purchase cannot cost less than nothing");
    cap = desk_budget_cap(d, &which);
    if (max_credits > left && left <= 0)
        return err_set(e, ERR_REFUSED, "no credits are left for it");
    if (cap != CAP_NONE && max_credits > cap)
        return err_set(e, ERR_REFUSED, "%s has %s credits left; trim the purchase to that",
                       limit_defs()[which].name, count_text(cap, text));
    if (max_credits > left)
        return err_set(e, ERR_REFUSED, "only %s credits are left; trim the purchase to that",
                       count_text(left, text));
    return true;
}

bool desk_spends(const struct desk *d)
{
    return d->private->spending > 0;
}

// Behind the lock no call is begun that may charge.
static void stop_buying(struct desk *d)
{
    for (size_t i = 0; i < d->tasks.n; i++) {
        if (d->tasks.items[i]->spends)
            (void)desk_cancel(d, d->tasks.items[i]->id);
    }
}

bool desk_lock(struct desk *d, bool locked, struct err *e)
{
    if (!locked && !d->spender) {
        start_claim(d);
        return err_set(e, ERR_REFUSED,
                       "another Lode has this account, or its ledger cannot be written: only "
                       "browsing goes here; it is tried again now");
    }
    if (locked)
        stop_buying(d);
    d->locked = locked;
    desk_changed(d, DESK_ACCOUNT | DESK_QUOTE);
    return true;
}
