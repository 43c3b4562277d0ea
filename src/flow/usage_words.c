// What the meters mean, as sentences. Any thread. Floor: flow.
#include "flow/usage_words.h"

#include "base/count.h"
#include "store/ledger.h"

static const int64_t DAY_MS = (int64_t)24 * 3600 * 1000;

static void add_multiple(const struct usage *u, enum meter_kind kind, struct str *out)
{
    long long credits = u->meters[METER_CREDITS].limit, limit = u->meters[kind].limit;
    char n[COUNT_MAX];

    if (!u->meters[kind].known || limit <= 0)
        return;
    str_addf(out, ", %s %s", count_text(limit, n), meter_defs()[kind].name);
    if (credits > 0 && limit % credits == 0)
        str_addf(out, " (%s x)", count_text(limit / credits, n));
}

void usage_package(const struct usage *u, int per_second, int per_minute, struct str *out)
{
    const struct meter *credits = &u->meters[METER_CREDITS];
    char n[COUNT_MAX], m[COUNT_MAX];

    if (!credits->known || credits->limit <= 0)
        return;
    str_addf(out, "Package: %s credits", count_text(credits->limit, n));
    add_multiple(u, METER_RECORDS, out);
    add_multiple(u, METER_REQUESTS, out);
    if (per_second)
        str_addf(out, "; %s requests a second, %s a minute", count_text(per_second, n),
                 count_text(per_minute, m));
    str_add_char(out, '.');
}

void usage_spent_out(const struct usage *u, struct str *out)
{
    static const char *const still[METERS] = {
        [METER_CREDITS] = "the API answers 400 to what is new; what is owned can be fetched again, "
                          "and searching goes on",
        [METER_RECORDS] = "the API answers 403 to every enriching, of owned records too; the "
                          "library has what was bought",
        [METER_REQUESTS] = "the API answers 403 to every call but lookups; the library has what "
                           "was bought",
        [METER_WEBSIGHTS_RECORDS] = "the API answers 403 to WebSights",
        [METER_WEBSIGHTS_REQUESTS] = "the API answers 403 to WebSights",
    };

    for (int i = 0; i < METERS; i++) {
        const struct meter *m = &u->meters[i];

        if (m->known && m->remaining == 0 && m->limit > 0)
            str_addf(out, "%sNo %s are left: %s, until the contract is renewed or raised.",
                     out->len ? " " : "", meter_defs()[i].name, still[i]);
    }
}

void burn_add(struct burn *b, int64_t began_ms, long long credits, int64_t now_ms)
{
    int64_t age = now_ms - began_ms;

    if (credits <= 0 || age < 0 || age >= BURN_DAYS * DAY_MS)
        return;
    b->credits += (double)credits;
    b->days[BURN_DAYS - 1 - age / DAY_MS] += (double)credits;
    if (!b->oldest_ms || began_ms < b->oldest_ms)
        b->oldest_ms = began_ms;
}

void burn_end(struct burn *b, long long remaining, int64_t now_ms)
{
    double days = b->oldest_ms ? (double)(now_ms - b->oldest_ms) / (double)DAY_MS : 0;

    b->days_left = -1;
    b->known = days >= 1 && b->credits > 0;
    if (!b->known)
        return;
    b->per_day = b->credits / days;
    if (remaining >= 0)
        b->days_left = (long long)((double)remaining / b->per_day);
}

struct burning {
    struct burn *burn;
    int64_t now_ms;
};

static bool take(void *self, const struct burnt *day)
{
    const struct burning *b = self;

    burn_add(b->burn, day->oldest_ms, day->credits, b->now_ms);
    return true;
}

bool burn_read(struct app *a, struct burn *out, struct err *e)
{
    struct burning b = {.burn = out, .now_ms = clock_utc_ms(&a->clock)};

    *out = (struct burn){0};
    return app_need_store(a, e) && store_burnt(a->store, b.now_ms, BURN_DAYS, take, &b, e);
}

void usage_burn(struct app *a, long long remaining, struct str *out)
{
    struct burn burn;
    struct err ignored;
    char left[COUNT_MAX];

    if (!burn_read(a, &burn, &ignored))
        return;
    burn_end(&burn, remaining, clock_utc_ms(&a->clock));
    if (!burn.known)
        return;
    str_addf(out, "Burn: %.1f credits a day", burn.per_day);
    if (burn.days_left >= 0)
        str_addf(out, ", %s days left at that rate", count_text(burn.days_left, left));
    str_add_char(out, '.');
}
