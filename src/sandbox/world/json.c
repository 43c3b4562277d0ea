// Records as JSON text: rows of a search, and enriched records field by field. Any thread.
// Floor: sandbox/world.
#include "sandbox/world/json.h"

#include "base/mem.h"
#include "sandbox/world/world.h"
#include "sandbox/world/write.h"

enum { ABSENT_MIDDLES = 4 }; // one of so many empty middle names is left out

static void add_has(const struct world *w, uint32_t contact, struct str *out)
{
    uint16_t flags = w->contacts.flags[contact];
    uint16_t company = w->companies.flags[w->contacts.company[contact]];
    const struct {
        const char *text;
        bool is;
    } has[] = {
        {",\"hasEmail\":", flags & CONTACT_EMAIL},
        {",\"hasSupplementalEmail\":", flags & CONTACT_SUPPLEMENTAL},
        {",\"hasDirectPhone\":", flags & CONTACT_DIRECT},
        {",\"hasMobilePhone\":", flags & CONTACT_MOBILE},
        {",\"hasCompanyIndustry\":", company & COMPANY_INDUSTRY},
        {",\"hasCompanyPhone\":", company & COMPANY_PHONE},
        {",\"hasCompanyStreet\":", company & COMPANY_STREET},
        {",\"hasCompanyState\":", company & COMPANY_STATE},
        {",\"hasCompanyZipCode\":", company & COMPANY_ZIP},
        {",\"hasCompanyCountry\":", company & COMPANY_COUNTRY},
        {",\"hasCompanyRevenue\":", company & COMPANY_REVENUE},
        {",\"hasCompanyEmployeeCount\":", company & COMPANY_EMPLOYEES},
    };

    for (size_t i = 0; i < ARRAY_LEN(has); i++) {
        str_add(out, has[i].text);
        write_bool(out, has[i].is);
    }
    if (flags & CONTACT_DIRECT_DNC)
        str_add(out, ",\"directPhoneDoNotCall\":true");
    if (flags & CONTACT_MOBILE_DNC)
        str_add(out, ",\"mobilePhoneDoNotCall\":true");
}

static void add_identity(const struct world *w, uint32_t contact, struct str *out)
{
    const struct world_contacts *c = &w->contacts;

    str_add(out, "{\"id\":");
    write_number(out, world_contact_id(w, contact));
    str_add(out, ",\"firstName\":");
    json_quote(w->names.words[c->first[contact]].text, out);
    if (c->middle[contact]) {
        str_add(out, ",\"middleName\":\"");
        str_add_char(out, (char)c->middle[contact]);
        str_add(out, ".\"");
    } else if (contact % ABSENT_MIDDLES) {
        str_add(out, ",\"middleName\":\"\"");
    }
    str_add(out, ",\"lastName\":");
    json_quote(w->names.words[c->last[contact]].text, out);
    str_add(out, ",\"validDate\":");
    if (c->flags[contact] & CONTACT_PARTIAL) {
        str_add(out, "\"\"");
    } else {
        write_when(out, world_when(w, c->valid[contact]));
    }
    str_add(out, ",\"lastUpdatedDate\":");
    write_when(out, world_when(w, c->updated[contact]));
    str_add(out, ",\"jobTitle\":");
    json_quote(w->titles[c->title[contact]].text, out);
    str_add(out, ",\"contactAccuracyScore\":");
    write_number(out, c->score[contact]);
}

void world_contact_row_json(const struct world *w, uint32_t contact, unsigned extras,
                            struct str *out)
{
    const struct record r = {w, contact, w->contacts.company[contact]};
    uint16_t school = w->contacts.school[contact];

    add_identity(w, contact, out);
    if (extras & ROW_MANAGEMENT_LEVEL)
        write_member(&r, "managementLevel", write_levels, out);
    if (extras & ROW_SCHOOL) {
        write_key(out, "school");
        json_quote(school == WORLD_NONE16 ? "" : w->schools.words[school].text, out);
    }
    add_has(w, contact, out);
    str_add(out, ",\"company\":");
    world_company_row_json(w, w->contacts.company[contact], out);
    str_add_char(out, '}');
}

