// Charges as cells, and written to a file. Floor: flow.
#include "flow/charges.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"

const struct sheet_column charge_columns[] = {
    {"charge", "No", COLUMN_NUMBER},
    {"began", "When", COLUMN_TEXT},
    {"state", "State", COLUMN_TEXT},
    {"operation", "Operation", COLUMN_TEXT},
    {"recordsSent", "Sent", COLUMN_NUMBER},
    {"quotedMax", "Quoted", COLUMN_NUMBER},
    {"credits", "Credits", COLUMN_NUMBER},
    {"records", "Records", COLUMN_NUMBER},
    {"requests", "Requests", COLUMN_NUMBER},
    {"http", "HTTP", COLUMN_NUMBER},
    {"requestId", "Request", COLUMN_TEXT},
    {"source", "Source", COLUMN_TEXT},
    {"answerKept", "Kept", COLUMN_NUMBER},
    {"reason", "Reason", COLUMN_TEXT},
    {"who", "Who", COLUMN_TEXT},
    {"profile", "Profile", COLUMN_TEXT},
    {"chosenIn", "Chosen in", COLUMN_TEXT},
    {"why", "Why", COLUMN_TEXT},
    {"quotedMin", "At least", COLUMN_NUMBER},
    {"sentAt", "Left", COLUMN_TEXT},
    {"ended", "Ended", COLUMN_TEXT},
    {"creditsByMeter", "Credits by the meter", COLUMN_NUMBER},
    {"recordsByMeter", "Records by the meter", COLUMN_NUMBER},
    {"drift", "Drift", COLUMN_TEXT},
    {"requestsByMeter", "Requests by the meter", COLUMN_NUMBER},
    {"creditsBefore", "Credits left before", COLUMN_NUMBER},
    {"creditsAfter", "Credits left after", COLUMN_NUMBER},
    {"recordsBefore", "Records left before", COLUMN_NUMBER},
    {"recordsAfter", "Records left after", COLUMN_NUMBER},
    {"requestsBefore", "Requests left before", COLUMN_NUMBER},
    {"requestsAfter", "Requests left after", COLUMN_NUMBER},
    {"inputs", "Inputs", COLUMN_TEXT},
};

static_assert(ARRAY_LEN(charge_columns) == CHARGE_CELLS, "a cell a column");

size_t charge_columns_count(void)
{
    return ARRAY_LEN(charge_columns);
}

static void add(struct charge_cells *c, const char *text)
{
    c->cells[c->n++] = text ? text : "";
}

static void add_number(struct charge_cells *c, int64_t number, bool told)
{
    char *text = c->numbers[c->n];

    *text = '\0';
    if (told)
        (void)snprintf(text, CHARGE_NUMBER_MAX, "%lld", (long long)number);
    add(c, text);
}

static void add_time(struct charge_cells *c, size_t which, int64_t utc_ms)
{
    add(c, utc_ms ? clock_iso(utc_ms, c->times[which]) : "");
}

static void add_meter(struct charge_cells *c, int64_t number)
{
    add_number(c, number, number != METER_UNTOLD);
}

// In the order of charge_columns.
void charge_cells(const struct ledger_row *row, struct charge_cells *out)
{
    out->n = 0;
    add_number(out, row->id, true);
    add_time(out, 0, row->began_ms);
    add(out, charge_state_name(row->state));
    add(out, row->operation);
    add_number(out, row->n_records, true);
    add_number(out, row->quoted_max, true);
    add_number(out, row->credits, true);
    add_number(out, row->records, true);
    add_number(out, row->requests, true);
    add_number(out, row->http, true);
    add(out, row->request_id);
    add(out, row->base_url);
    add_number(out, row->answer_kept, true);
    add(out, row->reason);
    add(out, row->who);
    add(out, row->profile);
    add(out, row->origin);
    add(out, row->why);
    add_number(out, row->quoted_min, row->quoted_min >= 0);
    add_time(out, 1, row->sent_ms);
    add_time(out, 2, row->ended_ms);
    add_meter(out, row->moved.credits);
    add_meter(out, row->moved.records);
    add(out, ledger_row_drifts(row) ? "yes" : "");
    add_meter(out, row->moved.requests);
    add_meter(out, row->before.credits);
    add_meter(out, row->after.credits);
    add_meter(out, row->before.records);
    add_meter(out, row->after.records);
    add_meter(out, row->before.requests);
    add_meter(out, row->after.requests);
    add(out, row->inputs);
}

enum { WINDOW = 256 };

struct writing {
    struct app *app;
    struct export *file;
    struct err err;
    long long done, total;
};

static bool write_row(void *self, const struct ledger_row *row)
{
    struct writing *w = self;
    struct charge_cells c;

    charge_cells(row, &c);
    return export_row(w->file, c.cells, NULL, NULL, &w->err);
}

static bool write_window(struct writing *w, const int64_t *ids, size_t n, struct err *e)
{
    if (!charges_rows(w->app, ids, n, write_row, w, e))
        return false;
    if (w->err.kind != ERR_NONE) {
        *e = w->err;
        return false;
    }
    w->done += (long long)n;
    app_step(w->app, "charges", w->done, w->total);
    return !cancel_fired(w->app->cancel) || err_set(e, ERR_CANCELLED, "stopped on request");
}

// Those of ids, or, where it is NULL, n, n - 1, ... 1.
static bool write_all(struct writing *w, const int64_t *ids, size_t n, struct err *e)
{
    int64_t window[WINDOW];
    bool ok = true;

    w->total = (long long)n;
    for (size_t at = 0; ok && at < n; at += WINDOW) {
        size_t here = n - at < WINDOW ? n - at : WINDOW;

        for (size_t i = 0; i < here; i++)
            window[i] = ids ? ids[at + i] : (int64_t)(n - at - i);
        ok = write_window(w, window, here, e);
    }
    return ok;
}

bool charges_export(struct app *a, const struct charges_wish *w,
                    const struct export_options *options, struct export_result *out, struct err *e)
{
    struct export_options all = *options;
    struct writing writing = {.app = a};
    int64_t *ids;
    size_t n;
    bool ok;

    all.sheet.columns = charge_columns;
    all.sheet.n_columns = ARRAY_LEN(charge_columns);
    if (!charges_find(a, w, &ids, &n, e))
        return false;
    writing.file = export_open(&all, e);
    ok = writing.file && write_all(&writing, ids, n, e);
    if (ok)
        ok = export_close(writing.file, &(struct export_facts){.credits = -1}, out, e);
    else
        export_abort(writing.file);
    free(ids);
    return ok;
}
