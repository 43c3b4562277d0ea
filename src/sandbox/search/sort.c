// The order of search answers. Assumed where FACTS are silent: texts by their case-folded bytes;
// hierarchy from board to non-manager; lastMentioned is the valid date; without sortBy, and by
// relevance, records stand in an order that never changes; what is unknown counts as 0.
// Floor: sandbox/search.
#include "sandbox/search/sort.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"

struct search_keyed {
    uint32_t key, row;
};

static void by_score(const struct search *s, struct search_keyed *items, size_t n)
{
    const struct world_contacts *c = &s->world->contacts;

    for (size_t i = 0; i < n; i++)
        items[i].key = c->score[items[i].row];
}

static void by_last_name(const struct search *s, struct search_keyed *items, size_t n)
{
    const struct world_contacts *c = &s->world->contacts;
    const uint32_t *ranks = columns_name_ranks(s->columns);

    for (size_t i = 0; i < n; i++)
        items[i].key = ranks[c->last[items[i].row]];
}

static void by_employer(const struct search *s, struct search_keyed *items, size_t n)
{
    const struct world_contacts *c = &s->world->contacts;
    const uint32_t *ranks = columns_company_ranks(s->columns);

    for (size_t i = 0; i < n; i++)
        items[i].key = ranks[c->company[items[i].row]];
}

static uint32_t hierarchy(const struct search *s, uint32_t row)
{
    static const uint8_t ranks[] = {
        [LEVEL_NON_MANAGER] = 0, [LEVEL_MANAGER] = 1, [LEVEL_DIRECTOR] = 2,
        [LEVEL_VP] = 3,          [LEVEL_C] = 4,       [LEVEL_BOARD] = 5,
    };
    const struct world_contacts *c = &s->world->contacts;

    return c->flags[row] & CONTACT_BOARD ? ranks[LEVEL_BOARD]
                                         : ranks[s->world->titles[c->title[row]].level];
}

static void by_hierarchy(const struct search *s, struct search_keyed *items, size_t n)
{
    for (size_t i = 0; i < n; i++)
        items[i].key = hierarchy(s, items[i].row);
}

static void by_sources(const struct search *s, struct search_keyed *items, size_t n)
{
    const struct world_contacts *c = &s->world->contacts;

    for (size_t i = 0; i < n; i++)
        items[i].key = c->sources[items[i].row];
}

static void by_mention(const struct search *s, struct search_keyed *items, size_t n)
{
    const struct world_contacts *c = &s->world->contacts;

    for (size_t i = 0; i < n; i++)
        items[i].key = UINT32_MAX - c->valid[items[i].row];
}

static void by_name(const struct search *s, struct search_keyed *items, size_t n)
{
    const uint32_t *ranks = columns_company_ranks(s->columns);

    for (size_t i = 0; i < n; i++)
        items[i].key = ranks[items[i].row];
}

static void by_employees(const struct search *s, struct search_keyed *items, size_t n)
{
    const struct world_companies *c = &s->world->companies;

    for (size_t i = 0; i < n; i++)
        items[i].key = c->employees[items[i].row];
}

static void by_revenue(const struct search *s, struct search_keyed *items, size_t n)
{
    const struct world_companies *c = &s->world->companies;

    for (size_t i = 0; i < n; i++)
        items[i].key = c->revenue[items[i].row];
}

static const struct sort_field {
    enum search_entity entity;
    const char *name;
    search_keys *keys;
} fields[] = {
    {SEARCH_CONTACT, "contactAccuracyScore", by_score},
    {SEARCH_CONTACT, "lastName", by_last_name},
    {SEARCH_CONTACT, "companyName", by_employer},
    {SEARCH_CONTACT, "hierarchy", by_hierarchy},
    {SEARCH_CONTACT, "sourceCount", by_sources},
    {SEARCH_CONTACT, "lastMentioned", by_mention},
    {SEARCH_CONTACT, "relevance", NULL},
    {SEARCH_COMPANY, "name", by_name},
    {SEARCH_COMPANY, "employeeCount", by_employees},
    {SEARCH_COMPANY, "revenue", by_revenue},
};

