// What the account has used and what is left, how fast credits go, and every charge of the ledger.
// UI thread. Floor: ui/pane.
#include <stdio.h>
#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/text.h"
#include "ui/pane/actions.h"
#include "ui/pane/money.h"
#include "ui/pane/panes.h"
#include "ui/pane/reader.h"
#include "ui/pane/when.h"
#include "ui/widget/chart.h"
#include "ui/widget/dialog.h"
#include "ui/widget/table_view.h"

enum { BAR_MIN = 10, BAR_MAX = 40, SHOWN_METERS = 3, TEXT_MAX = 200 };

enum { COLUMN_WHEN, COLUMN_STATE, COLUMN_QUOTED, COLUMN_CHARGED, COLUMN_WHAT, COLUMN_REASON };

static const struct table_column columns[] = {
    [COLUMN_WHEN] = {.heading = "When", .width = 19, .pinned = true},
    [COLUMN_STATE] = {.heading = "State", .width = 10},
    [COLUMN_QUOTED] = {.heading = "Quoted", .width = 6, .right = true},
    [COLUMN_CHARGED] = {.heading = "Charged", .width = 7, .right = true},
    [COLUMN_WHAT] = {.heading = "What", .width = 34},
    [COLUMN_REASON] = {.heading = "Why", .width = 160},
};

static const struct state_look {
    const char *name;
    enum role role;
} states[CHARGE_STATES] = {
    [CHARGE_INTENT] = {"under way", ROLE_UNSURE},   [CHARGE_RELEASED] = {"not sent", ROLE_DIM},
    [CHARGE_REJECTED] = {"refused", ROLE_DIM},      [CHARGE_CHARGED] = {"charged", ROLE_TEXT},
    [CHARGE_IN_DOUBT] = {"IN DOUBT", ROLE_WARNING}, [CHARGE_RECONCILED] = {"cleared up", ROLE_DIM},
};

struct usage_pane {
    struct pane pane;
    struct table_view view;
    struct burn burn;
    int kind;                       // SPENT_KINDS: the ledger; else what is summed up
    struct bar *bars;               // of each kind, one behind the other; owned
    char (*figures)[COUNT_MAX * 2]; // their texts; owned
    size_t first[SPENT_KINDS];
    struct str package, spent_out;
    char cell[TEXT_MAX];
    int table_y; // where the ledger was drawn last
    int w;
};

static struct usage_pane *of(struct pane *p)
{
    return (struct usage_pane *)p;
}

static const struct ledger_view *ledger_of(const struct usage_pane *u)
{
    return &u->pane.desk->ledger;
}

static size_t row_count(void *self)
{
    return ledger_of(self)->n;
}

static const char *number(struct usage_pane *u, long long n)
{
    char text[COUNT_MAX];

    (void)snprintf(u->cell, sizeof(u->cell), "%s", n < 0 ? "?" : count_text(n, text));
    return u->cell;
}

static const char *cell_when(struct usage_pane *u, const struct ledger_line *l)
{
    return when_second(l->began_ms, u->cell);
}

static const char *cell_what(struct usage_pane *u, const struct ledger_line *l)
{
    (void)snprintf(u->cell, sizeof(u->cell), "%s, %lld record%s", l->operation, l->n_records,
                   l->n_records == 1 ? "" : "s");
    return u->cell;
}

static const char *cell_quoted(struct usage_pane *u, const struct ledger_line *l)
{
    return number(u, l->quoted_max);
}

// What is in doubt may have cost anything up to what was quoted.
static const char *cell_charged(struct usage_pane *u, const struct ledger_line *l)
{
    if (l->state != CHARGE_IN_DOUBT && l->state != CHARGE_INTENT)
        return number(u, l->credits);
    (void)snprintf(u->cell, sizeof(u->cell), "0..%lld", l->quoted_max);
    return u->cell;
}

static const char *cell_state(struct usage_pane *u, const struct ledger_line *l)
{
    (void)u;
    return states[l->state].name;
}

static const char *cell_reason(struct usage_pane *u, const struct ledger_line *l)
{
    (void)u;
    return l->reason;
}

static const char *cell(void *self, size_t row, size_t column, enum role *role)
{
    static const char *(*const by_column[])(struct usage_pane *, const struct ledger_line *) = {
        [COLUMN_WHEN] = cell_when,       [COLUMN_WHAT] = cell_what,   [COLUMN_QUOTED] = cell_quoted,
        [COLUMN_CHARGED] = cell_charged, [COLUMN_STATE] = cell_state, [COLUMN_REASON] = cell_reason,
    };
    const struct ledger_line *l = &ledger_of(self)->lines[row];

    *role = states[l->state].role;
    return by_column[column](self, l);
}

