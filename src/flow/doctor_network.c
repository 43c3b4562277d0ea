// The doctor's look at the network: name, certificate, clock, sign-in, account. Floor: flow.
#include "flow/doctor_inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/map.h"
#include "flow/address.h"
#include "flow/lists.h"
#include "flow/quote.h"
#include "net/resolve.h"

enum {
    DNS_MS = 5000,
    CALL_MS = 15000,
    SKEW_FINE_S = 60,
    SKEW_BAD_S = 24 * 3600,
    DAY_MS = 24 * 3600 * 1000,
    SOON_DAYS = 14,
    ADDRESSES_SHOWN = 200
};

void doctor_dns(struct doctor *d, struct doctor_result *out)
{
    const char *url = d->app->config.base_url, *proxy = net_proxy_variable(url);
    struct str addresses = {0};
    struct err e;

    // With a proxy it is the proxy that looks for the name.
    if (proxy) {
        doctor_find(out, DOCTOR_WARNING, "calls go through the proxy that %s names", proxy);
    } else if (net_resolve(url, DNS_MS, &addresses, &e)) {
        doctor_find(out, DOCTOR_PASS, "the address is %.*s", ADDRESSES_SHOWN, str_text(&addresses));
    } else {
        d->offline = true;
        doctor_find(out, DOCTOR_MEND, "%s: check the network, and the address with lode profiles",
                    e.text);
    }
    str_free(&addresses);
}

static bool skipped(bool because, const char *of, struct doctor_result *out)
{
    if (because)
        doctor_find(out, DOCTOR_SKIPPED, "not looked at: %s comes first", of);
    return because;
}

// One call without a token: whatever the server says to it tells that it is there.
static bool knock(struct doctor *d, struct net *net, struct err *e)
{
    struct net_request *r =
        net_request_new("GET", str_format("%s/lookup/usage", d->app->config.base_url));
    struct clock clock = d->app->clock;
    int64_t date;
    bool ok;

    r->ungated = true;
    r->repeat = NET_LONE;
    r->timeout_ms = CALL_MS;
    r->job.cancel = d->app->cancel;
    ok = net_call(net, r);
    d->tls = r->tls;
    if (ok && net_header_date(r, "Date", &date)) {
        d->dated = true;
        d->skew_ms = date - clock_utc_ms(&clock);
    }
    if (!ok)
        *e = r->err;
    net_request_free(r);
    return ok;
}

static void tell_tls(const struct doctor *d, struct doctor_result *out)
{
    int64_t left = (d->tls.until_ms - clock_utc_ms(&d->app->clock)) / DAY_MS;
    char until[CLOCK_ISO_MAX];

    if (!d->tls.until_ms)
        doctor_find(
            out, DOCTOR_PASS, "the server answers%s",
            str_starts(d->app->config.base_url, "https:") ? "" : ", in plain http on this machine");
    else
        doctor_find(out, left < SOON_DAYS ? DOCTOR_WARNING : DOCTOR_PASS,
                    "%s; the server's certificate is trusted and good until %s%s", d->tls.version,
                    clock_iso(d->tls.until_ms, until), left < SOON_DAYS ? ", which is soon" : "");
}

void doctor_tls(struct doctor *d, struct doctor_result *out)
{
    struct net_config config = {.clock = d->app->clock,
                                .log = d->app->log,
                                .user_agent = "lode/" LODE_VERSION,
                                .ca_file = d->app->config.ca_file};
    struct net *net;
    struct err e;

    if (skipped(d->offline, "DNS", out))
        return;
    net = net_open(&config, &e);
    d->offline = !net || !knock(d, net, &e);
    if (net)
        net_close(net);
    if (d->offline)
        doctor_find(out, DOCTOR_MEND, "%s", e.text);
    else
        tell_tls(d, out);
}

void doctor_clock(struct doctor *d, struct doctor_result *out)
{
    int64_t wrong = d->skew_ms < 0 ? -d->skew_ms / 1000 : d->skew_ms / 1000;
    const char *which = d->skew_ms < 0 ? "fast" : "slow";

    if (skipped(d->offline, "the server's answer", out))
        return;
    if (!d->dated)
        doctor_find(out, DOCTOR_WARNING, "the server did not say what time it is there");
    else if (wrong <= SKEW_FINE_S)
        doctor_find(out, DOCTOR_PASS, "it agrees with the server's, within %lld s",
                    (long long)wrong);
    else
        doctor_find(out, wrong > SKEW_BAD_S ? DOCTOR_MEND : DOCTOR_WARNING,
                    "it is %lld s %s by the server's, which signing in makes good; set it with: "
                    "timedatectl set-ntp true",
                    (long long)wrong, which);
}

void doctor_sign_in(struct doctor *d, struct doctor_result *out)
{
    char until[CLOCK_ISO_MAX];
    struct err e;

    if (skipped(d->offline, "the server's answer", out)) {
        d->signed_out = true;
        return;
    }
    d->signed_out = !app_sign_in(d->app, &e);
    if (d->signed_out)
        doctor_find(out, DOCTOR_MEND, "%s", e.text);
    else
        doctor_find(out, DOCTOR_PASS, "signed in; the token is good until %s",
                    clock_iso(auth_status(d->app->auth).expires_ms, until));
}

static void add_meter(const struct usage *u, enum meter_kind kind, struct str *out)
{
    const struct meter *m = &u->meters[kind];
    char left[COUNT_MAX];

    if (m->known && m->remaining >= 0)
        str_addf(out, "%s%s %s left", out->len ? ", " : "", count_text(m->remaining, left),
                 meter_defs()[kind].name);
}

// How many of an operation's fields the account may buy, where it says so.
static void add_fields(struct app *a, const char *operation, const char *what, struct str *out)
{
    struct map granted = {0}, denied = {0};

    lists_fields(a, operation, &granted, &denied);
    if (granted.len)
        str_addf(out, ", %zu fields of a %s", granted.len, what);
    map_free(&granted, NULL);
    map_free(&denied, NULL);
}

static bool is_used_up(const struct usage *u, enum meter_kind kind)
{
    return u->meters[kind].known && u->meters[kind].remaining == 0;
}

void doctor_account(struct doctor *d, struct doctor_result *out)
{
    struct usage u = {0};
    struct str text = {0};
    struct err e;

    if (skipped(d->signed_out, "sign-in", out))
        return;
    if (!usage_fetch(d->app, &u, &e)) {
        doctor_find(out, DOCTOR_MEND, "%s", e.text);
        return;
    }
    add_meter(&u, METER_CREDITS, &text);
    add_meter(&u, METER_RECORDS, &text);
    add_meter(&u, METER_REQUESTS, &text);
    add_fields(d->app, "contact/enrich", "contact", &text);
    add_fields(d->app, "company/enrich", "company", &text);
    if (is_used_up(&u, METER_CREDITS) || is_used_up(&u, METER_RECORDS) ||
        is_used_up(&u, METER_REQUESTS))
        doctor_find(out, DOCTOR_WARNING, "a limit is used up, so buying is refused: %s",
                    str_text(&text));
    else
        doctor_find(out, DOCTOR_PASS, "%s",
                    text.len ? text.data : "the account answers, and tells no limits");
    str_free(&text);
}
