// The invented world: built once, then read by any thread. Ids are told from rows by turning the
// bits of the row about, so that they look drawn and yet need no index. Floor: sandbox/world.
#include "sandbox/world/world.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/rng.h"
#include "sandbox/world/index.h"
#include "sandbox/world/lore.h"

enum {
    CONTACT_BITS = 32,
    COMPANY_BITS = 27,
    THREADS_DEFAULT = 2,
    HIGH_COMPANIES = 8, // one of so many has an id past 2^30
    CLASS_SHIFT = 28,   // the upper bits of a contact's number tell what its id is like
    CLASS_NEGATIVE = 2, // of 16 classes: below this negative,
    CLASS_BEYOND = 6,   // below that past 2^32,
    MINUTE_MS = 60 * 1000,
    DAY_MINUTES = 24 * 60,
    FIXED_DAY = 20454, // 2026-01-01
    SEED_CONTACT = 0x51,
    SEED_COMPANY = 0x52
};

// Two odd factors and their inverses modulo 2^32, hence modulo any smaller power of two.
static const uint32_t factors[] = {0x7feb352du, 0x846ca68bu};
static const uint32_t inverses[] = {0x1d69e2a5u, 0x43021123u};

static uint32_t mask_of(int bits)
{
    return bits == 32 ? UINT32_MAX : (1u << bits) - 1;
}

// Folding the upper half onto the lower one undoes itself.
static uint32_t fold(uint32_t x, int bits)
{
    return x ^ (x >> ((bits + 1) / 2));
}

static uint32_t turn(uint32_t x, int bits, uint32_t key)
{
    uint32_t mask = mask_of(bits);

    x = (x ^ key) & mask;
    for (size_t i = 0; i < ARRAY_LEN(factors); i++)
        x = fold(x, bits) * factors[i] & mask;
    return fold(x, bits);
}

static uint32_t turn_back(uint32_t x, int bits, uint32_t key)
{
    uint32_t mask = mask_of(bits);

    for (size_t i = ARRAY_LEN(factors); i-- > 0;)
        x = fold(x, bits) * inverses[i] & mask;
    return (fold(x, bits) ^ key) & mask;
}

static uint32_t key_of(const struct world *w, uint64_t purpose)
{
    return (uint32_t)rng_mix(w->seed ^ (purpose << 56));
}

int64_t world_contact_id(const struct world *w, uint32_t row)
{
    uint32_t x = turn(row, CONTACT_BITS, key_of(w, SEED_CONTACT));
    uint32_t class = x >> CLASS_SHIFT;

    if (class < CLASS_NEGATIVE)
        return -(int64_t)x - 1;
    return class < CLASS_BEYOND ? (int64_t)x + (INT64_C(1) << 32) : (int64_t)x;
}

uint32_t world_contact_row(const struct world *w, int64_t id)
{
    int64_t x = id < 0 ? -(id + 1) : id & UINT32_MAX;
    uint32_t row;

    if (x > UINT32_MAX)
        return WORLD_NONE;
    row = turn_back((uint32_t)x, CONTACT_BITS, key_of(w, SEED_CONTACT));
    return row < w->n_contacts && world_contact_id(w, row) == id ? row : WORLD_NONE;
}

int64_t world_company_id(const struct world *w, uint32_t row)
{
    uint32_t x = turn(row, COMPANY_BITS, key_of(w, SEED_COMPANY));

    return (x % HIGH_COMPANIES ? 1 : (INT64_C(1) << 30) + 1) + (int64_t)x;
}

uint32_t world_company_row(const struct world *w, int64_t id)
{
    uint32_t row;

    if (id < 1)
        return WORLD_NONE;
    row = turn_back((uint32_t)(id - 1) & mask_of(COMPANY_BITS), COMPANY_BITS,
                    key_of(w, SEED_COMPANY));
    return row < w->n_companies && world_company_id(w, row) == id ? row : WORLD_NONE;
}

int64_t world_when(const struct world *w, uint32_t minutes_before)
{
    return w->now_ms - (int64_t)minutes_before * MINUTE_MS;
}

