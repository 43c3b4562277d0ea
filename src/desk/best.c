// Spend N well: the best of what was quoted. UI thread. Floor: desk.
#include "flow/best.h"

#include <stdlib.h>

#include "base/count.h"
#include "base/mem.h"
#include "desk/inside.h"

// What the rows say; nothing of those that are not among them.
static struct merit *merits_of(const struct desk *d, const struct selection *s)
{
    const struct search_operation *op = &s->entity->search;
    struct merit *merits = mem_array(s->n, sizeof(*merits));
    const struct table *t = d->results.entity == s->entity ? d->results.table : NULL;

    for (size_t i = 0; i < s->n; i++) {
        long long place = t ? table_place(t, s->ids[i]) : TABLE_NONE;

        merits[i].score = -1;
        for (size_t k = 0; place != TABLE_NONE && k < op->n_columns; k++)
            merit_take(&merits[i], &op->columns[k], table_cell(t, (size_t)place, k));
    }
    return merits;
}

// The labels go with their records, whose order stays; those of the others are kept apart.
static void follow(struct buying *b, char *const *ids, size_t n)
{
    size_t kept = 0;

    b->passed = mem_regrow(b->passed, b->n_passed + n - b->selection.n, sizeof(*b->passed));
    for (size_t i = 0; i < n; i++) {
        if (kept < b->selection.n && b->selection.ids[kept] == ids[i])
            b->labels[kept++] = b->labels[i];
        else
            b->passed[b->n_passed++] = b->labels[i];
    }
}

bool desk_quote_best(struct desk *d, size_t most, struct err *e)
{
    struct buying *b = &d->buying;
    struct merit *merits;
    size_t n = b->selection.n, out;
    char left[COUNT_MAX];
    char **ids;

    if (b->state != BUYING_QUOTED)
        return err_set(e, ERR_REFUSED, "there is no fresh quote to choose from; quote first");
    if (b->by_line)
        return err_set(e, ERR_REFUSED,
                       "best goes by what the rows of a search say, which the lines of a file do "
                       "not have");
    merits = merits_of(d, &b->selection);
    ids = mem_dup(b->selection.ids, n * sizeof(*ids));
    out = best_pick(&b->selection, &b->quoted, merits, most);
    follow(b, ids, n);
    free(ids);
    free(merits);
    desk_say(d, ERR_NONE,
             "%s that may cost are left out: others have more, score higher or are "
             "fresher. They stay marked.",
             count_text((long long)out, left));
    desk_changed(d, DESK_QUOTE);
    return true;
}

size_t desk_quote_over(const struct desk *d, long long top, bool *surely)
{
    const struct quote *q = &d->buying.quoted.quote;
    long long price = q->entity->charging.credits_new;
    size_t may = 0, fit = price ? (size_t)(top / price) : SIZE_MAX;

    for (size_t s = 0; s < STANDINGS; s++) {
        if (standing_may_cost((enum standing)s, d->buying.again))
            may += q->count[s];
    }
    *surely = q->credits.min == q->credits.max;
    return may > fit ? may - fit : 0;
}
