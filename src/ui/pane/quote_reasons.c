// Why each record of the quote costs what it costs: by standing, each with its records and dates.
// UI thread. Floor: ui/pane.
#include "ui/pane/quote_reasons.h"

#include <ctype.h>
#include <stdio.h>

#include "base/count.h"
#include "base/text.h"
#include "ui/pane/cells.h"
#include "ui/pane/money.h"
#include "ui/pane/reader.h"
#include "ui/pane/when.h"

enum { TITLE_MAX = 48 };

// "New (21), 1 credit each: ..."
static void add_heading(const struct buying *b, enum standing s, struct str *out)
{
    const struct standing_def *def = &standing_defs()[s];
    struct row_note note = {.standing = s, .known = true};
    struct span price = record_price(&b->selection.entity->charging, note);
    char n[COUNT_MAX];

    str_addf(out, "%s%c%s (%s)", out->len ? "\n" : "", toupper((unsigned char)*def->name),
             def->name + 1, count_text((long long)b->quoted.quote.count[s], n));
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

static void add_records(const struct desk *d, enum standing s, struct str *out)
{
    const struct buying *b = &d->buying;

    for (size_t i = 0; i < b->selection.n; i++) {
        char *label;

        if (b->quoted.standings[i] != s)
            continue;
        label = text_cleaned(label_shown(d, b->selection.entity, b->labels[i]));
        str_addf(out, "  %s", label);
        free(label);
        if (b->quoted.owned)
            add_dates(&b->quoted.owned[i], s, out);
        str_add_char(out, '\n');
    }
    for (size_t i = 0; i < b->n_left; i++) {
        if (b->left[i].standing == s)
            str_addf(out, "  %s\n", b->left[i].why);
    }
}

struct pane *quote_reasons_open(struct desk *desk, struct host *host)
{
    const struct quote *q = &desk->buying.quoted.quote;
    char title[TITLE_MAX], n[COUNT_MAX];
    struct str text = {0};
    struct pane *popup;

    for (size_t s = 0; s < STANDINGS; s++) {
        if (!q->count[s])
            continue;
        add_heading(&desk->buying, (enum standing)s, &text);
        add_records(desk, (enum standing)s, &text);
    }
    (void)snprintf(title, sizeof(title), "why, of %s", count_text((long long)q->rows, n));
    popup = reader_open(desk, host, title, str_text(&text));
    str_free(&text);
    return popup;
}
