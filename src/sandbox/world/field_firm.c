// The output fields of /enrich/company that are plain values, and companyX of /enrich/contact. Any
// thread. Assumed where FACTS is silent: companyRevenue is the thousands of USD as text; codes of
// industries are lists of {id,name} as sicCodes is; a status is as old as the record's last update.
// Floor: sandbox/world.
#include <ctype.h>

#include "base/mem.h"
#include "sandbox/world/world.h"
#include "sandbox/world/lore.h"
#include "sandbox/world/text.h"
#include "sandbox/world/write.h"

enum { USD_PER_THOUSAND = 1000, CREATED_DAYS = 4000, CERTIFIED_DAYS = 900 };
// Purposes of write_pick().
enum { PICK_DIVISION = 40, PICK_CREATED, PICK_CERTIFIED, PICK_LOGO };

static const struct world_companies *columns(const struct record *r)
{
    return &r->w->companies;
}

static uint16_t flags_of(const struct record *r)
{
    return columns(r)->flags[r->company];
}

static const struct world_place *place_of(const struct record *r)
{
    return world_company_place(r->w, r->company);
}

static void put_id(const struct record *r, struct str *out)
{
    write_number(out, world_company_id(r->w, r->company));
}

void write_company_name(const struct record *r, struct str *out)
{
    write_text(r, world_company_name(r->w, r->company), out);
}

static void put_phone_kind(const struct record *r, enum world_phone kind, struct str *out)
{
    struct str number = {0};

    world_phone(r->w, r->company, kind, &number);
    write_text(r, str_text(&number), out);
    str_free(&number);
}

void write_company_phone(const struct record *r, struct str *out)
{
    put_phone_kind(r, PHONE_COMPANY, out);
}

static void put_fax(const struct record *r, struct str *out)
{
    put_phone_kind(r, PHONE_FAX, out);
}

void write_company_website(const struct record *r, struct str *out)
{
    write_made(r, world_company_website, r->company, out);
}

static void put_domains(const struct record *r, struct str *out)
{
    str_add_char(out, '[');
    if (flags_of(r) & COMPANY_WEBSITE) {
        str_add_char(out, '"');
        world_company_domain(r->w, r->company, out);
        str_add_char(out, '"');
    }
    str_add_char(out, ']');
}

static void put_ticker(const struct record *r, struct str *out)
{
    write_made(r, world_company_ticker, r->company, out);
}

void write_company_street(const struct record *r, struct str *out)
{
    write_made(r, world_company_street, r->company, out);
}

static void put_city(const struct record *r, struct str *out)
{
    write_text(r, place_of(r)->city, out);
}

static void put_metro(const struct record *r, struct str *out)
{
    write_text(r, place_of(r)->metro_city, out);
}

void write_company_state(const struct record *r, struct str *out)
{
    write_text(r, flags_of(r) & COMPANY_STATE ? place_of(r)->state : "", out);
}

void write_company_zip(const struct record *r, struct str *out)
{
    const char *code = r->w->zips[columns(r)->zip[r->company]].code;

    write_text(r, flags_of(r) & COMPANY_ZIP ? code : "", out);
}

static void put_country(const struct record *r, struct str *out)
{
    write_text(r, flags_of(r) & COMPANY_COUNTRY ? place_of(r)->country : "", out);
}

static void put_continent(const struct record *r, struct str *out)
{
    write_text(r, place_of(r)->continent, out);
}

static void put_california(const struct record *r, struct str *out)
{
    write_bool(out, place_of(r)->flags & PLACE_CALIFORNIA);
}

static void put_canada(const struct record *r, struct str *out)
{
    write_bool(out, place_of(r)->flags & PLACE_CANADA);
}

static void put_logo(const struct record *r, struct str *out)
{
    if (write_pick(r, PICK_LOGO, 10) < 6) {
        str_add(out, "\"https://images.example.com/logo/");
        write_digits(out, r->company, 36);
        str_add(out, ".png\"");
    } else {
        write_missing(r, out);
    }
}

