// Which of the owned records fit. On the owner thread, but for the call. Floor: store.
#include "store/library.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "model/date.h"
#include "store/index.h"
#include "store/json_path.h"
#include "store/owner.h"

// So many answers are looked up one by one; with more it is cheaper to read all records through.
enum { LOOKED_UP_MAX = 5000 };

// A record that may fit.
struct candidate {
    int64_t number, bought_ms, fetched_ms;
    size_t rank; // among the words' hits
    size_t text; // of its sort key, in keys
    double figure;
    bool bare; // without a sort key: last either way
};

struct find_task {
    struct store_task task;
    const struct library_query *q;
    VEC(struct candidate) found;
    struct str keys;
    bool ranked;
};

// Answers by number, a bit each.
struct chosen {
    unsigned char *bits; // owned
    size_t n;            // of bits
};

static struct chosen choose(const numbers *all)
{
    struct chosen c = {0};
    int64_t most = -1;

    for (size_t i = 0; i < all->len; i++)
        most = all->items[i] > most ? all->items[i] : most;
    c.n = (size_t)(most + 1);
    c.bits = mem_array(c.n / 8 + 1, 1);
    for (size_t i = 0; i < all->len; i++)
        c.bits[all->items[i] / 8] |= (unsigned char)(1 << all->items[i] % 8);
    return c;
}

static bool among(const struct chosen *c, int64_t number)
{
    return number >= 0 && (size_t)number < c->n && c->bits[number / 8] >> number % 8 & 1;
}

// What of it the clock and the dates let pass.
static bool passes(const struct store *s, const struct library_query *q, const struct candidate *c)
{
    int64_t until;

    if (q->fetched_before_ms && c->fetched_ms >= q->fetched_before_ms)
        return false;
    if (!q->expires_after_ms && !q->expires_by_ms)
        return true;
    until = store_free_until(s, q->entity, c->bought_ms);
    return (!q->expires_after_ms || until > q->expires_after_ms) &&
           (!q->expires_by_ms || until <= q->expires_by_ms);
}

// What was not bought, or has no answer (0), is told apart behind them: a fourth of the time of
// reading all was SQLite's doing that.
static const char all_sql[] =
    "SELECT r.answer, r.bought_ms, r.fetched_ms FROM record r WHERE r.entity = ?1";
static const char tagged_sql[] = "SELECT r.answer, r.bought_ms, r.fetched_ms FROM tag t"
                                 " CROSS JOIN record r ON r.entity = t.entity AND r.id = t.id"
                                 " WHERE t.entity = ?1 AND t.name = ?2";
static const char some_sql[] =
    "SELECT r.answer, r.bought_ms, r.fetched_ms, j.key FROM json_each(?2) j"
    " CROSS JOIN answer a ON a.no = j.value"
    " CROSS JOIN record r ON r.entity = a.entity AND r.id = a.id"
    " WHERE r.entity = ?1";

static bool read_candidates(const struct store *s, struct find_task *t, struct rows r, bool ranked,
                            const struct chosen *hits, struct err *e)
{
    while (rows_next(&r)) {
        struct candidate c = {.number = rows_int(&r, 0)};

        if (!c.number || (hits && !among(hits, c.number)))
            continue;
        c.bought_ms = rows_int(&r, 1);
        c.fetched_ms = rows_int(&r, 2);
        c.rank = ranked ? (size_t)rows_int(&r, 3) : 0;
        if (c.bought_ms > 0 && passes(s, t->q, &c))
            vec_push(&t->found, c);
    }
    return rows_close(&r, e);
}

static void numbers_json(const int64_t *numbers_in, size_t n, struct str *out)
{
    str_add_char(out, '[');
    for (size_t i = 0; i < n; i++)
        str_addf(out, "%s%lld", i ? "," : "", (long long)numbers_in[i]);
    str_add_char(out, ']');
}

static bool look_up(struct store *s, struct find_task *t, const numbers *hits, struct err *e)
{
    struct str list = {0};
    bool ok;

    numbers_json(hits->items, hits->len, &list);
    t->ranked = true;
    ok = read_candidates(
        s, t,
        rows_open(&s->ledger, some_sql, VALUES(value_text(t->q->entity), value_text(list.data))),
        true, NULL, e);
    str_free(&list);
    return ok;
}

static bool read_through(struct store *s, struct find_task *t, const numbers *hits, struct err *e)
{
    const struct library_query *q = t->q;
    struct chosen chosen = {0};
    struct rows r = q->tag ? rows_open(&s->ledger, tagged_sql,
                                       VALUES(value_text(q->entity), value_text(q->tag)))
                           : rows_open(&s->ledger, all_sql, VALUES(value_text(q->entity)));
    bool ok;

    if (hits)
        chosen = choose(hits);
    ok = read_candidates(s, t, r, false, hits ? &chosen : NULL, e);
    free(chosen.bits);
    return ok;
}

static bool gather(struct store *s, struct find_task *t, struct err *e)
{
    numbers hits = {0};
    bool ok;

    if (!t->q->words)
        return read_through(s, t, NULL, e);
    ok = index_match(s, t->q->words, &hits, e) &&
         (hits.len <= LOOKED_UP_MAX && !t->q->tag ? look_up(s, t, &hits, e)
                                                  : read_through(s, t, &hits, e));
    vec_free(&hits);
    return ok;
}

