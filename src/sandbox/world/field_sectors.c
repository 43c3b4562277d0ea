// The output fields of a company that say what trade it is in. Any thread. Assumed where FACTS is
// silent: codes of industries are lists of {id,name}, as sicCodes is. Floor: sandbox/world.
#include "base/mem.h"
#include "sandbox/world/world.h"
#include "sandbox/world/lore.h"
#include "sandbox/world/write.h"

static const struct world_companies *columns(const struct record *r)
{
    return &r->w->companies;
}

static void add_value(const struct lookup_value *value, struct str *out)
{
    write_next(out);
    str_add(out, "{\"id\":");
    json_quote(value->id, out);
    str_add(out, ",\"name\":");
    json_quote(value->name, out);
    str_add_char(out, '}');
}

// The n codes of a list that are none, as {id,name}.
static void put_codes(const struct record *r, const char *list, const uint16_t *codes, size_t n,
                      struct str *out)
{
    const struct lookup_list *values = world_list(r->w, list);

    str_add_char(out, '[');
    for (size_t i = 0; i < n && codes[i] != WORLD_NONE16; i++)
        add_value(&values->values[codes[i]], out);
    str_add_char(out, ']');
}

static void put_sics(const struct record *r, struct str *out)
{
    put_codes(r, "siccode", columns(r)->sic[r->company], WORLD_CODES, out);
}

static void put_naics(const struct record *r, struct str *out)
{
    put_codes(r, "naicscode", columns(r)->naics[r->company], WORLD_CODES, out);
}

static const uint16_t *industries_of(const struct record *r)
{
    static const uint16_t none[WORLD_INDUSTRIES] = {WORLD_NONE16, WORLD_NONE16, WORLD_NONE16};
    bool known = columns(r)->flags[r->company] & COMPANY_INDUSTRY;

    return known ? columns(r)->industry[r->company] : none;
}

// The industry above all, which the sub-industry belongs to.
static uint16_t top_of(const struct record *r)
{
    uint16_t industry = industries_of(r)[0];

    return industry == WORLD_NONE16 ? industry : r->w->lore->industries[industry].top;
}

static void add_industry_name(const struct record *r, uint16_t industry, struct str *out)
{
    if (industry != WORLD_NONE16) {
        write_next(out);
        json_quote(r->w->lore->industry_list->values[industry].name, out);
    }
}

static void put_primary_industry(const struct record *r, struct str *out)
{
    str_add_char(out, '[');
    add_industry_name(r, top_of(r), out);
    str_add_char(out, ']');
}

static void put_primary_code(const struct record *r, struct str *out)
{
    uint16_t top = top_of(r);

    put_codes(r, "industry", &top, 1, out);
}

static void put_primary_sub_code(const struct record *r, struct str *out)
{
    put_codes(r, "industry", industries_of(r), 1, out);
}

static void put_industries(const struct record *r, struct str *out)
{
    const uint16_t *industries = industries_of(r);

    str_add_char(out, '[');
    if (top_of(r) != industries[0])
        add_industry_name(r, top_of(r), out);
    for (int i = 0; i < WORLD_INDUSTRIES; i++)
        add_industry_name(r, industries[i], out);
    str_add_char(out, ']');
}

static void put_industry_codes(const struct record *r, struct str *out)
{
    put_codes(r, "industry", industries_of(r), WORLD_INDUSTRIES, out);
}

static void put_sub_industries(const struct record *r, struct str *out)
{
    str_add_char(out, '[');
    if (columns(r)->parent[r->company] != WORLD_NONE)
        add_industry_name(r, industries_of(r)[0], out);
    str_add_char(out, ']');
}

// clang-format off
static const struct field fields[] = {
    {"companySicCodes", "sicCodes", "sicCodes", PART_COMPANY, put_sics},
    {"companyNaicsCodes", "naicsCodes", "naicsCodes", PART_COMPANY, put_naics},
    {"companyPrimaryIndustry", "primaryIndustry", "primaryIndustry", PART_COMPANY, put_primary_industry},
    {"companyPrimaryIndustryCode", "primaryIndustryCode", "primaryIndustryCode", PART_COMPANY, put_primary_code},
    {"companyPrimarySubIndustryCode", "primarySubIndustryCode", "primarySubIndustryCode", PART_COMPANY, put_primary_sub_code},
    {"companyIndustries", "industries", "industries", PART_COMPANY, put_industries},
    {"companyIndustryCodes", "industryCodes", "industryCodes", PART_COMPANY, put_industry_codes},
    {NULL, "subUnitIndustries", "subUnitIndustries", PART_COMPANY, put_sub_industries},
};
// clang-format on

const struct field_group world_firm_sectors = {fields, ARRAY_LEN(fields)};