static void put_division(const struct record *r, struct str *out)
{
    static const char *const divisions[] = {"Consumer Division", "North America", "R&D", "EMEA"};
    uint32_t n = write_pick(r, PICK_DIVISION, 60);

    write_text(r, n < ARRAY_LEN(divisions) ? divisions[n] : "", out);
}

static void put_employees(const struct record *r, struct str *out)
{
    write_number(out, columns(r)->employees[r->company]);
}

// The name of value i of a list, or a missing value where i is none.
static void put_name(const struct record *r, const char *list, uint8_t i, struct str *out)
{
    write_text(r, i == WORLD_NONE8 ? "" : world_list(r->w, list)->values[i].name, out);
}

static void put_employee_range(const struct record *r, struct str *out)
{
    put_name(r, "employeecount", columns(r)->employee_band[r->company], out);
}

static void put_revenue_range(const struct record *r, struct str *out)
{
    put_name(r, "revenuerange", columns(r)->revenue_band[r->company], out);
}

static void put_revenue(const struct record *r, struct str *out)
{
    write_number(out, columns(r)->revenue[r->company]);
}

static void put_revenue_text(const struct record *r, struct str *out)
{
    if (columns(r)->revenue[r->company]) {
        str_add_char(out, '"');
        put_revenue(r, out);
        str_add_char(out, '"');
    } else {
        write_missing(r, out);
    }
}

static void put_revenue_dollars(const struct record *r, struct str *out)
{
    write_number(out, (int64_t)columns(r)->revenue[r->company] * USD_PER_THOUSAND);
}

static void put_contacts(const struct record *r, struct str *out)
{
    const uint32_t *first = columns(r)->first_contact;

    write_number(out, first[r->company + 1] - first[r->company]);
}

static void put_type(const struct record *r, struct str *out)
{
    put_name(r, "companytype", columns(r)->type[r->company], out);
}

// FACTS "Value quirks": companyType "public", type "PUBLIC".
static void put_type_upper(const struct record *r, struct str *out)
{
    size_t start = out->len;

    put_type(r, out);
    for (size_t i = start; i < out->len; i++)
        out->data[i] = (char)toupper((unsigned char)out->data[i]);
}

static void put_ranking(const struct record *r, struct str *out)
{
    const struct lookup_list *list = world_list(r->w, "companyranking");

    str_add_char(out, '[');
    for (size_t i = 0; i < list->n; i++) {
        if (columns(r)->rankings[r->company] >> i & 1) {
            write_next(out);
            json_quote(list->values[i].name, out);
        }
    }
    str_add_char(out, ']');
}

static void put_defunct(const struct record *r, struct str *out)
{
    write_bool(out, flags_of(r) & COMPANY_DEFUNCT);
}

static void put_status(const struct record *r, struct str *out)
{
    json_quote(world_statuses[columns(r)->status[r->company]], out);
}

static void put_updated(const struct record *r, struct str *out)
{
    write_when(out, world_when(r->w, columns(r)->updated[r->company]));
}

static void put_created(const struct record *r, struct str *out)
{
    write_when(out, world_once((uint16_t)write_pick(r, PICK_CREATED, CREATED_DAYS)));
}

static void put_certified(const struct record *r, struct str *out)
{
    write_bool(out, flags_of(r) & COMPANY_CERTIFIED);
}

static void put_certified_on(const struct record *r, struct str *out)
{
    if (flags_of(r) & COMPANY_CERTIFIED) {
        write_when(out, world_once((uint16_t)write_pick(r, PICK_CERTIFIED, CERTIFIED_DAYS)));
    } else {
        write_missing(r, out);
    }
}

static void put_founded(const struct record *r, struct str *out)
{
    uint16_t year = columns(r)->founded[r->company];

    str_add_char(out, '"');
    if (year)
        write_number(out, year);
    str_add_char(out, '"');
}

static void put_model(const struct record *r, struct str *out)
{
    str_add_char(out, '[');
    for (int i = 0; i < WORLD_MODELS; i++) {
        if (columns(r)->model[r->company] >> i & 1) {
            write_next(out);
            json_quote(world_models[i], out);
        }
    }
    str_add_char(out, ']');
}

static void put_funding_recent(const struct record *r, struct str *out)
{
    write_number(out, columns(r)->funding_recent[r->company]);
}