void world_company_row_json(const struct world *w, uint32_t company, struct str *out)
{
    str_add(out, "{\"id\":");
    write_number(out, world_company_id(w, company));
    str_add(out, ",\"name\":");
    json_quote(world_company_name(w, company), out);
    str_add_char(out, '}');
}

static const struct field_group *const groups[] = {&world_person_fields, &world_career_fields,
                                                   &world_firm_fields,   &world_firm_sectors,
                                                   &world_firm_family,   &world_firm_lists};

static const char *name_of(const struct field *field, enum world_entity entity)
{
    return entity == WORLD_CONTACT ? field->contact : field->company;
}

static const struct field *field_at(size_t i)
{
    const struct field_group *const *group = groups;

    while (i >= (*group)->n)
        i -= (*group++)->n;
    return &(*group)->fields[i];
}

int world_field_find(enum world_entity entity, const char *name)
{
    int at = 0;

    for (size_t g = 0; g < ARRAY_LEN(groups); g++) {
        for (size_t k = 0; k < groups[g]->n; k++, at++) {
            const char *known = name_of(&groups[g]->fields[k], entity);

            if (known && str_eq_case(known, name))
                return at;
        }
    }
    return -1;
}

void world_fields_add(struct world_fields *set, int field)
{
    set->bits[field / 64] |= UINT64_C(1) << (field % 64);
}

int world_fields_next(const struct world_fields *set, int from)
{
    for (int i = from; i < WORLD_FIELDS_MAX; i = (i / 64 + 1) * 64) {
        uint64_t rest = set->bits[i / 64] >> (i % 64);

        if (rest)
            return i + __builtin_ctzll(rest);
    }
    return -1;
}

// Appends the fields of a set to the object that is open. nested, if given, gets those that belong
// into the company object within a contact: companyX is its x.
static void add_fields(const struct record *r, enum world_entity entity, unsigned parts,
                       const struct world_fields *set, struct world_fields *nested, struct str *out)
{
    for (int i = world_fields_next(set, 0); i >= 0; i = world_fields_next(set, i + 1)) {
        const struct field *field = field_at((size_t)i);
        const char *name = name_of(field, entity);

        if (!name)
            continue;
        if (nested && str_starts(name, "company"))
            world_fields_add(nested, i);
        else if (field->part & parts)
            write_member(r, field->key, field->write, out);
    }
}

void world_contact_enrich_json(const struct world *w, uint32_t contact, uint32_t company,
                               unsigned parts, const struct world_fields *fields, struct str *out)
{
    const struct record r = {w, contact, company};
    struct world_fields nested = {0};

    str_add_char(out, '{');
    add_fields(&r, WORLD_CONTACT, parts, fields, &nested, out);
    if ((parts & PART_COMPANY) && world_fields_next(&nested, 0) >= 0) {
        write_key(out, "company");
        str_add_char(out, '{');
        add_fields(&r, WORLD_CONTACT, parts, &nested, NULL, out);
        str_add_char(out, '}');
    }
    str_add_char(out, '}');
}

void world_company_enrich_json(const struct world *w, uint32_t company,
                               const struct world_fields *fields, struct str *out)
{
    const struct record r = {w, WORLD_NONE, company};

    str_add_char(out, '{');
    add_fields(&r, WORLD_COMPANY, PART_BOTH, fields, NULL, out);
    str_add_char(out, '}');
}

bool world_record_has(const struct world *w, enum world_entity entity, uint32_t row, size_t field)
{
    static const char *const empty[] = {"", "null", "\"\"", "[]", "{}"};
    bool person = entity == WORLD_CONTACT;
    const struct record r = {w, person ? row : WORLD_NONE, person ? w->contacts.company[row] : row};
    struct str value = {0};
    bool has = true;

    field_at(field)->write(&r, &value);
    for (size_t i = 0; i < ARRAY_LEN(empty); i++)
        has = has && !str_eq(str_text(&value), empty[i]);
    str_free(&value);
    return has;
}
