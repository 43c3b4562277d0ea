// Inputs that name whom they mean: ids, addresses, phones. Unknown ones match nobody. Assumed where
// FACTS are silent: a phone of ten digits or more may leave out what stands before them.
// Floor: sandbox/search.
#include "sandbox/search/kinds.h"

#include "sandbox/search/filter_value.h"
#include "sandbox/world/match.h"
#include "sandbox/world/text.h"

// rows[row] = 1 for each id of the value that row_of() knows.
static bool mark_ids(struct search_query *q, const struct search_input *in, const json_t *value,
                     uint32_t (*row_of)(const struct world *w, int64_t id), uint8_t *rows)
{
    struct value_list ids = search_values(value);
    long long id;
    uint32_t row;
    bool good = true;

    for (size_t i = 0; i < ids.n && good; i++) {
        good = str_int64(ids.items[i], &id) ||
               search_refuse(q, in, "Invalid value \"%.60s\" for %s. It is not a number",
                             ids.items[i], in->name);
        row = good ? row_of(q->search->world, id) : WORLD_NONE;
        if (row != WORLD_NONE)
            rows[row] = 1;
    }
    value_list_free(&ids);
    return good;
}

static bool compile_person_id(struct search_query *q, const struct search_input *in,
                              const json_t *value)
{
    uint8_t *rows = filter_table(&q->contacts, q->search->world->n_contacts);

    filter_add(&q->contacts, in, filter_in_rows(rows), false);
    return mark_ids(q, in, value, world_contact_row, rows);
}

static void show_person_id(const struct search *s, const struct search_input *in,
                           const struct search_record *r, struct str *out)
{
    (void)in;
    str_addf(out, "%lld", (long long)world_contact_id(s->world, r->contact));
}

static bool compile_company_id(struct search_query *q, const struct search_input *in,
                               const json_t *value)
{
    uint8_t *rows = filter_table(&q->companies, q->search->world->n_companies);

    filter_add(&q->companies, in, filter_in_rows(rows), false);
    return mark_ids(q, in, value, world_company_row, rows);
}

static void show_company_id(const struct search *s, const struct search_input *in,
                            const struct search_record *r, struct str *out)
{
    (void)in;
    str_addf(out, "%lld", (long long)world_company_id(s->world, r->company));
}

static bool compile_company_row_id(struct search_query *q, const struct search_input *in,
                                   const json_t *value)
{
    struct filter_list *filters = search_filters(q, in);
    uint32_t n = q->search->world->n_companies;
    uint8_t *rows = filter_table(filters, n);

    filter_add(filters, in, filter_in_table(search_column(q->search, in), rows, n), false);
    return mark_ids(q, in, value, world_company_row, rows);
}

static void show_company_row_id(const struct search *s, const struct search_input *in,
                                const struct search_record *r, struct str *out)
{
    uint32_t row = *(const uint32_t *)search_cells_of(s, in, r);

    if (row != WORLD_NONE)
        str_addf(out, "%lld", (long long)world_company_id(s->world, row));
}

static void mark_key(struct search *s, enum column_key which, uint64_t key, uint8_t *rows)
{
    const uint64_t *keys = columns_keys(s->columns, which);

    for (uint32_t i = 0; i < s->world->n_contacts; i++)
        rows[i] |= key && keys[i] == key;
}

static bool compile_email(struct search_query *q, const struct search_input *in,
                          const json_t *value)
{
    struct value_list values = search_values(value);
    uint8_t *rows = filter_table(&q->contacts, q->search->world->n_contacts);

    for (size_t i = 0; i < values.n; i++)
        mark_key(q->search, in->which, columns_key_of(in->which, values.items[i]), rows);
    value_list_free(&values);
    filter_add(&q->contacts, in, filter_in_rows(rows), false);
    return true;
}

static void show_email(const struct search *s, const struct search_input *in,
                       const struct search_record *r, struct str *out)
{
    if (in->which == COLUMN_EMAIL)
        world_contact_email(s->world, r->contact, out);
    else
        world_contact_supplemental(s->world, r->contact, out);
}

// Who has the hash has its address, and so may others.
static bool compile_hash(struct search_query *q, const struct search_input *in, const json_t *value)
{
    const struct world *w = q->search->world;
    struct value_list values = search_values(value);
    uint8_t *rows = filter_table(&q->contacts, w->n_contacts);
    uint32_t row;

    for (size_t i = 0; i < values.n; i++) {
        row = world_contact_by_hash(w, values.items[i]);
        if (row != WORLD_NONE)
            mark_key(q->search, COLUMN_EMAIL, columns_keys(q->search->columns, COLUMN_EMAIL)[row],
                     rows);
    }
    value_list_free(&values);
    filter_add(&q->contacts, in, filter_in_rows(rows), false);
    return true;
}

static void show_hash(const struct search *s, const struct search_input *in,
                      const struct search_record *r, struct str *out)
{
    (void)in;
    for (int digest = 0; digest < WORLD_DIGESTS; digest++) {
        str_add(out, out->len ? ", " : "");
        world_contact_digest(s->world, r->contact, (enum world_digest)digest, out);
    }
}

// What remains of a number in as many digits as the wanted one has: 0 where all of them count.
static uint64_t digits_limit(uint64_t wanted)
{
    enum { DIGITS_MIN = 10 };
    uint64_t limit = 1;
    int digits = 0;

    for (uint64_t rest = wanted; rest; rest /= 10, digits++)
        limit *= 10;
    return digits >= DIGITS_MIN && digits < 19 ? limit : 0;
}

static void mark_phone(struct search *s, enum column_key which, uint64_t wanted, uint8_t *rows)
{
    const uint64_t *keys = columns_keys(s->columns, which);
    uint64_t limit = digits_limit(wanted);

    for (uint32_t i = 0; i < s->world->n_contacts; i++)
        rows[i] |= keys[i] == wanted || (limit && keys[i] && keys[i] % limit == wanted);
}

static bool compile_phone(struct search_query *q, const struct search_input *in,
                          const json_t *value)
{
    struct value_list values = search_values(value);
    uint8_t *rows = filter_table(&q->contacts, q->search->world->n_contacts);
    uint64_t wanted;
    bool good = true;

    for (size_t i = 0; i < values.n && good; i++) {
        wanted = columns_key_of(COLUMN_DIRECT, values.items[i]);
        good = wanted || search_refuse(q, in, "Invalid value \"%.60s\" for %s. It has no digits",
                                       values.items[i], in->name);
        if (good) {
            mark_phone(q->search, COLUMN_DIRECT, wanted, rows);
            mark_phone(q->search, COLUMN_MOBILE, wanted, rows);
        }
    }
    value_list_free(&values);
    filter_add(&q->contacts, in, filter_in_rows(rows), false);
    return good;
}

static void show_phone(const struct search *s, const struct search_input *in,
                       const struct search_record *r, struct str *out)
{
    (void)in;
    world_phone(s->world, r->contact, PHONE_DIRECT, out);
    str_add(out, out->len ? ", " : "");
    world_phone(s->world, r->contact, PHONE_MOBILE, out);
}

const struct search_kind kind_person_id = {compile_person_id, show_person_id, false};
const struct search_kind kind_company_id = {compile_company_id, show_company_id, false};
const struct search_kind kind_company_row_id = {compile_company_row_id, show_company_row_id, false};
const struct search_kind kind_email = {compile_email, show_email, false};
const struct search_kind kind_hash = {compile_hash, show_hash, false};
const struct search_kind kind_phone = {compile_phone, show_phone, false};