static void put_funding_total(const struct record *r, struct str *out)
{
    write_number(out, columns(r)->funding_total[r->company]);
}

static void put_funding_on(const struct record *r, struct str *out)
{
    if (columns(r)->funding_recent[r->company]) {
        write_when(out, world_day(r->w, columns(r)->funding_day[r->company]));
    } else {
        write_missing(r, out);
    }
}

// clang-format off
static const struct field fields[] = {
    {"companyId", "id", "id", PART_COMPANY, put_id},
    {"companyName", "name", "name", PART_COMPANY, write_company_name},
    {"companyDivision", NULL, "division", PART_COMPANY, put_division},
    {"companyWebsite", "website", "website", PART_COMPANY, write_company_website},
    {NULL, "domainList", "domainList", PART_COMPANY, put_domains},
    {"companyTicker", "ticker", "ticker", PART_COMPANY, put_ticker},
    {"companyLogo", "logo", "logo", PART_COMPANY, put_logo},
    {"companyPhone", "phone", "phone", PART_COMPANY, write_company_phone},
    {"companyFax", "fax", "fax", PART_COMPANY, put_fax},
    {"companyStreet", "street", "street", PART_COMPANY, write_company_street},
    {"companyCity", "city", "city", PART_COMPANY, put_city},
    {NULL, "metroArea", "metroArea", PART_COMPANY, put_metro},
    {"companyState", "state", "state", PART_COMPANY, write_company_state},
    {"companyZipCode", "zipCode", "zipCode", PART_COMPANY, write_company_zip},
    {"companyCountry", "country", "country", PART_COMPANY, put_country},
    {"companyContinent", "continent", "continent", PART_COMPANY, put_continent},
    {"isCalifornia", NULL, "isCalifornia", PART_COMPANY, put_california},
    {"isCanada", NULL, "isCanada", PART_COMPANY, put_canada},
    {"companyRevenue", NULL, "revenue", PART_COMPANY, put_revenue_text},
    {"companyRevenueNumeric", NULL, "revenueNumeric", PART_COMPANY, put_revenue_dollars},
    {NULL, "revenue", "revenue", PART_COMPANY, put_revenue},
    {"companyRevenueRange", "revenueRange", "revenueRange", PART_COMPANY, put_revenue_range},
    {"companyEmployeeCount", "employeeCount", "employeeCount", PART_COMPANY, put_employees},
    {"companyEmployeeRange", "employeeRange", "employeeRange", PART_COMPANY, put_employee_range},
    {NULL, "numberOfContactsInZoomInfo", "numberOfContactsInZoomInfo", PART_COMPANY, put_contacts},
    {"companyType", NULL, "type", PART_COMPANY, put_type},
    {NULL, "type", "type", PART_COMPANY, put_type_upper},
    {"companyRanking", NULL, "ranking", PART_COMPANY, put_ranking},
    {"isDefunct", "isDefunct", "isDefunct", PART_COMPANY, put_defunct},
    {NULL, "companyStatus", "companyStatus", PART_COMPANY, put_status},
    {NULL, "companyStatusDate", "companyStatusDate", PART_COMPANY, put_updated},
    {NULL, "lastUpdatedDate", "lastUpdatedDate", PART_COMPANY, put_updated},
    {NULL, "createdDate", "createdDate", PART_COMPANY, put_created},
    {NULL, "certified", "certified", PART_COMPANY, put_certified},
    {NULL, "certificationDate", "certificationDate", PART_COMPANY, put_certified_on},
    {NULL, "foundedYear", "foundedYear", PART_COMPANY, put_founded},
    {NULL, "businessModel", "businessModel", PART_COMPANY, put_model},
    {NULL, "recentFundingAmount", "recentFundingAmount", PART_COMPANY, put_funding_recent},
    {NULL, "recentFundingDate", "recentFundingDate", PART_COMPANY, put_funding_on},
    {NULL, "totalFundingAmount", "totalFundingAmount", PART_COMPANY, put_funding_total},
};
// clang-format on

const struct field_group world_firm_fields = {fields, ARRAY_LEN(fields)};
