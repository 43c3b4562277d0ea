// Prices and standings as people read them, the same in every pane. UI thread. Floor: ui/pane.
#include "ui/pane/money.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/text.h"
#include "ui/pane/when.h"

enum { DAY_LEN = 10 };

char *span_text(struct span span, char buf[static SPAN_MAX])
{
    char min[COUNT_MAX], max[COUNT_MAX];

    (void)count_text(span.min, min);
    (void)snprintf(buf, SPAN_MAX, "%s%s%s", min, span.min == span.max ? "" : "..",
                   span.min == span.max ? "" : count_text(span.max, max));
    return buf;
}

void add_counted(struct str *out, struct span span, const char *thing)
{
    char text[SPAN_MAX];

    str_addf(out, "%s %s%s", span_text(span, text), thing,
             span.min == 1 && span.max == 1 ? "" : "s");
}

// How the cells of a standing read. Never by colour alone: each has a text of its own.
struct look {
    const char *owned; // NULL: the day
    bool may_cost, costs;
    bool never; // it is not sent: no price at all
    enum role role;
};

static const struct look unsure = {"?", true, false, false, ROLE_UNSURE};

static const struct look looks[STANDINGS] = {
    [STANDING_NEW] = {"-", true, true, false, ROLE_PRICE},
    [STANDING_UNSURE] = {"?", true, false, false, ROLE_UNSURE},
    [STANDING_HELD] = {NULL, false, false, false, ROLE_OWNED},
    [STANDING_OWNED] = {NULL, false, false, false, ROLE_OWNED},
    [STANDING_IN_DOUBT] = {"?", true, false, false, ROLE_UNSURE},
    [STANDING_DUPLICATE] = {"twice", false, false, true, ROLE_DIM},
    [STANDING_SUPPRESSED] = {"out", false, false, true, ROLE_WARNING},
    [STANDING_INVALID] = {"no id", false, false, true, ROLE_WARNING},
    [STANDING_MISSING] = {"lacks", false, false, true, ROLE_WARNING},
    [STANDING_ANSWERED] = {"none", false, false, true, ROLE_DIM},
};

static const struct look *look_of(struct row_note note)
{
    return note.known ? &looks[note.standing] : &unsure;
}

struct span record_price(const struct charging_rule *rule, struct row_note note)
{
    const struct look *look = look_of(note);

    return (struct span){look->costs ? rule->credits_new : 0,
                         look->may_cost ? rule->credits_new : 0};
}

char *owned_text(struct row_note note, int64_t now_ms, char buf[static SPAN_MAX], enum role *role)
{
    const struct look *look = look_of(note);

    *role = look->role;
    return look->owned ? strcpy(buf, look->owned) : when_day(note.free_until, now_ms, buf);
}

char *owned_day_text(struct row_note note, char buf[static SPAN_MAX], enum role *role)
{
    const struct look *look = look_of(note);
    char when[WHEN_MAX];

    *role = look->role;
    if (look->owned)
        return strcpy(buf, look->owned);
    (void)snprintf(buf, SPAN_MAX, "%.*s", DAY_LEN, when_second(note.free_until, when));
    return buf;
}

char *cost_text(const struct charging_rule *rule, struct row_note note, char buf[static SPAN_MAX],
                enum role *role)
{
    const struct look *look = look_of(note);
    struct span price = record_price(rule, note);

    *role = look->role;
    if (look->never)
        return strcpy(buf, "-");
    if (price.min == price.max)
        return count_text(price.min, buf);
    (void)snprintf(buf, SPAN_MAX, "%lld-%lld", price.min, price.max);
    return buf;
}

static void add_kinds(const struct marks *m, bool brief, struct str *out)
{
    const struct {
        size_t n;
        const char *name;
        bool always;
    } kinds[] = {
        {m->count[STANDING_HELD] + m->count[STANDING_OWNED], "owned", true},
        {m->count[STANDING_NEW], "new", true},
        {m->count[STANDING_IN_DOUBT] + m->count[STANDING_UNSURE], "unsure", true},
        {m->count[STANDING_DUPLICATE], "twice", false},
        {m->count[STANDING_SUPPRESSED], "opted out", false},
        {m->count[STANDING_INVALID], "without id", false},
        {m->count[STANDING_MISSING], "lacking data", false},
    };
    const char *between = "";

    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        char n[COUNT_MAX];

        if (!kinds[i].n && (brief || !kinds[i].always))
            continue;
        str_addf(out, "%s%s %s", between, count_text((long long)kinds[i].n, n), kinds[i].name);
        between = ", ";
    }
}

static void add_price(const struct marks *m, bool brief, struct str *out)
{
    char records[SPAN_MAX], requests[SPAN_MAX];

    str_add(out, " -> ");
    add_counted(out, m->credits, "credit");
    if (brief) {
        str_addf(out, ", %s rec., %s req.", span_text(m->records, records),
                 span_text(m->requests, requests));
        return;
    }
    str_add(out, ", ");
    add_counted(out, m->records, "record");
    str_add(out, ", ");
    add_counted(out, m->requests, "request");
}

static void add_marked(const struct marks *m, struct str *out)
{
    char n[COUNT_MAX];

    str_addf(out, "%s marked", count_text((long long)m->n, n));
}

void marks_text(const struct marks *m, bool brief, struct str *out)
{
    add_marked(m, out);
    if (!m->n)
        return;
    if (!m->summed) {
        str_add(out, ": looking them up");
        return;
    }
    str_add(out, ": ");
    add_kinds(m, brief, out);
    add_price(m, brief, out);
}

void sums_take(struct marks_sums *s, const struct marks *m)
{
    for (size_t i = 0; i < SUMS_WORDINGS; i++)
        str_clear(&s->texts[i]);
    marks_text(m, false, &s->texts[0]);
    marks_text(m, true, &s->texts[1]);
    add_marked(m, &s->texts[2]);
    if (m->n && m->summed)
        add_price(m, true, &s->texts[2]);
}

void sums_free(struct marks_sums *s)
{
    for (size_t i = 0; i < SUMS_WORDINGS; i++)
        str_free(&s->texts[i]);
}

int sums_draw(const struct marks_sums *s, bool brief, struct area a)
{
    size_t i = brief;

    while (i + 1 < SUMS_WORDINGS && text_width(str_text(&s->texts[i])) >= a.w)
        i++;
    return area_text(a, 0, 1, a.w - 1, ROLE_PRICE, str_text(&s->texts[i]));
}

bool number_typed(const char *text, long long n)
{
    char *copy = mem_strdup(text), *typed = str_trim(copy), plain[COUNT_MAX], parted[COUNT_MAX];
    bool is;

    (void)snprintf(plain, sizeof(plain), "%lld", n);
    is = str_eq(typed, plain) || str_eq(typed, count_text(n, parted));
    free(copy);
    return is;
}
