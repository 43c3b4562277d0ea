// Companies: search and enrich (FACTS 5, 6). Any thread. Floor: model.
#include "model/entity.h"
#include "model/rows.h"

// clang-format off
static const struct input inputs[] = {
#include "model/company_inputs.inc"

    {INPUT("businessModel", "Business model", COMPANY, ARRAY, CHOICE), .choices = "B2B|B2C|B2G"},
    {INPUT("certified", "Certified", COMPANY, INTEGER, FLAG)},
    {INPUT("excludeDefunctCompanies", "No defunct companies", COMPANY, BOOLEAN, FLAG)},

    {INPUT("marketingDepartmentBudgetMin", "Marketing budget", SIZE, INTEGER, NUMBER), .unit = "thousand USD", LOW, COUNTED},
    {INPUT("marketingDepartmentBudgetMax", "Marketing budget", SIZE, INTEGER, NUMBER), .unit = "thousand USD", HIGH, COUNTED},
    {INPUT("financeDepartmentBudgetMin", "Finance budget", SIZE, INTEGER, NUMBER), .unit = "thousand USD", LOW, COUNTED},
    {INPUT("financeDepartmentBudgetMax", "Finance budget", SIZE, INTEGER, NUMBER), .unit = "thousand USD", HIGH, COUNTED},
    {INPUT("itDepartmentBudgetMin", "IT budget", SIZE, INTEGER, NUMBER), .unit = "thousand USD", LOW, COUNTED},
    {INPUT("itDepartmentBudgetMax", "IT budget", SIZE, INTEGER, NUMBER), .unit = "thousand USD", HIGH, COUNTED},
    {INPUT("hrDepartmentBudgetMin", "HR budget", SIZE, INTEGER, NUMBER), .unit = "thousand USD", LOW, COUNTED},
    {INPUT("hrDepartmentBudgetMax", "HR budget", SIZE, INTEGER, NUMBER), .unit = "thousand USD", HIGH, COUNTED},
};

static const struct column found[] = {
    {"companyId", "id", COLUMN_ID, "Id", 11, COLUMN_SHOWN},
    {"companyName", "name", COLUMN_TEXT, "Name", 40, COLUMN_SHOWN},
};

static const char *const sorts[] = {"name", "employeeCount", "revenue", NULL};

static const struct match_input match_inputs[] = {
    {"companyId", NULL, "Company id", WIRE_INTEGER, MATCH_ID, "id|zoominfocompanyid|zoominfoaccountid"},
    {"companyName", NULL, "Company name", WIRE_STRING, MATCH_ANY, "name|company|account|accountname|organization|organisation|organizationname|employer|firm"},
    {"companyWebsite", NULL, "Company website", WIRE_STRING, MATCH_SITE, "website|web|url|domain|companydomain|homepage|site|companyurl|websiteurl|domainname"},
    {"companyTicker", NULL, "Ticker", WIRE_STRING, MATCH_ANY, "ticker|symbol|stocksymbol|stockticker|tickersymbol"},
    {"companyPhone", NULL, "Company phone", WIRE_STRING, MATCH_PHONE, "phone|phonenumber|telephone|tel|mainphone"},
    {"companyFax", NULL, "Company fax", WIRE_STRING, MATCH_PHONE, "fax|faxnumber"},
    {"companyStreet", NULL, "Street", WIRE_STRING, MATCH_ANY, "street|address|streetaddress|address1|addressline1|billingstreet"},
    {"companyCity", NULL, "City", WIRE_STRING, MATCH_ANY, "city|town|billingcity"},
    {"companyState", NULL, "State", WIRE_STRING, MATCH_ANY, "state|region|province|billingstate"},
    {"companyZipCode", NULL, "ZIP code", WIRE_STRING, MATCH_ANY, "zip|zipcode|postcode|postalcode|billingpostalcode"},
    {"companyCountry", NULL, "Country", WIRE_STRING, MATCH_ANY, "country|billingcountry"},
    {"ipAddress", NULL, "IP address", WIRE_STRING, MATCH_ANY, "ip|ipaddr"},
};

