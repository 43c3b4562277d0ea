// The output fields of a company that are lists or objects. Any thread. Assumed where FACTS is
// silent: departmentBudgets and employeeCountByDepartment are lists of {department, ...};
// locationMatch is answered for a company that is a site of another. Floor: sandbox/world.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sandbox/world/world.h"
#include "sandbox/world/lore.h"
#include "sandbox/world/text.h"
#include "sandbox/world/write.h"

enum {
    COMPETITORS = 5,
    COMPETITOR_TRIES = 60,
    ROUNDS_MAX = 4,
    GROWTH_POINTS = 3,
    YEAR_DAYS = 365,
    TECH_DAYS = 2500,
    FOLLOWERS = 60000
};
// Purposes of write_pick().
enum { PICK_FOLLOWERS = 60, PICK_SOCIAL, PICK_TECH = 100 };

static const struct world_companies *columns(const struct record *r)
{
    return &r->w->companies;
}

static void put_descriptions(const struct record *r, struct str *out)
{
    struct str text = {0};

    world_company_description(r->w, r->company, &text);
    str_add_char(out, '[');
    if (text.len) {
        str_add(out, "{\"description\":");
        json_quote(str_text(&text), out);
        str_add_char(out, '}');
    }
    str_add_char(out, ']');
    str_free(&text);
}

static void add_social(const struct record *r, const char *type, bool counted, struct str *out)
{
    struct str domain = {0};

    world_company_domain(r->w, r->company, &domain);
    write_next(out);
    str_addf(out, "{\"type\":\"%s\",\"url\":\"https://social.example.net/%.*s\"", type,
             (int)strcspn(str_text(&domain), "."), str_text(&domain));
    str_add(out, ",\"followerCount\":\"");
    if (counted)
        write_number(out, write_pick(r, PICK_FOLLOWERS, FOLLOWERS));
    str_add(out, "\"}");
    str_free(&domain);
}

static void put_social(const struct record *r, struct str *out)
{
    uint32_t which = write_pick(r, PICK_SOCIAL, 8);

    str_add_char(out, '[');
    if (which & 1)
        add_social(r, "LINKED_IN", true, out);
    if (which & 2)
        add_social(r, "TWITTER", false, out);
    if (which & 4)
        add_social(r, "FACEBOOK", which == 5, out);
    str_add_char(out, ']');
}

static void add_competitor(const struct record *r, uint32_t rank, uint32_t row, struct str *out)
{
    const struct record other = {r->w, WORLD_NONE, row};

    write_next(out);
    str_add(out, "{\"rank\":");
    write_number(out, rank);
    write_key(out, "id");
    write_number(out, world_company_id(r->w, row));
    write_member(&other, "name", write_company_name, out);
    write_member(&other, "website", write_company_website, out);
    write_key(out, "employeeCount");
    write_number(out, columns(r)->employees[row]);
    str_add_char(out, '}');
}

// Some of the same industry that come by in a stream of rows.
static void put_competitors(const struct record *r, struct str *out)
{
    struct rng rng = world_stream(r->w, STREAM_COMPETITORS, r->company);
    uint32_t found = 0;

    str_add_char(out, '[');
    for (int i = 0; i < COMPETITOR_TRIES && found < COMPETITORS; i++) {
        uint32_t row = rng_below(&rng, r->w->n_companies);

        if (row != r->company &&
            columns(r)->industry[r->company][0] == columns(r)->industry[row][0])
            add_competitor(r, ++found, row, out);
    }
    str_add_char(out, ']');
}

static void add_hashtag(const struct lookup_value *tag, struct str *out)
{
    write_next(out);
    str_add(out, "{\"tag\":");
    json_quote(tag->id, out);
    str_add(out, ",\"external_id\":null,\"searchString\":");
    json_quote(tag->id, out);
    str_add(out, ",\"displayLabel\":");
    json_quote(tag->name, out);
    str_add(out, ",\"description\":\"\",\"group\":\"Company Attributes\",\"score\":null,"
                 "\"priority\":null,\"parentCategory\":\"\",\"displayScore\":\"\","
                 "\"inverseScoreBase\":null,\"scoreMultipler\":null,\"scoreUnit\":\"\","
                 "\"hidden\":false,\"label\":");
    json_quote(tag->name, out);
    str_add(out, ",\"categorizedFlag\":true}");
}

