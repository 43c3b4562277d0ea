// One page's rows in a single block, column by column. Any thread. Floor: model.
#include "model/packed.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"

enum { MAGIC = 0x4c500001, BLOCK_MAX = 64 << 20, ALIGN = 4 };

// What begins a block in a file.
struct head {
    uint32_t magic, n_rows;
    uint32_t width; // columns, the id among them
    uint32_t len;   // of the block
    // Then where each column begins, and the end: width + 1 of uint32_t.
};

// What begins a column: then n_texts offsets, n_rows codes, the texts.
struct column_head {
    uint32_t n_texts, len;
    uint8_t code_size, wide, ascii, unused;
};

struct packed {
    atomic_size_t refs;
    struct head head;
    uint32_t columns[];
};

static size_t aligned(size_t n)
{
    return (n + ALIGN - 1) & ~(size_t)(ALIGN - 1);
}

// The distinct texts of a column.
struct pool {
    uint32_t *slots; // number + 1; open addressing
    size_t cap;      // a power of two
    const char **texts;
    uint16_t *codes; // of each row
    size_t n_texts, len;
    bool ascii;
};

static bool is_ascii(const char *text, size_t len)
{
    unsigned char bits = 0;

    for (size_t i = 0; i < len; i++)
        bits |= (unsigned char)text[i];
    return bits < 0x80;
}

static uint16_t intern(struct pool *pool, const char *text)
{
    size_t len = strlen(text), i = (size_t)hash_bytes(text, len) & (pool->cap - 1);

    for (; pool->slots[i]; i = (i + 1) & (pool->cap - 1)) {
        if (strcmp(pool->texts[pool->slots[i] - 1], text) == 0)
            return (uint16_t)(pool->slots[i] - 1);
    }
    pool->ascii = pool->ascii && is_ascii(text, len);
    pool->texts[pool->n_texts] = text;
    pool->slots[i] = (uint32_t)++pool->n_texts;
    pool->len += len + 1;
    return (uint16_t)(pool->n_texts - 1);
}

static struct pool pool_new(size_t n_rows)
{
    struct pool pool = {.cap = 16};

    while (pool.cap < n_rows * 2)
        pool.cap *= 2;
    pool.slots = mem_array(pool.cap, sizeof(*pool.slots));
    pool.texts = mem_array(n_rows, sizeof(*pool.texts));
    pool.codes = mem_array(n_rows, sizeof(*pool.codes));
    return pool;
}

static void pool_free(struct pool *pool)
{
    free(pool->slots);
    free(pool->texts);
    free(pool->codes);
}

static void gather(struct pool *pool, const struct page *page, const bool *keep, size_t column)
{
    size_t n = 0;

    memset(pool->slots, 0, pool->cap * sizeof(*pool->slots));
    pool->n_texts = pool->len = 0;
    pool->ascii = true;
    for (size_t i = 0; i < page->n_rows; i++) {
        const struct row *row = &page->rows[i];

        if (keep[i])
            pool->codes[n++] = intern(pool, column ? row->cells[column - 1] : row->id);
    }
}

static void add_number(struct str *out, size_t number, bool wide)
{
    const uint32_t whole = (uint32_t)number;
    const uint16_t half = (uint16_t)number;

    if (wide)
        str_add_len(out, (const char *)&whole, sizeof(whole));
    else
        str_add_len(out, (const char *)&half, sizeof(half));
}

static void add_codes(struct str *out, const struct pool *pool, size_t n_rows, int size)
{
    for (size_t i = 0; size && i < n_rows; i++) {
        if (size == 1)
            str_add_char(out, (char)pool->codes[i]);
        else
            add_number(out, pool->codes[i], false);
    }
}

static void add_column(struct str *out, const struct pool *pool, size_t n_rows)
{
    bool plain = pool->n_texts == 1 || pool->n_texts == n_rows;
    const struct column_head head = {.n_texts = (uint32_t)pool->n_texts,
                                     .len = (uint32_t)pool->len,
                                     .code_size = plain                           ? 0
                                                  : pool->n_texts > UINT8_MAX + 1 ? 2
                                                                                  : 1,
                                     .wide = pool->len > UINT16_MAX,
                                     .ascii = pool->ascii};
    size_t at = 0;

    str_add_len(out, (const char *)&head, sizeof(head));
    for (size_t i = 0; i < pool->n_texts; i++) {
        add_number(out, at, head.wide);
        at += strlen(pool->texts[i]) + 1;
    }
    add_codes(out, pool, n_rows, head.code_size);
    for (size_t i = 0; i < pool->n_texts; i++)
        str_add_len(out, pool->texts[i], strlen(pool->texts[i]) + 1);
    while (out->len % ALIGN)
        str_add_char(out, '\0');
}

static struct packed *assemble(const struct head *head, const uint32_t *columns,
                               const struct str *body)
{
    struct packed *p = packed_room(head->len);

    p->head = *head;
    memcpy(p->columns, columns, (head->width + 1) * sizeof(*columns));
    memcpy((char *)(p->columns + head->width + 1), str_text(body), body->len);
    return p;
}

struct packed *packed_new(const struct page *page, const bool *keep, size_t n_columns)
{
    struct head head = {.magic = MAGIC, .width = (uint32_t)n_columns + 1};
    size_t before = packed_head_len(n_columns);
    uint32_t *columns = mem_array(head.width + 1, sizeof(*columns));
    struct pool pool = pool_new(page->n_rows);
    struct str body = {0};
    struct packed *p;

