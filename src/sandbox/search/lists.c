// Inputs whose values come from a lookup list. Assumed where FACTS are silent: an industry by its
// id brings all below it; SIC and NAICS codes match by prefix; a hashtag may leave out its #.
// Floor: sandbox/search.
#include "sandbox/search/kinds.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sandbox/search/filter_value.h"

enum { MARKS = 65536, BITS = 64 };

static const struct lookup_list *list_of(const struct search *s, const struct search_input *in)
{
    return search_list(s, in->list);
}

static void add_id(struct str *out, const struct lookup_list *list, size_t value)
{
    if (value >= list->n)
        return;
    str_add(out, out->len ? ", " : "");
    str_add(out, list->values[value].id);
}

static size_t cell(const struct search_cells *c, const void *cells, size_t i)
{
    if (c->width == sizeof(uint8_t))
        return ((const uint8_t *)cells)[i];
    return ((const uint16_t *)cells)[i];
}

static bool add_cells_filter(struct search_query *q, const struct search_input *in,
                             const json_t *value, struct filter_column column)
{
    struct filter_list *filters = search_filters(q, in);
    uint8_t *marks = filter_table(filters, MARKS);

    if (!search_mark(q, in, value, marks))
        return false;
    filter_add(filters, in, filter_in_table(column, marks, MARKS), in->negated);
    return true;
}

static bool compile_list(struct search_query *q, const struct search_input *in, const json_t *value)
{
    return add_cells_filter(q, in, value, search_column(q->search, in));
}

static void show_list(const struct search *s, const struct search_input *in,
                      const struct search_record *r, struct str *out)
{
    const void *cells = search_cells_of(s, in, r);

    for (size_t i = 0; i < in->cells.count; i++)
        add_id(out, list_of(s, in), cell(&in->cells, cells, i));
}

static bool compile_industry(struct search_query *q, const struct search_input *in,
                             const json_t *value)
{
    struct filter_column column = search_column(q->search, in);

    if (q->primary_only)
        column.count = 1;
    return add_cells_filter(q, in, value, column);
}

static bool compile_bits(struct search_query *q, const struct search_input *in, const json_t *value)
{
    enum { ENTRIES = 256 };
    struct filter_list *filters = search_filters(q, in);
    uint8_t *marks = filter_table(filters, MARKS), *table = filter_table(filters, ENTRIES);

    if (!search_mark(q, in, value, marks))
        return false;
    for (unsigned cells = 0; cells < ENTRIES; cells++) {
        for (unsigned bit = 0; bit < 8; bit++)
            table[cells] |= (cells >> bit & 1) && marks[bit];
    }
    filter_add(filters, in, filter_in_table(search_column(q->search, in), table, ENTRIES),
               in->negated);
    return true;
}

static void show_bits(const struct search *s, const struct search_input *in,
                      const struct search_record *r, struct str *out)
{
    size_t cells = cell(&in->cells, search_cells_of(s, in, r), 0);

    for (size_t bit = 0; bit < 8; bit++) {
        if (cells >> bit & 1)
            add_id(out, list_of(s, in), bit);
    }
}

// Those with the flag in->also have the list's last value, whatever their title says: board
// members.
static bool compile_title(struct search_query *q, const struct search_input *in,
                          const json_t *value)
{
    const struct world *w = q->search->world;
    struct filter_list *filters = &q->contacts;
    uint8_t *marks = filter_table(filters, MARKS), *titles = filter_table(filters, MARKS), *flags;

    if (!search_mark(q, in, value, marks))
        return false;
    for (uint32_t i = 0; i < w->n_titles; i++)
        titles[i] = in->title_has(&w->titles[i], marks);
    filter_add(filters, in, filter_in_table(search_column(q->search, in), titles, MARKS),
               in->negated);
    if (!in->also || !marks[list_of(q->search, in)->n - 1])
        return true;
    flags = filter_table(filters, MARKS);
    for (size_t i = 0; i < MARKS; i++)
        flags[i] = (i & in->also) != 0;
    filter_or(filters,
              filter_in_table((struct filter_column){w->contacts.flags, 2, 1, 1}, flags, MARKS));
    return true;
}

static void show_title(const struct search *s, const struct search_input *in,
                       const struct search_record *r, struct str *out)
{
    const struct lookup_list *list = list_of(s, in);
    const struct world_title *title = &s->world->titles[s->world->contacts.title[r->contact]];
    uint8_t *marks = mem_zalloc(MARKS);
    bool also = (s->world->contacts.flags[r->contact] & in->also) != 0;

    for (size_t i = 0; i < list->n; i++) {
        marks[i] = 1;
        if (in->title_has(title, marks) || (also && i == list->n - 1))
            add_id(out, list, i);
        marks[i] = 0;
    }
    free(marks);
}

