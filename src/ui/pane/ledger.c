// The ledger: every charging call, newest first, what was quoted, what was charged by the rule and
// by the meters, and what is in doubt. UI thread. Floor: ui/pane.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "ui/pane/actions.h"
#include "ui/pane/ledger_pace.h"
#include "ui/pane/ledger_pane.h"
#include "ui/pane/panes.h"
#include "ui/pane/reader.h"
#include "ui/pane/when.h"

enum { REASON_LEAST = 56, TEXT_MAX = ERR_TEXT_MAX + 128, TYPED_MAX = 40, DOUBT_WIDTH = 78 };

enum ledger_column {
    COLUMN_WHEN,
    COLUMN_STATE,
    COLUMN_QUOTED,
    COLUMN_CHARGED,
    COLUMN_METER,
    COLUMN_WHY,
    COLUMN_INPUTS,
    COLUMN_RECORDS,
    COLUMN_REQUESTS,
    COLUMN_OPERATION,
    COLUMN_WHO,
    COLUMN_PROFILE,
    COLUMN_REQUEST_ID,
    COLUMN_REASON
};

static const struct table_column usual[LEDGER_COLUMNS] = {
    [COLUMN_WHEN] = {.heading = "When", .width = 19, .pinned = true},
    [COLUMN_STATE] = {.heading = "State", .width = 10},
    [COLUMN_QUOTED] = {.heading = "Quoted", .width = 6, .right = true},
    [COLUMN_CHARGED] = {.heading = "Charged", .width = 7, .right = true},
    [COLUMN_METER] = {.heading = "Meter", .width = 6, .right = true},
    [COLUMN_WHY] = {.heading = "Why", .width = 60},
    [COLUMN_INPUTS] = {.heading = "Inputs", .width = 6, .right = true},
    [COLUMN_RECORDS] = {.heading = "Records", .width = 7, .right = true},
    [COLUMN_REQUESTS] = {.heading = "Requests", .width = 8, .right = true},
    [COLUMN_OPERATION] = {.heading = "Operation", .width = 20},
    [COLUMN_WHO] = {.heading = "Who", .width = 24},
    [COLUMN_PROFILE] = {.heading = "Profile", .width = 12},
    [COLUMN_REQUEST_ID] = {.heading = "Request id", .width = 36},
    [COLUMN_REASON] = {.heading = "What came of it", .width = REASON_LEAST},
};

static const enum role roles[CHARGE_STATES] = {
    [CHARGE_INTENT] = ROLE_UNSURE, [CHARGE_RELEASED] = ROLE_DIM,     [CHARGE_REJECTED] = ROLE_DIM,
    [CHARGE_CHARGED] = ROLE_TEXT,  [CHARGE_IN_DOUBT] = ROLE_WARNING, [CHARGE_RECONCILED] = ROLE_DIM,
};

static size_t row_count(void *self)
{
    return ((struct ledger_pane *)self)->pane.desk->charges.n;
}

static const char *number(struct ledger_pane *l, long long n)
{
    return count_text(n, l->cell);
}

static const char *cell_when(struct ledger_pane *l, const struct ledger_row *row)
{
    return when_second(row->began_ms, l->cell);
}

static const char *cell_state(struct ledger_pane *l, const struct ledger_row *row)
{
    (void)l;
    return charge_state_shown(row->state);
}

static const char *cell_quoted(struct ledger_pane *l, const struct ledger_row *row)
{
    return ledger_quoted(row, l->cell, sizeof(l->cell));
}

static const char *cell_charged(struct ledger_pane *l, const struct ledger_row *row)
{
    return ledger_charged(row, l->cell, sizeof(l->cell));
}

static const char *cell_meter(struct ledger_pane *l, const struct ledger_row *row)
{
    return row->moved.credits == METER_UNTOLD ? "-" : number(l, row->moved.credits);
}

