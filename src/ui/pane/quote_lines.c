// The quote, the purchase and its outcome as lines. UI thread. Floor: ui/pane.
#include "ui/pane/quote_lines.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "ui/pane/money.h"
#include "ui/widget/dialog.h"

enum { NAME_W = 13, ROWS_W = 7, PRICE_W = 9, METER_W = 10 };

// What all records of a standing cost together.
static struct span standing_price(const struct quote *q, enum standing s)
{
    struct span one = record_price(&q->entity->charging, (struct row_note){s, true, 0});
    long long n = (long long)q->count[s];

    return (struct span){one.min * n, one.max * n};
}

static enum role standing_role(enum standing s)
{
    char ignored[SPAN_MAX];
    enum role role;

    (void)owned_text((struct row_note){s, true, 1}, 0, ignored, &role);
    return role;
}

static void draw_standing(struct area a, int y, const struct quote *q, enum standing s)
{
    const struct standing_def *def = &standing_defs()[s];
    char n[COUNT_MAX], price[SPAN_MAX];
    int x = 1;

    (void)area_text(a, y, x, NAME_W, standing_role(s), def->name);
    x += NAME_W;
    (void)area_text_right(a, y, x, ROWS_W, ROLE_STRONG, count_text((long long)q->count[s], n));
    x += ROWS_W;
    (void)area_text_right(a, y, x, PRICE_W, ROLE_PRICE, span_text(standing_price(q, s), price));
    x += PRICE_W + 2;
    (void)area_text(a, y, x, a.w - x, ROLE_DIM,
                    text_width(def->reason) <= a.w - x ? def->reason : def->brief);
    if (area_said(a, y))
        str_addf(area_said(a, y), "Standing: %s; Records: %s; Credits: %s; %s", def->name, n, price,
                 def->reason);
}

static int draw_standings(struct area a, const struct quote *q)
{
    int y = 0;

    (void)area_text(a, y, 1, NAME_W, ROLE_HEADER, "Standing");
    (void)area_text_right(a, y, 1 + NAME_W, ROWS_W, ROLE_HEADER, "Records");
    (void)area_text_right(a, y, 1 + NAME_W + ROWS_W, PRICE_W, ROLE_HEADER, "Credits");
    y++;
    for (size_t s = 0; s < STANDINGS; s++) {
        if (q->count[s])
            draw_standing(a, y++, q, (enum standing)s);
    }
    return y;
}

static bool is_short(const struct meter *m, struct span price)
{
    return m->known && m->remaining >= 0 && m->remaining < price.max;
}

// "8,990 left, 8,965..8,969 after"
static void meter_rest(const struct meter *m, struct span price, char *out, size_t size)
{
    char left[COUNT_MAX], after[SPAN_MAX];
    struct span rest = {m->remaining - price.max, m->remaining - price.min};

    if (!m->known || m->remaining < 0)
        (void)snprintf(out, size, "left: ?, the account did not say");
    else if (is_short(m, price))
        (void)snprintf(out, size, "%s left: too few for all", count_text(m->remaining, left));
    else
        (void)snprintf(out, size, "%s left, %s after", count_text(m->remaining, left),
                       span_text(rest, after));
}

static int draw_meters(struct area a, const struct quote *q, long long top, enum role role)
{
    struct quote bought = *q;
    const struct span *const prices[] = {&bought.credits, &bought.records, &bought.requests};

    quote_cap(&bought, top);
    for (size_t i = 0; i < ARRAY_LEN(prices); i++) {
        char price[SPAN_MAX], rest[SPAN_MAX * 2];

        (void)area_text(a, (int)i, 1, METER_W, ROLE_LABEL, meter_defs()[i].name);
        (void)area_text(a, (int)i, 1 + METER_W, METER_W, role, span_text(*prices[i], price));
        meter_rest(&q->before.meters[i], *prices[i], rest, sizeof(rest));
        (void)area_text(a, (int)i, 1 + 2 * METER_W, a.w,
                        is_short(&q->before.meters[i], *prices[i]) ? ROLE_WARNING : ROLE_DIM, rest);
        if (area_said(a, (int)i))
            str_addf(area_said(a, (int)i), "%s: %s; %s", meter_defs()[i].name, price, rest);
    }
    return (int)ARRAY_LEN(prices);
}

static int draw_required(struct area a, const struct selection *s)
{
    struct str text = {0};
    int y;

    for (size_t i = 0; i < s->n_required; i++)
        str_addf(&text, "%s%s", i ? ", " : "Required: ", s->required[i]->heading);
    if (text.len)
        str_add(&text, ". Who lacks any of it is not bought and not charged.");
    y = text.len ? wrapped_text(a, 0, ROLE_TEXT, text.data) : 0;
    str_free(&text);
    return y;
}

