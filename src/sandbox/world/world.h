// The invented world behind the sandbox: companies and contacts in columns of small integers, and
// the dictionaries those index. What can be told from row and seed (addresses, numbers, streets,
// descriptions, ...) is not stored but made on demand: see text.h, json.h,
// match.h. Read-only once built: any thread. Floor: sandbox/world.
#ifndef LODE_SANDBOX_WORLD_WORLD_H
#define LODE_SANDBOX_WORLD_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct lookups;

#define WORLD_NONE UINT32_MAX   // no such row
#define WORLD_NONE16 UINT16_MAX // no such index
#define WORLD_NONE8 UINT8_MAX

enum {
    WORLD_INDUSTRIES = 3,    // of a company: the primary one, then others or WORLD_NONE16
    WORLD_CODES = 2,         // SIC and NAICS codes of a company
    WORLD_PASTS = 2,         // former employers of a person
    WORLD_SKILLS = 3,        // tech skills of a person
    WORLD_FUNCTIONS = 2,     // job functions of a title
    WORLD_NEVER = UINT16_MAX // days: it never happened
};

// The order of the managementLevel list; title.levels has bit (1 << level).
enum world_level {
    LEVEL_C,
    LEVEL_VP,
    LEVEL_DIRECTOR,
    LEVEL_MANAGER,
    LEVEL_NON_MANAGER,
    LEVEL_BOARD
};

// contacts.flags
enum {
    CONTACT_EMAIL = 1 << 0,
    CONTACT_SUPPLEMENTAL = 1 << 1, // a second address, private
    CONTACT_DIRECT = 1 << 2,       // a direct phone
    CONTACT_MOBILE = 1 << 3,
    CONTACT_DIRECT_DNC = 1 << 4, // on a do-not-call list; never without CONTACT_DIRECT
    CONTACT_MOBILE_DNC = 1 << 5,
    CONTACT_PARTIAL = 1 << 6, // a partial profile
    CONTACT_NOTIFIED = 1 << 7,
    CONTACT_OPT_OUT = 1 << 8,         // found by searches; enrich answers OPT_OUT
    CONTACT_MOVED = 1 << 9,           // personHasMoved "Yes"
    CONTACT_MAY_HAVE_MOVED = 1 << 10, // "Uncertain"
    CONTACT_BUYING_COMMITTEE = 1 << 11,
    CONTACT_LINKS = 1 << 12, // external addresses
    CONTACT_PICTURE = 1 << 13,
    CONTACT_EXECUTIVE = 1 << 14, // of level C, VP or board
    CONTACT_BOARD = 1 << 15      // also has the level Board Member
};

// companies.flags: the first eight are what hasCompany* says.
enum {
    COMPANY_INDUSTRY = 1 << 0,
    COMPANY_PHONE = 1 << 1,
    COMPANY_STREET = 1 << 2,
    COMPANY_STATE = 1 << 3,
    COMPANY_ZIP = 1 << 4,
    COMPANY_COUNTRY = 1 << 5,
    COMPANY_REVENUE = 1 << 6,
    COMPANY_EMPLOYEES = 1 << 7,
    COMPANY_WEBSITE = 1 << 8,
    COMPANY_CERTIFIED = 1 << 9,
    COMPANY_DEFUNCT = 1 << 10,
    COMPANY_FAX = 1 << 11,
    COMPANY_DESCRIPTION = 1 << 12
};

// companies.model, engagement kinds and funding rounds: no public list is known, these are ours.
enum { MODEL_B2B = 1, MODEL_B2C = 2, MODEL_B2G = 4, MODEL_B2B2C = 8, WORLD_MODELS = 4 };
extern const char *const world_models[WORLD_MODELS]; // by bit: "B2B", "B2C", "B2G", "B2B2C"
enum { WORLD_ENGAGEMENTS = 5 };
extern const char *const world_engagements[WORLD_ENGAGEMENTS]; // "email", "call", "meeting", ...
enum { WORLD_ROUNDS = 8 };
extern const char *const world_rounds[WORLD_ROUNDS]; // "Seed", "Series A", ...

