// Why each record of the quote costs what it costs: by standing, each with its records and dates.
// UI thread. Floor: ui/pane.
#include "ui/pane/quote_reasons.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/text.h"
#include "ui/pane/cells.h"
#include "ui/pane/money.h"
#include "ui/pane/reader.h"
#include "ui/pane/when.h"

enum { TITLE_MAX = 48 };

// "New (21), 1 credit each: ..."
static void add_heading(const struct buying *b, enum standing s, size_t count, struct str *out)
{
    const struct standing_def *def = &standing_defs()[s];
    struct row_note note = {.standing = s, .known = true};
    struct span price = record_price(&b->selection.entity->charging, note);
    char n[COUNT_MAX];

    str_addf(out, "%s%c%s (%s)", out->len ? "\n" : "", toupper((unsigned char)*def->name),
             def->name + 1, count_text((long long)count, n));
    if (price.max) {
        str_add(out, ", ");
        add_counted(out, price, "credit");
        str_add(out, " each");
    }
    str_addf(out, ": %s.\n", def->reason);
}

// What is known of this one beside its standing.
static void add_dates(const struct owned *o, enum standing s, struct str *out)
{
    bool is_free = s == STANDING_HELD || s == STANDING_OWNED;
    char bought[WHEN_MAX], until[WHEN_MAX];

    if (is_free)
        str_addf(out, ", bought %.10s, free until %.10s", when_second(o->bought_ms, bought),
                 when_second(o->free_until, until));
    else if (s == STANDING_NEW && o->bought_ms)
        str_addf(out, ", was free until %.10s", when_second(o->free_until, until));
}

static void add_label(const struct desk *d, const char *of, struct str *out)
{
    char *label = text_cleaned(label_shown(d, d->buying.selection.entity, of));

    str_addf(out, "  %s", label);
    free(label);
}

// What a purchase for at most some credits leaves out, the last in the quote's order.
struct over {
    bool *is;            // for each record of the selection; owned
    size_t n[STANDINGS]; // in all, with the lines of a file that are beyond the quote's beginning
};

static struct over find_over(const struct desk *d, long long top)
{
    const struct buying *b = &d->buying;
    struct over over = {.is = mem_array(b->selection.n + 1, sizeof(*over.is))};
    long long price = b->selection.entity->charging.credits_new, spent = 0;
    size_t here[STANDINGS] = {0}, rest, beyond;
    bool ignored;

    rest = desk_quote_over(d, top, &ignored);
    for (size_t i = 0; i < b->selection.n; i++) {
        enum standing s = b->quoted.standings[i];

        here[s]++;
        if (!standing_may_cost(s, b->again) || (spent += price) <= top)
            continue;
        over.is[i] = true;
        over.n[s]++;
        rest -= rest > 0;
    }
    for (size_t s = 0; s < STANDINGS; s++) {
        if (!standing_may_cost((enum standing)s, b->again))
            continue;
        beyond = b->quoted.quote.count[s] - here[s];
        beyond = beyond < rest ? beyond : rest;
        over.n[s] += beyond;
        rest -= beyond;
    }
    return over;
}

// Of the lines of a file those that are in the quote's beginning.
static void add_over(const struct desk *d, long long top, const struct over *over, struct str *out)
{
    const struct buying *b = &d->buying;
    bool surely;
    size_t n = desk_quote_over(d, top, &surely);
    char text[COUNT_MAX], credits[COUNT_MAX];

    if (!n)
        return;
    str_addf(out, "Left out (%s%s): over the %s credits it may cost at most, the last in order.\n",
             surely ? "" : "up to ", count_text((long long)n, text), count_text(top, credits));
    for (size_t i = 0; i < b->selection.n; i++) {
        if (!over->is[i])
            continue;
        add_label(d, b->labels[i], out);
        str_add_char(out, '\n');
    }
}

static void add_passed(const struct desk *d, struct str *out)
{
    const struct buying *b = &d->buying;
    char n[COUNT_MAX];

    if (!b->n_passed)
        return;
    str_addf(out, "%sLeft out (%s): others have more, score higher or are fresher.\n",
             out->len ? "\n" : "", count_text((long long)b->n_passed, n));
    for (size_t i = 0; i < b->n_passed; i++) {
        add_label(d, b->passed[i], out);
        str_add_char(out, '\n');
    }
}

static void add_records(const struct desk *d, enum standing s, const struct over *over,
                        struct str *out)
{
    const struct buying *b = &d->buying;

    for (size_t i = 0; i < b->selection.n; i++) {
        if (b->quoted.standings[i] != s || over->is[i])
            continue;
        add_label(d, b->labels[i], out);
        if (b->quoted.owned)
            add_dates(&b->quoted.owned[i], s, out);
        str_add_char(out, '\n');
    }
    for (size_t i = 0; i < b->n_left; i++) {
        if (b->left[i].standing == s)
            str_addf(out, "  %s\n", b->left[i].why);
    }
}

struct pane *quote_reasons_open(struct desk *desk, struct host *host, long long top)
{
    const struct quote *q = &desk->buying.quoted.quote;
    char title[TITLE_MAX], n[COUNT_MAX];
    struct over over = find_over(desk, top);
    struct str text = {0};
    struct pane *popup;

    add_over(desk, top, &over, &text);
    add_passed(desk, &text);
    for (size_t s = 0; s < STANDINGS; s++) {
        if (q->count[s] <= over.n[s])
            continue;
        add_heading(&desk->buying, (enum standing)s, q->count[s] - over.n[s], &text);
        add_records(desk, (enum standing)s, &over, &text);
    }
    free(over.is);
    (void)snprintf(title, sizeof(title), "why each of %s costs so",
                   count_text((long long)q->rows, n));
    popup = reader_open(desk, host, title, str_text(&text));
    str_free(&text);
    return popup;
}
