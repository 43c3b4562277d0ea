// Cases for the inputs about companies and places that both searches have; fits() is given the
// company.
#ifndef TESTS_SANDBOX_FIRM_CASES_H
#define TESTS_SANDBOX_FIRM_CASES_H

#include "sandbox/search_support.h"

#include <math.h>
#include <time.h>

#include "sandbox/world/match.h"

// Days since 1970 of a date, by the C library.
static inline int64_t day_of(int year, int month, int day)
{
    struct tm tm = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day};

    return (int64_t)timegm(&tm) / 86400;
}

// Days since 1970 of so many days before the world's now.
static inline int64_t day_before(const struct world *w, uint16_t back)
{
    return (w->now_ms - back * INT64_C(86400000)) / 86400000;
}

static inline char *text_made(void (*add)(const struct world *w, uint32_t row, struct str *out),
                              const struct world *w, uint32_t row)
{
    struct str text = {0};

    add(w, row, &text);
    return str_take(&text);
}

#define FIRM_FITS(name, condition)                                                                 \
    static inline bool name(const struct world *w, uint32_t i, uint32_t sample)                    \
    {                                                                                              \
        const struct world_companies *c = &w->companies;                                           \
        (void)c;                                                                                   \
        (void)sample;                                                                              \
        return condition;                                                                          \
    }

static inline char *make_company_id(const struct world *w, uint32_t sample)
{
    return str_format("{\"companyId\":\"%lld, %lld\"}", (long long)world_company_id(w, sample),
                      (long long)world_company_id(w, (sample + 5) % w->n_companies));
}

FIRM_FITS(fits_company_id, i == sample || i == (sample + 5) % w->n_companies)

static inline char *make_parent_id(const struct world *w, uint32_t sample)
{
    if (w->companies.parent[sample] == WORLD_NONE)
        return NULL;
    return str_format("{\"parentId\":\"%lld\"}",
                      (long long)world_company_id(w, w->companies.parent[sample]));
}

FIRM_FITS(fits_parent_id, c->parent[i] == c->parent[sample])

static inline char *make_ultimate_id(const struct world *w, uint32_t sample)
{
    if (w->companies.ultimate[sample] == WORLD_NONE)
        return NULL;
    return str_format("{\"ultimateParentId\":\"%lld\"}",
                      (long long)world_company_id(w, w->companies.ultimate[sample]));
}

FIRM_FITS(fits_ultimate_id, c->ultimate[i] == c->ultimate[sample])

static inline bool fits_name(const struct world *w, uint32_t i, uint32_t sample)
{
    const char *name = world_company_name(w, i);

    (void)sample;
    return (says(name, "consulting") || says(name, "partners")) && !says(name, "group");
}

static inline char *make_website(const struct world *w, uint32_t sample)
{
    char *site = text_made(world_company_website, w, sample), *body = NULL;

    if (*site)
        body = str_format("{\"companyWebsite\":\"https://%s/about?x=1,nobody.example\"}", site);
    free(site);
    return body;
}

static inline bool fits_website(const struct world *w, uint32_t i, uint32_t sample)
{
    char *site = text_made(world_company_website, w, i);
    char *wanted = text_made(world_company_website, w, sample);
    bool same = str_eq(site, wanted);

    free(site);
    free(wanted);
    return same;
}

static inline char *make_ticker(const struct world *w, uint32_t sample)
{
    char *ticker = text_made(world_company_ticker, w, sample), *body = NULL;

    if (strchr(ticker, ':'))
        body = str_format("{\"companyTicker\":[\"%s\",\"NOSUCH\"]}", strchr(ticker, ':') + 2);
    free(ticker);
    return body;
}

static inline bool fits_ticker(const struct world *w, uint32_t i, uint32_t sample)
{
    char *ticker = text_made(world_company_ticker, w, i);
    char *wanted = text_made(world_company_ticker, w, sample);
    bool same = *ticker && str_eq(strchr(ticker, ':'), strchr(wanted, ':'));

    free(ticker);
    free(wanted);
    return same;
}

// The longest plain word of the sample's description.
static inline char *description_word(const struct world *w, uint32_t sample)
{
    char *text = text_made(world_company_description, w, sample), *best = text, *word = NULL;
    size_t len, best_len = 0;

    for (char *at = text; *at; at += len ? len : 1) {
        len = strspn(at, "abcdefghijklmnopqrstuvwxyz");
        if (len > best_len && (at == text || at[-1] == ' ') && (at[len] == ' ' || at[len] == '.')) {
            best = at;
            best_len = len;
        }
    }
    if (best_len > 5)
        word = mem_strndup(best, best_len);
    free(text);
    return word;
}

