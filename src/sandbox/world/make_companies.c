// The companies: their columns, row after row, then what needs all of them. One thread. Assumed: a
// company's bands are those of its numbers; where a number is unknown (0) so is its band. Floor:
// sandbox/world.
#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "sandbox/world/lore.h"

enum {
    NAME_BYTES = 48, // of a name and its slug, about
    YEAR_MINUTES = 365 * 24 * 60,
    TRIES_PARENT = 4,
    STATUS_ALIVE = 0,
    STATUS_NEW = 1,
    LAST_YEAR_FOUNDED = 2023,
    PRODUCTS_MAX = 40
};

const char *const world_statuses[WORLD_STATUSES] = {"ALIVE",
                                                    "NEW",
                                                    "DEFUNCT_DOMAIN_DOWN",
                                                    "DEFUNCT_DECLARATION",
                                                    "DEFUNCT_MANUAL",
                                                    "DEFUNCT_FORMER_NAME",
                                                    "DEFUNCT_ACQUISITION"};
const char *const world_models[WORLD_MODELS] = {"B2B", "B2C", "B2G", "B2B2C"};
const char *const world_engagements[WORLD_ENGAGEMENTS] = {"email", "call", "meeting", "chat",
                                                          "form"};
const char *const world_rounds[WORLD_ROUNDS] = {"Seed",     "Angel",   "Series A",       "Series B",
                                                "Series C", "Venture", "Private Equity", "Debt"};
const char *const world_budgets[WORLD_BUDGETS] = {"Marketing", "Finance", "Information Technology",
                                                  "Human Resources"};

// Employees: the employeecount list's bands with their share of all companies in per mille.
static const struct {
    const char *id;
    uint32_t from, to; // from <= employees < to
    uint32_t share;
} sizes[] = {
    {"1to4", 1, 5, 240},
    {"5to9", 5, 10, 200},
    {"10to19", 10, 20, 180},
    {"20to49", 20, 50, 160},
    {"50to99", 50, 100, 85},
    {"100to249", 100, 250, 65},
    {"250to499", 250, 500, 30},
    {"500to999", 500, 1000, 18},
    {"1000to4999", 1000, 5000, 15},
    {"5000to9999", 5000, 10000, 4},
    {"10000plus", 10000, 400000, 3},
};

// Revenue: upper ends of the revenuerange list's bands in thousands of USD.
static const struct {
    const char *id;
    uint32_t to;
} revenues[] = {
    {"under500k", 500},     {"500kto1m", 1000},    {"1mto5m", 5000},      {"5mto10m", 10000},
    {"10mto25m", 25000},    {"25mto50m", 50000},   {"50mto100m", 100000}, {"100mmto250m", 250000},
    {"250mto500m", 500000}, {"500mto1g", 1000000}, {"1gto5g", 5000000},   {"5gplus", UINT32_MAX},
};

// COMPANY_* with the share of companies that have it, in per mille.
static const struct {
    uint16_t flag;
    uint16_t share;
} shares[] = {
    {COMPANY_INDUSTRY, 985},    {COMPANY_PHONE, 880},     {COMPANY_STREET, 900},
    {COMPANY_STATE, 980},       {COMPANY_ZIP, 960},       {COMPANY_COUNTRY, 995},
    {COMPANY_WEBSITE, 960},     {COMPANY_CERTIFIED, 120}, {COMPANY_FAX, 250},
    {COMPANY_DESCRIPTION, 860},
};

// What is looked up once for all rows.
struct maker {
    struct world *w;
    struct world_companies *c;
    struct str texts;
    uint32_t size_upto[ARRAY_LEN(sizes)];
    uint8_t size_band[ARRAY_LEN(sizes)], revenue_band[ARRAY_LEN(revenues)];
    uint8_t type_public, type_private, type_other;
    uint8_t units[4]; // UNSPECIFIED, LOCATION, SUBSIDIARY/DIVISION/ACQUISITION: indexes by kind
    uint32_t products, hashtags;
};

enum { UNIT_NONE, UNIT_LOCATION, UNIT_DIVISION, UNIT_SUBSIDIARY };

