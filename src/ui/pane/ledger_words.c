// A charge of the ledger in words. UI thread. Floor: ui/pane.
#include <stdio.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/text.h"
#include "ui/pane/cells.h"
#include "ui/pane/ledger_pane.h"
#include "ui/pane/when.h"

enum { ID_WIDTH = 12, SHOWN_WIDTH = 36, LABEL_WIDTH = 24 };

static const char *span(long long min, long long max, char *buf, size_t size)
{
    char least[COUNT_MAX], most[COUNT_MAX];

    if (min < 0)
        (void)snprintf(buf, size, "<=%s", count_text(max, most));
    else if (min == max)
        (void)snprintf(buf, size, "%s", count_text(max, most));
    else
        (void)snprintf(buf, size, "%s..%s", count_text(min, least), count_text(max, most));
    return buf;
}

const char *ledger_quoted(const struct ledger_row *row, char *buf, size_t size)
{
    return span(row->quoted_min, row->quoted_max, buf, size);
}

static bool is_open(const struct ledger_row *row)
{
    return row->state == CHARGE_IN_DOUBT || row->state == CHARGE_INTENT;
}

const char *ledger_charged(const struct ledger_row *row, char *buf, size_t size)
{
    return is_open(row) ? span(0, row->quoted_max, buf, size)
                        : span(row->credits, row->credits, buf, size);
}

// "4 credits, 4 records, 1 request"
static void add_meters(struct str *out, long long credits, long long records, long long requests)
{
    const struct {
        long long n;
        const char *thing;
    } meters[] = {{credits, "credit"}, {records, "record"}, {requests, "request"}};
    char n[COUNT_MAX];

    for (size_t i = 0; i < ARRAY_LEN(meters); i++)
        str_addf(out, "%s%s %s%s", i ? ", " : "", count_text(meters[i].n, n), meters[i].thing,
                 meters[i].n == 1 ? "" : "s");
}

static void add_line(struct str *out, const char *label, const char *text)
{
    if (*text)
        str_addf(out, "%-10s %s\n", label, text);
}

static void add_time(struct str *out, const char *label, int64_t utc_ms, const char *untold)
{
    char when[WHEN_MAX];

    add_line(out, label, utc_ms ? when_second(utc_ms, when) : untold);
}

static void add_charged(struct str *out, const struct ledger_row *row)
{
    char credits[LEDGER_CELL_MAX];

    if (is_open(row)) {
        str_addf(out, "%-10s %s credits, which is not known yet\n",
                 "Charged:", ledger_charged(row, credits, sizeof(credits)));
        return;
    }
    str_addf(out, "%-10s ", "Charged:");
    add_meters(out, row->credits, row->records, row->requests);
    str_add(out, "\n");
}

static long long known(int64_t moved)
{
    return moved == METER_UNTOLD ? 0 : moved;
}

// "credits 9,990 before, 9,986 after; ...", as the answer's headers said.
static void add_left(struct str *out, const struct ledger_row *row)
{
    const struct {
        const char *name;
        int64_t before, after;
    } meters[] = {{"credits", row->before.credits, row->after.credits},
                  {"records", row->before.records, row->after.records},
                  {"requests", row->before.requests, row->after.requests}};
    char before[COUNT_MAX], after[COUNT_MAX];
    const char *sign = "";

    for (size_t i = 0; i < ARRAY_LEN(meters); i++) {
        if (meters[i].after == METER_UNTOLD)
            continue;
        str_addf(out, "%s%s ", *sign ? sign : "Balances:  ", meters[i].name);
        if (meters[i].before != METER_UNTOLD)
            str_addf(out, "%s before, ", count_text(meters[i].before, before));
        str_addf(out, "%s after", count_text(meters[i].after, after));
        sign = "; ";
    }
    str_add(out, *sign ? "\n" : "");
}

// What a call that was sent again shows of the doubt before it.
static void add_paid(struct str *out, const struct ledger_row *row)
{
    char n[COUNT_MAX];
    long long paid = ledger_row_paid(row);

    if (paid)
        str_addf(out,
                 "           No drift: %s of it had been charged by the call in doubt, whose "
                 "records this one sent again.\n",
                 count_text(paid, n));
}

static void add_moved(struct str *out, const struct ledger_row *row)
{
    if (row->state != CHARGE_CHARGED)
        return;
    str_addf(out, "%-10s ", "Meters:");
    if (row->moved.credits == METER_UNTOLD) {
        str_add(out, "not told apart: other calls were under way, or the answer named none\n");
        return;
    }
    str_add(out, "moved by ");
    add_meters(out, row->moved.credits, known(row->moved.records), known(row->moved.requests));
    str_add(out, ledger_row_drifts(row)
                     ? "\n           A DRIFT: that is not what Lode counted. Others may use the "
                       "account, or have bought these records before.\n"
                     : "\n");
    add_paid(out, row);
}