static const char *sign(void *self, size_t row, enum role *role)
{
    *role = ROLE_WARNING;
    return ledger_of(self)->lines[row].state == CHARGE_IN_DOUBT ? "!" : " ";
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

static void meter_text(const struct meter *m, char *out, size_t size)
{
    char used[COUNT_MAX] = "?", limit[COUNT_MAX] = "?", left[COUNT_MAX] = "?";

    if (m->known && m->used >= 0)
        (void)count_text(m->used, used);
    if (m->known && m->limit >= 0)
        (void)count_text(m->limit, limit);
    if (m->known && m->remaining >= 0)
        (void)count_text(m->remaining, left);
    (void)snprintf(out, size, "%s of %s used, %s left", used, limit, left);
}

// The first three always, the others where the account has them.
static bool is_shown(const struct usage_pane *u, size_t i)
{
    const struct meter *m = &u->pane.desk->usage.meters[i];

    return i < SHOWN_METERS || (m->known && m->limit > 0);
}

static int draw_meters(const struct usage_pane *u, struct area a)
{
    int bar = a.w / 4, name = 0, y = 0;

    bar = bar < BAR_MIN ? BAR_MIN : bar > BAR_MAX ? BAR_MAX : bar;
    for (size_t i = 0; i < METERS; i++) {
        int width = is_shown(u, i) ? text_width(meter_defs()[i].name) + 1 : 0;

        name = width > name ? width : name;
    }
    for (size_t i = 0; i < METERS; i++) {
        const struct meter *m = &u->pane.desk->usage.meters[i];
        char text[TEXT_MAX];

        if (!is_shown(u, i))
            continue;
        (void)area_text(a, y, 1, name, ROLE_LABEL, meter_defs()[i].name);
        chart_meter(a, y, 1 + name, bar, m->known ? m->used : -1, m->known ? m->limit : 0);
        meter_text(m, text, sizeof(text));
        (void)area_text(a, y++, 2 + name + bar, a.w, ROLE_TEXT, text);
    }
    return y;
}

static void draw_age(const struct usage_pane *u, struct area a)
{
    const struct desk *d = u->pane.desk;
    char when[WHEN_MAX], key[KEY_TEXT_MAX];

    (void)key_text(&u->pane, "refresh", key);
    if (d->usage_ms)
        (void)area_textf(a, 0, 1, a.w - 1, ROLE_DIM, "as of %s; %s asks again, 1 request",
                         when_second(d->usage_ms, when), key);
    else
        (void)area_textf(a, 0, 1, a.w - 1, ROLE_DIM,
                         "the account was not asked yet; %s asks, 1 "
                         "request",
                         key);
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

// What the limits are to each other, and how much of what a second allows is in use.
static void draw_package(const struct usage_pane *u, struct area a)
{
    const struct desk_pulse *pulse = &u->pane.desk->pulse;
    int x = 1 + area_text(a, 0, 1, a.w - 1, ROLE_DIM, str_text(&u->package));

    if (pulse->rate_limit)
        (void)area_textf(a, 0, x + (x > 1), a.w - x, ROLE_DIM, "Rate: %d of %d a second.",
                         pulse->rate_used, pulse->rate_limit);
}

// In plain words what the API's 403 means once a limit is used up.
static int draw_spent_out(const struct usage_pane *u, struct area a)
{
    if (!u->spent_out.len)
        return 0;
    return wrapped_text(area_part(a, 0, 1, a.h, a.w - 1), 0, ROLE_WARNING, str_text(&u->spent_out));
}

// Bars of what is summed up, as many as there is room for.
static void draw_spending(const struct usage_pane *u, struct area a)
{
    const struct spending *s = &ledger_of(u)->spending[u->kind];
    char n[COUNT_MAX], key[KEY_TEXT_MAX];
    int rows;

    area_fill(a, ROLE_TEXT);
    (void)area_textf(a, 0, 1, a.w - 1, ROLE_LABEL, "credits by %s; %s shows another sum",
                     spending_name((enum spending_kind)u->kind), key_text(&u->pane, "by", key));
    rows = chart_bars(area_part(a, 1, 1, a.h - 2, a.w - 2), u->bars + u->first[u->kind], s->n);
    if ((size_t)rows < s->n)
        (void)area_textf(a, a.h - 1, 1, a.w - 1, ROLE_DIM,
                         "and %s more; lode usage --by %s has all",
                         count_text((long long)(s->n - (size_t)rows), n),
                         spending_name((enum spending_kind)u->kind));
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

static void draw(struct pane *p, struct area a, bool focused)
{
    struct usage_pane *u = of(p);
    int y;

    area_fill(a, ROLE_TEXT);
    y = draw_meters(u, a);
    draw_age(u, area_part(a, y++, 0, 1, a.w));
    draw_package(u, area_part(a, y++, 0, 1, a.w));
    draw_burn(u, area_part(a, y++, 0, 1, a.w));
    y += draw_spent_out(u, area_part(a, y, 0, a.h - y, a.w));
    y += draw_doubt(u, area_part(a, y, 0, 1, a.w)) + 1;
    u->table_y = y;
    u->w = a.w;
    if (u->kind != SPENT_KINDS && ledger_of(u)->known)
        draw_spending(u, area_part(a, y, 0, a.h - y, a.w));
    else if (ledger_of(u)->n)
        table_view_draw(&u->view, area_part(a, y, 0, a.h - y, a.w), focused);
    else
        empty_say(area_part(a, y, 0, a.h - y, a.w), ROLE_DIM,
                  ledger_of(u)->known ? "The ledger is empty: nothing was bought here yet."
                                      : "Reading the ledger...");
}

static bool move(struct pane *p, const struct line *line, struct err *e)
{
    (void)e;
    table_step(p, &of(p)->view, of(p)->w, line);
    return true;
}

static const struct ledger_line *line_here(const struct usage_pane *u)
{
    const struct ledger_view *l = ledger_of(u);

    return u->kind == SPENT_KINDS && u->view.rows.at < l->n ? &l->lines[u->view.rows.at] : NULL;
}

// The line as sentences, for reading and copying. The caller frees it.
static char *line_told(const struct ledger_line *l)
{
    char began[WHEN_MAX], ended[WHEN_MAX];

    return str_format("Charge %lld\n%s of %lld records\n\nBegan:   %s\nEnded:   %s\nState:   %s\n"
                      "Quoted:  at most %lld credits\nCharged: %lld credits, %lld records\n%s%s\n",
                      (long long)l->id, l->operation, l->n_records, when_second(l->began_ms, began),
                      l->ended_ms ? when_second(l->ended_ms, ended) : "not yet",
                      states[l->state].name, l->quoted_max, l->credits, l->records,
                      *l->reason ? "\n" : "", l->reason);
}

static bool no_line(struct err *e)
{
    return err_set(e, ERR_INVALID, "there is no charge here");
}

static bool choose(struct pane *p, const struct line *line, struct err *e)
{
    const struct ledger_line *l = line_here(of(p));
    char *text;

    (void)line;
    if (!l)
        return no_line(e);
    text = line_told(l);
    host_popup(p->host, reader_open(p->desk, p->host, "a charge of the ledger", text));
    free(text);
    return true;
}

static bool copy_row(struct pane *p, const struct line *line, struct err *e)
{
    const struct ledger_line *l = line_here(of(p));
    char *text;

    (void)line;
    if (!l)
        return no_line(e);
    text = line_told(l);
    host_copy(p->host, text);
    host_say(p->host, ROLE_TEXT, "Copied the charge.");
    free(text);
    return true;
}

// `by [ledger|day|search|profile]`: without a name the next one.
static bool by(struct pane *p, const struct line *line, struct err *e)
{
    struct usage_pane *u = of(p);
    const char *name = line->n > 1 ? line->words[1].text : NULL;
    int kind = name ? -1 : (u->kind + 1) % (SPENT_KINDS + 1);

    for (int i = 0; name && i < SPENT_KINDS; i++) {
        if (str_eq(name, spending_name((enum spending_kind)i)))
            kind = i;
    }
    if (name && str_eq(name, "ledger"))
        kind = SPENT_KINDS;
    if (kind < 0)
        return line_fault(e, &line->words[1], "usage: by [ledger|day|search|profile]");
    u->kind = kind;
    p->dirty = true;
    return true;
}

static bool event(struct pane *p, const struct event *ev)
{
    if (of(p)->kind != SPENT_KINDS)
        return false;
    return table_mouse(p, &of(p)->view, of(p)->table_y, of(p)->w, ev);
}

static void status(const struct pane *p, struct str *out)
{
    const struct ledger_view *l = &p->desk->ledger;
    char credits[COUNT_MAX];

    if (!l->known)
        return;
    str_addf(out, "ledger: %s credits charged", count_text(l->totals.credits, credits));
    if (l->n == LEDGER_SHOWN)
        str_addf(out, ", newest %d shown", LEDGER_SHOWN);
}

static bool place(const struct pane *p, size_t *at, size_t *of_all)
{
    *at = ((const struct usage_pane *)p)->view.rows.at;
    *of_all = p->desk->ledger.n;
    return *of_all > 0;
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
    u->view.source = (struct table_source){u, row_count, cell, sign};
    u->view.columns = columns;
    u->view.n_columns = ARRAY_LEN(columns);
    u->kind = SPENT_KINDS;
    changed(&u->pane, DESK_USAGE);
    return &u->pane;
}

static const struct pane_action actions[] = {
    MOVES_TO(move), {"choose", choose}, {"copy-row", copy_row}, {"by", by}, {NULL, NULL}};

const struct pane_ops pane_usage = {
    .name = "usage",
    .title = "Usage",
    .about = "The account's meters, how fast credits go, and the ledger: every call that may have "
             "cost something, with what was quoted and what was charged.",
    .open = open,
    .close = close,
    .draw = draw,
    .actions = actions,
    .event = event,
    .watches = DESK_USAGE | DESK_ACCOUNT,
    .changed = changed,
    .status = status,
    .place = place,
};