enum world_budget { BUDGET_MARKETING, BUDGET_FINANCE, BUDGET_IT, BUDGET_HR, WORLD_BUDGETS };
extern const char *const world_budgets[WORLD_BUDGETS]; // department names of the department list

// A text of a dictionary and its ASCII form in lower case ("Γιώργος", "giorgos").
struct world_word {
    const char *text;
    const char *ascii;
};

struct world_dict {
    struct world_word *words;
    uint32_t n;
};

// A job title and what it says of who has it.
struct world_title {
    const char *text;
    uint8_t level;      // enum world_level, the highest
    uint8_t department; // index in the department list: where the first function is
    uint16_t functions[WORLD_FUNCTIONS]; // indexes in the jobfunction list, or WORLD_NONE16
    uint16_t buying_groups;              // bit i: in buying group i of the buyinggroups list
};

enum { PLACE_EU = 1, PLACE_CALIFORNIA = 2, PLACE_CANADA = 4 };

struct world_place {
    const char *city, *state, *country, *continent; // as outputs show them
    const char *state_code;                         // "CA", or ""
    const char *metro_city;                         // the output form: the bare city, or ""
    uint16_t state_index;   // in the state list, or WORLD_NONE16 outside the USA and Canada
    uint16_t country_index; // in the country list
    uint16_t metro_index;   // in the metroarea list, or WORLD_NONE16
    uint16_t dial;          // country calling code
    uint8_t continent_index;
    uint8_t culture; // whose names and streets; enum in words
    uint8_t flags;   // PLACE_*
};

// A zip area: a point on the map.
struct world_zip {
    char code[12]; // "" where the country has none
    uint16_t place;
    int32_t lat_e4, lon_e4; // ten-thousandths of a degree
};

// One row per contact. Contacts of a company stand together (companies.first_contact).
struct world_contacts {
    uint32_t *company;                // row
    uint32_t *location;               // row of the company site worked at; often that of company
    uint32_t (*past)[WORLD_PASTS];    // rows of former employers, latest first, or WORLD_NONE
    uint16_t *first, *last;           // words of names; first may be the empty word
    uint8_t *middle;                  // 'A'-'Z', or 0
    uint16_t *title;                  // in titles
    uint16_t *zip;                    // in zips: the person's own place
    uint8_t *score;                   // contactAccuracyScore, 70-99
    uint8_t *sources;                 // sourceCount
    uint16_t *flags;                  // CONTACT_*
    uint32_t *updated, *valid;        // minutes before now; see world_when()
    uint16_t *position_start;         // days before now
    uint16_t *school;                 // words of schools, or WORLD_NONE16
    uint8_t *degree;                  // words of degrees, or WORLD_NONE8
    uint8_t *years;                   // of experience
    uint8_t *years_band;              // in the years-of-experience list
    uint16_t (*skills)[WORLD_SKILLS]; // in the tech-skills list, or WORLD_NONE16
    uint8_t *web_reference;           // words of web_references, or WORLD_NONE8
    uint8_t *engagement;              // in world_engagements, or WORLD_NONE8
    uint16_t *engagement_day;         // days before now, or WORLD_NEVER
};

