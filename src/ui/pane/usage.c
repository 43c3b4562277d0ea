// What the account has used and what is left, how fast credits go, and what they went for.
// UI thread. Floor: ui/pane.
#include <stdio.h>
#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/text.h"
#include "ui/pane/actions.h"
#include "ui/pane/ledger_pace.h"
#include "ui/pane/money.h"
#include "ui/pane/panes.h"
#include "ui/pane/when.h"
#include "ui/widget/chart.h"
#include "ui/widget/dialog.h"
#include "ui/widget/scroll.h"

enum { BAR_MIN = 10, BAR_MAX = 40, SHOWN_METERS = 3, TEXT_MAX = 200 };

struct usage_pane {
    struct pane pane;
    struct burn burn;
    enum spending_kind kind;        // what is summed up
    struct bar *bars;               // of each kind, one behind the other; owned
    char (*figures)[COUNT_MAX * 2]; // their texts; owned
    size_t first[SPENT_KINDS];
    struct str package, spent_out;
    size_t top; // the first line of the sum that is shown
    int rows;   // of it, where it was drawn last
    int64_t wake_ms;
};

static struct usage_pane *of(struct pane *p)
{
    return (struct usage_pane *)p;
}

static const struct ledger_view *ledger_of(const struct usage_pane *u)
{
    return &u->pane.desk->ledger;
}

// A bar a line of each sum, with its number.
static void fill_bars(struct usage_pane *u)
{
    const struct ledger_view *l = ledger_of(u);
    size_t n = 0;

    for (int kind = 0; kind < SPENT_KINDS; kind++)
        n += l->spending[kind].n;
    free(u->bars);
    free(u->figures);
    u->bars = mem_array(n, sizeof(*u->bars));
    u->figures = mem_array(n, sizeof(*u->figures));
    n = 0;
    for (int kind = 0; kind < SPENT_KINDS; kind++) {
        u->first[kind] = n;
        for (size_t i = 0; i < l->spending[kind].n; i++, n++) {
            const struct spending_line *line = &l->spending[kind].items[i];

            u->bars[n] = (struct bar){line->key, (double)line->credits,
                                      count_text(line->credits, u->figures[n])};
        }
    }
}

static void changed(struct pane *p, unsigned parts)
{
    struct usage_pane *u = of(p);
    const struct meter *credits = &p->desk->usage.meters[METER_CREDITS];

    (void)parts;
    u->burn = p->desk->ledger.burn;
    burn_end(&u->burn, credits->known ? credits->remaining : -1, desk_utc_ms(p->desk));
    fill_bars(u);
    str_clear(&u->package);
    str_clear(&u->spent_out);
    usage_package(&p->desk->usage, 0, 0, &u->package);
    usage_spent_out(&p->desk->usage, &u->spent_out);
    p->dirty = true;
}

static void meter_text(const struct meter *m, const char *word, char *out, size_t size)
{
    char used[COUNT_MAX] = "?", limit[COUNT_MAX] = "?", left[COUNT_MAX] = "?";

    if (m->known && m->used >= 0)
        (void)count_text(m->used, used);
    if (m->known && m->limit >= 0)
        (void)count_text(m->limit, limit);
    if (m->known && m->remaining >= 0)
        (void)count_text(m->remaining, left);
    (void)snprintf(out, size, "%s of %s%s, %s left", used, limit, word, left);
}

// The first three always, the others where the account has them.
static bool is_shown(const struct usage_pane *u, size_t i)
{
    const struct meter *m = &u->pane.desk->usage.meters[i];

    return i < SHOWN_METERS || (m->known && m->limit > 0);
}

static int name_column(const struct usage_pane *u)
{
    int name = 0;

    for (size_t i = 0; i < METERS; i++) {
        int width = is_shown(u, i) ? text_width(meter_defs()[i].name) + 1 : 0;

        name = width > name ? width : name;
    }
    return name;
}

// The widest of the meters' texts with that word in them.
static int text_column(const struct usage_pane *u, const char *word)
{
    char text[TEXT_MAX];
    int most = 0;

    for (size_t i = 0; i < METERS; i++) {
        int width;

        if (!is_shown(u, i))
            continue;
        meter_text(&u->pane.desk->usage.meters[i], word, text, sizeof(text));
        width = text_width(text);
        most = width > most ? width : most;
    }
    return most;
}

