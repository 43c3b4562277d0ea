// Inputs that ask for flags, and those that say how others are read. Floor: sandbox/search.

// Assumed where FACTS are silent or at odds: false of a Boolean filters nothing; boardMember is
// "include" where it is left out (legacy text; FACTS 13); requiredFields must all be there;
// companyPastOrPresent goes for every condition on the company but its place, and is "present"
// where it is left out.
#include "sandbox/search/kinds.h"

#include "base/mem.h"
#include "sandbox/search/filter_value.h"

enum { ENTRIES_16 = 65536 };

static unsigned flags_of(const struct search *s, const struct search_input *in,
                         const struct search_record *r)
{
    return *(const uint16_t *)search_cells_of(s, in, r);
}

static void add_flag(struct search_query *q, const struct search_input *in, bool wanted)
{
    struct filter_list *filters = search_filters(q, in);
    uint8_t *table = filter_table(filters, ENTRIES_16);

    for (size_t i = 0; i < ENTRIES_16; i++)
        table[i] = (i & in->which) != 0;
    filter_add(filters, in, filter_in_table(search_column(q->search, in), table, ENTRIES_16),
               !wanted);
}

static bool compile_only(struct search_query *q, const struct search_input *in, const json_t *value)
{
    if (json_is_true(value))
        add_flag(q, in, true);
    return true;
}

static bool compile_without(struct search_query *q, const struct search_input *in,
                            const json_t *value)
{
    if (json_is_true(value))
        add_flag(q, in, false);
    return true;
}

static void show_flag(const struct search *s, const struct search_input *in,
                      const struct search_record *r, struct str *out)
{
    str_add(out, flags_of(s, in, r) & in->which ? "true" : "false");
}

static bool compile_choice(struct search_query *q, const struct search_input *in,
                           const json_t *value)
{
    static const char *const names[] = {"include", "exclude", "only"};
    int choice = search_choose(q, in, value, names, ARRAY_LEN(names));

    if (choice > 0)
        add_flag(q, in, choice == 2);
    return choice >= 0;
}

// What may be required, and the flag that tells.
static const struct {
    const char *name;
    enum search_side side;
    uint16_t flag;
} required[] = {
    {"email", ON_CONTACT, CONTACT_EMAIL},
    {"emailAddress", ON_CONTACT, CONTACT_EMAIL},
    {"personalEmail", ON_CONTACT, CONTACT_SUPPLEMENTAL},
    {"supplementalEmail", ON_CONTACT, CONTACT_SUPPLEMENTAL},
    {"phone", ON_CONTACT, CONTACT_DIRECT},
    {"directPhone", ON_CONTACT, CONTACT_DIRECT},
    {"mobilePhone", ON_CONTACT, CONTACT_MOBILE},
    {"companyIndustry", ON_COMPANY, COMPANY_INDUSTRY},
    {"companyPhone", ON_COMPANY, COMPANY_PHONE},
    {"companyStreet", ON_COMPANY, COMPANY_STREET},
    {"companyState", ON_COMPANY, COMPANY_STATE},
    {"companyZipCode", ON_COMPANY, COMPANY_ZIP},
    {"companyCountry", ON_COMPANY, COMPANY_COUNTRY},
    {"companyRevenue", ON_COMPANY, COMPANY_REVENUE},
    {"companyEmployeeCount", ON_COMPANY, COMPANY_EMPLOYEES},
    {"companyWebsite", ON_COMPANY, COMPANY_WEBSITE},
};

static bool find_required(struct search_query *q, const struct search_input *in, const char *name,
                          unsigned *contact_flags, unsigned *company_flags)
{
    const char *names[ARRAY_LEN(required)];
    json_t *value = json_string(name);
    int i;

    for (size_t k = 0; k < ARRAY_LEN(required); k++)
        names[k] = required[k].name;
    i = search_choose(q, in, value, names, ARRAY_LEN(required));
    json_decref(value);
    if (i < 0)
        return false;
    *(required[i].side == ON_CONTACT ? contact_flags : company_flags) |= required[i].flag;
    return true;
}

// The employer's values are those of the present one, whichever companyPastOrPresent asks for.
static bool compile_required(struct search_query *q, const struct search_input *in,
                             const json_t *value)
{
    const struct world *w = q->search->world;
    struct value_list names = search_values(value);
    uint8_t *table = filter_table(&q->contacts, ENTRIES_16);
    uint8_t *rows = filter_table(&q->contacts, w->n_companies);
    unsigned of_contact = 0, of_company = 0;
    bool good = true;

    for (size_t i = 0; i < names.n && good; i++)
        good = find_required(q, in, names.items[i], &of_contact, &of_company);
    value_list_free(&names);
    for (size_t i = 0; i < ENTRIES_16; i++)
        table[i] = (i & of_contact) == of_contact;
    for (uint32_t i = 0; i < w->n_companies; i++)
        rows[i] = (w->companies.flags[i] & of_company) == of_company;
    filter_add(&q->contacts, in, filter_in_table(search_column(q->search, in), table, ENTRIES_16),
               false);
    filter_add(&q->contacts, in,
               filter_in_table((struct filter_column){w->contacts.company, sizeof(uint32_t), 1, 1},
                               rows, w->n_companies),
               false);
    return good;
}

static void show_required(const struct search *s, const struct search_input *in,
                          const struct search_record *r, struct str *out)
{
    unsigned of_contact = flags_of(s, in, r), of_company = s->world->companies.flags[r->company];

    for (size_t i = 0; i < ARRAY_LEN(required); i++) {
        if ((required[i].side == ON_CONTACT ? of_contact : of_company) & required[i].flag)
            str_addf(out, "%s%s", out->len ? ", " : "", required[i].name);
    }
}

static bool compile_employer(struct search_query *q, const struct search_input *in,
                             const json_t *value)
{
    static const char *const names[] = {"present", "past", "pastAndPresent"};
    int choice = search_choose(q, in, value, names, ARRAY_LEN(names));

    q->employer = choice < 0 ? EMPLOYER_PRESENT : (enum search_employer)choice;
    return choice >= 0;
}

static void show_employer(const struct search *s, const struct search_input *in,
                          const struct search_record *r, struct str *out)
{
    const uint32_t *past = s->world->contacts.past[r->contact];

    (void)in;
    str_addf(out, "present %lld", (long long)world_company_id(s->world, r->company));
    for (size_t i = 0; i < WORLD_PASTS; i++) {
        if (past[i] != WORLD_NONE)
            str_addf(out, ", past %lld", (long long)world_company_id(s->world, past[i]));
    }
}

static bool compile_primary(struct search_query *q, const struct search_input *in,
                            const json_t *value)
{
    (void)in;
    q->primary_only = json_is_true(value);
    return true;
}

static void show_primary(const struct search *s, const struct search_input *in,
                         const struct search_record *r, struct str *out)
{
    const struct lookup_list *list = search_list(s, in->list);
    uint16_t industry = s->world->companies.industry[r->company][0];

    if (industry < list->n)
        str_add(out, list->values[industry].id);
}

const struct search_kind kind_only = {compile_only, show_flag, false};
const struct search_kind kind_without = {compile_without, show_flag, false};
const struct search_kind kind_choice = {compile_choice, show_flag, false};
const struct search_kind kind_required = {compile_required, show_required, false};
const struct search_kind kind_employer = {compile_employer, show_employer, true};
const struct search_kind kind_primary = {compile_primary, show_primary, true};