// FACTS 6 names those of contacts only: of the company's inputs each that can name one by itself.
static const struct match_combination combinations[] = {
    {{"companyId"}},
    {{"companyName"}},
    {{"companyWebsite"}},
    {{"companyTicker"}},
    {{"companyPhone"}},
    {{"companyFax"}},
    {{"ipAddress"}},
    // An address: the answer says which place of the company it is (FACTS 6).
    {{"companyStreet", "companyCity|companyZipCode"}},
};

static const struct column bought[] = {
    {"id", "id", COLUMN_ID, "Id", 11, COLUMN_SHOWN},
    {"name", "name", COLUMN_TEXT, "Name", 30, COLUMN_SHOWN},
    {"website", "website", COLUMN_TEXT, "Website", 24, COLUMN_SHOWN},
    {"domainList", "domainList[]", COLUMN_LIST, "Domains", 30, 0},
    {"ticker", "ticker", COLUMN_TEXT, "Ticker", 12, 0},
    {"type", "type", COLUMN_TEXT, "Type", 10, 0},
    {"phone", "phone", COLUMN_TEXT, "Phone", 16, COLUMN_SHOWN},
    {"fax", "fax", COLUMN_TEXT, "Fax", 16, 0},
    {"street", "street", COLUMN_TEXT, "Street", 24, 0},
    {"city", "city", COLUMN_TEXT, "City", 16, COLUMN_SHOWN},
    {"metroArea", "metroArea", COLUMN_TEXT, "Metro area", 16, 0},
    {"state", "state", COLUMN_TEXT, "State", 14, COLUMN_SHOWN},
    {"zipCode", "zipCode", COLUMN_TEXT, "ZIP code", 10, 0},
    {"country", "country", COLUMN_TEXT, "Country", 14, COLUMN_SHOWN},
    {"continent", "continent", COLUMN_TEXT, "Continent", 14, 0},
    {"primaryIndustry", "primaryIndustry[]", COLUMN_LIST, "Primary industry", 24, COLUMN_SHOWN},
    {"primaryIndustryCode", "primaryIndustryCode", COLUMN_TEXT, "Primary industry code", 20, 0},
    {"primarySubIndustryCode", "primarySubIndustryCode", COLUMN_TEXT, "Primary sub-industry code", 20, 0},
    {"industries", "industries[]", COLUMN_LIST, "Industries", 30, 0},
    {"industryCodes", "industryCodes", COLUMN_TEXT, "Industry codes", 24, 0},
    {"sicCodes", "sicCodes[].id", COLUMN_LIST, "SIC codes", 16, 0},
    {"naicsCodes", "naicsCodes[].id", COLUMN_LIST, "NAICS codes", 16, 0},
    {"employeeCount", "employeeCount", COLUMN_NUMBER, "Employees", 9, COLUMN_SHOWN},
    {"employeeRange", "employeeRange", COLUMN_TEXT, "Employee range", 14, 0},
    {"employeeGrowth", "employeeGrowth", COLUMN_OBJECT, "Employee growth", 30, 0},
    {"employeeCountByDepartment", "employeeCountByDepartment", COLUMN_OBJECT, "Employees by department", 30, 0},
    {"revenue", "revenue", COLUMN_MONEY, "Revenue (thousand USD)", 12, COLUMN_SHOWN},
    {"revenueRange", "revenueRange", COLUMN_TEXT, "Revenue range", 24, 0},
    {"departmentBudgets", "departmentBudgets", COLUMN_OBJECT, "Department budgets", 30, 0},
    {"companyFunding", "companyFunding", COLUMN_OBJECT, "Funding", 30, 0},
    {"recentFundingAmount", "recentFundingAmount", COLUMN_MONEY, "Recent funding (thousand USD)", 12, 0},
    {"recentFundingDate", "recentFundingDate", COLUMN_DATE, "Recent funding date", 16, 0},
    {"totalFundingAmount", "totalFundingAmount", COLUMN_MONEY, "Total funding (thousand USD)", 12, 0},
    {"numberOfContactsInZoomInfo", "numberOfContactsInZoomInfo", COLUMN_NUMBER, "Contacts in ZoomInfo", 8, 0},
    {"foundedYear", "foundedYear", COLUMN_TEXT, "Founded", 7, 0},
    {"businessModel", "businessModel", COLUMN_TEXT, "Business model", 14, 0},
    {"descriptionList", "descriptionList[].description", COLUMN_LIST, "Description", 40, 0},
    {"products", "products[]", COLUMN_LIST, "Products", 30, 0},
    {"techAttributes", "techAttributes[].product", COLUMN_LIST, "Technologies", 30, 0},
    {"hashtags", "hashtags[].label", COLUMN_LIST, "Hashtags", 30, 0},
    {"competitors", "competitors[].name", COLUMN_LIST, "Competitors", 30, 0},
    {"logo", "logo", COLUMN_TEXT, "Logo", 30, 0},
    {"socialMediaUrls", "socialMediaUrls[].url", COLUMN_LIST, "Social media", 30, 0},
    {"parentId", "parentId", COLUMN_ID, "Parent id", 11, 0},
    {"parentName", "parentName", COLUMN_TEXT, "Parent", 24, 0},
    {"ultimateParentId", "ultimateParentId", COLUMN_ID, "Ultimate parent id", 11, 0},
    {"ultimateParentName", "ultimateParentName", COLUMN_TEXT, "Ultimate parent", 24, 0},
    {"ultimateParentRevenue", "ultimateParentRevenue", COLUMN_MONEY, "Ultimate parent revenue (thousand USD)", 12, 0},
    {"ultimateParentEmployees", "ultimateParentEmployees", COLUMN_NUMBER, "Ultimate parent employees", 9, 0},
    {"subUnitType", "subUnitType", COLUMN_TEXT, "Sub-unit type", 14, 0},
    {"subUnitCodes", "subUnitCodes[]", COLUMN_LIST, "Sub-unit codes", 16, 0},
    {"subUnitIndustries", "subUnitIndustries[]", COLUMN_LIST, "Sub-unit industries", 30, 0},
    {"locationCount", "locationCount", COLUMN_NUMBER, "Locations", 9, 0},
    {"locationMatch", "locationMatch", COLUMN_OBJECT, "Location match", 30, 0},
    {"companyStatus", "companyStatus", COLUMN_TEXT, "Status", 10, 0},
    {"companyStatusDate", "companyStatusDate", COLUMN_DATE, "Status date", 16, 0},
    {"isDefunct", "isDefunct", COLUMN_FLAG, "Defunct", 5, 0},
    {"certified", "certified", COLUMN_FLAG, "Certified", 5, 0},
    {"certificationDate", "certificationDate", COLUMN_DATE, "Certification date", 16, 0},
    {"createdDate", "createdDate", COLUMN_DATE, "Created", 16, 0},
    {"lastUpdatedDate", "lastUpdatedDate", COLUMN_DATE, "Last updated", 16, COLUMN_SHOWN},
    {"engagements", "engagements", COLUMN_OBJECT, "Engagements", 30, 0},
};
// clang-format on

const struct entity entity_company = {
    .name = "company",
    .plural = "companies",
    .id_path = "id",
    .label_names = "companyName",
    .id_names = "companyId|id|Company id|company_id|ZoomInfo company id",
    .search = {.path = "/search/company",
               .inputs = inputs,
               .n_inputs = ARRAY_LEN(inputs),
               .columns = found,
               .n_columns = ARRAY_LEN(found),
               .sorts = sorts,
               .rpp = 25,
               .rpp_max = 100,
               .depth = 10000},
    .enrich = {.path = "/enrich/company",
               .match_key = "matchCompanyInput",
               .id_input = "companyId",
               .inputs = match_inputs,
               .n_inputs = ARRAY_LEN(match_inputs),
               .combinations = combinations,
               .n_combinations = ARRAY_LEN(combinations),
               .columns = bought,
               .n_columns = ARRAY_LEN(bought),
               .batch = 25},
    .charging = {.credits_new = 1, .free_months = 12, .records_matched = 1, .requests_call = 1},
};