    for (size_t i = 0; i < page->n_rows; i++)
        head.n_rows += keep[i];
    for (size_t i = 0; i < head.width; i++) {
        columns[i] = (uint32_t)(before + body.len);
        gather(&pool, page, keep, i);
        add_column(&body, &pool, head.n_rows);
    }
    columns[head.width] = head.len = (uint32_t)(before + body.len);
    p = assemble(&head, columns, &body);
    str_free(&body);
    pool_free(&pool);
    free(columns);
    return p;
}

struct packed *packed_ref(struct packed *p)
{
    (void)atomic_fetch_add(&p->refs, 1);
    return p;
}

void packed_unref(struct packed *p)
{
    if (p && atomic_fetch_sub(&p->refs, 1) == 1)
        free(p);
}

struct packed *packed_room(size_t len)
{
    struct packed *p;

    if (len < sizeof(struct head) || len > BLOCK_MAX)
        return NULL;
    p = mem_alloc(offsetof(struct packed, head) + len);
    atomic_init(&p->refs, 1);
    return p;
}

void *packed_room_bytes(struct packed *p)
{
    return &p->head;
}

const void *packed_bytes(const struct packed *p, size_t *len)
{
    *len = p->head.len;
    return &p->head;
}

size_t packed_rows(const struct packed *p)
{
    return p->head.n_rows;
}

static struct packed_column view(const char *bytes, size_t n_rows)
{
    const struct column_head *head = (const void *)bytes;
    struct packed_column c = {.n_rows = n_rows,
                              .n_texts = head->n_texts,
                              .offsets = bytes + sizeof(*head),
                              .wide = head->wide,
                              .ascii = head->ascii,
                              .code_size = head->code_size,
                              .len = head->len};

    c.codes = (const char *)c.offsets + c.n_texts * (c.wide ? 4 : 2);
    c.texts = (const char *)c.codes + n_rows * (size_t)c.code_size;
    return c;
}

struct packed_column packed_column(const struct packed *p, size_t column)
{
    return view((const char *)&p->head + p->columns[column], p->head.n_rows);
}

const char *packed_text(const struct packed_column *c, size_t text)
{
    return c->texts +
           (c->wide ? ((const uint32_t *)c->offsets)[text] : ((const uint16_t *)c->offsets)[text]);
}

size_t packed_code(const struct packed_column *c, size_t row)
{
    if (c->code_size == 0)
        return c->n_texts == 1 ? 0 : row;
    return c->code_size == 1 ? ((const uint8_t *)c->codes)[row] : ((const uint16_t *)c->codes)[row];
}

static const char *cell_of(const struct packed *p, size_t row, size_t column)
{
    struct packed_column c = packed_column(p, column);

    return packed_text(&c, packed_code(&c, row));
}

const char *packed_id(const struct packed *p, size_t row)
{
    return cell_of(p, row, 0);
}

const char *packed_cell(const struct packed *p, size_t row, size_t column)
{
    return cell_of(p, row, column + 1);
}

bool packed_column_sound(const struct packed_column *c)
{
    for (size_t i = 0; i < c->n_texts; i++) {
        if ((size_t)(packed_text(c, i) - c->texts) >= c->len)
            return false;
    }
    for (size_t i = 0; c->code_size && i < c->n_rows; i++) {
        if (packed_code(c, i) >= c->n_texts)
            return false;
    }
    return true;
}

bool packed_open_column(const void *bytes, size_t len, size_t n_rows, struct packed_column *out)
{
    const struct column_head *head = bytes;
    size_t need = sizeof(*head);

    if (len < need || head->code_size > 2 || head->n_texts > n_rows || (n_rows && !head->n_texts))
        return false;
    need += head->n_texts * (head->wide ? 4u : 2u) + n_rows * head->code_size + head->len;
    if (len < need || (n_rows && head->len == 0))
        return false;
    if (head->code_size == 0 && head->n_texts != 1 && head->n_texts != n_rows)
        return false;
    *out = view(bytes, n_rows);
    return n_rows == 0 || out->texts[out->len - 1] == '\0';
}

size_t packed_head_len(size_t n_columns)
{
    return aligned(sizeof(struct head) + (n_columns + 2) * sizeof(uint32_t));
}

bool packed_find_column(const void *bytes, size_t len, size_t n_columns, size_t column, size_t *at,
                        size_t *n, size_t *n_rows)
{
    const struct head *head = bytes;
    const uint32_t *columns = (const uint32_t *)(head + 1);

    if (head->magic != MAGIC || head->width != n_columns + 1 || head->len != len ||
        head->n_rows > UINT16_MAX || columns[column] < packed_head_len(n_columns) ||
        columns[column] % ALIGN || columns[column + 1] < columns[column] ||
        columns[column + 1] > len)
        return false;
    *at = columns[column];
    *n = columns[column + 1] - columns[column];
    *n_rows = head->n_rows;
    return true;
}

bool packed_sound(const struct packed *p, size_t len, size_t n_columns)
{
    struct packed_column c;
    size_t at, n, n_rows;

    if (len < packed_head_len(n_columns))
        return false;
    for (size_t i = 0; i <= n_columns; i++) {
        if (!packed_find_column(&p->head, len, n_columns, i, &at, &n, &n_rows) ||
            !packed_open_column((const char *)&p->head + at, n, n_rows, &c) ||
            !packed_column_sound(&c))
            return false;
    }
    return true;
}