static void put_hashtags(const struct record *r, struct str *out)
{
    const struct lookup_list *list = world_list(r->w, "hashtag");

    str_add_char(out, '[');
    for (uint32_t i = 0; i < list->n; i++) {
        if (world_company_has_hashtag(r->w, r->company, i))
            add_hashtag(&list->values[i], out);
    }
    str_add_char(out, ']');
}

static void put_products(const struct record *r, struct str *out)
{
    const struct industry *it = &r->w->lore->industries[columns(r)->industry[r->company][0]];
    uint32_t n = write_pick(r, PICK_SOCIAL, 4);

    str_add_char(out, '[');
    for (uint32_t i = 0; i < n && i < it->keywords->n; i++) {
        write_next(out);
        json_quote(it->keywords->lines[i], out);
    }
    str_add_char(out, ']');
}

static void add_text(const char *key, const char *text, struct str *out)
{
    write_key(out, key);
    json_quote(text ? text : "", out);
}

// "8/11/16 14:14"
static void add_tech_time(const char *key, uint32_t days, struct str *out)
{
    struct str day = {0};

    write_day(&day, world_once((uint16_t)days));
    write_key(out, key);
    str_addf(out, "\"%d/%d/%.2s %u:%02u\"", atoi(day.data + 6), atoi(day.data + 9), day.data + 3,
             days % 24, days % 60);
    str_free(&day);
}

static void add_tech(const struct record *r, const struct lookup_value *product, uint32_t i,
                     struct str *out)
{
    static const struct {
        const char *key, *from;
    } texts[] = {{"categoryParent", "parentCategory"},
                 {"category", "category"},
                 {"vendor", "vendor"},
                 {"attribute", "attribute"}};
    uint32_t days = write_pick(r, PICK_TECH + i, TECH_DAYS);

    write_next(out);
    str_add(out, "{\"tag\":");
    json_quote(product->id, out);
    for (size_t t = 0; t < ARRAY_LEN(texts); t++) {
        add_text(texts[t].key, json_string_value(json_object_get(product->element, texts[t].from)),
                 out);
    }
    add_text("product", product->name, out);
    str_add(out, ",\"website\":\"\",\"logo\":null,\"domain\":null,\"description\":\"\"");
    add_tech_time("createdTime", days, out);
    add_tech_time("modifiedTime", days / 3, out);
    str_add_char(out, '}');
}

static void put_tech(const struct record *r, struct str *out)
{
    const struct lookup_list *list = world_list(r->w, "tech/product");

    str_add_char(out, '[');
    for (uint32_t i = 0; i < list->n; i++) {
        if (world_company_has_tech(r->w, r->company, i))
            add_tech(r, &list->values[i], i, out);
    }
    str_add_char(out, ']');
}

static void add_round(const struct record *r, uint32_t days, uint32_t kind, uint32_t amount,
                      struct str *out)
{
    write_next(out);
    str_add(out, "{\"date\":");
    write_when(out, world_day(r->w, (uint16_t)days));
    add_text("type", world_rounds[kind], out);
    write_key(out, "amount");
    write_number(out, amount);
    str_add_char(out, '}');
}

// The recent round, then older ones that make up the total.
static void put_funding(const struct record *r, struct str *out)
{
    uint32_t days = columns(r)->funding_day[r->company],
             kind = columns(r)->funding_round[r->company];
    uint32_t amount = columns(r)->funding_recent[r->company];
    uint32_t left = columns(r)->funding_total[r->company] - amount;

    str_add_char(out, '[');
    if (amount)
        add_round(r, days, kind, amount, out);
    for (int i = 1; i < ROUNDS_MAX && left; i++) {
        amount = i + 1 == ROUNDS_MAX || left < 100 ? left : left / 2;
        days += YEAR_DAYS;
        kind -= kind ? 1 : 0;
        add_round(r, days, kind, amount, out);
        left -= amount;
    }
    str_add_char(out, ']');
}

static void add_rate(const char *key, int16_t tenths, struct str *out)
{
    write_key(out, key);
    str_addf(out, "\"%s%d.%d\"", tenths < 0 ? "-" : "", abs(tenths) / 10, abs(tenths) % 10);
}

// How many there were so many years ago.
static uint32_t employees_then(const struct record *r, int years)
{
    int growth = years == 0   ? 0
                 : years == 1 ? columns(r)->growth_one[r->company]
                              : columns(r)->growth_two[r->company];

    return (uint32_t)((uint64_t)columns(r)->employees[r->company] * 1000 /
                      (uint64_t)(1000 + growth));
}

