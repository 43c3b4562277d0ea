// What becomes of each record of a purchase, handed out in the order asked for. Floor: flow.
#include "flow/outcome.h"

#include <stdlib.h>

#include "base/mem.h"
#include "store/owned.h"

enum {
    HANDY_MAX = 64, // answers kept until their records are handed out; more are read back
    CHUNK = 200     // records handed out at once
};

enum place {
    PLACE_OPEN,    // not known yet
    PLACE_HELD,    // in the library
    PLACE_HANDY,   // there too, and its answer is still here
    PLACE_NOTHING, // answered without a record
    PLACE_OUT
};

struct outcome_record {
    enum place place;
    struct batch *batch;               // of HANDY
    size_t row;                        // its place there
    const struct match_status *status; // of NOTHING
};

void outcome_open(struct outcome *o, struct app *a, const struct enrich_order *order)
{
    *o = (struct outcome){.app = a, .order = order};
    o->records = mem_array(order->selection->n, sizeof(*o->records));
}

void outcome_close(struct outcome *o)
{
    free(o->records);
}

void outcome_held(struct outcome *o, size_t i)
{
    o->records[i].place = PLACE_HELD;
}

void outcome_out(struct outcome *o, size_t i)
{
    o->records[i].place = PLACE_OUT;
}

void outcome_absent(struct outcome *o, size_t i, const struct match_status *status)
{
    o->records[i] = (struct outcome_record){.place = PLACE_NOTHING, .status = status};
}

void outcome_answered(struct outcome *o, struct batch *b)
{
    bool keep = o->handy < HANDY_MAX;

    for (size_t i = 0; i < b->n; i++) {
        struct outcome_record *r = &o->records[b->rows[i]];

        *r = (struct outcome_record){.batch = b, .row = i, .status = b->answer.rows[i].status};
        if (!b->answer.rows[i].raw)
            r->place = PLACE_NOTHING;
        else
            r->place = keep ? PLACE_HANDY : PLACE_HELD;
        b->n_handy += r->place == PLACE_HANDY;
    }
    if (b->n_handy) {
        o->handy++;
        batch_forget_request(b);
    } else {
        batch_free(b);
    }
}

// The batch goes once all its records have been handed out.
static void let_go(struct outcome *o, struct batch *b)
{
    if (--b->n_handy > 0)
        return;
    o->handy--;
    batch_free(b);
}

static bool hand_out(struct outcome *o, const struct enriched_row *row, struct err *e)
{
    o->lost = o->lost || !o->order->row(o->order->self, row, e);
    return !o->lost;
}

static void show_nothing(struct outcome *o, const struct outcome_record *r, struct err *e)
{
    struct enriched_row row = {.id = o->order->selection->ids[o->shown],
                               .status = r->status->name,
                               .source = o->app->config.source,
                               .at = o->shown};

    (void)hand_out(o, &row, e);
}

static void show_handy(struct outcome *o, const struct outcome_record *r, struct err *e)
{
    const struct batch *b = r->batch;
    const struct enriched *answer = &b->answer.rows[r->row];
    struct enriched_row row = {.id = answer->id,
                               .raw = answer->raw,
                               .status = answer->status_name,
                               .source = o->app->config.source,
                               .fetched_ms = b->charge.ended_ms,
                               .fields = b->fields_key,
                               .at = o->shown};

    o->given += hand_out(o, &row, e);
    let_go(o, r->batch);
}

// Shows records up to the next one that only the library has.
static void show_others(struct outcome *o, size_t end, struct err *e)
{
    for (; o->shown < end && o->records[o->shown].place != PLACE_HELD; o->shown++) {
        const struct outcome_record *r = &o->records[o->shown];

        if (r->place == PLACE_HANDY)
            show_handy(o, r, e);
        else if (r->place == PLACE_NOTHING)
            show_nothing(o, r, e);
    }
}

struct reading {
    struct outcome *o;
    size_t end;
    struct err *e;
};

static bool show_owned(void *self, const struct owned_row *row)
{
    struct reading *r = self;
    struct enriched_row shown = {.id = row->id,
                                 .raw = row->raw,
                                 .status = row->match_status,
                                 .source = row->source,
                                 .fetched_ms = row->fetched_ms,
                                 .fields = row->fields,
                                 .bought_ms = row->bought_ms};

    show_others(r->o, r->end, r->e);
    shown.at = r->o->shown;
    r->o->given += hand_out(r->o, &shown, r->e);
    r->o->shown++;
    return true;
}

static bool show(struct outcome *o, size_t end, struct err *e)
{
    const struct selection *s = o->order->selection;
    struct reading reading = {o, end, e};
    const char *ids[CHUNK];
    bool ok = true;
    size_t n = 0;

    for (size_t i = o->shown; i < end; i++) {
        if (o->records[i].place == PLACE_HELD)
            ids[n++] = s->ids[i];
    }
    if (n)
        ok = store_owned_each(o->app->store, s->entity->name, ids, n, show_owned, &reading, e);
    // A record that the library did not give is passed over.
    while (o->shown < end) {
        show_others(o, end, e);
        o->shown += o->shown < end;
    }
    return ok && !o->lost;
}

// Where the records end, from the first that was not shown, that can be shown now.
static size_t known_end(const struct outcome *o, size_t end)
{
    size_t i = o->shown;

    while (i < end && i < o->shown + CHUNK && o->records[i].place != PLACE_OPEN)
        i++;
    return i;
}

bool outcome_show(struct outcome *o, size_t end, bool all, struct err *e)
{
    bool ok = true;
    size_t to;

    while ((to = known_end(o, end)) > o->shown && (all || to == o->shown + CHUNK))
        ok = show(o, to, e) && ok;
    return ok;
}