static int draw_unseen(struct area a, const struct quote *q)
{
    struct str text = {0};
    int y;

    str_add(&text,
            "Less, where some of the new ones were bought by others of this account: it used ");
    quote_add_unseen(q, &text);
    str_add_char(&text, '.');
    y = wrapped_text(a, 0, ROLE_DIM, str_text(&text));
    str_free(&text);
    return y;
}

int quote_draw_price(struct area a, const struct desk *d, long long top)
{
    bool stale = d->buying.state == BUYING_STALE;
    const struct quote *q = &d->buying.quoted.quote;
    int y = draw_standings(a, q) + 1;

    y += draw_meters(area_part(a, y, 0, a.h - y, a.w), q, top, stale ? ROLE_DIM : ROLE_PRICE);
    y += draw_required(area_part(a, y, 1, a.h - y, a.w - 2), &d->buying.selection);
    if (quote_may_be_free(q))
        y += draw_unseen(area_part(a, y, 1, a.h - y, a.w - 2), q);
    return y;
}

// Draws its line where n > 0; returns how many lines that took.
static int draw_count(struct area a, int y, size_t n, const char *what, enum role role)
{
    char text[COUNT_MAX];

    if (!n)
        return 0;
    (void)area_text_right(a, y, 1, ROWS_W, ROLE_STRONG, count_text((long long)n, text));
    (void)area_text(a, y, 2 + ROWS_W, a.w - 2 - ROWS_W, role, what);
    return 1;
}

// Each kind of what was answered without a record.
static int draw_unfound(struct area a, const struct enrich_summary *sum)
{
    int y = 0;

    for (size_t i = 0; i < MATCH_STATUSES; i++) {
        const struct match_status *m = match_status_at(i);
        enum role role = m->unserved ? ROLE_WARNING : ROLE_TEXT;

        y += draw_count(a, y, sum->by_status[i], m->about, role);
    }
    return y;
}

static int draw_skipped(struct area a, int y, size_t n, const struct standing_def *def)
{
    char *what = str_format("%s: %s", def->name, def->reason);
    int lines = draw_count(a, y, n, what, ROLE_DIM);

    free(what);
    return lines;
}

static int draw_counts(struct area a, const struct enrich_summary *sum)
{
    const struct {
        size_t n;
        const char *what;
        enum role role;
    } lines[] = {
        {sum->bought, "bought", ROLE_GOOD},
        {sum->refreshed, "owned already, fetched again for no credit", ROLE_OWNED},
        {sum->from_library, "from the library", ROLE_OWNED},
        {sum->left, "left: the budget did not reach", ROLE_WARNING},
        {sum->unsent, "not sent: it stopped before", ROLE_WARNING},
        {sum->doubtful, "in doubt: sent and not answered", ROLE_UNSURE},
    };
    int y = 0;

    for (size_t i = 0; i < ARRAY_LEN(lines); i++)
        y += draw_count(a, y, lines[i].n, lines[i].what, lines[i].role);
    for (size_t i = 0; i < STANDINGS; i++)
        y += draw_skipped(a, y, sum->skipped[i], &standing_defs()[i]);
    return y + draw_unfound(area_part(a, y, 0, a.h - y, a.w), sum);
}

static const char *plural(long long n)
{
    return n == 1 ? "" : "s";
}

static int draw_charge(struct area a, const struct enrich_summary *sum, const struct quote *q)
{
    bool more = sum->credits > q->credits.max;
    char credits[COUNT_MAX], records[COUNT_MAX], requests[COUNT_MAX], quoted[SPAN_MAX];

    (void)area_textf(
        a, 0, 1, a.w - 1, ROLE_STRONG, "Charged: %s credit%s, %s record%s, %s request%s.",
        count_text(sum->credits, credits), plural(sum->credits), count_text(sum->records, records),
        plural(sum->records), count_text(sum->requests, requests), plural(sum->requests));
    (void)area_textf(a, 1, 1, a.w - 1, more ? ROLE_WARNING : ROLE_DIM,
                     "The quote said %s credits%s", span_text(q->credits, quoted),
                     more ? ": that is MORE than quoted, look into the ledger." : ".");
    return 2;
}

int quote_draw_outcome(struct area a, const struct desk *d)
{
    const struct enrich_summary *sum = &d->buying.done;
    int y = draw_counts(a, sum);

    y += draw_charge(area_part(a, y, 0, a.h - y, a.w), sum, &d->buying.quoted.quote);
    if (*sum->refused) {
        struct str text = {0};

        str_add(&text, "Fields this account may not buy were left out: ");
        desk_refused_fields(d->buying.selection.entity, sum->refused, &text);
        str_add(&text, ".");
        y += wrapped_text(area_part(a, y, 1, a.h - y, a.w - 2), 0, ROLE_WARNING, text.data);
        str_free(&text);
    }
    if (sum->doubtful)
        y += wrapped_text(area_part(a, y, 1, a.h - y, a.w - 2), 0, ROLE_UNSURE,
                          "What is in doubt stands in the ledger and is never sent again "
                          "by itself.");
    return y;
}
