// What the marked records would cost, record by record, and the buttons that buy them. Nothing is
// spent here: a button runs the command, which the frame lets a person confirm. UI thread.
// Floor: ui/pane.
#include <stdio.h>
#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "ui/pane/actions.h"
#include "ui/pane/cells.h"
#include "ui/pane/fields_picker.h"
#include "ui/pane/money.h"
#include "ui/pane/panes.h"
#include "ui/pane/quote_lines.h"
#include "ui/pane/when.h"
#include "ui/widget/dialog.h"
#include "ui/widget/table_view.h"

enum {
    TRY_RECORDS = 5,
    TEXT_MAX = ERR_TEXT_MAX + 64,
    LABEL_MAX = 48,
    NAME_W = 34,
    STANDING_W = 22,
    BELOW_BUTTONS = 3
};

enum { BUTTON_CANCEL, BUTTON_TRY, BUTTON_BUY, BUTTON_TRIM, BUTTONS };

enum { COLUMN_RECORD, COLUMN_STANDING, COLUMN_CREDITS };

static const struct table_column columns[] = {
    [COLUMN_RECORD] = {.heading = "Record", .width = NAME_W},
    [COLUMN_STANDING] = {.heading = "Standing", .width = STANDING_W},
    [COLUMN_CREDITS] = {.heading = "Credits", .width = 8, .right = true},
};

struct quote_pane {
    struct pane pane;
    struct table_view view;
    struct buttons buttons;
    char labels[BUTTONS][LABEL_MAX];
    char cell[SPAN_MAX * 2];
    const char *reason; // why nothing can be bought now, or NULL
    long long cap;      // credits the purchase was trimmed to, -1: not trimmed
    int buttons_y;      // where they were drawn last
    int w;
};

static struct quote_pane *of(struct pane *p)
{
    return (struct quote_pane *)p;
}

static const struct buying *buying_of(const struct quote_pane *q)
{
    return &q->pane.desk->buying;
}

static bool has_quote(const struct buying *b)
{
    return b->quoted.standings && (b->state == BUYING_QUOTED || b->state == BUYING_STALE);
}

static size_t row_count(void *self)
{
    const struct buying *b = buying_of(self);

    return has_quote(b) ? b->selection.n : 0;
}

// The note of a record: its standing, and the day where a row of the results knows it.
static struct row_note note_of(const struct quote_pane *q, size_t i)
{
    const struct buying *b = buying_of(q);
    struct row_note note = {.standing = b->quoted.standings[i], .known = true};
    const struct table *t = q->pane.desk->results.table;
    long long place = t ? table_place(t, b->selection.ids[i]) : TABLE_NONE;

    if (place != TABLE_NONE)
        note.free_until = table_note(t, (size_t)place)->free_until;
    return note;
}

static const char *standing_cell(struct quote_pane *q, size_t row, enum role *role)
{
    struct row_note note = note_of(q, row);
    const char *name = standing_defs()[note.standing].name;
    char day[SPAN_MAX];

    (void)owned_text(note, desk_utc_ms(q->pane.desk), day, role);
    (void)snprintf(q->cell, sizeof(q->cell), "%s%s%s", name, note.free_until ? " until " : "",
                   note.free_until ? day : "");
    return q->cell;
}

static const char *cell(void *self, size_t row, size_t column, enum role *role)
{
    struct quote_pane *q = self;
    const struct buying *b = buying_of(q);

    if (column == COLUMN_RECORD)
        return label_shown(q->pane.desk, b->selection.entity, b->labels[row]);
    if (column == COLUMN_STANDING)
        return standing_cell(q, row, role);
    return cost_text(&b->selection.entity->charging, note_of(q, row), q->cell, role);
}

// Why nothing can be bought now; NULL where it can.
static const char *refusal(const struct desk *d)
{
    const struct quote *q = &d->buying.quoted.quote;

    if (d->buying.state == BUYING_STALE)
        return "This quote is stale: marks or credits moved, or it is old.";
    if (!d->spender)
        return "Another Lode has this account open: only one spends at a time.";
    if (d->locked)
        return "The spend lock is on: nothing can be bought.";
    return q->records.max ? NULL : "There is nothing to buy: every record is here or left out.";
}