static void put_growth(const struct record *r, struct str *out)
{
    str_add_char(out, '{');
    add_rate("oneYearGrowthRate", columns(r)->growth_one[r->company], out);
    add_rate("twoYearGrowthRate", columns(r)->growth_two[r->company], out);
    str_add(out, ",\"employeeGrowthDataPoints\":[");
    for (int years = GROWTH_POINTS; years-- > 0;) {
        struct str day = {0};

        write_day(&day, world_once((uint16_t)(years * YEAR_DAYS)));
        write_next(out);
        str_addf(out, "{\"label\":\"%.7s\",\"employeeCount\":%u}", day.data + 1,
                 employees_then(r, years));
        str_free(&day);
    }
    str_add(out, "]}");
}

static void put_budgets(const struct record *r, struct str *out)
{
    str_add_char(out, '[');
    for (int i = 0; i < WORLD_BUDGETS && columns(r)->revenue[r->company]; i++) {
        write_next(out);
        str_add(out, "{\"department\":");
        json_quote(world_budgets[i], out);
        write_key(out, "budget");
        write_number(out, columns(r)->budgets[r->company][i]);
        str_add_char(out, '}');
    }
    str_add_char(out, ']');
}

static void put_by_department(const struct record *r, struct str *out)
{
    uint16_t industry = columns(r)->industry[r->company][0];
    const uint16_t *upto = r->w->lore->industries[industry].departments;
    uint64_t employees = columns(r)->employees[r->company];

    str_add_char(out, '[');
    for (int d = 1; employees && d < DEPARTMENTS; d++) {
        write_next(out);
        str_add(out, "{\"department\":");
        json_quote(r->w->lore->department_list->values[d].name, out);
        write_key(out, "employeeCount");
        write_number(
            out, (int64_t)(employees * (unsigned)(upto[d] - upto[d - 1]) / upto[DEPARTMENTS - 1]));
        str_add_char(out, '}');
    }
    str_add_char(out, ']');
}

static void put_location_match(const struct record *r, struct str *out)
{
    const char *unit =
        world_list(r->w, "subunittypes")->values[columns(r)->sub_unit[r->company]].id;

    if (!str_eq(unit, "LOCATION")) {
        str_add(out, "null");
        return;
    }
    str_add(out, "{\"companyId\":");
    write_number(out, world_company_id(r->w, r->company));
    str_add(out, ",\"address\":{");
    write_member(r, "street", write_company_street, out);
    add_text("city", world_company_place(r->w, r->company)->city, out);
    write_member(r, "state", write_company_state, out);
    write_member(r, "zip", write_company_zip, out);
    add_text("country", world_company_place(r->w, r->company)->country, out);
    str_add(out, "}}");
}

static void put_engagements(const struct record *r, struct str *out)
{
    write_engagements(r->w, columns(r)->engagement[r->company],
                      columns(r)->engagement_day[r->company], out);
}

// clang-format off
static const struct field fields[] = {
    {"companyDescriptionList", "descriptionList", "descriptionList", PART_COMPANY, put_descriptions},
    {"companySocialMediaUrls", "socialMediaUrls", "socialMediaUrls", PART_COMPANY, put_social},
    {"companyEmployeeGrowth", "employeeGrowth", "employeeGrowth", PART_COMPANY, put_growth},
    {NULL, "competitors", "competitors", PART_COMPANY, put_competitors},
    {NULL, "hashtags", "hashtags", PART_COMPANY, put_hashtags},
    {NULL, "products", "products", PART_COMPANY, put_products},
    {NULL, "techAttributes", "techAttributes", PART_COMPANY, put_tech},
    {NULL, "companyFunding", "companyFunding", PART_COMPANY, put_funding},
    {NULL, "departmentBudgets", "departmentBudgets", PART_COMPANY, put_budgets},
    {NULL, "employeeCountByDepartment", "employeeCountByDepartment", PART_COMPANY, put_by_department},
    {NULL, "locationMatch", "locationMatch", PART_COMPANY, put_location_match},
    {NULL, "engagements", "engagements", PART_COMPANY, put_engagements},
};
// clang-format on

const struct field_group world_firm_lists = {fields, ARRAY_LEN(fields)};
