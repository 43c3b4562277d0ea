// What the marked records would cost, record by record, and what came of buying them. UI thread.
// Floor: ui/pane.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/mem.h"
#include "ui/pane/actions.h"
#include "ui/pane/cells.h"
#include "ui/pane/job_progress.h"
#include "ui/pane/ledger_pace.h"
#include "ui/pane/panes.h"
#include "ui/pane/quote_lines.h"
#include "ui/pane/quote_pane.h"
#include "ui/pane/when.h"

enum {
    TEXT_MAX = ERR_TEXT_MAX + 128,
    NAME_W = 34,
    NAME_MIN = 16,
    STANDING_W = 22,
    CREDITS_W = 8,
    KEYS_WIDE = 78, // from here on they are told at length
    AROUND_NAME = STANDING_W + CREDITS_W + 4
};

static const struct table_column columns[QUOTE_COLUMNS] = {
    [COLUMN_RECORD] = {.heading = "Record", .width = NAME_W},
    [COLUMN_STANDING] = {.heading = "Standing", .width = STANDING_W},
    [COLUMN_CREDITS] = {.heading = "Credits", .width = CREDITS_W, .right = true},
};

static size_t row_count(void *self)
{
    const struct buying *b = buying_of(self);

    return has_quote(b) ? b->selection.n : 0;
}

// The note of a record: its standing, and until when it is free.
static struct row_note note_of(const struct quote_pane *q, size_t i)
{
    const struct quoted *quoted = &buying_of(q)->quoted;

    return (struct row_note){.standing = quoted->standings[i],
                             .known = true,
                             .free_until = quoted->owned ? quoted->owned[i].free_until : 0};
}

