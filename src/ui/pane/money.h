// Prices and standings as people read them, the same in every pane. UI thread. Floor: ui/pane.
#ifndef LODE_UI_PANE_MONEY_H
#define LODE_UI_PANE_MONEY_H

#include <stdint.h>

#include "base/str.h"
#include "desk/desk.h"
#include "ui/term/canvas.h"
#include "ui/term/role.h"

enum { SPAN_MAX = 72 };

// "21..25", or "21" where both ends are the same; returns buf.
char *span_text(struct span span, char buf[static SPAN_MAX]);
// The word for one or several: "1 request", "2 requests". Appends.
void add_counted(struct str *out, struct span span, const char *thing);

// What a record costs by where it stands; known false: between nothing and the price of a new one.
struct span record_price(const struct charging_rule *rule, struct row_note note);
// The Owned cell: the day until which it is free, "-" not owned, "?" unsure, "out" opted out. And
// the Cost cell: "0", "1", "0-1", "-". Both return buf.
char *owned_text(struct row_note note, int64_t now_ms, char buf[static SPAN_MAX], enum role *role);
// The same with every day as 2027-11-26.
char *owned_day_text(struct row_note note, char buf[static SPAN_MAX], enum role *role);
char *cost_text(const struct charging_rule *rule, struct row_note note, char buf[static SPAN_MAX],
                enum role *role);

// Does a text that was typed say that number, with separators or without?
bool number_typed(const char *text, long long n);

// "37 marked: 12 owned, 21 new, 4 unsure -> 21..25 credits, 37 records, 2 requests". brief: without
// what there is none of, and with shorter words.
void marks_text(const struct marks *m, bool brief, struct str *out);
// The same in as many words as there is room for: what the marks cost is seen before their kinds.
enum { SUMS_WORDINGS = 3 };
struct marks_sums {
    struct str texts[SUMS_WORDINGS]; // the longest first
};
void sums_take(struct marks_sums *s, const struct marks *m);
void sums_free(struct marks_sums *s);
// In the first row of an area; returns how many columns it took. brief: without the longest.
int sums_draw(const struct marks_sums *s, bool brief, struct area a);

#endif