static const struct {
    const char *written;
    bool ascending;
} orders[] = {{"asc", true}, {"ascending", true}, {"desc", false}, {"descending", false}};

static bool refuse(struct search_error *e, const char *name, const char *text)
{
    *e = (struct search_error){
        .status = 400, .names_key = "invalidInputFields", .names = json_pack("[s]", name)};
    (void)snprintf(e->text, sizeof(e->text), "%s", text);
    return false;
}

static bool read_field(enum search_entity entity, const char *by, struct search_order *out,
                       struct search_error *e)
{
    struct str text = {0};

    str_addf(&text, "Sort field (sortBy) is invalid. Allowed values:");
    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        if (fields[i].entity != entity)
            continue;
        str_addf(&text, " %s", fields[i].name);
        if (str_eq_case(fields[i].name, by)) {
            out->keys = fields[i].keys;
            str_free(&text);
            return true;
        }
    }
    refuse(e, "sortBy", str_text(&text));
    str_free(&text);
    return false;
}

bool search_order_read(enum search_entity entity, const json_t *inputs, struct search_order *out,
                       struct search_error *e)
{
    const char *by = json_string_value(json_object_get(inputs, "sortBy"));
    const char *order = json_string_value(json_object_get(inputs, "sortOrder"));

    *out = (struct search_order){0};
    if (order && !by)
        return refuse(e, "sortOrder", "Sort order (sortOrder) needs a sort field (sortBy)");
    if (by && !read_field(entity, by, out, e))
        return false;
    for (size_t i = 0; order && i < ARRAY_LEN(orders); i++) {
        if (str_eq_case(orders[i].written, order)) {
            out->ascending = orders[i].ascending;
            return true;
        }
    }
    return !order || refuse(e, "sortOrder",
                            "Sort order (sortOrder) is invalid. Allowed values: asc, ascending, "
                            "desc, descending");
}

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS, KEY_BITS = 32 };

// One stable pass by the digit of the key at shift. false: all have the same there, to is
// untouched.
static bool pass_by_digit(const struct search_keyed *from, struct search_keyed *to, size_t n,
                          unsigned shift)
{
    size_t at[DIGITS] = {0}, next = 0, count;

    for (size_t i = 0; i < n; i++)
        at[from[i].key >> shift & (DIGITS - 1)]++;
    if (at[from[0].key >> shift & (DIGITS - 1)] == n)
        return false;
    for (size_t d = 0; d < DIGITS; d++) {
        count = at[d];
        at[d] = next;
        next += count;
    }
    for (size_t i = 0; i < n; i++)
        to[at[from[i].key >> shift & (DIGITS - 1)]++] = from[i];
    return true;
}

// Sorts by key; returns which of the two holds the result.
static const struct search_keyed *sort_keyed(struct search_keyed *items, struct search_keyed *spare,
                                             size_t n)
{
    struct search_keyed *swap;

    for (unsigned shift = 0; shift < KEY_BITS; shift += DIGIT_BITS) {
        if (!pass_by_digit(items, spare, n, shift))
            continue;
        swap = items;
        items = spare;
        spare = swap;
    }
    return items;
}

void search_sort(const struct search *s, const struct search_order *order, uint32_t *rows, size_t n)
{
    struct search_keyed *items, *spare;
    const struct search_keyed *sorted;

    if (!order->keys || n < 2)
        return;
    items = mem_array(n, sizeof(*items));
    spare = mem_array(n, sizeof(*spare));
    for (size_t i = 0; i < n; i++)
        items[i].row = rows[i];
    order->keys(s, items, n);
    for (size_t i = 0; i < n && !order->ascending; i++)
        items[i].key ^= UINT32_MAX;
    sorted = sort_keyed(items, spare, n);
    for (size_t i = 0; i < n; i++)
        rows[i] = sorted[i].row;
    free(items);
    free(spare);
}
