// The count of a search without each filter in turn. Floor: flow.
#include "flow/waterfall.h"

#include <stdlib.h>

#include "base/mem.h"
#include "flow/search.h"

struct falling {
    const struct waterfall_order *order;
    struct query *queries; // those that can be asked
    size_t *steps;         // of each
    size_t n;
    struct err *why; // of each step; ERR_NONE: it is asked
    size_t told;     // steps
};

size_t waterfall_price(const struct query *q)
{
    return q->n_filters + 1;
}

// A radius goes with what it is around.
static void leave_out(struct query *q, const struct input *input)
{
    const struct input *radius = entity_radius(q->entity, input);
    struct err ignored;

    (void)query_set(q, input, "", &ignored);
    if (radius)
        (void)query_set(q, radius, "", &ignored);
}

// What is asked: the whole, and without each filter where the rest can stand.
static void plan(struct falling *f)
{
    const struct query *q = f->order->query;
    size_t most = waterfall_price(q);

    f->queries = mem_array(most, sizeof(*f->queries));
    f->steps = mem_array(most, sizeof(*f->steps));
    f->why = mem_array(most, sizeof(*f->why));
    for (size_t step = 0; step < most; step++) {
        struct query less = query_copy(q);

        f->why[step] = (struct err){0};
        if (step > 0)
            leave_out(&less, q->filters[step - 1].input);
        if (query_check(&less, &f->why[step])) {
            f->why[step] = (struct err){0};
            f->steps[f->n] = step;
            f->queries[f->n++] = less;
        } else {
            query_free(&less);
        }
    }
}

// Those before `step` that were not asked.
static bool tell_unasked(struct falling *f, size_t step, struct err *e)
{
    for (; f->told < step; f->told++) {
        if (!f->order->each(f->order->self, f->told, -1, &f->why[f->told], e))
            return false;
    }
    return true;
}

static bool take(void *self, size_t query, long long hits, const struct err *why, struct err *e)
{
    struct falling *f = self;
    size_t step = f->steps[query];

    if (!tell_unasked(f, step, e))
        return false;
    f->told = step + 1;
    return f->order->each(f->order->self, step, hits, why, e);
}

bool waterfall_run(struct app *a, const struct waterfall_order *order, struct err *e)
{
    struct falling f = {.order = order};
    struct count_order counts = {.each = take, .self = &f};
    bool ok;

    plan(&f);
    counts.queries = f.queries;
    counts.n = f.n;
    ok = app_need_net(a, e) && search_counts(a, &counts, e) &&
         tell_unasked(&f, waterfall_price(order->query), e);
    for (size_t i = 0; i < f.n; i++)
        query_free(&f.queries[i]);
    free(f.queries);
    free(f.steps);
    free(f.why);
    return ok;
}