static void label(struct quote_pane *q)
{
    const struct desk *d = q->pane.desk;
    long long price = desk_quote_price(d), left = desk_budget_left(d), top = price;
    char n[COUNT_MAX];

    if (q->cap >= 0 && q->cap < top)
        top = q->cap;
    (void)snprintf(q->labels[BUTTON_CANCEL], LABEL_MAX, "Cancel");
    (void)snprintf(q->labels[BUTTON_TRY], LABEL_MAX, "Try %d", TRY_RECORDS);
    (void)snprintf(q->labels[BUTTON_BUY], LABEL_MAX, "Buy for at most %s", count_text(top, n));
    (void)snprintf(q->labels[BUTTON_TRIM], LABEL_MAX, "triM to %s", count_text(left, n));
    q->reason = refusal(d);
    q->buttons.blocked[BUTTON_BUY] = q->reason || top > left;
    q->buttons.blocked[BUTTON_TRY] = q->reason || left < 0;
    q->buttons.blocked[BUTTON_TRIM] = d->buying.state != BUYING_QUOTED || top <= left;
    q->buttons.n = top > left ? BUTTONS : BUTTON_TRIM; // nothing to trim: no such button
    if (q->buttons.at >= q->buttons.n || q->buttons.blocked[q->buttons.at])
        q->buttons.at = BUTTON_CANCEL;
}

static void changed(struct pane *p, unsigned parts)
{
    struct quote_pane *q = of(p);

    if (parts & DESK_QUOTE && buying_of(q)->state == BUYING_ASKED) {
        q->cap = -1;
        q->buttons.at = BUTTON_CANCEL;
        q->view.rows = (struct scroll){0};
    }
    if (has_quote(buying_of(q)))
        label(q);
    p->dirty = true;
}

// The line below the buttons: what is in the way, or what they do.
static void draw_reason(const struct quote_pane *q, struct area a)
{
    const struct desk *d = q->pane.desk;
    char key[KEY_TEXT_MAX], price[COUNT_MAX], left[COUNT_MAX];

    if (q->reason && d->buying.state == BUYING_STALE)
        (void)area_textf(a, 0, 1, a.w - 1, ROLE_WARNING, "%s %s quotes again.", q->reason,
                         key_text(&q->pane, "quote", key));
    else if (q->reason && d->spender && d->locked)
        (void)area_textf(a, 0, 1, a.w - 1, ROLE_WARNING, "%s %s opens it.", q->reason,
                         key_text(&q->pane, "lock", key));
    else if (q->reason)
        (void)area_text(a, 0, 1, a.w - 1, ROLE_WARNING, q->reason);
    else if (!q->buttons.blocked[BUTTON_TRIM])
        (void)area_textf(a, 0, 1, a.w - 1, ROLE_WARNING,
                         "It may cost %s, the budget lets %s: triM buys as far as that goes.",
                         count_text(desk_quote_price(d), price),
                         count_text(desk_budget_left(d), left));
    else
        (void)area_text(a, 0, 1, a.w - 1, ROLE_DIM,
                        "Cancel is what Enter does at first. Buying asks once more.");
}

static void draw_quote(struct quote_pane *q, struct area a, bool focused)
{
    int y = quote_draw_price(a, q->pane.desk, buying_of(q)->state == BUYING_STALE);

    y = y > a.h - BELOW_BUTTONS ? a.h - BELOW_BUTTONS : y;
    q->buttons_y = y;
    q->w = a.w;
    buttons_draw(&q->buttons, area_part(a, y, 1, 1, a.w - 1), focused);
    draw_reason(q, area_part(a, y + 1, 0, 1, a.w));
    y += BELOW_BUTTONS;
    table_view_draw(&q->view, area_part(a, y, 0, a.h - y, a.w), false);
}