int64_t world_day(const struct world *w, uint16_t days_before)
{
    return world_when(w, (uint32_t)days_before * DAY_MINUTES);
}

int64_t world_once(uint16_t days_before)
{
    return ((int64_t)FIXED_DAY - days_before) * DAY_MINUTES * MINUTE_MS;
}

int64_t world_minutes(const struct world *w)
{
    return w->now_ms / MINUTE_MS;
}

int64_t world_days(const struct world *w)
{
    return world_minutes(w) / DAY_MINUTES;
}

const char *world_company_name(const struct world *w, uint32_t company)
{
    return w->texts + w->companies.name[company];
}

const struct world_place *world_contact_place(const struct world *w, uint32_t contact)
{
    return &w->places[w->zips[w->contacts.zip[contact]].place];
}

const struct world_place *world_company_place(const struct world *w, uint32_t company)
{
    return &w->places[w->zips[w->companies.zip[company]].place];
}

static bool has_bit(const uint64_t *bits, uint32_t bit)
{
    return bits[bit / 64] >> (bit % 64) & 1;
}

bool world_company_has_tech(const struct world *w, uint32_t company, uint32_t product)
{
    return has_bit(&w->companies.tech[(size_t)company * w->tech_words], product);
}

bool world_company_has_hashtag(const struct world *w, uint32_t company, uint32_t hashtag)
{
    return has_bit(&w->companies.hashtags[(size_t)company * w->hashtag_words], hashtag);
}

struct world *world_build(const struct world_options *o, const struct lookups *lookups)
{
    struct world *w = mem_zalloc(sizeof(*w));

    w->seed = o->seed;
    w->now_ms = o->now_ms;
    w->lookups = lookups;
    w->n_companies = o->companies ? o->companies : WORLD_COMPANIES_DEFAULT;
    w->n_contacts = o->contacts ? o->contacts : WORLD_CONTACTS_DEFAULT;
    world_lore_load(w);
    world_make_companies(w);
    world_make_contacts(w, o->threads ? o->threads : THREADS_DEFAULT);
    w->index = world_index_open();
    return w;
}

static void contacts_free(struct world_contacts *c)
{
    void *columns[] = {c->company,        c->location,      c->past,       c->first,
                       c->last,           c->middle,        c->title,      c->zip,
                       c->score,          c->sources,       c->flags,      c->updated,
                       c->valid,          c->school,        c->degree,     c->years,
                       c->skills,         c->web_reference, c->years_band, c->engagement,
                       c->position_start, c->engagement_day};

    for (size_t i = 0; i < ARRAY_LEN(columns); i++)
        free(columns[i]);
}

static void companies_free(struct world_companies *c)
{
    void *columns[] = {
        c->name,           c->first_contact, c->employees,  c->revenue,       c->employee_band,
        c->revenue_band,   c->zip,           c->flags,      c->type,          c->status,
        c->model,          c->rankings,      c->industry,   c->sic,           c->naics,
        c->parent,         c->ultimate,      c->sub_unit,   c->funding_total, c->funding_day,
        c->funding_recent, c->funding_round, c->growth_one, c->growth_two,    c->budgets,
        c->sites,          c->founded,       c->tech,       c->hashtags,      c->engagement,
        c->engagement_day, c->updated};

    for (size_t i = 0; i < ARRAY_LEN(columns); i++)
        free(columns[i]);
}

void world_free(struct world *w)
{
    void *dicts[] = {w ? w->names.words : NULL, w ? w->schools.words : NULL,
                     w ? w->degrees.words : NULL, w ? w->areas.words : NULL,
                     w ? w->web_references.words : NULL};

    if (!w)
        return;
    world_index_close(w->index);
    contacts_free(&w->contacts);
    companies_free(&w->companies);
    for (size_t i = 0; i < ARRAY_LEN(dicts); i++)
        free(dicts[i]);
    free(w->titles);
    free(w->places);
    free(w->zips);
    free(w->texts);
    world_lore_free(w);
    free(w);
}