static inline char *make_description(const struct world *w, uint32_t sample)
{
    char *word = description_word(w, sample), *body = NULL;

    if (word)
        body = str_format("{\"companyDescription\":\"%s\"}", word);
    free(word);
    return body;
}

static inline bool fits_description(const struct world *w, uint32_t i, uint32_t sample)
{
    char *word = description_word(w, sample), *text = text_made(world_company_description, w, i);
    bool fits = says(text, word);

    free(word);
    free(text);
    return fits;
}

static inline char *make_street(const struct world *w, uint32_t sample)
{
    char *street = text_made(world_company_street, w, sample), *body = NULL, *name;

    street[strcspn(street, ",")] = '\0';
    name = street + strspn(street, "0123456789 ");
    if (*name && !strpbrk(name, "\"\\") &&
        strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ. ") == strlen(name))
        body = str_format("{\"street\":\"%s\"}", name);
    free(street);
    return body;
}

static inline bool fits_street(const struct world *w, uint32_t i, uint32_t sample)
{
    char *body = make_street(w, sample), *street = text_made(world_company_street, w, i);
    json_t *parsed = json_of(body);
    bool fits = says(street, json_string_value(json_object_get(parsed, "street")));

    json_decref(parsed);
    free(body);
    free(street);
    return fits;
}

static inline bool fits_address(const struct world *w, uint32_t i, uint32_t sample)
{
    const struct world_place *p = world_company_place(w, i);
    char *street = text_made(world_company_street, w, i);
    bool shown = (w->companies.flags[i] & COMPANY_STREET) != 0;
    bool town = says(p->city, "san francisco") || (shown && says(street, "san francisco"));
    bool state = (w->companies.flags[i] & COMPANY_STATE) && says(p->state, "california");

    (void)sample;
    free(street);
    return town && state;
}

static inline bool hq_in(const struct world *w, uint32_t i, const char *list, const char *id)
{
    const struct world_place *p = world_company_place(w, i);
    size_t index = listed(w, list, id);

    if (str_eq(list, "state"))
        return p->state_index == index && (w->companies.flags[i] & COMPANY_STATE);
    if (str_eq(list, "country"))
        return p->country_index == index && (w->companies.flags[i] & COMPANY_COUNTRY);
    if (str_eq(list, "continent"))
        return p->continent_index == index;
    return p->metro_index == index;
}

FIRM_FITS(fits_hq_state, hq_in(w, i, "state", "usa.california") ||
                             hq_in(w, i, "state", "usa.newyork") ||
                             hq_in(w, i, "state", "usa.texas"))
// An id as some write it, and a state of a country whose states no list has.
FIRM_FITS(fits_hq_odd_state,
          hq_in(w, i, "state", "usa.newyork") ||
              ((c->flags[i] & COMPANY_STATE) && str_eq(world_company_place(w, i)->state, "東京都")))
FIRM_FITS(fits_hq_country, hq_in(w, i, "country", "usa") || hq_in(w, i, "country", "unitedkingdom"))
FIRM_FITS(fits_hq_either,
          hq_in(w, i, "state", "usa.california") || hq_in(w, i, "country", "unitedkingdom"))
FIRM_FITS(fits_hq_continent, hq_in(w, i, "continent", "europe"))
FIRM_FITS(fits_hq_metro, hq_in(w, i, "metroarea", "usa.california.sanfrancisco") ||
                             hq_in(w, i, "metroarea", "usa.newyork.newyork"))
FIRM_FITS(fits_hq_not_metro, !hq_in(w, i, "metroarea", "usa.california.sanfrancisco"))

// Miles by the law of cosines.
static inline double miles_between(const struct world_zip *a, const struct world_zip *b)
{
    double rad = acos(-1) / 180 / 10000;
    double lat1 = a->lat_e4 * rad, lat2 = b->lat_e4 * rad, turn = (a->lon_e4 - b->lon_e4) * rad;
    double cosine = sin(lat1) * sin(lat2) + cos(lat1) * cos(lat2) * cos(turn);

    return 3958.7613 * acos(cosine > 1 ? 1 : cosine);
}

static inline bool same_code(const struct world *w, uint16_t a, uint16_t b)
{
    return *w->zips[a].code && str_eq(w->zips[a].code, w->zips[b].code);
}

static inline bool usa_zip(const struct world *w, uint16_t zip)
{
    return strspn(w->zips[zip].code, "0123456789") == 5 && strlen(w->zips[zip].code) == 5 &&
           w->places[w->zips[zip].place].country_index == listed(w, "country", "usa");
}

// Is zip within the miles of any area of the code of center?
static inline bool near_code(const struct world *w, uint16_t zip, uint16_t center, double miles)
{
    for (uint32_t i = 0; i < w->n_zips && *w->zips[zip].code; i++) {
        if (same_code(w, (uint16_t)i, center) && miles_between(&w->zips[zip], &w->zips[i]) <= miles)
            return true;
    }
    return false;
}

static inline char *make_hq_zip(const struct world *w, uint32_t sample)
{
    uint16_t zip = w->companies.zip[sample];

    if (!usa_zip(w, zip) || !(w->companies.flags[sample] & COMPANY_ZIP))
        return NULL;
    return str_format("{\"zipCode\":\"%s-1234,99999\",\"locationSearchType\":\"HQ\"}",
                      w->zips[zip].code);
}

FIRM_FITS(fits_hq_zip, (c->flags[i] & COMPANY_ZIP) && same_code(w, c->zip[i], c->zip[sample]))

static inline char *make_hq_radius(const struct world *w, uint32_t sample)
{
    uint16_t zip = w->companies.zip[sample];

    if (!usa_zip(w, zip))
        return NULL;
    return str_format("{\"zipCode\":\"%s\",\"zipCodeRadiusMiles\":\"50\","
                      "\"locationSearchType\":\"HQ\"}",
                      w->zips[zip].code);
}

FIRM_FITS(fits_hq_radius,
          (c->flags[i] & COMPANY_ZIP) && near_code(w, c->zip[i], c->zip[sample], 50))

static inline char *make_hashtags(const struct world *w, uint32_t sample)
{
    (void)sample;
    return str_format("{\"hashTagString\":\"%s,%s\"}", listed_id(w, "hashtag", 0),
                      listed_id(w, "hashtag", 1) + 1);
}

FIRM_FITS(fits_hashtags, world_company_has_hashtag(w, i, 0) || world_company_has_hashtag(w, i, 1))

static inline bool fits_tech(const struct world *w, uint32_t i, uint32_t sample)
{
    const struct lookup_list *products = lookups_list(w->lookups, "tech/product");
    const char *tag;

    (void)sample;
    for (uint32_t p = 0; p < products->n; p++) {
        tag = json_string_value(json_object_get(products->values[p].element, "attribute"));
        if (world_company_has_tech(w, i, p) && (str_starts(tag, "468.") || strstr(tag, ".315.") ||
                                                str_eq(products->values[p].id, "29127")))
            return true;
    }
    return false;
}

static inline bool sub_unit(const struct world *w, uint32_t i, const char *id)
{
    return w->companies.sub_unit[i] == listed(w, "subunittypes", id);
}

FIRM_FITS(fits_sub_unit, sub_unit(w, i, "SUBSIDIARY") || sub_unit(w, i, "LOCATION"))

// Itself, or a company whose line of parents comes by, is of the type.
static inline bool fits_structure(const struct world *w, uint32_t i, uint32_t sample)
{
    uint32_t up;

    (void)sample;
    for (uint32_t k = 0; k < w->n_companies; k++) {
        up = k;
        while (up != i && w->companies.parent[up] != WORLD_NONE)
            up = w->companies.parent[up];
        if (up == i && sub_unit(w, k, "ACQUISITION"))
            return true;
    }
    return false;
}

static inline bool in_industry(const struct world *w, uint32_t i, const char *id, size_t count)
{
    const char *has;
    size_t len = strlen(id);

    for (size_t k = 0; k < count; k++) {
        has = listed_id(w, "industry", w->companies.industry[i][k]);
        if (str_starts(has, id) && (!has[len] || has[len] == '.'))
            return true;
    }
    return false;
}

FIRM_FITS(fits_industry, in_industry(w, i, "software", 3) || in_industry(w, i, "bizservice.hr", 3))
FIRM_FITS(fits_primary, in_industry(w, i, "software", 1))

// Does the name of the industry, or of one above it, say the word?
static inline bool industry_named(const struct lookup_list *list, const char *id, const char *word)
{
    size_t len;

    for (size_t i = 0; i < list->n; i++) {
        len = strlen(list->values[i].id);
        if (str_starts(id, list->values[i].id) && (!id[len] || id[len] == '.') &&
            says(list->values[i].name, word))
            return true;
    }
    return false;
}

static inline bool industry_says(const struct world *w, uint32_t i, const char *word)
{
    const struct lookup_list *list = lookups_list(w->lookups, "industry");
    bool any = false;

    for (size_t k = 0; k < WORLD_INDUSTRIES; k++)
        any = any ||
              industry_named(list, listed_id(w, "industry", w->companies.industry[i][k]), word);
    return any;
}

FIRM_FITS(fits_keywords, (industry_says(w, i, "business") && industry_says(w, i, "consulting")) ||
                             industry_says(w, i, "hospitals"))

static inline bool has_code(const struct world *w, const char *list, const uint16_t *codes,
                            const char *prefix)
{
    for (size_t k = 0; k < WORLD_CODES; k++) {
        if (str_starts(listed_id(w, list, codes[k]), prefix))
            return true;
    }
    return false;
}

FIRM_FITS(fits_sic,
          has_code(w, "siccode", c->sic[i], "737") || has_code(w, "siccode", c->sic[i], "80"))
FIRM_FITS(fits_naics, has_code(w, "naicscode", c->naics[i], "5415") ||
                          has_code(w, "naicscode", c->naics[i], "62"))
FIRM_FITS(fits_type, c->type[i] == listed(w, "companytype", "public") ||
                         c->type[i] == listed(w, "companytype", "npo"))
FIRM_FITS(fits_revenue_min, c->revenue[i] >= 20000)
FIRM_FITS(fits_revenue_max, c->revenue[i] > 0 && c->revenue[i] <= 5000)
FIRM_FITS(fits_revenue, c->revenue_band[i] == listed(w, "revenuerange", "1mto5m") ||
                            c->revenue_band[i] == listed(w, "revenuerange", "100mmto250m"))
FIRM_FITS(fits_employees_min, c->employees[i] >= 100)
FIRM_FITS(fits_employees_max, c->employees[i] > 0 && c->employees[i] <= 99)
FIRM_FITS(fits_employees, c->employee_band[i] == listed(w, "employeecount", "20to49") ||
                              c->employee_band[i] == listed(w, "employeecount", "10000plus"))
FIRM_FITS(fits_ranking, c->rankings[i] >> listed(w, "companyranking", "russell3000") & 1)
FIRM_FITS(fits_funding_min, c->funding_recent[i] >= 10000)
FIRM_FITS(fits_funding_max, c->funding_recent[i] > 0 && c->funding_recent[i] <= 2000)
FIRM_FITS(fits_funding_start, c->funding_day[i] != WORLD_NEVER &&
                                  day_before(w, c->funding_day[i]) >= day_of(2023, 3, 1))
FIRM_FITS(fits_funding_end, c->funding_day[i] != WORLD_NEVER &&
                                day_before(w, c->funding_day[i]) <= day_of(2022, 12, 31))
FIRM_FITS(fits_contacts_min, c->first_contact[i + 1] - c->first_contact[i] >= 20)
FIRM_FITS(fits_contacts_max, c->first_contact[i + 1] - c->first_contact[i] <= 5)
FIRM_FITS(fits_one_min, c->growth_one[i] >= 55)
FIRM_FITS(fits_one_max, c->growth_one[i] != INT16_MIN && c->growth_one[i] <= -25)
FIRM_FITS(fits_two_min, c->growth_two[i] >= 100)
FIRM_FITS(fits_two_max, c->growth_two[i] != INT16_MIN && c->growth_two[i] <= 0)

// clang-format off
static const struct search_case firm_cases[] = {
    {"companyId", NULL, make_company_id, fits_company_id, true},
    {"parentId", NULL, make_parent_id, fits_parent_id, true},
    {"ultimateParentId", NULL, make_ultimate_id, fits_ultimate_id, true},
    {"companyName", "{\"companyName\":\"consulting OR Partners NOT group\"}", NULL, fits_name, true},
    {"companyWebsite", NULL, make_website, fits_website, true},
    {"companyTicker", NULL, make_ticker, fits_ticker, true},
    {"companyDescription", NULL, make_description, fits_description, true},
    {"companyType", "{\"companyType\":\"public,NPO\"}", NULL, fits_type, true},
    {"address", "{\"address\":\"San Francisco, California\"}", NULL, fits_address, true},
    {"street", NULL, make_street, fits_street, true},
    {"state", "{\"state\":\"California,ny,usa.texas\",\"locationSearchType\":\"HQ\"}", NULL, fits_hq_state, true},
    {"state", "{\"state\":\"usa.new_york, 東京都\",\"locationSearchType\":\"HQ\"}", NULL, fits_hq_odd_state, true},
    {"country", "{\"country\":\"US,United Kingdom\",\"locationSearchType\":\"HQ\"}", NULL, fits_hq_country, true},
    {"country", "{\"state\":\"ca\",\"country\":\"uk\",\"locationSearchType\":\"HQ\"}", NULL, fits_hq_either, true},
    {"continent", "{\"continent\":\"europe\",\"locationSearchType\":\"HQ\"}", NULL, fits_hq_continent, true},
    {"zipCode", NULL, make_hq_zip, fits_hq_zip, true},
    {"zipCodeRadiusMiles", NULL, make_hq_radius, fits_hq_radius, true},
    {"metroRegion", "{\"metroRegion\":\"CA - San Francisco,usa.newyork.newyork\",\"locationSearchType\":\"HQ\"}", NULL, fits_hq_metro, true},
    {"locationSearchType", "{\"continent\":\"europe\",\"locationSearchType\":\"hq\"}", NULL, fits_hq_continent, true},
    {"excludedRegions", "{\"excludedRegions\":\"usa.california.sanfrancisco\",\"locationSearchType\":\"HQ\"}", NULL, fits_hq_not_metro, true},
    {"hashTagString", NULL, make_hashtags, fits_hashtags, true},
    {"techAttributeTagList", "{\"techAttributeTagList\":\"468.*, *.315.*,*.*.*.29127\"}", NULL, fits_tech, true},
    {"subUnitTypes", "{\"subUnitTypes\":\"SUBSIDIARY,location\"}", NULL, fits_sub_unit, true},
    {"companyStructureIncludedSubUnitTypes", "{\"companyStructureIncludedSubUnitTypes\":\"ACQUISITION\"}", NULL, fits_structure, true},
    {"industryCodes", "{\"industryCodes\":\"software,bizservice.hr\"}", NULL, fits_industry, true},
    {"primaryIndustriesOnly", "{\"industryCodes\":\"Software\",\"primaryIndustriesOnly\":true}", NULL, fits_primary, true},
    {"industryKeywords", "{\"industryKeywords\":\"business AND consulting OR hospitals\"}", NULL, fits_keywords, true},
    {"sicCodes", "{\"sicCodes\":\"737,80\"}", NULL, fits_sic, true},
    {"naicsCodes", "{\"naicsCodes\":\"5415,62\"}", NULL, fits_naics, true},
    {"revenueMin", "{\"revenueMin\":20000}", NULL, fits_revenue_min, true},
    {"revenueMax", "{\"revenueMax\":5000}", NULL, fits_revenue_max, true},
    {"revenue", "{\"revenue\":\"1mto5m,100mmto250m\"}", NULL, fits_revenue, true},
    {"employeeRangeMin", "{\"employeeRangeMin\":\"100\"}", NULL, fits_employees_min, true},
    {"employeeRangeMax", "{\"employeeRangeMax\":\"99\"}", NULL, fits_employees_max, true},
    {"employeeCount", "{\"employeeCount\":\"20to49,Over 10,000\"}", NULL, fits_employees, true},
    {"companyRanking", "{\"companyRanking\":\"russell3000\"}", NULL, fits_ranking, true},
    {"fundingAmountMin", "{\"fundingAmountMin\":10000}", NULL, fits_funding_min, true},
    {"fundingAmountMax", "{\"fundingAmountMax\":2000}", NULL, fits_funding_max, true},
    {"fundingStartDate", "{\"fundingStartDate\":\"2023-03-01\"}", NULL, fits_funding_start, true},
    {"fundingEndDate", "{\"fundingEndDate\":\"2022-12-31\"}", NULL, fits_funding_end, true},
    {"zoominfoContactsMin", "{\"zoominfoContactsMin\":\"20\"}", NULL, fits_contacts_min, true},
    {"zoominfoContactsMax", "{\"zoominfoContactsMax\":\"5\"}", NULL, fits_contacts_max, true},
    {"oneYearEmployeeGrowthRateMin", "{\"oneYearEmployeeGrowthRateMin\":\"5.5\"}", NULL, fits_one_min, true},
    {"oneYearEmployeeGrowthRateMax", "{\"oneYearEmployeeGrowthRateMax\":\"-2.5\"}", NULL, fits_one_max, true},
    {"twoYearEmployeeGrowthRateMin", "{\"twoYearEmployeeGrowthRateMin\":\"10\"}", NULL, fits_two_min, true},
    {"twoYearEmployeeGrowthRateMax", "{\"twoYearEmployeeGrowthRateMax\":\"0\"}", NULL, fits_two_max, true},
};
// clang-format on

#endif
