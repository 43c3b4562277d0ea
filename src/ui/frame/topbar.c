// The top bar. UI thread. Floor: ui/frame.
#include "ui/frame/topbar.h"

#include <stdio.h>
#include <string.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"

enum {
    GAP = 2,
    SECOND = 1000,
    MINUTE = 60 * SECOND,
    SECONDS_FROM = 2 * MINUTE, // the last minutes are counted in seconds
    THOUSAND = 1000,
    MILLION = THOUSAND * THOUSAND,
    EXACT_BELOW = 10 * THOUSAND, // of what costs money, whatever is below a million
    SHOWN_FULL = 0,
    SHOWN_BRIEF = 1,
    SHOWN_NOT = 2,
    SHOWN_SIGN = 3 // as before with a sign, else not
};

// What is given up first where the row is too narrow.
static const struct {
    enum topbar_piece piece;
    int shown;
} sacrifices[] = {
    {PIECE_RATE, SHOWN_BRIEF},    {PIECE_REQUESTS, SHOWN_BRIEF}, {PIECE_RECORDS, SHOWN_BRIEF},
    {PIECE_HOST, SHOWN_NOT},      {PIECE_CREDITS, SHOWN_BRIEF},  {PIECE_TOKEN, SHOWN_BRIEF},
    {PIECE_RATE, SHOWN_SIGN},     {PIECE_REQUESTS, SHOWN_NOT},   {PIECE_TOKEN, SHOWN_NOT},
    {PIECE_RATE, SHOWN_NOT},      {PIECE_RECORDS, SHOWN_NOT},    {PIECE_LOCK, SHOWN_BRIEF},
    {PIECE_PROFILE, SHOWN_BRIEF},
};

static const char *const commands[PIECES] = {
    [PIECE_PROFILE] = "open welcome", [PIECE_HOST] = "open welcome",
    [PIECE_CREDITS] = "open usage",   [PIECE_RECORDS] = "open usage",
    [PIECE_REQUESTS] = "open usage",  [PIECE_TOKEN] = "refresh",
    [PIECE_RATE] = "open log",        [PIECE_LOCK] = "lock"};

static struct piece *put(struct topbar *t, enum topbar_piece which, enum role role)
{
    struct piece *p = &t->pieces[which];

    *p = (struct piece){.role = role};
    return p;
}

static void put_text(struct topbar *t, enum topbar_piece which, enum role role, const char *full,
                     const char *brief)
{
    struct piece *p = put(t, which, role);

    (void)snprintf(p->full, sizeof(p->full), "%s", full);
    (void)snprintf(p->brief, sizeof(p->brief), "%s", brief);
}

// "8,990", "46k", "1.2M".
static void number(long long n, bool money, char *out, size_t size)
{
    char exact[COUNT_MAX];

    if (n < (money ? MILLION : EXACT_BELOW))
        (void)snprintf(out, size, "%s", count_text(n, exact));
    else if (n < MILLION)
        (void)snprintf(out, size, "%lldk", n / THOUSAND);
    else
        (void)snprintf(out, size, "%lld.%lldM", n / MILLION, n % MILLION * 10 / MILLION);
}

static void put_meter(struct topbar *t, enum topbar_piece which, const struct meter *m,
                      const char *name, const char *brief)
{
    struct piece *p;
    char left[COUNT_MAX];

    if (!m->known || m->remaining < 0) {
        p = put(t, which, ROLE_BAR);
        (void)snprintf(p->full, sizeof(p->full), "%s ?", name);
        (void)snprintf(p->brief, sizeof(p->brief), "%s ?", brief);
        return;
    }
    p = put(t, which, m->remaining ? ROLE_BAR_STRONG : ROLE_WARNING);
    number(m->remaining, which == PIECE_CREDITS, left, sizeof(left));
    (void)snprintf(p->full, sizeof(p->full), "%s %s left", name, left);
    (void)snprintf(p->brief, sizeof(p->brief), "%s %s", brief, left);
}

