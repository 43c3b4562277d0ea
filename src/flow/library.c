// What is owned and what it cost, read back without the API. Floor: flow.
#include "flow/library.h"

#include "store/owned.h"

struct reader {
    bool (*row)(void *self, const struct enriched_row *row, struct err *e);
    void *self;
    struct err *e;
    bool failed;
    size_t at;
};

static bool read_owned(void *arg, const struct owned_row *o)
{
    struct reader *reader = arg;
    struct enriched_row row = {o->id,         o->raw,    o->match_status, o->source,
                               o->fetched_ms, o->fields, reader->at++,    o->bought_ms};

    reader->failed = !reader->row(reader->self, &row, reader->e);
    return !reader->failed;
}

bool library_each(struct app *a, const struct entity *entity, const char *const *ids, size_t n,
                  bool (*row)(void *self, const struct enriched_row *row, struct err *e),
                  void *self, struct err *e)
{
    struct reader reader = {row, self, e, false, 0};

    if (!app_need_store(a, e))
        return false;
    return store_owned_each(a->store, entity->name, ids, n, read_owned, &reader, e) &&
           !reader.failed;
}

bool library_ledger(struct app *a, int state, bool inputs,
                    bool (*each)(void *self, const struct ledger_row *), void *self, struct err *e)
{
    return app_need_store(a, e) && store_ledger_each(a->store, state, inputs, each, self, e);
}

bool library_answer(struct app *a, int64_t charge, struct str *out, struct err *e)
{
    return app_need_store(a, e) && store_charge_answer(a->store, charge, out, e);
}

bool library_totals(struct app *a, struct ledger_totals *out, struct err *e)
{
    return app_need_store(a, e) && store_ledger_totals(a->store, out, e);
}

bool library_today(struct app *a, struct spent *out, struct err *e)
{
    return app_need_store(a, e) && store_spent_since(a->store, purse_day(a->purse), out, e);
}