static const char *cell_why(struct ledger_pane *l, const struct ledger_row *row)
{
    const char *origin = charge_line(row, 0) ? file_name(row->origin) : row->origin;

    (void)snprintf(l->cell, sizeof(l->cell), "%s%s%s", row->why, *row->why && *origin ? ": " : "",
                   origin);
    return l->cell;
}

static const char *cell_inputs(struct ledger_pane *l, const struct ledger_row *row)
{
    return number(l, row->n_records);
}

static const char *cell_records(struct ledger_pane *l, const struct ledger_row *row)
{
    return number(l, row->records);
}

static const char *cell_requests(struct ledger_pane *l, const struct ledger_row *row)
{
    return number(l, row->requests);
}

static const char *cell_operation(struct ledger_pane *l, const struct ledger_row *row)
{
    (void)l;
    return row->operation;
}

static const char *cell_who(struct ledger_pane *l, const struct ledger_row *row)
{
    (void)l;
    return row->who;
}

static const char *cell_profile(struct ledger_pane *l, const struct ledger_row *row)
{
    (void)l;
    return row->profile;
}

static const char *cell_request_id(struct ledger_pane *l, const struct ledger_row *row)
{
    (void)l;
    return row->request_id;
}

static const char *cell_reason(struct ledger_pane *l, const struct ledger_row *row)
{
    (void)l;
    return row->reason;
}

static const char *cell(void *self, size_t at, size_t column, enum role *role)
{
    static const char *(*const tellers[LEDGER_COLUMNS])(struct ledger_pane *,
                                                        const struct ledger_row *) = {
        [COLUMN_WHEN] = cell_when,
        [COLUMN_STATE] = cell_state,
        [COLUMN_QUOTED] = cell_quoted,
        [COLUMN_CHARGED] = cell_charged,
        [COLUMN_METER] = cell_meter,
        [COLUMN_WHY] = cell_why,
        [COLUMN_INPUTS] = cell_inputs,
        [COLUMN_RECORDS] = cell_records,
        [COLUMN_REQUESTS] = cell_requests,
        [COLUMN_OPERATION] = cell_operation,
        [COLUMN_WHO] = cell_who,
        [COLUMN_PROFILE] = cell_profile,
        [COLUMN_REQUEST_ID] = cell_request_id,
        [COLUMN_REASON] = cell_reason,
    };
    struct ledger_pane *l = self;
    const struct ledger_row *row = desk_charge(l->pane.desk, at);

    if (!row)
        return NULL;
    *role = roles[row->state];
    if (column == COLUMN_METER && ledger_row_drifts(row))
        *role = ROLE_WARNING;
    return tellers[column](l, row);
}

// "!" in doubt, "d" where the meters say otherwise than the rule.
static const char *sign(void *self, size_t at, enum role *role)
{
    const struct ledger_row *row = desk_charge(((struct ledger_pane *)self)->pane.desk, at);

    *role = ROLE_WARNING;
    if (row && row->state == CHARGE_IN_DOUBT)
        return "!";
    return row && ledger_row_drifts(row) ? "d" : " ";
}

void ledger_remember(struct ledger_pane *l)
{
    l->id = desk_charge_id(l->pane.desk, l->view.rows.at);
}

// Where others came on top, the cursor stays on the charge it was on, and the window with it once
// it is not at the top.
static void follow(struct ledger_pane *l)
{
    const struct charges_view *v = &l->pane.desk->charges;
    struct scroll *rows = &l->view.rows;
    size_t place = l->id ? desk_charge_place(l->pane.desk, l->id) : 0;
    size_t below = rows->at > rows->top ? rows->at - rows->top : 0;

    rows->n = v->n;
    place = place < v->n ? place : 0;
    if (rows->top)
        rows->top = place > below ? place - below : 0;
    scroll_to(rows, place);
    ledger_remember(l);
}

