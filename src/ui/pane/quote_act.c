// The quote pane's buttons and commands. Nothing is spent here: a button runs the command, which
// the frame lets a person confirm. UI thread. Floor: ui/pane.
#include "ui/pane/quote_pane.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "ui/pane/actions.h"
#include "ui/pane/fields_picker.h"
#include "ui/pane/quote_reasons.h"

enum { TRY_RECORDS = 5 };

// Nothing is left for it, and none of it is owned and could be fetched again for nothing.
static bool is_beyond(const struct desk *d)
{
    const struct quote *q = &d->buying.quoted.quote;

    return desk_budget_left(d) <= 0 && q->credits.max > 0 &&
           q->records.max * q->entity->charging.credits_new <= q->credits.max;
}

// Why nothing can be bought now; NULL where it can.
static const char *refusal(const struct desk *d)
{
    const struct quote *q = &d->buying.quoted.quote;

    if (d->buying.state == BUYING_STALE && d->buying.hits > 0)
        return "Stale quote: search, marks or credits moved, or it is old.";
    if (d->buying.state == BUYING_STALE)
        return "This quote is stale: marks or credits moved, or it is old.";
    if (!d->spender)
        return "Another Lode has this account open: only one spends at a time.";
    if (d->locked)
        return "The spend lock is on: nothing can be bought.";
    if (!q->records.max)
        return "There is nothing to buy: every record is here or left out.";
    return is_beyond(d) ? "No credits are left for this: each of its records may cost one." : NULL;
}

long long quote_top(const struct quote_pane *q)
{
    long long price = desk_quote_price(q->pane.desk);

    return q->cap >= 0 && q->cap < price ? q->cap : price;
}

// All that an old quote is good for.
static void label_stale(struct quote_pane *q)
{
    (void)snprintf(q->labels[BUTTON_AGAIN], QUOTE_LABEL_MAX, "Quote again");
    q->buttons.blocked[BUTTON_AGAIN] = false;
    q->buttons.n = BUTTON_AGAIN + 1;
    if (q->buttons.at >= q->buttons.n)
        q->buttons.at = BUTTON_CANCEL;
}

void quote_label(struct quote_pane *q)
{
    const struct desk *d = q->pane.desk;
    long long left = desk_budget_left(d), top = quote_top(q);
    bool beyond = is_beyond(d);
    char n[COUNT_MAX];

    q->reason = refusal(d);
    (void)snprintf(q->labels[BUTTON_CANCEL], QUOTE_LABEL_MAX, "Cancel");
    if (d->buying.state == BUYING_STALE) {
        label_stale(q);
        return;
    }
    (void)snprintf(q->labels[BUTTON_TRY], QUOTE_LABEL_MAX, "Try %d", TRY_RECORDS);
    (void)snprintf(q->labels[BUTTON_BUY], QUOTE_LABEL_MAX, "Buy for at most %s",
                   count_text(top, n));
    (void)snprintf(q->labels[BUTTON_TRIM], QUOTE_LABEL_MAX, "Trim to %s", count_text(left, n));
    q->buttons.blocked[BUTTON_BUY] = q->reason || top > left;
    q->buttons.blocked[BUTTON_TRY] = q->reason || left < 0;
    q->buttons.blocked[BUTTON_TRIM] = d->buying.state != BUYING_QUOTED || top <= left || beyond;
    // Nothing to trim, or to trim to: no such button.
    q->buttons.n = top > left && !beyond ? BUTTONS : BUTTON_TRIM;
    if (q->buttons.at >= q->buttons.n || q->buttons.blocked[q->buttons.at])
        q->buttons.at = BUTTON_CANCEL;
}

static void press_buy(struct quote_pane *q)
{
    char *line = str_format("buy %lld", quote_top(q));

    host_command(q->pane.host, line);
    free(line);
}

static void press_try(struct quote_pane *q)
{
    const struct charging_rule *rule = &buying_of(q)->selection.entity->charging;
    long long left = desk_budget_left(q->pane.desk), price = TRY_RECORDS * rule->credits_new;
    char *line;

    if (price > desk_quote_price(q->pane.desk))
        price = desk_quote_price(q->pane.desk);
    line = str_format("buy %lld %d", price < left ? price : left, TRY_RECORDS);
    host_command(q->pane.host, line);
    free(line);
}

// Is it the account that has too little, and no budget?
static bool by_balance(const struct desk *d)
{
    enum cap_kind ignored;
    long long cap = desk_budget_cap(d, &ignored);

    return cap == CAP_NONE || cap > desk_budget_left(d);
}

void quote_add_let(const struct desk *d, long long credits, struct str *out)
{
    char n[COUNT_MAX];

    str_addf(out, "%s %s", by_balance(d) ? "the account has" : "the budget lets",
             count_text(credits, n));
}

void quote_add_left(const struct quote_pane *q, struct str *out)
{
    const struct desk *d = q->pane.desk;
    bool surely = true;
    size_t n = q->cap >= 0 ? desk_quote_over(d, quote_top(q), &surely) : 0;
    char text[COUNT_MAX], key[KEY_TEXT_MAX];

    if (!n)
        return;
    str_addf(out, "%s%s left out: ", surely ? "" : "Up to ", count_text((long long)n, text));
    quote_add_let(d, q->cap, out);
    str_addf(out, ". %s lists them.", key_text(&q->pane, "reasons", key));
}