static struct maker maker_open(struct world *w)
{
    struct maker m = {.w = w, .c = &w->companies};
    const struct lookup_list *types = world_list(w, "companytype");
    const struct lookup_list *units = world_list(w, "subunittypes");
    static const char *const unit_ids[] = {"UNSPECIFIED", "LOCATION", "DIVISION", "SUBSIDIARY"};
    uint32_t sum = 0;

    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        m.size_upto[i] = sum += sizes[i].share;
        m.size_band[i] = (uint8_t)world_code(world_list(w, "employeecount"), sizes[i].id);
    }
    for (size_t i = 0; i < ARRAY_LEN(revenues); i++)
        m.revenue_band[i] = (uint8_t)world_code(world_list(w, "revenuerange"), revenues[i].id);
    for (size_t i = 0; i < ARRAY_LEN(unit_ids); i++)
        m.units[i] = (uint8_t)world_code(units, unit_ids[i]);
    m.type_public = w->lore->type_public;
    m.type_private = (uint8_t)world_code(types, "private");
    m.type_other = (uint8_t)world_code(types, "other");
    m.products = (uint32_t)world_list(w, "tech/product")->n;
    m.hashtags = (uint32_t)world_list(w, "hashtag")->n;
    return m;
}

static void columns_open(struct world *w)
{
    struct world_companies *c = &w->companies;
    size_t n = w->n_companies;

#define COLUMN(name) c->name = mem_zalloc((n + 1) * sizeof(*c->name))
    COLUMN(name), COLUMN(first_contact), COLUMN(employees), COLUMN(revenue);
    COLUMN(employee_band), COLUMN(revenue_band), COLUMN(zip), COLUMN(flags);
    COLUMN(type), COLUMN(status), COLUMN(model), COLUMN(rankings);
    COLUMN(industry), COLUMN(sic), COLUMN(naics), COLUMN(parent);
    COLUMN(ultimate), COLUMN(sub_unit), COLUMN(funding_recent), COLUMN(funding_total);
    COLUMN(funding_day), COLUMN(funding_round), COLUMN(growth_one), COLUMN(growth_two);
    COLUMN(budgets), COLUMN(sites), COLUMN(founded), COLUMN(engagement);
    COLUMN(engagement_day), COLUMN(updated);
#undef COLUMN
    w->tech_words = (uint32_t)(world_list(w, "tech/product")->n + 63) / 64;
    w->hashtag_words = (uint32_t)(world_list(w, "hashtag")->n + 63) / 64;
    c->tech = mem_zalloc((n + 1) * w->tech_words * sizeof(*c->tech));
    c->hashtags = mem_zalloc((n + 1) * w->hashtag_words * sizeof(*c->hashtags));
}

static void make_industry(struct maker *m, struct rng *r, uint32_t i)
{
    const struct world_lore *lore = m->w->lore;
    const struct industry *it;
    uint16_t *own = m->c->industry[i];

    own[0] = (uint16_t)draw_weighted(r, lore->industry_upto, lore->n_industries);
    own[1] = draw_chance(r, 300)
                 ? (uint16_t)draw_weighted(r, lore->industry_upto, lore->n_industries)
                 : WORLD_NONE16;
    own[2] = own[1] != WORLD_NONE16 && draw_chance(r, 300)
                 ? (uint16_t)draw_weighted(r, lore->industry_upto, lore->n_industries)
                 : WORLD_NONE16;
    it = &lore->industries[own[0]];
    m->c->sic[i][0] = it->sics[rng_below(r, it->n_sics)];
    m->c->sic[i][1] = draw_chance(r, 400) ? it->sics[rng_below(r, it->n_sics)] : WORLD_NONE16;
    m->c->naics[i][0] = it->naics[rng_below(r, it->n_naics)];
    m->c->naics[i][1] = draw_chance(r, 300) ? it->naics[rng_below(r, it->n_naics)] : WORLD_NONE16;
}

static void make_size(struct maker *m, struct rng *r, uint32_t i)
{
    struct world_companies *c = m->c;
    uint32_t k = draw_weighted(r, m->size_upto, ARRAY_LEN(sizes));
    uint32_t employees = sizes[k].from + draw_skewed(r, sizes[k].to - sizes[k].from);
    uint64_t head = m->w->lore->industries[c->industry[i][0]].revenue_per_head;
    uint64_t revenue = head * employees * (50 + draw_skewed(r, 250)) / 100;
    size_t band = 0;

    c->employees[i] = draw_chance(r, 30) ? 0 : employees;
    c->employee_band[i] = c->employees[i] ? m->size_band[k] : WORLD_NONE8;
    c->revenue[i] = draw_chance(r, 40) ? 0 : (uint32_t)(revenue > UINT32_MAX ? 0 : revenue);
    while (c->revenue[i] >= revenues[band].to)
        band++;
    c->revenue_band[i] = c->revenue[i] ? m->revenue_band[band] : WORLD_NONE8;
    for (int b = 0; b < WORLD_BUDGETS; b++)
        c->budgets[i][b] = (uint32_t)((uint64_t)c->revenue[i] * (5 + rng_below(r, 60)) / 1000);
}

