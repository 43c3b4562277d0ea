// Which of a table's rows are shown, in which order: keys by the columns' types, the last key first
// and each pass stable, so that the first one counts most. One owner at a time. Floor: model.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "model/date.h"
#include "model/table_inside.h"

enum { ASK_EVERY = 256, PREFIX = 8 };

// What a cell is compared by. Numbers come before texts, and nothing comes last.
enum rank { RANK_NUMBER, RANK_TEXT, RANK_EMPTY };

struct key {
    uint64_t prefix; // the number so that it compares, or the text's first bytes
    uint32_t text;   // where it begins in texts
    uint32_t at;     // of the row in the order before
    uint8_t rank;
};

struct work {
    const struct table *t;
    const struct stop *stop;
    size_t asked;
    uint32_t *rows; // in the order so far
    size_t n;
    uint32_t *dense;  // by row number: its place among those that are shown, from 1; 0: it is not
    struct key *keys; // by that place
    struct str texts;
};

static bool is_stopped(struct work *w)
{
    return w->asked++ % ASK_EVERY == 0 && w->stop && w->stop->asked &&
           w->stop->asked(w->stop->self);
}

static void fold_into(struct str *texts, const char *text)
{
    size_t at = texts->len, len = strlen(text);
    unsigned char bits = 0;
    char *folded;

    str_add_len(texts, text, len + 1);
    for (size_t i = 0; i < len; i++) {
        bits |= (unsigned char)text[i];
        texts->data[at + i] = str_lower(text[i]);
    }
    if (bits < 0x80)
        return;
    str_cut(texts, at);
    folded = text_fold(text);
    str_add_len(texts, folded, strlen(folded) + 1);
    free(folded);
}

static struct key text_key(struct work *w, const char *text)
{
    struct key k = {.rank = RANK_TEXT, .text = (uint32_t)w->texts.len};
    const char *folded;

    fold_into(&w->texts, text);
    folded = w->texts.data + k.text;
    for (size_t i = 0; i < PREFIX; i++) {
        k.prefix = k.prefix << 8 | (unsigned char)*folded;
        folded += *folded != '\0';
    }
    return k;
}

static uint64_t whole_prefix(long long n)
{
    return (uint64_t)n ^ (uint64_t)1 << 63;
}

// A double's bits compare as whole numbers do, once the negative ones are turned round.
static uint64_t number_prefix(double n)
{
    uint64_t bits;

    n = n == 0 ? 0 : n;
    memcpy(&bits, &n, sizeof(bits));
    return bits >> 63 ? ~bits : bits | (uint64_t)1 << 63;
}

static struct key key_of(struct work *w, const char *cell, enum column_type type)
{
    struct key k = {.rank = RANK_NUMBER};
    char date[DATE_MAX];
    long long whole;
    double number;

    if (!*cell)
        k.rank = RANK_EMPTY;
    else if (type == COLUMN_ID && str_int64(cell, &whole))
        k.prefix = whole_prefix(whole);
    else if ((type == COLUMN_NUMBER || type == COLUMN_MONEY) && str_double(cell, &number))
        k.prefix = number_prefix(number);
    else
        return text_key(w, type == COLUMN_DATE && date_normal(cell, date) ? date : cell);
    return k;
}

static void add_page(struct work *w, size_t at, const struct packed_column *c,
                     enum column_type type, struct key *texts)
{
    const uint32_t *dense = w->dense + at * w->t->rpp;

    for (size_t i = 0; i < c->n_texts; i++)
        texts[i] = key_of(w, packed_text(c, i), type);
    for (size_t i = 0; i < c->n_rows; i++) {
        if (dense[i])
            w->keys[dense[i] - 1] = texts[packed_code(c, i)];
    }
}

static bool read_keys(struct work *w, const struct sort_key *by)
{
    struct key *texts = mem_array(w->t->rpp, sizeof(*texts));
    struct reader reader = {.t = w->t};
    struct packed_column c;
    bool go_on = true;

    str_clear(&w->texts);
    for (size_t i = 0; i < w->n; i++)
        w->keys[i] = (struct key){.rank = RANK_EMPTY};
    for (size_t i = 0; go_on && i < w->t->n_pages; i++) {
        if (reader_column(&reader, i, by->column + 1, &c))
            add_page(w, i, &c, by->type, texts);
        go_on = !is_stopped(w);
    }
    reader_end(&reader);
    free(texts);
    return go_on;
}