static const char *standing_cell(struct quote_pane *q, size_t row, enum role *role)
{
    struct row_note note = note_of(q, row);
    const char *name = standing_defs()[note.standing].name;
    bool is_free = note.standing == STANDING_HELD || note.standing == STANDING_OWNED;
    char ignored[SPAN_MAX], until[WHEN_MAX];

    (void)owned_text(note, desk_utc_ms(q->pane.desk), ignored, role);
    (void)snprintf(q->cell, sizeof(q->cell), "%s%s%.10s", name, is_free ? " until " : "",
                   is_free ? when_second(note.free_until, until) : "");
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

// A quote anew stands at its first row, and on Cancel.
static void begin(struct quote_pane *q)
{
    q->cap = -1;
    q->buttons.at = BUTTON_CANCEL;
    q->view.rows = (struct scroll){0};
    q->quoted_ms = buying_of(q)->quoted_ms;
}

static void changed(struct pane *p, unsigned parts)
{
    struct quote_pane *q = quote_of(p);

    (void)parts;
    if (buying_of(q)->state == BUYING_ASKED || buying_of(q)->quoted_ms != q->quoted_ms)
        begin(q);
    if (has_quote(buying_of(q)))
        quote_label(q);
    p->dirty = true;
}

static void draw_trim(const struct quote_pane *q, struct area a)
{
    const struct desk *d = q->pane.desk;
    char key[KEY_TEXT_MAX], price[COUNT_MAX];
    struct str text = {0};

    str_addf(&text, "It may cost %s, ", count_text(desk_quote_price(d), price));
    quote_add_let(d, desk_budget_left(d), &text);
    str_addf(&text, ": %s trims it to that.", key_text(&q->pane, "trim", key));
    (void)area_text(a, 0, 1, a.w - 1, ROLE_WARNING, text.data);
    str_free(&text);
}

// What it does now that it was trimmed; false: it was not.
static bool draw_trimmed(const struct quote_pane *q, struct area a)
{
    struct str text = {0};
    bool drawn;

    quote_add_left(q, &text);
    drawn = text.len > 0;
    if (drawn)
        (void)area_text(a, 0, 1, a.w - 1, ROLE_WARNING, text.data);
    str_free(&text);
    return drawn;
}

// The line below the buttons: what is in the way, or what they do.
static void draw_reason(const struct quote_pane *q, struct area a)
{
    const struct desk *d = q->pane.desk;
    char key[KEY_TEXT_MAX];

    if (q->reason && d->buying.state == BUYING_STALE)
        (void)area_textf(a, 0, 1, a.w - 1, ROLE_WARNING, "%s %s quotes again.", q->reason,
                         key_text(&q->pane, "quote", key));
    else if (q->reason && d->spender && d->locked)
        (void)area_textf(a, 0, 1, a.w - 1, ROLE_WARNING, "%s %s opens it.", q->reason,
                         key_text(&q->pane, "lock", key));
    else if (q->reason && !d->spender)
        (void)area_textf(a, 0, 1, a.w - 1, ROLE_WARNING, "%s %s tries again.", q->reason,
                         key_text(&q->pane, "lock", key));
    else if (q->reason)
        (void)area_text(a, 0, 1, a.w - 1, ROLE_WARNING, q->reason);
    else if (!q->buttons.blocked[BUTTON_TRIM])
        draw_trim(q, a);
    else if (!draw_trimmed(q, a))
        (void)area_textf(a, 0, 1, a.w - 1, ROLE_DIM,
                         "Cancel is what %s does at first. Buying asks once more.",
                         reads_lines(&q->pane) ? "choose" : "Enter");
}

static void draw_keys(const struct quote_pane *q, struct area a)
{
    char why[KEY_TEXT_MAX], fields[KEY_TEXT_MAX];

    bool wide = a.w >= KEYS_WIDE;
    const char *press = reads_lines(&q->pane) ? "left, right choose a button, choose presses it"
                        : wide                ? "Left Right choose a button, Enter presses it"
                                              : "Left Right choose, Enter presses";

    (void)area_textf(a, 0, 1, a.w - 1, ROLE_DIM, "%s  %s why each  %s fields%s", press,
                     key_text(&q->pane, "reasons", why), key_text(&q->pane, "fields", fields),
                     wide ? ", presets" : "");
}

static int name_width(int w)
{
    int room = w - AROUND_NAME;

    return room > NAME_W ? NAME_W : room < NAME_MIN ? NAME_MIN : room;
}

static void draw_quote(struct quote_pane *q, struct area a, bool focused)
{
    int y = quote_draw_price(a, q->pane.desk, quote_top(q));

    y = y > a.h - QUOTE_BELOW_BUTTONS ? a.h - QUOTE_BELOW_BUTTONS : y;
    q->buttons_y = y;
    q->w = a.w;
    buttons_draw(&q->buttons, area_part(a, y, 1, 1, a.w - 1), focused);
    draw_reason(q, area_part(a, y + 1, 0, 1, a.w));
    draw_keys(q, area_part(a, y + 2, 0, 1, a.w));
    y += QUOTE_BELOW_BUTTONS;
    q->columns[COLUMN_RECORD].width = name_width(a.w);
    table_view_draw(&q->view, area_part(a, y, 0, a.h - y, a.w), false);
}

// The purchase under way.
static const struct task_view *purchase(const struct desk *d)
{
    for (size_t i = d->tasks.n; i > 0; i--) {
        const struct task_view *t = d->tasks.items[i - 1];

        if (t->spends && t->state == TASK_RUNS)
            return t;
    }
    return NULL;
}

static void draw_running(const struct quote_pane *q, struct area a)
{
    const struct task_view *t = purchase(q->pane.desk);
    char done[PROGRESS_MAX], key[KEY_TEXT_MAX];

    (void)area_text(a, 0, 1, a.w - 1, ROLE_STRONG, t ? t->label : "buying...");
    if (t)
        (void)area_text(a, 1, 1, a.w - 1, ROLE_TEXT,
                        job_progress_text(desk_job(q->pane.desk, t->job), t, done));
    (void)area_textf(a, 3, 1, a.w - 1, ROLE_DIM,
                     "Each answer is in the library and the ledger as it comes. %s shows the job.",
                     key_text(&q->pane, "open jobs", key));
    area_cursor(a, 0, 1);
}

static void draw_done(const struct quote_pane *q, struct area a)
{
    const struct desk *d = q->pane.desk;
    char export[KEY_TEXT_MAX], ledger[KEY_TEXT_MAX], text[TEXT_MAX];
    int y = 0;

    if (d->buying.state == BUYING_FAILED)
        y = wrapped_text(area_part(a, 0, 1, a.h, a.w - 2), 0, ROLE_ERROR, d->buying.err.text) + 1;
    y += quote_draw_outcome(area_part(a, y, 0, a.h - y, a.w), d) + 1;
    (void)snprintf(text, sizeof(text),
                   d->buying.by_line
                       ? "In Jobs %s writes the lines with what was found; %s: the ledger."
                       : "Enter on a row of the results shows it in full; %s exports; %s: the "
                         "ledger.",
                   key_text(&q->pane, "export", export), key_text(&q->pane, "open ledger", ledger));
    (void)wrapped_text(area_part(a, y, 1, a.h - y, a.w - 2), 0, ROLE_DIM, text);
    area_cursor(a, 0, 1);
}

static void say_none(const struct quote_pane *q, char *text, size_t size)
{
    const struct buying *b = buying_of(q);
    const struct pane results = {.ops = &pane_results, .host = q->pane.host};
    const struct table *t = q->pane.desk->results.table;
    char mark[KEY_TEXT_MAX], quote[KEY_TEXT_MAX], all[KEY_TEXT_MAX], n[COUNT_MAX];

    (void)key_text(&q->pane, "quote", quote);
    (void)key_text(&results, "quote-search", all);
    if (b->state == BUYING_FAILED)
        (void)snprintf(text, size, "There is no quote: %s. Nothing was spent. %s asks again.",
                       b->err.text, b->fetching ? all : quote);
    else if (b->state == BUYING_ASKED && b->fetching)
        (void)snprintf(text, size,
                       "The rows of the search are fetched first, at no cost: %s are here. Jobs "
                       "can stop that.",
                       count_text(t ? (long long)table_fetched(t) : 0, n));
    else if (b->state == BUYING_ASKED)
        (void)snprintf(text, size, "Working out the price: that is free...");
    else
        (void)snprintf(text, size,
                       "No quote yet: mark records in the results (%s) and press %s, or quote all "
                       "hits of the search (%s). A quote is free.",
                       key_text(&results, "mark", mark), quote, all);
}

static void draw_none(const struct quote_pane *q, struct area a)
{
    char text[TEXT_MAX];

    say_none(q, text, sizeof(text));
    empty_say(a, buying_of(q)->state == BUYING_FAILED ? ROLE_ERROR : ROLE_DIM, text);
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
    struct quote_pane *q = quote_of(p);

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

// What was answered is told by the ledger.
static void shown(struct pane *p)
{
    ledger_pace(p, &quote_of(p)->wake_ms);
}

static void status(const struct pane *p, struct str *out)
{
    const struct buying *b = &p->desk->buying;
    char n[COUNT_MAX], when[WHEN_MAX], key[KEY_TEXT_MAX], hits[COUNT_WORDS_MAX];
    int64_t age = host_now_ms(p->host) - b->quoted_ms;

    if (!has_quote(b))
        return;
    str_addf(out, "%s %s", count_text((long long)desk_quote_rows(p->desk), n),
             b->by_line ? desk_quote_rows(p->desk) == 1 ? "line of a file" : "lines of a file"
             : b->selection.n == 1 ? b->selection.entity->name
                                   : b->selection.entity->plural);
    if (b->hits > 0)
        str_addf(out, " of %s", count_words(b->hits, "hit", hits));
    str_addf(out, ", %zu fields (%s)", b->selection.n_fields, key_text(p, "fields", key));
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
    memcpy(q->columns, columns, sizeof(columns));
    q->view.columns = q->columns;
    q->view.n_columns = QUOTE_COLUMNS;
    q->cap = -1;
    for (size_t i = 0; i < BUTTONS; i++)
        q->buttons.labels[i] = q->labels[i];
    changed(&q->pane, DESK_QUOTE);
    return &q->pane;
}

const struct pane_ops pane_quote = {
    .name = "quote",
    .title = "Quote",
    .about = "What the marked records would cost, with a reason for each. Left and right choose a "
             "button; Cancel is the first. Nothing is spent before you confirm it.",
    .open = open,
    .close = close,
    .draw = draw,
    .shown = shown,
    .actions = quote_actions,
    .event = quote_event,
    .watches = DESK_QUOTE | DESK_MARKS | DESK_TASKS | DESK_USAGE | DESK_ACCOUNT,
    .changed = changed,
    .status = status,
    .place = place,
    .offers = quote_offers,
};