static bool sift_flagged(struct store *s, struct find_task *t, struct err *e)
{
    numbers fit = {0};
    struct chosen chosen;
    size_t n = 0;
    bool ok;

    if (t->q->do_not_call < 0)
        return true;
    ok = index_flagged(s, t->q->do_not_call > 0, &fit, e);
    chosen = choose(&fit);
    for (size_t i = 0; ok && i < t->found.len; i++) {
        if (among(&chosen, t->found.items[i].number))
            t->found.items[n++] = t->found.items[i];
    }
    t->found.len = n;
    free(chosen.bits);
    vec_free(&fit);
    return ok;
}

// The value as it sorts: dates by their day, numbers by their size, texts without case.
static void take_key(struct find_task *t, struct candidate *c, const char *text)
{
    enum column_type type = t->q->order_by->type;
    char date[DATE_MAX];

    c->bare = !text || !*text;
    if (c->bare)
        return;
    if (type == COLUMN_NUMBER || type == COLUMN_MONEY || type == COLUMN_ID) {
        c->bare = !str_double(text, &c->figure);
        return;
    }
    c->text = t->keys.len;
    if (type == COLUMN_DATE && date_normal(text, date))
        text = date;
    str_add_len(&t->keys, text, strlen(text) + 1);
}

static const char key_sql[] = "SELECT j.key, json_extract(a.raw, ?1) FROM json_each(?2) j"
                              " CROSS JOIN answer a ON a.no = j.value WHERE json_valid(a.raw)";

static bool read_keys(struct store *s, struct find_task *t, struct err *e)
{
    struct str path = {0}, list = {0};
    int64_t *numbers_out = mem_array(t->found.len, sizeof(*numbers_out));
    struct rows r;

    for (size_t i = 0; i < t->found.len; i++) {
        numbers_out[i] = t->found.items[i].number;
        t->found.items[i].bare = true;
    }
    json_path(t->q->order_by->path, &path);
    numbers_json(numbers_out, t->found.len, &list);
    free(numbers_out);
    r = rows_open(&s->ledger, key_sql, VALUES(value_text(path.data), value_text(list.data)));
    while (rows_next(&r))
        take_key(t, &t->found.items[rows_int(&r, 0)], rows_text(&r, 1));
    str_free(&path);
    str_free(&list);
    return rows_close(&r, e);
}

static int compare(int64_t a, int64_t b)
{
    return a < b ? -1 : a > b;
}

static int by_text(const struct find_task *t, const struct candidate *a, const struct candidate *b)
{
    int order = strcasecmp(t->keys.data + a->text, t->keys.data + b->text);

    return order ? order : strcmp(t->keys.data + a->text, t->keys.data + b->text);
}

static int by_column(const struct find_task *t, const struct candidate *a,
                     const struct candidate *b)
{
    enum column_type type = t->q->order_by->type;

    if (type == COLUMN_NUMBER || type == COLUMN_MONEY || type == COLUMN_ID)
        return a->figure < b->figure ? -1 : a->figure > b->figure;
    return by_text(t, a, b);
}

static int by_order(const void *left, const void *right, void *arg)
{
    const struct candidate *a = left, *b = right;
    const struct find_task *t = arg;
    int order = 0;

    if (a->bare != b->bare)
        return a->bare - b->bare;
    if (t->q->order == ORDER_COLUMN && !a->bare)
        order = by_column(t, a, b);
    else if (t->q->order == ORDER_EXPIRY)
        order = compare(a->bought_ms, b->bought_ms);
    else if (t->q->order == ORDER_FETCHED || (t->q->order == ORDER_BEST && !t->ranked))
        order = compare(a->fetched_ms, b->fetched_ms);
    if (t->q->order == ORDER_BEST && t->ranked)
        return compare((int64_t)a->rank, (int64_t)b->rank);
    order = order ? order : compare(a->number, b->number);
    return t->q->ascending ? order : -order;
}

static bool find(struct store *s, struct store_task *task, struct err *e)
{
    struct find_task *t = (struct find_task *)task;
    bool ok;

    t->found.len = 0;
    str_clear(&t->keys);
    if (!db_begin_read(&s->ledger, e))
        return false;
    ok = gather(s, t, e) && sift_flagged(s, t, e) &&
         (t->q->order != ORDER_COLUMN || read_keys(s, t, e));
    db_end(&s->ledger);
    if (ok && t->found.len)
        qsort_r(t->found.items, t->found.len, sizeof(*t->found.items), by_order, t);
    return ok;
}

bool store_library_find(struct store *s, const struct library_query *q, int64_t **out, size_t *n,
                        struct err *e)
{
    struct find_task t = {.task = {.kind = TASK_ALONE, .work = find}, .q = q};
    bool ok = store_do(s, &t.task, e);

    *n = ok ? t.found.len : 0;
    *out = mem_array(*n, sizeof(**out));
    for (size_t i = 0; i < *n; i++)
        (*out)[i] = t.found.items[i].number;
    vec_free(&t.found);
    str_free(&t.keys);
    return ok;
}

struct index_task {
    struct store_task task;
    int64_t left;
};

static bool advance(struct store *s, struct store_task *task, struct err *e)
{
    return index_advance(s, &((struct index_task *)task)->left, e);
}

bool store_library_index(struct store *s, long long *left, struct err *e)
{
    struct index_task t = {.task = {.kind = TASK_ALONE, .work = advance}};
    bool ok = store_do(s, &t.task, e);

    *left = t.left;
    return ok;
}