// One row per company.
struct world_companies {
    uint32_t *name;          // offset in texts; see world_company_name()
    uint32_t *first_contact; // companies + 1 of them: contacts of i end where those of i+1 begin
    uint32_t *employees;     // 0: unknown
    uint32_t *revenue;       // thousands of USD; 0: unknown
    uint8_t *employee_band;  // in the employeecount list, or WORLD_NONE8 where unknown
    uint8_t *revenue_band;   // in the revenuerange list, or WORLD_NONE8 where unknown
    uint16_t *zip;           // in zips: the headquarters
    uint16_t *flags;         // COMPANY_*
    uint8_t *type;           // in the companytype list
    uint8_t *status;         // in world_statuses
    uint8_t *model;          // bits MODEL_*
    uint8_t *rankings;       // bit i: in ranking i of the companyranking list
    uint16_t (*industry)[WORLD_INDUSTRIES]; // in the industry list; [0] is the primary one
    uint16_t (*sic)[WORLD_CODES], (*naics)[WORLD_CODES]; // in those lists, or WORLD_NONE16
    uint32_t *parent, *ultimate; // rows, or WORLD_NONE; ultimate of a top company is WORLD_NONE
    uint8_t *sub_unit;           // in the subunittypes list (UNSPECIFIED for a company by itself)
    uint32_t *funding_recent;    // thousands of USD, 0: none
    uint32_t *funding_total;
    uint16_t *funding_day;              // days before now of the recent round, or WORLD_NEVER
    uint8_t *funding_round;             // in world_rounds
    int16_t *growth_one, *growth_two;   // employee growth in one and two years, tenths of a percent
    uint32_t (*budgets)[WORLD_BUDGETS]; // thousands of USD
    uint16_t *sites;                    // number of its locations, itself among them
    uint16_t *founded;                  // year, 0: unknown
    uint64_t *tech;           // tech_words each: bit i is product i of the tech/product list
    uint64_t *hashtags;       // hashtag_words each: bit i is value i of the hashtag list
    uint8_t *engagement;      // in world_engagements, or WORLD_NONE8
    uint16_t *engagement_day; // days before now, or WORLD_NEVER
    uint32_t *updated;        // minutes before now
};

enum { WORLD_STATUSES = 7 };
extern const char
    *const world_statuses[WORLD_STATUSES]; // "ALIVE", "NEW", "DEFUNCT_...", ... FACTS 6

struct world {
    uint64_t seed;
    int64_t now_ms; // milliseconds since 1970 of the end of time: only dates depend on it
    const struct lookups *lookups;
    uint32_t n_contacts, n_companies;
    struct world_contacts contacts;
    struct world_companies companies;
    char *texts; // names of companies
    uint32_t tech_words, hashtag_words;

    struct world_dict names; // first and last names of all cultures
    struct world_dict schools, degrees, areas, web_references;
    struct world_title *titles;
    struct world_place *places;
    struct world_zip *zips;
    uint32_t n_titles, n_places, n_zips;

    struct words *words;       // where the dictionaries' texts live
    struct world_lore *lore;   // what rows are made from
    struct world_index *index; // built on first use, behind a mutex
};

struct world_options {
    uint64_t seed;
    uint32_t companies, contacts; // 0: the default below
    int64_t now_ms;
    unsigned threads; // 0: two
};

enum { WORLD_COMPANIES_DEFAULT = 20000, WORLD_CONTACTS_DEFAULT = 200000 };

// The same options give the same world on every machine. lookups are borrowed and must outlive it.
struct world *world_build(const struct world_options *o, const struct lookups *lookups);
void world_free(struct world *w);

// Ids are told from rows and back. Contact ids: some negative, some past 2^32. Company ids: some
// past 2^30. WORLD_NONE where nobody has that id. FACTS 6.
int64_t world_contact_id(const struct world *w, uint32_t row);
uint32_t world_contact_row(const struct world *w, int64_t id);
int64_t world_company_id(const struct world *w, uint32_t row);
uint32_t world_company_row(const struct world *w, int64_t id);

// Milliseconds since 1970 of a moment so many minutes (or days) before the world's now.
int64_t world_when(const struct world *w, uint32_t minutes_before);
int64_t world_day(const struct world *w, uint16_t days_before);
// The same before 2026: for what was once, and stays where it is whatever the world's now is.
int64_t world_once(uint16_t days_before);
// The world's now, since 1970.
int64_t world_minutes(const struct world *w);
int64_t world_days(const struct world *w);

const char *world_company_name(const struct world *w, uint32_t company);
// Where a contact lives, and where a company's headquarters are.
const struct world_place *world_contact_place(const struct world *w, uint32_t contact);
const struct world_place *world_company_place(const struct world *w, uint32_t company);
bool world_company_has_tech(const struct world *w, uint32_t company, uint32_t product);
bool world_company_has_hashtag(const struct world *w, uint32_t company, uint32_t hashtag);

#endif