static int by_value(const struct key *a, const struct key *b, const char *texts)
{
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    if (a->prefix != b->prefix)
        return a->prefix < b->prefix ? -1 : 1;
    return a->rank == RANK_TEXT ? strcmp(texts + a->text, texts + b->text) : 0;
}

// Never 0: equal rows stay as they were.
static int rising(const void *a, const void *b, void *texts)
{
    const struct key *x = a, *y = b;
    int order = by_value(x, y, texts);

    return order ? order : x->at < y->at ? -1 : 1;
}

static int falling(const void *a, const void *b, void *texts)
{
    const struct key *x = a, *y = b;
    int order = by_value(x, y, texts);

    if (order && x->rank != RANK_EMPTY && y->rank != RANK_EMPTY)
        return -order;
    return order ? order : x->at < y->at ? -1 : 1;
}

// A pass: the rows by one key, equal ones as they were.
static bool pass(struct work *w, const struct sort_key *by)
{
    struct key *items;
    uint32_t *rows;

    if (!read_keys(w, by))
        return false;
    items = mem_array(w->n, sizeof(*items));
    for (size_t i = 0; i < w->n; i++) {
        items[i] = w->keys[w->dense[w->rows[i]] - 1];
        items[i].at = (uint32_t)i;
    }
    qsort_r(items, w->n, sizeof(*items), by->ascending ? rising : falling, w->texts.data);
    rows = mem_array(w->n + 1, sizeof(*rows));
    for (size_t i = 0; i < w->n; i++)
        rows[i] = w->rows[items[i].at];
    free(w->rows);
    w->rows = rows;
    free(items);
    return true;
}

static bool sort_rows(struct work *w, const struct arrangement *how)
{
    bool go_on = true;

    if (how->n_keys == 0)
        return true;
    w->dense = mem_array(w->t->n_pages * w->t->rpp + 1, sizeof(*w->dense));
    w->keys = mem_array(w->n, sizeof(*w->keys));
    for (size_t i = 0; i < w->n; i++)
        w->dense[w->rows[i]] = (uint32_t)i + 1;
    for (size_t i = how->n_keys; go_on && i > 0; i--)
        go_on = pass(w, &how->keys[i - 1]);
    free(w->dense);
    free(w->keys);
    str_free(&w->texts);
    return go_on;
}

static void add_rows(struct work *w, size_t at, const unsigned char *hits)
{
    for (size_t i = 0; i < w->t->pages[at].n_rows; i++) {
        if (!hits || hits[i])
            w->rows[w->n++] = (uint32_t)(at * w->t->rpp + i);
    }
}

static bool choose_rows(struct work *w, const struct arrangement *how)
{
    const struct pattern *pattern = how->pattern;
    struct scan scan = {.n = 0};
    bool go_on = true;

    if (pattern)
        scan = scan_begin(w->t, pattern, how->columns, how->n_columns);
    w->rows = mem_array(w->t->fetched + 1, sizeof(*w->rows));
    for (size_t i = 0; go_on && i < w->t->n_pages; i++) {
        if (page_there(&w->t->pages[i]) && (!pattern || scan_page(&scan, i) > 0))
            add_rows(w, i, pattern ? scan.hits : NULL);
        go_on = !is_stopped(w);
    }
    if (pattern)
        scan_end(&scan);
    return go_on;
}

bool table_arrange(const struct table *t, const struct arrangement *how, const struct stop *stop,
                   struct row_order *out)
{
    struct work w = {.t = t, .stop = stop};

    *out = (struct row_order){0};
    if (!choose_rows(&w, how) || !sort_rows(&w, how)) {
        free(w.rows);
        return false;
    }
    *out = (struct row_order){w.rows, w.n, t->fetched, how->pattern != NULL};
    return true;
}