// What its records are called in the first columns, and their names; each as wide as the widest.
struct widths {
    int shown, label;
};

static int wider(int width, const char *text, int most)
{
    int one = text_width(text);

    return one > most ? most : one > width ? one : width;
}

static struct widths widths_of(const struct charge_records *r)
{
    struct widths w = {ID_WIDTH, 0};

    for (size_t i = 0; i < r->n; i++) {
        w.shown = wider(w.shown, r->items[i].shown, SHOWN_WIDTH);
        w.label = *r->items[i].label ? LABEL_WIDTH : w.label;
    }
    return w;
}

static void add_record(const struct desk *d, const struct charge_told *t, size_t i, struct widths w,
                       const char *fate, struct str *out)
{
    const struct entity *entity = entity_find(t->row.entity);
    const struct charge_record *r = &t->records.items[i];
    const char *label = entity && *r->label ? label_shown(d, entity, r->label) : r->label;

    str_add(out, "  ");
    text_fit(r->shown, w.shown, true, out);
    if (w.label)
        str_add(out, "  ");
    text_fit(label, w.label, true, out);
    str_addf(out, "  %s\n", fate);
}

static void add_records(const struct desk *d, const struct charge_told *t, struct str *out)
{
    struct widths w = widths_of(&t->records);

    str_addf(out, "\n%s\n", t->records.n ? "Its records:" : "Its records are not told.");
    for (size_t i = 0; i < t->records.n; i++)
        add_record(d, t, i, w, charge_fate_shown(t->records.items[i].fate, t->row.state), out);
}

static void add_answer(struct str *out, const struct ledger_row *row)
{
    char n[COUNT_MAX];

    if (row->http)
        str_addf(out, "%-10s HTTP %d\n", "Answer:", row->http);
    if (row->answer_kept)
        str_addf(out, "%-10s %s bytes that came are kept: lode ledger answer %lld\n", "",
                 count_text(row->answer_kept, n), (long long)row->id);
}

// When, who and where.
static void add_ends(struct str *out, const struct ledger_row *row)
{
    str_add(out, "\n");
    add_time(out, "Begun:", row->began_ms, "");
    add_time(out, "Left:", row->sent_ms, row->ended_ms ? "not told" : "not known yet");
    add_time(out, "Ended:", row->ended_ms, "not yet");
    add_line(out, "Who:", row->who);
    add_line(out, "Profile:", row->profile);
    add_line(out, "At:", row->base_url);
    add_answer(out, row);
    add_line(out, "Request:", row->request_id);
}

void ledger_say(const struct desk *d, const struct charge_told *t, struct str *out)
{
    const struct ledger_row *row = &t->row;
    char quoted[LEDGER_CELL_MAX], n[COUNT_MAX];

    str_addf(out, "Charge %lld: %s\n%s, %s record%s\n\n", (long long)row->id,
             charge_state_shown(row->state), row->operation, count_text(row->n_records, n),
             row->n_records == 1 ? "" : "s");
    add_line(out, "Chosen in:", row->origin);
    add_line(out, "Why:", row->why);
    str_addf(out, "%-10s %s credits\n", "Quoted:", ledger_quoted(row, quoted, sizeof(quoted)));
    add_charged(out, row);
    add_moved(out, row);
    add_left(out, row);
    add_line(out, "Reason:", row->reason);
    add_records(d, t, out);
    add_ends(out, row);
}

static void add_judged(const struct desk *d, const struct judged *j, const struct charge_told *t,
                       struct str *out)
{
    struct widths w = widths_of(&t->records);
    char when[WHEN_MAX];

    str_add(out, "\n");
    judged_say(j, out);
    str_add(out, "\n");
    judged_why(j, out);
    str_addf(out, "\n%s, %s\n", when_second(t->row.began_ms, when), t->row.operation);
    for (size_t i = 0; i < t->records.n; i++)
        add_record(d, t, i, w, verdict_shown(j->verdict), out);
}

void ledger_say_judged(const struct desk *d, const char *resend, struct str *out)
{
    const struct charges_judged *j = &d->charges.judged;
    char n[COUNT_MAX];

    judged_sum(j->all, j->n, out);
    str_add(out, "\nThat is by the account's meters, and holds where nobody else used the account "
                 "meanwhile.\n");
    str_addf(out,
             "%s on a call quotes its records again, by id: what was charged is fetched for no "
             "credit. Lines of a file are sent again by their job.\n",
             resend);
    for (size_t i = 0; i < j->n_told; i++)
        add_judged(d, &j->all[i], &j->told[i], out);
    if (j->n > j->n_told)
        str_addf(out, "\n%s more are told by lode ledger.\n",
                 count_text((long long)(j->n - j->n_told), n));
}