// "credits 8,990 left (today 12/50)": where the day has a budget.
static void add_today(struct topbar *t, const struct desk *d)
{
    struct piece *p = &t->pieces[PIECE_CREDITS];
    long long most = d->limits.most[CAP_DAY];
    long long spent = d->ledger.today.charged + d->ledger.today.in_doubt;
    char a[COUNT_MAX], b[COUNT_MAX], was[sizeof(p->full)], brief[sizeof(p->brief)];

    if (most == CAP_NONE || !d->ledger.known)
        return;
    memcpy(was, p->full, sizeof(was));
    (void)snprintf(p->full, sizeof(p->full), "%.40s (today %s/%s)", was, count_text(spent, a),
                   count_text(most, b));
    memcpy(brief, p->brief, sizeof(brief));
    (void)snprintf(p->brief, sizeof(p->brief), "%.24s (%s/%s)", brief, a, b);
    if (spent >= most)
        p->role = ROLE_WARNING;
}

static void put_countdown(struct topbar *t, int64_t left_ms, int64_t now)
{
    struct piece *p = put(t, PIECE_TOKEN, left_ms > SECONDS_FROM ? ROLE_BAR : ROLE_WARNING);
    int64_t unit = left_ms > SECONDS_FROM ? MINUTE : SECOND;

    if (unit == MINUTE)
        (void)snprintf(p->brief, sizeof(p->brief), "%lldm", (long long)(left_ms / MINUTE));
    else
        (void)snprintf(p->brief, sizeof(p->brief), "%lld:%02lld", (long long)(left_ms / MINUTE),
                       (long long)(left_ms % MINUTE / SECOND));
    (void)snprintf(p->full, sizeof(p->full), "token %.16s", p->brief);
    t->next_ms = now + left_ms % unit + 1;
}

static void put_token(struct topbar *t, const struct desk *d)
{
    int64_t now = desk_utc_ms(d), left = d->pulse.token_expires_ms - now;

    t->next_ms = 0;
    if (d->state == DESK_FAILED)
        put_text(t, PIECE_TOKEN, ROLE_ERROR, "NOT SIGNED IN", "NO SIGN-IN");
    else if (d->state == DESK_NOBODY && !*d->profile)
        put_text(t, PIECE_TOKEN, ROLE_BAR, "", "");
    else if (d->state != DESK_READY || d->pulse.signing_in)
        put_text(t, PIECE_TOKEN, ROLE_BAR, "signing in", "signing in");
    else if (d->pulse.token_expires_ms == 0)
        put_text(t, PIECE_TOKEN, ROLE_BAR, "no token", "no token");
    else if (left <= 0)
        put_text(t, PIECE_TOKEN, ROLE_WARNING, "token expired", "expired");
    else
        put_countdown(t, left, now);
}

// With a sign where calls of other Lodes are not counted with these.
static void put_rate(struct topbar *t, const struct desk_pulse *pulse)
{
    struct piece *p = put(t, PIECE_RATE, pulse->alone ? ROLE_WARNING : ROLE_BAR);
    char used[COUNT_MAX], most[COUNT_MAX];

    if (pulse->rate_limit <= 0)
        return;
    p->spare = text_width(count_text(pulse->rate_limit, most)) -
               text_width(count_text(pulse->rate_used, used));
    p->spare = p->spare > 0 ? p->spare : 0;
    (void)snprintf(p->full, sizeof(p->full), "%d/%d a second%s", pulse->rate_used,
                   pulse->rate_limit, pulse->alone ? " alone" : "");
    (void)snprintf(p->brief, sizeof(p->brief), "%d/%d%s", pulse->rate_used, pulse->rate_limit,
                   pulse->alone ? "!" : "");
}

static void put_browse(struct topbar *t)
{
    char full[PIECE_MAX] = "BROWSE ONLY", brief[PIECE_MAX] = "BROWSE";

    if (*t->again) {
        (void)snprintf(full, sizeof(full), "BROWSE ONLY, %s tries again", t->again);
        (void)snprintf(brief, sizeof(brief), "BROWSE, %s", t->again);
    }
    put_text(t, PIECE_LOCK, ROLE_WARNING, full, brief);
}