static void add_bits_filter(struct search_query *q, const struct search_input *in,
                            const uint64_t *cells, uint32_t words, const uint8_t *marks)
{
    struct filter_list *filters = search_filters(q, in);
    uint64_t *mask = mem_zalloc((words + 1) * sizeof(*mask));
    struct filter_column column = {cells, sizeof(uint64_t), (uint8_t)words, (uint8_t)words};

    filter_own(filters, mask);
    for (size_t i = 0; i < (size_t)words * BITS; i++)
        mask[i / BITS] |= (uint64_t)marks[i] << i % BITS;
    filter_add(filters, in, filter_any_bit(column, mask), in->negated);
}

// "#a, b" with the # that ids have.
static json_t *with_hashes(const char *text)
{
    struct value_list parts = value_split(text, ',');
    struct str all = {0};
    json_t *value;

    for (size_t i = 0; i < parts.n; i++)
        str_addf(&all, "%s#%s", i ? "," : "", parts.items[i] + (*parts.items[i] == '#'));
    value = json_string(str_text(&all));
    value_list_free(&parts);
    str_free(&all);
    return value;
}

static bool compile_hashtag(struct search_query *q, const struct search_input *in,
                            const json_t *value)
{
    const struct world *w = q->search->world;
    uint8_t *marks = filter_table(&q->companies, MARKS);
    json_t *tags = with_hashes(json_string_value(value));
    bool good = search_mark(q, in, tags, marks);

    if (good)
        add_bits_filter(q, in, w->companies.hashtags, w->hashtag_words, marks);
    json_decref(tags);
    return good;
}

static void show_hashtag(const struct search *s, const struct search_input *in,
                         const struct search_record *r, struct str *out)
{
    const struct lookup_list *list = list_of(s, in);

    for (uint32_t i = 0; i < list->n; i++) {
        if (world_company_has_hashtag(s->world, r->company, i))
            add_id(out, list, i);
    }
}

// The tag of a product: parentCategory.category.vendor.product. FACTS 4.
static void add_tag(struct str *out, const struct lookup_value *product)
{
    str_addf(out, "%s.%s", json_string_value(json_object_get(product->element, "attribute")),
             product->id);
}

static bool tag_fits(const struct lookup_value *product, const struct tag_pattern *pattern)
{
    struct tag_pattern tag;
    struct str text = {0};
    bool fits;

    add_tag(&text, product);
    fits = tag_pattern_parse(str_text(&text), &tag);
    for (size_t i = 0; i < TAG_PARTS; i++)
        fits = fits && (pattern->parts[i] < 0 || pattern->parts[i] == tag.parts[i]);
    str_free(&text);
    return fits;
}

static bool compile_tech(struct search_query *q, const struct search_input *in, const json_t *value)
{
    const struct world *w = q->search->world;
    const struct lookup_list *list = list_of(q->search, in);
    struct value_list tags = search_values(value);
    struct tag_pattern pattern;
    uint8_t *marks = filter_table(&q->companies, MARKS);
    bool good = true;

    for (size_t t = 0; t < tags.n && good; t++) {
        good = tag_pattern_parse(tags.items[t], &pattern) ||
               search_refuse(q, in,
                             "Invalid value \"%.60s\" for %s. Allowed values: "
                             "parentCategory.category.vendor.product in numbers or *",
                             tags.items[t], in->name);
        for (size_t i = 0; i < list->n && good; i++)
            marks[i] |= tag_fits(&list->values[i], &pattern);
    }
    value_list_free(&tags);
    if (good)
        add_bits_filter(q, in, w->companies.tech, w->tech_words, marks);
    return good;
}

static void show_tech(const struct search *s, const struct search_input *in,
                      const struct search_record *r, struct str *out)
{
    const struct lookup_list *list = list_of(s, in);

    for (uint32_t i = 0; i < list->n; i++) {
        if (!world_company_has_tech(s->world, r->company, i))
            continue;
        str_add(out, out->len ? ", " : "");
        add_tag(out, &list->values[i]);
    }
}

const struct search_kind kind_list = {compile_list, show_list, false};
const struct search_kind kind_industry = {compile_industry, show_list, false};
const struct search_kind kind_bits = {compile_bits, show_bits, false};
const struct search_kind kind_title = {compile_title, show_title, false};
const struct search_kind kind_hashtag = {compile_hashtag, show_hashtag, false};
const struct search_kind kind_tech = {compile_tech, show_tech, false};
