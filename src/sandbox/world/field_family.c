// The output fields of a company that say what it belongs to. Any thread. Floor: sandbox/world.
#include "base/mem.h"
#include "sandbox/world/world.h"
#include "sandbox/world/lore.h"
#include "sandbox/world/write.h"

static const struct world_companies *columns(const struct record *r)
{
    return &r->w->companies;
}

static void put_sites(const struct record *r, struct str *out)
{
    write_number(out, columns(r)->sites[r->company]);
}

// Ids are 0 where there is none. FACTS 6.
static void put_relative_id(const struct record *r, uint32_t relative, struct str *out)
{
    write_number(out, relative == WORLD_NONE ? 0 : world_company_id(r->w, relative));
}

static void put_relative_name(const struct record *r, uint32_t relative, struct str *out)
{
    write_text(r, relative == WORLD_NONE ? "" : world_company_name(r->w, relative), out);
}

static void put_parent_id(const struct record *r, struct str *out)
{
    put_relative_id(r, columns(r)->parent[r->company], out);
}

static void put_parent_name(const struct record *r, struct str *out)
{
    put_relative_name(r, columns(r)->parent[r->company], out);
}

static void put_ultimate_id(const struct record *r, struct str *out)
{
    put_relative_id(r, columns(r)->ultimate[r->company], out);
}

static void put_ultimate_name(const struct record *r, struct str *out)
{
    put_relative_name(r, columns(r)->ultimate[r->company], out);
}

static void put_ultimate_revenue(const struct record *r, struct str *out)
{
    uint32_t top = columns(r)->ultimate[r->company];

    write_number(out, top == WORLD_NONE ? 0 : columns(r)->revenue[top]);
}

static void put_ultimate_employees(const struct record *r, struct str *out)
{
    uint32_t top = columns(r)->ultimate[r->company];

    write_number(out, top == WORLD_NONE ? 0 : columns(r)->employees[top]);
}

// "Location", "Acquisition", "Former_new_name", ... and "4" for a division: FACTS "Value quirks".
static void put_sub_unit(const struct record *r, struct str *out)
{
    static const struct {
        const char *id, *text;
    } texts[] = {{"LOCATION", "Location"},
                 {"ACQUISITION", "Acquisition"},
                 {"SUBSIDIARY", "Subsidiary"},
                 {"FORMER_NEW_NAME", "Former_new_name"},
                 {"DIVISION", "4"}};
    const char *id = world_list(r->w, "subunittypes")->values[columns(r)->sub_unit[r->company]].id;

    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        if (str_eq(id, texts[i].id)) {
            json_quote(texts[i].text, out);
            return;
        }
    }
    write_missing(r, out);
}

static void put_sub_codes(const struct record *r, struct str *out)
{
    str_add_char(out, '[');
    if (columns(r)->parent[r->company] != WORLD_NONE) {
        str_add_char(out, '"');
        write_number(out, columns(r)->sub_unit[r->company]);
        str_add_char(out, '"');
    }
    str_add_char(out, ']');
}

// clang-format off
static const struct field fields[] = {
    {NULL, "locationCount", "locationCount", PART_COMPANY, put_sites},
    {NULL, "parentId", "parentId", PART_COMPANY, put_parent_id},
    {NULL, "parentName", "parentName", PART_COMPANY, put_parent_name},
    {NULL, "ultimateParentId", "ultimateParentId", PART_COMPANY, put_ultimate_id},
    {NULL, "ultimateParentName", "ultimateParentName", PART_COMPANY, put_ultimate_name},
    {NULL, "ultimateParentRevenue", "ultimateParentRevenue", PART_COMPANY, put_ultimate_revenue},
    {NULL, "ultimateParentEmployees", "ultimateParentEmployees", PART_COMPANY, put_ultimate_employees},
    {NULL, "subUnitType", "subUnitType", PART_COMPANY, put_sub_unit},
    {NULL, "subUnitCodes", "subUnitCodes", PART_COMPANY, put_sub_codes},
};
// clang-format on

const struct field_group world_firm_family = {fields, ARRAY_LEN(fields)};