static void show_told(struct ledger_pane *l)
{
    const struct charge_told *t = &l->pane.desk->charges.told;
    struct str text = {0};
    char title[COUNT_MAX + 16];

    l->told = t->number;
    if (!l->telling || t->row.id != l->telling)
        return;
    l->telling = 0;
    ledger_say(l->pane.desk, t, &text);
    (void)snprintf(title, sizeof(title), "charge %lld", (long long)t->row.id);
    host_popup(l->pane.host, reader_open(l->pane.desk, l->pane.host, title, str_text(&text)));
    str_free(&text);
}

// Only to whom asked here: elsewhere the sentence at the bottom will do.
static void show_judged(struct ledger_pane *l)
{
    const struct desk *d = l->pane.desk;
    struct str text = {0};
    char key[KEY_TEXT_MAX];

    l->judged = d->charges.judged.number;
    if (!l->judging || !d->charges.judged.n)
        return;
    l->judging = false;
    ledger_say_judged(d, key_text(&l->pane, "resend", key), &text);
    host_popup(l->pane.host,
               reader_open(l->pane.desk, l->pane.host, "what the meters tell", str_text(&text)));
    str_free(&text);
}

static void changed(struct pane *p, unsigned parts)
{
    struct ledger_pane *l = ledger_of(p);

    (void)parts;
    if (l->found != p->desk->charges.found) {
        l->found = p->desk->charges.found;
        l->looked_n = 0;
        follow(l);
    }
    if (l->told != p->desk->charges.told.number)
        show_told(l);
    if (l->judged != p->desk->charges.judged.number)
        show_judged(l);
}

// What is said where there are no rows; false where there are some.
static bool draw_empty(struct ledger_pane *l, struct area a)
{
    const struct charges_view *v = &l->pane.desk->charges;
    char text[TEXT_MAX], key[KEY_TEXT_MAX];

    if (v->n)
        return false;
    if (v->state == CHARGES_FAILED)
        (void)snprintf(text, sizeof(text), "The ledger could not be read: %s.", v->err.text);
    else if (v->state != CHARGES_THERE)
        (void)snprintf(text, sizeof(text), "Reading the ledger...");
    else if (v->typed)
        (void)snprintf(text, sizeof(text), "No charge fits \"%.200s\"; %s shows all.", v->typed,
                       key_text(&l->pane, "back", key));
    else
        (void)snprintf(text, sizeof(text),
                       "The ledger is empty: nothing was bought here yet. Every call that may cost "
                       "something stands here, before it leaves.");
    empty_say(a, v->state == CHARGES_FAILED ? ROLE_ERROR : ROLE_DIM, text);
    return true;
}

static int draw_doubt(const struct ledger_pane *l, struct area a)
{
    const struct ledger_totals *t = &l->pane.desk->ledger.totals;
    char n[COUNT_MAX], credits[COUNT_MAX], ask[KEY_TEXT_MAX], send[KEY_TEXT_MAX];
    bool one = t->charges[CHARGE_IN_DOUBT] == 1, wide = a.w >= DOUBT_WIDTH;

    if (!t->charges[CHARGE_IN_DOUBT])
        return 0;
    (void)area_textf(a, 0, 1, a.w - 1, ROLE_WARNING,
                     "! %s call%s in doubt: up to %s credits. %s asks%s, %s quotes%s%s.",
                     count_text(t->charges[CHARGE_IN_DOUBT], n), one ? "" : "s",
                     count_text(t->in_doubt_max, credits), key_text(&l->pane, "reconcile", ask),
                     wide ? " the meters" : "", key_text(&l->pane, "resend", send),
                     !wide ? ""
                     : one ? " it"
                           : " one",
                     wide ? " again" : "");
    return 1;
}

static void draw_foot(const struct ledger_pane *l, struct area a)
{
    char key[KEY_TEXT_MAX];
    int used =
        1 + area_textf(a, 0, 1, a.w - 1, ROLE_DIM,
                       "%s text state:in-doubt day:today since:2026-11-01 profile:NAME drift:yes",
                       key_text(&l->pane, "find", key));

    table_foot_place(a, used, &l->view);
}