// The figures are whole before the bars are long.
static int draw_meters(const struct usage_pane *u, struct area a)
{
    int name = name_column(u), room = a.w - name - 2, bar = a.w / 4, y = 0;
    const char *word = text_column(u, " used") + BAR_MIN > room ? "" : " used";
    int most = room - text_column(u, word);

    bar = bar > BAR_MAX ? BAR_MAX : bar > most ? most : bar;
    bar = bar < BAR_MIN ? BAR_MIN : bar;
    for (size_t i = 0; i < METERS; i++) {
        const struct meter *m = &u->pane.desk->usage.meters[i];
        char text[TEXT_MAX];

        if (!is_shown(u, i))
            continue;
        (void)area_text(a, y, 1, name, ROLE_LABEL, meter_defs()[i].name);
        chart_meter(a, y, 1 + name, bar, m->known ? m->used : -1, m->known ? m->limit : 0);
        meter_text(m, word, text, sizeof(text));
        (void)area_text(a, y++, 2 + name + bar, a.w, ROLE_TEXT, text);
    }
    return y;
}

// How old the meters are, and how much of what a second allows is in use.
static void draw_age(const struct usage_pane *u, struct area a)
{
    const struct desk *d = u->pane.desk;
    char when[WHEN_MAX], key[KEY_TEXT_MAX], rate[TEXT_MAX];
    int used;

    (void)key_text(&u->pane, "refresh", key);
    if (d->usage_ms)
        used = area_textf(a, 0, 1, a.w - 1, ROLE_DIM, "as of %s; %s asks again, 1 request",
                          when_second(d->usage_ms, when), key);
    else
        used = area_textf(a, 0, 1, a.w - 1, ROLE_DIM,
                          "the account was not asked yet; %s asks, 1 request", key);
    (void)snprintf(rate, sizeof(rate), "%s%d/%d a second%s", d->pulse.alone ? "" : "rate ",
                   d->pulse.rate_used, d->pulse.rate_limit, d->pulse.alone ? ", alone" : "");
    if (d->pulse.rate_limit && used + 2 + text_width(rate) < a.w)
        (void)area_text_right(a, 0, used + 2, a.w - used - 3, ROLE_DIM, rate);
}

static void draw_burn(const struct usage_pane *u, struct area a)
{
    char left[COUNT_MAX];
    int x = 1;

    if (!u->burn.known) {
        (void)area_text(a, 0, x, a.w - 1, ROLE_DIM,
                        "burn rate: unknown before two days of charges");
        return;
    }
    x += area_textf(a, 0, x, a.w - 1, ROLE_TEXT, "%.1f credits a day", u->burn.per_day);
    if (u->burn.days_left >= 0)
        x += area_textf(a, 0, x, a.w - x, ROLE_STRONG, ", %s days left at that rate",
                        count_text(u->burn.days_left, left));
    if (x + BURN_DAYS + 18 < a.w) {
        chart_spark(a, 0, x + 3, BURN_DAYS, u->burn.days, BURN_DAYS, ROLE_METER);
        (void)area_text(a, 0, x + 4 + BURN_DAYS, a.w, ROLE_DIM, "last 30 days");
    }
}

// What the limits are to each other; at least a row.
static int draw_package(const struct usage_pane *u, struct area a)
{
    int rows = wrapped_text(area_part(a, 0, 1, a.h, a.w - 1), 0, ROLE_DIM, str_text(&u->package));

    return rows > 0 ? rows : 1;
}

// In plain words what the API's 403 means once a limit is used up.
static int draw_spent_out(const struct usage_pane *u, struct area a)
{
    if (!u->spent_out.len)
        return 0;
    return wrapped_text(area_part(a, 0, 1, a.h, a.w - 1), 0, ROLE_WARNING, str_text(&u->spent_out));
}

static size_t last_top(const struct usage_pane *u)
{
    size_t n = ledger_of(u)->spending[u->kind].n, rows = u->rows > 0 ? (size_t)u->rows : 1;

    return n > rows ? n - rows : 0;
}

// Bars of what is summed up, from top on, as many as there is room for.
static void draw_spending(struct usage_pane *u, struct area a)
{
    const struct spending *s = &ledger_of(u)->spending[u->kind];
    char key[KEY_TEXT_MAX], ledger[KEY_TEXT_MAX], n[COUNT_MAX];

    area_fill(a, ROLE_TEXT);
    u->rows = a.h - 1;
    u->top = u->top < last_top(u) ? u->top : last_top(u);
    (void)area_textf(a, 0, 1, a.w - 1, ROLE_LABEL,
                     "credits by %s, %s in all; %s another sum, %s each call",
                     spending_name(u->kind), count_text((long long)s->n, n),
                     key_text(&u->pane, "by", key), key_text(&u->pane, "open ledger", ledger));
    (void)chart_bars(area_part(a, 1, 1, a.h - 1, a.w - 2), u->bars + u->first[u->kind] + u->top,
                     s->n - u->top);
    area_cursor(a, 0, 1);
}

