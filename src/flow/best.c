// Spend N well. Floor: flow.
#include "flow/best.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "flow/match_file.h"

static bool says_yes(const char *cell)
{
    return strcasecmp(cell, "true") == 0 || strcasecmp(cell, "yes") == 0 || str_eq(cell, "1");
}

void merit_take(struct merit *m, const struct column *column, const char *cell)
{
    if (!(column->marks & COLUMN_SHOWN) || !cell || !*cell)
        return;
    if (column->type == COLUMN_FLAG)
        m->has += says_yes(cell);
    else if (column->type == COLUMN_NUMBER)
        (void)str_int64(cell, &m->score);
    else if (column->type == COLUMN_DATE && !date_normal(cell, m->day))
        (void)snprintf(m->day, sizeof(m->day), "%.10s", cell);
}

// The search's column of each of the file's; NULL: of none.
static const struct column **columns_of(const struct search_operation *op,
                                        const struct match_file *f)
{
    const struct column **found = mem_array(f->names.len, sizeof(const struct column *));

    for (size_t i = 0; i < f->names.len; i++) {
        for (size_t k = 0; k < op->n_columns; k++) {
            const struct column *c = &op->columns[k];

            if (strcasecmp(f->names.items[i], c->name) == 0 ||
                strcasecmp(f->names.items[i], c->heading) == 0)
                found[i] = c;
        }
    }
    return found;
}

static void take_rows(struct match_file *f, const struct column *const *columns,
                      const struct map *places, struct err *e)
{
    while (match_file_next(f, e)) {
        for (size_t k = 0; k < f->names.len; k++) {
            struct merit *m = map_get(places, f->cells.items[k]);

            for (size_t i = 0; m && i < f->names.len; i++) {
                if (columns[i])
                    merit_take(m, columns[i], f->cells.items[i]);
            }
            if (m)
                break;
        }
    }
}

bool best_read(const struct selection *s, const char *path, struct merit **out, struct err *e)
{
    struct merit *merits = mem_array(s->n, sizeof(*merits));
    const struct column **columns;
    struct map places = {0};
    struct match_file f;

    for (size_t i = s->n; i > 0; i--) {
        merits[i - 1].score = -1;
        (void)map_put(&places, s->ids[i - 1], &merits[i - 1]);
    }
    if (!match_file_open(&f, path, e)) {
        map_free(&places, NULL);
        free(merits);
        return false;
    }
    columns = columns_of(&s->entity->search, &f);
    take_rows(&f, columns, &places, e);
    free(columns);
    match_file_close(&f);
    map_free(&places, NULL);
    *out = merits;
    if (e->kind == ERR_NONE)
        return true;
    free(merits);
    return false;
}

struct candidate {
    const struct merit *merit;
    size_t place;
};

static int by_merit(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    int days = strcmp(y->merit->day, x->merit->day);

    if (x->merit->has != y->merit->has)
        return x->merit->has > y->merit->has ? -1 : 1;
    if (x->merit->score != y->merit->score)
        return x->merit->score > y->merit->score ? -1 : 1;
    if (days)
        return days;
    return x->place < y->place ? -1 : 1;
}

static void drop(struct selection *s, struct quoted *q, const bool *out)
{
    size_t n = 0;

    for (size_t i = 0; i < s->n; i++) {
        if (out[i]) {
            q->quote.outside -= quote_is_outside(s, q->standings[i], i);
            free(s->ids[i]);
            if (s->matches)
                free(s->matches[i]);
            q->quote.count[q->standings[i]]--;
            continue;
        }
        s->ids[n] = s->ids[i];
        if (s->matches)
            s->matches[n] = s->matches[i];
        q->standings[n] = q->standings[i];
        if (q->owned)
            q->owned[n] = q->owned[i];
        n++;
    }
    q->quote.rows -= s->n - n;
    s->n = n;
    quote_sum(&q->quote, false);
}

size_t best_pick(struct selection *s, struct quoted *q, const struct merit *merits, size_t most)
{
    struct candidate *all = mem_array(s->n, sizeof(*all));
    bool *out = mem_array(s->n, sizeof(*out));
    size_t n = 0, left;

    for (size_t i = 0; i < s->n; i++) {
        if (standing_may_cost(q->standings[i], false))
            all[n++] = (struct candidate){&merits[i], i};
    }
    qsort(all, n, sizeof(*all), by_merit);
    for (size_t i = most; i < n; i++)
        out[all[i].place] = true;
    left = n > most ? n - most : 0;
    if (left)
        drop(s, q, out);
    free(out);
    free(all);
    return left;
}