static void draw(struct pane *p, struct area a, bool focused)
{
    struct ledger_pane *l = ledger_of(p);

    l->w = a.w;
    l->columns[COLUMN_REASON].width = a.w / 2 > REASON_LEAST ? a.w / 2 : REASON_LEAST;
    l->y = 0;
    area_fill(a, ROLE_TEXT);
    if (draw_empty(l, a))
        return;
    l->y = draw_doubt(l, area_part(a, 0, 0, 1, a.w));
    table_view_draw(&l->view, area_part(a, l->y, 0, a.h - l->y - 1, a.w), focused);
    draw_foot(l, area_part(a, a.h - 1, 0, 1, a.w));
}

// Reads what is missing of the rows on the screen; the first time, looks what there is.
static void shown(struct pane *p)
{
    struct ledger_pane *l = ledger_of(p);
    struct err ignored;

    if (p->desk->charges.state == CHARGES_NONE) {
        (void)desk_charges_find(p->desk, NULL, &ignored);
        return;
    }
    if (p->desk->charges.n && table_looks(&l->view, &l->looked_at, &l->looked_n))
        desk_charges_look(p->desk, l->looked_at, l->looked_n);
    ledger_pace(p, &l->wake_ms);
}

static void status(const struct pane *p, struct str *out)
{
    const struct charges_view *v = &p->desk->charges;
    char n[COUNT_MAX];

    if (v->state == CHARGES_NONE)
        return;
    str_addf(out, "%s call%s", count_text((long long)v->n, n), v->n == 1 ? "" : "s");
    if (v->typed) {
        char *clean = text_cleaned(v->typed);

        str_add(out, " found: ");
        text_fit(clean, TYPED_MAX, false, out);
        free(clean);
    }
    if (v->state == CHARGES_ASKED)
        str_add(out, "  reading...");
}

static bool place(const struct pane *p, size_t *at, size_t *of)
{
    *at = ((const struct ledger_pane *)p)->view.rows.at;
    *of = p->desk->charges.n;
    return *of > 0;
}

static bool event(struct pane *p, const struct event *ev)
{
    bool taken = table_mouse(p, &ledger_of(p)->view, ledger_of(p)->y, ledger_of(p)->w, ev);

    ledger_remember(ledger_of(p));
    return taken;
}

static void close(struct pane *p)
{
    free(ledger_of(p)->file.path);
    free(p);
}

static const struct sign_word words[] = {
    {"!", "in doubt"}, {"d", "the meters say something else"}, {NULL, NULL}};

static struct pane *open(struct desk *desk, struct host *host)
{
    struct ledger_pane *l = mem_zalloc(sizeof(*l));

    l->pane = (struct pane){.ops = &pane_ledger, .desk = desk, .host = host, .dirty = true};
    l->view.source = (struct table_source){l, row_count, cell, sign};
    l->view.words = words;
    memcpy(l->columns, usual, sizeof(usual));
    l->view.columns = l->columns;
    l->view.n_columns = LEDGER_COLUMNS;
    l->found = desk->charges.found;
    follow(l);
    l->told = desk->charges.told.number;
    l->judged = desk->charges.judged.number;
    return &l->pane;
}

const struct pane_ops pane_ledger = {
    .name = "ledger",
    .title = "Ledger",
    .about =
        "Every call that may have cost something, newest first: why, what was quoted, what was "
        "charged, what the meters say, and what is in doubt. Enter shows one in full.",
    .open = open,
    .close = close,
    .draw = draw,
    .shown = shown,
    .actions = ledger_actions,
    .event = event,
    .watches = DESK_USAGE,
    .changed = changed,
    .status = status,
    .place = place,
    .offers = ledger_offers,
    .own_rows = true,
};