static void draw_running(const struct quote_pane *q, struct area a)
{
    const struct task_view *t = desk_running(q->pane.desk);
    char done[COUNT_MAX], total[COUNT_MAX], key[KEY_TEXT_MAX];

    (void)area_text(a, 0, 1, a.w - 1, ROLE_STRONG, t ? t->label : "buying...");
    if (t)
        (void)area_textf(
            a, 1, 1, a.w - 1, ROLE_TEXT, "%s of %s", count_text(atomic_load(&t->done), done),
            atomic_load(&t->total) < 0 ? "?" : count_text(atomic_load(&t->total), total));
    (void)area_textf(a, 3, 1, a.w - 1, ROLE_DIM,
                     "Each answer is in the library and the ledger as it comes. %s shows the job.",
                     key_text(&q->pane, "open jobs", key));
    area_cursor(a, 0, 1);
}

static void draw_done(const struct quote_pane *q, struct area a)
{
    const struct desk *d = q->pane.desk;
    char export[KEY_TEXT_MAX], usage[KEY_TEXT_MAX];
    int y = 0;

    if (d->buying.state == BUYING_FAILED)
        y = wrapped_text(area_part(a, 0, 1, a.h, a.w - 2), 0, ROLE_ERROR, d->buying.err.text) + 1;
    y += quote_draw_outcome(area_part(a, y, 0, a.h - y, a.w), d) + 1;
    (void)area_textf(a, y, 1, a.w - 1, ROLE_DIM,
                     "Enter on a row of the results shows it in full; %s exports; %s: the ledger.",
                     key_text(&q->pane, "export", export), key_text(&q->pane, "open usage", usage));
    area_cursor(a, 0, 1);
}

static void draw_none(const struct quote_pane *q, struct area a)
{
    const struct buying *b = buying_of(q);
    char text[TEXT_MAX], mark[KEY_TEXT_MAX], quote[KEY_TEXT_MAX];

    (void)key_text(&q->pane, "quote", quote);
    if (b->state == BUYING_FAILED)
        (void)snprintf(text, sizeof(text), "%s. Nothing was spent. %s asks again.", b->err.text,
                       quote);
    else if (b->state == BUYING_ASKED)
        (void)snprintf(text, sizeof(text), "Working out the price: that is free...");
    else
        (void)snprintf(text, sizeof(text),
                       "No quote yet: mark records in the results (%s) and press %s. A quote is "
                       "free.",
                       key_text(&q->pane, "mark", mark), quote);
    empty_say(a, b->state == BUYING_FAILED ? ROLE_ERROR : ROLE_DIM, text);
}

// Was anything sent before it failed?
static bool has_outcome(const struct buying *b)
{
    const struct enrich_summary *s = &b->done;

    return b->state == BUYING_DONE ||
           (b->state == BUYING_FAILED && (s->given || s->bought || s->doubtful || s->requests));
}

static void draw(struct pane *p, struct area a, bool focused)
{
    struct quote_pane *q = of(p);

    area_fill(a, ROLE_TEXT);
    if (has_quote(buying_of(q)))
        draw_quote(q, a, focused);
    else if (buying_of(q)->state == BUYING_RUNS)
        draw_running(q, a);
    else if (has_outcome(buying_of(q)))
        draw_done(q, a);
    else
        draw_none(q, a);
}