static void make_kind(struct maker *m, struct rng *r, uint32_t i)
{
    struct world_companies *c = m->c;
    uint32_t floated = c->employees[i] >= 10000 ? 700 : c->employees[i] >= 1000 ? 350 : 8;

    c->type[i] = m->w->lore->industries[c->industry[i][0]].type;
    if (c->type[i] == m->type_private) {
        c->type[i] = draw_chance(r, floated) ? m->type_public
                     : draw_chance(r, 12)    ? m->type_other
                                             : m->type_private;
    }
    c->model[i] = draw_chance(r, 650) ? MODEL_B2B : 0;
    c->model[i] |= draw_chance(r, 350) ? MODEL_B2C : 0;
    c->model[i] |= draw_chance(r, 90) ? MODEL_B2G : 0;
    c->model[i] |= draw_chance(r, 70) ? MODEL_B2B2C : 0;
    c->founded[i] = draw_chance(r, 100) ? 0 : (uint16_t)(LAST_YEAR_FOUNDED - draw_skewed(r, 170));
}

static void make_flags(struct maker *m, struct rng *r, uint32_t i)
{
    struct world_companies *c = m->c;
    const struct world_place *place = world_company_place(m->w, i);
    uint16_t flags = 0;

    for (size_t s = 0; s < ARRAY_LEN(shares); s++)
        flags |= draw_chance(r, shares[s].share) ? shares[s].flag : 0;
    if (!*place->state)
        flags &= (uint16_t)~COMPANY_STATE;
    if (!*m->w->zips[c->zip[i]].code)
        flags &= (uint16_t)~COMPANY_ZIP;
    flags |= c->revenue[i] ? COMPANY_REVENUE : 0;
    flags |= c->employees[i] ? COMPANY_EMPLOYEES : 0;
    c->status[i] = draw_chance(r, 20) ? STATUS_NEW : STATUS_ALIVE;
    if (draw_chance(r, 40)) {
        c->status[i] = (uint8_t)(STATUS_NEW + 1 + rng_below(r, WORLD_STATUSES - STATUS_NEW - 1));
        flags |= COMPANY_DEFUNCT;
    }
    c->flags[i] = flags;
}

static void make_funding(struct maker *m, struct rng *r, uint32_t i)
{
    struct world_companies *c = m->c;

    c->funding_day[i] = WORLD_NEVER;
    if (!draw_chance(r, 110))
        return;
    c->funding_recent[i] = 50 + draw_skewed(r, 40) * draw_skewed(r, 5000);
    c->funding_total[i] = c->funding_recent[i] * (100 + draw_skewed(r, 300)) / 100;
    c->funding_day[i] = (uint16_t)draw_age(r, 8 * 365, world_days(m->w));
    c->funding_round[i] = (uint8_t)draw_skewed(r, WORLD_ROUNDS);
}

static void set_bits(struct rng *r, uint64_t *bits, uint32_t of, uint32_t n)
{
    while (n--) {
        uint32_t bit = draw_skewed(r, of);

        bits[bit / 64] |= UINT64_C(1) << (bit % 64);
    }
}

static void make_traits(struct maker *m, struct rng *r, uint32_t i)
{
    struct world_companies *c = m->c;
    uint32_t used = 1 + c->employees[i] / 20 + draw_skewed(r, 8);

    used = used > PRODUCTS_MAX ? PRODUCTS_MAX : used;
    set_bits(r, &c->tech[(size_t)i * m->w->tech_words], m->products, rng_below(r, used + 1));
    set_bits(r, &c->hashtags[(size_t)i * m->w->hashtag_words], m->hashtags, draw_skewed(r, 8));
    c->growth_one[i] = (int16_t)((int32_t)draw_skewed(r, 900) - (int32_t)draw_skewed(r, 500));
    c->growth_two[i] =
        (int16_t)(c->growth_one[i] + (int32_t)draw_skewed(r, 900) - (int32_t)draw_skewed(r, 500));
    c->engagement[i] = WORLD_NONE8;
    c->engagement_day[i] = WORLD_NEVER;
    if (draw_chance(r, 100)) {
        c->engagement[i] = (uint8_t)rng_below(r, WORLD_ENGAGEMENTS);
        c->engagement_day[i] = (uint16_t)draw_age(r, 730, world_days(m->w));
    }
    c->updated[i] = draw_age(r, 3 * YEAR_MINUTES, world_minutes(m->w));
}