static void put_lock(struct topbar *t, const struct desk *d)
{
    if (d->state == DESK_NOBODY || d->state == DESK_STARTING)
        put_text(t, PIECE_LOCK, ROLE_BAR_STRONG, "SPEND LOCKED", "LOCKED");
    else if (!d->spender)
        put_browse(t);
    else if (d->locked)
        put_text(t, PIECE_LOCK, ROLE_BAR_STRONG, "SPEND LOCKED", "LOCKED");
    else
        put_text(t, PIECE_LOCK, ROLE_GOOD, "SPENDING OPEN", "OPEN");
}

static void put_account(struct topbar *t, const struct desk *d)
{
    const char *profile = d->profile;

    if (!*profile)
        put_text(t, PIECE_PROFILE, ROLE_BAR_STRONG, "Lode: nobody is signed in", "Lode");
    else if (d->sandbox)
        put_text(t, PIECE_PROFILE, ROLE_WARNING, "SANDBOX", "SANDBOX");
    else
        put_text(t, PIECE_PROFILE, ROLE_BAR_STRONG, profile, profile);
    put_text(t, PIECE_HOST, ROLE_BAR, "", "");
    if (!d->sandbox && !str_eq(d->host, profile))
        put_text(t, PIECE_HOST, ROLE_BAR, d->host, d->host);
}

static const char *piece_text(const struct piece *p, int shown)
{
    return shown == SHOWN_FULL ? p->full : shown == SHOWN_BRIEF ? p->brief : "";
}

static int total_width(const struct topbar *t, const int *shown)
{
    int sum = 1;

    for (int i = 0; i < PIECES; i++) {
        int w = text_width(piece_text(&t->pieces[i], shown[i]));

        sum += w ? w + t->pieces[i].spare + GAP : 0;
    }
    return sum - GAP;
}

static void place(struct topbar *t, const int *shown, struct area a)
{
    int x = 1;

    for (int i = 0; i < PIECES; i++) {
        struct piece *p = &t->pieces[i];
        const char *text = piece_text(p, shown[i]);

        p->x = x;
        p->w = *text ? area_text(a, 0, x, a.w - x, p->role, text) : 0;
        x += p->w ? p->w + p->spare + GAP : 0;
    }
}

static void give_up(const struct desk *d, size_t i, int *shown)
{
    enum topbar_piece piece = sacrifices[i].piece;

    if (sacrifices[i].shown != SHOWN_SIGN)
        shown[piece] = sacrifices[i].shown;
    else if (!d->pulse.alone)
        shown[piece] = SHOWN_NOT;
}

void topbar_draw(struct topbar *t, const struct desk *d, struct area a)
{
    int shown[PIECES] = {SHOWN_FULL};

    put_account(t, d);
    put_meter(t, PIECE_CREDITS, &d->usage.meters[METER_CREDITS], "credits", "credits");
    add_today(t, d);
    put_meter(t, PIECE_RECORDS, &d->usage.meters[METER_RECORDS], "records", "rec");
    put_meter(t, PIECE_REQUESTS, &d->usage.meters[METER_REQUESTS], "requests", "req");
    put_token(t, d);
    put_rate(t, &d->pulse);
    put_lock(t, d);
    for (size_t i = 0; i < ARRAY_LEN(sacrifices) && total_width(t, shown) > a.w; i++)
        give_up(d, i, shown);
    area_fill(area_part(a, 0, 0, 1, a.w), ROLE_BAR);
    place(t, shown, a);
}

const char *topbar_command(const struct topbar *t, int x)
{
    for (int i = 0; i < PIECES; i++) {
        if (x >= t->pieces[i].x && x < t->pieces[i].x + t->pieces[i].w)
            return commands[i];
    }
    return NULL;
}