static void press_buy(struct quote_pane *q)
{
    long long price = desk_quote_price(q->pane.desk);
    char *line;

    if (q->cap >= 0 && q->cap < price)
        price = q->cap;
    line = str_format("buy %lld", price);
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

static void press_trim(struct quote_pane *q)
{
    q->cap = desk_budget_left(q->pane.desk);
    label(q);
    q->pane.dirty = true;
}

static void press_cancel(struct quote_pane *q)
{
    host_open(q->pane.host, "results");
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
    if (q->buttons.blocked[button])
        return err_set(e, ERR_REFUSED, "%s",
                       q->reason ? q->reason : "this is not to be had now: see the line below it");
    by_button[button](q);
    return true;
}

static bool choose(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    return press(of(p), (int)of(p)->buttons.at, e);
}

static bool move(struct pane *p, const struct line *line, struct err *e)
{
    struct quote_pane *q = of(p);
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
    return press(of(p), BUTTON_TRIM, e);
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
    struct str names = {0};
    bool ok;

    (void)line;
    if (s->entity != p->desk->results.entity || !s->n_fields)
        return action_up(e);
    for (size_t i = 0; i < s->n_fields; i++)
        str_addf(&names, "%s%s", i ? "," : "", s->fields[i]->name);
    ok = desk_quote(p->desk, str_text(&names), e);
    str_free(&names);
    return ok;
}

static bool copy_row(struct pane *p, const struct line *line, struct err *e)
{
    const struct buying *b = buying_of(of(p));
    size_t at = of(p)->view.rows.at;
    char *row;

    (void)line;
    if (at >= row_count(p))
        return err_set(e, ERR_INVALID, "there is no record here to copy");
    row = str_format("%s\t%s\t%s", b->selection.ids[at], b->labels[at],
                     standing_defs()[b->quoted.standings[at]].name);
    host_copy(p->host, row);
    free(row);
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

static bool event(struct pane *p, const struct event *ev)
{
    struct quote_pane *q = of(p);

    if (!has_quote(buying_of(q)) || ev->kind != EVENT_MOUSE)
        return false;
    p->dirty = true;
    if (ev->y == q->buttons_y)
        return press_at(q, ev);
    if (ev->mouse == MOUSE_DOUBLE) // `choose` is a button here
        return true;
    return table_mouse(p, &q->view, q->buttons_y + BELOW_BUTTONS, q->w, ev);
}

static void status(const struct pane *p, struct str *out)
{
    const struct buying *b = &p->desk->buying;
    char n[COUNT_MAX], when[WHEN_MAX], key[KEY_TEXT_MAX];
    int64_t age = host_now_ms(p->host) - b->quoted_ms;

    if (!has_quote(b))
        return;
    str_addf(out, "%s %s, %zu fields (%s)", count_text((long long)b->selection.n, n),
             b->selection.n == 1 ? b->selection.entity->name : b->selection.entity->plural,
             b->selection.n_fields, key_text(p, "fields", key));
    str_addf(out, "  as of %s", when_clock(desk_utc_ms(p->desk) - age, when));
}

static bool place(const struct pane *p, size_t *at, size_t *of_all)
{
    const struct quote_pane *q = (const struct quote_pane *)p;
    const struct buying *b = buying_of(q);

    *at = q->view.rows.at;
    *of_all = has_quote(b) ? b->selection.n : 0;
    return *of_all > 0;
}

static void close(struct pane *p)
{
    free(p);
}

static struct pane *open(struct desk *desk, struct host *host)
{
    struct quote_pane *q = mem_zalloc(sizeof(*q));

    q->pane = (struct pane){.ops = &pane_quote, .desk = desk, .host = host, .dirty = true};
    q->view.source = (struct table_source){q, row_count, cell, NULL};
    q->view.columns = columns;
    q->view.n_columns = ARRAY_LEN(columns);
    q->cap = -1;
    for (size_t i = 0; i < BUTTONS; i++)
        q->buttons.labels[i] = q->labels[i];
    changed(&q->pane, DESK_QUOTE);
    return &q->pane;
}

static const struct pane_action actions[] = {
    MOVES_TO(move),   {"choose", choose}, {"trim", trim},         {"fields", fields},
    {"quote", quote}, {"refresh", quote}, {"copy-row", copy_row}, {NULL, NULL},
};

const struct pane_ops pane_quote = {
    .name = "quote",
    .title = "Quote",
    .about = "What the marked records would cost, with a reason for each. Left and right choose a "
             "button; Cancel is the first. Nothing is spent before you confirm it.",
    .open = open,
    .close = close,
    .draw = draw,
    .actions = actions,
    .event = event,
    .watches = DESK_QUOTE | DESK_MARKS | DESK_TASKS | DESK_USAGE | DESK_ACCOUNT,
    .changed = changed,
    .status = status,
    .place = place,
};