// A larger company made before this one, or WORLD_NONE: so there are no circles.
static uint32_t draw_parent(struct maker *m, struct rng *r, uint32_t i)
{
    for (int tries = 0; i && tries < TRIES_PARENT; tries++) {
        uint32_t parent = rng_below(r, i);

        if (m->c->employees[parent] > m->c->employees[i] && m->c->employees[parent] >= 50)
            return parent;
    }
    return WORLD_NONE;
}

static void make_family(struct maker *m, struct rng *r, uint32_t i)
{
    struct world_companies *c = m->c;
    uint32_t parent = draw_chance(r, 140) ? draw_parent(m, r, i) : WORLD_NONE;
    uint32_t kind = rng_below(r, 100);

    c->parent[i] = c->ultimate[i] = parent;
    c->sub_unit[i] = m->units[UNIT_NONE];
    c->sites[i] = 1;
    if (parent == WORLD_NONE)
        return;
    if (c->ultimate[parent] != WORLD_NONE)
        c->ultimate[i] = c->ultimate[parent];
    c->sub_unit[i] = kind < 45   ? m->units[UNIT_LOCATION]
                     : kind < 60 ? m->units[UNIT_DIVISION]
                     : kind < 85
                         ? m->units[UNIT_SUBSIDIARY]
                         : (uint8_t)world_code(world_list(m->w, "subunittypes"),
                                               kind < 97 ? "ACQUISITION" : "FORMER_NEW_NAME");
    if (c->sub_unit[i] == m->units[UNIT_LOCATION] && c->sites[parent] < UINT16_MAX)
        c->sites[parent]++;
}

// A site is called as its company is, which it shares the industry with; others have their own
// name.
static void make_name(struct maker *m, struct rng *r, uint32_t i)
{
    struct world_companies *c = m->c;

    m->w->texts = m->texts.data;
    if (c->sub_unit[i] == m->units[UNIT_LOCATION]) {
        for (int k = 0; k < WORLD_INDUSTRIES; k++)
            c->industry[i][k] = c->industry[c->parent[i]][k];
        c->name[i] = c->name[c->parent[i]];
    } else {
        c->name[i] = (uint32_t)m->texts.len;
        world_make_name(m->w, r, i, &m->texts);
    }
}

static void make_row(struct maker *m, uint32_t i)
{
    struct rng r = world_stream(m->w, STREAM_COMPANY, i);

    make_industry(m, &r, i);
    m->c->zip[i] = world_draw_zip(m->w, &r, world_draw_place(m->w, &r));
    make_size(m, &r, i);
    make_kind(m, &r, i);
    make_flags(m, &r, i);
    make_funding(m, &r, i);
    make_traits(m, &r, i);
    make_family(m, &r, i);
    make_name(m, &r, i);
}

static uint32_t square_root(uint32_t n)
{
    uint32_t root = 0;

    for (uint32_t bit = 1u << 15; bit; bit >>= 1) {
        if ((uint64_t)(root + bit) * (root + bit) <= n)
            root += bit;
    }
    return root;
}

// Shares the contacts out by size: about the power 3/4 of the employees.
static void share_contacts(struct world *w)
{
    struct world_companies *c = &w->companies;
    uint64_t total = 0, sum = 0;

#define WEIGHT(i) (square_root(c->employees[i]) * square_root(square_root(c->employees[i])))
    for (uint32_t i = 0; i < w->n_companies; i++)
        total += WEIGHT(i);
    for (uint32_t i = 0; i < w->n_companies; i++) {
        c->first_contact[i] = (uint32_t)(total ? w->n_contacts * sum / total : 0);
        sum += WEIGHT(i);
    }
#undef WEIGHT
    c->first_contact[w->n_companies] = w->n_contacts;
}

void world_make_companies(struct world *w)
{
    struct maker m;

    columns_open(w);
    m = maker_open(w);
    str_reserve(&m.texts, (size_t)w->n_companies * NAME_BYTES);
    for (uint32_t i = 0; i < w->n_companies; i++)
        make_row(&m, i);
    w->texts = str_take(&m.texts);
    share_contacts(w);
    world_rank_companies(w);
}