static int draw_doubt(const struct usage_pane *u, struct area a)
{
    const struct ledger_totals *t = &ledger_of(u)->totals;
    char n[COUNT_MAX], credits[COUNT_MAX];

    if (!t->charges[CHARGE_IN_DOUBT])
        return 0;
    (void)area_textf(a, 0, 1, a.w - 1, ROLE_WARNING,
                     "! %s call%s in doubt: up to %s credits. Never sent again by themselves.",
                     count_text(t->charges[CHARGE_IN_DOUBT], n),
                     t->charges[CHARGE_IN_DOUBT] == 1 ? "" : "s",
                     count_text(t->in_doubt_max, credits));
    return 1;
}

static const char *no_sums(const struct usage_pane *u)
{
    if (!ledger_of(u)->known)
        return "Reading the ledger...";
    return ledger_of(u)->totals.charges[CHARGE_IN_DOUBT]
               ? "Nothing else was bought here yet."
               : "The ledger is empty: nothing was bought here yet.";
}

static void draw(struct pane *p, struct area a, bool focused)
{
    struct usage_pane *u = of(p);
    int y;

    (void)focused;
    area_fill(a, ROLE_TEXT);
    y = draw_meters(u, a);
    draw_age(u, area_part(a, y++, 0, 1, a.w));
    y += draw_package(u, area_part(a, y, 0, a.h - y, a.w));
    draw_burn(u, area_part(a, y++, 0, 1, a.w));
    y += draw_spent_out(u, area_part(a, y, 0, a.h - y, a.w));
    y += draw_doubt(u, area_part(a, y, 0, 1, a.w)) + 1;
    if (ledger_of(u)->known && ledger_of(u)->spending[u->kind].n)
        draw_spending(u, area_part(a, y, 0, a.h - y, a.w));
    else
        empty_say(area_part(a, y, 0, a.h - y, a.w), ROLE_DIM, no_sums(u));
}

static void shown(struct pane *p)
{
    ledger_pace(p, &of(p)->wake_ms);
}

static bool move(struct pane *p, const struct line *line, struct err *e)
{
    struct usage_pane *u = of(p);
    struct scroll s = {.n = last_top(u) + 1, .at = u->top, .h = u->rows};

    (void)e;
    (void)scroll_move(&s, action_move(line));
    u->top = s.at;
    p->dirty = true;
    return true;
}

static bool choose(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    (void)e;
    host_open(p->host, "ledger");
    return true;
}

// `by [day|search|profile]`: without a name the next one.
static bool by(struct pane *p, const struct line *line, struct err *e)
{
    struct usage_pane *u = of(p);
    const char *name = line->n > 1 ? line->words[1].text : NULL;
    int kind = name ? -1 : (int)(u->kind + 1) % SPENT_KINDS;

    for (int i = 0; name && i < SPENT_KINDS; i++) {
        if (str_eq(name, spending_name((enum spending_kind)i)))
            kind = i;
    }
    if (kind < 0)
        return line_fault(e, &line->words[1], "usage: by [day|search|profile]");
    u->kind = (enum spending_kind)kind;
    u->top = 0;
    p->dirty = true;
    return true;
}

static bool event(struct pane *p, const struct event *ev)
{
    struct usage_pane *u = of(p);

    if (ev->kind != EVENT_MOUSE || (ev->mouse != MOUSE_WHEEL_UP && ev->mouse != MOUSE_WHEEL_DOWN))
        return false;
    if (ev->mouse == MOUSE_WHEEL_UP)
        u->top -= u->top > 0;
    else
        u->top += u->top < last_top(u);
    p->dirty = true;
    return true;
}

static void status(const struct pane *p, struct str *out)
{
    const struct ledger_view *l = &p->desk->ledger;
    char credits[COUNT_MAX];

    if (!l->known)
        return;
    str_addf(out, "ledger: %s credit%s charged", count_text(l->totals.credits, credits),
             l->totals.credits == 1 ? "" : "s");
}

static void close(struct pane *p)
{
    struct usage_pane *u = of(p);

    free(u->bars);
    free(u->figures);
    str_free(&u->package);
    str_free(&u->spent_out);
    free(u);
}

static struct pane *open(struct desk *desk, struct host *host)
{
    struct usage_pane *u = mem_zalloc(sizeof(*u));

    u->pane = (struct pane){.ops = &pane_usage, .desk = desk, .host = host, .dirty = true};
    changed(&u->pane, DESK_USAGE);
    return &u->pane;
}

static const struct pane_action actions[] = {
    MOVES_TO(move), {"choose", choose}, {"by", by}, {NULL, NULL}};

const struct pane_ops pane_usage = {
    .name = "usage",
    .title = "Usage",
    .about =
        "The account's meters, the package's limits, the rate in use, how fast credits go, and "
        "what they went for: by day, by search, by profile.",
    .open = open,
    .close = close,
    .draw = draw,
    .shown = shown,
    .actions = actions,
    .event = event,
    .watches = DESK_USAGE | DESK_ACCOUNT,
    .changed = changed,
    .status = status,
};