static void press_trim(struct quote_pane *q)
{
    struct str left = {0};

    q->cap = desk_budget_left(q->pane.desk);
    quote_label(q);
    q->pane.dirty = true;
    quote_add_left(q, &left);
    if (left.len)
        host_say(q->pane.host, ROLE_WARNING, "%s", left.data);
    str_free(&left);
}

static void press_cancel(struct quote_pane *q)
{
    host_open(q->pane.host, "results");
}

// Why a button cannot be pressed where something can be bought.
static bool refuse_button(const struct quote_pane *q, int button, struct err *e)
{
    char left[COUNT_MAX], price[COUNT_MAX];

    (void)count_text(desk_budget_left(q->pane.desk), left);
    (void)count_text(quote_top(q), price);
    if (button == BUTTON_TRIM)
        return err_set(e, ERR_REFUSED,
                       "there is nothing to trim: it costs at most %s credits, and %s are left",
                       price, left);
    return err_set(e, ERR_REFUSED, "it may cost %s credits and %s are left: trim it first", price,
                   left);
}

static bool press(struct quote_pane *q, int button, struct err *e)
{
    static void (*const by_button[BUTTONS])(struct quote_pane *) = {
        [BUTTON_CANCEL] = press_cancel,
        [BUTTON_TRY] = press_try,
        [BUTTON_BUY] = press_buy,
        [BUTTON_TRIM] = press_trim,
    };

    if (!has_quote(buying_of(q)))
        return action_up(e);
    if (buying_of(q)->state == BUYING_STALE && button == BUTTON_AGAIN)
        return desk_quote_again(q->pane.desk, e);
    if (q->buttons.blocked[button])
        return q->reason ? err_set(e, ERR_REFUSED, "%s", q->reason) : refuse_button(q, button, e);
    by_button[button](q);
    return true;
}

static bool choose(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    return press(quote_of(p), (int)quote_of(p)->buttons.at, e);
}

static bool move(struct pane *p, const struct line *line, struct err *e)
{
    struct quote_pane *q = quote_of(p);
    enum move move = action_move(line);

    (void)e;
    if (!buttons_move(&q->buttons, move))
        (void)table_view_move(&q->view, move);
    p->dirty = true;
    return true;
}

static bool trim(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    return press(quote_of(p), BUTTON_TRIM, e);
}

static bool fields(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    (void)e;
    host_popup(p->host, fields_picker_open(p->desk, p->host));
    return true;
}

// Quotes again, for the same fields.
static bool quote(struct pane *p, const struct line *line, struct err *e)
{
    const struct selection *s = &p->desk->buying.selection;

    (void)line;
    if (s->entity != p->desk->results.entity || !s->n_fields)
        return action_up(e);
    return desk_quote_again(p->desk, e);
}

static bool copy_row(struct pane *p, const struct line *line, struct err *e)
{
    const struct buying *b = buying_of(quote_of(p));
    size_t at = quote_of(p)->view.rows.at;
    char *row;

    (void)line;
    if (at >= (has_quote(b) ? b->selection.n : 0))
        return err_set(e, ERR_INVALID, "there is no record here to copy");
    row = str_format("%s\t%s\t%s", b->selection.ids[at], b->labels[at],
                     standing_defs()[b->quoted.standings[at]].name);
    copy_told(p->desk, p->host, row, "the row, tabs between");
    free(row);
    return true;
}

static bool reasons(struct pane *p, const struct line *line, struct err *e)
{
    const struct buying *b = buying_of(quote_of(p));

    (void)line;
    if (!has_quote(b))
        return action_up(e);
    host_popup(p->host, quote_reasons_open(p->desk, p->host, quote_top(quote_of(p))));
    return true;
}

static bool press_at(struct quote_pane *q, const struct event *ev)
{
    struct event within = *ev;
    bool taken = false;
    struct err e;
    int button;

    within.y = 0;
    within.x--;
    button = buttons_event(&q->buttons, &within, &taken);
    if (button >= 0 && !press(q, button, &e))
        host_fail(q->pane.host, &e);
    return taken;
}

bool quote_event(struct pane *p, const struct event *ev)
{
    struct quote_pane *q = quote_of(p);

    if (!has_quote(buying_of(q)) || ev->kind != EVENT_MOUSE)
        return false;
    p->dirty = true;
    if (ev->y == q->buttons_y)
        return press_at(q, ev);
    if (ev->mouse == MOUSE_DOUBLE) // `choose` is a button here
        return true;
    return table_mouse(p, &q->view, q->buttons_y + QUOTE_BELOW_BUTTONS, q->w, ev);
}

const struct pane_action quote_actions[] = {
    MOVES_TO(move),         {"choose", choose},   {"trim", trim},
    {"fields", fields},     {"quote", quote},     {"refresh", quote},
    {"copy-row", copy_row}, {"reasons", reasons}, {NULL, NULL},
};

bool quote_offers(const struct pane *p, const char *command)
{
    static const char *const of_quote[] = {"choose", "reasons", "copy-row"};
    const struct quote_pane *q = (const struct quote_pane *)p;

    if (str_eq(command, "trim"))
        return has_quote(&p->desk->buying) && !q->buttons.blocked[BUTTON_TRIM];
    for (size_t i = 0; i < ARRAY_LEN(of_quote); i++) {
        if (str_eq(of_quote[i], command))
            return has_quote(&p->desk->buying);
    }
    return true;
}
