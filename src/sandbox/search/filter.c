// Conditions on the rows of a table in columns, run a block of rows at a time. Floor:
// sandbox/search.
#include "sandbox/search/filter.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { BLOCK = 4096 };

static void mark_8(const struct filter *f, size_t from, size_t n, uint8_t *hit)
{
    const uint8_t *cells = f->column.cells;

    for (size_t i = 0; i < n; i++)
        hit[i] |= f->table[cells[from + i]];
}

static void mark_16(const struct filter *f, size_t from, size_t n, uint8_t *hit)
{
    const uint16_t *cells = f->column.cells;

    for (size_t i = 0; i < n; i++)
        hit[i] |= f->table[cells[from + i]];
}

static void mark_any_16(const struct filter *f, size_t from, size_t n, uint8_t *hit)
{
    const uint16_t *cells = (const uint16_t *)f->column.cells + from * f->column.stride;

    for (size_t i = 0; i < n; i++, cells += f->column.stride) {
        for (size_t k = 0; k < f->column.count; k++)
            hit[i] |= f->table[cells[k]];
    }
}

static void mark_any_32(const struct filter *f, size_t from, size_t n, uint8_t *hit)
{
    const uint32_t *cells = (const uint32_t *)f->column.cells + from * f->column.stride;

    for (size_t i = 0; i < n; i++, cells += f->column.stride) {
        for (size_t k = 0; k < f->column.count; k++)
            hit[i] |= cells[k] <= f->high && f->table[cells[k]];
    }
}

static void mark_range(const struct filter *f, size_t from, size_t n, uint8_t *hit)
{
    const uint32_t *cells = (const uint32_t *)f->column.cells + from * f->column.stride;

    for (size_t i = 0; i < n; i++, cells += f->column.stride)
        hit[i] |= *cells >= f->low && *cells <= f->high;
}

static void mark_bits(const struct filter *f, size_t from, size_t n, uint8_t *hit)
{
    const uint64_t *words = (const uint64_t *)f->column.cells + from * f->column.stride;

    for (size_t i = 0; i < n; i++, words += f->column.stride) {
        for (size_t k = 0; k < f->column.count; k++)
            hit[i] |= (words[k] & f->mask[k]) != 0;
    }
}

static void mark_rows(const struct filter *f, size_t from, size_t n, uint8_t *hit)
{
    for (size_t i = 0; i < n; i++)
        hit[i] |= f->table[from + i];
}

// By place, then by 4 where home is known + 2 where it fits + 1 where the headquarters fit.
static const uint8_t at_place[][8] = {
    [PLACE_HOME_OR_HQ] = {0, 1, 0, 0, 0, 1, 1, 1},   [PLACE_HOME_AND_HQ] = {0, 0, 0, 0, 0, 0, 0, 1},
    [PLACE_HOME] = {0, 0, 0, 0, 0, 0, 1, 1},         [PLACE_HQ] = {0, 1, 0, 0, 0, 1, 0, 1},
    [PLACE_HOME_THEN_HQ] = {0, 1, 0, 0, 0, 0, 1, 1},
};

bool filter_place_fits(enum filter_place place, bool home_known, bool home, bool hq)
{
    return at_place[place][home_known ? 4 + 2 * home + hq : hq];
}

static void mark_place(const struct filter *f, size_t from, size_t n, uint8_t *hit)
{
    const uint16_t *homes = f->column.cells;
    const uint8_t *fits = at_place[f->place];
    unsigned home, hq;

    for (size_t i = from; i < from + n; i++) {
        home = homes[i] == UINT16_MAX ? 0 : 4u + 2u * f->table[homes[i]];
        hq = f->at_hq[f->company[i]];
        hit[i - from] |= fits[home + hq];
    }
}

struct filter filter_in_table(struct filter_column column, const uint8_t *table, uint32_t n_entries)
{
    struct filter f = {.column = column, .table = table, .high = n_entries - 1};
    bool single = column.count == 1 && column.stride == 1;

    if (column.width == sizeof(uint8_t))
        f.mark = mark_8;
    else if (column.width == sizeof(uint16_t))
        f.mark = single ? mark_16 : mark_any_16;
    else
        f.mark = mark_any_32;
    return f;
}

struct filter filter_in_range(struct filter_column column, uint32_t low, uint32_t high)
{
    return (struct filter){.mark = mark_range, .column = column, .low = low, .high = high};
}

struct filter filter_any_bit(struct filter_column column, const uint64_t *mask)
{
    return (struct filter){.mark = mark_bits, .column = column, .mask = mask};
}

struct filter filter_in_rows(const uint8_t *rows)
{
    return (struct filter){.mark = mark_rows, .table = rows};
}

struct filter filter_at_place(struct filter_column home, const uint8_t *at_home,
                              const uint32_t *company, const uint8_t *at_hq,
                              enum filter_place place)
{
    return (struct filter){.mark = mark_place,
                           .column = home,
                           .table = at_home,
                           .company = company,
                           .at_hq = at_hq,
                           .place = place};
}

void filter_own(struct filter_list *l, void *allocated)
{
    vec_push(&l->owned, allocated);
}

uint8_t *filter_table(struct filter_list *l, size_t n)
{
    uint8_t *table = mem_zalloc(n ? n : 1);

    filter_own(l, table);
    return table;
}

void filter_add(struct filter_list *l, const void *owner, struct filter f, bool negated)
{
    struct filter_group group = {.either = {f}, .n = 1, .negated = negated, .owner = owner};

    vec_push(&l->groups, group);
}

void filter_or(struct filter_list *l, struct filter f)
{
    struct filter_group *last = &l->groups.items[l->groups.len - 1];

    if (last->n == FILTER_EITHER_MAX)
        abort();
    last->either[last->n++] = f;
}

void filter_list_free(struct filter_list *l)
{
    for (size_t i = 0; i < l->owned.len; i++)
        free(l->owned.items[i]);
    vec_free(&l->owned);
    vec_free(&l->groups);
}

static void run_group(const struct filter_group *g, size_t from, size_t n, uint8_t *pass)
{
    uint8_t hit[BLOCK];

    memset(hit, 0, n);
    for (size_t i = 0; i < g->n; i++)
        g->either[i].mark(&g->either[i], from, n, hit);
    for (size_t i = 0; i < n; i++)
        pass[i] &= hit[i] ^ g->negated;
}

void filter_run(const struct filter_list *l, size_t n, uint8_t *pass)
{
    size_t len;

    for (size_t from = 0; from < n; from += BLOCK) {
        len = n - from < BLOCK ? n - from : BLOCK;
        for (size_t g = 0; g < l->groups.len && memchr(pass + from, 1, len); g++)
            run_group(&l->groups.items[g], from, len, pass + from);
    }
}

bool filter_holds(const struct filter_list *l, const void *owner, size_t row)
{
    uint8_t pass = 1;

    for (size_t g = 0; g < l->groups.len; g++) {
        if (!owner || l->groups.items[g].owner == owner)
            run_group(&l->groups.items[g], row, 1, &pass);
    }
    return pass;
}
